//! The right panel: tabs over passages, article, places and events.

use egui::{Frame, Margin, Rect, ScrollArea, Ui, UiBuilder, pos2};

use super::candidates::Card;
use super::command::Command;
use super::context::{Cx, Out};
use super::look::{Look, TEXT_SIDE};
use super::reading::Reading;
use super::reports::Proposed;
use super::state::Tab;
use super::{lists, passages, widgets};

/// What stands in the panel and is remembered from frame to frame.
#[derive(Debug, Default)]
pub struct Parts {
    reading: Reading,
    card: Card,
    proposed: Proposed,
}

/// Shows the panel.
pub fn show(ui: &mut Ui, cx: Cx<'_>, Parts { reading, card, proposed }: &mut Parts, out: &mut Out) {
    // A panel is as wide as what stands in it: few words would make it shrink.
    ui.set_min_width(ui.available_width());
    tabs(ui, cx, out);
    match cx.view.tab {
        Tab::Passages => passages_over_text(ui, cx, (reading, card), out),
        Tab::Article => text(ui, cx, (reading, card), out),
        Tab::Places => lists::places(ui, cx, out),
        Tab::Events => lists::events(ui, cx, proposed, out),
    }
}

fn tabs(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let chosen = cx.now.place.map_or(0, |place| cx.found.passages(place).len());
    let all = [
        (Tab::Passages, "Passages", (chosen > 0).then_some(chosen)),
        (Tab::Article, "Article", None),
        (Tab::Places, "Places", Some(cx.found.places.len())),
        (Tab::Events, "Events", Some(cx.found.events.len())),
    ];
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        ui.add_space(TEXT_SIDE);
        for (tab, name, count) in all {
            if widgets::tab(ui, name, count, cx.view.tab == tab).clicked() {
                out.send(Command::Show(tab));
            }
        }
    });
    let y = row.response.rect.bottom();
    ui.painter().hline(ui.max_rect().x_range(), y, Look::of(ui).line());
}

/// The passages behind the marker, and under them the text they stand in.
fn passages_over_text(ui: &mut Ui, cx: Cx<'_>, parts: (&mut Reading, &mut Card), out: &mut Out) {
    let Some(place) = cx.now.place else {
        return passages::none_chosen(ui, cx, out);
    };
    let full = ui.available_rect_before_wrap();
    let most = full.height() * 0.46;
    let top = Rect::from_min_max(full.min, pos2(full.right(), full.top() + most));
    let used = ui.scope_builder(UiBuilder::new().max_rect(top), |ui| {
        ScrollArea::vertical().id_salt("passages").max_height(most).auto_shrink([false, true]).show(
            ui,
            |ui| {
                passages::show(ui, cx, place, out);
            },
        );
    });
    let y = used.response.rect.bottom();
    ui.painter().hline(full.x_range(), y, Look::of(ui).line());
    let rest = Rect::from_min_max(pos2(full.left(), y + 1.0), full.max);
    ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| text(ui, cx, parts, out));
}

/// The article, with the candidates of a doubtful place over its lower end.
fn text(ui: &mut Ui, cx: Cx<'_>, (reading, candidates): (&mut Reading, &mut Card), out: &mut Out) {
    let area = ui.available_rect_before_wrap();
    let Some(at) = cx.now.mention.filter(|(article, _)| *article == cx.now.article) else {
        return reading.show(ui, cx, out);
    };
    let card = (candidates.height() + 20.0).min(area.height() * 0.6);
    let upper = Rect::from_min_max(area.min, pos2(area.right(), area.bottom() - card - 24.0));
    ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| reading.show(ui, cx, out));
    let lower = Rect::from_min_max(
        pos2(area.left() + 16.0, area.bottom() - card - 16.0),
        pos2(area.right() - 16.0, area.bottom() - 16.0),
    );
    ui.scope_builder(UiBuilder::new().max_rect(lower), |ui| {
        let look = Look::of(ui);
        let frame: Frame = look.card().inner_margin(Margin::symmetric(14, 10));
        frame.show(ui, |ui| {
            ui.set_min_height(ui.available_height());
            candidates.show(ui, cx, at, out);
        });
    });
}
