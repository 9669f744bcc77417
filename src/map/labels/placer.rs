//! Where names have room: each takes the first of its places that nothing else has taken.

use super::set::{self, Look, Rank};
use super::{Anchor, Label, LabelRequest, LabelStyle, Measure, Named, ScreenBox};
use crate::map::label_index::{Country, LabelIndex, Province, Town, least_weight};
use crate::map::native_name::native_name;
use crate::map::plain_name::plain_name;
use crate::map::view::{ScreenPoint, View};
use crate::map::water::Water;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};

/// Inhabitants of a city whose marker's name is written strong.
const LARGE_CITY: u32 = 1_000_000;
/// Provinces are named from this zoom on,
const PROVINCES: f64 = 5.7;
/// and from this one where they are as wide as many a country,
const WIDE_PROVINCES: f64 = 4.6;
/// in points.
const WIDE_PROVINCE: f64 = 110.0;
/// Around a town that found no room no lesser one is written, in points: who looks for Hanover and
/// finds Salzgitter would think that Hanover is no city.
const SHADOW: f64 = 30.0;
/// How much lesser, in powers of ten of inhabitants.
const LESSER: f32 = 0.12;

/// The space between a town's point and its name, in points.
const GAP: f64 = 5.5;

/// Places names one after another.
pub(super) struct Placer<'a> {
    index: &'a LabelIndex,
    gazetteer: &'a Gazetteer,
    view: &'a View,
    measure: &'a Measure<'a>,
    taken: Vec<ScreenBox>,
    /// Where capitals will stand, with their names: countries' names give way to them.
    capitals: Vec<ScreenBox>,
    /// Towns that found no room: where, and their weight.
    shadows: Vec<(ScreenPoint, f32)>,
    pub out: Vec<Label>,
}

impl<'a> Placer<'a> {
    /// With what is taken from the start: obstacles and the discs of markers.
    pub fn new(
        index: &'a LabelIndex,
        gazetteer: &'a Gazetteer,
        request: &LabelRequest<'a>,
        measure: &'a Measure<'a>,
    ) -> Self {
        let mut taken = request.obstacles.to_vec();
        taken.extend(request.named.iter().map(|n| ScreenBox::around(n.at, n.radius + 1.0)));
        let view = request.view;
        Self {
            index,
            gazetteer,
            view,
            measure,
            taken,
            capitals: Vec::new(),
            shadows: Vec::new(),
            out: Vec::new(),
        }
    }

    /// Writes the name of a marker: a country's as countries are written, a large city's strong,
    /// that of a place where nothing happened as any town's.
    pub fn named(&mut self, named: &Named, native: bool) {
        let place = self.gazetteer.place(named.place);
        let alone = place.as_ref().is_some_and(|p| p.name == named.name);
        let name = match native_name(self.gazetteer, named.place).filter(|_| native && alone) {
            Some(native) => native.to_owned(),
            None => plain_name(&named.name, place.as_ref().map_or("", |p| p.country)).into_owned(),
        };
        let gap = named.radius + 4.0;
        if alone && place.is_some_and(|p| p.kind.starts_with("A.PCL")) {
            let text = name.to_uppercase();
            let look = Look::of(LabelStyle::Country, 11.0).spaced(&text, 1.5);
            self.beside(&text, look, named.at, gap, false);
        } else {
            let large =
                self.index.is_capital(named.place) || self.gazetteer.population(named.place) >= LARGE_CITY;
            let style = match (named.happened, large) {
                (true, true) => LabelStyle::MarkedCity,
                (true, false) => LabelStyle::Marked,
                (false, _) => LabelStyle::Town,
            };
            let size = if named.happened { 12.5 } else { 11.5 };
            self.beside(&name, Look::of(style, size), named.at, gap, false);
        }
    }

