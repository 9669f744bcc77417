//! The names on the map: which are written at a zoom, and where they have room.

use std::borrow::Cow;

use super::bounds::Bounds;
use super::label_index::{Country, LabelIndex, Province, Town, is_minor, least_weight};
use super::native_name::native_name;
use super::plain_name::plain_name;
use super::view::{ScreenPoint, View};
use super::water::Water;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};

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
    /// Small and faint: a quarter of a town, an airport, a border post, a pass.
    Minor,
    /// Spaced, in the colour of water: a sea or lake.
    Water,
    /// Semi-bold, in full ink: a capital or large city with a marker.
    MarkedCity,
    /// Regular, in full ink: any other place with a marker.
    Marked,
}

impl LabelStyle {
    /// Whether it is set semi-bold.
    pub const fn is_bold(self) -> bool {
        matches!(self, Self::City | Self::MarkedCity)
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
    /// Width of the text in points.
    pub width: f32,
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

/// Width in points of a text at a size in points, semi-bold or not.
pub type Measure<'a> = dyn Fn(&str, f32, bool) -> f32 + 'a;

/// The most names on one picture.
const MOST: usize = 400;
/// Provinces are named from this zoom on.
const PROVINCES: f64 = 5.7;

/// The labels of a view: markers' names first, then countries, waters, towns by importance and
/// provinces; what has no room is left out. Same input, same labels.
pub fn labels(
    index: &LabelIndex,
    gazetteer: &Gazetteer,
    request: &LabelRequest<'_>,
    measure: &Measure<'_>,
) -> Vec<Label> {
    let mut placer =
        Placer { view: request.view, taken: request.obstacles.to_vec(), out: Vec::new(), measure };
    placer.taken.extend(request.named.iter().map(|n| ScreenBox::around(n.at, n.radius + 1.0)));
    for named in request.named {
        placer.named(named, gazetteer, request.native);
    }
    placer.out.iter_mut().for_each(|label| label.marks = true);
    let written: Vec<PlaceIndex> = request.named.iter().map(|n| n.place).collect();
    let name = |place| name_of(gazetteer, place, request.native);
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
            placer.town(town, gazetteer, &name(town.place));
        }
    }
    if request.view.zoom >= PROVINCES {
        let marked = |p: &&Province| !request.named.iter().any(|n| n.name.starts_with(&p.name));
        for province in index.provinces.iter().filter(|p| seen.contains(p.at)).filter(marked) {
            placer.province(province);
        }
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

/// The space after each letter of a name; none where the script joins its letters.
fn spaced(text: &str, spacing: f32) -> f32 {
    let joined = |c: char| matches!(c, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{97f}');
    if text.chars().any(joined) { 0.0 } else { spacing }
}

/// Inhabitants of a city that is written strong.
const LARGE_CITY: u32 = 1_000_000;

/// How a name is set.
#[derive(Debug, Clone, Copy)]
struct Look {
    style: LabelStyle,
    size: f32,
    spacing: f32,
}

impl Look {
    const fn of(style: LabelStyle, size: f32) -> Self {
        Self { style, size, spacing: 0.0 }
    }
}

struct Placer<'a> {
    view: &'a View,
    taken: Vec<ScreenBox>,
    out: Vec<Label>,
    measure: &'a Measure<'a>,
}

impl Placer<'_> {
    /// Writes the name of a marker: a country's as countries are written, a large city's strong,
    /// that of a place where nothing happened as any town's.
    fn named(&mut self, named: &Named, gazetteer: &Gazetteer, native: bool) {
        let place = gazetteer.place(named.place);
        let alone = place.as_ref().is_some_and(|p| p.name == named.name);
        let name = match native_name(gazetteer, named.place).filter(|_| native && alone) {
            Some(native) => native.to_owned(),
            None => plain_name(&named.name, place.as_ref().map_or("", |p| p.country)).into_owned(),
        };
        let large = gazetteer.is_capital(named.place) || gazetteer.population(named.place) >= LARGE_CITY;
        let gap = named.radius + 4.0;
        if alone && place.is_some_and(|p| p.kind.starts_with("A.PCL")) {
            let text = name.to_uppercase();
            let spacing = spaced(&text, 1.5);
            self.beside(&text, Look { spacing, ..Look::of(LabelStyle::Country, 11.0) }, named.at, gap, None);
        } else {
            let style = match (named.happened, large) {
                (true, true) => LabelStyle::MarkedCity,
                (true, false) => LabelStyle::Marked,
                (false, _) => LabelStyle::Town,
            };
            let size = if named.happened { 12.5 } else { 11.5 };
            self.beside(&name, Look::of(style, size), named.at, gap, None);
        }
    }

    fn town(&mut self, town: &Town, gazetteer: &Gazetteer, name: &str) {
        let at = self.view.screen_from_geo(gazetteer.point(town.place));
        let (zoom, chief) = (self.view.zoom, town.weight >= 6.5 || gazetteer.is_capital(town.place));
        // From far the countries are what is read; from near there is room for more.
        let (style, reach) = match (is_minor(gazetteer.kind(town.place)), chief) {
            (true, _) => (LabelStyle::Minor, 64.0),
            (false, true) if zoom >= 3.2 => (LabelStyle::City, 46.0),
            _ if zoom >= 9.0 => (LabelStyle::Town, 60.0),
            _ => (LabelStyle::Town, 80.0),
        };
        if self.is_crowded(at, reach) {
            return;
        }
        let size = match style {
            LabelStyle::City => 12.5,
            LabelStyle::Minor => 10.5,
            _ if zoom >= 3.2 && town.weight >= least_weight(zoom) + 0.9 => 12.0,
            _ => 11.0,
        };
        self.beside(name, Look::of(style, size), at, 5.5, Some(at));
    }

    /// Whether a town already written lies within `reach` points: names spread evenly, also where
    /// towns do not.
    fn is_crowded(&self, at: ScreenPoint, reach: f64) -> bool {
        self.out.iter().filter_map(|l| l.dot).any(|d| (d.x - at.x).hypot(d.y - at.y) < reach)
    }

    /// Writes a name right, left, below or above of its point, where there is room.
    fn beside(
        &mut self,
        name: &str,
        Look { style, size, spacing }: Look,
        at: ScreenPoint,
        gap: f64,
        dot: Option<ScreenPoint>,
    ) {
        let letters = name.chars().count() as f32;
        let width = (self.measure)(name, size, style.is_bold()) + spacing * letters;
        let (w, h) = (f64::from(width), f64::from(size) * 1.25);
        let lefts = [
            (at.x + gap, at.y),
            (at.x - gap - w, at.y),
            (at.x - w / 2.0, at.y + gap + h / 2.0),
            (at.x - w / 2.0, at.y - gap - h / 2.0),
        ];
        for (x, y) in lefts {
            let text = ScreenBox { left: x - 2.0, top: y - h / 2.0, right: x + w + 2.0, bottom: y + h / 2.0 };
            let spot = dot.map(|d| ScreenBox::around(d, 3.0));
            if self.is_free(&text) && spot.is_none_or(|s| self.is_free(&s)) {
                self.taken.push(text.grown(7.0, 4.0));
                self.taken.extend(spot.map(|s| s.grown(5.0, 5.0)));
                let at = ScreenPoint::new(x, y);
                self.push(name.to_owned(), Look { style, size, spacing }, at, width, dot);
                return;
            }
        }
    }

    /// Writes a country's name over its point, where the country is wide enough for it.
    fn country(&mut self, country: &Country, name: &str) {
        let text = name.to_uppercase();
        let wide = f64::from(country.share) * self.view.world();
        let size = match wide {
            wide if wide > 900.0 => 13.5,
            wide if wide > 260.0 => 12.0,
            wide if wide > 90.0 => 11.0,
            _ => 10.0,
        };
        let spacing = spaced(&text, size * 0.14);
        let letters = text.chars().count() as f32;
        let width = (self.measure)(&text, size, false) + spacing * (letters - 1.0).max(0.0);
        let at = self.view.screen_from_geo(country.at);
        let (w, h) = (f64::from(width), f64::from(size) * 1.3);
        // From far a name may reach over its neighbours, as long as those find their room.
        let reach = if self.view.zoom < 3.5 { 1.5 } else { 0.9 };
        if w > wide * reach {
            return;
        }
        for dy in [0.0, -h, h, -2.0 * h, 2.0 * h] {
            let (x, y) = (at.x - w / 2.0, at.y + dy);
            let text_box =
                ScreenBox { left: x - 6.0, top: y - h / 2.0, right: x + w + 6.0, bottom: y + h / 2.0 };
            if self.is_free(&text_box) {
                self.taken.push(text_box);
                let look = Look { spacing, ..Look::of(LabelStyle::Country, size) };
                return self.push(text, look, ScreenPoint::new(x, y), width, None);
            }
        }
    }

    /// Writes a province's name over its middle, where the province is wide enough for it.
    fn province(&mut self, province: &Province) {
        let wide = f64::from(province.share) * self.view.world();
        let size = if wide > 260.0 { 11.5 } else { 10.5 };
        let spacing = size * 0.08;
        let letters = province.name.chars().count() as f32;
        let width = (self.measure)(&province.name, size, false) + spacing * letters;
        let at = self.view.screen_from_geo(province.at);
        let (w, h) = (f64::from(width), f64::from(size) * 1.3);
        if w > wide * 0.8 {
            return;
        }
        for dy in [0.0, -1.4 * h, 1.4 * h] {
            let at = ScreenPoint::new(at.x - w / 2.0, at.y + dy);
            let text = ScreenBox {
                left: at.x - 5.0,
                top: at.y - h / 2.0,
                right: at.x + w + 5.0,
                bottom: at.y + h / 2.0,
            };
            if self.is_free(&text) {
                self.taken.push(text);
                let look = Look { spacing, ..Look::of(LabelStyle::Province, size) };
                return self.push(province.name.clone(), look, at, width, None);
            }
        }
    }

    fn push(&mut self, text: String, look: Look, at: ScreenPoint, width: f32, dot: Option<ScreenPoint>) {
        let Look { style, size, spacing } = look;
        self.out.push(Label { text, style, size, spacing, at, width, dot, marks: false });
    }

    /// Writes a water's name over its point, where the water is about as wide.
    fn water(&mut self, water: &Water, name: &str) {
        let room = f64::from(water.room) * self.view.world();
        let size = if room > 160.0 { 13.0 } else { 11.0 };
        let spacing = size * 0.06;
        let width = (self.measure)(name, size, false) + spacing * name.chars().count() as f32;
        let at = self.view.screen_from_geo(water.at);
        let (w, h) = (f64::from(width), f64::from(size) * 1.3);
        // A name may reach over a shore beside it, but not over the land behind.
        if room <= 0.0 || w * 0.5 > room * 1.3 || room > 4.0 * self.view.width {
            return;
        }
        let text_box = ScreenBox {
            left: at.x - w / 2.0 - 4.0,
            top: at.y - h / 2.0,
            right: at.x + w / 2.0 + 4.0,
            bottom: at.y + h / 2.0,
        };
        if self.is_free(&text_box) {
            self.taken.push(text_box);
            let look = Look { spacing, ..Look::of(LabelStyle::Water, size) };
            self.push(name.to_owned(), look, ScreenPoint::new(at.x - w / 2.0, at.y), width, None);
        }
    }

    /// Whether a box is wholly seen and touches nothing written before.
    fn is_free(&self, wanted: &ScreenBox) -> bool {
        let seen = wanted.left >= 2.0
            && wanted.top >= 2.0
            && wanted.right <= self.view.width - 2.0
            && wanted.bottom <= self.view.height - 2.0;
        seen && !self.taken.iter().any(|t| t.overlaps(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Basemap;
    use crate::map::fonts::text_width;
    use crate::places::LonLat;

    fn set(view: &View, obstacles: &[ScreenBox], named: &[Named]) -> Vec<Label> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let index = LabelIndex::new(gazetteer, Basemap::bundled().unwrap());
        labels(&index, gazetteer, &LabelRequest { view, obstacles, named, native: false }, &text_width)
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
        assert!((8..60).contains(&all.len()), "{}", all.len());
    }

    #[test]
    fn letters_that_are_joined_are_not_spaced() {
        assert_eq!((spaced("افغانستان", 1.5), spaced("भारत", 1.5)), (0.0, 0.0));
        assert_eq!((spaced("РОССИЯ", 1.5), spaced("ΕΛΛΆΔΑ", 1.5)), (1.5, 1.5));
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
