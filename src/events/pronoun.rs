//! Who "he", "they" or "the group" is: the nearest fitting one named before.
//!
//! Candidates are weighed by salience after Lappin & Leass (1994), "An algorithm for pronominal
//! anaphora resolution": how recent their sentence is, whether they are its subject, whether they
//! stand outside prepositional phrases and are named; the weight halves with each sentence. Number
//! and kind (person, group, thing) must agree. Sentences are read with the shallow grammar, and
//! only where a pronoun asks for it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::extract::Found;
use super::grammar::{Case, ChunkKind, Entry, Parse, Tag};
use super::lexicon::Lexicon;
use super::{EventType, Span};
use crate::article::segment::Segmentation;
use crate::places::{Mention, Precision, Role};

/// How many sentences back a pronoun reaches.
const REACH: usize = 3;
/// Weight of a sentence, halved for each one back.
const RECENT: f32 = 100.0;
/// Weight of a subject.
const SUBJECT: f32 = 80.0;
/// Weight of what stands in no prepositional phrase.
const FREE: f32 = 50.0;
/// Weight of a name.
const NAMED: f32 = 35.0;

/// What an article is read from.
pub(super) struct Text<'a> {
    /// Its characters.
    pub text: &'a str,
    /// Its tokens and sentences.
    pub segmentation: &'a Segmentation,
    /// The places it names.
    pub mentions: &'a [Mention],
    /// The mention of each token.
    pub owners: &'a [Option<u32>],
    /// What the vocabulary knows of each token.
    pub entries: &'a [Entry],
}

/// Replaces the pronouns among doers, recipients and sources by those they stand for.
pub(super) fn resolve(found: &mut [Found], text: &Text) {
    let mut people = People { text, read: BTreeMap::new() };
    for f in found {
        let event = &mut f.event;
        let (sentence, mut doers) = (event.sentence, Vec::new());
        let offence = event.kind == EventType::Crime || matches!(event.mode, Some("flee" | "escape"));
        for span in &mut event.actors {
            people.replace(span, sentence, if offence { Barred::Law } else { Barred::Nobody });
            doers.push(span.clone());
        }
        for span in &mut event.recipients {
            // "oppose it" is as often of a matter as of a group.
            if !text.text.get(span.clone()).is_some_and(|t| t.eq_ignore_ascii_case("it")) {
                people.replace(span, sentence, Barred::These(&doers));
            }
        }
        if let Some(span) = &mut event.attributed_to {
            people.replace(span, sentence, Barred::Nobody);
        }
    }
}

/// Number and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Nature {
    plural: bool,
    kind: Kind,
    /// Man or woman, where a word says so.
    woman: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    /// An organisation, a government, an army.
    Group,
    /// A name of whatever.
    Name,
    Thing,
}

/// Somebody who may be meant later.
#[derive(Debug, Clone)]
struct Candidate {
    span: Span,
    nature: Nature,
    weight: f32,
    /// The words of its group in lower case.
    words: Vec<String>,
    named: bool,
}

impl Candidate {
    /// Whether the name is introduced with this title.
    fn called(&self, title: &str) -> bool {
        let parts: Vec<&str> = title.split(' ').collect();
        self.words.len() > parts.len() && self.words.windows(parts.len()).any(|w| w.iter().eq(parts.iter()))
    }
}

/// Who a pronoun cannot stand for.
#[derive(Clone, Copy)]
enum Barred<'a> {
    Nobody,
    /// Those who act already: nobody does it to themselves.
    These(&'a [Span]),
    /// Courts and police, in the words of which somebody else did wrong.
    Law,
}

impl Barred<'_> {
    fn bars(&self, candidate: &Candidate, text: &str) -> bool {
        match self {
            Self::Nobody => false,
            Self::These(spans) => {
                spans.iter().any(|s| text.get(s.clone()) == text.get(candidate.span.clone()))
            }
            Self::Law => candidate.words.iter().any(|word| LAW.contains(&word.as_str())),
        }
    }
}

