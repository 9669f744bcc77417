//! What the panels list, drawn from the document and the filter once after each change.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::state::{Filter, Passage};
use super::timeline::Timeline;
use super::words::{date_words, kind_words};
use crate::article::Origin;
use crate::events::{Event, EventDate, EventType, Status, summary};
use crate::map::scene::{PassageOf, PassageRef, Scene, SceneOptions};
use crate::places::gazetteer::{Place, fold};
use crate::places::{Gazetteer, LonLat, Mention, PlaceIndex, Precision};
use crate::project::{Analysed, GroupEdit, Groups, Project};

pub use crate::project::review::DOUBTFUL;

/// One line of the list of events.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// Which event.
    pub passage: Passage,
    /// What kind.
    pub kind: EventType,
    /// What happened, in one line.
    pub summary: String,
    /// The same without case and accents, for the search.
    pub folded: String,
    /// When, in words; empty where unknown.
    pub date: String,
    /// When.
    pub when: Option<EventDate>,
    /// Where.
    pub place: Option<PlaceIndex>,
    /// Where, in words; empty where unknown.
    pub place_name: String,
    /// Whether it happened.
    pub status: Status,
    /// Probability, 0 to 1.
    pub confidence: f32,
}

/// One line of the list of places.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRow {
    /// Which place.
    pub index: PlaceIndex,
    /// Its name; with what it is where a town is called the same: "Kabul province".
    pub name: String,
    /// What it is, in words: "town".
    pub what: &'static str,
    /// The country's name; empty where it has none.
    pub country: String,
    /// How many passages tell of it on the map; 0 where it has no marker.
    pub reports: usize,
    /// How often it is named.
    pub mentions: usize,
    /// The type of most of its events.
    pub kind: Option<EventType>,
    /// Whether every mention of it is doubtful.
    pub doubtful: bool,
    /// Where it is.
    pub at: LonLat,
    /// How exactly that is known.
    pub precision: Precision,
}

/// One line of the list of articles.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRow {
    /// Its headline, or its first words.
    pub title: String,
    /// The same without case and accents, for the search.
    pub folded: String,
    /// Who published it.
    pub outlet: String,
    /// When, in words; empty where unknown.
    pub date: String,
    /// How many events it tells.
    pub events: usize,
    /// How many of its places wait for a person.
    pub doubtful: usize,
    /// Whether it names no place at all.
    pub placeless: bool,
}

/// The lines of each article, made once for it; they hang on nothing that is filtered.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    lines: Vec<Arc<Lines>>,
    /// Which events are one happening; found anew only where articles or edits have changed.
    groups: Arc<Groups>,
    edits: Vec<GroupEdit>,
}

#[derive(Debug)]
struct Lines {
    /// Held, so that another article cannot be taken for it.
    of: Arc<Analysed>,
    article: Arc<ArticleRow>,
    events: Vec<Arc<EventRow>>,
}

impl Catalog {
    /// The lines of a project; those of articles that are as they were are taken over.
    fn renewed(&self, project: &Project, gazetteer: &Gazetteer) -> Self {
        let articles = project.articles.par_iter().enumerate();
        let lines = articles.map(|(index, analysed)| match self.lines.get(index) {
            Some(known) if Arc::ptr_eq(&known.of, analysed) => Arc::clone(known),
            _ => Arc::new(Lines::new(index, analysed, gazetteer)),
        });
        let lines: Vec<Arc<Lines>> = lines.collect();
        let same = lines.len() == self.lines.len()
            && lines.iter().zip(&self.lines).all(|(new, old)| Arc::ptr_eq(new, old))
            && project.group_edits == self.edits;
        let groups = match same {
            true => Arc::clone(&self.groups),
            false => Arc::new(Groups::of_project(project, gazetteer)),
        };
        Self { lines, groups, edits: project.group_edits.clone() }
    }
}

impl Lines {
    fn new(index: usize, analysed: &Arc<Analysed>, gazetteer: &Gazetteer) -> Self {
        let events = analysed.findings.events.iter().enumerate();
        let row = |(e, event)| Arc::new(event_row(analysed, event, Passage::Event(index, e), gazetteer));
        let events = events.map(row).collect();
        Self { of: Arc::clone(analysed), article: Arc::new(article_row(analysed)), events }
    }
}

