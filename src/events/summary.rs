//! One line that tells an event in the article's own words.

use jiff::civil::Date;

use super::{DatePrecision, Event, EventDate, Span};
use crate::article::Article;
use crate::places::Mention;

/// The longest summary, in code points.
pub const MAX_CHARS: usize = 80;

/// The widest gap between two parts that is told with them, in bytes: " was ", " to the ".
const MAX_GAP: usize = 24;

/// One line that tells the event, at most [`MAX_CHARS`] code points: "Pakistan closes Torkham
/// border". `mentions` are those of the article the event was found in.
///
/// The parts (doer, trigger, recipient, place) stand in the order of the text, with the short
/// words between them.
pub fn summary(event: &Event, article: &Article, mentions: &[Mention]) -> String {
    let place = event.destination.or(event.place.map(|p| p.mention)).and_then(|m| mentions.get(m));
    let mut parts: Vec<Span> = vec![event.trigger.clone()];
    parts.extend(event.actors.first().cloned());
    parts.extend(event.recipients.first().cloned());
    parts.extend(place.map(|m| m.range.clone()).filter(|r| within(r, &event.passage)));
    parts.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    let mut out = String::new();
    let mut end = None;
    for part in parts {
        if end.is_some_and(|e| part.end <= e) {
            continue;
        }
        out.push_str(&joint(&article.text, end, &part));
        let from = end.map_or(part.start, |e: usize| e.max(part.start));
        out.push_str(article.text.get(from..part.end).unwrap_or(""));
        end = Some(part.end);
    }
    if let Some(end) = end {
        out.push_str(noun_after(&article.text, end, mentions));
    }
    tidy(&out)
}

/// The summary with its day: "Taliban enter Kabul · 15 Aug 2021".
pub fn line(event: &Event, article: &Article, mentions: &[Mention]) -> String {
    let told = summary(event, article, mentions);
    match event.date.map(|d| day_words(&d)) {
        Some(day) => format!("{told} · {day}"),
        None => told,
    }
}

/// "15 Aug 2021", "Aug 2021", "2021", "12–18 Aug 2021".
fn day_words(date: &EventDate) -> String {
    let format = |pattern: &str, day: Date| day.strftime(pattern).to_string();
    match date.precision {
        DatePrecision::Year => format("%Y", date.start),
        DatePrecision::Month => format("%b %Y", date.start),
        _ if date.start == date.end => format("%-d %b %Y", date.start),
        _ if date.start.first_of_month() == date.end.first_of_month() => {
            format!("{}–{}", date.start.day(), format("%-d %b %Y", date.end))
        }
        _ => format!("{} – {}", format("%-d %b %Y", date.start), format("%-d %b %Y", date.end)),
    }
}

fn within(inner: &Span, outer: &Span) -> bool {
    inner.start >= outer.start && inner.end <= outer.end
}

/// The words between two parts if they are few and no punctuation is among them, else a space.
fn joint(text: &str, end: Option<usize>, part: &Span) -> String {
    let Some(end) = end else { return String::new() };
    match text.get(end..part.start) {
        Some(gap) if gap.len() <= MAX_GAP && !gap.contains([',', ';', ':', '“', '”', '"', '(', ')', '.']) => {
            gap.into()
        }
        Some(_) => " … ".into(),
        None => String::new(),
    }
}

/// A kind noun right behind a place: " border" of "Torkham border".
fn noun_after<'a>(text: &'a str, end: usize, mentions: &[Mention]) -> &'a str {
    const KINDS: [&str; 8] =
        [" border", " province", " airport", " district", " city", " region", " state", " county"];
    let rest = text.get(end..).unwrap_or("");
    let place = mentions.iter().any(|m| m.range.end == end);
    let kind = KINDS.into_iter().find(|k| rest.starts_with(k)).filter(|_| place);
    kind.and_then(|k| rest.get(..k.len())).unwrap_or("")
}

/// One line, a capital first, cut at a word.
fn tidy(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.chars().count() + word.chars().count() + 2 > MAX_CHARS {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    let mut chars = out.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
