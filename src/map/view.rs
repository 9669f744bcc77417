//! Which part of the world is seen, and how large: web Mercator (EPSG:3857).

use std::f64::consts::PI;

use super::bounds::Bounds;
use crate::places::LonLat;

/// Side of the world at zoom 0, in points.
pub const WORLD_AT_ZOOM_0: f64 = 256.0;
/// The latitude at which the Mercator world is cut so that it is a square.
pub const MAX_LAT: f64 = 85.051_128_78;
/// The largest zoom the basemap is drawn for.
pub const MAX_ZOOM: f64 = 14.0;

/// A point on the screen or the picture, in points from its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScreenPoint {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl ScreenPoint {
    /// The point `x` to the right and `y` down.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// Which part of the world is seen. At zoom *z* the world is `256 · 2^z` points wide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// What lies in the middle.
    pub center: LonLat,
    /// The zoom of web maps; fractions allowed.
    pub zoom: f64,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

impl View {
    /// The view of this size that shows all of `bounds` with `padding` points free on each side.
    /// Never so near that a single point would fill the world: zoom 11 at most; never so far
    /// that the world would be narrower than the view.
    pub fn fit(bounds: Bounds, width: f64, height: f64, padding: f64) -> Self {
        let (width, height) = (width.max(1.0), height.max(1.0));
        let inner = |side: f64| (side - 2.0 * padding).max(side * 0.2);
        let (top, bottom) = (mercator_y(bounds.north), mercator_y(bounds.south));
        let zoom_of = |inner: f64, share: f64| (inner / (WORLD_AT_ZOOM_0 * share.max(1e-9))).log2();
        let zoom = zoom_of(inner(width), bounds.width() / 360.0).min(zoom_of(inner(height), bottom - top));
        let center = LonLat::new(wrap_lon(bounds.west + bounds.width() / 2.0), lat_of((top + bottom) / 2.0));
        Self { center, zoom: zoom.clamp(least_zoom(width), 11.0), width, height }.kept_inside()
    }

    /// Points from the left to the right edge of the world.
    pub fn world(&self) -> f64 {
        WORLD_AT_ZOOM_0 * self.zoom.exp2()
    }

    /// Where `at` is seen. Of the world's copies side by side, the one nearest to the middle.
    pub fn screen_from_geo(&self, at: LonLat) -> ScreenPoint {
        let world = self.world();
        let turns = mercator_x(at.lon) - mercator_x(self.center.lon);
        let dx = (turns - turns.round()) * world;
        let dy = (mercator_y(at.lat) - mercator_y(self.center.lat)) * world;
        ScreenPoint::new(self.width / 2.0 + dx, self.height / 2.0 + dy)
    }

    /// What is seen at `point`.
    pub fn geo_from_screen(&self, point: ScreenPoint) -> LonLat {
        let world = self.world();
        let x = mercator_x(self.center.lon) + (point.x - self.width / 2.0) / world;
        let y = mercator_y(self.center.lat) + (point.y - self.height / 2.0) / world;
        LonLat::new(wrap_lon(x * 360.0 - 180.0), lat_of(y.clamp(0.0, 1.0)))
    }

    /// The box that is seen; all longitudes where the view is as wide as the world.
    pub fn bounds(&self) -> Bounds {
        let nw = self.geo_from_screen(ScreenPoint::default());
        let se = self.geo_from_screen(ScreenPoint::new(self.width, self.height));
        let all = self.width >= self.world() - 1e-6;
        let (west, east) = if all { (-180.0, 180.0) } else { (nw.lon, se.lon) };
        Bounds { west, south: se.lat, east, north: nw.lat }
    }

    /// Horizontal shifts, in points, at which the world has to be drawn so that the view is
    /// filled, for a world whose left edge stands where [`View::world_left`] says.
    pub fn copies(&self) -> Vec<f64> {
        let (world, left) = (self.world(), self.world_left());
        let first = (-left / world).floor() as i32;
        let last = ((self.width - left) / world).ceil() as i32 - 1;
        (first..=last.max(first)).map(|n| f64::from(n) * world).collect()
    }

    /// Where the left edge of the world (180° W) stands, in points.
    pub fn world_left(&self) -> f64 {
        self.width / 2.0 - mercator_x(self.center.lon) * self.world()
    }