/// Who speaks of the wrong that others did.
const LAW: [&str; 16] = [
    "judge",
    "judges",
    "jury",
    "court",
    "prosecutor",
    "prosecutors",
    "police",
    "officer",
    "officers",
    "detective",
    "sheriff",
    "trooper",
    "troopers",
    "magistrate",
    "attorney",
    "lawyer",
];

/// What a pronoun or description asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    He,
    She,
    They,
    It,
    /// "the president": a name with that title.
    Title(String),
    /// "the group": the last organisation named.
    Group,
}

impl Asked {
    fn of(words: &str) -> Option<Self> {
        let lower = words.to_lowercase();
        let noun = lower.strip_prefix("the ").map(str::trim);
        Some(match (lower.as_str(), noun) {
            ("he" | "him", _) => Self::He,
            ("she" | "her", _) => Self::She,
            ("they" | "them", _) => Self::They,
            ("it", _) => Self::It,
            (
                _,
                Some(
                    "group" | "organisation" | "organization" | "movement" | "party" | "company" | "agency"
                    | "bloc",
                ),
            ) => Self::Group,
            (_, Some(title)) if TITLES.contains(&title) => Self::Title(title.to_owned()),
            _ => return None,
        })
    }

    /// Whether a candidate agrees in number and kind.
    fn fits(&self, candidate: &Candidate) -> bool {
        let n = candidate.nature;
        let single = !n.plural && matches!(n.kind, Kind::Person | Kind::Name);
        match self {
            Self::He => single && n.woman != Some(true),
            Self::She => single && n.woman != Some(false),
            Self::They => n.plural && n.kind != Kind::Thing || !n.plural && n.kind == Kind::Group,
            Self::It => !n.plural && matches!(n.kind, Kind::Group),
            Self::Title(title) => candidate.named && candidate.called(title),
            Self::Group => candidate.named && n.kind == Kind::Group,
        }
    }

    /// Descriptions reach further than pronouns.
    const fn reach(&self) -> usize {
        match self {
            Self::Title(_) | Self::Group => 4 * REACH,
            _ => REACH,
        }
    }
}

/// Offices that a name is introduced with and called by later.
const TITLES: [&str; 24] = [
    "president",
    "minister",
    "prime minister",
    "chancellor",
    "king",
    "queen",
    "prince",
    "governor",
    "mayor",
    "senator",
    "general",
    "colonel",
    "ambassador",
    "pope",
    "judge",
    "premier",
    "foreign minister",
    "defence minister",
    "defense minister",
    "interior minister",
    "secretary",
    "sheriff",
    "bishop",
    "emir",
];

/// The candidates of the sentences read so far.
struct People<'a> {
    text: &'a Text<'a>,
    read: BTreeMap<usize, Vec<Candidate>>,
}

