//! The names on the map: which are written at a zoom, and where they have room.

use std::borrow::Cow;

use super::bounds::Bounds;
use super::fonts::Face;
use super::label_index::{LabelIndex, Province, least_weight};
use super::native_name::native_name;
use super::palette::{Color, Palette};
use super::plain_name::plain_name;
use super::view::{ScreenPoint, View};
use crate::places::gazetteer::{Gazetteer, PlaceIndex};
use placer::Placer;

mod placer;
mod set;

/// How a label is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelStyle {
    /// Spaced capitals.
    Country,
    /// Spaced, faint.
    Province,
    /// Semi-bold: a capital or a very large city.
    City,
    /// Regular.
    Town,
    /// Regular and a little fainter: a village.
    Village,
    /// Small and faint: a quarter of a town, an airport, a border post, a pass.
    Minor,
    /// Italic, spaced, in the colour of water: a sea or lake.
    Water,
    /// Semi-bold, in full ink: a capital or large city with a marker.
    MarkedCity,
    /// Regular, in full ink: any other place with a marker.
    Marked,
}

impl LabelStyle {
    /// The face it is set in.
    pub const fn face(self) -> Face {
        match self {
            Self::City | Self::MarkedCity => Face::SemiBold,
            Self::Water => Face::Italic,
            _ => Face::Regular,
        }
    }

    /// Its colour.
    pub const fn color(self, palette: &Palette) -> Color {
        match self {
            Self::Country | Self::Minor => palette.country_label,
            Self::Province => palette.province_label,
            Self::City | Self::Town => palette.city_label,
            Self::Village => palette.village_label,
            Self::Water => palette.water_label,
            Self::Marked | Self::MarkedCity => palette.ink,
        }
    }

    /// Radius in points of the dot of a town that bears no marker.
    pub const fn dot_radius(self) -> f32 {
        match self {
            Self::Minor => 1.5,
            Self::Village => 1.9,
            Self::City => 2.5,
            _ => 2.2,
        }
    }
}

/// Which point of a name is known for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Its left end: it stands to the right of its place.
    Left,
    /// Its middle: it stands over, above or below its place.
    Middle,
    /// Its right end: it stands to the left of its place.
    Right,
}

impl Anchor {
    /// How much of the width lies before the point, 0 to 1.
    pub const fn share(self) -> f64 {
        match self {
            Self::Left => 0.0,
            Self::Middle => 0.5,
            Self::Right => 1.0,
        }
    }
}

/// A name and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// What is written; capitals already where they are wanted.
    pub text: String,
    /// How it is set.
    pub style: LabelStyle,
    /// Size of the letters in points.
    pub size: f32,
    /// Space added after each letter, in points.
    pub spacing: f32,
    /// The left end of the text, halfway up.
    pub at: ScreenPoint,
    /// Width of the text in points, as far as it is known before the letters are shaped.
    pub width: f32,
    /// Which end of the text stays where it is when its letters turn out narrower.
    pub anchor: Anchor,
    /// The dot of a town that bears no marker.
    pub dot: Option<ScreenPoint>,
    /// Whether it names a marker.
    pub marks: bool,
}

/// A rectangle on the screen: left, top, right, bottom, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ScreenBox {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl ScreenBox {
    /// The square of half-width `radius` around a point.
    pub const fn around(at: ScreenPoint, radius: f64) -> Self {
        Self { left: at.x - radius, top: at.y - radius, right: at.x + radius, bottom: at.y + radius }
    }

    /// The box with so much more room around it.
    const fn grown(self, x: f64, y: f64) -> Self {
        Self { left: self.left - x, top: self.top - y, right: self.right + x, bottom: self.bottom + y }
    }

    /// Whether two boxes share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// A marker that should bear its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its place, so that it is not written a second time.
    pub place: PlaceIndex,
    /// Where it stands.
    pub at: ScreenPoint,
    /// Radius of the marker in points, with its rings.
    pub radius: f64,
    /// Whether something happened there; a place that is only named stays quiet.
    pub happened: bool,
}

/// What has to be known to place labels.
#[derive(Debug, Clone, Copy)]
pub struct LabelRequest<'a> {
    /// What is seen.
    pub view: &'a View,
    /// Rectangles to be kept free: cards, buttons, the legend.
    pub obstacles: &'a [ScreenBox],
    /// Markers, the most important first; their discs are kept free.
    pub named: &'a [Named],
    /// Whether names are written in the script of their country where the fonts have it.
    pub native: bool,
}

/// Width in points of a text at a size in points in a face.
pub type Measure<'a> = dyn Fn(&str, f32, Face) -> f32 + 'a;

/// The most names on one picture.
const MOST: usize = 400;
/// The labels of a view: markers' names first, then countries, waters, towns by importance and
/// provinces; what has no room is left out. Same input, same labels.
pub fn labels(
    index: &LabelIndex,
    gazetteer: &Gazetteer,
    request: &LabelRequest<'_>,
    measure: &Measure<'_>,
) -> Vec<Label> {
    let mut placer = Placer::new(index, gazetteer, request, measure);
    for named in request.named {
        placer.named(named, request.native);
    }
    placer.out.iter_mut().for_each(|label| label.marks = true);
    let written: Vec<PlaceIndex> = request.named.iter().map(|n| n.place).collect();
    let name = |place| name_of(gazetteer, place, request.native);
    placer.keep_for_capitals(&name);
    for candidate in index.countries.iter().filter(|c| !written.contains(&c.place)) {
        placer.country(candidate, &name(candidate.place));
    }
    for water in index.waters.iter().filter(|w| !written.contains(&w.place)) {
        placer.water(water, gazetteer.place_name(water.place));
    }
    let seen = widened(request.view);
    for town in index.towns(&seen, least_weight(request.view.zoom)).iter().take(6 * MOST) {
        if placer.out.len() >= MOST {
            break;
        }
        if !written.contains(&town.place) {
            placer.town(town, &name(town.place));
        }
    }
    let marked = |p: &&Province| !request.named.iter().any(|n| n.name.starts_with(&p.name));
    for province in index.provinces.iter().filter(|p| seen.contains(p.at)).filter(marked) {
        placer.province(province);
    }
    placer.out
}

