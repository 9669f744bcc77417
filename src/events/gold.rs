//! Measures the extraction against gold data that is read at run time and not part of the project;
//! each test says so and skips where the data is absent.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Event, EventType, PlaceBasis, extract};
use crate::article::segment::segment;
use crate::article::{Article, Origin};
use crate::places::{Gazetteer, Geoparser, Hints, Mention, PlaceIndex, Precision, Role};

pub(super) fn read(path: &str) -> Option<String> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    let text = std::fs::read_to_string(&full).ok();
    if text.is_none() {
        eprintln!("SKIPPED: {} is absent", full.display());
    }
    text
}

/// Byte offset of each code point, and the end.
fn bytes_of(text: &str) -> Vec<usize> {
    text.char_indices().map(|(b, _)| b).chain([text.len()]).collect()
}

fn range(value: &Value, bytes: &[usize]) -> std::ops::Range<usize> {
    let at = |key: &str| bytes[value[key].as_u64().unwrap() as usize];
    at("start")..at("end")
}

fn precision_of(kind: &str) -> Precision {
    match kind {
        "country" => Precision::Country,
        "province" => Precision::Admin1,
        "city" => Precision::Settlement,
        _ => Precision::Exact,
    }
}

fn gold_mentions(gold: &Value, bytes: &[usize]) -> Vec<Mention> {
    let mut names: Vec<&str> = Vec::new();
    gold["toponyms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| {
            let place = t["place"].as_str().unwrap();
            let index = names.iter().position(|n| *n == place).unwrap_or_else(|| {
                names.push(place);
                names.len() - 1
            });
            let role = match t["role"].as_str().unwrap() {
                "demonym" => Role::Demonym,
                "organisation_part" => Role::OrganisationPart,
                _ => Role::Event,
            };
            Mention {
                range: range(t, bytes),
                role,
                candidates: Default::default(),
                place: Some(PlaceIndex(index as u32)),
                score: 1.0,
                precision: Some(precision_of(t["kind"].as_str().unwrap())),
                country: 0,
            }
        })
        .collect()
}

fn accepts(gold: &Value, key: &str, also: &str, found: &str) -> bool {
    gold[key].as_str() == Some(found)
        || gold[also].as_array().is_some_and(|all| all.iter().any(|v| v.as_str() == Some(found)))
}

