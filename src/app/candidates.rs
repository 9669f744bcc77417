//! The card of a name in the text: the places it may denote, each with its score and its reasons,
//! and the keys that decide.

use egui::{
    Align2, CornerRadius, CursorIcon, FontId, Id, Key, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look};
use super::table::entry_of;
use super::widgets;
use super::words::kind_words;
use crate::places::{Mention, Place, PlaceIndex};
use crate::project::{Analysed, MentionRef, ReviewStatus};

/// Candidates that have a key of their own; those behind are seldom meant.
const MOST: usize = 9;
/// Places found by a search.
const FOUND: usize = 6;
/// Height of one line of keys with the room around it, in points.
const FOOT: f32 = 34.0;

/// The card, with what is looked for in it.
#[derive(Debug, Default)]
pub struct Card {
    of: Option<(usize, usize)>,
    query: String,
    found_for: String,
    found: Vec<PlaceIndex>,
    marked: usize,
    /// How often the name stands in all articles: revision and number.
    namesakes: Option<(u64, usize)>,
    /// Height of the rows as they were last drawn.
    height: f32,
    /// Height of the keys as they were last drawn.
    foot: f32,
}

fn mention_of(cx: Cx<'_>, (article, mention): (usize, usize)) -> Option<(&Analysed, &Mention)> {
    let analysed = cx.document.article(article)?;
    Some((analysed, analysed.findings.mentions.get(mention)?))
}

impl Card {
    /// Height the card wants, in points; what was drawn before tells it.
    pub fn height(&self) -> f32 {
        38.0 + self.height.max(48.0) + self.foot.max(FOOT)
    }

    /// Shows the card.
    pub fn show(&mut self, ui: &mut Ui, cx: Cx<'_>, at: (usize, usize), out: &mut Out) {
        if self.of != Some(at) {
            *self = Self { of: Some(at), height: self.height, foot: self.foot, ..Self::default() };
        }
        let Some((analysed, mention)) = mention_of(cx, at) else { return };
        ui.spacing_mut().item_spacing.y = 0.0;
        head(ui, analysed, mention, at, out);
        let full = ui.available_rect_before_wrap();
        let below = self.foot.max(FOOT);
        let rows = Rect::from_min_max(full.min, pos2(full.right(), full.bottom() - below));
        let used = ui.scope_builder(egui::UiBuilder::new().max_rect(rows), |ui| {
            let scroll = ScrollArea::vertical().id_salt(("candidates", at)).auto_shrink([false, true]);
            scroll.max_height(rows.height()).show(ui, |ui| {
                if cx.now.elsewhere {
                    self.search(ui, cx, out);
                } else {
                    candidates(ui, cx, mention, out);
                }
            })
        });
        self.height = used.inner.content_size.y;
        let foot = Rect::from_min_max(pos2(full.left(), full.bottom() - below), full.max);
        ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| self.feet(ui, cx, analysed, at, out));
    }

    /// How often the name stands in all articles; counted once for each state of the project.
    fn namesakes(&mut self, cx: Cx<'_>, (article, mention): (usize, usize)) -> usize {
        let revision = cx.document.revision;
        match self.namesakes {
            Some((counted, n)) if counted == revision => n,
            _ => {
                let n = cx.document.project.namesakes(MentionRef { article, mention }).len();
                self.namesakes = Some((revision, n));
                n
            }
        }
    }

    /// The keys that decide, each a button.
    fn feet(&mut self, ui: &mut Ui, cx: Cx<'_>, analysed: &Analysed, at: (usize, usize), out: &mut Out) {
        let look = Look::of(ui);
        ui.painter().hline(ui.max_rect().x_range(), ui.max_rect().top(), look.line());
        ui.add_space(6.0);
        let namesakes = self.namesakes(cx, at);
        let candidates = analysed.findings.mentions.get(at.1).map_or(0, |found| found.candidates.len());
        let mut keys = vec![(Command::Accept, "Enter", "accept".to_owned())];
        if namesakes > 1 {
            keys.push((Command::AcceptAll, "A", format!("all {}", widgets::grouped(namesakes))));
        }
        if candidates > 1 && !cx.now.elsewhere {
            keys.insert(1, (Command::Choose(1), "2", "choose".to_owned()));
        }
        keys.push((Command::NoPlace, "X", "no place".to_owned()));
        keys.push((Command::Unknown, "U", "unknown".to_owned()));
        keys.push((
            Command::Elsewhere,
            "S",
            if cx.now.elsewhere { "candidates" } else { "search" }.to_owned(),
        ));
        if analysed.review(at.1) != ReviewStatus::Unreviewed {
            keys.push((Command::Undecide, "Back", "take back".to_owned()));
        }
        if cx.found.doubtful > 1 {
            keys.push((Command::NextDoubtful, "N", "next".to_owned()));
        }
        let used = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(9.0, 2.0);
            ui.spacing_mut().interact_size.y = 22.0;
            for (command, key, words) in keys {
                if key_button(ui, &command, key, &words).clicked() {
                    out.send(command);
                }
            }
        });
        self.foot = used.response.rect.height() + 12.0;
    }

    /// A field, and under it the places of that name in the whole gazetteer.
    fn search(&mut self, ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
        let look = Look::of(ui);
        ui.add_space(4.0);
        let edit = TextEdit::singleline(&mut self.query)
            .id(Id::unique("place of a mention"))
            .hint_text(egui::RichText::new("Name of a place").color(look.faint()))
            .margin(egui::Margin::symmetric(10, 6))
            .desired_width(f32::INFINITY);
        let field = ui.add(edit);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search another place"));
        if !field.has_focus() && !field.lost_focus() {
            field.request_focus();
        }
        if self.found_for != self.query {
            self.found_for.clone_from(&self.query);
            self.marked = 0;
            let hits = cx.gazetteer.search(self.query.trim(), FOUND);
            self.found = hits.into_iter().map(|hit| hit.place).collect();
        }
        ui.add_space(4.0);
        let count = self.found.len();
        let (down, up, enter) = ui.input(|i| {
            (i.key_pressed(Key::ArrowDown), i.key_pressed(Key::ArrowUp), i.key_pressed(Key::Enter))
        });
        if count > 0 {
            self.marked = (self.marked + usize::from(down) + if up { count - 1 } else { 0 }) % count;
        } else if !self.query.trim().is_empty() {
            widgets::paragraph(ui, "The gazetteer knows no place of this name", look::small(), look.muted());
        }
        for (i, &index) in self.found.iter().enumerate() {
            let Some(place) = cx.gazetteer.place(index) else { continue };
            let row = Row {
                place: &place,
                score: None,
                reasons: String::new(),
                chosen: false,
                marked: i == self.marked,
            };
            if row.show(ui, cx, out).clicked() || (enter && i == self.marked) {
                out.send(Command::ChoosePlace(index));
            }
        }
    }
}

