//! The events of a document counted by day, week, month and year.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::events::{EventDate, EventType};
use crate::project::Period;

/// How long the days are that one bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Unit {
    /// The shortest with which all bars can be seen; what lies far off is only counted.
    #[default]
    Auto,
    /// A day.
    Day,
    /// A week, from Monday (ISO 8601).
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// All, with their names.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Auto, "Automatic"),
        (Self::Day, "Day"),
        (Self::Week, "Week"),
        (Self::Month, "Month"),
        (Self::Year, "Year"),
    ];

    /// Its name.
    pub fn label(self) -> &'static str {
        Self::ALL.iter().find(|(unit, _)| *unit == self).map_or("", |(_, name)| name)
    }

    /// The first day of the bar that a day belongs to.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Auto | Self::Day => day,
            Self::Week => {
                let back = i64::from(day.weekday().since(Weekday::Monday));
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// The first day of the next bar.
    fn next(self, start: Date) -> Date {
        let span = match self {
            Self::Auto | Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        start.checked_add(span).unwrap_or(Date::MAX)
    }
}

/// What happened in the days of one bar, by type: known to fall into it, and spread over it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// The type, the number of events known to fall into these days, and the share in these days
    /// of events known less exactly: one known to a month counts a thirtieth a day. In the order
    /// of the types.
    pub parts: Vec<(EventType, u32, f32)>,
}

impl Bar {
    /// Events known to fall into these days.
    pub fn sure(&self) -> u32 {
        self.parts.iter().map(|(_, sure, _)| sure).sum()
    }

    /// The share of those known less exactly.
    pub fn spread(&self) -> f32 {
        self.parts.iter().map(|(.., spread)| spread).sum()
    }

    /// Its height in events.
    pub fn height(&self) -> f32 {
        self.sure() as f32 + self.spread()
    }
}

/// The bars of one unit, and what they leave out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bins {
    /// The length of the bars; never [`Unit::Auto`] once there are bars.
    pub unit: Unit,
    /// The first day of each bar, and the day behind the last.
    pub starts: Vec<Date>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Events before the first bar.
    pub earlier: usize,
    /// Events behind the last bar.
    pub later: usize,
    /// Events of which less is known than a bar, so that they are spread over several.
    pub spread: usize,
    /// The tallest bar, in events.
    pub tallest: f32,
}

/// When the events of a document happened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// Events without a date.
    pub undated: usize,
    /// Events with one.
    pub dated: usize,
    auto: Bins,
    units: [Bins; 4],
}

/// A dated event.
#[derive(Debug, Clone, Copy)]
struct Dated {
    start: Date,
    end: Date,
    kind: EventType,
}

/// The most bars of a unit; days of many centuries would be no picture.
const MOST_BARS: usize = 4000;
/// With automatic bars there are no more than this.
const MOST_AUTO: usize = 92;

impl Timeline {
    /// Counts events.
    pub fn new(events: impl Iterator<Item = (EventType, Option<EventDate>)>) -> Self {
        let mut out = Self::default();
        let mut all = Vec::new();
        for (kind, date) in events {
            match date {
                Some(date) => all.push(Dated { start: date.start, end: date.end.max(date.start), kind }),
                None => out.undated += 1,
            }
        }
        out.dated = all.len();
        all.sort_by_key(|dated| (dated.start, dated.end));
        let (Some(whole), Some(dense)) = (whole(&all), dense(&all)) else { return out };
        let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
        out.units = units.map(|unit| Bins::of(&all, unit, fitting(unit, whole, dense)));
        let fits = |unit: &Unit| count(*unit, dense, MOST_AUTO + 1) <= MOST_AUTO;
        let auto = units.into_iter().find(fits).unwrap_or(Unit::Year);
        out.auto = Bins::of(&all, auto, padded(auto, fitting(auto, dense, dense)));
        out
    }

