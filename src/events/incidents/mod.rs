//! Whether a document tells a terrorist incident, decided over the events found in it, measured
//! against the MUC-4 development documents; the data is read at run time and no part of the project.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

mod slots;

use self::slots::{Alignment, Found, Shares};
use super::gold::{analyse, geoparser, read};
use super::{DateBasis, Event, EventType, PlaceBasis, when};
use crate::article::{Article, Origin};
use crate::places::Gazetteer;

/// A document with at least this sum tells an incident.
const ENOUGH: f32 = 1.05;
/// An event older than this many days is history.
const OLD_DAYS: i32 = 60;
/// What the strongest events of a document count, strongest first.
const SHARES: [f32; 8] = [1.0, 0.6, 0.4, 0.3, 0.2, 0.2, 0.1, 0.1];

const CIVIL: &str = "PRIEST PRIESTS JESUITS JUDGE MAYOR LEADER LEADERS CIVILIAN CIVILIANS PEASANT PEASANTS MINISTER \
    PRESIDENT CANDIDATE DEPUTY AMBASSADOR JOURNALIST JOURNALISTS NEWSMEN BISHOP WIFE FAMILY CHILDREN WOMEN PEOPLE \
    OFFICE OFFICES HEADQUARTERS BANK EMBASSY RESIDENCE HOME HOUSE VEHICLE BUS BUSES BRIDGE TOWERS PIPELINE STATION \
    HOTEL BUSINESSMAN ATTORNEY LAWYER GOVERNOR CONGRESSMAN WORKERS STUDENTS COLONEL GENERAL DIRECTOR POLICEMEN CHURCH \
    NEWSPAPER CITIZENS SENATOR HIM HER PROFESSOR RECTOR POLITICIAN";
const FORCES: &str = "ARMY TROOPS SOLDIER SOLDIERS POLICE MILITARY GOVERNMENT US U.S. PATROL PATROLS BATTALION UNIT \
    UNITS FORCES";
const IRREGULARS: &str = "GUERRILLA GUERRILLAS TERRORIST TERRORISTS REBEL REBELS FMLN FARC ELN EPL M-19 SENDERO \
    SUBVERSIVE SUBVERSIVES GUNMEN GUNMAN SQUAD SQUADS EXTRADITABLES TRAFFICKERS HITMEN INDIVIDUALS MEN UNIDENTIFIED \
    ASSASSINS KILLERS ASSAILANTS COMMANDO COMMANDOS MEMBERS BOMB BOMBS DYNAMITE CRIMINALS GROUP GROUPS MILITIA \
    KIDNAPPERS EXTREMISTS THEY WHO";

/// How much a deed of that mode speaks for terrorism: none for what armies do to each other.
fn weight(mode: &str) -> f32 {
    match mode {
        "assassination" => 2.0,
        "kidnapping" | "arson" => 1.5,
        "destroy" | "robbery" => 1.2,
        "murder" | "shooting" => 1.1,
        "bombing" | "hostages" | "hijacking" | "massacre" | "kill" | "execution" => 1.0,
        "torture" | "stabbing" => 0.8,
        "beating" => 0.6,
        "attack" | "theft" => 0.5,
        "ambush" | "shelling" => 0.4,
        _ => 0.0,
    }
}

fn names(article: &Article, spans: &[crate::events::Span], list: &str) -> bool {
    let words = spans.iter().filter_map(|s| article.text.get(s.clone())).flat_map(str::split_whitespace);
    words
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .any(|w| list.split_whitespace().any(|l| l == w))
}

/// What an event adds: its mode, and whom it hit, who did it, how closely it is told.
fn speaks(article: &Article, event: &Event, dateline: Option<Date>) -> f32 {
    let base = weight(event.mode.unwrap_or(""));
    let old = dateline.zip(event.date).is_some_and(|(today, d)| (today - d.start).get_days() > OLD_DAYS);
    if base == 0.0 || old || !event.status.is_drawn() {
        return 0.0;
    }
    let mut sum = base;
    if names(article, &event.recipients, CIVIL) {
        sum += 0.6;
    } else if names(article, &event.recipients, FORCES) {
        sum -= 0.3;
    }
    if names(article, &event.actors, IRREGULARS) {
        sum += 0.3;
    } else if names(article, &event.actors, FORCES) {
        sum -= 0.6;
    }
    sum += if event.place.is_some_and(|p| p.basis == PlaceBasis::Argument) { 0.3 } else { 0.0 };
    sum += if event.date.is_some_and(|d| d.basis != DateBasis::Published) { 0.25 } else { 0.0 };
    sum += if event.size.is_some_and(|s| s.killed.is_some()) { 0.3 } else { 0.0 };
    sum.max(0.0)
}

