//! One line that tells an event in the article's own words.

use jiff::civil::Date;

use super::{DatePrecision, Event, EventDate, PlaceBasis, Span};
use crate::article::Article;
use crate::article::months::month_named;
use crate::places::Mention;

/// The longest summary, in code points.
pub const MAX_CHARS: usize = 80;

/// The widest gap between two parts that is told with them, in bytes: " was ", " to the ".
const MAX_GAP: usize = 24;

/// The most words such a gap has.
const MAX_GAP_WORDS: usize = 4;

/// One line that tells the event, at most [`MAX_CHARS`] code points: "Pakistan closes Torkham
/// border". `mentions` are those of the article the event was found in.
///
/// First who does it (whom a pronoun stands for), or what it is done to, then the trigger with its
/// auxiliaries, then what stands behind it: whom, whereto, where. What stands between two parts is
/// told with them where it is a few words.
pub fn summary(event: &Event, article: &Article, mentions: &[Mention]) -> String {
    let text = article.text.as_str();
    let place = |m: usize| mentions.get(m).map(|m| m.range.clone());
    let line = Line { text, passage: event.passage.clone(), trigger: event.trigger.clone() };
    let tied = event.place.filter(|p| p.basis == PlaceBasis::Argument || p.told.is_some());
    let at = tied.and_then(|p| place(p.named()));
    let ways = [event.origin, event.destination].into_iter().flatten().filter_map(place);
    let places: Vec<Span> = ways.chain(at).filter(|p| within(p, &event.passage)).collect();
    let (mut out, subject) = line.opening(event, &places);
    let mut end = event.trigger.end;
    let others = event.actors.first().into_iter().chain(event.recipients.first());
    let mut behind: Vec<(Span, bool)> = others.map(|s| (s.clone(), false)).collect();
    behind.extend(places.iter().map(|p| (p.clone(), true)));
    let told = subject.as_ref().map_or(event.trigger.start, |s| s.start)..event.trigger.end;
    behind.retain(|(p, _)| Some(p) != subject.as_ref() && !within(p, &told));
    behind.sort_by_key(|(p, _)| (p.start, std::cmp::Reverse(p.end)));
    for (part, is_place) in &behind {
        if let Some((words, to)) = line.next(end, part, *is_place) {
            out.push_str(&words);
            end = to;
        }
    }
    out.push_str(noun_after(text, end, mentions));
    if leads_on(&out) || end == event.trigger.end {
        out.push_str(line.rest(end));
    }
    let mut out = whole(&out).to_owned();
    if let Some((place, _)) = behind.iter().find(|(p, is_place)| *is_place && !out.contains(line.of(p)))
        && let Some(locating) = line.preposition(place)
    {
        out.push_str(&format!(" {locating}{}", line.of(place)));
    }
    tidy(&out)
}

/// Without the words at the end that lead on to what is not told.
fn whole(line: &str) -> &str {
    let mut out = line.trim_end();
    while leads_on(out) && out.split_whitespace().count() > 2 {
        out = out.rsplit_once(char::is_whitespace).map_or(out, |(front, _)| front.trim_end());
    }
    out
}

/// The sentence a line is made from.
struct Line<'a> {
    text: &'a str,
    passage: Span,
    trigger: Span,
}

