//! The tagger's weights: one small file, made into a table of slots when it is opened.
//!
//! ```text
//! magic "DLTAGGER"   8 bytes
//! version            u32 little endian
//! features           u32: their number n
//! scale              f32: what one unit of weight is worth
//! transitions        (1 + 11) × 11 × i16: from the start, then from each label
//! hashes             n × u32, ascending
//! weights            n × 11 × i8
//! ```
//!
//! In memory the upper bits of a feature's hash choose a bucket of eight tags of a byte each, all
//! compared at once; behind the tag stands the row of its weights with the whole hash. The rows
//! needed lately are copied into a small table, since what costs is to wait for memory.

use std::borrow::Cow;
use std::hint::select_unpredictable;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::features::TEMPLATES;
use super::labels::{LABELS, Label};

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"DLTAGGER";
/// Version of the layout and of the features; raised whenever either changes.
const VERSION: u32 = 3;
const HEADER: usize = 8 + 4 + 4 + 4;
const TRANSITIONS: usize = (1 + LABELS) * LABELS;
/// Bytes of a feature in memory: its weights, room, and its hash.
const ROW: usize = 16;
/// Where the hash stands in a row.
const HASH: usize = ROW - 4;
/// Tags of a bucket.
const TAGS: u32 = 8;
/// A byte of 1, and the highest bit, of each tag of a bucket.
const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

const _: () = assert!(LABELS <= HASH);

/// Where the features stand whose hashes begin alike.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    /// One byte of each feature's hash, 0 for none.
    tags: u64,
    /// The row of the first.
    rows: u32,
    /// Whether more features belong here than there are tags.
    more: bool,
}

/// Scores of the labels of one word.
pub type Scores = [i32; LABELS];

/// The weights of features met lately, of a thread: a table that stays close to the processor,
/// where the whole model does not. Half of all look-ups end here.
#[derive(Debug, Default)]
pub struct Recent {
    rows: Vec<[u8; ROW]>,
    /// The model they belong to.
    model: usize,
}

/// Rows of [`Recent`]: a quarter of a megabyte.
const RECENT: usize = 1 << 14;

/// Where to look for a feature's row.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    row: u32,
    /// It may stand elsewhere.
    doubtful: bool,
}

/// Weights of features and transitions.
#[derive(Debug, Clone)]
pub struct Model {
    /// Tells models apart.
    number: usize,
    buckets: Vec<Bucket>,
    /// Weights and hash of each feature, by bucket.
    rows: Vec<[u8; ROW]>,
    /// The rows of features that found no place in their bucket.
    more: FxHashMap<u32, u32>,
    shift: u32,
    scale: f32,
    transitions: [[i32; LABELS]; LABELS + 1],
    links: [[f32; LABELS]; LABELS + 1],
}

/// A file that is no model of this version.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// It does not begin as such a file.
    #[error("no tagger's weights: the file begins otherwise")]
    Magic,
    /// It is of another version.
    #[error("the tagger's weights are of version {0}, this program reads version {VERSION}")]
    Version(u32),
    /// It is shorter or longer than it says.
    #[error("the tagger's weights have {found} bytes, {expected} were expected")]
    Length {
        /// Bytes expected.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
}

