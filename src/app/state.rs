//! What the window knows: the document, how it is looked at, and what passes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::choices::{ExportOptions, MapLook};
use super::timeline::{self, Unit};
use crate::article::Origin;
use crate::events::EventType;
use crate::map::Bounds;
use crate::map::lasso::Lasso;
use crate::places::{Gazetteer, LonLat, PlaceIndex};
use crate::project::{Analysed, Decision, Edit, History, MentionRef, Period, Project, RunRecord, Settings};

/// The document a person works on, and what went wrong while it was opened.
#[derive(Debug, Default)]
pub struct Document {
    /// The articles with what was found in them; shared with the jobs that read it.
    pub project: Arc<Project>,
    /// What could not be read, in words.
    pub problems: Vec<Problem>,
    /// Goes up with each change, so that what is derived from it knows when it is stale.
    pub revision: u64,
    /// How the findings came about, where all are those of one saved project.
    kept: Option<Box<RunRecord>>,
    /// The revision that stands in a file.
    saved: u64,
    history: History,
}

impl Document {
    /// The article of an index.
    pub fn article(&self, index: usize) -> Option<&Analysed> {
        self.project.articles.get(index).map(AsRef::as_ref)
    }

    /// Adds articles; what a person decided about a name before is done in them too. Gives the
    /// index of the first.
    pub fn add(&mut self, mut articles: Vec<Arc<Analysed>>, gazetteer: &Gazetteer) -> usize {
        let first = self.project.articles.len();
        self.kept = None;
        for analysed in articles.iter_mut().filter(|_| !self.project.remembered.is_empty()) {
            self.project.recall(Arc::make_mut(analysed), gazetteer);
        }
        Arc::make_mut(&mut self.project).articles.extend(articles);
        self.revision += 1;
        first
    }

    /// Adds a saved project; gives the index of its first article.
    pub fn add_project(&mut self, project: Project, record: Box<RunRecord>) -> usize {
        let first = self.project.articles.len();
        let clean = !self.is_unsaved();
        self.kept = (first == 0).then_some(record);
        Arc::make_mut(&mut self.project).join(project);
        self.revision += 1;
        if first == 0 && clean {
            self.saved = self.revision;
        }
        first
    }

    /// Does an edit, where there is one; says whether there was.
    pub fn edit(&mut self, edit: Option<Edit>, gazetteer: &Gazetteer) -> bool {
        let Some(edit) = edit else { return false };
        self.history.apply(edit, Arc::make_mut(&mut self.project), gazetteer);
        self.revision += 1;
        true
    }

    /// Takes the last edit back; gives it.
    pub fn undo(&mut self, gazetteer: &Gazetteer) -> Option<Edit> {
        let edit = self.history.undo(Arc::make_mut(&mut self.project), gazetteer).cloned();
        self.revision += u64::from(edit.is_some());
        edit
    }

    /// Does the edit again that was taken back last; gives it.
    pub fn redo(&mut self, gazetteer: &Gazetteer) -> Option<Edit> {
        let edit = self.history.redo(Arc::make_mut(&mut self.project), gazetteer).cloned();
        self.revision += u64::from(edit.is_some());
        edit
    }

    /// What was done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Decides on mentions.
    pub fn decide(&mut self, mentions: &[MentionRef], decision: Decision, gazetteer: &Gazetteer) -> bool {
        let edit = self.project.decide(mentions, decision);
        self.edit(edit, gazetteer)
    }

    /// Whether there is work that no file holds: articles of the person's own, changed since they
    /// were saved.
    pub fn is_unsaved(&self) -> bool {
        let own = |analysed: &Arc<Analysed>| {
            !matches!(analysed.article.origin, Origin::Sample(_)) || !analysed.corrections.is_empty()
        };
        let work = !self.project.group_edits.is_empty() || self.project.articles.iter().any(own);
        self.revision != self.saved && work
    }

    /// Notes that a revision stands in a file.
    pub fn note_saved(&mut self, revision: u64) {
        self.saved = revision;
    }

    /// How much was found: events and mentions of all articles.
    pub fn size(&self) -> usize {
        let found =
            |analysed: &Arc<Analysed>| analysed.findings.events.len() + analysed.findings.mentions.len();
        self.project.articles.iter().map(found).sum()
    }

