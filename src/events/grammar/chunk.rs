//! Noun groups and verb groups of a tagged sentence.

use std::ops::Range;

use super::tag::{Case, Kinds, Tag, Word};
use super::vocabulary::Lemma;
use crate::events::lexicon::TIME_CLASS;

/// A group of words, or a single word that stands between groups.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// Its words, as indices into the sentence.
    pub words: Range<usize>,
    /// Its main word: the noun of a noun group, the full verb of a verb group.
    pub head: usize,
}

/// What a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// A noun group: "the outgoing president".
    Noun,
    /// A time: "Sunday", "last week".
    Time,
    /// A verb group, index into the sentence's verbs: "has left".
    Verb(usize),
    /// A preposition or particle.
    Prep,
    /// An adjective that no noun follows.
    Adj,
    /// An adverb outside a verb group.
    Adv,
    /// "and", "but".
    Coord,
    /// "while", "that".
    Sub,
    /// "who", "which".
    Rel,
    /// A comma.
    Comma,
    /// A quotation mark or bracket.
    Quote,
    /// ":", ";", a dash or a stop.
    Break,
}

/// How a verb group is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "left", "has left", "leaves", "will leave".
    Finite,
    /// "to leave".
    Infinitive,
    /// "leaving".
    Gerund,
    /// "quoted by", without "be".
    Participle,
}

/// A verb group.
#[derive(Debug, Clone)]
pub struct Verb {
    /// Index of its chunk.
    pub chunk: usize,
    /// Index of the full verb among the words.
    pub head: usize,
    /// How it is built.
    pub form: Form,
    /// "was seized".
    pub passive: bool,
    /// "is leaving", "has been leaving".
    pub progressive: bool,
    /// "leaves", "surrender".
    pub present: bool,
    /// "did not", "never".
    pub negated: bool,
    /// "could", "will"; [`Lemma::NONE`] without.
    pub modal: Lemma,
    /// The verb it depends on: "want" for "to seize".
    pub governor: Option<usize>,
    /// Chunk of its subject.
    pub subject: Option<usize>,
    /// Chunk of its direct object.
    pub object: Option<usize>,
    /// Chunk of the doer of a passive.
    pub agent: Option<usize>,
    /// The word that introduces its clause: "if", "after"; [`Lemma::NONE`] without.
    pub introduced: Lemma,
}

/// Groups the words.
pub(super) fn chunk(words: &[Word], chunks: &mut Vec<Chunk>, verbs: &mut Vec<Verb>) {
    let mut at = 0;
    while at < words.len() {
        let end = match words[at].tag {
            Tag::Modal | Tag::Aux | Tag::Verb | Tag::To | Tag::Neg => verb_group(words, at, chunks, verbs),
            Tag::Det
            | Tag::Poss
            | Tag::Genitive
            | Tag::Adj
            | Tag::Num
            | Tag::Noun
            | Tag::Name
            | Tag::Pronoun => noun_group(words, at, chunks),
            Tag::Adv if leads_verb(words, at) => verb_group(words, at, chunks, verbs),
            _ => single(words, at, chunks),
        };
        at = end.max(at + 1);
    }
}

fn leads_verb(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Verb | Tag::Aux | Tag::Modal))
}

fn single(words: &[Word], at: usize, chunks: &mut Vec<Chunk>) -> usize {
    let kind = match words[at].tag {
        Tag::Time => ChunkKind::Time,
        Tag::Prep => ChunkKind::Prep,
        Tag::Adv => ChunkKind::Adv,
        Tag::Coord => ChunkKind::Coord,
        Tag::Sub => ChunkKind::Sub,
        Tag::Rel => ChunkKind::Rel,
        Tag::Comma => ChunkKind::Comma,
        Tag::Quote | Tag::Bracket => ChunkKind::Quote,
        Tag::Break | Tag::Stop => ChunkKind::Break,
        _ => ChunkKind::Adv,
    };
    chunks.push(Chunk { kind, words: at..at + 1, head: at });
    at + 1
}

