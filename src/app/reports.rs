//! The reports of one happening, under the list of events: taken apart, and put together.

use egui::{Align2, Frame, Margin, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::dateline_app::DatelineApp;
use super::found::EventRow;
use super::look::{self, Look};
use super::state::{Passage, Tab};
use super::widgets::{self, Emphasis, plural};
use crate::places::Gazetteer;
use crate::project::{EventRef, Group, Groups};

/// Height of a report's row, in points.
const ROW: f32 = 42.0;
/// Rows shown before they scroll.
const ROWS: usize = 4;
/// Points around the card.
const SIDE: f32 = 16.0;

/// The events in the order in which they are proposed to be joined, found once for a choice.
#[derive(Debug, Default)]
pub struct Proposed {
    of: Option<(u64, Passage)>,
    order: Vec<usize>,
}

/// The event of a passage.
pub fn event_of(passage: Passage) -> Option<EventRef> {
    match passage {
        Passage::Event(article, event) => Some(EventRef { article, event }),
        Passage::Mention(..) => None,
    }
}

/// The chosen event with its group, where an event is chosen.
fn chosen(cx: Cx<'_>) -> Option<(EventRef, &Group)> {
    let event = cx.now.joining.or(cx.now.passage).and_then(event_of)?;
    Some((event, cx.found.groups().get(event)?))
}

impl Proposed {
    /// Lines of the events, the likeliest to be the same happening first; those of its own group
    /// are left out.
    pub fn order(&mut self, cx: Cx<'_>, joining: Passage) -> &[usize] {
        let of = Some((cx.found.generation, joining));
        if self.of != of {
            self.of = of;
            self.order = proposed(cx, joining);
        }
        &self.order
    }
}

fn proposed(cx: Cx<'_>, joining: Passage) -> Vec<usize> {
    let groups = cx.found.groups();
    let group_of = |passage| event_of(passage).and_then(|event| groups.group_of(event));
    let (Some(row), own) = (cx.found.event(joining), group_of(joining)) else { return Vec::new() };
    let rows = cx.found.events.iter().enumerate();
    let others = rows.filter(|(_, other)| group_of(other.passage) != own);
    let mut sorted: Vec<(u32, usize)> =
        others.map(|(i, other)| (likeness(row, other, cx.gazetteer), i)).collect();
    sorted.sort_by_key(|&(likeness, i)| (std::cmp::Reverse(likeness), i));
    sorted.into_iter().map(|(_, i)| i).collect()
}

/// How much two events have in common: type, place within 50 km, days within two.
fn likeness(a: &EventRow, b: &EventRow, gazetteer: &Gazetteer) -> u32 {
    let near = |(a, b)| a == b || gazetteer.point(a).distance_km(gazetteer.point(b)) < 50.0;
    let close = |(a, b): (crate::events::EventDate, crate::events::EventDate)| {
        let gap =
            |from: jiff::civil::Date, to: jiff::civil::Date| from.until(to).map_or(99, |s| s.get_days());
        gap(a.end, b.start) <= 2 && gap(b.end, a.start) <= 2
    };
    3 * u32::from(a.place.zip(b.place).is_some_and(near))
        + 2 * u32::from(a.kind == b.kind)
        + 2 * u32::from(a.when.zip(b.when).is_some_and(close))
}

/// Height the card wants with the room around it; none where no event is chosen.
pub fn height(cx: Cx<'_>) -> f32 {
    let Some((_, group)) = chosen(cx) else { return 0.0 };
    if cx.now.joining.is_some() {
        return 84.0 + 2.0 * SIDE;
    }
    let rows = if group.reports.len() > 1 { group.reports.len().min(ROWS) as f32 * ROW + 26.0 } else { 0.0 };
    rows + 80.0 + 2.0 * SIDE
}

/// Shows the card in `area`: the reports of the chosen event, or what to click to join it.
pub fn show(ui: &mut Ui, area: Rect, cx: Cx<'_>, out: &mut Out) {
    let Some((event, group)) = chosen(cx) else { return };
    ui.scope_builder(UiBuilder::new().max_rect(area.shrink(SIDE)), |ui| {
        let frame: Frame = Look::of(ui).card().inner_margin(Margin::symmetric(14, 10));
        frame.show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 4.0;
            match cx.now.joining {
                Some(passage) => joining(ui, cx, passage, out),
                None => reports(ui, cx, event, group, out),
            }
        });
    });
}

fn joining(ui: &mut Ui, cx: Cx<'_>, passage: Passage, out: &mut Out) {
    let look = Look::of(ui);
    let summary = cx.found.event(passage).map_or("", |row| row.summary.as_str());
    let head = format!("Click the event that is the same as “{}”", super::passages::short(summary, 60));
    widgets::paragraph(ui, &head, look::strong(), look.ink());
    if widgets::button(ui, "Cancel", Emphasis::Outlined).clicked() {
        out.send(Command::Deselect);
    }
}

