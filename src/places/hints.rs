//! What the reader knows about an article beforehand.

use super::{LonLat, Place};

/// What is known about an article beyond its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hints {
    /// The part of the world the article is expected to be about.
    pub region: Option<Region>,
}

/// A part of the world: places inside it are preferred, others stay possible.
#[derive(Debug, Clone, PartialEq)]
pub enum Region {
    /// ISO 3166-1 alpha-2 code of a country.
    Country(String),
    /// A box in WGS84 degrees; `west` above `east` crosses the 180th meridian.
    Bounds {
        /// Degrees east of the left edge.
        west: f64,
        /// Degrees north of the lower edge.
        south: f64,
        /// Degrees east of the right edge.
        east: f64,
        /// Degrees north of the upper edge.
        north: f64,
    },
}

/// A region hint that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "region {0:?} is neither a country code such as \"AF\" nor a box \"west,south,east,north\" in degrees"
)]
pub struct RegionError(String);

impl std::str::FromStr for Region {
    type Err = RegionError;

    /// Reads "AF" or "60.5,29.4,74.9,38.5".
    fn from_str(text: &str) -> Result<Self, RegionError> {
        let text = text.trim();
        if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Ok(Self::Country(text.to_ascii_uppercase()));
        }
        let numbers: Vec<f64> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
        match numbers[..] {
            [west, south, east, north]
                if text.split(',').count() == 4
                    && [west, east].iter().all(|lon| (-180.0..=180.0).contains(lon))
                    && south <= north
                    && [south, north].iter().all(|lat| (-90.0..=90.0).contains(lat)) =>
            {
                Ok(Self::Bounds { west, south, east, north })
            }
            _ => Err(RegionError(text.to_owned())),
        }
    }
}

impl Region {
    /// Whether `place` lies in the region.
    pub fn holds(&self, place: &Place<'_>) -> bool {
        match self {
            Self::Country(code) => place.country == code,
            Self::Bounds { .. } => self.holds_point(place.at),
        }
    }

    /// Whether `at` lies in the box; a country holds no point, its places are told by their code.
    fn holds_point(&self, at: LonLat) -> bool {
        let Self::Bounds { west, south, east, north } = *self else { return false };
        let inside_lon =
            if west <= east { (west..=east).contains(&at.lon) } else { at.lon >= west || at.lon <= east };
        inside_lon && (south..=north).contains(&at.lat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_codes_or_boxes() {
        assert_eq!("af".parse(), Ok(Region::Country("AF".into())));
        assert!(matches!("60.5, 29.4,74.9,38.5".parse(), Ok(Region::Bounds { north: 38.5, .. })));
        for bad in ["", "AFG", "1,2,3", "1,2,3,x", "1,2,3,4,5", "0,50,10,40", "0,0,200,10"] {
            assert!(bad.parse::<Region>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_box_may_cross_the_date_line() {
        let fiji = "177,-21,-178,-12".parse::<Region>().unwrap();
        assert!(fiji.holds_point(LonLat::new(178.4, -18.1)));
        assert!(!fiji.holds_point(LonLat::new(0.0, -18.1)));
    }
}
