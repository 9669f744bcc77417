//! What the whole article says about each of its capitalised words.
//!
//! A name that is unclear in one sentence is often clear in another: "in Jackson" here, "Mr.
//! Jackson" there.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::hash::word_hash_ascii;
use super::matches::Tag;
use super::page::{Case, Page};
use super::words::Classes;

/// Evidence about one word, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence(pub u16);

impl Evidence {
    /// Begins a run behind "in", "at", "from", "near".
    pub const LOCATIVE: u16 = 1;
    /// Stands behind a title or a given name.
    pub const PERSON: u16 = 1 << 1;
    /// Ends a run before "said", "told".
    pub const SPEAKS: u16 = 1 << 2;
    /// Inside a run that ends in a word of organisations.
    pub const ORGANISATION: u16 = 1 << 3;
    /// Behind "the".
    pub const ARTICLE: u16 = 1 << 4;
    /// Written in lower case somewhere.
    pub const LOWER: u16 = 1 << 5;
    /// Inside a longer run somewhere.
    pub const LONGER: u16 = 1 << 6;
    /// Begins a run that is followed by a comma and a name of the gazetteer.
    pub const CONTAINED: u16 = 1 << 7;
    /// More than once.
    pub const AGAIN: u16 = 1 << 8;
    /// Four times and more.
    pub const OFTEN: u16 = 1 << 9;
    /// Begins a run of two words whose second is no place of note: "Georgia Stevens".
    pub const BEFORE_UNKNOWN: u16 = 1 << 10;
    /// Begins a run that ends in a word for a site or area: "Lamar County".
    pub const TYPED: u16 = 1 << 11;
}

/// The evidence of one article, by word.
#[derive(Debug, Default)]
pub struct ArticleEvidence {
    words: FxHashMap<u32, (Evidence, u32)>,
}

const THE: u32 = word_hash_ascii(b"the");

/// Verbs whose subject speaks.
const SPEECH: [u32; 6] = [
    word_hash_ascii(b"said"),
    word_hash_ascii(b"says"),
    word_hash_ascii(b"told"),
    word_hash_ascii(b"added"),
    word_hash_ascii(b"who"),
    word_hash_ascii(b"wrote"),
];

impl ArticleEvidence {
    /// Gathers the evidence of `page`.
    pub fn gather(&mut self, page: &Page) {
        self.words.clear();
        for island in &page.islands {
            let headline = page
                .words
                .get(island.start)
                .and_then(|w| page.headlines.get(w.sentence as usize))
                .copied()
                .unwrap_or(false);
            let mut at = island.start;
            while at < island.end {
                let run = run_at(page, at, island.end);
                if !run.is_empty() {
                    self.add_run(page, &run, headline);
                }
                at = run.end.max(at + 1);
            }
        }
        for word in page.words.iter().filter(|w| w.case == Case::Lower) {
            if let Some((evidence, _)) = self.words.get_mut(&word.hash) {
                evidence.0 |= Evidence::LOWER;
            }
        }
    }

    /// The evidence about the word of this hash.
    #[inline]
    pub fn of(&self, word: u32) -> Evidence {
        self.words.get(&word).map(|(evidence, _)| *evidence).unwrap_or_default()
    }

    fn add_run(&mut self, page: &Page, run: &Range<usize>, headline: bool) {
        for at in run.clone() {
            let bits = if headline { 0 } else { bits_of(page, run, at) };
            let Some(word) = page.words.get(at) else { continue };
            let (evidence, count) = self.words.entry(word.hash).or_default();
            *count += 1;
            evidence.0 |= bits;
            if *count > 1 {
                evidence.0 |= Evidence::AGAIN;
            }
            if *count > 3 {
                evidence.0 |= Evidence::OFTEN;
            }
        }
    }
}

