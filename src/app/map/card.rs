//! The card beside the chosen marker: what happened, when, what kind, and the words that say so.

use std::sync::Arc;

use egui::{
    CornerRadius, CursorIcon, Galley, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::markers::Spot;
use super::overlay;
use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::look::{self, Look};
use crate::app::passages::{Told, short, told};
use crate::app::state::Passage;
use crate::app::widgets;
use crate::places::PlaceIndex;

/// Width of the card, in points.
const WIDTH: f32 = 292.0;

/// Shows the card of the chosen place beside `at`, inside `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    at: Pos2,
    radius: f32,
    place: PlaceIndex,
    cx: Cx<'_>,
    out: &mut Out,
) -> Option<Rect> {
    let passages = cx.found.passages(place);
    let passage = cx.now.passage.filter(|p| passages.contains(p)).or(passages.first().copied())?;
    let content = Content::of(ui, rect, place, passage, cx)?;
    let foot = if passages.len() > 1 { 24.0 } else { 0.0 };
    let size = content.size + vec2(0.0, foot);
    let card = Rect::from_min_size(beside(rect, at, radius, size), size);
    overlay::float(ui, card);
    content.paint(ui, card);
    if foot > 0.0 {
        pager(ui, card, passage, passages, out);
    }
    Some(card)
}

/// Shows what a click would bring, beside the marker under the pointer; nothing in it can be
/// clicked.
pub fn hover(ui: &Ui, rect: Rect, spot: &Spot, cx: Cx<'_>) {
    let content = match spot.places[..] {
        [place] => {
            cx.found.passages(place).first().and_then(|&passage| Content::of(ui, rect, place, passage, cx))
        }
        _ => Content::of_cluster(ui, rect, spot, cx),
    };
    let Some(content) = content else { return };
    let card = Rect::from_min_size(beside(rect, spot.at, spot.radius, content.size), content.size);
    overlay::paint_float(ui, card);
    content.paint(ui, card);
}

/// What stands in a card, laid out.
struct Content {
    head: Arc<Galley>,
    about: Arc<Galley>,
    quote: Arc<Galley>,
    bar: egui::Color32,
    size: Vec2,
}

/// Places of a cluster named in its card.
const MOST_NAMES: usize = 6;

impl Content {
    fn of(ui: &Ui, rect: Rect, place: PlaceIndex, passage: Passage, cx: Cx<'_>) -> Option<Self> {
        let row = cx.found.place(place)?;
        let told = told(cx, passage)?;
        let event = cx.found.event(passage);
        let head = event.map_or(row.name.clone(), |event| event.summary.clone());
        let about = about(cx, place, passage, &told, row.what);
        Some(Self::lay(ui, rect, head, about, short(&told.quote, 180), told.kind))
    }

    /// The places of a cluster with their reports.
    fn of_cluster(ui: &Ui, rect: Rect, spot: &Spot, cx: Cx<'_>) -> Option<Self> {
        let rows = spot.places.iter().filter_map(|&place| cx.found.place(place));
        let mut names: Vec<String> = rows
            .take(MOST_NAMES)
            .map(|row| format!("{}  {}", row.name, widgets::grouped(row.reports)))
            .collect();
        if spot.places.len() > MOST_NAMES {
            names.push(format!("and {} more", widgets::grouped(spot.places.len() - MOST_NAMES)));
        }
        let reports = widgets::many(spot.reports, "report", "reports");
        let about = format!("{reports} · click to take them apart");
        let head = format!("{} places around {}", widgets::grouped(spot.places.len()), spot.name);
        (!names.is_empty()).then(|| Self::lay(ui, rect, head, about, names.join("\n"), spot.kind))
    }

    fn lay(
        ui: &Ui,
        rect: Rect,
        head: String,
        about: String,
        quote: String,
        kind: Option<crate::events::EventType>,
    ) -> Self {
        let look = Look::of(ui);
        let width = WIDTH.min(rect.width() - 24.0);
        let inner = width - 28.0;
        let lay =
            |text: String, font, color, width| widgets::wrapped(ui.painter(), &text, font, color, width);
        let head = lay(head, look::strong(), look.ink(), inner);
        let about = lay(about, look::small(), look.muted(), inner);
        let quote = lay(quote, look::small(), look.ink(), inner - 12.0);
        let height = 12.0 + head.size().y + 4.0 + about.size().y + 8.0 + quote.size().y + 12.0;
        Self { head, about, quote, bar: look.event_or_plain(kind), size: vec2(width, height) }
    }

