//! What a project puts on the map: markers, areas and movements, without saying how they look.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::area::{AreaKey, AreaLevel};
use super::bounds::Bounds;
use super::lasso::Lasso;
use crate::events::{Event, EventType};
use crate::places::gazetteer::{Gazetteer, Place, PlaceIndex};
use crate::places::{LonLat, Mention, Precision};
use crate::project::{Analysed, EventRef, Groups, Period, Project};

/// What of a project is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneOptions {
    /// Indices of the articles shown; `None` shows all.
    pub articles: Option<Vec<usize>>,
    /// Event types left out.
    pub hidden: Vec<EventType>,
    /// Events and mentions of a lesser probability are left out, 0 to 1.
    pub least_confidence: f32,
    /// Whether places are shown that are named as the scene of something, but with no event.
    pub plain_mentions: bool,
    /// Only what lies in here is shown, where there is a region.
    pub region: Option<Lasso>,
    /// Only what may have happened in these days is shown, where they are chosen; a place that is
    /// only named goes with its article's day.
    pub period: Option<Period>,
}

impl Default for SceneOptions {
    fn default() -> Self {
        Self {
            articles: None,
            hidden: Vec::new(),
            least_confidence: 0.0,
            plain_mentions: true,
            region: None,
            period: None,
        }
    }
}

/// What a passage tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PassageOf {
    /// Index into the article's events.
    Event(usize),
    /// Index into the article's mentions.
    Mention(usize),
}

/// A passage: the sentence of an event or of a mention.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PassageRef {
    /// Index of the article in the project.
    pub article: usize,
    /// What it tells of.
    pub of: PassageOf,
    /// Byte offsets into the article's text, half-open.
    pub range: Range<usize>,
}

/// A place whose surest mention has a lesser probability is marked as doubtful.
pub const DOUBTFUL: f32 = 0.6;

/// A place where something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// The gazetteer's record.
    pub place: PlaceIndex,
    /// Where it stands.
    pub at: LonLat,
    /// Its preferred name.
    pub name: String,
    /// How exactly it is known. A country, province, region or sea is no point: it is drawn as
    /// a ring, never as a filled disc, and hatched where the basemap has its polygon.
    pub precision: Precision,
    /// The commonest type of its events; `None` where it is mentioned only.
    pub kind: Option<EventType>,
    /// Number of passages: a sentence counts once.
    pub count: usize,
    /// The passages, by article and place in the text, events before mentions.
    pub passages: Vec<PassageRef>,
    /// ISO 3166-1 alpha-2 code; empty where it belongs to no country.
    pub country: String,
    /// Probability that it is the place meant, 0 to 1: that of its surest mention.
    pub certainty: f32,
}

impl Marker {
    /// Whether the place stands for an area, so that no point of it is meant.
    pub fn is_area(&self) -> bool {
        !matches!(self.precision, Precision::Exact | Precision::Settlement | Precision::Near)
    }

    /// Whether it may well be another place: it is drawn with a dashed ring.
    pub fn is_doubtful(&self) -> bool {
        self.certainty < DOUBTFUL
    }
}

/// A movement.
#[derive(Debug, Clone, PartialEq)]
pub struct Arc {
    /// Where it starts.
    pub from: LonLat,
    /// Where it goes.
    pub to: LonLat,
    /// Name of the place it starts from.
    pub from_name: String,
    /// Name of the place it goes to.
    pub to_name: String,
    /// The type of the event, most often [`EventType::Move`].
    pub kind: EventType,
    /// The passages that tell it.
    pub passages: Vec<PassageRef>,
    /// Whether the text does not name where it starts: it is where the paragraph was before.
    pub inferred: bool,
}

/// A country or province in which something happened, no one knows where.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// How the basemap finds its polygon.
    pub key: AreaKey,
    /// Its name.
    pub name: String,
    /// The type of its marker.
    pub kind: Option<EventType>,
    /// Index into [`Scene::markers`].
    pub marker: usize,
}

