//! Distances between two events: "five days after the quake", "two days before he resigned".

use std::ops::Range;

use jiff::civil::Date;

use super::relative::{ago, number};
use super::{When, lower};
use crate::events::EventDate;
use crate::events::grammar::{ChunkKind, Parse};

/// How far what a phrase tells lies from what the rest of the sentence tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offset {
    /// The words of the distance, "five days after".
    pub words: Range<usize>,
    /// The words it rules, up to the next comma.
    pub scope: Range<usize>,
    count: i32,
    unit: String,
}

/// Finds the distances of a sentence.
pub fn find(parse: &Parse) -> Vec<Offset> {
    (0..parse.words.len()).filter_map(|at| read_at(parse, at)).collect()
}

fn read_at(parse: &Parse, at: usize) -> Option<Offset> {
    let sign = match lower(parse, at + 2).as_str() {
        "after" | "following" => 1,
        "before" => -1,
        _ => return None,
    };
    let unit = lower(parse, at + 1).trim_end_matches('s').to_owned();
    if !matches!(unit.as_str(), "hour" | "day" | "night" | "week" | "month" | "year") {
        return None;
    }
    let count = number(&lower(parse, at))?;
    let start = at + 3;
    let chunk = parse.chunk_of(start);
    let end = (chunk..parse.chunks.len())
        .find(|&c| matches!(parse.kind(c), ChunkKind::Comma | ChunkKind::Break))
        .and_then(|c| parse.chunks.get(c))
        .map_or(parse.words.len(), |c| c.words.start);
    (start < end).then_some(Offset { words: at..start, scope: start..end, count: sign * count, unit })
}

impl Offset {
    /// When that happened which the phrase tells, given when the rest did.
    pub fn from(&self, day: Date) -> Option<EventDate> {
        ago(self.count, &self.unit, day)
    }

    /// The time of the rest of the sentence: the last before the phrase, else the first behind it.
    pub fn base<'w>(&self, times: &'w [When]) -> Option<&'w When> {
        let before = times.iter().rev().find(|w| w.words.end <= self.words.start);
        before.or_else(|| times.iter().find(|w| w.words.start >= self.scope.end))
    }
}

/// "a", "two", "14": how many units.
pub fn count(word: &str) -> Option<i32> {
    number(word)
}
