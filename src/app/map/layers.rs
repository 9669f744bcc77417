//! Ways to draw many events at once: density as colours, provinces or countries in shades. Drawn
//! as a picture by a thread of its own and moved along with the map until the next is ready.

use std::sync::Arc;

use egui::{Align2, Color32, ColorImage, Painter, Rect, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2};
use tiny_skia::{FillRule, Paint, PathBuilder, Pixmap, Transform};

use super::markers::screen_of;
use super::overlay::{self, EDGE};
use crate::app::jobs::Waker;
use crate::app::latest::Latest;
use crate::app::look::{self, Look, color32};
use crate::app::widgets;
use crate::map::area::AreaLevel;
use crate::map::heat::Heat;
use crate::map::outline::outline;
use crate::map::palette::Color;
use crate::map::scene::Scene;
use crate::map::shading::{class_color, shading};
use crate::map::{Basemap, MapLayer, Theme, View};

/// How far beyond the view the picture goes, in points.
const MARGIN: f64 = 160.0;

/// What the picture shows: scene, layer, look, zoom and place in steps.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    generation: u64,
    layer: MapLayer,
    theme: Theme,
    view: View,
}

struct Drawn {
    key: Key,
    image: ColorImage,
    legend: Meaning,
}

/// The picture over the basemap.
pub struct Layers {
    thread: Latest<(Key, Arc<Scene>), Drawn>,
    asked: Option<Key>,
    shown: Option<(Key, TextureHandle, Meaning)>,
}

/// Colours and what they mean.
type Meaning = Vec<(Color, String)>;

impl Layers {
    /// No picture yet.
    pub fn new(waker: &Waker) -> Self {
        let thread = Latest::new("map layer", waker, |(key, scene): (Key, Arc<Scene>)| draw(key, &scene));
        Self { thread, asked: None, shown: None }
    }

    /// Whether a picture is still to come.
    pub fn is_busy(&self) -> bool {
        self.thread.is_busy()
    }

    /// Paints a layer other than the markers.
    pub fn paint(
        &mut self,
        ui: &Ui,
        rect: Rect,
        view: &View,
        layer: MapLayer,
        scene: &Arc<Scene>,
        generation: u64,
    ) {
        if layer == MapLayer::Markers {
            self.shown = None;
            self.asked = None;
            return;
        }
        if let Some(drawn) = self.thread.take() {
            let texture = ui.ctx().load_texture("map layer", drawn.image, TextureOptions::LINEAR);
            self.shown = Some((drawn.key, texture, drawn.legend));
        }
        let view_wide =
            View { width: view.width + 2.0 * MARGIN, height: view.height + 2.0 * MARGIN, ..*view };
        let theme = Look::of(ui).theme();
        let wanted = Key { generation, layer, theme, view: view_wide };
        if !self.asked.as_ref().is_some_and(|asked| asked.serves(&wanted)) {
            self.asked = Some(wanted.clone());
            self.thread.ask((wanted, Arc::clone(scene)));
        }
        let Some((key, texture, _)) = self.shown.as_ref().filter(|(key, ..)| key.layer == layer) else {
            return;
        };
        let grown = (view.zoom - key.view.zoom).exp2();
        let size = vec2((key.view.width * grown) as f32, (key.view.height * grown) as f32);
        let place = Rect::from_center_size(screen_of(rect, view, key.view.center), size);
        image(ui.painter(), texture, place);
    }

    /// What the shades mean, at the lower left.
    pub fn legend(&self, ui: &mut Ui, rect: Rect) -> Option<Rect> {
        let (_, _, lines) = self.shown.as_ref()?;
        let look = Look::of(ui);
        let lay = |text: &String| ui.painter().layout_no_wrap(text.clone(), look::small(), look.ink());
        let galleys: Vec<_> = lines.iter().map(|(_, text)| lay(text)).collect();
        let widest = galleys.iter().map(|galley| galley.size().x).fold(40.0, f32::max);
        let size = vec2(widest + 50.0, lines.len() as f32 * 20.0 + 16.0);
        let card = Rect::from_min_size(pos2(rect.left() + EDGE, rect.bottom() - 34.0 - size.y), size);
        overlay::float(ui, card);
        for (i, ((color, _), galley)) in lines.iter().zip(galleys).enumerate() {
            let y = card.top() + 18.0 + i as f32 * 20.0;
            let square = Rect::from_center_size(pos2(card.left() + 20.0, y), Vec2::splat(13.0));
            ui.painter().rect_filled(square, 2, color32(*color));
            ui.painter().galley(pos2(card.left() + 36.0, y - galley.size().y / 2.0), galley, look.ink());
        }
        if lines.is_empty() {
            widgets::text(
                ui,
                card.center(),
                Align2::CENTER_CENTER,
                "Nothing to show",
                look::small(),
                look.muted(),
            );
        }
        Some(card)
    }
}

