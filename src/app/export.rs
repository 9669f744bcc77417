//! The dialog of the picture with its live preview, and the job that writes it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{
    Align2, ColorImage, Rect, RichText, ScrollArea, TextEdit, TextureHandle, TextureOptions, Ui, UiBuilder,
    Vec2, pos2, vec2,
};

use super::choices::{ExportOptions, Extent, MapLook, Style};
use super::command::Command;
use super::context::{Cx, Out};
use super::dateline_app::{DatelineApp, Message};
use super::jobs::{Handle, Waker};
use super::latest::Latest;
use super::look::{self, Look};
use super::state::Problem;
use super::widgets::{self, Emphasis};
use crate::export::file::write_whole;
use crate::export::{Image, ImageOptions, ImageSources, Page, PictureKind};
use crate::map::{Basemap, Bounds, LabelIndex, Picture, SceneOptions};
use crate::places::Gazetteer;
use crate::project::{Project, RunRecord};

/// Width of the options, in points.
const OPTIONS: f32 = 316.0;
/// The name of the job.
pub const WRITING: &str = "Writing the picture";
/// Sizes proposed, in pixels.
const SIZES: [(&str, u32, u32); 3] =
    [("1600 × 1000", 1600, 1000), ("1200 × 800", 1200, 800), ("1080 × 1080", 1080, 1080)];

/// What a picture is drawn from, shared with the threads that draw it.
#[derive(Clone)]
pub struct Work {
    project: Arc<Project>,
    options: ImageOptions,
    labels: Arc<LabelIndex>,
    record: RunRecord,
    gazetteer: &'static Gazetteer,
}

/// What is asked of the preview: which document, how it is wanted, how large.
type Asked = (u64, ImageOptions, [u32; 2]);

/// The preview, drawn by a thread of its own.
pub struct Preview {
    thread: Latest<(Work, [u32; 2]), Result<Picture, String>>,
    asked: Option<Asked>,
    shown: Option<Result<TextureHandle, String>>,
}

impl Preview {
    /// No preview yet.
    pub fn new(waker: &Waker) -> Self {
        let thread = Latest::new("picture preview", waker, |(work, [w, h]): (Work, [u32; 2])| {
            work.with_image(|image| image.preview(w, h).map_err(|error| error.to_string()))
        });
        Self { thread, asked: None, shown: None }
    }

    /// Whether a picture is still to come.
    pub fn is_busy(&self) -> bool {
        self.thread.is_busy()
    }

    /// Lets go of the picture.
    pub fn close(&mut self) {
        self.asked = None;
        self.shown = None;
    }

    /// Has the preview drawn anew where it shows something else than the document of `revision`
    /// with these options; `work` is asked for only then.
    fn update(
        &mut self,
        ui: &Ui,
        revision: u64,
        options: ImageOptions,
        size: [u32; 2],
        work: impl FnOnce(ImageOptions) -> Option<Work>,
    ) {
        if let Some(drawn) = self.thread.take() {
            self.shown = Some(drawn.map(|picture| {
                let size = [picture.width as usize, picture.height as usize];
                let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
                ui.ctx().load_texture("preview", image, TextureOptions::LINEAR)
            }));
        }
        let asked = Some((revision, options, size));
        if self.asked != asked
            && let Some(work) = asked.as_ref().and_then(|(_, options, _)| work(options.clone()))
        {
            self.asked = asked;
            self.thread.ask((work, size));
        }
    }

    fn paint(&self, ui: &mut Ui, area: Rect) {
        let look = Look::of(ui);
        ui.painter().rect_filled(area, 6, look.background());
        match &self.shown {
            Some(Ok(texture)) => {
                let size = texture.size_vec2();
                let grown = (area.width() / size.x).min(area.height() / size.y);
                let place = Rect::from_center_size(area.center(), size * grown.min(1.0));
                ui.painter().add(look.shadow().as_shape(place, 0));
                egui::Image::new(texture).paint_at(ui, place);
            }
            Some(Err(why)) => {
                let galley =
                    ui.painter().layout(why.clone(), look::small(), look.error(), area.width() - 32.0);
                ui.painter().galley(area.center() - galley.size() / 2.0, galley, look.error());
            }
            None => {}
        }
        if self.is_busy() {
            let at = area.left_top() + vec2(10.0, 8.0);
            widgets::text(ui, at, Align2::LEFT_TOP, "Drawing…", look::small(), look.muted());
        }
    }
}

