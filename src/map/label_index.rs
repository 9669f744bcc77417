//! The names that may be written on the map, sorted once: countries, provinces, waters, towns.

use super::area::AreaId;
use super::basemap::{Basemap, UNITS};
use super::bounds::Bounds;
use super::plain_name::plain_name;
use super::water::{Water, waters};
use crate::places::LonLat;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};

/// A country that may be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Country {
    pub place: PlaceIndex,
    pub at: LonLat,
    /// Width of the mainland as a share of the world's.
    pub share: f32,
}

/// A town or site that may be written. There are a third of a million: all else is looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    pub place: PlaceIndex,
    /// Decimal logarithm of the inhabitants, capitals raised.
    pub weight: f32,
}

/// Whether a kind is written small: a quarter of a town, an airport, a border post or a pass.
pub(super) fn is_minor(kind: &str) -> bool {
    matches!(kind, "P.PPLX" | "S.AIRP" | "S.AIRB" | "S.PSTB" | "T.PASS")
}

/// A province that may be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Province {
    pub name: String,
    /// Where it has most room.
    pub at: LonLat,
    /// That room as a share of the world's width.
    pub share: f32,
}

/// The names that may be written, sorted once into a grid of two degrees.
#[derive(Debug)]
pub struct LabelIndex {
    pub(super) countries: Vec<Country>,
    /// Provinces, the widest first.
    pub(super) provinces: Vec<Province>,
    pub(super) waters: Vec<Water>,
    /// Towns by cell, each cell's most important first.
    cells: Vec<Vec<Town>>,
}

const CELL_DEG: f64 = 2.0;
const COLUMNS: usize = 180;
const ROWS: usize = 90;