/// Everything that is drawn over the basemap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// The places, most passages first, then by the gazetteer's order.
    pub markers: Vec<Marker>,
    /// The movements, in order of the text.
    pub arcs: Vec<Arc>,
    /// The areas, in the order of their markers.
    pub areas: Vec<Area>,
    /// ISO 3166-1 alpha-2 codes of the countries it is mostly about, most passages first.
    pub focus: Vec<String>,
}

impl Scene {
    /// The scene of a project.
    pub fn build(project: &Project, gazetteer: &Gazetteer, options: &SceneOptions) -> Self {
        Self::of_groups(project, gazetteer, options, &Groups::default())
    }

    /// The scene of a project in which a happening counts once, however many reports tell it: the
    /// reports stand at the place of the one that tells it best.
    pub fn of_groups(
        project: &Project,
        gazetteer: &Gazetteer,
        options: &SceneOptions,
        groups: &Groups,
    ) -> Self {
        let mut builder = Builder {
            gazetteer,
            options,
            project,
            groups,
            places: BTreeMap::new(),
            arcs: Vec::new(),
            arc_at: BTreeMap::new(),
        };
        for (index, analysed) in project.articles.iter().enumerate() {
            if options.articles.as_ref().is_none_or(|shown| shown.contains(&index)) {
                builder.article(index, analysed);
            }
        }
        builder.finish()
    }

    /// The box to start with: around every place known better than by its country, and around
    /// those countries and ends of movements that do not stretch it far. So one mention of a country
    /// beyond the sea does not shrink a war to a dot. `None` where nothing is drawn.
    pub fn bounds(&self) -> Option<Bounds> {
        let wide =
            |m: &&Marker| matches!(m.precision, Precision::Country | Precision::Sea | Precision::Region);
        let near: Vec<LonLat> = self.markers.iter().filter(|m| !wide(m)).map(|m| m.at).collect();
        let far = self.markers.iter().filter(wide).map(|m| m.at);
        let far: Vec<LonLat> = far.chain(self.arcs.iter().flat_map(|a| [a.from, a.to])).collect();
        if near.is_empty() {
            return self.grown(Bounds::around(far)?);
        }
        let core = Bounds::around(near.iter().copied())?;
        let most = 2.0 * span(&core).max(6.0);
        let fits =
            |p: &LonLat| Bounds::around(near.iter().copied().chain([*p])).is_some_and(|b| span(&b) <= most);
        let kept: Vec<LonLat> = far.into_iter().filter(fits).collect();
        self.grown(Bounds::around(near.iter().copied().chain(kept))?)
    }

    /// What of the scene lies in `bounds`: for a legend of what is on the map.
    pub fn within(&self, bounds: &Bounds) -> Self {
        let kept: Vec<usize> = (0..self.markers.len())
            .filter(|&i| self.markers.get(i).is_some_and(|m| bounds.contains(m.at)))
            .collect();
        let area = |a: &Area| {
            let marker = kept.iter().position(|&i| i == a.marker)?;
            Some(Area { marker, ..a.clone() })
        };
        Self {
            markers: kept.iter().filter_map(|&i| self.markers.get(i)).cloned().collect(),
            arcs: self
                .arcs
                .iter()
                .filter(|a| bounds.contains(a.from) || bounds.contains(a.to))
                .cloned()
                .collect(),
            areas: self.areas.iter().filter_map(area).collect(),
            focus: self.focus.clone(),
        }
    }

    /// Widened so that a lone country does not look like a street.
    fn grown(&self, bounds: Bounds) -> Option<Bounds> {
        let seen = self.markers.iter().filter(|m| bounds.contains(m.at));
        let wide = seen.map(|m| reach(m.precision)).fold(0.0, f64::max);
        let grow = (wide - bounds.width().max(bounds.north - bounds.south)).max(0.0) / 2.0;
        if bounds.width() + 2.0 * grow >= 340.0 {
            return Some(Bounds { west: -180.0, east: 180.0, ..bounds });
        }
        Some(Bounds {
            west: super::view::wrap_lon(bounds.west - grow),
            south: bounds.south - grow * 0.7,
            east: super::view::wrap_lon(bounds.east + grow),
            north: bounds.north + grow * 0.7,
        })
    }
}

