//! From the tagger's names to the stretches that name places.
//!
//! The tagger knows names; here its edges are set right, demonyms and places inside the names of
//! organisations are added by their lists, and an article is made to agree with itself.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::article::Evidence;
use super::decode::Name;
use super::foreign;
use super::hash::word_hash_ascii;
use super::labels::{CLASSES, Class};
use super::matches::{Match, POSSESSIVE};
use super::page::{Case, Page, Word};
use super::tagger::Reading;
use super::words::Classes;
use crate::places::gazetteer::flags::NameFlags;
use crate::places::{Gazetteer, gazetteer::fold_into};

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpotKind {
    /// The name of a place.
    Place,
    /// A people or an adjective.
    Demonym,
    /// A place or demonym inside the name of an organisation.
    OrganisationPart,
}

/// A stretch of words that names a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Its words.
    pub words: Range<usize>,
    /// What it is.
    pub kind: SpotKind,
    /// Probability, 0 to 1, that it is.
    pub confidence: f32,
}

/// Confidence of what a list alone says.
const LISTED: f32 = 0.85;

/// Share of the confidence of a person's name that the place behind its "of" has.
const ORIGIN: f32 = 0.8;

const OF: u32 = word_hash_ascii(b"of");
const SAINTS: [u32; 3] = [word_hash_ascii(b"st"), word_hash_ascii(b"st."), word_hash_ascii(b"saint")];
const REGION: u32 = word_hash_ascii(b"region");
const ROADS: [u32; 4] = [
    word_hash_ascii(b"highway"),
    word_hash_ascii(b"route"),
    word_hash_ascii(b"hwy"),
    word_hash_ascii(b"interstate"),
];
const COUNTED: [u32; 6] = [
    word_hash_ascii(b"percent"),
    word_hash_ascii(b"per"),
    word_hash_ascii(b"%"),
    word_hash_ascii(b"million"),
    word_hash_ascii(b"billion"),
    word_hash_ascii(b"years"),
];

/// What makes spots of names.
#[derive(Debug, Clone, Copy)]
pub struct Spotter<'a> {
    /// The text.
    pub text: &'a str,
    /// The text as the tagger read it.
    pub reading: &'a Reading,
    /// The places of the world.
    pub gazetteer: &'a Gazetteer,
}

