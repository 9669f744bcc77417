//! Names of the gazetteer in a text, longest first.

use std::ops::Range;

use super::page::{Case, Page, Word};
use crate::places::gazetteer::flags::NameFlags;
use crate::places::gazetteer::lookup::{Hit, Walker};
use crate::places::gazetteer::{Gazetteer, PlaceIndex, fold_into};

/// Words a name is followed over at most.
const LONGEST: usize = 8;

/// Records of one name looked at when it is described.
pub const LOOKED_AT: usize = 4;

/// What the gazetteer says of a name, in a few bits that features are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tag(pub u16);

impl Tag {
    const KIND: u16 = 0b1111;
    const RANK_SHIFT: u32 = 4;
    const COMMON: u16 = 1 << 7;
    const OTHER_NAME: u16 = 1 << 8;
    const ABBREVIATION: u16 = 1 << 9;
    const INSIDE: u16 = 1 << 10;
    const LONG: u16 = 1 << 11;

    /// The tag of a name whose most important place is `place`.
    fn of(gazetteer: &Gazetteer, hit: &Hit) -> Self {
        let mut bits = kind_class(gazetteer.kind(hit.place)) & Self::KIND;
        let rank = (gazetteer.importance(hit.place) * 7.99) as u16;
        bits |= rank.min(7) << Self::RANK_SHIFT;
        if hit.flags.contains(NameFlags::COMMON) {
            bits |= Self::COMMON;
        }
        if !hit.flags.contains(NameFlags::PREFERRED) {
            bits |= Self::OTHER_NAME;
        }
        if hit.flags.contains(NameFlags::ABBREVIATION) {
            bits |= Self::ABBREVIATION;
        }
        Self(bits)
    }

    /// The same for a word at `at` in a name of `length` words.
    fn at(self, at: usize, length: usize) -> u16 {
        let inside = if at > 0 { Self::INSIDE } else { 0 };
        let long = if length > 1 { Self::LONG } else { 0 };
        self.0 | inside | long
    }

    /// The class of kinds, 1 to 15.
    pub const fn kind(self) -> u16 {
        self.0 & Self::KIND
    }

    /// Kind and rank without the properties of the name.
    pub const fn kind_and_rank(self) -> u16 {
        self.0 & (Self::KIND | 0b111 << Self::RANK_SHIFT)
    }
}

/// Kinds of places that behave alike in texts, 1 to 14.
pub fn kind_class(kind: &str) -> u16 {
    match kind.split_once('.').unwrap_or((kind, "")) {
        ("A", code) if code.starts_with("PCL") || code == "TERR" => 1,
        ("A", "ADM1" | "ADM1H") => 2,
        ("A", "ADM2" | "ADM2H") => 3,
        ("A", _) => 4,
        ("P", "PPLC") => 5,
        ("P", "PPLA") => 6,
        ("P", "PPLX") => 7,
        ("P", _) => 8,
        ("S", "AIRP" | "AIRB" | "AIRF" | "AIRH") => 9,
        ("S" | "R", _) => 10,
        ("H", _) => 11,
        ("T", _) => 12,
        ("L" | "V" | "U", _) => 13,
        _ => 14,
    }
}

/// A name of the gazetteer in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The words.
    pub words: Range<usize>,
    /// What the gazetteer says of it.
    pub tag: Tag,
    /// The most important place of that name.
    pub first: PlaceIndex,
}

/// The names found in a text and the buffer for folding it.
#[derive(Debug, Default)]
pub struct Matches {
    /// All names, by their first word; none overlap.
    pub all: Vec<Match>,
    folded: String,
    ends: Vec<usize>,
}

impl Matches {
    /// Finds the names on the islands of `page` and marks their words with the tag.
    pub fn find(&mut self, page: &mut Page, text: &str, gazetteer: &Gazetteer) {
        self.all.clear();
        for at in 0..page.islands.len() {
            let island = page.islands[at].clone();
            self.fold(page, text, &island);
            let mut word = island.start;
            while word < island.end {
                word = match self.longest(page, text, gazetteer, &island, word) {
                    Some(found) => {
                        let end = found.words.end;
                        self.all.push(found);
                        end
                    }
                    None => word + 1,
                };
            }
        }
        for found in &self.all {
            let length = found.words.len();
            for (at, word) in page.words[found.words.clone()].iter_mut().enumerate() {
                word.gazetteer = found.tag.at(at, length);
            }
        }
    }

    fn fold(&mut self, page: &Page, text: &str, island: &Range<usize>) {
        self.folded.clear();
        self.ends.clear();
        for word in island.clone() {
            fold_into(page.text_of(text, word), &mut self.folded);
            self.ends.push(self.folded.len());
        }
    }

    fn longest(
        &self,
        page: &Page,
        text: &str,
        gazetteer: &Gazetteer,
        island: &Range<usize>,
        start: usize,
    ) -> Option<Match> {
        if !starts_name(&page.words[start]) {
            return None;
        }
        let mut best = None;
        let mut walker = gazetteer.walker();
        let mut fed = false;
        for word in start..island.end.min(start + LONGEST) {
            match self.feed(&mut walker, word - island.start, fed) {
                Some(any) => fed |= any,
                None => break,
            }
            if fed && page.words[word].case != Case::Mark && walker.ends_name() {
                best = self.first_fitting(page, text, gazetteer, &walker, start..word + 1).or(best);
            }
        }
        best
    }

    /// Feeds the walker with folded word `at`; `None` where no name goes on like that, else
    /// whether the word left anything after folding.
    fn feed(&self, walker: &mut Walker<'_>, at: usize, fed: bool) -> Option<bool> {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let piece = self.folded.get(start..*self.ends.get(at)?)?;
        let piece = piece.trim_start_matches(' ');
        if piece.is_empty() {
            return Some(false);
        }
        (!fed || walker.feed(" ")).then_some(())?;
        walker.feed(piece).then_some(true)
    }

    fn first_fitting(
        &self,
        page: &Page,
        text: &str,
        gazetteer: &Gazetteer,
        walker: &Walker<'_>,
        words: Range<usize>,
    ) -> Option<Match> {
        let surface = text.get(page.bytes(&words)).unwrap_or("");
        let hit = walker.hits().take(LOOKED_AT).find(|hit| fits(gazetteer, hit, surface))?;
        Some(Match { words, tag: Tag::of(gazetteer, &hit), first: hit.place })
    }
}

/// Whether `surface` is written as this name must be: abbreviations count in their own casing only.
pub fn fits(gazetteer: &Gazetteer, hit: &Hit, surface: &str) -> bool {
    !hit.flags.contains(NameFlags::ABBREVIATION) || gazetteer.casing_fits(hit.name, surface)
}

fn starts_name(word: &Word) -> bool {
    !matches!(word.case, Case::Lower | Case::Mark | Case::Number)
}
