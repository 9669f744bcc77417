//! The bar that says how long a kilometre is.

use super::view::View;

/// A bar of a round length.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleBar {
    /// Its length on the screen, in points.
    pub points: f64,
    /// Its length on the ground, in metres.
    pub metres: f64,
    /// What is written beside it: "100 km".
    pub label: String,
}

impl ScaleBar {
    /// The longest bar of 1, 2 or 5 times a power of ten metres that is no longer than
    /// `at_most` points, true in the middle of the view.
    pub fn of(view: &View, at_most: f64) -> Self {
        let room = (view.metres_per_point() * at_most.max(1.0)).max(1.0);
        let power = 10_f64.powf(room.log10().floor());
        let metres = [5.0, 2.0, 1.0].iter().map(|n| n * power).find(|&m| m <= room).unwrap_or(power);
        let label =
            if metres >= 1000.0 { format!("{} km", grouped(metres / 1000.0)) } else { format!("{metres} m") };
        Self { points: metres / view.metres_per_point(), metres, label }
    }
}

/// A whole number with a comma before its last three digits.
pub(super) fn grouped(n: f64) -> String {
    let n = n.round() as u64;
    if n >= 1000 { format!("{},{:03}", n / 1000, n % 1000) } else { n.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::LonLat;

    #[test]
    fn the_bar_is_round_and_fits() {
        for (zoom, label) in [(6.0, "100 km"), (12.0, "2 km"), (2.0, "2,000 km"), (0.0, "10,000 km")] {
            let view = View { center: LonLat::new(69.0, 34.0), zoom, width: 700.0, height: 700.0 };
            let bar = ScaleBar::of(&view, 90.0);
            assert!(bar.points <= 90.0 && bar.points > 30.0, "{bar:?}");
            assert_eq!(bar.label, label, "zoom {zoom}");
        }
    }
}
