//! The Military Grid Reference System (NGA.STND.0037): squares of a metre by zone, letters and
//! digits. The polar caps, which have a grid of their own, are left out.

use crate::places::LonLat;

/// Semi-major axis of WGS84 in metres, and its flattening.
const AXIS_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// The square of a metre that a point lies in, with spaces between zone, square, easting and
/// northing. `None` beyond 80° S and 84° N, and where the point is none on Earth.
pub fn mgrs(at: LonLat) -> Option<String> {
    let on_earth = (-80.0..=84.0).contains(&at.lat) && (-180.0..=180.0).contains(&at.lon);
    if !on_earth {
        return None;
    }
    let band = ((at.lat / 8.0).floor() as i32 + 10).clamp(0, 19);
    let zone = zone(at, band);
    let (easting, northing) = utm(at, f64::from(zone * 6 - 183));
    let letter = |letters: &str, i: i32| letters.chars().nth(usize::try_from(i).ok()?);
    let columns = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"].get(zone as usize % 3)?;
    let column = letter(columns, (easting / 1e5) as i32 - 1)?;
    let start = if zone % 2 == 0 { 5 } else { 0 };
    let row = letter("ABCDEFGHJKLMNPQRSTUV", ((northing / 1e5) as i32 + start) % 20)?;
    let band = letter("CDEFGHJKLMNPQRSTUVWX", band)?;
    let digits = |m: f64| (m % 1e5) as u32;
    Some(format!("{zone}{band} {column}{row} {:05} {:05}", digits(easting), digits(northing)))
}

/// The zone, with the exceptions for Norway and Svalbard.
fn zone(at: LonLat, band: i32) -> i32 {
    let zone = ((at.lon / 6.0).floor() as i32 + 31).min(60);
    let (v, x) = (17, 19);
    match (band, zone) {
        (b, 31) if b == v && at.lon >= 3.0 => 32,
        (b, 32 | 34 | 36) if b == x => {
            let middle = f64::from(zone * 6 - 183);
            if at.lon < middle { zone - 1 } else { zone + 1 }
        }
        _ => zone,
    }
}

/// Easting and northing in metres: transverse Mercator by Krüger's series to the fourth order
/// (Karney 2011, eq. 35), good to a millimetre within a zone.
fn utm(at: LonLat, middle: f64) -> (f64, f64) {
    let n = FLATTENING / (2.0 - FLATTENING);
    let radius = AXIS_M / (1.0 + n) * (1.0 + n * n / 4.0 + n.powi(4) / 64.0);
    let alpha = [
        n / 2.0 - 2.0 / 3.0 * n * n + 5.0 / 16.0 * n.powi(3) + 41.0 / 180.0 * n.powi(4),
        13.0 / 48.0 * n * n - 3.0 / 5.0 * n.powi(3) + 557.0 / 1440.0 * n.powi(4),
        61.0 / 240.0 * n.powi(3) - 103.0 / 140.0 * n.powi(4),
        49_561.0 / 161_280.0 * n.powi(4),
    ];
    let (lat, lon) = (at.lat.to_radians(), (at.lon - middle).to_radians());
    let e = (FLATTENING * (2.0 - FLATTENING)).sqrt();
    let t = (lat.sin().atanh() - e * (e * lat.sin()).atanh()).sinh();
    let (xi, eta) = (t.atan2(lon.cos()), (lon.sin() / t.hypot(lon.cos())).asinh());
    let (mut x, mut y) = (eta, xi);
    for (i, a) in (1..).zip(alpha) {
        let k = 2.0 * f64::from(i);
        x += a * (k * xi).cos() * (k * eta).sinh();
        y += a * (k * xi).sin() * (k * eta).cosh();
    }
    let south = if at.lat < 0.0 { 1e7 } else { 0.0 };
    (500_000.0 + 0.9996 * radius * x, south + 0.9996 * radius * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lat: f64, lon: f64) -> String {
        mgrs(LonLat::new(lon, lat)).unwrap()
    }

    /// The centre of 38SMB4488, as the manual of GeographicLib's GeoConvert gives it.
    #[test]
    fn baghdad_is_in_its_square() {
        assert_eq!(of(33.334_24, 44.403_63), "38S MB 44500 88500");
    }

    /// As GeographicLib gives them.
    #[test]
    fn squares_are_those_of_geographiclib() {
        assert_eq!(of(34.5289, 69.1723), "42S WD 15812 20815");
        assert_eq!(of(38.8977, -77.0365), "18S UJ 23394 07395");
        assert_eq!(of(-33.8568, 151.2153), "56H LH 34900 52288");
        assert_eq!(of(60.0, 5.0), "32V KM 76979 58157");
        assert_eq!(of(78.0, 10.0), "33X UG 84085 63320");
    }

    #[test]
    fn norway_and_svalbard_have_zones_of_their_own() {
        assert!(of(60.0, 5.0).starts_with("32V"));
        assert!(of(60.0, 2.0).starts_with("31V"));
        assert!(of(78.0, 8.0).starts_with("31X") && of(78.0, 10.0).starts_with("33X"));
    }

    #[test]
    fn the_edges_of_the_grid_do_no_harm() {
        for (lat, lon) in [(84.0, 180.0), (-80.0, -180.0), (0.0, 180.0), (-0.000_001, 3.0), (72.0, 179.999)] {
            assert_eq!(of(lat, lon).split(' ').count(), 4, "{lat} {lon}");
        }
        for (lat, lon) in [(84.5, 0.0), (-81.0, 0.0), (f64::NAN, 0.0), (0.0, 400.0)] {
            assert_eq!(mgrs(LonLat::new(lon, lat)), None);
        }
    }
}
