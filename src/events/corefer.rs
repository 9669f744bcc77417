//! The same happening told again in an article: the second telling takes over the place and the
//! day that the first one names.
//!
//! Headlines point ahead to the body, definite nouns ("the attack") back to what was told. What
//! speaks for one happening is summed up, as in entity-mention models of event coreference
//! (Ahn 2006, "The stages of event extraction"): type, trigger, doers, tolls; places and days
//! that differ speak against it.

use jiff::civil::Date;

use super::extract::Found;
use super::group::{is_general, telling_words};
use super::story::RECENT_DAYS;
use super::{DatePrecision, Event, EventDate, EventPlace, EventType, PlaceBasis, Span};
use crate::places::Mention;

/// Events looked at on either side of one.
const LOOK_AROUND: usize = 60;

/// Sentences of the body that a headline may point to.
const HEADLINE_REACH: usize = 8;

/// Two tellings below this sum are two happenings.
const LEAST: i32 = 3;

/// Ties each telling that lacks a place or a day to the one it repeats.
pub(super) fn refer(found: &mut [Found], text: &str, mentions: &[Mention], published: Option<Date>) {
    let headline = found.first().map_or(0, |f| f.event.sentence);
    for at in 0..found.len() {
        let Some(here) = found.get(at).filter(|f| lacks(f)) else { continue };
        let ahead = here.event.sentence == headline && headline == 0;
        let before = (at.saturating_sub(LOOK_AROUND)..at).rev();
        let behind = (at + 1..found.len().min(at + 1 + LOOK_AROUND)).filter(|_| ahead);
        let news = |f: &Found| !ahead || is_news(f, here, published);
        let tellings = before.chain(behind).filter_map(|other| {
            let there = found.get(other).filter(|f| f.event.sentence != here.event.sentence && news(f))?;
            Some((other, likeness(here, there, ahead, text, mentions)?))
        });
        let best = tellings.filter(|(_, sum)| *sum >= LEAST).reduce(|a, b| if b.1 > a.1 { b } else { a });
        if let Some((other, _)) = best {
            let first = found[other].clone();
            take_over(&mut found[at], &first, mentions);
        }
    }
}

/// Whether a headline may mean it: told soon after, and not of old.
fn is_news(there: &Found, headline: &Found, published: Option<Date>) -> bool {
    let soon = there.event.sentence <= headline.event.sentence + HEADLINE_REACH;
    let old = |d: EventDate| published.is_some_and(|today| (today - d.start).get_days() > RECENT_DAYS);
    soon && !there.event.date.is_some_and(|d| there.dated.own && old(d))
}

/// Whether something is left to take over.
fn lacks(found: &Found) -> bool {
    let coarse = |d: EventDate| matches!(d.precision, DatePrecision::Month | DatePrecision::Year);
    found.event.place.is_none() || !found.dated.own || found.event.date.is_some_and(coarse)
}

fn take_over(here: &mut Found, there: &Found, mentions: &[Mention]) {
    let known = |m: usize| mentions.get(m).is_some_and(|m| m.place.is_some());
    let unplaced = here.event.place.is_none_or(|p| !known(p.mention));
    if unplaced
        && here.event.kind != EventType::Move
        && !here.placed.areas_only
        && let Some(place) = there.event.place.filter(|p| known(p.mention))
    {
        here.event.place = Some(EventPlace { basis: PlaceBasis::Document, ..place });
    }
    let told = there.event.date.filter(|_| there.dated.own);
    let finer = |d: EventDate| here.event.date.is_none_or(|h| d.start >= h.start && d.end <= h.end && d != h);
    if let Some(date) = told.filter(|d| !here.dated.own || finer(*d)) {
        here.event.date = Some(date);
        here.dated.own = true;
        here.dated.aside = true;
    }
}

/// What speaks for one happening; `None` where it cannot be.
fn likeness(here: &Found, there: &Found, ahead: bool, text: &str, mentions: &[Mention]) -> Option<i32> {
    let (a, b) = (&here.event, &there.event);
    let mut sum = kinds(a, b)?;
    let same_word = trigger_word(a, text) == trigger_word(b, text);
    if super::extract::soft(a.kind) && !(same_word && here.definite) {
        return None;
    }
    if apart(a, b, mentions) || dates_differ(here, there) {
        return None;
    }
    sum += i32::from(same_word) + i32::from(here.definite) + i32::from(ahead);
    sum -= 2 * i32::from(here.indefinite);
    sum += shared(&a.actors, &b.actors, text) + shared(&a.recipients, &b.recipients, text);
    sum += match (a.size.and_then(|s| s.killed), b.size.and_then(|s| s.killed)) {
        (Some(x), Some(y)) => {
            if x == y {
                1
            } else {
                -1
            }
        }
        _ => 0,
    };
    Some(sum - i32::from(a.status.is_drawn() != b.status.is_drawn() && !here.definite))
}

fn kinds(a: &Event, b: &Event) -> Option<i32> {
    use EventType as T;
    if a.kind == b.kind {
        let told_apart = a.mode != b.mode && !is_general(a.mode) && !is_general(b.mode);
        return Some(if told_apart { 1 } else { 2 });
    }
    let pair = if a.kind < b.kind { (a.kind, b.kind) } else { (b.kind, a.kind) };
    matches!(
        pair,
        (T::Assault, T::Control | T::Crime | T::Accident)
            | (T::Disaster, T::Accident)
            | (T::Agree | T::Consult, T::Cooperate)
    )
    .then_some(1)
}

/// The last word of the trigger without its ending: "bombings" and "bombing" are the same.
fn trigger_word(event: &Event, text: &str) -> String {
    let words = text.get(event.trigger.clone()).unwrap_or("");
    let last = words.split_whitespace().last().unwrap_or("").to_lowercase();
    ["ings", "ing", "ed", "es", "s", "ers", "er"]
        .iter()
        .find_map(|e| last.strip_suffix(e))
        .unwrap_or(&last)
        .to_owned()
}

/// Whether the sentences tie them to different places.
fn apart(a: &Event, b: &Event, mentions: &[Mention]) -> bool {
    let place = |e: &Event| {
        let tied = e.place.filter(|p| p.basis == PlaceBasis::Argument)?;
        mentions.get(tied.mention)?.place
    };
    matches!((place(a), place(b)), (Some(x), Some(y)) if x != y)
}

/// Whether the sentences name days that cannot be the same.
fn dates_differ(a: &Found, b: &Found) -> bool {
    let own = |f: &Found| f.event.date.filter(|_| f.dated.own);
    matches!((own(a), own(b)), (Some(x), Some(y)) if x.end < y.start || y.end < x.start)
}

/// 1 for a shared telling word, −1 for none where both have some.
fn shared(a: &[Span], b: &[Span], text: &str) -> i32 {
    let words = |spans: &[Span]| -> Vec<String> {
        spans.iter().flat_map(|s| telling_words(text.get(s.clone()).unwrap_or(""))).collect()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if a.iter().any(|w| b.contains(w)) { 1 } else { -1 }
}
