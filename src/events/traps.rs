//! Sentences that once misled the grammar, each with what it tells and what it does not.

use super::EventType;
use super::sentences::{check, read};

/// Panics unless all expectations are met.
fn tells(text: &str, expected: &[&str]) {
    if let Err(lacking) = check(text, expected) {
        panic!("{lacking}");
    }
}

/// The tolls of all events of a text.
fn killed(text: &str) -> Vec<Option<u32>> {
    let (_, _, events) = read(text);
    assert!(!events.is_empty(), "{text} tells nothing");
    events.iter().map(|e| e.size.and_then(|s| s.killed)).collect()
}

#[test]
fn ages_and_years_count_nobody() {
    tells("Two men aged 24 and 30 were killed in a blaze in [Lyon].", &["ACCIDENT completed at=Lyon dead=2"]);
    tells(
        "The 2014 attack killed 28 people in [Mandera].",
        &["ASSAULT completed to=28_people at=Mandera dead=28"],
    );
    tells("Forty rebels killed 2 farmers near [Bor].", &["ASSAULT completed by=rebels at=Bor dead=2"]);
    assert!(killed("A man aged 90 died in [London] after an attack.").iter().all(Option::is_none));
}

#[test]
fn tolls_are_read_however_they_are_told() {
    for (text, dead) in [
        (
            "Armed men attacked a post outside [Djibo], killing 14 soldiers and four volunteers, two sources said.",
            18,
        ),
        (
            "A ferry capsized off [Samar] on Saturday night, drowning at least 13 passengers, the coast guard said.",
            13,
        ),
        ("At least three demonstrators were shot dead in [Nairobi], according to doctors.", 3),
        ("A plane crashed near [Leiria], killing its pilot.", 1),
        ("At least 21 people lost their lives when a coach left the road near [Puquio].", 21),
        ("Landslides have taken 54 lives in [Assam].", 54),
        ("Eleven people burned to death in [Abancay] when a minibus hit a truck.", 11),
        ("A 68-year-old man drowned in his pickup in [Pensacola], the sheriff said.", 1),
        ("Measles has killed 922 children in {Madagascar}.", 922),
    ] {
        let found = killed(text);
        assert!(found.contains(&Some(dead)), "{text} {found:?}");
    }
    tells(
        "Measles has killed 922 children in {Madagascar}.",
        &["OUTBREAK completed to=children at=Madagascar"],
    );
}

#[test]
fn no_one_is_not_one() {
    let (_, _, events) =
        read("Officials said no one was hurt in the blast, which damaged a mosque in [Kano].");
    assert!(events.iter().all(|e| e.size.is_none()), "{events:?}");
    assert!(events.iter().all(|e| e.kind != EventType::Reject), "{events:?}");
}

#[test]
fn those_who_speak_are_no_rescue() {
    let (_, _, events) =
        read("Three climbers died in an avalanche near [Chamonix], according to rescue officials.");
    assert!(events.iter().all(|e| e.kind != EventType::Aid), "{events:?}");
    tells(
        "Three climbers died in an avalanche near [Chamonix], according to rescue officials.",
        &["DISASTER claimed says=rescue_officials at=Chamonix dead=3"],
    );
}

#[test]
fn a_quotation_is_said_by_who_stands_behind_it() {
    tells(
        "\"They have the same problem,\" said the director, who moved here from [Hugo].",
        &["MOVE claimed by=director from=Hugo says=director"],
    );
}

#[test]
fn rescues_happen_where_people_are_saved_from() {
    tells("Firefighters rescued 30 people from [Appleby] and [Kendal].", &["AID completed at=Appleby"]);
}

#[test]
fn an_aside_locates_nothing_behind_it() {
    let (_, mentions, events) =
        read("The minister, who was in [Paris], said troops had attacked a depot near [Bor].");
    let attack = events.iter().find(|e| e.kind == EventType::Assault).expect("an attack");
    assert_eq!(attack.place.map(|p| mentions[p.mention].range.start), Some(mentions[1].range.start));
}

#[test]
fn participles_that_look_like_nouns_are_verbs_behind_an_auxiliary() {
    tells("The cholera has spread to [Nairobi].", &["OUTBREAK completed at=Nairobi"]);
    tells("He was hurt by shelling in [Leeds].", &["ASSAULT completed at=Leeds"]);
}

#[test]
fn a_country_that_a_quake_shakes_is_where_it_happens() {
    tells("A strong earthquake shook {Taiwan} on Thursday.", &["DISASTER completed at=Taiwan on=2021-08-12"]);
}

#[test]
fn headlines_leave_out_the_auxiliary() {
    tells("Two arrested in [Cedar Rapids] after burglary", &["COERCE completed to=Two at=Cedar_Rapids"]);
    tells("Three hikers rescued near [Banff]", &["AID completed to=hikers at=Banff"]);
}

#[test]
fn distances_and_coasts_are_no_recipients() {
    for text in
        ["The earthquake struck 70 km southwest of [Marrakesh].", "A ferry sank off the coast of [Bali]."]
    {
        let (_, _, events) = read(text);
        assert!(!events.is_empty() && events.iter().all(|e| e.recipients.is_empty()), "{text} {events:?}");
    }
}

#[test]
fn what_stands_between_a_verb_and_its_particle_is_the_recipient() {
    tells(
        "A court in [Minsk] jailed the opposition leader for 11 years.",
        &["COERCE to=opposition_leader at=Minsk"],
    );
    let (_, _, events) = read("The company will close its factory in [Flint].");
    assert!(events.iter().all(|e| e.mode != Some("advance")), "{events:?}");
}