/// The longer side of a box in degrees.
fn span(bounds: &Bounds) -> f64 {
    bounds.width().max(bounds.north - bounds.south)
}

/// Degrees that should be seen around a place of this precision.
const fn reach(precision: Precision) -> f64 {
    match precision {
        Precision::Exact | Precision::Settlement | Precision::Near | Precision::Admin2 => 0.6,
        Precision::Admin1 => 3.0,
        Precision::Region => 8.0,
        Precision::Country | Precision::Sea => 14.0,
    }
}

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

struct Builder<'a> {
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
        // "Crossed the river from Badakhshan", told of Khorugh: its place is where it leads.
        let destination = at(event.destination).or(if origin.is_some() { place } else { None });
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
            gathered.precision = mention.precision.or(gathered.precision);
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
fn focus(markers: &[Marker]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for marker in markers.iter().filter(|m| !m.country.is_empty()) {
        *counts.entry(&marker.country).or_default() += marker.count;
    }
    let all: usize = counts.values().sum();
    let mut countries: Vec<(&str, usize)> = counts.into_iter().filter(|&(_, n)| n * 3 >= all).collect();
    countries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    countries.into_iter().map(|(code, _)| code.to_owned()).collect()
}

/// Markers for the tests of this layer.
#[cfg(test)]
pub(super) mod fixture {
    use super::*;

    /// A place where control changed once.
    pub fn marker(lon: f64, lat: f64, precision: Precision) -> Marker {
        Marker {
            place: PlaceIndex(0),
            at: LonLat::new(lon, lat),
            name: String::new(),
            precision,
            kind: Some(EventType::Control),
            count: 1,
            passages: Vec::new(),
            country: "AF".into(),
            certainty: 0.9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::marker;
    use super::*;

    fn scene(markers: Vec<Marker>) -> Scene {
        Scene { markers, ..Scene::default() }
    }

    #[test]
    fn one_mention_of_a_far_country_does_not_shrink_the_war() {
        let near = [marker(69.2, 34.5, Precision::Settlement), marker(71.1, 34.1, Precision::Exact)];
        let usa = marker(-98.5, 39.8, Precision::Country);
        let tajikistan = marker(71.0, 39.0, Precision::Country);
        let all = scene(near.iter().cloned().chain([usa.clone(), tajikistan]).collect());
        let bounds = all.bounds().unwrap();
        assert!(!bounds.contains(usa.at) && bounds.contains(LonLat::new(71.0, 39.0)));
        assert!(scene(vec![usa.clone()]).bounds().unwrap().contains(usa.at), "alone it is shown");
    }

    #[test]
    fn a_country_is_no_point_and_a_lone_one_is_seen_whole() {
        let all = scene(vec![marker(66.0, 33.0, Precision::Country)]);
        assert!(all.markers[0].is_area());
        assert!(all.bounds().unwrap().width() > 10.0);
        assert_eq!(Scene::default().bounds(), None);
    }

    #[test]
    fn countries_with_a_third_of_the_passages_are_in_focus() {
        let mut all = vec![marker(69.2, 34.5, Precision::Settlement); 4];
        all[3].country = "PK".into();
        assert_eq!(focus(&all), ["AF"]);
        assert!(focus(&[]).is_empty());
    }

    #[test]
    fn what_is_out_of_sight_is_left_out_with_its_area() {
        let mut all =
            scene(vec![marker(0.0, 0.0, Precision::Settlement), marker(66.0, 33.0, Precision::Country)]);
        let key = AreaKey {
            level: AreaLevel::Country,
            country: "AF".into(),
            name: String::new(),
            at: LonLat::default(),
        };
        all.areas.push(Area { key, name: String::new(), kind: None, marker: 1 });
        let seen = all.within(&Bounds { west: 60.0, south: 30.0, east: 70.0, north: 40.0 });
        assert_eq!((seen.markers.len(), seen.areas[0].marker), (1, 0));
        let other = all.within(&Bounds { west: -10.0, south: -10.0, east: 10.0, north: 10.0 });
        assert_eq!((other.markers.len(), other.areas.len()), (1, 0));
    }
}
