//! Times that stand side by side and mean one: "Sunday and Monday", "Thursday of last week".

use super::{Link, When, lower, precision_of, relative, shifted};
use crate::events::grammar::Parse;
use crate::events::{DatePrecision, EventDate};

/// The longest stretch that two days told together span.
const LONGEST_DAYS: i32 = 31;

/// Puts neighbours together.
pub(super) fn join(parse: &Parse, times: &mut Vec<When>) {
    let mut out: Vec<When> = Vec::with_capacity(times.len());
    for next in times.drain(..) {
        match out.last().and_then(|last| both(parse, last, &next)) {
            Some(date) => {
                if let Some(last) = out.last_mut() {
                    last.words.end = next.words.end;
                    last.date = date;
                }
            }
            None => out.push(next),
        }
    }
    *times = out;
}

/// What two neighbours mean together.
fn both(parse: &Parse, first: &When, second: &When) -> Option<EventDate> {
    let between: Vec<String> = (first.words.end..second.words.start).map(|at| lower(parse, at)).collect();
    let words: Vec<&str> = between.iter().map(String::as_str).collect();
    let behind = parse.word(second.words.end);
    match words.as_slice() {
        [] | ["of" | "on"] => day_of_week(parse, first, second).or_else(|| night_of(parse, first, second)),
        ["and" | "to" | "through" | "–" | "-"] | ["and", "on"] if !matches!(behind, "'s" | "’s") => {
            from_to(first, second)
        }
        _ => None,
    }
}

/// "Thursday of last week".
fn day_of_week(parse: &Parse, day: &When, week: &When) -> Option<EventDate> {
    let weekday = relative::weekday(parse.word(day.words.start))?;
    let one = day.words.len() == 1 && week.date.precision == DatePrecision::Week;
    let date = one.then(|| shifted(week.date.start, super::days_from_monday(weekday))).flatten()?;
    Some(EventDate { start: date, end: date, ..day.date })
}

/// "overnight Friday": the day that is named.
fn night_of(parse: &Parse, first: &When, second: &When) -> Option<EventDate> {
    let is_night = |w: &When| parse.word(w.words.start).eq_ignore_ascii_case("overnight");
    match (is_night(first), is_night(second)) {
        (true, false) => Some(second.date),
        (false, true) => Some(first.date),
        _ => None,
    }
}

/// "Sunday and Monday", "Friday to Monday": the days between them too.
fn from_to(first: &When, second: &When) -> Option<EventDate> {
    let days = |w: &When| w.date.precision == DatePrecision::Day;
    if !(days(first) && days(second)) || first.link == Link::Until {
        return None;
    }
    let week = (first.date.start > second.date.start).then(|| shifted(first.date.start, -7)).flatten();
    let (start, end) = (week.unwrap_or(first.date.start), second.date.end);
    let span = (end - start).get_days();
    (1..=LONGEST_DAYS).contains(&span).then(|| EventDate {
        start,
        end,
        precision: precision_of(start, end),
        basis: first.date.basis,
    })
}
