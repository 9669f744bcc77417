//! Names of the gazetteer in a text, longest first.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::foreign::base;
use super::hash::word_hash_ascii;
use super::page::{Case, Page, Word};
use crate::places::gazetteer::flags::NameFlags;
use crate::places::gazetteer::lookup::{Hit, Hits, Stand};
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
        let mut bits = gazetteer.kind_class(hit.place) & Self::KIND;
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

    /// The importance of the place, 0 to 7.
    pub const fn rank(self) -> u16 {
        self.0 >> Self::RANK_SHIFT & 0b111
    }

    /// Kind and rank without the properties of the name.
    pub const fn kind_and_rank(self) -> u16 {
        self.0 & (Self::KIND | 0b111 << Self::RANK_SHIFT)
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
    /// What is special about the name.
    pub flags: NameFlags,
    /// The importance of that place.
    pub importance: f32,
}

/// The names found in a text and the buffers for finding them.
#[derive(Debug, Default)]
pub struct Matches {
    /// All names, by their first word; none overlap.
    pub all: Vec<Match>,
    folded: String,
    ends: Vec<usize>,
    starts: Starts,
}

impl Matches {
    /// Finds the names on the islands of `page` and marks their words with the tag.
    pub fn find(&mut self, page: &mut Page, text: &str, gazetteer: &Gazetteer) {
        self.all.clear();
        self.starts.prepare(gazetteer);
        for at in 0..page.islands.len() {
            let island = with_possessive(page, page.islands[at].clone());
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

    /// The name with exactly these words.
    pub fn at(&self, words: &Range<usize>) -> Option<&Match> {
        let at = self.all.partition_point(|m| m.words.start < words.start);
        self.all.get(at).filter(|m| m.words == *words)
    }

    /// The names that lie within these words.
    pub fn within(&self, words: &Range<usize>) -> impl Iterator<Item = &Match> {
        let first = self.all.partition_point(|m| m.words.start < words.start);
        let end = words.end;
        self.all.get(first..).unwrap_or_default().iter().take_while(move |m| m.words.end <= end)
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
        &mut self,
        page: &Page,
        text: &str,
        gazetteer: &Gazetteer,
        island: &Range<usize>,
        start: usize,
    ) -> Option<Match> {
        if !starts_name(page.words.get(start)?) {
            return None;
        }
        let piece = piece_of(&self.folded, &self.ends, start - island.start)?;
        let begun = self.starts.begin(gazetteer, piece);
        let surface = |end: usize| text.get(page.bytes(&(start..end))).unwrap_or("");
        let alone = match begun.alone {
            Alone::No => None,
            Alone::Always(described) => Some(described),
            Alone::ByCasing(stand) => self.starts.by_casing(gazetteer, stand, surface(start + 1)),
        };
        let mut best = alone.map(|described| (start + 1, described));
        let stand = begun.goes_on.and_then(|stand| self.starts.stands.get(stand as usize));
        let mut walker = stand.map(|stand| gazetteer.walker_at(*stand));
        for word in start + 1..island.end.min(start + LONGEST) {
            let Some(walker) = &mut walker else { break };
            let Some(piece) = piece_of(&self.folded, &self.ends, word - island.start) else { continue };
            if !walker.feed(piece) {
                break;
            }
            if page.words[word].case != Case::Mark && walker.ends_name() {
                best = described(gazetteer, walker.hits(), surface(word + 1)).map(|d| (word + 1, d)).or(best);
            }
            if !walker.feed(" ") {
                break;
            }
        }
        let inflected = || {
            let name = page.foreign.then(|| base(gazetteer, piece)).flatten()?;
            described(gazetteer, gazetteer.lookup(&name), "").map(|d| (start + 1, d))
        };
        let (end, Described { tag, first, flags, importance }) = best.or_else(inflected)?;
        Some(Match { words: start..end, tag, first, flags, importance })
    }
}

/// The folded word `at` of an island; `None` where nothing is left of it.
fn piece_of<'a>(folded: &'a str, ends: &[usize], at: usize) -> Option<&'a str> {
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let piece = folded.get(start..*ends.get(at)?)?.trim_start_matches(' ');
    (!piece.is_empty()).then_some(piece)
}

/// What is told of a name: the tag, the most important place that fits, what is special.
#[derive(Debug, Clone, Copy)]
struct Described {
    tag: Tag,
    first: PlaceIndex,
    flags: NameFlags,
    importance: f32,
}

