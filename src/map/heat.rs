//! Where much happened: the density of reports as a grid over a view.
//!
//! Each place spreads its reports over a bell around it, the wider the less exactly it is known.
//! A country, region or sea says nothing about where in it something happened: it is left out.

use super::palette::{Color, Theme};
use super::scene::{Marker, Scene};
use super::view::{ScreenPoint, View};
use crate::places::Precision;

/// Side of a cell in points.
pub const CELL: f64 = 4.0;
/// Density below which nothing is drawn, of the greatest.
pub const LEAST: f32 = 0.06;

/// Density of reports over a view.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Cells a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Side of a cell in points.
    pub cell: f64,
    /// Row by row from the left upper corner, 0 to 1: the square root of the density, so that
    /// the lesser half is seen too. All are 0 where nothing happened.
    pub values: Vec<f32>,
}

impl Heat {
    /// The density of a scene's reports. Cost grows with the number of cells, hardly with that
    /// of the markers.
    pub fn of(scene: &Scene, view: &View) -> Self {
        let side = |points: f64| ((points / CELL).ceil().clamp(1.0, 4000.0)) as usize + 1;
        let (columns, rows) = (side(view.width), side(view.height));
        let mut values = vec![0.0; columns * rows];
        for (reach, wanted) in [(24.0, Spread::Point), (60.0, Spread::Area)] {
            let mut counts = vec![0.0; columns * rows];
            for marker in scene.markers.iter().filter(|m| spread(m) == Some(wanted)) {
                let at = view.screen_from_geo(marker.at);
                let (x, y) = ((at.x / CELL).round(), (at.y / CELL).round());
                let inside = x >= 0.0 && y >= 0.0 && x < columns as f64 && y < rows as f64;
                if inside && let Some(cell) = counts.get_mut(y as usize * columns + x as usize) {
                    *cell += marker.count as f32;
                }
            }
            blurred(&mut counts, columns, reach / CELL);
            values.iter_mut().zip(counts).for_each(|(value, count)| *value += count);
        }
        let most = values.iter().copied().fold(0.0, f32::max);
        if most > 0.0 {
            values.iter_mut().for_each(|value| *value = (*value / most).sqrt());
        }
        Self { columns, rows, cell: CELL, values }
    }

    /// The grid as straight red, green, blue, alpha: one pixel a cell, to be stretched over the view.
    pub fn rgba(&self, theme: Theme) -> Vec<u8> {
        self.values.iter().flat_map(|&value| color(value, theme).0).collect()
    }

    /// The outlines of where the value is at least `level`: closed rings in points of the view,
    /// to be filled by the even-odd rule (marching squares, Lorensen and Cline 1987 in the plane).
    pub fn rings(&self, level: f32) -> Vec<Vec<ScreenPoint>> {
        super::contour::rings(&self.values, self.columns, level)
            .into_iter()
            .map(|ring| {
                ring.into_iter().map(|[x, y]| ScreenPoint::new(x * self.cell, y * self.cell)).collect()
            })
            .collect()
    }
}

/// Colour and opacity of a value, 0 to 1.
pub fn color(value: f32, theme: Theme) -> Color {
    let strength = ((value - LEAST) / (1.0 - LEAST)).clamp(0.0, 1.0);
    let alpha = (strength * 4.0).min(1.0) * 215.0;
    ramp(strength, theme).with_alpha(alpha as u8)
}

/// A colour from least to most, 0 to 1. It goes from light to dark on light ground and from dark
/// to light on dark, so that it also reads in grey and for the colour-blind (after ColorBrewer's
/// sequential YlOrRd, Harrower and Brewer 2003).
pub fn ramp(share: f32, theme: Theme) -> Color {
    const LIGHT: [u32; 5] = [0xff_eda0, 0xfe_b24c, 0xfd_8d3c, 0xe3_1a1c, 0x80_0026];
    const DARK: [u32; 5] = [0x5c_2a1e, 0x9c_3f1c, 0xd9_6a1e, 0xf7_a540, 0xff_eda0];
    let stops = if theme == Theme::Dark { DARK } else { LIGHT };
    let at = share.clamp(0.0, 1.0) * 4.0;
    let low = (at as usize).min(3);
    let stop = |i: usize| Color::rgb(stops.get(i).copied().unwrap_or(0));
    stop(low).mixed(stop(low + 1), at - low as f32)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    Point,
    Area,
}

