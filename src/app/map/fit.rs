//! Where the map goes to show what there is: all of it or most of it, clear of the legend.

use super::legend;
use crate::map::scene::Marker;
use crate::map::view::ScreenPoint;
use crate::map::{Bounds, View};
use crate::places::{LonLat, Precision};

/// Points left free around all markers, where the map is large.
const PADDING: f64 = 72.0;
/// The same as a share of the shorter side of a small map.
const PADDING_SHARE: f64 = 0.1;
/// So many steps of the zoom are given for a view in which the legend covers no marker.
const ZOOM_GIVEN: f64 = 1.25;

/// The view of a box in which the fewest of its points lie under the legend at the lower left.
pub fn clear_of_legend(bounds: Bounds, points: &[LonLat], view: &View) -> View {
    let (w, h) = (view.width, view.height);
    let padding = PADDING.min(w.min(h) * PADDING_SHARE);
    let plain = View::fit(bounds, w, h, padding);
    // A map too small for a legend has none.
    let Some((wide, tall)) = legend::room(w, h) else { return plain };
    let hidden = |view: &View| {
        let seen = points.iter().map(|&at| view.screen_from_geo(at));
        seen.filter(|at| at.x < wide && at.y > h - tall).count()
    };
    if hidden(&plain) == 0 {
        return plain;
    }
    let beside = |left: f64, below: f64| {
        let to = View::fit(bounds, w - left, h - below, padding);
        let whole = View { width: w, height: h, ..to };
        let middle = ScreenPoint::new((w - left) / 2.0, (h + below) / 2.0);
        View { center: whole.geo_from_screen(middle), ..whole }
    };
    let others = [beside(wide, 0.0), beside(0.0, tall)];
    let near = others.into_iter().filter(|other| other.zoom > plain.zoom - ZOOM_GIVEN);
    let best = near.min_by(|a, b| hidden(a).cmp(&hidden(b)).then(b.zoom.total_cmp(&a.zoom)));
    best.filter(|best| hidden(best) < hidden(&plain)).unwrap_or(plain)
}

/// How near the map goes to a place: a country from far, a site from near.
pub fn zoom_for(precision: Precision) -> f64 {
    match precision {
        Precision::Country | Precision::Sea => 4.5,
        Precision::Region | Precision::Admin1 => 6.0,
        Precision::Admin2 => 7.0,
        Precision::Settlement | Precision::Near | Precision::Exact => 7.0,
    }
}

/// The points of the markers without the far ones: those nearest to the middle of all passages,
/// until nine tenths of them are told. Countries are left out where anything is known better.
pub fn most(all: &[Marker]) -> Vec<LonLat> {
    let near: Vec<&Marker> = all.iter().filter(|m| m.precision != Precision::Country).collect();
    let markers: Vec<&Marker> = if near.is_empty() { all.iter().collect() } else { near };
    let median = |of: fn(LonLat) -> f64| {
        let mut values: Vec<(f64, usize)> = markers.iter().map(|m| (of(m.at), m.count)).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = values.iter().map(|(_, n)| n).sum::<usize>().div_ceil(2);
        let mut sum = 0;
        values.into_iter().find(|(_, n)| {
            sum += n;
            sum >= half
        })
    };
    let (Some((lon, _)), Some((lat, _))) = (median(|at| at.lon), median(|at| at.lat)) else {
        return Vec::new();
    };
    let middle = LonLat::new(lon, lat);
    let mut sorted: Vec<(f64, &Marker)> = markers.iter().map(|m| (m.at.distance_km(middle), *m)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wanted = sorted.iter().map(|(_, m)| m.count).sum::<usize>() * 9 / 10;
    let mut told = 0;
    let kept = sorted.iter().take_while(|(_, m)| {
        let before = told;
        told += m.count;
        before <= wanted
    });
    kept.map(|(_, m)| m.at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_not_hidden_by_the_legend() {
        for (width, height) in [(740.0, 730.0), (760.0, 528.0), (1000.0, 800.0)] {
            let view = View { center: LonLat::new(0.0, 0.0), zoom: 2.0, width, height };
            let corner = LonLat::new(61.0, 30.0);
            let points = [LonLat::new(75.0, 39.0), LonLat::new(69.0, 34.5), corner];
            let bounds = Bounds::around(points).unwrap();
            let (wide, tall) = legend::room(width, height).unwrap();
            let under = |view: &View| {
                let at = view.screen_from_geo(corner);
                at.x < wide && at.y > view.height - tall
            };
            assert!(under(&View::fit(bounds, width, height, PADDING)), "it would be hidden");
            let clear = clear_of_legend(bounds, &points, &view);
            assert!(!under(&clear), "{width} x {height}");
            for at in points.map(|at| clear.screen_from_geo(at)) {
                assert!((0.0..width).contains(&at.x) && (0.0..height).contains(&at.y), "{at:?}");
            }
        }
    }
}
