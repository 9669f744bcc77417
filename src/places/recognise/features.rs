//! What the tagger sees of a word: hashes of its properties and of those around it.
//!
//! The templates are those that the literature on name tagging agrees on (Ratinov and Roth 2009:
//! words, shapes, affixes, lists, and what the whole article says), made for one pass: each is a
//! hash of at most two values that are known already.

use std::ops::Range;

use super::article::{ArticleEvidence, run_at};
use super::hash::{feature_hash, word_hash_ascii};
use super::matches::Tag;
use super::page::{Case, Page, Word};

/// Number of templates; every word has exactly so many features.
pub const TEMPLATES: usize = 71;

/// The features of one word.
pub type Features = [u32; TEMPLATES];

/// What features are made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub page: &'a Page,
    /// What the article says of them.
    pub evidence: &'a ArticleEvidence,
}

/// Collects features; the position is the template.
struct Sink<'a> {
    out: &'a mut Features,
    at: usize,
}

impl Sink<'_> {
    #[inline]
    fn one(&mut self, a: u32) {
        self.two(a, 0);
    }

    #[inline]
    fn two(&mut self, a: u32, b: u32) {
        if let Some(slot) = self.out.get_mut(self.at) {
            *slot = feature_hash(self.at as u32, a, b);
        }
        self.at += 1;
    }
}

/// The run of capitalised words around each word of an island, in the order of the words.
pub fn runs(page: &Page, island: &Range<usize>, out: &mut Vec<Range<usize>>) {
    out.clear();
    let mut at = island.start;
    while at < island.end {
        let run = run_at(page, at, island.end);
        let run = if run.is_empty() { at..at + 1 } else { run };
        out.extend(run.clone().map(|_| run.clone()));
        at = run.end;
    }
}

