//! Markers: a disc with its number of reports, a ring where no point is meant.

use egui::{
    Align2, Color32, CursorIcon, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use crate::app::look::{self, Look};
use crate::app::widgets::plural;
use crate::events::EventType;
use crate::map::shapes::marker_radius;
use crate::map::view::{ScreenPoint, View};
use crate::places::{LonLat, PlaceIndex};

/// One marker on the screen: a place, or several that would overlap.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Its middle.
    pub at: Pos2,
    /// Its radius.
    pub radius: f32,
    /// Its number.
    pub reports: usize,
    /// The type of most of its events; `None` where the place is only named.
    pub kind: Option<EventType>,
    /// The places it stands for.
    pub places: Vec<PlaceIndex>,
    /// What it is called: the largest town among its places, else the most reported place.
    pub name: String,
    /// The place of that name.
    pub chief: Option<PlaceIndex>,
    /// Whether its place is doubtful.
    pub doubtful: bool,
    /// Whether it stands for an area: drawn as a ring, so that no point is meant.
    pub hollow: bool,
    /// Where it is on the Earth.
    pub geo: LonLat,
}

/// Most markers that can be reached by keyboard and screen reader; beyond them the lists serve.
const REACHABLE: usize = 200;

impl Spot {
    /// What is written beside it: "Kabul", "Kabul +2".
    pub fn label(&self) -> String {
        match self.places.len() {
            0 | 1 => self.name.clone(),
            many => format!("{} +{}", self.name, many - 1),
        }
    }

    /// Its radius with the rings around it.
    pub fn reach(&self) -> f32 {
        match self.places.len() {
            0 | 1 if self.doubtful => self.radius + 5.0,
            0 | 1 => self.radius + 1.0,
            _ => self.radius + 4.0,
        }
    }

    /// "Kabul, 5 reports".
    pub fn said(&self) -> String {
        let n = self.reports;
        match self.places.len() {
            0 | 1 if self.kind.is_none() => format!("{}, named without an event", self.name),
            0 | 1 => format!("{}, {n} {}", self.name, plural(n, "report", "reports")),
            many => format!("{many} places around {}, {n} {}", self.name, plural(n, "report", "reports")),
        }
    }
}

/// Radius of a marker by its number of reports, that of a picture's; a place that is only named
/// is a dot.
pub fn radius(reports: usize, kind: Option<EventType>, members: usize) -> f32 {
    if kind.is_none() && members < 2 { 5.0 } else { marker_radius(reports) as f32 }
}

/// Where a point of the view is on the screen.
pub fn on_screen(rect: Rect, point: ScreenPoint) -> Pos2 {
    rect.min + vec2(point.x as f32, point.y as f32)
}

/// Where a place is on the screen.
pub fn screen_of(rect: Rect, view: &View, at: LonLat) -> Pos2 {
    on_screen(rect, view.screen_from_geo(at))
}

/// What is chosen and under the pointer, and whether markers can be clicked now.
#[derive(Debug, Clone, Copy)]
pub struct Chosen {
    /// The chosen place.
    pub place: Option<PlaceIndex>,
    /// The place under the pointer, wherever it is named.
    pub hover: Option<PlaceIndex>,
    /// Whether no tool is in hand.
    pub hands: bool,
}

/// What a person does with the markers, by their indices.
#[derive(Debug, Clone, Copy, Default)]
pub struct Touched {
    /// The one clicked.
    pub clicked: Option<usize>,
    /// The one under the pointer, or with the keyboard.
    pub hovered: Option<usize>,
    /// Whether one has the keyboard.
    pub keyboard: bool,
}

/// Paints the markers, the least first; gives what a person does with them.
pub fn show(ui: &mut Ui, rect: Rect, map: &Response, spots: &[Spot], chosen: Chosen) -> Touched {
    let mut out = Touched::default();
    for (i, spot) in spots.iter().enumerate() {
        if !rect.expand(spot.radius + 8.0).contains(spot.at) {
            continue;
        }
        let is = |place: Option<PlaceIndex>| place.is_some_and(|place| spot.places.contains(&place));
        spot.paint(ui, is(chosen.place), is(chosen.hover));
        if !chosen.hands {
            continue;
        }
        if i + REACHABLE >= spots.len() {
            let response = reach(ui, rect, spot, i);
            if response.clicked() {
                out.clicked = Some(i);
            }
            out.keyboard |= response.has_focus();
            if response.hovered() || response.has_focus() {
                out.hovered = Some(i);
            }
        } else if map.hovered()
            && map.hover_pos().is_some_and(|p| p.distance(spot.at) <= spot.radius.max(9.0))
        {
            // Those beyond the reach of the keyboard are still under the pointer.
            out.hovered = Some(i);
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            if map.clicked() {
                out.clicked = Some(i);
            }
        }
    }
    out
}

