//! The geoparser with the bundled data on sentences of our own: known mistakes of comparable
//! programs, one test each.
#![cfg(test)]

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::places::{Gazetteer, Geoparser, Hints, Mention, Role};

fn geoparse(text: &str) -> Vec<Mention> {
    let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
    let article = Article::from_text(text, Origin::Pasted);
    geoparser.geoparse(&article, &segment(text), &Hints::default())
}

/// Kind and country of the mention with this surface.
fn place_of(text: &str, surface: &str) -> (String, String) {
    let gazetteer = Gazetteer::bundled().unwrap();
    let mentions = geoparse(text);
    let mention = mentions
        .iter()
        .find(|m| m.surface(text) == surface)
        .unwrap_or_else(|| panic!("{surface} is not found in {text:?}: {mentions:?}"));
    let place =
        mention.place.and_then(|p| gazetteer.place(p)).unwrap_or_else(|| panic!("{surface} has no place"));
    (place.kind.to_owned(), place.country.to_owned())
}

fn roles(text: &str) -> Vec<(String, Role)> {
    geoparse(text).iter().map(|m| (m.surface(text).to_owned(), m.role)).collect()
}

fn kind_class(place: &(String, String)) -> &str {
    &place.0[..1]
}

#[test]
fn africa_is_a_continent() {
    assert_eq!(place_of("Drought spread across Africa last year.", "Africa").0, "L.CONT");
}

#[test]
fn oklahoma_is_the_state() {
    let place = place_of("A tornado tore through Oklahoma on Monday, killing three people.", "Oklahoma");
    assert_eq!(place, ("A.ADM1".into(), "US".into()));
}

#[test]
fn european_is_no_mine_in_arizona() {
    let found = geoparse("European leaders met on Thursday.");
    assert!(found.iter().all(|m| m.role == Role::Demonym), "{found:?}");
}

#[test]
fn the_united_kingdom_is_not_the_united_states() {
    assert_eq!(place_of("He flew from the United Kingdom on Friday.", "United Kingdom").1, "GB");
}

#[test]
fn china_is_a_country() {
    assert_eq!(place_of("Exports from China fell in May.", "China").0, "A.PCLI");
}

#[test]
fn western_europe_is_not_germany() {
    let place = place_of("Floods hit Western Europe in July.", "Western Europe");
    assert_eq!(kind_class(&place), "L", "{place:?}");
}

#[test]
fn long_beach_ca_is_in_california() {
    let place = place_of("A warehouse burned down in Long Beach, CA, on Tuesday.", "Long Beach");
    assert_eq!(place.1, "US");
}

#[test]
fn st_louis_mo_is_in_missouri() {
    let text = "ST. LOUIS — A flood closed roads in St. Louis, Mo., on Tuesday.";
    assert_eq!(place_of(text, "St. Louis").1, "US");
    assert_eq!(place_of(text, "Mo."), ("A.ADM1".into(), "US".into()));
}

#[test]
fn paris_texas_is_in_texas() {
    let text = "The trial opened in Paris, Texas, on Monday. Paris has 25,000 inhabitants.";
    assert_eq!(place_of(text, "Paris").1, "US");
}

#[test]
fn accents_dropped_are_no_matter() {
    assert_eq!(place_of("Protests broke out in Bogota and Medellin on Sunday.", "Medellin").1, "CO");
    assert_eq!(place_of("The mayor of Düsseldorf resigned.", "Düsseldorf").1, "DE");
}

#[test]
fn headlines_in_capitals_are_read() {
    assert_eq!(place_of("FLOODS KILL 40 IN PAKISTAN", "PAKISTAN").0, "A.PCLI");
}