    /// The bars of a unit.
    pub fn bins(&self, unit: Unit) -> &Bins {
        match unit {
            Unit::Auto => &self.auto,
            Unit::Day => &self.units[0],
            Unit::Week => &self.units[1],
            Unit::Month => &self.units[2],
            Unit::Year => &self.units[3],
        }
    }
}

/// From the first to the last day of all.
fn whole(all: &[Dated]) -> Option<Period> {
    let last = all.iter().map(|dated| dated.end).max()?;
    Some(Period { first: all.first()?.start, last })
}

/// The days in which most lies: what stands behind a gap as long as half of the rest is cut off,
/// while no more than a quarter of the events goes.
fn dense(all: &[Dated]) -> Option<Period> {
    // What is known to the month or year at best says little of where the rest lies.
    let exact: Vec<Date> = all.iter().filter(|d| days(d.start, d.end) <= 31).map(|d| d.start).collect();
    let mut kept = if exact.is_empty() { all.iter().map(|d| d.start).collect() } else { exact };
    let mut most = (kept.len() / 4).max(1);
    while let Some(rest) = cut(&kept, most) {
        most -= kept.len() - rest.len();
        kept = kept.get(rest)?.to_vec();
    }
    let (first, end) = (*kept.first()?, *kept.last()?);
    let near = all.iter().filter(|d| d.start <= end && days(d.start, d.end) <= 31);
    Some(Period { first, last: near.map(|d| d.end).max().unwrap_or(end).max(end) })
}

/// What is left of sorted days when the smaller side of their widest gap is cut off; `None` where
/// the gap is not wide enough, or more than `most` days would go.
fn cut(kept: &[Date], most: usize) -> Option<std::ops::Range<usize>> {
    let gaps = kept.windows(2).map(|pair| days(pair[0], pair[1]));
    let (at, gap) = gaps.enumerate().max_by_key(|(_, gap)| *gap)?;
    let rest = days(*kept.first()?, *kept.last()?) - gap;
    let (before, behind) = (at + 1, kept.len() - at - 1);
    let wide = gap >= 14 && gap * 2 >= rest;
    if !wide || before.min(behind) > most {
        return None;
    }
    Some(if before <= behind { before..kept.len() } else { 0..before })
}

/// Days from one to another.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The period, or its dense part where it would take too many bars; of that the end.
fn fitting(unit: Unit, whole: Period, dense: Period) -> Period {
    for period in [whole, dense] {
        if count(unit, period, MOST_BARS + 1) <= MOST_BARS {
            return period;
        }
    }
    let back = (MOST_BARS as i64 - 1).days();
    Period { first: dense.last.checked_sub(back).unwrap_or(dense.first), ..dense }
}

/// A lone day is given neighbours, so that its bar does not fill the panel.
fn padded(unit: Unit, period: Period) -> Period {
    let least = 14;
    let mut out = period;
    for turn in 0.. {
        let missing = count(unit, out, least) < least;
        if !missing || turn > 2 * least {
            break;
        }
        let before = unit.start(out.first).checked_sub(1.day()).unwrap_or(out.first);
        if turn % 2 == 0 { out.first = before } else { out.last = unit.next(unit.start(out.last)) }
    }
    out
}

/// How many bars a period takes; no more than `most` are counted.
fn count(unit: Unit, period: Period, most: usize) -> usize {
    let mut at = unit.start(period.first);
    let mut n = 0;
    while at <= period.last && n < most {
        at = unit.next(at);
        n += 1;
    }
    n
}

impl Bins {
    fn of(all: &[Dated], unit: Unit, period: Period) -> Self {
        let mut starts = vec![unit.start(period.first)];
        while let Some(&last) = starts.last().filter(|last| **last <= period.last) {
            starts.push(unit.next(last));
        }
        let bars = starts.len().saturating_sub(1);
        let mut out = Self { unit, starts, bars: vec![Bar::default(); bars], ..Self::default() };
        let mut spread: BTreeMap<EventType, Vec<f32>> = BTreeMap::new();
        for dated in all {
            out.add(dated, &mut spread);
        }
        for (kind, steps) in spread {
            out.add_spread(kind, &steps);
        }
        out.bars.iter_mut().for_each(|bar| bar.parts.sort_by_key(|part| part.0));
        out.tallest = out.bars.iter().map(Bar::height).fold(0.0, f32::max);
        out
    }

