//! Places for events whose sentence ties none to them: the sentence, the paragraph, the article.
//!
//! A place lends itself where the text locates something there ("in", "at", "near" it). Looked at
//! in turn are the sentence, the scene (where the last deed of the paragraph was done), what the
//! paragraph names before, the place the article is about, what the paragraph names behind. An
//! event at a place that the gazetteer does not know is drawn at the nearest known one around it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::described::{self, Descriptions};
use super::extract::{Found, soft};
use super::placing::{is_area, stands_for_rulers};
use super::{Event, EventPlace, EventType, PlaceBasis};
use crate::article::segment::Segmentation;
use crate::places::{Mention, PlaceIndex, Precision, Role};

/// Mentions looked at on either side of an event, so that a text without end takes no time without
/// end: no paragraph that a person writes has as many.
const FAR: usize = 100;

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
        passed: passed_through(&found),
        doers: places_of_doers(&found, text, mentions),
        dateline: mentions.iter().position(|m| m.role == Role::Dateline && m.place.is_some()),
        focus: focus(&found, segmentation, mentions),
    };
    let descriptions = Descriptions { mentions, segmentation, focus: around.focus };
    let mut scene: Option<(usize, usize)> = None;
    let mut out = Vec::with_capacity(found.len());
    for f in found {
        let paragraph = segmentation.paragraph_of(f.event.sentence);
        let here = scene.filter(|(p, _)| *p == paragraph).map(|(_, m)| m);
        let mut event = f.event;
        described::settle(&mut event, &f.placed.described, &descriptions);
        if around.lacks_place(&event) {
            let stated = event.place;
            let told = stated.map(|p| p.mention).filter(|&m| around.is_told(m));
            let near = told.and_then(|m| mentions.get(m)).map_or(event.trigger.start, |m| m.range.start);
            let asked = Asked {
                event: &event,
                near,
                exceptions: &f.placed.exceptions,
                areas: f.placed.areas_only,
                paragraph,
            };
            let found = around.place(&asked, here);
            event.place = found.map(|p| EventPlace { told, ..p }).or(stated);
        } else if let Some(m) = around.sets_scene(&event) {
            scene = Some((paragraph, m));
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
    passed: BTreeSet<usize>,
    /// Mentions behind a doer, "the embassy in Rabat", with the first byte of what it does.
    doers: Vec<(usize, usize)>,
    dateline: Option<usize>,
    focus: Option<usize>,
}

/// The event that lacks a place.
struct Asked<'a> {
    event: &'a Event,
    exceptions: &'a [usize],
    /// Only an area will do: "every crossing".
    areas: bool,
    paragraph: usize,
    /// The byte that the place should stand near: of the place that the gazetteer lacks, else of the
    /// trigger.
    near: usize,
}

