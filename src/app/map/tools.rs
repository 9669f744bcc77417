//! What can be done on the map beside looking: measuring a way, drawing a region.

use egui::{
    Align2, CornerRadius, CursorIcon, Id, Key, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::markers::{on_screen, screen_of};
use super::overlay::{self, EDGE};
use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::look::{self, Look};
use crate::app::state::Tool;
use crate::app::widgets;
use crate::map::measure::{format_length, path_length_m};
use crate::map::{ScreenPoint, View};
use crate::places::LonLat;

/// What is being drawn, in points of the window.
#[derive(Debug, Default)]
pub struct Drawing {
    points: Vec<Pos2>,
}

/// A new corner of a lasso is this far from the one before, in points.
const STEP: f32 = 6.0;
/// The sides of a box are cut into so many pieces, so that a wide one goes the right way round.
const PIECES: usize = 8;

/// Where a point of the window is on the Earth.
pub fn geo(rect: Rect, view: &View, at: Pos2) -> LonLat {
    view.geo_from_screen(ScreenPoint::new(f64::from(at.x - rect.left()), f64::from(at.y - rect.top())))
}

/// While a region is drawn, the map's own gestures rest: the response of what lies over it.
pub fn sheet(ui: &Ui, rect: Rect) -> Response {
    let response = ui.interact(rect, Id::unique("drawing"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Map, drawing a region"));
    response.on_hover_cursor(CursorIcon::Crosshair)
}

impl Drawing {
    /// Goes on with what the tool does; call it after the markers, so that it lies on top.
    pub fn show(&mut self, ui: &Ui, rect: Rect, view: &View, map: &Response, cx: Cx<'_>, out: &mut Out) {
        match cx.now.tool {
            Tool::Hand => self.points.clear(),
            Tool::Measure => {
                self.points.clear();
                if map.clicked()
                    && let Some(at) = map.interact_pointer_pos()
                {
                    out.send(Command::Measure(geo(rect, view, at)));
                }
            }
            Tool::Box | Tool::Lasso => self.draw(ui, rect, view, map, cx.now.tool, out),
        }
        if !cx.now.way.is_empty() || cx.now.tool == Tool::Measure {
            way(ui, rect, view, map, cx);
        }
    }

    fn draw(&mut self, ui: &Ui, rect: Rect, view: &View, map: &Response, tool: Tool, out: &mut Out) {
        let pointer = map.interact_pointer_pos().map(|at| rect.clamp(at));
        if map.drag_started() {
            self.points = ui.input(|i| i.pointer.press_origin()).into_iter().collect();
        }
        if map.dragged()
            && let Some(at) = pointer
        {
            let far = self.points.last().is_none_or(|last| last.distance(at) >= STEP);
            match tool {
                Tool::Lasso if far => self.points.push(at),
                Tool::Box => {
                    self.points.truncate(1);
                    self.points.push(at);
                }
                _ => {}
            }
        }
        let corners = self.corners(tool);
        if corners.len() > 1 {
            outline(ui, corners.clone());
        }
        if map.drag_stopped() {
            self.points.clear();
            let area = corners.iter().fold(Rect::NOTHING, |all, p| all.union(Rect::from_pos(*p)));
            if corners.len() > 2 && area.width() > 4.0 && area.height() > 4.0 {
                out.send(Command::Region(corners.into_iter().map(|at| geo(rect, view, at)).collect()));
            }
        }
    }

    fn corners(&self, tool: Tool) -> Vec<Pos2> {
        match (tool, self.points[..].first(), self.points.last()) {
            (Tool::Box, Some(&a), Some(&b)) if a != b => box_corners(Rect::from_two_pos(a, b)),
            (Tool::Box, ..) => Vec::new(),
            _ => self.points.clone(),
        }
    }
}

/// The corners of a box and points between them.
fn box_corners(area: Rect) -> Vec<Pos2> {
    let ends = [area.left_top(), area.right_top(), area.right_bottom(), area.left_bottom()];
    let next = ends.iter().cycle().skip(1);
    let side = |(a, b): (&Pos2, &Pos2)| {
        let (a, b) = (*a, *b);
        (0..PIECES).map(move |i| a.lerp(b, i as f32 / PIECES as f32))
    };
    ends.iter().zip(next).flat_map(side).collect()
}

fn outline(ui: &Ui, mut points: Vec<Pos2>) {
    let look = Look::of(ui);
    points.extend(points.first().copied());
    ui.painter().add(Shape::line(points.clone(), Stroke::new(4.0, look.halo().gamma_multiply(0.6))));
    ui.painter().extend(Shape::dashed_line(&points, Stroke::new(1.6, look.accent()), 6.0, 4.0));
}

/// The region that filters the events, and the chip that clears it.
pub fn region(ui: &mut Ui, rect: Rect, view: &View, top: f32, cx: Cx<'_>, out: &mut Out) {
    let Some(region) = &cx.view.filter.region else { return };
    let points: Vec<Pos2> = region.corners.iter().map(|&at| screen_of(rect, view, at)).collect();
    // Where the world's copies meet a corner may be seen on the other side: no line across.
    let torn =
        points.windows(2).any(|pair| matches!(pair, [a, b] if (a.x - b.x).abs() > view.world() as f32 / 2.0));
    if !torn {
        outline(ui, points);
    }
    let shown = cx.found.events.len();
    let text = format!("Drawn region: {}", widgets::many(shown, "event", "events"));
    chip(ui, rect, top, &text, Command::Region(Vec::new()), "Clear the drawn region", out);
}

/// What the tool in hand wants, with a cross to lay it down.
pub fn told(ui: &mut Ui, rect: Rect, top: f32, cx: Cx<'_>, out: &mut Out) -> f32 {
    let text = match cx.now.tool {
        Tool::Hand => return 0.0,
        Tool::Measure => "Click points on the map · Backspace takes one back · Esc ends",
        Tool::Box => "Drag a box around the events to be shown · Esc ends",
        Tool::Lasso => "Draw a line around the events to be shown · Esc ends",
    };
    chip(ui, rect, top, text, Command::Tool(Tool::Hand), "Lay the tool down", out);
    44.0
}

fn chip(ui: &mut Ui, rect: Rect, top: f32, text: &str, command: Command, name: &str, out: &mut Out) {
    let look = Look::of(ui);
    let room = (rect.width() - 3.0 * EDGE - 32.0 - 46.0).max(80.0);
    let galley = ui.painter().layout(text.to_owned(), look::small_strong(), look.ink(), room);
    let size = vec2(galley.size().x + 46.0, galley.size().y.max(14.0) + 20.0);
    let card = Rect::from_min_size(pos2(rect.left() + EDGE, rect.top() + EDGE + top), size);
    overlay::float(ui, card);
    ui.painter().galley(
        pos2(card.left() + 12.0, card.center().y - galley.size().y / 2.0),
        galley,
        look.ink(),
    );
    let close = Rect::from_center_size(pos2(card.right() - 18.0, card.center().y), vec2(24.0, 24.0));
    let response = ui.interact(close, ui.scope_id().with(name), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let stroke = Stroke::new(1.3, if response.hovered() { look.ink() } else { look.muted() });
    for (dx, dy) in [(4.0, 4.0), (4.0, -4.0)] {
        ui.painter().line_segment([close.center() - vec2(dx, dy), close.center() + vec2(dx, dy)], stroke);
    }
    widgets::focus_ring(ui, &response, close);
    if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name).clicked() {
        out.send(command);
    }
}

/// The measured way with its length, and the piece to the pointer while it is being drawn.
fn way(ui: &Ui, rect: Rect, view: &View, map: &Response, cx: Cx<'_>) {
    let look = Look::of(ui);
    let mut way = cx.now.way.clone();
    if cx.now.tool == Tool::Measure {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        way.extend(map.hover_pos().map(|at| geo(rect, view, at)));
    }
    let mut points: Vec<Pos2> = Vec::with_capacity(way.len());
    for &at in &way {
        // Each point is shown in the copy of the world that is nearest to the point before.
        let mut at = on_screen(rect, view.screen_from_geo(at));
        if let Some(last) = points.last() {
            let world = view.world() as f32;
            at.x -= ((at.x - last.x) / world).round() * world;
        }
        points.push(at);
    }
    ui.painter().add(Shape::line(points.clone(), Stroke::new(4.5, look.halo().gamma_multiply(0.8))));
    ui.painter().add(Shape::line(points.clone(), Stroke::new(2.0, look.accent())));
    for at in points.iter().take(cx.now.way.len()) {
        ui.painter().circle(*at, 4.0, look.panel(), Stroke::new(2.0, look.accent()));
    }
    if let (Some(&at), true) = (points.last(), way.len() > 1) {
        let text = format_length(path_length_m(&way));
        let galley = ui.painter().layout_no_wrap(text, look::small_strong(), look.ink());
        let label =
            Align2::LEFT_CENTER.anchor_size(at + vec2(14.0, -14.0), galley.size()).expand2(vec2(7.0, 4.0));
        let radius = CornerRadius::same(look::RADIUS_CONTROL);
        ui.painter().rect(label, radius, look.panel(), look.line(), StrokeKind::Outside);
        ui.painter().galley(label.min + vec2(7.0, 4.0), galley, look.ink());
    }
}

/// The menu of the right button: what can be done at this point.
pub fn menu(map: &Response, cx: Cx<'_>, at: Option<LonLat>, out: &mut Out) {
    map.context_menu(|ui| {
        ui.set_min_width(210.0);
        let Some(at) = at else { return };
        let text = cx.view.map.coordinates.format(at);
        widgets::paragraph(ui, &text, look::small(), Look::of(ui).muted());
        for (name, command) in [
            ("Copy coordinates", Command::CopyCoordinates),
            ("Measure from here", Command::Measure(at)),
            ("Look here", Command::LookAt(at)),
        ] {
            if ui
                .add(egui::Button::new(name).frame_when_inactive(false).min_size(vec2(200.0, 28.0)))
                .clicked()
            {
                out.send(command);
                ui.close();
            }
        }
    });
}

/// Whether the keys that end a way were pressed.
pub fn ended(ui: &Ui, cx: Cx<'_>) -> bool {
    cx.now.tool == Tool::Measure && ui.input(|i| i.key_pressed(Key::Enter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_goes_round_its_area_in_small_steps() {
        let area = Rect::from_min_max(pos2(10.0, 20.0), pos2(410.0, 120.0));
        let corners = box_corners(area);
        assert_eq!(corners.len(), 4 * PIECES);
        assert!(corners.iter().all(|p| area.contains(*p)));
        let longest = corners.windows(2).map(|pair| pair[0].distance(pair[1])).fold(0.0, f32::max);
        assert!(longest <= 400.0 / PIECES as f32 + 0.1, "{longest}");
    }

    #[test]
    fn a_click_alone_draws_no_box() {
        let drawing = Drawing { points: vec![pos2(5.0, 5.0)] };
        assert!(drawing.corners(Tool::Box).is_empty());
    }
}