/// Takes a noun group from `at` and returns where it ends.
fn noun_group(words: &[Word], at: usize, chunks: &mut Vec<Chunk>) -> usize {
    let mut end = at;
    let mut head = None;
    while let Some(word) = words.get(end) {
        let taken = match word.tag {
            _ if end > at && (begins_time(words, end) || begins_subject(words, at, end)) => false,
            Tag::Pronoun => end == at,
            Tag::Det | Tag::Poss => end == at || words[end - 1].tag == Tag::Det,
            Tag::Noun | Tag::Name => {
                head = Some(end);
                true
            }
            Tag::Num => {
                head = head.or(Some(end));
                true
            }
            Tag::Adj | Tag::Genitive => true,
            Tag::Adv => end > at && words.get(end + 1).is_some_and(|w| matches!(w.tag, Tag::Num | Tag::Adj)),
            _ => false,
        };
        if !taken {
            break;
        }
        end += 1;
        if word.tag == Tag::Pronoun {
            head = Some(at);
            break;
        }
    }
    let kind = noun_kind(words, at..end, head);
    chunks.push(Chunk { kind, words: at..end, head: head.unwrap_or(end.saturating_sub(1).max(at)) });
    end
}

/// "Jos next week", "Bor two days ago": a time begins inside what looks like one noun group.
fn begins_time(words: &[Word], at: usize) -> bool {
    let behind_noun = at.checked_sub(1).is_some_and(|p| matches!(words[p].tag, Tag::Noun | Tag::Name));
    behind_noun
        && matches!(words[at].tag, Tag::Adj | Tag::Det | Tag::Num)
        && words.get(at + 1).is_some_and(|w| w.entry.classes & TIME_CLASS != 0)
}

/// "In Tel Aviv relatives blocked a road": what stands behind the place acts there.
fn begins_subject(words: &[Word], at: usize, end: usize) -> bool {
    let place = words.get(at).and_then(|w| w.mention);
    let opens = at == 1 && words[0].tag == Tag::Prep && words[1..end].iter().all(|w| w.mention == place);
    let plural =
        words[end].tag == Tag::Noun && words[end].case == Case::Lower && words[end].mention.is_none();
    opens
        && place.is_some()
        && plural
        && words.get(end + 1).is_some_and(|w| matches!(w.tag, Tag::Verb | Tag::Prep | Tag::Aux | Tag::Modal))
}

fn noun_kind(words: &[Word], range: Range<usize>, head: Option<usize>) -> ChunkKind {
    let only_adjectives = words[range.clone()].iter().all(|w| w.tag == Tag::Adj);
    match head {
        Some(head) if super::parse::is_time_noun(words, range.start, head) => ChunkKind::Time,
        Some(head) if hour_of_day(words, range.start, head) => ChunkKind::Time,
        Some(_) => ChunkKind::Noun,
        None if only_adjectives => ChunkKind::Adj,
        None => ChunkKind::Noun,
    }
}

/// "night" in "on Saturday night".
fn hour_of_day(words: &[Word], start: usize, head: usize) -> bool {
    let behind_day = start.checked_sub(1).is_some_and(|p| words[p].tag == Tag::Time);
    behind_day && head == start && words[head].entry.classes & TIME_CLASS != 0
}

/// What has been seen of a verb group so far.
#[derive(Default)]
struct Group {
    negated: bool,
    modal: Lemma,
    be: bool,
    have: bool,
    to: bool,
    finite: bool,
    last: usize,
}

