//! Names of seas, gulfs, straits and lakes: where they stand and how much water is around.

use super::area::{ring_holds, units};
use super::basemap::{Basemap, LayerKind, Level, UNITS, UnitBox};
use crate::places::LonLat;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};

/// A water that may be named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Water {
    /// The gazetteer's record.
    pub place: PlaceIndex,
    /// Where its name stands.
    pub at: LonLat,
    /// Distance to the nearest shore as a share of the world's width; 0 where the map shows no
    /// such water.
    pub room: f32,
}

/// Whether a kind of the gazetteer is a water, and whether it lies in the land.
fn lies_inland(kind: &str) -> Option<bool> {
    match kind {
        "H.OCN" | "H.SEA" | "H.GULF" | "H.BAY" | "H.STRT" | "H.CHN" | "H.SD" => Some(false),
        "H.LK" => Some(true),
        _ => None,
    }
}

/// The waters of the gazetteer, those with most room first.
pub(super) fn waters(gazetteer: &Gazetteer, map: &Basemap) -> Vec<Water> {
    let found: Vec<(PlaceIndex, bool)> =
        gazetteer.indices().filter_map(|place| Some((place, lies_inland(gazetteer.kind(place))?))).collect();
    let mut out: Vec<Water> = Vec::with_capacity(found.len());
    for (inland, layer) in [(false, LayerKind::Land), (true, LayerKind::Lake)] {
        let rings = rings(map, layer);
        for &(place, _) in found.iter().filter(|(_, i)| *i == inland) {
            let at = gazetteer.point(place);
            // A sea lies outside of the land, a lake inside of its shore.
            let inside = rings.iter().filter(|ring| ring_holds(ring, units(at))).count() % 2 == 1;
            let room = if inside == inland { room(units(at), &rings) } else { 0.0 };
            out.push(Water { place, at, room });
        }
    }
    out.sort_by(|a, b| b.room.total_cmp(&a.room).then(a.place.cmp(&b.place)));
    out
}

fn rings(map: &Basemap, layer: LayerKind) -> Vec<Vec<[i32; 2]>> {
    let all = UnitBox { left: 0, top: 0, right: UNITS, bottom: UNITS };
    let mut out = Vec::new();
    map.visit(layer, Level::Medium, &all, &mut |ring| out.push(ring.to_vec()));
    out
}

fn room([x, y]: [i32; 2], shore: &[Vec<[i32; 2]>]) -> f32 {
    let square = |p: &[i32; 2]| {
        let (dx, dy) = (i64::from((p[0] - x).abs()), i64::from(p[1] - y));
        let dx = dx.min(i64::from(UNITS) - dx);
        dx * dx + dy * dy
    };
    let nearest = shore.iter().flatten().map(square).min().unwrap_or(0);
    (nearest as f32).sqrt() / UNITS as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ocean_has_more_room_than_a_gulf() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let all = waters(gazetteer, Basemap::bundled().unwrap());
        let rank = |name: &str| all.iter().position(|w| gazetteer.place_name(w.place) == name);
        let (ocean, sea, gulf) = (rank("Pacific Ocean"), rank("Arabian Sea"), rank("Persian Gulf"));
        assert!(ocean.is_some() && ocean < sea && sea < gulf, "{ocean:?} {sea:?} {gulf:?}");
        assert!(gulf.is_some());
    }

    #[test]
    fn a_lake_that_the_map_does_not_show_has_no_name_on_it() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let all = waters(gazetteer, Basemap::bundled().unwrap());
        let room = |name: &str| all.iter().find(|w| gazetteer.place_name(w.place) == name).map(|w| w.room);
        assert_eq!(room("Dal Lake"), Some(0.0));
        assert!(room("Lake Victoria").is_some_and(|room| room > 0.0));
    }
}
