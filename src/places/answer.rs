//! How likely it is that a mention is a place and that it is the chosen one.
//!
//! A logistic model over how sure the recogniser and the resolver are (Platt scaling with a few
//! more numbers); its weights are fitted with the ranker's, by cross-validation.

use super::gazetteer::flags::NameFlags;
use super::recognise::spots::{Spot, SpotKind};
use super::recognise::words::Classes;
use super::resolve::candidates::Group;
use super::resolve::stripped::BY_SITE;

/// Numbers that the answer's probability is reckoned from, the constant first.
pub const NUMBERS: usize = 56;

/// The numbers of one mention; `population` is that of the best choice.
pub fn evidence(spot: &Spot, group: &Group, population: f32) -> [f32; NUMBERS] {
    let best = group.best();
    let top = best.map_or(0.001, |(_, p)| p);
    let first = best.map(|(choice, _)| choice);
    let kind = first.map_or(0, |c| c.kind);
    let is = |yes: bool| f32::from(u8::from(yes));
    let (resolved, sure) = (log_odds(top), log_odds(spot.confidence));
    let people = (population + 1.0).log10() / 8.0;
    let place = spot.kind == SpotKind::Place;
    let support = &group.support;
    let far = (support.nearest_km + 1.0).ln() / 10.0;
    let only = group.choices.len() == 1;
    let stripped = first.map_or(0, |c| c.stripped);
    let other_name = first.is_some_and(|c| !c.flags.intersects(NameFlags::PREFERRED.with(NameFlags::SHORT)));
    let local = kind > 2 && !group.demonym;
    [
        1.0,
        resolved,
        sure,
        first.map_or(0.0, |c| c.importance),
        is(first.is_some_and(|c| c.stripped > 0)),
        is(spot.kind == SpotKind::Demonym),
        is(spot.kind == SpotKind::OrganisationPart),
        is(kind <= 2),
        (group.spots.len().min(5) as f32).ln(),
        is(first.is_none()),
        is(spot.words.len() > 1),
        first.map_or(0.0, |c| c.crowd.share),
        (group.choices.len() as f32 + 1.0).ln(),
        is(first.is_some_and(|c| c.flags.contains(NameFlags::PREFERRED))),
        (sure - SURE).max(0.0),
        (resolved - SURE).max(0.0),
        is(place) * sure,
        is(only),
        is(kind == 1),
        is(kind == 1) * people,
        is(kind == 2) * people,
        is(matches!(kind, 3 | 4)),
        is(matches!(kind, 5..=8)) * people,
        is(matches!(kind, 9 | 10)),
        is(kind == 11),
        is(matches!(kind, 12..=14)),
        is(group.capitals),
        is(group.holder.is_some()),
        is(group.asked.is_some()),
        is(spot.words.len() > 2),
        is(first.is_some_and(|c| c.crowd.near > 0.0)),
        sure * resolved / 4.0,
        group.held,
        support.province.min(1.0),
        support.country.min(1.0),
        is(support.near > 0.0),
        far,
        is(only) * support.country.min(1.0),
        is(only) * far,
        is(stripped == BY_SITE),
        is(stripped > 0) * support.province.min(1.0),
        is(stripped > 0) * far,
        1.0 / (1.0 + support.total),
        is(other_name) * (1.0 - support.country.min(1.0)),
        is(group.rough),
        is(group.vast),
        is(local) * (1.0 - support.country.min(1.0)),
        is(first.is_some_and(|c| c.flags.contains(NameFlags::COMMON))),
        is(group.article),
        is(group.located),
        is(group.last.has(Classes::FACILITY)),
        is(group.last.has(Classes::ORGANISATION)),
        is(group.last.has(Classes::COMMON)),
        is(group.last.has(Classes::PERSON_FIRST)),
        is(only && group.last.has(Classes::FACILITY)) * sure,
        is(first.is_none()) * sure,
    ]
}

/// Least probability of an answer: below it the candidates are told, but no place is taken. A point
/// that is more likely wrong than right harms the map more than none; in cross-validation the
/// end-to-end F1 was greatest here.
pub const LEAST: f32 = 0.4;

/// Least probability of a mention to name a place at all: a name left out costs the F1 as much as half
/// of one too many, so that the best bound lies at half of what F1 is.
pub const LEAST_NAMED: f32 = 0.45;

/// Whether a mention of these numbers is likely enough a place; without weights all are.
pub fn names_place(weights: &[f32], evidence: &[f32; NUMBERS]) -> bool {
    weights.len() != NUMBERS || probability(weights, evidence) >= LEAST_NAMED
}

/// Log odds from which on recogniser and resolver are called sure: .95.
const SURE: f32 = 3.0;

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
