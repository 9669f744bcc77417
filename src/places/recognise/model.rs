//! The tagger's weights: one small file, read in place.
//!
//! ```text
//! magic "DLTAGGER"   8 bytes
//! version            u32 little endian
//! log2 of the slots  u32
//! scale              f32: what one unit of weight is worth
//! transitions        (1 + 9) × 9 × i16: from the start, then from each label
//! slots              2^n × 12 bytes: fingerprint u16 (0: empty), one byte unused, 9 × i8
//! ```
//!
//! A feature's slot is found by the upper bits of its hash and its fingerprint by the lower ones;
//! it stands in its own slot or in one of the next few.

use std::borrow::Cow;

use super::labels::{LABELS, Label};

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"DLTAGGER";
/// Version of the layout and of the features; raised whenever either changes.
const VERSION: u32 = 1;
const SLOT: usize = 12;
/// Slots looked at for one feature.
const PROBES: usize = 8;
const HEADER: usize = 8 + 4 + 4 + 4;
const TRANSITIONS: usize = (1 + LABELS) * LABELS;
/// Weights of a feature in memory, those of no label 0: as wide as a register.
const PADDED: usize = 16;

/// Scores of the labels of one word.
pub type Scores = [i32; LABELS];

/// Weights of features and transitions.
#[derive(Debug, Clone)]
pub struct Model {
    /// The fingerprint of each slot, 0 for an empty one: apart from the weights, since most
    /// look-ups end here.
    fingerprints: Vec<u16>,
    /// The weights of each slot, padded to a power of two.
    rows: Vec<[i8; PADDED]>,
    shift: u32,
    mask: usize,
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
        let bits = word(12).clamp(1, 24);
        let expected = HEADER + TRANSITIONS * 2 + (SLOT << bits);
        if bytes.len() != expected {
            return Err(ModelError::Length { expected, found: bytes.len() });
        }
        let transitions = transitions(&bytes);
        let scale = f32::from_bits(word(16));
        let slots = bytes.get(HEADER + TRANSITIONS * 2..).unwrap_or_default().chunks_exact(SLOT);
        let fingerprints = slots.clone().map(|slot| u16::from_le_bytes([slot[0], slot[1]])).collect();
        let rows = slots.map(row).collect();
        Ok(Self {
            fingerprints,
            rows,
            shift: 32 - bits,
            mask: (1 << bits) - 1,
            scale,
            links: links(&transitions, scale),
            transitions,
        })
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
    pub fn score(&self, features: &[u32]) -> Scores {
        let mut sum = [0i16; PADDED];
        for &feature in features {
            if let Some(weights) = self.weights(feature) {
                for (total, &weight) in sum.iter_mut().zip(weights) {
                    *total = total.wrapping_add(i16::from(weight));
                }
            }
        }
        std::array::from_fn(|label| i32::from(sum[label]))
    }

    #[inline]
    fn weights(&self, feature: u32) -> Option<&[i8; PADDED]> {
        let wanted = fingerprint(feature);
        let mut at = (feature >> self.shift) as usize;
        for _ in 0..PROBES {
            match *self.fingerprints.get(at)? {
                0 => return None,
                found if found == wanted => return self.rows.get(at),
                _ => at = (at + 1) & self.mask,
            }
        }
        None
    }
}

/// The weights of a slot of the file.
fn row(slot: &[u8]) -> [i8; PADDED] {
    let mut row = [0; PADDED];
    for (weight, byte) in row.iter_mut().zip(slot.get(3..).unwrap_or_default()) {
        *weight = *byte as i8;
    }
    row
}

fn fingerprint(feature: u32) -> u16 {
    (feature as u16).max(1)
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

/// Writes a model. `weights` are features with the weight of each label; those that count most
/// are kept where slots run out. Returns the file and how many features found no slot.
pub fn pack(
    bits: u32,
    transitions: &[[f32; LABELS]; LABELS + 1],
    weights: &[(u32, [f32; LABELS])],
) -> (Vec<u8>, usize) {
    let largest = |row: &[f32; LABELS]| row.iter().fold(0f32, |most, w| most.max(w.abs()));
    let scale = weights.iter().map(|(_, row)| largest(row)).fold(0f32, f32::max).max(1e-6) / 127.0;
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        largest(&weights[b].1).total_cmp(&largest(&weights[a].1)).then(weights[a].0.cmp(&weights[b].0))
    });
    let mut out = Vec::with_capacity(HEADER + TRANSITIONS * 2 + (SLOT << bits));
    out.extend_from_slice(MAGIC);
    for word in [VERSION, bits, scale.to_bits()] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    for value in transitions.iter().flatten() {
        let units = (value / scale).round().clamp(-32000.0, 32000.0) as i16;
        out.extend_from_slice(&units.to_le_bytes());
    }
    let mut slots = vec![0; SLOT << bits];
    let lost = order.iter().filter(|&&at| !place(&mut slots, bits, scale, &weights[at])).count();
    out.extend_from_slice(&slots);
    (out, lost)
}

/// Puts one feature into its slot; false where the slots it may stand in are taken.
fn place(slots: &mut [u8], bits: u32, scale: f32, (feature, row): &(u32, [f32; LABELS])) -> bool {
    let mask = (1 << bits) - 1;
    let mut at = (feature >> (32 - bits)) as usize;
    for _ in 0..PROBES {
        let slot = &mut slots[at * SLOT..at * SLOT + SLOT];
        let found = u16::from_le_bytes([slot[0], slot[1]]);
        if found == fingerprint(*feature) {
            return false;
        }
        if found == 0 {
            slot[..2].copy_from_slice(&fingerprint(*feature).to_le_bytes());
            for (byte, weight) in slot[3..].iter_mut().zip(row) {
                *byte = (weight / scale).round().clamp(-127.0, 127.0) as i8 as u8;
            }
            return true;
        }
        at = (at + 1) & mask;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut row = [0.0; LABELS];
        row[1] = 1.27;
        row[2] = -0.5;
        let weights = [(0x8000_0001, row), (0x8000_0002, row.map(|w| -w)), (0x8000_0001, row)];
        let (bytes, lost) = pack(4, &[[0.1; LABELS]; LABELS + 1], &weights);
        assert_eq!(lost, 1);
        bytes
    }

    #[test]
    fn weights_lead_back() {
        let model = Model::new(packed()).unwrap();
        assert_eq!(model.score(&[0x8000_0001])[..3], [0, 127, -50]);
        assert_eq!(model.score(&[0x8000_0001, 0x8000_0002]), [0; LABELS]);
        assert_eq!(model.score(&[0x7000_0001, 3]), [0; LABELS]);
        assert_eq!(model.transitions()[0][3], 10);
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
