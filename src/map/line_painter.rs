//! Draws lines into a picture.
//!
//! Boundaries are long rows of segments a few pixels short. Turning such a row into an outline
//! and filling that costs ten times the fills of the whole tile; so each segment marks the pixels
//! near it by their distance, the largest mark counts (round joins and ends come of themselves),
//! and the colour is laid on once.

use super::frame::Pen;
use super::strokes::Stroke;

/// Coverage of a picture's pixels by one kind of line.
pub(super) struct LinePainter {
    width: usize,
    height: usize,
    cover: Vec<u8>,
    /// Rows that were marked.
    rows: (usize, usize),
    half: f32,
    strength: f32,
    dashes: Option<Dashes>,
    at: [f32; 2],
}

/// Where in the pattern of a dashed line the pen is.
#[derive(Debug, Clone, Copy)]
struct Dashes {
    lengths: [f32; 2],
    drawn: bool,
    left: f32,
}

impl Dashes {
    fn restart(&mut self) {
        (self.drawn, self.left) = (true, self.lengths[0]);
    }
}

/// Longer segments are drawn piece by piece, so that the box around a slanted one stays small.
const PIECE: f32 = 12.0;

impl LinePainter {
    /// For a picture of this size and lines `scale` times as wide as the stroke says.
    pub fn new(width: u32, height: u32, stroke: &Stroke, scale: f32) -> Self {
        let (width, height) = (width as usize, height as usize);
        let wide = stroke.width * scale;
        // The round ends add the line's width to every dash.
        let lengths = |[on, off]: [f32; 2]| [(on * scale - wide).max(0.5), off * scale + wide];
        let dash = |d: [f32; 2]| Dashes { lengths: lengths(d), drawn: true, left: lengths(d)[0] };
        Self {
            width,
            height,
            cover: vec![0; width * height],
            rows: (height, 0),
            half: wide.max(1.0) / 2.0 + 0.5,
            strength: wide.min(1.0) * 255.0,
            dashes: stroke.dash.map(dash),
            at: [0.0; 2],
        }
    }

    /// Lays the colour on `rgba`, an opaque picture of the same size.
    pub fn blend(&self, color: [u8; 4], rgba: &mut [u8]) {
        let (first, last) = (self.rows.0.min(self.rows.1) * self.width, self.rows.1 * self.width);
        let (Some(cover), Some(rgba)) = (self.cover.get(first..last), rgba.get_mut(4 * first..4 * last))
        else {
            return;
        };
        for (pixel, &cover) in rgba.chunks_exact_mut(4).zip(cover) {
            if cover > 0 {
                for (old, new) in pixel.iter_mut().zip(color).take(3) {
                    let (o, n, c) = (u32::from(*old), u32::from(new), u32::from(cover));
                    *old = ((o * (255 - c) + n * c + 127) / 255) as u8;
                }
            }
        }
    }

