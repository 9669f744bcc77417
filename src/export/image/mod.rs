//! The map as a picture: what is on it and where, before it is written as PNG, SVG or PDF.
//!
//! - [`options`] is how it is wanted, [`layout`] where its cards stand, [`key`] the list of what
//!   the numbers on it mean.

pub mod key;
pub mod layout;
pub mod options;

pub use key::{Key, KeyRow};
pub use layout::{Layout, LegendRow};
pub use options::{ImageOptions, MAX_SIDE, Page, PictureKind};

use super::{pdf, png, svg};
use crate::map::area::AreaLevel;
use crate::map::basemap::{LayerKind, Level};
use crate::map::fonts::face_width;
use crate::map::frame::{Frame, Pen, Scratch};
use crate::map::labels::{Label, LabelRequest, Named, ScreenBox, labels};
use crate::map::shapes::{DOUBT_RING, END_GAP, marker_radius};
use crate::map::view::least_zoom;
use crate::map::{
    Arc, Arrow, Basemap, Bounds, Cluster, Heat, LabelIndex, MapLayer, Marker, Palette, Picture, ScaleBar,
    Scene, ScreenPoint, Shading, View, clusters, heat, legend, shading,
};
use crate::places::{Gazetteer, LonLat, Precision};
use crate::project::{Groups, Project, RunRecord};
use layout::{BAR, Sheet};

/// Why a picture cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// Wanted too small or too large.
    #[error(
        "a picture of {0} × {1} pixels cannot be made: each side must have 16 to {MAX_SIDE} pixels and all together no more than 200 million; choose another size or scale"
    )]
    Size(u64, u64),
    /// The drawing could not be rendered; a mistake of the program.
    #[error("the picture could not be drawn: {0}")]
    Draw(String),
    /// The picture could not be encoded.
    #[error("the picture could not be encoded as PNG: {0}")]
    Png(#[from] ::png::EncodingError),
}

/// What a picture is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct ImageSources<'a> {
    /// The articles and findings.
    pub project: &'a Project,
    /// The places.
    pub gazetteer: &'a Gazetteer,
    /// Land and water.
    pub basemap: &'a Basemap,
    /// The names that may be written.
    pub labels: &'a LabelIndex,
    /// How the findings came about; goes into the picture's metadata.
    pub record: &'a RunRecord,
}

/// A picture laid out: everything on it in points, nothing drawn yet.
#[derive(Debug)]
pub struct Image<'a> {
    /// What it is drawn from.
    pub sources: ImageSources<'a>,
    /// How it was wanted.
    pub options: &'a ImageOptions,
    /// What is seen.
    pub view: View,
    /// Markers, areas and movements.
    pub scene: Scene,
    /// Markers as drawn.
    pub clusters: Vec<Cluster>,
    /// Names as written.
    pub labels: Vec<Label>,
    /// Lines of the legend.
    pub legend: Vec<LegendRow>,
    /// How much happened thereabouts, where that is drawn instead of markers.
    pub heat: Option<Heat>,
    /// How much happened in each area, where that is drawn instead of markers.
    pub shading: Option<Shading>,
    /// What the numbers mean; empty where it is not wanted.
    pub key: Key,
    /// The scale bar.
    pub scale_bar: ScaleBar,
    /// Where the cards stand.
    pub layout: Layout,
    /// The line under the title.
    pub subtitle: String,
}

impl<'a> Image<'a> {
    /// Lays a picture out.
    ///
    /// # Errors
    /// [`ImageError::Size`].
    pub fn new(sources: ImageSources<'a>, options: &'a ImageOptions) -> Result<Self, ImageError> {
        options.pixels()?;
        let groups = Groups::of_project(sources.project, sources.gazetteer);
        let scene = Scene::of_groups(sources.project, sources.gazetteer, &options.scene, &groups);
        let (sheet, subtitle) = (Sheet::of(options), subtitle(sources.project, &scene, options));
        let arranger = Arranger { scene: &scene, options, sheet: &sheet, subtitle: &subtitle };
        let shading = shaded(&scene, sources.basemap, options.layer);
        let rows = |scene: &Scene| legend_rows(scene, shading.as_ref(), options);
        let (view, ..) = arranger.arranged(&rows(&scene));
        let mut legend = rows(&scene.within(&view.bounds()));
        if !legend.is_empty() && disputed_is_seen(sources.basemap, &view) {
            legend.push(LegendRow::Disputed);
        }
        let (view, clusters, layout) = arranger.arranged(&legend);
        let key = layout.key.map(|room| Key::fitted(&sources, &scene, &clusters, &view, &room));
        let mut obstacles = layout.boxes();
        if options.layer == MapLayer::Markers {
            obstacles.extend(arrows(&scene, &clusters, &view).iter().flat_map(|(_, a)| a.boxes()));
        }
        let named = named(&scene, &clusters, &view, sources.gazetteer);
        let native = options.native;
        let request = LabelRequest { view: &view, obstacles: &obstacles, named: &named, native };
        let labels = labels(sources.labels, sources.gazetteer, &request, &face_width);
        Ok(Self {
            heat: (options.layer == MapLayer::Heat).then(|| Heat::of(&scene, &view)),
            scale_bar: ScaleBar::of(&view, BAR),
            key: key.unwrap_or_default(),
            sources,
            options,
            view,
            scene,
            clusters,
            labels,
            legend,
            shading,
            layout,
            subtitle,
        })
    }