fn overlap(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What is wrong with the reading of a gold event; nothing where an event fits.
fn fault(
    gold: &Value,
    events: &[Event],
    mentions: &[Mention],
    bytes: &[usize],
    text: &str,
) -> Option<String> {
    let trigger = range(&gold["trigger"], bytes);
    let here: Vec<&Event> = events.iter().filter(|e| overlap(&e.trigger, &trigger)).collect();
    if here.is_empty() {
        return Some("not found".into());
    }
    let mut faults = Vec::new();
    for event in here {
        let mut said = String::new();
        if !accepts(gold, "type", "also_accept_types", event.kind.name()) {
            said += &format!(" type {}", event.kind.name());
        }
        if !accepts(gold, "status", "also_accept_status", event.status.name()) {
            said += &format!(" status {}", event.status.name());
        }
        let place =
            event.place.filter(|p| p.basis != PlaceBasis::Document && p.basis != PlaceBasis::Paragraph);
        let same = |a: usize, b: usize| mentions[a].place == mentions[b].place;
        match (gold["place_mention"].as_u64(), place) {
            (Some(want), Some(got)) if !same(want as usize, got.mention) => {
                said += &format!(" place {}", got.mention);
            }
            (Some(_), None) => said += " no place",
            (None, Some(got)) if got.basis == PlaceBasis::Argument => {
                said += &format!(" place {} too much", got.mention)
            }
            _ => {}
        }
        if let Some(want) = gold["destination_mention"].as_u64()
            && event.destination != Some(want as usize)
        {
            said += &format!(" destination {:?}", event.destination);
        }
        let date = event.date.map(|d| d.end.to_string());
        if gold["expected_date"].as_str() != date.as_deref() && !gold["expected_date"].is_null() {
            said += &format!(" date {date:?}");
        }
        for (key, spans) in [("actors", &event.actors), ("recipients", &event.recipients)] {
            for want in gold[key].as_array().unwrap() {
                let want = range(want, bytes);
                // Where the gold's actor is a pronoun, it also says whom that stands for.
                let meant = gold[format!("{key}_resolved")].as_array();
                let named = |s: &std::ops::Range<usize>| {
                    meant.is_some_and(|m| m.iter().any(|n| text[s.clone()].contains(n.as_str().unwrap())))
                };
                let pronoun = matches!(&text[want.clone()], "he" | "they" | "He" | "They");
                if !spans.iter().any(|s| overlap(s, &want) && !pronoun || named(s)) {
                    said += &format!(" {key} miss");
                }
            }
        }
        if let Some(source) = gold["attributed_to"].as_object() {
            let want = range(&Value::Object(source.clone()), bytes);
            if !event.attributed_to.as_ref().is_some_and(|s| overlap(s, &want)) {
                said += " source miss";
            }
        }
        faults.push(said);
    }
    faults.into_iter().min_by_key(String::len).filter(|f| !f.is_empty())
}

/// Shows how a sentence is read, for looking into a mistake.
fn show(text: &str) {
    let segmentation = segment(text);
    let lexicon = super::lexicon::Lexicon::bundled();
    for range in &segmentation.sentences {
        let tokens = &segmentation.tokens[range.clone()];
        let entries: Vec<_> = tokens.iter().map(|t| lexicon.vocabulary.look_up(t.of(text))).collect();
        let parse = super::grammar::Parse::new(text, tokens, &vec![None; tokens.len()], &entries);
        for chunk in &parse.chunks {
            let words: Vec<String> =
                chunk.words.clone().map(|w| format!("{}/{:?}", parse.word(w), parse.words[w].tag)).collect();
            eprintln!("  {:?} {}", chunk.kind, words.join(" "));
        }
        for v in &parse.verbs {
            let chunk = |c: Option<usize>| c.map(|c| parse.word(parse.chunks[c].head));
            let governor = v.governor.map(|g| parse.word(parse.verbs[g].head));
            eprintln!(
                "  {} {:?} subject {:?} object {:?} agent {:?} under {governor:?} passive {}",
                parse.word(v.head),
                v.form,
                chunk(v.subject),
                chunk(v.object),
                chunk(v.agent),
                v.passive
            );
        }
    }
}

#[test]
#[ignore = "shows how the sentence in SENTENCE is read"]
fn show_sentence() {
    let Ok(text) = std::env::var("SENTENCE") else { return };
    show(&text);
    let article = Article::from_text(text.clone(), Origin::Record);
    let (mentions, events) = analyse(&geoparser(), &article);
    tell(&events, &article, &mentions);
}

fn tell(events: &[Event], article: &Article, mentions: &[Mention]) {
    for e in events {
        let text = |s: &super::Span| article.text[s.clone()].replace('\n', " ");
        eprintln!(
            "{:9} {:10} [{}] actors {:?} recipients {:?} by {:?} place {:?} {:?}->{:?} {:?} {:.2} {:?} «{}»",
            e.kind.name(),
            e.status.name(),
            text(&e.trigger),
            e.actors.iter().map(text).collect::<Vec<_>>(),
            e.recipients.iter().map(text).collect::<Vec<_>>(),
            e.attributed_to.as_ref().map(text),
            e.place.map(|p| (mentions[p.mention].surface(&article.text), p.basis)),
            e.origin.map(|m| mentions[m].surface(&article.text)),
            e.destination.map(|m| mentions[m].surface(&article.text)),
            e.date.map(|d| (d.end.to_string(), d.basis.name())),
            e.confidence,
            e.size,
            super::summary(e, article, mentions),
        );
    }
}

#[test]
fn the_seed_article_is_read_as_its_gold_says() {
    let Some(gold) = read("corpora/events/seed-gold.json") else { return };
    let Some(text) = read("articles/kabul-2021-08-15.txt") else { return };
    let gold: Value = serde_json::from_str(&gold).unwrap();
    let mut article = Article::from_text(text, Origin::Record);
    article.published = Some("2021-08-15".parse().unwrap());
    let bytes = bytes_of(&article.text);
    let mut mentions = gold_mentions(&gold, &bytes);
    let segmentation = segment(&article.text);
    let events = extract(&article, &segmentation, &mut mentions);
    tell(&events, &article, &mentions);
    let mut faults = 0;
    for event in gold["events"].as_array().unwrap() {
        let optional = event["optional"].as_bool() == Some(true);
        if let Some(said) = fault(event, &events, &mentions, &bytes, &article.text) {
            eprintln!(
                "{}{}: {} {said}",
                event["id"],
                if optional { " (optional)" } else { "" },
                event["trigger"]["text"]
            );
            faults += usize::from(!optional);
        }
    }
    let extra = |e: &&Event| {
        !gold["events"].as_array().unwrap().iter().any(|g| overlap(&e.trigger, &range(&g["trigger"], &bytes)))
    };
    for event in events.iter().filter(extra) {
        eprintln!("extra: {}", &article.text[event.trigger.clone()]);
    }
    for wrong in gold["non_events"].as_array().unwrap() {
        let wrong = range(wrong, &bytes);
        let hit = events
            .iter()
            .find(|e| wrong.start <= e.trigger.start && e.trigger.end <= wrong.end && e.status.is_drawn());
        assert_eq!(hit.map(|e| &article.text[e.trigger.clone()]), None, "drawn, though nothing happened");
    }
    for (role, g) in mentions.iter().zip(gold["toponyms"].as_array().unwrap()) {
        if g["role"].as_str() != Some(role.role.name()) {
            eprintln!("role of {} {}: {} for {}", g["index"], g["surface"], role.role.name(), g["role"]);
        }
    }
    assert_eq!(faults, 0, "gold events read wrongly");
    assert_eq!(events.iter().filter(extra).count(), 0, "events that are not in the gold data");
}

/// PLOVER 0.5 names in terms of 0.8, as the corpus says.
fn modern(name: &str) -> &str {
    match name {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        other => other,
    }
}

#[test]
#[ignore = "prints figures; run by name with --nocapture"]
fn plover_types() {
    let Some(lines) = read("corpora/events/PLOVER-GSR.jsonl") else { return };
    let geoparser = geoparser();
    let mut table: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let (mut all, mut plain, mut right) = (0, 0, 0);
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let gold = modern(record["events"][0]["event"].as_str().unwrap()).to_string();
        let article = Article::from_text(record["text"].as_str().unwrap(), Origin::Record);
        let (mentions, events) = analyse(&geoparser, &article);
        let segmentation = segment(&article.text);
        let best = (0..segmentation.sentences.len()).find_map(|at| {
            let tokens = &segmentation.tokens[segmentation.sentences[at].clone()];
            let here: Vec<Event> = events.iter().filter(|e| e.sentence == at).cloned().collect();
            let (event, kind) = super::plover::principal(&article.text, tokens, &here)?;
            Some((event.kind, kind, article.text[event.trigger.clone()].to_string()))
        });
        let got = best.as_ref().map_or("-", |(_, kind, _)| kind.name());
        all += 1;
        plain += usize::from(best.as_ref().map(|(kind, ..)| kind.name()) == Some(gold.as_str()));
        right += usize::from(got == gold);
        if got != gold && std::env::var("SHOW").is_ok() {
            eprintln!("{gold} for {got} {best:?}: {}", article.text);
            tell(&events, &article, &mentions);
        }
        *table.entry(gold).or_default().entry(got.to_string()).or_default() += 1;
    }
    for (gold, row) in &table {
        eprintln!("{gold:10} {row:?}");
    }
    eprintln!(
        "type as it is {:.3}, in PLOVER's terms {:.3} of {all}",
        plain as f64 / all as f64,
        right as f64 / all as f64
    );
}

