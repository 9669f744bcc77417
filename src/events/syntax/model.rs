//! The network's weights: one file, its large tables read in place.
//!
//! ```text
//! magic "DLSYNTAX"   8 bytes
//! version            u32 little endian, as all that follows
//! hash               u64: FNV-1a of everything behind it
//! sizes              8 × u32, the fields of `Sizes` in order
//! dense layers       f32: see `Model::new`
//! index              2^bits × (fingerprint u16, row u16): words to rows; row 0 is free
//! edits              u16 count, then each: strip u8, length u8, letters
//! rows               verb, noun and other edit u8 × 3, one byte unused, scale f32, i8 × width:
//!                    the unknown word, the words, the affixes, the shapes
//! ```

use std::borrow::Cow;

use super::features::{AFFIX_ROWS, SHAPE_ROWS};
use super::network::WIDEST;

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"DLSYNTAX";
/// Version of the layout and of the features; raised whenever either changes.
const VERSION: u32 = 2;
const HEADER: usize = 8 + 4 + 8;
/// Bytes of a row before its weights.
const ROW_HEAD: usize = 8;
/// Slots looked at for one word.
const PROBES: usize = 12;

/// How large everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Numbers that stand for a word.
    pub width: usize,
    /// Numbers that one direction of a recurrent layer carries along.
    pub hidden: usize,
    /// How many of those share one gate.
    pub share: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Numbers compared to find a head.
    pub arc: usize,
    /// Numbers that stand for a word as head or dependent in labelling.
    pub label: usize,
    /// Binary logarithm of the slots of the index.
    pub bits: usize,
    /// Rows of words, the unknown one with them.
    pub words: usize,
}

impl Sizes {
    /// Sizes in the file's order.
    pub const fn fields(&self) -> [usize; 8] {
        [self.width, self.hidden, self.share, self.layers, self.arc, self.label, self.bits, self.words]
    }

    const fn of(f: [usize; 8]) -> Self {
        Self {
            width: f[0],
            hidden: f[1],
            share: f[2],
            layers: f[3],
            arc: f[4],
            label: f[5],
            bits: f[6],
            words: f[7],
        }
    }

    /// Whether a network can be of these sizes.
    fn are_sound(&self) -> bool {
        let small = self.fields().iter().all(|&f| f > 0 && f <= 65_535);
        small
            && self.width == 2 * self.hidden
            && self.width <= WIDEST
            && self.layers <= 8
            && self.hidden.is_multiple_of(self.share)
            && self.bits <= 20
            && self.words + AFFIX_ROWS + SHAPE_ROWS <= 65_536
    }

    /// Gates of one direction.
    pub const fn gates(&self) -> usize {
        self.hidden / self.share
    }

    /// Outputs of a recurrent layer's matrix: of each direction the candidates, then the gates.
    pub const fn mixed(&self) -> usize {
        2 * (self.hidden + self.gates())
    }

    /// Outputs of the matrix behind the last layer: heads, dependents, distances, labels of both.
    pub const fn outs(&self) -> usize {
        2 * self.arc + DISTANCES + 2 * self.label
    }
}

/// Classes of distances between a word and its head.
pub const DISTANCES: usize = 16;

/// A matrix with a bias, in blocks of 16 outputs: `weights[block][input][16]`.
#[derive(Debug, Clone, Default)]
pub struct Dense {
    /// Inputs.
    pub inputs: usize,
    /// Outputs, rounded up to a multiple of 16.
    pub outputs: usize,
    /// The matrix.
    pub weights: Vec<f32>,
    /// What is added to each output.
    pub bias: Vec<f32>,
}

/// Outputs computed at once.
pub const BLOCK: usize = 16;

