//! What stands on one spot, spread around it: the places of a cluster that no zoom takes apart,
//! or the passages behind the chosen marker.

use egui::{CursorIcon, Id, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::markers::{Spot, on};
use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::look::Look;
use crate::app::passages::{short, told};
use crate::app::state::Motion;
use crate::app::widgets::plural;
use crate::events::EventType;
use crate::places::PlaceIndex;

/// The most that is spread; the list at the right has all.
const MOST: usize = 40;
/// Radius of what is spread, in points.
const RADIUS: f32 = 7.0;
/// Distance between two neighbours, in points.
const SPACING: f64 = 22.0;
/// How long it takes to spread, in seconds.
const OPENING: f32 = 0.16;

/// One of the things on a spot.
struct Petal {
    command: Command,
    kind: Option<EventType>,
    said: String,
    chosen: bool,
    place: Option<PlaceIndex>,
}

/// Spreads what the chosen marker or cluster holds; gives the radius it takes.
pub fn show(ui: &mut Ui, rect: Rect, spots: &[Spot], cx: Cx<'_>, out: &mut Out) -> f32 {
    let (key, petals) = petals(cx);
    let Some(spot) = key.and_then(|place| spots.iter().find(|spot| spot.places.contains(&place))) else {
        return 0.0;
    };
    // What a place tells is not spread around a cluster that other places belong to.
    let shared = cx.now.cluster.is_empty() && spot.places.len() > 1;
    if petals.len() < 2 || shared || !rect.contains(spot.at) {
        return 0.0;
    }
    let id = Id::unique("spread").with((key.map(|place| place.0), petals.len()));
    let opening = if cx.view.motion == Motion::Full { OPENING } else { 0.0 };
    let grown = egui::emath::easing::cubic_out(ui.ctx().animate_bool_with_time(id, true, opening));
    let offsets = offsets(petals.len(), f64::from(spot.radius) + 16.0, SPACING);
    let look = Look::of(ui);
    for [x, y] in &offsets {
        let leg = Stroke::new(1.0, look.muted().gamma_multiply(0.7));
        ui.painter().line_segment([spot.at, spot.at + vec2(*x as f32, *y as f32) * grown], leg);
    }
    spot.paint_disc(ui, true);
    for (i, (petal, [x, y])) in petals.iter().zip(&offsets).enumerate() {
        let at = spot.at + vec2(*x as f32, *y as f32) * grown;
        show_one(ui, rect, at, petal, id.with(i), out);
    }
    let far = |[x, y]: &[f64; 2]| x.hypot(*y) as f32 + RADIUS;
    offsets.iter().map(far).fold(0.0, f32::max)
}

fn petals(cx: Cx<'_>) -> (Option<PlaceIndex>, Vec<Petal>) {
    if let Some(&first) = cx.now.cluster.first() {
        let rows = cx.now.cluster.iter().filter_map(|&place| cx.found.place(place)).take(MOST);
        let petal = |row: &crate::app::found::PlaceRow| Petal {
            command: Command::SelectPlace(row.index),
            kind: row.kind,
            said: format!("{}, {} {}", row.name, row.reports, plural(row.reports, "report", "reports")),
            chosen: cx.now.place == Some(row.index),
            place: Some(row.index),
        };
        return (Some(first), rows.map(petal).collect());
    }
    let Some(place) = cx.now.place else { return (None, Vec::new()) };
    let petal = |&passage: &crate::app::state::Passage| {
        let told = told(cx, passage)?;
        Some(Petal {
            command: Command::ShowPassage(passage),
            kind: told.kind,
            said: format!("{}: {}", told.remark, short(&told.quote, 120)),
            chosen: cx.now.passage == Some(passage),
            place: None,
        })
    };
    (Some(place), cx.found.passages(place).iter().take(MOST).filter_map(petal).collect())
}

fn show_one(ui: &mut Ui, rect: Rect, at: Pos2, petal: &Petal, id: Id, out: &mut Out) {
    let look = Look::of(ui);
    let color = look.event_or_plain(petal.kind);
    let area = Rect::from_center_size(at, Vec2::splat(2.0 * RADIUS + 4.0)).intersect(rect);
    let response = ui.interact(area, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, petal.chosen, &petal.said));
    if petal.chosen || response.hovered() || response.has_focus() {
        ui.painter().circle_filled(at, RADIUS + 4.0, color.gamma_multiply(0.3));
    }
    ui.painter().circle(at, RADIUS, color, Stroke::new(1.5, look.panel()));
    if petal.chosen {
        ui.painter().circle_filled(at, 2.5, on(color));
    }
    if response.hovered() {
        out.hover = petal.place.or(out.hover);
    }
    if response.on_hover_text(short(&petal.said, 160)).clicked() {
        out.send(petal.command.clone());
    }
}

/// Offsets of `n` signs around a spot: a ring for few, a spiral for many, at least `inner` points
/// away and `spacing` points from each other.
fn offsets(n: usize, inner: f64, spacing: f64) -> Vec<[f64; 2]> {
    let turn = std::f64::consts::TAU;
    if n <= 8 {
        let radius = inner.max(spacing * n as f64 / turn);
        let at = |i: usize| (i as f64 / n as f64 - 0.25) * turn;
        return (0..n).map(|i| [radius * at(i).cos(), radius * at(i).sin()]).collect();
    }
    let (mut angle, mut out) = (-turn / 4.0, Vec::with_capacity(n));
    for _ in 0..n {
        let radius = inner + spacing * 0.95 * (angle + turn / 4.0) / turn;
        out.push([radius * angle.cos(), radius * angle.sin()]);
        angle += spacing / radius;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_spread_covers_its_neighbour() {
        for n in [2, 5, 8, 9, 20, 40] {
            let all = offsets(n, 26.0, SPACING);
            assert_eq!(all.len(), n);
            for (i, a) in all.iter().enumerate() {
                assert!(a[0].hypot(a[1]) >= 25.9, "{n}");
                for b in &all[i + 1..] {
                    let apart = (a[0] - b[0]).hypot(a[1] - b[1]);
                    assert!(apart > 2.0 * f64::from(RADIUS), "{n}: {apart}");
                }
            }
        }
    }
}