/// Describes a name by the first place that it fits as it is written.
fn described(gazetteer: &Gazetteer, hits: Hits<'_>, surface: &str) -> Option<Described> {
    let hit = hits.take(LOOKED_AT).find(|hit| fits(gazetteer, hit, surface))?;
    let importance = gazetteer.importance(hit.place);
    Some(Described { tag: Tag::of(gazetteer, &hit), first: hit.place, flags: hit.flags, importance })
}

/// Whether a word is a name by itself.
#[derive(Debug, Clone, Copy)]
enum Alone {
    No,
    Always(Described),
    /// An abbreviation, which depends on how the word is written; its number among the stands.
    ByCasing(u32),
}

/// What the gazetteer knows of names that begin with a word.
#[derive(Debug, Clone, Copy)]
struct Begun {
    alone: Alone,
    /// Where names of several words go on, behind the space: its number among the stands.
    goes_on: Option<u32>,
}

/// The beginnings of names met so far: news repeats its words, and every walk through the index
/// of names costs some cache misses.
#[derive(Debug, Default)]
struct Starts {
    known: FxHashMap<Box<str>, Begun>,
    stands: Vec<Stand>,
    /// Words that are names only as they are written.
    cased: FxHashMap<Box<str>, Option<Described>>,
    /// The gazetteer they belong to, by its address.
    gazetteer: usize,
}

impl Starts {
    /// Beginnings kept at most: some megabytes.
    const MOST: usize = 1 << 15;

    fn prepare(&mut self, gazetteer: &Gazetteer) {
        let address = std::ptr::from_ref(gazetteer).addr();
        if self.gazetteer != address || self.known.len().max(self.cased.len()) > Self::MOST {
            self.known = FxHashMap::default();
            self.cased = FxHashMap::default();
            self.stands.clear();
            self.gazetteer = address;
        }
    }

    fn begin(&mut self, gazetteer: &Gazetteer, word: &str) -> Begun {
        if let Some(begun) = self.known.get(word) {
            return *begun;
        }
        let mut walker = gazetteer.walker();
        let fed = walker.feed(word);
        let alone = match walker.stand().filter(|_| fed && walker.ends_name()) {
            None => Alone::No,
            Some(stand) => {
                let cased = |hit: Hit| hit.flags.contains(NameFlags::ABBREVIATION);
                match walker.hits().next() {
                    Some(first) if cased(first) => Alone::ByCasing(self.keep(stand)),
                    _ => described(gazetteer, walker.hits(), "").map_or(Alone::No, Alone::Always),
                }
            }
        };
        let goes_on = (fed && walker.feed(" ")).then(|| walker.stand()).flatten();
        let goes_on = goes_on.map(|stand| self.keep(stand));
        let begun = Begun { alone, goes_on };
        self.known.insert(word.into(), begun);
        begun
    }

    /// What a word is by itself that is a name only as it is written.
    fn by_casing(&mut self, gazetteer: &Gazetteer, stand: u32, surface: &str) -> Option<Described> {
        if let Some(described) = self.cased.get(surface) {
            return *described;
        }
        let walker = self.stands.get(stand as usize).map(|s| gazetteer.walker_at(*s));
        let found = walker.and_then(|walker| described(gazetteer, walker.hits(), surface));
        self.cased.insert(surface.into(), found);
        found
    }

    fn keep(&mut self, stand: Stand) -> u32 {
        self.stands.push(stand);
        self.stands.len() as u32 - 1
    }
}

/// Whether `surface` is written as this name must be: abbreviations count in their own casing only.
pub fn fits(gazetteer: &Gazetteer, hit: &Hit, surface: &str) -> bool {
    !hit.flags.contains(NameFlags::ABBREVIATION) || gazetteer.casing_fits(hit.name, surface)
}

/// The island and the possessive behind it, which may belong to the name: "St. John's".
fn with_possessive(page: &Page, island: Range<usize>) -> Range<usize> {
    let follows = page.words.get(island.end).is_some_and(|w| w.hash == POSSESSIVE);
    island.start..island.end + usize::from(follows)
}

/// "'s", whatever the apostrophe.
pub const POSSESSIVE: u32 = word_hash_ascii(b"'s");

fn starts_name(word: &Word) -> bool {
    !matches!(word.case, Case::Lower | Case::Mark | Case::Number)
}
