//! Events: who did what to whom, where and when, with which status, according to whom.
//!
//! The types are those of PLOVER (Political Language Ontology for Verifiable Event Records,
//! version 0.8) with extensions for news that PLOVER leaves out.

use std::ops::Range;

use jiff::civil::Date;

/// A stretch of the article's text, byte offsets, half-open.
pub type Span = Range<usize>;

/// What kind of event: the PLOVER types, then the extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are PLOVER's own and told there")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    /// Territory or a site changes hands, a border opens or closes.
    Control,
    /// People travel, flee, are displaced.
    Move,
    Disaster,
    Accident,
    Crime,
    Outbreak,
    Election,
}

impl EventType {
    /// Every type, in the order of the enum.
    pub const ALL: [Self; 23] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
        Self::Control,
        Self::Move,
        Self::Disaster,
        Self::Accident,
        Self::Crime,
        Self::Outbreak,
        Self::Election,
    ];

    /// The name the data formats use: PLOVER's capitals.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
            Self::Control => "CONTROL",
            Self::Move => "MOVE",
            Self::Disaster => "DISASTER",
            Self::Accident => "ACCIDENT",
            Self::Crime => "CRIME",
            Self::Outbreak => "OUTBREAK",
            Self::Election => "ELECTION",
        }
    }

    /// The name people read: "Control", "Move".
    pub fn label(self) -> &'static str {
        match self {
            Self::Agree => "Agree",
            Self::Consult => "Consult",
            Self::Support => "Support",
            Self::Concede => "Concede",
            Self::Cooperate => "Cooperate",
            Self::Aid => "Aid",
            Self::Retreat => "Retreat",
            Self::Request => "Request",
            Self::Accuse => "Accuse",
            Self::Reject => "Reject",
            Self::Threaten => "Threaten",
            Self::Protest => "Protest",
            Self::Sanction => "Sanction",
            Self::Mobilize => "Mobilize",
            Self::Coerce => "Coerce",
            Self::Assault => "Assault",
            Self::Control => "Control",
            Self::Move => "Move",
            Self::Disaster => "Disaster",
            Self::Accident => "Accident",
            Self::Crime => "Crime",
            Self::Outbreak => "Outbreak",
            Self::Election => "Election",
        }
    }
}

/// Whether it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// It happened.
    Completed,
    /// It is happening.
    Ongoing,
    /// It is announced or intended.
    Planned,
    /// A source says it happened.
    Claimed,
    /// Somebody says it did not happen.
    Denied,
    /// It did not happen.
    Negated,
    /// It is feared, possible or conditional.
    Hypothetical,
}

impl Status {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Ongoing => "ongoing",
            Self::Planned => "planned",
            Self::Claimed => "claimed",
            Self::Denied => "denied",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// Whether an event of this status is drawn by default.
    pub const fn is_drawn(self) -> bool {
        matches!(self, Self::Completed | Self::Ongoing | Self::Claimed)
    }
}

/// What ties an event to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DatePrecision {
    Day,
    Days,
    Week,
    Month,
    Year,
}

impl DatePrecision {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Days => "days",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// Where a date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateBasis {
    /// Written out in the text.
    Explicit,
    /// Reckoned from the publication date: "on Sunday".
    Relative,
    /// Nothing is said: the publication date is the latest day possible.
    Published,
}

impl DateBasis {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Relative => "relative",
            Self::Published => "published",
        }
    }
}

/// When an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDate {
    /// First possible day.
    pub start: Date,
    /// Last possible day.
    pub end: Date,
    /// How exactly it is known.
    pub precision: DatePrecision,
    /// Where it comes from.
    pub basis: DateBasis,
}

/// Where an event happened: one of the article's mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace {
    /// Index into the article's mentions.
    pub mention: usize,
    /// What ties the event to it.
    pub basis: PlaceBasis,
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

/// Something that happened, as one sentence tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What kind.
    pub kind: EventType,
    /// Narrower than the type: "close_border", "air_strike".
    pub mode: Option<&'static str>,
    /// Whether it happened.
    pub status: Status,
    /// Who did it.
    pub actors: Vec<Span>,
    /// To whom.
    pub recipients: Vec<Span>,
    /// Who says so.
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
