//! What the words of a sentence are: noun, verb, preposition.

use super::vocabulary::{Entry, Lemma};
use crate::events::lexicon::TIME_CLASS;

/// A set of things a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kinds(u32);

impl Kinds {
    /// "the", "every".
    pub const DET: Self = Self(1);
    /// "they".
    pub const PRON: Self = Self(1 << 1);
    /// "their".
    pub const POSS: Self = Self(1 << 2);
    /// "in"; particles too.
    pub const PREP: Self = Self(1 << 3);
    /// "while".
    pub const SUB: Self = Self(1 << 4);
    /// "who".
    pub const REL: Self = Self(1 << 5);
    /// "and".
    pub const COORD: Self = Self(1 << 6);
    /// "to".
    pub const TO: Self = Self(1 << 7);
    /// "not".
    pub const NEG: Self = Self(1 << 8);
    /// "will".
    pub const MODAL: Self = Self(1 << 9);
    /// Forms of "be".
    pub const BE: Self = Self(1 << 10);
    /// Forms of "have".
    pub const HAVE: Self = Self(1 << 11);
    /// Forms of "do".
    pub const DO: Self = Self(1 << 12);
    /// "also".
    pub const ADV: Self = Self(1 << 13);
    /// "two".
    pub const NUM: Self = Self(1 << 14);
    /// "Sunday".
    pub const TIME: Self = Self(1 << 15);
    /// "senior".
    pub const ADJ: Self = Self(1 << 16);
    /// "city".
    pub const NOUN: Self = Self(1 << 17);
    /// "seize".
    pub const BASE: Self = Self(1 << 18);
    /// "seizes".
    pub const THIRD: Self = Self(1 << 19);
    /// "took", "seized".
    pub const PAST: Self = Self(1 << 20);
    /// "taken", "seized".
    pub const PART: Self = Self(1 << 21);
    /// "seizing".
    pub const ING: Self = Self(1 << 22);
    /// A form of "say" and its like.
    pub const SAY: Self = Self(1 << 23);
    /// "thousands": a number that stands for people.
    pub const CROWD: Self = Self(1 << 24);
    /// "as".
    pub const AS: Self = Self(1 << 25);
    /// "at".
    pub const AT: Self = Self(1 << 26);
    /// "least".
    pub const LEAST: Self = Self(1 << 27);
    /// "about", "than": qualify a number behind them.
    pub const ABOUT: Self = Self(1 << 28);
    /// "according": no infinitive follows its "to".
    pub const ACCORDING: Self = Self(1 << 29);
    /// Any form of a verb.
    pub const VERB: Self = Self(0b1_1111 << 18);
    /// Any auxiliary.
    pub const AUX: Self = Self(0b111 << 10);

    /// Either set.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without the kinds of the other.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the sets share a kind.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set holds nothing outside `other`.
    pub const fn only(self, other: Self) -> bool {
        self.0 != 0 && self.0 & !other.0 == 0
    }

    /// Whether nothing is known.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a word is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A common noun.
    Noun,
    /// A proper noun.
    Name,
    /// "they".
    Pronoun,
    /// "the".
    Det,
    /// "their".
    Poss,
    /// The "’s" of a genitive.
    Genitive,
    /// An adjective.
    Adj,
    /// A number.
    Num,
    /// A day, a month, "yesterday".
    Time,
    /// A full verb; its form is in the word's kinds.
    Verb,
    /// A form of "be", "have" or "do".
    Aux,
    /// "will".
    Modal,
    /// "not".
    Neg,
    /// An adverb.
    Adv,
    /// The "to" of an infinitive.
    To,
    /// A preposition or particle.
    Prep,
    /// "and".
    Coord,
    /// "while", "that".
    Sub,
    /// "who".
    Rel,
    /// A comma.
    Comma,
    /// ":", ";" or a dash.
    Break,
    /// A quotation mark.
    Quote,
    /// A bracket.
    Bracket,
    /// ".", "!" or "?".
    Stop,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// All small, or no letters.
    Lower,
    /// A capital first.
    Title,
    /// Capitals only, more than one.
    Upper,
}

