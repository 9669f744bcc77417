//! A scene gathered from the articles of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Arc, Area, Marker, PassageOf, PassageRef, Scene, SceneOptions};
use crate::events::{Event, EventType};
use crate::map::area::{AreaKey, AreaLevel};
use crate::places::gazetteer::{Gazetteer, Place, PlaceIndex};
use crate::places::{LonLat, Mention, Precision};
use crate::project::{Analysed, EventRef, Groups, Project};

/// What has been gathered of one place.
#[derive(Default)]
struct Gathered {
    events: Vec<(EventType, PassageRef)>,
    /// For each event the group it is told in.
    groups: Vec<Option<usize>>,
    mentions: Vec<PassageRef>,
    precision: Option<Precision>,
    certainty: f32,
}

/// A scene in the making.
pub(super) struct Builder<'a> {
    project: &'a Project,
    groups: &'a Groups,
    gazetteer: &'a Gazetteer,
    options: &'a SceneOptions,
    places: BTreeMap<PlaceIndex, Gathered>,
    arcs: Vec<Arc>,
    /// Where the arrow of a type between two places stands in the list.
    arc_at: BTreeMap<(EventType, PlaceIndex, PlaceIndex), usize>,
}

impl<'a> Builder<'a> {
    /// Nothing gathered yet.
    pub(super) fn new(
        project: &'a Project,
        gazetteer: &'a Gazetteer,
        options: &'a SceneOptions,
        groups: &'a Groups,
    ) -> Self {
        Self {
            project,
            groups,
            gazetteer,
            options,
            places: BTreeMap::new(),
            arcs: Vec::new(),
            arc_at: BTreeMap::new(),
        }
    }

    /// Goes through the articles that are shown.
    pub(super) fn build(mut self) -> Scene {
        for (index, analysed) in self.project.articles.iter().enumerate() {
            if self.options.articles.as_ref().is_none_or(|shown| shown.contains(&index)) {
                self.article(index, analysed);
            }
        }
        self.finish()
    }

    fn article(&mut self, article: usize, analysed: &Analysed) {
        let findings = &analysed.findings;
        let mut told = vec![false; findings.mentions.len()];
        for (index, event) in findings.events.iter().enumerate() {
            mark_told(event, &mut told);
            if self.shows(event) {
                let passage =
                    PassageRef { article, of: PassageOf::Event(index), range: event.passage.clone() };
                let at = EventRef { article, event: index };
                let (event, mentions, at) = self.lead(at).unwrap_or((event, &findings.mentions, at));
                let before = self.before(at, event);
                self.event(event, mentions, before, &passage, self.groups.group_of(at));
            }
        }
        let day = analysed.article.published;
        let named = self.options.period.is_none_or(|period| day.is_some_and(|day| period.holds(day)));
        if self.options.plain_mentions && named {
            for (index, mention) in findings.mentions.iter().enumerate() {
                let open = told.get(index).is_none_or(|t| !t);
                if open && mention.role.is_drawn() && mention.score >= self.options.least_confidence {
                    let range = sentence_of(analysed, &mention.range);
                    self.mention(mention, PassageRef { article, of: PassageOf::Mention(index), range });
                }
            }
        }
    }

    fn shows(&self, event: &Event) -> bool {
        event.status.is_drawn()
            && !self.options.hidden.contains(&event.kind)
            && event.confidence >= self.options.least_confidence
            && self.options.period.is_none_or(|period| period.may_hold(event.date.as_ref()))
    }

    /// The report that tells the group of an event best, where it is shown and placed.
    fn lead(&self, at: EventRef) -> Option<(&'a Event, &'a [Mention], EventRef)> {
        let lead = self.groups.get(at)?.lead;
        let findings = &self.project.articles.get(lead.article)?.findings;
        let event = findings.events.get(lead.event).filter(|e| self.shows(e) && e.place.is_some())?;
        let shown = self.options.articles.as_ref().is_none_or(|a| a.contains(&lead.article));
        shown.then_some((event, findings.mentions.as_slice(), lead))
    }

