//! A candidate in numbers, for the ranker.

use super::candidates::{Choice, Group};
use super::context::Support;
use crate::places::Gazetteer;
use crate::places::gazetteer::flags::NameFlags;

/// Number of features.
pub const FEATURES: usize = 36;

/// The numbers of one candidate.
pub type Numbers = [f32; FEATURES];

/// How the holder named behind a group ("Paris, Texas") relates to a choice: 1 holds it, −1 does
/// not, 0 where none is named; weighted by how sure the holder is.
pub fn held(groups: &[Group], group: &Group, choice: &Choice) -> f32 {
    let Some(holder) = group.holder.and_then(|h| groups.get(h)) else { return 0.0 };
    let mut sum = 0.0;
    for (outer, probability) in holder.choices.iter().zip(&holder.probabilities) {
        sum += probability * if holds(outer, choice) { 1.0 } else { -1.0 };
    }
    sum
}

/// Whether `outer` is a country or division that `inner` lies in.
fn holds(outer: &Choice, inner: &Choice) -> bool {
    let own = outer.place.0 + 1;
    outer.place != inner.place
        && match outer.kind {
            1 => outer.hierarchy.same_country(inner.hierarchy),
            2 => inner.hierarchy.admin1 == own,
            3 => inner.hierarchy.admin2 == own,
            _ => false,
        }
}

/// The numbers of choice `at` of `group`.
pub fn numbers(
    gazetteer: &Gazetteer,
    groups: &[Group],
    group: &Group,
    at: usize,
    support: &Support,
) -> Numbers {
    let Some(choice) = group.choices.get(at) else { return [0.0; FEATURES] };
    let most = group.choices.iter().map(|c| c.importance).fold(0.0, f32::max);
    let second = group
        .choices
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at)
        .map(|(_, c)| c.importance)
        .fold(0.0, f32::max);
    let is = |kinds: std::ops::RangeInclusive<u16>| f32::from(u8::from(kinds.contains(&choice.kind)));
    let flag = |flag: NameFlags| f32::from(u8::from(choice.flags.intersects(flag)));
    let asked = group.asked.map_or(0.0, |asked| asked.fits(gazetteer.kind(choice.place)));
    let population = (gazetteer.population(choice.place) as f32 + 1.0).log10();
    let best_preferred = group
        .choices
        .iter()
        .filter(|c| c.flags.contains(NameFlags::PREFERRED))
        .map(|c| c.importance)
        .fold(0.0, f32::max);
    [
        choice.importance,
        choice.rank.min(20) as f32,
        choice.importance - most,
        choice.importance - second,
        population,
        flag(NameFlags::PREFERRED),
        flag(NameFlags::SHORT),
        flag(NameFlags::HISTORIC.with(NameFlags::COLLOQUIAL)),
        flag(NameFlags::ABBREVIATION),
        flag(NameFlags::GENERATED),
        flag(NameFlags::COMMON),
        group.choices.len() as f32,
        is(1..=1),
        is(2..=2),
        is(3..=4),
        is(5..=6),
        is(7..=8),
        is(9..=10),
        is(11..=14),
        f32::from(choice.kind),
        f32::from(choice.stripped),
        asked,
        held(groups, group, choice),
        support.country,
        support.province,
        support.country_named,
        support.province_named,
        support.near,
        (support.nearest_km + 1.0).ln(),
        support.dateline,
        support.total,
        group.words as f32,
        f32::from(u8::from(group.capitals)),
        choice.importance - best_preferred,
        f32::from(gazetteer.name_count(choice.place)),
        group.spots.len().min(6) as f32,
    ]
}
