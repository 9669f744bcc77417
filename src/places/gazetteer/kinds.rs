//! Kinds of places that behave alike in texts.

/// [`kind_class`] of provinces and states.
pub const FIRST_DIVISION: u16 = 2;
/// [`kind_class`] of counties and districts.
pub const SECOND_DIVISION: u16 = 3;

/// The class, 1 to 14, of a GeoNames feature class and code: country, first, second and lesser
/// division, capital, seat, quarter, other settlement, airport, other site, water, land, region, other.
pub fn kind_class(kind: &str) -> u16 {
    match kind.split_once('.').unwrap_or((kind, "")) {
        ("A", code) if code.starts_with("PCL") || code == "TERR" => 1,
        ("A", "ADM1" | "ADM1H") => 2,
        ("A", "ADM2" | "ADM2H") => 3,
        ("A", _) => 4,
        ("P", "PPLC") => 5,
        ("P", "PPLA") => 6,
        ("P", "PPLX") => 7,
        ("P", _) => 8,
        ("S", "AIRP" | "AIRB" | "AIRF" | "AIRH") => 9,
        ("S" | "R", _) => 10,
        ("H", _) => 11,
        ("T", _) => 12,
        ("L" | "V" | "U", _) => 13,
        _ => 14,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_behave_alike_are_one() {
        assert_eq!(kind_class("A.PCLI"), kind_class("A.TERR"));
        assert_eq!(kind_class("P.PPLA2"), kind_class("P.PPL"));
        assert_ne!(kind_class("P.PPLA"), kind_class("P.PPL"));
        assert_eq!(kind_class(""), 14);
    }
}
