//! Dates that name a month or a year.

use jiff::civil::Date;

use super::{Read, before, day_of, lower, shifted};
use crate::article::months::month_named;
use crate::events::grammar::{Parse, Tag};
use crate::events::{DateBasis, DatePrecision, EventDate};

/// "15 August 2021", "August 15, 2021", "Aug. 15", "August 2021", "mid-August", "in August", "the end of August".
pub(super) fn date(parse: &Parse, at: usize, published: Option<Date>) -> Read {
    let word = lower(parse, at);
    if let Some(read) = days_of_month(parse, at, &word, published) {
        return Some(read);
    }
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
    let before = before(parse, at);
    let span = if before == "next" { next_one(span, published).unwrap_or(span) } else { span };
    let back = |words: usize| at.checked_sub(words).map(|of| lower(parse, of));
    let deadline = back(4).is_some_and(|word| word == "by");
    let part = match (before.as_str(), back(2).as_deref()) {
        ("of", Some("end")) if !deadline => "late",
        ("of", Some("beginning" | "start")) => "early",
        ("of", Some("middle")) => "mid",
        _ => &before,
    };
    Some((end, third(span, part).unwrap_or(span)))
}

/// "3-5 November", "Nov. 3-5, 2022".
fn days_of_month(parse: &Parse, at: usize, word: &str, published: Option<Date>) -> Read {
    let (days, name, behind) = match month(parse, at) {
        Some(name) => (lower(parse, at + 1), name, at + 2),
        None => (word.to_owned(), month(parse, at + 1)?, at + 2),
    };
    let (first, last) = days.split_once(['-', '–'])?;
    let (first, last) = (day_number(first)?, day_number(last)?);
    let (end, year) = year_after(parse, behind);
    let (from, to) = (dated(year, name, first, published)?, dated(year, name, last, published)?);
    (from.start < to.end).then_some((end, EventDate { end: to.end, precision: DatePrecision::Days, ..from }))
}

pub(super) fn day_number(word: &str) -> Option<i8> {
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

/// "next March": the one that is still to come.
fn next_one(month: EventDate, published: Option<Date>) -> Option<EventDate> {
    if published.is_none_or(|today| month.start > today) {
        return None;
    }
    super::a_year_on(month)
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
pub(super) fn iso(parse: &Parse, at: usize) -> Read {
    let word = parse.word(at);
    (word.len() == 10)
        .then(|| word.parse::<Date>().ok())
        .flatten()
        .map(|d| (at + 1, day_of(d, DateBasis::Explicit)))
}

/// "in 2019", "the 1990s".
pub(super) fn year(parse: &Parse, at: usize) -> Read {
    let before = before(parse, at);
    if let Some(first) = parse.word(at).strip_suffix('s').and_then(year_number).filter(|y| y % 10 == 0) {
        return years(first, first + 9).map(|d| (at + 1, d));
    }
    let modifies = matches!(before.as_str(), "the" | "a" | "")
        && parse.words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Adj));
    if !modifies
        && !matches!(before.as_str(), "in" | "since" | "of" | "during" | "by" | "until" | "late" | "early")
    {
        return None;
    }
    let year = year_number(parse.word(at)).filter(|y| (1900..=2100).contains(y))?;
    years(year, year).map(|d| (at + 1, d))
}

fn years(first: i16, last: i16) -> Option<EventDate> {
    let (start, end) = (Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?);
    Some(EventDate { start, end, precision: DatePrecision::Year, basis: DateBasis::Explicit })
}
