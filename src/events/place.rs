//! Where an event happened, and what says so.

use serde::{Deserialize, Serialize};

use crate::places::{Mention, Precision};

/// Where an event happened: one of the article's mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace {
    /// Index into the article's mentions.
    pub mention: usize,
    /// What ties the event to it.
    pub basis: PlaceBasis,
    /// The mention that the text ties the event to, where the gazetteer does not know that place:
    /// then `mention` is the nearest known place told around it. "Clashes at the Caracollo toll gate",
    /// drawn near Oruro.
    pub told: Option<usize>,
}

impl EventPlace {
    /// At this mention, which is the place told.
    pub const fn at(mention: usize, basis: PlaceBasis) -> Self {
        Self { mention, basis, told: None }
    }

    /// The mention that names the place in the words of the text.
    pub fn named(self) -> usize {
        self.told.unwrap_or(self.mention)
    }

    /// How exactly its point is known, among the mentions of its article; `None` where it has none.
    pub fn precision(self, mentions: &[Mention]) -> Option<Precision> {
        let known = mentions.get(self.mention).and_then(|m| m.place.and(m.precision))?;
        let point = matches!(known, Precision::Exact | Precision::Settlement);
        Some(if point && self.told.is_some() { Precision::Near } else { known })
    }
}

/// What ties an event to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceBasis {
    /// The sentence ties the place to the trigger.
    Argument,
    /// The place stands in the same sentence.
    Sentence,
    /// The place stands in the same paragraph.
    Paragraph,
    /// The place the article is about.
    Document,
}

impl PlaceBasis {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Document => "document",
        }
    }
}
