//! The window: what it is made of, and what one frame does.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Rect, Ui, UiBuilder, pos2};
use serde_json::json;

use super::choices::Ground;
use super::command::{self, Command};
use super::context::{Cx, Out};
use super::dialogs::{Answer, Dialogs};
use super::engine::{Engine, Read, Source};
use super::found::Found;
use super::jobs::{Jobs, Polled, Waker};
use super::kept::Kept;
use super::look::{self, Look};
use super::map::overlay;
use super::map::panel::MapPanel;
use super::own::work::Changed;
use super::own::{Order, Own};
use super::search::Search;
use super::state::{Document, Filter, Go, Problem, Tab, ThemeChoice, Transient, ViewState};
use super::timeline::panel::{self as bars, TimelinePanel};
use super::timeline::play;
use super::trace::Trace;
use super::{export, help, left, online, quit, right, saved, settings, status, topbar};
use crate::map::source::{self, SourceError, TileSource};
use crate::places::Gazetteer;

/// The window's state and its parts.
pub struct DatelineApp {
    pub(super) document: Document,
    pub(super) view: ViewState,
    kept: Kept,
    pub(super) now: Transient,
    pub(super) found: Found,
    found_for: Option<Shown>,
    pub(super) engine: Arc<Engine>,
    pub(super) jobs: Jobs<Message>,
    pub(super) dialogs: Arc<dyn Dialogs>,
    pub(super) trace: Trace,
    pub(super) map: MapPanel,
    preview: export::Preview,
    pub(super) typed: settings::Typed,
    pub(super) own: Own,
    /// Why the chosen map cannot be shown.
    map_problem: Option<String>,
    cached: u64,
    right: right::Parts,
    timeline: TimelinePanel,
    /// When the chosen days made their last step, in seconds of the interface.
    stepped: f64,
    search: Search,
    /// Whether a choice may have to be kept.
    dirty: bool,
    waiting: Vec<Source>,
    arrived: VecDeque<Read>,
    /// Whether the map shall show all that was read once the reading has ended.
    fit_at_end: bool,
    frames: u64,
    traced: u64,
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

/// What the lists are drawn from: revision and filter.
type Shown = (u64, Filter);

/// Below this width the left panel is folded away, in points.
pub(super) const FOLDED: f32 = 1000.0;
/// Below this width the right panel is a drawer, in points.
pub(super) const NARROW: f32 = 800.0;
/// The name of the job that reads articles; one at a time.
const READING: &str = "Reading articles";
/// The name of the job that draws the lists of a large document.
const SORTING: &str = "Sorting what was found";
/// A document with more events and mentions than this is sorted by a job.
const AT_ONCE: usize = 3000;

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

