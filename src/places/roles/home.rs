//! The part of the world an article is about, as far as its places tell.

use crate::places::recognise::spots::Spot;
use crate::places::resolve::candidates::{Choice, Group, chord2};

/// The place an article names most, and the areas that hold most of its places.
#[derive(Debug, Clone, Copy, Default)]
pub struct Home {
    /// The group of the place below the level of divisions that is named most, the first of equals.
    pub top: Option<usize>,
    /// The group in the dateline.
    pub dateline: Option<usize>,
    top_point: Option<[f32; 3]>,
    county: u32,
    province: u32,
    country: u16,
}

/// The square of the chord of 60 km on the unit sphere.
const NEAR: f32 = (60.0 / 6371.0) * (60.0 / 6371.0);

/// Kinds of places above this number are no countries and no first-level divisions.
const DIVISIONS: u16 = 2;

impl Home {
    /// Finds out where the article is at home.
    pub fn of(groups: &[Group], spots: &[Spot]) -> Self {
        let (mut provinces, mut countries) = (Vec::new(), Vec::new());
        let mut home = Self::default();
        let mut most = (0.0, usize::MAX);
        for (at, group) in groups.iter().enumerate() {
            let Some((choice, probability)) = group.best() else { continue };
            if group.dateline && home.dateline.is_none() {
                home.dateline = Some(at);
            }
            let weight = group.spots.len() as f32 * probability;
            add(&mut countries, u32::from(choice.hierarchy.country), weight);
            if group.demonym || choice.kind < DIVISIONS {
                continue;
            }
            add(&mut provinces, choice.hierarchy.admin1, weight);
            let first = group.spots.first().and_then(|s| spots.get(*s)).map_or(0, |s| s.words.start);
            if choice.kind > DIVISIONS && (weight > most.0 || weight == most.0 && first < most.1) {
                most = (weight, first);
                home.top = Some(at);
                home.top_point = Some(choice.point);
                home.county = choice.hierarchy.admin2;
            }
        }
        home.province = heaviest(&provinces);
        home.country = heaviest(&countries) as u16;
        home
    }

    /// How a place relates to the article's own part of the world, 0 to 7.
    pub fn relation(&self, group: usize, choice: Option<&Choice>) -> u32 {
        let Some(choice) = choice else { return 0 };
        let same = |own: u32, home: u32| own != 0 && own == home;
        let hierarchy = choice.hierarchy;
        if self.top == Some(group) {
            1
        } else if self.dateline == Some(group) {
            2
        } else if choice.kind > DIVISIONS && same(hierarchy.admin2, self.county) {
            3
        } else if choice.kind > DIVISIONS && self.top_point.is_some_and(|p| chord2(&p, &choice.point) < NEAR)
        {
            4
        } else if same(hierarchy.admin1, self.province) {
            5
        } else if same(u32::from(hierarchy.country), u32::from(self.country)) {
            6
        } else {
            7
        }
    }
}

fn add(sums: &mut Vec<(u32, f32)>, key: u32, weight: f32) {
    match sums.iter_mut().find(|(k, _)| *k == key) {
        _ if key == 0 => {}
        Some((_, sum)) => *sum += weight,
        None => sums.push((key, weight)),
    }
}

/// The key with the greatest sum, the first of equals; 0 for none.
fn heaviest(sums: &[(u32, f32)]) -> u32 {
    sums.iter().fold((0, 0.0), |best, sum| if sum.1 > best.1 { *sum } else { best }).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_area_is_home() {
        let mut sums = Vec::new();
        for (key, weight) in [(3, 1.0), (0, 9.0), (4, 1.5), (3, 1.0)] {
            add(&mut sums, key, weight);
        }
        assert_eq!(heaviest(&sums), 3);
        assert_eq!(heaviest(&[]), 0);
    }

    #[test]
    fn without_places_nothing_is_home() {
        let home = Home::of(&[], &[]);
        assert_eq!((home.top, home.dateline, home.relation(0, None)), (None, None, 0));
    }
}
