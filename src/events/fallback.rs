//! Places for events whose sentence ties none to them: the sentence, the paragraph, the article.
//!
//! A place lends itself where the text locates something there ("in", "at", "near" it), first in
//! the sentence; then the place of the event told before in the paragraph, then a place of the
//! paragraph, then the one where most of the article's events happen.

use std::collections::{BTreeMap, BTreeSet};

use super::extract::Found;
use super::placing::is_area;
use super::{Event, EventPlace, EventType, PlaceBasis};
use crate::article::segment::Segmentation;
use crate::places::{Mention, PlaceIndex, Precision, Role};

/// Gives each event the place that the grammar tied to it, or else the nearest one told.
pub(super) fn place(
    found: Vec<Found>,
    text: &str,
    segmentation: &Segmentation,
    mentions: &[Mention],
) -> Vec<Event> {
    let around = Around {
        text,
        segmentation,
        mentions,
        used: passed_through(&found),
        dateline: mentions.iter().position(|m| m.role == Role::Dateline && m.place.is_some()),
        focus: focus(&found, mentions),
    };
    let mut last: Option<(usize, usize)> = None;
    let mut out = Vec::with_capacity(found.len());
    for f in found {
        let paragraph = segmentation.paragraph_of(f.event.sentence);
        let mut event = f.event;
        let told = event.place.is_some()
            || (event.kind == EventType::Move && event.destination.or(event.origin).is_some());
        if !told {
            let before = last.filter(|(p, _)| *p == paragraph && !f.placed.areas_only).map(|(_, m)| m);
            event.place = around.place(&event, &f.placed.exceptions, f.placed.areas_only, before);
        }
        if let Some(place) = event.place.filter(|p| p.basis == PlaceBasis::Argument)
            && mentions.get(place.mention).is_some_and(|m| m.precision != Some(Precision::Country))
        {
            last = Some((paragraph, place.mention));
        }
        out.push(event);
    }
    out
}

/// What a place is looked for in.
struct Around<'a> {
    text: &'a str,
    segmentation: &'a Segmentation,
    mentions: &'a [Mention],
    /// Mentions that are starts and goals of movements.
    used: BTreeSet<usize>,
    dateline: Option<usize>,
    focus: Option<usize>,
}

impl Around<'_> {
    fn place(
        &self,
        event: &Event,
        exceptions: &[usize],
        areas: bool,
        before: Option<usize>,
    ) -> Option<EventPlace> {
        let paragraph = self.segmentation.paragraph_of(event.sentence);
        let fits = |i: usize, m: &Mention| {
            lends(m) && !exceptions.contains(&i) && (!areas || m.precision.is_some_and(is_area))
        };
        let of = |mention, basis| EventPlace { mention, basis };
        if decided(event)
            && let Some(m) = self.dateline.filter(|_| paragraph <= 1)
        {
            return Some(of(m, PlaceBasis::Document));
        }
        let located = |i: usize, m: &Mention| fits(i, m) && !self.used.contains(&i) && self.is_located(m);
        if let Some(m) = self.nearest(event, &event.passage, located) {
            return Some(of(m, PlaceBasis::Sentence));
        }
        if let Some(m) = before.filter(|m| self.mentions.get(*m).is_some_and(lends)) {
            return Some(of(m, PlaceBasis::Paragraph));
        }
        let whole = (paragraph < self.segmentation.paragraphs.len())
            .then(|| self.segmentation.paragraph_bytes(paragraph));
        let fine = |i: usize, m: &Mention| {
            fits(i, m) && !self.used.contains(&i) && m.precision != Some(Precision::Country)
        };
        if let Some(m) = whole.as_ref().and_then(|p| self.nearest(event, p, fine)) {
            return Some(of(m, PlaceBasis::Paragraph));
        }
        let focus = self.focus.filter(|&m| self.mentions.get(m).is_some_and(|f| fits(m, f)));
        focus
            .map(|m| of(m, PlaceBasis::Document))
            .or_else(|| self.nearest(event, &event.passage, fits).map(|m| of(m, PlaceBasis::Sentence)))
            .or_else(|| {
                whole.and_then(|p| self.nearest(event, &p, fits)).map(|m| of(m, PlaceBasis::Paragraph))
            })
            .or_else(|| self.dateline.filter(|_| !areas).map(|m| of(m, PlaceBasis::Document)))
    }

    /// The mention in `range` nearest to the event's trigger, countries last.
    fn nearest(
        &self,
        event: &Event,
        range: &std::ops::Range<usize>,
        fits: impl Fn(usize, &Mention) -> bool,
    ) -> Option<usize> {
        let inside = |m: &Mention| m.range.start >= range.start && m.range.end <= range.end;
        // Mentions stand in the order of the text.
        let at = self.mentions.partition_point(|m| m.range.start < event.trigger.start);
        let beside = self.mentions.iter().enumerate().take(at + FAR).skip(at.saturating_sub(FAR));
        let here = beside.filter(|(i, m)| inside(m) && fits(*i, m));
        let rank = |m: &Mention| {
            (m.precision == Some(Precision::Country), m.range.start.abs_diff(event.trigger.start))
        };
        here.min_by_key(|(_, m)| rank(m)).map(|(i, _)| i)
    }

    /// Whether the text locates something at the mention: "in Kabul", "the town of Bor".
    fn is_located(&self, mention: &Mention) -> bool {
        let before = self.text.get(..mention.range.start).unwrap_or("");
        let mut words = before.split_whitespace().rev().take(4);
        words.any(|w| {
            matches!(
                w.to_ascii_lowercase().as_str(),
                "in" | "at"
                    | "near"
                    | "outside"
                    | "inside"
                    | "across"
                    | "around"
                    | "throughout"
                    | "along"
                    | "off"
                    | "on"
                    | "of"
                    | "over"
                    | "leave"
                    | "leaving"
                    | "enter"
                    | "entering"
            )
        })
    }
}

