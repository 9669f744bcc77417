//! The curated tables that come with the program.

use super::demonyms::Demonyms;
use super::recognise::words::Words;
use super::resolve::area_codes::AreaCodes;

const WORDS: &str = include_str!("../../data/curated/words.tsv");
const DEMONYMS: &str = include_str!("../../data/curated/demonyms.tsv");

const AREA_CODES: &str = include_str!("../../data/curated/area_codes.tsv");

/// The classes of words, demonyms among them.
pub fn words() -> Words {
    let mut words = Words::parse(WORDS);
    Demonyms::mark(DEMONYMS, &mut words);
    words
}

/// The divisions of area codes.
pub fn area_codes(gazetteer: &super::Gazetteer) -> AreaCodes {
    AreaCodes::new(AREA_CODES, gazetteer)
}

/// The places of demonyms.
pub fn demonyms(gazetteer: &super::Gazetteer) -> Demonyms {
    Demonyms::new(DEMONYMS, gazetteer)
}
