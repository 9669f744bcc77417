//! A stretch of days that events are chosen by.

use jiff::civil::Date;

use crate::events::EventDate;

/// The days from a first to a last, both among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Period {
    /// The days between two, in whichever order they are named.
    pub fn between(a: Date, b: Date) -> Self {
        Self { first: a.min(b), last: a.max(b) }
    }

    /// Whether a day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether something dated so may have happened in it: its first possible day is not after the
    /// period, its last not before. What has no date does not.
    pub fn may_hold(&self, date: Option<&EventDate>) -> bool {
        date.is_some_and(|date| date.start <= self.last && self.first <= date.end)
    }

    /// In words: "31 Jul – 14 Aug 2021", "15 Aug 2021".
    pub fn words(&self) -> String {
        let (first, last) = (self.first, self.last);
        let to = last.strftime("%-d %b %Y");
        match () {
            () if first == last => to.to_string(),
            () if first.year() == last.year() => format!("{} – {to}", first.strftime("%-d %b")),
            () => format!("{} – {to}", first.strftime("%-d %b %Y")),
        }
    }

    /// As an interval of ISO 8601: "2021-07-31/2021-08-14".
    pub fn iso(&self) -> String {
        format!("{}/{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{DateBasis, DatePrecision};
    use jiff::civil::date;

    #[test]
    fn what_may_lie_in_a_period_is_held() {
        let period = Period::between(date(2021, 8, 14), date(2021, 8, 10));
        let of =
            |start, end| EventDate { start, end, precision: DatePrecision::Days, basis: DateBasis::Explicit };
        let day = |d| date(2021, 8, d);
        assert!(period.may_hold(Some(&of(day(1), day(31)))), "a month around it");
        assert!(period.may_hold(Some(&of(day(14), day(20)))));
        assert!(!period.may_hold(Some(&of(day(15), day(20)))));
        assert!(!period.may_hold(None), "what has no date is in no period");
        assert!(period.holds(day(10)) && !period.holds(day(9)));
    }

    #[test]
    fn periods_have_words() {
        let words = |a, b| Period::between(a, b).words();
        assert_eq!(words(date(2021, 7, 31), date(2021, 8, 14)), "31 Jul – 14 Aug 2021");
        assert_eq!(words(date(2021, 8, 14), date(2021, 8, 14)), "14 Aug 2021");
        assert_eq!(words(date(2020, 12, 30), date(2021, 1, 2)), "30 Dec 2020 – 2 Jan 2021");
        assert_eq!(Period::between(date(2021, 7, 1), date(2021, 7, 2)).iso(), "2021-07-01/2021-07-02");
    }
}