/// The name, where it stands in the review, and the way out.
fn head(ui: &mut Ui, analysed: &Analysed, mention: &Mention, at: (usize, usize), out: &mut Out) {
    let look = Look::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let y = rect.top() + 4.0;
    let surface = super::passages::short(mention.surface(&analysed.article.text), 28);
    let quoted = format!("“{surface}”");
    let name =
        widgets::elided(ui, pos2(rect.left(), y), &quoted, look::strong(), look.ink(), rect.width() - 130.0);
    widgets::text(
        ui,
        pos2(name.right() + 5.0, y),
        Align2::LEFT_TOP,
        "— which place?",
        look::body(),
        look.ink(),
    );
    let close = Rect::from_min_size(pos2(rect.right() - 20.0, rect.top() + 2.0), vec2(20.0, 20.0));
    let response = ui.interact(close, ui.scope_id().with("close card"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Close the candidates"));
    let c = close.center();
    let stroke = Stroke::new(1.3, if response.hovered() { look.ink() } else { look.faint() });
    for s in [-1.0, 1.0] {
        ui.painter().line_segment([c + vec2(-4.0, -4.0 * s), c + vec2(4.0, 4.0 * s)], stroke);
    }
    widgets::focus_ring(ui, &response, close);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        out.send(Command::Deselect);
    }
    let told = status_words(analysed, at.1);
    let at = pos2(close.left() - 8.0, y + 1.0);
    widgets::text(ui, at, Align2::RIGHT_TOP, told, look::small(), look.muted());
}

fn status_words(analysed: &Analysed, mention: usize) -> &'static str {
    match analysed.review(mention) {
        ReviewStatus::Unreviewed => "",
        ReviewStatus::Confirmed => "confirmed",
        ReviewStatus::Corrected => "corrected",
        ReviewStatus::Rejected => "no place",
        ReviewStatus::NotIdentifiable => "not identifiable",
        ReviewStatus::Remembered => "as decided before",
    }
}

fn candidates(ui: &mut Ui, cx: Cx<'_>, mention: &Mention, out: &mut Out) {
    let look = Look::of(ui);
    if mention.candidates.is_empty() {
        ui.add_space(4.0);
        let told = "The gazetteer knows no place of this name; S searches another";
        return widgets::paragraph(ui, told, look::small(), look.muted());
    }
    let own = mention.place.filter(|place| mention.candidates.iter().all(|c| c.place != *place));
    if let Some(place) = own.and_then(|place| cx.gazetteer.place(place)) {
        let reasons = "chosen by you".to_owned();
        let row = Row { place: &place, score: None, reasons, chosen: true, marked: false };
        row.show(ui, cx, out);
    }
    for (line, candidate) in mention.candidates.iter().take(MOST).enumerate() {
        let Some(place) = cx.gazetteer.place(candidate.place) else { continue };
        let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
        let row = Row {
            place: &place,
            score: Some(candidate.score),
            reasons: reasons.join("; "),
            chosen: mention.place == Some(candidate.place),
            marked: line == cx.now.marked,
        };
        let response = row.show(ui, cx, out);
        if line == cx.now.marked && !ui.clip_rect().contains_rect(response.rect) {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            out.send(Command::Choose(line));
        }
    }
}

