//! Places that are only described: "left the country", "entered the town", "died there".
//!
//! A definite description points back to the last mention of a place of its kind; "this city" in
//! a report from a city is where it was filed.

use super::grammar::{ChunkKind, Parse};
use super::placing::Tie;
use super::trigger::Trigger;
use super::{Event, EventPlace, EventType, PlaceBasis};
use crate::article::segment::Segmentation;
use crate::places::{Mention, Precision, Role};

/// How many sentences back a description reaches.
const REACH: usize = 12;

/// A description tied to a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// What it is of.
    kind: Kind,
    /// "this city": where the report comes from.
    here: bool,
    /// How it is tied.
    tie: Tie,
    /// Its first byte: what it points to stands before.
    at: usize,
}

/// What kind of place is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Settlement,
    District,
    Province,
    Country,
    Site,
    Any,
}

/// Finds the descriptions that `tie` ties to a trigger.
pub(super) fn find(parse: &Parse, trigger: &Trigger, tie: impl Fn(usize) -> Option<Tie>) -> Vec<Described> {
    let chunks = (0..parse.chunks.len()).filter_map(|chunk| {
        let at = parse.span(&parse.chunks.get(chunk)?.words).start;
        if stands_there(parse, trigger, chunk) {
            let from = parse.word(trigger.words.end.saturating_sub(1)).eq_ignore_ascii_case("from");
            let tie = if from { Tie::From } else { Tie::At };
            return Some(Described { kind: Kind::Any, here: false, tie, at });
        }
        let (kind, here) = described(parse, chunk)?;
        Some(Described { kind, here, tie: tie(chunk)?, at })
    });
    chunks.collect()
}

/// "was killed there", "talks there".
fn stands_there(parse: &Parse, trigger: &Trigger, chunk: usize) -> bool {
    let Some(at) = parse.chunks.get(chunk).map(|c| c.words.start) else { return false };
    let behind = at == trigger.words.end || trigger.verb.is_some_and(|v| parse.verbs[v].head + 1 == at);
    behind && parse.word(at).eq_ignore_ascii_case("there")
}

/// What a noun group describes: "the town", "this city", "there".
fn described(parse: &Parse, chunk: usize) -> Option<(Kind, bool)> {
    let group = parse.chunks.get(chunk)?;
    let word = |at: usize| parse.word(at).to_ascii_lowercase();
    let preposition = chunk.checked_sub(1).is_some_and(|p| parse.kind(p) == ChunkKind::Prep);
    if word(group.head) == "there" && preposition {
        return Some((Kind::Any, false));
    }
    let first = word(group.words.start);
    let definite = matches!(first.as_str(), "the" | "this" | "that");
    let plain =
        group.words.len() == 2 && parse.words[group.words.clone()].iter().all(|w| w.mention.is_none());
    (group.kind == ChunkKind::Noun && definite && plain)
        .then(|| kind_of(&word(group.head)))
        .flatten()
        .map(|kind| (kind, first == "this"))
}

fn kind_of(noun: &str) -> Option<Kind> {
    Some(match noun {
        "city" | "town" | "village" | "settlement" | "port" | "capital" => Kind::Settlement,
        "district" | "county" | "municipality" => Kind::District,
        "province" | "state" | "region" | "department" | "territory" => Kind::Province,
        "country" | "nation" | "kingdom" | "republic" => Kind::Country,
        "airport" | "base" | "camp" | "crossing" | "island" | "airbase" | "hospital" | "dam" => Kind::Site,
        _ => return None,
    })
}

/// Whether the noun, singular or plural, is of a kind of place.
pub(super) fn is_place_noun(noun: &str) -> bool {
    let singular = match noun.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    };
    kind_of(&singular).is_some()
        || matches!(
            singular.as_str(),
            "area" | "place" | "location" | "site" | "neighbourhood" | "neighborhood" | "part" | "front"
        )
}

