//! The word pieces that the network reads (WordPiece, Schuster and Nakajima 2012).

use std::collections::HashMap;

use rten_text::models::{Model, WordPiece, WordPieceOptions};
use rten_text::normalizers::{self, Normalizer};
use rten_text::pre_tokenizers::{self, PreTokenizer};

/// What stands before a text, behind it, and for what no piece spells.
const OPENING: &str = "[CLS]";
const CLOSING: &str = "[SEP]";
const UNKNOWN: &str = "[UNK]";

/// Pieces of one word that are read; what follows adds nothing to a label.
const MOST: usize = 8;

/// Cuts words into the pieces of a vocabulary.
pub struct Pieces {
    normalizer: normalizers::Bert,
    splitter: pre_tokenizers::Bert,
    vocabulary: WordPiece,
    opening: i32,
    closing: i32,
    unknown: i32,
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").field("unknown", &self.unknown).finish_non_exhaustive()
    }
}

impl Pieces {
    /// From a list of pieces, one a line, numbered by their lines; `None` where it lacks the three
    /// that every text needs.
    pub fn new(list: &str) -> Option<Self> {
        let vocabulary: HashMap<String, u32> = list.lines().map(str::to_owned).zip(0..).collect();
        let id = |piece: &str| vocabulary.get(piece).and_then(|&id| i32::try_from(id).ok());
        let (opening, closing, unknown) = (id(OPENING)?, id(CLOSING)?, id(UNKNOWN)?);
        let folds = normalizers::BertOptions { lowercase: true, strip_accents: true };
        Some(Self {
            normalizer: normalizers::Bert::new(folds),
            splitter: pre_tokenizers::Bert::new(),
            vocabulary: WordPiece::from_vocab(vocabulary, WordPieceOptions::default()),
            opening,
            closing,
            unknown,
        })
    }

    /// What stands before every text.
    pub const fn opening(&self) -> i32 {
        self.opening
    }

    /// What stands behind every text.
    pub const fn closing(&self) -> i32 {
        self.closing
    }

    /// Appends the pieces of a word, one at least; returns how many.
    pub fn cut(&self, word: &str, out: &mut Vec<i32>) -> usize {
        let before = out.len();
        let room = before + MOST;
        let normal = self.normalizer.normalize(word).map(|(normal, _)| normal).unwrap_or_default();
        for part in self.splitter.pre_tokenize(&normal).unwrap_or_default() {
            // A part that cannot be spelt is given the unknown piece by the vocabulary itself.
            let spelt = self.vocabulary.encode_with_offsets(part, &mut |_, id| {
                if out.len() < room {
                    out.push(i32::try_from(id).unwrap_or(self.unknown));
                }
            });
            debug_assert!(spelt.is_ok());
        }
        if out.len() == before {
            out.push(self.unknown);
        }
        out.len() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str) -> Vec<i32> {
        let pieces = Pieces::new("[UNK]\n[CLS]\n[SEP]\ntor\n##kham\nkabul\n-\nsao").unwrap();
        let mut out = Vec::new();
        assert_eq!(pieces.cut(word, &mut out), out.len());
        out
    }

    #[test]
    fn words_are_cut_into_their_longest_pieces() {
        assert_eq!(cut("Torkham"), [3, 4]);
        assert_eq!(cut("KABUL"), [5]);
        assert_eq!(cut("Kabul-Torkham"), [5, 6, 3, 4]);
        assert_eq!(cut("São"), [7]);
    }

    #[test]
    fn every_word_has_a_piece_and_few() {
        assert_eq!(cut(""), [0]);
        assert_eq!(cut("\u{0}"), [0]);
        assert_eq!(cut("喀布尔")[0], 0);
        assert_eq!(cut(&"kabul-".repeat(50)).len(), MOST);
    }

    #[test]
    fn a_list_without_the_needed_pieces_is_refused() {
        assert!(Pieces::new("tor\nkabul").is_none());
    }
}
