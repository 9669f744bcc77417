//! Whether a place at the head of a paragraph tells where the article was written.

use crate::places::recognise::page::{Case, Page, Word};

/// Words that a dateline may hold between the place and its dash at most.
const DATELINE: usize = 12;

/// Whether what follows a place at the head of a paragraph makes it a dateline: "KABUL, Aug 15 —",
/// "LONDON (AP) -", "Herat, Afghanistan (Reuters) –", "LIMA, 9 JAN 90 (EFE) --".
pub fn is_dateline(page: &Page, text: &str, end: usize) -> bool {
    for at in end..(end + DATELINE).min(page.words.len()) {
        let (Some(word), written) = (page.words.get(at), page.text_of(text, at)) else { return false };
        match written {
            "—" | "–" | "―" => return at > end || page.words.get(at + 1).is_some_and(starts),
            // "NEW DELHI: Farmers …".
            ":" if at == end => return shouted(page, end) && page.words.get(at + 1).is_some_and(starts),
            "-" if is_double(page, text, at) => {
                return at > end || page.words.get(at + 2).is_some_and(starts);
            }
            "-" => return page.words.get(at + 1).is_some_and(starts) && word.start > before_end(page, at),
            _ if word.case == Case::Lower => return false,
            _ => {}
        }
    }
    false
}

/// Whether the word before `end` is written in capitals.
fn shouted(page: &Page, end: usize) -> bool {
    end.checked_sub(1).and_then(|at| page.words.get(at)).is_some_and(|w| w.case == Case::Upper)
}

/// Whether the hyphen is the first of two, the dash of typewriters and wire services.
fn is_double(page: &Page, text: &str, at: usize) -> bool {
    let touches = page.words.get(at).zip(page.words.get(at + 1)).is_some_and(|(a, b)| a.end == b.start);
    touches && page.text_of(text, at + 1) == "-"
}

fn starts(word: &Word) -> bool {
    matches!(word.case, Case::Title | Case::Upper | Case::Mixed)
}

fn before_end(page: &Page, at: usize) -> u32 {
    at.checked_sub(1).and_then(|b| page.words.get(b)).map_or(0, |w| w.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::recognise::words::Words;

    fn dateline(text: &str, name: &str) -> bool {
        let (mut page, gazetteer) = (Page::default(), crate::places::Gazetteer::bundled().unwrap());
        page.read(text, &segment(text), &Words::parse("locative\tin\n"), gazetteer);
        let at = (0..page.words.len()).find(|&w| page.text_of(text, w) == name).unwrap();
        is_dateline(&page, text, at + 1)
    }

    #[test]
    fn datelines_are_told_apart() {
        for text in [
            "KABUL, Aug 15 — The city fell.",
            "KABUL (AP) - The city fell.",
            "KABUL, Afghanistan (Reuters) – The city fell.",
            "KABUL — The city fell.",
            "KABUL, 15 AUG 21 (AGENCY) -- [TEXT] THE CITY FELL.",
            "KABUL -- The city fell.",
            "KABUL: The city fell.",
        ] {
            assert!(dateline(text, "KABUL"), "{text}");
        }
        assert!(!dateline("Kabul fell in the night - nobody knew.", "Kabul"));
        assert!(!dateline("KABUL-based firms left.", "KABUL"));
    }
}
