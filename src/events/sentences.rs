//! Sentences of our own over all types and constructions, with what must be read out of them.
//!
//! Places are marked: `[a settlement]`, `{a country}`, `<a site>`, `‹a place that
//! no gazetteer has›`. An expectation lists what one
//! event must have: type, status, then `by=` a doer, `to=` a recipient, `at=` a place tied by the
//! grammar, `from=`, `into=`, `says=` the source, `on=` the last day, `dead=`, `hurt=`, `held=`.

use super::{DateBasis, Event, PlaceBasis, extract};
use crate::article::segment::segment;
use crate::article::{Article, Origin};
use crate::places::{Mention, PlaceIndex, Precision, Role};

/// An article published on Sunday, 15 August 2021, and its marked places.
pub(super) fn marked(text: &str) -> (Article, Vec<Mention>) {
    let mut plain = String::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut open = 0;
    for c in text.chars() {
        match c {
            '[' | '{' | '<' | '‹' => open = plain.len(),
            ']' | '}' | '>' | '›' => {
                let name = plain[open..].to_string();
                let index = names.iter().position(|n| *n == name).unwrap_or(names.len());
                if index == names.len() {
                    names.push(name);
                }
                let precision = match c {
                    ']' => Some(Precision::Settlement),
                    '}' => Some(Precision::Country),
                    '>' => Some(Precision::Exact),
                    _ => None,
                };
                mentions.push(Mention {
                    range: open..plain.len(),
                    role: Role::Event,
                    candidates: Default::default(),
                    place: precision.map(|_| PlaceIndex(index as u32)),
                    score: 1.0,
                    precision,
                    country: 0,
                });
            }
            _ => plain.push(c),
        }
    }
    let mut article = Article::from_text(plain, Origin::Record);
    article.published = Some("2021-08-15".parse().unwrap());
    (article, mentions)
}

pub(super) fn read(text: &str) -> (Article, Vec<Mention>, Vec<Event>) {
    let (article, mut mentions) = marked(text);
    let events = extract(&article, &segment(&article.text), &mut mentions);
    (article, mentions, events)
}

/// What of the expectation the event lacks.
fn lacks(event: &Event, expected: &str, text: &str, mentions: &[Mention]) -> Vec<String> {
    let has = |spans: &[super::Span], want: &str| spans.iter().any(|s| text[s.clone()].contains(want));
    let named = |m: Option<usize>, want: &str| m.is_some_and(|m| mentions[m].surface(text) == want);
    let size = event.size.unwrap_or_default();
    let tied = event.place.filter(|p| p.basis == PlaceBasis::Argument).map(|p| p.mention);
    let mut out = Vec::new();
    let mut words = expected.split_whitespace();
    let kind = words.next().unwrap();
    if kind != event.kind.name() {
        out.push(kind.into());
    }
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or(("status", word));
        let want = value.replace('_', " ");
        let ok = match key {
            "status" => event.status.name() == want,
            "by" => has(&event.actors, &want),
            "to" => has(&event.recipients, &want),
            "at" => named(tied, &want),
            "from" => named(event.origin, &want),
            "into" => named(event.destination, &want),
            "says" => event.attributed_to.as_ref().is_some_and(|s| text[s.clone()].contains(&want)),
            "on" => event.date.is_some_and(|d| d.end.to_string() == want),
            "mode" => event.mode == Some(value),
            "dead" => size.killed.map(|n| n.to_string()) == Some(want.clone()),
            "hurt" => size.wounded.map(|n| n.to_string()) == Some(want.clone()),
            "held" => size.arrested.map(|n| n.to_string()) == Some(want.clone()),
            _ => false,
        };
        if !ok {
            out.push(word.into());
        }
    }
    out
}

/// Checks a sentence; every expectation must be met by some event.
pub(super) fn check(text: &str, expected: &[&str]) -> Result<(), String> {
    let (article, mentions, events) = read(text);
    for want in expected {
        let best = events.iter().map(|e| lacks(e, want, &article.text, &mentions)).min_by_key(Vec::len);
        match best {
            Some(lacking) if lacking.is_empty() => {}
            other => {
                let found: Vec<String> = events.iter().map(|e| told(e, &article.text, &mentions)).collect();
                return Err(format!("{text}\n    wants {want}; lacks {other:?}\n    found {found:#?}"));
            }
        }
    }
    Ok(())
}

