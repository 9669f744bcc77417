//! What lies under the markers: areas known no better, and movements.

use egui::{Color32, Pos2, Rect, Shape, Stroke, Ui};

use super::markers::on_screen;
use crate::app::look::Look;
use crate::app::widgets::mix;
use crate::events::EventType;
use crate::map::area::AreaId;
use crate::map::scene::Scene;
use crate::map::shapes::{Arrow, hatching, outline};
use crate::map::view::View;
use crate::map::{Basemap, ScreenPoint};

/// The polygons of a scene's areas, looked up once, and their shapes, moved along with the map.
#[derive(Default)]
pub struct Areas {
    generation: Option<u64>,
    ids: Vec<Option<AreaId>>,
    drawn: Option<Drawn>,
}

struct Drawn {
    view: View,
    dark: bool,
    shapes: Vec<Shape>,
}

/// A polygon of a whole continent is not hatched line by line; its outline is enough.
const MOST_LINES: usize = 1500;
/// Hatching for this many areas; with more the map would be one hatching.
const MOST_HATCHED: usize = 40;
/// How far beyond the view shapes are cut, in points.
const MARGIN: f64 = 240.0;
/// The most movements drawn; those told most often come first in sight of all.
const MOST_ARROWS: usize = 400;

impl Areas {
    /// Paints the areas of a scene: a dashed outline, and hatching inside. Gives the type of the
    /// first, for the legend.
    pub fn paint(
        &mut self,
        ui: &Ui,
        rect: Rect,
        view: &View,
        scene: &Scene,
        generation: u64,
    ) -> Option<Option<EventType>> {
        let map = Basemap::bundled().ok()?;
        if self.generation != Some(generation) {
            self.ids = scene.areas.iter().map(|area| map.area_of(&area.key)).collect();
            self.generation = Some(generation);
            self.drawn = None;
        }
        let look = Look::of(ui);
        let dark = ui.visuals().dark_mode;
        if !self.drawn.as_ref().is_some_and(|drawn| drawn.serves(view, dark)) {
            let wide = View { width: view.width + 2.0 * MARGIN, height: view.height + 2.0 * MARGIN, ..*view };
            let shapes = self.shapes(map, scene, &wide, look);
            self.drawn = Some(Drawn { view: wide, dark, shapes });
        }
        let drawn = self.drawn.as_ref()?;
        let middle = on_screen(rect, view.screen_from_geo(drawn.view.center));
        let shift = middle - Pos2::new((drawn.view.width / 2.0) as f32, (drawn.view.height / 2.0) as f32);
        ui.painter().extend(drawn.shapes.iter().map(|shape| {
            let mut shape = shape.clone();
            shape.translate(shift);
            shape
        }));
        let known = scene.areas.iter().zip(&self.ids).find(|(area, id)| id.is_some() && area.kind.is_some());
        known.map(|(area, _)| area.kind).filter(|_| !drawn.shapes.is_empty())
    }

    fn shapes(&self, map: &Basemap, scene: &Scene, view: &View, look: Look) -> Vec<Shape> {
        let mut out = Vec::new();
        let mut hatched = 0;
        for (area, id) in scene.areas.iter().zip(&self.ids) {
            // A country that is only named would hatch half the map and tell nothing.
            let (Some(id), Some(_)) = (id, area.kind) else { continue };
            let rings = outline(map, *id, view);
            if rings.is_empty() {
                continue;
            }
            hatched += 1;
            shape_area(&rings, look.event_or_plain(area.kind), hatched <= MOST_HATCHED, &mut out);
        }
        out
    }
}

impl Drawn {
    /// Whether the shapes only have to be moved: the same zoom, and no cut edge in sight.
    fn serves(&self, view: &View, dark: bool) -> bool {
        let seen = self.view.screen_from_geo(view.center);
        let near = (seen.x - self.view.width / 2.0).abs() < MARGIN - 8.0
            && (seen.y - self.view.height / 2.0).abs() < MARGIN - 8.0;
        let size = self.view.width - view.width - 2.0 * MARGIN;
        near && self.dark == dark && size.abs() < 0.5 && (self.view.zoom - view.zoom).abs() < 1e-9
    }
}

fn shape_area(rings: &[Vec<ScreenPoint>], color: Color32, hatch: bool, out: &mut Vec<Shape>) {
    let on = |p: &ScreenPoint| Pos2::new(p.x as f32, p.y as f32);
    if hatch {
        let faint = Stroke::new(1.0, color.gamma_multiply(0.38));
        let lines = hatching(rings, 7.0);
        out.extend(lines.iter().take(MOST_LINES).map(|[a, b]| Shape::line_segment([on(a), on(b)], faint)));
    }
    let stroke = Stroke::new(1.2, color.gamma_multiply(0.9));
    for ring in rings {
        let mut points: Vec<Pos2> = ring.iter().map(on).collect();
        points.extend(points.first().copied());
        out.extend(Shape::dashed_line(&points, stroke, 4.0, 2.5));
    }
}

/// Paints the movements of a scene as arrows, each with a small ring around its destination;
/// gives the type of the first that is seen, for the legend.
pub fn arrows(ui: &Ui, rect: Rect, view: &View, scene: &Scene) -> Option<EventType> {
    let look = Look::of(ui);
    let mut seen = None;
    let mut drawn = 0;
    for arc in &scene.arcs {
        let Some(arrow) = Arrow::between(view, arc.from, arc.to, 14.0) else { continue };
        let curve: Vec<Pos2> = arrow.points(24).into_iter().map(|p| on_screen(rect, p)).collect();
        let head: Vec<Pos2> = arrow.head.iter().map(|p| on_screen(rect, *p)).collect();
        let all = curve.iter().chain(&head).fold(Rect::NOTHING, |all, p| all.union(Rect::from_pos(*p)));
        if !all.expand(4.0).intersects(rect) {
            continue;
        }
        let color = mix(look.event(arc.kind), look.panel(), 0.05);
        let halo = Stroke::new(4.5, look.halo().gamma_multiply(0.45));
        ui.painter().add(Shape::line(curve.clone(), halo));
        ui.painter().add(Shape::line(curve, Stroke::new(2.0, color)));
        ui.painter().add(Shape::convex_polygon(head, color, Stroke::NONE));
        seen = seen.or(Some(arc.kind));
        drawn += 1;
        if drawn >= MOST_ARROWS {
            break;
        }
    }
    seen
}

/// A ring around a place that a movement leads to and that has no marker.
pub fn destinations(ui: &Ui, rect: Rect, view: &View, scene: &Scene, marked: impl Fn(Pos2) -> bool) {
    let look = Look::of(ui);
    for arc in scene.arcs.iter().take(MOST_ARROWS) {
        let at = on_screen(rect, view.screen_from_geo(arc.to));
        if rect.contains(at) && !marked(at) {
            ui.painter().circle(at, 4.0, look.panel(), Stroke::new(2.0, look.event(arc.kind)));
        }
    }
}
