//! Resolves all groups of an article together, in rounds: first each for itself, then with what
//! the others were most likely to be in the round before.

use super::asked::Asked;
use super::candidates::{Choice, Group, km_between};
use super::context::{Context, Support};
use super::features::{CALLED, HELD, Numbers, beside, held, numbers, set_context};
use super::ranker::{Ranker, Tree, scores};
use crate::places::gazetteer::flags::NameFlags;
use crate::places::hints::Region;
use crate::places::{Gazetteer, Hints, PlaceIndex};

/// Rounds with context.
pub const ROUNDS: usize = 2;

/// What a candidate inside the hinted region gains, in log odds.
const REGION_GAIN: f32 = 2.5;

/// What a town loses, in log odds, where the name is only its other name and that of a country or
/// a first-level division in full: "Oklahoma" for Oklahoma City.
const SHORT_FOR_AREA: f32 = 2.0;

/// What a province gains, in log odds, where the text asks for one: "upstate New York".
const PROVINCE_GAIN: f32 = 3.0;

/// What a place gains, in log odds, where a telephone number of its division stands in the text:
/// too few articles of the training have one for the trees to learn it.
const CALLED_GAIN: f32 = 3.0;

/// What a place gains, in log odds, where the area it lies in is named right behind it, "Geneva,
/// Switzerland": more than any number of neighbours of a namesake. Names that are above all those of
/// areas may stand in a list, "Oregon, Washington and Idaho", and gain nothing.
const HELD_GAIN: f32 = 4.0;

/// Points closer than this are one.
const SAME_POINT_KM: f32 = 1.0;

/// Farthest that the capital lies from the point of a province of its name.
const SEAT_KM: f32 = 150.0;

/// The numbers of every choice of every group, without context. A group of one choice has none:
/// there is nothing to choose.
pub fn describe(gazetteer: &Gazetteer, groups: &[Group]) -> Vec<Vec<Numbers>> {
    let alone = Support { nearest_km: 20_000.0, ..Support::default() };
    let mut out = Vec::with_capacity(groups.len());
    for group in groups {
        let mut rows = if group.choices.len() > 1 { numbers(gazetteer, group) } else { Vec::new() };
        for (numbers, choice) in rows.iter_mut().zip(&group.choices) {
            set_context(numbers, held(groups, group, choice), [-1.0; 2], &alone);
        }
        out.push(rows);
    }
    out
}

/// Brings the context into what was described before.
pub fn describe_context(groups: &[Group], context: &mut Context, described: &mut [Vec<Numbers>]) {
    context.gather(groups);
    for (at, (group, rows)) in groups.iter().zip(described).enumerate() {
        if rows.is_empty() {
            continue;
        }
        context.leave_out(group);
        for (numbers, choice) in rows.iter_mut().zip(&group.choices) {
            let (held, beside) = (held(groups, group, choice), beside(groups, group, choice));
            set_context(numbers, held, beside, &context.support(at, choice));
        }
        context.put_back(group);
    }
}

/// Sets the probabilities of each group's choices from the trees' scores.
pub fn rank(
    trees: &[Tree],
    described: &[Vec<Numbers>],
    gazetteer: &Gazetteer,
    region: Option<&Region>,
    groups: &mut [Group],
) {
    for (group, rows) in groups.iter_mut().zip(described) {
        if group.choices.len() < 2 {
            group.probabilities.fill(1.0);
            continue;
        }
        let area = group.choices.iter().any(|c| c.kind <= 2 && c.flags.contains(NameFlags::PREFERRED));
        let lesser = |c: &Choice| area && c.kind > 2 && !c.flags.contains(NameFlags::PREFERRED);
        let mut scores = scores(trees, rows);
        for (total, choice) in scores.iter_mut().zip(&group.choices) {
            *total -= if lesser(choice) { SHORT_FOR_AREA } else { 0.0 };
        }
        let listed = group.series && group.choices.first().is_some_and(|c| c.kind <= 2);
        for (total, numbers) in scores.iter_mut().zip(rows) {
            *total += if numbers[CALLED] > 0.0 { CALLED_GAIN } else { 0.0 };
            *total += if listed { 0.0 } else { HELD_GAIN * numbers[HELD].max(0.0) };
        }
        if group.asked == Some(Asked::Province) {
            for (total, choice) in scores.iter_mut().zip(&group.choices) {
                *total += if choice.kind == 2 { PROVINCE_GAIN } else { 0.0 };
            }
        }
        if let Some(region) = region {
            for (total, choice) in scores.iter_mut().zip(&group.choices) {
                let inside = gazetteer.place(choice.place).is_some_and(|place| region.holds(&place));
                *total += if inside { REGION_GAIN } else { 0.0 };
            }
        }
        group.probabilities = softmax(&scores);
    }
}

