//! A box of longitudes and latitudes.

use crate::places::LonLat;

/// A box in WGS84 degrees. `west > east` means that it crosses ±180°.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western edge, degrees east.
    pub west: f64,
    /// Southern edge, degrees north.
    pub south: f64,
    /// Eastern edge, degrees east.
    pub east: f64,
    /// Northern edge, degrees north.
    pub north: f64,
}

impl Bounds {
    /// The inhabited world, as far as a Mercator map shows it well.
    pub const WORLD: Self = Self { west: -180.0, south: -58.0, east: 180.0, north: 75.0 };

    /// The smallest box around `points`: the one that leaves out the widest empty stretch of
    /// longitudes, so that Fiji and Samoa do not give a box around the whole Earth.
    /// `None` where there is no point.
    pub fn around(points: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        let points: Vec<LonLat> =
            points.into_iter().filter(|p| p.lon.is_finite() && p.lat.is_finite()).collect();
        let first = points.first()?;
        let (mut south, mut north) = (first.lat, first.lat);
        for p in &points {
            south = south.min(p.lat);
            north = north.max(p.lat);
        }
        let (west, east) = narrowest(points.iter().map(|p| p.lon).collect());
        Some(Self { west, south, east, north })
    }

    /// Reads `W,S,E,N` in degrees. `None` where it is no such box.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<f64> = text.split(',').map_while(|n| n.trim().parse().ok()).collect();
        let [west, south, east, north] = numbers.try_into().ok()?;
        let lon = |l: f64| (-180.0..=180.0).contains(&l);
        let ok = lon(west) && lon(east) && -90.0 <= south && south < north && north <= 90.0 && west != east;
        ok.then_some(Self { west, south, east, north })
    }

    /// Degrees of longitude from west to east, 0 to 360.
    pub fn width(&self) -> f64 {
        let width = self.east - self.west;
        if width < 0.0 { width + 360.0 } else { width }
    }

    /// Whether `at` lies inside or on the edge.
    pub fn contains(&self, at: LonLat) -> bool {
        let lon = if self.west <= self.east {
            (self.west..=self.east).contains(&at.lon)
        } else {
            at.lon >= self.west || at.lon <= self.east
        };
        lon && (self.south..=self.north).contains(&at.lat)
    }
}

/// West and east of the shortest arc that holds all `lons`.
fn narrowest(mut lons: Vec<f64>) -> (f64, f64) {
    lons.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (lons.first(), lons.last()) else { return (0.0, 0.0) };
    let mut best = (first + 360.0 - last, first, last);
    for pair in lons.windows(2) {
        if let [a, b] = *pair
            && b - a > best.0
        {
            best = (b - a, b, a);
        }
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn around_takes_the_short_way_over_the_date_line() {
        let fiji_and_samoa = [LonLat::new(178.4, -18.1), LonLat::new(-171.8, -13.8)];
        let bounds = Bounds::around(fiji_and_samoa).unwrap();
        assert_eq!((bounds.west, bounds.east), (178.4, -171.8));
        assert!((bounds.width() - 9.8).abs() < 1e-9);
        assert!(bounds.contains(LonLat::new(180.0, -15.0)) && !bounds.contains(LonLat::new(0.0, -15.0)));
    }

    #[test]
    fn nothing_has_no_bounds() {
        assert_eq!(Bounds::around([]), None);
        assert_eq!(Bounds::around([LonLat::new(f64::NAN, 1.0)]), None);
    }

    #[test]
    fn parse_wants_four_numbers_in_order() {
        assert!(Bounds::parse("60, 29, 75, 39").is_some());
        for wrong in ["", "60,29,75", "60,39,75,29", "60,29,75,39,1", "a,b,c,d", "200,0,210,10"] {
            assert_eq!(Bounds::parse(wrong), None, "{wrong}");
        }
    }
}
