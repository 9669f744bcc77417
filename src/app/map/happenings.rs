//! What lies under the markers: areas known no better, and movements.

use egui::{Color32, Pos2, Rect, Shape, Stroke, Ui};

use super::markers::{Spot, on_screen};
use crate::app::look::Look;
use crate::app::widgets::mix;
use crate::events::EventType;
use crate::map::area::AreaLevel;
use crate::map::outline::AreaShape;
use crate::map::scene::{Arc, Area, Scene};
use crate::map::shapes::{Arrow, END_GAP, END_RADIUS, hatching};
use crate::map::view::View;
use crate::map::{Basemap, ScreenPoint};

/// The polygons of a scene's areas, looked up once, and their shapes, moved along with the map.
#[derive(Default)]
pub struct Areas {
    generation: Option<u64>,
    areas: Vec<Option<AreaShape>>,
    drawn: Option<Drawn>,
}

struct Drawn {
    view: View,
    dark: bool,
    shapes: Vec<Shape>,
    /// The box around each area with its type, for the legend.
    boxes: Vec<(Rect, Option<EventType>)>,
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
            let shape = |area: &Area| map.area_of(&area.key).map(AreaShape::new);
            self.areas = scene.areas.iter().map(shape).collect();
            self.generation = Some(generation);
            self.drawn = None;
        }
        let look = Look::of(ui);
        let dark = ui.visuals().dark_mode;
        if !self.drawn.as_ref().is_some_and(|drawn| drawn.serves(view, dark)) {
            let wide = View { width: view.width + 2.0 * MARGIN, height: view.height + 2.0 * MARGIN, ..*view };
            let (shapes, boxes) = self.shapes(map, scene, &wide, look);
            self.drawn = Some(Drawn { view: wide, dark, shapes, boxes });
        }
        let drawn = self.drawn.as_ref()?;
        let middle = on_screen(rect, view.screen_from_geo(drawn.view.center));
        let shift = middle - Pos2::new((drawn.view.width / 2.0) as f32, (drawn.view.height / 2.0) as f32);
        ui.painter().extend(drawn.shapes.iter().map(|shape| {
            let mut shape = shape.clone();
            shape.translate(shift);
            shape
        }));
        let seen = drawn.boxes.iter().find(|(area, _)| area.translate(shift).intersects(rect));
        seen.map(|(_, kind)| *kind)
    }

    fn shapes(
        &self,
        map: &Basemap,
        scene: &Scene,
        view: &View,
        look: Look,
    ) -> (Vec<Shape>, Vec<(Rect, Option<EventType>)>) {
        let (mut out, mut boxes) = (Vec::new(), Vec::new());
        let mut hatched = 0;
        for (area, shape) in scene.areas.iter().zip(&self.areas) {
            // A country that is only named would hatch half the map and tell nothing.
            let (Some(shape), Some(_)) = (shape, area.kind) else { continue };
            let rings = shape.seen(map, view);
            if rings.is_empty() {
                continue;
            }
            hatched += 1;
            let points = rings.iter().flatten().map(|p| Pos2::new(p.x as f32, p.y as f32));
            let around = points.fold(Rect::NOTHING, |all, p| all.union(Rect::from_pos(p)));
            boxes.push((around, area.kind));
            let color = look.event_or_plain(area.kind);
            // A country is drawn fainter than a province: it says less, and covers more.
            let hatch = match area.key.level {
                _ if hatched > MOST_HATCHED => None,
                AreaLevel::Country => Some((11.0, 0.22)),
                AreaLevel::Province => Some((7.0, 0.42)),
            };
            shape_area(&rings, color, hatch, &mut out);
        }
        (out, boxes)
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

/// A dashed outline, and inside it lines of such a spacing and strength.
fn shape_area(rings: &[Vec<ScreenPoint>], color: Color32, hatch: Option<(f64, f32)>, out: &mut Vec<Shape>) {
    let on = |p: &ScreenPoint| Pos2::new(p.x as f32, p.y as f32);
    if let Some((spacing, strength)) = hatch {
        let faint = Stroke::new(1.0, color.gamma_multiply(strength));
        let lines = hatching(rings, spacing);
        out.extend(lines.iter().take(MOST_LINES).map(|[a, b]| Shape::line_segment([on(a), on(b)], faint)));
    }
    let stroke = Stroke::new(1.2, color.gamma_multiply(0.4 + hatch.map_or(0.0, |(_, strength)| strength)));
    let outlines: Vec<Vec<Pos2>> = rings.iter().map(|ring| thinned(ring.iter().map(on))).collect();
    let length: f32 = outlines.iter().flat_map(|ring| ring.windows(2)).map(|p| p[0].distance(p[1])).sum();
    // Every dash costs the software driver time in every frame, and a ragged coast has thousands.
    let scale = (length / LONG).max(1.0);
    for ring in outlines.iter().filter(|ring| !is_speck(ring)) {
        out.extend(Shape::dashed_line(ring, stroke, 4.0 * scale, 2.5 * scale));
    }
}

/// An outline longer than this, in points, has longer dashes.
const LONG: f32 = 1500.0;
/// Points of an outline nearer to each other than this look like one.
const FINE: f32 = 2.0;
/// Islets whose box is narrower and lower than this are left out: dashes tell no shape there.
const SPECK: f32 = 5.0;

/// A closed outline without the points that cannot be told apart.
fn thinned(ring: impl Iterator<Item = Pos2>) -> Vec<Pos2> {
    let mut out: Vec<Pos2> = Vec::new();
    for point in ring {
        if out.last().is_none_or(|last| last.distance(point) >= FINE) {
            out.push(point);
        }
    }
    out.extend(out.first().copied());
    out
}

/// Whether an outline is too small for dashes.
fn is_speck(ring: &[Pos2]) -> bool {
    let around = Rect::from_points(ring);
    around.width() < SPECK && around.height() < SPECK
}

/// Paints the movements of a scene as arrows, dashed where the text does not name the start; gives
/// the types of the first told and of the first inferred that are seen, for the legend.
pub fn arrows(ui: &Ui, rect: Rect, view: &View, scene: &Scene, spots: &[Spot]) -> [Option<EventType>; 2] {
    let mut seen = [None, None];
    let mut drawn = 0;
    for arc in &scene.arcs {
        let gap = |at, free: f64| {
            let at = on_screen(rect, view.screen_from_geo(at));
            let spot = spots.iter().rev().find(|spot| spot.at.distance(at) < spot.radius + 2.0);
            spot.map_or(free, |spot| f64::from(spot.reach()) + 3.0)
        };
        let gaps = [gap(arc.from, 4.0), gap(arc.to, END_GAP)];
        let Some(arrow) = Arrow::between(view, arc.from, arc.to, gaps) else { continue };
        let curve: Vec<Pos2> = arrow.points(24).into_iter().map(|p| on_screen(rect, p)).collect();
        if !Rect::from_points(&curve).expand(16.0).intersects(rect) {
            continue;
        }
        let in_sight = curve.iter().any(|p| rect.contains(*p));
        paint_arrow(ui, rect, &arrow, curve, arc);
        if !in_sight {
            continue;
        }
        let first = &mut seen[usize::from(arc.inferred)];
        *first = first.or(Some(arc.kind));
        drawn += 1;
        if drawn >= MOST_ARROWS {
            break;
        }
    }
    seen
}

/// The curve over its halo, the head, and a ring around a destination without a marker.
fn paint_arrow(ui: &Ui, rect: Rect, arrow: &Arrow, curve: Vec<Pos2>, arc: &Arc) {
    let (look, painter) = (Look::of(ui), ui.painter());
    let color = mix(look.event(arc.kind), look.panel(), 0.05);
    let head: Vec<Pos2> = arrow.head.iter().map(|p| on_screen(rect, *p)).collect();
    let halo = look.halo().gamma_multiply(0.55);
    painter.add(Shape::line(curve.clone(), Stroke::new(5.0, halo)));
    if arc.inferred {
        painter.extend(Shape::dashed_line(&curve, Stroke::new(2.2, color), 6.0, 4.0));
    } else {
        painter.add(Shape::line(curve, Stroke::new(2.2, color)));
    }
    painter.add(Shape::convex_polygon(head, color, Stroke::new(1.0, halo)));
    if arrow.ringed {
        let end = on_screen(rect, arrow.end);
        painter.circle(end, END_RADIUS as f32, look.panel(), Stroke::new(2.0, look.event(arc.kind)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_lose_what_cannot_be_seen_and_stay_closed() {
        let ragged = (0..100).map(|i| Pos2::new(i as f32 * 0.5, if i % 2 == 0 { 0.0 } else { 0.4 }));
        let thin = thinned(ragged);
        assert!(thin.len() < 30 && thin.first() == thin.last(), "{thin:?}");
        assert!(
            is_speck(&[Pos2::ZERO, Pos2::new(3.0, 4.0)]) && !is_speck(&[Pos2::ZERO, Pos2::new(3.0, 40.0)])
        );
    }
}
