//! From the basemap's units to pixels: scaled, thinned to what a pixel can show, and cut at the
//! edge, so that a deep zoom costs no more than a shallow one.

use super::basemap::{UNITS, UnitBox};
use super::view::View;

/// Takes outlines in pixels.
pub trait Pen {
    /// Starts a new outline.
    fn move_to(&mut self, x: f32, y: f32);
    /// A straight line from the point before.
    fn line_to(&mut self, x: f32, y: f32);
    /// Closes the outline.
    fn close(&mut self);
}

/// A rectangle of the picture, and where in it the world lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Where the world's left upper corner stands, in pixels.
    pub world_left: f64,
    /// See `world_left`.
    pub world_top: f64,
    /// Pixels a unit.
    pub scale: f64,
    /// Width of the picture in pixels.
    pub width: f64,
    /// Height of the picture in pixels.
    pub height: f64,
    /// How far beyond the edge shapes are kept, in pixels: half of the widest stroke.
    pub buffer: f64,
}

/// Points nearer than this to the one before are left out, in pixels.
const THINNEST: f32 = 0.4;

impl Frame {
    /// The frame of a tile of the usual scheme (`z/x/y`), `size` pixels wide.
    pub fn of_tile(z: u8, x: u32, y: u32, size: f64) -> Self {
        let tiles = f64::from(z).exp2();
        Self {
            world_left: -f64::from(x) * size,
            world_top: -f64::from(y) * size,
            scale: tiles * size / f64::from(UNITS),
            width: size,
            height: size,
            buffer: 6.0,
        }
    }

    /// The frame of one of a view's copies of the world (see [`View::copies`]).
    pub fn of_view(view: &View, shift: f64) -> Self {
        Self {
            world_left: view.world_left() + shift,
            world_top: view.world_top(),
            scale: view.world() / f64::from(UNITS),
            width: view.width,
            height: view.height,
            buffer: 6.0,
        }
    }

    /// The same frame on a picture of `pixels` pixels a point, this wide and high.
    pub fn scaled(self, pixels: f64, width: f64, height: f64) -> Self {
        Self {
            world_left: self.world_left * pixels,
            world_top: self.world_top * pixels,
            scale: self.scale * pixels,
            width,
            height,
            buffer: self.buffer * pixels,
        }
    }

    /// The zoom at which the world is as large as here.
    pub fn zoom(&self) -> f64 {
        (self.scale * f64::from(UNITS) / super::view::WORLD_AT_ZOOM_0).log2()
    }

    /// The part of the world that is seen, with the buffer.
    pub fn window(&self) -> UnitBox {
        let unit = |pixel: f64, origin: f64| ((pixel - origin) / self.scale) as i32;
        UnitBox {
            left: unit(-self.buffer, self.world_left),
            top: unit(-self.buffer, self.world_top),
            right: unit(self.width + self.buffer, self.world_left),
            bottom: unit(self.height + self.buffer, self.world_top),
        }
    }

    fn pixel(&self, [x, y]: [i32; 2]) -> [f32; 2] {
        let scaled = |c: i32, origin: f64| (f64::from(c) * self.scale + origin) as f32;
        [scaled(x, self.world_left), scaled(y, self.world_top)]
    }

    fn edges(&self) -> Edges {
        let b = self.buffer as f32;
        Edges { low: [-b, -b], high: [self.width as f32 + b, self.height as f32 + b] }
    }

    /// Draws a ring, cut at the edge (Sutherland and Hodgman 1974).
    pub fn ring(&self, ring: &[[i32; 2]], scratch: &mut Scratch, pen: &mut dyn Pen) {
        let edges = self.edges();
        scratch.thin(ring.iter().map(|&p| (self.pixel(p), is_on_cut(p))), false);
        for (axis, high) in [(0, false), (0, true), (1, false), (1, true)] {
            scratch.cut(axis, high, &edges);
        }
        if scratch.points.len() > 2 {
            trace(&scratch.points, pen);
            pen.close();
        }
    }

    /// Draws a line, in pieces where it leaves the picture and comes back.
    pub fn line(&self, line: &[[i32; 2]], scratch: &mut Scratch, pen: &mut dyn Pen) {
        let edges = self.edges();
        scratch.thin(line.iter().map(|&p| (self.pixel(p), false)), true);
        let mut open = false;
        for pair in scratch.points.windows(2) {
            let &[a, b] = pair else { continue };
            if edges.misses(a, b) {
                open = false;
                continue;
            }
            if !open {
                pen.move_to(a[0], a[1]);
            }
            pen.line_to(b[0], b[1]);
            open = true;
        }
    }
}

/// Whether a point lies where the basemap's cells are cut. The two ways along a cut must stay on one
/// line, or a sliver of land shows between them over the water.
const fn is_on_cut([x, y]: [i32; 2]) -> bool {
    x % CELL == 0 || y % CELL == 0
}

/// Width of the basemap's smallest cells; the larger ones are multiples.
const CELL: i32 = UNITS / 64;

fn trace(points: &[[f32; 2]], pen: &mut dyn Pen) {
    for (i, p) in points.iter().enumerate() {
        if i == 0 { pen.move_to(p[0], p[1]) } else { pen.line_to(p[0], p[1]) }
    }
}

