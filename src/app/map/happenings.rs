//! What lies under the markers: areas known no better, and movements.

use egui::{Pos2, Rect, Shape, Stroke, Ui};

use super::markers::on_screen;
use crate::app::look::Look;
use crate::app::widgets::mix;
use crate::map::area::AreaId;
use crate::map::scene::Scene;
use crate::map::shapes::{Arrow, hatching, outline};
use crate::map::view::View;
use crate::map::{Basemap, ScreenPoint};

/// The polygons of a scene's areas, looked up once.
#[derive(Debug, Default)]
pub struct Areas {
    generation: Option<u64>,
    ids: Vec<Option<AreaId>>,
}

/// A polygon of a whole continent is not hatched line by line; its outline is enough.
const MOST_LINES: usize = 1500;

impl Areas {
    /// Paints the areas of a scene: a dashed outline, and hatching inside.
    pub fn paint(&mut self, ui: &Ui, rect: Rect, view: &View, scene: &Scene, generation: u64) {
        let Ok(map) = Basemap::bundled() else { return };
        if self.generation != Some(generation) {
            self.ids = scene.areas.iter().map(|area| map.area_of(&area.key)).collect();
            self.generation = Some(generation);
        }
        let look = Look::of(ui);
        for (area, id) in scene.areas.iter().zip(&self.ids) {
            // A country that is only named would hatch half the map and tell nothing.
            let (Some(id), Some(_)) = (id, area.kind) else { continue };
            let rings = outline(map, *id, view);
            let color = look.event_or_plain(area.kind);
            paint_area(ui, rect, &rings, color);
        }
    }
}

fn paint_area(ui: &Ui, rect: Rect, rings: &[Vec<ScreenPoint>], color: egui::Color32) {
    let on = |p: &ScreenPoint| on_screen(rect, *p);
    let faint = Stroke::new(1.0, color.gamma_multiply(0.38));
    for [a, b] in hatching(rings, 7.0).iter().take(MOST_LINES) {
        ui.painter().line_segment([on(a), on(b)], faint);
    }
    let stroke = Stroke::new(1.2, color.gamma_multiply(0.9));
    for ring in rings {
        let mut points: Vec<Pos2> = ring.iter().map(on).collect();
        points.extend(points.first().copied());
        ui.painter().extend(Shape::dashed_line(&points, stroke, 4.0, 2.5));
    }
}

/// Paints the movements of a scene as arrows; `faded` while something else is chosen.
pub fn arrows(ui: &Ui, rect: Rect, view: &View, scene: &Scene) {
    let look = Look::of(ui);
    for arc in &scene.arcs {
        let Some(arrow) = Arrow::between(view, arc.from, arc.to, 14.0) else { continue };
        let color = mix(look.event(arc.kind), look.panel(), 0.05);
        let curve: Vec<Pos2> = arrow.points(24).into_iter().map(|p| on_screen(rect, p)).collect();
        ui.painter().add(Shape::line(curve, Stroke::new(2.0, color)));
        let head = arrow.head.iter().map(|p| on_screen(rect, *p)).collect();
        ui.painter().add(Shape::convex_polygon(head, color, Stroke::NONE));
    }
}