fn spread(marker: &Marker) -> Option<Spread> {
    marker.kind?;
    match marker.precision {
        Precision::Exact | Precision::Settlement | Precision::Near => Some(Spread::Point),
        Precision::Admin2 | Precision::Admin1 => Some(Spread::Area),
        Precision::Region | Precision::Country | Precision::Sea => None,
    }
}

/// Three running means one after the other come near a bell curve (Wells 1986); mass is kept but
/// for what leaves the edge.
fn blurred(grid: &mut [f32], columns: usize, reach: f64) {
    if grid.iter().all(|&v| v == 0.0) {
        return;
    }
    let radius = ((reach / 2.0).round() as usize).max(1);
    let rows = grid.len() / columns.max(1);
    let mut line = Vec::new();
    for _ in 0..3 {
        for row in grid.chunks_exact_mut(columns) {
            line.clear();
            line.extend_from_slice(row);
            mean(&line, radius, |i, v| {
                if let Some(cell) = row.get_mut(i) {
                    *cell = v;
                }
            });
        }
        for column in 0..columns {
            line.clear();
            line.extend((0..rows).filter_map(|r| grid.get(r * columns + column)));
            mean(&line, radius, |r, v| {
                if let Some(cell) = grid.get_mut(r * columns + column) {
                    *cell = v;
                }
            });
        }
    }
}

fn mean(line: &[f32], radius: usize, mut set: impl FnMut(usize, f32)) {
    let at = |i: usize| f64::from(line.get(i).copied().unwrap_or(0.0));
    let mut sum: f64 = (0..radius).map(at).sum();
    let width = (2 * radius + 1) as f64;
    for i in 0..line.len() {
        sum += at(i + radius);
        set(i, (sum / width).max(0.0) as f32);
        if i >= radius {
            sum -= at(i - radius);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::scene::fixture::marker;
    use crate::places::LonLat;

    fn view() -> View {
        View { center: LonLat::new(69.0, 34.0), zoom: 6.0, width: 400.0, height: 300.0 }
    }

    fn heat(markers: Vec<Marker>) -> Heat {
        Heat::of(&Scene { markers, ..Scene::default() }, &view())
    }

    #[test]
    fn it_is_hottest_where_most_happened() {
        let mut often = marker(69.0, 34.0, Precision::Settlement);
        often.count = 9;
        let heat = heat(vec![often, marker(71.0, 34.0, Precision::Settlement)]);
        let hottest = heat.values.iter().position(|&v| v == 1.0).unwrap();
        assert_eq!((hottest % heat.columns, hottest / heat.columns), (50, 38));
        assert!(heat.values.iter().all(|v| (0.0..=1.0).contains(v)));
    }

    #[test]
    fn a_country_heats_no_place() {
        assert!(heat(vec![marker(66.0, 33.0, Precision::Country)]).values.iter().all(|&v| v == 0.0));
        let mut named_only = marker(69.0, 34.0, Precision::Settlement);
        named_only.kind = None;
        assert!(heat(vec![named_only]).values.iter().all(|&v| v == 0.0));
    }

    #[test]
    fn a_province_is_spread_wider_than_a_town() {
        let town = heat(vec![marker(69.0, 34.0, Precision::Settlement)]);
        let province = heat(vec![marker(69.0, 34.0, Precision::Admin1)]);
        let warm = |h: &Heat| h.values.iter().filter(|&&v| v > 0.3).count();
        assert!(warm(&province) > 3 * warm(&town));
        assert!(!province.rings(0.3).is_empty() && town.rings(2.0).is_empty());
    }

    #[test]
    fn nothing_is_clear_and_much_is_strong() {
        assert_eq!(color(0.0, Theme::Light).0[3], 0);
        assert!(color(1.0, Theme::Dark).0[3] > 200);
        assert_ne!(ramp(0.0, Theme::Light), ramp(1.0, Theme::Light));
    }
}
