//! Where title, legend, key and the rest stand on a picture.

use super::key::wrapped;
use super::{CREDITS, ImageOptions, UNREVIEWED};
use crate::map::fonts::text_width;
use crate::map::{LegendEntry, ScaleBar, ScreenBox, View};

/// Where title, legend and the rest stand, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Layout {
    pub title: Option<ScreenBox>,
    pub legend: Option<ScreenBox>,
    pub scale_bar: Option<ScreenBox>,
    pub north: Option<ScreenBox>,
    pub credits: ScreenBox,
    pub unreviewed: Option<ScreenBox>,
    /// Beside the map, not on it.
    pub key: Option<ScreenBox>,
    /// Under the map, not on it.
    pub caption: Option<ScreenBox>,
}

/// Size of the title's letters in points.
pub(in crate::export) const TITLE_SIZE: f32 = 20.0;
/// Size of the caption's letters in points.
pub(in crate::export) const CAPTION_SIZE: f32 = 12.5;
const CAPTION_LINE: f64 = 17.0;
/// Space between the picture's edge and its cards, in points.
pub(in crate::export) const MARGIN: f64 = 16.0;
/// Height of a line of the legend.
pub(in crate::export) const LEGEND_ROW: f64 = 22.0;
/// The longest scale bar in points.
pub(super) const BAR: f64 = 110.0;

/// The rectangles around the map: the map's own size, the key, the caption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    pub map: (f64, f64),
    key: Option<ScreenBox>,
    caption: Option<ScreenBox>,
}

impl Sheet {
    /// Parts a picture: the key right of the map on a broad one, under it on a tall one; the
    /// caption at the foot.
    pub fn of(options: &ImageOptions) -> Self {
        let (width, height) = options.points();
        let lines = caption_lines(options, width).len() as f64;
        let foot = if lines > 0.0 { lines * CAPTION_LINE + 20.0 } else { 0.0 };
        let caption = (lines > 0.0 && foot < height / 2.0).then_some(ScreenBox {
            left: 0.0,
            top: height - foot,
            right: width,
            bottom: height,
        });
        let below = caption.map_or(height, |c| c.top);
        let room = options.key && width.min(below) >= 260.0;
        let (mut map, mut key) = ((width, below), None);
        if room && width >= below {
            map.0 = width - (width * 0.3).clamp(200.0, 380.0);
            key = Some(ScreenBox { left: map.0, top: 0.0, right: width, bottom: below });
        } else if room {
            map.1 = below - (below * 0.34).max(140.0);
            key = Some(ScreenBox { left: 0.0, top: map.1, right: width, bottom: below });
        }
        Self { map, key, caption }
    }
}

/// The caption broken into lines.
pub(in crate::export) fn caption_lines(options: &ImageOptions, width: f64) -> Vec<String> {
    let text = options.caption.as_deref().unwrap_or("").trim();
    wrapped(text, CAPTION_SIZE, width - 2.0 * MARGIN, 6)
}

impl Layout {
    pub(super) fn of(
        view: &View,
        sheet: &Sheet,
        options: &ImageOptions,
        subtitle: &str,
        legend: &[LegendRow],
        discs: &[ScreenBox],
    ) -> Self {
        let bottom = view.height - 14.0;
        let tall = view.height >= 260.0;
        let scale_bar = options.scale_bar.then(|| bar_box(&ScaleBar::of(view, BAR), bottom));
        let foot = scale_bar.map_or(bottom, |b| b.top);
        let north = options.north.then_some(ScreenBox {
            left: MARGIN,
            top: foot - 44.0,
            right: MARGIN + 26.0,
            bottom: foot - 8.0,
        });
        let foot = north.map_or(foot, |n| n.top);
        let credits = ScreenBox {
            left: view.width - MARGIN + 4.0 - wide(CREDITS, 11.0, false),
            top: bottom - 14.0,
            right: view.width - MARGIN + 4.0,
            bottom,
        };
        let title = options.title.as_deref().filter(|t| tall && !t.trim().is_empty());
        let shown = options.legend && tall && !legend.is_empty();
        Self {
            title: title.map(|t| title_box(t, subtitle, view.width)),
            legend: shown.then(|| legend_box(legend, view, foot, discs)),
            scale_bar,
            north,
            credits,
            unreviewed: (tall && !options.reviewed).then(|| unreviewed_box(view.width)),
            key: sheet.key,
            caption: sheet.caption,
        }
    }