/// All that the panels list.
#[derive(Debug, Default)]
pub struct Found {
    /// The articles.
    pub articles: Vec<Arc<ArticleRow>>,
    /// The events shown, in the order of the articles.
    pub events: Vec<Arc<EventRow>>,
    /// Those of them without a place.
    pub unplaced: Vec<Arc<EventRow>>,
    /// The places that are named, most reports first.
    pub places: Vec<PlaceRow>,
    /// The event types with the number of events sure enough, most first.
    pub kinds: Vec<(EventType, usize)>,
    /// All events, shown or not.
    pub total: usize,
    /// Events hidden because they are not sure enough.
    pub unsure: usize,
    /// Mentions that wait for a person, in all articles.
    pub doubtful: usize,
    /// Whether somebody looked at the places, and none waits.
    pub reviewed: bool,
    /// When it happened, whichever days are chosen.
    pub timeline: Timeline,
    /// What is drawn on the map.
    pub scene: Arc<Scene>,
    /// Goes up with each drawing of the lists.
    pub generation: u64,
    /// Lines of the places by name.
    pub by_name: Vec<usize>,
    /// Lines of the places by country, then by name.
    pub by_country: Vec<usize>,
    /// The lines of the articles, for the next drawing.
    pub catalog: Catalog,
    options: SceneOptions,
    passages: FxHashMap<PlaceIndex, Vec<Passage>>,
    place_at: FxHashMap<PlaceIndex, usize>,
    event_at: FxHashMap<Passage, usize>,
}

/// Whether an event is shown under a filter.
pub fn is_shown(event: &Event, filter: &Filter) -> bool {
    event.confidence >= filter.confidence
        && !filter.hidden.contains(&event.kind)
        && filter.period.is_none_or(|period| period.may_hold(event.date.as_ref()))
}

/// The mention an event is placed at: where it happens, else where it leads, else where it starts.
pub fn mention_of(event: &Event) -> Option<usize> {
    event.place.map(|place| place.mention).or(event.destination).or(event.origin)
}

/// The place of an event.
pub fn place_of(analysed: &Analysed, event: &Event) -> Option<PlaceIndex> {
    analysed.findings.mentions.get(mention_of(event)?)?.place
}

/// Whether an event lies in the drawn region, where there is one; what has no place does not.
fn is_inside(analysed: &Analysed, event: &Event, filter: &Filter, gazetteer: &Gazetteer) -> bool {
    let Some(region) = &filter.region else { return true };
    let mentions = &analysed.findings.mentions;
    let place = |m: Option<usize>| mentions.get(m?)?.place;
    let ends = [mention_of(event), event.origin, event.destination];
    ends.into_iter().filter_map(place).any(|place| region.lasso.contains(gazetteer.point(place)))
}

impl Found {
    /// Draws the lists from the articles; lines of `known` are taken over where their articles are
    /// as they were.
    pub fn new(project: &Project, filter: &Filter, gazetteer: &Gazetteer, known: &Catalog) -> Self {
        let options = scene_options(filter);
        let (catalog, tallies) = rayon::join(|| known.renewed(project, gazetteer), || tally(project));
        let scene = Scene::of_groups(project, gazetteer, &options, &catalog.groups);
        let mut out = Self { options, catalog, reviewed: project.is_reviewed(), ..Self::default() };
        out.passages = scene.markers.iter().map(|m| (m.place, passages_of(&m.passages))).collect();
        out.places = place_rows(tallies, &scene, gazetteer);
        out.scene = Arc::new(scene);
        out.choose(project, filter, gazetteer);
        out.by_name = order(&out.places, |row| ("", &row.name));
        out.by_country = order(&out.places, |row| (&row.country, &row.name));
        out.place_at = out.places.iter().enumerate().map(|(i, row)| (row.index, i)).collect();
        out.event_at = out.events.iter().enumerate().map(|(i, row)| (row.passage, i)).collect();
        out
    }