impl Dense {
    /// From rows of one input each.
    pub fn new(inputs: usize, outputs: usize, rows: &[f32], bias: &[f32]) -> Self {
        let padded = outputs.next_multiple_of(BLOCK);
        let mut weights = vec![0.0; inputs * padded];
        for (input, row) in rows.chunks_exact(outputs.max(1)).enumerate().take(inputs) {
            for (output, &weight) in row.iter().enumerate() {
                if let Some(cell) =
                    weights.get_mut((output / BLOCK * inputs + input) * BLOCK + output % BLOCK)
                {
                    *cell = weight;
                }
            }
        }
        let mut bias = bias.to_vec();
        bias.resize(padded, 0.0);
        Self { inputs, outputs: padded, weights, bias }
    }
}

/// A recurrent layer: a convolution of each input over three words, then a matrix.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Weights of the word before, the word itself and the word behind, `width` each.
    pub window: Vec<f32>,
    /// Candidates and gates.
    pub mix: Dense,
}

/// How a lemma is made: letters taken off the end of the word, letters put there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit {
    /// Bytes taken off.
    pub strip: u8,
    /// What is put there.
    pub put: Box<str>,
}

/// All weights.
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    index: usize,
    rows: usize,
    /// How large everything is.
    pub sizes: Sizes,
    /// The recurrent layers.
    pub layers: Vec<Layer>,
    /// From the first layer to classes.
    pub tags: Dense,
    /// What the layers above the first are told of each class, `width` numbers each.
    pub classes: Vec<f32>,
    /// From the last layer to what heads and labels are found by.
    pub outs: Dense,
    /// From two words to a label.
    pub labels: Dense,
    /// The root as a head, and as a head in labelling.
    pub root: (Vec<f32>, Vec<f32>),
    /// All ways to make a lemma.
    pub edits: Vec<Edit>,
}

/// A file that is no model of this version.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// It does not begin as such a file.
    #[error("no parser's weights: the file begins otherwise")]
    Magic,
    /// It is of another version.
    #[error("the parser's weights are of version {0}, this program reads version {VERSION}")]
    Version(u32),
    /// Its sizes make no sense, or it is too short or too long for them.
    #[error("the parser's weights are damaged: {0}")]
    Damaged(&'static str),
}