/// One word of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// What the vocabulary knows of it.
    pub entry: Entry,
    /// What it is here.
    pub tag: Tag,
    /// How it is written.
    pub case: Case,
    /// Index of the article's mention that it belongs to.
    pub mention: Option<u32>,
}

impl Word {
    /// The lemma; [`Lemma::NONE`] for an unknown word.
    pub fn lemma(&self) -> Lemma {
        self.entry.lemma
    }

    /// What it may be.
    pub fn kinds(&self) -> Kinds {
        self.entry.kinds
    }
}

/// Decides what each word is. `capitals` says whether capitals mean names here: not in headlines
/// set in capitals.
pub(super) fn tag(words: &mut [Word], capitals: bool) {
    for at in 0..words.len() {
        let tag = first_guess(words, at, capitals);
        if let Some(word) = words.get_mut(at) {
            word.tag = tag;
        }
    }
    for at in 0..words.len() {
        if let Some(tag) = settle(words, at) {
            words[at].tag = tag;
        }
    }
}

fn first_guess(words: &[Word], at: usize, capitals: bool) -> Tag {
    let word = &words[at];
    let kinds = word.kinds();
    if !matches!(word.tag, Tag::Noun) {
        return word.tag;
    }
    if word.mention.is_some() && word.case != Case::Lower && !kinds.any(Kinds::PREP.or(Kinds::DET)) {
        return Tag::Name;
    }
    let name = capitals && word.case != Case::Lower;
    if name && word.case == Case::Upper {
        return Tag::Name;
    }
    if name && !starts(words, at) && !kinds.any(Kinds::TIME) && !(kinds.any(Kinds::PRON)) {
        return Tag::Name;
    }
    if name && kinds.is_empty() {
        return Tag::Name;
    }
    if name && starts(words, at) && next_is_name(words, at) && kinds.any(Kinds::VERB) && !closed(kinds) {
        return Tag::Name;
    }
    from_kinds(kinds)
}

fn closed(kinds: Kinds) -> bool {
    kinds.any(Kinds::PREP.or(Kinds::SUB).or(Kinds::AUX).or(Kinds::MODAL).or(Kinds::DET).or(Kinds::NUM))
}

/// Whether a capital at `at` may come from its position alone.
fn starts(words: &[Word], at: usize) -> bool {
    words[..at]
        .iter()
        .rev()
        .find(|w| !matches!(w.tag, Tag::Quote | Tag::Bracket))
        .is_none_or(|w| matches!(w.tag, Tag::Stop | Tag::Break))
        || at.checked_sub(1).is_some_and(|p| words[p].tag == Tag::Quote)
}

fn next_is_name(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| w.case == Case::Title && w.kinds().is_empty() && w.mention.is_none())
}

/// The likeliest tag of a word out of its context.
fn from_kinds(kinds: Kinds) -> Tag {
    const ORDER: &[(Kinds, Tag)] = &[
        (Kinds::MODAL, Tag::Modal),
        (Kinds::AUX, Tag::Aux),
        (Kinds::NEG, Tag::Neg),
        (Kinds::TO, Tag::To),
        (Kinds::COORD, Tag::Coord),
        (Kinds::POSS, Tag::Poss),
        (Kinds::REL, Tag::Rel),
        (Kinds::DET, Tag::Det),
        (Kinds::PRON, Tag::Pronoun),
        (Kinds::SUB, Tag::Sub),
        (Kinds::PREP, Tag::Prep),
        (Kinds::TIME, Tag::Time),
        (Kinds::NUM, Tag::Num),
        (Kinds::ADV, Tag::Adv),
        (Kinds::ADJ, Tag::Adj),
        (Kinds::NOUN, Tag::Noun),
        (Kinds::VERB, Tag::Verb),
    ];
    ORDER.iter().find(|(set, _)| kinds.any(*set)).map_or(Tag::Noun, |&(_, tag)| tag)
}