    /// How the findings came about: as the one project that is open tells it, else as this
    /// program finds them.
    pub fn record(&self, gazetteer: &Gazetteer) -> RunRecord {
        let articles = self.project.articles.len();
        match &self.kept {
            Some(kept) => RunRecord { articles, ..(**kept).clone() },
            None => RunRecord::new(gazetteer, &Settings::default(), articles),
        }
    }

    /// Takes an article away; can be undone.
    pub fn remove(&mut self, index: usize, gazetteer: &Gazetteer) {
        let edit = Edit::close(&self.project, index);
        self.edit(edit, gazetteer);
    }

    /// Puts the same articles in place with other findings; what they came from no longer holds.
    pub fn renew(&mut self, project: Project) {
        self.project = Arc::new(project);
        // What could be taken back speaks of mentions by their old numbers.
        self.history = History::default();
        self.kept = None;
        self.revision += 1;
    }

    /// Takes every article and problem away.
    pub fn clear(&mut self) {
        self.project = Arc::default();
        self.history = History::default();
        self.problems.clear();
        self.revision += 1;
    }
}

/// One thing that went wrong, told where it arose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is about: a file's name, "Export".
    pub subject: String,
    /// What was tried, what was found, what to do.
    pub message: String,
}

/// A passage: the sentence of an event, or of a mention without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passage {
    /// Article and event.
    Event(usize, usize),
    /// Article and mention.
    Mention(usize, usize),
}

impl Passage {
    /// The article it stands in.
    pub const fn article(self) -> usize {
        match self {
            Self::Event(article, _) | Self::Mention(article, _) => article,
        }
    }
}

/// A tab of the right panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Tab {
    /// The passages behind the chosen marker.
    Passages,
    /// The article.
    #[default]
    Article,
    /// The places as a list.
    Places,
    /// The events as a list.
    Events,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system is.
    #[default]
    System,
    /// Dark ink on light ground.
    Light,
    /// Light ink on dark ground.
    Dark,
}

/// Whether the window moves things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Motion {
    /// The map flies.
    #[default]
    Full,
    /// The map jumps.
    Reduced,
}

/// The order of the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Sort {
    /// Most reports first.
    #[default]
    Reports,
    /// By name.
    Name,
    /// By country, then by name.
    Country,
}

/// Which events are shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Event types switched off.
    pub hidden: BTreeSet<EventType>,
    /// What is less sure is hidden, 0 to 1.
    pub confidence: f32,
    /// Only what lies in here is shown, where a region was drawn.
    pub region: Option<Region>,
    /// Only what may have happened in these days is shown, where they are chosen.
    pub period: Option<Period>,
}

/// How the timeline is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineLook {
    /// Whether its bars are shown, or only its title.
    pub open: bool,
    /// Its height in points.
    pub height: f32,
    /// What a bar stands for.
    pub unit: Unit,
}

impl Default for TimelineLook {
    fn default() -> Self {
        Self { open: true, height: timeline::panel::HEIGHT, unit: Unit::default() }
    }
}

/// A region drawn on the map by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Its corners.
    pub corners: Vec<LonLat>,
    /// Which points lie in it.
    pub lasso: Lasso,
}

impl Region {
    /// The region within these corners; `None` with fewer than three.
    pub fn new(corners: Vec<LonLat>) -> Option<Self> {
        Lasso::new(&corners).map(|lasso| Self { corners, lasso })
    }

    /// The box around it.
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.corners.iter().copied())
    }
}

/// What a click or a drag on the map does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tool {
    /// Chooses markers, drags the map.
    #[default]
    Hand,
    /// Adds a point to the way that is measured.
    Measure,
    /// Draws a box around events.
    Box,
    /// Draws a line around events.
    Lasso,
}

/// How the document is looked at; what is kept from one start to the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewState {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Whether the window moves things.
    pub motion: Motion,
    /// The tab of the right panel.
    pub tab: Tab,
    /// Whether the left panel is wanted.
    pub left: bool,
    /// Whether the right panel is wanted.
    pub right: bool,
    /// The order of the places.
    pub sort: Sort,
    /// How the picture is written.
    pub export: ExportOptions,
    /// How the map is shown.
    pub map: MapLook,
    /// How the timeline is shown.
    pub timeline: TimelineLook,
    /// Whether the hint on what to do was put away.
    pub hint_seen: bool,
    /// Which events are shown; belongs to the session.
    #[serde(skip)]
    pub filter: Filter,
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            motion: Motion::default(),
            tab: Tab::default(),
            left: true,
            right: true,
            sort: Sort::default(),
            export: ExportOptions::default(),
            map: MapLook::default(),
            timeline: TimelineLook::default(),
            hint_seen: false,
            filter: Filter::default(),
        }
    }
}

