//! What an article tells once and means throughout: the day of the story.
//!
//! News prose names the day in its lead ("on Monday") and tells the rest in the past tense. Events
//! of a past tense without a day of their own take the day told last in their paragraph, else the
//! first recent day of the article; what is told in the present or the perfect is as new as the paper.

use jiff::civil::Date;

use super::extract::Found;
use super::{DateBasis, DatePrecision, Event, EventDate, Status};
use crate::article::segment::Segmentation;

/// A story is no older than this many days before the publication.
pub(super) const RECENT_DAYS: i32 = 10;

/// Fills in dates that other sentences tell.
pub(super) fn date(found: &mut [Found], segmentation: &Segmentation, published: Option<Date>) {
    let Some(today) = published else { return };
    let story = found.iter().find(|f| tells_day(f, today)).and_then(|f| f.event.date);
    let mut last: Option<(usize, EventDate)> = None;
    for f in found {
        let paragraph = segmentation.paragraph_of(f.event.sentence);
        if f.dated.own {
            if !f.dated.aside {
                last = f.event.date.filter(|d| d.end <= today).map(|d| (paragraph, d));
            }
            continue;
        }
        let here = last.filter(|(p, _)| *p == paragraph).map(|(_, d)| d);
        // Words are as old as what their paragraph tells, not as the whole story.
        let told = if super::extract::soft(f.event.kind) { here } else { here.or(story) };
        if f.dated.past
            && inherits(&f.event)
            && let Some(date) = told
        {
            f.event.date = Some(EventDate { basis: DateBasis::Relative, ..date });
        }
    }
}

/// Whether the event is of a kind and status that the day of the story fits.
fn inherits(event: &Event) -> bool {
    !matches!(event.status, Status::Planned | Status::Hypothetical)
}

/// Whether the event names a day that may be that of the story.
fn tells_day(found: &Found, today: Date) -> bool {
    found.dated.own
        && !found.dated.aside
        && found.event.status.is_drawn()
        && found.event.date.is_some_and(|d| {
            let age = (today - d.start).get_days();
            let exact = matches!(d.precision, DatePrecision::Day | DatePrecision::Days);
            exact && (0..=RECENT_DAYS).contains(&age)
        })
}
