//! An event as the data formats write it.

use serde::Serialize;

use super::toponym::{degrees, known, share};
use crate::article::offsets::CharOffsets;
use crate::events::{DateBasis, DatePrecision, Event, EventType, PlaceBasis, Span, Status};
use crate::places::{Gazetteer, Mention, Place, Precision};
use crate::project::Analysed;

/// An event with its place and passage. Offsets are Unicode code points, half-open; coordinates
/// WGS84 degrees; dates year first; what is not known is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow<'a> {
    /// "e1", "e2" … in order of the text.
    pub id: String,
    /// [`crate::events::EventType::name`].
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Narrower than the type.
    pub mode: Option<&'a str>,
    /// [`crate::events::Status::name`].
    pub status: &'static str,
    /// Who did it.
    pub actors: Vec<TextSpan<'a>>,
    /// To whom.
    pub recipients: Vec<TextSpan<'a>>,
    /// Who says so.
    pub attributed_to: Option<TextSpan<'a>>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The place's preferred name; the words of the text where it could not be resolved.
    pub place_name: Option<&'a str>,
    /// `source:id` of the record.
    pub place_id: Option<String>,
    /// [`crate::places::Precision::name`].
    pub place_precision: Option<&'static str>,
    /// The place in the words of the text, where the gazetteer lacks it and the point is that of a known
    /// place around it; left out else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_told: Option<&'a str>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// [`crate::events::PlaceBasis::name`].
    pub place_basis: Option<&'static str>,
    /// Where a movement started.
    pub origin: Option<Waypoint<'a>>,
    /// Where a movement goes.
    pub destination: Option<Waypoint<'a>>,
    /// First possible day.
    pub date_start: Option<String>,
    /// Last possible day.
    pub date_end: Option<String>,
    /// [`crate::events::DatePrecision::name`].
    pub date_precision: Option<&'static str>,
    /// [`crate::events::DateBasis::name`].
    pub date_basis: Option<&'static str>,
    /// The words that tell it.
    pub trigger: TextSpan<'a>,
    /// First code point of the passage.
    pub sentence_start: usize,
    /// One past the last code point of the passage.
    pub sentence_end: usize,
    /// Probability, 0 to 1.
    pub confidence: f64,
    /// How many people.
    pub size: Option<SizeRow>,
}

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextSpan<'a> {
    /// The words.
    pub text: &'a str,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Start or goal of a movement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waypoint<'a> {
    /// The words of the text.
    pub text: &'a str,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The place's preferred name; the words of the text where it could not be resolved.
    pub place_name: &'a str,
    /// `source:id` of the record.
    pub place_id: Option<String>,
    /// [`crate::places::Precision::name`].
    pub place_precision: Option<&'static str>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
}

/// How many people, where the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SizeRow {
    /// People killed.
    pub killed: Option<u32>,
    /// People wounded.
    pub wounded: Option<u32>,
    /// People arrested.
    pub arrested: Option<u32>,
}

/// What the rows of one article are made from.
#[derive(Debug)]
pub struct Rows<'a> {
    analysed: &'a Analysed,
    gazetteer: &'a Gazetteer,
    offsets: CharOffsets<'a>,
}

impl<'a> Rows<'a> {
    /// Prepares the rows of `analysed`, whose places are those of `gazetteer`.
    pub fn new(analysed: &'a Analysed, gazetteer: &'a Gazetteer) -> Self {
        Self { analysed, gazetteer, offsets: CharOffsets::new(&analysed.article.text) }
    }

    /// The translation of the article's offsets.
    pub fn offsets(&self) -> &CharOffsets<'a> {
        &self.offsets
    }

    /// The events, in order of the text.
    pub fn events(&self) -> Vec<EventRow<'a>> {
        self.analysed.findings.events.iter().enumerate().map(|(i, event)| self.event(i, event)).collect()
    }

    /// The mention an event's place or waypoint points to, and its place.
    pub fn mention(&self, index: usize) -> Option<(&'a Mention, Option<Place<'a>>)> {
        let mention = self.analysed.findings.mentions.get(index)?;
        Some((mention, mention.place.and_then(|p| self.gazetteer.place(p))))
    }

    fn event(&self, index: usize, event: &'a Event) -> EventRow<'a> {
        let (mention, place) =
            event.place.and_then(|p| self.mention(p.mention)).map_or((None, None), |(m, p)| (Some(m), p));
        let mentions = self.analysed.findings.mentions.as_slice();
        let surface = mention.map(|m| m.surface(&self.analysed.article.text));
        EventRow {
            id: format!("e{}", index + 1),
            kind: EventType::name(event.kind),
            mode: event.mode,
            status: Status::name(event.status),
            actors: event.actors.iter().map(|s| self.span(s)).collect(),
            recipients: event.recipients.iter().map(|s| self.span(s)).collect(),
            attributed_to: event.attributed_to.as_ref().map(|s| self.span(s)),
            lat: place.map(|p| degrees(p.at.lat)),
            lon: place.map(|p| degrees(p.at.lon)),
            place_name: place.map(|p| p.name).or(surface),
            place_id: place.map(|p| p.id.to_string()),
            place_precision: event.place.and_then(|p| p.precision(mentions)).map(Precision::name),
            place_told: event.place.and_then(|p| self.surface(p.told?)),
            country: place.and_then(|p| known(p.country)),
            place_basis: event.place.map(|p| PlaceBasis::name(p.basis)),
            origin: event.origin.and_then(|m| self.waypoint(m)),
            destination: event.destination.and_then(|m| self.waypoint(m)),
            date_start: event.date.map(|d| d.start.to_string()),
            date_end: event.date.map(|d| d.end.to_string()),
            date_precision: event.date.map(|d| DatePrecision::name(d.precision)),
            date_basis: event.date.map(|d| DateBasis::name(d.basis)),
            trigger: self.span(&event.trigger),
            sentence_start: self.offsets.char_of(event.passage.start),
            sentence_end: self.offsets.char_of(event.passage.end),
            confidence: share(event.confidence),
            size: event.size.map(|s| SizeRow { killed: s.killed, wounded: s.wounded, arrested: s.arrested }),
        }
    }

    fn surface(&self, mention: usize) -> Option<&'a str> {
        let mention = self.analysed.findings.mentions.get(mention)?;
        Some(mention.surface(&self.analysed.article.text))
    }

    fn span(&self, span: &Span) -> TextSpan<'a> {
        TextSpan {
            text: self.analysed.article.text.get(span.clone()).unwrap_or(""),
            start: self.offsets.char_of(span.start),
            end: self.offsets.char_of(span.end),
        }
    }

    fn waypoint(&self, index: usize) -> Option<Waypoint<'a>> {
        let (mention, place) = self.mention(index)?;
        let words = self.span(&mention.range);
        Some(Waypoint {
            text: words.text,
            start: words.start,
            end: words.end,
            lat: place.map(|p| degrees(p.at.lat)),
            lon: place.map(|p| degrees(p.at.lon)),
            place_name: place.map_or(words.text, |p| p.name),
            place_id: place.map(|p| p.id.to_string()),
            place_precision: place.and(mention.precision).map(Precision::name),
            country: place.and_then(|p| known(p.country)),
        })
    }
}
