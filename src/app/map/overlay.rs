//! What floats over the map: buttons, legend, scale bar, credits, the first hint.

use egui::{
    Align2, CornerRadius, CursorIcon, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::look::{self, Look, RADIUS_CONTROL};
use crate::app::table::entry_of;
use crate::app::widgets::{self, Emphasis};
use crate::export::image::VIEWPOINT;
use crate::map::source::SourceInfo;

/// Who is to be named on the map.
const CREDITS: &str = "Made with Natural Earth · Gazetteer: GeoNames CC BY 4.0";
/// What of our own names a map of someone else's bears.
const OURS: &str = "Gazetteer: GeoNames CC BY 4.0";

/// Free space between the map's edge and what floats.
pub const EDGE: f32 = 12.0;

/// Paints a sign around a point.
type Sign = fn(&Ui, Pos2, Stroke);

/// The three buttons at the upper right.
pub fn buttons(ui: &mut Ui, rect: Rect, out: &mut Out) -> Rect {
    let look = Look::of(ui);
    let side = 32.0;
    let box_rect =
        Rect::from_min_size(pos2(rect.right() - EDGE - side, rect.top() + EDGE), vec2(side, 3.0 * side));
    float(ui, box_rect);
    let signs: [(Command, Sign); 3] =
        [(Command::ZoomIn, plus), (Command::ZoomOut, minus), (Command::FitAll, arrows)];
    for (i, (command, sign)) in signs.into_iter().enumerate() {
        let cell = Rect::from_min_size(box_rect.min + vec2(0.0, i as f32 * side), vec2(side, side));
        let Some(entry) = entry_of(&command) else { continue };
        let response = ui.interact(cell, ui.scope_id().with(entry.text), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, entry.text));
        if response.hovered() {
            let radius = CornerRadius::same(RADIUS_CONTROL);
            ui.painter().rect_filled(cell.shrink(2.0), radius, look.hover());
        }
        widgets::focus_ring(ui, &response, cell.shrink(1.0));
        sign(ui, cell.center(), Stroke::new(1.4, look.muted()));
        if i > 0 {
            ui.painter().hline(cell.shrink(1.0).x_range(), cell.top(), look.line());
        }
        let keys = entry.shortcut.map(|s| widgets::keys(ui.ctx(), &s)).unwrap_or_default();
        let tip = format!("{} ({keys})", entry.text);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(tip).clicked() {
            out.send(command);
        }
    }
    box_rect
}

/// A white box with the one shadow, that keeps clicks from the map.
pub fn float(ui: &mut Ui, rect: Rect) {
    paint_float(ui, rect);
    ui.interact(
        rect,
        ui.scope_id().with(("float", rect.min.x as i32, rect.min.y as i32)),
        Sense::click_and_drag(),
    );
}

/// The box with its shadow alone.
pub fn paint_float(ui: &Ui, rect: Rect) {
    let look = Look::of(ui);
    let radius = CornerRadius::same(look::RADIUS_CARD);
    ui.painter().add(look.shadow().as_shape(rect, radius));
    ui.painter().rect(rect, radius, look.panel(), look.line(), StrokeKind::Inside);
}

fn plus(ui: &Ui, at: Pos2, stroke: Stroke) {
    minus(ui, at, stroke);
    ui.painter().line_segment([at - vec2(0.0, 5.0), at + vec2(0.0, 5.0)], stroke);
}

fn minus(ui: &Ui, at: Pos2, stroke: Stroke) {
    ui.painter().line_segment([at - vec2(5.0, 0.0), at + vec2(5.0, 0.0)], stroke);
}

/// Two arrows that point apart.
fn arrows(ui: &Ui, at: Pos2, stroke: Stroke) {
    let (a, b) = (at + vec2(5.0, -5.0), at + vec2(-5.0, 5.0));
    ui.painter().line_segment([a, b], stroke);
    for (tip, sign) in [(a, 1.0), (b, -1.0)] {
        ui.painter().line_segment([tip, tip + vec2(-4.5 * sign, 0.0)], stroke);
        ui.painter().line_segment([tip, tip + vec2(0.0, 4.5 * sign)], stroke);
    }
}

