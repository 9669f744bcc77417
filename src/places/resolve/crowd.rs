//! Where the candidates of an article crowd together.
//!
//! Before anything is resolved, a place close to candidates of many other names is more likely
//! meant than a famous namesake far from all of them (the spatial minimality of Leidner 2007 and
//! the spatial hierarchy sets of Kamalloo and Rafiei 2018, counted instead of searched).

use rustc_hash::FxHashMap;

use super::candidates::{Choice, Group};
use crate::places::LonLat;

/// Degrees of a cell; two grids, one shifted by half a cell, so that neighbours meet in one.
const CELL: f64 = 1.5;

/// The other names with a candidate around one candidate.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Crowd {
    /// Their number around it.
    pub near: f32,
    /// The same, each divided by the number of its candidates: rare names tell more.
    pub rare: f32,
    /// Their number in its first-level division.
    pub province: f32,
    /// The share of all other names that are around it.
    pub share: f32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    last: usize,
    names: f32,
    rare: f32,
}

impl Cell {
    fn add(&mut self, group: usize, weight: f32) {
        if self.names == 0.0 || self.last != group {
            self.last = group;
            self.names += 1.0;
            self.rare += weight;
        }
    }
}

/// Countries and first-level divisions have no point that would tell.
fn is_local(choice: &Choice) -> bool {
    choice.kind > 2
}

fn cells(at: LonLat) -> [(bool, i16, i16); 2] {
    let cell =
        |shift: f64| (((at.lon + shift) / CELL).floor() as i16, ((at.lat + shift) / CELL).floor() as i16);
    let (here, shifted) = (cell(0.0), cell(CELL / 2.0));
    [(false, here.0, here.1), (true, shifted.0, shifted.1)]
}

/// Sets the crowd of every choice.
pub fn count(groups: &mut [Group]) {
    let mut grid: FxHashMap<(bool, i16, i16), Cell> = FxHashMap::default();
    let mut provinces: FxHashMap<u32, Cell> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate().filter(|(_, g)| !g.demonym) {
        let weight = weight(group);
        for choice in group.choices.iter().filter(|c| is_local(c)) {
            cells(choice.at).into_iter().for_each(|key| grid.entry(key).or_default().add(at, weight));
            if choice.hierarchy.admin1 != 0 {
                provinces.entry(choice.hierarchy.admin1).or_default().add(at, weight);
            }
        }
    }
    let others = groups.iter().filter(|g| !g.demonym).count().saturating_sub(1).max(1) as f32;
    for group in groups.iter_mut().filter(|g| !g.demonym) {
        let weight = weight(group);
        for choice in group.choices.iter_mut().filter(|c| is_local(c)) {
            let around = cells(choice.at).map(|key| grid.get(&key).copied().unwrap_or_default());
            let most = |of: fn(&Cell) -> f32| around.iter().map(of).fold(0.0, f32::max);
            let province = provinces.get(&choice.hierarchy.admin1).map_or(1.0, |cell| cell.names);
            choice.crowd = Crowd {
                near: (most(|c| c.names) - 1.0).max(0.0),
                share: (most(|c| c.names) - 1.0).max(0.0) / others,
                rare: (most(|c| c.rare) - weight).max(0.0),
                province: (province - 1.0).max(0.0),
            };
        }
    }
}

fn weight(group: &Group) -> f32 {
    1.0 / group.choices.iter().filter(|c| is_local(c)).count().max(1) as f32
}
