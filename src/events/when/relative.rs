//! Times that count from the day of publication, or from the day told before.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Read, before, day_of, days_from_monday, lasting, lower, precision_of, shifted};
use crate::events::grammar::Parse;
use crate::events::sizes::plain;
use crate::events::{DateBasis, DatePrecision, EventDate};

/// The weekday of this name.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    let at = DAYS.iter().position(|d| *d == lower)?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// Times that count from the day of publication.
pub(super) fn from_today(parse: &Parse, at: usize, today: Date) -> Read {
    let word = lower(parse, at);
    let next = lower(parse, at + 1);
    if let Some(day) = weekday(&word) {
        return on_weekday(day, &before(parse, at), today).map(|d| (at + 1, day_of(d, DateBasis::Relative)));
    }
    let days = match word.as_str() {
        "today" | "tonight" => Some(0),
        "yesterday" => Some(-1),
        "tomorrow" => Some(1),
        "this" if matches!(next.as_str(), "morning" | "afternoon" | "evening") => Some(0),
        "last" if matches!(next.as_str(), "night" | "evening") => Some(-1),
        _ => None,
    };
    if let Some(days) = days {
        let end = at + if matches!(word.as_str(), "this" | "last") { 2 } else { 1 };
        return shifted(today, days).map(|d| (end, day_of(d, DateBasis::Relative)));
    }
    if word == "overnight" {
        return stretch(shifted(today, -1)?, today).map(|d| (at + 1, d));
    }
    named_period(&word, &next, today)
        .map(|d| (at + 2, d))
        .or_else(|| of_period(parse, at, today))
        .or_else(|| rolling(parse, at, today))
        .or_else(|| some_ago(parse, at, today))
}

/// From one day to another.
fn stretch(start: Date, end: Date) -> Option<EventDate> {
    (start <= end).then(|| EventDate {
        start,
        end,
        precision: precision_of(start, end),
        basis: DateBasis::Relative,
    })
}

fn on_weekday(day: Weekday, before: &str, today: Date) -> Option<Date> {
    let back = (days_from_monday(today.weekday()) - days_from_monday(day)).rem_euclid(7);
    match before {
        "last" => shifted(today, -(if back == 0 { 7 } else { back })),
        "next" | "coming" => shifted(today, 7 - back),
        _ => shifted(today, -back),
    }
}

/// "two days later", "a month earlier", "the night before", "since then": from the day told last.
pub(super) fn from_there(parse: &Parse, at: usize, told: EventDate) -> Read {
    let word = lower(parse, at);
    let (next, third) = (lower(parse, at + 1), lower(parse, at + 2));
    let exact = matches!(told.precision, DatePrecision::Day | DatePrecision::Days);
    let single = |days: i32, end: usize| {
        let day = if days < 0 { told.start } else { told.end };
        exact.then(|| shifted(day, days)).flatten().map(|d| (end, day_of(d, DateBasis::Relative)))
    };
    let daytime = |w: &str| matches!(w, "day" | "night" | "evening" | "morning" | "afternoon");
    match (word.as_str(), next.as_str(), third.as_str()) {
        ("since", "then", _) => return Some((at + 2, told)),
        ("the", "next" | "following", unit) if daytime(unit) => return single(1, at + 3),
        ("the", "previous", unit) if daytime(unit) => return single(-1, at + 3),
        ("the", "same", unit) if daytime(unit) => return single(0, at + 3),
        ("the", unit, "before" | "earlier") if daytime(unit) && ends_there(parse, at + 3) => {
            return single(-1, at + 3);
        }
        ("the", unit, "after") if daytime(unit) && ends_there(parse, at + 3) => return single(1, at + 3),
        ("that", unit, _) if daytime(unit) => return single(0, at + 2),
        _ => {}
    }
    let count = number(&word)?;
    let sign = match third.as_str() {
        "earlier" => 1,
        "later" => -1,
        "before" if ends_there(parse, at + 3) => 1,
        "after" if ends_there(parse, at + 3) => -1,
        _ => return None,
    };
    let unit = next.trim_end_matches('s');
    let fits = exact
        || matches!(unit, "year" | "decade")
        || unit == "month" && told.precision == DatePrecision::Month;
    fits.then(|| ago(sign * count, unit, told.start)).flatten().map(|d| (at + 3, d))
}

/// Whether nothing follows that "before" and "after" could rule.
fn ends_there(parse: &Parse, at: usize) -> bool {
    matches!(
        parse.word(at),
        "" | "." | "," | ";" | "!" | "?" | "”" | "\"" | ")" | "and" | "but" | "in" | "at"
    )
}

