//! The places and the events as lists.

use egui::{Align2, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::found::{EventRow, PlaceRow};
use super::look::{self, Look, TEXT_SIDE};
use super::reports::{self, Proposed};
use super::state::Sort;
use super::widgets::{self, Emphasis};
use crate::events::Status;

/// Height of a row of two lines.
const ROW: f32 = 46.0;

/// The places that are named, in the chosen order.
pub fn places(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    if cx.found.places.is_empty() {
        return empty(ui, "No place was found yet");
    }
    sort_row(ui, cx, out);
    let (places, found) = (&cx.found.places, cx.found);
    let at = |i: usize| match cx.view.sort {
        Sort::Reports => places.get(i),
        Sort::Name => found.by_name.get(i).and_then(|&i| places.get(i)),
        Sort::Country => found.by_country.get(i).and_then(|&i| places.get(i)),
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("places").auto_shrink(false).show_rows(
        ui,
        ROW,
        places.len(),
        |ui, seen| {
            for row in seen.filter_map(at) {
                place_row(ui, cx, row, out);
            }
        },
    );
}

fn sort_row(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.add_space(TEXT_SIDE - 8.0);
        for (sort, name) in
            [(Sort::Reports, "Most reports"), (Sort::Name, "Name"), (Sort::Country, "Country")]
        {
            let chosen = cx.view.sort == sort;
            let emphasis = if chosen { Emphasis::Outlined } else { Emphasis::Quiet };
            if widgets::button(ui, name, emphasis).on_hover_text("Order the places").clicked() {
                out.send(Command::SortPlaces(sort));
            }
        }
    });
    ui.add_space(6.0);
}

/// One place: name, what it is, how many reports.
pub fn place_row(ui: &mut Ui, cx: Cx<'_>, row: &PlaceRow, out: &mut Out) {
    let look = Look::of(ui);
    let chosen = cx.now.place == Some(row.index);
    let said = format!("{}, {}, {}", row.name, row.what, widgets::many(row.reports, "report", "reports"));
    let (rect, response) = widgets::row(ui, ROW, chosen, &said);
    ui.painter().circle_filled(
        pos2(rect.left() + TEXT_SIDE, rect.top() + 16.0),
        4.5,
        look.event_or_plain(row.kind),
    );
    let left = rect.left() + TEXT_SIDE + 14.0;
    let number = if row.reports > 0 { widgets::grouped(row.reports) } else { "–".to_owned() };
    let number_at = pos2(rect.right() - TEXT_SIDE, rect.top() + 16.0);
    widgets::text(ui, number_at, Align2::RIGHT_CENTER, &number, look::strong(), look.ink());
    let width = rect.right() - TEXT_SIDE - 40.0 - left;
    widgets::elided(ui, pos2(left, rect.top() + 7.0), &row.name, look::strong(), look.ink(), width);
    let mut parts = vec![row.what.to_owned(), row.country.clone()];
    parts.push(format!("named {}", times(row.mentions)));
    parts.retain(|part| !part.is_empty());
    let below = pos2(left, rect.top() + 25.0);
    let used = widgets::elided(ui, below, &parts.join(" · "), look::small(), look.muted(), width);
    if row.doubtful {
        let at = pos2(used.right() + 8.0, used.center().y);
        widgets::text(ui, at, Align2::LEFT_CENTER, "doubtful", look::small_strong(), look.warning());
    }
    if response.hovered() {
        out.hover = Some(row.index);
    }
    if response.clicked() {
        out.send(Command::SelectPlace(row.index));
    }
}

fn times(n: usize) -> String {
    if n == 1 { "once".to_owned() } else { format!("{} times", widgets::grouped(n)) }
}

/// The events shown, in the order of the articles, or of their likeness to the one that is to be
/// joined; under them the reports of the chosen one.
pub fn events(ui: &mut Ui, cx: Cx<'_>, proposed: &mut Proposed, out: &mut Out) {
    if cx.found.events.is_empty() {
        let told = if cx.found.total > 0 {
            "Every event is hidden by the types and the confidence at the left"
        } else {
            "No event was found yet"
        };
        return empty(ui, told);
    }
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let full = ui.available_rect_before_wrap();
    let card = reports::height(cx).min(full.height() * 0.6);
    let upper = Rect::from_min_max(full.min, pos2(full.right(), full.bottom() - card));
    let rows = &cx.found.events;
    let order = cx.now.joining.map(|joining| proposed.order(cx, joining));
    let at = |i: usize| rows.get(order.map_or(Some(i), |order| order.get(i).copied())?);
    let count = order.map_or(rows.len(), <[usize]>::len);
    ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| {
        let scroll = ScrollArea::vertical().id_salt(("events", order.is_some())).auto_shrink(false);
        scroll.show_rows(ui, ROW, count, |ui, seen| {
            for row in seen.filter_map(at) {
                event_row(ui, cx, row, out);
            }
        });
        if count == 0 {
            reports::nothing_to_join(ui, upper);
        }
    });
    reports::show(ui, Rect::from_min_max(pos2(full.left(), upper.bottom()), full.max), cx, out);
}

fn event_row(ui: &mut Ui, cx: Cx<'_>, row: &EventRow, out: &mut Out) {
    let look = Look::of(ui);
    let chosen = cx.now.passage == Some(row.passage);
    let (rect, response) = widgets::row(ui, ROW, chosen, &format!("{}: {}", row.kind.label(), row.summary));
    ui.painter().circle_filled(pos2(rect.left() + TEXT_SIDE, rect.top() + 16.0), 4.5, look.event(row.kind));
    let left = rect.left() + TEXT_SIDE + 14.0;
    let width = rect.right() - TEXT_SIDE - left;
    widgets::elided(ui, pos2(left, rect.top() + 7.0), &row.summary, look::strong(), look.ink(), width);
    let place = if row.place_name.is_empty() { "without a place".to_owned() } else { row.place_name.clone() };
    let mut parts = vec![place, row.date.clone(), row.kind.label().to_owned()];
    if row.status != Status::Completed {
        parts.push(row.status.name().to_owned());
    }
    parts.extend(reports::remark(cx, row.passage));
    parts.retain(|part| !part.is_empty());
    let below = rect.min + vec2(TEXT_SIDE + 14.0, 25.0);
    widgets::elided(ui, below, &parts.join(" · "), look::small(), look.muted(), width);
    if response.hovered() {
        out.hover = row.place;
    }
    if response.clicked() {
        out.send(match cx.now.joining {
            Some(_) => Command::Join(Some(row.passage)),
            None => Command::SelectPassage(row.passage),
        });
    }
}

fn empty(ui: &mut Ui, told: &str) {
    ui.add_space(28.0);
    ui.vertical_centered(|ui| widgets::paragraph(ui, told, look::body(), Look::of(ui).muted()));
}