/// Takes a verb group from `at` and returns where it ends.
fn verb_group(words: &[Word], at: usize, chunks: &mut Vec<Chunk>, verbs: &mut Vec<Verb>) -> usize {
    let mut group = Group { last: at, ..Group::default() };
    let mut end = at;
    let mut verb = false;
    while let Some(word) = words.get(end) {
        let taken = match word.tag {
            Tag::Adv => goes_on(words, end),
            Tag::Neg | Tag::Modal | Tag::Aux => true,
            Tag::To => end == at && words.get(at + 1).is_some(),
            Tag::Verb => true,
            Tag::Adj if group.be && group_participle(word) => true,
            _ => false,
        };
        if !taken || !note(&mut group, word, end) {
            break;
        }
        end += 1;
        if matches!(word.tag, Tag::Verb | Tag::Adj) {
            verb = true;
            break;
        }
    }
    if end == at || !(verb || words[at..end].iter().any(|w| matches!(w.tag, Tag::Aux | Tag::Modal))) {
        chunks.push(Chunk { kind: ChunkKind::Adv, words: at..at + 1, head: at });
        return at + 1;
    }
    let head = group.last;
    verbs.push(verb_of(words, &group, chunks.len()));
    chunks.push(Chunk { kind: ChunkKind::Verb(verbs.len() - 1), words: at..end, head });
    end
}

/// A participle taken for an adjective: "were wounded".
fn group_participle(word: &Word) -> bool {
    word.kinds().any(Kinds::PART) && !word.kinds().any(Kinds::NOUN)
}

/// Whether an adverb inside a verb group is followed by more of it.
fn goes_on(words: &[Word], at: usize) -> bool {
    words[at + 1..]
        .iter()
        .take(3)
        .find(|w| w.tag != Tag::Adv)
        .is_some_and(|w| matches!(w.tag, Tag::Verb | Tag::Aux | Tag::Modal | Tag::Neg))
}

/// Takes a word into the group; `false` where it cannot belong to it.
fn note(group: &mut Group, word: &Word, at: usize) -> bool {
    let kinds = word.kinds();
    if kinds.any(Kinds::NEG) {
        group.negated = true;
    }
    match word.tag {
        Tag::Modal => group.modal = word.lemma(),
        Tag::To => group.to = true,
        Tag::Aux => {
            group.be |= kinds.any(Kinds::BE);
            group.have |= kinds.any(Kinds::HAVE);
        }
        _ => {}
    }
    if matches!(word.tag, Tag::Modal | Tag::Aux) {
        group.finite = true;
    }
    if !matches!(word.tag, Tag::Adv | Tag::Neg) {
        group.last = at;
    }
    true
}

fn verb_of(words: &[Word], group: &Group, chunk: usize) -> Verb {
    let kinds = words[group.last].kinds();
    let full = matches!(words[group.last].tag, Tag::Verb | Tag::Adj);
    let progressive = group.be && full && kinds.any(Kinds::ING);
    let passive = group.be && full && kinds.any(Kinds::PART) && !kinds.any(Kinds::ING);
    let form = if group.to {
        Form::Infinitive
    } else if group.finite || !full {
        Form::Finite
    } else if kinds.any(Kinds::ING) {
        Form::Gerund
    } else if kinds.any(Kinds::PART) && !kinds.any(Kinds::PAST) && !takes_object(words, group.last) {
        Form::Participle
    } else {
        Form::Finite
    };
    Verb {
        chunk,
        head: group.last,
        form,
        passive: passive || form == Form::Participle,
        progressive,
        present: !group.have && group.modal == Lemma::NONE && is_present(words, group),
        negated: group.negated,
        modal: group.modal,
        governor: None,
        subject: None,
        object: None,
        agent: None,
        introduced: Lemma::NONE,
    }
}

/// "gunmen overrun army post": a base form that looks like the participle, with an object behind it.
fn takes_object(words: &[Word], at: usize) -> bool {
    let next = words
        .get(at + 1)
        .is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Name | Tag::Det | Tag::Poss | Tag::Num | Tag::Adj));
    words[at].kinds().any(Kinds::BASE) && next
}

fn is_present(words: &[Word], group: &Group) -> bool {
    !group.be && !words[group.last].kinds().any(Kinds::PAST.or(Kinds::ING).or(Kinds::PART))
}
