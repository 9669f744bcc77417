//! Sites and townships that the gazetteer does not have, but that bear the name of a town the article
//! tells of: "Athens airport" is near the Athens that the dateline names, whatever other Athens has
//! an airport that is known.

use std::collections::BTreeMap;
use std::ops::Range;

use super::geoparser::Found;
use super::mention::{Mention, Precision};
use super::recognise::words::Classes;

/// Words that such names end in.
const KINDS: Classes = Classes::FACILITY.with(Classes::ADMINISTRATIVE).with(Classes::ORGANISATION);

/// Share of the town's score that what is named after it has.
const SHARE: f32 = 0.8;

/// Gives the places of towns to the mentions without a place that bear their names.
pub(super) fn lend(found: &Found, mentions: &mut [Mention]) {
    if mentions.iter().all(|m| m.place.is_some()) {
        return;
    }
    let words_of: BTreeMap<usize, &Range<usize>> =
        found.bytes.iter().zip(&found.spots).map(|(bytes, spot)| (bytes.start, &spot.words)).collect();
    let mut towns: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        if matches!(mention.precision, Some(Precision::Settlement | Precision::Admin2))
            && let Some(words) = words_of.get(&mention.range.start)
        {
            towns.entry(hashes(found, (*words).clone())).or_insert(index);
        }
    }
    for index in 0..mentions.len() {
        let lacking = mentions.get(index).filter(|m| m.place.is_none());
        let Some(words) = lacking.and_then(|m| words_of.get(&m.range.start)) else { continue };
        let town =
            names_within(found, words).find_map(|name| towns.get(&name)).and_then(|&t| mentions.get(t));
        let Some(town) = town.cloned() else { continue };
        if let Some(mention) = mentions.get_mut(index) {
            mention.place = town.place;
            mention.candidates = town.candidates;
            mention.score = town.score * SHARE;
            mention.precision = Some(Precision::Near);
            mention.country = town.country;
        }
    }
}

/// What is left of a name without its type word and without a direction before it, the longest first.
fn names_within<'f>(found: &'f Found, words: &Range<usize>) -> impl Iterator<Item = Vec<u32>> + 'f {
    let page = &found.reading.page.words;
    let has = |at: usize, classes: Classes| page.get(at).is_some_and(|w| w.classes.has(classes));
    let kind = words.len() > 1 && has(words.end - 1, KINDS);
    let start = words.start + usize::from(has(words.start, Classes::DIRECTION));
    let ends = if kind { start + 1..words.end } else { 0..0 };
    ends.rev().map(move |end| hashes(found, start..end))
}

fn hashes(found: &Found, words: Range<usize>) -> Vec<u32> {
    found.reading.page.words.get(words).unwrap_or_default().iter().map(|w| w.hash).collect()
}