/// The scale bar at the lower left.
pub fn scale_bar(ui: &Ui, rect: Rect, length: f32, label: &str) -> Rect {
    let look = Look::of(ui);
    let (left, y) = (rect.left() + 14.0, rect.bottom() - 14.0);
    let stroke = Stroke::new(1.2, look.muted());
    let points =
        vec![pos2(left, y - 5.0), pos2(left, y), pos2(left + length, y), pos2(left + length, y - 5.0)];
    let halo = Stroke::new(3.5, look.halo().gamma_multiply(0.8));
    ui.painter().add(Shape::line(points.clone(), halo));
    ui.painter().add(Shape::line(points, stroke));
    let text = with_halo(ui, pos2(left + length + 8.0, y - 1.0), Align2::LEFT_CENTER, label, look);
    text.union(Rect::from_min_max(pos2(left, y - 8.0), pos2(left + length, y + 3.0)))
}

/// The credits at the lower right, cut where the map is narrow; under the pointer they tell whose
/// boundaries the map shows. `stands_in` says that our own map is seen where another has nothing.
pub fn credits(ui: &mut Ui, rect: Rect, ground: Option<&SourceInfo>, stands_in: bool) -> Rect {
    let own = ground.map(|info| match info.attribution.trim() {
        "" if stands_in => CREDITS.to_owned(),
        theirs if stands_in => format!("{theirs} · {CREDITS}"),
        "" => OURS.to_owned(),
        theirs => format!("{theirs} · {OURS}"),
    });
    let ours = match rect.width() {
        width if width < 400.0 => "GeoNames CC BY 4.0",
        width if width < 560.0 => "Natural Earth · GeoNames CC BY 4.0",
        _ => CREDITS,
    };
    let text = own.as_deref().unwrap_or(ours);
    let at = pos2(rect.right() - 8.0, rect.bottom() - 14.0);
    let place = with_halo(ui, at, Align2::RIGHT_CENTER, text, Look::of(ui));
    if ground.is_none() {
        let response = ui.interact(place, ui.scope_id().with("credits"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        response.on_hover_text(VIEWPOINT);
    }
    place
}

/// Why tiles are missing, at the upper left, `top` points below what stands there.
pub fn trouble(ui: &Ui, rect: Rect, top: f32, text: &str) -> Rect {
    let look = Look::of(ui);
    let width = (rect.width() - 140.0).clamp(80.0, 420.0);
    let mut letters = text.chars();
    let sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let galley = ui.painter().layout(sentence, look::small(), look.error(), width);
    let size = galley.size() + vec2(24.0, 16.0);
    let at = pos2(rect.left() + EDGE, rect.top() + EDGE + top);
    let card = Rect::from_min_size(at, size);
    paint_float(ui, card);
    ui.painter().galley(card.min + vec2(12.0, 8.0), galley, look.error());
    card
}

fn with_halo(ui: &Ui, at: Pos2, align: Align2, text: &str, look: Look) -> Rect {
    let font = egui::FontId::new(11.0, egui::FontFamily::Proportional);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, look.muted());
    let rect = align.anchor_size(at, galley.size());
    let halo = look.halo().gamma_multiply(0.75);
    ui.painter().rect_filled(rect.expand2(vec2(4.0, 1.0)), 3, look.halo().gamma_multiply(0.6));
    for (dx, dy) in [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)] {
        let at = rect.min + vec2(dx, dy);
        ui.painter().galley_with_override_text_color(at, galley.clone(), halo);
    }
    ui.painter().galley(rect.min, galley, look.muted());
    rect
}