fn reports(ui: &mut Ui, cx: Cx<'_>, event: EventRef, group: &Group, out: &mut Out) {
    let look = Look::of(ui);
    let n = group.reports.len();
    let head = if n > 1 {
        format!("{} reports of one happening", widgets::grouped(n))
    } else {
        "The only report of this happening".to_owned()
    };
    widgets::paragraph(ui, &head, look::strong(), look.ink());
    if n > 1 {
        let reasons: Vec<String> = group.reasons.iter().map(ToString::to_string).collect();
        widgets::paragraph(ui, &reasons.join(" · "), look::small(), look.muted());
        let scroll = ScrollArea::vertical().id_salt(("reports", event)).auto_shrink([false, true]);
        scroll.max_height(ROW * ROWS as f32).show_rows(ui, ROW - 4.0, n, |ui, seen| {
            for &report in group.reports.get(seen).unwrap_or(&[]) {
                row(ui, cx, report, report == event, out);
            }
        });
    }
    ui.add_space(4.0);
    if widgets::button(ui, "Join with another", Emphasis::Outlined)
        .on_hover_text("Another event that is the same happening")
        .clicked()
    {
        out.send(Command::Join(None));
    }
}

/// One report: its words and its article, and the way out of the group.
fn row(ui: &mut Ui, cx: Cx<'_>, report: EventRef, chosen: bool, out: &mut Out) {
    let look = Look::of(ui);
    let passage = Passage::Event(report.article, report.event);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 4.0), egui::Sense::hover());
    let apart = Rect::from_min_max(pos2(rect.right() - 104.0, rect.top() + 5.0), rect.max);
    let words = Rect::from_min_max(rect.min, pos2(apart.left() - 8.0, rect.bottom()));
    let told = cx.found.event(passage).map_or("hidden by the filters", |row| row.summary.as_str());
    let article = cx.found.articles.get(report.article).map_or("", |row| row.title.as_str());
    let response = ui.interact(words, ui.scope_id().with(("report", passage)), egui::Sense::click());
    let name = format!("Report: {told}, {article}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
    widgets::focus_ring(ui, &response, words);
    let font = if chosen { look::small_strong() } else { look::small() };
    widgets::elided(ui, rect.min + vec2(0.0, 3.0), told, font, look.ink(), words.width());
    let below = rect.min + vec2(0.0, 20.0);
    widgets::elided(ui, below, article, look::small(), look.muted(), words.width());
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        out.send(Command::SelectPassage(passage));
    }
    ui.scope_builder(UiBuilder::new().max_rect(apart), |ui| {
        let button = widgets::button(ui, "Not the same", Emphasis::Quiet);
        if button.on_hover_text("Take this report out: it tells another happening").clicked() {
            out.send(Command::Split(Some(passage)));
        }
    });
}

/// "2 reports", where an event has more than one.
pub fn remark(cx: Cx<'_>, passage: Passage) -> Option<String> {
    let n = cx.found.groups().get(event_of(passage)?)?.reports.len();
    (n > 1).then(|| format!("{} {}", widgets::grouped(n), plural(n, "report", "reports")))
}

impl DatelineApp {
    /// Takes a report out of its group: that of the passage, else the chosen one.
    pub(super) fn split(&mut self, passage: Option<Passage>) {
        let Some(event) = passage.or(self.now.passage).and_then(event_of) else { return };
        let gazetteer = self.engine.gazetteer();
        let edit = self.with_groups(|project, groups| project.split(groups, event, gazetteer));
        if self.document.edit(edit, gazetteer) {
            let told = self.summary_of(event);
            self.now.done = Some(format!("“{told}” is a happening of its own · Ctrl+Z takes it back"));
        }
    }

    /// Waits for the event that is the same as the chosen one, or joins the two.
    pub(super) fn join(&mut self, ctx: &egui::Context, other: Option<Passage>) {
        let Some(other) = other else {
            self.now.joining = self.now.passage.filter(|passage| event_of(*passage).is_some());
            self.view.tab = Tab::Events;
            return self.open_right(ctx);
        };
        let Some(first) = self.now.joining.take() else { return };
        let (Some(a), Some(b)) = (event_of(first), event_of(other)) else { return };
        let edit = self.with_groups(|project, groups| project.merge(groups, a, b));
        if self.document.edit(edit, self.engine.gazetteer()) {
            let told = self.summary_of(a);
            self.now.done = Some(format!("“{told}” was joined with another · Ctrl+Z takes it back"));
        }
        self.now.passage = Some(first);
    }

    fn summary_of(&self, event: EventRef) -> String {
        let row = self.found.event(Passage::Event(event.article, event.event));
        super::passages::short(row.map_or("The report", |row| &row.summary), 60)
    }

    /// Works on the project with its groups: those of the lists where they are up to date.
    fn with_groups<T>(&self, work: impl FnOnce(&crate::project::Project, &Groups) -> T) -> T {
        let project = &self.document.project;
        if self.cx().fresh {
            work(project, self.found.groups())
        } else {
            work(project, &Groups::of_project(project, self.engine.gazetteer()))
        }
    }
}

/// A line where nothing is to be joined.
pub fn nothing_to_join(ui: &Ui, area: Rect) {
    let look = Look::of(ui);
    let at = pos2(area.center().x, area.top() + 40.0);
    widgets::text(ui, at, Align2::CENTER_CENTER, "There is no other event", look::body(), look.muted());
}