    /// The picture as a file of a kind.
    ///
    /// # Errors
    /// [`ImageError`] where the size is out of reason or an encoder fails.
    pub fn encode(&self, kind: PictureKind) -> Result<Vec<u8>, ImageError> {
        match kind {
            PictureKind::Png => png::encode(self),
            PictureKind::Svg => self.svg().map(String::into_bytes),
            PictureKind::Pdf => pdf::encode(self),
        }
    }

    /// The picture as SVG. Letters are outlines, so that it looks the same everywhere.
    ///
    /// # Errors
    /// [`ImageError::Draw`] where the letters' outlines cannot be had; a mistake of the program.
    pub fn svg(&self) -> Result<String, ImageError> {
        svg::outlined(self)
    }

    /// The picture as pixels, no wider and higher than this: for a dialog.
    ///
    /// # Errors
    /// [`ImageError`] where the size is out of reason.
    pub fn preview(&self, width: u32, height: u32) -> Result<Picture, ImageError> {
        let share = (f64::from(width) / f64::from(self.options.width))
            .min(f64::from(height) / f64::from(self.options.height));
        let side = |n: u32| ((f64::from(n) * share).round() as u32).max(1);
        png::draw_at(self, side(self.options.width), side(self.options.height))
    }

    /// The title, or what stands in for one where programs want one.
    pub fn title(&self) -> &str {
        self.options.title.as_deref().unwrap_or("Map of events")
    }

    /// The credits written on the picture.
    pub fn credits(&self) -> &'static str {
        CREDITS
    }

    /// The credits and the viewpoint, for the metadata.
    pub fn about(&self) -> String {
        format!("{CREDITS}. {VIEWPOINT}.")
    }
}

/// Whether a boundary that somebody disputes runs through the view.
fn disputed_is_seen(basemap: &Basemap, view: &View) -> bool {
    let (mut pen, mut scratch) = (Seen::default(), Scratch::default());
    for frame in view.copies().into_iter().map(|shift| Frame::of_view(view, shift)) {
        basemap.visit(LayerKind::Disputed, Level::of_zoom(view.zoom), &frame.window(), &mut |line| {
            frame.line(line, &mut scratch, &mut pen);
        });
    }
    pen.0
}

/// A pen that only notes whether something was drawn.
#[derive(Default)]
struct Seen(bool);

impl Pen for Seen {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 = true;
    }
    fn close(&mut self) {}
}

fn shaded(scene: &Scene, basemap: &Basemap, layer: MapLayer) -> Option<Shading> {
    match layer {
        MapLayer::Markers | MapLayer::Heat => None,
        MapLayer::Provinces => Some(shading(scene, basemap, AreaLevel::Province)),
        MapLayer::Countries => Some(shading(scene, basemap, AreaLevel::Country)),
    }
}

fn legend_rows(scene: &Scene, shading: Option<&Shading>, options: &ImageOptions) -> Vec<LegendRow> {
    let shade = |(color, label)| LegendRow::Shade(color, label);
    match (options.layer, shading) {
        (MapLayer::Heat, _) => {
            let steps = [(0.1, "Few reports"), (0.55, "More"), (1.0, "Most")];
            steps.map(|(at, label)| shade((heat::ramp(at, options.theme), label.to_owned()))).to_vec()
        }
        (_, Some(shading)) => {
            let mut rows: Vec<LegendRow> = shading.legend(options.theme).into_iter().map(shade).collect();
            if shading.left_out > 0 {
                let label = format!("{} not told so exactly", shading.left_out);
                rows.push(shade((Palette::of(options.theme).land, label)));
            }
            rows
        }
        _ => legend(scene).into_iter().map(LegendRow::Sign).collect(),
    }
}

/// The line under the title: as wanted, or how much, and from when to when.
fn subtitle(project: &Project, scene: &Scene, options: &ImageOptions) -> String {
    if let Some(wanted) = &options.subtitle {
        return wanted.trim().to_owned();
    }
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let (articles, places) = (project.articles.len(), scene.markers.len());
    let mut parts = vec![plural(articles, "article", "articles"), plural(places, "place", "places")];
    if let Some(period) = options.scene.period {
        // What was left out must be told, dates wanted or not.
        parts.insert(0, period.words());
        return parts.join(" · ");
    }
    let days = project.articles.iter().filter_map(|a| a.article.published);
    if let (true, Some(first), Some(last)) = (options.dates, days.clone().min(), days.max()) {
        let day = |d: jiff::civil::Date| d.strftime("%-d %b %Y").to_string();
        parts.insert(0, if first == last { day(first) } else { format!("{} – {}", day(first), day(last)) });
    }
    parts.join(" · ")
}

