//! Publication dates as files write them.

use jiff::civil::Date;

use crate::article::months::month_named;

/// The first whole date in `text`: `2021-08-15`, `2021/8/15`, `20210815`, `15 August 2021`,
/// `Aug. 15, 2021`, each with anything around it. Dates in figures alone are read year first,
/// since `08/09/2021` is two days.
pub fn find_date(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    (0..words.len()).find_map(|i| {
        let word = |k: usize| words.get(i + k).copied().unwrap_or("");
        compact(word(0)).or_else(|| triple(word(0), word(1), word(2)))
    })
}

/// `20210815`, also with a time glued behind as in `20210815T0400`.
fn compact(word: &str) -> Option<Date> {
    let figures = word.split(['T', 't']).next()?;
    if figures.len() != 8 {
        return None;
    }
    date(year(figures.get(..4)?)?, figures.get(4..6)?.parse().ok()?, figures.get(6..)?.parse().ok()?)
}

fn triple(a: &str, b: &str, c: &str) -> Option<Date> {
    // `2021-08-15T04:00` leaves the hour glued to the day.
    let c_figures = c.split(['T', 't']).next().unwrap_or(c);
    if let (Some(y), Some(m), Some(d)) = (year(a), figures(b), figures(c_figures)) {
        return date(y, m, d);
    }
    if let (Some(m), Some(d), Some(y)) = (month_named(a), day(b), year(c)) {
        return date(y, m, d);
    }
    date(year(c)?, month_named(b)?, day(a)?)
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn year(word: &str) -> Option<i16> {
    let all_figures = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y| all_figures && (1600..2200).contains(y))
}

fn figures(word: &str) -> Option<i8> {
    let fits = matches!(word.len(), 1 | 2) && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|_| fits)
}

/// A day of the month, also with an English ending: `15th`.
fn day(word: &str) -> Option<i8> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, ending) = word.split_at_checked(end)?;
    figures(number).filter(|_| matches!(ending, "" | "st" | "nd" | "rd" | "th"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_are_read() {
        let expected = Date::constant(2021, 8, 15);
        for text in [
            "kabul-2021-08-15",
            "2021-08-15T04:00:00+00:00",
            "20210815_kabul",
            "Published: Sunday, 15 August 2021 at 10:30",
            "Aug. 15, 2021",
            "August 15th, 2021 4:00 pm EDT",
            "Sun, 15 Aug 2021 04:00:00 GMT",
            "2021/8/15",
        ] {
            assert_eq!(find_date(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_date_is_none() {
        for text in ["08/09/2021", "August 2021", "2021-13-40", "12345678", "Marches 4, 2021", "", "15 août"]
        {
            assert_eq!(find_date(text), None, "{text}");
        }
    }
}
