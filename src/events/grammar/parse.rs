//! A sentence under analysis.

use std::ops::Range;

use super::chunk::{Chunk, ChunkKind, Verb, chunk};
use super::tag::{Case, Kinds, Tag, Word, tag};
use super::vocabulary::{Classes, Entry};
use super::{clause, tree};
use crate::article::segment::Token;
use crate::events::syntax::{Relation, Tree};

/// A sentence with its words, groups and the ties between them. Indices of words count from the
/// first word of the sentence.
#[derive(Debug)]
pub struct Parse<'a> {
    /// The article's text.
    pub text: &'a str,
    /// The sentence's tokens.
    pub tokens: &'a [Token],
    /// A word for each token.
    pub words: Vec<Word>,
    /// The groups, in order; they tile the words.
    pub chunks: Vec<Chunk>,
    /// The verb groups, in order.
    pub verbs: Vec<Verb>,
    /// What depends on what.
    pub tree: Option<&'a Tree>,
    /// Whether it is set like a headline: no stop, capitals throughout.
    pub headline: bool,
}

impl<'a> Parse<'a> {
    /// Analyses the sentence of these tokens. `mentions` gives, for each token, the mention it
    /// belongs to, `entries` what the vocabulary knows of it.
    pub fn new(text: &'a str, tokens: &'a [Token], mentions: &[Option<u32>], entries: &[Entry]) -> Self {
        let mut words = Vec::with_capacity(tokens.len());
        for ((token, mention), entry) in tokens.iter().zip(mentions).zip(entries) {
            words.push(read(token.of(text), *mention, *entry));
        }
        let capitals = capitals_mean_names(&words);
        tag(&mut words, capitals);
        let headline = words.last().is_some_and(|w| w.tag != Tag::Stop);
        let (chunks, verbs) = (Vec::with_capacity(tokens.len()), Vec::new());
        let mut out = Self { text, tokens, words, chunks, verbs, tree: None, headline };
        chunk(&out.words, &mut out.chunks, &mut out.verbs);
        clause::link(&mut out);
        out
    }

    /// Adds what the tree of the sentence ties together.
    pub fn add_tree(&mut self, tree: &'a Tree) {
        self.tree = Some(tree);
        tree::link(self, tree);
    }

    /// The word that this one depends on.
    pub fn above(&self, word: usize) -> Option<usize> {
        let tree = self.tree?;
        let head = tree.words().get(tree::main_word(tree, word)?)?.head?;
        let token = tree.words().get(usize::from(head))?.token as usize;
        (token != word).then_some(token)
    }

    /// How the word depends on the one above it.
    pub fn relation(&self, word: usize) -> Option<Relation> {
        let tree = self.tree?;
        tree.words().get(tree::main_word(tree, word)?).map(|w| w.relation)
    }

    /// The words above this one, nearest first.
    pub fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.above(word), |&at| self.above(at)).take(self.words.len())
    }

    /// The bytes of a run of words.
    pub fn span(&self, words: &Range<usize>) -> Range<usize> {
        let start = self.tokens.get(words.start).map_or(0, |t| t.start as usize);
        let last = words.end.checked_sub(1).and_then(|i| self.tokens.get(i));
        start..last.map_or(start, |t| t.end as usize)
    }

    /// The characters of a word.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.of(self.text))
    }

    /// The kind of a chunk; `Break` outside the sentence.
    pub fn kind(&self, chunk: usize) -> ChunkKind {
        self.chunks.get(chunk).map_or(ChunkKind::Break, |c| c.kind)
    }

    /// The words of a noun group with the "of" phrases behind it.
    pub fn phrase(&self, chunk: usize) -> Range<usize> {
        let Some(first) = self.chunks.get(chunk) else { return 0..0 };
        let mut range = first.words.clone();
        let mut at = chunk + 1;
        while self.is_of(at) && self.kind(at + 1) == ChunkKind::Noun {
            range.end = self.chunks[at + 1].words.end;
            at += 2;
        }
        range
    }

    /// Whether the last word of the sentence is this character.
    pub fn text_ends_with(&self, mark: char) -> bool {
        self.tokens.last().is_some_and(|t| t.of(self.text).starts_with(mark))
    }

    fn is_of(&self, chunk: usize) -> bool {
        self.kind(chunk) == ChunkKind::Prep
            && self.chunks.get(chunk).is_some_and(|c| self.word(c.head).eq_ignore_ascii_case("of"))
    }

    /// The classes of all words of a run.
    pub fn classes(&self, words: &Range<usize>) -> Classes {
        self.words.get(words.clone()).unwrap_or(&[]).iter().fold(0, |all, w| all | w.entry.classes)
    }

    /// The chunk that holds a word.
    pub fn chunk_of(&self, word: usize) -> usize {
        self.chunks.partition_point(|c| c.words.end <= word)
    }
}

fn read(text: &str, mention: Option<u32>, entry: Entry) -> Word {
    Word { entry, tag: fixed_tag(text), case: case_of(text), mention }
}

/// The tag of punctuation; [`Tag::Noun`] stands for "not yet known".
fn fixed_tag(text: &str) -> Tag {
    match text {
        "," => Tag::Comma,
        ";" | ":" | "—" | "–" | "-" | "--" | "|" | "•" | "*" | "/" => Tag::Break,
        "." | "!" | "?" | "…" | "..." => Tag::Stop,
        "\"" | "“" | "”" | "''" | "``" | "'" | "’" | "‘" | "«" | "»" => Tag::Quote,
        "(" | ")" | "[" | "]" => Tag::Bracket,
        "'s" | "’s" | "'S" | "’S" | "ʼs" => Tag::Genitive,
        _ => Tag::Noun,
    }
}

fn case_of(text: &str) -> Case {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_uppercase() => {
            if text.len() > 1 && !text.chars().any(char::is_lowercase) {
                Case::Upper
            } else {
                Case::Title
            }
        }
        _ => Case::Lower,
    }
}

/// Capitals mean nothing where nearly every longer word has one.
fn capitals_mean_names(words: &[Word]) -> bool {
    let open = words.iter().filter(|w| {
        w.tag == Tag::Noun && w.mention.is_none() && w.kinds().any(Kinds::VERB.or(Kinds::NOUN).or(Kinds::ADJ))
    });
    let (mut all, mut small) = (0usize, 0usize);
    for word in open {
        all += 1;
        small += usize::from(word.case == Case::Lower);
    }
    all == 0 || small * 3 > all || small >= 3
}

/// Nouns that make a noun group a time where "last", "this", "next" or a number stands before.
const TIME_NOUNS: &[&str] =
    &["week", "month", "year", "day", "weekend", "morning", "evening", "night", "hour"];

/// Whether the group from `start` to `head` is a time: "last week", "two days", "Sunday".
pub(super) fn is_time_noun(words: &[Word], start: usize, head: usize) -> bool {
    words[head].kinds().any(Kinds::TIME) && words[head].tag == Tag::Time
        || (head > start && words[head].entry.classes & super::super::lexicon::TIME_CLASS != 0)
}

/// The nouns above, for the lexicon to mark.
pub(in crate::events) fn time_nouns() -> impl Iterator<Item = &'static str> {
    TIME_NOUNS.iter().copied()
}