    /// Where a movement starts that only tells where it leads: where the event before it in its
    /// paragraph happened ("Fighters entered Kabul. The president left for Tajikistan.").
    fn before(&self, at: EventRef, event: &Event) -> Option<usize> {
        let moves = matches!(event.kind, EventType::Move | EventType::Retreat | EventType::Mobilize);
        if !moves || event.origin.is_some() || event.place.is_some() || event.destination.is_none() {
            return None;
        }
        let findings = &self.project.articles.get(at.article)?.findings;
        let segmentation = &findings.segmentation;
        let paragraph = |event: &Event| {
            segmentation.sentence_at(event.passage.start).map(|s| segmentation.paragraph_of(s))
        };
        let wanted = paragraph(event)?;
        let earlier = findings.events.get(..at.event)?.iter().rev();
        let mut near = earlier.take_while(|e| paragraph(e) == Some(wanted));
        let mention = near.find_map(|e| Some(e.place.filter(|_| e.status.is_drawn())?.mention))?;
        let exact = |p: Precision| matches!(p, Precision::Exact | Precision::Settlement | Precision::Near);
        findings.mentions.get(mention)?.precision.is_some_and(exact).then_some(mention)
    }

    fn event(
        &mut self,
        event: &Event,
        mentions: &[Mention],
        before: Option<usize>,
        passage: &PassageRef,
        group: Option<usize>,
    ) {
        let at = |index: Option<usize>| index.and_then(|i| mentions.get(i));
        let (place, origin) = (at(event.place.map(|p| p.mention)), at(event.origin));
        // "Crossed the river from Badakhshan", told of Khorugh: its place is where it leads. Who leaves
        // the country at the airport goes from there.
        let leads = origin.and(place).filter(|place| !origin.is_some_and(|from| is_inside(place, from)));
        let destination = at(event.destination).or(leads);
        let told = self.arc(event.kind, origin.or(place), destination, false, passage);
        if !told {
            self.arc(event.kind, at(before), destination, true, passage);
        }
        // A movement is drawn at its arrow's ends only where it has no place of its own.
        let shown = place.or(origin).or(if told { None } else { destination });
        if let Some((mention, index)) = shown.and_then(|m| Some((m, m.place?))) {
            let gathered = self.places.entry(index).or_default();
            gathered.events.push((event.kind, passage.clone()));
            gathered.groups.push(group);
            let tied = event.place.and_then(|p| p.precision(mentions));
            let precision = tied.filter(|_| place.is_some()).or(mention.precision);
            // One event at the town itself makes the point more than near it.
            gathered.precision = precision.into_iter().chain(gathered.precision).min();
            gathered.certainty = gathered.certainty.max(mention.score);
        }
    }

    /// Adds the arrow of a movement whose two ends are known and differ.
    fn arc(
        &mut self,
        kind: EventType,
        from: Option<&Mention>,
        to: Option<&Mention>,
        inferred: bool,
        passage: &PassageRef,
    ) -> bool {
        let place = |m: Option<&Mention>| m.and_then(|m| self.gazetteer.place(m.place?));
        let (Some(from), Some(to)) = (place(from), place(to)) else { return false };
        if from.index == to.index {
            return false;
        }
        let at = *self.arc_at.entry((kind, from.index, to.index)).or_insert(self.arcs.len());
        if let Some(arc) = self.arcs.get_mut(at) {
            arc.passages.push(passage.clone());
            arc.inferred &= inferred;
            return true;
        }
        let (from_name, to_name) = (from.name.to_owned(), to.name.to_owned());
        let passages = vec![passage.clone()];
        self.arcs.push(Arc { from: from.at, to: to.at, from_name, to_name, kind, passages, inferred });
        true
    }

    fn mention(&mut self, mention: &Mention, passage: PassageRef) {
        let Some(index) = mention.place else { return };
        let gathered = self.places.entry(index).or_default();
        gathered.precision = gathered.precision.or(mention.precision);
        gathered.certainty = gathered.certainty.max(mention.score);
        gathered.mentions.push(passage);
    }

    fn finish(self) -> Scene {
        let gazetteer = self.gazetteer;
        let known = self.places.into_iter().filter_map(|(i, g)| Some((gazetteer.place(i)?, g)));
        let mut made: Vec<(Marker, AreaKey)> =
            known.map(|(place, gathered)| (marker(&place, gathered), key(&place))).collect();
        let inside = |at: LonLat| self.options.region.as_ref().is_none_or(|region| region.contains(at));
        made.retain(|(marker, _)| inside(marker.at));
        let mut arcs = self.arcs;
        arcs.retain(|arc| inside(arc.from) || inside(arc.to));
        made.sort_by(|(a, _), (b, _)| b.count.cmp(&a.count).then(a.place.cmp(&b.place)));
        let areas = made.iter().enumerate().filter_map(|(i, (m, k))| area(i, m, k)).collect();
        let markers: Vec<Marker> = made.into_iter().map(|(m, _)| m).collect();
        let focus = focus(&markers);
        Scene { markers, arcs, areas, focus }
    }
}

