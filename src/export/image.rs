//! The map as a picture: what is on it and where, before it is written as SVG or PNG.

use super::svg;
use crate::map::fonts::text_width;
use crate::map::labels::{Label, LabelIndex, LabelRequest, Named, ScreenBox, labels};
use crate::map::shapes::marker_radius;
use crate::map::view::least_zoom;
use crate::map::{
    Arc, Arrow, Basemap, Bounds, Cluster, LegendEntry, ScaleBar, Scene, SceneOptions, Theme, View, clusters,
    legend,
};
use crate::places::Gazetteer;
use crate::project::{Project, RunRecord};

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
    Png(#[from] png::EncodingError),
}

/// The longest side of a picture in pixels.
pub const MAX_SIDE: u64 = 20_000;
const MAX_PIXELS: u64 = 200_000_000;
/// Pictures wider than this are lettered larger in proportion, so that they can be read.
const LETTERED_WIDTH: f64 = 1600.0;

/// How a picture is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageOptions {
    /// Width in pixels at scale 1.
    pub width: u32,
    /// Height in pixels at scale 1.
    pub height: u32,
    /// Pixels a pixel: 2 makes a PNG of twice the width and height, everything twice as large.
    pub scale: f32,
    /// Light or dark.
    pub theme: Theme,
    /// What is shown; `None` shows everything that is drawn.
    pub bbox: Option<Bounds>,
    /// Written above the map.
    pub title: Option<String>,
    /// What of the project is drawn.
    pub scene: SceneOptions,
    /// Whether a person has checked the places; if not, the picture says so.
    pub reviewed: bool,
}

impl Default for ImageOptions {
    fn default() -> Self {
        Self {
            width: 1600,
            height: 1000,
            scale: 1.0,
            theme: Theme::Light,
            bbox: None,
            title: None,
            scene: SceneOptions::default(),
            reviewed: false,
        }
    }
}

impl ImageOptions {
    /// Width and height of the PNG in pixels.
    ///
    /// # Errors
    /// [`ImageError::Size`] where it would be too small or too large.
    pub fn pixels(&self) -> Result<(u32, u32), ImageError> {
        let scale = if self.scale.is_finite() { f64::from(self.scale.max(0.0)) } else { 0.0 };
        let side = |n: u32| (f64::from(n) * scale).round() as u64;
        let (w, h) = (side(self.width), side(self.height));
        let fits = (16..=MAX_SIDE).contains(&w) && (16..=MAX_SIDE).contains(&h) && w * h <= MAX_PIXELS;
        if fits { Ok((w as u32, h as u32)) } else { Err(ImageError::Size(w, h)) }
    }

    /// Pixels of the picture at scale 1 for each point of its drawing.
    pub fn lettering(&self) -> f64 {
        (f64::from(self.width) / LETTERED_WIDTH).max(1.0)
    }
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
    pub legend: Vec<LegendEntry>,
    /// The scale bar.
    pub scale_bar: ScaleBar,
    /// Where the cards stand.
    pub layout: Layout,
}

/// Where title, legend and the rest stand, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Layout {
    pub title: Option<ScreenBox>,
    pub legend: Option<ScreenBox>,
    pub scale_bar: ScreenBox,
    pub credits: ScreenBox,
    pub unreviewed: Option<ScreenBox>,
}

impl<'a> Image<'a> {
    /// Lays a picture out.
    ///
    /// # Errors
    /// [`ImageError::Size`].
    pub fn new(sources: ImageSources<'a>, options: &'a ImageOptions) -> Result<Self, ImageError> {
        options.pixels()?;
        let scene = Scene::build(sources.project, sources.gazetteer, &options.scene);
        let all = legend(&scene);
        let (view, ..) = arranged(&scene, options, &all);
        let legend = legend(&scene.within(&view.bounds()));
        let (view, clusters, layout) = arranged(&scene, options, &legend);
        let scale_bar = ScaleBar::of(&view, BAR);
        let mut obstacles = layout.boxes();
        obstacles.extend(arrows(&scene, &clusters, &view).iter().flat_map(|(_, a)| a.boxes()));
        let named = named(&scene, &clusters, &view);
        let request = LabelRequest { view: &view, obstacles: &obstacles, named: &named };
        let labels = labels(sources.labels, sources.gazetteer, &request, &text_width);
        Ok(Self { sources, options, view, scene, clusters, labels, legend, scale_bar, layout })
    }

