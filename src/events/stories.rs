//! Short stories of our own: where and when each event happens that other sentences place and date.
//!
//! Places are marked as in [`super::sentences`]; all are published on Sunday, 15 August 2021. An
//! expectation names the event by its trigger (the last that has it), then its place (`-` for none), then its first day
//! (`-` for none).

use super::Event;
use super::sentences::read;
use crate::places::Mention;

fn place<'a>(event: &Event, mentions: &[Mention], text: &'a str) -> &'a str {
    let mention = event.place.map(|p| p.mention).or(event.destination).or(event.origin);
    mention.map_or("-", |m| &text[mentions[m].range.clone()])
}

/// What of the expectations is not met.
fn faults(story: &str, expected: &[(&str, &str, &str)]) -> Vec<String> {
    let (article, mentions, events) = read(story);
    let text = article.text.as_str();
    let mut out = Vec::new();
    for (trigger, at, on) in expected {
        let Some(event) = events.iter().rfind(|e| text[e.trigger.clone()].contains(trigger)) else {
            out.push(format!("[{trigger}] is not found in {text}"));
            continue;
        };
        let found = place(event, &mentions, text);
        let day = event.date.map_or("-".to_owned(), |d| d.start.to_string());
        if found != *at && *at != "?" {
            out.push(format!("[{trigger}] at {found} for {at}: {text}"));
        }
        if day != *on && *on != "?" {
            out.push(format!("[{trigger}] on {day} for {on}: {text}"));
        }
    }
    out
}

/// A story, and what each event in it must have.
type Story<'a> = (&'a str, &'a [(&'a str, &'a str, &'a str)]);

fn check(stories: &[Story]) {
    let all: Vec<String> = stories.iter().flat_map(|(story, expected)| faults(story, expected)).collect();
    assert!(all.is_empty(), "{} wrong:\n{}", all.len(), all.join("\n"));
}

#[test]
fn a_time_belongs_to_the_verb_it_stands_with() {
    check(&[
        (
            "The army, which had withdrawn from [Bor] in March, attacked [Wau] on Tuesday.",
            &[("attacked", "Wau", "2021-08-10")],
        ),
        (
            "Police on Friday arrested a man who shot two guards in [Graz] in 2014.",
            &[("arrested", "?", "2021-08-13"), ("shot", "Graz", "2014-01-01")],
        ),
        (
            "Soldiers landed in [Suva] on Thursday, five days after a cyclone struck the islands.",
            &[("landed", "Suva", "2021-08-12"), ("struck", "?", "2021-08-07")],
        ),
        (
            "Rebels shelled [Bor] on Wednesday, two days before government troops attacked [Wau].",
            &[("shelled", "Bor", "2021-08-11"), ("attacked", "Wau", "2021-08-13")],
        ),
        (
            "Gunmen have blocked the port of [Cap-Haitien] since Monday.",
            &[("blocked", "Cap-Haitien", "2021-08-09")],
        ),
        (
            "It was the worst attack in [Lahore] since March, when a bomb killed 70 people.",
            &[("bomb", "?", "2021-03-01")],
        ),
        ("The union called a strike in [Lyon] for Tuesday.", &[("strike", "Lyon", "2021-08-17")]),
        ("The ministers will meet in [Oslo] next Friday.", &[("meet", "Oslo", "2021-08-20")]),
        (
            "The two sides held two days of talks in [Doha] on Friday and Saturday.",
            &[("talks", "Doha", "2021-08-13")],
        ),
    ]);
}

#[test]
fn a_story_has_its_day() {
    check(&[
        (
            "A bomb exploded in [Mosul] on Friday. It killed nine people.\n\nThe attackers fled.",
            &[
                ("exploded", "Mosul", "2021-08-13"),
                ("killed", "Mosul", "2021-08-13"),
                ("fled", "Mosul", "2021-08-13"),
            ],
        ),
        (
            "Rebels attacked [Bor] on Monday. Two days later they seized [Wau]. The previous day they had shelled [Aweil].",
            &[
                ("attacked", "Bor", "2021-08-09"),
                ("seized", "Wau", "2021-08-11"),
                ("shelled", "Aweil", "2021-08-10"),
            ],
        ),
        (
            "Troops entered [Goma] on Saturday. Some 9,000 people have fled since then.",
            &[("entered", "Goma", "2021-08-14"), ("fled", "?", "2021-08-14")],
        ),
        (
            "A quake struck [Van] on Tuesday.\n\nIn 2011 a quake killed 600 people in [Ercis]. It destroyed a hospital.",
            &[("struck", "Van", "2021-08-10"), ("destroyed", "Ercis", "2011-01-01")],
        ),
    ]);
}

