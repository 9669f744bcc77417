//! The options of the picture, and the job that writes it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Area, Id, Order, Rect, TextEdit, Ui, pos2};

use super::command::Command;
use super::context::{Cx, Out};
use super::dateline_app::{DatelineApp, Message};
use super::look::{self, Look};
use super::state::{ExportOptions, Problem};
use super::widgets::{self, Emphasis};
use crate::export::file::write_whole;
use crate::export::{Image, ImageOptions, ImageSources, PictureKind};
use crate::map::labels::LabelIndex;
use crate::map::{Basemap, Bounds, Theme};
use crate::project::{Project, RunRecord};

/// Width of the options, in points.
const WIDTH: f32 = 300.0;
/// Sizes proposed, in points.
const SIZES: [(&str, u32, u32); 3] =
    [("1600 × 1000", 1600, 1000), ("1200 × 800", 1200, 800), ("1080 × 1080", 1080, 1080)];

/// Shows the options below the button.
pub fn show(ui: &Ui, cx: Cx<'_>, button: Rect, out: &mut Out) {
    let look = Look::of(ui);
    let at = pos2((button.right() - WIDTH - 28.0).max(8.0), button.bottom() + 10.0);
    let area = Area::new(Id::unique("export")).order(Order::Foreground).fixed_pos(at);
    let shown = area.show(ui.ctx(), |ui| {
        look.card().show(ui, |ui| {
            ui.set_width(WIDTH);
            widgets::paragraph(ui, "Export map", look::strong(), look.ink());
            options(ui, cx, out);
        });
    });
    let pressed = ui.input(|i| i.pointer.any_pressed().then(|| i.pointer.interact_pos()).flatten());
    if pressed.is_some_and(|at| !shown.response.rect.contains(at) && !button.contains(at)) {
        out.send(Command::ExportMap);
    }
}

fn options(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let old = &cx.view.export;
    let mut new = old.clone();
    title(ui, &mut new);
    let size = |w: u32, h: u32| (old.width, old.height) == (w, h);
    let sizes = SIZES.map(|(name, w, h)| (name, size(w, h), (w, h)));
    if let Some((w, h)) = choice(ui, "Size", &sizes) {
        (new.width, new.height) = (w, h);
    }
    let scales = [("1×", old.scale == 1, 1), ("2×", old.scale == 2, 2), ("3×", old.scale == 3, 3)];
    new.scale = choice(ui, "Scale of a PNG", &scales).unwrap_or(new.scale);
    let extents = [("What is seen", !old.all, false), ("All markers", old.all, true)];
    new.all = choice(ui, "Extent", &extents).unwrap_or(new.all);
    let grounds = [("Light", !old.dark, false), ("Dark", old.dark, true)];
    new.dark = choice(ui, "Ground", &grounds).unwrap_or(new.dark);
    if new != *old {
        out.send(Command::ExportOptions(new));
    }
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        if widgets::button(ui, "Save as…", Emphasis::Primary).clicked() {
            out.send(Command::SaveMap);
        }
        if widgets::button(ui, "Cancel", Emphasis::Quiet).clicked() {
            out.send(Command::ExportMap);
        }
    });
    ui.add_space(4.0);
    let told = "The ending of the name decides: .png is a picture, .svg and .pdf are drawings";
    widgets::paragraph(ui, told, look::small(), Look::of(ui).muted());
}

fn title(ui: &mut Ui, options: &mut ExportOptions) {
    caption(ui, "Title");
    let edit = TextEdit::singleline(&mut options.title)
        .hint_text("None")
        .desired_width(WIDTH)
        .margin(egui::Margin::symmetric(10, 6));
    ui.add(edit).accessible_name("Title of the picture");
}

fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(10.0);
    widgets::paragraph(ui, text, look::small(), Look::of(ui).muted());
}

/// A row of which one is chosen; gives the one that was clicked.
fn choice<T: Copy>(ui: &mut Ui, name: &str, all: &[(&str, bool, T)]) -> Option<T> {
    caption(ui, name);
    let mut out = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for &(text, chosen, value) in all {
            if widgets::choice(ui, text, chosen).clicked() {
                out = Some(value);
            }
        }
    });
    out
}

/// The name proposed for a file, without its ending: that of the title, or of the first article.
pub fn file_name(app: &DatelineApp) -> String {
    let title = &app.view.export.title;
    let first = app.found.articles.first().map_or("", |row| row.title.as_str());
    let words = if title.trim().is_empty() { first } else { title };
    let mut name = String::new();
    for c in words.chars().take(60) {
        let c = if c.is_alphanumeric() { c } else { '-' };
        if !(c == '-' && (name.is_empty() || name.ends_with('-'))) {
            name.extend(c.to_lowercase());
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "map".to_owned() } else { name.to_owned() }
}

/// What the job needs, apart from the window.
struct Work {
    project: Arc<Project>,
    options: ImageOptions,
    labels: Arc<LabelIndex>,
    record: RunRecord,
    gazetteer: &'static crate::places::Gazetteer,
}

/// Writes the picture in the background.
pub fn start(app: &mut DatelineApp, path: PathBuf) {
    let path = if path.extension().is_some() { path } else { path.with_extension("png") };
    let Some(labels) = app.map.label_index() else {
        let message = "the names of the map are not ready yet; try again in a second".to_owned();
        return app.document.problems.push(Problem { subject: "Export map".to_owned(), message });
    };
    let gazetteer = app.engine.gazetteer();
    let (project, record) = (Arc::clone(&app.document.project), app.document.record(gazetteer));
    let options = image_options(&app.view.export, app.map.camera.view().bounds(), app.found.options());
    let work = Work { project, options, labels, record, gazetteer };
    app.jobs.start("Writing the picture", move |handle| {
        let written = write(&work, &path).map(|()| path.clone());
        let told = |message| Problem { subject: path.display().to_string(), message };
        handle.send(Message::Written(written.map_err(told)));
    });
}

fn image_options(wanted: &ExportOptions, seen: Bounds, scene: crate::map::SceneOptions) -> ImageOptions {
    ImageOptions {
        width: wanted.width,
        height: wanted.height,
        scale: wanted.scale as f32,
        theme: if wanted.dark { Theme::Dark } else { Theme::Light },
        bbox: (!wanted.all).then_some(seen),
        title: Some(wanted.title.trim().to_owned()).filter(|title| !title.is_empty()),
        scene,
        ..ImageOptions::default()
    }
}

fn write(work: &Work, path: &Path) -> Result<(), String> {
    let basemap = Basemap::bundled().map_err(|error| error.to_string())?;
    let sources = ImageSources {
        project: &work.project,
        gazetteer: work.gazetteer,
        basemap,
        labels: &work.labels,
        record: &work.record,
    };
    let kind = PictureKind::of_path(path)
        .ok_or("choose a name ending in .png, .svg or .pdf: the ending tells the kind of picture")?;
    let image = Image::new(sources, &work.options).map_err(|error| error.to_string())?;
    let bytes = image.encode(kind).map_err(|error| error.to_string())?;
    write_whole(path, &bytes).map_err(|error| error.to_string())
}
