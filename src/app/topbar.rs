//! The top bar: the name, the menus, the search field and the one primary button.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Button, Color32, Layout, MenuBar, RichText, Role, Shape, Stroke, Ui, WidgetInfo, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look, SIDE};
use super::panels::{FOLDED, NARROW};
use super::search::Search;
use super::state::Motion;
use super::table::{Entry, Menu, TABLE, entry_of};
use super::widgets::{self, Emphasis};

/// Width of the six menus, in points.
const MENUS: f32 = 290.0;

/// Room for a tick before the name of a switch, in points.
const TICK: f32 = 22.0;

/// Shows the bar.
pub fn show(ui: &mut Ui, cx: Cx<'_>, search: &mut Search, out: &mut Out) {
    let look = Look::of(ui);
    let width = ui.available_width();
    let (folded, narrow) = (width < FOLDED, width < NARROW);
    ui.horizontal_centered(|ui| {
        ui.add_space(if folded { 8.0 } else { SIDE });
        if folded && widgets::button(ui, "☰", Emphasis::Quiet).on_hover_text("Articles and filters").clicked()
        {
            out.send(Command::ToggleLeft);
        }
        ui.label(RichText::new("Dateline").font(look::strong()).color(look.ink()));
        ui.add_space(4.0);
        menus(ui, cx, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(SIDE);
            let button = widgets::button(ui, "Export map…", Emphasis::Primary);
            let button =
                entry_of(&Command::ExportMap).map_or(button.clone(), |e| button.on_hover_text(e.tooltip));
            if button.clicked() {
                out.send(Command::ExportMap);
            }
            review(ui, cx, out);
            if narrow
                && widgets::button(ui, "Read", Emphasis::Outlined)
                    .on_hover_text("Passages and article")
                    .clicked()
            {
                out.send(Command::ToggleRight);
            }
            ui.add_space(8.0);
            search.show(ui, cx, out);
        });
    });
}

/// How many places wait for a person; none, no button.
fn review(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let n = cx.found.doubtful;
    if n == 0 && !cx.now.reviewing {
        return;
    }
    let count = if n > 999 { "999+".to_owned() } else { n.to_string() };
    let response = widgets::counted(ui, "Review", &count, cx.now.reviewing);
    let tip = entry_of(&Command::Review).map_or("", |entry| entry.tooltip);
    if response.on_hover_text(tip).clicked() {
        out.send(Command::Review);
    }
}

fn menus(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    // The bar takes all the width it is given, so it is given no more than its menus need.
    let room = egui::vec2(MENUS, ui.available_height());
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        MenuBar::new().ui(ui, |ui| {
            ui.spacing_mut().button_padding = egui::vec2(7.0, 4.0);
            ui.spacing_mut().item_spacing.x = 0.0;
            for (menu, name) in Menu::ALL {
                ui.menu_button(RichText::new(name).color(look.muted()), |ui| {
                    ui.set_min_width(230.0);
                    for entry in TABLE.iter().filter(|entry| entry.menu == menu) {
                        item(ui, entry, cx, out);
                    }
                });
            }
        });
    });
}

fn item(ui: &mut Ui, entry: &Entry, cx: Cx<'_>, out: &mut Out) {
    if entry.apart {
        ui.separator();
    }
    let (on, look) = (checked(&entry.command, cx), Look::of(ui));
    let mut text = LayoutJob::default();
    let format = TextFormat::simple(look::body(), Color32::PLACEHOLDER);
    text.append(entry.text, if on.is_some() { TICK } else { 0.0 }, format);
    let mut button = Button::new(text).frame_when_inactive(false);
    if let Some(shortcut) = &entry.shortcut {
        let keys = widgets::keys(ui.ctx(), shortcut);
        button = button.shortcut_text(RichText::new(keys).font(look::small()).color(Look::of(ui).faint()));
    }
    let response = ui.add_enabled(possible(&entry.command, cx), button.min_size(egui::vec2(218.0, 28.0)));
    if on == Some(true) {
        let at = response.rect.left_center() + vec2(10.0, 0.0);
        let corners = vec![at + vec2(0.0, 0.5), at + vec2(3.0, 3.5), at + vec2(9.0, -3.5)];
        ui.painter().add(Shape::line(corners, Stroke::new(1.6, look.accent())));
    }
    if let Some(on) = on {
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, response.enabled(), on, entry.text));
    }
    if response.on_hover_text(entry.tooltip).clicked() {
        out.send(toggled(&entry.command, cx));
        ui.close();
    }
}

/// Whether a command is switched on; `None` for one that is no switch.
fn checked(command: &Command, cx: Cx<'_>) -> Option<bool> {
    match command {
        Command::Theme(theme) => Some(cx.view.theme == *theme),
        Command::Motion(motion) => Some(cx.view.motion == *motion),
        Command::Show(tab) => Some(cx.view.tab == *tab),
        Command::ToggleLeft => Some(cx.view.left),
        Command::ToggleRight => Some(cx.view.right),
        Command::Layer(layer) => Some(cx.view.map.layer == *layer),
        Command::Graticule => Some(cx.view.map.graticule),
        Command::Minimap => Some(cx.view.map.minimap),
        Command::NativeNames => Some(cx.view.map.native),
        Command::Tool(tool) => Some(cx.now.tool == *tool),
        Command::ToggleTimeline => Some(cx.view.timeline.open),
        Command::Play => Some(cx.now.playing),
        _ => None,
    }
}

/// A switch that is on switches off.
fn toggled(command: &Command, cx: Cx<'_>) -> Command {
    match command {
        Command::Motion(motion) if cx.view.motion == *motion => Command::Motion(Motion::Full),
        other => other.clone(),
    }
}

/// Whether a command has something to work on.
fn possible(command: &Command, cx: Cx<'_>) -> bool {
    let any = !cx.document.project.articles.is_empty();
    match command {
        Command::CloseArticle | Command::CloseAll => any || !cx.document.problems.is_empty(),
        Command::FitAll | Command::SaveProject => any,
        Command::NextPassage | Command::PreviousPassage => cx.now.place.is_some(),
        Command::AllKinds => !cx.view.filter.hidden.is_empty(),
        Command::Undo => cx.document.history().last().is_some(),
        Command::Redo => cx.document.history().next().is_some(),
        Command::Review => cx.found.doubtful > 0,
        Command::Join(None) => cx.now.passage.and_then(super::reports::event_of).is_some(),
        Command::Split(None) => cx.now.passage.is_some_and(|p| super::reports::remark(cx, p).is_some()),
        Command::Period(None) => cx.view.filter.period.is_some(),
        Command::Play => cx.found.timeline.dated > 0,
        _ if entry_of(command).is_some_and(|entry| entry.on_card) => cx.now.mention.is_some(),
        Command::Region(_) => cx.view.filter.region.is_some(),
        Command::Deselect => cx.now.place.is_some() || cx.now.passage.is_some() || cx.now.mention.is_some(),
        _ => true,
    }
}