    /// Remembers where the capitals will stand that are written at this zoom.
    pub fn keep_for_capitals<'n>(&mut self, name: &dyn Fn(PlaceIndex) -> std::borrow::Cow<'n, str>) {
        let zoom = self.view.zoom;
        let least = least_weight(zoom);
        for town in self.index.capitals.iter().filter(|town| town.weight >= least) {
            let at = self.view.screen_from_geo(self.gazetteer.point(town.place));
            if !(0.0..self.view.width).contains(&at.x) || !(0.0..self.view.height).contains(&at.y) {
                continue;
            }
            let look = set::town(&self.rank(town), zoom);
            let (w, h) = self.size_of(&name(town.place), look);
            let box_of = |text: ScreenBox| ScreenBox { left: at.x - 4.0, ..text };
            self.capitals.push(box_of(text_box(at.x + GAP, at.y, w, h)));
        }
    }

    fn rank(&self, town: &Town) -> Rank<'a> {
        let gazetteer = self.gazetteer;
        let capital = self.index.is_capital(town.place);
        let (kind, inhabitants) = (gazetteer.kind(town.place), gazetteer.population(town.place));
        Rank::new(town, kind, inhabitants, capital, self.view.zoom)
    }

    /// Writes a town's name beside its point.
    pub fn town(&mut self, town: &Town, name: &str) {
        let at = self.view.screen_from_geo(self.gazetteer.point(town.place));
        let rank = self.rank(town);
        let look = set::town(&rank, self.view.zoom);
        let mut reach = set::reach(&rank, self.view.zoom);
        if look.style == LabelStyle::City {
            reach = reach.min(46.0);
        }
        let away = |d: ScreenPoint| (d.x - at.x).hypot(d.y - at.y);
        if self.shadows.iter().any(|&(d, weight)| weight > town.weight + LESSER && away(d) < SHADOW) {
            return;
        }
        let crowded = self.out.iter().filter_map(|l| l.dot).any(|d| away(d) < reach);
        if crowded || !self.beside(name, look, at, GAP, true) {
            self.shadows.push((at, town.weight));
        }
    }

    /// Writes a name right, left, below or above of its point, where there is room; with the dot of
    /// a town that bears no marker.
    fn beside(&mut self, name: &str, look: Look, at: ScreenPoint, gap: f64, dotted: bool) -> bool {
        let (w, h) = self.size_of(name, look);
        let (right, left, middle) = (at.x + gap, at.x - gap - w, at.x - w / 2.0);
        let slope = gap * 0.9 + h * 0.25;
        let spots = [
            (right, at.y, Anchor::Left),
            (left, at.y, Anchor::Right),
            (middle, at.y + gap + h / 2.0, Anchor::Middle),
            (middle, at.y - gap - h / 2.0, Anchor::Middle),
            (right - 1.5, at.y - slope, Anchor::Left),
            (right - 1.5, at.y + slope, Anchor::Left),
            (left + 1.5, at.y - slope, Anchor::Right),
            (left + 1.5, at.y + slope, Anchor::Right),
        ];
        let dot = dotted.then_some(at);
        let disc = dot.map(|d| ScreenBox::around(d, 3.0));
        if disc.is_some_and(|disc| !self.is_free(&disc)) {
            return false;
        }
        let free = |&(x, y, _): &(f64, f64, Anchor)| self.is_free(&text_box(x, y, w, h));
        let Some((x, y, anchor)) = spots.into_iter().find(free) else { return false };
        self.taken.push(text_box(x, y, w, h).grown(7.0, 4.0));
        self.taken.extend(disc.map(|s| s.grown(5.0, 5.0)));
        self.push(name.to_owned(), look, (ScreenPoint::new(x, y), anchor), w, dot);
        true
    }

    /// Writes a country's name over its point, where the country is wide enough for it; in two
    /// lines where it is too long for one.
    pub fn country(&mut self, country: &Country, name: &str) {
        let text = name.to_uppercase();
        let wide = f64::from(country.share) * self.view.world();
        let size = set::country_size(wide);
        let look = Look::of(LabelStyle::Country, size).spaced(&text, size * 0.14);
        let Some(lines) = self.country_lines(&text, look, wide) else { return };
        let line = f64::from(size) * 1.3;
        let (w, h) = (self.widest(&lines, look), line * lines.len() as f64);
        let at = self.view.screen_from_geo(country.at);
        let tall = f64::from(country.tall) * self.view.world();
        let boxes: Vec<ScreenBox> = country_spots((wide - w, tall - h), line)
            .map(|(dx, dy)| text_box(at.x - w / 2.0 + dx, at.y + dy, w, h).grown(4.0, 0.0))
            .filter(|b| self.is_free(b))
            .collect();
        let clear = |b: &&ScreenBox| !self.capitals.iter().any(|c| c.overlaps(b));
        let Some(&found) = boxes.iter().find(clear).or(boxes.first()) else { return };
        self.taken.push(found);
        let middle = (found.left + found.right) / 2.0;
        for (i, text) in lines.iter().enumerate() {
            let (w, _) = self.size_of(text, look);
            let y = found.top + line * (i as f64 + 0.5);
            let at = (ScreenPoint::new(middle - w / 2.0, y), Anchor::Middle);
            self.push((*text).to_owned(), look, at, w, None);
        }
    }

    /// The lines of a country's name; none where it has no room.
    fn country_lines<'t>(&self, text: &'t str, look: Look, wide: f64) -> Option<Vec<&'t str>> {
        let (one, two) = (vec![text], set::broken(text).map(|(a, b)| vec![a, b]));
        let (whole, half) = (self.widest(&one, look), two.as_ref().map(|two| self.widest(two, look)));
        // From far a name may reach over its neighbours, as long as those find their room.
        let room = wide * if self.view.zoom < 3.5 { 1.5 } else { 0.9 };
        // A name that fills its country from side to side reads worse than one in two lines.
        match two.filter(|_| whole > room * 0.8 && half.is_some_and(|half| half <= room.min(wide * 1.1))) {
            None => (whole <= room).then_some(one),
            two => two,
        }
    }

    /// Writes a province's name over its middle, where the province is wide enough for it.
    pub fn province(&mut self, province: &Province) {
        let wide = f64::from(province.share) * self.view.world();
        let from = if wide >= WIDE_PROVINCE { WIDE_PROVINCES } else { PROVINCES };
        let size = if wide > 260.0 { 11.5 } else { 10.5 };
        let look = Look::of(LabelStyle::Province, size).spaced(&province.name, size * 0.08);
        let (w, h) = self.size_of(&province.name, look);
        let share = if self.view.zoom < PROVINCES { 0.6 } else { 0.8 };
        if self.view.zoom < from || w > wide * share {
            return;
        }
        let at = self.view.screen_from_geo(province.at);
        // A town of the same name says as much: Berlin in Berlin.
        let told = |l: &Label| l.text == province.name && (l.at.x - at.x).hypot(l.at.y - at.y) < 90.0;
        if self.out.iter().any(told) {
            return;
        }
        let aside = (wide - w).max(0.0) * 0.35;
        for (dx, dy) in [(0.0, 0.0), (0.0, -h), (0.0, h), (-aside, 0.0), (aside, 0.0)] {
            let text = text_box(at.x - w / 2.0 + dx, at.y + dy, w, h).grown(3.0, 0.0);
            if self.is_free(&text) {
                self.taken.push(text);
                let at = (ScreenPoint::new(at.x - w / 2.0 + dx, at.y + dy), Anchor::Middle);
                return self.push(province.name.clone(), look, at, w, None);
            }
        }
    }

    /// Writes a water's name over its point, where the water is about as wide.
    pub fn water(&mut self, water: &Water, name: &str) {
        let room = f64::from(water.room) * self.view.world();
        let size = if room > 160.0 { 15.0 } else { 12.5 };
        let look = Look::of(LabelStyle::Water, size).spaced(name, size * 0.05);
        let (w, h) = self.size_of(name, look);
        let at = self.view.screen_from_geo(water.at);
        // A name may reach over a shore beside it, but not over the land behind.
        if room <= 0.0 || w * 0.5 > room * 1.3 || room > 4.0 * self.view.width {
            return;
        }
        let text = text_box(at.x - w / 2.0, at.y, w, h).grown(2.0, 0.0);
        if self.is_free(&text) {
            self.taken.push(text);
            let at = (ScreenPoint::new(at.x - w / 2.0, at.y), Anchor::Middle);
            self.push(name.to_owned(), look, at, w, None);
        }
    }

    fn push(
        &mut self,
        text: String,
        look: Look,
        (at, anchor): (ScreenPoint, Anchor),
        width: f64,
        dot: Option<ScreenPoint>,
    ) {
        let Look { style, size, spacing } = look;
        let width = width as f32;
        self.out.push(Label { text, style, size, spacing, at, width, anchor, dot, marks: false });
    }

    fn widest(&self, lines: &[&str], look: Look) -> f64 {
        lines.iter().map(|line| self.size_of(line, look).0).fold(0.0, f64::max)
    }

    /// Width and height of a line, in points.
    fn size_of(&self, text: &str, look: Look) -> (f64, f64) {
        let letters = text.chars().count().saturating_sub(1) as f32;
        let width = (self.measure)(text, look.size, look.style.face()) + look.spacing * letters;
        (f64::from(width), f64::from(look.size) * 1.25)
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

/// How far from its point a country's name is tried, the nearest first: as far as there is room in
/// the country, one line where there is hardly any.
fn country_spots((spare_x, spare_y): (f64, f64), line: f64) -> impl Iterator<Item = (f64, f64)> {
    let aside = spare_x.max(0.0) * 0.25;
    let far = (spare_y * 0.4).max(line);
    let near = move |dx: f64| [0.0, -line, line, -2.0 * line, 2.0 * line].map(|dy| (dx, dy));
    [0.0, -aside, aside].into_iter().flat_map(near).filter(move |(_, dy)| dy.abs() <= far)
}

/// The box of a line of text that starts at `x`, `y` being its middle.
const fn text_box(x: f64, y: f64, w: f64, h: f64) -> ScreenBox {
    ScreenBox { left: x - 2.0, top: y - h / 2.0, right: x + w + 2.0, bottom: y + h / 2.0 }
}