/// A second look, with the tags of the neighbours at hand.
fn settle(words: &[Word], at: usize) -> Option<Tag> {
    let kinds = words[at].kinds();
    match words[at].tag {
        Tag::Name => None,
        Tag::Noun | Tag::Verb | Tag::Adj if words[at].mention.is_some() => Some(Tag::Noun),
        Tag::To if !infinitive(words, at) => Some(Tag::Prep),
        Tag::Rel if kinds.any(Kinds::SUB) => Some(that(words, at)),
        Tag::Sub if kinds.any(Kinds::PREP) && !has_finite(words, at + 1) && !headline_clause(words, at) => {
            Some(Tag::Prep)
        }
        Tag::Prep if counts(words, at) => Some(Tag::Adj),
        Tag::Poss if !kinds.any(Kinds::REL) && !nominal_next(words, at) => Some(Tag::Pronoun),
        Tag::Adj
            if kinds.any(Kinds::NOUN)
                && !kinds.any(Kinds::VERB)
                && !words.get(at + 1).is_some_and(nominal) =>
        {
            Some(Tag::Noun)
        }
        Tag::Time if kinds.any(Kinds::VERB) && words[at].case == Case::Lower => verb_or_noun(words, at),
        Tag::Adj if words.get(at + 1).is_some_and(|w| w.entry.classes & TIME_CLASS != 0) => None,
        Tag::Noun | Tag::Verb | Tag::Adj | Tag::Adv if kinds.any(Kinds::VERB) => verb_or_noun(words, at),
        _ => None,
    }
}

/// "about 300", "at least 12", "more than 40": words that only qualify a number.
fn counts(words: &[Word], at: usize) -> bool {
    let next = |n: usize| words.get(at + n).map(|w| w.tag);
    let number = next(1) == Some(Tag::Num);
    let kinds = words[at].kinds();
    let least = kinds.any(Kinds::AT) && words.get(at + 1).is_some_and(|w| w.kinds().any(Kinds::LEAST));
    least && next(2) == Some(Tag::Num) || number && kinds.any(Kinds::ABOUT)
}

/// "as rebels gain ground": a present form that may be a verb right behind a subject.
fn headline_clause(words: &[Word], at: usize) -> bool {
    let plural = |w: &Word| matches!(w.tag, Tag::Name | Tag::Noun) && !w.kinds().any(Kinds::VERB);
    words[at].entry.kinds.any(Kinds::AS)
        && (at + 2..words.len().min(at + 5)).any(|i| {
            words[i].kinds().any(Kinds::BASE.or(Kinds::THIRD))
                && plural(&words[i - 1])
                && words.get(i + 1).is_some_and(can_follow_verb)
        })
}

fn that(words: &[Word], at: usize) -> Tag {
    let before = at.checked_sub(1).map(|p| words[p].tag);
    let after = words.get(at + 1).map(|w| w.tag);
    match (before, after) {
        (Some(Tag::Noun | Tag::Name), Some(Tag::Aux | Tag::Modal | Tag::Verb)) => Tag::Rel,
        (Some(Tag::Prep) | None, Some(Tag::Noun)) => Tag::Det,
        _ => Tag::Sub,
    }
}

/// Whether "to" at `at` begins an infinitive.
fn infinitive(words: &[Word], at: usize) -> bool {
    let mut next = at + 1;
    while words.get(next).is_some_and(|w| matches!(w.tag, Tag::Adv | Tag::Neg)) {
        next += 1;
    }
    let Some(word) = words.get(next) else { return false };
    let according = at.checked_sub(1).is_some_and(|p| words[p].kinds().any(Kinds::ACCORDING));
    if according || word.tag == Tag::Name || !word.kinds().any(Kinds::BASE.or(Kinds::AUX)) {
        return false;
    }
    let noun_too = word.kinds().any(Kinds::NOUN);
    let after = words.get(next + 1).map(|w| w.tag);
    !(noun_too && matches!(after, Some(Tag::Verb | Tag::Aux | Tag::Modal)))
}

fn nominal_next(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| {
        matches!(w.tag, Tag::Noun | Tag::Name | Tag::Adj | Tag::Num)
            || w.kinds().any(Kinds::NOUN.or(Kinds::ING).or(Kinds::PART)) && !w.kinds().any(Kinds::PREP)
    })
}

