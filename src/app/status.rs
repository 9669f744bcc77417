//! The status line: what is open, what runs, and that nothing leaves the computer.

use std::time::Duration;

use egui::{Align, Layout, Ui};

use super::command::Command;
use super::context::{Cx, Out};
use super::jobs::Running;
use super::look::{self, Look, SIDE};
use super::widgets::{self, plural};

/// A job that ends sooner is not told: the line would flicker.
const PATIENCE: Duration = Duration::from_millis(300);

/// Shows the line.
pub fn show(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
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
            widgets::paragraph(ui, "Offline · nothing leaves this computer", look::small(), look.muted());
        });
    });
}

fn resting(ui: &mut Ui, cx: Cx<'_>) {
    let look = Look::of(ui);
    let (articles, events) = (cx.found.articles.len(), cx.found.total);
    let open = format!(
        "{articles} {} · {events} {} · {} shown",
        plural(articles, "article", "articles"),
        plural(events, "event", "events"),
        cx.found.events.len()
    );
    widgets::paragraph(ui, &open, look::small(), look.muted());
    let doubtful: usize = cx.found.articles.iter().map(|row| row.doubtful).sum();
    if doubtful > 0 && ui.available_width() > 420.0 {
        let told = format!("{doubtful} {} doubtful", plural(doubtful, "place is", "places are"));
        widgets::paragraph(ui, &told, look::small(), look.muted());
    }
    if let Some(path) = cx.now.written.as_ref().filter(|_| ui.available_width() > 460.0) {
        let told = format!("Written: {}", path.display());
        widgets::paragraph(ui, &told, look::small(), look.accent());
    }
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
