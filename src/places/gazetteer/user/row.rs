//! One row of a file a user adds.

use crate::places::LonLat;

/// A place as a file names it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its id within the file; for a dump of GeoNames the number.
    pub id: String,
    /// Its names, the main one first.
    pub names: Vec<String>,
    /// Where it is.
    pub at: LonLat,
    /// GeoNames feature class and code; empty where the file does not say.
    pub kind: String,
    /// ISO 3166-1 alpha-2 code; empty where the file does not say.
    pub country: String,
    /// Codes of the divisions it lies in as GeoNames writes them, the smaller first: "AF.13.1302", "AF.13".
    pub divisions: Vec<String>,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
}

/// A row that could not be taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Line of the file, from 1; of GeoJSON the number of the feature.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

/// The kind of a place that the file says nothing of.
pub const UNKNOWN_KIND: &str = "P.PPL";

/// The point, if both are numbers within their bounds; a comma may stand for the decimal point.
pub fn point(lat: &str, lon: &str) -> Result<LonLat, String> {
    let number = |what: &str, text: &str, most: f64| {
        let plain = text.trim();
        let value = plain.parse().or_else(|_| plain.replacen(',', ".", 1).parse());
        let value: f64 = value.map_err(|_| format!("the {what} {text:?} is no number"))?;
        let fits = value.is_finite() && value.abs() <= most;
        fits.then_some(value).ok_or_else(|| format!("the {what} {text} is not between -{most} and {most}"))
    };
    Ok(LonLat::new(number("longitude", lon, 180.0)?, number("latitude", lat, 90.0)?))
}

/// The code in capitals, if it is one of two letters.
pub fn country(text: &str) -> String {
    let code = text.trim();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        code.to_ascii_uppercase()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_must_lie_on_earth() {
        assert_eq!(point("34.5", " 69.2").unwrap(), LonLat::new(69.2, 34.5));
        assert_eq!(point("34,5", "-69,2").unwrap(), LonLat::new(-69.2, 34.5));
        for (lat, lon) in
            [("91", "0"), ("0", "181"), ("", "0"), ("x", "0"), ("NaN", "0"), ("0", "inf"), ("1,2,3", "0")]
        {
            assert!(point(lat, lon).is_err(), "{lat} {lon}");
        }
    }
}
