//! A region drawn by hand: which points lie in it.

use super::view::{mercator_y, wrap_lon};
use crate::places::LonLat;

/// A region within a closed line, its sides straight on the map. It may cross ±180°, and be at
/// most half of the world wide.
#[derive(Debug, Clone, PartialEq)]
pub struct Lasso {
    /// Corners: degrees east of the first corner, and the Mercator height.
    corners: Vec<[f64; 2]>,
    /// Longitude of the first corner.
    origin: f64,
}

impl Lasso {
    /// The region within a line through these points and back to the first. `None` with fewer
    /// than three, or where one is no number.
    pub fn new(points: &[LonLat]) -> Option<Self> {
        let origin = points.first()?.lon;
        let numbers = points.iter().all(|p| p.lon.is_finite() && p.lat.is_finite());
        if points.len() < 3 || !numbers {
            return None;
        }
        let mut corners: Vec<[f64; 2]> = Vec::with_capacity(points.len());
        for point in points {
            // Each step goes the short way round.
            let before = corners.last().map_or(0.0, |c| c[0]);
            let x = before + turned(point.lon - origin - before);
            corners.push([x, mercator_y(point.lat)]);
        }
        Some(Self { corners, origin })
    }

    /// Whether a point lies inside (crossing number, Shimrat 1962).
    pub fn contains(&self, at: LonLat) -> bool {
        let (x, y) = (turned(at.lon - self.origin), mercator_y(at.lat));
        [x - 360.0, x, x + 360.0].into_iter().any(|x| self.holds(x, y))
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        let next = self.corners.iter().cycle().skip(1);
        let crossings = self.corners.iter().zip(next).filter(|(a, b)| {
            (a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
        });
        crossings.count() % 2 == 1
    }
}

/// The same turn between −180 and 180.
fn turned(degrees: f64) -> f64 {
    wrap_lon(degrees.rem_euclid(360.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lasso(points: &[(f64, f64)]) -> Lasso {
        Lasso::new(&points.iter().map(|&(lon, lat)| LonLat::new(lon, lat)).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_triangle_holds_what_is_inside() {
        let region = lasso(&[(60.0, 30.0), (75.0, 30.0), (68.0, 40.0)]);
        assert!(region.contains(LonLat::new(69.0, 34.0)));
        assert!(!region.contains(LonLat::new(61.0, 38.0)));
    }

    #[test]
    fn a_notch_is_outside() {
        let region = lasso(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 2.0), (0.0, 10.0)]);
        assert!(!region.contains(LonLat::new(5.0, 6.0)) && region.contains(LonLat::new(1.0, 6.0)));
    }

    #[test]
    fn the_date_line_runs_through() {
        for shift in [0.0, 360.0] {
            let region =
                lasso(&[(175.0, -25.0), (-170.0 + shift, -25.0), (-170.0 + shift, -10.0), (175.0, -10.0)]);
            for lon in [178.0, 180.0, -180.0, -175.0] {
                assert!(region.contains(LonLat::new(lon, -17.0)), "{lon}");
            }
            assert!(
                !region.contains(LonLat::new(0.0, -17.0)) && !region.contains(LonLat::new(-160.0, -17.0))
            );
        }
    }

    #[test]
    fn two_points_make_no_region() {
        assert_eq!(Lasso::new(&[LonLat::default(); 2]), None);
        assert_eq!(Lasso::new(&[LonLat::new(f64::NAN, 0.0); 3]), None);
        assert!(!lasso(&[(0.0, 0.0); 3]).contains(LonLat::new(0.0, 0.0)));
    }
}
