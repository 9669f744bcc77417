//! Where the map looks, and how it flies from one place to another.

use egui::{Vec2, emath::easing};
use walkers::{MapMemory, lon_lat};

use crate::map::view::{
    MAX_LAT, ScreenPoint, View, WORLD_AT_ZOOM_0, lat_of, mercator_x, mercator_y, wrap_lon,
};
use crate::places::LonLat;

/// The nearest the program's own map goes.
pub const NEAREST: f64 = 12.0;
/// The nearest any map goes.
const NEAREST_EVER: f64 = 18.0;
/// How long a flight takes, in seconds.
const FLIGHT: f64 = 0.18;

/// Where the map looks.
pub struct Camera {
    memory: MapMemory,
    size: Vec2,
    pixels_per_point: f64,
    flight: Option<Flight>,
    nearest: f64,
    /// When the zoom changed last, in seconds.
    zoomed_at: f64,
}

#[derive(Debug, Clone, Copy)]
struct Flight {
    from: (f64, f64, f64),
    to: (f64, f64, f64),
    start: f64,
}

impl Default for Camera {
    fn default() -> Self {
        let mut camera = Self {
            memory: MapMemory::default(),
            size: Vec2::new(800.0, 600.0),
            pixels_per_point: 1.0,
            flight: None,
            nearest: NEAREST,
            zoomed_at: f64::MIN,
        };
        camera.look_at(LonLat::new(30.0, 25.0), 2.0);
        camera
    }
}

impl Camera {
    /// Takes the size of the panel and of its pixels.
    pub fn resize(&mut self, size: Vec2, pixels_per_point: f32) {
        if self.size != size || self.pixels_per_point != f64::from(pixels_per_point) {
            self.size = size;
            self.pixels_per_point = f64::from(pixels_per_point);
            let view = self.view();
            self.look_at(view.center, view.zoom);
        }
    }

    /// What is seen.
    pub fn view(&self) -> View {
        let center = self.memory.detached().map_or(LonLat::default(), |p| LonLat::new(p.x(), p.y()));
        View {
            center: LonLat::new(wrap_lon(center.lon), center.lat),
            zoom: self.memory.zoom(),
            width: f64::from(self.size.x),
            height: f64::from(self.size.y),
        }
    }

    /// How near the map may go, which depends on what it is drawn on.
    pub fn set_nearest(&mut self, zoom: f64) {
        self.nearest = zoom.clamp(NEAREST, NEAREST_EVER);
        let view = self.view();
        self.look_at(view.center, view.zoom);
    }

    /// How near the map may go.
    pub fn nearest(&self) -> f64 {
        self.nearest
    }

    /// What walkers moves when the map is dragged.
    pub fn memory(&mut self) -> &mut MapMemory {
        &mut self.memory
    }

    /// Whether the zoom changed within the last `seconds`, so that what is seen is on the move.
    pub fn zooming(&self, now: f64, seconds: f64) -> bool {
        self.flight.is_some() || now - self.zoomed_at < seconds
    }

    /// Whether the map is on its way.
    pub fn flying(&self) -> bool {
        self.flight.is_some()
    }

    /// Looks at `center` at once.
    pub fn look_at(&mut self, center: LonLat, zoom: f64) {
        let zoom = self.crisp(zoom);
        // The zoom is within walkers' limits.
        let _ = self.memory.set_zoom(zoom);
        let half = f64::from(self.size.y) / 2.0 / (WORLD_AT_ZOOM_0 * zoom.exp2());
        let lat = center.lat.clamp(-MAX_LAT, MAX_LAT);
        let y = if half >= 0.5 { 0.5 } else { mercator_y(lat).clamp(half, 1.0 - half) };
        self.memory.center_at(lon_lat(wrap_lon(center.lon), lat_of(y)));
    }

    /// Puts right what dragging may have done: over the date line, beyond the poles.
    pub fn keep_inside(&mut self) {
        let Some(raw) = self.memory.detached() else { return };
        let world = WORLD_AT_ZOOM_0 * self.memory.zoom().exp2();
        let half = f64::from(self.size.y) / 2.0 / world;
        let y = mercator_y(raw.y());
        let beyond = half < 0.5 && !(half - 1e-9..=1.0 - half + 1e-9).contains(&y);
        if raw.x().abs() > 180.0 || beyond {
            self.look_at(LonLat::new(raw.x(), raw.y()), self.memory.zoom());
        }
    }

    /// Goes `steps` nearer (farther where negative) with `anchor` staying where it is seen.
    pub fn zoom_at(&mut self, steps: f64, anchor: ScreenPoint, now: f64) {
        self.flight = None;
        let before = self.view();
        let zoom = self.crisp(before.zoom + steps);
        if (zoom - before.zoom).abs() < 1e-9 {
            return;
        }
        self.zoomed_at = now;
        self.look_at(anchored(&before, zoom, anchor), zoom);
    }

    /// Flies `steps` nearer with `anchor` staying where it is seen.
    pub fn fly_at(&mut self, steps: f64, anchor: ScreenPoint, now: f64, animated: bool) {
        let before = self.view();
        let zoom = self.crisp(before.zoom + steps);
        self.fly(anchored(&before, zoom, anchor), zoom, now, animated);
    }

    /// Flies to a view; jumps where things shall not move.
    pub fn fly(&mut self, center: LonLat, zoom: f64, now: f64, animated: bool) {
        let view = self.view();
        let zoom = self.crisp(zoom);
        self.zoomed_at = now;
        if !animated {
            self.flight = None;
            return self.look_at(center, zoom);
        }
        let from = (mercator_x(view.center.lon), mercator_y(view.center.lat), view.zoom);
        let (mut x, y) = (mercator_x(center.lon), mercator_y(center.lat));
        // The short way round.
        x -= (x - from.0).round();
        self.flight = Some(Flight { from, to: (x, y, zoom), start: now });
    }