fn told(e: &Event, text: &str, mentions: &[Mention]) -> String {
    format!(
        "{} {} [{}] by {:?} to {:?} at {:?} from {:?} into {:?} on {:?} says {:?} {:?} {:.2}",
        e.kind.name(),
        e.status.name(),
        &text[e.trigger.clone()],
        e.actors.iter().map(|s| &text[s.clone()]).collect::<Vec<_>>(),
        e.recipients.iter().map(|s| &text[s.clone()]).collect::<Vec<_>>(),
        e.place.map(|p| (mentions[p.mention].surface(text), p.basis)),
        e.origin.map(|m| mentions[m].surface(text)),
        e.destination.map(|m| mentions[m].surface(text)),
        e.date.map(|d| d.end.to_string()),
        e.attributed_to.as_ref().map(|s| &text[s.clone()]),
        e.size,
        e.confidence
    )
}

fn check_all(cases: &[(&str, &[&str])]) {
    let faults: Vec<String> = cases.iter().filter_map(|(text, wants)| check(text, wants).err()).collect();
    assert!(faults.is_empty(), "{} of {} read wrongly:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn violence_is_read() {
    check_all(&[
        (
            "A car bomb exploded outside a market in [Mosul] on Friday, killing at least 12 people and wounding 30 others, police said.",
            &["ASSAULT claimed mode=bombing at=Mosul on=2021-08-13 dead=12 hurt=30 says=police"],
        ),
        (
            "Gunmen opened fire on a bus near [Quetta], killing four passengers.",
            &["ASSAULT completed by=Gunmen at=Quetta dead=4"],
        ),
        (
            "Two journalists were kidnapped by militants in [Maiduguri] yesterday.",
            &["ASSAULT completed mode=kidnapping by=militants to=journalists at=Maiduguri on=2021-08-14"],
        ),
        ("Warplanes bombed [Taiz] overnight.", &["ASSAULT completed by=Warplanes at=Taiz"]),
        (
            "Heavy shelling hit the outskirts of [Donetsk] on Monday.",
            &["ASSAULT completed at=Donetsk on=2021-08-09"],
        ),
        (
            "An air strike on [Idlib] killed nine civilians.",
            &["ASSAULT completed mode=air_strike at=Idlib dead=9"],
        ),
        (
            "Clashes between soldiers and rebels erupted in [Goma] and left seven dead.",
            &["ASSAULT completed mode=clash at=Goma dead=7"],
        ),
        (
            "The rebels attacked [Bor] and retreated.",
            &["ASSAULT completed by=rebels at=Bor", "RETREAT completed by=rebels"],
        ),
        (
            "The minister, who survived a bombing last year, was assassinated in [Beirut] on 3 August 2021.",
            &["ASSAULT completed mode=assassination to=minister at=Beirut on=2021-08-03"],
        ),
    ]);
}

#[test]
fn control_and_movement_are_read() {
    check_all(&[
        (
            "{Pakistan} closes [Torkham] border",
            &["CONTROL completed mode=close_border by=Pakistan at=Torkham"],
        ),
        (
            "Rebels seized the town of [Bunia] after days of fighting.",
            &["CONTROL completed by=Rebels at=Bunia"],
        ),
        (
            "[Aden] was captured by separatists on Wednesday.",
            &["CONTROL completed by=separatists at=Aden on=2021-08-11"],
        ),
        ("[Kunduz] fell to the insurgents last week.", &["CONTROL completed at=Kunduz"]),
        (
            "Army units entered [Mekelle] and took control of <Mekelle airport>.",
            &["CONTROL completed by=Army at=Mekelle", "CONTROL completed by=Army at=Mekelle_airport"],
        ),
        (
            "The garrison surrendered <Hodeidah air base> to the rebels.",
            &["CONTROL completed mode=surrender by=garrison to=rebels at=Hodeidah_air_base"],
        ),
        (
            "{Chile} reopened its border with {Peru} on August 1.",
            &["CONTROL completed mode=open_border by=Chile on=2021-08-01"],
        ),
        (
            "The president fled from [Lima] to {Bolivia}.",
            &["MOVE completed by=president from=Lima into=Bolivia"],
        ),
        (
            "Thousands of residents are fleeing [Herat] for the border.",
            &["MOVE ongoing by=Thousands from=Herat"],
        ),
        ("The prime minister has left for {Brazil}.", &["MOVE completed by=minister into=Brazil"]),
        (
            "The refugees arrived in [Trieste] on Saturday.",
            &["MOVE completed by=refugees into=Trieste on=2021-08-14"],
        ),
        (
            "About 3,000 villagers were evacuated from [Cho Oyu].",
            &["MOVE completed mode=evacuate to=villagers from=Cho_Oyu"],
        ),
    ]);
}

#[test]
fn talk_and_agreement_are_read() {
    check_all(&[
        (
            "The foreign ministers of {Greece} and {Turkey} met in [Geneva] on Tuesday.",
            &["CONSULT completed by=foreign_ministers at=Geneva on=2021-08-10"],
        ),
        ("Envoys held talks with the rebels in [Doha].", &["CONSULT completed by=Envoys to=rebels at=Doha"]),
        (
            "The chancellor visited [Nairobi] on Thursday.",
            &["CONSULT completed mode=visit by=chancellor at=Nairobi"],
        ),
        (
            "{Kenya} and {Somalia} signed a trade agreement in [Djibouti].",
            &["COOPERATE completed mode=sign by=Kenya at=Djibouti", "COOPERATE completed by=Somalia"],
        ),
        ("The rebels agreed to release the hostages.", &["AGREE completed by=rebels"]),
        ("{Norway} promised to provide 20 million dollars.", &["AGREE completed by=Norway"]),
        ("The government rejected the proposal.", &["REJECT completed by=government"]),
        ("The rebels refused to lay down their arms.", &["REJECT completed by=rebels"]),
        ("The mayor urged residents to stay at home.", &["REQUEST completed by=mayor to=residents"]),
        ("{Sudan} accused {Ethiopia} of violating the deal.", &["ACCUSE completed by=Sudan to=Ethiopia"]),
        ("The general threatened to attack the capital.", &["THREATEN completed by=general"]),
        ("The pope praised the doctors of [Bergamo].", &["SUPPORT completed by=pope to=doctors"]),
    ]);
}

#[test]
fn pressure_and_help_are_read() {
    check_all(&[
        (
            "Police arrested 40 protesters in [Minsk].",
            &["COERCE completed mode=arrest by=Police to=protesters at=Minsk held=40"],
        ),
        (
            "Four men were detained in [Turin] on Saturday.",
            &["COERCE completed to=men at=Turin held=4 on=2021-08-14"],
        ),
        ("A priest from [Lille] was arrested in [Bursa].", &["COERCE completed to=priest at=Bursa"]),
        ("The junta imposed a curfew in [Yangon].", &["COERCE completed mode=curfew by=junta at=Yangon"]),
        ("{Canada} imposed sanctions on {Belarus}.", &["SANCTION completed by=Canada"]),
        ("{Mali} expelled the French ambassador.", &["SANCTION completed mode=expel by=Mali to=ambassador"]),
        (
            "Thousands of workers protested in [Santiago] against the reform.",
            &["PROTEST completed by=workers at=Santiago"],
        ),
        ("Dockers went on strike in [Antwerp].", &["PROTEST completed mode=strike by=Dockers at=Antwerp"]),
        ("The president resigned.", &["CONCEDE completed mode=resign by=president"]),
        (
            "The rebels released ten prisoners near [Sanaa].",
            &["CONCEDE completed mode=release by=rebels at=Sanaa"],
        ),
        ("{Japan} sent food and medicine to {Nepal}.", &["AID completed by=Japan to=Nepal"]),
        ("{Russia} deployed troops near [Kharkiv].", &["MOBILIZE completed by=Russia at=Kharkiv"]),
        ("The army withdrew from [Tigray].", &["RETREAT completed by=army"]),
    ]);
}

#[test]
fn disasters_accidents_crime_outbreaks_elections_are_read() {
    check_all(&[
        (
            "A strong earthquake struck near [Les Cayes] on Saturday, killing more than 300 people.",
            &["DISASTER completed mode=earthquake at=Les_Cayes dead=300 on=2021-08-14"],
        ),
        ("Floods swept through [Bozkurt], officials said.", &["DISASTER claimed at=Bozkurt says=officials"]),
        ("Hurricane Ida made landfall in [Port Fourchon].", &["DISASTER completed at=Port_Fourchon"]),
        ("Wildfires are burning near [Evia].", &["DISASTER ongoing mode=wildfire at=Evia"]),
        (
            "Five people died when a bus crashed near [Cusco].",
            &["ACCIDENT completed mode=crash at=Cusco dead=5"],
        ),
        (
            "At least nine people died in a blaze at a hotel in [Batumi] on Tuesday.",
            &["ACCIDENT completed mode=fire at=Batumi dead=9 on=2021-08-10"],
        ),
        ("A ferry capsized off [Zanzibar].", &["ACCIDENT completed mode=shipwreck at=Zanzibar"]),
        ("A train derailed in [Sukkur], injuring dozens.", &["ACCIDENT completed at=Sukkur"]),
        ("Thieves robbed a bank in [Porto].", &["CRIME completed by=Thieves at=Porto"]),
        ("A man was murdered in [Leeds] last night.", &["CRIME completed to=man at=Leeds on=2021-08-14"]),
        (
            "{Guinea} confirmed three cases of Ebola in [Gueckedou].",
            &["OUTBREAK completed by=Guinea at=Gueckedou"],
        ),
        ("A cholera outbreak killed 60 people in [Beira].", &["OUTBREAK completed at=Beira dead=60"]),
        ("Voters in [Lusaka] elected a new president on Thursday.", &["ELECTION completed on=2021-08-12"]),
        (
            "{Zambia} held a presidential election on Thursday.",
            &["ELECTION completed by=Zambia on=2021-08-12"],
        ),
    ]);
}

#[test]
fn what_did_not_happen_is_not_told_as_done() {
    check_all(&[
        ("The rebels said they did not want to seize [Bamako] by force.", &["CONTROL negated at=Bamako"]),
        ("The army failed to retake [Mocha].", &["CONTROL negated by=army at=Mocha"]),
        ("The militia never attacked [Ouallam].", &["ASSAULT negated at=Ouallam"]),
        ("{Israel} denied bombing [Latakia].", &["ASSAULT denied at=Latakia"]),
        ("The rebels could attack [Jos] next week.", &["ASSAULT hypothetical at=Jos"]),
        ("If the army enters [Kidal], war will follow.", &["CONTROL hypothetical at=Kidal"]),
        ("The minister will visit [Riga] on Monday.", &["CONSULT planned by=minister at=Riga on=2021-08-16"]),
        ("The king is expected to visit [Fez].", &["CONSULT planned by=king at=Fez"]),
        ("{Finland} plans to close its border.", &["CONTROL planned by=Finland"]),
        ("The rebels reportedly captured [Aleppo].", &["CONTROL claimed by=rebels at=Aleppo"]),
    ]);
}

#[test]
fn grammar_ties_who_and_where() {
    check_all(&[
        (
            "Troops entered [Juba] and arrested the governor.",
            &["CONTROL completed by=Troops at=Juba", "COERCE completed by=Troops to=governor"],
        ),
        ("The army, which controls the region, attacked [Waza].", &["ASSAULT completed by=army at=Waza"]),
        (
            "Omar Bari, the leader of the front, resigned on Sunday.",
            &["CONCEDE completed by=Omar_Bari on=2021-08-15"],
        ),
        (
            "Troops seized all provinces of {Chad} with the exception of [Bol].",
            &["CONTROL completed at=Chad"],
        ),
        ("In [Caracas], police fired tear gas.", &["COERCE completed by=police at=Caracas"]),
        (
            "The rebels have left [Gao], according to a witness in [Dakar].",
            &["MOVE claimed from=Gao says=witness"],
        ),
        (
            "The president told Reuters that soldiers had attacked [Wau].",
            &["ASSAULT claimed by=soldiers at=Wau says=president"],
        ),
    ]);
}

#[test]
fn what_is_joined_fronted_or_named_by_a_noun_is_read() {
    check_all(&[
        (
            "Three sailors were pulled from the wreck and flown to a hospital in [Split].",
            &["AID completed to=sailors", "AID completed at=Split"],
        ),
        (
            "Arrested in [Turin] last week, the banker was flown to [Lima].",
            &["COERCE completed to=banker at=Turin on=2021-08-08"],
        ),
        (
            "A team of engineers from [Porto] arrived in [Bissau] on Friday.",
            &["MOVE completed by=team into=Bissau"],
        ),
        (
            "A helicopter carrying the governor came down in [Mtwara].",
            &["ACCIDENT completed by=helicopter at=Mtwara"],
        ),
        (
            "In [Split] relatives of the sailors blocked a motorway.",
            &["PROTEST completed by=relatives at=Split"],
        ),
        ("Hundreds fell ill in [Jos] after drinking from a well.", &["OUTBREAK completed at=Jos"]),
        ("The negotiators failed to reach a deal in [Oslo].", &["REJECT completed by=negotiators"]),
        (
            "The governor declared an emergency and dispatched troops to [Bor].",
            &["MOBILIZE completed by=governor"],
        ),
        ("The capture of [Wau] surprised the generals.", &["CONTROL completed at=Wau"]),
        (
            "The by-election in [Leeds], triggered by a death in May, will be held on 3 September.",
            &["ELECTION planned at=Leeds on=2021-09-03"],
        ),
        ("The envoy goes on to [Riga] on Wednesday.", &["MOVE planned by=envoy into=Riga on=2021-08-18"]),
    ]);
}

#[test]
fn habits_are_no_events() {
    for text in [
        "Accidents on the road to [Bor] are frequent.",
        "Floods often block the road to [Bor] at this time.",
        "Plague flares up in the hills near [Wau] every year.",
    ] {
        let (article, mentions, events) = read(text);
        let found: Vec<String> = events.iter().map(|e| told(e, &article.text, &mentions)).collect();
        assert!(found.is_empty(), "{text} {found:?}");
    }
}

#[test]
fn everyday_sentences_tell_no_event() {
    let sentences = [
        "The striker fired a late shot to beat the goalkeeper and seal the match for the home team in [Turin].",
        "United attacked from the start and captured the league title with three goals.",
        "Shares in the company fell as investors took profits on the stock market in [Frankfurt].",
        "The company launched a new phone and expects sales to rise.",
        "The museum is home to a collection of paintings and opened in 1920.",
        "She said the film was the best of the year.",
        "The base houses 5,000 inmates.",
        "Panic has set in and prices are high.",
        "The book tells the story of a family in [Lyon].",
        "I think we should do more for our children.",
        "Many people live in [Osaka] and like the food.",
    ];
    let mut faults = Vec::new();
    for text in sentences {
        let (article, mentions, events) = read(text);
        faults
            .extend(events.iter().filter(|e| e.status.is_drawn()).map(|e| told(e, &article.text, &mentions)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn dates_are_anchored_on_the_day_of_publication() {
    for (phrase, start, end, precision) in [
        ("on Sunday", "2021-08-15", "2021-08-15", "day"),
        ("last Sunday", "2021-08-08", "2021-08-08", "day"),
        ("on Monday", "2021-08-09", "2021-08-09", "day"),
        ("yesterday", "2021-08-14", "2021-08-14", "day"),
        ("last week", "2021-08-02", "2021-08-08", "week"),
        ("two days ago", "2021-08-13", "2021-08-13", "day"),
        ("last month", "2021-07-01", "2021-07-31", "month"),
        ("in mid-July", "2021-07-11", "2021-07-20", "days"),
        ("earlier this month", "2021-08-01", "2021-08-15", "month"),
        ("in September", "2020-09-01", "2020-09-30", "month"),
        ("on 3 March 2019", "2019-03-03", "2019-03-03", "day"),
        ("on March 3, 2019", "2019-03-03", "2019-03-03", "day"),
        ("on Dec. 24", "2020-12-24", "2020-12-24", "day"),
        ("in May 2020", "2020-05-01", "2020-05-31", "month"),
        ("in 2014", "2014-01-01", "2014-12-31", "year"),
        ("on 2021-08-02", "2021-08-02", "2021-08-02", "day"),
        ("on August 3-5", "2021-08-03", "2021-08-05", "days"),
        ("on Thursday and Friday", "2021-08-12", "2021-08-13", "days"),
        ("between Friday and Sunday", "2021-08-13", "2021-08-15", "days"),
        ("on Thursday of last week", "2021-08-05", "2021-08-05", "day"),
        ("overnight", "2021-08-14", "2021-08-15", "days"),
        ("overnight on Friday", "2021-08-13", "2021-08-13", "day"),
        ("in the past week", "2021-08-08", "2021-08-15", "week"),
        ("in the last three days", "2021-08-12", "2021-08-15", "days"),
        ("at the beginning of the month", "2021-08-01", "2021-08-11", "week"),
        ("last September", "2020-09-01", "2020-09-30", "month"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("three years ago", "2018-01-01", "2018-12-31", "year"),
    ] {
        let (_, _, events) = read(&format!("Rebels attacked [Ziguinchor] {phrase}."));
        let date = events[0].date.unwrap();
        let got = (date.start.to_string(), date.end.to_string(), date.precision.name());
        assert_eq!(got, (start.into(), end.into(), precision), "{phrase}");
    }
}

#[test]
fn without_a_publication_date_only_full_dates_are_known() {
    let (mut article, mut mentions) =
        marked("Rebels attacked [Ziguinchor] on Sunday. They left [Dakar] on 3 May 2020.");
    article.published = None;
    let events = extract(&article, &segment(&article.text), &mut mentions);
    assert_eq!(events[0].date, None);
    assert_eq!(events[1].date.unwrap().basis, DateBasis::Explicit);
}

#[test]
fn roles_follow_the_events() {
    let text = "{Pakistan} closes [Torkham] border. The king left [Oslo] for {Denmark}. The rebels did not attack [Wau].";
    let (_, mentions, _) = read(text);
    let roles: Vec<Role> = mentions.iter().map(|m| m.role).collect();
    assert_eq!(roles, [Role::Actor, Role::Event, Role::Origin, Role::Destination, Role::Background]);
}

#[test]
fn an_event_without_a_place_takes_the_nearest_and_says_so() {
    let (_, mentions, events) =
        read("Life in [Lome] is quiet.\n\nCrowds had gathered in [Kara]. The president resigned.");
    let resigned = events.last().unwrap();
    let place = resigned.place.unwrap();
    assert_eq!((place.basis, mentions[place.mention].place), (PlaceBasis::Paragraph, Some(PlaceIndex(1))));
}

#[test]
fn summaries_are_in_the_words_of_the_text() {
    for (text, summary) in [
        ("{Pakistan} closes [Torkham] border as fighting spreads", "Pakistan closes Torkham border"),
        ("On Sunday, rebels entered [Kisangani].", "Rebels entered Kisangani"),
        ("[Aden] was captured by separatists on Wednesday.", "Aden was captured by separatists"),
        ("The king has left for {Denmark}.", "The king has left for Denmark"),
    ] {
        let (article, mentions, events) = read(text);
        assert_eq!(super::summary(&events[0], &article, &mentions), summary);
    }
}

#[test]
fn summaries_are_short() {
    let long = "The very long named committee of the united friends of peace and progress in the eastern valley \
                attacked the equally long named association of the northern hills in [Zaranj].";
    let (article, mentions, events) = read(long);
    for event in &events {
        assert!(super::summary(event, &article, &mentions).chars().count() <= super::summary::MAX_CHARS);
    }
}

#[test]
fn capitals_only_text_is_read() {
    check_all(&[(
        "TERRORISTS ATTACKED THE BARRACKS IN [SAN MIGUEL] YESTERDAY. THREE SOLDIERS WERE KILLED.",
        &["ASSAULT completed by=TERRORISTS at=SAN_MIGUEL on=2021-08-14", "ASSAULT completed dead=3"],
    )]);
}

#[test]
fn odd_input_gives_no_panic() {
    for text in [
        "",
        ".",
        "\u{feff}",
        "to to to to",
        "and and, and",
        "’s ’s",
        "attack",
        "was",
        "[X]",
        "killed 99999999999 people in Y.",
        "by by by of of in",
        "if",
        "\"",
        "said said said said",
        "Ωmega ﷽ 攻撃 attacked 攻撃",
        "that which who that",
    ] {
        read(text);
    }
}

/// Pieces that news is made of, and some that nobody would write.
const PIECES: [&str; 24] = [
    "rebels",
    "Rebels",
    "attacked",
    "was killed",
    "in",
    "Kabul",
    "on Sunday",
    ",",
    ".",
    "“",
    "’s",
    "said",
    "according to",
    "two days later",
    "no",
    "not",
    "éé",
    "\n\n",
    "killing",
    "12",
    "people",
    "who",
    "to seize",
    "—",
];

#[test]
fn whatever_is_written_spans_lie_on_characters_of_their_sentence() {
    arbtest::arbtest(|u| {
        let count = u.int_in_range(0..=40)?;
        let pieces = (0..count).map(|_| u.choose(&PIECES).copied()).collect::<Result<Vec<_>, _>>()?;
        let (article, _, events) = read(&pieces.join(" "));
        for event in &events {
            let spans = event.actors.iter().chain(&event.recipients).chain([&event.trigger]);
            for span in spans {
                assert!(article.text.get(span.clone()).is_some_and(|t| !t.is_empty()), "{span:?}");
                assert!(event.passage.start <= span.start && span.end <= event.passage.end);
            }
            assert!((0.0..=1.0).contains(&event.confidence));
        }
        Ok(())
    })
    .budget_ms(500);
}