impl Model {
    /// Opens a model.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::Magic);
        }
        let word =
            |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
        if word(8) != VERSION {
            return Err(ModelError::Version(word(8)));
        }
        let count = word(12) as usize;
        let expected = count.saturating_mul(4 + LABELS).saturating_add(HEADER + TRANSITIONS * 2);
        if bytes.len() != expected {
            return Err(ModelError::Length { expected, found: bytes.len() });
        }
        let (transitions, scale) = (transitions(&bytes), f32::from_bits(word(16)));
        let (hashes, weights) = bytes
            .get(HEADER + TRANSITIONS * 2..)
            .unwrap_or_default()
            .split_at_checked(count * 4)
            .unwrap_or_default();
        // Three to five features to a bucket: few buckets have too many.
        let bits = (count / 5).next_power_of_two().ilog2().clamp(1, 24);
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        let mut model = Self {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            buckets: vec![Bucket::default(); 1 << bits],
            rows: Vec::with_capacity(count),
            more: FxHashMap::default(),
            shift: 32 - bits,
            scale,
            links: links(&transitions, scale),
            transitions,
        };
        let rows = hashes.chunks_exact(4).zip(weights.chunks_exact(LABELS));
        rows.for_each(|(hash, weights)| model.place(hash, weights));
        model.rows.push([0; ROW]); // so that there is a row to look at in any case
        Ok(model)
    }

    /// Puts a feature into its bucket. Features come by their hashes, so that those of a bucket
    /// come one behind another.
    fn place(&mut self, hash: &[u8], weights: &[u8]) {
        let feature = hash.try_into().map_or(0, u32::from_le_bytes);
        let at = self.rows.len() as u32;
        let mut row = [0; ROW];
        row[..weights.len()].copy_from_slice(weights);
        row[HASH..].copy_from_slice(&feature.to_le_bytes());
        self.rows.push(row);
        let Some(bucket) = self.buckets.get_mut((feature >> self.shift) as usize) else { return };
        let used = (u64::BITS - bucket.tags.leading_zeros()).div_ceil(8);
        bucket.rows = if used == 0 { at } else { bucket.rows };
        if used == TAGS || at != bucket.rows + used {
            bucket.more = true;
            self.more.insert(feature, at);
        } else {
            bucket.tags |= u64::from(tag(feature)) << (8 * used);
        }
    }

    /// What one unit of score is worth in log odds.
    pub const fn scale(&self) -> f32 {
        self.scale
    }

    /// Score of each label behind each (row 0: at the start).
    pub const fn transitions(&self) -> &[[i32; LABELS]; LABELS + 1] {
        &self.transitions
    }

    /// Exponentials of the transitions; 0 where a label may not follow.
    pub const fn links(&self) -> &[[f32; LABELS]; LABELS + 1] {
        &self.links
    }

    /// Adds up the weights of a word's features.
    pub fn score(&self, features: &[u32], recent: &mut Recent) -> Scores {
        if recent.model != self.number {
            recent.model = self.number;
            recent.rows.clear();
            recent.rows.resize(RECENT, self.row(0));
        }
        let mut sum = [0i16; ROW];
        for features in features.chunks(TEMPLATES) {
            self.add(features, &mut recent.rows, &mut sum);
        }
        std::array::from_fn(|label| i32::from(sum[label]))
    }

    /// Adds the weights of up to [`TEMPLATES`] features. Which of them are known is a coin's toss
    /// that no processor guesses right, so that there must be no branch on it.
    fn add(&self, features: &[u32], recent: &mut [[u8; ROW]], sum: &mut [i16; ROW]) {
        let mut missed = [0u32; TEMPLATES];
        let mut count = 0;
        for &feature in features {
            let Some(row) = recent.get(place(feature)) else { continue };
            let known = hash_of(row) == feature;
            add_row(row, select_unpredictable(known, u8::MAX, 0), sum);
            // Written in any case, and overwritten by the next where it was known.
            missed[count] = feature;
            count += usize::from(!known);
        }
        let mut found = [Slot::default(); TEMPLATES];
        for (slot, &feature) in found.iter_mut().zip(&missed[..count]) {
            *slot = self.slot(feature);
        }
        for (slot, &feature) in found.iter().zip(&missed[..count]) {
            let Some(mut row) = self.rows.get(slot.row as usize).copied() else { continue };
            let same = hash_of(&row) == feature;
            if slot.doubtful && !same {
                row = self.row(feature);
            } else {
                let mask = select_unpredictable(same, u8::MAX, 0);
                row.iter_mut().for_each(|byte| *byte &= mask);
                row[HASH..].copy_from_slice(&feature.to_le_bytes());
            }
            add_row(&row, u8::MAX, sum);
            if let Some(place) = recent.get_mut(place(feature)) {
                *place = row;
            }
        }
    }

    /// Where the row of a feature stands if the model has it; elsewhere if not.
    #[inline]
    fn slot(&self, feature: u32) -> Slot {
        let Some(bucket) = self.buckets.get((feature >> self.shift) as usize) else { return Slot::default() };
        let equal = equal(bucket.tags, tag(feature));
        let row = bucket.rows + equal.trailing_zeros() / 8;
        let doubtful = bucket.more || equal & equal.wrapping_sub(1) != 0;
        Slot { row: select_unpredictable(equal != 0, row, 0), doubtful }
    }

    /// The row of a feature, without weights where the model has none.
    fn row(&self, feature: u32) -> [u8; ROW] {
        let bucket = self.buckets.get((feature >> self.shift) as usize).copied().unwrap_or_default();
        let mut equal = equal(bucket.tags, tag(feature));
        while equal != 0 {
            let row = self.rows.get((bucket.rows + equal.trailing_zeros() / 8) as usize);
            if let Some(row) = row.filter(|row| hash_of(row) == feature) {
                return *row;
            }
            equal &= equal - 1;
        }
        let crowded =
            self.more.get(&feature).filter(|_| bucket.more).and_then(|&at| self.rows.get(at as usize));
        crowded.copied().unwrap_or_else(|| {
            let mut none = [0; ROW];
            none[HASH..].copy_from_slice(&feature.to_le_bytes());
            none
        })
    }
}

