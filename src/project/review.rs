//! What a person decided about the places: corrections, and what is remembered of them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::edit::Decided;
use super::{Analysed, Edit, Project};
use crate::places::gazetteer::fold;
use crate::places::mention::Reason;
use crate::places::{Gazetteer, Mention, PlaceIndex, Precision};

/// A mention of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionRef {
    /// Index of its article.
    pub article: usize,
    /// Index into the article's mentions.
    pub mention: usize,
}

/// What a person says a mention denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// This place.
    Place(PlaceIndex),
    /// It names no place.
    NoPlace,
    /// It names a place, nobody can say which.
    Unknown,
}

/// How a decision came to a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A person looked at it.
    Person,
    /// A person decided so about the same name before.
    Memory,
}

/// What the program had found, so that a decision can be taken back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundPlace {
    /// The place.
    pub place: Option<PlaceIndex>,
    /// Its probability.
    pub score: f32,
    /// How exactly it is known.
    pub precision: Option<Precision>,
}

/// A decision on a mention, with what had been found before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correction {
    /// What was decided.
    pub decision: Decision,
    /// By whom.
    pub by: By,
    /// What stood there before any decision.
    pub found: FoundPlace,
}

/// Where a mention stands in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReviewStatus {
    /// Nobody looked at it.
    Unreviewed,
    /// A person agreed with what was found.
    Confirmed,
    /// A person chose another place.
    Corrected,
    /// A person said that it names no place.
    Rejected,
    /// A person said that nobody can tell which place is meant.
    NotIdentifiable,
    /// As a person decided about the same name before.
    Remembered,
}

impl ReviewStatus {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Confirmed => "confirmed",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::NotIdentifiable => "not_identifiable",
            Self::Remembered => "remembered",
        }
    }
}

/// A mention less sure than this waits for a person.
pub const DOUBTFUL: f32 = 0.5;

impl Correction {
    /// Where the mention stands with it.
    pub fn status(&self) -> ReviewStatus {
        match (self.by, self.decision) {
            (By::Memory, _) => ReviewStatus::Remembered,
            (_, Decision::NoPlace) => ReviewStatus::Rejected,
            (_, Decision::Unknown) => ReviewStatus::NotIdentifiable,
            (_, Decision::Place(place)) if self.found.place == Some(place) => ReviewStatus::Confirmed,
            (_, Decision::Place(_)) => ReviewStatus::Corrected,
        }
    }
}

impl Analysed {
    /// Where a mention stands in the review.
    pub fn review(&self, mention: usize) -> ReviewStatus {
        self.corrections.get(&mention).map_or(ReviewStatus::Unreviewed, Correction::status)
    }

    /// Whether a mention waits for a person: it is drawn, nobody decided on it, and which place it
    /// denotes is not sure.
    pub fn is_doubtful(&self, mention: usize) -> bool {
        let unsure = |m: &Mention| {
            m.role.is_drawn() && !m.candidates.is_empty() && (m.place.is_none() || m.score < DOUBTFUL)
        };
        !self.corrections.contains_key(&mention) && self.findings.mentions.get(mention).is_some_and(unsure)
    }

    /// The mentions that wait for a person, in order of the text.
    pub fn doubtful(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.findings.mentions.len()).filter(|&m| self.is_doubtful(m))
    }

    /// The name of a mention without case and accents: under it decisions are remembered.
    pub fn name_of(&self, mention: usize) -> String {
        let mention = self.findings.mentions.get(mention);
        mention.map_or_else(String::new, |m| fold(m.surface(&self.article.text)))
    }

    /// Puts a correction in force, or takes it away.
    pub(super) fn set_correction(
        &mut self,
        index: usize,
        correction: Option<Correction>,
        gazetteer: &Gazetteer,
    ) {
        let old = match correction {
            Some(correction) => self.corrections.insert(index, correction),
            None => self.corrections.remove(&index),
        };
        let Some(mention) = self.findings.mentions.get_mut(index) else { return };
        let Some(correction) = correction else {
            if let Some(Correction { found, .. }) = old {
                (mention.place, mention.score, mention.precision) =
                    (found.place, found.score, found.precision);
                mention.country = country_of(mention.place, gazetteer);
            }
            return;
        };
        (mention.place, mention.score, mention.precision) = match correction.decision {
            Decision::Place(place) => (Some(place), 1.0, precision(correction.found, place, gazetteer)),
            Decision::NoPlace | Decision::Unknown => (None, 0.0, None),
        };
        mention.country = country_of(mention.place, gazetteer);
    }
}