    fn solid(&mut self, a: [f32; 2], b: [f32; 2]) {
        let pieces = ((b[0] - a[0]).hypot(b[1] - a[1]) / PIECE).ceil().clamp(1.0, 1e4);
        let on = |share: f32| [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
        for i in 0..pieces as u32 {
            self.piece(on(i as f32 / pieces), on((i + 1) as f32 / pieces));
        }
    }

    fn piece(&mut self, a: [f32; 2], b: [f32; 2]) {
        let span = |axis: usize, end: usize| {
            let (low, high) = (a[axis].min(b[axis]) - self.half, a[axis].max(b[axis]) + self.half);
            (low.floor().max(0.0) as usize, (high.ceil().max(0.0) as usize).min(end))
        };
        let ((left, right), (top, bottom)) = (span(0, self.width), span(1, self.height));
        if left >= right || top >= bottom {
            return;
        }
        self.rows = (self.rows.0.min(top), self.rows.1.max(bottom));
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let inverse = 1.0 / (dx * dx + dy * dy).max(1e-9);
        for row in top..bottom {
            let py = row as f32 + 0.5 - a[1];
            let cells = self.cover.get_mut(row * self.width + left..row * self.width + right);
            for (column, cell) in cells.into_iter().flatten().enumerate() {
                let px = (left + column) as f32 + 0.5 - a[0];
                let along = ((px * dx + py * dy) * inverse).clamp(0.0, 1.0);
                let (ex, ey) = (px - along * dx, py - along * dy);
                let near = (self.half - (ex * ex + ey * ey).sqrt()).clamp(0.0, 1.0);
                *cell = (*cell).max((near * self.strength) as u8);
            }
        }
    }

    fn dashed(&mut self, mut a: [f32; 2], b: [f32; 2]) {
        loop {
            let Some(mut dashes) = self.dashes else { return };
            let length = (b[0] - a[0]).hypot(b[1] - a[1]);
            let reach = length.min(dashes.left);
            let share = if length > 0.0 { reach / length } else { 1.0 };
            let to = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
            if dashes.drawn {
                self.solid(a, to);
            }
            dashes.left -= reach;
            if dashes.left <= 1e-3 {
                dashes.drawn = !dashes.drawn;
                dashes.left = dashes.lengths[usize::from(!dashes.drawn)];
            }
            self.dashes = Some(dashes);
            if length <= reach + 1e-3 {
                return;
            }
            a = to;
        }
    }
}

impl Pen for LinePainter {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = [x, y];
        if let Some(dashes) = &mut self.dashes {
            dashes.restart();
        }
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (a, b) = (self.at, [x, y]);
        if self.dashes.is_some() {
            self.dashed(a, b)
        } else {
            self.solid(a, b)
        }
        self.at = b;
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::palette::Color;

    fn drawn(width: f32, dash: Option<[f32; 2]>, points: &[[f32; 2]]) -> Vec<u8> {
        let stroke = Stroke { color: Color::rgb(0), width, dash };
        let mut painter = LinePainter::new(40, 40, &stroke, 1.0);
        painter.move_to(points[0][0], points[0][1]);
        points[1..].iter().for_each(|p| painter.line_to(p[0], p[1]));
        painter.cover
    }

    #[test]
    fn a_level_line_covers_its_width() {
        let cover = drawn(2.0, None, &[[5.0, 20.0], [35.0, 20.0]]);
        let column: Vec<u8> = (0..40).map(|y| cover[y * 40 + 20]).collect();
        assert_eq!(column.iter().map(|&c| u32::from(c)).sum::<u32>(), 2 * 255);
        assert_eq!((column[19], column[20], column[18]), (255, 255, 0));
    }

    #[test]
    fn a_line_thinner_than_a_pixel_is_fainter() {
        let cover = drawn(0.5, None, &[[5.0, 20.5], [35.0, 20.5]]);
        assert!((125..=128).contains(&cover[20 * 40 + 20]));
    }

    #[test]
    fn a_slanted_long_line_is_as_dense_as_a_short_one() {
        let long = drawn(2.0, None, &[[0.0, 0.0], [40.0, 40.0]]);
        let parts: Vec<[f32; 2]> = (0..=40).map(|i| [i as f32, i as f32]).collect();
        let short = drawn(2.0, None, &parts);
        assert!(long.iter().zip(&short).all(|(a, b)| a.abs_diff(*b) <= 1));
    }

    #[test]
    fn dashes_leave_gaps_also_across_corners() {
        let parts: Vec<[f32; 2]> = (0..=18).map(|i| [2.0 + 2.0 * i as f32, 20.5]).collect();
        let cover = drawn(1.0, Some([6.0, 5.0]), &parts);
        let row = &cover[20 * 40..21 * 40];
        let changes = row.windows(2).filter(|w| (w[0] > 100) != (w[1] > 100)).count();
        assert!((5..=8).contains(&changes), "{changes}: {row:?}");
    }

    #[test]
    fn lines_far_outside_and_of_no_length_do_no_harm() {
        assert!(drawn(2.0, None, &[[-90.0, -90.0], [-50.0, 900.0]]).iter().all(|&c| c == 0));
        assert!(drawn(2.0, Some([1.0, 1.0]), &[[5.0, 5.0], [5.0, 5.0]]).iter().any(|&c| c > 0));
        assert!(drawn(2.0, None, &[[f32::NAN, 5.0], [5.0, 5.0]]).len() == 1600);
    }
}
