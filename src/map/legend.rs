//! What the signs on the map mean: only those that are on it.

use super::scene::Scene;
use crate::events::EventType;
use crate::places::Precision;

/// One line of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LegendEntry {
    /// A filled disc: events of a type.
    Events(EventType),
    /// An arrow: a movement of a type.
    Movement(EventType),
    /// A dashed arrow: a movement whose start the text does not name.
    MovementFrom(EventType),
    /// A hatched square: an area of which no more is known.
    Area(Option<EventType>),
    /// An open ring: a country, sea or region.
    AreaMarker,
    /// A dashed ring around a marker: it may well be another place.
    Doubtful,
    /// A grey disc: a place named without an event.
    Mention,
}

impl LegendEntry {
    /// What is written beside the sign.
    pub fn label(self) -> &'static str {
        match self {
            Self::Events(kind) => kind.label(),
            Self::Movement(_) => "Movement, origin to destination",
            Self::MovementFrom(_) => "Movement, origin from the context",
            Self::Area(_) => "Known to the province or country only",
            Self::AreaMarker => "Somewhere in the area",
            Self::Doubtful => "Place uncertain",
            Self::Mention => "Place named, no event",
        }
    }
}

/// The legend of a scene: types with most passages first, then movements, areas, mentions.
pub fn legend(scene: &Scene) -> Vec<LegendEntry> {
    let mut kinds: Vec<(EventType, usize)> = Vec::new();
    for marker in &scene.markers {
        let Some(kind) = marker.kind else { continue };
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, n)) => *n += marker.count,
            None => kinds.push((kind, marker.count)),
        }
    }
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut out: Vec<LegendEntry> = kinds.into_iter().map(|(k, _)| LegendEntry::Events(k)).collect();
    let movement = |inferred| scene.arcs.iter().find(|a| a.inferred == inferred).map(|a| a.kind);
    out.extend(movement(false).map(LegendEntry::Movement));
    out.extend(movement(true).map(LegendEntry::MovementFrom));
    out.extend(scene.areas.first().map(|a| LegendEntry::Area(a.kind)));
    let region = |p: Precision| matches!(p, Precision::Region | Precision::Sea | Precision::Admin2);
    if scene.markers.iter().any(|m| region(m.precision)) {
        out.push(LegendEntry::AreaMarker);
    }
    if scene.markers.iter().any(|m| m.is_doubtful()) {
        out.push(LegendEntry::Doubtful);
    }
    if scene.markers.iter().any(|m| m.kind.is_none()) {
        out.push(LegendEntry::Mention);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_map_needs_no_legend() {
        assert!(legend(&Scene::default()).is_empty());
    }
}