#[test]
fn names_of_organisations_are_no_places_of_events() {
    let found =
        roles("The US State Department said so in Geneva, the Associated Press and TOLO News reported.");
    assert!(found.contains(&("US".into(), Role::OrganisationPart)), "{found:?}");
    assert!(found.contains(&("Geneva".into(), Role::Event)), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_dateline_is_where_it_was_written() {
    let found = roles("NAIROBI, Aug 15 (Reuters) — Rebels attacked a convoy near Goma on Sunday.");
    assert_eq!(found.first(), Some(&("NAIROBI".into(), Role::Dateline)));
    assert!(found.contains(&("Goma".into(), Role::Event)), "{found:?}");
}

#[test]
fn bases_airports_and_provinces_are_taken_for_what_they_are() {
    let text = "Troops left Bagram air base at dawn. Crowds ran to the Kabul airport. Nobody may enter Kabul province.";
    assert_eq!(place_of(text, "Bagram air base").0, "S.AIRB");
    assert_eq!(place_of(text, "Kabul airport").0, "S.AIRP");
    assert_eq!(place_of(text, "Kabul province").0, "A.ADM1");
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(geoparse("").is_empty());
    assert!(geoparse("\u{0}\u{200f} \n\n ,.;— 'S ' - -").is_empty());
}

#[test]
fn odd_texts_do_no_harm() {
    for text in ["A-", "-A-b-", "’s Paris’s", "Paris-", "İ", "Ａ", "a\u{301}B-\u{301}c", "The", "St. St. St."]
    {
        for mention in geoparse(text) {
            assert!(text.get(mention.range.clone()).is_some(), "{text:?}");
        }
    }
}

/// The surfaces, roles and points that a hand-made annotation of one article asks for; it does not
/// come with the program.
#[test]
fn the_seed_article_is_read_as_annotated() {
    let (text, gold) = (
        std::fs::read_to_string("../shared/articles/kabul-2021-08-15.txt"),
        std::fs::read_to_string("../shared/corpora/events/seed-gold.json"),
    );
    let (Ok(text), Ok(gold)) = (text, gold) else {
        eprintln!("SKIPPED: the annotated article is not on this machine");
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let found = geoparse(&text);
    let offsets = dateline::article::offsets::CharOffsets::new(&text);
    let gazetteer = Gazetteer::bundled().unwrap();
    let mut missed = Vec::new();
    for wanted in gold["toponyms"].as_array().unwrap().iter().filter(|t| t["inside_of"].is_null()) {
        let (start, end) = (wanted["start"].as_u64().unwrap(), wanted["end"].as_u64().unwrap());
        let hit = found.iter().find(|m| {
            (offsets.char_of(m.range.start) as u64) < end && start < offsets.char_of(m.range.end) as u64
        });
        let right = hit.and_then(|m| m.place).is_some_and(|place| {
            let at = dateline::places::LonLat::new(
                wanted["lon"].as_f64().unwrap(),
                wanted["lat"].as_f64().unwrap(),
            );
            gazetteer.point(place).distance_km(at) <= wanted["tolerance_km"].as_f64().unwrap()
        });
        if !right {
            missed.push(format!(
                "{} at {start}: {:?}",
                wanted["surface"],
                hit.and_then(|m| m.place).and_then(|p| gazetteer.place(p))
            ));
        }
    }
    let of_organisations = found.iter().filter(|m| m.role == Role::OrganisationPart).count();
    assert!(of_organisations >= 2, "{of_organisations}");
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_given_name_is_no_country() {
    let text = "Nine-year-old Georgia Stevens is lacing her skates at the rink.";
    assert!(roles(text).is_empty(), "{:?}", roles(text));
}

#[test]
fn a_newspaper_has_its_place_as_a_part() {
    let found = roles("The Washington Post reported on Monday that the senator would resign within days.");
    assert_eq!(found, [("Washington".to_owned(), Role::OrganisationPart)]);
}

#[test]
fn a_possessive_may_belong_to_the_name() {
    let text = "The ferry left St. John's on Friday and reached Halifax on Sunday.";
    assert_eq!(place_of(text, "St. John's").1, "CA");
}

#[test]
fn native_names_are_found_in_other_languages() {
    let text = "Вчера колонна автобусов прибыла из Москвы в Самару, где её встретили родные и врачи, \
                а потом поехала дальше, до самой границы.";
    assert_eq!(place_of(text, "Москвы").1, "RU");
    assert_eq!(place_of(text, "Самару").1, "RU");
    let text = "Gestern Nacht stand das Wasser in München und in Passau bis an die Fenster, und viele \
                Menschen mussten ihre Häuser verlassen, weil der Strom ausgefallen war.";
    assert_eq!(place_of(text, "Passau").1, "DE");
}

#[test]
fn what_a_place_does_follows_from_the_words_around() {
    let text = "FAIRVIEW — A fire destroyed a warehouse in Leeds on Monday. The convoy drove from Herat to \
        Kandahar over night, drivers said. Moscow accused Washington of lying. Jan Novak, who comes from \
        Prague, watched the flames.";
    let found = roles(text);
    for (name, role) in [
        ("Leeds", Role::Event),
        ("Herat", Role::Origin),
        ("Kandahar", Role::Destination),
        ("Moscow", Role::Actor),
        ("Prague", Role::Origin),
    ] {
        assert!(found.contains(&(name.to_owned(), role)), "{name}: {found:?}");
    }
}
