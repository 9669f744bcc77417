//! A sentence as the conditions of triggers see it: the classes of its words and noun groups.

use std::ops::Range;

use super::grammar::{Classes, Lemma, Parse, Tag};
use super::lexicon::{Lexicon, Natures};
use crate::places::{Mention, Precision, Role};

/// A sentence with what its conditions are checked against.
pub struct Scene<'a, 'p> {
    /// The sentence.
    pub parse: &'p Parse<'a>,
    /// The article's mentions.
    pub mentions: &'p [Mention],
    /// The triggers.
    pub lexicon: &'static Lexicon,
    /// Classes of all its words.
    pub words: Classes,
    /// Classes of the words of each part that semicolons divide it into; empty where none does.
    parts: Vec<(Range<usize>, Classes)>,
    /// Classes that the sentences before it in the paragraph, or the whole article, speak of.
    pub topic: Classes,
    /// Classes that depend on more than words.
    pub(super) bits: Natures,
}

impl<'a, 'p> Scene<'a, 'p> {
    /// Prepares a sentence. `register` holds the classes that the whole article is full of
    /// (sport, markets), `topic` those that go on from what stands before.
    pub fn new(
        parse: &'p Parse<'a>,
        mentions: &'p [Mention],
        lexicon: &'static Lexicon,
        register: Classes,
        topic: Classes,
    ) -> Self {
        let mut out =
            Self { parse, mentions, lexicon, words: 0, parts: Vec::new(), topic, bits: lexicon.natures };
        let strong = out.strong(lexicon.natures.weak, register);
        let all = 0..parse.words.len();
        out.words = out.classes_of(&all) | strong;
        let stops: Vec<usize> = all.clone().filter(|&at| parse.word(at) == ";").collect();
        if !stops.is_empty() {
            let ends = stops.iter().copied().chain([all.end]);
            let starts = [0].into_iter().chain(stops.iter().copied());
            out.parts = starts.zip(ends).map(|(s, e)| (s..e, out.classes_of(&(s..e)) | strong)).collect();
        }
        out
    }

    fn classes_of(&self, words: &Range<usize>) -> Classes {
        let place = self.parse.words[words.clone()].iter().any(|w| is_place(w.mention, self.mentions));
        self.parse.classes(words) & !self.lexicon.natures.weak | if place { self.bits.place } else { 0 }
    }

    /// Classes of the words that are told with the one at `at`: those of its sentence, up to semicolons.
    pub(super) fn words_around(&self, at: usize) -> Classes {
        self.parts.iter().find(|(words, _)| words.contains(&at)).map_or(self.words, |(_, classes)| *classes)
    }

    /// The classes of `weak` that two words of the sentence share, or one where the article is
    /// full of them: a single "match" makes no sport.
    fn strong(&self, weak: Classes, register: Classes) -> Classes {
        let (mut once, mut twice) = (register, 0);
        for word in &self.parse.words {
            let hit = word.entry.classes & weak;
            twice |= once & hit;
            once |= hit;
        }
        twice
    }

    /// The classes of a noun group: of its words, and of what it is (a place, a name, a number).
    pub fn classes(&self, chunk: usize) -> Classes {
        let Some(group) = self.parse.chunks.get(chunk) else { return 0 };
        let mut out = self.parse.classes(&group.words);
        let head = &self.parse.words[group.head];
        let classes = head.entry.classes;
        if head.lemma() == Lemma::NONE
            || head.tag == Tag::Num
            || classes == 0
            || classes & self.bits.collective != 0
        {
            out |= self.parse.classes(&self.parse.phrase(chunk));
        }
        let words = &self.parse.words[group.words.clone()];
        if words.iter().any(|w| is_place(w.mention, self.mentions)) {
            out |= self.bits.place;
        }
        out | self.nature(chunk)
    }

    fn nature(&self, chunk: usize) -> Classes {
        let head = &self.parse.words[self.parse.chunks[chunk].head];
        match head.tag {
            Tag::Num => self.bits.num | self.bits.person,
            Tag::Pronoun => self.bits.person,
            Tag::Name => match head.mention.and_then(|m| self.mentions.get(m as usize)) {
                Some(m) if m.role == Role::Demonym => self.bits.name | self.bits.person,
                Some(m) if m.precision == Some(Precision::Country) => self.bits.name | self.bits.state,
                // "Ottawa banned …": a capital stands for its government.
                Some(m) if m.precision == Some(Precision::Settlement) => self.bits.name | self.bits.state,
                Some(_) => self.bits.name,
                None => self.bits.name | self.bits.person,
            },
            _ if head.entry.classes == 0 && names_people(self.parse.word(self.parse.chunks[chunk].head)) => {
                self.bits.person
            }
            _ if self.parse.words[self.parse.chunks[chunk].words.clone()]
                .iter()
                .any(|w| w.tag == Tag::Num) =>
            {
                self.bits.num
            }
            _ => 0,
        }
    }
}

/// Whether a noun of no class ends like one for people: "raiders", "cyclist", "dockworkers".
fn names_people(noun: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ers", "ors", "ists", "ist", "men", "man", "women", "woman", "ees", "ians", "ian", "folk", "goers",
        "mates",
    ];
    noun.len() > 5 && ENDINGS.iter().any(|e| noun.ends_with(e))
}

/// Whether a word belongs to a mention that denotes a place, not a people or an organisation.
pub fn is_place(mention: Option<u32>, mentions: &[Mention]) -> bool {
    mention
        .and_then(|m| mentions.get(m as usize))
        .is_some_and(|m| !matches!(m.role, Role::Demonym | Role::OrganisationPart))
}