/// The run of capitalised words that starts at `at`; empty where the word there is none.
pub fn run_at(page: &Page, at: usize, end: usize) -> Range<usize> {
    let capital = |w: usize| {
        page.words
            .get(w)
            .is_some_and(|w| matches!(w.case, Case::Title | Case::Upper | Case::Mixed | Case::Caseless))
    };
    let stop = (at..end).find(|&w| !capital(w)).unwrap_or(end);
    at..stop
}

/// The word before `at` in the same sentence.
fn before(page: &Page, at: usize) -> Option<&super::page::Word> {
    let word = page.words.get(at)?;
    page.words.get(at.checked_sub(1)?).filter(|w| w.sentence == word.sentence)
}

fn bits_of(page: &Page, run: &Range<usize>, at: usize) -> u16 {
    let mut bits = 0;
    let classes = |w: Option<&super::page::Word>| w.map(|w| w.classes).unwrap_or_default();
    let behind = before(page, run.start);
    let next = page.words.get(run.end);
    if at == run.start {
        if classes(behind).has(Classes::LOCATIVE) {
            bits |= Evidence::LOCATIVE;
        }
        if behind.is_some_and(|w| w.hash == THE) {
            bits |= Evidence::ARTICLE;
        }
        let comma = next.is_some_and(|w| w.case == Case::Mark);
        if comma && page.words.get(run.end + 1).is_some_and(|w| w.gazetteer != 0) {
            bits |= Evidence::CONTAINED;
        }
    }
    let previous = if at == run.start { behind } else { page.words.get(at - 1) };
    if classes(previous).has(Classes::TITLE.with(Classes::PERSON_FIRST)) {
        bits |= Evidence::PERSON;
    }
    if at + 1 == run.end && next.is_some_and(|w| SPEECH.contains(&w.hash)) {
        bits |= Evidence::SPEAKS;
    }
    if run.len() > 1 {
        bits |= Evidence::LONGER;
        let last = page.words.get(run.end - 1);
        const TYPES: Classes = Classes::FACILITY.with(Classes::ADMINISTRATIVE).with(Classes::NATURE);
        if at == run.start && classes(last).has(TYPES) {
            bits |= Evidence::TYPED;
        }
        let unknown = last.is_some_and(|w| {
            Tag(w.gazetteer).rank() < 3 && !w.classes.has(TYPES.with(Classes::ORGANISATION))
        });
        if at == run.start && run.len() == 2 && unknown {
            bits |= Evidence::BEFORE_UNKNOWN;
        }
        if classes(page.words.get(run.end - 1)).has(Classes::ORGANISATION) {
            bits |= Evidence::ORGANISATION;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::recognise::hash::word_hash;
    use crate::places::recognise::words::Words;

    fn evidence(text: &str, word: &str) -> u16 {
        let lexicon = Words::parse("locative\tin\ntitle\tMr.\norganisation\tuniversity\n");
        let (mut page, mut article) = (Page::default(), ArticleEvidence::default());
        page.read(text, &segment(text), &lexicon, crate::places::Gazetteer::bundled().unwrap());
        article.gather(&page);
        article.of(word_hash(word)).0
    }

    #[test]
    fn a_word_is_known_by_its_company() {
        let text = "It rained in Jackson. Yesterday Mr. Jackson said so, and so did everybody who teaches at Jackson University.";
        let found = evidence(text, "Jackson");
        for bit in [
            Evidence::LOCATIVE,
            Evidence::PERSON,
            Evidence::SPEAKS,
            Evidence::ORGANISATION,
            Evidence::AGAIN,
            Evidence::LONGER,
        ] {
            assert!(found & bit != 0, "{bit:b} of {found:b}");
        }
        assert_eq!(found & (Evidence::OFTEN | Evidence::LOWER | Evidence::ARTICLE), 0);
    }

    #[test]
    fn headlines_tell_nothing_but_how_often() {
        assert_eq!(evidence("Rain In Jackson Kills Two Men", "Jackson"), 0);
    }
}
