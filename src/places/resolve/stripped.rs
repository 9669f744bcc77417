//! Names that the gazetteer does not have, by what is left of them: "Clay" for "Clay Township",
//! "Toronto" for "Toronto General Hospital".

use std::ops::Range;

use super::candidates::{Choice, Grouper};
use crate::places::recognise::page::Word;
use crate::places::recognise::spots::Spot;
use crate::places::recognise::words::Classes;

/// Words that long names of sites end in.
const SITES: Classes =
    Classes::FACILITY.with(Classes::NATURE).with(Classes::ORGANISATION).with(Classes::ADMINISTRATIVE);

/// Found without the word for an area: "Clay" for "Clay Township".
pub const BY_AREA: u8 = 1;
/// Found without a direction: "Herat" for "western Herat".
pub const BY_DIRECTION: u8 = 2;
/// Found without the word for a site or a form of the land: "Perry" for "Perry Dam".
pub const BY_SITE: u8 = 3;

impl Grouper<'_> {
    /// Looks up what a long name of a site begins with: "Toronto" of "Toronto General Hospital".
    pub(super) fn look_up_head(&self, spot: &Spot, folded: &str, out: &mut Vec<Choice>) {
        let words = self.page.words.get(spot.words.clone()).unwrap_or_default();
        if !words.last().is_some_and(|w| w.classes.has(SITES)) {
            return;
        }
        let mut end = spot.words.end - 1;
        for (cut, _) in folded.rmatch_indices(' ').skip(1) {
            end = end.saturating_sub(1);
            if end <= spot.words.start {
                return;
            }
            let surface = self.text.get(self.page.bytes(&(spot.words.start..end))).unwrap_or("");
            self.add(folded.get(..cut).unwrap_or(""), Some(surface), BY_SITE, out);
            if !out.is_empty() {
                return;
            }
        }
    }

    /// The name without "the", without its type word, without "city of" or a direction; the words
    /// that are left, and how.
    pub(super) fn stripped(&self, spot: &Spot, folded: &str) -> Vec<(String, Range<usize>, u8)> {
        let Range { start, end } = spot.words;
        let mut out = Vec::new();
        let words = self.page.words.get(start..end).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return out };
        if let Some(rest) = folded.strip_prefix("the ") {
            out.push((rest.to_owned(), start + 1..end, 0));
        }
        let Some((_, tail)) = folded.split_once(' ') else { return out };
        if let (Some(how), Some((rest, _))) = (by_type(last), folded.rsplit_once(' ')) {
            out.push((rest.to_owned(), start..end - 1, how));
        }
        if let Some(how) = by_type(first) {
            let bare = tail.strip_prefix("of ");
            let from = start + if bare.is_some() { 2 } else { 1 };
            out.push((bare.unwrap_or(tail).to_owned(), from..end, how));
        }
        if first.classes.has(Classes::DIRECTION) {
            out.push((tail.to_owned(), start + 1..end, BY_DIRECTION));
        }
        out
    }
}

/// How a name is found that is left without this word for its kind.
fn by_type(word: &Word) -> Option<u8> {
    if word.classes.has(Classes::ADMINISTRATIVE) {
        Some(BY_AREA)
    } else {
        word.classes.has(Classes::FACILITY.with(Classes::NATURE)).then_some(BY_SITE)
    }
}