impl Scene<'_> {
    /// Writes the features of word `at`, which stands in the run `run` of capitalised words.
    pub fn features(&self, at: usize, run: &Range<usize>, out: &mut Features) {
        let mut sink = Sink { out, at: 0 };
        let around = [-2, -1, 0, 1, 2].map(|step| self.word(at, step));
        self.spelling(at, &around, &mut sink);
        context(&around, &mut sink);
        self.listed(&around, run, at, &mut sink);
        self.of_run(at, run, &around, &mut sink);
        self.of_article(at, run, &around, &mut sink);
        self.of_list(run, &around, &mut sink);
        debug_assert_eq!(sink.at, TEMPLATES);
    }

    /// The word `step` words from `at` in the same sentence.
    #[inline]
    fn word(&self, at: usize, step: isize) -> &Word {
        let sentence = self.page.words.get(at).map_or(0, |w| w.sentence);
        at.checked_add_signed(step)
            .and_then(|at| self.page.words.get(at))
            .filter(|w| w.sentence == sentence)
            .unwrap_or(&Word::EDGE)
    }

    fn headline(&self, word: &Word) -> bool {
        self.page.headlines.get(word.sentence as usize).copied().unwrap_or(false)
    }

    /// 10 templates of how the word is written.
    fn spelling(&self, at: usize, around: &[&Word; 5], sink: &mut Sink<'_>) {
        let word = around[2];
        let text = self.page.text_of(self.text, at);
        let (prefix, suffix2, suffix3, suffix4) = affixes(text);
        let shape = shape(text, word.case);
        let headline = u32::from(self.headline(word));
        sink.one(word.hash);
        sink.two(word.hash, shape);
        sink.two(shape, headline);
        sink.one(prefix);
        sink.one(suffix2);
        sink.one(suffix3);
        sink.one(suffix4);
        sink.two(shape, around[1].case as u32);
        sink.two(shape, around[3].case as u32);
        sink.one(
            around[1].case as u32
                | (around[2].case as u32) << 4
                | (around[3].case as u32) << 8
                | headline << 12,
        );
    }

    /// 14 templates of lists: curated classes and the gazetteer.
    fn listed(&self, around: &[&Word; 5], run: &Range<usize>, at: usize, sink: &mut Sink<'_>) {
        let [_, before, word, after, after2] = around;
        let tag = u32::from(word.gazetteer);
        let kind = u32::from(Tag(word.gazetteer).kind_and_rank());
        let last = self.page.words.get(run.end.wrapping_sub(1)).copied().unwrap_or(Word::EDGE);
        sink.one(tag);
        sink.two(tag, word.classes.0);
        sink.two(tag, before.hash);
        sink.two(tag, after.hash);
        sink.two(kind, u32::from(Tag(before.gazetteer).kind_and_rank()) | 1 << 20);
        sink.two(kind, u32::from(Tag(after.gazetteer).kind_and_rank()) | 1 << 21);
        sink.two(kind, last.classes.0 ^ u32::from(at + 1 == run.end) << 31);
        sink.two(kind, after.classes.0 | 1 << 30);
        sink.two(kind, before.classes.0 | 1 << 29);
        sink.two(word.classes.0, after.classes.0);
        sink.two(before.classes.0, word.classes.0);
        sink.two(before.classes.0, after.classes.0);
        sink.two(kind, shape_of_case(word.case, before.case, after.case));
        sink.two(after.hash, u32::from(Tag(after2.gazetteer).kind_and_rank()) ^ kind << 12);
    }

    /// 14 templates of the run of capitalised words that the word stands in.
    fn of_run(&self, at: usize, run: &Range<usize>, around: &[&Word; 5], sink: &mut Sink<'_>) {
        let words = &self.page.words;
        let get = |i: usize| words.get(i).copied().unwrap_or(Word::EDGE);
        let (first, last) = (get(run.start), get(run.end.wrapping_sub(1)));
        let behind = *self.word(run.start, -1);
        let next = *self.word(run.end.wrapping_sub(1), 1);
        let position = (at - run.start).min(3) as u32 | ((run.end - at).min(4) as u32 * 4);
        let length = run.len().min(5) as u32;
        let tag = u32::from(around[2].gazetteer);
        sink.one(position);
        sink.two(first.hash, position);
        sink.two(last.hash, position);
        sink.two(behind.hash, length);
        sink.two(next.hash, length);
        sink.two(behind.hash, next.hash);
        sink.two(behind.hash, tag);
        sink.two(next.hash, tag);
        sink.two(behind.classes.0, next.classes.0 ^ length << 28);
        sink.two(first.classes.0, last.classes.0 ^ position << 26);
        sink.two(last.classes.0, tag);
        sink.two(behind.hash, last.classes.0 ^ u32::from(Tag(last.gazetteer).kind()) << 16);
        sink.two(next.hash, u32::from(Tag(last.gazetteer).kind_and_rank()) | position << 16);
        sink.two(tag, position | length << 8 | u32::from(self.headline(around[2])) << 16);
    }

    /// 16 templates of what the article says about the word and its neighbours.
    fn of_article(&self, at: usize, run: &Range<usize>, around: &[&Word; 5], sink: &mut Sink<'_>) {
        let word = around[2];
        let evidence = u32::from(self.evidence.of(word.hash).0);
        let first = self.page.words.get(run.start).map_or(0, |w| w.hash);
        let of_first = u32::from(self.evidence.of(first).0);
        let tag = u32::from(word.gazetteer);
        let kind = u32::from(Tag(word.gazetteer).kind_and_rank());
        let begins = u32::from(around[1].sentence == u32::MAX);
        sink.one(evidence);
        sink.two(evidence, kind);
        sink.two(evidence & 0b1111, tag);
        sink.two(of_first, kind ^ u32::from(at == run.start) << 16);
        sink.two(evidence & 0b11, word.classes.0);
        sink.two(begins, word.hash);
        sink.two(begins, tag);
        sink.two(begins | evidence << 1, u32::from(word.case as u8));
        sink.two(evidence & 0b11, around[1].hash);
        sink.two(evidence & 0b11, around[3].hash);
        sink.two(begins | (evidence & 0x20) | (run.len().min(3) as u32 * 2), kind);
        sink.two(evidence & 0b1110_1111, u32::from(Tag(around[3].gazetteer).kind()) << 4);
        sink.two(evidence >> 5 ^ 1 << 16, tag);
        let last = self.page.words.get(run.end.wrapping_sub(1)).copied().unwrap_or(Word::EDGE);
        let place = u32::from(at == run.start) | u32::from(at + 1 == run.end) << 1;
        sink.two(last.hash, kind | place << 16);
        sink.two(u32::from(self.evidence.of(last.hash).0), kind | place << 16);
        sink.two(last.classes.0, kind | place << 16 | (run.len().min(4) as u32) << 20);
    }

    /// 3 templates of the list that the word stands in, "at Selbyville and Harbeson": what stands
    /// before and behind it in the list, and what stands before the whole list.
    fn of_list(&self, run: &Range<usize>, around: &[&Word; 5], sink: &mut Sink<'_>) {
        let word = around[2];
        let tag = |joint: &Word, other: &Word| {
            let joined = is_joint(joint) && is_capital(other);
            if joined { u32::from(Tag(other.gazetteer).kind_and_rank()) | 1 << 15 } else { 0 }
        };
        let (before, after) = (tag(around[1], around[0]), tag(around[3], around[4]));
        let kind = u32::from(Tag(word.gazetteer).kind_and_rank());
        let governor = self.before_list(run.start).map_or(0, |w| w.hash);
        sink.two(before | (word.case as u32) << 16, kind);
        sink.two(before, after | (word.case as u32) << 16);
        sink.two(governor, kind | u32::from(before != 0) << 16);
    }

    /// The word before the list whose last name begins at `start`; `None` where there is no list.
    fn before_list(&self, start: usize) -> Option<&Word> {
        let mut at = start;
        for step in 0..LISTED {
            let joint = self.word(at, -1);
            if !is_joint(joint) || !is_capital(self.word(at, -2)) {
                let behind = self.word(at, -1);
                return (step > 0 && behind.sentence != u32::MAX).then_some(behind);
            }
            at -= 2;
            while is_capital(self.word(at, -1)) {
                at -= 1;
            }
        }
        None
    }
}

