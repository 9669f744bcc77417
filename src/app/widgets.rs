//! The window's own controls: rows, chips, tabs, buttons. Each names itself to screen readers.

use std::sync::Arc;

use egui::{
    Align2, Color32, CornerRadius, CursorIcon, FontId, Galley, Painter, Pos2, Rect, Response, Role, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::bidi;
use super::look::{self, Look, RADIUS_CONTROL, SIDE};

pub use super::words::grouped;

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// The one main thing to do.
    Primary,
    /// With a hairline around it.
    Outlined,
    /// Text alone until the pointer is over it.
    Quiet,
}

/// A button of 28 points height.
pub fn button(ui: &mut Ui, text: &str, emphasis: Emphasis) -> Response {
    let look = Look::of(ui);
    let font = if emphasis == Emphasis::Primary { look::strong() } else { look::body() };
    let ink = if emphasis == Emphasis::Primary { look.on_accent() } else { look.ink() };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let padding = if emphasis == Emphasis::Quiet { 8.0 } else { 12.0 };
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 2.0 * padding, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    let (fill, stroke) = button_paint(look, emphasis, &response);
    ui.painter().rect(rect, CornerRadius::same(RADIUS_CONTROL), fill, stroke, StrokeKind::Inside);
    focus_ring(ui, &response, rect);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// An outlined button with a number that waits for a person behind its word.
pub fn counted(ui: &mut Ui, text: &str, count: &str, on: bool) -> Response {
    let look = Look::of(ui);
    let word = ui.painter().layout_no_wrap(text.to_owned(), look::body(), look.ink());
    let number = ui.painter().layout_no_wrap(count.to_owned(), look::strong(), look.warning());
    let width = word.size().x + number.size().x + 5.0 + 22.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
    let said = format!("{text} {count}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &said));
    let (mut fill, stroke) = button_paint(look, Emphasis::Outlined, &response);
    if on {
        fill = look.selected();
    }
    ui.painter().rect(rect, CornerRadius::same(RADIUS_CONTROL), fill, stroke, StrokeKind::Inside);
    focus_ring(ui, &response, rect);
    let at = pos2(rect.left() + 11.0, rect.center().y - word.size().y / 2.0);
    let behind = pos2(at.x + word.size().x + 5.0, at.y);
    ui.painter().galley(at, word, look.ink());
    ui.painter().galley(behind, number, look.warning());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn button_paint(look: Look, emphasis: Emphasis, response: &Response) -> (Color32, Stroke) {
    let over = response.hovered() || response.is_pointer_button_down_on();
    match emphasis {
        Emphasis::Primary if over => (mix(look.accent(), look.ink(), 0.12), Stroke::NONE),
        Emphasis::Primary => (look.accent(), Stroke::NONE),
        Emphasis::Outlined => {
            (if over { look.hover() } else { look.panel() }, Stroke::new(1.0, look.hairline()))
        }
        Emphasis::Quiet => (if over { look.hover() } else { Color32::TRANSPARENT }, Stroke::NONE),
    }
}

/// A share of the second colour in the first.
pub fn mix(a: Color32, b: Color32, share: f32) -> Color32 {
    a.lerp_to_gamma(b, share)
}

/// Shows where the keyboard is.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, Look::of(ui).accent());
        ui.painter().rect_stroke(rect, CornerRadius::same(RADIUS_CONTROL), stroke, StrokeKind::Inside);
    }
}

/// A small capital label over a group, with a remark at the right.
pub fn section(ui: &mut Ui, title: &str, remark: &str) {
    let look = Look::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    let y = rect.center().y;
    let mut job = egui::text::LayoutJob::default();
    let format = egui::TextFormat {
        font_id: look::label(),
        color: look.muted(),
        extra_letter_spacing: 0.6,
        ..Default::default()
    };
    job.append(&title.to_uppercase(), 0.0, format);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(rect.left() + SIDE, y - galley.size().y / 2.0), galley, look.muted());
    text(ui, pos2(rect.right() - SIDE, y), Align2::RIGHT_CENTER, remark, look::small(), look.muted());
}

