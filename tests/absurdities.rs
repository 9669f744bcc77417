//! Mistakes that users of comparable programs have reported, and their kin: one test each, through
//! the geoparser with the bundled data, on sentences of our own. More stand in `geoparse.rs`.
#![cfg(test)]

use std::sync::OnceLock;

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::places::{Gazetteer, Geoparser, Hints, Mention, Place, Role};

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::bundled().unwrap()
}

fn geoparse(text: &str) -> Vec<Mention> {
    static GEOPARSER: OnceLock<Geoparser> = OnceLock::new();
    let geoparser = GEOPARSER.get_or_init(|| Geoparser::new(gazetteer()).unwrap());
    geoparser.geoparse(&Article::from_text(text, Origin::Pasted), &segment(text), &Hints::default())
}

/// The place of the first mention with this surface.
fn place_of(text: &str, surface: &str) -> Place<'static> {
    let mentions = geoparse(text);
    let mention = mentions
        .iter()
        .find(|m| m.surface(text) == surface)
        .unwrap_or_else(|| panic!("{surface} is not found in {text:?}: {mentions:?}"));
    mention.place.and_then(|p| gazetteer().place(p)).unwrap_or_else(|| panic!("{surface} has no place"))
}

/// Whether nothing that would be drawn on the map is found at these words.
fn is_no_drawn_place(text: &str, words: &str) {
    for mention in geoparse(text) {
        let drawn = mention.role.is_drawn() && mention.surface(text).contains(words);
        assert!(!drawn, "{words} in {text:?}: {mention:?}");
    }
}

/// Texts, surfaces, and the country each is in.
fn are_in(cases: &[(&str, &str, &str)]) {
    for (text, surface, country) in cases {
        let place = place_of(text, surface);
        assert_eq!(place.country, *country, "{surface} in {text:?} is {place:?}");
    }
}

/// Texts, surfaces, and the beginning of the kind of place each is.
fn are_kinds(cases: &[(&str, &str, &str)]) {
    for (text, surface, kind) in cases {
        let place = place_of(text, surface);
        assert!(place.kind.starts_with(kind), "{surface} in {text:?} is {place:?}");
    }
}

#[test]
fn africa_is_no_town_in_tunisia() {
    are_kinds(&[
        ("Aid groups warned of famine across Africa this year.", "Africa", "L.CONT"),
        ("Millions in East Africa face hunger after the rains failed.", "East Africa", "L."),
        ("Fighting displaced families in West Africa in June.", "West Africa", "L."),
        ("Elections were held in South Africa on Wednesday.", "South Africa", "A.PCLI"),
    ]);
}

#[test]
fn continents_and_their_parts_are_areas() {
    are_kinds(&[
        ("Storms swept across Europe on Friday.", "Europe", "L.CONT"),
        ("Storms swept across Asia on Friday.", "Asia", "L.CONT"),
        ("Prices rose in South America in May.", "South America", "L.CONT"),
        ("Floods hit Western Europe in July.", "Western Europe", "L."),
        ("Nobody in the Middle East expected it.", "Middle East", "L."),
        ("Smugglers cross Central America on foot.", "Central America", "L."),
        ("Troops were moved to Eastern Europe.", "Eastern Europe", "L."),
    ]);
}

#[test]
fn european_is_no_mine_in_arizona() {
    for text in [
        "European leaders met on Thursday.",
        "The European Commission fined the company on Thursday.",
        "He studied African and Asian art.",
    ] {
        for word in ["European", "African", "Asian"] {
            is_no_drawn_place(text, word);
        }
    }
}

#[test]
fn the_united_kingdom_is_not_the_united_states() {
    are_in(&[
        ("She moved to the United Kingdom in 2009.", "United Kingdom", "GB"),
        ("She moved to the UK in 2009.", "UK", "GB"),
        ("She moved to the U.K. in 2009.", "U.K.", "GB"),
        ("She moved to Britain in 2009.", "Britain", "GB"),
        ("She moved to the United States in 2009.", "United States", "US"),
        ("She moved to the U.S. in 2009.", "U.S.", "US"),
        ("She moved to the United Arab Emirates in 2009.", "United Arab Emirates", "AE"),
        ("She moved to the UAE in 2009.", "UAE", "AE"),
    ]);
}

