//! Lines of equal latitude and longitude, with their degrees at the edge.

use egui::{Align2, FontFamily, FontId, Rect, Stroke, Ui, pos2};

use crate::app::look::Look;
use crate::map::View;
use crate::map::view::{MAX_LAT, mercator_x, mercator_y, wrap_lon};

/// Distances between lines, in degrees.
const STEPS: [f64; 9] = [30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1];
/// Lines are at least this far from each other, in points.
const APART: f64 = 90.0;

/// Paints the lines of a view.
pub fn show(ui: &Ui, rect: Rect, view: &View) {
    let look = Look::of(ui);
    let stroke = Stroke::new(1.0, look.muted().gamma_multiply(0.35));
    let step = step(view);
    let label = |at, align, text: String| {
        let font = FontId::new(10.0, FontFamily::Proportional);
        let galley = ui.painter().layout_no_wrap(text, font, look.muted());
        let place = Align2::anchor_size(align, at, galley.size());
        ui.painter().rect_filled(place.expand(1.0), 2, look.halo().gamma_multiply(0.7));
        ui.painter().galley(place.min, galley, look.muted());
    };
    let world = view.world();
    let (left, top) = (view.world_left(), view.world_top());
    let first = ((-left / world * 360.0) / step).ceil() as i64;
    let last = (((view.width - left) / world * 360.0) / step).floor() as i64;
    for n in first..=last.min(first + 400) {
        let lon = n as f64 * step - 180.0;
        let x = rect.left() + (left + mercator_x(lon) * world) as f32;
        ui.painter().vline(x, rect.y_range(), stroke);
        label(pos2(x + 3.0, rect.bottom() - 34.0), Align2::LEFT_BOTTOM, degrees(wrap_lon(lon), 'E', 'W'));
    }
    let highest = (MAX_LAT / step).floor() as i64;
    for n in -highest..=highest {
        let lat = n as f64 * step;
        let y = rect.top() + (top + mercator_y(lat) * world) as f32;
        if rect.y_range().contains(y) {
            ui.painter().hline(rect.x_range(), y, stroke);
            label(pos2(rect.right() - 50.0, y - 2.0), Align2::RIGHT_BOTTOM, degrees(lat, 'N', 'S'));
        }
    }
}

/// The least distance between lines that are not too near to each other.
fn step(view: &View) -> f64 {
    let points = |step: &f64| view.world() * step / 360.0;
    STEPS.into_iter().rev().find(|step| points(step) >= APART).unwrap_or(30.0)
}

/// "69.5° E".
fn degrees(value: f64, positive: char, negative: char) -> String {
    let side = if value < 0.0 { negative } else { positive };
    let value = (value.abs() * 10.0).round() / 10.0;
    if value == 0.0 { "0°".to_owned() } else { format!("{value}° {side}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::LonLat;

    #[test]
    fn lines_are_never_crowded() {
        for zoom in [1.0, 3.0, 6.0, 9.0, 12.0] {
            let view = View { center: LonLat::new(69.0, 34.0), zoom, width: 700.0, height: 600.0 };
            let points = view.world() * step(&view) / 360.0;
            assert!(points >= APART || step(&view) == 30.0, "{zoom}: {points}");
        }
    }

    #[test]
    fn degrees_tell_their_side() {
        assert_eq!(
            [degrees(69.5, 'E', 'W'), degrees(-20.0, 'N', 'S'), degrees(0.0, 'N', 'S')],
            ["69.5° E", "20° S", "0°"]
        );
    }
}