/// Reads numbers from the file one behind another.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], ModelError> {
        let out = self.bytes.get(self.at..self.at + len).ok_or(ModelError::Damaged("it ends early"))?;
        self.at += len;
        Ok(out)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.take(count * 4)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn dense(&mut self, inputs: usize, outputs: usize) -> Result<Dense, ModelError> {
        let rows = self.floats(inputs * outputs)?;
        Ok(Dense::new(inputs, outputs, &rows, &self.floats(outputs)?))
    }

    fn edits(&mut self) -> Result<Vec<Edit>, ModelError> {
        let count = self.take(2)?;
        let count = usize::from(u16::from_le_bytes([count[0], count[1]]));
        (0..count)
            .map(|_| {
                let head = self.take(2)?;
                let put = std::str::from_utf8(self.take(usize::from(head[1]))?);
                Ok(Edit {
                    strip: head[0],
                    put: put.map_err(|_| ModelError::Damaged("a lemma is no text"))?.into(),
                })
            })
            .collect()
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Model {
    /// Opens a model.
    pub fn new(
        bytes: impl Into<Cow<'static, [u8]>>,
        classes: usize,
        relations: usize,
    ) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::Magic);
        }
        if word(&bytes, 8) != VERSION {
            return Err(ModelError::Version(word(&bytes, 8)));
        }
        let sizes = Sizes::of(std::array::from_fn(|i| word(&bytes, HEADER + 4 * i) as usize));
        if !sizes.are_sound() {
            return Err(ModelError::Damaged("its sizes make no network"));
        }
        let mut reader = Reader { bytes: &bytes, at: HEADER + 32 };
        let layer = |reader: &mut Reader<'_>| {
            let window = reader.floats(3 * sizes.width)?;
            Ok(Layer { window, mix: reader.dense(sizes.width, sizes.mixed())? })
        };
        let layers = (0..sizes.layers).map(|_| layer(&mut reader)).collect::<Result<_, ModelError>>()?;
        let tags = reader.dense(sizes.width, classes)?;
        let told = reader.floats(classes * sizes.width)?;
        let outs = reader.dense(sizes.width, sizes.outs())?;
        let labels = reader.dense(sizes.label, relations)?;
        let root = (reader.floats(sizes.arc)?, reader.floats(sizes.label)?);
        let index = reader.at;
        reader.take(4 << sizes.bits)?;
        let edits = reader.edits()?;
        let rows = reader.at;
        reader.take((sizes.words + AFFIX_ROWS + SHAPE_ROWS) * (ROW_HEAD + sizes.width))?;
        if reader.at != bytes.len() {
            return Err(ModelError::Damaged("it is too long"));
        }
        Ok(Self { index, rows, sizes, layers, tags, classes: told, outs, labels, root, edits, bytes })
    }

    /// Whether the file is as it was written.
    pub fn is_whole(&self) -> bool {
        let stored = self.bytes.get(12..20).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
        self.bytes.get(HEADER..).is_some_and(|body| hash(body) == stored)
    }

    /// The row of a word by the hash of its normalised form; 0 if unknown.
    #[inline(always)]
    pub fn row_of(&self, key: u64) -> usize {
        let mask = (1 << self.sizes.bits) - 1;
        let mut at = slot(key, self.sizes.bits);
        for _ in 0..PROBES {
            let from = self.index + 4 * at;
            let Some(&[a, b, c, d]) = self.bytes.get(from..from + 4) else { return 0 };
            match (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])) {
                (_, 0) => return 0,
                (found, row) if found == key as u16 => return usize::from(row),
                _ => at = (at + 1) & mask,
            }
        }
        0
    }

    /// The row of an affix.
    pub const fn affix_row(&self, affix: u16) -> usize {
        self.sizes.words + affix as usize
    }

    /// The row of a shape.
    pub const fn shape_row(&self, shape: u8) -> usize {
        self.sizes.words + AFFIX_ROWS + shape as usize
    }

    /// Adds a row, with its scale, to `sum`.
    #[inline(always)]
    pub fn add_row(&self, row: usize, sum: &mut [f32]) {
        let len = ROW_HEAD + self.sizes.width;
        let at = self.rows + row * len;
        let Some(bytes) = self.bytes.get(at..at + len) else { return };
        let scale = f32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        for (total, &byte) in sum.iter_mut().zip(&bytes[ROW_HEAD..]) {
            *total += scale * f32::from(byte as i8);
        }
    }

    /// The edits that make a known word's lemma as a verb, as a noun and otherwise.
    pub fn edits_of(&self, row: usize) -> [u8; 3] {
        let at = self.rows + row * (ROW_HEAD + self.sizes.width);
        self.bytes.get(at..at + 3).and_then(|b| b.try_into().ok()).unwrap_or_default()
    }
}

fn slot(key: u64, bits: usize) -> usize {
    (key >> (64 - bits)) as usize
}

/// A row to be written: its edits and its weights.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Edits as a verb, as a noun, otherwise.
    pub edits: [u8; 3],
    /// Weights.
    pub weights: Vec<f32>,
}

/// Writes a model. `dense` are the numbers in the file's order, `keys` the hashes of the words
/// from row 1 on. Returns the file and how many words found no slot.
pub fn pack(sizes: Sizes, dense: &[f32], keys: &[u64], edits: &[Edit], rows: &[Row]) -> (Vec<u8>, usize) {
    let mut body = Vec::new();
    sizes.fields().iter().for_each(|&f| body.extend_from_slice(&(f as u32).to_le_bytes()));
    dense.iter().for_each(|f| body.extend_from_slice(&f.to_le_bytes()));
    let (index, lost) = index(sizes.bits, keys);
    body.extend(index.iter().flatten().flat_map(|half| half.to_le_bytes()));
    body.extend_from_slice(&(edits.len() as u16).to_le_bytes());
    for edit in edits {
        body.extend_from_slice(&[edit.strip, edit.put.len() as u8]);
        body.extend_from_slice(edit.put.as_bytes());
    }
    for row in rows {
        let scale = row.weights.iter().fold(1e-6f32, |most, w| most.max(w.abs())) / 127.0;
        body.extend_from_slice(&[row.edits[0], row.edits[1], row.edits[2], 0]);
        body.extend_from_slice(&scale.to_le_bytes());
        body.extend(row.weights.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8));
    }
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&hash(&body).to_le_bytes());
    out.extend_from_slice(&body);
    (out, lost)
}

