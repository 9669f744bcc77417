//! Time expressions, anchored on the day of publication or on the day told before.
//!
//! A weekday is the last one up to the publication date ("on Sunday" in Sunday's paper is that
//! day), the next one for what is planned; "last week" is the calendar week before, Monday to
//! Sunday; a month or day without a year is the last one up to the publication date.
//!
//! - `explicit` reads dates that name a month or a year, `relative` those that count from a day;
//! - `joined` puts together what stands side by side: "Sunday and Monday", "Thursday of last week";
//! - [`offset`] reads distances between two events: "five days after the quake".

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::grammar::{Kinds, Parse};
use super::{DateBasis, DatePrecision, EventDate};
use crate::article::months::month_named;

mod explicit;
mod joined;
pub mod offset;
mod relative;

/// A time expression of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// Its words.
    pub words: Range<usize>,
    /// What it means.
    pub date: EventDate,
    /// What the word before it makes of it.
    pub link: Link,
}

/// What a time is to what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The day it happens.
    On,
    /// The day it began, "since Monday": it lasts until the paper is printed.
    Since,
    /// A day to come, "called a march for Thursday".
    For,
    /// The day it ends, "until Friday": not the day of what happens.
    Until,
}

/// Finds the time expressions of a sentence. Without a publication date only those are
/// understood that name their year.
///
/// `told` is the day that the text told last: "two days later" counts from it.
pub fn find(parse: &Parse, published: Option<Date>, told: Option<EventDate>) -> Vec<When> {
    let mut told = told;
    let mut out: Vec<When> = Vec::new();
    let mut at = 0;
    while at < parse.words.len() {
        // "two coups in 2022, the second on September 30": of that year.
        let year = out.iter().rev().map(|w| w.date).find(|d| d.precision == DatePrecision::Year);
        let year = year.filter(|d| published.is_some_and(|today| d.end < today)).map(|d| d.end);
        let dated = year.and_then(|end| explicit::date(parse, at, Some(end)));
        let read = || dated.or_else(|| read_at(parse, at, published, told));
        let Some((end, date)) = may_begin(parse, at).then(read).flatten().filter(|r| !counts(parse, at, r))
        else {
            at += 1;
            continue;
        };
        let end = end.max(at + 1);
        out.push(When { words: at..end, date, link: link(parse, at..end) });
        told = Some(date);
        at = end;
    }
    joined::join(parse, &mut out);
    out
}

/// "for the second time this week": how often, not when.
fn counts(parse: &Parse, at: usize, (_, date): &(usize, EventDate)) -> bool {
    let long = !matches!(date.precision, DatePrecision::Day);
    long && matches!(before(parse, at).as_str(), "time" | "times" | "once" | "twice")
}

/// The day that a sentence's times leave told: the last exact one, else the last.
pub fn told_last(times: &[When]) -> Option<EventDate> {
    let exact = |d: &EventDate| matches!(d.precision, DatePrecision::Day | DatePrecision::Days);
    let days = || times.iter().rev().map(|t| t.date);
    days().find(exact).or_else(|| days().next())
}

fn link(parse: &Parse, words: Range<usize>) -> Link {
    let at = words.start;
    let of_another = matches!(parse.word(words.end), "'s" | "’s");
    let mut before = (0..at).rev().map(|p| lower(parse, p));
    let filler = |w: &String| matches!(w.as_str(), "the" | "early" | "late" | "beginning" | "of" | "start");
    match before.find(|w| !filler(w)).as_deref() {
        Some("since") => Link::Since,
        _ if parse.word(at).eq_ignore_ascii_case("since") => Link::Since,
        Some("for") if !of_another => Link::For,
        Some("until" | "till") => Link::Until,
        _ => Link::On,
    }
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
const OPENERS: [&str; 16] = [
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
    "since",
    "that",
];

/// The same expression read as lying ahead: "on Friday" of what is planned.
pub fn ahead(when: &When, parse: &Parse, published: Option<Date>) -> EventDate {
    let weekday = when.words.clone().find_map(|at| relative::weekday(parse.word(at)));
    match (weekday, published) {
        (Some(day), Some(today)) if when.date.precision == DatePrecision::Day => {
            let days = (i32::from(day.to_monday_zero_offset())
                - i32::from(today.weekday().to_monday_zero_offset()))
            .rem_euclid(7);
            shifted(today, days).map_or(when.date, |d| day_of(d, DateBasis::Relative))
        }
        (None, Some(today))
            if when.date.end < today
                && when.date.basis == DateBasis::Relative
                && when.words.clone().any(|at| names_month(parse.word(at))) =>
        {
            a_year_on(when.date).unwrap_or(when.date)
        }
        _ => when.date,
    }
}

/// "April", "mid-April".
fn names_month(word: &str) -> bool {
    word.rsplit('-').next().and_then(month_named).is_some()
}

/// What began on that day and lasts until the paper is printed.
pub fn lasting(since: EventDate, today: Date) -> EventDate {
    let end = today.max(since.end);
    EventDate { end, precision: precision_of(since.start, end), ..since }
}

/// How exactly a stretch of days is known: up to four are days, up to ten a week, up to 45 a month.
fn precision_of(start: Date, end: Date) -> DatePrecision {
    match (end - start).get_days() {
        0 => DatePrecision::Day,
        1..=4 => DatePrecision::Days,
        5..=10 => DatePrecision::Week,
        11..=45 => DatePrecision::Month,
        _ => DatePrecision::Year,
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
        let (day, month) = match (explicit::day_number(&w[0]), month_named(&w[1])) {
            (Some(day), Some(month)) => (day, month),
            _ => (explicit::day_number(&w[1])?, month_named(&w[0])?),
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

fn read_at(parse: &Parse, at: usize, published: Option<Date>, told: Option<EventDate>) -> Read {
    explicit::date(parse, at, published)
        .or_else(|| explicit::iso(parse, at))
        .or_else(|| explicit::year(parse, at))
        .or_else(|| told.and_then(|day| relative::from_there(parse, at, day)))
        .or_else(|| published.and_then(|today| relative::from_today(parse, at, today)))
}

fn lower(parse: &Parse, at: usize) -> String {
    parse.word(at).to_ascii_lowercase()
}

fn before(parse: &Parse, at: usize) -> String {
    at.checked_sub(1).map(|p| lower(parse, p)).unwrap_or_default()
}

fn day_of(date: Date, basis: DateBasis) -> EventDate {
    EventDate { start: date, end: date, precision: DatePrecision::Day, basis }
}

fn shifted(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

fn days_from_monday(day: Weekday) -> i32 {
    i32::from(day.to_monday_zero_offset())
}
