//! The panel: a title, the bars, the choice over them, the dates below.

use egui::{
    Align, Color32, CornerRadius, CursorIcon, EventFilter, Id, Key, Layout, Pos2, Rect, Response, Role,
    Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use jiff::civil::Date;

use super::axis::ticks;
use super::bins::{Bins, Unit};
use super::brush::{Grip, moved};
use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::look::{self, Look};
use crate::app::table::entry_of;
use crate::app::widgets::{self, grouped, many};
use crate::project::Period;

/// Height of the panel when it is first seen, in points.
pub const HEIGHT: f32 = 104.0;
/// Least and greatest height, in points.
pub const HEIGHTS: std::ops::RangeInclusive<f32> = 84.0..=260.0;
/// Height of the line that is left of the folded panel, in points.
pub const FOLDED: f32 = 30.0;
/// Free space at the sides, in points.
const SIDE: f32 = 14.0;
/// The least width of a bar with the gap behind it, in points; with more bars the panel scrolls.
const LEAST_BAR: f32 = 4.0;
/// The greatest.
const MOST_BAR: f32 = 26.0;
/// Room for the dates below, in points.
const DATES: f32 = 18.0;
/// Height of the line with the title, in points.
const HEAD: f32 = 26.0;
/// Passages of a place that are looked at to mark their days.
const MOST_MARKED: usize = 400;

/// What of the bars is seen, and what is done to them.
#[derive(Debug, Default)]
pub struct TimelinePanel {
    /// The first bar seen; counted from the end, where the newest stands.
    scrolled: f32,
    grip: Option<(Grip, Unit)>,
}

/// The bars on the screen.
struct Stage<'a> {
    bins: &'a Bins,
    rect: Rect,
    step: f32,
    first: usize,
    seen: usize,
}

impl TimelinePanel {
    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
        let full = ui.available_rect_before_wrap();
        // The panel keeps the height it was given, whatever stands in it.
        ui.set_min_size(full.size());
        let inner = full.shrink2(vec2(SIDE, 0.0));
        let bins = cx.found.timeline.bins(cx.view.timeline.unit);
        let head =
            Rect::from_min_max(inner.min, pos2(inner.right(), inner.top() + FOLDED.min(inner.height())));
        header(ui, head, bins, cx, out);
        if !cx.view.timeline.open {
            return;
        }
        let area = Rect::from_min_max(
            pos2(inner.left(), inner.top() + HEAD + 4.0),
            pos2(inner.right(), inner.bottom() - DATES),
        );
        if bins.bars.is_empty() {
            return empty(ui, area, cx);
        }
        let stage = self.stage(ui, area, bins);
        let response = self.brush(ui, &stage, cx, out);
        stage.paint(ui, cx, &response);
    }

    /// Which bars are seen, how wide.
    fn stage<'b>(&mut self, ui: &Ui, area: Rect, bins: &'b Bins) -> Stage<'b> {
        let all = bins.bars.len();
        let fit = ((area.width() / LEAST_BAR) as usize).max(1);
        let seen = all.min(fit);
        let step = (area.width() / seen as f32).min(MOST_BAR);
        let spare = (all - seen) as f32;
        if spare > 0.0 && ui.rect_contains_pointer(area) {
            let wheel = ui.input(|i| i.smooth_scroll_delta());
            self.scrolled += (wheel.x + wheel.y) / step;
        }
        self.scrolled = self.scrolled.clamp(0.0, spare);
        let first = (spare - self.scrolled).round() as usize;
        Stage { bins, rect: area, step, first, seen }
    }

    /// Drags, clicks and keys over the bars.
    fn brush(&mut self, ui: &mut Ui, stage: &Stage<'_>, cx: Cx<'_>, out: &mut Out) -> Response {
        let id = Id::unique("timeline bars");
        let grown = stage.rect.expand2(vec2(SIDE - 4.0, 0.0));
        let response = ui.interact(grown, id, Sense::click_and_drag());
        let chosen = cx.view.filter.period;
        let said = spoken(stage.bins, cx, chosen);
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &said));
        let covered = chosen.and_then(|period| stage.bins.covered(period));
        if let Some(at) = response.interact_pointer_pos().filter(|_| response.drag_started()) {
            // Where the button went down, not where the pointer was when it counted as a drag.
            let from = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
            let grip = Grip::at(from.x, covered.map(|c| stage.span(c)), stage.index(from.x), covered);
            self.grip = Some((grip, stage.bins.unit));
            response.request_focus();
        }
        if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            let grip = self.grip.filter(|(_, unit)| *unit == stage.bins.unit);
            let period = grip.and_then(|(grip, _)| grip.drawn(stage.index(at.x), stage.bins));
            if period.is_some() && period != chosen {
                out.send(Command::Period(period));
            }
        }
        if response.double_clicked() {
            out.send(Command::Period(None));
        } else if response.clicked() {
            let at = response.interact_pointer_pos().map(|at| stage.index(at.x));
            out.send(Command::Period(at.and_then(|at| stage.bins.period(at, at))));
            response.request_focus();
        }
        if response.has_focus() {
            keys(ui, id, stage.bins, covered, out);
        }
        let hover = response.hover_pos();
        let cursor = hover.map_or(CursorIcon::Crosshair, |at| {
            match Grip::at(at.x, covered.map(|c| stage.span(c)), 0, covered) {
                Grip::First(_) | Grip::Last(_) => CursorIcon::ResizeHorizontal,
                Grip::Whole(..) => CursorIcon::Grab,
                Grip::New(_) => CursorIcon::Crosshair,
            }
        });
        let response = response.on_hover_cursor(cursor);
        let Some(at) = hover.filter(|_| !response.dragged()) else { return response };
        let tip = tip(stage.bins, stage.index(at.x));
        response.on_hover_text_at_pointer(tip)
    }
}

