//! How likely a place is meant when nothing but its name is known.

/// The prior of a place, 0 to 1:
///
/// `0.5 · kind + 0.35 · log₁₀(1 + population) / 9 + 0.15 · ln(1 + names) / ln(151)`
///
/// `kind` is the weight of the GeoNames feature code (1 for countries and continents, 0.7 for
/// capitals, down to 0.1 for quarters of a town); `names` is the number of names that fold
/// differently, a proxy for how widely a place is known, since no source of page views or links
/// is free to use. `boost` is added by the data build (airports by class).
pub fn importance(kind: &str, population: u32, names: usize, capital: bool, boost: f32) -> f32 {
    let weight = if capital { 0.7 } else { kind_weight(kind) };
    let people = (1.0 + population as f32).log10() / 9.0;
    let known = (1.0 + names as f32).ln() / 151f32.ln();
    (0.5 * weight + 0.35 * people.min(1.0) + 0.15 * known.min(1.0) + boost).clamp(0.0, 1.0)
}

/// Weight of a GeoNames feature class and code, 0 to 1.
fn kind_weight(kind: &str) -> f32 {
    match kind {
        "L.CONT" | "A.PCLI" => 1.0,
        "H.OCN" => 0.9,
        "P.PPLC" => 0.7,
        "H.SEA" | "H.GULF" => 0.8,
        "A.ADM1" | "A.PCLH" | "L.RGN" | "A.TERR" => 0.75,
        "H.STRT" | "T.MTS" | "T.DSRT" | "T.ISLS" | "T.PEN" => 0.6,
        "P.PPLA" | "H.STM" | "H.LK" | "T.ISL" | "S.GOVT" => 0.55,
        "P.PPLA2" | "A.ADM2" => 0.35,
        "P.PPLX" => 0.1,
        "P.PPLH" | "P.PPLW" | "P.PPLQ" => 0.05,
        _ if kind.starts_with("A.PCL") => 0.95,
        _ if kind.starts_with("P.") => 0.25,
        _ if kind.starts_with("S.AIR") => 0.2,
        _ => 0.4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_before_capitals_before_villages() {
        let georgia = importance("A.PCLI", 3_700_000, 60, false, 0.0);
        let tbilisi = importance("P.PPLC", 1_100_000, 60, true, 0.0);
        let state = importance("A.ADM1", 10_700_000, 40, false, 0.0);
        let village = importance("P.PPL", 600, 2, false, 0.0);
        assert!(georgia > tbilisi && georgia > state && tbilisi > village && state > village);
    }

    #[test]
    fn stays_within_its_range() {
        assert!(importance("A.PCLI", u32::MAX, 100_000, true, 1.0) <= 1.0);
        assert!(importance("", 0, 0, false, -1.0) >= 0.0);
    }
}