    /// Whether the lists are those of the document and the filter as they are now.
    fn is_fresh(&self) -> bool {
        let shown = self.found_for.as_ref();
        shown.is_some_and(|(revision, filter)| {
            *revision == self.document.revision && *filter == self.view.filter
        })
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
            self.now.export_error = Some(format!("{}: {}", problem.subject, problem.message));
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

    /// Whether the window is so narrow that the left panel is folded away.
    pub(super) fn folded(&self, ctx: &Context) -> bool {
        ctx.content_rect().width() < FOLDED
    }

    /// Whether the window is so narrow that the right panel is a drawer.
    pub(super) fn narrow(&self, ctx: &Context) -> bool {
        ctx.content_rect().width() < NARROW
    }

    /// Makes the right panel seen.
    pub(super) fn open_right(&mut self, ctx: &Context) {
        self.view.right = true;
        self.now.drawer_right = self.narrow(ctx);
    }

    /// Reads a source in the background, after those that are read already.
    pub(super) fn read(&mut self, source: Source) {
        self.waiting.push(source);
        self.read_next();
    }

    fn read_next(&mut self) {
        if self.jobs.is_running(READING) || !self.arrived.is_empty() {
            return;
        }
        if self.waiting.is_empty() {
            if std::mem::take(&mut self.fit_at_end) {
                self.now.go = Some(Go::Most);
            }
            return;
        }
        let source = self.waiting.remove(0);
        let engine = Arc::clone(&self.engine);
        self.jobs.start(READING, move |handle| engine.read(source, handle, Message::Read));
    }

    /// Asks the person with a dialog, in the background.
    pub(super) fn ask(&mut self, command: &Command) {
        let dialogs = Arc::clone(&self.dialogs);
        let (command, name) = (command.clone(), export::file_name(self));
        let kind = self.view.export.kind.clone();
        self.jobs.start("Waiting for the file dialog", move |handle| {
            let answer = match command {
                Command::OpenFolder => dialogs.open_folder(),
                Command::OpenMapFile => dialogs.open_map(),
                Command::Own(Order::Choose) => dialogs.open_gazetteer(),
                Command::SaveMap => dialogs.save_picture(&format!("{name}.{kind}")),
                Command::SaveProject => dialogs.save_project(&format!("{name}.{}", saved::ENDING)),
                _ => dialogs.open_files(),
            };
            handle.send(Message::Answer(command, answer));
        });
    }

    /// Takes what the jobs sent.
    fn receive(&mut self) {
        for polled in self.jobs.poll() {
            match polled {
                Polled::Message(Message::Read(read)) => self.arrived.push_back(read),
                Polled::Message(Message::Answer(command, answer)) => self.answered(&command, answer),
                Polled::Message(Message::Written(Ok(path))) => {
                    self.trace.note("written", &json!({ "bytes": path.metadata().map_or(0, |m| m.len()) }));
                    self.now.written = Some(path);
                    self.now.export_open = false;
                }
                Polled::Message(Message::Written(Err(problem))) => self.fail_export(problem),
                Polled::Message(Message::Saved(saved, revision)) => self.saved(saved, revision),
                Polled::Message(Message::Changed(changed)) => self.own.arrived = Some(changed),
                Polled::Message(Message::Found(shown, found)) => self.show_found(shown, *found),
                Polled::Broken(name, why) => self.broken(name, &why),
            }
        }
        while let Some(read) = self.arrived.pop_front() {
            self.take(read);
        }
        // What is being read now still speaks of the places as they were.
        if !self.jobs.is_running(READING)
            && self.arrived.is_empty()
            && let Some(changed) = self.own.arrived.take()
        {
            self.changed(*changed);
        }
        self.read_next();
    }

    fn saved(&mut self, saved: Result<PathBuf, Problem>, revision: u64) {
        match saved {
            Ok(path) => {
                self.now.written = Some(path);
                self.document.note_saved(revision);
                self.now.quit_anyway |= self.now.quit_when_saved && !self.document.is_unsaved();
            }
            Err(problem) => self.document.problems.push(problem),
        }
        self.now.quit_when_saved = false;
    }

    fn broken(&mut self, name: String, why: &str) {
        if name == SORTING {
            // The lists stay as they were; the next change sorts anew.
            self.found_for = Some((self.document.revision, self.view.filter.clone()));
        }
        let message = format!("broke off: {why}. The rest of the window goes on; try once more");
        self.document.problems.push(Problem { message, subject: name });
    }

    fn take(&mut self, read: Read) {
        self.document.problems.extend(read.problems);
        let was_empty = self.document.project.articles.is_empty();
        let mut first = None;
        if let Some((project, record)) = read.project.filter(|(project, _)| !project.articles.is_empty()) {
            if was_empty {
                self.view.filter.period = project.period;
            }
            first = Some(self.document.add_project(project, record));
        }
        if !read.articles.is_empty() {
            let added = self.document.add(read.articles, self.engine.gazetteer());
            first = first.or(Some(added));
        }
        if let Some(first) = first {
            // The first piece of what is read is shown; those behind it do not take the page away.
            if was_empty || (!self.fit_at_end && self.waiting.is_empty()) {
                self.now.article = first;
            }
            if was_empty {
                self.now.go = Some(Go::Most);
            }
            self.fit_at_end = true;
        }
        let facts = json!({
            "articles": self.document.project.articles.len(),
            "problems": self.document.problems.len(),
        });
        self.trace.note("opened", &facts);
    }

    fn answered(&mut self, command: &Command, answer: Answer) {
        match (command, answer) {
            (Command::Own(_), answer) => self.gazetteer_chosen(answer),
            (_, Answer::Cancelled) => {}
            (Command::SaveMap, Answer::Chosen(paths)) => {
                if let Some(path) = paths.into_iter().next() {
                    export::start(self, path);
                }
            }
            (Command::SaveProject, Answer::Chosen(paths)) => {
                if let Some(path) = paths.into_iter().next() {
                    saved::start(self, path);
                }
            }
            (Command::OpenMapFile, Answer::Chosen(paths)) => {
                self.view.map.file = paths.into_iter().next();
                self.view.map.ground = Ground::File;
                self.set_ground();
            }
            (_, Answer::Chosen(paths)) => self.read(Source::Paths(paths)),
            (Command::SaveMap, Answer::Unavailable) => self.fail_export(no_dialog(command)),
            (_, Answer::Unavailable) => self.document.problems.push(no_dialog(command)),
        }
    }

    /// Draws the lists anew where the document or the filter changed.
    fn refresh(&mut self) {
        if self.is_fresh() || self.jobs.is_running(SORTING) || self.sorts_later() {
            return;
        }
        let shown = (self.document.revision, self.view.filter.clone());
        let (project, gazetteer) = (Arc::clone(&self.document.project), self.engine.gazetteer());
        let known = self.found.catalog.clone();
        if self.document.size() <= AT_ONCE {
            let found = Found::new(&project, &shown.1, gazetteer, &known);
            return self.show_found(shown, found);
        }
        self.jobs.start(SORTING, move |handle| {
            let found = Found::new(&project, &shown.1, gazetteer, &known);
            drop(project);
            handle.send(Message::Found(shown, Box::new(found)));
        });
    }

    /// Whether the lists may wait: while articles are read, they are drawn anew each time half as
    /// many more have come, so that all drawings together cost no more than three of the whole.
    fn sorts_later(&self) -> bool {
        let (listed, open) = (self.found.articles.len(), self.document.project.articles.len());
        let filtered = self.found_for.as_ref().is_some_and(|(_, filter)| *filter != self.view.filter);
        self.jobs.is_running(READING) && !filtered && open > listed && open < listed + listed / 2
    }

    fn show_found(&mut self, shown: Shown, found: Found) {
        let generation = self.found.generation + 1;
        let old = std::mem::replace(&mut self.found, found);
        if old.total > AT_ONCE {
            // Letting go of hundreds of thousands of lines takes longer than a frame.
            rayon::spawn(move || drop(old));
        }
        self.found.generation = generation;
        self.found_for = Some(shown);
        self.trace.note("sorted", &json!({ "events": self.found.events.len() }));
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
        let mut out = command::pressed(ctx, self.map.has_keyboard(), self.card_is_seen(ctx));
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

    /// Lets the chosen days run, or stops them.
    pub(super) fn play(&mut self) {
        self.now.playing = !self.now.playing;
        if self.now.playing {
            self.advance(true);
            self.stepped = f64::NEG_INFINITY;
        }
    }

    fn advance(&mut self, starting: bool) {
        let bins = self.found.timeline.bins(self.view.timeline.unit);
        let next = play::next(bins, self.view.filter.period, starting);
        self.now.playing = next.is_some();
        self.view.filter.period = next.or(self.view.filter.period);
    }

    /// The next step of days that run, once the map shows the last.
    fn play_on(&mut self, ctx: &Context) {
        if !self.now.playing {
            return;
        }
        let now = ctx.input(|i| i.time);
        if self.stepped == f64::NEG_INFINITY {
            self.stepped = now;
        }
        let wait = self.stepped + play::STEP - now;
        if wait <= 0.0 && self.is_fresh() {
            self.stepped = now;
            self.advance(false);
            self.refresh();
        }
        ctx.request_repaint_after_secs(wait.max(0.02) as f32);
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

    fn panels(&mut self, ui: &mut Ui) -> Out {
        let mut out = Out::default();
        let ctx = ui.ctx().clone();
        let (folded, narrow) = (self.folded(&ctx), self.narrow(&ctx));
        let cx = Cx {
            document: &self.document,
            view: &self.view,
            now: &self.now,
            found: &self.found,
            fresh: self.is_fresh(),
            gazetteer: self.engine.gazetteer(),
            jobs: self.jobs.running(),
        };
        let pointed = self.map.pointed();
        let look = Look::of(ui);
        let plain = Frame::NONE.fill(look.panel());
        let bar = Panel::top("top").exact_size(44.0).frame(plain).show_separator_line(true);
        bar.show(ui, |ui| topbar::show(ui, cx, &mut self.search, &mut out));
        let line = Panel::bottom("status").exact_size(24.0).frame(plain);
        line.show(ui, |ui| status::show(ui, cx, pointed, &mut out));
        if cx.view.left && !folded {
            let panel = Panel::left("left").default_size(264.0).size_range(200.0..=400.0).frame(plain);
            panel.show(ui, |ui| left::show(ui, cx, &mut out));
        }
        if cx.view.right && !narrow {
            // The map stays at least as wide as the text beside it.
            let most = (ui.available_width() * 0.5).clamp(300.0, 680.0);
            let panel = Panel::right("right").default_size(440.0).size_range(300.0..=most).frame(plain);
            let parts = &mut self.right;
            panel.show(ui, |ui| right::show(ui, cx, parts, &mut out));
        }
        let height = timeline_panel(ui, cx, &mut self.timeline, plain, &mut out);
        let map = &mut self.map;
        let middle = CentralPanel::no_frame().show(ui, |ui| {
            map.show(ui, cx, &mut out);
            ui.max_rect()
        });
        let area = middle.inner;
        if folded && cx.now.drawer_left {
            let drawer = Rect::from_min_max(area.min, pos2(area.left() + 280.0, area.bottom()));
            float(ui, "left drawer", drawer, |ui| left::show(ui, cx, &mut out));
        }
        if narrow && cx.now.drawer_right {
            let width = (area.width() - 56.0).min(440.0);
            let drawer = Rect::from_min_max(pos2(area.right() - width, area.top()), area.max);
            let parts = &mut self.right;
            float(ui, "right drawer", drawer, |ui| right::show(ui, cx, parts, &mut out));
        }
        if cx.now.export_open {
            let (labels, seen) = (self.map.label_index(), self.map.camera.view().bounds());
            export::show(ui, cx, &mut self.preview, (labels, seen, self.engine.gazetteer()), &mut out);
        } else {
            self.preview.close();
        }
        let (map_problem, cached) = (self.map_problem.as_deref(), self.cached);
        let facts = settings::Facts { map_problem, cached, own: &self.own };
        settings::show(ui, cx, &mut self.typed, facts, &mut out);
        help::show(ui, cx, &mut out);
        quit::show(ui, cx, &mut out);
        if ctx.input(|i| !i.raw.hovered_files.is_empty()) {
            overlay::drop_here(ui, ctx.content_rect());
        }
        if let Some(height) = height.filter(|height| (height - self.view.timeline.height).abs() > 0.5) {
            self.view.timeline.height = height;
            self.dirty = true;
        }
        out
    }
}

/// The timeline under the map; gives its height while it is open.
fn timeline_panel(
    ui: &mut Ui,
    cx: Cx<'_>,
    timeline: &mut TimelinePanel,
    frame: Frame,
    out: &mut Out,
) -> Option<f32> {
    let open = cx.view.timeline.open;
    let panel = Panel::bottom(if open { "timeline" } else { "folded timeline" }).frame(frame);
    let panel = if open {
        panel.resizable(true).default_size(cx.view.timeline.height).size_range(bars::HEIGHTS)
    } else {
        panel.exact_size(bars::FOLDED)
    };
    let shown = panel.show(ui, |ui| timeline.show(ui, cx, out));
    open.then(|| shown.response.rect.height())
}

/// Says what else leads there where the system has no file dialog.
fn no_dialog(command: &Command) -> Problem {
    let (subject, instead) = match command {
        Command::SaveMap => (
            "Export map",
            "install zenity or a desktop portal, or write the picture with: dateline map FILE -o map.png",
        ),
        Command::SaveProject => (
            "Save project",
            "install zenity or a desktop portal, or write the project with: dateline analyse FILE -o \
             work.dateline",
        ),
        _ => (
            "Open",
            "drop files on the window, paste an article with Ctrl+V, or name files on the command line",
        ),
    };
    Problem { subject: subject.to_owned(), message: format!("this system offers no file dialog; {instead}") }
}

/// A panel that lies over the map.
fn float(ui: &mut Ui, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    let look = Look::of(ui);
    let area = egui::Area::new(egui::Id::unique(name)).fixed_pos(rect.min).order(egui::Order::Middle);
    area.show(ui.ctx(), |ui| {
        ui.set_clip_rect(rect.expand(24.0));
        ui.painter().add(look.shadow().as_shape(rect, 0));
        ui.painter().rect_filled(rect, 0, look.panel());
        ui.interact(rect, ui.scope_id().with("ground"), egui::Sense::click_and_drag());
        ui.set_clip_rect(rect);
        let inner = Frame::NONE.inner_margin(Margin::ZERO);
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| inner.show(ui, add));
    });
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