    /// Counts an event. Of one that is spread only the steps up and down are noted, so that a
    /// thousand known to the year cost no more than a thousand known to the day.
    fn add(&mut self, dated: &Dated, spread: &mut BTreeMap<EventType, Vec<f32>>) {
        let (from, to) = (self.index(dated.start), self.index(dated.end));
        let (Some(first), Some(last)) = (self.starts.first(), self.starts.last()) else { return };
        if dated.end < *first {
            self.earlier += 1;
        } else if dated.start >= *last {
            self.later += 1;
        } else if let (Some(from), Some(to)) = (from, to)
            && from == to
        {
            if let Some(bar) = self.bars.get_mut(from) {
                bar.part(dated.kind).1 += 1;
            }
        } else {
            self.spread += 1;
            let each = 1.0 / self.unit_count(dated) as f32;
            let steps = spread.entry(dated.kind).or_insert_with(|| vec![0.0; self.bars.len() + 1]);
            let (from, to) = (from.unwrap_or(0), to.map_or(self.bars.len(), |to| to + 1));
            if let Some(step) = steps.get_mut(from) {
                *step += each;
            }
            if let Some(step) = steps.get_mut(to) {
                *step -= each;
            }
        }
    }

    /// Over how many bars an event goes, those that are not drawn among them.
    fn unit_count(&self, dated: &Dated) -> usize {
        count(self.unit, Period { first: dated.start, last: dated.end }, MOST_BARS).max(1)
    }

    fn add_spread(&mut self, kind: EventType, steps: &[f32]) {
        let mut level = 0.0;
        for (bar, step) in self.bars.iter_mut().zip(steps) {
            level += step;
            if level > 1e-5 {
                bar.part(kind).2 += level;
            }
        }
    }

    /// The bar of a day.
    pub fn index(&self, day: Date) -> Option<usize> {
        let at = self.starts.partition_point(|start| *start <= day);
        at.checked_sub(1).filter(|at| *at < self.bars.len())
    }

    /// The days of the bars from one to another, both among them.
    pub fn period(&self, from: usize, to: usize) -> Option<Period> {
        let (from, to) = (from.min(to), from.max(to));
        let after = *self.starts.get(to + 1)?;
        Some(Period { first: *self.starts.get(from)?, last: after.checked_sub(1.day()).unwrap_or(after) })
    }

    /// The days of all bars.
    pub fn whole(&self) -> Option<Period> {
        self.period(0, self.bars.len().checked_sub(1)?)
    }

    /// The bars that a period covers; `None` where it covers none.
    pub fn covered(&self, period: Period) -> Option<(usize, usize)> {
        let whole = self.whole()?;
        if period.last < whole.first || period.first > whole.last {
            return None;
        }
        Some((self.index(period.first.max(whole.first))?, self.index(period.last.min(whole.last))?))
    }
}