/// Whether a finite verb stands between `from` and the next break.
fn has_finite(words: &[Word], from: usize) -> bool {
    if words.get(from).is_some_and(|w| w.kinds().any(Kinds::ING) && w.tag != Tag::Name) {
        return false;
    }
    words.iter().skip(from).take_while(|w| !is_boundary(w)).any(surely_finite)
}

fn is_boundary(word: &Word) -> bool {
    matches!(word.tag, Tag::Comma | Tag::Break | Tag::Stop | Tag::Sub | Tag::Rel | Tag::Bracket)
}

/// A word that can be nothing but a finite verb.
fn surely_finite(word: &Word) -> bool {
    let kinds = word.kinds();
    match word.tag {
        Tag::Aux | Tag::Modal => true,
        Tag::Verb => kinds.any(Kinds::PAST.or(Kinds::THIRD)) || kinds.only(Kinds::BASE.or(Kinds::PAST)),
        _ => false,
    }
}

/// Whether a word that may be a verb is one here.
fn verb_or_noun(words: &[Word], at: usize) -> Option<Tag> {
    let word = &words[at];
    let kinds = word.kinds();
    let before = at.checked_sub(1).map(|p| &words[p]);
    let after = words.get(if words.get(at + 1).is_some() && counts(words, at + 1) { at + 2 } else { at + 1 });
    let verb = if kinds.any(Kinds::PAST.or(Kinds::PART)) && !kinds.any(Kinds::BASE) {
        past_is_verb(before, after, kinds)
    } else if kinds.any(Kinds::ING) {
        ing_is_verb(before, after, kinds)
    } else if kinds.any(Kinds::BASE) && base_forced(words, at) || perfect(words, at) {
        true
    } else {
        present_is_verb(words, at)
    };
    Some(if verb {
        Tag::Verb
    } else if kinds.any(Kinds::NOUN.or(Kinds::BASE).or(Kinds::THIRD))
        || kinds.any(Kinds::ING) && !after.is_some_and(nominal)
    {
        Tag::Noun
    } else {
        Tag::Adj
    })
}

fn nominal(word: &Word) -> bool {
    matches!(word.tag, Tag::Noun | Tag::Name | Tag::Adj | Tag::Num)
}

/// "seized" is a verb unless it stands before a noun, behind a word that opens a noun group.
fn past_is_verb(before: Option<&Word>, after: Option<&Word>, kinds: Kinds) -> bool {
    let Some(before) = before else { return !after.is_some_and(nominal) };
    if !kinds.any(Kinds::PART.or(Kinds::ADJ).or(Kinds::NOUN)) && !matches!(before.tag, Tag::Det | Tag::Poss) {
        // "hundreds fell ill": no participle that could stand before a noun.
        return true;
    }
    match before.tag {
        Tag::Det | Tag::Poss | Tag::Genitive | Tag::Adj | Tag::Num => {
            !after.is_some_and(nominal)
                && !matches!(before.tag, Tag::Det | Tag::Poss)
                && !kinds.any(Kinds::ADJ)
        }
        Tag::Prep => !after.is_some_and(nominal) && before.kinds().any(Kinds::SUB),
        _ => true,
    }
}

/// "seizing" is a verb behind "be", a comma or a preposition, a noun where a noun group is open.
fn ing_is_verb(before: Option<&Word>, after: Option<&Word>, kinds: Kinds) -> bool {
    let of_next =
        after.is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::Stop | Tag::Comma | Tag::Verb | Tag::Aux));
    match before.map(|w| w.tag) {
        Some(Tag::Det | Tag::Poss | Tag::Genitive | Tag::Adj | Tag::Num) => false,
        Some(Tag::Aux | Tag::Neg) => true,
        Some(Tag::Prep | Tag::Coord | Tag::Verb | Tag::Comma) if kinds.any(Kinds::NOUN) => !of_next,
        Some(Tag::Noun | Tag::Name) if kinds.any(Kinds::NOUN) => {
            !of_next
                && after.is_some_and(|w| {
                    matches!(w.tag, Tag::Det | Tag::Name | Tag::Num | Tag::Pronoun | Tag::Poss)
                })
        }
        None | Some(Tag::Quote | Tag::Break) if kinds.any(Kinds::NOUN) => {
            !of_next && !after.is_some_and(nominal)
        }
        _ => true,
    }
}