fn reach(ui: &mut Ui, rect: Rect, spot: &Spot, i: usize) -> Response {
    let key = spot.places.first().map_or(u32::MAX, |place| place.0);
    let id = ui.scope_id().with(("marker", key, spot.places.len(), if key == u32::MAX { i } else { 0 }));
    let area = Rect::from_center_size(spot.at, Vec2::splat(2.0 * spot.radius.max(9.0))).intersect(rect);
    let response = ui.interact(area, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    let said = spot.said();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Look::of(ui).accent());
        ui.painter().circle_stroke(spot.at, spot.radius + 4.0, stroke);
        // The arrows move the map, not the keyboard.
        let filter = egui::EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
    }
    response
}

impl Spot {
    fn paint(&self, ui: &Ui, chosen: bool, hovered: bool) {
        let color = Look::of(ui).event_or_plain(self.kind);
        if chosen || hovered {
            let wide = if chosen { 7.0 } else { 5.0 };
            ui.painter().circle_filled(self.at, self.radius + wide, color.gamma_multiply(0.28));
        }
        self.paint_disc(ui, chosen);
    }

    /// The disc or ring with its number.
    pub fn paint_disc(&self, ui: &Ui, chosen: bool) {
        let (look, painter) = (Look::of(ui), ui.painter());
        let color = look.event_or_plain(self.kind);
        let named = self.kind.is_none() && self.places.len() == 1;
        let fill = if self.hollow { look.panel() } else { color };
        let rim = match (self.hollow, named) {
            (true, true) => Stroke::new(1.5, color),
            (true, false) => Stroke::new(2.5, color),
            _ => Stroke::new(1.5, look.panel()),
        };
        if self.places.len() > 1 && !named {
            painter.circle_filled(self.at, self.radius + 3.0, color.gamma_multiply(0.35));
        }
        painter.circle(self.at, self.radius, fill, rim);
        if self.doubtful && !named {
            let ring = circle(self.at, self.radius + 3.5);
            painter.extend(Shape::dashed_line(&ring, Stroke::new(1.5, color), 3.0, 3.0));
        }
        if chosen {
            painter.circle_stroke(self.at, self.radius + 2.0, Stroke::new(1.5, color));
        }
        if !named {
            let size = if self.reports > 999 {
                9.0
            } else if self.reports > 99 {
                10.0
            } else {
                11.5
            };
            let font = egui::FontId::new(size, look::semibold());
            let ink = if self.hollow { look.ink() } else { on(color) };
            painter.text(self.at, Align2::CENTER_CENTER, short_number(self.reports), font, ink);
        }
    }
}

/// "950", "1.2k", "34k".
fn short_number(n: usize) -> String {
    match n {
        0..=999 => n.to_string(),
        1000..=9999 => format!("{:.1}k", n as f32 / 1000.0),
        _ => format!("{}k", n / 1000),
    }
}

/// White or black, whichever can be read on a colour.
pub fn on(color: Color32) -> Color32 {
    let luma = 0.299 * f32::from(color.r()) + 0.587 * f32::from(color.g()) + 0.114 * f32::from(color.b());
    if luma > 150.0 { Color32::from_rgb(0x15, 0x18, 0x1b) } else { Color32::WHITE }
}

fn circle(at: Pos2, radius: f32) -> Vec<Pos2> {
    (0..=36).map(|i| at + Vec2::angled(i as f32 / 36.0 * std::f32::consts::TAU) * radius).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn markers_grow_with_their_reports_but_never_cover_the_map() {
        let sizes: Vec<f32> = [1, 2, 5, 50, 5000].map(|n| radius(n, Some(EventType::Move), 1)).to_vec();
        assert!(sizes.windows(2).all(|pair| pair[0] < pair[1] || pair[1] >= 17.0), "{sizes:?}");
    }

    #[test]
    fn large_numbers_are_short() {
        assert_eq!([7, 999, 1234, 34_567].map(short_number), ["7", "999", "1.2k", "34k"]);
    }

    #[test]
    fn a_marker_says_its_name_and_number() {
        let mut spot = Spot {
            at: pos2(0.0, 0.0),
            radius: 8.0,
            reports: 5,
            kind: Some(EventType::Control),
            places: vec![PlaceIndex(1)],
            name: "Kabul".into(),
            chief: Some(PlaceIndex(1)),
            doubtful: false,
            hollow: false,
            geo: LonLat::default(),
        };
        assert_eq!(spot.said(), "Kabul, 5 reports");
        spot.reports = 1;
        spot.places.push(PlaceIndex(2));
        assert_eq!(spot.said(), "2 places around Kabul, 1 report");
    }
}
