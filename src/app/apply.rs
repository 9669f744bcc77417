//! Carries out what the person did: the one place where commands change the window's state.

use serde_json::json;

use super::command::Command;
use super::dateline_app::DatelineApp;
use super::engine::Source;
use super::map::fit::zoom_for;
use super::state::{Filter, Go, Passage, Region, Tab, Tool, Transient};
use crate::places::{PlaceIndex, Precision};

impl DatelineApp {
    /// Carries out one command.
    pub(super) fn apply(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::SaveProject if self.document.project.articles.is_empty() => {}
            Command::OpenFiles | Command::OpenFolder | Command::SaveMap | Command::SaveProject => {
                self.ask(&command);
            }
            Command::OpenPaths(paths) => self.read(Source::Paths(paths)),
            Command::OpenSamples => self.read(Source::Samples),
            Command::PasteText(text) => self.read(Source::Pasted(text)),
            Command::PasteArticle => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::CloseArticle => self.close_article(),
            Command::CloseAll => self.close_all(),
            Command::ExportMap => {
                self.now.export_open = !self.now.export_open;
                self.now.export_error = None;
            }
            Command::Settings(page) => self.now.settings = page,
            Command::OpenMapFile => self.ask(&command),
            Command::Own(order) => self.order(order),
            Command::ClearTiles => self.clear_tiles(),
            Command::Quit if self.document.is_unsaved() => self.now.quit_open = true,
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::QuitAnyway => self.now.quit_anyway = true,
            Command::SaveAndQuit => {
                self.now.quit_open = false;
                self.now.quit_when_saved = true;
                self.ask(&Command::SaveProject);
            }
            Command::DismissProblem(i) => self.dismiss(i),
            Command::DismissProblems => self.document.problems.clear(),
            Command::Cancel(id) => self.jobs.cancel(id),
            Command::Shortcuts => self.now.shortcuts_open = !self.now.shortcuts_open,
            Command::About => self.now.about_open = !self.now.about_open,
            Command::Find => self.now.focus_search = true,
            Command::Undo | Command::Redo => self.turn_back(ctx, &command),
            look => self.apply_look(ctx, look),
        }
    }

    /// Commands that change how the document is looked at.
    fn apply_look(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::Show(tab) => {
                self.view.tab = tab;
                self.view.right = true;
                self.now.drawer_right = self.narrow(ctx) || self.now.drawer_right;
            }
            Command::ToggleLeft if self.folded(ctx) => self.now.drawer_left = !self.now.drawer_left,
            Command::ToggleLeft => self.view.left = !self.view.left,
            Command::ToggleRight if self.narrow(ctx) => self.now.drawer_right = !self.now.drawer_right,
            Command::ToggleRight => self.view.right = !self.view.right,
            Command::Theme(theme) => {
                self.view.theme = theme;
                self.set_theme(ctx);
            }
            Command::Motion(motion) => self.view.motion = motion,
            Command::ExportOptions(options) => self.view.export = options,
            Command::SortPlaces(sort) => self.view.sort = sort,
            Command::DismissHint => self.view.hint_seen = true,
            Command::ToggleKind(kind) => {
                if !self.view.filter.hidden.remove(&kind) {
                    self.view.filter.hidden.insert(kind);
                }
            }
            Command::AllKinds => self.view.filter.hidden.clear(),
            Command::Period(period) => {
                self.now.playing = false;
                self.view.filter.period = period;
            }
            Command::Play => self.play(),
            Command::ToggleTimeline => self.view.timeline.open = !self.view.timeline.open,
            Command::TimelineUnit(unit) => self.view.timeline.unit = unit,
            Command::Confidence(value) => self.view.filter.confidence = value,
            Command::ZoomIn => self.now.go = Some(Go::Zoom(1.0)),
            Command::ZoomOut => self.now.go = Some(Go::Zoom(-1.0)),
            Command::FitAll => self.now.go = Some(Go::Fit),
            Command::Pan(east, north) => self.now.go = Some(Go::Pan(east, north)),
            Command::LookAt(at) => self.now.go = Some(Go::To(at, 0.0)),
            Command::FlyToPlace(place) => self.fly_to_place(place),
            tool => self.apply_tool(ctx, tool),
        }
    }

    /// Commands that work on the map.
    fn apply_tool(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::Tool(tool) => {
                self.now.tool = if self.now.tool == tool { Tool::Hand } else { tool };
                if self.now.tool != Tool::Measure {
                    self.now.way.clear();
                }
            }
            Command::Measure(at) => {
                self.now.tool = Tool::Measure;
                self.now.way.push(at);
            }
            Command::Unmeasure => {
                self.now.way.pop();
            }
            Command::Region(corners) => {
                self.view.filter.region = Region::new(corners);
                self.now.tool = Tool::Hand;
            }
            Command::Layer(layer) => self.view.map.layer = layer,
            Command::Graticule => self.view.map.graticule = !self.view.map.graticule,
            Command::Minimap => self.view.map.minimap = !self.view.map.minimap,
            Command::NativeNames => self.view.map.native = !self.view.map.native,
            Command::Coordinates(style) => self.view.map.coordinates = style,
            Command::MapLook(look) => {
                self.view.map = *look;
                self.set_ground();
            }
            Command::CopyCoordinates => {
                if let Some(at) = self.map.pointed() {
                    ctx.copy_text(self.view.map.coordinates.format(at));
                }
            }
            choice => self.apply_choice(ctx, choice),
        }
    }

    /// Commands that choose something.
    fn apply_choice(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::Deselect => self.deselect(),
            Command::NextPassage => self.turn(1),
            Command::PreviousPassage => self.turn(-1),
            Command::SelectArticle(article) => self.select_article(article),
            Command::SelectPlace(place) => self.select_place(ctx, place),
            Command::SelectPassage(passage) => self.select_passage(passage),
            Command::ShowPassage(passage) => self.show_passage(Some(passage)),
            Command::SelectMention(article, mention) => self.select_mention(article, mention),
            Command::ListCluster(places) => {
                self.now.cluster = places;
                self.now.place = None;
                self.now.passage = None;
                self.view.tab = Tab::Passages;
                self.open_right(ctx);
            }
            decision => self.apply_review(ctx, decision),
        }
    }

    fn select_article(&mut self, article: usize) {
        self.now.article = article;
        self.now.place = None;
        self.now.passage = None;
        self.close_card();
        self.view.tab = Tab::Article;
        self.view.right = true;
        self.trace.note("article", &json!({ "index": article }));
    }

    /// A marker was clicked: its passages, and the text at the first of them.
    fn select_place(&mut self, ctx: &egui::Context, place: PlaceIndex) {
        // A place of a spread cluster is chosen in its middle, and the others stay in reach.
        if !self.now.cluster.contains(&place) {
            self.now.cluster.clear();
        }
        self.close_card();
        self.now.place = Some(place);
        let first = self.found.passages(place).first().copied();
        self.show_passage(first);
        self.view.tab = Tab::Passages;
        self.open_right(ctx);
        if first.is_none() {
            // A place without a marker: go there all the same.
            self.fly_to_place(place);
        } else if let Some(row) = self.found.place(place) {
            self.map.bring_into_sight(row.at, &mut self.now.go);
        }
        let id = self.engine.gazetteer().place(place).map(|p| p.id.to_string()).unwrap_or_default();
        let passages = self.found.passages(place).len();
        self.trace.note("place", &json!({ "id": id, "passages": passages }));
    }

    /// A passage was clicked: the map flies to its place.
    fn select_passage(&mut self, passage: Passage) {
        let place = self.place_of(passage);
        if !self.now.place.is_some_and(|chosen| self.found.passages(chosen).contains(&passage)) {
            self.now.place = place;
        }
        self.close_card();
        self.show_passage(Some(passage));
        if self.view.tab == Tab::Places || (self.view.tab == Tab::Passages && self.now.place.is_none()) {
            self.view.tab = Tab::Article;
        }
        if let Some(place) = self.now.place {
            self.fly_to_place(place);
        }
        self.trace.note("passage", &json!({ "article": passage.article() }));
    }

    /// A place in the text was clicked: the map flies there, and its candidates are shown.
    fn select_mention(&mut self, article: usize, index: usize) {
        let Some(mention) =
            self.document.article(article).and_then(|analysed| analysed.findings.mentions.get(index))
        else {
            return;
        };
        let place = mention.place;
        self.now.reviewing = false;
        self.open_card(article, index);
        self.now.cluster.clear();
        if let Some(place) = place {
            self.now.place = Some(place);
            let here = self.found.passages(place).iter().find(|passage| passage.article() == article);
            self.now.passage = here.copied();
            self.fly_to_place(place);
        }
        let id = place.and_then(|p| self.engine.gazetteer().place(p)).map(|p| p.id.to_string());
        self.trace.note("mention", &json!({ "article": article, "id": id }));
    }

    /// Chooses a passage and has the text scroll to it.
    fn show_passage(&mut self, passage: Option<Passage>) {
        self.now.passage = passage;
        self.now.scroll_to = passage;
        if let Some(passage) = passage {
            self.now.article = passage.article();
        }
    }

    fn place_of(&self, passage: Passage) -> Option<PlaceIndex> {
        match passage {
            Passage::Event(..) => self.found.event(passage).and_then(|row| row.place),
            Passage::Mention(article, m) => self.document.article(article)?.findings.mentions.get(m)?.place,
        }
    }

    pub(super) fn fly_to_place(&mut self, place: PlaceIndex) {
        if let Some(place) = self.engine.gazetteer().place(place) {
            self.now.go = Some(Go::To(place.at, zoom_for(Precision::of_kind(place.kind))));
        }
    }

    /// Goes on or back among the passages of the chosen place.
    fn turn(&mut self, step: isize) {
        let Some(place) = self.now.place else { return };
        let passages = self.found.passages(place);
        let at = self.now.passage.and_then(|passage| passages.iter().position(|p| *p == passage));
        let len = passages.len() as isize;
        if len == 0 {
            return;
        }
        let next = at.map_or(0, |at| (at as isize + step).rem_euclid(len)) as usize;
        let passage = passages.get(next).copied();
        self.show_passage(passage);
    }

    /// Takes back one thing: a dialog first, then the choice.
    fn deselect(&mut self) {
        let now = &mut self.now;
        if now.settings.take().is_some() {
            return;
        }
        if now.tool != Tool::Hand || !now.way.is_empty() {
            now.tool = Tool::Hand;
            now.way.clear();
            return;
        }
        if now.export_open || now.shortcuts_open || now.about_open || now.quit_open {
            now.quit_open = false;
            now.export_open = false;
            now.shortcuts_open = false;
            now.about_open = false;
        } else if now.joining.take().is_some() {
        } else if now.elsewhere {
            now.elsewhere = false;
        } else if now.mention.is_some() {
            self.close_card();
        } else if now.place.is_some() || now.passage.is_some() || !now.cluster.is_empty() {
            now.place = None;
            now.passage = None;
            now.cluster.clear();
        } else {
            now.playing = false;
            self.view.filter.period = None;
        }
    }

    fn close_article(&mut self) {
        self.document.remove(self.now.article, self.engine.gazetteer());
        let last = self.document.project.articles.len().saturating_sub(1);
        self.now = Transient { article: self.now.article.min(last), ..Transient::default() };
        self.now.done = Some("An article was closed".to_owned());
    }

    fn close_all(&mut self) {
        self.document.clear();
        self.now = Transient::default();
        self.view.filter = Filter { period: None, region: None, ..self.view.filter.clone() };
        self.trace.note("closed", &json!({}));
    }

    fn dismiss(&mut self, index: usize) {
        if index < self.document.problems.len() {
            self.document.problems.remove(index);
        }
    }
}