    /// Where the upper edge of the Mercator world stands, in points.
    pub fn world_top(&self) -> f64 {
        self.height / 2.0 - mercator_y(self.center.lat) * self.world()
    }

    /// Metres on the ground that one point covers in the middle of the view.
    pub fn metres_per_point(&self) -> f64 {
        const EQUATOR_M: f64 = 2.0 * PI * 6_378_137.0;
        EQUATOR_M * self.center.lat.to_radians().cos() / self.world()
    }

    /// Moved up or down so that nothing beyond the poles' edges is seen, where the view is not
    /// taller than the world.
    fn kept_inside(mut self) -> Self {
        let half = self.height / 2.0 / self.world();
        let y = if half >= 0.5 { 0.5 } else { mercator_y(self.center.lat).clamp(half, 1.0 - half) };
        self.center.lat = lat_of(y);
        self
    }
}

/// The zoom at which the world is as wide as `width` points.
pub fn least_zoom(width: f64) -> f64 {
    (width / WORLD_AT_ZOOM_0).log2().max(0.0)
}

/// Longitude to the share of the world's width from its left edge.
pub fn mercator_x(lon: f64) -> f64 {
    lon / 360.0 + 0.5
}

/// Latitude to the share of the Mercator world's height from its upper edge, 0 to 1.
pub fn mercator_y(lat: f64) -> f64 {
    let lat = lat.clamp(-MAX_LAT, MAX_LAT).to_radians();
    (0.5 - (lat / 2.0 + PI / 4.0).tan().ln() / (2.0 * PI)).clamp(0.0, 1.0)
}

/// The inverse of [`mercator_y`].
pub fn lat_of(y: f64) -> f64 {
    (2.0 * ((0.5 - y) * 2.0 * PI).exp().atan() - PI / 2.0).to_degrees()
}

/// The same longitude between −180 and 180.
pub fn wrap_lon(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        View { center: LonLat::new(69.0, 34.0), zoom: 6.0, width: 800.0, height: 600.0 }
    }

    #[test]
    fn screen_and_geo_are_inverse() {
        let kabul = LonLat::new(69.1723, 34.5289);
        let back = view().geo_from_screen(view().screen_from_geo(kabul));
        assert!((back.lon - kabul.lon).abs() < 1e-9 && (back.lat - kabul.lat).abs() < 1e-9);
    }

    #[test]
    fn the_middle_is_in_the_middle() {
        assert_eq!(view().screen_from_geo(view().center), ScreenPoint::new(400.0, 300.0));
    }

    #[test]
    fn fit_shows_every_corner() {
        let bounds = Bounds { west: 60.5, south: 29.4, east: 74.9, north: 38.5 };
        let view = View::fit(bounds, 710.0, 700.0, 40.0);
        for (lon, lat) in [(60.5, 29.4), (74.9, 38.5)] {
            let p = view.screen_from_geo(LonLat::new(lon, lat));
            assert!(p.x >= 39.9 && p.x <= 670.1 && p.y >= 39.9 && p.y <= 660.1, "{p:?}");
        }
    }

    #[test]
    fn fit_of_one_point_stays_at_a_readable_zoom() {
        let bounds = Bounds::around([LonLat::new(69.2, 34.5)]).unwrap();
        assert_eq!(View::fit(bounds, 800.0, 600.0, 40.0).zoom, 11.0);
    }

    #[test]
    fn fit_of_the_world_fills_the_width() {
        let view = View::fit(Bounds::WORLD, 1600.0, 1000.0, 40.0);
        assert!(view.world() >= 1600.0 - 1e-6);
        assert_eq!(view.bounds().width(), 360.0);
    }

    #[test]
    fn over_the_date_line_points_stay_neighbours() {
        let view = View { center: LonLat::new(179.0, -17.0), ..view() };
        let (west, east) = (
            view.screen_from_geo(LonLat::new(178.0, -17.0)),
            view.screen_from_geo(LonLat::new(-178.0, -17.0)),
        );
        assert!(east.x > west.x && east.x - west.x < 200.0);
        assert_eq!(view.copies().len(), 2);
    }

    #[test]
    fn poles_are_clamped() {
        assert_eq!(mercator_y(90.0), mercator_y(MAX_LAT));
        assert!(view().screen_from_geo(LonLat::new(0.0, -90.0)).y.is_finite());
    }
}