#[test]
fn china_is_no_university() {
    are_kinds(&[
        ("Factories in China stood still for a week.", "China", "A.PCLI"),
        ("Factories in India stood still for a week.", "India", "A.PCLI"),
        ("Factories in Mexico stood still for a week.", "Mexico", "A.PCLI"),
        ("Factories in Jordan stood still for a week.", "Jordan", "A.PCLI"),
        ("Factories in Turkey stood still for a week.", "Turkey", "A.PCLI"),
        ("Factories in Lebanon stood still for a week.", "Lebanon", "A.PCLI"),
        ("Factories in Cuba stood still for a week.", "Cuba", "A.PCLI"),
        ("Factories in Peru stood still for a week.", "Peru", "A.PCLI"),
    ]);
}

#[test]
fn long_beach_ca_is_not_in_australia() {
    let place = place_of("A warehouse burned down in Long Beach, CA, on Tuesday.", "Long Beach");
    assert_eq!((place.country, place.admin1), ("US", "California"));
}

#[test]
fn oklahoma_is_the_state() {
    are_kinds(&[
        ("A tornado tore through Oklahoma on Monday.", "Oklahoma", "A.ADM1"),
        ("Voters in Oklahoma and Kansas go to the polls.", "Oklahoma", "A.ADM1"),
        ("The company is based in Tulsa, Oklahoma, and sells pipes.", "Oklahoma", "A.ADM1"),
    ]);
}

#[test]
fn every_state_of_the_united_states_is_found() {
    const STATES: [&str; 48] = [
        "Alabama",
        "Alaska",
        "Arizona",
        "Arkansas",
        "California",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Hawaii",
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
        "Maryland",
        "Massachusetts",
        "Michigan",
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "North Carolina",
        "North Dakota",
        "Ohio",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Rhode Island",
        "South Carolina",
        "South Dakota",
        "Tennessee",
        "Texas",
        "Utah",
        "Vermont",
        "Virginia",
        "West Virginia",
        "Wisconsin",
        "Wyoming",
        "New York State",
    ];
    for state in STATES {
        let text = format!("Officials closed schools across {state} on Monday after heavy snow.");
        let place = place_of(&text, state);
        assert_eq!((place.country, place.kind), ("US", "A.ADM1"), "{state} is {place:?}");
    }
}

#[test]
fn georgia_is_a_country_or_a_state_as_the_text_asks() {
    are_in(&[
        ("Police in Atlanta, Georgia, arrested two men on Monday.", "Georgia", "US"),
        ("Protesters in Tbilisi urged Georgia to seek ties with Brussels and Kyiv.", "Georgia", "GE"),
    ]);
}

#[test]
fn states_behind_a_comma_are_abbreviated_in_the_old_and_in_the_new_way() {
    for (text, town, state) in [
        ("A flood closed roads in St. Louis, Mo., on Tuesday.", "St. Louis", "Missouri"),
        ("The trial began in Springfield, Ill., on Tuesday.", "Springfield", "Illinois"),
        ("The trial began in Springfield, Mass., on Tuesday.", "Springfield", "Massachusetts"),
        ("A plane landed in Portland, Maine, on Tuesday.", "Portland", "Maine"),
        ("A plane landed in Portland, Ore., on Tuesday.", "Portland", "Oregon"),
        ("The fire in Columbus, Ga., was put out.", "Columbus", "Georgia"),
        ("The fire in Columbia, S.C., was put out.", "Columbia", "South Carolina"),
        ("The fire in Rochester, N.Y., was put out.", "Rochester", "New York"),
        ("The fire in Rochester, Minn., was put out.", "Rochester", "Minnesota"),
        ("A school in Arlington, Va., was closed.", "Arlington", "Virginia"),
        ("A school in Arlington, Texas, was closed.", "Arlington", "Texas"),
        ("A school in Aurora, Colo., was closed.", "Aurora", "Colorado"),
        ("A school in Birmingham, Ala., was closed.", "Birmingham", "Alabama"),
    ] {
        let place = place_of(text, town);
        assert_eq!((place.country, place.admin1), ("US", state), "{town} in {text:?} is {place:?}");
    }
}

#[test]
fn a_famous_namesake_loses_where_the_text_names_the_area() {
    for (text, town, country, area) in [
        ("The trial opened in Paris, Texas, on Monday.", "Paris", "US", "Texas"),
        ("The trial opened in Moscow, Idaho, on Monday.", "Moscow", "US", "Idaho"),
        ("The trial opened in Athens, Ohio, on Monday.", "Athens", "US", "Ohio"),
        ("The trial opened in London, Ontario, on Monday.", "London", "CA", "Ontario"),
        ("The trial opened in Cambridge, Massachusetts, on Monday.", "Cambridge", "US", "Massachusetts"),
        ("The trial opened in Birmingham, England, on Monday.", "Birmingham", "GB", "England"),
        ("The trial opened in Hyderabad, Pakistan, on Monday.", "Hyderabad", "PK", "Sindh"),
        ("The trial opened in Vancouver, Washington, on Monday.", "Vancouver", "US", "Washington"),
    ] {
        let place = place_of(text, town);
        assert_eq!((place.country, place.admin1), (country, area), "{town} in {text:?} is {place:?}");
    }
}