    /// Chooses the events that are shown, and counts those that are not.
    fn choose(&mut self, project: &Project, filter: &Filter, gazetteer: &Gazetteer) {
        let mut kinds: BTreeMap<EventType, usize> = BTreeMap::new();
        let mut dates = Vec::new();
        let whenever = Filter { period: None, ..filter.clone() };
        let catalog = self.catalog.clone();
        for (analysed, lines) in project.articles.iter().zip(&catalog.lines) {
            self.articles.push(Arc::clone(&lines.article));
            self.doubtful += lines.article.doubtful;
            for (event, row) in analysed.findings.events.iter().zip(&lines.events) {
                self.total += 1;
                if event.confidence < filter.confidence {
                    self.unsure += 1;
                } else if is_inside(analysed, event, filter, gazetteer) {
                    if is_shown(event, &whenever) {
                        dates.push((event.kind, event.date));
                    }
                    if filter.period.is_none_or(|period| period.may_hold(event.date.as_ref())) {
                        *kinds.entry(event.kind).or_default() += 1;
                    }
                    if is_shown(event, filter) {
                        self.add_event(row);
                    }
                }
            }
        }
        self.timeline = Timeline::new(dates.into_iter());
        self.kinds = kinds.into_iter().collect();
        self.kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    }

    /// What of the document the map draws.
    pub fn options(&self) -> SceneOptions {
        self.options.clone()
    }

    /// The passages behind a marker: events first, then sentences that only name the place.
    pub fn passages(&self, place: PlaceIndex) -> &[Passage] {
        self.passages.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The line of a place.
    pub fn place(&self, index: PlaceIndex) -> Option<&PlaceRow> {
        self.places.get(*self.place_at.get(&index)?)
    }

    /// Which events are one happening.
    pub fn groups(&self) -> &Groups {
        &self.catalog.groups
    }

    /// The line of an event.
    pub fn event(&self, passage: Passage) -> Option<&EventRow> {
        self.events.get(*self.event_at.get(&passage)?).map(AsRef::as_ref)
    }

    fn add_event(&mut self, row: &Arc<EventRow>) {
        if row.place.is_none() {
            self.unplaced.push(Arc::clone(row));
        }
        self.events.push(Arc::clone(row));
    }
}

fn scene_options(filter: &Filter) -> SceneOptions {
    SceneOptions {
        hidden: filter.hidden.iter().copied().collect(),
        least_confidence: filter.confidence,
        region: filter.region.as_ref().map(|region| region.lasso.clone()),
        period: filter.period,
        ..SceneOptions::default()
    }
}

#[derive(Debug, Default)]
struct Tally {
    mentions: usize,
    sure: bool,
}

fn tally(project: &Project) -> BTreeMap<PlaceIndex, Tally> {
    let mut places: FxHashMap<PlaceIndex, Tally> = FxHashMap::default();
    for mention in project.articles.iter().flat_map(|analysed| &analysed.findings.mentions) {
        let Some(place) = mention.place else { continue };
        let tally = places.entry(place).or_default();
        tally.mentions += 1;
        tally.sure |= mention.score >= DOUBTFUL;
    }
    places.into_iter().collect()
}

/// A marker's passages, each sentence once: where two events stand in one, the first speaks for it.
fn passages_of(all: &[PassageRef]) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut last = None;
    for passage in all {
        let here = Some((passage.article, passage.range.start));
        if last != here {
            out.push(match passage.of {
                PassageOf::Event(e) => Passage::Event(passage.article, e),
                PassageOf::Mention(m) => Passage::Mention(passage.article, m),
            });
        }
        last = here;
    }
    out
}

/// Where an event happened: "near Oruro" where only a place around its own is known.
fn place_words(event: &Event, mentions: &[Mention], name: &str) -> String {
    let told = event.place.filter(|p| p.told.is_some());
    match told.and_then(|p| p.precision(mentions)) {
        Some(Precision::Near) => format!("near {name}"),
        _ => name.to_owned(),
    }
}

fn event_row(analysed: &Analysed, event: &Event, passage: Passage, gazetteer: &Gazetteer) -> EventRow {
    let place = place_of(analysed, event);
    let mentions = &analysed.findings.mentions;
    let summary = summary(event, &analysed.article, mentions);
    EventRow {
        passage,
        kind: event.kind,
        folded: fold(&summary),
        summary,
        date: event.date.map(|date| date_words(&date)).unwrap_or_default(),
        when: event.date,
        place,
        place_name: place
            .map(|place| place_words(event, mentions, gazetteer.place_name(place)))
            .unwrap_or_default(),
        status: event.status,
        confidence: event.confidence,
    }
}

