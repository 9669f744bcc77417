//! The settings: theme and motion, what the map is drawn on, places of one's own.

use egui::{DragValue, RichText, ScrollArea, TextEdit, Ui};

use super::choices::{Ground, MapLook, OnlineMap};
use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look};
use super::own::{Chosen, Own, page};
use super::state::{Motion, Page, ThemeChoice};
use super::widgets::{self, Emphasis};
use crate::map::coordinates::CoordinateStyle;
use crate::map::source::XyzTemplate;

/// What is typed and not yet used.
#[derive(Debug, Default)]
pub struct Typed {
    online: Option<OnlineMap>,
    /// A list of places that is looked at before it is added.
    pub(super) chosen: Option<Chosen>,
    /// The gazetteer that is asked about before it is removed.
    pub(super) removing: Option<String>,
}

/// What the pages tell beside the choices.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Why the chosen map cannot be shown.
    pub map_problem: Option<&'a str>,
    /// Bytes of map tiles on the disk.
    pub cached: u64,
    /// The person's gazetteers.
    pub own: &'a Own,
}

/// Shows the settings.
pub fn show(ui: &Ui, cx: Cx<'_>, typed: &mut Typed, facts: Facts<'_>, out: &mut Out) {
    let Some(page) = cx.now.settings else {
        *typed = Typed::default();
        return;
    };
    let left = widgets::dialog(ui, "settings", 560.0, |ui| {
        ui.label(RichText::new("Settings").font(look::heading()).color(Look::of(ui).ink()));
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 20.0;
            for (tab, name) in
                [(Page::General, "General"), (Page::Maps, "Maps"), (Page::Gazetteers, "Your gazetteers")]
            {
                if widgets::tab(ui, name, None, page == tab).clicked() {
                    out.send(Command::Settings(Some(tab)));
                }
            }
        });
        let high = (ui.ctx().content_rect().height() - 220.0).clamp(140.0, 460.0);
        ScrollArea::vertical()
            .id_salt("settings")
            .min_scrolled_height(high)
            .max_height(high)
            .auto_shrink(false)
            .show(ui, |ui| match page {
                Page::General => general(ui, cx, out),
                Page::Maps => maps(ui, cx, typed, facts, out),
                Page::Gazetteers => page::show(ui, cx, typed, facts.own, out),
            });
        ui.add_space(10.0);
        if widgets::button(ui, "Close", Emphasis::Outlined).clicked() {
            out.send(Command::Settings(None));
        }
    });
    if left {
        out.send(Command::Settings(None));
    }
}

fn general(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    caption(ui, "Theme");
    let themes = [
        (ThemeChoice::System, "Like the system"),
        (ThemeChoice::Light, "Light"),
        (ThemeChoice::Dark, "Dark"),
    ];
    ui.horizontal_wrapped(|ui| {
        for (theme, name) in themes {
            if widgets::choice(ui, name, cx.view.theme == theme).clicked() {
                out.send(Command::Theme(theme));
            }
        }
    });
    caption(ui, "Coordinates");
    ui.horizontal_wrapped(|ui| {
        for style in CoordinateStyle::ALL {
            if widgets::choice(ui, style.label(), cx.view.map.coordinates == style).clicked() {
                out.send(Command::Coordinates(style));
            }
        }
    });
    ui.add_space(14.0);
    let mut reduced = cx.view.motion == Motion::Reduced;
    if widgets::check(ui, &mut reduced, "Reduced motion: the map jumps where it would fly").changed() {
        out.send(Command::Motion(if reduced { Motion::Reduced } else { Motion::Full }));
    }
    let mut look = cx.view.map.clone();
    widgets::check(ui, &mut look.graticule, "Lines of latitude and longitude");
    widgets::check(ui, &mut look.minimap, "A small map of the world");
    changed(cx, look, out);
}