impl LabelIndex {
    /// Picks countries and towns out of the gazetteer, provinces out of the basemap.
    pub fn new(gazetteer: &Gazetteer, map: &Basemap) -> Self {
        let mut index = Self {
            countries: Vec::new(),
            provinces: provinces(map),
            waters: waters(gazetteer, map),
            cells: vec![Vec::new(); COLUMNS * ROWS],
        };
        for place in gazetteer.indices() {
            match gazetteer.kind(place) {
                // A state of the past: "Persian Empire".
                "A.PCLH" => {}
                kind if kind.starts_with("A.PCL") => index.countries.extend(country(gazetteer, map, place)),
                kind => index.settlement(gazetteer, place, kind),
            }
        }
        for cell in &mut index.cells {
            cell.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.place.cmp(&b.place)));
            cell.shrink_to_fit();
        }
        index.countries.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.place.cmp(&b.place)));
        index
    }

    fn settlement(&mut self, gazetteer: &Gazetteer, place: PlaceIndex, kind: &str) {
        let inhabitants = || (gazetteer.population(place).max(1) as f32).log10();
        let capital = gazetteer.is_capital(place);
        let weight = match kind {
            "P.PPLQ" | "P.PPLH" | "P.PPLW" => return,
            // A quarter of a town comes as late as a town of a hundredth of its inhabitants.
            "P.PPLX" => (inhabitants() - 2.0).max(0.5),
            "P.PPLA" => inhabitants() + if capital { 0.9 } else { 0.25 },
            "S.AIRP" | "S.AIRB" | "S.PSTB" => 2.3,
            "T.PASS" => 2.0,
            kind if kind.starts_with("P.PPL") => inhabitants() + if capital { 0.9 } else { 0.0 },
            _ => return,
        };
        if let Some(cell) = cell_of(gazetteer.point(place)).and_then(|c| self.cells.get_mut(c)) {
            cell.push(Town { place, weight });
        }
    }

    /// Towns and sites in `bounds` of at least this weight, the heaviest first.
    pub(super) fn towns(&self, bounds: &Bounds, least: f32) -> Vec<Town> {
        let mut out: Vec<Town> = Vec::new();
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

fn country(gazetteer: &Gazetteer, map: &Basemap, place: PlaceIndex) -> Option<Country> {
    let record = gazetteer.place(place)?;
    let area: AreaId = map.country_area(record.country)?;
    let mainland = map.mainland_box(area)?;
    let share = (mainland.right - mainland.left) as f32 / UNITS as f32;
    Some(Country { place, at: record.at, share })
}

fn provinces(map: &Basemap) -> Vec<Province> {
    let province = |id: AreaId| {
        let (at, room) = map.roomiest(id)?;
        let name = plain_name(map.area_names(id).next()?, map.area_country(id));
        Some(Province { name: bare(&name), at, share: room as f32 / UNITS as f32 })
    };
    let mut out: Vec<Province> = map.provinces().filter_map(province).collect();
    out.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    out
}

/// A province's name without the words that only say that it is one: "Wilayat-e Ghor", "Osh
/// Oblast", but "Northern Territory".
fn bare(name: &str) -> String {
    const BEFORE: &str = " wilayat velayat wilaya viloyati state province muhafazat ostan departamento \
                          provincia estado oblast region departement département ";
    const LINKS: &str = " e i of de des du la le les the ";
    const BEHIND: &str = " province oblast oblast' region governorate viloyati prefecture voivodeship \
                          territory ";
    const SIDES: &str = " northern southern western eastern central north south west east ";
    let is = |list: &str, word: &str| list.contains(&format!(" {} ", word.to_lowercase()));
    let mut rest = name;
    if let Some((word, behind)) = rest.split_once([' ', '-'])
        && is(BEFORE, word)
    {
        rest = behind;
        while let Some((_, behind)) = rest.split_once([' ', '-']).filter(|(word, _)| is(LINKS, word)) {
            rest = behind;
        }
        rest = rest.strip_prefix("d'").or(rest.strip_prefix("l'")).unwrap_or(rest);
    }
    match rest.rsplit_once(' ') {
        Some((own, last)) if is(BEHIND, last) && !is(SIDES, own) => own.to_owned(),
        _ => rest.to_owned(),
    }
}

fn cell_of(at: LonLat) -> Option<usize> {
    let column = ((at.lon + 180.0) / CELL_DEG).floor();
    let row = ((at.lat + 90.0) / CELL_DEG).floor();
    let inside = column >= 0.0 && row >= 0.0 && row <= ROWS as f64;
    inside.then(|| (row as usize).min(ROWS - 1) * COLUMNS + (column as usize) % COLUMNS)
}

/// The least weight of a town that is written at a zoom.
pub(super) fn least_weight(zoom: f64) -> f32 {
    const STEPS: [f32; 13] = [9.0, 8.5, 7.7, 7.0, 6.3, 5.5, 4.7, 4.1, 3.6, 2.9, 2.0, 0.0, 0.0];
    let low = zoom.floor().clamp(0.0, 12.0) as usize;
    let share = (zoom - low as f64).clamp(0.0, 1.0) as f32;
    let at = |i: usize| STEPS.get(i.min(12)).copied().unwrap_or(0.0);
    at(low) + (at(low + 1) - at(low)) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_stand_inside_themselves() {
        let map = Basemap::bundled().unwrap();
        let all = provinces(map);
        assert!(all.len() > 3000, "{}", all.len());
        let inside =
            |p: &&Province| map.province_at(p.at).is_some_and(|id| map.area_names(id).any(|n| n == p.name));
        let of = |name: &str| all.iter().find(|p| p.name == name);
        for name in ["Badakhshan", "Ghor", "Kansas", "Queensland"] {
            assert!(of(name).as_ref().is_some_and(inside), "{name} {:?}", of(name));
        }
    }

    #[test]
    fn words_that_only_say_province_go() {
        for (name, is) in [
            ("Wilayat-e Ghor", "Ghor"),
            ("State of Punjab", "Punjab"),
            ("Viloyati Sughd", "Sughd"),
            ("Departement de l'Essonne", "Essonne"),
            ("Osh Oblast", "Osh"),
            ("Northern Territory", "Northern Territory"),
            ("Baden-Württemberg", "Baden-Württemberg"),
            ("Île-de-France", "Île-de-France"),
        ] {
            assert_eq!(bare(name), is);
        }
    }

    #[test]
    fn nearer_views_have_lesser_towns() {
        let weights: Vec<f32> = (0..30).map(|i| least_weight(f64::from(i) * 0.5)).collect();
        assert!(weights.windows(2).all(|w| w[0] >= w[1]), "{weights:?}");
    }
}