/// Marks the mentions that an event speaks for, shown or not: what was denied there is no reason
/// to draw the place.
fn mark_told(event: &Event, told: &mut [bool]) {
    for index in [event.place.map(|p| p.mention), event.origin, event.destination].into_iter().flatten() {
        if let Some(t) = told.get_mut(index) {
            *t = true;
        }
    }
}

fn sentence_of(analysed: &Analysed, mention: &Range<usize>) -> Range<usize> {
    let segmentation = &analysed.findings.segmentation;
    let sentence = segmentation.sentence_at(mention.start);
    sentence.map_or_else(|| mention.clone(), |s| segmentation.sentence_bytes(s))
}

fn marker(place: &Place<'_>, mut gathered: Gathered) -> Marker {
    let kind = commonest(&gathered.events);
    let once = repeated(&gathered);
    let mut passages: Vec<PassageRef> = gathered.events.drain(..).map(|(_, p)| p).collect();
    passages.append(&mut gathered.mentions);
    passages.sort_by_key(|p| (p.article, p.range.start, p.of));
    let mut sentences: Vec<_> = passages.iter().map(|p| (p.article, p.range.start)).collect();
    sentences.dedup();
    Marker {
        place: place.index,
        at: place.at,
        name: place.name.to_owned(),
        precision: gathered.precision.unwrap_or_else(|| Precision::of_kind(place.kind)),
        kind,
        count: sentences.len().saturating_sub(once).max(1),
        passages,
        country: place.country.to_owned(),
        certainty: gathered.certainty,
    }
}

/// How many sentences only report once more what another of the place does.
fn repeated(gathered: &Gathered) -> usize {
    let told = gathered.events.iter().zip(&gathered.groups);
    let mut of: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for ((_, passage), group) in told {
        if let Some(group) = group {
            of.entry(*group).or_default().insert((passage.article, passage.range.start));
        }
    }
    of.values().map(|sentences| sentences.len() - 1).sum()
}

/// The type with most passages; of equals the one told first.
fn commonest(events: &[(EventType, PassageRef)]) -> Option<EventType> {
    let mut counts: Vec<(EventType, usize)> = Vec::new();
    for (kind, _) in events {
        match counts.iter_mut().find(|(known, _)| known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((*kind, 1)),
        }
    }
    counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(kind, _)| kind)
}

fn key(place: &Place<'_>) -> AreaKey {
    let country = place.kind.starts_with("A.PCL") || place.kind == "A.TERR";
    let level = if country { AreaLevel::Country } else { AreaLevel::Province };
    AreaKey { level, country: place.country.to_owned(), name: place.name.to_owned(), at: place.at }
}

/// The area of a marker, if something happened somewhere in it; an area that is merely named
/// would only hatch the map.
fn area(index: usize, marker: &Marker, key: &AreaKey) -> Option<Area> {
    let drawn = marker.kind.is_some() && matches!(marker.precision, Precision::Country | Precision::Admin1);
    drawn.then(|| Area { key: key.clone(), name: marker.name.clone(), kind: marker.kind, marker: index })
}

/// The countries with at least a third of all passages.
pub(super) fn focus(markers: &[Marker]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for marker in markers.iter().filter(|m| !m.country.is_empty()) {
        *counts.entry(&marker.country).or_default() += marker.count;
    }
    let all: usize = counts.values().sum();
    let mut countries: Vec<(&str, usize)> = counts.into_iter().filter(|&(_, n)| n * 3 >= all).collect();
    countries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    countries.into_iter().map(|(code, _)| code.to_owned()).collect()
}

/// Whether a place lies in the country that another mention names.
fn is_inside(place: &Mention, from: &Mention) -> bool {
    from.precision == Some(Precision::Country) && from.country != 0 && place.country == from.country
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Role;

    #[test]
    fn who_leaves_a_country_goes_nowhere_within_it() {
        let mention = |precision, country| Mention {
            range: 0..1,
            role: Role::Origin,
            candidates: [].into(),
            place: None,
            score: 1.0,
            precision: Some(precision),
            country,
        };
        let airport = mention(Precision::Exact, 7);
        assert!(is_inside(&airport, &mention(Precision::Country, 7)));
        assert!(!is_inside(&airport, &mention(Precision::Country, 8)), "over the border");
        assert!(!is_inside(&airport, &mention(Precision::Settlement, 7)), "from town to town");
        assert!(!is_inside(&mention(Precision::Exact, 0), &mention(Precision::Country, 0)), "unknown");
    }
}