    /// The picture as SVG: text stays text.
    pub fn svg(&self) -> String {
        svg::write(self, svg::Part::All)
    }

    /// The credits written on the picture and into its metadata.
    pub fn credits(&self) -> String {
        CREDITS.to_owned()
    }

    /// The line under the title: how much, and from when to when.
    pub fn subtitle(&self) -> String {
        let articles = self.sources.project.articles.len();
        let places = self.scene.markers.len();
        let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut parts = vec![plural(articles, "article", "articles"), plural(places, "place", "places")];
        let days = self.sources.project.articles.iter().filter_map(|a| a.article.published);
        if let (Some(first), Some(last)) = (days.clone().min(), days.max()) {
            let day = |d: jiff::civil::Date| d.strftime("%-d %b %Y").to_string();
            parts.insert(
                0,
                if first == last { day(first) } else { format!("{} – {}", day(first), day(last)) },
            );
        }
        parts.join(" · ")
    }
}

/// Who is to be named on a picture.
const CREDITS: &str = "Made with Natural Earth · Gazetteer: GeoNames CC BY 4.0 · Dateline";
/// What is written where nobody has checked the places.
pub(super) const UNREVIEWED: &str = "Unreviewed: places found automatically";

fn view_of(scene: &Scene, options: &ImageOptions) -> View {
    let points = options.lettering();
    let (width, height) = (f64::from(options.width) / points, f64::from(options.height) / points);
    match options.bbox {
        Some(bounds) => View::fit(bounds, width, height, 0.0),
        None => View::fit(scene.bounds().unwrap_or(Bounds::WORLD), width, height, width.min(height) * 0.16),
    }
}

/// The longest scale bar in points.
const BAR: f64 = 110.0;

/// View, clusters and cards: a view of the scene's own choice gives way until no card covers a
/// marker, as far as that can be had.
fn arranged(scene: &Scene, options: &ImageOptions, legend: &[LegendEntry]) -> (View, Vec<Cluster>, Layout) {
    let mut view = view_of(scene, options);
    let tries = if options.bbox.is_some() { 0 } else { 8 };
    for attempt in 0..=tries {
        let clusters = clusters(&scene.markers, view.zoom);
        let discs: Vec<ScreenBox> = clusters
            .iter()
            .map(|c| ScreenBox::around(view.screen_from_geo(c.at), marker_radius(c.count) + 4.0))
            .collect();
        let layout = Layout::of(&view, options, legend, &discs);
        let covered = layout.boxes().iter().any(|b| discs.iter().any(|d| d.overlaps(b)));
        if !covered || attempt == tries {
            return (view, clusters, layout);
        }
        view.zoom = (view.zoom - 0.1).max(least_zoom(view.width));
    }
    (view, Vec::new(), Layout::of(&view, options, legend, &[]))
}

/// The arrows that are long enough to be seen.
pub(super) fn arrows<'s>(scene: &'s Scene, clusters: &[Cluster], view: &View) -> Vec<(&'s Arc, Arrow)> {
    let gap = |arc: &Arc| {
        let start = clusters.iter().find(|c| c.at == arc.from);
        start.map_or(4.0, |c| marker_radius(c.count) + 3.0)
    };
    let shown = |arc: &'s Arc| Some((arc, Arrow::between(view, arc.from, arc.to, gap(arc))?));
    scene.arcs.iter().filter_map(shown).collect()
}

fn named(scene: &Scene, clusters: &[Cluster], view: &View) -> Vec<Named> {
    let first = |c: &Cluster| c.members.first().and_then(|&i| scene.markers.get(i));
    let of = |c: &Cluster| {
        first(c).map(|m| Named {
            name: match c.members.len() {
                0 | 1 => m.name.clone(),
                n => format!("{} +{}", m.name, n - 1),
            },
            place: m.place,
            at: view.screen_from_geo(c.at),
            radius: marker_radius(c.count) + 2.0,
        })
    };
    clusters.iter().filter_map(of).collect()
}

