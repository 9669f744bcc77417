//! What a drag or a key makes of the chosen days.

use super::bins::Bins;
use crate::project::Period;

/// What a drag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// Chooses anew, from this bar on.
    New(usize),
    /// Moves the first day; the last bar stays.
    First(usize),
    /// Moves the last day; the first bar stays.
    Last(usize),
    /// Moves the whole choice: first and last bar, and the bar where it was taken.
    Whole(usize, usize, usize),
}

impl Grip {
    /// What a drag does that begins at `x`, where the choice reaches from `left` to `right`, all
    /// in points, on bar `at`; `covered` are the bars chosen.
    pub fn at(x: f32, span: Option<(f32, f32)>, at: usize, covered: Option<(usize, usize)>) -> Self {
        let (Some((left, right)), Some((first, last))) = (span, covered) else { return Self::New(at) };
        let near = 6.0_f32.min((right - left) / 3.0).max(2.0);
        if (x - left).abs() <= near {
            Self::First(last)
        } else if (x - right).abs() <= near {
            Self::Last(first)
        } else if left < x && x < right {
            Self::Whole(first, last, at)
        } else {
            Self::New(at)
        }
    }

    /// The choice when the pointer has come to bar `at`.
    pub fn drawn(self, at: usize, bins: &Bins) -> Option<Period> {
        match self {
            Self::New(other) | Self::First(other) | Self::Last(other) => bins.period(other, at),
            Self::Whole(first, last, from) => {
                let step = at as isize - from as isize;
                moved(bins, (first, last), step, step)
            }
        }
    }
}

/// The choice with its first and last bar moved by so many bars, kept on the timeline; with none
/// chosen the whole is narrowed.
pub fn moved(bins: &Bins, covered: (usize, usize), first: isize, last: isize) -> Option<Period> {
    let end = bins.bars.len().checked_sub(1)? as isize;
    let (a, b) = (covered.0 as isize, covered.1 as isize);
    // A choice that is moved as a whole keeps its length at the ends.
    let (first, last) = if first == last {
        let step = first.clamp(-a, end - b);
        (step, step)
    } else {
        (first, last)
    };
    let (a, b) = ((a + first).clamp(0, end), (b + last).clamp(0, end));
    bins.period(a.min(b) as usize, b.max(a) as usize)
}

#[cfg(test)]
mod tests {
    use super::super::bins::{Timeline, Unit};
    use super::*;
    use crate::events::{DateBasis, DatePrecision, EventDate, EventType};
    use jiff::civil::date;

    fn bins() -> Bins {
        let on = |d| {
            let day = date(2021, 8, d);
            let date =
                EventDate { start: day, end: day, precision: DatePrecision::Day, basis: DateBasis::Explicit };
            (EventType::Move, Some(date))
        };
        Timeline::new((1..=20).map(on)).bins(Unit::Day).clone()
    }

    fn period(a: i8, b: i8) -> Option<Period> {
        Some(Period::between(date(2021, 8, a), date(2021, 8, b)))
    }

    #[test]
    fn where_a_drag_begins_says_what_it_does() {
        let grip = |x| Grip::at(x, Some((100.0, 200.0)), 7, Some((5, 9)));
        assert_eq!(grip(101.0), Grip::First(9));
        assert_eq!(grip(199.0), Grip::Last(5));
        assert_eq!(grip(150.0), Grip::Whole(5, 9, 7));
        assert_eq!(grip(20.0), Grip::New(7));
        assert_eq!(Grip::at(20.0, None, 7, None), Grip::New(7));
    }

    #[test]
    fn a_drag_chooses_in_both_directions_and_keeps_its_length_at_the_ends() {
        let bins = bins();
        assert_eq!(Grip::New(4).drawn(8, &bins), period(5, 9));
        assert_eq!(Grip::New(8).drawn(4, &bins), period(5, 9));
        assert_eq!(Grip::First(9).drawn(2, &bins), period(3, 10));
        assert_eq!(Grip::Whole(4, 6, 5).drawn(7, &bins), period(7, 9));
        assert_eq!(Grip::Whole(4, 6, 5).drawn(19, &bins), period(18, 20));
        assert_eq!(moved(&bins, (4, 6), 0, 3), period(5, 10));
        assert_eq!(moved(&bins, (0, 2), -1, -1), period(1, 3));
    }
}