/// Whether the events of a document tell an incident: the strongest of them, less a little for
/// each deed of diplomacy and elections.
fn tells_incident(article: &Article, events: &[Event]) -> bool {
    use EventType as T;
    let dateline = when::dateline(&article.text);
    let violent = events.iter().filter(|e| matches!(e.kind, T::Assault | T::Crime));
    let mut found: Vec<f32> = violent.map(|e| speaks(article, e, dateline)).collect();
    found.sort_by(|a, b| b.total_cmp(a));
    let strong: f32 = found.iter().zip(SHARES).map(|(score, share)| score * share).sum();
    let talk = |e: &&Event| {
        matches!(
            e.kind,
            T::Consult | T::Agree | T::Retreat | T::Election | T::Support | T::Cooperate | T::Sanction
        )
    };
    strong - (events.iter().filter(talk).count() as f32 * 0.12).min(1.2) >= ENOUGH
}

/// The modes that tell an incident of that sort.
fn modes(sort: &str) -> &'static [&'static str] {
    match sort.split(' ').next().unwrap_or("") {
        "BOMBING" => &["bombing", "attack", "kill", "shelling"],
        "KIDNAPPING" => &["kidnapping", "hostages"],
        "ARSON" => &["arson", "destroy", "bombing", "attack"],
        "HIJACKING" => &["hijacking"],
        "ROBBERY" => &["robbery", "theft"],
        _ => &[
            "attack",
            "kill",
            "clash",
            "assassination",
            "massacre",
            "shooting",
            "ambush",
            "bombing",
            "destroy",
            "murder",
        ],
    }
}

#[test]
#[ignore = "prints figures; run by name with --nocapture"]
fn muc_incidents() {
    let Some(lines) = read("corpora/events/MUC4-dev.jsonl") else { return };
    let geoparser = geoparser();
    let gazetteer = Gazetteer::bundled().unwrap();
    let (mut first, mut best) = (Shares::default(), Shares::default());
    let mut table = [[0usize; 2]; 2];
    let mut sorts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let article = Article::from_text(record["text"].as_str().unwrap(), Origin::Record);
        let (mentions, events) = analyse(&geoparser, &article);
        let gold = record["events"].as_array().unwrap();
        let found = Found { gazetteer, text: &article.text, mentions: &mentions, events: &events };
        for (alignment, shares) in [(Alignment::First, &mut first), (Alignment::Best, &mut best)] {
            found.right(gold, alignment).into_iter().for_each(|right| shares.add(right));
        }
        table[usize::from(!gold.is_empty())][usize::from(tells_incident(&article, &events))] += 1;
        for event in gold {
            let sort = event["type"].as_str().unwrap().to_string();
            let fits = |e: &Event| e.mode.is_some_and(|m| modes(&sort).contains(&m)) && e.status.is_drawn();
            let found = events.iter().any(fits);
            let entry = sorts.entry(sort).or_default();
            entry.0 += usize::from(found);
            entry.1 += 1;
        }
    }
    let [[clean, spurious], [missed, hit]] = table;
    let (precision, recall) = (hit as f64 / (hit + spurious) as f64, hit as f64 / (hit + missed) as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    eprintln!(
        "documents with an incident: P {precision:.3} R {recall:.3} F1 {f1:.3} ({hit} {missed} {spurious} {clean})"
    );
    eprintln!("of incidents found, the first event that fits: {first}");
    eprintln!("of incidents found, events tied to incidents one to one: {best}");
    for (sort, (found, all)) in sorts {
        eprintln!("{sort:30} {found} of {all}");
    }
}