pub(super) fn geoparser() -> Geoparser {
    Geoparser::new(Gazetteer::bundled().unwrap()).unwrap()
}

/// Reads an article with the places that the geoparser finds.
pub(super) fn analyse(geoparser: &Geoparser, article: &Article) -> (Vec<Mention>, Vec<Event>) {
    let segmentation = segment(&article.text);
    let mut mentions = geoparser.geoparse(article, &segmentation, &Hints::default());
    let events = extract(article, &segmentation, &mut mentions);
    (mentions, events)
}

#[test]
fn the_seed_article_is_read_with_the_places_that_are_found() {
    let Some(text) = read("articles/kabul-2021-08-15.txt") else { return };
    let mut article = Article::from_text(text, Origin::Record);
    article.published = Some("2021-08-15".parse().unwrap());
    let (mentions, events) = analyse(&geoparser(), &article);
    tell(&events, &article, &mentions);
    let surface = |m: usize| mentions[m].surface(&article.text);
    let has = |kind: EventType, by: &str, place: &str| {
        events.iter().any(|e| {
            e.kind == kind
                && e.status.is_drawn()
                && e.actors.iter().any(|s| article.text[s.clone()].contains(by))
                && e.place
                    .is_some_and(|p| p.basis == PlaceBasis::Argument && surface(p.mention).starts_with(place))
        })
    };
    assert!(has(EventType::Control, "Pakistan", "Torkham"), "Torkham, closed by Pakistan");
    assert!(has(EventType::Control, "troops", "Bagram"), "Bagram, surrendered");
    assert!(has(EventType::Control, "Taliban", "Kabul"), "Kabul, entered by the Taliban");
    let left =
        |e: &&Event| e.kind == EventType::Move && e.destination.is_some_and(|m| surface(m) == "Tajikistan");
    assert!(events.iter().any(|e| left(&e)), "the departure for Tajikistan");
    let force = article.text.find("seize Kabul by force").unwrap();
    assert!(
        !events.iter().any(|e| e.status.is_drawn() && e.trigger.contains(&force)),
        "not wanted, not drawn"
    );
}
