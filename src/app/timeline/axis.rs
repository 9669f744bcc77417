//! The dates under the bars.

use jiff::civil::Date;

use super::bins::{Bins, Unit};

/// A date under the bars: the bar it belongs to, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The bar.
    pub bar: usize,
    /// The words.
    pub words: String,
}

/// Bars between two dates: steps that people count in.
const STEPS: [usize; 12] = [1, 2, 5, 7, 10, 14, 20, 30, 50, 100, 200, 500];

/// The dates for the bars of `seen`, at least `apart` bars from one another.
pub fn ticks(bins: &Bins, seen: std::ops::Range<usize>, apart: f32) -> Vec<Tick> {
    let apart = apart.ceil().max(1.0) as usize;
    let step = STEPS.into_iter().find(|step| *step >= apart).unwrap_or(apart);
    let mut out: Vec<Tick> = Vec::new();
    let mut year = None;
    for bar in seen.step_by(step) {
        let Some(&start) = bins.starts.get(bar) else { break };
        let words = words(bins.unit, start, year != Some(start.year()));
        year = Some(start.year());
        out.push(Tick { bar, words });
    }
    out
}

/// What a bar's first day is called; with its year where that is new.
fn words(unit: Unit, start: Date, with_year: bool) -> String {
    let form = match (unit, with_year) {
        (Unit::Year, _) => "%Y",
        (Unit::Month, true) => "%b %Y",
        (Unit::Month, false) => "%b",
        (_, true) => "%-d %b %Y",
        (_, false) => "%-d %b",
    };
    start.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::bins::Timeline;
    use super::*;
    use crate::events::{DateBasis, DatePrecision, EventDate, EventType};
    use jiff::civil::date;

    #[test]
    fn the_year_is_told_where_it_is_new() {
        let on = |start| {
            let date =
                EventDate { start, end: start, precision: DatePrecision::Day, basis: DateBasis::Explicit };
            (EventType::Move, Some(date))
        };
        let timeline = Timeline::new([date(2021, 12, 1), date(2022, 1, 20)].map(on).into_iter());
        let bins = timeline.bins(Unit::Day);
        let words: Vec<String> =
            ticks(bins, 0..bins.bars.len(), 18.5).into_iter().map(|tick| tick.words).collect();
        assert_eq!(words, ["1 Dec 2021", "21 Dec", "10 Jan 2022"]);
        let months = timeline.bins(Unit::Month);
        let words: Vec<String> = ticks(months, 0..2, 1.0).into_iter().map(|tick| tick.words).collect();
        assert_eq!(words, ["Dec 2021", "Jan 2022"]);
    }
}
