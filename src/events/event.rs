//! Who did what to whom, where and when, with which status, according to whom.

use std::ops::Range;

use super::{EventDate, EventPlace, EventType, Status};

/// A stretch of the article's text, byte offsets, half-open.
pub type Span = Range<usize>;

/// Something that happened, as one sentence tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What kind.
    pub kind: EventType,
    /// Narrower than the type: "close_border", "air_strike".
    pub mode: Option<&'static str>,
    /// Whether it happened.
    pub status: Status,
    /// Who did it. For a pronoun ("he") or a title ("the president") the span is that of the words
    /// before it that name whom it stands for, which may lie in another sentence; the pronoun itself
    /// where nobody fits.
    pub actors: Vec<Span>,
    /// To whom; pronouns as in [`Event::actors`].
    pub recipients: Vec<Span>,
    /// Who says so; pronouns as in [`Event::actors`].
    pub attributed_to: Option<Span>,
    /// Where.
    pub place: Option<EventPlace>,
    /// Where a movement started: index into the article's mentions.
    pub origin: Option<usize>,
    /// Where a movement goes: index into the article's mentions.
    pub destination: Option<usize>,
    /// When.
    pub date: Option<EventDate>,
    /// The words that tell it.
    pub trigger: Span,
    /// Index of the sentence in the article's segmentation.
    pub sentence: usize,
    /// The passage: the bytes of that sentence.
    pub passage: Span,
    /// Probability, 0 to 1.
    pub confidence: f32,
    /// How many people.
    pub size: Option<Size>,
}

/// How many people, where the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// People killed.
    pub killed: Option<u32>,
    /// People wounded.
    pub wounded: Option<u32>,
    /// People arrested.
    pub arrested: Option<u32>,
}