#[test]
fn headlines_in_capitals_are_read() {
    are_in(&[
        ("FLOODS KILL 40 IN PAKISTAN", "PAKISTAN", "PK"),
        ("GUNMEN KIDNAP 30 NEAR MAIDUGURI", "MAIDUGURI", "NG"),
        ("TROOPS ENTER GOMA AS REBELS FLEE TO RWANDA", "GOMA", "CD"),
        ("TROOPS ENTER GOMA AS REBELS FLEE TO RWANDA", "RWANDA", "RW"),
        ("QUAKE SHAKES SOUTHERN CALIFORNIA, NO INJURIES", "SOUTHERN CALIFORNIA", "US"),
    ]);
}

#[test]
fn accents_dropped_or_kept_are_no_matter() {
    are_in(&[
        ("Protests broke out in Bogota on Sunday.", "Bogota", "CO"),
        ("Protests broke out in Bogotá on Sunday.", "Bogotá", "CO"),
        ("Protests broke out in Sao Paulo on Sunday.", "Sao Paulo", "BR"),
        ("Protests broke out in São Paulo on Sunday.", "São Paulo", "BR"),
        ("Protests broke out in Malmo on Sunday.", "Malmo", "SE"),
        ("Protests broke out in Zurich on Sunday.", "Zurich", "CH"),
        ("Protests broke out in Asuncion on Sunday.", "Asuncion", "PY"),
        ("Protests broke out in N'Djamena on Sunday.", "N'Djamena", "TD"),
        ("Protests broke out in N’Djamena on Sunday.", "N’Djamena", "TD"),
    ]);
}

#[test]
fn countries_go_by_their_other_names() {
    are_in(&[
        ("Rebels in Congo took the town.", "Congo", "CD"),
        ("Rebels in the Democratic Republic of Congo took the town.", "Democratic Republic of Congo", "CD"),
        ("Ferries to Ivory Coast were stopped.", "Ivory Coast", "CI"),
        ("Ferries to Burma were stopped.", "Burma", "MM"),
        ("Ferries to Myanmar were stopped.", "Myanmar", "MM"),
        ("Trains to the Czech Republic were stopped.", "Czech Republic", "CZ"),
        ("Trains to Holland were stopped.", "Holland", "NL"),
        ("Flights to Swaziland were stopped.", "Swaziland", "SZ"),
        ("Flights to East Timor were stopped.", "East Timor", "TL"),
        ("Flights to North Korea were stopped.", "North Korea", "KP"),
        ("Flights to South Sudan were stopped.", "South Sudan", "SS"),
        ("Flights to Papua New Guinea were stopped.", "Papua New Guinea", "PG"),
        ("Flights to Equatorial Guinea were stopped.", "Equatorial Guinea", "GQ"),
    ]);
}

#[test]
fn peoples_and_languages_are_no_places_to_draw() {
    for (text, word) in [
        ("Two French tourists were hurt near the lake.", "French"),
        ("The Turkish president arrived on Friday.", "Turkish"),
        ("He speaks Polish and Swedish.", "Polish"),
        ("Danish farmers protested, Afghans and Somalis joined them.", "Afghans"),
        ("A South Korean ship ran aground.", "South Korean"),
    ] {
        is_no_drawn_place(text, word);
        let roles: Vec<Role> = geoparse(text).iter().map(|m| m.role).collect();
        assert!(roles.iter().all(|r| *r == Role::Demonym), "{text:?}: {roles:?}");
    }
}

#[test]
fn persons_are_no_places() {
    for (text, name) in [
        ("Paris Hilton sang on Friday, and Hilton danced.", "Paris"),
        ("Mr. Washington bought a house, his lawyer said.", "Washington"),
        ("Jack London wrote it in a winter.", "London"),
        ("Chelsea Clinton and Denzel Washington spoke.", "Washington"),
        ("Sgt. Austin Mobley was promoted.", "Austin"),
        ("Jordan Henderson scored twice.", "Jordan"),
    ] {
        is_no_drawn_place(text, name);
    }
}