fn article_row(analysed: &Analysed) -> ArticleRow {
    let article = &analysed.article;
    let outlet = match (&article.outlet, &article.origin) {
        (Some(outlet), _) => outlet.clone(),
        (None, Origin::File(path)) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        (None, Origin::Pasted) => "Pasted".to_owned(),
        (None, Origin::Sample(_)) => "Sample".to_owned(),
        (None, Origin::Record) => String::new(),
    };
    let title = title_of(analysed);
    ArticleRow {
        folded: fold(&title),
        title,
        outlet,
        date: article.published.map(super::words::day_words).unwrap_or_default(),
        events: analysed.findings.events.len(),
        doubtful: analysed.doubtful().count(),
        placeless: analysed.findings.mentions.is_empty(),
    }
}

/// The headline of an article, or its first words.
pub fn title_of(analysed: &Analysed) -> String {
    if let Some(title) = &analysed.article.title {
        return title.clone();
    }
    let mut words = String::new();
    for word in analysed.article.text.split_whitespace().take(9) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(40));
    }
    words + "…"
}

fn order<'r>(rows: &'r [PlaceRow], key: impl Fn(&'r PlaceRow) -> (&'r str, &'r String)) -> Vec<usize> {
    let mut sorted: Vec<(usize, &PlaceRow)> = rows.iter().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| key(a).cmp(&key(b)));
    sorted.into_iter().map(|(i, _)| i).collect()
}

fn place_rows(tallies: BTreeMap<PlaceIndex, Tally>, scene: &Scene, gazetteer: &Gazetteer) -> Vec<PlaceRow> {
    let markers: BTreeMap<PlaceIndex, &crate::map::scene::Marker> =
        scene.markers.iter().map(|marker| (marker.place, marker)).collect();
    let mut rows: Vec<PlaceRow> = tallies
        .into_iter()
        .filter_map(|(index, tally)| {
            let place = gazetteer.place(index)?;
            let country = gazetteer.country(place.country).filter(|&country| country != index);
            let marker = markers.get(&index);
            Some(PlaceRow {
                index,
                name: told_apart(&place, gazetteer),
                what: kind_words(place.kind),
                country: country.map(|c| gazetteer.place_name(c).to_owned()).unwrap_or_default(),
                reports: marker.map_or(0, |marker| marker.count),
                mentions: tally.mentions,
                kind: marker.and_then(|marker| marker.kind),
                doubtful: !tally.sure,
                at: place.at,
                precision: marker.map_or(Precision::of_kind(place.kind), |marker| marker.precision),
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        b.reports.cmp(&a.reports).then(b.mentions.cmp(&a.mentions)).then(a.name.cmp(&b.name))
    });
    rows
}

/// Provinces are called states there.
const STATES: [&str; 14] =
    ["AT", "AU", "BR", "DE", "IN", "MM", "MX", "MY", "NG", "SD", "SO", "SS", "US", "VE"];

/// The name of a place; a province or district that shares it with a town of the country is told
/// apart, so that two markers side by side are never both "Kabul".
fn told_apart(place: &Place<'_>, gazetteer: &Gazetteer) -> String {
    let what = match kind_words(place.kind) {
        "province" if STATES.contains(&place.country) => "state",
        what @ ("province" | "district") => what,
        _ => return place.name.to_owned(),
    };
    let town = |other: Place<'_>| {
        other.country == place.country && other.kind.starts_with("P.") && other.name == place.name
    };
    let mut same = gazetteer.lookup(&fold(place.name)).filter_map(|hit| gazetteer.place(hit.place));
    if same.any(town) { format!("{} {what}", place.name) } else { place.name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_with_the_name_of_a_town_is_told_apart() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let named = |name: &str, kind: &str| {
            let places = gazetteer.lookup(name).filter_map(|hit| gazetteer.place(hit.place));
            let place = places.into_iter().find(|place| place.kind.starts_with(kind)).unwrap();
            told_apart(&place, gazetteer)
        };
        assert_eq!(named("kabul", "A.ADM1"), "Kabul province");
        assert_eq!(named("kabul", "P.PPLC"), "Kabul");
        assert_eq!(named("badakhshan", "A.ADM1"), "Badakhshan");
    }
}