impl Around<'_> {
    fn is_known(&self, mention: usize) -> bool {
        self.mentions.get(mention).is_some_and(is_sure)
    }

    /// Whether the mention names a place of its own that the gazetteer lacks.
    fn is_told(&self, mention: usize) -> bool {
        self.mentions.get(mention).is_some_and(|m| m.place.is_none() && may_be_place(m))
    }

    /// Whether the grammar gave the event no place that the gazetteer knows; a movement does with
    /// its start or goal.
    fn lacks_place(&self, event: &Event) -> bool {
        let known = |m: Option<usize>| m.is_some_and(|m| self.is_known(m));
        let moved = event.kind == EventType::Move && (known(event.destination) || known(event.origin));
        !(known(event.place.map(|p| p.mention)) || moved && event.place.is_none())
    }

    /// The place that what follows in the paragraph happens at too: where a deed was done, no
    /// whole country.
    fn sets_scene(&self, event: &Event) -> Option<usize> {
        let done = event.status.is_drawn() && !spoken(event.kind);
        let place = event.place.filter(|p| p.basis == PlaceBasis::Argument && done)?;
        let small = self.mentions.get(place.mention)?.precision != Some(Precision::Country);
        small.then_some(place.mention)
    }

    fn place(&self, asked: &Asked, scene: Option<usize>) -> Option<EventPlace> {
        let of = |basis| move |mention| EventPlace::at(mention, basis);
        if asked.areas {
            return self
                .nearest(asked, &asked.event.passage, |_, m| self.is_located(m))
                .map(of(PlaceBasis::Sentence));
        }
        if decided(asked.event)
            && let Some(m) = self.dateline.filter(|_| asked.paragraph <= 1)
        {
            return Some(of(PlaceBasis::Document)(m));
        }
        let paragraph = self.paragraph(asked.paragraph);
        let before = paragraph.start..asked.event.passage.start.max(paragraph.start);
        let behind = asked.event.passage.end.min(paragraph.end)..paragraph.end;
        let any = |_: usize, _: &Mention| true;
        let happens = |i: usize, m: &Mention| {
            !self.passed.contains(&i) && self.is_located(m) && !self.is_of_another(i, asked.event)
        };
        let fine = |i: usize, m: &Mention| happens(i, m) && m.precision != Some(Precision::Country);
        let scene = scene.filter(|m| self.mentions.get(*m).is_some_and(lends));
        // Words are spoken where their speaker is, which a place named before does not tell.
        let before = if soft(asked.event.kind) { 0..0 } else { before };
        let focus = || self.focus.filter(|m| !asked.exceptions.contains(m));
        self.nearest(asked, &asked.event.passage, happens)
            .map(of(PlaceBasis::Sentence))
            .or_else(|| scene.map(of(PlaceBasis::Paragraph)))
            .or_else(|| self.nearest(asked, &before, fine).map(of(PlaceBasis::Paragraph)))
            .or_else(|| focus().map(of(PlaceBasis::Document)))
            .or_else(|| self.nearest(asked, &behind, fine).map(of(PlaceBasis::Paragraph)))
            .or_else(|| self.nearest(asked, &asked.event.passage, any).map(of(PlaceBasis::Sentence)))
            .or_else(|| self.nearest(asked, &paragraph, any).map(of(PlaceBasis::Paragraph)))
            .or_else(|| self.dateline.map(of(PlaceBasis::Document)))
    }

    /// Whether the mention only tells where the doer of another event is from.
    fn is_of_another(&self, mention: usize, event: &Event) -> bool {
        let mut doers = self.doers.iter().filter(|(m, _)| *m == mention).peekable();
        doers.peek().is_some() && doers.all(|(_, trigger)| *trigger != event.trigger.start)
    }

    fn paragraph(&self, index: usize) -> Range<usize> {
        if index < self.segmentation.paragraphs.len() {
            self.segmentation.paragraph_bytes(index)
        } else {
            0..0
        }
    }

    /// The mention in `range` nearest to where the event's place is asked for, countries last.
    fn nearest(
        &self,
        asked: &Asked,
        range: &Range<usize>,
        fits: impl Fn(usize, &Mention) -> bool,
    ) -> Option<usize> {
        let inside = |m: &Mention| m.range.start >= range.start && m.range.end <= range.end;
        let lends = |i: usize, m: &Mention| {
            lends(m) && !asked.exceptions.contains(&i) && (!asked.areas || m.precision.is_some_and(is_area))
        };
        // Mentions stand in the order of the text.
        let at = self.mentions.partition_point(|m| m.range.start < asked.near);
        let beside = self.mentions.iter().enumerate().take(at + FAR).skip(at.saturating_sub(FAR));
        let here = beside.filter(|(i, m)| inside(m) && lends(*i, m) && fits(*i, m));
        let rank =
            |m: &Mention| (m.precision == Some(Precision::Country), m.range.start.abs_diff(asked.near));
        here.min_by_key(|(_, m)| rank(m)).map(|(i, _)| i)
    }

    /// Whether the text locates something at the mention: "in Kabul", "the town of Bor".
    fn is_located(&self, mention: &Mention) -> bool {
        let before = self.text.get(..mention.range.start).unwrap_or("");
        let is = |w: &str, list: &[&str]| list.iter().any(|l| w.eq_ignore_ascii_case(l));
        let mut words = before.split_whitespace().rev().take(4);
        let nearest = words.find(|w| is(w, &LOCATING) || is(w, &LEADING_AWAY));
        // "Britain-based" locates nothing that is told.
        let hyphen = self.text.get(mention.range.end..).is_some_and(|t| t.starts_with('-'));
        nearest.is_some_and(|w| is(w, &LOCATING)) && !hyphen
    }
}

/// Words that locate something at the place they stand before.
const LOCATING: [&str; 16] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "across",
    "around",
    "throughout",
    "along",
    "off",
    "on",
    "of",
    "over",
    "leaving",
    "enter",
    "entering",
];

/// Prepositions that locate nothing.
const LEADING_AWAY: [&str; 11] =
    ["with", "from", "to", "by", "against", "for", "between", "like", "than", "via", "as"];

/// Whether an event is a decision, taken where the story was filed rather than where it strikes.
fn decided(event: &Event) -> bool {
    use EventType as T;
    matches!(event.kind, T::Agree | T::Sanction | T::Reject | T::Cooperate)
}

/// Whether the place is more likely the right one than not.
fn is_sure(mention: &Mention) -> bool {
    mention.place.is_some() && mention.score >= 0.5
}

/// Types that are only words: told of a place, they happen elsewhere.
fn spoken(kind: EventType) -> bool {
    use EventType as T;
    matches!(kind, T::Accuse | T::Reject | T::Request | T::Threaten | T::Support)
}

/// Whether a mention may lend its place to an event that is told near it.
fn lends(mention: &Mention) -> bool {
    is_sure(mention) && may_be_place(mention)
}

/// Whether the part the mention plays allows that something happens there.
fn may_be_place(mention: &Mention) -> bool {
    match mention.role {
        Role::Event | Role::Background | Role::Origin => true,
        Role::Actor => !stands_for_rulers(mention),
        _ => false,
    }
}

/// The starts and goals of movements, which are no place of anything else.
fn passed_through(found: &[Found]) -> BTreeSet<usize> {
    found.iter().flat_map(|f| [f.event.origin, f.event.destination]).flatten().collect()
}