/// A place that may be meant.
struct Row<'a> {
    place: &'a Place<'a>,
    score: Option<f32>,
    reasons: String,
    chosen: bool,
    marked: bool,
}

impl Row<'_> {
    fn show(&self, ui: &mut Ui, cx: Cx<'_>, out: &mut Out) -> egui::Response {
        let look = Look::of(ui);
        let (place, width) = (self.place, ui.available_width());
        let country =
            cx.gazetteer.country(place.country).map_or("", |country| cx.gazetteer.place_name(country));
        let mut parts = vec![kind_words(place.kind), place.admin1, country];
        parts.retain(|part| !part.is_empty() && *part != place.name);
        let about = about(parts.first().copied().unwrap_or(""), parts.get(1..).unwrap_or(&[]));
        let mut job = egui::text::LayoutJob::default();
        let format = |font: FontId| egui::TextFormat::simple(font, look.ink());
        job.append(place.name, 0.0, format(look::strong()));
        job.append(&about, 0.0, format(look::body()));
        job.wrap.max_width = width - 24.0 - 46.0;
        let name = ui.painter().layout_job(job);
        let reasons =
            ui.painter().layout(self.reasons.clone(), look::small(), look.muted(), width - 24.0 - 46.0);
        let below = if self.reasons.is_empty() { 0.0 } else { reasons.size().y + 2.0 };
        let (rect, response) =
            ui.allocate_exact_size(vec2(width, name.size().y + below + 16.0), Sense::click());
        let said = format!("{}{about}", place.name);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, self.marked, &said));
        ui.painter().hline(rect.x_range(), rect.top(), look.line());
        let ground = rect.shrink2(vec2(0.0, 2.0)).expand2(vec2(6.0, 0.0));
        let fill = if self.marked {
            look.selected()
        } else if response.hovered() {
            look.hover()
        } else {
            egui::Color32::TRANSPARENT
        };
        ui.painter().rect_filled(ground, CornerRadius::same(5), fill);
        let dot = pos2(rect.left() + 6.0, rect.top() + 16.0);
        let ink = if self.chosen { look.accent() } else { look.muted() };
        let fill = if self.chosen { look.accent() } else { look.panel() };
        ui.painter().circle(dot, 4.5, fill, Stroke::new(1.3, ink));
        let left = rect.left() + 24.0;
        let second = pos2(left, rect.top() + 9.0 + name.size().y + 1.0);
        ui.painter().galley(pos2(left, rect.top() + 8.0), name, look.ink());
        ui.painter().galley(second, reasons, look.muted());
        if let Some(score) = self.score {
            let score = format!("{:.2}", score.min(0.99)).trim_start_matches('0').to_owned();
            let at = pos2(rect.right(), rect.top() + 8.0);
            widgets::text(ui, at, Align2::RIGHT_TOP, &score, look::body(), look.muted());
        }
        if response.hovered() {
            out.hover = Some(place.index);
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// ", town · Khyber Pakhtunkhwa, Pakistan".
fn about(kind: &str, areas: &[&str]) -> String {
    if areas.is_empty() { format!(", {kind}") } else { format!(", {kind} · {}", areas.join(", ")) }
}

/// A key in its frame, and what it does.
fn key_button(ui: &mut Ui, command: &Command, key: &str, words: &str) -> egui::Response {
    let look = Look::of(ui);
    let cap = ui.painter().layout_no_wrap(key.to_owned(), look::label_plain(), look.muted());
    let text = ui.painter().layout_no_wrap(words.to_owned(), look::small(), look.muted());
    let inner = cap.size().x + 10.0;
    let width = inner + if words.is_empty() { 0.0 } else { 5.0 + text.size().x };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 22.0), Sense::click());
    let entry = entry_of(command);
    let name = entry.map_or(words, |entry| entry.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let frame = Rect::from_min_size(pos2(rect.left(), rect.center().y - 8.5), vec2(inner, 17.0));
    let fill = if response.hovered() { look.hover() } else { look.panel() };
    ui.painter().rect(frame, CornerRadius::same(4), fill, look.line(), StrokeKind::Inside);
    ui.painter().galley(frame.center() - cap.size() / 2.0, cap, look.muted());
    let at = pos2(frame.right() + 5.0, rect.center().y - text.size().y / 2.0);
    ui.painter().galley(at, text, look.muted());
    widgets::focus_ring(ui, &response, rect.expand(2.0));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    match entry {
        Some(entry) => response.on_hover_text(entry.tooltip),
        None => response,
    }
}

/// "2 places to check".
pub fn to_check(n: usize) -> String {
    format!("{} to check", widgets::many(n, "place", "places"))
}
