//! The weights of features in memory.
//!
//! What costs is to wait for memory, so that each step first fetches all that it needs and waits
//! once: a sieve of bits tells nearly all features that the model does not have, which most of a
//! word's are; the rows needed lately stand in a small table; the others in a group of four that is
//! one line of the processor's cache.

use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::features::TEMPLATES;
use super::labels::LABELS;

/// A feature: the weights of the labels, a byte each and 128 more than they are, and its hash in the
/// upper half of the second number.
type Row = [u64; 2];

/// Scores of the labels of one word.
pub type Scores = [i32; LABELS];

/// What a row's weights are more than they are meant to be.
const BIAS: u8 = 128;
/// A row that weighs nothing, of the hash 0.
const NOTHING: Row = [u64::from_ne_bytes([BIAS; 8]), u64::from_ne_bytes([BIAS; 8]) & 0xffff_ffff];
/// Every other byte of a number.
const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

const _: () = assert!(LABELS <= 12);

/// A row of weights and the hash of its feature.
fn row_of(feature: u32, weights: &[i8]) -> Row {
    let mut bytes = [BIAS; 16];
    for (byte, weight) in bytes.iter_mut().zip(weights) {
        *byte = weight.cast_unsigned().wrapping_add(BIAS);
    }
    let half = |at: usize| bytes.iter().skip(at).take(8).rev().fold(0, |sum, b| sum << 8 | u64::from(*b));
    [half(0), half(8) & 0xffff_ffff | u64::from(feature) << 32]
}

#[inline]
const fn hash_of(row: &Row) -> u32 {
    (row[1] >> 32) as u32
}

/// Sums of rows, sixteen bits a label: enough for some hundred features.
#[derive(Default)]
struct Sums {
    /// Even and odd bytes of the first numbers, of the second.
    lanes: [u64; 4],
    /// Rows added.
    count: i32,
}

const _: () = assert!(TEMPLATES * 255 < 1 << 16);

impl Sums {
    /// Adds a row, or nothing; no branch.
    #[inline]
    fn add(&mut self, row: &Row, counts: bool) {
        let mask = 0u64.wrapping_sub(u64::from(counts));
        let (first, second) = (row[0] & mask, row[1] & mask);
        self.lanes[0] += first & EVEN;
        self.lanes[1] += first >> 8 & EVEN;
        self.lanes[2] += second & EVEN;
        self.lanes[3] += second >> 8 & EVEN;
        self.count += i32::from(counts);
    }

    fn of(&self, label: usize) -> i32 {
        let lane = self.lanes[label / 8 * 2 + label % 2] >> (label % 8 / 2 * 16);
        i32::from(lane as u16) - self.count * i32::from(BIAS)
    }
}

/// Up to [`TEMPLATES`] features.
struct Few {
    features: [u32; TEMPLATES + 1],
    count: usize,
}

impl Few {
    const fn new() -> Self {
        Self { features: [0; TEMPLATES + 1], count: 0 }
    }

    /// Writes the feature in any case, and over it the next time where it is not kept: no branch.
    #[inline]
    fn push_if(&mut self, feature: u32, kept: bool) {
        if let Some(place) = self.features.get_mut(self.count) {
            *place = feature;
        }
        self.count += usize::from(kept);
    }

    fn get(&self) -> &[u32] {
        self.features.get(..self.count).unwrap_or_default()
    }
}

/// Two bits for each feature of the model, in one word (Putze, Sanders and Singler 2007).
#[derive(Debug, Clone)]
struct Sieve(Vec<u64>);

impl Sieve {
    /// Words: an eighth of a megabyte.
    const WORDS: usize = 1 << 14;

    #[inline]
    const fn bits(feature: u32) -> (usize, u64) {
        ((feature >> 18) as usize, 1 << (feature >> 12 & 63) | 1 << (feature >> 6 & 63))
    }

    fn add(&mut self, feature: u32) {
        let (word, bits) = Self::bits(feature);
        self.0[word] |= bits;
    }

    #[inline]
    fn may_hold(&self, feature: u32) -> bool {
        let (word, bits) = Self::bits(feature);
        self.0.get(word).copied().unwrap_or_default() & bits == bits
    }
}

/// Rows of one line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Group([Row; 4]);

