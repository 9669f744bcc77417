//! The card beside the chosen marker: what happened, when, what kind, and the words that say so.

use egui::{CornerRadius, CursorIcon, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::overlay;
use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::look::{self, Look};
use crate::app::passages::{Told, short, told};
use crate::app::state::Passage;
use crate::app::widgets::{self, plural};
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
    let passage = cx.now.passage.filter(|p| passages.contains(p)).or(passages.first().copied());
    let (Some(passage), Some(row)) = (passage, cx.found.place(place)) else { return None };
    let told = told(cx, passage)?;
    let look = Look::of(ui);
    let width = WIDTH.min(rect.width() - 24.0);
    let inner = width - 28.0;
    let event = cx.found.event(passage);
    let head = event.map_or(row.name.clone(), |event| event.summary.clone());
    let head = ui.painter().layout(head, look::strong(), look.ink(), inner);
    let about = ui.painter().layout(about(cx, place, &told, row.what), look::small(), look.muted(), inner);
    let quote = ui.painter().layout(short(&told.quote, 180), look::small(), look.ink(), inner - 12.0);
    let foot = if passages.len() > 1 { 24.0 } else { 0.0 };
    let size = vec2(width, 12.0 + head.size().y + 4.0 + about.size().y + 8.0 + quote.size().y + foot + 12.0);
    let card = Rect::from_min_size(beside(rect, at, radius, size), size);
    overlay::float(ui, card);
    let mut y = card.top() + 12.0;
    let left = card.left() + 14.0;
    for galley in [&head, &about] {
        ui.painter().galley(pos2(left, y), galley.clone(), look.ink());
        y += galley.size().y + 4.0;
    }
    y += 4.0;
    let bar = Rect::from_min_size(pos2(left, y), vec2(2.0, quote.size().y));
    ui.painter().rect_filled(bar, CornerRadius::same(1), look.event_or_plain(told.kind));
    ui.painter().galley(pos2(left + 12.0, y), quote, look.ink());
    if foot > 0.0 {
        pager(ui, card, passage, passages, out);
    }
    Some(card)
}

fn about(cx: Cx<'_>, place: PlaceIndex, told: &Told, what: &str) -> String {
    let reports = cx.found.place(place).map_or(0, |row| row.reports);
    let kind = told.kind.map(|kind| kind.label().to_owned());
    let event = cx.now.passage.and_then(|passage| cx.found.event(passage));
    let mut parts = vec![event.map(|event| event.date.clone()).unwrap_or_default()];
    parts.extend(kind);
    parts.push(what.to_owned());
    parts.push(format!("{reports} {}", plural(reports, "report", "reports")));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "1 of 5" and the two arrows.
fn pager(ui: &mut Ui, card: Rect, passage: Passage, passages: &[Passage], out: &mut Out) {
    let look = Look::of(ui);
    let y = card.bottom() - 16.0;
    let at = passages.iter().position(|p| *p == passage).unwrap_or(0);
    let text = format!("{} of {}", at + 1, passages.len());
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