fn name_of(gazetteer: &Gazetteer, place: PlaceIndex, native: bool) -> Cow<'_, str> {
    if let Some(name) = native.then(|| native_name(gazetteer, place)).flatten() {
        return Cow::Borrowed(name);
    }
    gazetteer.place(place).map_or(Cow::Borrowed(""), |p| plain_name(p.name, p.country))
}

/// The view with a margin, so that a name at the edge has the same neighbours to contend with
/// before and after it comes into sight.
fn widened(view: &View) -> Bounds {
    View { width: view.width + 160.0, height: view.height + 80.0, ..*view }.bounds()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Basemap;
    use crate::map::fonts::face_width;
    use crate::places::LonLat;

    fn set(view: &View, obstacles: &[ScreenBox], named: &[Named]) -> Vec<Label> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let index = LabelIndex::new(gazetteer, Basemap::bundled().unwrap());
        labels(&index, gazetteer, &LabelRequest { view, obstacles, named, native: false }, &face_width)
    }

    fn view(zoom: f64) -> View {
        View { center: LonLat::new(69.0, 35.5), zoom, width: 800.0, height: 700.0 }
    }

    fn box_of(label: &Label) -> ScreenBox {
        let half = f64::from(label.size) * 0.5;
        let right = label.at.x + f64::from(label.width);
        ScreenBox { left: label.at.x, top: label.at.y - half, right, bottom: label.at.y + half }
    }

    #[test]
    fn no_two_names_overlap_and_all_are_seen() {
        for zoom in [1.5, 3.0, 4.5, 6.0, 8.0, 11.0] {
            let all = set(&view(zoom), &[], &[]);
            for (i, a) in all.iter().enumerate() {
                let a_box = box_of(a);
                assert!(a_box.left >= 0.0 && a_box.right <= 800.0, "{a:?}");
                for b in &all[i + 1..] {
                    assert!(!a_box.overlaps(&box_of(b)), "{} on {} at zoom {zoom}", a.text, b.text);
                }
            }
        }
    }

    #[test]
    fn countries_are_capitals_and_capitals_are_bold() {
        let all = set(&view(5.6), &[], &[]);
        let find = |text: &str| all.iter().find(|l| l.text == text).unwrap_or_else(|| panic!("no {text}"));
        assert_eq!(find("AFGHANISTAN").style, LabelStyle::Country);
        assert!(find("AFGHANISTAN").spacing > 1.0);
        assert_eq!(find("Kabul").style, LabelStyle::City);
        assert!((8..90).contains(&all.len()), "{}", all.len());
    }

    #[test]
    fn seas_are_named_where_they_have_room() {
        let gulf = View { center: LonLat::new(52.0, 26.5), zoom: 5.5, width: 800.0, height: 700.0 };
        let names = |view| set(&view, &[], &[]).into_iter().map(|l| (l.text, l.style)).collect::<Vec<_>>();
        assert!(names(gulf).contains(&("Persian Gulf".into(), LabelStyle::Water)));
        assert!(!names(View { zoom: 2.0, ..gulf }).iter().any(|(text, _)| text == "Persian Gulf"));
    }

    #[test]
    fn names_are_written_plainly() {
        let all = set(&view(6.5), &[], &[]);
        assert!(all.iter().all(|l| !l.text.contains(['ā', 'ī', 'ū', 'ḩ'])), "{all:?}");
    }

    #[test]
    fn obstacles_stay_free_and_marked_places_are_not_written_twice() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let view = view(6.0);
        let kabul = gazetteer.lookup("kabul").next().unwrap().place;
        let at = view.screen_from_geo(gazetteer.point(kabul));
        let named = [Named { name: "Kabul".into(), place: kabul, at, radius: 12.0, happened: true }];
        let card = ScreenBox { left: 0.0, top: 0.0, right: 300.0, bottom: 700.0 };
        let all = set(&view, &[card], &named);
        assert!(all.iter().all(|l| !box_of(l).overlaps(&card)));
        let kabuls: Vec<&Label> = all.iter().filter(|l| l.text == "Kabul").collect();
        assert_eq!(kabuls.len(), 1);
        assert_eq!((kabuls[0].style, kabuls[0].dot), (LabelStyle::MarkedCity, None));
    }

    #[test]
    fn the_same_view_gives_the_same_labels() {
        assert_eq!(set(&view(5.0), &[], &[]), set(&view(5.0), &[], &[]));
    }

    #[test]
    fn a_view_over_the_date_line_has_names_on_both_sides() {
        let view = View { center: LonLat::new(179.9, -17.5), zoom: 5.5, width: 900.0, height: 600.0 };
        let all = set(&view, &[], &[]);
        let of = |west: bool| all.iter().filter(|l| (l.at.x < 450.0) == west).count();
        assert!(of(true) > 0 && of(false) > 0, "{all:?}");
    }
}
