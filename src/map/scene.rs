//! What a project puts on the map: markers, areas and movements, without saying how they look.

mod build;

use std::ops::Range;

use build::Builder;

use super::area::AreaKey;
use super::bounds::Bounds;
use super::lasso::Lasso;
use crate::events::EventType;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};
use crate::places::{LonLat, Precision};
use crate::project::{Groups, Period, Project};

/// What of a project is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneOptions {
    /// Indices of the articles shown; `None` shows all.
    pub articles: Option<Vec<usize>>,
    /// Event types left out.
    pub hidden: Vec<EventType>,
    /// Events and mentions of a lesser probability are left out, 0 to 1.
    pub least_confidence: f32,
    /// Whether places are shown that are named as the scene of something, but with no event.
    pub plain_mentions: bool,
    /// Only what lies in here is shown, where there is a region.
    pub region: Option<Lasso>,
    /// Only what may have happened in these days is shown, where they are chosen; a place that is
    /// only named goes with its article's day.
    pub period: Option<Period>,
}

impl Default for SceneOptions {
    fn default() -> Self {
        Self {
            articles: None,
            hidden: Vec::new(),
            least_confidence: 0.0,
            plain_mentions: true,
            region: None,
            period: None,
        }
    }
}

/// What a passage tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PassageOf {
    /// Index into the article's events.
    Event(usize),
    /// Index into the article's mentions.
    Mention(usize),
}

/// A passage: the sentence of an event or of a mention.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PassageRef {
    /// Index of the article in the project.
    pub article: usize,
    /// What it tells of.
    pub of: PassageOf,
    /// Byte offsets into the article's text, half-open.
    pub range: Range<usize>,
}

/// A place whose surest mention has a lesser probability is marked as doubtful.
pub const DOUBTFUL: f32 = 0.6;

/// A place where something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// The gazetteer's record.
    pub place: PlaceIndex,
    /// Where it stands.
    pub at: LonLat,
    /// Its preferred name.
    pub name: String,
    /// How exactly it is known. A country, province, region or sea is no point: it is drawn as
    /// a ring, never as a filled disc, and hatched where the basemap has its polygon.
    pub precision: Precision,
    /// The commonest type of its events; `None` where it is mentioned only.
    pub kind: Option<EventType>,
    /// Number of passages: a sentence counts once.
    pub count: usize,
    /// The passages, by article and place in the text, events before mentions.
    pub passages: Vec<PassageRef>,
    /// ISO 3166-1 alpha-2 code; empty where it belongs to no country.
    pub country: String,
    /// Probability that it is the place meant, 0 to 1: that of its surest mention.
    pub certainty: f32,
}

impl Marker {
    /// Whether the place stands for an area, so that no point of it is meant.
    pub fn is_area(&self) -> bool {
        !matches!(self.precision, Precision::Exact | Precision::Settlement | Precision::Near)
    }

    /// Whether it may well be another place: it is drawn with a dashed ring.
    pub fn is_doubtful(&self) -> bool {
        self.certainty < DOUBTFUL
    }
}

/// A movement.
#[derive(Debug, Clone, PartialEq)]
pub struct Arc {
    /// Where it starts.
    pub from: LonLat,
    /// Where it goes.
    pub to: LonLat,
    /// Name of the place it starts from.
    pub from_name: String,
    /// Name of the place it goes to.
    pub to_name: String,
    /// The type of the event, most often [`EventType::Move`].
    pub kind: EventType,
    /// The passages that tell it.
    pub passages: Vec<PassageRef>,
    /// Whether the text does not name where it starts: it is where the paragraph was before.
    pub inferred: bool,
}

/// A country or province in which something happened, no one knows where.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// How the basemap finds its polygon.
    pub key: AreaKey,
    /// Its name.
    pub name: String,
    /// The type of its marker.
    pub kind: Option<EventType>,
    /// Index into [`Scene::markers`].
    pub marker: usize,
}

/// Everything that is drawn over the basemap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// The places, most passages first, then by the gazetteer's order.
    pub markers: Vec<Marker>,
    /// The movements, in order of the text.
    pub arcs: Vec<Arc>,
    /// The areas, in the order of their markers.
    pub areas: Vec<Area>,
    /// ISO 3166-1 alpha-2 codes of the countries it is mostly about, most passages first.
    pub focus: Vec<String>,
}

impl Scene {
    /// The scene of a project.
    pub fn build(project: &Project, gazetteer: &Gazetteer, options: &SceneOptions) -> Self {
        Self::of_groups(project, gazetteer, options, &Groups::default())
    }

    /// The scene of a project in which a happening counts once, however many reports tell it: the
    /// reports stand at the place of the one that tells it best.
    pub fn of_groups(
        project: &Project,
        gazetteer: &Gazetteer,
        options: &SceneOptions,
        groups: &Groups,
    ) -> Self {
        Builder::new(project, gazetteer, options, groups).build()
    }

    /// The box to start with: around every place known better than by its country, and around
    /// those countries and ends of movements that do not stretch it far. So one mention of a country
    /// beyond the sea does not shrink a war to a dot. `None` where nothing is drawn.
    pub fn bounds(&self) -> Option<Bounds> {
        let wide =
            |m: &&Marker| matches!(m.precision, Precision::Country | Precision::Sea | Precision::Region);
        let near: Vec<LonLat> = self.markers.iter().filter(|m| !wide(m)).map(|m| m.at).collect();
        let far = self.markers.iter().filter(wide).map(|m| m.at);
        let far: Vec<LonLat> = far.chain(self.arcs.iter().flat_map(|a| [a.from, a.to])).collect();
        if near.is_empty() {
            return self.grown(Bounds::around(far)?);
        }
        let core = Bounds::around(near.iter().copied())?;
        let most = 2.0 * span(&core).max(6.0);
        let fits =
            |p: &LonLat| Bounds::around(near.iter().copied().chain([*p])).is_some_and(|b| span(&b) <= most);
        let kept: Vec<LonLat> = far.into_iter().filter(fits).collect();
        self.grown(Bounds::around(near.iter().copied().chain(kept))?)
    }

