//! A candidate in numbers, for the ranker.

use super::candidates::{Choice, Group};
use super::context::Support;
use crate::places::Gazetteer;
use crate::places::gazetteer::flags::NameFlags;

/// Number of features.
pub const FEATURES: usize = 52;

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
pub(super) fn holds(outer: &Choice, inner: &Choice) -> bool {
    let own = outer.place.0 + 1;
    outer.place != inner.place
        && match outer.kind {
            1 => outer.hierarchy.same_country(inner.hierarchy),
            2 => inner.hierarchy.admin1 == own,
            3 => inner.hierarchy.admin2 == own,
            _ => false,
        }
}

/// What all choices of a group share.
struct Field {
    /// The two greatest importances.
    most: f32,
    second: f32,
    /// How many choices have the greatest.
    at_most: usize,
    /// The greatest of those whose own name it is.
    best_preferred: f32,
    /// Whether a country or first-level division has the name, and whether a settlement does.
    area: bool,
    town: bool,
}

impl Field {
    fn of(group: &Group) -> Self {
        let mut field =
            Self { most: 0.0, second: 0.0, at_most: 0, best_preferred: 0.0, area: false, town: false };
        for choice in &group.choices {
            if choice.importance > field.most {
                field.second = field.most;
                (field.most, field.at_most) = (choice.importance, 1);
            } else if choice.importance == field.most {
                field.at_most += 1;
            } else {
                field.second = field.second.max(choice.importance);
            }
            field.area |= choice.kind <= 2;
            field.town |= (5..=8).contains(&choice.kind);
            if choice.flags.contains(NameFlags::PREFERRED) {
                field.best_preferred = field.best_preferred.max(choice.importance);
            }
        }
        field
    }

    /// The greatest importance of the others.
    fn beside(&self, importance: f32) -> f32 {
        if importance == self.most && self.at_most == 1 { self.second } else { self.most }
    }
}

/// The numbers of every choice of a group, without those of the context.
pub fn numbers(gazetteer: &Gazetteer, group: &Group) -> Vec<Numbers> {
    let field = Field::of(group);
    group.choices.iter().map(|choice| of_choice(gazetteer, group, &field, choice)).collect()
}

/// Where the numbers of the context begin, the holder's first.
const CONTEXT: usize = 22;

/// Where the number of [`Support::called`] stands.
pub const CALLED: usize = CONTEXT + 11;

/// Where the numbers of the lists that a group stands in begin.
const LISTS: usize = 50;

/// Where the number of [`held`] stands.
pub const HELD: usize = CONTEXT;

/// What the names beside a group in lists say of a choice: the share of the same level, and the
/// share of the same country; −1 where there are none.
pub fn beside(groups: &[Group], group: &Group, choice: &Choice) -> [f32; 2] {
    if group.beside.is_empty() {
        return [-1.0; 2];
    }
    let (mut level, mut country) = (0.0, 0.0);
    for other in group.beside.iter().filter_map(|at| groups.get(*at)) {
        for (its, probability) in other.choices.iter().zip(&other.probabilities) {
            level += if level_of(its.kind) == level_of(choice.kind) { *probability } else { 0.0 };
            country += if its.hierarchy.same_country(choice.hierarchy) { *probability } else { 0.0 };
        }
    }
    let all = group.beside.len() as f32;
    [level / all, country / all]
}

/// Countries, first-level divisions, lesser ones, settlements, sites, what is left.
fn level_of(kind: u16) -> u16 {
    match kind {
        0..=2 => kind,
        3 | 4 => 3,
        5..=8 => 4,
        9 | 10 => 5,
        _ => 6,
    }
}

/// Sets the numbers that depend on the other groups.
pub fn set_context(numbers: &mut Numbers, held: f32, beside: [f32; 2], support: &Support) {
    numbers[LISTS..].copy_from_slice(&beside);
    let context = [
        held,
        support.country,
        support.province,
        support.country_named,
        support.province_named,
        support.near,
        (support.nearest_km + 1.0).ln(),
        support.dateline,
        support.total,
        support.county,
        support.county_named,
        support.called,
    ];
    numbers[CONTEXT..CONTEXT + context.len()].copy_from_slice(&context);
}

fn of_choice(gazetteer: &Gazetteer, group: &Group, field: &Field, choice: &Choice) -> Numbers {
    let is = |kinds: std::ops::RangeInclusive<u16>| f32::from(u8::from(kinds.contains(&choice.kind)));
    let flag = |flag: NameFlags| f32::from(u8::from(choice.flags.intersects(flag)));
    let asked = group.asked.map_or(0.0, |asked| asked.fits(gazetteer.kind(choice.place)));
    let population = (choice.population as f32 + 1.0).log10();
    [
        choice.importance,
        choice.rank.min(20) as f32,
        choice.importance - field.most,
        choice.importance - field.beside(choice.importance),
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
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        group.words as f32,
        f32::from(u8::from(group.capitals)),
        choice.importance - field.best_preferred,
        f32::from(choice.names),
        group.spots.len().min(6) as f32,
        choice.crowd.near,
        choice.crowd.rare,
        choice.crowd.province,
        choice.crowd.share,
        group.holding.min(3) as f32,
        f32::from(u8::from(group.titled)),
        group.order.min(20) as f32,
        f32::from(u8::from(field.area && field.town)) * (f32::from(choice.kind) + 1.0),
        f32::from(u8::from(group.article)),
        f32::from(u8::from(group.directed)),
        f32::from(u8::from(choice.rough)),
        0.0,
        0.0,
    ]
}
