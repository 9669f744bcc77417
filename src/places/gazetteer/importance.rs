//! How likely a place is meant when nothing but its name is known.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::place::PlaceIndex;
use super::store::Gazetteer;

/// Log-odds per unit of [`importance`]: a place that is 0.1 more important than its namesake is
/// exp(0.1 · 12) times as likely to be meant.
pub const LOG_ODDS: f32 = 12.0;

/// What is added to the log-odds so that the least important place is near 0.
const FLOOR: f32 = 1.0;

/// The weights as they were fitted by `dateline-build fit-prior`; lines that begin with `#` tell how
/// well they rank.
static FITTED: &str = include_str!("../../../data/prior.tsv");

/// What the prior of a place rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features {
    /// The group of its kind, see `kind_group`.
    pub kind: &'static str,
    /// log₁₀(1 + inhabitants).
    pub population: f32,
    /// ln(1 + names that fold differently), a proxy for how widely a place is known: no source of
    /// page views or links is free to use.
    pub names: f32,
    /// 1 for the capital of a country.
    pub capital: f32,
    /// Given by the data build: airports by class, divisions without a point of their own.
    pub boost: f32,
}

impl Features {
    /// The features of a place.
    pub fn new(kind: &str, population: u32, names: usize, capital: bool, boost: f32) -> Self {
        Self {
            kind: kind_group(kind),
            population: (1.0 + population as f32).log10(),
            names: (1.0 + names as f32).ln(),
            capital: f32::from(u8::from(capital)),
            boost,
        }
    }

    /// Name and value of each term but the boost, whose weight is 1.
    pub fn terms(&self) -> [(&'static str, f32); 4] {
        [(self.kind, 1.0), ("population", self.population), ("names", self.names), ("capital", self.capital)]
    }
}

/// Weights of the terms, in log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(BTreeMap<String, f32>);

impl Weights {
    /// The weights that are part of the program.
    pub fn in_force() -> Self {
        Self::parse(FITTED)
    }

    /// Reads `name⇥weight` lines; others count for nothing.
    pub fn parse(text: &str) -> Self {
        let pair = |line: &str| {
            let (name, weight) = line.split_once('\t')?;
            Some((name.to_owned(), weight.trim().parse().ok()?))
        };
        Self(text.lines().filter(|line| !line.starts_with('#')).filter_map(pair).collect())
    }

    /// Writes what [`Weights::parse`] reads.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|(name, weight)| format!("{name}\t{weight:.3}\n")).collect()
    }

    /// The weight of a term; 0 for none.
    pub fn get(&self, name: &str) -> f32 {
        self.0.get(name).copied().unwrap_or(0.0)
    }

    /// The weights, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut f32)> {
        self.0.iter_mut()
    }

    /// The log-odds of a place.
    pub fn score(&self, features: &Features) -> f32 {
        features.terms().iter().map(|(name, value)| self.get(name) * value).sum::<f32>() + features.boost
    }
}

/// The prior of a place, 0 to 1: `(kind + population + names + capital + boost + 1) / 12`, where each
/// is the term of [`Features`] times its weight in `data/prior.tsv`.
///
/// The weights are those of a conditional logit of the meant place among its namesakes, fitted
/// without any context to the ambiguous mentions of TR-News, GeoWebNews and GeoVirus and rounded;
/// kinds that those mentions hardly hold (continents, oceans, historic states, quarters of a town)
/// have weights set by hand. `dateline-build fit-prior` fits them anew and keeps the better ones.
pub fn importance(features: &Features) -> f32 {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(Weights::in_force);
    ((weights.score(features) + FLOOR) / LOG_ODDS).clamp(0.0, 1.0)
}

/// The features of a record. What the data build gave it is told from its importance.
pub fn features_of(gazetteer: &Gazetteer, place: PlaceIndex) -> Features {
    let kind = gazetteer.kind(place);
    let names = usize::from(gazetteer.name_count(place));
    let plain = Features::new(kind, gazetteer.population(place), names, gazetteer.is_capital(place), 0.0);
    let boost = if matches!(plain.kind, "airport" | "A.ADM2") {
        (gazetteer.importance(place) - importance(&plain)) * LOG_ODDS
    } else {
        0.0
    };
    Features { boost, ..plain }
}

/// Kinds that are equally likely to be meant share a weight.
fn kind_group(kind: &str) -> &'static str {
    match kind {
        "L.CONT" => "L.CONT",
        "H.OCN" => "H.OCN",
        "H.SEA" | "H.GULF" => "H.SEA",
        "A.PCLH" => "A.PCLH",
        "L.RGN" => "L.RGN",
        "A.ADM1" => "A.ADM1",
        "A.ADM2" => "A.ADM2",
        "P.PPLC" => "P.PPLC",
        "P.PPLA" => "P.PPLA",
        "P.PPLA2" => "P.PPLA2",
        "P.PPLA3" | "P.PPLA4" | "P.PPLA5" => "P.PPLA3",
        "P.PPLX" => "P.PPLX",
        "P.PPLH" | "P.PPLQ" | "P.PPLW" => "P.PPLH",
        "H.STM" => "H.STM",
        "T.ISL" => "T.ISL",
        "S.AIRF" => "S.AIRF",
        "S.AIRP" | "S.AIRB" => "airport",
        _ if kind.starts_with("A.PCL") => "A.PCL",
        _ if kind.starts_with("P.") => "P.PPL",
        _ if kind.starts_with("H.") || kind.starts_with("T.") => "nature",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior(kind: &str, population: u32, names: usize, boost: f32) -> f32 {
        importance(&Features::new(kind, population, names, false, boost))
    }

    #[test]
    fn countries_before_capitals_before_villages() {
        let georgia = prior("A.PCLI", 3_700_000, 60, 0.0);
        let tbilisi = prior("P.PPLC", 1_100_000, 60, 0.0);
        let state = prior("A.ADM1", 10_700_000, 40, 0.0);
        let village = prior("P.PPL", 600, 2, 0.0);
        assert!(georgia > tbilisi && georgia > state && tbilisi > village && state > village);
    }

    #[test]
    fn africa_is_the_continent() {
        let mahdia = prior("P.PPLA", 76_513, 50, 0.0);
        assert!(prior("L.CONT", 0, 10, 0.0) > mahdia);
    }

    #[test]
    fn stays_within_its_range() {
        assert!(prior("A.PCLI", u32::MAX, 100_000, 9.0) <= 1.0);
        assert!(prior("", 0, 0, -9.0) >= 0.0);
    }

    #[test]
    fn every_group_has_a_weight() {
        let weights = Weights::in_force();
        let kinds = ["L.CONT", "H.OCN", "H.GULF", "A.PCLH", "A.PCLI", "L.RGN", "A.ADM1", "A.ADM2", "P.PPLC"];
        let more = ["P.PPLA", "P.PPLA2", "P.PPLA4", "P.PPLX", "P.PPLH", "P.PPL", "H.STM", "T.ISL", "S.AIRB"];
        for kind in kinds.into_iter().chain(more).chain(["S.AIRF", "T.PASS", "S.PAL"]) {
            assert!(weights.0.contains_key(kind_group(kind)), "{kind}");
        }
        assert_eq!(Weights::parse(&weights.to_text()), weights);
    }
}