    /// What of the scene lies in `bounds`: for a legend of what is on the map.
    pub fn within(&self, bounds: &Bounds) -> Self {
        let kept: Vec<usize> = (0..self.markers.len())
            .filter(|&i| self.markers.get(i).is_some_and(|m| bounds.contains(m.at)))
            .collect();
        let area = |a: &Area| {
            let marker = kept.iter().position(|&i| i == a.marker)?;
            Some(Area { marker, ..a.clone() })
        };
        Self {
            markers: kept.iter().filter_map(|&i| self.markers.get(i)).cloned().collect(),
            arcs: self
                .arcs
                .iter()
                .filter(|a| bounds.contains(a.from) || bounds.contains(a.to))
                .cloned()
                .collect(),
            areas: self.areas.iter().filter_map(area).collect(),
            focus: self.focus.clone(),
        }
    }

    /// Widened so that a lone country does not look like a street.
    fn grown(&self, bounds: Bounds) -> Option<Bounds> {
        let seen = self.markers.iter().filter(|m| bounds.contains(m.at));
        let wide = seen.map(|m| reach(m.precision)).fold(0.0, f64::max);
        let grow = (wide - bounds.width().max(bounds.north - bounds.south)).max(0.0) / 2.0;
        if bounds.width() + 2.0 * grow >= 340.0 {
            return Some(Bounds { west: -180.0, east: 180.0, ..bounds });
        }
        Some(Bounds {
            west: super::view::wrap_lon(bounds.west - grow),
            south: bounds.south - grow * 0.7,
            east: super::view::wrap_lon(bounds.east + grow),
            north: bounds.north + grow * 0.7,
        })
    }
}

/// The longer side of a box in degrees.
fn span(bounds: &Bounds) -> f64 {
    bounds.width().max(bounds.north - bounds.south)
}

/// Degrees that should be seen around a place of this precision.
const fn reach(precision: Precision) -> f64 {
    match precision {
        Precision::Exact | Precision::Settlement | Precision::Near | Precision::Admin2 => 0.6,
        Precision::Admin1 => 3.0,
        Precision::Region => 8.0,
        Precision::Country | Precision::Sea => 14.0,
    }
}

/// Markers for the tests of this layer.
#[cfg(test)]
pub(super) mod fixture {
    use super::*;

    /// A place where control changed once.
    pub fn marker(lon: f64, lat: f64, precision: Precision) -> Marker {
        Marker {
            place: PlaceIndex(0),
            at: LonLat::new(lon, lat),
            name: String::new(),
            precision,
            kind: Some(EventType::Control),
            count: 1,
            passages: Vec::new(),
            country: "AF".into(),
            certainty: 0.9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::build::focus;
    use super::fixture::marker;
    use super::*;
    use crate::map::area::AreaLevel;

    fn scene(markers: Vec<Marker>) -> Scene {
        Scene { markers, ..Scene::default() }
    }

    #[test]
    fn one_mention_of_a_far_country_does_not_shrink_the_war() {
        let near = [marker(69.2, 34.5, Precision::Settlement), marker(71.1, 34.1, Precision::Exact)];
        let usa = marker(-98.5, 39.8, Precision::Country);
        let tajikistan = marker(71.0, 39.0, Precision::Country);
        let all = scene(near.iter().cloned().chain([usa.clone(), tajikistan]).collect());
        let bounds = all.bounds().unwrap();
        assert!(!bounds.contains(usa.at) && bounds.contains(LonLat::new(71.0, 39.0)));
        assert!(scene(vec![usa.clone()]).bounds().unwrap().contains(usa.at), "alone it is shown");
    }

    #[test]
    fn a_country_is_no_point_and_a_lone_one_is_seen_whole() {
        let all = scene(vec![marker(66.0, 33.0, Precision::Country)]);
        assert!(all.markers[0].is_area());
        assert!(all.bounds().unwrap().width() > 10.0);
        assert_eq!(Scene::default().bounds(), None);
    }

    #[test]
    fn countries_with_a_third_of_the_passages_are_in_focus() {
        let mut all = vec![marker(69.2, 34.5, Precision::Settlement); 4];
        all[3].country = "PK".into();
        assert_eq!(focus(&all), ["AF"]);
        assert!(focus(&[]).is_empty());
    }

    #[test]
    fn what_is_out_of_sight_is_left_out_with_its_area() {
        let mut all =
            scene(vec![marker(0.0, 0.0, Precision::Settlement), marker(66.0, 33.0, Precision::Country)]);
        let key = AreaKey {
            level: AreaLevel::Country,
            country: "AF".into(),
            name: String::new(),
            at: LonLat::default(),
        };
        all.areas.push(Area { key, name: String::new(), kind: None, marker: 1 });
        let seen = all.within(&Bounds { west: 60.0, south: 30.0, east: 70.0, north: 40.0 });
        assert_eq!((seen.markers.len(), seen.areas[0].marker), (1, 0));
        let other = all.within(&Bounds { west: -10.0, south: -10.0, east: 10.0, north: 10.0 });
        assert_eq!((other.markers.len(), other.areas.len()), (1, 0));
    }
}