impl Work {
    /// What is needed for a picture of the document; `None` until the names are ready.
    fn of(
        cx: Cx<'_>,
        options: ImageOptions,
        labels: Option<Arc<LabelIndex>>,
        gazetteer: &'static Gazetteer,
    ) -> Option<Self> {
        let labels = labels?;
        let period = options.scene.period;
        let record = cx.document.record(gazetteer).of_view(&cx.document.project, period);
        Some(Self { project: Arc::clone(&cx.document.project), options, labels, record, gazetteer })
    }

    fn with_image<T>(&self, then: impl FnOnce(&Image<'_>) -> Result<T, String>) -> Result<T, String> {
        let basemap = Basemap::bundled().map_err(|error| error.to_string())?;
        let sources = ImageSources {
            project: &self.project,
            gazetteer: self.gazetteer,
            basemap,
            labels: &self.labels,
            record: &self.record,
        };
        let image = Image::new(sources, &self.options).map_err(|error| error.to_string())?;
        then(&image)
    }
}

/// Shows the dialog.
pub fn show(
    ui: &Ui,
    cx: Cx<'_>,
    preview: &mut Preview,
    (labels, seen, gazetteer): (Option<Arc<LabelIndex>>, Bounds, &'static Gazetteer),
    out: &mut Out,
) {
    let room = ui.ctx().content_rect().size() - vec2(72.0, 96.0);
    let beside = room.x > 700.0;
    let width = if beside { room.x.min(1080.0) } else { room.x.min(OPTIONS + 60.0) };
    let height = room.y.min(680.0);
    let left = widgets::dialog(ui, "export", width, |ui| {
        ui.label(RichText::new("Export map").font(look::heading()).color(Look::of(ui).ink()));
        ui.add_space(8.0);
        let full = Rect::from_min_size(ui.cursor().min, vec2(width, height - 48.0));
        ui.allocate_rect(full, egui::Sense::hover());
        let shown = if beside {
            Rect::from_min_max(full.min, pos2(full.right() - OPTIONS - 20.0, full.bottom()))
        } else {
            Rect::from_min_size(full.min, vec2(width, (height * 0.3).max(90.0)))
        };
        let rest = if beside {
            Rect::from_min_max(pos2(shown.right() + 20.0, full.top()), full.max)
        } else {
            Rect::from_min_max(pos2(full.left(), shown.bottom() + 10.0), full.max)
        };
        let size = preview_size(shown.size() * ui.pixels_per_point());
        let work = |options| Work::of(cx, options, labels, gazetteer);
        preview.update(ui, cx.document.revision, wanted(cx, seen), size, work);
        preview.paint(ui, shown);
        ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| side(ui, cx, rest, out));
    });
    if left {
        out.send(Command::ExportMap);
    }
}

/// In steps, so that the preview is not drawn anew at every point while the window is resized.
fn preview_size(size: Vec2) -> [u32; 2] {
    [size.x, size.y].map(|side| ((side / 40.0).floor() * 40.0).clamp(80.0, 2000.0) as u32)
}

fn side(ui: &mut Ui, cx: Cx<'_>, area: Rect, out: &mut Out) {
    let foot = if cx.now.export_error.is_some() { 96.0 } else { 48.0 };
    let upper = Rect::from_min_max(area.min, pos2(area.right(), area.bottom() - foot));
    ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| {
        ScrollArea::vertical()
            .id_salt("export options")
            .auto_shrink(false)
            .show(ui, |ui| options(ui, cx, out));
    });
    let lower = Rect::from_min_max(pos2(area.left(), upper.bottom() + 8.0), area.max);
    ui.scope_builder(UiBuilder::new().max_rect(lower), |ui| feet(ui, cx, out));
}

/// The error, the job's progress, the buttons.
fn feet(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    if let Some(error) = &cx.now.export_error {
        widgets::paragraph(ui, error, look::small(), look.error());
        ui.add_space(6.0);
    }
    let running = cx.jobs.iter().find(|job| job.name == WRITING);
    ui.horizontal(|ui| {
        if let Some(job) = running {
            ui.add(egui::Spinner::new().size(16.0));
            widgets::paragraph(ui, &job.told(), look::small(), look.ink());
            if widgets::button(ui, "Stop", Emphasis::Outlined).clicked() {
                out.send(Command::Cancel(job.id));
            }
            return;
        }
        if widgets::button(ui, "Save as…", Emphasis::Primary).clicked() {
            out.send(Command::SaveMap);
        }
        if widgets::button(ui, "Cancel", Emphasis::Quiet).clicked() {
            out.send(Command::ExportMap);
        }
    });
}

