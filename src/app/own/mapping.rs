//! Before a file is added: its name, and of a table which column is what, beside its first rows.

use egui::{ComboBox, Grid, Margin, RichText, ScrollArea, TextEdit, Ui};

use super::super::look::{self, Look};
use super::super::widgets::{self, Emphasis};
use super::page::grouped;
use super::{Chosen, Own};
use crate::places::gazetteer::user::{Columns, Form, is_name};

/// What the person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    /// Add the file.
    Add,
    /// Leave it.
    Leave,
}

/// Widest a cell of the first rows is, in characters.
const WIDEST: usize = 22;

/// Shows the question.
pub fn show(ui: &mut Ui, chosen: &mut Chosen, own: &Own) -> Answer {
    let ink = Look::of(ui);
    let file = chosen.wanted.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ui.add_space(10.0);
    ui.label(RichText::new(file).font(look::strong()).color(ink.ink()));
    widgets::paragraph(ui, &what(chosen), look::small(), ink.muted());
    ui.add_space(8.0);
    let problem = name(ui, chosen, own);
    let table = matches!(chosen.preview.form, Form::Table(_));
    if table {
        columns(ui, chosen);
        ui.add_space(8.0);
        first_rows(ui, chosen);
    }
    let known = &chosen.wanted.columns;
    let mapped = !table || (known.name.is_some() && known.lat.is_some() && known.lon.is_some());
    ui.add_space(8.0);
    if !mapped {
        let told = "Say which columns hold the name, the latitude and the longitude";
        widgets::paragraph(ui, told, look::small(), ink.warning());
        ui.add_space(4.0);
    }
    ui.horizontal(|ui| {
        let ready = mapped && !problem;
        let add =
            ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Add", Emphasis::Primary).clicked()).inner;
        let leave = widgets::button(ui, "Do not add", Emphasis::Quiet).clicked();
        match (add && ready, leave) {
            (true, _) => Answer::Add,
            (false, true) => Answer::Leave,
            (false, false) => Answer::Open,
        }
    })
    .inner
}

fn what(chosen: &Chosen) -> String {
    match chosen.preview.form {
        Form::Dump => "A GeoNames dump".to_owned(),
        Form::Features => {
            "GeoJSON; features that are no points are put at the middle of their box".to_owned()
        }
        Form::Table(_) => format!("A table with {} columns", grouped(chosen.preview.header.len())),
    }
}

/// The gazetteer's name; gives whether something is wrong with it.
fn name(ui: &mut Ui, chosen: &mut Chosen, own: &Own) -> bool {
    let ink = Look::of(ui);
    let wanted = &mut chosen.wanted;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Call it").font(look::small()).color(ink.ink()));
        let edit = TextEdit::singleline(&mut wanted.name).desired_width(220.0);
        ui.add(edit.margin(Margin::symmetric(8, 5))).accessible_name("Name of the gazetteer");
    });
    if !is_name(&wanted.name) {
        let told = "Up to 40 of a-z, 0-9, - and _, and none of geonames, curated, airport, postal, iso";
        widgets::paragraph(ui, told, look::small(), ink.error());
        return true;
    }
    if own.has(&wanted.name) {
        let told = "There is a gazetteer of this name: take its place";
        ui.checkbox(&mut wanted.replace, RichText::new(told).font(look::small()));
        return !wanted.replace;
    }
    wanted.replace = false;
    false
}

/// Which column is what.
fn columns(ui: &mut Ui, chosen: &mut Chosen) {
    let header = &chosen.preview.header;
    let Columns { name, lat, lon, id, names, country, kind, population } = &mut chosen.wanted.columns;
    ui.add_space(8.0);
    Grid::new("columns").num_columns(4).spacing([12.0, 6.0]).show(ui, |ui| {
        let all = [
            ("Name", name),
            ("Other names", names),
            ("Latitude", lat),
            ("Country code", country),
            ("Longitude", lon),
            ("GeoNames kind", kind),
            ("Id", id),
            ("Inhabitants", population),
        ];
        for (at, (label, column)) in all.into_iter().enumerate() {
            ui.label(RichText::new(label).font(look::small()).color(Look::of(ui).ink()));
            choose(ui, label, column, header);
            if at % 2 == 1 {
                ui.end_row();
            }
        }
    });
}

fn choose(ui: &mut Ui, label: &str, column: &mut Option<String>, header: &[String]) {
    let shown = column.as_deref().map_or_else(|| "none".to_owned(), short);
    let list = ComboBox::from_id_salt(label).width(150.0).selected_text(shown);
    let list = list.show_ui(ui, |ui| {
        ui.selectable_value(column, None, "none");
        for name in header {
            ui.selectable_value(column, Some(name.clone()), short(name));
        }
    });
    list.response.accessible_name(format!("Column of: {label}"));
}

/// The first rows of the table.
fn first_rows(ui: &mut Ui, chosen: &Chosen) {
    let ink = Look::of(ui);
    ScrollArea::horizontal().id_salt("first rows").show(ui, |ui| {
        Grid::new("first rows").striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
            for name in &chosen.preview.header {
                ui.label(RichText::new(short(name)).font(look::small_strong()).color(ink.ink()));
            }
            ui.end_row();
            for row in &chosen.preview.rows {
                for cell in row {
                    ui.label(RichText::new(short(cell)).font(look::small()).color(ink.muted()));
                }
                ui.end_row();
            }
        });
    });
}

fn short(text: &str) -> String {
    match text.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}
