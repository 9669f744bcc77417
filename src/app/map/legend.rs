//! The legend at the lower left: only what is on the map.

use egui::{Align2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::markers::Spot;
use super::overlay;
use crate::app::look::{self, Look};
use crate::app::widgets;
use crate::events::EventType;
use crate::map::legend::LegendEntry;

/// Lines shown at most; a map of every type would be hidden by its own legend.
const MOST: usize = 8;
/// Height of a line, in points.
const LINE: f32 = 20.0;

/// What was painted in this frame and wants to be told.
#[derive(Debug, Default)]
pub struct Signs {
    /// The type of a movement in sight.
    pub movement: Option<EventType>,
    /// The type of a movement in sight whose start the text does not name.
    pub inferred: Option<EventType>,
    /// The type of a hatched area in sight.
    pub area: Option<Option<EventType>>,
}

/// The lines for what is in sight, at most `most`: types with most reports first, then movements,
/// areas, doubtful places, places that are only named; and how many types there was no room for.
fn entries(rect: Rect, spots: &[Spot], signs: &Signs, most: usize) -> (Vec<LegendEntry>, usize) {
    let other = other_signs(rect, spots, signs);
    let kinds = kinds(rect, spots);
    // A colour explains itself at a click, a sign does not: types give way.
    let room = most.saturating_sub(other.len()).max(2);
    let room = if kinds.len() <= room { room } else { room - 1 };
    let more = kinds.len().saturating_sub(room);
    (kinds.into_iter().take(room).map(LegendEntry::Events).chain(other).collect(), more)
}

/// The types of the markers in sight, most reports first.
fn kinds(rect: Rect, spots: &[Spot]) -> Vec<EventType> {
    let mut kinds: Vec<(EventType, usize)> = Vec::new();
    for spot in spots.iter().filter(|spot| rect.contains(spot.at)) {
        let Some(kind) = spot.kind else { continue };
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, n)) => *n += spot.reports,
            None => kinds.push((kind, spot.reports)),
        }
    }
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    kinds.into_iter().map(|(kind, _)| kind).collect()
}

/// What else is in sight.
fn other_signs(rect: Rect, spots: &[Spot], signs: &Signs) -> Vec<LegendEntry> {
    let seen = || spots.iter().filter(|spot| rect.contains(spot.at));
    let mut out: Vec<LegendEntry> = signs.movement.map(LegendEntry::Movement).into_iter().collect();
    out.extend(signs.inferred.map(LegendEntry::MovementFrom));
    out.extend(signs.area.map(LegendEntry::Area));
    if seen().any(|spot| spot.hollow && spot.kind.is_some()) && signs.area.is_none() {
        out.push(LegendEntry::AreaMarker);
    }
    if seen().any(|spot| spot.doubtful && spot.kind.is_some()) {
        out.push(LegendEntry::Doubtful);
    }
    if seen().any(|spot| spot.kind.is_none()) {
        out.push(LegendEntry::Mention);
    }
    out
}

/// How many lines it has at most on a map of this height, in points.
fn most_lines(height: f32) -> usize {
    if height < 560.0 { 4 } else { MOST }
}

/// Width and height from the map's lower left corner that a legend may take there, with the room
/// around it; nothing on a map too small for one.
pub fn room(width: f64, height: f64) -> Option<(f64, f64)> {
    // Signs stand beside the types, at least two of which are told.
    let lines = most_lines(height as f32).max(6) as f64;
    // The longest line, as far from the edge as the card is, and half a marker.
    let room = (276.0, lines * f64::from(LINE) + 62.0);
    (room.0 <= width * 0.6 && room.1 <= height * 0.6).then_some(room)
}

