//! The tagger's weights: one small file, made into a [`table`](super::table) when it is opened.
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

use std::borrow::Cow;

use super::labels::{LABELS, Label};
use super::table::Table;
pub use super::table::{Recent, Scores};

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"DLTAGGER";
/// Version of the layout and of the features; raised whenever either changes.
const VERSION: u32 = 3;
const HEADER: usize = 8 + 4 + 4 + 4;
const TRANSITIONS: usize = (1 + LABELS) * LABELS;

/// Weights of features and transitions.
#[derive(Debug, Clone)]
pub struct Model {
    table: Table,
    scale: f32,
    /// [`NEVER`] where a label may not follow.
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
        let mut table = Table::new(count);
        for (hash, weights) in hashes.chunks_exact(4).zip(weights.chunks_exact(LABELS)) {
            let feature = hash.try_into().map_or(0, u32::from_le_bytes);
            let weights: [i8; LABELS] = std::array::from_fn(|label| weights[label].cast_signed());
            table.add(feature, &weights);
        }
        Ok(Self { table, scale, links: links(&transitions, scale), transitions: permitted(&transitions) })
    }

    /// What one unit of score is worth in log odds.
    pub const fn scale(&self) -> f32 {
        self.scale
    }

    /// Score of each label behind each (row 0: at the start), [`NEVER`] where it may not follow.
    pub const fn transitions(&self) -> &[[i32; LABELS]; LABELS + 1] {
        &self.transitions
    }

    /// Exponentials of the transitions; 0 where a label may not follow.
    pub const fn links(&self) -> &[[f32; LABELS]; LABELS + 1] {
        &self.links
    }

    /// Adds up the weights of a word's features, [`TEMPLATES`](super::features::TEMPLATES) at most.
    pub fn score(&self, features: &[u32], recent: &mut Recent) -> Scores {
        self.table.score(features, recent)
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

/// Below every sum of scores; two of them still fit into a number.
pub const NEVER: i32 = i32::MIN / 4;

/// The transitions with those that are not permitted out of reach.
fn permitted(transitions: &[[i32; LABELS]; LABELS + 1]) -> [[i32; LABELS]; LABELS + 1] {
    std::array::from_fn(|from| {
        let before = Label(from.saturating_sub(1) as u8);
        std::array::from_fn(
            |to| {
                if before.may_precede(Label(to as u8)) { transitions[from][to] } else { NEVER }
            },
        )
    })
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
        let mut all: Vec<_> =
            (1..500).map(|i| (hash(i), row(i))).filter(|(feature, _)| *feature != 0).collect();
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
        assert!(model.table.is_crowded());
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
