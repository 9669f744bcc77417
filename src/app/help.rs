//! The table of shortcuts, and what the program is and where its data comes from.

use egui::{Grid, RichText, ScrollArea, Ui, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look};
use super::table::TABLE;
use super::widgets::{self, Emphasis};

/// Shows whichever of the two is open.
pub fn show(ui: &Ui, cx: Cx<'_>, out: &mut Out) {
    if cx.now.shortcuts_open {
        card(ui, "Keyboard shortcuts", Command::Shortcuts, out, shortcuts);
    }
    if cx.now.about_open {
        card(ui, "Dateline", Command::About, out, |ui| about(ui, cx));
    }
}

fn card(ui: &Ui, title: &str, close: Command, out: &mut Out, add: impl FnOnce(&mut Ui)) {
    let look = Look::of(ui);
    let mut done = false;
    let beside = widgets::dialog(ui, title, 440.0, |ui| {
        ui.label(RichText::new(title).font(look::heading()).color(look.ink()));
        ui.add_space(8.0);
        let most = (ui.ctx().content_rect().height() - 180.0).max(120.0);
        ScrollArea::vertical().max_height(most).show(ui, add);
        ui.add_space(10.0);
        done = widgets::button(ui, "Close", Emphasis::Outlined).clicked();
    });
    if done || beside {
        out.send(close);
    }
}

fn shortcuts(ui: &mut Ui) {
    let look = Look::of(ui);
    Grid::new("shortcuts").num_columns(2).spacing(vec2(24.0, 6.0)).show(ui, |ui| {
        for entry in TABLE.iter().filter(|entry| entry.shortcut.is_some()) {
            let keys =
                entry.shortcut.map(|shortcut| super::widgets::keys(ui.ctx(), &shortcut)).unwrap_or_default();
            ui.label(RichText::new(keys).font(look::small_strong()).color(look.muted()));
            ui.label(RichText::new(entry.tooltip).color(look.ink()));
            ui.end_row();
        }
    });
}

fn about(ui: &mut Ui, cx: Cx<'_>) {
    let look = Look::of(ui);
    let version = format!("Version {}. Turns news articles into a map of events.", env!("CARGO_PKG_VERSION"));
    widgets::paragraph(ui, &version, look::body(), look.ink());
    ui.add_space(6.0);
    let quiet = "Everything happens on this computer: no account, no server, no upload.";
    widgets::paragraph(ui, quiet, look::body(), look.ink());
    ui.add_space(6.0);
    if let Ok(info) = cx.gazetteer.info() {
        let places = format!("Gazetteer {}: {} places, {} names.", info.version, info.places, info.names);
        widgets::paragraph(ui, &places, look::body(), look.ink());
        for source in &info.sources {
            let line = format!("{} · {}", source.name, source.licence);
            widgets::paragraph(ui, &line, look::small(), look.muted());
        }
    }
    ui.add_space(6.0);
    let map = "Map: made with Natural Earth (public domain). Fonts: Inter, Source Serif 4, Noto (SIL Open Font License).";
    widgets::paragraph(ui, map, look::small(), look.muted());
}