impl<'a> Line<'a> {
    fn of(&self, span: &Span) -> &'a str {
        self.text.get(span.clone()).unwrap_or("")
    }

    /// Who or what the line begins with, and the trigger; and which part that was.
    fn opening(&self, event: &Event, places: &[Span]) -> (String, Option<Span>) {
        let told = event.actors.first().into_iter().chain(event.recipients.first()).chain(places);
        let before = told.filter(|s| within(s, &self.passage) && s.end <= self.trigger.start);
        let close = before.filter(|s| self.links(s, places.contains(s))).max_by_key(|s| s.end);
        if let Some(part) = close {
            return (self.of(&(part.start..self.trigger.end)).to_owned(), Some(part.clone()));
        }
        let passive =
            event.recipients.first().filter(|s| s.end <= self.trigger.start && event.actors.is_empty());
        match event.actors.first().filter(|a| a.start < self.trigger.start).or(passive) {
            Some(part) => (format!("{} {}", self.of(part), self.of(&self.verb())), Some(part.clone())),
            None => (self.of(&self.trigger).to_owned(), None),
        }
    }

    /// Whether only a few words stand between a part and the trigger; behind a place, which must be
    /// the subject, only auxiliaries.
    fn links(&self, part: &Span, is_place: bool) -> bool {
        let gap = self.of(&(part.end..self.trigger.start));
        let subject = || gap.split_whitespace().all(is_auxiliary) && self.preposition(part).is_none();
        is_short(gap) && (!is_place || subject())
    }

    /// The trigger with the auxiliaries before it: "has been seized".
    fn verb(&self) -> Span {
        let mut start = self.trigger.start;
        while let Some(before) = self.text.get(self.passage.start..start) {
            let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
            if !is_auxiliary(word) {
                break;
            }
            start = before.trim_end().len() - word.len() + self.passage.start;
        }
        start..self.trigger.end
    }

    /// How the next part is told, and where it ends: with what stands before it where that is
    /// short, else alone; a place only with what stands before it.
    fn next(&self, end: usize, part: &Span, is_place: bool) -> Option<(String, usize)> {
        if part.end <= end && part.start >= self.trigger.start {
            return None;
        }
        let within = within(part, &self.passage);
        let gap = self.text.get(end..part.start).unwrap_or("");
        if part.start >= end && within && (gap.is_empty() || is_short(gap)) {
            return Some((self.of(&(end..part.end)).to_owned(), part.end));
        }
        // "threatened to" goes on with what it leads to.
        let open = leads_on(self.of(&self.trigger));
        let behind = part.start >= end && within && !is_place && !open && end == self.trigger.end;
        behind.then(|| (format!(" {}", self.of(part)), part.end))
    }

    /// The preposition right before a place, with its article: "in ", "off the ".
    fn preposition(&self, place: &Span) -> Option<String> {
        const LOCATING: [&str; 17] = [
            "in", "at", "near", "outside", "inside", "across", "around", "off", "on", "along", "over",
            "into", "to", "for", "from", "through", "towards",
        ];
        let before = self.text.get(self.passage.start..place.start)?;
        let mut words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
        let at = words.iter().position(|w| LOCATING.iter().any(|l| w.eq_ignore_ascii_case(l)))?;
        words.truncate(at + 1);
        let first = words.pop()?;
        let capitals = first.len() > 1
            && !first.chars().any(char::is_lowercase)
            && self.of(place).len() > 3
            && !self.of(place).chars().any(char::is_lowercase);
        words.push("");
        words.reverse();
        let behind = words.join(" ");
        Some(if capitals {
            format!("{first}{behind} ")
        } else {
            format!("{}{behind} ", first.to_lowercase())
        })
    }

    /// What follows until the phrase is over, where the line cannot end as it does.
    fn rest(&self, end: usize) -> &'a str {
        const STOPS: [&str; 14] = [
            "that", "and", "which", "who", "when", "as", "after", "before", "but", "while", "because",
            "where", "if", "or",
        ];
        let behind = self.text.get(end..self.passage.end).unwrap_or("");
        let mut taken = 0;
        let mut count = 0;
        for word in behind.split_inclusive(char::is_whitespace) {
            let plain = word.trim().trim_matches(['“', '”', '"']);
            let lower = plain.to_lowercase();
            if STOPS.contains(&lower.as_str()) || is_time(&lower) || count >= 5 {
                break;
            }
            let stop = plain.find([',', ';', ':', '.', '(', ')', '?', '!', '–', '—']);
            taken += stop.map_or(word.len(), |at| word.find(plain).unwrap_or(0) + at);
            if stop.is_some() {
                break;
            }
            count += usize::from(!plain.is_empty());
        }
        behind.get(..taken).unwrap_or("")
    }
}

/// Words of a time, which the line tells as a date.
fn is_time(word: &str) -> bool {
    const TIMES: [&str; 12] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "last",
        "overnight",
    ];
    TIMES.contains(&word) || word.len() > 3 && month_named(word).is_some()
}

/// A few words without a break: they can be told with what stands around them.
fn is_short(gap: &str) -> bool {
    const BREAKING: [&str; 12] =
        ["that", "which", "who", "when", "as", "after", "before", "but", "while", "because", "where", "said"];
    gap.len() <= MAX_GAP
        && gap.split_whitespace().count() <= MAX_GAP_WORDS
        && !gap.contains([',', ';', ':', '“', '”', '"', '(', ')', '.', '–', '—'])
        && !gap.split_whitespace().any(|w| BREAKING.contains(&w.to_lowercase().as_str()))
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "was"
            | "were"
            | "is"
            | "are"
            | "has"
            | "have"
            | "had"
            | "been"
            | "being"
            | "be"
            | "will"
            | "would"
            | "could"
            | "may"
            | "might"
            | "not"
            | "never"
            | "did"
            | "does"
            | "do"
            | "should"
            | "must"
            | "can"
            | "cannot"
    )
}

/// Whether a line cannot end with its last word: "came to", "talks were", "condemned the".
fn leads_on(line: &str) -> bool {
    let last = line.split_whitespace().last().unwrap_or("").to_lowercase();
    is_auxiliary(&last)
        || matches!(
            last.as_str(),
            "to" | "for"
                | "of"
                | "at"
                | "in"
                | "on"
                | "with"
                | "from"
                | "by"
                | "into"
                | "the"
                | "a"
                | "an"
                | "and"
                | "his"
                | "her"
                | "its"
                | "their"
                | "about"
                | "against"
                | "what"
                | "how"
                | "why"
                | "this"
                | "than"
                | "early"
                | "late"
        )
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

/// A kind noun right behind a place: " border" of "Torkham border".
fn noun_after<'a>(text: &'a str, end: usize, mentions: &[Mention]) -> &'a str {
    const KINDS: [&str; 8] =
        [" border", " province", " airport", " district", " city", " region", " state", " county"];
    let rest = text.get(end..).unwrap_or("");
    let place = mentions.iter().any(|m| m.range.end == end);
    let kind = KINDS.into_iter().find(|k| rest.starts_with(k)).filter(|_| place);
    kind.and_then(|k| rest.get(..k.len())).unwrap_or("")
}

/// One line, a capital first, cut at a word; without quotation marks that are opened only or
/// closed only.
fn tidy(text: &str) -> String {
    let count = |marks: &[char]| text.chars().filter(|c| marks.contains(c)).count();
    let balanced = count(&['“']) == count(&['”']) && count(&['"']) % 2 == 0;
    let plain: String = text.chars().filter(|c| balanced || !['“', '”', '"'].contains(c)).collect();
    let text = plain.as_str();
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
