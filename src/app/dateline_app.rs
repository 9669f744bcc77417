//! The window: what it is made of, and what one frame does; what comes from jobs is taken in
//! `arrive`, lists are drawn in `sorting`, and `panels` says where everything stands.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Ui};
use serde_json::json;

use super::choices::Ground;
use super::command::Command;
use super::context::Cx;
use super::dialogs::{Answer, Dialogs};
use super::engine::{Engine, Read, Source};
use super::found::Found;
use super::jobs::{Jobs, Waker};
use super::kept::Kept;
use super::map::panel::MapPanel;
use super::own::Own;
use super::own::work::Changed;
use super::search::Search;
use super::sorting::Shown;
use super::state::{Document, Problem, Tab, ThemeChoice, Transient, ViewState};
use super::timeline::panel::TimelinePanel;
use super::trace::Trace;
use super::{export, look, online, right, settings, table};
use crate::map::source::{self, SourceError, TileSource};
use crate::places::Gazetteer;

/// The window's state and its parts.
pub struct DatelineApp {
    pub(super) document: Document,
    pub(super) view: ViewState,
    pub(super) kept: Kept,
    pub(super) now: Transient,
    pub(super) found: Found,
    pub(super) found_for: Option<Shown>,
    pub(super) engine: Arc<Engine>,
    pub(super) jobs: Jobs<Message>,
    pub(super) dialogs: Arc<dyn Dialogs>,
    pub(super) trace: Trace,
    pub(super) map: MapPanel,
    pub(super) preview: export::Preview,
    pub(super) typed: settings::Typed,
    pub(super) own: Own,
    /// Why the chosen map cannot be shown.
    pub(super) map_problem: Option<String>,
    pub(super) cached: u64,
    pub(super) right: right::Parts,
    pub(super) timeline: TimelinePanel,
    /// When the chosen days made their last step, in seconds of the interface.
    pub(super) stepped: f64,
    pub(super) search: Search,
    /// Whether a choice may have to be kept.
    pub(super) dirty: bool,
    pub(super) waiting: Vec<Source>,
    pub(super) arrived: VecDeque<Read>,
    /// Whether the map shall show all that was read once the reading has ended.
    pub(super) fit_at_end: bool,
    pub(super) frames: u64,
    pub(super) traced: u64,
}

/// What the window is started with.
pub struct Setup {
    /// The gazetteer and the analyser.
    pub engine: Arc<Engine>,
    /// The file dialogs.
    pub dialogs: Arc<dyn Dialogs>,
    /// How the document was looked at last time.
    pub view: ViewState,
    /// Where that is kept.
    pub kept: Kept,
    /// Where the trace goes.
    pub trace: Trace,
    /// What is opened first; the samples where empty.
    pub paths: Vec<PathBuf>,
}

/// What jobs send to the window.
pub enum Message {
    /// Articles, and what could not be read.
    Read(Read),
    /// What a dialog answered, and what it was asked for.
    Answer(Command, Answer),
    /// A picture was written, or why not.
    Written(Result<PathBuf, Problem>),
    /// A project was written, or why not, and which revision of it.
    Saved(Result<PathBuf, Problem>, u64),
    /// The person's gazetteers changed, or not, and why.
    Changed(Box<Changed>),
    /// The lists of a revision and a filter.
    Found(Shown, Box<Found>),
}

