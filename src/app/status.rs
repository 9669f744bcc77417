//! The status line: what is open, what runs, and that nothing leaves the computer.

use std::sync::OnceLock;
use std::time::Duration;

use egui::{Align, Layout, RichText, Ui};

use super::candidates::to_check;
use super::choices::Ground;
use super::command::Command;
use super::context::{Cx, Out};
use super::jobs::Running;
use super::look::{self, Look, SIDE};
use super::widgets;
use crate::map::coordinates::CoordinateStyle;
use crate::places::LonLat;

/// A job that ends sooner is not told: the line would flicker.
const PATIENCE: Duration = Duration::from_millis(300);

/// Shows the line; `at` is what lies under the pointer, or where it was last.
pub fn show(ui: &mut Ui, cx: Cx<'_>, at: Option<LonLat>, out: &mut Out) {
    let look = Look::of(ui);
    ui.horizontal_centered(|ui| {
        ui.add_space(SIDE);
        ui.spacing_mut().item_spacing.x = 18.0;
        let long = |job: &&Running| job.started.elapsed() > PATIENCE;
        match cx.jobs.iter().find(long) {
            Some(job) => {
                widgets::paragraph(ui, &job.told(), look::small(), look.ink());
                bar(ui, job.share());
                if link(ui, "Cancel").clicked() {
                    out.send(Command::Cancel(job.id));
                }
            }
            None => resting(ui, cx),
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(SIDE);
            let online = cx.view.map.ground == Ground::Online;
            let (told, ink) = if online {
                ("Online map tiles · nothing else leaves this computer", look.warning())
            } else {
                ("Offline · nothing leaves this computer", look.muted())
            };
            widgets::paragraph(ui, told, look::small(), ink);
            coordinates(ui, cx, at, out);
        });
    });
}

/// The coordinates under the pointer; a click gives the other ways to write them.
fn coordinates(ui: &mut Ui, cx: Cx<'_>, at: Option<LonLat>, out: &mut Out) {
    let (Some(at), true) = (at, ui.available_width() > 190.0) else { return };
    let look = Look::of(ui);
    let now = cx.view.map.coordinates;
    let text = RichText::new(now.format(at)).font(look::small()).color(look.muted());
    ui.spacing_mut().button_padding = egui::vec2(6.0, 1.0);
    ui.spacing_mut().interact_size.y = 20.0;
    let menu = ui.menu_button(text, |ui| {
        ui.set_min_width(240.0);
        for style in CoordinateStyle::ALL {
            let text = format!("{}   {}", style.label(), style.format(at));
            if ui.selectable_label(style == now, text).clicked() {
                out.send(Command::Coordinates(style));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("Copy").clicked() {
            ui.ctx().copy_text(now.format(at));
            ui.close();
        }
    });
    menu.response.on_hover_text("Coordinates under the pointer · C copies them");
}

fn resting(ui: &mut Ui, cx: Cx<'_>) {
    let look = Look::of(ui);
    let (articles, events) = (cx.found.articles.len(), cx.found.total);
    let open = format!(
        "{} · {} · {} shown",
        widgets::many(articles, "article", "articles"),
        widgets::many(events, "event", "events"),
        widgets::grouped(cx.found.events.len())
    );
    widgets::paragraph(ui, &open, look::small(), look.muted());
    if cx.found.doubtful > 0 && ui.available_width() > 420.0 {
        widgets::paragraph(ui, &to_check(cx.found.doubtful), look::small(), look.muted());
    }
    if let Some(done) = cx.now.done.as_ref().filter(|_| ui.available_width() > 460.0) {
        let done = super::passages::short(done, 90);
        return widgets::paragraph(ui, &done, look::small(), look.ink());
    }
    if let Some(version) = gazetteer_version(cx).filter(|_| ui.available_width() > 560.0) {
        widgets::paragraph(ui, &format!("Gazetteer {version}"), look::small(), look.muted());
    }
    if let Some(path) = cx.now.written.as_ref().filter(|_| ui.available_width() > 460.0) {
        let told = format!("Written: {}", path.display());
        widgets::paragraph(ui, &told, look::small(), look.accent());
    }
}

/// The version of the gazetteer, read once.
fn gazetteer_version(cx: Cx<'_>) -> Option<&'static str> {
    static VERSION: OnceLock<Option<String>> = OnceLock::new();
    VERSION.get_or_init(|| cx.gazetteer.info().ok().map(|info| info.version)).as_deref()
}

fn bar(ui: &mut Ui, share: Option<f32>) {
    let look = Look::of(ui);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(120.0, 4.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 2, look.hairline());
    let mut done = rect;
    done.set_width(rect.width() * share.unwrap_or(0.15));
    ui.painter().rect_filled(done, 2, look.accent());
}

fn link(ui: &mut Ui, text: &str) -> egui::Response {
    ui.link(egui::RichText::new(text).font(look::small()))
}