/// Text laid out in lines of a width, those from right to left in the order in which they are read.
pub fn wrapped(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    if !bidi::has_leftward(text) {
        return painter.layout(text.to_owned(), font, color, width);
    }
    let measure = |word: &str| painter.layout_no_wrap(word.to_owned(), font.clone(), color).size().x;
    let leftward = bidi::runs_leftward(text);
    let lines = bidi::lines(text, width, measure(" "), measure).into_iter();
    let set = lines.map(|line| bidi::visual(text.get(line).unwrap_or(""), leftward).set);
    painter.layout(set.collect::<Vec<_>>().join("\n"), font, color, f32::INFINITY)
}

/// Paints one line of text; gives the room it took.
pub fn text(ui: &Ui, at: Pos2, align: Align2, text: &str, font: FontId, color: Color32) -> Rect {
    ui.painter().text(at, align, bidi::line(text), font, color)
}

/// Paints one line of text, cut with an ellipsis where it is wider than `width`.
pub fn elided(ui: &Ui, at: Pos2, text: &str, font: FontId, color: Color32, width: f32) -> Rect {
    let mut job = egui::text::LayoutJob::simple_singleline(bidi::line(text), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
    let galley = ui.painter().layout_job(job);
    let rect = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, color);
    rect
}

/// A full-width row of `height` that can be chosen; the caller paints into the rectangle.
pub fn row(ui: &mut Ui, height: f32, chosen: bool, name: &str) -> (Rect, Response) {
    let look = Look::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
    if chosen {
        ui.painter().rect_filled(rect, 0, look.selected());
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0, look.accent());
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, look.hover());
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, look.accent());
        ui.painter().rect_stroke(rect, 0, stroke, StrokeKind::Inside);
    }
    (rect, response.on_hover_cursor(CursorIcon::PointingHand))
}

/// A chip: a dot, a name, a count; faint when switched off.
pub fn chip(ui: &mut Ui, color: Color32, name: &str, count: usize, on: bool) -> Response {
    let look = Look::of(ui);
    let painter = ui.painter();
    let ink = if on { look.ink() } else { look.faint() };
    let text = painter.layout_no_wrap(name.to_owned(), look::small(), ink);
    let number = painter.layout_no_wrap(grouped(count), look::small(), look.muted());
    let width = 10.0 + 9.0 + 6.0 + text.size().x + 6.0 + number.size().x + 10.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::click());
    let said = format!("{name}, {}", many(count, "event", "events"));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &said));
    let fill = if response.hovered() { look.hover() } else { Color32::TRANSPARENT };
    let stroke = if response.has_focus() { Stroke::new(1.5, look.accent()) } else { look.line() };
    ui.painter().rect(rect, CornerRadius::same(13), fill, stroke, StrokeKind::Inside);
    let y = rect.center().y;
    let dot = if on { color } else { mix(look.panel(), color, 0.45) };
    ui.painter().circle_filled(pos2(rect.left() + 14.5, y), 4.5, dot);
    let mut x = rect.left() + 25.0;
    let step = text.size().x + 6.0;
    ui.painter().galley(pos2(x, y - text.size().y / 2.0), text, ink);
    x += step;
    ui.painter().galley(pos2(x, y - number.size().y / 2.0), number, look.muted());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One of a row of choices.
pub fn choice(ui: &mut Ui, text: &str, chosen: bool) -> Response {
    let look = Look::of(ui);
    let (font, ink) = if chosen { (look::small_strong(), look.ink()) } else { (look::small(), look.muted()) };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 20.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, text));
    let fill = match (chosen, response.hovered()) {
        (true, _) => look.selected(),
        (false, true) => look.hover(),
        _ => Color32::TRANSPARENT,
    };
    let stroke = Stroke::new(1.0, if chosen { look.accent() } else { look.hairline() });
    ui.painter().rect(rect, CornerRadius::same(RADIUS_CONTROL), fill, stroke, StrokeKind::Inside);
    focus_ring(ui, &response, rect);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One tab of a row of tabs, underlined when chosen.
