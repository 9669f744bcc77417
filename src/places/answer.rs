//! How likely it is that a mention is a place and that it is the chosen one.
//!
//! A logistic model over how sure the recogniser and the resolver are (Platt scaling with a few
//! more numbers); its weights are fitted with the ranker's, by cross-validation.

use super::gazetteer::flags::NameFlags;
use super::recognise::spots::{Spot, SpotKind};
use super::resolve::candidates::Group;

/// Numbers that the answer's probability is reckoned from, the constant first.
pub const NUMBERS: usize = 14;

/// The numbers of one mention.
pub fn evidence(spot: &Spot, group: &Group) -> [f32; NUMBERS] {
    let best = group.best();
    let top = best.map_or(0.001, |(_, p)| p);
    let first = best.map(|(choice, _)| choice);
    let is = |yes: bool| f32::from(u8::from(yes));
    [
        1.0,
        log_odds(top),
        log_odds(spot.confidence),
        first.map_or(0.0, |c| c.importance),
        is(first.is_some_and(|c| c.stripped > 0)),
        is(spot.kind == SpotKind::Demonym),
        is(spot.kind == SpotKind::OrganisationPart),
        is(first.is_some_and(|c| c.kind <= 2)),
        (group.spots.len().min(5) as f32).ln(),
        is(first.is_none()),
        is(spot.words.len() > 1),
        first.map_or(0.0, |c| c.crowd.share),
        (group.choices.len() as f32 + 1.0).ln(),
        is(first.is_some_and(|c| c.flags.contains(NameFlags::PREFERRED))),
    ]
}

/// The probability that numbers and weights give; without weights, that of the resolver.
pub fn probability(weights: &[f32], evidence: &[f32; NUMBERS]) -> f32 {
    if weights.len() != NUMBERS {
        return logistic(evidence[1]);
    }
    logistic(weights.iter().zip(evidence).map(|(w, e)| w * e).sum())
}

/// The inverse of `log_odds`.
pub fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

fn log_odds(p: f32) -> f32 {
    let p = p.clamp(0.003, 0.997);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_and_probabilities_agree() {
        for p in [0.01, 0.4, 0.9] {
            assert!((logistic(log_odds(p)) - p).abs() < 1e-4);
        }
    }
}