/// The weights of all features of a model.
#[derive(Debug, Clone)]
pub struct Table {
    /// Tells tables apart.
    number: usize,
    sieve: Sieve,
    groups: Vec<Group>,
    shift: u32,
    /// The rows of features whose group is full.
    more: FxHashMap<u32, Row>,
}

/// The rows of features met lately, of a thread: a table that stays close to the processor, where the
/// whole model does not.
#[derive(Debug, Default)]
pub struct Recent {
    rows: Vec<Row>,
    /// The table they belong to.
    table: usize,
}

impl Recent {
    /// Rows kept: an eighth of a megabyte.
    const ROWS: usize = 1 << 13;

    /// The place of a feature.
    #[inline]
    const fn place(feature: u32) -> usize {
        feature as usize & (Self::ROWS - 1)
    }
}

impl Table {
    /// A table with room for `count` features.
    pub fn new(count: usize) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        // Two features to a group on the average.
        let bits = (count / 2).next_power_of_two().ilog2().clamp(1, 24);
        Self {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            sieve: Sieve(vec![0; Sieve::WORDS]),
            groups: vec![Group([NOTHING; 4]); 1 << bits],
            shift: 32 - bits,
            more: FxHashMap::default(),
        }
    }

    /// Adds a feature, which is not 0.
    pub fn add(&mut self, feature: u32, weights: &[i8]) {
        self.sieve.add(feature);
        let row = row_of(feature, weights);
        let group = self.groups.get_mut((feature >> self.shift) as usize);
        match group.and_then(|group| group.0.iter_mut().find(|row| hash_of(row) == 0)) {
            Some(free) => *free = row,
            None => drop(self.more.insert(feature, row)),
        }
    }

    /// Adds up the weights of a word's features, [`TEMPLATES`] at most.
    pub fn score(&self, features: &[u32], recent: &mut Recent) -> Scores {
        if recent.table != self.number {
            recent.table = self.number;
            recent.rows.clear();
            recent.rows.resize(Recent::ROWS, NOTHING);
        }
        let mut sums = Sums::default();
        let mut known = Few::new();
        for &feature in features {
            known.push_if(feature, self.sieve.may_hold(feature));
        }
        let mut rows = [NOTHING; TEMPLATES];
        for (row, &feature) in rows.iter_mut().zip(known.get()) {
            *row = recent.rows.get(Recent::place(feature)).copied().unwrap_or(NOTHING);
        }
        let mut missed = Few::new();
        for (row, &feature) in rows.iter().zip(known.get()) {
            let found = hash_of(row) == feature;
            sums.add(row, found);
            missed.push_if(feature, !found);
        }
        self.add_missed(missed.get(), recent, &mut sums);
        std::array::from_fn(|label| sums.of(label))
    }

    /// The same for features that were not met lately; keeps them.
    fn add_missed(&self, features: &[u32], recent: &mut Recent, sums: &mut Sums) {
        let mut fetched = [0; TEMPLATES];
        for (first, &feature) in fetched.iter_mut().zip(features) {
            *first = self.groups.get((feature >> self.shift) as usize).map_or(0, |g| hash_of(&g.0[0]));
        }
        for (&first, &feature) in fetched.iter().zip(features) {
            let row = self.row(feature, first);
            sums.add(&row, true);
            if let Some(place) = recent.rows.get_mut(Recent::place(feature)) {
                *place = row;
            }
        }
    }

    /// The row of a feature, without weights where the model has none; `first` is the first hash of
    /// its group.
    #[inline]
    fn row(&self, feature: u32, first: u32) -> Row {
        let none = [NOTHING[0], NOTHING[1] | u64::from(feature) << 32];
        let Some(Group(rows)) = self.groups.get((feature >> self.shift) as usize) else { return none };
        let is = |at: usize| usize::from(hash_of(&rows[at]) == feature);
        let second = is(1) + 2 * is(2) + 3 * is(3);
        let row = rows[second & 3];
        if first == feature || second > 0 {
            return row;
        }
        let full = hash_of(&rows[3]) != 0;
        self.more.get(&feature).filter(|_| full).copied().unwrap_or(none)
    }

    /// Whether some features did not find room in their groups.
    #[cfg(test)]
    pub fn is_crowded(&self) -> bool {
        !self.more.is_empty()
    }
}
