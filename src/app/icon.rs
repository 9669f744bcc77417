//! The program's icon, drawn when the window opens: a marker on the accent.

use egui::IconData;
use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Transform};

use crate::map::palette::{Color, Palette, Theme};

/// Side of the icon in pixels.
const SIDE: u32 = 64;

/// The icon; an empty one, for which the desktop has its own, where it cannot be drawn.
pub fn icon() -> IconData {
    let Some(mut pixmap) = Pixmap::new(SIDE, SIDE) else { return IconData::default() };
    let palette = Palette::of(Theme::Light);
    for (path, color) in [(square(), palette.accent), (pin(), palette.panel), (hole(), palette.accent)] {
        fill(&mut pixmap, path, color);
    }
    let rgba = pixmap.pixels().iter().flat_map(|p| {
        let p = p.demultiply();
        [p.red(), p.green(), p.blue(), p.alpha()]
    });
    IconData { rgba: rgba.collect(), width: SIDE, height: SIDE }
}

fn fill(pixmap: &mut Pixmap, path: Option<Path>, Color([r, g, b, a]): Color) {
    let Some(path) = path else { return };
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, a);
    paint.anti_alias = true;
    pixmap.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
}

/// A square with round corners.
fn square() -> Option<Path> {
    let (low, high, r) = (2.0, 62.0, 14.0);
    let mut path = PathBuilder::new();
    path.move_to(low + r, low);
    path.line_to(high - r, low);
    path.quad_to(high, low, high, low + r);
    path.line_to(high, high - r);
    path.quad_to(high, high, high - r, high);
    path.line_to(low + r, high);
    path.quad_to(low, high, low, high - r);
    path.line_to(low, low + r);
    path.quad_to(low, low, low + r, low);
    path.close();
    path.finish()
}

/// A drop that points to a place.
fn pin() -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(32.0, 54.0);
    path.cubic_to(25.0, 43.0, 17.0, 36.0, 17.0, 27.0);
    path.cubic_to(17.0, 18.5, 23.7, 12.0, 32.0, 12.0);
    path.cubic_to(40.3, 12.0, 47.0, 18.5, 47.0, 27.0);
    path.cubic_to(47.0, 36.0, 39.0, 43.0, 32.0, 54.0);
    path.close();
    path.finish()
}

fn hole() -> Option<Path> {
    PathBuilder::from_circle(32.0, 27.0, 6.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_a_white_pin_on_the_accent() {
        let icon = icon();
        let at = |x: usize, y: usize| {
            let start = (y * SIDE as usize + x) * 4;
            Color(icon.rgba[start..start + 4].try_into().unwrap())
        };
        let palette = Palette::of(Theme::Light);
        assert_eq!((at(8, 32), at(22, 27), at(32, 27)), (palette.accent, palette.panel, palette.accent));
        assert_eq!(at(0, 0).0[3], 0, "round corners");
    }
}