/// Whether an event is a decision, taken where the story was filed rather than where it strikes.
fn decided(event: &Event) -> bool {
    use EventType as T;
    matches!(event.kind, T::Agree | T::Sanction | T::Reject | T::Cooperate)
}

/// Mentions looked at on either side of an event, so that a text without end takes no time without
/// end: no paragraph that a person writes has as many.
const FAR: usize = 100;

/// Whether a mention may lend its place to an event that is told near it.
fn lends(mention: &Mention) -> bool {
    mention.place.is_some() && matches!(mention.role, Role::Event | Role::Background | Role::Origin)
}

/// The starts and goals of movements, which are no place of anything else.
fn passed_through(found: &[Found]) -> BTreeSet<usize> {
    found.iter().flat_map(|f| [f.event.origin, f.event.destination]).flatten().collect()
}

/// The place an article is about: where most of its events are told to happen, else the one named
/// most often; settlements and sites before areas, the first of equals.
fn focus(found: &[Found], mentions: &[Mention]) -> Option<usize> {
    let told = found.iter().filter_map(|f| f.event.place).map(|p| p.mention);
    let told: BTreeSet<usize> = told.filter(|&m| mentions.get(m).is_some_and(lends)).collect();
    most_named(mentions, |i, m| lends(m) && told.contains(&i))
        .or_else(|| most_named(mentions, |_, m| matches!(m.role, Role::Event | Role::Background)))
}

fn most_named(mentions: &[Mention], fits: impl Fn(usize, &Mention) -> bool) -> Option<usize> {
    let mut counts: BTreeMap<PlaceIndex, usize> = BTreeMap::new();
    let named = mentions.iter().filter(|m| matches!(m.role, Role::Event | Role::Background));
    named.filter_map(|m| m.place).for_each(|p| *counts.entry(p).or_default() += 1);
    let mut best: Option<(usize, usize)> = None;
    for (index, mention) in mentions.iter().enumerate().filter(|(i, m)| fits(*i, m)) {
        let Some(times) = mention.place.map(|p| counts.get(&p).copied().unwrap_or(0)) else { continue };
        let weight = times * if mention.precision.is_some_and(is_area) { 2 } else { 3 };
        if best.is_none_or(|(w, _)| weight > w) {
            best = Some((weight, index));
        }
    }
    best.map(|(_, index)| index)
}