/// Arrows move the choice by a bar, with Shift its last day; without a choice the last bar is
/// chosen.
fn keys(ui: &Ui, id: Id, bins: &Bins, covered: Option<(usize, usize)>, out: &mut Out) {
    let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
    let (steps, shift) = ui.input(|i| {
        let presses = |key| i.num_presses(key) as isize;
        (presses(Key::ArrowRight) - presses(Key::ArrowLeft), i.modifiers.shift)
    });
    if steps == 0 {
        return;
    }
    let last = bins.bars.len().saturating_sub(1);
    let period = match covered {
        Some(covered) => moved(bins, covered, if shift { 0 } else { steps }, steps),
        None => bins.period(last, last),
    };
    out.send(Command::Period(period));
}

impl Stage<'_> {
    /// The bar under `x`; the first or last where it is beyond them.
    fn index(&self, x: f32) -> usize {
        let at = ((x - self.rect.left()) / self.step).floor().clamp(0.0, self.seen as f32 - 1.0);
        self.first + at as usize
    }

    /// Left edge of a bar.
    fn left(&self, bar: usize) -> f32 {
        self.rect.left() + (bar as f32 - self.first as f32) * self.step
    }

    /// Left and right edge of what covers these bars.
    fn span(&self, (first, last): (usize, usize)) -> (f32, f32) {
        let gap = self.gap();
        (self.left(first) - gap / 2.0, self.left(last + 1) - gap / 2.0)
    }

    fn gap(&self) -> f32 {
        if self.step > 8.0 { 3.0 } else { 1.0 }
    }

    fn paint(&self, ui: &Ui, cx: Cx<'_>, response: &Response) {
        let look = Look::of(ui);
        let covered = cx.view.filter.period.map(|period| self.bins.covered(period));
        let painter = ui.painter().with_clip_rect(self.rect.expand2(vec2(SIDE, DATES)));
        if let Some(Some(covered)) = covered {
            let (left, right) = self.span(covered);
            let ground = Rect::from_x_y_ranges(left..=right, self.rect.top() - 4.0..=self.rect.bottom());
            painter.rect_filled(ground, CornerRadius::same(2), look.selected());
            for x in [left, right] {
                let grip = Rect::from_center_size(pos2(x, ground.center().y), vec2(3.0, 16.0));
                painter.rect_filled(grip, CornerRadius::same(2), look.accent());
            }
        }
        let under = response.hover_pos().map(|at| self.index(at.x));
        for bar in self.first..self.first + self.seen {
            let chosen = covered.is_none_or(|covered| covered.is_some_and(|(a, b)| a <= bar && bar <= b));
            self.bar(&painter, bar, chosen, look);
            if under == Some(bar) && !response.dragged() {
                let x = self.left(bar);
                let column = Rect::from_x_y_ranges(x..=x + self.step - self.gap(), self.rect.y_range());
                painter.rect_filled(column, CornerRadius::same(2), look.hover());
            }
        }
        painter.hline(self.rect.x_range(), self.rect.bottom() + 0.5, look.line());
        self.marks(&painter, cx, look);
        self.dates(ui, look);
        if response.has_focus() {
            let ring = self.rect.expand2(vec2(5.0, 4.0));
            painter.rect_stroke(
                ring,
                CornerRadius::same(4),
                Stroke::new(1.0, look.accent()),
                egui::StrokeKind::Inside,
            );
        }
    }

    /// One bar: the types one over the other, in each what is only known to be spread paler on top.
    fn bar(&self, painter: &egui::Painter, index: usize, chosen: bool, look: Look) {
        let Some(bar) = self.bins.bars.get(index) else { return };
        let scale = self.rect.height() / self.bins.tallest.max(1.0);
        let x = self.left(index);
        let width = (self.step - self.gap()).max(1.0);
        let mut y = self.rect.bottom();
        let rest = widgets::mix(look.panel(), look.muted(), 0.38);
        let mut piece = |events: f32, color: Color32| {
            if events > 0.0 {
                let height = (events * scale).max(0.75);
                let rect = Rect::from_min_max(pos2(x, y - height), pos2(x + width, y));
                painter.rect_filled(rect, CornerRadius { nw: 1, ne: 1, sw: 0, se: 0 }, color);
                y -= height;
            }
        };
        for &(kind, sure, _) in &bar.parts {
            piece(sure as f32, if chosen { look.event(kind) } else { rest });
        }
        for &(kind, _, spread) in &bar.parts {
            let color = if chosen { look.event(kind) } else { rest };
            piece(spread, widgets::mix(look.panel(), color, 0.42));
        }
    }

    /// Signs over the days of the chosen event, and of what the pointer is on elsewhere.
    fn marks(&self, painter: &egui::Painter, cx: Cx<'_>, look: Look) {
        if let Some(place) = cx.now.hover {
            let passages = cx.found.passages(place).iter().take(MOST_MARKED);
            for row in passages.filter_map(|&passage| cx.found.event(passage)) {
                self.mark(painter, row.when.map(|date| (date.start, date.end)), look.muted(), false);
            }
        }
        let chosen = cx.now.passage.and_then(|passage| cx.found.event(passage));
        if let Some(row) = chosen {
            self.mark(painter, row.when.map(|date| (date.start, date.end)), look.event(row.kind), true);
        }
    }

    fn mark(&self, painter: &egui::Painter, days: Option<(Date, Date)>, color: Color32, strong: bool) {
        let Some((first, last)) = days else { return };
        let Some((a, b)) = self.bins.covered(Period { first, last }) else { return };
        let (left, right) = (self.left(a), self.left(b + 1) - self.gap());
        let y = self.rect.bottom() + 3.0;
        let height = if strong { 3.0 } else { 2.0 };
        let line = Rect::from_min_max(pos2(left, y), pos2(right.max(left + 3.0), y + height));
        painter.rect_filled(line, CornerRadius::same(1), color);
        if strong {
            let top = self.rect.top() - 4.0;
            let middle = (left + right) / 2.0;
            let sign =
                vec![pos2(middle - 4.0, top - 1.0), pos2(middle + 4.0, top - 1.0), pos2(middle, top + 5.0)];
            painter.add(Shape::convex_polygon(sign, color, Stroke::NONE));
        }
    }

    fn dates(&self, ui: &Ui, look: Look) {
        let y = self.rect.bottom() + 4.0;
        let ticks = ticks(self.bins, self.first..self.first + self.seen, 86.0 / self.step);
        let mut free = self.rect.left() - 1.0;
        for tick in ticks {
            let galley = ui.painter().layout_no_wrap(tick.words, look::label_plain(), look.faint());
            let x = self.left(tick.bar).min(self.rect.right() - galley.size().x);
            if x >= free {
                free = x + galley.size().x + 8.0;
                ui.painter().galley(pos2(x, y), galley, look.faint());
            }
        }
    }
}