/// The edge of the picture with its buffer.
#[derive(Debug, Clone, Copy)]
struct Edges {
    low: [f32; 2],
    high: [f32; 2],
}

impl Edges {
    /// Whether both ends lie beyond one and the same edge.
    fn misses(&self, a: [f32; 2], b: [f32; 2]) -> bool {
        (0..2).any(|i| {
            (a[i] < self.low[i] && b[i] < self.low[i]) || (a[i] > self.high[i] && b[i] > self.high[i])
        })
    }
}

/// Room for points between two steps, kept so that it is not asked for again at every shape.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    points: Vec<[f32; 2]>,
    spare: Vec<[f32; 2]>,
}

impl Scratch {
    /// Takes the points, without those that a pixel cannot tell from the one before, unless they
    /// must be kept.
    fn thin(&mut self, points: impl ExactSizeIterator<Item = ([f32; 2], bool)>, keep_last: bool) {
        self.points.clear();
        let last = points.len().saturating_sub(1);
        for (i, (p, kept)) in points.enumerate() {
            let near = self
                .points
                .last()
                .is_some_and(|q| (p[0] - q[0]).abs() < THINNEST && (p[1] - q[1]).abs() < THINNEST);
            if !near || kept || (keep_last && i == last) {
                self.points.push(p);
            }
        }
    }

    /// Keeps what lies on the inner side of one edge.
    fn cut(&mut self, axis: usize, high: bool, edges: &Edges) {
        let edge = if high { edges.high[axis] } else { edges.low[axis] };
        let inside = |p: &[f32; 2]| if high { p[axis] <= edge } else { p[axis] >= edge };
        if self.points.iter().all(inside) {
            return;
        }
        self.spare.clear();
        let Some(&last) = self.points.last() else { return };
        let mut before = last;
        for &p in &self.points {
            if inside(&p) != inside(&before) {
                self.spare.push(crossing(before, p, axis, edge));
            }
            if inside(&p) {
                self.spare.push(p);
            }
            before = p;
        }
        std::mem::swap(&mut self.points, &mut self.spare);
    }
}

fn crossing(a: [f32; 2], b: [f32; 2], axis: usize, edge: f32) -> [f32; 2] {
    let share = (edge - a[axis]) / (b[axis] - a[axis]);
    let mut out = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    out[axis] = edge;
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(Vec<[f32; 2]>, usize);
    impl Pen for Log {
        fn move_to(&mut self, x: f32, y: f32) {
            self.1 += 1;
            self.0.push([x, y]);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push([x, y]);
        }
        fn close(&mut self) {}
    }

    fn frame() -> Frame {
        Frame { world_left: 0.0, world_top: 0.0, scale: 1.0, width: 100.0, height: 100.0, buffer: 0.0 }
    }

    #[test]
    fn a_ring_is_cut_to_the_picture() {
        let mut log = Log::default();
        frame().ring(&[[-50, -50], [150, -50], [150, 150], [-50, 150]], &mut Scratch::default(), &mut log);
        assert_eq!(log.0.len(), 4);
        assert!(log.0.iter().flatten().all(|&c| c == 0.0 || c == 100.0));
    }

    #[test]
    fn a_ring_outside_is_not_drawn() {
        let mut log = Log::default();
        frame().ring(&[[200, 0], [300, 0], [300, 50]], &mut Scratch::default(), &mut log);
        assert!(log.0.is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_pieces() {
        let mut log = Log::default();
        let line = [[10, 10], [10, -20], [10, -40], [60, -40], [60, -20], [60, 10]];
        frame().line(&line, &mut Scratch::default(), &mut log);
        assert_eq!((log.1, log.0.len()), (2, 4));
    }

    #[test]
    fn what_a_pixel_cannot_show_is_left_out() {
        let mut log = Log::default();
        let frame = Frame { scale: 0.001, ..frame() };
        let line: Vec<[i32; 2]> = (0..1000).map(|i| [i, 0]).collect();
        frame.line(&line, &mut Scratch::default(), &mut log);
        assert!(log.0.len() <= 5, "{}", log.0.len());
        assert_eq!(log.0.last(), Some(&[0.999, 0.0]), "the end stays");
    }

    #[test]
    fn along_a_cut_there_and_back_is_no_sliver() {
        let mut log = Log::default();
        let frame = Frame { scale: 0.001, ..frame() };
        // Out along the cut and back, by way of points that a pixel cannot tell from those on it.
        let ring =
            [[CELL - 300, 0], [CELL, 200], [CELL, 30_000], [CELL - 250, 30_100], [CELL, 30_200], [CELL, 300]];
        frame.ring(&ring, &mut Scratch::default(), &mut log);
        let x = (f64::from(CELL) * frame.scale) as f32;
        assert_eq!(log.0.iter().filter(|p| p[0] == x).count(), 4, "{:?}", log.0);
    }

    #[test]
    fn tiles_side_by_side_meet() {
        let (a, b) = (Frame::of_tile(6, 40, 25, 256.0), Frame::of_tile(6, 41, 25, 256.0));
        let point = [2_700_000, 1_700_000];
        assert!((a.pixel(point)[0] - 256.0 - b.pixel(point)[0]).abs() < 1e-3);
        assert!((a.zoom() - 6.0).abs() < 1e-12);
    }
}
