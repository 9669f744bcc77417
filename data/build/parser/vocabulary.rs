//! The words the network knows, and what it sees of a sentence.

use std::collections::HashMap;

use dateline::events::syntax::features::{AFFIXES, affixes, casing, normalise, shape};

use super::treebank::Sentence;
use super::vectors::Vectors;

/// What the network sees of a word.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Its row among the words of the treebanks; 0 if it is none of them.
    pub form: usize,
    /// Its vector, if it has one.
    pub vector: Option<usize>,
    /// Rows of its affixes.
    pub affixes: [u16; AFFIXES],
    /// Row of its shape.
    pub shape: u8,
}

/// The words of the treebanks and those with vectors, normalised.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Row of each word of the treebanks, from 1.
    pub forms: HashMap<String, usize>,
    /// How often each row was seen.
    pub counts: Vec<u32>,
    /// Place of each word's vector.
    pub vectors: HashMap<String, usize>,
}

fn normal(word: &str) -> String {
    let mut out = String::new();
    normalise(word, &mut out);
    out
}

impl Vocabulary {
    /// Numbers the words that occur twice or more.
    pub fn new(sentences: &[Sentence], vectors: &Vectors) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in sentences.iter().flat_map(|s| &s.words) {
            *counts.entry(normal(word)).or_default() += 1;
        }
        let mut kept: Vec<(String, u32)> = counts.into_iter().filter(|&(_, count)| count >= 2).collect();
        kept.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut out = Self { counts: vec![0], ..Self::default() };
        for (word, count) in kept {
            out.forms.insert(word, out.counts.len());
            out.counts.push(count);
        }
        for (place, word) in vectors.words.iter().enumerate() {
            out.vectors.entry(normal(word)).or_insert(place);
        }
        out
    }

    /// What the network sees of a sentence.
    pub fn see(&self, words: &[String]) -> Vec<Seen> {
        let casing = casing(words.iter().map(String::as_str));
        let mut letters = String::new();
        let see = |(at, word): (usize, &String)| {
            normalise(word, &mut letters);
            Seen {
                form: self.forms.get(&letters).copied().unwrap_or(0),
                vector: self.vectors.get(&letters).copied(),
                affixes: affixes(&letters),
                shape: shape(word, at == 0, casing),
            }
        };
        words.iter().enumerate().map(see).collect()
    }
}
