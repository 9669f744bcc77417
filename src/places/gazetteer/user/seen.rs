//! Which ids of a file were met already, in little memory.

use rustc_hash::FxHashSet;

/// The ids met so far: a bit for each number of a dump, the FNV-1a hash of any other id.
#[derive(Default)]
pub(super) struct Seen {
    numbers: Vec<u64>,
    hashes: FxHashSet<u64>,
}

impl Seen {
    /// Greater numbers are kept as hashes: 16 MB of bits.
    const MOST: usize = 1 << 27;

    /// Whether the id is new.
    pub(super) fn insert(&mut self, id: &str, list: bool) -> bool {
        match id.parse::<usize>() {
            Ok(number) if !list && number < Self::MOST => self.insert_number(number),
            _ => {
                let step = |hash: u64, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
                self.hashes.insert(id.bytes().fold(0xcbf2_9ce4_8422_2325, step))
            }
        }
    }

    fn insert_number(&mut self, number: usize) -> bool {
        if self.numbers.len() <= number / 64 {
            self.numbers.resize(number / 64 + 1, 0);
        }
        let Some(word) = self.numbers.get_mut(number / 64) else { return false };
        let bit = 1 << (number % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once() {
        let mut seen = Seen::default();
        for id in ["7", "990000001", "camp-7", "18446744073709551615"] {
            assert!(seen.insert(id, false) && !seen.insert(id, false), "{id}");
        }
        assert!(seen.numbers.len() < 4, "great numbers take no bits");
    }
}
