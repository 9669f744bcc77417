//! Time expressions, anchored on the day of publication.
//!
//! A weekday is the last one up to the publication date ("on Sunday" in Sunday's paper is that
//! day), the next one for what is planned; "last week" is the calendar week before, Monday to
//! Sunday; a month or day without a year is the last one up to the publication date.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::grammar::{Kinds, Parse, Tag};
use super::sizes::plain;
use super::{DateBasis, DatePrecision, EventDate};
use crate::article::months::month_named;

/// A time expression of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// Its words.
    pub words: Range<usize>,
    /// What it means.
    pub date: EventDate,
}

/// Finds the time expressions of a sentence. Without a publication date only those are
/// understood that name their year.
///
/// `told` is the day that the text told last: "two days later" counts from it.
pub fn find(parse: &Parse, published: Option<Date>, told: Option<Date>) -> Vec<When> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < parse.words.len() {
        if !may_begin(parse, at) {
            at += 1;
            continue;
        }
        match read_at(parse, at, published, told) {
            Some((end, date)) => {
                out.push(When { words: at..end, date });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

/// Whether a time expression may begin with this word: looked at first, as few do.
fn may_begin(parse: &Parse, at: usize) -> bool {
    let word = parse.word(at);
    let kinds = parse.words[at].kinds();
    kinds.any(Kinds::TIME.or(Kinds::NUM))
        || word.starts_with(|c: char| c.is_ascii_digit())
        || OPENERS.iter().any(|o| {
            let open = word.get(..o.len()).is_some_and(|w| w.eq_ignore_ascii_case(o));
            open && (word.len() == o.len() || o.ends_with('-'))
        })
}

/// Words, or their beginnings, that open a time expression.
const OPENERS: [&str; 14] = [
    "the",
    "last",
    "this",
    "next",
    "past",
    "previous",
    "coming",
    "a",
    "an",
    "may",
    "overnight",
    "early-",
    "mid-",
    "late-",
];

/// The same expression read as lying ahead: "on Friday" of what is planned.
pub fn ahead(when: &When, parse: &Parse, published: Option<Date>) -> EventDate {
    let weekday = when.words.clone().find_map(|at| weekday(parse.word(at)));
    match (weekday, published) {
        (Some(day), Some(today)) if when.date.precision == DatePrecision::Day => {
            let days = (i32::from(day.to_monday_zero_offset())
                - i32::from(today.weekday().to_monday_zero_offset()))
            .rem_euclid(7);
            shifted(today, days).map_or(when.date, |d| day_of(d, DateBasis::Relative))
        }
        (None, Some(today)) if when.date.end < today && when.date.basis == DateBasis::Relative => {
            a_year_on(when.date).unwrap_or(when.date)
        }
        _ => when.date,
    }
}

/// "in April", said of what is to come.
fn a_year_on(date: EventDate) -> Option<EventDate> {
    let next = |d: Date| d.checked_add(1.year()).ok();
    Some(EventDate { start: next(date.start)?, end: next(date.end)?, ..date })
}

/// The date of a dateline, where an article has no publication date: "SAN SALVADOR, 3 JAN 90 --".
pub fn dateline(text: &str) -> Option<Date> {
    let end = text.char_indices().nth(160).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let dash = ["--", " — ", " – "].iter().filter_map(|d| head.find(d)).min()?;
    let words: Vec<String> = head
        .get(..dash)?
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.windows(3).find_map(|w| {
        let (day, month) = match (day_number(&w[0]), month_named(&w[1])) {
            (Some(day), Some(month)) => (day, month),
            _ => (day_number(&w[1])?, month_named(&w[0])?),
        };
        Date::new(full_year(&w[2])?, month, day).ok()
    })
}

/// "90" is 1990, "21" is 2021.
fn full_year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    match word.len() {
        4 => (1900..=2100).contains(&year).then_some(year),
        2 if year >= 50 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

type Read = Option<(usize, EventDate)>;

fn read_at(parse: &Parse, at: usize, published: Option<Date>, told: Option<Date>) -> Read {
    explicit(parse, at, published)
        .or_else(|| iso(parse, at))
        .or_else(|| year(parse, at))
        .or_else(|| told.and_then(|day| from_there(parse, at, day)))
        .or_else(|| published.and_then(|today| relative(parse, at, today)))
}

fn lower(parse: &Parse, at: usize) -> String {
    parse.word(at).to_ascii_lowercase()
}

fn day_of(date: Date, basis: DateBasis) -> EventDate {
    EventDate { start: date, end: date, precision: DatePrecision::Day, basis }
}

fn shifted(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// "15 August 2021", "August 15, 2021", "Aug. 15", "August 2021", "mid-August", "in August".
fn explicit(parse: &Parse, at: usize, published: Option<Date>) -> Read {
    let word = lower(parse, at);
    if let Some(day) = day_number(&word)
        && let Some(skip) = (1..=2).find(|&skip| month(parse, at + skip).is_some())
        && (skip == 1 || lower(parse, at + 1) == "of")
    {
        let month = month(parse, at + skip)?;
        let (end, year) = year_after(parse, at + skip + 1);
        return dated(year, month, day, published).map(|d| (end, d));
    }
    if let Some(part) =
        word.split_once('-').and_then(|(part, name)| Some((part.to_string(), month_named(name)?)))
    {
        let (end, year) = year_after(parse, at + 1);
        return month_span(year, part.1, published).and_then(|m| third(m, &part.0)).map(|d| (end, d));
    }
    let month = month(parse, at)?;
    if let Some(day) = day_number(&lower(parse, at + 1)) {
        let (end, year) = year_after(parse, at + 2);
        return dated(year, month, day, published).map(|d| (end, d));
    }
    let (end, year) = year_after(parse, at + 1);
    let span = month_span(year, month, published)?;
    let before = at.checked_sub(1).map(|p| lower(parse, p)).unwrap_or_default();
    Some((end, third(span, &before).unwrap_or(span)))
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ordinal = &word[digits.len()..];
    if !matches!(ordinal, "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// The month at a word; "May" and "March" only with a capital.
fn month(parse: &Parse, at: usize) -> Option<i8> {
    let word = parse.word(at);
    if matches!(word, "may" | "march" | "mar" | "dec" | "jan" | "MAY" | "MARCH") && !number_near(parse, at) {
        return None;
    }
    if word == "May" && !number_near(parse, at) && !opened_by_preposition(parse, at) {
        return None;
    }
    month_named(word)
}

fn number_near(parse: &Parse, at: usize) -> bool {
    let number = |i: usize| parse.word(i).starts_with(|c: char| c.is_ascii_digit());
    number(at + 1) || at.checked_sub(1).is_some_and(number)
}

fn opened_by_preposition(parse: &Parse, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|p| {
        matches!(
            lower(parse, p).as_str(),
            "in" | "of" | "since" | "last" | "until" | "early" | "late" | "this" | "by"
        )
    })
}

/// A year behind a date, with or without a comma: where it ends, and which.
fn year_after(parse: &Parse, at: usize) -> (usize, Option<i16>) {
    let skip = usize::from(parse.word(at) == ",");
    match year_number(parse.word(at + skip)) {
        Some(year) => (at + skip + 1, Some(year)),
        None => (at, None),
    }
}

fn year_number(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1000..=2100).contains(y))
}

/// A day of a month; without a year the last one up to the publication date, or shortly after.
fn dated(year: Option<i16>, month: i8, day: i8, published: Option<Date>) -> Option<EventDate> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok().map(|d| day_of(d, DateBasis::Explicit));
    }
    let today = published?;
    let this = Date::new(today.year(), month, day).ok();
    let chosen = match this {
        Some(d) if d <= shifted(today, 60)? => d,
        _ => Date::new(today.year().checked_sub(1)?, month, day).ok()?,
    };
    let old = shifted(today, -305)?;
    let chosen =
        if chosen < old { Date::new(today.year() + 1, month, day).unwrap_or(chosen) } else { chosen };
    Some(day_of(chosen, DateBasis::Relative))
}

fn month_span(year: Option<i16>, month: i8, published: Option<Date>) -> Option<EventDate> {
    let (year, basis) = match (year, published) {
        (Some(year), _) => (year, DateBasis::Explicit),
        (None, Some(today)) => (today.year() - i16::from(month > today.month()), DateBasis::Relative),
        (None, None) => return None,
    };
    let start = Date::new(year, month, 1).ok()?;
    let end = start.last_of_month();
    Some(EventDate { start, end, precision: DatePrecision::Month, basis })
}

/// The early, middle or late third of a month.
fn third(month: EventDate, part: &str) -> Option<EventDate> {
    let (first, last) = match part {
        "early" => (0, 9),
        "mid" | "middle" => (10, 19),
        "late" => (20, 30),
        _ => return None,
    };
    let start = shifted(month.start, first)?;
    let end = shifted(month.start, last)?.min(month.end);
    Some(EventDate { start, end, precision: DatePrecision::Days, basis: month.basis })
}

/// "2021-08-15".
fn iso(parse: &Parse, at: usize) -> Read {
    let word = parse.word(at);
    (word.len() == 10)
        .then(|| word.parse::<Date>().ok())
        .flatten()
        .map(|d| (at + 1, day_of(d, DateBasis::Explicit)))
}

/// "in 2019".
fn year(parse: &Parse, at: usize) -> Read {
    let before = at.checked_sub(1).map(|p| lower(parse, p)).unwrap_or_default();
    let modifies = matches!(before.as_str(), "the" | "a" | "")
        && parse.words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Adj));
    if !modifies
        && !matches!(before.as_str(), "in" | "since" | "of" | "during" | "by" | "until" | "late" | "early")
    {
        return None;
    }
    let year = year_number(parse.word(at)).filter(|y| (1900..=2100).contains(y))?;
    let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
    Some((at + 1, EventDate { start, end, precision: DatePrecision::Year, basis: DateBasis::Explicit }))
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    let at = DAYS.iter().position(|d| *d == lower)?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

fn relative(parse: &Parse, at: usize, today: Date) -> Read {
    let word = lower(parse, at);
    let next = lower(parse, at + 1);
    if let Some(day) = weekday(&word) {
        let before = at.checked_sub(1).map(|p| lower(parse, p)).unwrap_or_default();
        return on_weekday(day, &before, today).map(|d| (at + 1, day_of(d, DateBasis::Relative)));
    }
    let days = match word.as_str() {
        "today" | "tonight" => Some(0),
        "yesterday" => Some(-1),
        "tomorrow" => Some(1),
        "this" if matches!(next.as_str(), "morning" | "afternoon" | "evening") => Some(0),
        "last" if next == "night" => Some(-1),
        "overnight" => Some(0),
        _ => None,
    };
    if let Some(days) = days {
        let end = at + if matches!(word.as_str(), "this" | "last") { 2 } else { 1 };
        return shifted(today, days).map(|d| (end, day_of(d, DateBasis::Relative)));
    }
    named_period(&word, &next, today).map(|d| (at + 2, d)).or_else(|| some_ago(parse, at, today))
}

fn on_weekday(day: Weekday, before: &str, today: Date) -> Option<Date> {
    let back = (i32::from(today.weekday().to_monday_zero_offset()) - i32::from(day.to_monday_zero_offset()))
        .rem_euclid(7);
    match before {
        "last" => shifted(today, -(if back == 0 { 7 } else { back })),
        "next" => shifted(today, 7 - back),
        _ => shifted(today, -back),
    }
}

/// "two days later", "a month earlier", "the night before", "the next day": from the day told last.
fn from_there(parse: &Parse, at: usize, day: Date) -> Read {
    let word = lower(parse, at);
    let (next, third) = (lower(parse, at + 1), lower(parse, at + 2));
    let single = |days: i32, end: usize| shifted(day, days).map(|d| (end, day_of(d, DateBasis::Relative)));
    match (word.as_str(), next.as_str(), third.as_str()) {
        ("the", "next" | "following", "day" | "morning" | "night") => return single(1, at + 3),
        ("the", "same", "day" | "night" | "evening" | "morning") => return single(0, at + 3),
        ("the", "day" | "night" | "evening", "before" | "earlier") => return single(-1, at + 3),
        _ => {}
    }
    let count = if matches!(word.as_str(), "a" | "an") { 1 } else { i32::try_from(plain(&word)?).ok()? };
    let sign = match third.as_str() {
        "earlier" => 1,
        "later" => -1,
        _ => return None,
    };
    (count <= 5000).then(|| ago(sign * count, next.trim_end_matches('s'), day)).flatten().map(|d| (at + 3, d))
}

/// "last week", "this month", "next year".
fn named_period(word: &str, unit: &str, today: Date) -> Option<EventDate> {
    let step = match word {
        "the" if unit == "weekend" => -1,
        "last" | "past" | "previous" => -1,
        "this" => 0,
        "next" | "coming" => 1,
        _ => return None,
    };
    let basis = DateBasis::Relative;
    let (start, end, precision) = match unit {
        "week" => {
            let monday = shifted(today, 7 * step - i32::from(today.weekday().to_monday_zero_offset()))?;
            (monday, shifted(monday, 6)?, DatePrecision::Week)
        }
        "weekend" => {
            let monday =
                shifted(today, 7 * step.min(0) - i32::from(today.weekday().to_monday_zero_offset()))?;
            (shifted(monday, 5)?, shifted(monday, 6)?, DatePrecision::Days)
        }
        "month" => {
            let first = today.first_of_month().checked_add(step.months()).ok()?;
            (first, first.last_of_month(), DatePrecision::Month)
        }
        "year" => {
            let first = today.first_of_year().checked_add(step.years()).ok()?;
            (first, first.last_of_year(), DatePrecision::Year)
        }
        _ => return None,
    };
    let end = if step == 0 { end.min(today).max(start) } else { end };
    Some(EventDate { start, end, precision, basis })
}

/// "two days ago", "three weeks earlier".
fn some_ago(parse: &Parse, at: usize, today: Date) -> Read {
    let word = lower(parse, at);
    let count = if matches!(word.as_str(), "a" | "an") { 1 } else { i32::try_from(plain(&word)?).ok()? };
    if count > 5000 || !matches!(lower(parse, at + 2).as_str(), "ago" | "before") {
        return None;
    }
    let date = ago(count, lower(parse, at + 1).trim_end_matches('s'), today)?;
    Some((at + 3, date))
}

fn ago(count: i32, unit: &str, today: Date) -> Option<EventDate> {
    let basis = DateBasis::Relative;
    Some(match unit {
        "hour" => day_of(today, basis),
        "day" => day_of(shifted(today, -count)?, basis),
        "week" => {
            let day = shifted(today, -7 * count)?;
            EventDate { start: day, end: day, precision: DatePrecision::Days, basis }
        }
        "month" => {
            let first = today.first_of_month().checked_sub(count.months()).ok()?;
            EventDate { start: first, end: first.last_of_month(), precision: DatePrecision::Month, basis }
        }
        "year" => {
            let first = today.first_of_year().checked_sub(count.years()).ok()?;
            EventDate { start: first, end: first.last_of_year(), precision: DatePrecision::Year, basis }
        }
        _ => return None,
    })
}
