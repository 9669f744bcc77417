//! What an article tells once and means throughout: the day of the story, and the happening that
//! "the attack" points back to.
//!
//! News prose names the day in its lead ("on Monday") and tells the rest in the past tense. Events
//! of a past tense without a day of their own take the day told last in their paragraph, else the
//! first recent day of the article; what is told in the present or the perfect is as new as the paper.

use jiff::civil::Date;

use super::extract::Found;
use super::{DateBasis, DatePrecision, Event, EventDate, EventPlace, EventType, PlaceBasis, Status};
use crate::article::segment::Segmentation;

/// A story is no older than this many days before the publication.
const RECENT_DAYS: i32 = 10;

/// Events looked back at for what "the attack" means.
const LOOK_BACK: usize = 60;

/// Fills in dates that other sentences tell.
pub(super) fn date(found: &mut [Found], segmentation: &Segmentation, published: Option<Date>) {
    let Some(today) = published else { return };
    let story = found.iter().find(|f| tells_day(f, today)).and_then(|f| f.event.date);
    let mut last: Option<(usize, EventDate)> = None;
    for f in found {
        let paragraph = segmentation.paragraph_of(f.event.sentence);
        if f.own_date {
            last = f.event.date.filter(|d| d.end <= today).map(|d| (paragraph, d));
            continue;
        }
        let told = last.filter(|(p, _)| *p == paragraph).map(|(_, d)| d).or(story);
        if f.past
            && inherits(&f.event)
            && let Some(date) = told
        {
            f.event.date = Some(EventDate { basis: DateBasis::Relative, ..date });
        }
    }
}

/// Whether the event is of a kind and status that the day of the story fits.
fn inherits(event: &Event) -> bool {
    !super::extract::soft(event.kind)
        && matches!(event.status, Status::Completed | Status::Claimed | Status::Negated | Status::Denied)
}

/// Whether the event names a day that may be that of the story.
fn tells_day(found: &Found, today: Date) -> bool {
    found.own_date
        && matches!(found.event.status, Status::Completed | Status::Claimed | Status::Ongoing)
        && found.event.date.is_some_and(|d| {
            let age = (today - d.start).get_days();
            d.precision == DatePrecision::Day && (0..=RECENT_DAYS).contains(&age)
        })
}

/// Ties "the attack" to the attack told before: its place and day.
pub(super) fn refer(found: &mut [Found]) {
    for at in 0..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let Some(here) = rest.first_mut().filter(|f| f.definite && f.event.place.is_none()) else { continue };
        let same = |f: &&Found| f.event.kind == here.event.kind && f.event.place.is_some();
        let Some(first) =
            before.iter().rev().take(LOOK_BACK).find(same).filter(|_| here.event.kind != EventType::Move)
        else {
            continue;
        };
        here.event.place =
            first.event.place.map(|p| EventPlace { mention: p.mention, basis: PlaceBasis::Document });
        if !here.own_date && first.own_date {
            here.event.date = first.event.date;
        }
    }
}
