//! A small project made by hand, for the tests of the formats.

use std::sync::Arc;

use jiff::civil::Date;

use crate::article::segment::segment;
use crate::article::{Article, Origin};
use crate::events::{
    DateBasis, DatePrecision, Event, EventDate, EventPlace, EventType, PlaceBasis, Size, Status,
};
use crate::places::mention::Reason;
use crate::places::{Candidate, Gazetteer, Mention, Precision, Role};
use crate::project::{Analysed, Findings, Project, RunRecord, Settings};

const TEXT: &str = "Fünf Bomben & <Raketen> hit Kabul on Sunday,\nkilling 3. The minister left for Afghanistan. Nobody came to Erewhon.";

/// The bundled gazetteer, whose Kabul and Afghanistan the project uses.
pub fn gazetteer() -> &'static Gazetteer {
    Gazetteer::bundled().unwrap()
}

/// One article with an event in Kabul, a movement without a place of its own and a name that the
/// gazetteer does not know.
pub fn project() -> Project {
    let kabul = mention("Kabul", Role::Event, Some("geonames:1138958"), Precision::Settlement);
    let country = mention("Afghanistan", Role::Destination, Some("geonames:1149361"), Precision::Country);
    let nowhere = mention("Erewhon", Role::Background, None, Precision::Exact);
    let segmentation = segment(TEXT);
    let mut hit = event(EventType::Assault, "hit", segmentation.sentence_bytes(0));
    hit.mode = Some("bombing");
    hit.place = Some(EventPlace::at(0, PlaceBasis::Argument));
    hit.actors = vec![span("Fünf Bomben & <Raketen>")];
    hit.size = Some(Size { killed: Some(3), ..Size::default() });
    let day = Date::constant(2021, 8, 15);
    hit.date =
        Some(EventDate { start: day, end: day, precision: DatePrecision::Day, basis: DateBasis::Relative });
    let mut left = event(EventType::Move, "left", segmentation.sentence_bytes(1));
    left.sentence = 1;
    left.destination = Some(1);
    let article = Article {
        title: Some("=2+2, a \"story\"".to_owned()),
        published: Some(day),
        ..Article::from_text(TEXT, Origin::File("news/a.txt".into()))
    };
    let findings =
        Findings { segmentation, mentions: vec![kabul, country, nowhere], events: vec![hit, left] };
    Project { articles: vec![Arc::new(Analysed::new(article, findings))], ..Project::default() }
}

/// The record of a run that found it.
pub fn record() -> RunRecord {
    RunRecord::new(gazetteer(), &Settings::default(), 1)
}

fn span(words: &str) -> std::ops::Range<usize> {
    let start = TEXT.find(words).unwrap();
    start..start + words.len()
}

fn mention(words: &str, role: Role, id: Option<&str>, precision: Precision) -> Mention {
    let place = id.map(|id| gazetteer().by_id(id).unwrap());
    let candidate =
        |place| Candidate { place, score: 0.9, reasons: vec![Reason::Capital, Reason::SameCountry(2)] };
    Mention {
        range: span(words),
        role,
        candidates: place.map(candidate).into_iter().collect(),
        place,
        score: if place.is_some() { 0.87654 } else { 0.25 },
        precision: place.map(|_| precision),
        country: place.map_or(0, |p| gazetteer().hierarchy(p).country),
    }
}

fn event(kind: EventType, trigger: &str, passage: std::ops::Range<usize>) -> Event {
    Event {
        kind,
        mode: None,
        status: Status::Completed,
        actors: Vec::new(),
        recipients: Vec::new(),
        attributed_to: None,
        place: None,
        origin: None,
        destination: None,
        date: None,
        trigger: span(trigger),
        sentence: 0,
        passage,
        confidence: 0.75,
        size: None,
    }
}
