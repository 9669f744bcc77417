//! The choice runs through time: a step a moment, until the last bar.

use super::bins::Bins;
use super::brush::moved;
use crate::project::Period;

/// Seconds a step takes, so that the map can be read.
pub const STEP: f64 = 0.6;

/// The next choice: one bar on; from the start where nothing is chosen or the end was reached
/// before. `None` at the end.
pub fn next(bins: &Bins, now: Option<Period>, starting: bool) -> Option<Period> {
    let end = bins.bars.len().checked_sub(1)?;
    // A twelfth of the whole is enough to be seen to move.
    let width = (bins.bars.len() / 12).max(1) - 1;
    let covered = now.and_then(|period| bins.covered(period));
    match covered {
        Some((first, last)) if last < end => moved(bins, (first, last), 1, 1),
        Some((first, last)) if starting && first > 0 => bins.period(0, last - first),
        None => bins.period(0, width.min(end)),
        Some((0, _)) if starting => bins.period(0, width.min(end)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::bins::{Timeline, Unit};
    use super::*;
    use crate::events::{DateBasis, DatePrecision, EventDate, EventType};
    use jiff::civil::date;

    #[test]
    fn it_runs_from_the_first_to_the_last_day_and_ends() {
        let on = |d| {
            let day = date(2021, 8, d);
            let date =
                EventDate { start: day, end: day, precision: DatePrecision::Day, basis: DateBasis::Explicit };
            (EventType::Move, Some(date))
        };
        let timeline = Timeline::new((1..=24).map(on));
        let bins = timeline.bins(Unit::Day);
        let mut now = next(bins, None, true);
        let mut steps = 0;
        while let Some(period) = next(bins, now, false) {
            now = Some(period);
            steps += 1;
        }
        assert_eq!(steps, 22);
        assert_eq!(now.map(|period| period.last), Some(date(2021, 8, 24)));
        let again = next(bins, now, true).unwrap();
        assert_eq!(again.first, date(2021, 8, 1));
    }
}
