//! Lengths on the ground, and how they are written.

use geographiclib_rs::{Geodesic, InverseGeodesic};

use crate::places::LonLat;

/// Length of the shortest way between two points on the WGS84 ellipsoid in metres (Karney 2013).
pub fn distance_m(a: LonLat, b: LonLat) -> f64 {
    let length: f64 = Geodesic::wgs84().inverse(a.lat, a.lon, b.lat, b.lon);
    length
}

/// Length of a way from point to point in metres.
pub fn path_length_m(way: &[LonLat]) -> f64 {
    way.iter().zip(way.iter().skip(1)).map(|(&a, &b)| distance_m(a, b)).sum()
}

/// A length as people write it: "850 m", "4.2 km", "1,240 km".
pub fn format_length(metres: f64) -> String {
    if !metres.is_finite() || metres < 0.0 {
        return "–".to_owned();
    }
    match metres {
        m if m < 999.5 => format!("{m:.0} m"),
        m if m < 9_950.0 => format!("{:.1} km", m / 1000.0),
        m => format!("{} km", super::scale_bar::grouped(m / 1000.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The distance from New York to Paris that GeographicLib's manual gives
    /// (GeodSolve, 40.6 −73.8 to 49°01′N 2°33′E: 5 853 226.256 m).
    #[test]
    fn distances_are_those_of_geographiclib() {
        let (jfk, cdg) = (LonLat::new(-73.8, 40.6), LonLat::new(2.55, 49.016_666_67));
        assert!((distance_m(jfk, cdg) - 5_853_226.256).abs() < 0.01);
        assert_eq!(distance_m(jfk, jfk), 0.0);
    }

    #[test]
    fn a_way_over_the_date_line_is_short() {
        let way = [LonLat::new(179.5, 0.0), LonLat::new(-179.5, 0.0), LonLat::new(-179.0, 0.0)];
        assert!((path_length_m(&way) - 1.5 * 111_319.49).abs() < 1.0);
        assert_eq!(path_length_m(&way[..1]), 0.0);
    }

    #[test]
    fn lengths_are_rounded_for_reading() {
        let texts = [0.0, 850.4, 999.6, 4_249.0, 9_960.0, 1_240_400.0, f64::NAN].map(format_length);
        assert_eq!(texts, ["0 m", "850 m", "1.0 km", "4.2 km", "10 km", "1,240 km", "–"]);
    }
}