impl People<'_> {
    /// Puts whom the span stands for in its place, unless nobody fits or it is one of `others`.
    fn replace(&mut self, span: &mut Span, sentence: usize, others: Barred) {
        let Some(asked) = Asked::of(self.text.text.get(span.clone()).unwrap_or("")) else { return };
        let Some(mut meant) = self.find(&asked, span.start, sentence, others) else { return };
        let at = std::mem::replace(span, meant.span.clone());
        meant.weight = RECENT + SUBJECT + NAMED;
        let home = self.sentence(sentence);
        home.retain(|c| c.span != at);
        home.push(meant);
    }

    fn find(&mut self, asked: &Asked, before: usize, sentence: usize, others: Barred) -> Option<Candidate> {
        let mut best: Option<(f32, Candidate)> = None;
        let text = self.text.text;
        for back in 0..=asked.reach().min(sentence) {
            let share = 0.5_f32.powi(i32::try_from(back).unwrap_or(i32::MAX));
            for candidate in self.sentence(sentence - back).iter() {
                let stands = candidate.span.end <= before && !others.bars(candidate, text);
                let weight = candidate.weight * share;
                if stands && asked.fits(candidate) && best.as_ref().is_none_or(|(w, _)| weight > *w) {
                    best = Some((weight, candidate.clone()));
                }
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    fn sentence(&mut self, index: usize) -> &mut Vec<Candidate> {
        let text = self.text;
        self.read.entry(index).or_insert_with(|| read(text, index))
    }
}

/// Everybody a sentence names.
fn read(text: &Text, sentence: usize) -> Vec<Candidate> {
    let range = text.segmentation.sentences.get(sentence).cloned().unwrap_or(0..0);
    let (Some(tokens), Some(owners), Some(entries)) = (
        text.segmentation.tokens.get(range.clone()),
        text.owners.get(range.clone()),
        text.entries.get(range),
    ) else {
        return Vec::new();
    };
    let parse = Parse::new(text.text, tokens, owners, entries);
    let scene = Scene { parse: &parse, mentions: text.mentions, lexicon: Lexicon::bundled() };
    let chunks = 0..parse.chunks.len();
    let pairs = chunks.clone().filter_map(|c| pair(&scene, c));
    chunks.clone().filter_map(|c| candidate(&scene, c)).chain(pairs).collect()
}

/// A sentence with what its groups are judged by.
struct Scene<'a> {
    parse: &'a Parse<'a>,
    mentions: &'a [Mention],
    lexicon: &'static Lexicon,
}

fn candidate(scene: &Scene, chunk: usize) -> Option<Candidate> {
    let parse = scene.parse;
    let group = parse.chunks.get(chunk).filter(|g| g.kind == ChunkKind::Noun)?;
    let head = &parse.words[group.head];
    if !matches!(head.tag, Tag::Noun | Tag::Name) {
        return None;
    }
    let words = name_of(parse, group.words.clone());
    let lower = |w: usize| parse.word(w).to_lowercase();
    Some(Candidate {
        span: parse.span(&words),
        nature: nature(scene, group.words.clone(), group.head)?,
        weight: weight(parse, chunk),
        words: words.clone().map(lower).collect(),
        named: parse.words[words].iter().any(|w| w.tag == Tag::Name),
    })
}

/// Without the genitive behind it.
fn name_of(parse: &Parse, words: Range<usize>) -> Range<usize> {
    let mut end = words.end;
    while end > words.start && matches!(parse.words[end - 1].tag, Tag::Genitive | Tag::Adv) {
        end -= 1;
    }
    words.start..end
}

/// "Russia and Ukraine": together, they.
fn pair(scene: &Scene, chunk: usize) -> Option<Candidate> {
    let parse = scene.parse;
    if parse.kind(chunk + 1) != ChunkKind::Coord {
        return None;
    }
    let (first, second) = (candidate(scene, chunk)?, candidate(scene, chunk + 2)?);
    let people = first.nature.kind != Kind::Thing && second.nature.kind != Kind::Thing;
    people.then(|| Candidate {
        span: first.span.start..second.span.end,
        nature: Nature { plural: true, kind: first.nature.kind, woman: None },
        weight: weight(parse, chunk) + 1.0,
        words: Vec::new(),
        named: first.named && second.named,
    })
}

fn weight(parse: &Parse, chunk: usize) -> f32 {
    let subject =
        parse.verbs.iter().any(|v| if v.passive { v.subject.or(v.agent) } else { v.subject } == Some(chunk));
    let phrase = chunk.checked_sub(1).is_some_and(|p| parse.kind(p) == ChunkKind::Prep);
    let named = parse.chunks.get(chunk).is_some_and(|g| parse.words[g.head].tag == Tag::Name);
    let of = |is: bool, weight: f32| if is { weight } else { 0.0 };
    RECENT + of(subject, SUBJECT) + of(!phrase, FREE) + of(named, NAMED)
}

/// Number and kind of a noun group; `None` for places and times, which no pronoun of a doer means.
fn nature(scene: &Scene, words: Range<usize>, head: usize) -> Option<Nature> {
    let (parse, lexicon) = (scene.parse, scene.lexicon);
    let word = &parse.words[head];
    let place = word.mention.and_then(|m| scene.mentions.get(m as usize));
    if place.is_some_and(|m| !acts(m)) {
        return None;
    }
    let text = parse.word(head).to_lowercase();
    let classes = parse.classes(&words);
    let any = |names: &[&str]| names.iter().any(|n| word.entry.classes & lexicon.class(n) != 0);
    let title = classes & lexicon.class("official") != 0;
    let plural = is_plural(&text)
        || parse.words[words.clone()].iter().any(|w| w.tag == Tag::Num && !is_one(parse, words.start));
    let group = any(&["state", "party", "igo", "labour"]) || GROUPS.contains(&text.as_str());
    let person =
        any(&["person", "official", "force", "rebel", "police", "protester", "diplomat", "prisoner"]);
    let kind = if word.tag == Tag::Name {
        match (place.is_some(), title) {
            (_, true) => Kind::Person,
            (true, _) => Kind::Group,
            _ if group || is_acronym(parse, head) || is_organisation(parse, &words) => Kind::Group,
            _ => Kind::Name,
        }
    } else if group && !plural {
        Kind::Group
    } else if person || title {
        Kind::Person
    } else {
        Kind::Thing
    };
    let plural =
        plural && !(word.tag == Tag::Name && kind != Kind::Group && !any(&["rebel", "force", "police"]));
    Some(Nature { plural, kind, woman: woman(parse, &words) })
}

/// Whether a place may stand for who rules it: "Moscow said", "China has".
fn acts(mention: &Mention) -> bool {
    let country = mention.precision == Some(Precision::Country) && mention.role != Role::Dateline;
    country || matches!(mention.role, Role::Actor | Role::OrganisationPart)
}

fn is_one(parse: &Parse, at: usize) -> bool {
    matches!(parse.word(at).to_lowercase().as_str(), "one" | "a" | "an" | "1")
}

/// Groups of people that are told as one.
const GROUPS: [&str; 20] = [
    "army",
    "military",
    "navy",
    "government",
    "group",
    "militia",
    "gang",
    "ministry",
    "court",
    "agency",
    "company",
    "party",
    "parliament",
    "junta",
    "council",
    "commission",
    "police",
    "union",
    "regime",
    "coalition",
];

fn is_plural(word: &str) -> bool {
    matches!(
        word,
        "people"
            | "police"
            | "men"
            | "women"
            | "children"
            | "taliban"
            | "gunmen"
            | "policemen"
            | "militiamen"
            | "troops"
    ) || word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
        && word.len() > 3
}

/// "NATO", "M23".
fn is_acronym(parse: &Parse, head: usize) -> bool {
    let word = parse.word(head);
    parse.words[head].case == Case::Upper
        && word.len() > 1
        && (word.len() < 6 || word.chars().any(|c| c.is_ascii_digit()))
}

fn is_organisation(parse: &Parse, words: &Range<usize>) -> bool {
    const PARTS: [&str; 28] = [
        "army",
        "party",
        "union",
        "front",
        "movement",
        "ministry",
        "council",
        "committee",
        "court",
        "agency",
        "group",
        "bank",
        "organisation",
        "organization",
        "nations",
        "forces",
        "police",
        "department",
        "association",
        "federation",
        "brigade",
        "brigades",
        "state",
        "league",
        "company",
        "university",
        "hospital",
        "taliban",
    ];
    words.clone().any(|w| PARTS.contains(&parse.word(w).to_lowercase().as_str()))
}

/// What the words say of man or woman.
fn woman(parse: &Parse, words: &Range<usize>) -> Option<bool> {
    words.clone().find_map(|w| match parse.word(w).to_lowercase().trim_end_matches('.') {
        "mrs" | "ms" | "miss" | "queen" | "woman" | "girl" | "mother" | "daughter" | "wife" | "sister"
        | "spokeswoman" | "chairwoman" | "actress" | "princess" | "widow" | "policewoman" | "nun" => {
            Some(true)
        }
        "mr" | "king" | "man" | "boy" | "father" | "son" | "husband" | "brother" | "spokesman"
        | "chairman" | "prince" | "pope" | "policeman" | "gunman" | "sir" | "lord" => Some(false),
        _ => None,
    })
}
