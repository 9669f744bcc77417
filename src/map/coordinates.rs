//! Coordinates as people write them: degrees, degrees with minutes and seconds, MGRS.

use serde::{Deserialize, Serialize};

use super::mgrs::mgrs;
use crate::places::LonLat;

/// A way to write coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoordinateStyle {
    /// "34.52890, 69.17230": latitude first.
    #[default]
    Decimal,
    /// "34°31′44″N 69°10′20″E".
    Dms,
    /// "42S WD 15812 20815": the Military Grid Reference System, to the metre.
    Mgrs,
}

impl CoordinateStyle {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Decimal, Self::Dms, Self::Mgrs];

    /// What it is called in the interface.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decimal => "Decimal degrees",
            Self::Dms => "Degrees, minutes, seconds",
            Self::Mgrs => "MGRS",
        }
    }

    /// A point written so.
    pub fn format(self, at: LonLat) -> String {
        match self {
            Self::Decimal => decimal(at),
            Self::Dms => dms(at),
            Self::Mgrs => mgrs(at).unwrap_or_else(|| decimal(at)),
        }
    }
}

/// Latitude and longitude in degrees, about a metre exact.
pub fn decimal(at: LonLat) -> String {
    // A negative nought would be written with its sign.
    let short = |n: f64| (n * 1e5).round() / 1e5 + 0.0;
    format!("{:.5}, {:.5}", short(at.lat), short(at.lon))
}

/// Latitude and longitude in degrees, minutes and seconds.
pub fn dms(at: LonLat) -> String {
    format!("{} {}", angle(at.lat, 'N', 'S'), angle(at.lon, 'E', 'W'))
}

fn angle(degrees: f64, positive: char, negative: char) -> String {
    let seconds = (degrees.abs() * 3600.0).round() as u64;
    let side = if degrees < 0.0 && seconds > 0 { negative } else { positive };
    format!("{}°{:02}′{:02}″{side}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_with_latitude_first() {
        assert_eq!(decimal(LonLat::new(69.1723, -34.5289)), "-34.52890, 69.17230");
        assert_eq!(decimal(LonLat::new(-0.000_000_1, 0.0)), "0.00000, 0.00000");
    }

    #[test]
    fn seconds_carry_over() {
        assert_eq!(dms(LonLat::new(69.1723, 34.5289)), "34°31′44″N 69°10′20″E");
        assert_eq!(dms(LonLat::new(-0.999_99, -59.999_99)), "60°00′00″S 1°00′00″W");
    }

    #[test]
    fn every_style_writes_something() {
        for style in CoordinateStyle::ALL {
            assert!(!style.format(LonLat::new(69.0, 34.0)).is_empty() && !style.label().is_empty());
        }
    }
}