fn options(ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
    let old = &cx.view.export;
    let mut new = old.clone();
    line(ui, "Title", "None", "Title of the picture", &mut new.title);
    line(ui, "Subtitle", "Counted and dated", "Subtitle of the picture", &mut new.subtitle);
    line(ui, "Caption", "None", "Caption of the picture", &mut new.caption);
    let kinds =
        PictureKind::ALL.map(|kind| (kind_name(kind), old.kind == kind.extension(), kind.extension()));
    if let Some(kind) = choice(ui, "Format", &kinds) {
        new.kind = kind.to_owned();
    }
    sizes(ui, &mut new);
    let scales = [("1×", old.scale == 1, 1), ("2×", old.scale == 2, 2), ("3×", old.scale == 3, 3)];
    if old.kind == "png" {
        new.scale = choice(ui, "Scale", &scales).unwrap_or(new.scale);
    }
    let mut extents = vec![
        ("What is seen", old.extent == Extent::View, Extent::View),
        ("All events", old.extent == Extent::All, Extent::All),
    ];
    if cx.view.filter.region.is_some() {
        extents.push(("Drawn region", old.extent == Extent::Region, Extent::Region));
    }
    new.extent = choice(ui, "Extent", &extents).unwrap_or(new.extent);
    let styles = Style::ALL.map(|(style, name)| (name, old.style == style, style));
    new.style = choice(ui, "Style", &styles).unwrap_or(new.style);
    ui.add_space(10.0);
    widgets::check(ui, &mut new.legend, "Legend");
    widgets::check(ui, &mut new.scale_bar, "Scale bar");
    widgets::check(ui, &mut new.north, "North arrow");
    widgets::check(ui, &mut new.dates, "First and last day");
    widgets::check(ui, &mut new.key, "Numbered markers with their passages");
    if new != *old {
        out.send(Command::ExportOptions(new));
    }
}

const fn kind_name(kind: PictureKind) -> &'static str {
    match kind {
        PictureKind::Png => "PNG",
        PictureKind::Svg => "SVG",
        PictureKind::Pdf => "PDF",
    }
}

/// Sizes in pixels, sheets of paper, and free numbers.
fn sizes(ui: &mut Ui, new: &mut ExportOptions) {
    let now = (new.width, new.height);
    if let Some(size) = choice(ui, "Size", &SIZES.map(|(name, w, h)| (name, now == (w, h), (w, h)))) {
        (new.width, new.height) = size;
    }
    let flat = new.width >= new.height;
    let pages = Page::ALL.map(|page| (page.label(), now == page.pixels(flat), page.pixels(flat)));
    ui.add_space(6.0);
    if let Some(size) = choices(ui, &pages) {
        (new.width, new.height) = size;
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add(egui::DragValue::new(&mut new.width).range(16..=20_000).suffix(" px"))
            .accessible_name("Width");
        ui.label("×");
        ui.add(egui::DragValue::new(&mut new.height).range(16..=20_000).suffix(" px"))
            .accessible_name("Height");
        if widgets::button(ui, "Turn", Emphasis::Outlined).on_hover_text("Upright or flat").clicked() {
            std::mem::swap(&mut new.width, &mut new.height);
        }
    });
}

fn line(ui: &mut Ui, name: &str, hint: &str, said: &str, text: &mut String) {
    caption(ui, name);
    let edit = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(OPTIONS - 24.0)
        .margin(egui::Margin::symmetric(10, 6));
    ui.add(edit).accessible_name(said);
}

fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    widgets::paragraph(ui, text, look::small(), Look::of(ui).muted());
}

/// A row of which one is chosen; gives the one that was clicked.
fn choice<T: Copy>(ui: &mut Ui, name: &str, all: &[(&str, bool, T)]) -> Option<T> {
    caption(ui, name);
    choices(ui, all)
}