#[test]
fn the_same_happening_told_again_is_at_the_same_place() {
    check(&[
        (
            "Twelve die in market attack\n\nGunmen attacked a market in [Jos] on Thursday, killing twelve people, police said.\n\nThe governor visited [Abuja] on Friday. He condemned the attack.",
            &[("attack", "Jos", "2021-08-12")],
        ),
        (
            "An explosion hit a bakery in [Izmir] on Friday. The mayor of [Ankara] was told at noon.\n\nThe explosion killed four people.",
            &[("xplosion", "Izmir", "2021-08-13")],
        ),
    ]);
}

#[test]
fn descriptions_point_to_places_named_before() {
    check(&[
        (
            "Rebels reached [Bor] in {South Sudan} on Monday. On Tuesday they entered the town. Thousands fled the country.",
            &[("entered", "Bor", "2021-08-10"), ("fled", "South Sudan", "?")],
        ),
        (
            "Protests shook [Lima] on Friday. Two people were killed there.",
            &[("killed", "Lima", "2021-08-13")],
        ),
        (
            "The strike was meant for [Hodeida]. Three men were killed ten kilometres from [Zabid].",
            &[("killed", "Zabid", "?")],
        ),
    ]);
}

#[test]
fn many_places_are_no_place() {
    check(&[(
        "{Mali} is tense and [Bamako] is quiet. Fighters in [Kidal] left. The rebels seized every border crossing.",
        &[("seized", "-", "?")],
    )]);
}

#[test]
fn speakers_do_not_move_what_they_speak_of() {
    check(&[
        (
            "A bus crashed near [Cusco] on Friday. The transport ministry in [Lima] promised help. The crash killed nine.",
            &[("crash", "Cusco", "2021-08-13")],
        ),
        (
            "A train derailed in [Porto] on Friday. The company has promised money, and the embassy in [Rabat] has offered help.",
            &[("derailed", "Porto", "2021-08-13"), ("promised", "Porto", "?")],
        ),
    ]);
}

/// Whom the events of a story name as doers, by their triggers.
fn doers(story: &str, expected: &[(&str, &str)]) {
    let (article, _, events) = read(story);
    for (trigger, who) in expected {
        let event = events.iter().rfind(|e| article.text[e.trigger.clone()].contains(trigger)).unwrap();
        let found: Vec<&str> = event.actors.iter().map(|s| &article.text[s.clone()]).collect();
        assert_eq!(found, [*who], "[{trigger}] in {story}");
    }
}

#[test]
fn pronouns_stand_for_the_last_that_fits() {
    doers(
        "President Arne Lund met two ministers in [Oslo]. He left for {Denmark} on Sunday.",
        &[("left", "President Arne Lund")],
    );
    doers(
        "The rebels attacked [Bor]. The mayor was in [Wau]. They seized the market.",
        &[("seized", "The rebels")],
    );
    doers(
        "Queen Ida visited [Bergen]. King Olav stayed behind. She praised the nurses.",
        &[("praised", "Queen Ida")],
    );
    doers(
        "The militia captured [Bor] on Friday. It released forty prisoners.",
        &[("released", "The militia")],
    );
    doers(
        "Foreign Minister Lina Moe flew to [Oslo] to discuss the price of grain with her hosts. The trade talks failed. The foreign minister returned to [Wau].",
        &[("returned", "Foreign Minister Lina Moe")],
    );
}

#[test]
fn a_summary_names_whom_the_pronoun_means() {
    let (article, mentions, events) =
        read("Arne Lund met the envoys in [Oslo]. He left for {Denmark} on Sunday.");
    let left = events.last().unwrap();
    assert_eq!(super::summary(left, &article, &mentions), "Arne Lund left for Denmark");
}

#[test]
fn movements_have_their_ends() {
    for (text, from, to) in [
        ("The king left [Oslo] for {Denmark}.", Some("Oslo"), Some("Denmark")),
        ("The envoy flew from [Riga] to [Kyiv] via [Warsaw].", Some("Riga"), Some("Kyiv")),
        ("Thousands fled to {Chad}.", None, Some("Chad")),
        ("The minister arrived in [Cairo] on Friday.", None, Some("Cairo")),
        ("The president returned to [Lima] from [Quito].", Some("Quito"), Some("Lima")),
        ("Some 300 people were evacuated from [Wau].", Some("Wau"), None),
        ("Nine men were deported from {Malta} to {Egypt}.", Some("Malta"), Some("Egypt")),
        ("Protests shook {Peru} on Friday. The president fled the country.", Some("Peru"), None),
        ("Migrants crossed from {Belarus} into {Poland}.", Some("Belarus"), Some("Poland")),
        ("The families walked from [Huanuni] to [Oruro].", Some("Huanuni"), Some("Oruro")),
    ] {
        let (article, mentions, events) = read(text);
        let moved = events.iter().rfind(|e| e.origin.or(e.destination).is_some());
        let name = |m: Option<usize>| m.map(|m| mentions[m].surface(&article.text));
        let ends = moved.map(|e| (name(e.origin), name(e.destination)));
        assert_eq!(ends, Some((from, to)), "{text}");
    }
}
