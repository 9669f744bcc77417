//! What the gazetteer that is part of the program must know.

use super::store::Gazetteer;
use super::{Match, NameFlags, PlaceIndex, fold};
use crate::places::LonLat;

fn bundled() -> &'static Gazetteer {
    Gazetteer::bundled().expect("the bundled gazetteer opens")
}

fn best(name: &str) -> crate::places::Place<'static> {
    let gazetteer = bundled();
    let hit = gazetteer.lookup(&fold(name)).next().unwrap_or_else(|| panic!("{name} is unknown"));
    gazetteer.place(hit.place).unwrap()
}

#[test]
fn it_is_whole_and_large() {
    let info = bundled().info().unwrap();
    bundled().verify().unwrap();
    assert!(info.places >= 300_000 && info.names >= 1_000_000, "{} {}", info.places, info.names);
    assert_eq!((info.places, info.names), (bundled().len(), bundled().name_total()));
    assert!(info.sources.iter().all(|s| !s.licence.is_empty()));
}

#[test]
fn places_of_the_news_lie_where_they_are() {
    for (name, kind, country, lat, lon, km) in [
        ("Kabul", "P.PPLC", "AF", 34.53, 69.17, 5.0),
        ("Kābul", "P.PPLC", "AF", 34.53, 69.17, 5.0),
        ("Кабул", "P.PPLC", "AF", 34.53, 69.17, 5.0),
        ("کابل", "P.PPLC", "AF", 34.53, 69.17, 5.0),
        ("喀布尔", "P.PPLC", "AF", 34.53, 69.17, 5.0),
        ("Bagram Air Base", "S.AIRB", "AF", 34.946, 69.265, 2.0),
        ("Kabul Airport", "S.AIRP", "AF", 34.566, 69.212, 2.0),
        ("Hamid Karzai International Airport", "S.AIRP", "AF", 34.566, 69.212, 2.0),
        ("Heathrow", "S.AIRP", "GB", 51.47, -0.46, 2.0),
        ("Afghanistan", "A.PCLI", "AF", 33.0, 66.0, 1.0),
        ("Pakistan", "A.PCLI", "PK", 30.0, 70.0, 1.0),
        ("Tajikistan", "A.PCLI", "TJ", 39.0, 71.0, 1.0),
        ("United Kingdom", "A.PCLI", "GB", 54.0, -2.0, 100.0),
        ("China", "A.PCLI", "CN", 35.0, 105.0, 100.0),
        ("Alberta", "A.ADM1", "CA", 52.28, -117.47, 10.0),
        ("Oklahoma", "A.ADM1", "US", 35.5, -97.5, 50.0),
    ] {
        let place = best(name);
        assert_eq!((place.kind, place.country), (kind, country), "{name} is {place:?}");
        assert!(place.at.distance_km(LonLat::new(lon, lat)) < km, "{name} is {place:?}");
    }
}

#[test]
fn parks_lakes_bases_and_districts_are_known() {
    for (name, kind, country, lat, lon) in [
        ("Great Smoky Mountains National Park", "L.PRK", "US", 35.6, -83.5),
        ("Starved Rock State Park", "L.PRK", "US", 41.3, -89.0),
        ("Snowdonia National Park", "L.PRK", "GB", 52.9, -3.9),
        ("Virunga National Park", "L.PRK", "CD", -0.5, 29.5),
        ("Tongass National Forest", "V.FRST", "US", 57.3, -136.0),
        ("Lake Winnipesaukee", "H.LK", "US", 43.6, -71.3),
        ("Quabbin Reservoir", "H.LK", "US", 42.4, -72.3),
        ("Dugway Proving Ground", "L.MILB", "US", 40.2, -112.9),
        ("Boyle Heights", "P.PPLX", "US", 34.0, -118.2),
        ("Walthamstow", "P.PPL", "GB", 51.6, 0.0),
        ("Ghouta", "L.", "SY", 33.5, 36.4),
        ("Jamsil Stadium", "S.STDM", "KR", 37.5, 127.1),
    ] {
        let gazetteer = bundled();
        let near = |place: &crate::places::Place<'_>| {
            place.kind.starts_with(kind)
                && place.country == country
                && place.at.distance_km(LonLat::new(lon, lat)) < 30.0
        };
        let found: Vec<_> =
            gazetteer.lookup(&fold(name)).filter_map(|hit| gazetteer.place(hit.place)).collect();
        assert!(found.iter().any(near), "{name}: {found:?}");
    }
}

#[test]
fn states_and_countries_come_before_small_namesakes() {
    for (name, kind) in [("Georgia", "A.PCLI"), ("Texas", "A.ADM1"), ("Jordan", "A.PCLI")] {
        assert_eq!(best(name).kind, kind, "{name}");
    }
    assert_eq!(best("Paris").country, "FR");
    assert_eq!(best("London").country, "GB");
}

#[test]
fn divisions_hold_their_places() {
    let gazetteer = bundled();
    let id = |id: &str| gazetteer.by_id(id).unwrap_or_else(|| panic!("{id} is unknown"));
    let paris_texas = gazetteer.place(id("geonames:4717560")).unwrap();
    assert_eq!(
        (paris_texas.name, paris_texas.admin1, paris_texas.admin2),
        ("Paris", "Texas", "Lamar County")
    );
    assert_eq!(gazetteer.admin1(id("geonames:4717560")), Some(id("geonames:4736286")));
    assert_eq!(gazetteer.country("US"), Some(id("geonames:6252001")));
    let with_admin1 = gazetteer.indices().filter(|i| gazetteer.kind(*i).starts_with("P."));
    let (known, all) = with_admin1
        .fold((0, 0), |(known, all), i| (known + usize::from(gazetteer.hierarchy(i).admin1 != 0), all + 1));
    assert!(known * 1000 > all * 985, "{known} of {all} settlements have a first-level division");
}