fn choices<T: Copy>(ui: &mut Ui, all: &[(&str, bool, T)]) -> Option<T> {
    let mut out = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.spacing_mut().interact_size.y = 26.0;
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

/// Writes the picture in the background.
pub fn start(app: &mut DatelineApp, path: PathBuf) {
    let ending = app.view.export.kind.clone();
    let path = if path.extension().is_some() { path } else { path.with_extension(ending) };
    let (seen, labels) = (app.map.camera.view().bounds(), app.map.label_index());
    let options = wanted(app.cx(), seen);
    let Some(work) = Work::of(app.cx(), options, labels, app.engine.gazetteer()) else {
        let message = "the names of the map are not ready yet; try again in a second".to_owned();
        return app.fail_export(Problem { subject: "Export map".to_owned(), message });
    };
    app.now.export_error = None;
    app.jobs.start(WRITING, move |handle| {
        let written = write(&work, &path, handle);
        let told = |message| Problem { subject: path.display().to_string(), message };
        match written {
            Ok(true) => handle.send(Message::Written(Ok(path))),
            Ok(false) => {}
            Err(message) => handle.send(Message::Written(Err(told(message)))),
        }
    });
}

/// How the picture is wanted as the window stands.
fn wanted(cx: Cx<'_>, seen: Bounds) -> ImageOptions {
    let region = cx.view.filter.region.as_ref().and_then(super::state::Region::bounds);
    let options = image_options(&cx.view.export, seen, region, &cx.view.map, cx.found.options());
    ImageOptions { reviewed: cx.found.reviewed, ..options }
}

fn image_options(
    wanted: &ExportOptions,
    seen: Bounds,
    region: Option<Bounds>,
    map: &MapLook,
    scene: SceneOptions,
) -> ImageOptions {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    ImageOptions {
        width: wanted.width,
        height: wanted.height,
        scale: if wanted.kind == "png" { wanted.scale as f32 } else { 1.0 },
        theme: wanted.style.theme(),
        bbox: match (wanted.extent, region) {
            (Extent::All, _) => None,
            (Extent::Region, Some(region)) => Some(region),
            _ => Some(seen),
        },
        title: given(&wanted.title),
        subtitle: given(&wanted.subtitle),
        caption: given(&wanted.caption),
        legend: wanted.legend,
        scale_bar: wanted.scale_bar,
        north: wanted.north,
        dates: wanted.dates,
        key: wanted.key,
        layer: map.layer,
        native: map.native,
        scene,
        reviewed: false,
    }
}

/// Draws and writes the picture; false where the person stopped it. Nothing is written then, and
/// a file is replaced only by a whole one.
fn write(work: &Work, path: &Path, handle: &Handle<Message>) -> Result<bool, String> {
    let Some(kind) = PictureKind::of_path(path) else {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        return Err(format!(
            "a picture cannot be written as .{ending}; choose a name ending in .png, .svg or .pdf"
        ));
    };
    handle.progress(0, 3);
    let bytes = work.with_image(|image| {
        handle.progress(1, 3);
        if handle.cancelled() {
            return Ok(Vec::new());
        }
        image.encode(kind).map_err(|error| error.to_string())
    })?;
    handle.progress(2, 3);
    if handle.cancelled() {
        return Ok(false);
    }
    write_whole(path, &bytes).map_err(|error| error.to_string())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extent_is_what_was_chosen() {
        let (seen, region) = (Bounds::WORLD, Bounds { west: 60.0, south: 30.0, east: 70.0, north: 40.0 });
        let of = |extent, region| {
            let wanted = ExportOptions { extent, ..ExportOptions::default() };
            image_options(&wanted, seen, region, &MapLook::default(), SceneOptions::default()).bbox
        };
        assert_eq!(of(Extent::View, Some(region)), Some(seen));
        assert_eq!(of(Extent::All, Some(region)), None);
        assert_eq!(of(Extent::Region, Some(region)), Some(region));
        assert_eq!(of(Extent::Region, None), Some(seen), "the region was cleared");
    }

    #[test]
    fn blank_lines_are_left_out() {
        let wanted =
            ExportOptions { title: "  ".into(), caption: " A map ".into(), ..ExportOptions::default() };
        let map = MapLook::default();
        let options = image_options(&wanted, Bounds::WORLD, None, &map, SceneOptions::default());
        assert_eq!((options.title, options.caption), (None, Some("A map".to_owned())));
    }
}
