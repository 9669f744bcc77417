//! Draws a vector tile in our own colours: land, water, woods, roads, buildings, boundaries.
//!
//! Layers go by the names that the three common schemes give them: OpenMapTiles, Protomaps and
//! Shortbread. Names of places are left to the map's own labels, which know no tile's edge.

use tiny_skia::{FillRule, Paint, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

use super::decode::Part;
use super::mvt::{Feature, Layer, Shape, layers};
use crate::map::palette::{Color, Palette};
use crate::map::tile::{Picture, TileId, TileStyle};

/// What a layer's features are drawn as, in the order they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Land,
    Cover,
    Water,
    Waterway,
    Building,
    Road,
    Boundary,
}

const ORDER: [Class; 7] =
    [Class::Land, Class::Cover, Class::Water, Class::Waterway, Class::Building, Class::Road, Class::Boundary];

fn class(layer: &str) -> Option<Class> {
    Some(match layer {
        "earth" | "land" => Class::Land,
        "landcover" | "landuse" | "park" | "sites" | "natural" => Class::Cover,
        "water" | "ocean" | "water_polygons" => Class::Water,
        "waterway" | "water_lines" | "physical_line" => Class::Waterway,
        "building" | "buildings" => Class::Building,
        "transportation" | "roads" | "streets" | "transit" => Class::Road,
        "boundary" | "boundaries" | "admin" => Class::Boundary,
        _ => return None,
    })
}

/// Draws a part of a tile; `None` where the bytes are no vector tile.
pub(super) fn draw(bytes: &[u8], id: TileId, part: Part, style: &TileStyle, size: u32) -> Option<Picture> {
    let layers = layers(bytes)?;
    let palette = Palette::of(style.theme);
    // Where land is a layer of its own, what is none is sea.
    let ground =
        if layers.iter().any(|l| class(&l.name) == Some(Class::Land)) { palette.water } else { palette.land };
    let mut pixmap = Pixmap::new(size, size)?;
    pixmap.fill(skia(ground));
    let zoom = f32::from(id.z) + part.parts.log2();
    let mut painter = Painter { pixmap, palette, zoom, part, size: size as f32 };
    for wanted in ORDER {
        for layer in layers.iter().filter(|l| class(&l.name) == Some(wanted)) {
            painter.layer(layer, wanted);
        }
    }
    Some(Picture { width: size, height: size, rgba: painter.pixmap.take() })
}

struct Painter {
    pixmap: Pixmap,
    palette: &'static Palette,
    zoom: f32,
    part: Part,
    size: f32,
}

impl Painter {
    fn layer(&mut self, layer: &Layer, class: Class) {
        let transform = self.part.transform(layer.extent as f32, self.size);
        for feature in &layer.features {
            match (class, feature.shape) {
                (Class::Water | Class::Waterway, Shape::Line) => {
                    self.line(feature, transform, self.palette.river, 1.0)
                }
                (Class::Land, Shape::Polygon) => self.fill(feature, transform, self.palette.land),
                (Class::Cover, Shape::Polygon) => {
                    if let Some(color) = self.cover(feature) {
                        self.fill(feature, transform, color);
                    }
                }
                (Class::Water, Shape::Polygon) => self.fill(feature, transform, self.palette.water),
                (Class::Building, Shape::Polygon) => self.fill(feature, transform, self.palette.province),
                (Class::Road, Shape::Line) => self.road(feature, transform),
                (Class::Boundary, Shape::Line) => self.boundary(feature, transform),
                _ => {}
            }
        }
    }

    /// The class of a feature, whatever the scheme calls the tag.
    fn kind(feature: &Feature) -> &str {
        let tags = ["kind", "class", "pmap:kind", "subclass"];
        tags.into_iter().map(|t| feature.tag(t)).find(|v| !v.is_empty()).unwrap_or("")
    }

    fn cover(&self, feature: &Feature) -> Option<Color> {
        let green = Color::rgb(0x7d_a870);
        let share = match Self::kind(feature) {
            "wood" | "forest" | "nature_reserve" | "national_park" => 0.22,
            "park" | "grass" | "grassland" | "scrub" | "meadow" | "cemetery" | "golf_course" => 0.14,
            "farmland" | "farmyard" | "orchard" | "vineyard" => 0.06,
            "residential" | "urban_area" | "commercial" | "industrial" | "retail" => {
                return Some(self.palette.land.mixed(self.palette.province, 0.3));
            }
            "glacier" | "ice" => return Some(self.palette.land.mixed(self.palette.water, 0.3)),
            _ => return None,
        };
        Some(self.palette.land.mixed(green, share))
    }

