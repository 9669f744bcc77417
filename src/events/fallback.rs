//! Places for events whose sentence ties none to them: the sentence, the paragraph, the article.

use std::collections::BTreeMap;

use super::extract::Found;
use super::placing::is_area;
use super::{Event, EventPlace, EventType, PlaceBasis};
use crate::article::segment::Segmentation;
use crate::places::{Mention, PlaceIndex, Precision, Role};

/// Gives each event the place that the grammar tied to it, or else the nearest one told.
pub(super) fn place(found: Vec<Found>, segmentation: &Segmentation, mentions: &[Mention]) -> Vec<Event> {
    let focus = focus(mentions);
    let area_focus = area_focus(mentions);
    found
        .into_iter()
        .map(|f| {
            let mut event = f.event;
            let told =
                event.place.is_some() || (event.kind == EventType::Move && event.destination.is_some());
            if !told {
                event.place = near(&event, &f.placed.exceptions, f.placed.areas_only, segmentation, mentions)
                    .or_else(|| document(if f.placed.areas_only { area_focus } else { focus }));
            }
            event
        })
        .collect()
}

fn document(mention: Option<usize>) -> Option<EventPlace> {
    mention.map(|mention| EventPlace { mention, basis: PlaceBasis::Document })
}

/// Whether a mention may lend its place to an event that is told near it.
fn lends(mention: &Mention) -> bool {
    mention.place.is_some() && matches!(mention.role, Role::Event | Role::Background | Role::Origin)
}

/// Mentions looked at on either side of an event, so that a text without end takes no time without
/// end: no paragraph that a person writes has as many.
const FAR: usize = 100;

fn near(
    event: &Event,
    exceptions: &[usize],
    areas: bool,
    segmentation: &Segmentation,
    mentions: &[Mention],
) -> Option<EventPlace> {
    let paragraph = segmentation.paragraph_of(event.sentence);
    if paragraph >= segmentation.paragraphs.len() {
        return None;
    }
    let around = segmentation.paragraph_bytes(paragraph);
    let fits = |m: &Mention| lends(m) && (!areas || m.precision.is_some_and(is_area));
    // Mentions stand in the order of the text.
    let at = mentions.partition_point(|m| m.range.start < event.trigger.start);
    let beside = at.saturating_sub(FAR)..(at + FAR).min(mentions.len());
    let candidates = || {
        let beside = mentions.iter().enumerate().take(beside.end).skip(beside.start);
        beside.filter(|(i, m)| {
            fits(m) && !exceptions.contains(i) && m.range.start >= around.start && m.range.end <= around.end
        })
    };
    let rank = |m: &Mention| {
        let gap = m.range.start.abs_diff(event.trigger.start);
        (m.precision.unwrap_or(Precision::Country) == Precision::Country, gap)
    };
    let inside = |m: &Mention| m.range.start >= event.passage.start && m.range.end <= event.passage.end;
    if let Some((mention, _)) = candidates().filter(|(_, m)| inside(m)).min_by_key(|(_, m)| rank(m)) {
        return Some(EventPlace { mention, basis: PlaceBasis::Sentence });
    }
    let (mention, _) = candidates().min_by_key(|(_, m)| rank(m))?;
    Some(EventPlace { mention, basis: PlaceBasis::Paragraph })
}

/// The place an article is about: the one named most often, the first of equals, settlements and
/// sites before areas, the dateline only where nothing else is named.
fn focus(mentions: &[Mention]) -> Option<usize> {
    most_named(mentions, |m| matches!(m.role, Role::Event | Role::Background))
        .or_else(|| most_named(mentions, |m| m.role == Role::Dateline))
}

fn area_focus(mentions: &[Mention]) -> Option<usize> {
    most_named(mentions, |m| {
        matches!(m.role, Role::Event | Role::Background) && m.precision.is_some_and(is_area)
    })
}

fn most_named(mentions: &[Mention], fits: impl Fn(&Mention) -> bool) -> Option<usize> {
    let mut counts: BTreeMap<PlaceIndex, usize> = BTreeMap::new();
    mentions
        .iter()
        .filter(|m| fits(m))
        .filter_map(|m| m.place)
        .for_each(|p| *counts.entry(p).or_default() += 1);
    let mut best: Option<(usize, usize)> = None;
    for (index, mention) in mentions.iter().enumerate().filter(|(_, m)| fits(m)) {
        let Some(times) = mention.place.and_then(|place| counts.get(&place)) else { continue };
        let weight = times * if mention.precision.is_some_and(is_area) { 2 } else { 3 };
        if best.is_none_or(|(w, _)| weight > w) {
            best = Some((weight, index));
        }
    }
    best.map(|(_, index)| index)
}