#[test]
fn a_robber_is_not_the_judge() {
    let text = "A judge sentenced the man to life. Prosecutors said he robbed a store in [Memphis].";
    tells(text, &["CRIME claimed by=man at=Memphis says=Prosecutors"]);
}

#[test]
fn cases_that_are_reported_are_one_event() {
    let (_, _, events) = read("Doctors said 40 new cases of cholera were reported in [Ifo] this week.");
    assert_eq!(events.iter().filter(|e| e.kind == EventType::Outbreak).count(), 1, "{events:?}");
}

#[test]
fn who_is_forced_is_who_flees() {
    tells(
        "The volcano erupted on Tuesday, forcing villagers in [Grindavik] to flee.",
        &["DISASTER completed at=Grindavik", "MOVE completed by=villagers"],
    );
}

#[test]
fn a_deed_that_another_answers_keeps_its_dead() {
    tells(
        "Protesters set fire to the town hall in [Sfax] after a young man was killed by police.",
        &["ASSAULT completed by=Protesters at=Sfax", "ASSAULT completed by=police to=young_man dead=1"],
    );
}

#[test]
fn general_strikes_harm_nobody() {
    let (_, _, events) = read("The opposition called for a general strike in [Caracas] next Friday.");
    assert!(events.iter().all(|e| e.kind != EventType::Assault), "{events:?}");
}

#[test]
fn courts_acquit_and_presidents_dismiss() {
    tells("The court in [Leeds] acquitted the former general.", &["CONCEDE completed by=court at=Leeds"]);
    tells("The president dismissed his cabinet in [Nairobi].", &["COERCE completed by=president at=Nairobi"]);
}

#[test]
fn an_age_between_commas_is_nobody() {
    tells(
        "Police say William Goble, 26, of [Edmonton], was arrested Thursday in [Columbia].",
        &["COERCE claimed to=William_Goble at=Columbia"],
    );
}

#[test]
fn what_is_set_off_need_not_explode() {
    for text in [
        "The dispute has set off sweeping expulsions in [Moscow].",
        "The boats, equipped with cameras, left [Perth].",
        "He told them how to run the party from [Abuja].",
    ] {
        let (_, _, events) = read(text);
        let wrong = |e: &&super::Event| matches!(e.mode, Some("bombing" | "military" | "flee"));
        assert!(!events.iter().any(|e| wrong(&e)), "{text} {events:?}");
    }
}

#[test]
fn a_place_that_no_gazetteer_has_is_told_near_one_that_is_known() {
    use crate::places::Precision;
    let text =
        "Miners clashed with riot police at the ‹Caracollo toll gate› on the road to [Oruro] on Saturday.";
    let (article, mentions, events) = read(text);
    let place = events[0].place.unwrap();
    assert_eq!(mentions[place.named()].surface(&article.text), "Caracollo toll gate");
    assert_eq!(mentions[place.mention].surface(&article.text), "Oruro");
    assert_eq!(place.precision(&mentions), Some(Precision::Near));
    let line = crate::events::summary(&events[0], &article, &mentions);
    assert!(line.contains("Caracollo toll gate"), "{line}");

    let (_, mentions, events) = read("Miners clashed with riot police in [Oruro] on Saturday.");
    let place = events[0].place.unwrap();
    assert_eq!((place.told, place.precision(&mentions)), (None, Some(Precision::Settlement)));
}

#[test]
fn a_country_that_tells_who_somebody_is_is_no_place() {
    let (_, _, events) = read("Two {U.S.} citizens were shot dead near the market.");
    assert!(events.iter().all(|e| e.place.is_none()), "{events:?}");
    tells("A bomb hit the {Syria} territory.", &["ASSAULT completed at=Syria"]);
}

#[test]
fn what_stands_behind_a_noun_is_nearer_than_what_stands_before() {
    let (_, mentions, events) = read("Ministers held talks in [Berlin] on the fighting in {Libya}.");
    let fighting = events.iter().find(|e| e.kind == EventType::Assault).unwrap();
    assert_eq!(fighting.place.map(|p| mentions[p.mention].place), Some(mentions[1].place));
}

#[test]
fn who_dies_of_nothing_told_may_have_died_of_age() {
    assert!(read("The painter died at a hospital in [Ghent].").2.is_empty());
    tells(
        "A bomb exploded in [Funtua]. Three of the wounded later died at the hospital.",
        &["ASSAULT completed at=Funtua", "ASSAULT completed dead=3"],
    );
}

#[test]
fn a_verb_that_says_what_a_noun_did_is_told_with_it() {
    let (article, _, events) = read("A curfew was imposed in [Bamako].");
    assert_eq!(&article.text[events[0].trigger.clone()], "curfew was imposed");
}

#[test]
fn days_are_those_of_their_clause() {
    tells(
        "Rebels shelled [Bor] for the second time this month.",
        &["ASSAULT completed at=Bor on=2021-08-15"],
    );
    tells("Two armies clashed near [Bor] at the end of April.", &["ASSAULT completed at=Bor on=2021-04-30"]);
}

#[test]
fn a_threat_is_told_with_what_is_threatened() {
    let text = "[Mamani] leads them. He threatened to shut the border crossing at [Tambo Quemado] on Friday.";
    let (article, mentions, events) = read(text);
    let threat = events.iter().find(|e| e.kind == EventType::Threaten).unwrap();
    assert!(threat.recipients.is_empty(), "{threat:?}");
    let line = crate::events::summary(threat, &article, &mentions);
    assert!(line.contains("threatened to shut the border crossing"), "{line}");
}
