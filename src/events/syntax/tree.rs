//! The analysis of one sentence.

use std::ops::Range;

use super::relation::Relation;
use super::tag::{Form, Tag};

/// A word: a token of the article or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte in the article's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Which of the sentence's tokens it was cut from.
    pub token: u32,
    /// Its part of speech.
    pub tag: Tag,
    /// How it is inflected.
    pub form: Form,
    /// The word it depends on; the root of the sentence has none.
    pub head: Option<u16>,
    /// How it depends on it.
    pub relation: Relation,
    /// Bytes of its lemma in the tree's store.
    pub(super) lemma: (u32, u32),
}

impl Word {
    /// Its characters in `text`, the article's text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// The words of a sentence and what depends on what. Indices count from the sentence's first word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    pub(super) words: Vec<Word>,
    pub(super) lemmas: String,
}

impl Tree {
    /// The words in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The lemma of a word: "seize" for "seized"; in lower case except for names.
    pub fn lemma(&self, word: usize) -> &str {
        let at = self.words.get(word).map_or((0, 0), |w| w.lemma);
        self.lemmas.get(at.0 as usize..at.1 as usize).unwrap_or("")
    }

    /// The word everything else depends on; none in an empty tree.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }

    /// The words that depend on `word`, in order.
    pub fn children(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        let has = move |w: &Word| w.head.is_some_and(|head| usize::from(head) == word);
        self.words.iter().enumerate().filter(move |(_, w)| has(w)).map(|(at, _)| at)
    }

    /// The first word that depends on `word` in this way.
    pub fn child(&self, word: usize, relation: Relation) -> Option<usize> {
        self.children(word).find(|&at| self.words.get(at).is_some_and(|w| w.relation == relation))
    }

    /// From the first to the last of the words below `word`, with itself.
    pub fn subtree(&self, word: usize) -> Range<usize> {
        let first = (0..word).find(|&at| self.is_below(at, word)).unwrap_or(word);
        let last = (word..self.words.len()).rev().find(|&at| self.is_below(at, word)).unwrap_or(word);
        first..(last + 1).min(self.words.len()).max(first)
    }

    /// Whether `word` is `above` or depends on it, directly or not.
    pub fn is_below(&self, word: usize, above: usize) -> bool {
        let mut at = word;
        for _ in 0..=self.words.len() {
            if at == above {
                return true;
            }
            match self.words.get(at).and_then(|w| w.head) {
                Some(head) => at = usize::from(head),
                None => return false,
            }
        }
        false
    }

    /// The first word cut from a token.
    pub fn word_of_token(&self, token: usize) -> usize {
        self.words.partition_point(|w| (w.token as usize) < token)
    }

    /// The words cut from some tokens.
    pub fn words_of_tokens(&self, tokens: &Range<usize>) -> Range<usize> {
        self.word_of_token(tokens.start)..self.word_of_token(tokens.end)
    }

    /// The bytes in the article's text from the first to the last of some words.
    pub fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let slice = self.words.get(words.clone()).unwrap_or_default();
        let start = slice.first().map_or(0, |w| w.start as usize);
        start..slice.last().map_or(start, |w| w.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Rebels | seized | the | town": a tree by hand.
    fn tree() -> Tree {
        let word = |at: u32, head: Option<u16>, relation| Word {
            start: at * 7,
            end: at * 7 + 6,
            token: at / 2,
            tag: Tag::Noun,
            form: Form::Other,
            head,
            relation,
            lemma: (0, 0),
        };
        let words = vec![
            word(0, Some(1), Relation::Nsubj),
            word(1, None, Relation::Root),
            word(2, Some(3), Relation::Det),
            word(3, Some(1), Relation::Obj),
        ];
        Tree { words, lemmas: String::new() }
    }

    #[test]
    fn children_and_subtrees() {
        let tree = tree();
        assert_eq!(tree.root(), Some(1));
        assert_eq!(tree.children(1).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(tree.child(1, Relation::Obj), Some(3));
        assert_eq!(tree.child(1, Relation::Det), None);
        assert_eq!(tree.subtree(3), 2..4);
        assert_eq!(tree.subtree(1), 0..4);
        assert!(tree.is_below(2, 1) && !tree.is_below(1, 2));
    }

    #[test]
    fn words_of_tokens() {
        let tree = tree();
        assert_eq!(tree.words_of_tokens(&(1..2)), 2..4);
        assert_eq!(tree.bytes(&(2..4)), 14..27);
        assert_eq!(tree.lemma(0), "");
    }

    #[test]
    fn indices_out_of_range_are_harmless() {
        let tree = tree();
        assert_eq!(tree.lemma(99), "");
        assert_eq!(tree.children(99).count(), 0);
        assert!(tree.bytes(&(7..9)).is_empty());
        assert!(tree.words_of_tokens(&(8..9)).is_empty());
        let _ = tree.subtree(99);
        assert_eq!(Tree::default().root(), None);
    }

    #[test]
    fn a_cycle_ends() {
        let mut tree = tree();
        tree.words[1].head = Some(0);
        assert!(!tree.is_below(0, 3));
    }
}