/// Who is to be named on a picture.
const CREDITS: &str = "Made with Natural Earth · Gazetteer: GeoNames CC BY 4.0 · Dateline";
/// Whose view of boundaries the map shows; told in the metadata of each picture.
pub const VIEWPOINT: &str =
    "Boundaries as they are held on the ground, disputed ones dashed; no position is taken";
/// What is written where nobody has checked the places.
pub(super) const UNREVIEWED: &str = "Unreviewed: places found automatically";

/// Finds the view in which cards and markers do without each other's room.
struct Arranger<'a> {
    scene: &'a Scene,
    options: &'a ImageOptions,
    sheet: &'a Sheet,
    subtitle: &'a str,
}

impl Arranger<'_> {
    fn view(&self) -> View {
        let (width, height) = self.sheet.map;
        match self.options.bbox {
            Some(bounds) => View::fit(bounds, width, height, 0.0),
            None => {
                let bounds = self.scene.bounds().unwrap_or(Bounds::WORLD);
                View::fit(bounds, width, height, width.min(height) * 0.16)
            }
        }
    }

    /// View, clusters and cards: a view of the scene's own choice gives way until no card covers
    /// a marker, as far as that can be had.
    fn arranged(&self, legend: &[LegendRow]) -> (View, Vec<Cluster>, Layout) {
        let mut view = self.view();
        let tries = if self.options.bbox.is_some() { 0 } else { 8 };
        let layout = |view: &View, discs: &[ScreenBox]| {
            Layout::of(view, self.sheet, self.options, self.subtitle, legend, discs)
        };
        for attempt in 0..=tries {
            let markers = if self.options.layer == MapLayer::Markers { &self.scene.markers[..] } else { &[] };
            let clusters = clusters(markers, view.zoom);
            let discs: Vec<ScreenBox> = clusters
                .iter()
                .map(|c| ScreenBox::around(view.screen_from_geo(c.at), marker_radius(c.count) + 4.0))
                .collect();
            let layout = layout(&view, &discs);
            let covered = layout.boxes().iter().any(|b| discs.iter().any(|d| d.overlaps(b)));
            if !covered || attempt == tries {
                return (view, clusters, layout);
            }
            view.zoom = (view.zoom - 0.1).max(least_zoom(view.width));
        }
        (view, Vec::new(), layout(&view, &[]))
    }
}

/// The arrows that are long enough to be seen.
pub(super) fn arrows<'s>(scene: &'s Scene, clusters: &[Cluster], view: &View) -> Vec<(&'s Arc, Arrow)> {
    let discs: Vec<(ScreenPoint, f64)> =
        clusters.iter().map(|c| (view.screen_from_geo(c.at), marker_radius(c.count))).collect();
    let radius = |at: LonLat| {
        let at = view.screen_from_geo(at);
        discs.iter().find(|(d, r)| (d.x - at.x).hypot(d.y - at.y) <= r + 2.0).map(|(_, r)| *r)
    };
    let gaps =
        |arc: &Arc| [radius(arc.from).map_or(4.0, |r| r + 4.0), radius(arc.to).map_or(END_GAP, |r| r + 3.0)];
    let shown = |arc: &'s Arc| Some((arc, Arrow::between(view, arc.from, arc.to, gaps(arc))?));
    scene.arcs.iter().filter_map(shown).collect()
}

/// The marker that a cluster goes by: the capital or largest town in it, else the most reported
/// place. Who looks for Kabul shall find it.
fn foremost<'s>(cluster: &Cluster, scene: &'s Scene, gazetteer: &Gazetteer) -> Option<&'s Marker> {
    let rank = |marker: &&Marker| match marker.precision {
        Precision::Settlement => (gazetteer.is_capital(marker.place), gazetteer.population(marker.place)),
        _ => (false, 0),
    };
    let members = cluster.members.iter().rev().filter_map(|&i| scene.markers.get(i));
    members.max_by_key(rank)
}

fn named(scene: &Scene, clusters: &[Cluster], view: &View, gazetteer: &Gazetteer) -> Vec<Named> {
    let first = |c: &Cluster| foremost(c, scene, gazetteer);
    let rings = |c: &Cluster, m: &Marker| match c.members.len() {
        0 | 1 if m.is_doubtful() => DOUBT_RING + 1.0,
        0 | 1 => 1.0,
        _ => 5.0,
    };
    let of = |c: &Cluster| {
        first(c).map(|m| Named {
            name: match c.members.len() {
                0 | 1 => m.name.clone(),
                n => format!("{} +{}", m.name, n - 1),
            },
            place: m.place,
            at: view.screen_from_geo(c.at),
            radius: marker_radius(c.count) + rings(c, m),
            happened: c.kind.is_some(),
        })
    };
    clusters.iter().filter_map(of).collect()
}
