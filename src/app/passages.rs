//! The passages behind the chosen marker.

use egui::{CornerRadius, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::found::title_of;
use super::look::{self, Look, RADIUS_CONTROL, TEXT_SIDE};
use super::reading::passage_range;
use super::state::Passage;
use super::widgets;
use crate::events::{EventType, Status};
use crate::places::PlaceIndex;

/// A place is named thousands of times in a large collection; more passages than this are not
/// laid out, and a line says so.
const MOST: usize = 200;

/// The place's name and its passages, each a row that flies there.
pub fn show(ui: &mut Ui, cx: Cx<'_>, place: PlaceIndex, out: &mut Out) {
    let look = Look::of(ui);
    ui.add_space(14.0);
    let passages = cx.found.passages(place);
    inset(ui, |ui| {
        widgets::paragraph(ui, cx.gazetteer.place_name(place), look::heading(), look.ink());
        widgets::paragraph(ui, &about(cx, place, passages.len()), look::small(), look.muted());
    });
    ui.add_space(8.0);
    for &passage in passages.iter().take(MOST) {
        row(ui, cx, passage, out);
    }
    if passages.len() > MOST {
        let more = format!(
            "and {} more: narrow them down with the types at the left",
            widgets::grouped(passages.len() - MOST)
        );
        inset(ui, |ui| widgets::paragraph(ui, &more, look::small(), look.muted()));
    }
    ui.add_space(10.0);
}

/// What to do while no marker is chosen, and the members of a cluster that stays together.
pub fn none_chosen(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    if cx.now.cluster.is_empty() {
        ui.add_space(28.0);
        let told = if cx.document.project.articles.is_empty() {
            "Open an article, and the passages behind its places are listed here"
        } else {
            "Click a marker on the map, and the passages behind it are listed here"
        };
        return inset(ui, |ui| widgets::paragraph(ui, told, look::body(), look.muted()));
    }
    ui.add_space(14.0);
    inset(ui, |ui| {
        let told = format!("{} places on one spot", widgets::grouped(cx.now.cluster.len()));
        widgets::paragraph(ui, &told, look::strong(), look.ink());
    });
    ui.add_space(6.0);
    for row in cx.now.cluster.iter().filter_map(|&place| cx.found.place(place)) {
        super::lists::place_row(ui, cx, row, out);
    }
}

fn inset(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let full = ui.available_rect_before_wrap();
    let rect = Rect::from_min_max(
        pos2(full.left() + TEXT_SIDE, full.top()),
        pos2(full.right() - TEXT_SIDE, full.bottom()),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), add);
}

fn about(cx: Cx<'_>, place: PlaceIndex, passages: usize) -> String {
    let row = cx.found.place(place);
    let mut parts = Vec::new();
    if let Some(row) = row {
        parts.push(row.what.to_owned());
        parts.push(row.country.clone());
        parts.push(widgets::many(row.reports, "report", "reports"));
    }
    parts.push(widgets::many(passages, "passage", "passages"));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What a passage says of itself: what, when, where from.
pub struct Told {
    /// The words of the article.
    pub quote: String,
    /// Date, type, article.
    pub remark: String,
    /// The event's type.
    pub kind: Option<EventType>,
}

/// A passage in words.
pub fn told(cx: Cx<'_>, passage: Passage) -> Option<Told> {
    let analysed = cx.document.article(passage.article())?;
    let range = passage_range(analysed, passage)?;
    let text = analysed.article.text.get(range)?;
    let row = cx.found.event(passage);
    let mut parts = Vec::new();
    if let Some(row) = row {
        parts.extend([row.date.clone(), row.kind.label().to_owned()]);
        if row.status != Status::Completed {
            parts.push(row.status.name().to_owned());
        }
    } else {
        parts.push("named, no event".to_owned());
    }
    if cx.document.project.articles.len() > 1 {
        parts.push(title_of(analysed));
    }
    parts.retain(|part| !part.is_empty());
    let quote = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Told { quote, remark: parts.join(" · "), kind: row.map(|row| row.kind) })
}

fn row(ui: &mut Ui, cx: Cx<'_>, passage: Passage, out: &mut Out) {
    let look = Look::of(ui);
    let Some(told) = told(cx, passage) else { return };
    let chosen = cx.now.passage == Some(passage);
    let full = ui.available_width();
    let width = full - 2.0 * TEXT_SIDE - 4.0;
    let quote = short(&told.quote, 320);
    let quote = widgets::wrapped(
        ui.painter(),
        &quote,
        egui::FontId::new(14.0, look::serif().family),
        look.ink(),
        width,
    );
    let remark = ui.painter().layout(told.remark.clone(), look::small(), look.muted(), width);
    let height = quote.size().y + remark.size().y + 22.0;
    let (rect, response) = ui.allocate_exact_size(vec2(full, height), Sense::click());
    let name = format!("{}: {}", told.remark, short(&told.quote, 120));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    let inner = rect.shrink2(vec2(TEXT_SIDE - 14.0, 2.0));
    let fill = if chosen {
        look.selected()
    } else if response.hovered() {
        look.hover()
    } else {
        egui::Color32::TRANSPARENT
    };
    ui.painter().rect_filled(inner, CornerRadius::same(RADIUS_CONTROL), fill);
    widgets::focus_ring(ui, &response, inner);
    let bar = Rect::from_min_size(inner.min + vec2(5.0, 8.0), vec2(2.5, inner.height() - 16.0));
    ui.painter().rect_filled(bar, 1, look.event_or_plain(told.kind));
    let at = pos2(rect.left() + TEXT_SIDE, rect.top() + 9.0);
    let below = at + vec2(0.0, quote.size().y + 3.0);
    ui.painter().galley(at, quote, look.ink());
    ui.painter().galley(below, remark, look.muted());
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        out.send(Command::SelectPassage(passage));
    }
}

/// The first characters of a text, with an ellipsis where it goes on.
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or("").trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cuts_between_letters() {
        assert_eq!(short("Łódź", 10), "Łódź");
        assert_eq!(short("Łódź ist", 5), "Łódź…");
    }
}