/// The title at the left, what can be done at the right.
fn header(ui: &mut Ui, rect: Rect, bins: &Bins, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            fold_button(ui, cx, out);
            if cx.view.timeline.open && !bins.bars.is_empty() {
                unit_menu(ui, cx, bins, out);
                play_button(ui, cx, out);
            }
            if cx.view.filter.period.is_some()
                && link(ui, "Clear").on_hover_text("Show all days again (double click, Esc)").clicked()
            {
                out.send(Command::Period(None));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = bins.whole().map_or("Timeline".to_owned(), |whole| whole.words());
                let y = rect.center().y;
                let width = ui.available_width();
                let end = widgets::elided(
                    ui,
                    pos2(rect.left(), y - 8.0),
                    &title,
                    look::strong(),
                    look.ink(),
                    width,
                );
                let left = end.right() + 12.0;
                let told = told(bins, cx);
                let room = rect.left() + width - left;
                if room > 60.0 {
                    widgets::elided(ui, pos2(left, y - 7.0), &told, look::small(), look.muted(), room);
                }
            });
        });
    });
}

/// What is chosen, and what the bars do not show.
fn told(bins: &Bins, cx: Cx<'_>) -> String {
    let timeline = &cx.found.timeline;
    let mut parts = Vec::new();
    if let Some(period) = cx.view.filter.period {
        parts.push(format!("{} chosen", period.words()));
    }
    if bins.earlier > 0 {
        parts.push(format!("{} earlier", grouped(bins.earlier)));
    }
    if bins.later > 0 {
        parts.push(format!("{} later", grouped(bins.later)));
    }
    if bins.spread > 0 {
        parts.push(format!("{} known less exactly, spread", grouped(bins.spread)));
    }
    if timeline.undated > 0 {
        let hidden = if cx.view.filter.period.is_some() { ", hidden" } else { "" };
        parts.push(format!("{} without a date{hidden}", grouped(timeline.undated)));
    }
    parts.join(" · ")
}