impl Key {
    /// Whether a picture of this serves for what is wanted: the same zoom, and its edge not near.
    fn serves(&self, wanted: &Self) -> bool {
        let same =
            (self.generation, self.layer, self.theme) == (wanted.generation, wanted.layer, wanted.theme);
        let zoom = (self.view.zoom - wanted.view.zoom).abs() < 1e-9;
        let size = (self.view.width, self.view.height) == (wanted.view.width, wanted.view.height);
        let seen = self.view.screen_from_geo(wanted.view.center);
        let (dx, dy) = (seen.x - self.view.width / 2.0, seen.y - self.view.height / 2.0);
        same && zoom && size && dx.abs() < MARGIN * 0.6 && dy.abs() < MARGIN * 0.6
    }
}

fn image(painter: &Painter, texture: &TextureHandle, place: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), place, whole, Color32::WHITE);
}

fn draw(key: Key, scene: &Scene) -> Drawn {
    let (image, legend) = match key.layer {
        MapLayer::Provinces => shaded(&key, scene, AreaLevel::Province),
        MapLayer::Countries => shaded(&key, scene, AreaLevel::Country),
        MapLayer::Heat | MapLayer::Markers => heated(&key, scene),
    };
    Drawn { key, image, legend }
}

fn heated(key: &Key, scene: &Scene) -> (ColorImage, Meaning) {
    let heat = Heat::of(scene, &key.view);
    let image = ColorImage::from_rgba_unmultiplied([heat.columns, heat.rows], &heat.rgba(key.theme));
    let shade = |share| crate::map::heat::ramp(share, key.theme);
    let legend = [(0.1, "Few reports"), (0.5, "More"), (1.0, "Most")];
    (image, legend.into_iter().map(|(share, text)| (shade(share), text.to_owned())).collect())
}

fn shaded(key: &Key, scene: &Scene, level: AreaLevel) -> (ColorImage, Meaning) {
    let (width, height) = (key.view.width.ceil().max(1.0) as u32, key.view.height.ceil().max(1.0) as u32);
    let nothing = || (ColorImage::filled([1, 1], Color32::TRANSPARENT), Vec::new());
    let (Ok(map), Some(mut pixmap)) = (Basemap::bundled(), Pixmap::new(width, height)) else {
        return nothing();
    };
    let shading = shading(scene, map, level);
    for shade in &shading.areas {
        let mut path = PathBuilder::new();
        for ring in outline(map, shade.area, &key.view) {
            let mut points = ring.iter().map(|p| (p.x as f32, p.y as f32));
            if let Some((x, y)) = points.next() {
                path.move_to(x, y);
                points.for_each(|(x, y)| path.line_to(x, y));
                path.close();
            }
        }
        let Some(path) = path.finish() else { continue };
        let [r, g, b, _] = class_color(shade.class, shading.breaks.len(), key.theme).0;
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(r, g, b, 175);
        pixmap.fill_path(&path, &paint, FillRule::EvenOdd, Transform::identity(), None);
    }
    let size = [width as usize, height as usize];
    (ColorImage::from_rgba_premultiplied(size, pixmap.data()), shading.legend(key.theme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::LonLat;

    fn key(lon: f64, zoom: f64) -> Key {
        let view = View { center: LonLat::new(lon, 34.0), zoom, width: 1000.0, height: 800.0 };
        Key { generation: 1, layer: MapLayer::Heat, theme: Theme::Light, view }
    }

    #[test]
    fn a_picture_serves_until_its_edge_comes_near() {
        assert!(key(69.0, 6.0).serves(&key(69.5, 6.0)));
        assert!(!key(69.0, 6.0).serves(&key(72.0, 6.0)));
        assert!(!key(69.0, 6.0).serves(&key(69.0, 6.1)));
    }

    #[test]
    fn every_layer_gives_a_picture_even_of_nothing() {
        for layer in [MapLayer::Heat, MapLayer::Provinces, MapLayer::Countries] {
            let drawn = draw(Key { layer, ..key(69.0, 5.0) }, &Scene::default());
            assert!(!drawn.image.pixels.is_empty(), "{layer:?}");
        }
    }
}