    fn paint(&self, ui: &Ui, card: Rect) {
        let look = Look::of(ui);
        let mut y = card.top() + 12.0;
        let left = card.left() + 14.0;
        for galley in [&self.head, &self.about] {
            ui.painter().galley(pos2(left, y), Arc::clone(galley), look.ink());
            y += galley.size().y + 4.0;
        }
        y += 4.0;
        let bar = Rect::from_min_size(pos2(left, y), vec2(2.0, self.quote.size().y));
        ui.painter().rect_filled(bar, CornerRadius::same(1), self.bar);
        ui.painter().galley(pos2(left + 12.0, y), Arc::clone(&self.quote), look.ink());
    }
}

fn about(cx: Cx<'_>, place: PlaceIndex, passage: Passage, told: &Told, what: &str) -> String {
    let reports = cx.found.place(place).map_or(0, |row| row.reports);
    let kind = told.kind.map(|kind| kind.label().to_owned());
    let event = cx.found.event(passage);
    let mut parts = vec![event.map(|event| event.date.clone()).unwrap_or_default()];
    parts.extend(kind);
    parts.push(what.to_owned());
    parts.push(widgets::many(reports, "report", "reports"));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "1 of 5" and the two arrows.
fn pager(ui: &mut Ui, card: Rect, passage: Passage, passages: &[Passage], out: &mut Out) {
    let look = Look::of(ui);
    let y = card.bottom() - 16.0;
    let at = passages.iter().position(|p| *p == passage).unwrap_or(0);
    let text = format!("{} of {}", widgets::grouped(at + 1), widgets::grouped(passages.len()));
    widgets::text(
        ui,
        pos2(card.left() + 14.0, y),
        egui::Align2::LEFT_CENTER,
        &text,
        look::small(),
        look.faint(),
    );
    let pages = [
        (44.0, -1.0, Command::PreviousPassage, "Previous passage"),
        (20.0, 1.0, Command::NextPassage, "Next passage"),
    ];
    for (from_right, sign, command, name) in pages {
        let middle = pos2(card.right() - from_right, y);
        let cell = Rect::from_center_size(middle, Vec2::splat(22.0));
        let response = ui.interact(cell, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let stroke = Stroke::new(1.5, if response.hovered() { look.ink() } else { look.muted() });
        let (tip, back) = (middle + vec2(2.5 * sign, 0.0), vec2(-2.0 * sign, 0.0));
        ui.painter().line_segment([tip, middle + back + vec2(0.0, -4.5)], stroke);
        ui.painter().line_segment([tip, middle + back + vec2(0.0, 4.5)], stroke);
        widgets::focus_ring(ui, &response, cell);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name).clicked() {
            out.send(command);
        }
    }
}

/// Below and to the right of the marker, or wherever there is room.
fn beside(rect: Rect, at: Pos2, radius: f32, size: Vec2) -> Pos2 {
    let gap = radius + 10.0;
    let free = rect.shrink(overlay::EDGE);
    let x = if at.x + size.x * 0.75 < free.right() { at.x - size.x * 0.12 } else { free.right() - size.x };
    let below = at.y + gap;
    let y = if below + size.y < free.bottom() - 18.0 { below } else { at.y - gap - size.y };
    let x = x.clamp(free.left(), (free.right() - size.x).max(free.left()));
    pos2(x, y.clamp(free.top(), (free.bottom() - size.y).max(free.top())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_stays_on_the_map_and_off_its_marker() {
        let rect = Rect::from_min_size(pos2(260.0, 44.0), vec2(700.0, 800.0));
        let size = vec2(292.0, 110.0);
        for x in [270.0, 500.0, 955.0] {
            for y in [50.0, 400.0, 840.0] {
                let at = pos2(x, y);
                let card = Rect::from_min_size(beside(rect, at, 12.0, size), size);
                assert!(rect.contains_rect(card), "{at:?} {card:?}");
                assert!(!card.contains(at), "{at:?} {card:?}");
            }
        }
    }
}