/// Behind "to", a modal or "do", a base form is a verb.
fn base_forced(words: &[Word], at: usize) -> bool {
    let before = words[..at].iter().rev().find(|w| !matches!(w.tag, Tag::Adv | Tag::Neg));
    let Some(before) = before else { return false };
    match before.tag {
        Tag::To | Tag::Modal => true,
        Tag::Aux => before.kinds().any(Kinds::DO),
        Tag::Pronoun => !before.kinds().any(Kinds::NUM) && !words[at].kinds().any(Kinds::NOUN),
        _ => false,
    }
}

/// "has spread", "was cut": a participle that looks like the noun.
fn perfect(words: &[Word], at: usize) -> bool {
    let before = words[..at].iter().rev().find(|w| !matches!(w.tag, Tag::Adv | Tag::Neg));
    let auxiliary = before.is_some_and(|w| w.tag == Tag::Aux && w.kinds().any(Kinds::HAVE.or(Kinds::BE)));
    auxiliary && words[at].kinds().any(Kinds::PART)
}

/// A present form ("attacks", "surrender") is a verb where the clause has no other, a subject
/// stands before it, and what follows can be its object.
fn present_is_verb(words: &[Word], at: usize) -> bool {
    let kinds = words[at].kinds();
    let Some(before) = at.checked_sub(1).map(|p| &words[p]) else {
        return !kinds.any(Kinds::NOUN)
            && words.get(1).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Name | Tag::Poss));
    };
    let noun_too = kinds.any(Kinds::NOUN);
    if before.kinds().any(Kinds::CROWD) && kinds.any(Kinds::BASE) {
        return true;
    }
    match before.tag {
        Tag::Adj | Tag::Num if !noun_too && kinds.any(Kinds::THIRD) => return true,
        Tag::Det | Tag::Poss | Tag::Genitive | Tag::Adj | Tag::Num | Tag::Prep => return false,
        Tag::Pronoun | Tag::Rel => return true,
        // "also faces charges": no noun stands behind such an adverb.
        Tag::Adv if kinds.any(Kinds::THIRD) => return true,
        Tag::Adv | Tag::Coord | Tag::Comma | Tag::Noun | Tag::Name | Tag::Time => {}
        _ => return !noun_too,
    }
    if !noun_too {
        return true;
    }
    let object_next = words.get(at + 1).is_some_and(can_follow_verb);
    object_next && !clause_has_verb(words, at)
}

fn can_follow_verb(word: &Word) -> bool {
    matches!(
        word.tag,
        Tag::Det | Tag::Name | Tag::Pronoun | Tag::Poss | Tag::Num | Tag::To | Tag::Adj | Tag::Sub
    ) || (word.tag == Tag::Noun && !word.kinds().any(Kinds::THIRD))
        || (word.tag == Tag::Prep && !word.kinds().any(Kinds::COORD))
}

/// Verbs that a clause may follow without "that": "says troops surrender".
fn opens_clause(word: &Word) -> bool {
    word.kinds().any(Kinds::SAY)
}

/// Whether the stretch between the breaks around `at` has a sure verb.
fn clause_has_verb(words: &[Word], at: usize) -> bool {
    let start = words[..at].iter().rposition(|w| is_boundary(w) || w.tag == Tag::Coord).map_or(0, |i| i + 1);
    let settled = |i: usize| {
        let infinitive = i.checked_sub(1).is_some_and(|p| words[p].tag == Tag::To);
        words[i].tag == Tag::Verb && words[i].kinds().any(Kinds::BASE) && !infinitive
    };
    (start..at).any(|i| (surely_finite(&words[i]) || settled(i)) && !opens_clause(&words[i]))
        || has_finite(words, at + 1)
}
