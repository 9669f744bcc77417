//! The page of the settings with a person's own gazetteers.

use egui::{Align, Layout, RichText, Ui};

use super::super::command::Command;
use super::super::context::{Cx, Out};
use super::super::look::{self, Look};
use super::super::settings::Typed;
use super::super::widgets::{self, Emphasis, plural};
use super::work::{AGAIN, CHANGING};
use super::{Order, Outcome, Own, mapping};
use crate::places::gazetteer::user::{LibraryEntry, MOST_OWN};

/// Shows the page: the question about a file that was chosen, else the list.
pub fn show(ui: &mut Ui, cx: Cx<'_>, typed: &mut Typed, own: &Own, out: &mut Out) {
    let ink = Look::of(ui);
    if own.library.is_none() {
        ui.add_space(12.0);
        let none = "No folder for your data is known: set DATELINE_DATA to one and start Dateline again";
        return widgets::paragraph(ui, none, look::small(), ink.error());
    }
    let busy = cx.jobs.iter().find(|job| job.name == CHANGING || job.name == AGAIN);
    if busy.is_none()
        && let Some(chosen) = &mut typed.chosen
    {
        let answer = mapping::show(ui, chosen, own);
        if answer == mapping::Answer::Add {
            out.send(Command::Own(Order::Add(Box::new(chosen.wanted.clone()))));
        }
        if answer != mapping::Answer::Open {
            typed.chosen = None;
        }
        return;
    }
    list(ui, typed, own, out);
    ui.add_space(8.0);
    match busy {
        Some(job) => running(ui, job, out),
        None => {
            outcome(ui, own, out);
            add_button(ui, own, out);
        }
    }
}

/// What is there.
fn list(ui: &mut Ui, typed: &mut Typed, own: &Own, out: &mut Out) {
    ui.add_space(12.0);
    let told = "Villages, camps or sites of your own. They are searched with the places that come with \
                Dateline, yours first. GeoNames dumps (.txt, .zip), tables (.csv) and GeoJSON can be added.";
    widgets::paragraph(ui, told, look::small(), Look::of(ui).muted());
    ui.add_space(8.0);
    for entry in &own.entries {
        row(ui, entry, typed, out);
    }
}

fn add_button(ui: &mut Ui, own: &Own, out: &mut Out) {
    if own.entries.len() >= MOST_OWN {
        let full = format!("{MOST_OWN} gazetteers are as many as are searched: remove one to add another");
        return widgets::paragraph(ui, &full, look::small(), Look::of(ui).muted());
    }
    if widgets::button(ui, "Add a gazetteer…", Emphasis::Outlined).clicked() {
        out.send(Command::Own(Order::Choose));
    }
}

/// One gazetteer: what it is, and how to be rid of it.
fn row(ui: &mut Ui, entry: &LibraryEntry, typed: &mut Typed, out: &mut Out) {
    let ink = Look::of(ui);
    let asked = typed.removing.as_ref() == Some(&entry.name);
    ui.horizontal(|ui| {
        ui.set_min_height(44.0);
        ui.vertical(|ui| {
            ui.set_max_width(ui.available_width() - if asked { 190.0 } else { 90.0 });
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add_space(4.0);
            ui.label(RichText::new(&entry.name).font(look::strong()).color(ink.ink()));
            match &entry.problem {
                Some(problem) => widgets::paragraph(ui, problem, look::small(), ink.error()),
                None => widgets::paragraph(ui, &facts(entry), look::small(), ink.muted()),
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !asked {
                let remove = widgets::button(ui, "Remove", Emphasis::Quiet);
                if remove.on_hover_text(format!("Remove {}", entry.name)).clicked() {
                    typed.removing = Some(entry.name.clone());
                }
                return;
            }
            if widgets::button(ui, "Keep it", Emphasis::Quiet).clicked() {
                typed.removing = None;
            }
            if widgets::button(ui, "Remove it", Emphasis::Primary).clicked() {
                typed.removing = None;
                out.send(Command::Own(Order::Remove(entry.name.clone())));
            }
        });
    });
    ui.separator();
}

/// Rows, names, size, when and from what.
fn facts(entry: &LibraryEntry) -> String {
    let (places, names) = (entry.places, entry.names);
    format!(
        "{} {} · {} {} · {} · added {} from {}",
        grouped(places),
        plural(places, "place", "places"),
        grouped(names),
        plural(names, "name", "names"),
        size(entry.bytes),
        entry.added,
        entry.source
    )
}

/// Bytes in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// A number with a comma before each three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn running(ui: &mut Ui, job: &super::super::jobs::Running, out: &mut Out) {
    let ink = Look::of(ui);
    ui.horizontal(|ui| {
        widgets::paragraph(ui, &job.told(), look::small(), ink.ink());
    });
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 4.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 2, ink.hairline());
    let mut done = rect;
    done.set_width(rect.width() * job.share().unwrap_or(0.05));
    ui.painter().rect_filled(done, 2, ink.accent());
    ui.add_space(6.0);
    if widgets::button(ui, "Cancel", Emphasis::Outlined).clicked() {
        out.send(Command::Cancel(job.id));
    }
}

/// How the last order ended.
fn outcome(ui: &mut Ui, own: &Own, out: &mut Out) {
    let Some(outcome) = &own.outcome else { return };
    let ink = Look::of(ui);
    match outcome {
        Outcome::Failed(why) => widgets::paragraph(ui, why, look::small(), ink.error()),
        Outcome::Removed(name) => {
            let told = format!("{name} was removed; {}", read_again(own));
            widgets::paragraph(ui, &told, look::small(), ink.ink());
        }
        Outcome::Added { name, places, names, rejected, reasons } => {
            let (some, of) = (plural(*places, "place", "places"), plural(*names, "name", "names"));
            let told = format!(
                "{name} was added: {} {some}, {} {of}; {}",
                grouped(*places),
                grouped(*names),
                read_again(own)
            );
            widgets::paragraph(ui, &told, look::small(), ink.ink());
            left_out(ui, *rejected, reasons);
        }
    }
    ui.add_space(4.0);
    if widgets::button(ui, "Put away", Emphasis::Quiet).clicked() {
        out.send(Command::Own(Order::Dismiss));
    }
    ui.add_space(8.0);
}

fn read_again(own: &Own) -> &'static str {
    if own.later {
        "the articles were not read again; it counts from the next start on"
    } else {
        "the articles were read again"
    }
}

/// The rows that were left out, the first of them by line.
fn left_out(ui: &mut Ui, rejected: u64, reasons: &[crate::places::gazetteer::user::RowProblem]) {
    let ink = Look::of(ui);
    if rejected == 0 {
        return;
    }
    let count = rejected as usize;
    let told = format!("{} {} left out", grouped(count), plural(count, "row was", "rows were"));
    widgets::paragraph(ui, &told, look::small_strong(), ink.warning());
    for reason in reasons {
        let told = format!("Line {}: {}", grouped(reason.line as usize), reason.message);
        widgets::paragraph(ui, &told, look::small(), ink.muted());
    }
    let more = count.saturating_sub(reasons.len());
    if more > 0 {
        widgets::paragraph(ui, &format!("and {} more", grouped(more)), look::small(), ink.muted());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes_can_be_read() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"].map(str::to_owned)
        );
        assert_eq!(
            (size(1), size(2_500_000), size(3_210_000_000)),
            ("1 kB".into(), "2.5 MB".into(), "3.2 GB".into())
        );
    }
}
