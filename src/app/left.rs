//! The left panel: articles, event types, confidence, what has no place, what could not be read.

use egui::{Align2, ScrollArea, Ui, pos2, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::found::{ArticleRow, EventRow};
use super::look::{self, Look, SIDE};
use super::state::Problem;
use super::widgets::{self, Emphasis};

/// Height of an article's row.
const ROW: f32 = 56.0;
/// Between two remarks in an article's row, in points.
const GAP: f32 = 9.0;
/// Articles shown before the list scrolls on its own.
const ARTICLES: f32 = 6.5;

/// Shows the panel.
pub fn show(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    ui.set_min_width(ui.available_width());
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("left").auto_shrink(false).show(ui, |ui| {
        ui.add_space(10.0);
        articles(ui, cx, out);
        problems(ui, &cx.document.problems, out);
        if cx.found.total > 0 {
            kinds(ui, cx, out);
            confidence(ui, cx, out);
            unplaced(ui, cx, out);
        }
        ui.add_space(16.0);
    });
}

fn articles(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let count = cx.found.articles.len();
    widgets::section(
        ui,
        "Articles",
        &if count > 0 { format!("{} open", widgets::grouped(count)) } else { String::new() },
    );
    if count == 0 {
        inset(ui, |ui| {
            ui.add_space(4.0);
            widgets::paragraph(ui, "None is open yet", look::small(), Look::of(ui).muted());
            ui.add_space(8.0);
            if widgets::button(ui, "Open…", Emphasis::Outlined).clicked() {
                out.send(Command::OpenFiles);
            }
        });
        return ui.add_space(20.0);
    }
    let height = ROW * (count as f32).min(ARTICLES);
    let list = ScrollArea::vertical().id_salt("articles").max_height(height).auto_shrink([false, true]);
    list.show_rows(ui, ROW, count, |ui, seen| {
        for i in seen {
            if let Some(row) = cx.found.articles.get(i) {
                article(ui, row, i, cx.now.article == i, out);
            }
        }
    });
    ui.add_space(20.0);
}

fn article(ui: &mut Ui, row: &ArticleRow, index: usize, chosen: bool, out: &mut Out) {
    let look = Look::of(ui);
    let events = widgets::many(row.events, "event", "events");
    let checks = if row.doubtful > 0 { format!(", {} to check", row.doubtful) } else { String::new() };
    let (rect, response) = widgets::row(ui, ROW, chosen, &format!("{}, {events}{checks}", row.title));
    let left = rect.left() + SIDE + 3.0;
    let width = rect.right() - 12.0 - left;
    widgets::elided(ui, pos2(left, rect.top() + 9.0), &row.title, look::strong(), look.ink(), width);
    let told = if row.placeless { "no place".to_owned() } else { events };
    let y = rect.top() + 30.0;
    let mut free = rect.right() - 8.0;
    if row.doubtful > 0 {
        // What waits for a person is told first; the rest takes the room that is left.
        let check = format!("{} to check", row.doubtful);
        let at = pos2(rect.right() - 6.0, y);
        let font = look::small_strong();
        free = widgets::text(ui, at, Align2::RIGHT_TOP, &check, font, look.warning()).left() - 8.0;
    }
    // The outlet gives way to the date and the number of events where there is little room.
    let wide =
        |text: &str| ui.painter().layout_no_wrap(text.to_owned(), look::small(), look.muted()).size().x + GAP;
    let rest: f32 = [row.date.as_str(), told.as_str()].into_iter().filter(|t| !t.is_empty()).map(wide).sum();
    let outlet = (free - left - rest - GAP).min(wide(&row.outlet));
    let mut x = left;
    for (part, most) in [(row.outlet.as_str(), outlet), (&row.date, f32::MAX), (&told, f32::MAX)] {
        let room = most.min(free - x);
        if part.is_empty() || room < 44.0 {
            continue;
        }
        x = widgets::elided(ui, pos2(x, y), part, look::small(), look.muted(), room).right() + GAP;
    }
    if response.clicked() {
        out.send(Command::SelectArticle(index));
    }
}

/// What could not be read: a line each, until it is put away.
fn problems(ui: &mut Ui, problems: &[Problem], out: &mut Out) {
    if problems.is_empty() {
        return;
    }
    let look = Look::of(ui);
    widgets::section(ui, "Problems", &widgets::grouped(problems.len()));
    for (i, problem) in problems.iter().enumerate().take(50) {
        inset(ui, |ui| {
            ui.add_space(4.0);
            widgets::paragraph(ui, &problem.subject, look::small_strong(), look.error());
            widgets::paragraph(ui, &problem.message, look::small(), look.muted());
            if problems.len() == 1 && widgets::button(ui, "Dismiss", Emphasis::Quiet).clicked() {
                out.send(Command::DismissProblem(i));
            }
        });
    }
    if problems.len() > 1 {
        inset(ui, |ui| {
            ui.add_space(4.0);
            if widgets::button(ui, "Dismiss all", Emphasis::Outlined).clicked() {
                out.send(Command::DismissProblems);
            }
        });
    }
    ui.add_space(20.0);
}

fn kinds(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    let shown =
        format!("{} of {} shown", widgets::grouped(cx.found.events.len()), widgets::grouped(cx.found.total));
    widgets::section(ui, "Event types", &shown);
    ui.add_space(4.0);
    inset(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.spacing_mut().interact_size.y = 26.0;
        ui.horizontal_wrapped(|ui| {
            for &(kind, count) in &cx.found.kinds {
                let on = !cx.view.filter.hidden.contains(&kind);
                if widgets::chip(ui, look.event(kind), kind.label(), count, on).clicked() {
                    out.send(Command::ToggleKind(kind));
                }
            }
        });
    });
    ui.add_space(22.0);
}