    /// Goes on with a flight; whether there is one.
    pub fn advance(&mut self, now: f64) -> bool {
        let Some(Flight { from, to, start }) = self.flight else { return false };
        let t = ((now - start) / FLIGHT).clamp(0.0, 1.0);
        let eased = f64::from(easing::cubic_out(t as f32));
        let mid = |a: f64, b: f64| a + (b - a) * eased;
        self.zoomed_at = now;
        let lon = wrap_lon(mid(from.0, to.0) * 360.0 - 180.0);
        self.look_at(LonLat::new(lon, lat_of(mid(from.1, to.1))), mid(from.2, to.2));
        if t >= 1.0 {
            self.flight = None;
        }
        true
    }

    /// Breaks a flight off where it is.
    pub fn stop(&mut self) {
        self.flight = None;
    }

    /// The nearest zoom within the limits at which a tile is a whole number of pixels wide, so
    /// that tiles can be drawn without being stretched.
    fn crisp(&self, zoom: f64) -> f64 {
        let zoom = zoom.clamp(self.farthest().min(self.nearest), self.nearest);
        let level = tile_level(zoom);
        let pixels = (tile_points(zoom, level) * self.pixels_per_point).round().max(1.0);
        (f64::from(level) + (pixels / (WORLD_AT_ZOOM_0 * self.pixels_per_point)).log2())
            .clamp(0.0, self.nearest)
    }

    /// The zoom at which the world is as high as the panel.
    fn farthest(&self) -> f64 {
        let least = f64::from(self.size.y).max(f64::from(self.size.x) / 2.0) + 1.0;
        (least / WORLD_AT_ZOOM_0).log2().max(0.0)
    }
}

/// The level of the tiles drawn at a zoom: their side is between 362 and 724 points.
pub fn tile_level(zoom: f64) -> u8 {
    (zoom - 1.0).round().clamp(0.0, NEAREST_EVER) as u8
}

/// Side of a tile of `level`, in points.
pub fn tile_points(zoom: f64, level: u8) -> f64 {
    WORLD_AT_ZOOM_0 * (zoom - f64::from(level)).exp2()
}

/// The middle of the view at `zoom` that leaves what is under `anchor` in its place.
fn anchored(before: &View, zoom: f64, anchor: ScreenPoint) -> LonLat {
    let world = WORLD_AT_ZOOM_0 * zoom.exp2();
    let (dx, dy) = (anchor.x - before.width / 2.0, anchor.y - before.height / 2.0);
    let x = mercator_x(before.center.lon) + dx / before.world() - dx / world;
    let y = mercator_y(before.center.lat) + dy / before.world() - dy / world;
    LonLat::new(wrap_lon(x * 360.0 - 180.0), lat_of(y.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.resize(Vec2::new(710.0, 800.0), 1.0);
        camera.look_at(LonLat::new(69.0, 34.0), 6.0);
        camera
    }

    #[test]
    fn zooming_leaves_what_is_under_the_pointer_in_place() {
        let mut camera = camera();
        let anchor = ScreenPoint::new(600.0, 120.0);
        let before = camera.view().geo_from_screen(anchor);
        camera.zoom_at(0.8, anchor, 0.0);
        let after = camera.view().screen_from_geo(before);
        assert!((after.x - anchor.x).abs() < 0.01 && (after.y - anchor.y).abs() < 0.01, "{after:?}");
    }

    #[test]
    fn the_zoom_stays_within_its_limits() {
        let mut camera = camera();
        let middle = ScreenPoint::new(355.0, 400.0);
        camera.zoom_at(40.0, middle, 0.0);
        assert!((camera.view().zoom - NEAREST).abs() < 0.01);
        camera.zoom_at(-40.0, middle, 0.0);
        assert!(camera.view().world() >= 799.0);
    }

    #[test]
    fn tiles_are_whole_pixels_wide_at_any_zoom() {
        let mut camera = camera();
        for density in [1.0, 1.25, 2.0] {
            camera.resize(Vec2::new(710.0, 800.0), density);
            for step in 0..50 {
                camera.look_at(LonLat::new(69.0, 34.0), 2.0 + f64::from(step) * 0.17);
                let zoom = camera.view().zoom;
                let pixels = tile_points(zoom, tile_level(zoom)) * f64::from(density);
                assert!((pixels - pixels.round()).abs() < 1e-6, "{zoom} {pixels}");
            }
        }
    }

    #[test]
    fn a_flight_ends_at_its_goal_and_takes_the_short_way() {
        let mut camera = camera();
        camera.look_at(LonLat::new(179.0, 0.0), 5.0);
        camera.fly(LonLat::new(-179.0, 0.0), 5.0, 10.0, true);
        assert!(camera.advance(10.05));
        let on_the_way = camera.view().center.lon;
        assert!(on_the_way.abs() > 178.9, "{on_the_way}");
        camera.advance(11.0);
        assert!(!camera.flying() && (camera.view().center.lon + 179.0).abs() < 1e-6);
    }

    #[test]
    fn with_reduced_motion_the_map_jumps() {
        let mut camera = camera();
        camera.fly(LonLat::new(10.0, 50.0), 7.0, 0.0, false);
        assert!(!camera.flying() && (camera.view().center.lon - 10.0).abs() < 1e-9);
    }
}