impl Spotter<'_> {
    /// The spots of an article, in order, none overlapping.
    pub fn spots(&self, names: &[Name]) -> Vec<Spot> {
        if self.page().foreign {
            return foreign::spots(self.page(), &self.reading.matches.all, self.gazetteer);
        }
        let mut out = Vec::new();
        let verdicts = self.verdicts(names);
        let persons = self.persons(names);
        for name in names {
            match self.class_of(name, &verdicts, &persons) {
                Class::Location => self.places(name, &mut out),
                Class::Organisation if self.is_area(&name.words) => out.extend(self.place(name)),
                Class::Organisation => self.inside(name, &verdicts, &mut out),
                Class::Embedded => out.push(Spot {
                    words: name.words.clone(),
                    kind: SpotKind::OrganisationPart,
                    confidence: name.confidence,
                }),
                Class::Person => out.extend(self.origin(name)),
                Class::Other => self.inside(name, &verdicts, &mut out),
            }
        }
        self.repeat(names, &verdicts, &persons, &mut out);
        self.typed(names, &mut out);
        self.listed(names, &persons, &mut out);
        self.coordinated(names, &persons, &mut out);
        self.told(names, &persons, &mut out);
        self.demonyms(names, &mut out);
        out.retain(|spot| {
            !self.in_outlet(&spot.words)
                && !self.is_organisation(spot)
                && !self.is_people(spot)
                && !self.is_currency(spot)
                && !self.is_date(spot)
                && !self.is_bare_kind(spot)
                && !self.is_shouted_word(spot)
                && !self.is_highway(spot)
        });
        self.contained(names, &mut out);
        self.outlets(&mut out);
        out.sort_by_key(|spot| (spot.words.start, spot.kind, std::cmp::Reverse(spot.words.end)));
        let mut end = 0;
        out.retain(|spot| {
            let free = spot.words.start >= end;
            end = if free { spot.words.end } else { end };
            free
        });
        out
    }

    pub(super) fn page(&self) -> &Page {
        &self.reading.page
    }

    /// How sure the article is of each class, by the words of the name.
    fn verdicts(&self, names: &[Name]) -> FxHashMap<u64, [f32; CLASSES]> {
        let mut verdicts: FxHashMap<u64, [f32; CLASSES]> = FxHashMap::default();
        for name in names {
            verdicts.entry(self.key(&name.words)).or_default()[name.class as usize] += name.confidence;
        }
        verdicts
    }

    pub(super) fn key(&self, words: &Range<usize>) -> u64 {
        self.page()
            .words
            .get(words.clone())
            .unwrap_or_default()
            .iter()
            .fold(words.len() as u64, |key, word| {
                (key ^ u64::from(word.hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
            })
    }

    /// The class of a name: a doubtful one takes that which the same words have elsewhere.
    fn class_of(&self, name: &Name, verdicts: &FxHashMap<u64, [f32; CLASSES]>, persons: &[u32]) -> Class {
        let sums = verdicts.get(&self.key(&name.words)).copied().unwrap_or_default();
        if name.class == Class::Embedded {
            return name.class;
        }
        if name.class == Class::Location && self.is_given_name(&name.words, persons) {
            return Class::Person;
        }
        let best = Class::ALL
            .into_iter()
            .filter(|class| *class != Class::Embedded)
            .max_by(|a, b| sums[*a as usize].total_cmp(&sums[*b as usize]))
            .unwrap_or(name.class);
        if sums[best as usize] > 2.0 * sums[name.class as usize] { best } else { name.class }
    }

    /// The first words of the names of persons in the article: "Georgia" of "Georgia Stevens".
    fn persons(&self, names: &[Name]) -> Vec<u32> {
        let full =
            names.iter().filter(|n| n.class == Class::Person && n.words.len() > 1 && n.confidence > 0.5);
        full.filter_map(|n| Some(self.page().words.get(n.words.start)?.hash)).collect()
    }

    /// Whether the article has the word as a given name and nowhere as a place: "Georgia Stevens".
    pub(super) fn is_given_name(&self, words: &Range<usize>, persons: &[u32]) -> bool {
        let Some(word) = self.page().words.get(words.start).filter(|_| words.len() == 1) else {
            return false;
        };
        let evidence = self.reading.evidence.of(word.hash).0;
        word.classes.has(Classes::PERSON_FIRST)
            && (evidence & Evidence::BEFORE_UNKNOWN != 0 || persons.contains(&word.hash))
            && evidence & (Evidence::LOCATIVE | Evidence::CONTAINED) == 0
    }

    /// Where a person is from, if the tagger took that for part of the name: "Maria Lopez of
    /// Seville", but not "Duke of Edinburgh" and "Joan of Arc".
    fn origin(&self, name: &Name) -> Option<Spot> {
        let words = self.page().words.get(name.words.clone())?;
        let of = words.iter().position(|w| w.hash == OF).filter(|of| *of >= 2)?;
        let titled = words.iter().take(of).any(|w| w.classes.has(Classes::TITLE));
        let place = name.words.start + of + 1..name.words.end;
        let known = self.reading.matches.at(&place).is_some_and(|found| self.is_place_name(found));
        let confidence = ORIGIN * name.confidence;
        (known && !titled).then_some(Spot { words: place, kind: SpotKind::Place, confidence })
    }

    /// The places of a name: two where a hyphen joins them, "Rwanda-Congo border".
    fn places(&self, name: &Name, out: &mut Vec<Spot>) {
        let hyphen = name.words.clone().find(|&at| self.page().text_of(self.text, at) == "-");
        match hyphen {
            Some(at) if self.are_two(&name.words, at) => {
                let half = |words| Name { words, ..name.clone() };
                out.extend(self.place(&half(name.words.start..at)));
                out.extend(self.place(&half(at + 1..name.words.end)));
            }
            _ => match self.possessive_in(&name.words) {
                Some(at) => out.extend(
                    [name.words.start..at, at + 1..name.words.end]
                        .into_iter()
                        .filter_map(|words| self.place(&Name { words, ..name.clone() })),
                ),
                None => out.extend(self.place(name)),
            },
        }
    }

    /// Where a possessive parts a name in two: "Cairo's Abbasiya", but not "St. John's Hospital".
    fn possessive_in(&self, words: &Range<usize>) -> Option<usize> {
        let at = words.clone().find(|&at| self.page().words.get(at).is_some_and(|w| w.hash == POSSESSIVE))?;
        let typed = Classes::FACILITY.with(Classes::ADMINISTRATIVE).with(Classes::ORGANISATION);
        let owner = self.reading.matches.at(&(words.start..at))?;
        let rest = self.page().words.get(at + 1..words.end)?.first()?;
        let whole = self.reading.matches.at(words).is_some();
        let saint = self.page().words.get(words.start).is_some_and(|w| SAINTS.contains(&w.hash));
        (!whole && !saint && !rest.classes.has(typed) && self.is_place_name(owner)).then_some(at)
    }

    /// Whether the gazetteer knows what stands before a hyphen and what begins behind it.
    fn are_two(&self, words: &Range<usize>, hyphen: usize) -> bool {
        let matches = &self.reading.matches;
        matches.at(&(words.start..hyphen)).is_some()
            && matches.within(&(hyphen + 1..words.end)).next().is_some()
    }

    /// A place with its edges set right.
    fn place(&self, name: &Name) -> Option<Spot> {
        let mut words = name.words.clone();
        let page = self.page();
        let is_edge =
            |at: usize| page.words.get(at).is_none_or(|w| matches!(w.case, Case::Lower | Case::Mark));
        while !words.is_empty() && is_edge(words.start) {
            words.start += 1;
        }
        while !words.is_empty() && is_edge(words.end - 1) {
            words.end -= 1;
        }
        if words.is_empty() {
            return None;
        }
        // "Central America" where the tagger took the direction for no part of the name.
        if let Some(before) = words.start.checked_sub(1)
            && page.words.get(before).is_some_and(|w| w.classes.has(Classes::DIRECTION))
            && self.reading.matches.at(&(before..words.end)).is_some()
        {
            words.start = before;
        }
        let possessive = words.start..words.end + 1;
        let belongs = page.words.get(words.end).is_some_and(|w| w.hash == POSSESSIVE)
            && self.reading.matches.at(&possessive).is_some();
        let words = if belongs { possessive } else { self.with_type_word(words) };
        Some(Spot { words, kind: SpotKind::Place, confidence: name.confidence })
    }

    /// Whether the word at `at` is a lower-case word for a kind of site or area: "border", "airport".
    pub(super) fn type_word_follows(&self, at: usize) -> bool {
        self.page().words.get(at).is_some_and(|w| {
            w.case == Case::Lower
                && w.classes.has(Classes::FACILITY.with(Classes::ADMINISTRATIVE).with(Classes::NATURE))
        })
    }

    /// Takes in lower-case type words where the gazetteer knows the longer name and it is
    /// something else than the shorter: "Kabul airport", "Bagram air base".
    pub(super) fn with_type_word(&self, words: Range<usize>) -> Range<usize> {
        let page = self.page();
        let typed = |at: usize| self.type_word_follows(at);
        if !(words.end..words.end + 2).any(typed) {
            return words;
        }
        let mut folded = String::new();
        words.clone().for_each(|at| fold_into(page.text_of(self.text, at), &mut folded));
        let alone = self.gazetteer.lookup(&folded).next().map(|hit| hit.place);
        let mut best = words.clone();
        for at in words.end..(words.end + 3).min(page.words.len()) {
            if page.words[at].case != Case::Lower {
                break;
            }
            fold_into(page.text_of(self.text, at), &mut folded);
            let known = self.gazetteer.lookup(&folded).next();
            if typed(at) && known.is_some_and(|hit| Some(hit.place) != alone) {
                best = words.start..at + 1;
            }
        }
        best
    }

    /// Places inside the name of an organisation, and of anything else that begins with one.
    fn inside(&self, name: &Name, verdicts: &FxHashMap<u64, [f32; CLASSES]>, out: &mut Vec<Spot>) {
        for found in self.reading.matches.within(&name.words) {
            let first = name.class == Class::Organisation || found.words.start == name.words.start;
            let fits = first && self.is_place_name(found) || self.is_place_here(&found.words, verdicts);
            if found.words != name.words && fits {
                let words = found.words.clone();
                out.push(Spot {
                    words,
                    kind: SpotKind::OrganisationPart,
                    confidence: LISTED * name.confidence,
                });
            }
        }
    }

    /// Whether the article has these words as a place elsewhere.
    fn is_place_here(&self, words: &Range<usize>, verdicts: &FxHashMap<u64, [f32; CLASSES]>) -> bool {
        let sums = verdicts.get(&self.key(words)).copied().unwrap_or_default();
        sums[0] >= 0.8 && sums[0] > sums[1] + sums[2] + sums[3]
    }

    /// Whether a name of the gazetteer is one of importance and no everyday word.
    pub(super) fn is_place_name(&self, found: &Match) -> bool {
        const NO_PLACE: Classes = Classes::COMMON
            .with(Classes::PERSON_FIRST)
            .with(Classes::ORGANISATION)
            .with(Classes::TITLE)
            .with(Classes::DIRECTION);
        let words = self.page().words.get(found.words.clone()).unwrap_or_default();
        let least = if words.len() == 1 { INSIDE_IMPORTANCE } else { LONG_IMPORTANCE };
        !found.flags.contains(NameFlags::COMMON)
            && found.importance >= least
            && !words.iter().all(|w| w.case != Case::Upper && w.classes.has(NO_PLACE))
    }

    /// Whether a name of an organisation is the whole name of a country or a first-level division:
    /// a team, a government, counted as the place.
    fn is_area(&self, words: &Range<usize>) -> bool {
        let found = self.reading.matches.at(words);
        found.is_some_and(|found| matches!(found.tag.kind(), 1 | 2) && self.is_place_name(found))
    }

    /// Demonyms outside of names, and those inside the names of organisations.
    fn demonyms(&self, names: &[Name], out: &mut Vec<Spot>) {
        for island in &self.page().islands {
            let mut at = island.start;
            while at < island.end {
                let length = self.demonym_at(at, island.end);
                if length > 0 {
                    let words = at..at + length;
                    let inside = names_over(names, &words).first();
                    let kind = match inside.map(|n| n.class) {
                        None => Some(SpotKind::Demonym),
                        Some(Class::Organisation | Class::Embedded) => Some(SpotKind::OrganisationPart),
                        Some(Class::Other | Class::Person) if inside.is_some_and(|n| n.words == words) => {
                            Some(SpotKind::Demonym)
                        }
                        Some(_) => None,
                    };
                    out.extend(kind.map(|kind| Spot { words, kind, confidence: LISTED }));
                }
                at += length.max(1);
            }
        }
    }

    /// Words of the demonym at `at`: "Afghan", "South African"; 0 for none.
    fn demonym_at(&self, at: usize, end: usize) -> usize {
        let is =
            |i: usize| i < end && self.page().words.get(i).is_some_and(|w| w.classes.has(Classes::DEMONYM));
        match (is(at), is(at + 1)) {
            (true, true) if self.in_one_phrase(at) => 2,
            (true, _) => 1,
            _ => 0,
        }
    }

    /// Whether the demonym at `at` goes on: only "South", "Saudi" and the like are no demonyms
    /// for themselves.
    fn in_one_phrase(&self, at: usize) -> bool {
        self.page().words.get(at).is_some_and(|w| w.classes.has(Classes::DIRECTION))
            || matches!(
                self.page().text_of(self.text, at),
                "Saudi" | "New" | "Papua" | "Sri" | "Costa" | "Puerto"
            )
    }

    /// Whether the word is the whole name of an organisation: "the Taliban" is no town in Turkey.
    fn is_organisation(&self, spot: &Spot) -> bool {
        let named = |at: Option<usize>| {
            at.and_then(|at| self.page().words.get(at))
                .is_some_and(|w| w.classes.has(Classes::ORGANISATION_NAME))
        };
        let (start, end) = (spot.words.start, spot.words.end);
        spot.kind == SpotKind::Place
            && spot.words.len() == 1
            && named(Some(start))
            && !named(start.checked_sub(1))
            && !named(Some(end))
    }

    /// Whether it is the mark of a currency: "US$100".
    fn is_currency(&self, spot: &Spot) -> bool {
        self.page().text_of(self.text, spot.words.end) == "$"
            && self.page().words.get(spot.words.end.wrapping_sub(1)).map(|w| w.end)
                == self.page().words.get(spot.words.end).map(|w| w.start)
    }

    /// Whether it is the month of a date, whatever has its name: "Nov. 12".
    fn is_date(&self, spot: &Spot) -> bool {
        let word = |at: usize| self.page().words.get(at);
        let month = word(spot.words.start).is_some_and(|w| w.classes.has(Classes::MONTH));
        let dot = self.page().text_of(self.text, spot.words.start).ends_with('.');
        let number = word(spot.words.end).is_some_and(|w| w.case == Case::Number);
        spot.words.len() == 1 && month && (dot || number)
    }

    /// Whether it is the first half of a road's name: "U.S. 80", "US Highway 31".
    fn is_highway(&self, spot: &Spot) -> bool {
        let page = self.page();
        let text = |at: usize| page.text_of(self.text, at);
        let end = spot.words.end;
        let road = |at: usize| page.words.get(at).is_some_and(|w| ROADS.contains(&w.hash));
        let number = |at: usize| {
            let digits = text(at);
            digits.len() <= 3 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        };
        // "the U.S. 80 percent", "the US 30 million dollars".
        let counts = page.words.get(end + 1).is_some_and(|w| COUNTED.contains(&w.hash));
        spot.words.len() == 1
            && matches!(text(spot.words.start), "U.S." | "US" | "U.S")
            && (number(end) && !counts || road(end) && number(end + 1))
    }

    /// Whether it is a word for a kind of area and nothing else: "Region" of "Region 16".
    /// "IN" of "ACHI, IN THE NORTH" is no Indiana: in a sentence all of capitals a small word is
    /// that word, unless it stands between a comma and no other word.
    fn is_shouted_word(&self, spot: &Spot) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| self.page().words.get(at));
        let small = Classes::FUNCTION.with(Classes::LOCATIVE);
        let shouted = |w: &Word| w.case == Case::Upper && w.end - w.start > 1;
        let own = word(Some(spot.words.start));
        let inside =
            spot.words.start.checked_sub(1).is_some_and(|at| self.page().text_of(self.text, at) == ",");
        spot.words.len() == 1
            && own.is_some_and(|w| w.classes.has(small) && self.page().is_shouted(w.sentence as usize))
            && (!inside || word(Some(spot.words.end)).is_some_and(shouted))
    }

    fn is_bare_kind(&self, spot: &Spot) -> bool {
        let word = self.page().words.get(spot.words.start);
        spot.words.len() == 1 && word.is_some_and(|w| w.hash == REGION)
    }

    /// Whether what was taken for a place is a people or an adjective: "South Korean".
    fn is_people(&self, spot: &Spot) -> bool {
        let Range { start, end } = spot.words;
        spot.kind == SpotKind::Place && !spot.words.is_empty() && self.demonym_at(start, end) == end - start
    }

    /// Places inside the names of newspapers and agencies: "Washington" of "The Washington Post".
    fn outlets(&self, out: &mut Vec<Spot>) {
        let outlet = |at: usize| self.page().words.get(at).is_some_and(|w| w.classes.has(Classes::OUTLET));
        for found in &self.reading.matches.all {
            let longer = outlet(found.words.end) || found.words.start.checked_sub(1).is_some_and(outlet);
            let known = found.flags.intersects(NameFlags::PREFERRED.with(NameFlags::SHORT));
            if longer && known && self.in_outlet(&found.words) && self.is_place_name(found) {
                let words = found.words.clone();
                out.push(Spot { words, kind: SpotKind::OrganisationPart, confidence: LISTED });
            }
        }
    }

    fn in_outlet(&self, words: &Range<usize>) -> bool {
        self.page()
            .words
            .get(words.clone())
            .unwrap_or_default()
            .iter()
            .all(|w| w.classes.has(Classes::OUTLET))
    }
}

/// The names that share a word with `words`; names are in order and do not overlap.
pub(super) fn names_over<'a>(names: &'a [Name], words: &Range<usize>) -> &'a [Name] {
    let first = names.partition_point(|n| n.words.end <= words.start);
    let end = names.partition_point(|n| n.words.start < words.end);
    names.get(first..end).unwrap_or_default()
}

/// Least importance of a place inside an organisation's name, if its own name is one word.
const INSIDE_IMPORTANCE: f32 = 0.3;

/// The same for names of several words, which few other things share.
const LONG_IMPORTANCE: f32 = 0.2;