/// Space between the picture's edge and its cards, in points.
const MARGIN: f64 = 16.0;
/// Height of a line of the legend.
pub(super) const LEGEND_ROW: f64 = 22.0;

impl Layout {
    fn of(view: &View, options: &ImageOptions, legend: &[LegendEntry], discs: &[ScreenBox]) -> Self {
        let bottom = view.height - 14.0;
        let bar = ScaleBar::of(view, BAR);
        let scale_bar = ScreenBox {
            left: MARGIN,
            top: bottom - 14.0,
            right: MARGIN + bar.points + 8.0 + wide(&bar.label, 11.5, false),
            bottom,
        };
        let credits = ScreenBox {
            left: view.width - MARGIN + 4.0 - wide(CREDITS, 11.0, false),
            top: bottom - 14.0,
            right: view.width - MARGIN + 4.0,
            bottom,
        };
        let tall = view.height >= 260.0;
        let title = options.title.as_deref().filter(|t| tall && !t.trim().is_empty());
        Self {
            title: title.map(|t| title_box(t, view.width)),
            legend: (tall && !legend.is_empty()).then(|| legend_box(legend, view, scale_bar.top, discs)),
            scale_bar,
            credits,
            unreviewed: (tall && !options.reviewed).then(|| unreviewed_box(view.width)),
        }
    }

    fn boxes(&self) -> Vec<ScreenBox> {
        let cards = [self.title, self.legend, Some(self.scale_bar), Some(self.credits), self.unreviewed];
        cards.into_iter().flatten().collect()
    }
}

fn wide(text: &str, size: f32, bold: bool) -> f64 {
    f64::from(text_width(text, size, bold))
}

fn title_box(title: &str, width: f64) -> ScreenBox {
    let inner = wide(title, svg::TITLE_SIZE, true).max(320.0).min(width - 2.0 * MARGIN - 36.0);
    ScreenBox { left: MARGIN, top: MARGIN, right: MARGIN + inner + 36.0, bottom: MARGIN + 68.0 }
}

/// The legend stands left at the bottom, else right at the bottom, else right at the top: in the
/// first corner where it covers no marker, or the one where it covers fewest.
fn legend_box(legend: &[LegendEntry], view: &View, foot: f64, discs: &[ScreenBox]) -> ScreenBox {
    let text = legend.iter().map(|e| wide(e.label(), 12.5, false)).fold(0.0, f64::max);
    let (w, h) = (text + 54.0, legend.len() as f64 * LEGEND_ROW + 16.0);
    let at = |left: f64, top: f64| ScreenBox { left, top, right: left + w, bottom: top + h };
    let (right, low) = (view.width - MARGIN - w, foot - 12.0 - h);
    let corners = [at(MARGIN, low), at(right, low), at(right, MARGIN + 40.0)];
    let covered = |b: &ScreenBox| discs.iter().filter(|d| d.overlaps(b)).count();
    let [first, ..] = corners;
    corners.into_iter().fold(first, |best, b| if covered(&b) < covered(&best) { b } else { best })
}

fn unreviewed_box(width: f64) -> ScreenBox {
    let text = wide(UNREVIEWED, 11.5, false);
    ScreenBox {
        left: width - MARGIN - text - 32.0,
        top: MARGIN,
        right: width - MARGIN,
        bottom: MARGIN + 26.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_out_of_reason_are_refused() {
        let of =
            |width, height, scale| ImageOptions { width, height, scale, ..ImageOptions::default() }.pixels();
        assert_eq!(of(1600, 1000, 3.0).unwrap(), (4800, 3000));
        for (w, h, s) in [
            (0, 0, 1.0),
            (30_000, 30_000, 1.0),
            (1600, 1000, f32::NAN),
            (1600, 1000, -1.0),
            (20_000, 20_000, 1.0),
        ] {
            assert!(matches!(of(w, h, s), Err(ImageError::Size(..))), "{w} × {h} at {s}");
        }
        assert!(of(30_000, 2, 1.0).unwrap_err().to_string().contains("choose another size"));
    }

    #[test]
    fn large_pictures_are_lettered_larger() {
        let of = |width| ImageOptions { width, ..ImageOptions::default() }.lettering();
        assert_eq!((of(800), of(1600), of(4800)), (1.0, 1.0, 3.0));
    }
}