/// What to do first: in words, with the samples one click away.
pub fn empty(ui: &mut Ui, rect: Rect, cx: Cx<'_>, out: &mut Out) -> Rect {
    let look = Look::of(ui);
    let card = Rect::from_center_size(rect.center(), vec2(rect.width().min(396.0) - 16.0, 160.0));
    float(ui, card);
    let inner = card.shrink2(vec2(22.0, 18.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        let busy = !cx.jobs.is_empty();
        let title = if busy { "Reading…" } else { "Open an article to see its map" };
        widgets::paragraph(ui, title, look::heading(), look.ink());
        ui.add_space(4.0);
        let told = "Drop articles or a saved project here, paste an article with Ctrl+V, or name files on the command line.";
        widgets::paragraph(ui, told, look::body(), look.muted());
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if widgets::button(ui, "Open…", Emphasis::Primary).clicked() {
                out.send(Command::OpenFiles);
            }
            if widgets::button(ui, "Open the samples", Emphasis::Outlined).clicked() {
                out.send(Command::OpenSamples);
            }
        });
    });
    card
}

/// The hint of the first start: three words on what to do, and a sentence beside them, or below
/// and wrapped where the map is narrow.
pub fn hint(ui: &mut Ui, rect: Rect, out: &mut Out) -> Rect {
    let look = Look::of(ui);
    let lay = |text: &str, font, color, width| ui.painter().layout(text.to_owned(), font, color, width);
    let words = lay("Open · Click · Export", look::small_strong(), look.ink(), f32::INFINITY);
    let more = "Drop an article, click a marker to read its passages, export the picture";
    // Free at the right: the cross in the card, the buttons of the map beside it.
    let (side, cross, free) = (12.0, 36.0, rect.width() - 3.0 * EDGE - 32.0);
    let mut told = lay(more, look::small(), look.muted(), f32::INFINITY);
    let beside = words.size().x + 10.0;
    let mut size = vec2(side + beside + told.size().x + cross, 36.0);
    let mut shift = vec2(beside, (words.size().y - told.size().y) / 2.0);
    if size.x > free {
        told = lay(more, look::small(), look.muted(), (free.min(300.0) - side - cross).max(120.0));
        let wider = told.size().x.max(words.size().x);
        size = vec2(side + wider + cross, 20.0 + words.size().y + 2.0 + told.size().y);
        shift = vec2(0.0, words.size().y + 2.0);
    }
    let card = Rect::from_min_size(pos2(rect.left() + EDGE, rect.top() + EDGE), size);
    float(ui, card);
    let y = card.top() + 18.0;
    let at = pos2(card.left() + side, y - words.size().y / 2.0);
    ui.painter().galley(at, words, look.ink());
    ui.painter().galley(at + shift, told, look.muted());
    let close = Rect::from_center_size(pos2(card.right() - 18.0, y), vec2(24.0, 24.0));
    let response = ui.interact(close, ui.scope_id().with("close hint"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Dismiss the hint"));
    let stroke = Stroke::new(1.3, if response.hovered() { look.ink() } else { look.faint() });
    for (dx, dy) in [(4.0, 4.0), (4.0, -4.0)] {
        ui.painter().line_segment([close.center() - vec2(dx, dy), close.center() + vec2(dx, dy)], stroke);
    }
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        out.send(Command::DismissHint);
    }
    card
}

/// Over the whole window while files are held above it.
pub fn drop_here(ui: &Ui, rect: Rect) {
    let look = Look::of(ui);
    ui.painter().rect_filled(rect, 0, look.selected().gamma_multiply(0.85));
    let stroke = Stroke::new(2.0, look.accent());
    ui.painter().rect_stroke(
        rect.shrink(10.0),
        CornerRadius::same(look::RADIUS_CARD),
        stroke,
        StrokeKind::Inside,
    );
    widgets::text(ui, rect.center(), Align2::CENTER_CENTER, "Drop to open", look::heading(), look.accent());
}
