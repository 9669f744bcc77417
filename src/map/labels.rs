//! The names on the map: which are written at a zoom, and where they have room.

use std::borrow::Cow;

use super::area::AreaId;
use super::basemap::{Basemap, UNITS};
use super::bounds::Bounds;
use super::plain_name::plain_name;
use super::view::{ScreenPoint, View};
use super::water::{Water, waters};
use crate::places::LonLat;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};

/// How a label is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelStyle {
    /// Spaced capitals.
    Country,
    /// Semi-bold: a capital or a very large city.
    City,
    /// Regular.
    Town,
    /// Spaced, in the colour of water: a sea or lake.
    Water,
    /// Semi-bold, the place of a marker.
    Marked,
}

impl LabelStyle {
    /// Whether it is set semi-bold.
    pub const fn is_bold(self) -> bool {
        matches!(self, Self::City | Self::Marked)
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
    /// Radius of the marker in points.
    pub radius: f64,
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
}

/// Width in points of a text at a size in points, semi-bold or not.
pub type Measure<'a> = dyn Fn(&str, f32, bool) -> f32 + 'a;

/// A country or town that may be written.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    place: PlaceIndex,
    at: LonLat,
    /// Decimal logarithm of the inhabitants, capitals raised.
    weight: f32,
    capital: bool,
    /// For countries: width of the mainland as a share of the world's.
    share: f32,
}

/// The names that may be written, sorted once into a grid of two degrees.
#[derive(Debug)]
pub struct LabelIndex {
    countries: Vec<Candidate>,
    waters: Vec<Water>,
    /// Towns by cell, each cell's most important first.
    cells: Vec<Vec<Candidate>>,
}

const CELL_DEG: f64 = 2.0;
const COLUMNS: usize = 180;
const ROWS: usize = 90;
/// The most names on one picture.
const MOST: usize = 400;

impl LabelIndex {
    /// Picks countries and towns out of the gazetteer.
    pub fn new(gazetteer: &Gazetteer, map: &Basemap) -> Self {
        let mut index = Self {
            countries: Vec::new(),
            waters: waters(gazetteer, map),
            cells: vec![Vec::new(); COLUMNS * ROWS],
        };
        for place in gazetteer.indices() {
            let kind = gazetteer.kind(place);
            if kind == "A.PCLH" {
                continue; // a state of the past: "Persian Empire"
            } else if kind.starts_with("A.PCL") {
                index.countries.extend(country(gazetteer, map, place));
            } else if kind.starts_with("P.PPL") && !matches!(kind, "P.PPLX" | "P.PPLQ" | "P.PPLH" | "P.PPLW")
            {
                index.town(gazetteer, place, kind);
            }
        }
        for cell in &mut index.cells {
            cell.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.place.cmp(&b.place)));
        }
        index.countries.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.place.cmp(&b.place)));
        index
    }

    fn town(&mut self, gazetteer: &Gazetteer, place: PlaceIndex, kind: &str) {
        let at = gazetteer.point(place);
        let capital = gazetteer.is_capital(place);
        let seat = if capital {
            0.9
        } else if kind == "P.PPLA" {
            0.25
        } else {
            0.0
        };
        let weight = (gazetteer.population(place).max(1) as f32).log10() + seat;
        if let Some(cell) = cell_of(at).and_then(|c| self.cells.get_mut(c)) {
            cell.push(Candidate { place, at, weight, capital, share: 0.0 });
        }
    }

    /// Towns in `bounds` of at least this weight, the heaviest first.
    fn towns(&self, bounds: &Bounds, least: f32) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let row = |lat: f64| (((lat + 90.0) / CELL_DEG) as usize).min(ROWS - 1);
        let columns = (bounds.width() / CELL_DEG).ceil() as usize + 1;
        let first = ((bounds.west + 180.0) / CELL_DEG).floor().max(0.0) as usize;
        for r in row(bounds.south)..=row(bounds.north) {
            for c in 0..columns.min(COLUMNS) {
                let cell = self.cells.get(r * COLUMNS + (first + c) % COLUMNS);
                out.extend(cell.into_iter().flatten().take_while(|t| t.weight >= least));
            }
        }
        out.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.place.cmp(&b.place)));
        out
    }
}

fn country(gazetteer: &Gazetteer, map: &Basemap, place: PlaceIndex) -> Option<Candidate> {
    let record = gazetteer.place(place)?;
    let area: AreaId = map.country_area(record.country)?;
    let mainland = map.mainland_box(area)?;
    let share = (mainland.right - mainland.left) as f32 / UNITS as f32;
    Some(Candidate { place, at: record.at, weight: 0.0, capital: false, share })
}

fn cell_of(at: LonLat) -> Option<usize> {
    let column = ((at.lon + 180.0) / CELL_DEG).floor();
    let row = ((at.lat + 90.0) / CELL_DEG).floor();
    let inside = column >= 0.0 && row >= 0.0 && row <= ROWS as f64;
    inside.then(|| (row as usize).min(ROWS - 1) * COLUMNS + (column as usize) % COLUMNS)
}

