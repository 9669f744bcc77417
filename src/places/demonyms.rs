//! Peoples and adjectives of places: "Afghan", "Syrians".

use rustc_hash::FxHashMap;

use super::gazetteer::{Gazetteer, PlaceIndex};
use super::recognise::hash::word_hash;
use super::recognise::words::{Classes, Words};

/// The place of each demonym.
#[derive(Debug, Default)]
pub struct Demonyms {
    places: FxHashMap<Vec<u32>, PlaceIndex>,
}

/// The lines of the curated table: demonym, plural, place (its id, or a country's code).
fn rows(table: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    table.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    })
}

fn key(name: &str) -> Vec<u32> {
    name.split_whitespace().map(word_hash).collect()
}

impl Demonyms {
    /// Reads the table; rows whose place the gazetteer does not hold count for nothing.
    pub fn new(table: &str, gazetteer: &Gazetteer) -> Self {
        let mut places = FxHashMap::default();
        for (demonym, plural, place) in rows(table) {
            let known = if place.len() == 2 { gazetteer.country(place) } else { gazetteer.by_id(place) };
            let Some(place) = known else { continue };
            for name in [demonym, plural].into_iter().filter(|n| !n.is_empty()) {
                places.entry(key(name)).or_insert(place);
            }
        }
        Self { places }
    }

    /// The place of the demonym with these words' hashes.
    pub fn place(&self, words: &[u32]) -> Option<PlaceIndex> {
        self.places.get(words).copied()
    }

    /// Gives the demonyms of the table their class.
    pub fn mark(table: &str, words: &mut Words) {
        for (demonym, plural, _) in rows(table) {
            words.add(demonym, Classes::DEMONYM);
            words.add(plural, Classes::DEMONYM);
        }
    }
}