fn spoken(bins: &Bins, cx: Cx<'_>, chosen: Option<Period>) -> String {
    let dated = cx.found.timeline.dated;
    let whole = bins.whole().map_or(String::new(), |whole| format!(", {}", whole.words()));
    let chosen = chosen.map_or("all days".to_owned(), |period| period.words());
    format!("Timeline of {}{whole}; shown: {chosen}", many(dated, "event", "events"))
}

/// What a bar stands for.
fn tip(bins: &Bins, index: usize) -> String {
    let (Some(bar), Some(period)) = (bins.bars.get(index), bins.period(index, index)) else {
        return String::new();
    };
    let mut lines = vec![period.words()];
    for (kind, sure, spread) in &bar.parts {
        let spread = if *spread < 0.05 { String::new() } else { format!("{spread:.1} spread") };
        let sure = if *sure == 0 { String::new() } else { grouped(*sure as usize) };
        let both = [sure, spread].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" + ");
        if !both.is_empty() {
            lines.push(format!("{}  {both}", kind.label()));
        }
    }
    if lines.len() == 1 {
        lines.push("nothing dated so".to_owned());
    }
    lines.join("\n")
}

fn empty(ui: &Ui, area: Rect, cx: Cx<'_>) {
    let undated = cx.found.timeline.undated;
    let told = match (cx.document.project.articles.is_empty(), undated) {
        (true, _) => "Open an article, and its events are counted here by day".to_owned(),
        (_, 0) => "No event is shown, so there is nothing to count".to_owned(),
        (_, n) => format!("{} no date", many(n, "event has", "events have")),
    };
    let look = Look::of(ui);
    let galley = ui.painter().layout(told, look::small(), look.muted(), area.width());
    ui.painter().galley(area.center() - galley.size() / 2.0, galley, look.muted());
}