impl Bar {
    fn part(&mut self, kind: EventType) -> &mut (EventType, u32, f32) {
        let at = self.parts.iter().position(|part| part.0 == kind).unwrap_or_else(|| {
            self.parts.push((kind, 0, 0.0));
            self.parts.len() - 1
        });
        &mut self.parts[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{DateBasis, DatePrecision};
    use jiff::civil::date;

    fn on(start: Date, end: Date) -> Option<EventDate> {
        Some(EventDate { start, end, precision: DatePrecision::Days, basis: DateBasis::Explicit })
    }

    fn day(m: i8, d: i8) -> Date {
        date(2021, m, d)
    }

    fn timeline(all: &[Option<EventDate>]) -> Timeline {
        Timeline::new(all.iter().map(|date| (EventType::Control, *date)))
    }

    #[test]
    fn every_event_is_counted_once_in_every_unit() {
        let mut all: Vec<_> = (1..=20).map(|d| on(day(8, d), day(8, d))).collect();
        all.push(on(day(8, 1), day(8, 31)));
        all.push(on(day(1, 1), day(12, 31)));
        all.push(on(date(1996, 9, 27), date(1996, 9, 27)));
        all.push(None);
        let timeline = timeline(&all);
        assert_eq!((timeline.dated, timeline.undated), (23, 1));
        // Bars by the day would be too many back to 1996: they leave days of the year out.
        for unit in [Unit::Week, Unit::Month, Unit::Year] {
            let bins = timeline.bins(unit);
            let sum: f32 = bins.bars.iter().map(Bar::height).sum();
            let outside = bins.earlier + bins.later;
            assert!((sum + outside as f32 - 23.0).abs() < 0.01, "{unit:?}: {sum} and {outside}");
        }
        assert_eq!(timeline.bins(Unit::Day).spread, 2);
        assert_eq!(timeline.bins(Unit::Year).spread, 0);
    }

    #[test]
    fn one_old_date_does_not_squeeze_the_rest() {
        let mut all: Vec<_> = (1..=20).map(|d| on(day(8, d), day(8, d))).collect();
        all.extend([on(date(1996, 9, 27), date(1996, 9, 27)); 2]);
        let timeline = timeline(&all);
        let bins = timeline.bins(Unit::Auto);
        assert_eq!((bins.unit, bins.bars.len(), bins.earlier), (Unit::Day, 20, 2));
        assert_eq!(bins.whole(), Some(Period { first: day(8, 1), last: day(8, 20) }));
    }

    #[test]
    fn one_event_has_one_bar_among_empty_ones() {
        let timeline = timeline(&[on(day(8, 15), day(8, 15))]);
        let bins = timeline.bins(Unit::Auto);
        assert!(bins.bars.len() >= 14 && bins.bars.len() < 30, "{}", bins.bars.len());
        assert_eq!(bins.bars.iter().filter(|bar| bar.sure() == 1).count(), 1);
        assert_eq!(Timeline::new(std::iter::empty()), Timeline::default());
    }

    #[test]
    fn a_month_is_spread_over_its_days() {
        let timeline = timeline(&[on(day(8, 1), day(8, 31)), on(day(8, 3), day(8, 3))]);
        let bins = timeline.bins(Unit::Day);
        assert_eq!(bins.bars.len(), 31);
        assert!(bins.bars.iter().all(|bar| (bar.spread() - 1.0 / 31.0).abs() < 1e-4));
    }

    #[test]
    fn weeks_begin_on_monday_and_periods_follow_the_bars() {
        let timeline = timeline(&[on(day(8, 15), day(8, 15)), on(day(8, 30), day(8, 30))]);
        let bins = timeline.bins(Unit::Week);
        assert_eq!(bins.starts[0], day(8, 9));
        assert_eq!(bins.period(1, 0), Some(Period { first: day(8, 9), last: day(8, 22) }));
        assert_eq!(
            bins.covered(Period { first: day(8, 16), last: day(9, 30) }),
            Some((1, bins.bars.len() - 1))
        );
        assert_eq!(bins.covered(Period { first: day(1, 1), last: day(1, 2) }), None);
    }

    #[test]
    fn two_thousand_years_do_not_take_a_bar_a_day() {
        let all: Vec<_> = (1..=2000).map(|y| on(date(y, 6, 1), date(y, 12, 31))).collect();
        let timeline = timeline(&all);
        assert!(timeline.bins(Unit::Day).bars.len() <= MOST_BARS);
        assert_eq!(timeline.bins(Unit::Year).bars.len(), 2000);
    }
}