/// Shows the legend above the scale bar.
pub fn show(ui: &mut Ui, rect: Rect, spots: &[Spot], signs: &Signs) -> Option<Rect> {
    let most = most_lines(rect.height());
    let look = Look::of(ui);
    let (lines, more) = entries(rect, spots, signs, most);
    if lines.is_empty() {
        return None;
    }
    let text = |entry: &LegendEntry| {
        ui.painter().layout_no_wrap(entry.label().to_owned(), look::small(), look.ink())
    };
    let galleys: Vec<_> = lines.iter().map(text).collect();
    let widest = galleys.iter().map(|galley| galley.size().x).fold(60.0, f32::max);
    let rows = lines.len() + usize::from(more > 0);
    let size = vec2(widest + 46.0, rows as f32 * LINE + 16.0);
    let low = rect.bottom() - 34.0;
    let card = Rect::from_min_size(pos2(rect.left() + overlay::EDGE, low - size.y), size);
    if rect.width() < 360.0 || card.width() > rect.width() * 0.6 || card.height() > rect.height() * 0.5 {
        return None;
    }
    overlay::float(ui, card);
    let shown = lines.iter().filter(|line| matches!(line, LegendEntry::Events(_))).count();
    let row = |i: usize| card.top() + 8.0 + (i as f32 + 0.5) * LINE;
    for (i, (entry, galley)) in lines.iter().zip(galleys).enumerate() {
        let y = row(if more > 0 && i >= shown { i + 1 } else { i });
        sign(ui, look, *entry, pos2(card.left() + 17.0, y));
        ui.painter().galley(pos2(card.left() + 32.0, y - galley.size().y / 2.0), galley, look.ink());
    }
    if more > 0 {
        let (at, text) = (pos2(card.left() + 32.0, row(shown)), format!("and {more} more types"));
        widgets::text(ui, at, Align2::LEFT_CENTER, &text, look::small(), look.muted());
    }
    Some(card)
}

fn sign(ui: &Ui, look: Look, entry: LegendEntry, at: egui::Pos2) {
    let painter = ui.painter();
    match entry {
        LegendEntry::Events(kind) => {
            painter.circle_filled(at, 5.0, look.event(kind));
        }
        LegendEntry::Movement(kind) | LegendEntry::MovementFrom(kind) => {
            let (color, line) = (look.event(kind), [at - vec2(7.0, 0.0), at + vec2(3.0, 0.0)]);
            if matches!(entry, LegendEntry::Movement(_)) {
                painter.line_segment(line, Stroke::new(2.0, color));
            } else {
                painter.extend(Shape::dashed_line(&line, Stroke::new(2.0, color), 3.0, 2.0));
            }
            let head = vec![at + vec2(8.0, 0.0), at + vec2(1.5, -4.0), at + vec2(1.5, 4.0)];
            painter.add(Shape::convex_polygon(head, color, Stroke::NONE));
        }
        LegendEntry::Area(kind) => hatched(ui, at, look.event_or_plain(kind)),
        LegendEntry::AreaMarker => {
            painter.circle(at, 5.0, look.panel(), Stroke::new(2.0, look.muted()));
        }
        LegendEntry::Doubtful => {
            painter.circle_filled(at, 2.5, look.muted());
            let ring = |i: usize| at + 6.0 * egui::Vec2::angled(i as f32 * std::f32::consts::TAU / 16.0);
            let points: Vec<egui::Pos2> = (0..=16).map(ring).collect();
            painter.extend(Shape::dashed_line(&points, Stroke::new(1.2, look.muted()), 2.5, 2.0));
        }
        LegendEntry::Mention => {
            painter.circle_filled(at, 4.5, look.plain_mention());
        }
    }
}

fn hatched(ui: &Ui, at: egui::Pos2, color: egui::Color32) {
    let square = Rect::from_center_size(at, vec2(11.0, 11.0));
    ui.painter().rect_filled(square, 1, color.gamma_multiply(0.2));
    let painter = ui.painter_at(square);
    for step in 0..5 {
        let offset = step as f32 * 4.5 - 9.0;
        let (a, b) =
            (square.left_bottom() + vec2(offset, 0.0), square.left_bottom() + vec2(offset + 11.0, -11.0));
        painter.line_segment([a, b], Stroke::new(1.2, color));
    }
    ui.painter().rect_stroke(square, 1, Stroke::new(1.0, color), egui::StrokeKind::Inside);
}