fn confidence(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    widgets::section(ui, "Confidence", "");
    inset(ui, |ui| {
        let (response, value) = widgets::slider(ui, cx.view.filter.confidence, "Confidence at least");
        if response.changed() {
            out.send(Command::Confidence(value));
        }
        let percent = (cx.view.filter.confidence * 100.0).round();
        let told = match cx.found.unsure {
            0 => format!("{percent} % and above"),
            n => format!("{percent} % and above · {} hidden", widgets::grouped(n)),
        };
        widgets::paragraph(ui, &told, look::small(), look.muted());
    });
    ui.add_space(22.0);
}

fn unplaced(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    if cx.found.unplaced.is_empty() {
        return;
    }
    widgets::section(ui, "Without a place", &widgets::grouped(cx.found.unplaced.len()));
    for row in cx.found.unplaced.iter().take(100) {
        unplaced_row(ui, cx, row, out);
    }
}

fn unplaced_row(ui: &mut Ui, cx: Cx<'_>, row: &EventRow, out: &mut Out) {
    let look = Look::of(ui);
    let width = ui.available_width() - 2.0 * SIDE - 3.0;
    let galley = widgets::wrapped(ui.painter(), &row.summary, look::body(), look.ink(), width);
    let chosen = cx.now.passage == Some(row.passage);
    let height = galley.size().y + 30.0;
    let (rect, response) = widgets::row(ui, height, chosen, &format!("{}, without a place", row.summary));
    let at = pos2(rect.left() + SIDE + 3.0, rect.top() + 6.0);
    let below = pos2(at.x, at.y + galley.size().y + 2.0);
    ui.painter().galley(at, galley, look.ink());
    let why = why_unplaced(cx, row);
    widgets::text(ui, below, Align2::LEFT_TOP, why, look::small(), look.muted());
    if response.clicked() {
        out.send(Command::SelectPassage(row.passage));
    }
}

fn why_unplaced(cx: Cx<'_>, row: &EventRow) -> &'static str {
    let super::state::Passage::Event(article, event) = row.passage else { return "no event place" };
    let event = cx.document.article(article).and_then(|analysed| analysed.findings.events.get(event));
    match event.and_then(super::found::mention_of) {
        Some(_) => "the place is not known",
        None => "no place is told with it",
    }
}

fn inset(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let full = ui.available_rect_before_wrap();
    let rect = egui::Rect::from_min_max(
        pos2(full.left() + SIDE, full.top()),
        pos2(full.right() - SIDE, full.bottom()),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), add);
}
