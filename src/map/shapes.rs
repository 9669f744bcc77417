//! Shapes that the window and the image draw alike: arrows and hatching.

use super::labels::ScreenBox;
use super::view::{ScreenPoint, View};
use crate::places::LonLat;

/// A curved arrow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrow {
    /// Where it starts.
    pub from: ScreenPoint,
    /// The control point of the quadratic curve.
    pub control: ScreenPoint,
    /// Where the curve ends: at the foot of the head.
    pub to: ScreenPoint,
    /// The head: tip, then the two corners of its foot.
    pub head: [ScreenPoint; 3],
    /// The place it goes to; marked by a ring of [`END_RADIUS`] where it has no marker.
    pub end: ScreenPoint,
    /// Whether that ring is wanted.
    pub ringed: bool,
}

impl Arrow {
    /// The arrow from one place to another, bent to the left of its way so that an arrow back
    /// does not cover it. Start and tip stay so many points away from the places, clear of their
    /// markers. `None` where the two are seen too close together.
    pub fn between(view: &View, from: LonLat, to: LonLat, [start_gap, end_gap]: [f64; 2]) -> Option<Self> {
        let a = view.screen_from_geo(from);
        let mut b = view.screen_from_geo(to);
        // The shorter way round the Earth, also where the two ends are seen in different copies.
        b.x -= ((b.x - a.x) / view.world()).round() * view.world();
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy);
        if length < start_gap + end_gap + 2.0 * HEAD {
            return None;
        }
        let bend = 0.22;
        let control = ScreenPoint::new((a.x + b.x) / 2.0 + dy * bend, (a.y + b.y) / 2.0 - dx * bend);
        let start = toward(a, control, start_gap);
        let tip = toward(b, control, end_gap);
        let foot = toward(b, control, end_gap + HEAD);
        let (ux, uy) = ((tip.x - foot.x) / HEAD, (tip.y - foot.y) / HEAD);
        let corner =
            |side: f64| ScreenPoint::new(foot.x - uy * side * HEAD * 0.48, foot.y + ux * side * HEAD * 0.48);
        let inset = ScreenPoint::new(foot.x + ux * 1.5, foot.y + uy * 1.5);
        Some(Self {
            from: start,
            control,
            to: inset,
            head: [tip, corner(1.0), corner(-1.0)],
            end: b,
            ringed: end_gap <= END_GAP,
        })
    }

    /// Small boxes along the curve and around the head, for labels to keep clear of.
    pub fn boxes(&self) -> Vec<ScreenBox> {
        let [tip, a, b] = self.head;
        let middle = ScreenPoint::new((tip.x + a.x + b.x) / 3.0, (tip.y + a.y + b.y) / 3.0);
        let length = (tip.x - self.from.x).hypot(tip.y - self.from.y);
        let steps = ((length / 8.0) as usize).clamp(4, 200);
        let along = self.points(steps).into_iter().map(|p| ScreenBox::around(p, 3.0));
        along.chain([ScreenBox::around(middle, 8.0), ScreenBox::around(self.end, END_RADIUS + 2.0)]).collect()
    }

    /// The curve as `n + 1` points, for painters without curves and for picking.
    pub fn points(&self, n: usize) -> Vec<ScreenPoint> {
        let n = n.max(1);
        (0..=n)
            .map(|i| {
                let t = i as f64 / n as f64;
                let mix =
                    |a: f64, c: f64, b: f64| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * c + t * t * b;
                ScreenPoint::new(
                    mix(self.from.x, self.control.x, self.to.x),
                    mix(self.from.y, self.control.y, self.to.y),
                )
            })
            .collect()
    }
}

/// Radius of a marker for so many passages, in points.
pub fn marker_radius(count: usize) -> f64 {
    (8.5 + 1.9 * (count.max(1) as f64).log2()).min(17.0)
}

/// Radius of the ring around the place an arrow goes to, in points.
pub const END_RADIUS: f64 = 4.5;
/// Distance of an arrow's tip from a place without a marker: it touches the ring.
pub const END_GAP: f64 = END_RADIUS + 1.0;
/// How far outside a marker the ring of a doubtful place is drawn, in points.
pub const DOUBT_RING: f64 = 4.0;
/// Length of an arrow's head in points.
const HEAD: f64 = 13.0;

/// The point `distance` from `a` on the way to `b`.
fn toward(a: ScreenPoint, b: ScreenPoint, distance: f64) -> ScreenPoint {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy).max(1e-9);
    ScreenPoint::new(a.x + dx / length * distance, a.y + dy / length * distance)
}