/// What is chosen, under the pointer, or on its way; gone at the end.
#[derive(Debug, Default, Clone)]
pub struct Transient {
    /// The article that is shown.
    pub article: usize,
    /// The chosen marker.
    pub place: Option<PlaceIndex>,
    /// The chosen passage.
    pub passage: Option<Passage>,
    /// The event that waits for another that is the same happening.
    pub joining: Option<Passage>,
    /// The mention whose candidates are shown: article and mention.
    pub mention: Option<(usize, usize)>,
    /// Whether one doubtful mention follows the other as they are decided.
    pub reviewing: bool,
    /// The candidate that Enter accepts.
    pub marked: usize,
    /// Whether a place that is no candidate is looked for in the card.
    pub elsewhere: bool,
    /// Whether the chosen days run through time.
    pub playing: bool,
    /// What was done last, in words.
    pub done: Option<String>,
    /// The places of a cluster that cannot be taken apart; spread on the map.
    pub cluster: Vec<PlaceIndex>,
    /// The place under the pointer, wherever it is named.
    pub hover: Option<PlaceIndex>,
    /// The passage the text still has to scroll to.
    pub scroll_to: Option<Passage>,
    /// Where the map still has to go.
    pub go: Option<Go>,
    /// What a click or a drag on the map does.
    pub tool: Tool,
    /// The points of the way that is measured.
    pub way: Vec<LonLat>,
    /// Whether the settings are shown, and which page.
    pub settings: Option<Page>,
    /// Why the picture could not be written; stands in the dialog.
    pub export_error: Option<String>,
    /// What is looked for.
    pub query: String,
    /// Whether the search field asks for the keyboard.
    pub focus_search: bool,
    /// Whether the options of the export are shown.
    pub export_open: bool,
    /// Whether the table of shortcuts is shown.
    pub shortcuts_open: bool,
    /// Whether "About" is shown.
    pub about_open: bool,
    /// Whether the window asks what to do with unsaved work.
    pub quit_open: bool,
    /// Whether the window closes once the project is saved.
    pub quit_when_saved: bool,
    /// Whether the person wants to leave without saving.
    pub quit_anyway: bool,
    /// Whether the left panel was pulled out over a narrow window.
    pub drawer_left: bool,
    /// Whether the right panel was pulled out over a narrow window.
    pub drawer_right: bool,
    /// A file that was just written.
    pub written: Option<PathBuf>,
}

/// A page of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Theme, motion, coordinates.
    General,
    /// What the map is drawn on.
    Maps,
    /// Places of the person's own.
    Gazetteers,
}

/// Where the map still has to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Go {
    /// To a point, at this zoom or nearer.
    To(LonLat, f64),
    /// To every marker.
    Fit,
    /// To where most of it happened.
    Most,
    /// Steps nearer, or farther where negative.
    Zoom(f64),
    /// To the side: east and north, in thirds of what is seen.
    Pan(i8, i8),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_settings_with_missing_fields_are_read() {
        let view: ViewState = serde_json::from_str(r#"{"theme":"Dark","unknown":1}"#).unwrap();
        assert_eq!(view.theme, ThemeChoice::Dark);
        assert!(view.left && view.export.width == 1600);
    }

    #[test]
    fn each_change_has_its_revision() {
        let mut document = Document::default();
        let gazetteer = Gazetteer::bundled().unwrap();
        document.add(Vec::new(), gazetteer);
        document.remove(3, gazetteer);
        document.clear();
        assert_eq!(document.revision, 2);
    }

    #[test]
    fn only_own_articles_that_no_file_holds_are_unsaved_work() {
        let article = |origin| {
            let article = crate::article::Article::from_text("", origin);
            Arc::new(Analysed::new(article, crate::project::Findings::default()))
        };
        let gazetteer = Gazetteer::bundled().unwrap();
        let mut document = Document::default();
        document.add(vec![article(Origin::Sample("1".into()))], gazetteer);
        assert!(!document.is_unsaved());
        document.add(vec![article(Origin::Pasted)], gazetteer);
        assert!(document.is_unsaved());
        document.note_saved(document.revision);
        assert!(!document.is_unsaved());
        document.remove(0, gazetteer);
        assert!(document.is_unsaved());
    }
}
