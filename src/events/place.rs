//! Where an event happened, and what says so.

use serde::{Deserialize, Serialize};

/// Where an event happened: one of the article's mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace {
    /// Index into the article's mentions.
    pub mention: usize,
    /// What ties the event to it.
    pub basis: PlaceBasis,
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
