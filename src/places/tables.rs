//! The curated tables that come with the program.

use super::demonyms::Demonyms;
use super::recognise::words::Words;

const WORDS: &str = include_str!("../../data/curated/words.tsv");
const DEMONYMS: &str = include_str!("../../data/curated/demonyms.tsv");

/// The classes of words, demonyms among them.
pub fn words() -> Words {
    let mut words = Words::parse(WORDS);
    Demonyms::mark(DEMONYMS, &mut words);
    words
}

/// The places of demonyms.
pub fn demonyms(gazetteer: &super::Gazetteer) -> Demonyms {
    Demonyms::new(DEMONYMS, gazetteer)
}
