//! One tile of the basemap as a picture.

use tiny_skia::{FillRule, Mask, Paint, Path, PathBuilder, Pixmap, Transform};

use super::basemap::{Basemap, LayerKind, Level};
use super::frame::{Frame, Pen, Scratch};
use super::line_painter::LinePainter;
use super::palette::{Color, Palette, Theme};
use super::strokes::{Stroke, strokes};

/// Which tile of the usual scheme: `2^z` tiles a side, counted from the north-west.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "z, x and y are the scheme's own names")]
pub struct TileId {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

/// What a tile is drawn with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct TileStyle {
    /// Light or dark.
    pub theme: Theme,
    /// ISO 3166-1 alpha-2 codes of the countries set off from the others.
    pub focus: Vec<String>,
}

/// A picture: rows of opaque red, green, blue, alpha bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel; alpha is 255 everywhere.
    pub rgba: Vec<u8>,
}

/// The largest side of a tile in pixels; larger wishes get this.
pub const MAX_TILE_PX: u32 = 2048;

/// Draws one tile `size_px` pixels wide. Line widths are meant for 256-point tiles: a 512-pixel
/// tile is the same tile on a screen of double density.
pub fn render_tile(map: &Basemap, style: &TileStyle, id: TileId, size_px: u32) -> Picture {
    let size = size_px.clamp(1, MAX_TILE_PX);
    let frame = Frame::of_tile(id.z, id.x, id.y, f64::from(size));
    let width = f64::from(size) / super::view::WORLD_AT_ZOOM_0;
    render_frame(map, style, &frame, width as f32)
}

/// Draws the basemap of any frame, lines `line_scale` times as wide as usual.
pub fn render_frame(map: &Basemap, style: &TileStyle, frame: &Frame, line_scale: f32) -> Picture {
    render_frames(map, style, std::slice::from_ref(frame), line_scale)
}

/// Draws several frames of one size, which are copies of the world side by side, into one picture.
pub fn render_frames(map: &Basemap, style: &TileStyle, frames: &[Frame], line_scale: f32) -> Picture {
    let nothing = Picture { width: 0, height: 0, rgba: Vec::new() };
    let Some(frame) = frames.first() else { return nothing };
    let (width, height) = (frame.width as u32, frame.height as u32);
    let Some(mut pixmap) = Pixmap::new(width, height) else {
        return nothing;
    };
    let palette = Palette::of(style.theme);
    pixmap.fill(skia(palette.water));
    let zoom = frame.zoom() - f64::from(line_scale).log2();
    let level = Level::of_zoom(frame.zoom());
    let mut painter = Painter { map, frames, level, pixmap: &mut pixmap };
    painter.fills(palette, &style.focus);
    for (kind, stroke) in strokes(palette, zoom) {
        painter.stroke(kind, &stroke, line_scale);
    }
    Picture { width, height, rgba: pixmap.take() }
}

/// Draws layers into a picture.
struct Painter<'a> {
    map: &'a Basemap,
    frames: &'a [Frame],
    level: Level,
    pixmap: &'a mut Pixmap,
}

impl Painter<'_> {
    fn fills(&mut self, palette: &Palette, focus: &[String]) {
        let land = self.rings(LayerKind::Land);
        if let Some(land) = &land {
            self.fill(land, palette.land, None);
            self.focus(palette, focus, land);
        }
        if let Some(lakes) = self.rings(LayerKind::Lake) {
            self.fill(&lakes, palette.water, None);
        }
    }

    /// The countries in focus, kept to the land: their outlines are plainer than the coast's.
    fn focus(&mut self, palette: &Palette, focus: &[String], land: &Path) {
        let mut builder = Builder::default();
        let mut scratch = Scratch::default();
        for (frame, code) in self.frames.iter().flat_map(|f| focus.iter().map(move |c| (f, c))) {
            focus_rings(self.map, code, frame, &mut |ring| frame.ring(ring, &mut scratch, &mut builder));
        }
        let Some(path) = builder.0.finish() else { return };
        // Where a pixel is wider than the outlines differ, nothing shows beyond the coast.
        let alike = self.frames.first().is_none_or(|f| f.zoom() < 5.5);
        if alike {
            return self.fill(&path, palette.land_focus, None);
        }
        let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height()) else { return };
        mask.fill_path(land, FillRule::EvenOdd, true, Transform::identity());
        self.fill(&path, palette.land_focus, Some(&mask));
    }

    fn rings(&self, kind: LayerKind) -> Option<Path> {
        let (mut builder, mut scratch) = (Builder::default(), Scratch::default());
        for frame in self.frames {
            self.map.visit(kind, self.level, &frame.window(), &mut |ring| {
                frame.ring(ring, &mut scratch, &mut builder);
            });
        }
        builder.0.finish()
    }

    fn fill(&mut self, path: &Path, color: Color, mask: Option<&Mask>) {
        self.pixmap.fill_path(path, &paint(color), FillRule::EvenOdd, Transform::identity(), mask);
    }

    fn stroke(&mut self, kind: LayerKind, stroke: &Stroke, line_scale: f32) {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let mut painter = LinePainter::new(width, height, stroke, line_scale);
        let (mut scratch, mut any) = (Scratch::default(), false);
        for frame in self.frames {
            self.map.visit(kind, self.level, &frame.window(), &mut |line| {
                any = true;
                frame.line(line, &mut scratch, &mut painter);
            });
        }
        if any {
            painter.blend(stroke.color.0, self.pixmap.data_mut());
        }
    }
}