impl Kind {
    fn fits(self, precision: Option<Precision>) -> bool {
        use Precision as P;
        match (self, precision) {
            (Self::Settlement, Some(P::Settlement))
            | (Self::District, Some(P::Admin2))
            | (Self::Province, Some(P::Admin1 | P::Region))
            | (Self::Country, Some(P::Country))
            | (Self::Site, Some(P::Exact)) => true,
            (Self::Any, Some(p)) => p != P::Country,
            _ => false,
        }
    }
}

/// What descriptions may point to.
pub(super) struct Descriptions<'a> {
    /// The article's mentions.
    pub mentions: &'a [Mention],
    /// Its sentences and paragraphs.
    pub segmentation: &'a Segmentation,
    /// The mention of the place it is about.
    pub focus: Option<usize>,
}

/// Gives the event the places that it only describes.
pub(super) fn settle(event: &mut Event, all: &[Described], article: &Descriptions) {
    for one in all {
        let Some(mention) = article.antecedent(one, event.sentence) else { continue };
        let moves = event.kind == EventType::Move;
        match one.tie {
            Tie::From if moves => event.origin = event.origin.or(Some(mention)),
            Tie::To if moves => event.destination = event.destination.or(Some(mention)),
            Tie::Except => {}
            _ if event.place.is_none_or(|p| is_vague(article.mentions, p.mention)) => {
                let basis = article.basis(mention, event.sentence);
                event.place = Some(EventPlace::at(mention, basis));
            }
            _ => {}
        }
    }
}

/// A country, or no place that the gazetteer knows.
fn is_vague(mentions: &[Mention], mention: usize) -> bool {
    mentions.get(mention).is_none_or(|m| m.place.is_none() || m.precision == Some(Precision::Country))
}

impl Descriptions<'_> {
    /// The last mention of a place of its kind before the description in its paragraph, else the
    /// place the article is about, else the last one before.
    fn antecedent(&self, one: &Described, sentence: usize) -> Option<usize> {
        let known = |m: &Mention| m.place.is_some() && one.kind.fits(m.precision);
        if one.here
            && let Some(filed) = self.mentions.iter().position(|m| m.role == Role::Dateline && known(m))
        {
            return Some(filed);
        }
        let paragraph = self.segmentation.paragraph_of(sentence);
        let home = self.segmentation.sentence_bytes(sentence).start;
        let from =
            (0..=sentence).rev().take_while(|&s| self.segmentation.paragraph_of(s) == paragraph).last();
        let from = from.map_or(home, |s| self.segmentation.sentence_bytes(s).start);
        let floor = self.segmentation.sentence_bytes(sentence.saturating_sub(REACH)).start;
        let about = self.focus.filter(|&m| self.mentions.get(m).is_some_and(known));
        self.last(from, one, known).or(about).or_else(|| self.last(floor, one, known))
    }

    /// The last fitting mention between a byte and the description.
    fn last(&self, floor: usize, one: &Described, known: impl Fn(&Mention) -> bool) -> Option<usize> {
        let before = self.mentions.partition_point(|m| m.range.end <= one.at);
        let named =
            self.mentions.iter().enumerate().take(before).rev().take_while(|(_, m)| m.range.start >= floor);
        let places = |m: &Mention| !matches!(m.role, Role::Demonym | Role::OrganisationPart | Role::Dateline);
        let (last, area) = named.into_iter().find(|(_, m)| known(m) && places(m))?;
        // "Biloxi, Miss." means Biloxi.
        let inside = last.checked_sub(1).filter(|&i| {
            self.mentions.get(i).is_some_and(|m| {
                known(m) && m.range.end + 2 == area.range.start && m.precision < area.precision
            })
        });
        inside.or(Some(last))
    }

    fn basis(&self, mention: usize, sentence: usize) -> PlaceBasis {
        let paragraph = |s| self.segmentation.paragraph_of(s);
        match self.mentions.get(mention).and_then(|m| self.segmentation.sentence_at(m.range.start)) {
            Some(at) if at == sentence => PlaceBasis::Sentence,
            Some(at) if paragraph(at) == paragraph(sentence) => PlaceBasis::Paragraph,
            _ => PlaceBasis::Document,
        }
    }
}
