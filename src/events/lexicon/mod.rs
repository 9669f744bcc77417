//! Which words tell which kind of event, read from `data/curated/events.tsv`.
//!
//! - [`pattern`] is one trigger with its conditions;
//! - `read` reads the table, [`sets`] are verbs that colour others;
//! - this file indexes the triggers by their main word.

pub mod pattern;
mod read;
pub mod sets;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::grammar::{Classes, Lemma, Vocabulary};

pub use pattern::{Condition, Part, Pattern};
pub use sets::{Set, Sets};

/// The class of nouns that make a noun group a time: "week".
pub const TIME_CLASS: Classes = 1 << 127;

/// All triggers and the vocabulary they are written in.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// The words.
    pub vocabulary: Vocabulary,
    patterns: Vec<Pattern>,
    verbs: FxHashMap<Lemma, Vec<u32>>,
    nouns: FxHashMap<Lemma, Vec<u32>>,
    class_bits: FxHashMap<&'static str, Classes>,
    /// Verbs that colour others.
    pub sets: Sets,
    /// Classes that are needed for every sentence.
    pub natures: Natures,
    /// Lines of the table that could not be read; none in the table that comes with the program.
    pub faults: Vec<usize>,
}

/// The classes of a noun group that depend on more than its words, and those that count only
/// where a text is full of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Natures {
    /// It holds the name of a place.
    pub place: Classes,
    /// It may be a person.
    pub person: Classes,
    /// It is a country.
    pub state: Classes,
    /// It is a name.
    pub name: Classes,
    /// It is or holds a number.
    pub num: Classes,
    /// Sport and markets.
    pub weak: Classes,
    /// "team of", "dozens of": what they are stands behind.
    pub collective: Classes,
    /// What a paragraph goes on to speak of: the epidemic, the quake, the trial.
    pub carried: Classes,
}

/// Classes that hold for the rest of a paragraph.
const CARRIED: [&str; 11] = [
    "jail",
    "disease",
    "slide",
    "disaster",
    "accident",
    "court",
    "electionword",
    "protestword",
    "rescueword",
    "aidplace",
    "crimeword",
];

impl Natures {
    fn of(lexicon: &Lexicon) -> Self {
        Self {
            place: lexicon.class("place"),
            person: lexicon.class("person"),
            state: lexicon.class("state"),
            name: lexicon.class("name"),
            num: lexicon.class("num"),
            weak: lexicon.class("sport") | lexicon.class("market"),
            collective: lexicon.class("collective"),
            carried: CARRIED.iter().fold(0, |all, name| all | lexicon.class(name)),
        }
    }
}

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn bundled() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| read::read(table()));
        &LEXICON
    }

    /// The verb triggers of a lemma, in the order of the table.
    pub fn verb(&self, lemma: Lemma) -> impl Iterator<Item = &Pattern> {
        self.at(self.verbs.get(&lemma))
    }

    /// The noun triggers of a lemma, in the order of the table.
    pub fn noun(&self, lemma: Lemma) -> impl Iterator<Item = &Pattern> {
        self.at(self.nouns.get(&lemma))
    }

    /// Whether a word of this lemma may tell an event.
    pub fn tells(&self, lemma: Lemma) -> bool {
        lemma != Lemma::NONE && (self.verbs.contains_key(&lemma) || self.nouns.contains_key(&lemma))
    }

    fn at<'a>(&'a self, list: Option<&'a Vec<u32>>) -> impl Iterator<Item = &'a Pattern> {
        list.into_iter().flatten().filter_map(|&i| self.patterns.get(i as usize))
    }

    /// The bit of a class; 0 for a name that no line of the table declares.
    pub fn class(&self, name: &str) -> Classes {
        self.class_bits.get(name).copied().unwrap_or(0)
    }

    /// The mode of that name, as the table writes it.
    pub fn mode(&self, name: &str) -> Option<&'static str> {
        self.patterns.iter().map(|p| p.mode).find(|mode| *mode == name)
    }

    /// How many triggers there are, alternatives counted one by one.
    pub fn len(&self) -> usize {
        self.verbs.values().chain(self.nouns.values()).map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The table of triggers that comes with the program.
#[cfg(not(test))]
fn table() -> &'static str {
    include_str!("../../../data/curated/events.tsv")
}

/// The table in the file that EVENTS_TSV names, for tries without a build; else the program's.
#[cfg(test)]
fn table() -> &'static str {
    let own = std::env::var("EVENTS_TSV").ok().and_then(|path| std::fs::read_to_string(path).ok());
    own.map_or(include_str!("../../../data/curated/events.tsv"), |text| text.leak())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::EventType;

    #[test]
    fn the_table_is_read_whole() {
        let lexicon = Lexicon::bundled();
        assert_eq!(lexicon.faults, Vec::<usize>::new());
        assert!(lexicon.len() >= 1200, "{}", lexicon.len());
    }

    #[test]
    fn last_consonants_are_doubled() {
        let v = &Lexicon::bundled().vocabulary;
        for (form, base) in [("repelled", "repel"), ("acquitted", "acquit"), ("annulled", "annul")] {
            assert_eq!(v.look_up(form).lemma, v.lemma_of(base), "{form}");
        }
    }

    #[test]
    fn every_type_has_triggers() {
        let lexicon = Lexicon::bundled();
        for kind in EventType::ALL {
            assert!(lexicon.patterns.iter().any(|p| p.event == kind), "{}", kind.name());
        }
    }
}