/// Calls `draw` with the rings of a country: its provinces, or itself where it has none.
pub fn focus_rings(map: &Basemap, code: &str, frame: &Frame, draw: &mut dyn FnMut(&[[i32; 2]])) {
    let window = frame.window();
    let mut any = false;
    for id in map.provinces_of(code) {
        any = true;
        if map.area_box(id).is_some_and(|b| b.touches(&window)) {
            map.area_rings(id, draw);
        }
    }
    if !any && let Some(id) = map.country_area(code) {
        map.area_rings(id, draw);
    }
}

fn skia(color: Color) -> tiny_skia::Color {
    let [r, g, b, a] = color.0;
    tiny_skia::Color::from_rgba8(r, g, b, a)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(skia(color));
    paint
}

/// A tiny-skia path under construction.
#[derive(Default)]
struct Builder(PathBuilder);

impl Pen for Builder {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::area::units;
    use crate::places::LonLat;

    fn tile(z: u8, x: u32, y: u32) -> Picture {
        render_tile(Basemap::bundled().unwrap(), &TileStyle::default(), TileId { z, x, y }, 256)
    }

    fn tile_of(z: u8, at: LonLat) -> (u32, u32, usize) {
        let [x, y] = units(at);
        let side = (1 << 22) >> z;
        let pixel = |c: i32| (c % side) as usize * 256 / side as usize;
        ((x / side) as u32, (y / side) as u32, (pixel(y) * 256 + pixel(x)) * 4)
    }

    #[test]
    fn sea_is_water_and_ground_is_land_at_every_zoom() {
        let palette = Palette::of(Theme::Light);
        for z in 0..=12 {
            for (at, color) in [
                (LonLat::new(-40.3, 40.3), palette.water),
                (LonLat::new(64.35, 32.1), palette.land),
                (LonLat::new(50.5, 42.0), palette.water),
            ] {
                let (x, y, offset) = tile_of(z, at);
                assert_eq!(tile(z, x, y).rgba[offset..offset + 4], color.0, "{at:?} at zoom {z}");
            }
        }
    }

    #[test]
    fn a_tile_outside_the_world_is_water() {
        let picture = tile(3, 9, 9);
        assert_eq!(picture.rgba[..4], Palette::of(Theme::Light).water.0);
    }

    #[test]
    fn neighbours_agree_along_their_edge() {
        let (left, right) = (tile(6, 44, 25), tile(6, 45, 25));
        let differing = (0..256)
            .filter(|row| {
                let (a, b) = ((row * 256 + 255) * 4, row * 256 * 4);
                (0..3).any(|c| left.rgba[a + c].abs_diff(right.rgba[b + c]) > 60)
            })
            .count();
        assert!(differing < 12, "{differing} rows differ");
    }

    #[test]
    fn a_size_of_nought_draws_nothing_and_does_not_panic() {
        let picture = render_tile(
            Basemap::bundled().unwrap(),
            &TileStyle::default(),
            TileId { z: 30, x: u32::MAX, y: 0 },
            0,
        );
        assert_eq!(picture.width, 1);
    }

    #[test]
    fn the_country_in_focus_is_set_off() {
        let style = TileStyle { theme: Theme::Light, focus: vec!["AF".into()] };
        let (x, y, offset) = tile_of(6, LonLat::new(64.35, 32.1));
        let picture = render_tile(Basemap::bundled().unwrap(), &style, TileId { z: 6, x, y }, 256);
        assert_eq!(picture.rgba[offset..offset + 4], Palette::of(Theme::Light).land_focus.0);
    }
}
