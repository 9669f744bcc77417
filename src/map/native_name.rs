//! Names of places in the language and letters of their state: "Москва", "کابل".
//!
//! The gazetteer does not tell of which language a name is, so nothing is guessed from it: countries
//! and large cities are in a table of our own, all other names stay in English letters.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::plain_name::plain_name;
use crate::places::gazetteer::{Gazetteer, PlaceIndex};

/// Country, name in English letters, name of its own; no name in English letters for the country.
const TABLE: &str = include_str!("../../data/curated/native-names.tsv");

/// The rows of the table.
fn rows() -> impl Iterator<Item = ((&'static str, &'static str), &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some(((cells.next()?, cells.next()?), cells.next()?))
    })
}

/// A place's name in the language of its state; `None` where the table has none.
pub(super) fn native_name(gazetteer: &Gazetteer, place: PlaceIndex) -> Option<&'static str> {
    static NAMES: OnceLock<FxHashMap<(&str, &str), &'static str>> = OnceLock::new();
    let names: &FxHashMap<(&str, &str), &'static str> = NAMES.get_or_init(|| rows().collect());
    let place = gazetteer.place(place)?;
    let name = plain_name(place.name, place.country);
    let key = match place.kind {
        kind if kind.starts_with("A.PCL") && kind != "A.PCLH" => "",
        kind if kind.starts_with("P.PPL") => &*name,
        _ => return None,
    };
    let native = *names.get(&(place.country, key))?;
    // A village that shares its name with a city of the country is not meant.
    let large =
        key.is_empty() || gazetteer.is_capital(place.index) || gazetteer.population(place.index) >= LEAST;
    large.then_some(native)
}

/// Inhabitants of the smallest city in the table.
const LEAST: u32 = 25_000;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::map::fonts::{FALLBACKS, SANS};
    use crate::places::gazetteer::fold;
    use skrifa::{FontRef, MetadataProvider};

    fn gazetteer() -> &'static Gazetteer {
        Gazetteer::bundled().unwrap()
    }

    /// The largest place of a name in a country.
    fn place(country: &str, name: &str) -> Option<PlaceIndex> {
        let hits = gazetteer().lookup(&fold(name)).map(|hit| hit.place);
        let here = hits.filter(|&place| {
            let found = gazetteer().place(place).unwrap();
            found.country == country
                && found.kind.starts_with(if name.is_empty() { "A.PCL" } else { "P.PPL" })
        });
        here.max_by_key(|&place| gazetteer().population(place))
    }

    #[test]
    fn cities_have_names_of_their_own() {
        for (country, name, native) in [
            ("RU", "Moscow", "Москва"),
            ("RU", "Samara", "Самара"),
            ("UA", "Kyiv", "Київ"),
            ("UA", "Odesa", "Одеса"),
            ("AF", "Kabul", "کابل"),
            ("AF", "Mazar-i-Sharif", "مزار شریف"),
            ("PK", "Peshawar", "پشاور"),
            ("GR", "Athens", "Αθήνα"),
            ("IL", "Haifa", "חיפה"),
            ("NP", "Kathmandu", "काठमाडौं"),
            ("TJ", "Dushanbe", "Душанбе"),
        ] {
            let found = place(country, name).and_then(|place| native_name(gazetteer(), place));
            assert_eq!(found, Some(native), "{name}");
        }
    }

    #[test]
    fn countries_have_names_of_their_own() {
        let of = |code: &str| gazetteer().country(code).and_then(|place| native_name(gazetteer(), place));
        assert_eq!((of("RU"), of("AF"), of("GR")), (Some("Россия"), Some("افغانستان"), Some("Ελλάδα")));
        assert_eq!((of("FR"), of("CN")), (None, None));
    }

    #[test]
    fn what_is_not_in_the_table_is_not_guessed() {
        for (country, name) in [("FR", "Paris"), ("JP", "Tokyo"), ("RU", "Gus-Khrustalny"), ("AF", "Bagram")]
        {
            let found = place(country, name).unwrap_or_else(|| panic!("no {name}"));
            assert_eq!(native_name(gazetteer(), found), None, "{name}");
        }
    }

    /// Names that the gazetteer has in another spelling or not at all.
    const ELSEWHERE: [&str; 2] = ["Монгол Улс", "الخرطوم"];

    #[test]
    fn every_row_is_written_on_the_map_and_the_gazetteer_knows_it() {
        let mut wrong = Vec::new();
        for ((country, name), native) in rows() {
            let found = match name {
                "" => gazetteer().country(country),
                name => place(country, name),
            };
            let shown = found.and_then(|place| native_name(gazetteer(), place));
            let known = found.is_some_and(|place| {
                gazetteer().names(place).iter().any(|known| fold(&known.text) == fold(native))
            });
            if shown != Some(native) || (!known && !ELSEWHERE.contains(&native)) {
                let called = found.map(|place| gazetteer().place_name(place));
                wrong.push(format!("{country} {name} {native}: {called:?} shown {shown:?} known {known}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn rows_are_unique_and_the_fonts_have_their_letters() {
        let keys: BTreeSet<(&str, &str)> = rows().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), rows().count());
        for (_, native) in rows() {
            for c in native.chars() {
                let has = |font: &crate::map::fonts::Font| {
                    FontRef::new(font.bytes).unwrap().charmap().map(c).is_some()
                };
                assert!([SANS].iter().chain(&FALLBACKS).any(has), "{c} of {native}");
            }
        }
    }
}