fn index(bits: usize, keys: &[u64]) -> (Vec<[u16; 2]>, usize) {
    let mut slots = vec![[0u16; 2]; 1 << bits];
    let mut lost = 0;
    for (row, &key) in (1..).zip(keys) {
        let places = (0..PROBES).map(|step| (slot(key, bits) + step) & ((1 << bits) - 1));
        match places.into_iter().find(|&at| slots[at][1] == 0) {
            Some(at) => slots[at] = [key as u16, row],
            None => lost += 1,
        }
    }
    (slots, lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes =
        Sizes { width: 4, hidden: 2, share: 2, layers: 1, arc: 2, label: 2, bits: 4, words: 3 };

    fn packed() -> Vec<u8> {
        let dense = 3 * 4 + 5 * SIZES.mixed() + 5 * 2 + 2 * 4 + 5 * SIZES.outs() + 3 * 3 + 2 + 2;
        let edit = Edit { strip: 1, put: "y".into() };
        let row = |value: f32| Row { edits: [0, 1, 0], weights: vec![value, -value, 0.0, value / 2.0] };
        let rows: Vec<Row> = (0..3 + AFFIX_ROWS + SHAPE_ROWS).map(|i| row(i as f32)).collect();
        let (bytes, lost) = pack(SIZES, &vec![0.5; dense], &[7 << 60, (7 << 60) + 1], &[edit], &rows);
        assert_eq!(lost, 0);
        bytes
    }

    #[test]
    fn what_is_packed_is_read() {
        let model = Model::new(packed(), 2, 3).unwrap();
        assert!(model.is_whole());
        assert_eq!(model.sizes, SIZES);
        assert_eq!((model.row_of(7 << 60), model.row_of((7 << 60) + 1), model.row_of(3)), (1, 2, 0));
        let mut sum = vec![1.0; 4];
        model.add_row(2, &mut sum);
        assert!((sum[0] - 3.0).abs() < 0.02 && (sum[1] + 1.0).abs() < 0.02 && (sum[3] - 2.0).abs() < 0.02);
        assert_eq!(model.edits_of(1), [0, 1, 0]);
        assert_eq!(&*model.edits[0].put, "y");
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = packed();
        assert_eq!(Model::new(bytes[1..].to_vec(), 2, 3).err(), Some(ModelError::Magic));
        assert!(matches!(Model::new(bytes[..90].to_vec(), 2, 3).err(), Some(ModelError::Damaged(_))));
        assert!(matches!(Model::new(bytes.clone(), 9, 3).err(), Some(ModelError::Damaged(_))));
        let mut newer = bytes.clone();
        newer[8] = 99;
        assert_eq!(Model::new(newer, 2, 3).err(), Some(ModelError::Version(99)));
        let mut flipped = bytes;
        let last = flipped.len() - 1;
        flipped[last] ^= 1;
        assert!(!Model::new(flipped, 2, 3).unwrap().is_whole());
    }

    #[test]
    fn blocks_hold_the_matrix() {
        let dense = Dense::new(2, 17, &(0..34).map(|i| i as f32).collect::<Vec<_>>(), &[1.0; 17]);
        assert_eq!((dense.outputs, dense.bias.len()), (32, 32));
        assert_eq!((dense.weights[3], dense.weights[16 + 3], dense.weights[32]), (3.0, 20.0, 16.0));
    }
}
