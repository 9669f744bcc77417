//! How likely a place is meant when nothing but its name is known.

/// Log-odds per unit of [`importance`]: a place that is 0.1 more important than its namesake is
/// exp(0.1 · 12) times as likely to be meant.
pub const LOG_ODDS: f32 = 12.0;

/// What is added to the log-odds so that the least important place is near 0.
const FLOOR: f32 = 1.0;

/// The prior of a place, 0 to 1:
///
/// `(kind + 0.68 · log₁₀(1 + population) + 0.8 · ln(1 + names) + boost + 1) / 12`
///
/// `kind` is a weight by GeoNames feature code; `names` is the number of names that fold
/// differently, a proxy for how widely a place is known, since no source of page views or links
/// is free to use; `boost` comes from the data build (airports by class).
///
/// The weights are those of a conditional logit of the meant place among its namesakes, fitted
/// without any context to 2,372 ambiguous mentions of TR-News, GeoWebNews and GeoVirus and
/// rounded. Set by hand are kinds those mentions hardly hold: continents, oceans, historic
/// states, quarters of a town, sites.
pub fn importance(kind: &str, population: u32, names: usize, boost: f32) -> f32 {
    let people = 0.68 * (1.0 + population as f32).log10();
    let known = 0.8 * (1.0 + names as f32).ln();
    ((kind_weight(kind) + people + known + boost + FLOOR) / LOG_ODDS).clamp(0.0, 1.0)
}

/// Weight of a GeoNames feature class and code, in log-odds.
fn kind_weight(kind: &str) -> f32 {
    match kind {
        "L.CONT" => 6.0,
        "H.OCN" => 5.0,
        "H.SEA" | "H.GULF" | "A.PCLH" => 3.0,
        "L.RGN" => 1.75,
        "A.ADM1" => 0.35,
        "P.PPLC" => 0.25,
        "P.PPLA2" => -0.45,
        "P.PPLA" | "P.PPLA3" | "P.PPLA4" | "P.PPLA5" => -0.8,
        "A.ADM2" => -1.35,
        "P.PPLH" | "P.PPLQ" | "P.PPLW" => -2.0,
        "H.STM" | "T.ISL" => 0.8,
        _ if kind.starts_with("A.PCL") => 0.45,
        _ if kind.starts_with("P.") => -1.3,
        _ if kind.starts_with("H.") || kind.starts_with("T.") => 2.0,
        "S.AIRF" => -1.0,
        _ => 0.55,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_before_capitals_before_villages() {
        let georgia = importance("A.PCLI", 3_700_000, 60, 0.0);
        let tbilisi = importance("P.PPLC", 1_100_000, 60, 0.0);
        let state = importance("A.ADM1", 10_700_000, 40, 0.0);
        let village = importance("P.PPL", 600, 2, 0.0);
        assert!(georgia > tbilisi && georgia > state && tbilisi > village && state > village);
    }

    #[test]
    fn africa_is_the_continent() {
        let mahdia = importance("P.PPLA", 76_513, 50, 0.0);
        assert!(importance("L.CONT", 0, 10, 0.0) > mahdia);
    }

    #[test]
    fn stays_within_its_range() {
        assert!(importance("A.PCLI", u32::MAX, 100_000, 9.0) <= 1.0);
        assert!(importance("", 0, 0, -9.0) >= 0.0);
    }
}
