//! Markers too near to each other at a zoom, drawn as one.

use std::collections::BTreeMap;

use super::scene::Marker;
use super::view::{WORLD_AT_ZOOM_0, mercator_x, mercator_y};
use crate::events::EventType;
use crate::places::LonLat;

/// One or more markers drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Where it stands: at its most reported member, so never where nothing happened.
    pub at: LonLat,
    /// Indices of its markers, most passages first.
    pub members: Vec<usize>,
    /// Passages of all members.
    pub count: usize,
    /// The type with most passages; `None` where no member has an event.
    pub kind: Option<EventType>,
    /// Whether some members stand so near that no zoom parts them: they have to be listed.
    pub inseparable: bool,
}

/// Markers nearer than this are drawn as one, in points.
pub const REACH: f64 = 26.0;
/// The zoom at which markers that are still one can only be listed.
const LAST_ZOOM: f64 = super::view::MAX_ZOOM;

/// Groups markers for a zoom. Greedy as in Supercluster: markers in their own order (most
/// passages first) each gather those within [`REACH`] that no other has gathered. The order of
/// clusters follows that of their first members.
pub fn clusters(markers: &[Marker], zoom: f64) -> Vec<Cluster> {
    let world = WORLD_AT_ZOOM_0 * zoom.exp2();
    let points: Vec<[f64; 2]> =
        markers.iter().map(|m| [mercator_x(m.at.lon) * world, mercator_y(m.at.lat) * world]).collect();
    let mut grid: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (i, p) in points.iter().enumerate() {
        grid.entry(cell(p)).or_default().push(i);
    }
    let mut taken = vec![false; markers.len()];
    let mut out = Vec::new();
    for seed in 0..markers.len() {
        if taken.get(seed).copied().unwrap_or(true) {
            continue;
        }
        let mut members = near(seed, &points, &grid, &taken, world);
        members.sort_unstable();
        for &m in &members {
            if let Some(t) = taken.get_mut(m) {
                *t = true;
            }
        }
        out.extend(cluster(markers, members));
    }
    out
}

fn cell(p: &[f64; 2]) -> (i64, i64) {
    ((p[0] / REACH).floor() as i64, (p[1] / REACH).floor() as i64)
}

/// The markers not yet taken within reach of a seed, the world's two edges side by side.
fn near(
    seed: usize,
    points: &[[f64; 2]],
    grid: &BTreeMap<(i64, i64), Vec<usize>>,
    taken: &[bool],
    world: f64,
) -> Vec<usize> {
    let Some(&[x, y]) = points.get(seed) else { return Vec::new() };
    let mut out = Vec::new();
    for shift in [0.0, world, -world] {
        let (cx, cy) = cell(&[x + shift, y]);
        for key in (cx - 1..=cx + 1).flat_map(|gx| (cy - 1..=cy + 1).map(move |gy| (gx, gy))) {
            for &i in grid.get(&key).into_iter().flatten() {
                let (Some(p), Some(false)) = (points.get(i), taken.get(i)) else { continue };
                // Of the world's copies only a far one can bring a marker a second time.
                if (p[0] - x - shift).hypot(p[1] - y) <= REACH && (shift == 0.0 || !out.contains(&i)) {
                    out.push(i);
                }
            }
        }
    }
    out
}

fn cluster(markers: &[Marker], members: Vec<usize>) -> Option<Cluster> {
    let of = |i: &usize| markers.get(*i);
    let first = members.first().and_then(of)?;
    let mut counts: BTreeMap<EventType, usize> = BTreeMap::new();
    for marker in members.iter().filter_map(of) {
        if let Some(kind) = marker.kind {
            *counts.entry(kind).or_default() += marker.count;
        }
    }
    let kind = counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(k, _)| *k);
    let count = members.iter().filter_map(of).map(|m| m.count).sum();
    let metres = 156_543.0 * first.at.lat.to_radians().cos() / LAST_ZOOM.exp2() * REACH;
    let inseparable =
        members.iter().skip(1).filter_map(of).any(|m| m.at.distance_km(first.at) * 1000.0 < metres);
    Some(Cluster { at: first.at, members, count, kind, inseparable })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Precision;
    use crate::places::gazetteer::PlaceIndex;

    fn marker(lon: f64, lat: f64, count: usize) -> Marker {
        Marker {
            place: PlaceIndex(0),
            at: LonLat::new(lon, lat),
            name: String::new(),
            precision: Precision::Settlement,
            kind: Some(EventType::Control),
            count,
            passages: Vec::new(),
            country: String::new(),
            certainty: 0.9,
        }
    }

    #[test]
    fn near_markers_part_as_the_zoom_grows() {
        let markers = [marker(69.17, 34.53, 5), marker(69.26, 34.95, 1), marker(71.1, 34.1, 1)];
        assert_eq!(clusters(&markers, 3.0).len(), 1);
        assert_eq!(clusters(&markers, 6.0).len(), 2);
        let apart = clusters(&markers, 9.0);
        assert_eq!(apart.len(), 3);
        assert!(apart.iter().all(|c| !c.inseparable));
    }

    #[test]
    fn markers_on_one_spot_stay_reachable() {
        let markers = [marker(69.17, 34.53, 5), marker(69.17, 34.53, 1)];
        let all = clusters(&markers, 14.0);
        assert_eq!(all.len(), 1);
        assert!(all[0].inseparable);
        assert_eq!((all[0].members.as_slice(), all[0].count), ([0, 1].as_slice(), 6));
    }

    #[test]
    fn no_marker_is_lost_or_counted_twice() {
        let markers: Vec<Marker> = (0..500)
            .map(|i| marker(f64::from(i % 37) * 9.7 - 179.0, f64::from(i % 29) * 5.0 - 70.0, 1))
            .collect();
        for zoom in [0.0, 2.0, 5.0] {
            let all = clusters(&markers, zoom);
            assert_eq!(all.iter().map(|c| c.members.len()).sum::<usize>(), 500, "zoom {zoom}");
        }
    }

    #[test]
    fn the_date_line_parts_no_cluster() {
        let markers = [marker(179.99, -17.0, 1), marker(-179.99, -17.0, 1)];
        assert_eq!(clusters(&markers, 4.0).len(), 1);
    }
}