/// Slanted lines (45°, rising to the right), `spacing` points apart, inside `rings` by the
/// even-odd rule. Lines stand on a grid of the view, so that two areas' hatching fits together.
pub fn hatching(rings: &[Vec<ScreenPoint>], spacing: f64) -> Vec<[ScreenPoint; 2]> {
    // Along u = x + y the lines are level, v = x − y runs along them.
    let turned: Vec<Vec<[f64; 2]>> =
        rings.iter().map(|r| r.iter().map(|p| [p.x + p.y, p.x - p.y]).collect()).collect();
    let step = spacing.max(0.5) * std::f64::consts::SQRT_2;
    let us = || turned.iter().flatten().map(|p| p[0]);
    let (low, high) = (us().fold(f64::INFINITY, f64::min), us().fold(f64::NEG_INFINITY, f64::max));
    if !(high - low).is_finite() {
        return Vec::new();
    }
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); usize::try_from(last - first + 1).unwrap_or(0)];
    for ring in &turned {
        cross(ring, step, first, &mut rows);
    }
    rows.iter_mut().zip(first..).flat_map(|(row, n)| spans(row, n as f64 * step)).collect()
}

/// Notes where each edge of a ring crosses each line.
fn cross(ring: &[[f64; 2]], step: f64, first: i64, rows: &mut [Vec<f64>]) {
    let Some(mut a) = ring.last().copied() else { return };
    for &b in ring {
        let (low, high) = if a[0] < b[0] { (a, b) } else { (b, a) };
        let mut n = (low[0] / step).ceil() as i64;
        while (n as f64) * step < high[0] {
            let share = (n as f64 * step - low[0]) / (high[0] - low[0]);
            if let Some(row) = usize::try_from(n - first).ok().and_then(|i| rows.get_mut(i)) {
                row.push(low[1] + (high[1] - low[1]) * share);
            }
            n += 1;
        }
        a = b;
    }
}

fn spans(row: &mut [f64], u: f64) -> Vec<[ScreenPoint; 2]> {
    row.sort_by(f64::total_cmp);
    let point = |v: f64| ScreenPoint::new((u + v) / 2.0, (u - v) / 2.0);
    row.chunks_exact(2).filter_map(|c| Some([point(*c.first()?), point(*c.get(1)?)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::LonLat;

    fn view() -> View {
        View { center: LonLat::new(69.0, 36.0), zoom: 6.0, width: 700.0, height: 700.0 }
    }

    #[test]
    fn an_arrow_starts_clear_of_its_marker_and_ends_at_its_place() {
        let (kabul, tajikistan) = (LonLat::new(69.17, 34.53), LonLat::new(71.0, 39.0));
        let arrow = Arrow::between(&view(), kabul, tajikistan, [16.0, END_GAP]).unwrap();
        let (a, b) = (view().screen_from_geo(kabul), view().screen_from_geo(tajikistan));
        assert!(((arrow.from.x - a.x).hypot(arrow.from.y - a.y) - 16.0).abs() < 1e-9);
        assert_eq!(arrow.end, b);
        assert!(((arrow.head[0].x - b.x).hypot(arrow.head[0].y - b.y) - END_GAP).abs() < 1e-9);
        assert_eq!(arrow.points(10).len(), 11);
        assert_eq!(Arrow::between(&view(), kabul, kabul, [16.0, END_GAP]), None);
    }

    #[test]
    fn an_arrow_over_the_date_line_takes_the_short_way() {
        let view = View { center: LonLat::new(0.0, 0.0), zoom: 2.0, width: 1024.0, height: 600.0 };
        let arrow =
            Arrow::between(&view, LonLat::new(175.0, -20.0), LonLat::new(-170.0, -14.0), [0.0, END_GAP])
                .unwrap();
        assert!((arrow.head[0].x - arrow.from.x).abs() < 60.0);
    }

    #[test]
    fn hatching_stays_inside_and_leaves_holes_free() {
        let square =
            |a: f64, b: f64| [(a, a), (b, a), (b, b), (a, b)].map(|(x, y)| ScreenPoint::new(x, y)).to_vec();
        let lines = hatching(&[square(0.0, 100.0), square(40.0, 60.0)], 5.0);
        assert!(lines.len() > 20);
        for [a, b] in lines {
            assert!([a.x, a.y, b.x, b.y].iter().all(|c| (-1e-6..=100.000_001).contains(c)));
            let middle = ((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
            assert!(!(middle.0 > 41.0 && middle.0 < 59.0 && middle.1 > 41.0 && middle.1 < 59.0));
        }
        assert!(hatching(&[], 5.0).is_empty());
    }
}