#[test]
fn months_and_everyday_words_are_no_places() {
    for (text, word) in [
        ("Of course many will read this in May or March.", "March"),
        ("Nice weather, said Mobile phone users on Sunday.", "Nice"),
        ("She bought a Reading lamp and a bottle of Bath salts.", "Reading"),
        ("Police said Monday that Man and Best were words.", "Police"),
        ("In March, Most of the money was spent.", "Most"),
    ] {
        is_no_drawn_place(text, word);
    }
}

#[test]
fn capitals_of_countries_are_where_the_text_is_silent() {
    are_in(&[
        ("A bomb exploded in London on Monday.", "London", "GB"),
        ("A bomb exploded in Paris on Monday.", "Paris", "FR"),
        ("A bomb exploded in Athens on Monday.", "Athens", "GR"),
        ("A bomb exploded in Cairo on Monday.", "Cairo", "EG"),
        ("A bomb exploded in Tripoli on Monday.", "Tripoli", "LY"),
        ("A bomb exploded in Damascus on Monday.", "Damascus", "SY"),
        ("A bomb exploded in Santiago on Monday.", "Santiago", "CL"),
        ("A bomb exploded in Lima on Monday.", "Lima", "PE"),
        ("A bomb exploded in Melbourne on Monday.", "Melbourne", "AU"),
        ("A bomb exploded in Kingston, Jamaica, on Monday.", "Kingston", "JM"),
    ]);
}

#[test]
fn states_and_cities_of_one_name_are_told_apart() {
    are_kinds(&[
        ("Snow fell in upstate New York and in Vermont.", "New York", "A.ADM1"),
        ("He works in New York City and sleeps in Newark.", "New York City", "P."),
        ("Lawmakers in Washington state voted to end it.", "Washington state", "A.ADM1"),
        ("The White House in Washington, D.C., was lit.", "Washington", "P."),
        ("The mayor of Mexico City resigned.", "Mexico City", "P."),
        ("The mayor of Kuwait City resigned.", "Kuwait City", "P."),
    ]);
}

#[test]
fn names_in_possession_and_compounds_are_found() {
    are_in(&[
        ("Kenya's president met Somalia’s.", "Kenya", "KE"),
        ("Kenya's president met Somalia’s.", "Somalia", "SO"),
        ("A Geneva-based agency said so.", "Geneva", "CH"),
        ("Talks on the Rwanda-Congo border failed.", "Rwanda", "RW"),
    ]);
    let text = "Talks on the Rwanda-Congo border failed.";
    let found: Vec<Mention> = geoparse(text);
    let congo = found.iter().find(|m| m.surface(text).starts_with("Congo")).unwrap();
    let country = congo.place.and_then(|p| gazetteer().place(p)).unwrap().country;
    assert!(matches!(country, "CD" | "CG"), "{country}");
}

#[test]
fn a_name_broken_by_a_line_end_is_one_name() {
    let text = "Water covered the low streets by the river on Monday, the mayor of New\n\
        Orleans said, and pumps were brought in over night. The schools of San\n\
        Antonio stayed open, but nobody in either of the two cities slept well.\n";
    assert_eq!(place_of(text, "New\nOrleans").admin1, "Louisiana");
    assert_eq!(place_of(text, "San\nAntonio").admin1, "Texas");
}

#[test]
fn a_town_named_with_its_country_is_there_whatever_stands_around() {
    let near = "The canal board met in Montpelier, Idaho. Roads to Paris, Bloomington and Georgetown were closed, \
                said the sheriff of Bear Lake County. The mine was proposed by a man in Geneva, Switzerland, \
                and his brother in Portland, Ore.";
    are_in(&[(near, "Geneva", "CH")]);
    assert_eq!(place_of(near, "Portland").admin1, "Oregon");
}

#[test]
fn georgia_is_the_state_beside_alabama() {
    are_in(&[
        ("A man from Georgia was arrested in Macon. He had lived in Georgia for years.", "Georgia", "US"),
        ("The suspect fled from Georgia to Alabama before he was caught in Dothan.", "Georgia", "US"),
    ]);
}

#[test]
fn dar_es_salaam_is_one_name() {
    let place = place_of("Floods hit Dar es Salaam on Monday, officials in Dodoma said.", "Dar es Salaam");
    assert_eq!(place.country, "TZ");
}

