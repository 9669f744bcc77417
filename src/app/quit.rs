//! The question before work is lost: save, leave without saving, or stay.

use egui::{RichText, Ui};

use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look};
use super::widgets::{self, Emphasis, plural};

/// Shows the question, over everything, where the window was told to close.
pub fn show(ui: &Ui, cx: Cx<'_>, out: &mut Out) {
    if !cx.now.quit_open {
        return;
    }
    let look = Look::of(ui);
    let stay = widgets::dialog(ui, "quit", 400.0, |ui| {
        ui.label(RichText::new("Save before you leave?").font(look::heading()).color(look.ink()));
        ui.add_space(6.0);
        let n = cx.document.project.articles.len();
        let told = format!(
            "{n} {} with what was found in them {} in no project file yet",
            plural(n, "article", "articles"),
            plural(n, "stands", "stand"),
        );
        widgets::paragraph(ui, &told, look::body(), look.muted());
        ui.add_space(14.0);
        ui.horizontal(|ui| {
            if widgets::button(ui, "Save project…", Emphasis::Primary).clicked() {
                out.send(Command::SaveAndQuit);
            }
            if widgets::button(ui, "Leave without saving", Emphasis::Outlined).clicked() {
                out.send(Command::QuitAnyway);
            }
            if widgets::button(ui, "Stay", Emphasis::Quiet).clicked() {
                out.send(Command::Deselect);
            }
        });
    });
    if stay {
        out.send(Command::Deselect);
    }
}
