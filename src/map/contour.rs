//! Closed outlines of where a grid's values reach a level: marching squares.

use std::collections::BTreeMap;

/// Where a line crosses between two neighbours of the grid: the cell's column and row (of the
/// padded grid), and whether downwards.
type Edge = (usize, usize, bool);

/// The rings around all values of at least `level`, in cells from the first value; beyond the
/// grid everything is low, so that every ring is closed.
pub(super) fn rings(values: &[f32], columns: usize, level: f32) -> Vec<Vec<[f64; 2]>> {
    let grid = Grid { values, columns, rows: values.len().checked_div(columns).unwrap_or(0), level };
    let mut next: BTreeMap<Edge, Edge> = BTreeMap::new();
    for row in 0..=grid.rows {
        for column in 0..=grid.columns {
            for (from, to) in grid.steps(column, row) {
                next.insert(from, to);
            }
        }
    }
    let mut out = Vec::new();
    while let Some((start, mut edge)) = next.pop_first() {
        let mut ring = vec![grid.crossing(start)];
        while edge != start {
            ring.push(grid.crossing(edge));
            let Some(following) = next.remove(&edge) else { break };
            edge = following;
        }
        if ring.len() > 2 {
            out.push(ring);
        }
    }
    out
}

/// The grid with one more row and column of nothing on every side.
struct Grid<'a> {
    values: &'a [f32],
    columns: usize,
    rows: usize,
    level: f32,
}

impl Grid<'_> {
    /// The value at a corner of the padded grid.
    fn at(&self, column: usize, row: usize) -> f32 {
        let inside = (1..=self.columns).contains(&column) && (1..=self.rows).contains(&row);
        let value = || self.values.get((row - 1) * self.columns + column - 1).copied();
        if inside { value().unwrap_or(0.0) } else { 0.0 }
    }

    /// The steps of lines through one cell, what is high on their right hand.
    fn steps(&self, column: usize, row: usize) -> Vec<(Edge, Edge)> {
        let corner = |dx: usize, dy: usize| self.at(column + dx, row + dy);
        let [a, b, c, d] = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
        let high = |v: f32| v >= self.level;
        let case = usize::from(high(a))
            | usize::from(high(b)) << 1
            | usize::from(high(c)) << 2
            | usize::from(high(d)) << 3;
        let (top, bottom) = ((column, row, false), (column, row + 1, false));
        let (left, right) = ((column, row, true), (column + 1, row, true));
        let middle = high((a + b + c + d) / 4.0);
        match case {
            1 => vec![(top, left)],
            2 => vec![(right, top)],
            3 => vec![(right, left)],
            4 => vec![(bottom, right)],
            5 if middle => vec![(top, right), (bottom, left)],
            5 => vec![(top, left), (bottom, right)],
            6 => vec![(bottom, top)],
            7 => vec![(bottom, left)],
            8 => vec![(left, bottom)],
            9 => vec![(top, bottom)],
            10 if middle => vec![(left, top), (right, bottom)],
            10 => vec![(left, bottom), (right, top)],
            11 => vec![(right, bottom)],
            12 => vec![(left, right)],
            13 => vec![(top, right)],
            14 => vec![(left, top)],
            _ => Vec::new(),
        }
    }

    /// Where on an edge the value is the level, in cells from the first value.
    fn crossing(&self, (column, row, down): Edge) -> [f64; 2] {
        let a = self.at(column, row);
        let b = if down { self.at(column, row + 1) } else { self.at(column + 1, row) };
        let share = if a == b { 0.5 } else { ((self.level - a) / (b - a)).clamp(0.0, 1.0) };
        let (x, y, share) = (column as f64 - 1.0, row as f64 - 1.0, f64::from(share));
        if down { [x, y + share] } else { [x + share, y] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(ring: &[[f64; 2]]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
    }

    #[test]
    fn one_peak_has_one_ring_around_it() {
        let found = rings(&[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0], 3, 0.5);
        assert_eq!(found.len(), 1);
        assert!((area(&found[0]).abs() - 0.5).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_hole_is_a_ring_the_other_way_round() {
        let mut values = vec![1.0; 25];
        values[12] = 0.0;
        let found = rings(&values, 5, 0.5);
        assert_eq!(found.len(), 2);
        assert!(area(&found[0]) * area(&found[1]) < 0.0);
    }

    #[test]
    fn what_reaches_the_edge_is_closed() {
        let found = rings(&[1.0; 4], 2, 0.5);
        assert_eq!(found.len(), 1);
        assert!(found[0].iter().flatten().all(|c| (-0.5..=1.5).contains(c)));
        assert!(rings(&[], 0, 0.5).is_empty() && rings(&[0.2; 4], 2, 0.5).is_empty());
    }

    #[test]
    fn saddles_part_or_join_without_losing_a_ring() {
        for values in [[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]] {
            let parted = rings(&values, 2, 0.6);
            let joined = rings(&values, 2, 0.4);
            assert_eq!((parted.len(), joined.len()), (2, 1), "{values:?}");
        }
    }
}