#[test]
fn the_esk_valley_is_no_city_in_turkey() {
    for text in [
        "A walker was rescued in the Esk Valley near Whitby.",
        "Homes in the Esk Valley north of Napier were cut off by the cyclone.",
    ] {
        let turkish =
            |m: &Mention| m.place.and_then(|p| gazetteer().place(p)).is_some_and(|p| p.country == "TR");
        assert!(!geoparse(text).iter().any(turkish), "{text}");
    }
}

#[test]
fn the_dominican_republic_is_not_dominica() {
    are_in(&[("The Dominican Republic has deported 10,000 people this month.", "Dominican Republic", "DO")]);
}

#[test]
fn maria_lopez_of_seville_is_from_a_place() {
    let text = "Maria Lopez of Seville won the race on Sunday.";
    assert!(geoparse(text).iter().any(|m| m.surface(text) == "Seville"));
    let titled = "Prince Philip, Duke of Edinburgh, died on Friday.";
    is_no_drawn_place(titled, "Edinburgh");
}

#[test]
fn a_numbered_region_is_no_province_of_the_philippines() {
    let text = "The service center for Region 16 met in Amarillo on Nov. 12.";
    assert!(
        geoparse(text).iter().all(|m| !m.surface(text).starts_with("Region") && m.surface(text) != "Nov.")
    );
}

#[test]
fn canadian_is_a_town_in_an_article_about_it() {
    let text = "The council met in Canadian, Texas, on Monday. Residents of Canadian want a new pool.";
    let found = geoparse(text);
    let towns: Vec<&Mention> = found.iter().filter(|m| m.surface(text) == "Canadian").collect();
    assert_eq!(towns.len(), 2, "{found:?}");
    for town in towns {
        assert_eq!(
            town.place.and_then(|p| gazetteer().place(p)).map(|p| p.admin1),
            Some("Texas"),
            "{town:?}"
        );
    }
    is_no_drawn_place("Canadian officials met in Ottawa.", "Canadian");
}

#[test]
fn a_possessive_parts_two_places() {
    let text = "A bomb went off in Cairo's Abbasiya district on Sunday.";
    let found: Vec<&str> = geoparse(text).iter().map(|m| text.get(m.range.clone()).unwrap()).collect();
    assert!(found.contains(&"Cairo"), "{found:?}");
}

#[test]
fn a_place_behind_a_hyphen_is_found() {
    let text = "Storms crossed mid-Ohio on Monday and reached Pittsburgh at night.";
    assert!(geoparse(text).iter().any(|m| m.surface(text) == "Ohio"));
}

#[test]
fn the_items_of_a_digest_have_no_dateline() {
    let text = "AROUND THE COUNTY\n\nAUBURN — The council chose a new mayor on Monday.\n\nSENNETT — Voters approved \
                a new garage on Tuesday.\n\nMORAVIA — A plan for the village failed.";
    assert!(geoparse(text).iter().all(|m| m.role != Role::Dateline));
    let story = "MAYOR CHOSEN IN AUBURN\n\nAUBURN, N.Y. — The council chose a new mayor on Monday.\n\nIt took an hour.";
    assert!(geoparse(story).iter().any(|m| m.role == Role::Dateline));
}

#[test]
fn a_highway_is_no_country() {
    is_no_drawn_place(
        "He drove east on U.S. 80 with about $6,000, deputies in Demopolis, Ala., said.",
        "U.S.",
    );
    is_no_drawn_place("A truck overturned on US Highway 31 near Cullman, Ala., on Monday.", "US");
    let kept = geoparse("Troops of the U.S. 80 percent of whom are young left Kabul.");
    assert!(!kept.is_empty());
}

#[test]
fn what_is_named_after_a_town_of_the_article_is_near_it() {
    let airport = "ATHENS, Ala. - The Athens airport authority met Thursday. The Athens airport draws flights from Huntsville.";
    let place = place_of(airport, "Athens airport");
    assert_eq!(place.admin1, "Alabama", "{place:?}");
    let township =
        "LEBANON, Pa. - A Lebanon man fled through Annville. North Lebanon Township police chased him.";
    let place = place_of(township, "North Lebanon Township");
    assert_eq!(place.admin1, "Pennsylvania", "{place:?}");
}

#[test]
fn a_small_word_in_capitals_is_no_state() {
    let text = "THE MAYOR OF ACHI, IN THE NORTHERN DEPARTMENT OF BOLIVAR, WAS KILLED ON FRIDAY, POLICE IN COLOMBIA SAID.";
    is_no_drawn_place(text, "IN");
    let text = "The flood hit Gary, IN, on Friday.";
    assert_eq!(place_of(text, "IN").name, "Indiana");
}