impl DatelineApp {
    /// A window that opens what the setup names.
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        look::install(ctx);
        let waker: Waker = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let gazetteer = setup.engine.gazetteer();
        let mut app = Self {
            document: Document::default(),
            view: setup.view,
            kept: setup.kept,
            now: Transient::default(),
            found: Found::default(),
            found_for: None,
            engine: setup.engine,
            map: MapPanel::new(&waker, gazetteer),
            preview: export::Preview::new(&waker),
            typed: settings::Typed::default(),
            own: Own::default(),
            map_problem: None,
            cached: 0,
            jobs: Jobs::new(waker),
            dialogs: setup.dialogs,
            trace: setup.trace,
            right: right::Parts::default(),
            timeline: TimelinePanel::default(),
            stepped: 0.0,
            search: Search::default(),
            dirty: false,
            waiting: Vec::new(),
            arrived: VecDeque::new(),
            fit_at_end: false,
            frames: 0,
            traced: 0,
        };
        app.set_theme(ctx);
        app.set_ground();
        app.own = Own::new(app.engine.library().cloned());
        let told = |message: &String| Problem { subject: "Your gazetteers".into(), message: message.clone() };
        app.document.problems.extend(app.engine.problems().iter().map(told));
        app.read(if setup.paths.is_empty() { Source::Samples } else { Source::Paths(setup.paths) });
        app
    }

    /// How the document is looked at, to be kept.
    pub fn view_state(&self) -> &ViewState {
        &self.view
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What is chosen.
    pub fn now(&self) -> &Transient {
        &self.now
    }

    /// What the panels list.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The person's gazetteers.
    pub fn own(&self) -> &Own {
        &self.own
    }

    /// The places of the world and the person's.
    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.engine.gazetteer()
    }

    /// The map.
    pub fn map(&self) -> &MapPanel {
        &self.map
    }

    /// Whether nothing is under way: no job, no flight, no tile.
    pub fn is_at_rest(&self) -> bool {
        let waits = !self.waiting.is_empty() || !self.arrived.is_empty() || self.own.arrived.is_some();
        let still = self.map.settled() && !self.preview.is_busy();
        self.jobs.running().is_empty() && !waits && self.is_fresh() && still
    }

    /// What the views are given.
    pub(super) fn cx(&self) -> Cx<'_> {
        Cx {
            document: &self.document,
            view: &self.view,
            now: &self.now,
            found: &self.found,
            fresh: self.is_fresh(),
            gazetteer: self.engine.gazetteer(),
            jobs: self.jobs.running(),
        }
    }

    /// Draws on the map that was chosen; on that of the program where it cannot be had.
    pub(super) fn set_ground(&mut self) {
        let look = &self.view.map;
        let folder = online::Cache::folder(|name| std::env::var_os(name));
        let source: Result<Option<Arc<dyn TileSource>>, SourceError> = match (look.ground, &look.file) {
            (Ground::File, Some(path)) => source::open(path).map(|source| Some(Arc::from(source))),
            (Ground::Online, _) => {
                let cache = online::Cache::new(folder, look.online.cache_mb.saturating_mul(1_000_000));
                self.cached = cache.used();
                online::Online::new(&look.online, cache)
                    .map(|online| Some(Arc::new(online) as Arc<dyn TileSource>))
            }
            _ => Ok(None),
        };
        self.map_problem = source.as_ref().err().map(ToString::to_string);
        self.map.set_source(source.unwrap_or_default(), self.map_problem.clone());
    }

    /// Forgets the map tiles kept on disk.
    pub(super) fn clear_tiles(&mut self) {
        if let Some(folder) = online::Cache::folder(|name| std::env::var_os(name)) {
            online::clear(&folder);
        }
        self.cached = 0;
        self.set_ground();
    }

    /// Says why a picture was not written: in its dialog while that is open.
    pub(super) fn fail_export(&mut self, problem: Problem) {
        if self.now.export_open {
            // Most messages name the file by themselves.
            let named = problem.message.contains(&problem.subject);
            let subject = if named { String::new() } else { format!("{}: ", problem.subject) };
            self.now.export_error = Some(format!("{subject}{}", problem.message));
        } else {
            self.document.problems.push(problem);
        }
    }

    /// Follows the chosen theme.
    pub(super) fn set_theme(&self, ctx: &Context) {
        ctx.set_theme(match self.view.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
    }

    /// Keeps the window open where work would be lost, and asks; closes it where it may.
    fn closing(&mut self, ctx: &Context) {
        let wanted = ctx.input(|i| i.viewport().close_requested());
        if self.now.quit_anyway {
            if !wanted {
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        } else if wanted && self.document.is_unsaved() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.now.quit_open = true;
        }
    }

    /// What came from outside the panels: keys, dropped files, pasted text.
    fn input(&self, ctx: &Context) -> Vec<Command> {
        let mut out = table::pressed(ctx, self.map.has_keyboard(), self.card_is_seen(ctx));
        let dropped: Vec<PathBuf> =
            ctx.input(|i| i.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            out.push(Command::OpenPaths(dropped));
        }
        if !ctx.text_edit_focused() {
            let pasted = ctx.input(|i| {
                i.events.iter().find_map(|event| match event {
                    egui::Event::Paste(text) => Some(text.clone()),
                    _ => None,
                })
            });
            out.extend(pasted.map(Command::PasteText));
        }
        out
    }

    /// One frame: take what arrived, show the panels, carry out what the person did.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.receive();
        for command in self.input(&ctx) {
            self.dirty = true;
            self.apply(&ctx, command);
        }
        self.refresh();
        self.play_on(&ctx);
        self.closing(&ctx);
        let out = self.panels(ui);
        self.now.focus_search = false;
        if out.went {
            self.now.go = None;
        }
        if out.scrolled {
            self.now.scroll_to = None;
        }
        let acted = !out.commands.is_empty();
        let changed = acted || self.now.hover != out.hover;
        self.now.hover = out.hover;
        for command in out.commands {
            self.apply(&ctx, command);
        }
        self.dirty |= acted;
        if self.dirty && !ctx.text_edit_focused() {
            self.dirty = false;
            self.kept.save(&self.view);
        }
        if changed || self.now.go.is_some() {
            ctx.request_repaint();
        }
        if !self.jobs.running().is_empty() {
            ctx.request_repaint_after_secs(0.25);
        }
        if self.frames == 0 {
            self.trace.note("first frame", &json!({}));
        }
        self.frames += 1;
        self.trace_markers();
    }

    /// Whether the candidates of a place are on the screen, so that their keys work.
    fn card_is_seen(&self, ctx: &Context) -> bool {
        let seen = if self.narrow(ctx) { self.now.drawer_right } else { self.view.right };
        let text = match self.view.tab {
            Tab::Article => true,
            Tab::Passages => self.now.place.is_some(),
            Tab::Places | Tab::Events => false,
        };
        let dialog = self.now.export_open || self.now.settings.is_some() || self.now.quit_open;
        seen && text && !dialog && self.now.mention.is_some_and(|(article, _)| article == self.now.article)
    }

    /// Tells where the markers stand once the map has come to rest, for tests that click them.
    fn trace_markers(&mut self) {
        let generation = self.found.generation;
        if !self.trace.is_on() || self.traced == generation || !self.is_at_rest() || self.now.go.is_some() {
            return;
        }
        self.traced = generation;
        for spot in self.map.spots() {
            let place = spot.places.first().and_then(|&place| self.engine.gazetteer().place(place));
            let id = place.map(|place| place.id.to_string());
            let facts = json!({ "id": id, "name": spot.name, "x": spot.at.x, "y": spot.at.y, "reports": spot.reports });
            self.trace.note("marker", &facts);
        }
    }
}

impl eframe::App for DatelineApp {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if let Some(seconds) = frame.info().cpu_usage.filter(|_| self.trace.is_on()) {
            self.trace.note("frame", &json!({ "ms": f64::from(seconds * 1e5).round() / 100.0 }));
        }
        self.frame(ui);
    }

    fn save(&mut self, _storage: &mut dyn eframe::Storage) {
        self.kept.save(&self.view);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.kept.save(&self.view);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