pub fn tab(ui: &mut Ui, name: &str, count: Option<usize>, chosen: bool) -> Response {
    let look = Look::of(ui);
    let said = count.map_or(name.to_owned(), |count| format!("{name} {}", grouped(count)));
    let (font, ink) = if chosen { (look::strong(), look.ink()) } else { (look::body(), look.muted()) };
    let galley = ui.painter().layout_no_wrap(said.clone(), font, ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 42.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &said));
    let ink = if response.hovered() { look.ink() } else { ink };
    ui.painter().galley_with_override_text_color(rect.center() - galley.size() / 2.0, galley, ink);
    if chosen {
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        ui.painter().rect_filled(line, 0, look.accent());
    }
    focus_ring(ui, &response, rect.expand2(vec2(5.0, -6.0)));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A slider from 0 to 1 over the whole width; moves by 5 % with the arrow keys.
pub fn slider(ui: &mut Ui, value: f32, name: &str) -> (Response, f32) {
    let look = Look::of(ui);
    let (rect, mut response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::click_and_drag());
    let mut out = value;
    if let Some(at) = response.interact_pointer_pos() {
        out = ((at.x - rect.left()) / rect.width()).clamp(0.0, 1.0);
    }
    if response.has_focus() {
        out += slider_keys(ui);
    }
    out = (out.clamp(0.0, 1.0) * 20.0).round() / 20.0;
    response.widget_info(|| WidgetInfo::slider(true, f64::from(out), name));
    if (out - value).abs() > f32::EPSILON {
        response.mark_changed();
    }
    let y = rect.center().y;
    let x = rect.left() + rect.width() * out;
    let rail = |from: f32, to: f32| Rect::from_min_max(pos2(from, y - 1.5), pos2(to, y + 1.5));
    ui.painter().rect_filled(rail(rect.left(), x), 2, look.hairline());
    ui.painter().rect_filled(rail(x, rect.right()), 2, look.accent());
    let knob = pos2(x.clamp(rect.left() + 7.0, rect.right() - 7.0), y);
    let ring = if response.has_focus() { 3.0 } else { 2.0 };
    ui.painter().circle(knob, 7.0, look.panel(), Stroke::new(ring, look.accent()));
    (response.on_hover_cursor(CursorIcon::PointingHand), out)
}

fn slider_keys(ui: &mut Ui) -> f32 {
    let filter = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(m.focused().unwrap_or(egui::Id::NULL), filter));
    ui.input(|i| {
        let presses = |key| i.num_presses(key) as f32;
        0.05 * (presses(egui::Key::ArrowRight) - presses(egui::Key::ArrowLeft))
    })
}

/// A dialog in the middle of the window, over a veil; gives whether it was left by a click beside
/// it.
pub fn dialog(ui: &Ui, name: &str, width: f32, add: impl FnOnce(&mut Ui)) -> bool {
    let look = Look::of(ui);
    let modal = egui::Modal::new(egui::Id::unique(name)).frame(look.card()).backdrop_color(look.veil());
    let room = ui.ctx().content_rect().width() - 48.0;
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width.min(room));
        add(ui);
    });
    response.backdrop_response.clicked()
}

/// A box to tick.
pub fn check(ui: &mut Ui, on: &mut bool, text: &str) -> Response {
    let look = Look::of(ui);
    ui.scope(|ui| {
        ui.spacing_mut().icon_spacing = 9.0;
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.bg_stroke.color = look.faint();
        for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            state.corner_radius = CornerRadius::same(4);
        }
        ui.checkbox(on, text)
    })
    .inner
}

/// One or several.
pub const fn plural(n: usize, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// A count with its noun: "1 event", "128,000 events".
pub fn many(n: usize, one: &'static str, many: &'static str) -> String {
    format!("{} {}", grouped(n), plural(n, one, many))
}

/// The keys of a shortcut as they are written: "Ctrl+,", not "Ctrl+Comma".
pub fn keys(ctx: &egui::Context, shortcut: &egui::KeyboardShortcut) -> String {
    ctx.format_shortcut(shortcut).replace("Comma", ",")
}

/// A column of text that wraps; gives its height.
pub fn paragraph(ui: &mut Ui, text: &str, font: FontId, color: Color32) {
    ui.add(egui::Label::new(egui::RichText::new(text).font(font).color(color)).wrap());
}