const AND: u32 = word_hash_ascii(b"and");
const COMMA: u32 = word_hash_ascii(b",");

/// Whether a word joins the names of a list.
fn is_joint(word: &Word) -> bool {
    matches!(word.hash, AND | COMMA)
}

fn is_capital(word: &Word) -> bool {
    matches!(word.case, Case::Title | Case::Upper | Case::Mixed)
}

/// Names of a list looked back over at most.
const LISTED: usize = 5;

/// 14 templates of the words around.
fn context(around: &[&Word; 5], sink: &mut Sink<'_>) {
    let [w0, w1, w2, w3, w4] = around.map(|w| w.hash);
    sink.one(w1);
    sink.one(w3);
    sink.one(w0);
    sink.one(w4);
    sink.two(w1, w2);
    sink.two(w2, w3);
    sink.two(w1, w3);
    sink.two(w0, w1);
    sink.two(w3, w4);
    sink.two(w1, around[2].case as u32);
    sink.two(w3, around[2].case as u32);
    sink.two(w0, w3);
    sink.two(w1, around[3].case as u32 | (around[2].case as u32) << 4);
    sink.two(w3, around[1].case as u32 | (around[2].case as u32) << 4);
}

fn shape_of_case(word: Case, before: Case, after: Case) -> u32 {
    word as u32 | (before as u32) << 4 | (after as u32) << 8 | 1 << 16
}

/// Hashes of the first three letters and of the last two, three and four.
fn affixes(text: &str) -> (u32, u32, u32, u32) {
    use super::hash::word_hash;
    let end_of = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let start_of = |n: usize| text.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
    let tail = |n: usize| word_hash(text.get(start_of(n)..).unwrap_or(""));
    (word_hash(text.get(..end_of(3)).unwrap_or("")), tail(2), tail(3), tail(4))
}

/// The case, how long the word is, and whether it has digits, dots or hyphens.
fn shape(text: &str, case: Case) -> u32 {
    let mut marks = 0;
    for byte in text.bytes() {
        marks |= match byte {
            b'0'..=b'9' => 1,
            b'.' => 2,
            b'-' => 4,
            b'\'' | b'&' => 8,
            128.. => 16,
            _ => 0,
        };
    }
    case as u32 | marks << 4 | (text.len().min(6) as u32) << 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::recognise::words::Words;

    fn features(text: &str, at: usize) -> Features {
        let (mut page, mut evidence) = (Page::default(), ArticleEvidence::default());
        page.read(text, &segment(text), &Words::parse(""), crate::places::Gazetteer::bundled().unwrap());
        evidence.gather(&page);
        let mut out = [0; TEMPLATES];
        let run = run_at(&page, at, page.words.len());
        Scene { text, page: &page, evidence: &evidence }.features(at, &run, &mut out);
        out
    }

    #[test]
    fn every_template_is_filled() {
        let found = features("They left Kabul on Sunday.", 2);
        assert!(found.iter().all(|&f| f != 0));
    }

    #[test]
    fn a_word_at_the_edge_has_features_too() {
        assert_eq!(features("Kabul", 0).len(), TEMPLATES);
    }

    #[test]
    fn context_changes_some_features_and_not_the_word() {
        let (a, b) = (features("They left Kabul on Sunday.", 2), features("He saw Kabul at noon.", 2));
        assert_eq!(a[0], b[0]);
        assert_ne!(a[10], b[10]);
    }
}