    fn road(&mut self, feature: &Feature, transform: Transform) {
        let (weight, least) = match Self::kind(feature) {
            "motorway" | "trunk" | "highway" => (2.2, 5.0),
            "primary" | "major_road" => (1.7, 7.0),
            "secondary" | "medium_road" => (1.3, 9.0),
            "tertiary" => (1.1, 10.5),
            "rail" => (0.8, 9.0),
            "ferry" | "path" | "pier" => (0.6, 14.0),
            _ => (0.8, 12.0),
        };
        if self.zoom < least {
            return;
        }
        let width = weight * (0.6 + (self.zoom - least).min(8.0) * 0.22);
        let color = self.palette.border.mixed(self.palette.land, if weight > 1.5 { 0.25 } else { 0.5 });
        self.line(feature, transform, color, width);
    }

    fn boundary(&mut self, feature: &Feature, transform: Transform) {
        let level = ["admin_level", "kind_detail", "pmap:min_admin_level"];
        let level = level.into_iter().find_map(|t| feature.tag(t).parse::<f32>().ok());
        let country = level.map_or(Self::kind(feature) == "country", |l| l <= 2.0);
        let claimed = ["disputed", "maritime"].map(|tag| matches!(feature.tag(tag), "1" | "true"));
        let [disputed, maritime] = claimed;
        if maritime || (!country && (self.zoom < 4.0 || level.is_some_and(|l| l > 4.0))) {
            return;
        }
        let (color, width) = if country { (self.palette.border, 1.4) } else { (self.palette.province, 1.0) };
        let dash = if disputed { StrokeDash::new(vec![4.0, 3.0], 0.0) } else { None };
        self.stroke(feature, transform, color, width, dash);
    }

    fn fill(&mut self, feature: &Feature, transform: Transform, color: Color) {
        if let Some(path) = path(feature, transform, true) {
            self.pixmap.fill_path(&path, &paint(color), FillRule::EvenOdd, Transform::identity(), None);
        }
    }

    fn line(&mut self, feature: &Feature, transform: Transform, color: Color, width: f32) {
        self.stroke(feature, transform, color, width, None);
    }

    /// Width in points of tiles 256 points wide.
    fn stroke(
        &mut self,
        feature: &Feature,
        transform: Transform,
        color: Color,
        width: f32,
        dash: Option<StrokeDash>,
    ) {
        let Some(path) = path(feature, transform, false) else { return };
        let scale = self.size / 256.0;
        let stroke = Stroke { width: width * scale, dash, ..Stroke::default() };
        self.pixmap.stroke_path(&path, &paint(color), &stroke, Transform::identity(), None);
    }
}

fn path(feature: &Feature, transform: Transform, closed: bool) -> Option<tiny_skia::Path> {
    let mut builder = PathBuilder::new();
    for part in &feature.parts {
        for (i, &[x, y]) in part.iter().enumerate() {
            // Coordinates far outside are of no use and harm the arithmetic.
            let near = |c: i32| c.clamp(-1 << 20, 1 << 20) as f32;
            let mut point = tiny_skia::Point::from_xy(near(x), near(y));
            transform.map_point(&mut point);
            if i == 0 {
                builder.move_to(point.x, point.y);
            } else {
                builder.line_to(point.x, point.y);
            }
        }
        if closed {
            builder.close();
        }
    }
    builder.finish()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_schemes_name_water_and_roads() {
        for name in ["water", "ocean", "water_polygons"] {
            assert_eq!(class(name), Some(Class::Water));
        }
        for name in ["transportation", "roads", "streets"] {
            assert_eq!(class(name), Some(Class::Road));
        }
        assert_eq!(class("poi"), None);
    }

    #[test]
    fn rubbish_is_no_tile() {
        let id = TileId { z: 0, x: 0, y: 0 };
        let part = Part { parts: 1.0, at: [0.0, 0.0] };
        assert_eq!(draw(b"rubbish", id, part, &TileStyle::default(), 16), None);
    }
}
