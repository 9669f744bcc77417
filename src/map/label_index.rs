//! The names that may be written on the map, sorted once: countries, provinces, waters, towns.

use super::area::AreaId;
use super::basemap::{Basemap, UNITS};
use super::bounds::Bounds;
use super::plain_name::plain_name;
use super::water::{Water, waters};
use crate::places::gazetteer::{Gazetteer, PlaceIndex, fold};
use crate::places::{LonLat, Place};

/// A country that may be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Country {
    pub place: PlaceIndex,
    pub at: LonLat,
    /// Width of the mainland as a share of the world's.
    pub share: f32,
    /// Height of the mainland as a share of the world's.
    pub tall: f32,
}

/// A town or site that may be written. There are a third of a million: all else is looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    pub place: PlaceIndex,
    /// Decimal logarithm of the inhabitants, capitals and cities of many names raised.
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
    /// Capitals of states, the heaviest first.
    pub(super) capitals: Vec<Town>,
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
            provinces: provinces(gazetteer, map),
            waters: waters(gazetteer, map),
            capitals: Vec::new(),
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
        for towns in index.cells.iter_mut().chain([&mut index.capitals]) {
            towns.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.place.cmp(&b.place)));
            towns.shrink_to_fit();
        }
        index.countries.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.place.cmp(&b.place)));
        index
    }

    fn settlement(&mut self, gazetteer: &Gazetteer, place: PlaceIndex, kind: &str) {
        let inhabitants = || (gazetteer.population(place).max(1) as f32).log10() + renown(gazetteer, place);
        let capital = gazetteer.is_capital(place) && is_of_a_state(gazetteer, place);
        let weight = match kind {
            "P.PPLQ" | "P.PPLH" | "P.PPLW" => return,
            // A quarter of a town comes as late as a town of a hundredth of its inhabitants.
            "P.PPLX" => (inhabitants() - 2.0).max(0.5),
            kind if capital && kind.starts_with("P.PPL") => inhabitants() + 1.15,
            // The seat of a province, the capital of a dependency.
            "P.PPLA" | "P.PPLC" => inhabitants() + 0.25,
            "P.PPLA2" => inhabitants() + 0.1,
            "S.AIRP" | "S.AIRB" | "S.PSTB" => 2.3,
            "T.PASS" => 2.0,
            kind if kind.starts_with("P.PPL") => inhabitants(),
            _ => return,
        };
        let town = Town { place, weight };
        if let Some(cell) = cell_of(gazetteer.point(place)).and_then(|c| self.cells.get_mut(c)) {
            cell.push(town);
            self.capitals.extend(capital.then_some(town));
        }
    }

    /// Whether a place is the capital of a state, not of a dependency.
    pub(super) fn is_capital(&self, place: PlaceIndex) -> bool {
        self.capitals.iter().any(|town| town.place == place)
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

/// How much a city is raised for being known in many languages: San Francisco comes before San
/// Jose, which has more inhabitants.
fn renown(gazetteer: &Gazetteer, place: PlaceIndex) -> f32 {
    let names = f32::from(gazetteer.name_count(place));
    if gazetteer.population(place) < LARGE { 0.0 } else { (0.35 * (names.ln_1p() - 3.0)).clamp(0.0, 0.5) }
}

/// Inhabitants from which on a city's names tell how widely it is known.
const LARGE: u32 = 100_000;

fn country(gazetteer: &Gazetteer, map: &Basemap, place: PlaceIndex) -> Option<Country> {
    let record = gazetteer.place(place)?;
    let area: AreaId = map.country_area(record.country)?;
    let mainland = map.mainland_box(area)?;
    let share = |units: i32| units as f32 / UNITS as f32;
    let (wide, tall) = (share(mainland.right - mainland.left), share(mainland.bottom - mainland.top));
    Some(Country { place, at: record.at, share: wide, tall })
}

/// Whether a place lies in a country that belongs to no other: Jersey's capital is no capital of a
/// state. The Palestinian territory is a dependency in the gazetteer, but has no state above it.
fn is_of_a_state(gazetteer: &Gazetteer, place: PlaceIndex) -> bool {
    let Some(country) = gazetteer.place(place).map(|p| p.country) else { return false };
    let kind = gazetteer.country(country).map_or("", |country| gazetteer.kind(country));
    country == "PS" || !matches!(kind, "A.PCLD" | "A.PCLS")
}

fn provinces(gazetteer: &Gazetteer, map: &Basemap) -> Vec<Province> {
    let province = |id: AreaId| {
        let (at, room) = map.roomiest(id)?;
        let name = province_name(gazetteer, map, id)?;
        Some(Province { name, at, share: room as f32 / UNITS as f32 })
    };
    let mut out: Vec<Province> = map.provinces().filter_map(province).collect();
    out.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    out
}

/// What a province is called in English: as the gazetteer has it, where it has a province of one of
/// the polygon's names; else the polygon's shortest name.
fn province_name(gazetteer: &Gazetteer, map: &Basemap, id: AreaId) -> Option<String> {
    let country = map.area_country(id);
    let record = |name: &str| {
        let mut hits = gazetteer.lookup(&fold(name)).map(|hit| hit.place);
        let is_it = |p: &Place<'_>| p.kind == "A.ADM1" && p.country == country;
        hits.find_map(|index| gazetteer.place(index).filter(is_it))
    };
    let known = map.area_names(id).find_map(|name| Some(record(name)?.name));
    let shown = |name: &str| bare(&plain_name(name, country));
    // Of two spellings the one with its accents.
    let own = || map.area_names(id).map(shown).min_by_key(|name| (name.chars().count(), name.is_ascii()));
    known.map(shown).or_else(own)
}

/// A province's name without the words that only say that it is one: "Wilayat-e Ghor", "Osh
/// Oblast", but "Northern Territory".
fn bare(name: &str) -> String {
    const BEFORE: &str = " wilayat velayat wilaya viloyati state province muhafazat ostan departamento \
                          provincia estado oblast region departement département land freistaat \
                          wojewodztwo województwo canton kanton judetul county ";
    const LINKS: &str = " e i of de des du la le les the ";
    const BEHIND: &str = " province oblast oblast' region governorate viloyati prefecture voivodeship \
                          territory county kraj oblysy department ";
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
    const STEPS: [f32; 13] = [9.0, 8.5, 7.7, 6.8, 6.0, 5.4, 4.7, 4.1, 3.6, 2.9, 2.0, 0.0, 0.0];
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
        let all = provinces(Gazetteer::bundled().unwrap(), map);
        assert!(all.len() > 3000, "{}", all.len());
        let named = |id, p: &Province| map.area_names(id).any(|name| name.ends_with(&p.name));
        let inside = |p: &&Province| map.province_at(p.at).is_some_and(|id| named(id, p));
        let of = |name: &str| all.iter().find(|p| p.name == name);
        for name in ["Badakhshan", "Ghor", "Kansas", "Queensland", "Brandenburg"] {
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
            ("Land Brandenburg", "Brandenburg"),
            ("Pest County", "Pest"),
            ("Northern Territory", "Northern Territory"),
            ("Baden-Württemberg", "Baden-Württemberg"),
            ("Île-de-France", "Île-de-France"),
        ] {
            assert_eq!(bare(name), is);
        }
    }

    #[test]
    fn only_states_have_capitals() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let index = LabelIndex::new(gazetteer, Basemap::bundled().unwrap());
        let is_one = |name: &str| {
            let mut hits = gazetteer.lookup(name).map(|hit| hit.place);
            hits.any(|place| index.is_capital(place))
        };
        assert!(["kabul", "washington", "london", "taipei"].into_iter().all(is_one));
        assert!(!["saint helier", "hong kong", "nuuk"].into_iter().any(is_one));
        assert!((180..230).contains(&index.capitals.len()), "{}", index.capitals.len());
    }

    #[test]
    fn provinces_have_their_common_names() {
        let all = provinces(Gazetteer::bundled().unwrap(), Basemap::bundled().unwrap());
        let has = |name: &str| all.iter().any(|p| p.name == name);
        for name in ["Brandenburg", "Lower Saxony", "Bavaria", "Thuringia", "Kandahar", "Texas"] {
            assert!(has(name), "{name}");
        }
        assert!(!all.iter().any(|p| p.name.starts_with("Land ")));
    }

    #[test]
    fn nearer_views_have_lesser_towns() {
        let weights: Vec<f32> = (0..30).map(|i| least_weight(f64::from(i) * 0.5)).collect();
        assert!(weights.windows(2).all(|w| w[0] >= w[1]), "{weights:?}");
    }
}
