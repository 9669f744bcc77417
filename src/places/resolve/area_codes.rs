//! Telephone numbers as evidence: local papers of North America rarely name their own state, but
//! print numbers to call, whose area code does.

use rustc_hash::FxHashMap;

use crate::places::Gazetteer;
use crate::places::gazetteer::fold;
use crate::places::gazetteer::kinds::FIRST_DIVISION;
use crate::places::recognise::page::{Case, Page};

/// The first-level division of each area code, as [`crate::places::gazetteer::Hierarchy`] has it.
#[derive(Debug, Default)]
pub struct AreaCodes(FxHashMap<u16, u32>);

impl AreaCodes {
    /// Reads the curated table: country, division, its codes (North American Numbering Plan).
    pub fn new(table: &str, gazetteer: &Gazetteer) -> Self {
        let mut codes = FxHashMap::default();
        for line in table.lines().skip(1) {
            let mut columns = line.split('\t');
            let (Some(country), Some(name), Some(list)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let division = gazetteer.lookup(&fold(name)).find(|hit| {
                gazetteer.kind_class(hit.place) == FIRST_DIVISION
                    && gazetteer.place(hit.place).is_some_and(|place| place.country == country)
            });
            let Some(division) = division else { continue };
            let key = gazetteer.hierarchy(division.place).admin1;
            codes.extend(list.split(' ').filter_map(|code| Some((code.parse().ok()?, key))));
        }
        Self(codes)
    }

    /// Writes the divisions whose telephone numbers stand in the text.
    pub fn find(&self, page: &Page, text: &str, out: &mut Vec<u32>) {
        out.clear();
        for (at, word) in page.words.iter().enumerate() {
            if word.case != Case::Number {
                continue;
            }
            let code = match word.end - word.start {
                12 => whole_number(page.text_of(text, at)),
                3 if bracketed(page, text, at) => page.text_of(text, at).parse().ok(),
                _ => None,
            };
            if let Some(division) = code.and_then(|code: u16| self.0.get(&code))
                && !out.contains(division)
            {
                out.push(*division);
            }
        }
    }
}

/// The area code of "806-555-0134" or "806.555.0134".
fn whole_number(word: &str) -> Option<u16> {
    let shape = |(at, byte): (usize, u8)| match at {
        3 | 7 => matches!(byte, b'-' | b'.'),
        _ => byte.is_ascii_digit(),
    };
    word.bytes().enumerate().all(shape).then(|| word.get(..3)?.parse().ok()).flatten()
}

/// Whether the word stands in brackets before a number of seven digits: "(806) 555-0134".
fn bracketed(page: &Page, text: &str, at: usize) -> bool {
    at > 0
        && page.text_of(text, at - 1) == "("
        && page.text_of(text, at + 1) == ")"
        && page.text_of(text, at + 2).len() == 8
        && page.text_of(text, at + 2).bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::recognise::words::Words;

    #[test]
    fn numbers_tell_the_state() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let codes = AreaCodes::new("country\tdivision\tcodes\nUS\tTexas\t806 903\n", gazetteer);
        let found = |text: &str| {
            let (mut page, mut out) = (Page::default(), Vec::new());
            page.read(text, &segment(text), &Words::parse(""), gazetteer);
            codes.find(&page, text, &mut out);
            out.len()
        };
        assert_eq!(found("Call 806-555-0134 today."), 1);
        assert_eq!(found("Call (903) 555-0134 or (806) 555-0100."), 1);
        for none in ["Call 212-555-0134.", "In 806 days", "It was 806-55-01345.", "a (806) b"] {
            assert_eq!(found(none), 0, "{none}");
        }
    }
}