/// The country of the place in force, as a mention bears it.
fn country_of(place: Option<PlaceIndex>, gazetteer: &Gazetteer) -> u16 {
    place.map_or(0, |place| gazetteer.hierarchy(place).country)
}

/// What had been found where it was the same place ("near Herat"), else what the record's kind says.
fn precision(found: FoundPlace, place: PlaceIndex, gazetteer: &Gazetteer) -> Option<Precision> {
    if found.place == Some(place) {
        return found.precision;
    }
    gazetteer.place(place).map(|place| Precision::of_kind(place.kind))
}

/// The correction that `decision` makes of a mention.
pub(super) fn correction(
    analysed: &Analysed,
    index: usize,
    decision: Decision,
    by: By,
) -> Option<Correction> {
    let mention = analysed.findings.mentions.get(index)?;
    let now = FoundPlace { place: mention.place, score: mention.score, precision: mention.precision };
    let found = analysed.corrections.get(&index).map_or(now, |old| old.found);
    Some(Correction { decision, by, found })
}

impl Project {
    /// The mentions of the same name as `at` in all articles, in their order.
    pub fn namesakes(&self, at: MentionRef) -> Vec<MentionRef> {
        let Some(name) = self.articles.get(at.article).map(|a| a.name_of(at.mention)) else {
            return Vec::new();
        };
        let same = |(article, analysed): (usize, &Arc<Analysed>)| {
            let here: Vec<MentionRef> = (0..analysed.findings.mentions.len())
                .filter(|&mention| analysed.name_of(mention) == name)
                .map(|mention| MentionRef { article, mention })
                .collect();
            here
        };
        self.articles.iter().enumerate().flat_map(same).collect()
    }

    /// The edit by which a person decides on mentions; the decision is remembered for their names.
    /// `None` where nothing would change.
    pub fn decide(&self, mentions: &[MentionRef], decision: Decision) -> Option<Edit> {
        let mut edit = Decided::default();
        for &at in mentions {
            let Some(analysed) = self.articles.get(at.article) else { continue };
            let after = correction(analysed, at.mention, decision, By::Person);
            edit.change(self, at, after);
            edit.remember(self, analysed.name_of(at.mention), Some(decision));
        }
        edit.into_edit()
    }

    /// The edit that takes the decisions on mentions away, and what is remembered of their names.
    pub fn undecide(&self, mentions: &[MentionRef]) -> Option<Edit> {
        let mut edit = Decided::default();
        for &at in mentions {
            edit.change(self, at, None);
            if let Some(analysed) = self.articles.get(at.article) {
                edit.remember(self, analysed.name_of(at.mention), None);
            }
        }
        edit.into_edit()
    }

    /// Does in an article that is new to the project as a person did with the same names before:
    /// the place they chose, where it is one the name may denote here and the text does not name
    /// another by its area.
    pub fn recall(&self, analysed: &mut Analysed, gazetteer: &Gazetteer) {
        if self.remembered.is_empty() {
            return;
        }
        for index in 0..analysed.findings.mentions.len() {
            let Some(&decision) = self.remembered.get(&analysed.name_of(index)) else { continue };
            if analysed.corrections.contains_key(&index) || !may_be(analysed, index, decision) {
                continue;
            }
            let made = correction(analysed, index, decision, By::Memory);
            analysed.set_correction(index, made, gazetteer);
        }
    }

    /// How many mentions wait for a person.
    pub fn doubtful(&self) -> usize {
        self.articles.iter().map(|analysed| analysed.doubtful().count()).sum()
    }

    /// Whether somebody looked at the places: at least one decision, and none waits.
    pub fn is_reviewed(&self) -> bool {
        self.articles.iter().any(|analysed| !analysed.corrections.is_empty()) && self.doubtful() == 0
    }
}

/// Whether a remembered decision fits a mention.
fn may_be(analysed: &Analysed, index: usize, decision: Decision) -> bool {
    let Some(mention) = analysed.findings.mentions.get(index) else { return false };
    let Decision::Place(place) = decision else { return mention.score < DOUBTFUL };
    let named = |c: &crate::places::Candidate| c.reasons.iter().any(|r| matches!(r, Reason::NamedInside(_)));
    let other =
        mention.candidates.iter().any(|c| Some(c.place) == mention.place && c.place != place && named(c));
    let known = mention.candidates.is_empty() || mention.candidates.iter().any(|c| c.place == place);
    known && !other
}