/// Probabilities that are proportional to the exponentials of the scores.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

/// Resolves the groups of an article.
pub fn resolve(
    ranker: &Ranker,
    gazetteer: &Gazetteer,
    hints: &Hints,
    context: &mut Context,
    groups: &mut [Group],
) {
    let region = hints.region.as_ref();
    let mut described = describe(gazetteer, groups);
    rank(&ranker.alone, &described, gazetteer, region, groups);
    for _ in 0..ROUNDS {
        describe_context(groups, context, &mut described);
        rank(&ranker.together, &described, gazetteer, region, groups);
    }
    groups.iter_mut().filter(|group| group.asked.is_none()).for_each(|group| prefer_seats(gazetteer, group));
    weigh(gazetteer, groups, context);
}

/// Notes what the others say of each group's best choice, for the score of the answer.
fn weigh(gazetteer: &Gazetteer, groups: &mut [Group], context: &mut Context) {
    context.gather(groups);
    for at in 0..groups.len() {
        let Some(choice) = groups[at].best().map(|(choice, _)| *choice) else { continue };
        context.leave_out(&groups[at]);
        let support = context.support(at, &choice);
        context.put_back(&groups[at]);
        let held = held(groups, &groups[at], &choice);
        (groups[at].support, groups[at].held) = (support, held);
        groups[at].rough = choice.rough;
        groups[at].vast = is_vast(gazetteer, choice.place);
    }
}

/// Whether gazetteers may put the point of a place hundreds of kilometres apart: a continent, an
/// ocean, a country of more than two million square kilometres.
fn is_vast(gazetteer: &Gazetteer, place: PlaceIndex) -> bool {
    const COUNTRIES: [&str; 12] = ["RU", "CA", "CN", "US", "BR", "AU", "IN", "AR", "KZ", "DZ", "CD", "SA"];
    match gazetteer.kind(place) {
        "L.CONT" | "H.OCN" => true,
        kind => {
            kind.starts_with("A.PCL")
                && gazetteer.place(place).is_some_and(|found| COUNTRIES.contains(&found.country))
        }
    }
}

/// A division whose seat has its name, a district that stands at the very point of a town of its name, and a province whose capital has
/// its name, is the town unless the text asks for the area: its probability goes to the town.
/// (Annotated points lie too close to tell the two apart, but kind and precision do.)
fn prefer_seats(gazetteer: &Gazetteer, group: &mut Group) {
    for area in (0..group.choices.len()).filter(|&at| matches!(group.choices[at].kind, 2..=4)) {
        let one = group.choices[area];
        let governed = gazetteer.seat(one.place);
        let seat = group.choices.iter().position(|town| {
            let own_name = town.flags.contains(NameFlags::PREFERRED);
            let km = km_between(&town.point, &one.point);
            match one.kind {
                _ if governed == Some(town.place) => own_name,
                2 => {
                    matches!(town.kind, 5 | 6)
                        && own_name
                        && town.hierarchy.same_admin1(one.hierarchy)
                        && km < SEAT_KM
                }
                _ => {
                    (5..=8).contains(&town.kind)
                        && town.hierarchy.same_country(one.hierarchy)
                        && km < SAME_POINT_KM
                }
            }
        });
        if let Some(seat) = seat
            && let Ok([from, to]) = group.probabilities.get_disjoint_mut([area, seat])
        {
            *to += std::mem::take(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one() {
        let found = softmax(&[1.0, 2.0, 900.0]);
        assert!((found.iter().sum::<f32>() - 1.0).abs() < 1e-5 && found[2] > 0.99);
        assert!(softmax(&[]).is_empty());
    }
}
