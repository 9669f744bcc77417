//! Outlines of countries and provinces as seen, in the detail that a zoom shows.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::area::{AreaId, AreaLevel};
use super::basemap::{Basemap, UNITS};
use super::frame::{Frame, Pen, Scratch};
use super::view::{ScreenPoint, View};

/// From this zoom on a country's own polygon, meant for the view from afar, is seen to be plainer
/// than the boundaries under it.
const FINE: f64 = 6.5;

/// Closed rings in units, the first point not repeated.
type Rings = Vec<Vec<[i32; 2]>>;

/// An area whose outline is drawn again and again.
#[derive(Debug)]
pub struct AreaShape {
    id: AreaId,
    /// Put together when it is first wanted.
    fine: OnceLock<Rings>,
}

impl AreaShape {
    /// The shape of an area of the basemap.
    pub const fn new(id: AreaId) -> Self {
        Self { id, fine: OnceLock::new() }
    }

    /// Its outline as seen: closed rings, cut a little beyond the edge of the view.
    pub fn seen(&self, map: &Basemap, view: &View) -> Vec<Vec<ScreenPoint>> {
        let (mut out, mut scratch) = (Seen::default(), Scratch::default());
        let fine = view.zoom >= FINE && map.area_level(self.id) == Some(AreaLevel::Country);
        let rings = fine.then(|| self.fine.get_or_init(|| around_provinces(map, self.id)));
        for shift in view.copies() {
            let frame = Frame::of_view(view, shift);
            let mut draw = |ring: &[[i32; 2]]| frame.ring(&without_slits(ring), &mut scratch, &mut out);
            match rings {
                Some(rings) if !rings.is_empty() => rings.iter().for_each(|ring| draw(ring)),
                _ => map.area_rings(self.id, &mut draw),
            }
        }
        out.0
    }
}

/// The outline of an area as seen, drawn once.
pub fn outline(map: &Basemap, id: AreaId, view: &View) -> Vec<Vec<ScreenPoint>> {
    AreaShape::new(id).seen(map, view)
}

/// The outline of a country as that of all its provinces together: their polygons have the detail
/// of the boundaries. None where a country has no provinces.
fn around_provinces(map: &Basemap, country: AreaId) -> Rings {
    let mut edges: Vec<[[i32; 2]; 2]> = Vec::new();
    let mut times: FxHashMap<[[i32; 2]; 2], u32> = FxHashMap::default();
    for id in map.provinces_of(map.area_country(country)) {
        map.area_rings(id, &mut |ring| {
            for (&a, &b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                edges.push([a, b]);
                *times.entry([a.min(b), a.max(b)]).or_default() += 1;
            }
        });
    }
    // An edge between two provinces stands in both.
    edges.retain(|&[a, b]| times.get(&[a.min(b), a.max(b)]) == Some(&1));
    joined(&edges)
}

/// Edges joined end to end into rings, in the order in which they come.
fn joined(edges: &[[[i32; 2]; 2]]) -> Rings {
    let mut at: FxHashMap<[i32; 2], Vec<usize>> = FxHashMap::default();
    for (i, ends) in edges.iter().enumerate() {
        ends.iter().for_each(|&end| at.entry(end).or_default().push(i));
    }
    let (mut used, mut out) = (vec![false; edges.len()], Rings::new());
    for (i, &[start, second]) in edges.iter().enumerate() {
        if std::mem::replace(&mut used[i], true) {
            continue;
        }
        let (mut ring, mut here) = (vec![start], second);
        while here != start {
            ring.push(here);
            let next = at.get(&here).into_iter().flatten().copied().find(|&e| !used[e]);
            let Some(edge) = next else { break };
            used[edge] = true;
            let [a, b] = edges[edge];
            here = if a == here { b } else { a };
        }
        if ring.len() > 2 {
            out.push(ring);
        }
    }
    out
}

/// A ring as it is; kept apart for the two edges of the world, where Natural Earth cuts rings
/// and the cut is no boundary.
fn without_slits(ring: &[[i32; 2]]) -> Vec<[i32; 2]> {
    // The cut is pushed out of the world, so that its stroke is not seen where copies meet.
    let push = |x: i32| match x {
        0 => -400,
        UNITS => UNITS + 400,
        other => other,
    };
    ring.iter().map(|&[x, y]| [push(x), y]).collect()
}

#[derive(Default)]
struct Seen(Vec<Vec<ScreenPoint>>);

impl Pen for Seen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(vec![ScreenPoint::new(f64::from(x), f64::from(y))]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        if let Some(ring) = self.0.last_mut() {
            ring.push(ScreenPoint::new(f64::from(x), f64::from(y)));
        }
    }
    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::area::ring_holds;
    use crate::map::area::units;
    use crate::places::LonLat;

    fn view(zoom: f64) -> View {
        View { center: LonLat::new(69.0, 36.0), zoom, width: 700.0, height: 700.0 }
    }

    #[test]
    fn kabul_province_has_an_outline_at_kabul() {
        let map = Basemap::bundled().unwrap();
        let rings = outline(map, map.province_named("AF", "Kabul").unwrap(), &view(6.0));
        let kabul = view(6.0).screen_from_geo(LonLat::new(69.17, 34.53));
        let nearest = rings.iter().flatten().map(|p| (p.x - kabul.x).hypot(p.y - kabul.y));
        assert!(nearest.fold(f64::MAX, f64::min) < 60.0);
    }

    #[test]
    fn squares_side_by_side_have_one_outline() {
        let [a, b, c, d, e, f] = [[0, 0], [1, 0], [2, 0], [2, 1], [1, 1], [0, 1]];
        let rings = joined(&[[a, b], [b, c], [c, d], [d, e], [e, f], [f, a]]);
        assert_eq!(rings, [vec![a, b, c, d, e, f]]);
    }

    #[test]
    fn a_country_from_near_is_its_provinces_without_the_lines_between() {
        let map = Basemap::bundled().unwrap();
        for (code, at) in
            [("AF", (66.0, 34.0)), ("DE", (10.0, 51.0)), ("RU", (60.0, 58.0)), ("US", (-98.0, 39.0))]
        {
            let country = map.country_area(code).unwrap();
            let rings = around_provinces(map, country);
            let inside = |(lon, lat): (f64, f64)| {
                let point = units(LonLat::new(lon, lat));
                rings.iter().filter(|ring| ring_holds(ring, point)).count() % 2 == 1
            };
            assert!(inside(at) && !inside((-30.0, 20.0)), "{code}");
            let largest = rings.iter().map(Vec::len).max().unwrap();
            let mut plain = 0;
            map.area_rings(country, &mut |ring| plain = plain.max(ring.len()));
            assert!(largest > plain, "{code}: {largest} points, {plain} from afar");
            // What is left of lines between provinces would be rings inside the largest.
            let all: usize = rings.iter().map(Vec::len).sum();
            assert!(rings.len() < all / 8, "{code}: {} rings of {all} points", rings.len());
        }
    }
}