    /// What covers a part of the map.
    pub(super) fn boxes(&self) -> Vec<ScreenBox> {
        let cards =
            [self.title, self.legend, self.scale_bar, self.north, Some(self.credits), self.unreviewed];
        cards.into_iter().flatten().collect()
    }
}

/// One line of a picture's legend: a sign and what it means.
#[derive(Debug, Clone, PartialEq)]
pub enum LegendRow {
    /// A sign of the scene.
    Sign(LegendEntry),
    /// A colour of the shading or the heat map.
    Shade(crate::map::Color, String),
    /// The dashes of a boundary that somebody disputes.
    Disputed,
}

impl LegendRow {
    /// What is written beside the sign.
    pub fn label(&self) -> &str {
        match self {
            Self::Sign(entry) => entry.label(),
            Self::Shade(_, label) => label,
            Self::Disputed => "Disputed boundary",
        }
    }
}

pub(super) fn wide(text: &str, size: f32, bold: bool) -> f64 {
    f64::from(text_width(text, size, bold))
}

/// As much of a text as fits, with an ellipsis where it was cut.
pub(in crate::export) fn fitted(text: &str, size: f32, width: f64) -> String {
    let wide = |t: &str| wide(t, size, true);
    if wide(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if wide(&out) + f64::from(size) > width {
            break;
        }
    }
    out.trim_end().to_owned() + "…"
}

fn bar_box(bar: &ScaleBar, bottom: f64) -> ScreenBox {
    let right = MARGIN + bar.points + 8.0 + wide(&bar.label, 11.5, false);
    ScreenBox { left: MARGIN, top: bottom - 14.0, right, bottom }
}

fn title_box(title: &str, subtitle: &str, width: f64) -> ScreenBox {
    let text = wide(title, TITLE_SIZE, true).max(wide(subtitle, 12.5, false)).max(280.0);
    let inner = text.min(width - 2.0 * MARGIN - 36.0);
    let bottom = if subtitle.is_empty() { MARGIN + 50.0 } else { MARGIN + 68.0 };
    ScreenBox { left: MARGIN, top: MARGIN, right: MARGIN + inner + 36.0, bottom }
}

/// The legend stands left at the bottom, else right at the bottom, else right at the top: in the
/// first corner where it covers no marker, or the one where it covers fewest.
fn legend_box(legend: &[LegendRow], view: &View, foot: f64, discs: &[ScreenBox]) -> ScreenBox {
    let text = legend.iter().map(|e| wide(e.label(), 12.5, false)).fold(0.0, f64::max);
    let (w, h) = (text + 54.0, legend.len() as f64 * LEGEND_ROW + 16.0);
    let at = |left: f64, top: f64| ScreenBox { left, top, right: left + w, bottom: top + h };
    let (right, low) = (view.width - MARGIN - w, foot - 12.0 - h);
    let low_right = view.height - 14.0 - 14.0 - 12.0 - h;
    let corners = [at(MARGIN, low), at(right, low_right), at(right, MARGIN + 40.0)];
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
    fn a_long_title_is_cut() {
        let cut = fitted(&"Kabul ".repeat(50), 20.0, 200.0);
        assert!(cut.ends_with('…') && cut.chars().count() < 30);
        assert_eq!(fitted("Kabul", 20.0, 200.0), "Kabul");
    }

    #[test]
    fn key_and_caption_take_room_from_the_map() {
        let options =
            ImageOptions { key: true, caption: Some("A caption.".into()), ..ImageOptions::default() };
        let broad = Sheet::of(&options);
        assert!(broad.map.0 < 1600.0 && broad.map.1 < 1000.0);
        assert_eq!(broad.key.unwrap().left, broad.map.0);
        let tall = Sheet::of(&ImageOptions { width: 800, height: 1200, ..options });
        assert_eq!((tall.map.0, tall.key.unwrap().top), (800.0, tall.map.1));
        let tiny = ImageOptions { width: 64, height: 48, key: true, ..ImageOptions::default() };
        assert_eq!(Sheet::of(&tiny).key, None, "no room for a key");
    }
}