/// "a", "two", "14"; no number of units that is too large to mean a time.
pub(super) fn number(word: &str) -> Option<i32> {
    if matches!(word, "a" | "an" | "one") {
        return Some(1);
    }
    i32::try_from(plain(word)?).ok().filter(|n| (1..=5000).contains(n))
}

/// "last week", "this month", "next year".
fn named_period(word: &str, unit: &str, today: Date) -> Option<EventDate> {
    let at_weekend = days_from_monday(today.weekday()) >= 5;
    let step = match word {
        "the" if unit == "weekend" => i32::from(at_weekend) - 1,
        "past" => return rolled(1, unit, today),
        "last" | "previous" => -1,
        "this" => 0,
        "next" | "coming" => 1,
        _ => return None,
    };
    let date = period(unit, step, today)?;
    let end = if step == 0 { date.end.min(today).max(date.start) } else { date.end };
    Some(EventDate { end, ..date })
}

/// The calendar week, weekend, month or year so many steps from today's.
fn period(unit: &str, step: i32, today: Date) -> Option<EventDate> {
    let monday = |step: i32| shifted(today, 7 * step - days_from_monday(today.weekday()));
    let (start, end, precision) = match unit {
        "week" => (monday(step)?, shifted(monday(step)?, 6)?, DatePrecision::Week),
        "weekend" => {
            let monday = monday(step.min(0))?;
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
    Some(EventDate { start, end, precision, basis: DateBasis::Relative })
}

/// "the beginning of the month", "the end of the year": a third of it.
fn of_period(parse: &Parse, at: usize, today: Date) -> Read {
    let part = lower(parse, at.checked_sub(2)?);
    if lower(parse, at) != "the" || before(parse, at) != "of" {
        return None;
    }
    let whole = period(&lower(parse, at + 1), 0, today)?;
    let third = (whole.end - whole.start).get_days() / 3;
    let date = match part.as_str() {
        "beginning" | "start" => EventDate { end: shifted(whole.start, third)?, ..whole },
        "middle" => {
            EventDate { start: shifted(whole.start, third)?, end: shifted(whole.end, -third)?, ..whole }
        }
        "end" => EventDate { start: shifted(whole.end, -third)?, ..whole },
        _ => return None,
    };
    Some((at + 2, EventDate { precision: precision_of(date.start, date.end), ..date }))
}

/// "the last three days", "the past 24 hours": up to today.
fn rolling(parse: &Parse, at: usize, today: Date) -> Read {
    if !matches!(lower(parse, at).as_str(), "last" | "past" | "previous") {
        return None;
    }
    let count = number(&lower(parse, at + 1))?;
    rolled(count, lower(parse, at + 2).trim_end_matches('s'), today).map(|d| (at + 3, d))
}

fn rolled(count: i32, unit: &str, today: Date) -> Option<EventDate> {
    let since = match unit {
        "hour" => shifted(today, -(count + 23) / 24)?,
        _ => {
            let day = ago(count, unit, today)?;
            if matches!(unit, "month" | "year") { same_day(today, count, unit)? } else { day.start }
        }
    };
    Some(lasting(day_of(since, DateBasis::Relative), today))
}

fn same_day(today: Date, count: i32, unit: &str) -> Option<Date> {
    if unit == "month" {
        today.checked_sub(count.months()).ok()
    } else {
        today.checked_sub(count.years()).ok()
    }
}

/// "two days ago", "a week ago".
fn some_ago(parse: &Parse, at: usize, today: Date) -> Read {
    let count = number(&lower(parse, at))?;
    if lower(parse, at + 2) != "ago" {
        return None;
    }
    ago(count, lower(parse, at + 1).trim_end_matches('s'), today).map(|d| (at + 3, d))
}

/// So many units before a day; after it, with a negative count.
pub(super) fn ago(count: i32, unit: &str, from: Date) -> Option<EventDate> {
    let basis = DateBasis::Relative;
    Some(match unit {
        "hour" => day_of(from, basis),
        "day" | "night" => day_of(shifted(from, -count)?, basis),
        "week" => {
            let day = shifted(from, -7 * count)?;
            EventDate { start: day, end: day, precision: DatePrecision::Days, basis }
        }
        "month" => {
            let first = from.first_of_month().checked_sub(count.months()).ok()?;
            EventDate { start: first, end: first.last_of_month(), precision: DatePrecision::Month, basis }
        }
        "year" | "decade" => {
            let years = if unit == "year" { count } else { count.checked_mul(10)? };
            let first = from.first_of_year().checked_sub(years.years()).ok()?;
            EventDate { start: first, end: first.last_of_year(), precision: DatePrecision::Year, basis }
        }
        _ => return None,
    })
}
