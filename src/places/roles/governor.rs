//! The word that ties a place to its sentence: "in" of "in the hills near the towns of Buena Vista
//! and Goshen" for both towns, "from" of "from nearby Herat".

use crate::places::recognise::hash::word_hash_ascii;
use crate::places::recognise::page::{Case, Page, Word};
use crate::places::recognise::spots::Spot;
use crate::places::recognise::words::Classes;

/// How a mention hangs in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Governor {
    /// The word that governs it, as an index into the page's words; `None` at the head of a sentence.
    pub at: Option<usize>,
    /// Whether it stands in a list behind other places.
    pub listed: bool,
    /// Whether it is the area behind a place: "Texas" of "Paris, Texas".
    pub holds: bool,
    /// Whether a word for its kind stands before it: "the town of".
    pub typed: bool,
}

const THE: u32 = word_hash_ascii(b"the");
const OF: u32 = word_hash_ascii(b"of");
const AND: u32 = word_hash_ascii(b"and");
const OR: u32 = word_hash_ascii(b"or");

/// Words between a preposition and the name that change nothing.
const SKIPPED: [u32; 14] = [
    THE,
    word_hash_ascii(b"a"),
    word_hash_ascii(b"nearby"),
    word_hash_ascii(b"neighboring"),
    word_hash_ascii(b"neighbouring"),
    word_hash_ascii(b"neighbour"),
    word_hash_ascii(b"rural"),
    word_hash_ascii(b"tiny"),
    word_hash_ascii(b"both"),
    word_hash_ascii(b"parts"),
    word_hash_ascii(b"much"),
    word_hash_ascii(b"most"),
    word_hash_ascii(b"its"),
    word_hash_ascii(b"their"),
];

/// Words for kinds of places: "the town of", "the county seat of".
const TYPES: Classes = Classes::ADMINISTRATIVE.with(Classes::FACILITY).with(Classes::NATURE);

impl Governor {
    /// The governor of spot `of`; `holder` tells whether a spot is the area that holds the one
    /// before it.
    pub fn find(page: &Page, spots: &[Spot], of: usize, holder: impl Fn(usize) -> bool) -> Self {
        let mut out = Self { at: None, listed: false, holds: holder(of), typed: false };
        let Some(mut start) = spots.get(of).map(|s| s.words.start) else { return out };
        let Some(sentence) = page.words.get(start).map(|w| w.sentence) else { return out };
        let word = |at: usize| page.words.get(at).filter(|w| w.sentence == sentence);
        let mut spot = of;
        while let Some(before) = start.checked_sub(1).filter(|at| word(*at).is_some()) {
            if word(before).is_some_and(skipped) {
                start = before;
            } else if let Some(kind) = kind_before(word, before) {
                out.typed = true;
                start = kind;
            } else if let Some((other, at)) = joined(page, spots, spot, before) {
                out.listed |= !holder(spot);
                (spot, start) = (other, at);
            } else {
                out.at = Some(before);
                break;
            }
        }
        out
    }
}

fn skipped(word: &Word) -> bool {
    SKIPPED.contains(&word.hash) || word.case == Case::Lower && word.classes.has(Classes::DIRECTION)
}

/// Where "town of", "city of" begin, if `at` is their "of".
fn kind_before<'p>(word: impl Fn(usize) -> Option<&'p Word>, at: usize) -> Option<usize> {
    let kind = at.checked_sub(1)?;
    let is_kind = |w: &Word| w.case == Case::Lower && w.classes.has(TYPES);
    (word(at)?.hash == OF && word(kind).is_some_and(is_kind)).then_some(kind)
}

/// The spot before a comma or an "and" that stands at `at`, and where it begins.
fn joined(page: &Page, spots: &[Spot], of: usize, at: usize) -> Option<(usize, usize)> {
    let before = of.checked_sub(1)?;
    let words = &spots.get(before)?.words;
    let between = page.words.get(words.end..at + 1)?;
    let joins = |w: &Word| matches!(w.hash, AND | OR) || w.case == Case::Mark && w.end - w.start == 1;
    (between.len() <= 2 && !between.is_empty() && between.iter().all(joins)).then_some((before, words.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::recognise::spots::SpotKind;
    use crate::places::{Gazetteer, tables};

    /// The governing word of the last of `names`, and whether it stands in a list, holds the one
    /// before it, is named with its kind.
    fn governor(text: &str, names: &[&str], holder: bool) -> (String, bool, bool, bool) {
        let mut page = Page::default();
        page.read(text, &segment(text), &tables::words(), Gazetteer::bundled().unwrap());
        let spot = |name: &&str| {
            let at = (0..page.words.len()).find(|&w| page.text_of(text, w) == *name).unwrap();
            Spot { words: at..at + 1, kind: SpotKind::Place, confidence: 1.0 }
        };
        let spots: Vec<Spot> = names.iter().map(spot).collect();
        let last = spots.len() - 1;
        let found = Governor::find(&page, &spots, last, |at| holder && at == last && at > 0);
        let word = found.at.map_or(String::new(), |at| page.text_of(text, at).to_owned());
        (word, found.listed, found.holds, found.typed)
    }

    #[test]
    fn a_place_is_governed_by_what_stands_before_it() {
        let plain = |word: &str| (word.to_owned(), false, false, false);
        assert_eq!(governor("Troops came from nearby Herat.", &["Herat"], false), plain("from"));
        assert_eq!(governor("Troops came from the northern Herat.", &["Herat"], false), plain("from"));
        assert_eq!(governor("Herat was calm.", &["Herat"], false), plain(""));
    }

    #[test]
    fn lists_kinds_and_holders_are_looked_through() {
        let listed = ("near".to_owned(), true, false, false);
        assert_eq!(
            governor("It fell near Kabul, Herat and Farah.", &["Kabul", "Herat", "Farah"], false),
            listed
        );
        let typed = ("in".to_owned(), false, false, true);
        assert_eq!(governor("It rained in the town of Goshen.", &["Goshen"], false), typed);
        let holder = ("in".to_owned(), false, true, false);
        assert_eq!(governor("It rained in Paris, Texas.", &["Paris", "Texas"], true), holder);
    }
}