/// The feature whose row it is.
#[inline]
fn hash_of(row: &[u8; ROW]) -> u32 {
    row.last_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The place of a feature in [`Recent`].
#[inline]
const fn place(feature: u32) -> usize {
    feature as usize & (RECENT - 1)
}

/// The byte that a bucket knows a feature by.
#[inline]
const fn tag(feature: u32) -> u8 {
    let byte = feature as u8;
    if byte == 0 { 1 } else { byte }
}

/// The highest bit of each tag that is this one; the lowest of them is certain, those above may
/// be tags that differ by one bit (Mycroft 1987).
#[inline]
const fn equal(tags: u64, tag: u8) -> u64 {
    let differs = tags ^ (tag as u64 * ONES);
    differs.wrapping_sub(ONES) & !differs & HIGHS
}

/// Adds the bits of the weights that are set in `mask`.
#[inline]
fn add_row(row: &[u8; ROW], mask: u8, sum: &mut [i16; ROW]) {
    for (total, &weight) in sum.iter_mut().zip(row) {
        *total = total.wrapping_add(i16::from((weight & mask) as i8));
    }
}

fn transitions(bytes: &[u8]) -> [[i32; LABELS]; LABELS + 1] {
    let mut rows = [[0; LABELS]; LABELS + 1];
    let values = bytes.get(HEADER..HEADER + TRANSITIONS * 2).unwrap_or_default().chunks_exact(2);
    for (cell, value) in rows.iter_mut().flatten().zip(values) {
        *cell = i32::from(i16::from_le_bytes([value[0], value[1]]));
    }
    rows
}

fn links(transitions: &[[i32; LABELS]; LABELS + 1], scale: f32) -> [[f32; LABELS]; LABELS + 1] {
    std::array::from_fn(|from| {
        let before = Label(from.saturating_sub(1) as u8);
        std::array::from_fn(|to| {
            let score = transitions[from][to] as f32 * scale;
            if before.may_precede(Label(to as u8)) { score.exp() } else { 0.0 }
        })
    })
}

/// Writes a model: features with the weight of each label.
pub fn pack(transitions: &[[f32; LABELS]; LABELS + 1], weights: &[(u32, [f32; LABELS])]) -> Vec<u8> {
    let largest = weights.iter().flat_map(|(_, row)| row).fold(0f32, |most, w| most.max(w.abs()));
    let scale = largest.max(1e-6) / 127.0;
    let mut rows: Vec<_> = weights.iter().collect();
    rows.sort_by_key(|(feature, _)| *feature);
    let mut out = Vec::with_capacity(HEADER + TRANSITIONS * 2 + rows.len() * (4 + LABELS));
    out.extend_from_slice(MAGIC);
    for word in [VERSION, rows.len() as u32, scale.to_bits()] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    for value in transitions.iter().flatten() {
        let units = (value / scale).round().clamp(-32000.0, 32000.0) as i16;
        out.extend_from_slice(&units.to_le_bytes());
    }
    rows.iter().for_each(|(feature, _)| out.extend_from_slice(&feature.to_le_bytes()));
    for weight in rows.iter().flat_map(|(_, row)| row) {
        out.push((weight / scale).round().clamp(-127.0, 127.0) as i8 as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut row = [0.0; LABELS];
        row[1] = 1.27;
        row[2] = -0.5;
        pack(&[[0.1; LABELS]; LABELS + 1], &[(0x8000_0001, row), (0x8000_0002, row.map(|w| -w))])
    }

    #[test]
    fn weights_lead_back() {
        let model = Model::new(packed()).unwrap();
        let recent = &mut Recent::default();
        for _ in 0..2 {
            assert_eq!(model.score(&[0x8000_0001], recent)[..3], [0, 127, -50]);
            assert_eq!(model.score(&[0x8000_0001, 0x8000_0002], recent), [0; LABELS]);
            assert_eq!(model.score(&[0x7000_0001, 3, 0], recent), [0; LABELS]);
        }
        assert_eq!(model.transitions()[0][3], 10);
    }

    #[test]
    fn every_feature_is_found_however_crowded() {
        let hash = |i: u32| i.wrapping_mul(0x0301_0101) >> (i % 3 * 4);
        let row = |i: u32| std::array::from_fn(|label| ((i as usize * 7 + label) % 100) as f32);
        let mut all: Vec<_> = (0..500).map(|i| (hash(i), row(i))).collect();
        all.sort_by_key(|(feature, _)| *feature);
        all.dedup_by_key(|(feature, _)| *feature);
        all.push((u32::MAX, [127.0; LABELS]));
        let model = Model::new(pack(&[[0.0; LABELS]; LABELS + 1], &all)).unwrap();
        let recent = &mut Recent::default();
        for (feature, row) in all {
            assert_eq!(model.score(&[feature], recent), row.map(|w| w as i32), "{feature:x}");
            assert_eq!(model.score(&[feature ^ 1 << 31, feature, feature], recent)[0] % 2, {
                model.score(&[feature ^ 1 << 31], recent)[0] % 2
            });
        }
        assert!(!model.more.is_empty());
    }

    #[test]
    fn another_model_is_asked_anew() {
        let (one, other) =
            (Model::new(packed()).unwrap(), Model::new(pack(&[[0.1; LABELS]; LABELS + 1], &[])).unwrap());
        let recent = &mut Recent::default();
        assert_ne!(one.score(&[0x8000_0001], recent), [0; LABELS]);
        assert_eq!(other.score(&[0x8000_0001], recent), [0; LABELS]);
        assert_ne!(one.score(&[0x8000_0001], recent), [0; LABELS]);
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = packed();
        assert_eq!(Model::new(bytes[1..].to_vec()).err(), Some(ModelError::Magic));
        assert!(matches!(Model::new(bytes[..40].to_vec()), Err(ModelError::Length { found: 40, .. })));
        let mut newer = bytes;
        newer[8] = 99;
        assert_eq!(Model::new(newer).err(), Some(ModelError::Version(99)));
    }
}
