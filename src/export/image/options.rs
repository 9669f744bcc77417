//! How a picture is wanted: what the dialog and the command line set.

use std::path::Path;

use super::ImageError;
use crate::map::{Bounds, MapLayer, SceneOptions, Theme};

/// The longest side of a picture in pixels.
pub const MAX_SIDE: u64 = 20_000;
/// The most pixels of a picture.
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
    /// Light, dark or for paper.
    pub theme: Theme,
    /// What is shown; `None` shows everything that is drawn.
    pub bbox: Option<Bounds>,
    /// Written above the map.
    pub title: Option<String>,
    /// Written under the title; `None` tells how many articles and places, and of which days.
    pub subtitle: Option<String>,
    /// Written under the map.
    pub caption: Option<String>,
    /// Whether the signs are explained.
    pub legend: bool,
    /// Whether a bar tells how long a kilometre is.
    pub scale_bar: bool,
    /// Whether an arrow shows where north is.
    pub north: bool,
    /// Whether the subtitle tells the first and last day.
    pub dates: bool,
    /// Whether markers bear numbers and a list beside the map tells their passages.
    pub key: bool,
    /// Markers, or one of the ways to draw many at once.
    pub layer: MapLayer,
    /// Whether names are written in the script of their country where the fonts have it.
    pub native: bool,
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
            subtitle: None,
            caption: None,
            legend: true,
            scale_bar: true,
            north: false,
            dates: true,
            key: false,
            layer: MapLayer::Markers,
            native: false,
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

    /// Width and height of the drawing in points.
    pub fn points(&self) -> (f64, f64) {
        let points = self.lettering();
        (f64::from(self.width) / points, f64::from(self.height) / points)
    }
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Page {
    A3,
    A4,
    A5,
    Letter,
    Legal,
}

impl Page {
    /// All sheets.
    pub const ALL: [Self; 5] = [Self::A3, Self::A4, Self::A5, Self::Letter, Self::Legal];

    /// The sheet's name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::A3 => "A3",
            Self::A4 => "A4",
            Self::A5 => "A5",
            Self::Letter => "Letter",
            Self::Legal => "Legal",
        }
    }

    /// The sheet of that name, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.label().eq_ignore_ascii_case(text.trim()))
    }

    /// Width and height in pixels of which 96 make an inch (ISO 216; ANSI Y14.1).
    pub fn pixels(self, landscape: bool) -> (u32, u32) {
        let (short, long) = match self {
            Self::A3 => (297.0, 420.0),
            Self::A4 => (210.0, 297.0),
            Self::A5 => (148.0, 210.0),
            Self::Letter => (215.9, 279.4),
            Self::Legal => (215.9, 355.6),
        };
        let pixels = |mm: f64| (mm / 25.4 * 96.0).round() as u32;
        if landscape { (pixels(long), pixels(short)) } else { (pixels(short), pixels(long)) }
    }
}

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PictureKind {
    /// Pixels.
    Png,
    /// A drawing, for the web and for drawing programs.
    Svg,
    /// A drawing on one page.
    Pdf,
}

impl PictureKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// How file names end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// The kind that a file's name asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|kind| kind.extension().eq_ignore_ascii_case(ending))
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

    #[test]
    fn pages_have_their_size() {
        assert_eq!(Page::parse("a4").unwrap().pixels(true), (1123, 794));
        assert_eq!(Page::Letter.pixels(false), (816, 1056));
        assert_eq!(Page::parse("A9"), None);
    }

    #[test]
    fn the_ending_tells_the_kind() {
        assert_eq!(PictureKind::of_path(Path::new("a/b.PDF")), Some(PictureKind::Pdf));
        assert_eq!(PictureKind::of_path(Path::new("png")), None);
    }
}