fn maps(ui: &mut Ui, cx: Cx<'_>, typed: &mut Typed, facts: Facts<'_>, out: &mut Out) {
    let ink = Look::of(ui);
    let now = &cx.view.map;
    caption(ui, "The map is drawn on");
    ui.horizontal_wrapped(|ui| {
        if widgets::choice(ui, "The map that comes with Dateline", now.ground == Ground::Bundled).clicked() {
            changed(cx, MapLook { ground: Ground::Bundled, ..now.clone() }, out);
        }
        if now.file.is_some() && widgets::choice(ui, "A file of tiles", now.ground == Ground::File).clicked()
        {
            changed(cx, MapLook { ground: Ground::File, ..now.clone() }, out);
        }
        if !now.online.template.is_empty()
            && widgets::choice(ui, "Tiles from a server", now.ground == Ground::Online).clicked()
        {
            changed(cx, MapLook { ground: Ground::Online, ..now.clone() }, out);
        }
    });
    if let Some(problem) = facts.map_problem {
        ui.add_space(6.0);
        widgets::paragraph(ui, problem, look::small(), ink.error());
    }
    caption(ui, "A file of tiles: MBTiles or PMTiles");
    ui.horizontal(|ui| {
        if widgets::button(ui, "Choose a file…", Emphasis::Outlined).clicked() {
            out.send(Command::OpenMapFile);
        }
        let name = now.file.as_ref().map_or("None is chosen".into(), |path| path.display().to_string());
        widgets::paragraph(ui, &name, look::small(), ink.muted());
    });
    server(ui, cx, typed, facts, out);
}

/// The server of tiles: nothing is fetched before it is used.
fn server(ui: &mut Ui, cx: Cx<'_>, typed: &mut Typed, facts: Facts<'_>, out: &mut Out) {
    let ink = Look::of(ui);
    let now = &cx.view.map;
    caption(ui, "Tiles from a server");
    let told = "Off unless you switch it on. The server then sees which part of the map you look at, \
                never your articles. Mind its terms of use.";
    widgets::paragraph(ui, told, look::small(), ink.muted());
    ui.add_space(6.0);
    let online = typed.online.get_or_insert_with(|| now.online.clone());
    let edit = |text| TextEdit::singleline(text).desired_width(500.0).margin(egui::Margin::symmetric(10, 6));
    let address = edit(&mut online.template).hint_text("https://example.org/{z}/{x}/{y}.png");
    ui.add(address).accessible_name("Address of the tiles");
    ui.add_space(6.0);
    let credit = edit(&mut online.attribution).hint_text("Who is to be named on the map");
    ui.add(credit).accessible_name("Who is to be named on the map");
    ui.add_space(6.0);
    let wrong = match online.template.trim() {
        "" => None,
        template => XyzTemplate::parse(template).err().map(|error| error.to_string()),
    };
    if let Some(wrong) = &wrong {
        widgets::paragraph(ui, wrong, look::small(), ink.error());
    }
    ui.horizontal(|ui| {
        ui.label("Keep up to");
        ui.add(DragValue::new(&mut online.cache_mb).range(0..=20_000).suffix(" MB"));
        let used = format!("{:.1} MB are kept", facts.cached as f64 / 1e6);
        widgets::paragraph(ui, &used, look::small(), ink.muted());
        if facts.cached > 0 && widgets::button(ui, "Forget them", Emphasis::Quiet).clicked() {
            out.send(Command::ClearTiles);
        }
    });
    ui.add_space(6.0);
    let ready = wrong.is_none() && !online.template.trim().is_empty();
    let used = now.ground == Ground::Online && now.online == *online;
    ui.add_enabled_ui(ready && !used, |ui| {
        if widgets::button(ui, "Use this server", Emphasis::Primary).clicked() {
            changed(cx, MapLook { ground: Ground::Online, online: online.clone(), ..now.clone() }, out);
        }
    });
}

fn changed(cx: Cx<'_>, look: MapLook, out: &mut Out) {
    if look != cx.view.map {
        out.send(Command::MapLook(Box::new(look)));
    }
}

fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(14.0);
    widgets::paragraph(ui, text, look::strong(), Look::of(ui).ink());
    ui.add_space(2.0);
}