/// The places right behind the doers of events: where they are from.
fn places_of_doers(found: &[Found], text: &str, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let behind = |end: usize| {
        let at = mentions.partition_point(|m| m.range.start < end);
        let gap = mentions.get(at).and_then(|m| text.get(end..m.range.start))?;
        matches!(gap, " in " | " at " | " of " | " near ").then_some(at)
    };
    let doers = found.iter().flat_map(|f| f.event.actors.iter().map(|a| (a.end, f.event.trigger.start)));
    doers.filter_map(|(end, trigger)| Some((behind(end)?, trigger))).collect()
}

/// Share of its weight that a place abroad keeps, where most of what is named points to one country.
const ABROAD: f32 = 0.2;

/// Share of its weight that the place keeps that is named as the one the story was filed from.
const FILED: f32 = 0.4;

/// The place an article is about: the first of the heaviest. Beside what [`weights`] gives, an area
/// counts less than a settlement, a place named once in the body less than one named again, a place
/// outside the country that the article names most less than one in it.
fn focus(found: &[Found], segmentation: &Segmentation, mentions: &[Mention]) -> Option<usize> {
    let lead = lead_end(segmentation);
    let weights = weights(found, mentions, lead);
    let home = home(mentions);
    let weight = |m: &Mention| {
        let named = m.place.and_then(|p| weights.get(&p)).copied().unwrap_or_default();
        let kind = match m.precision {
            Some(Precision::Country) => 0.38,
            Some(p) if is_area(p) => 0.67,
            _ => 1.0,
        };
        named.weight
            * kind
            * if named.passing { 0.6 } else { 1.0 }
            * if home.is_some_and(|home| m.country != home) { ABROAD } else { 1.0 }
            * if m.role == Role::Dateline { FILED } else { 1.0 }
    };
    let fits = |m: &Mention| lends(m) || m.role == Role::Dateline && m.place.is_some();
    let fitting = mentions.iter().enumerate().filter(|(_, m)| fits(m));
    fitting.reduce(|best, next| if weight(next.1) > weight(best.1) { next } else { best }).map(|(i, _)| i)
}

/// How much an article makes of a place.
#[derive(Debug, Clone, Copy, Default)]
struct Named {
    weight: f32,
    /// Named once, and not in the lead.
    passing: bool,
}

/// What an article makes of each place. Each mention counts by how sure it is; more in the headline
/// and the first paragraph, and where a deed is tied to it; the start or goal of a movement less
/// than where something happens.
fn weights(found: &[Found], mentions: &[Mention], lead: usize) -> BTreeMap<PlaceIndex, Named> {
    let deeds: BTreeSet<usize> = found
        .iter()
        .filter(|f| !soft(f.event.kind) && f.event.status.is_drawn())
        .filter_map(|f| f.event.place)
        .filter(|p| p.basis == PlaceBasis::Argument)
        .map(|p| p.mention)
        .collect();
    let passed = passed_through(found);
    let mut all: BTreeMap<PlaceIndex, Named> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        let Some(place) = mention.place else { continue };
        if !(may_be_place(mention) || mention.role == Role::Dateline) {
            continue;
        }
        let early = mention.range.start < lead;
        let mut weight = 1.0;
        weight += if early && mention.role != Role::Dateline { 1.0 } else { 0.0 };
        weight += if deeds.contains(&index) { 1.0 } else { 0.0 };
        weight *= if passed.contains(&index) { 0.5 } else { 1.0 };
        let named = all.entry(place).or_insert(Named { weight: 0.0, passing: !early });
        named.passing &= named.weight == 0.0;
        named.weight += weight * mention.score;
    }
    all
}

/// The country that more than half of what the article names points to, peoples and doers among it:
/// each mention counts by how sure it is.
fn home(mentions: &[Mention]) -> Option<u16> {
    let mut sums: BTreeMap<u16, f32> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.country != 0) {
        *sums.entry(mention.country).or_default() += mention.score;
    }
    let all: f32 = sums.values().sum();
    sums.into_iter().find(|(_, sum)| sum * 2.0 > all).map(|(country, _)| country)
}

/// Where the headline and the first paragraph end, in bytes.
fn lead_end(segmentation: &Segmentation) -> usize {
    let last = segmentation.paragraphs.len().min(2);
    last.checked_sub(1).map_or(0, |p| segmentation.paragraph_bytes(p).end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(country: u16, score: f32) -> Mention {
        let role = Role::Event;
        Mention { range: 0..1, role, candidates: [].into(), place: None, score, precision: None, country }
    }

    #[test]
    fn home_is_where_more_than_half_of_the_names_are() {
        assert_eq!(home(&[mention(1, 0.9), mention(2, 0.8)]), Some(1));
        assert_eq!(home(&[mention(1, 0.8), mention(2, 0.8)]), None);
        assert_eq!(home(&[mention(1, 0.5), mention(2, 0.3), mention(3, 0.3)]), None);
        assert_eq!(home(&[mention(0, 0.9), mention(2, 0.3)]), Some(2));
        assert_eq!(home(&[]), None);
    }
}