/// A word that acts, in the colour of its line.
fn link(ui: &mut Ui, text: &str) -> Response {
    let look = Look::of(ui);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), look::small(), look.muted());
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(12.0, 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(5), look.hover());
    }
    widgets::focus_ring(ui, &response, rect);
    ui.painter().galley(rect.min + vec2(6.0, 4.0), galley, look.muted());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn play_button(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    let text = if cx.now.playing { "Pause" } else { "Play" };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), look::small(), look.muted());
    let size = vec2(galley.size().x + 28.0, galley.size().y + 8.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(5), look.hover());
    }
    widgets::focus_ring(ui, &response, rect);
    sign(ui, pos2(rect.left() + 11.0, rect.center().y), cx.now.playing, look.muted());
    ui.painter().galley(pos2(rect.left() + 20.0, rect.top() + 4.0), galley, look.muted());
    let tip = entry_of(&Command::Play).map_or("", |entry| entry.tooltip);
    if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(tip).clicked() {
        out.send(Command::Play);
    }
}

/// A triangle to play, two bars to pause.
fn sign(ui: &Ui, at: Pos2, playing: bool, color: Color32) {
    if playing {
        for x in [-3.0, 2.0] {
            let bar = Rect::from_min_size(at + vec2(x, -4.0), vec2(2.5, 8.0));
            ui.painter().rect_filled(bar, CornerRadius::ZERO, color);
        }
    } else {
        let corners = vec![at + vec2(-3.0, -4.5), at + vec2(5.0, 0.0), at + vec2(-3.0, 4.5)];
        ui.painter().add(Shape::convex_polygon(corners, color, Stroke::NONE));
    }
}

fn unit_menu(ui: &mut Ui, cx: Cx<'_>, bins: &Bins, out: &mut Out) {
    let look = Look::of(ui);
    let chosen = cx.view.timeline.unit;
    let response = link(ui, &format!("{}    ", bins.unit.label())).on_hover_text("What a bar stands for");
    let at = pos2(response.rect.right() - 9.0, response.rect.center().y);
    let corners = vec![at + vec2(-3.5, -2.0), at + vec2(3.5, -2.0), at + vec2(0.0, 2.5)];
    ui.painter().add(Shape::convex_polygon(corners, look.muted(), Stroke::NONE));
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(150.0);
        for (unit, name) in Unit::ALL {
            if ui.selectable_label(unit == chosen, name).clicked() {
                out.send(Command::TimelineUnit(unit));
                ui.close();
            }
        }
    });
}

fn fold_button(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    let open = cx.view.timeline.open;
    let (rect, response) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::click());
    let name = if open { "Fold the timeline" } else { "Unfold the timeline" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(5), look.hover());
    }
    widgets::focus_ring(ui, &response, rect);
    let (at, up) = (rect.center(), if open { 1.0 } else { -1.0 });
    let stroke = Stroke::new(1.4, look.muted());
    let corners = vec![at + vec2(-4.0, -2.0 * up), at + vec2(0.0, 2.0 * up), at + vec2(4.0, -2.0 * up)];
    ui.painter().add(Shape::line(corners, stroke));
    if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name).clicked() {
        out.send(Command::ToggleTimeline);
    }
}