/// The labels of a view: markers' names first, then countries, then towns by importance; what
/// has no room is left out. Same input, same labels.
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
        let country = gazetteer.place(named.place).map_or("", |p| p.country);
        placer.marked(named, &plain_name(&named.name, country));
    }
    let written: Vec<PlaceIndex> = request.named.iter().map(|n| n.place).collect();
    for candidate in index.countries.iter().filter(|c| !written.contains(&c.place)) {
        placer.country(candidate, &name_of(gazetteer, candidate.place));
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
            placer.town(town, &name_of(gazetteer, town.place));
        }
    }
    placer.out
}

fn name_of(gazetteer: &Gazetteer, place: PlaceIndex) -> Cow<'_, str> {
    gazetteer.place(place).map_or(Cow::Borrowed(""), |p| plain_name(p.name, p.country))
}

/// The view with a margin, so that a name at the edge has the same neighbours to contend with
/// before and after it comes into sight.
fn widened(view: &View) -> Bounds {
    View { width: view.width + 160.0, height: view.height + 80.0, ..*view }.bounds()
}

/// The least weight of a town that is written at a zoom.
fn least_weight(zoom: f64) -> f32 {
    const STEPS: [f32; 13] = [9.0, 8.3, 7.2, 6.6, 6.0, 5.3, 4.6, 4.1, 3.7, 3.3, 2.9, 2.5, 0.0];
    let low = zoom.floor().clamp(0.0, 12.0) as usize;
    let share = (zoom - low as f64).clamp(0.0, 1.0) as f32;
    let at = |i: usize| STEPS.get(i.min(12)).copied().unwrap_or(0.0);
    at(low) + (at(low + 1) - at(low)) * share
}

struct Placer<'a> {
    view: &'a View,
    taken: Vec<ScreenBox>,
    out: Vec<Label>,
    measure: &'a Measure<'a>,
}

impl Placer<'_> {
    fn marked(&mut self, named: &Named, name: &str) {
        self.beside(name, LabelStyle::Marked, 12.5, named.at, named.radius + 4.0, None);
    }

    fn town(&mut self, town: &Candidate, name: &str) {
        let at = self.view.screen_from_geo(town.at);
        let style = if town.capital || town.weight >= 6.5 { LabelStyle::City } else { LabelStyle::Town };
        if self.is_crowded(at, if style.is_bold() { 46.0 } else { 80.0 }) {
            return;
        }
        let size = if style.is_bold() { 12.5 } else { 11.5 };
        self.beside(name, style, size, at, 5.5, Some(at));
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
        style: LabelStyle,
        size: f32,
        at: ScreenPoint,
        gap: f64,
        dot: Option<ScreenPoint>,
    ) {
        let width = (self.measure)(name, size, style.is_bold());
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
                self.out.push(Label { text: name.to_owned(), style, size, spacing: 0.0, at, width, dot });
                return;
            }
        }
    }

    /// Writes a country's name over its point, where the country is wide enough for it.
    fn country(&mut self, country: &Candidate, name: &str) {
        let text = name.to_uppercase();
        let wide = f64::from(country.share) * self.view.world();
        let size = if wide > 900.0 {
            13.5
        } else if wide > 260.0 {
            12.5
        } else {
            11.0
        };
        let spacing = size * 0.14;
        let letters = text.chars().count() as f32;
        let width = (self.measure)(&text, size, false) + spacing * (letters - 1.0).max(0.0);
        let at = self.view.screen_from_geo(country.at);
        let (w, h) = (f64::from(width), f64::from(size) * 1.3);
        if w > wide * 0.85 {
            return;
        }
        for dy in [0.0, -h, h, -2.0 * h, 2.0 * h] {
            let (x, y) = (at.x - w / 2.0, at.y + dy);
            let text_box =
                ScreenBox { left: x - 6.0, top: y - h / 2.0, right: x + w + 6.0, bottom: y + h / 2.0 };
            if self.is_free(&text_box) {
                self.taken.push(text_box);
                let (style, at) = (LabelStyle::Country, ScreenPoint::new(x, y));
                self.out.push(Label { text, style, size, spacing, at, width, dot: None });
                return;
            }
        }
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
            let (text, style, at) =
                (name.to_owned(), LabelStyle::Water, ScreenPoint::new(at.x - w / 2.0, at.y));
            self.out.push(Label { text, style, size, spacing, at, width, dot: None });
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
    use crate::map::fonts::text_width;

    fn set(view: &View, obstacles: &[ScreenBox], named: &[Named]) -> Vec<Label> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let index = LabelIndex::new(gazetteer, Basemap::bundled().unwrap());
        labels(&index, gazetteer, &LabelRequest { view, obstacles, named }, &text_width)
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
        let named = [Named { name: "Kabul".into(), place: kabul, at, radius: 12.0 }];
        let card = ScreenBox { left: 0.0, top: 0.0, right: 300.0, bottom: 700.0 };
        let all = set(&view, &[card], &named);
        assert!(all.iter().all(|l| !box_of(l).overlaps(&card)));
        let kabuls: Vec<&Label> = all.iter().filter(|l| l.text == "Kabul").collect();
        assert_eq!(kabuls.len(), 1);
        assert_eq!((kabuls[0].style, kabuls[0].dot), (LabelStyle::Marked, None));
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