#[test]
fn every_country_has_its_record_and_its_capital() {
    let gazetteer = bundled();
    for iso in ["AF", "GB", "US", "RU", "XK", "TW", "PS", "SS", "VA", "HK"] {
        let country = gazetteer.country(iso).unwrap_or_else(|| panic!("{iso} is missing"));
        assert!(gazetteer.kind(country).starts_with("A."), "{iso}");
    }
    let capitals = gazetteer.indices().filter(|i| gazetteer.is_capital(*i)).count();
    assert!((200..=260).contains(&capitals), "{capitals}");
}

#[test]
fn codes_ask_for_capitals() {
    let hits: Vec<_> = bundled().lookup("kbl").collect();
    assert!(!hits.is_empty() && hits.iter().all(|h| h.flags.contains(NameFlags::ABBREVIATION)), "{hits:?}");
    assert!(hits.iter().all(|h| bundled().casing_fits(h.name, "KBL")));
}

#[test]
fn the_search_box_forgives_a_typing_error() {
    let found = bundled().search("Kandahr", 5);
    assert_eq!(found.first().map(|f| f.how), Some(Match::OneEdit));
    assert_eq!(bundled().place_name(found[0].place), "Kandahar");
    assert_eq!(bundled().search("Kandahar", 100).len(), {
        let mut places: Vec<PlaceIndex> = bundled().search("Kandahar", 100).iter().map(|f| f.place).collect();
        places.sort();
        places.dedup();
        places.len()
    });
}

#[test]
fn no_machine_transliterations() {
    assert_eq!(bundled().lookup("ka bu er").count(), 0);
    assert_eq!(bundled().lookup("lndn").count(), 0);
}

#[test]
fn a_division_knows_its_seat_and_the_seat_its_divisions() {
    let gazetteer = bundled();
    let id = |id: &str| gazetteer.by_id(id).unwrap_or_else(|| panic!("{id} is unknown"));
    let lamar = gazetteer.admin2(id("geonames:4717560")).unwrap();
    assert_eq!(gazetteer.seat(lamar), Some(id("geonames:4717560")), "Paris is the seat of Lamar County");
    assert!(gazetteer.governs(id("geonames:4717560")).any(|division| division == lamar));
    assert_eq!(gazetteer.seat(id("geonames:4717560")), None);
    let seats = gazetteer.indices().filter(|i| gazetteer.seat(*i).is_some()).count();
    assert!(seats > 20_000, "{seats}");
}

#[test]
fn divisions_are_found_by_code() {
    let gazetteer = bundled();
    let texas = gazetteer.division("US.TX").unwrap();
    assert_eq!((gazetteer.kind(texas), gazetteer.place_name(texas)), ("A.ADM1", "Texas"));
    assert_eq!(gazetteer.division("US.TX.277").map(|d| gazetteer.place_name(d)), Some("Lamar County"));
    assert_eq!(gazetteer.division("XX.99"), None);
}

#[test]
fn rough_points_say_so() {
    let gazetteer = bundled();
    let rough: Vec<PlaceIndex> = gazetteer.indices().filter(|i| gazetteer.is_rough(*i)).collect();
    assert!((5_000..15_000).contains(&rough.len()), "{}", rough.len());
    assert!(rough.iter().all(|i| gazetteer.kind(*i).starts_with("A.ADM")));
}

#[test]
fn labels_are_in_english_spelling_and_the_marked_form_is_a_name() {
    let gazetteer = bundled();
    assert_eq!(best("Herāt").name, "Herat");
    for (label, marked) in [("Mazar-i-Sharif", "Mazār-e Sharīf"), ("Raqqa", "Ar Raqqah")] {
        let place = best(marked);
        assert_eq!(place.name, label);
        assert!(gazetteer.names(place.index).iter().any(|n| n.text == marked), "{marked}");
    }
}

#[test]
fn known_absurdities_of_others_stay_away() {
    assert_eq!(best("Africa").kind, "L.CONT", "no town in Tunisia");
    assert_eq!((best("United Kingdom").kind, best("United Kingdom").country), ("A.PCLI", "GB"));
    assert_eq!(best("China").kind, "A.PCLI", "no university");
    assert_eq!(best("Oklahoma").kind, "A.ADM1", "no town");
    assert_eq!(best("Western Europe").kind, "L.RGN", "no Germany");
    for query in ["St. Louis", "St Louis", "St. Louis, Mo."] {
        let first = bundled().search(query, 1).first().and_then(|f| bundled().place(f.place));
        assert_eq!(first.map(|p| p.country), Some("US"), "{query}");
    }
    assert_eq!(best("Long Beach").country, "US");
    let european = bundled().lookup(&fold("European")).next().map(|hit| bundled().kind(hit.place));
    assert_ne!(european, Some("S.MN"), "no mine");
}

#[test]
fn all_states_of_the_us_are_known() {
    let states = bundled().indices().filter(|i| {
        bundled().kind(*i) == "A.ADM1" && bundled().place(*i).is_some_and(|place| place.country == "US")
    });
    assert_eq!(states.count(), 51, "fifty and the District of Columbia");
}
