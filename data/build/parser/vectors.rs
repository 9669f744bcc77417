//! Word vectors: `data/cache/vectors.bin`, written by `data/build/vectors.py`.
//!
//! Count u32, then for each word, the most frequent first: length u8, letters, 100 × f32.

/// Numbers in a vector.
pub const WIDTH: usize = 100;

const FILE: &str = "data/cache/vectors.bin";

/// The most frequent words with their vectors.
#[derive(Debug, Default)]
pub struct Vectors {
    /// The words.
    pub words: Vec<String>,
    /// Their vectors, one behind another.
    pub numbers: Vec<f32>,
}

impl Vectors {
    /// Reads the first `most` words.
    pub fn read(most: usize) -> Result<Self, String> {
        let bytes =
            std::fs::read(FILE).map_err(|e| format!("{FILE}: {e}; run data/build/build train-parser"))?;
        let mut out = Self::default();
        let mut rest = bytes.get(4..).unwrap_or_default();
        while let (Some((&len, tail)), true) = (rest.split_first(), out.words.len() < most) {
            let (word, tail) = tail.split_at_checked(usize::from(len)).ok_or("the vectors end early")?;
            let (numbers, tail) = tail.split_at_checked(4 * WIDTH).ok_or("the vectors end early")?;
            out.words.push(String::from_utf8_lossy(word).into_owned());
            out.numbers.extend(numbers.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
            rest = tail;
        }
        Ok(out)
    }

    /// The vector of a word.
    pub fn of(&self, word: usize) -> &[f32] {
        &self.numbers[word * WIDTH..(word + 1) * WIDTH]
    }
}
