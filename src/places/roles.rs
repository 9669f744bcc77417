//! What a mention does in its sentence, as far as the words around it tell. The events layer
//! refines this where an event has the mention as its place, origin or destination.

use std::ops::Range;

use super::mention::Role;
use super::recognise::hash::word_hash_ascii;
use super::recognise::page::{Case, Page, Word};
use super::recognise::spots::{Spot, SpotKind};
use super::recognise::words::Classes;

/// Verbs whose subject is a government when it is a place: "Washington said".
const SAYING: [u32; 27] = [
    word_hash_ascii(b"said"),
    word_hash_ascii(b"says"),
    word_hash_ascii(b"warned"),
    word_hash_ascii(b"warns"),
    word_hash_ascii(b"announced"),
    word_hash_ascii(b"announces"),
    word_hash_ascii(b"urged"),
    word_hash_ascii(b"urges"),
    word_hash_ascii(b"accused"),
    word_hash_ascii(b"accuses"),
    word_hash_ascii(b"denied"),
    word_hash_ascii(b"denies"),
    word_hash_ascii(b"condemned"),
    word_hash_ascii(b"condemns"),
    word_hash_ascii(b"rejected"),
    word_hash_ascii(b"rejects"),
    word_hash_ascii(b"called"),
    word_hash_ascii(b"insists"),
    word_hash_ascii(b"insisted"),
    word_hash_ascii(b"agreed"),
    word_hash_ascii(b"vowed"),
    word_hash_ascii(b"blamed"),
    word_hash_ascii(b"blames"),
    word_hash_ascii(b"closes"),
    word_hash_ascii(b"sent"),
    word_hash_ascii(b"imposed"),
    word_hash_ascii(b"wants"),
];

/// Bodies of a state, which act where its name alone would: "the US military".
const BODIES: [u32; 16] = [
    word_hash_ascii(b"administration"),
    word_hash_ascii(b"army"),
    word_hash_ascii(b"authorities"),
    word_hash_ascii(b"consulate"),
    word_hash_ascii(b"embassy"),
    word_hash_ascii(b"forces"),
    word_hash_ascii(b"government"),
    word_hash_ascii(b"military"),
    word_hash_ascii(b"navy"),
    word_hash_ascii(b"officials"),
    word_hash_ascii(b"parliament"),
    word_hash_ascii(b"president"),
    word_hash_ascii(b"soldiers"),
    word_hash_ascii(b"supreme"),
    word_hash_ascii(b"troops"),
    word_hash_ascii(b"warplanes"),
];

const TO: u32 = word_hash_ascii(b"to");
const FROM: u32 = word_hash_ascii(b"from");
const THE: u32 = word_hash_ascii(b"the");

/// Words that a dateline may hold between the place and its dash at most.
const DATELINE: usize = 12;

/// The role of a mention whose words are `spot.words`; `opens` tells whether nothing but names
/// stands before it in its paragraph.
pub fn role(page: &Page, text: &str, spot: &Spot, opens: bool) -> Role {
    match spot.kind {
        SpotKind::Demonym => Role::Demonym,
        SpotKind::OrganisationPart => Role::OrganisationPart,
        SpotKind::Place if opens && is_dateline(page, text, spot.words.end) => Role::Dateline,
        SpotKind::Place => of_place(page, &spot.words),
    }
}

fn of_place(page: &Page, words: &Range<usize>) -> Role {
    let sentence = page.words.get(words.start).map(|w| w.sentence);
    let near =
        |at: Option<usize>| at.and_then(|at| page.words.get(at)).filter(|w| Some(w.sentence) == sentence);
    let mut before = near(words.start.checked_sub(1));
    if before.is_some_and(|w| w.hash == THE || w.classes.has(Classes::DIRECTION)) {
        before = near(words.start.checked_sub(2));
    }
    let locative = before.is_some_and(|w| w.classes.has(Classes::LOCATIVE) || w.hash == TO || w.hash == FROM);
    let next = near(Some(words.end));
    let speaks = next.is_some_and(|w| SAYING.contains(&w.hash));
    let body = next.is_some_and(|w| BODIES.contains(&w.hash));
    match (locative, speaks) {
        _ if body => Role::Actor,
        (true, _) => Role::Event,
        (false, true) => Role::Actor,
        _ => Role::Background,
    }
}

/// Whether what follows a place at the head of a paragraph makes it a dateline: "KABUL, Aug 15 —",
/// "LONDON (AP) -", "Herat, Afghanistan (Reuters) –".
fn is_dateline(page: &Page, text: &str, end: usize) -> bool {
    for at in end..(end + DATELINE).min(page.words.len()) {
        let (Some(word), written) = (page.words.get(at), page.text_of(text, at)) else { return false };
        match written {
            "—" | "–" | "--" | "―" => return at > end || page.words.get(at + 1).is_some_and(starts),
            "-" => return page.words.get(at + 1).is_some_and(starts) && word.start > before_end(page, at),
            _ if word.case == Case::Lower => return false,
            _ => {}
        }
    }
    false
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

    fn role_of(text: &str, name: &str) -> Role {
        let mut page = Page::default();
        page.read(
            text,
            &segment(text),
            &Words::parse("locative\tin\nlocative\tnear\n"),
            crate::places::Gazetteer::bundled().unwrap(),
        );
        let at = (0..page.words.len()).find(|&w| page.text_of(text, w) == name).unwrap();
        let spot = Spot { words: at..at + 1, kind: SpotKind::Place, confidence: 1.0 };
        role(&page, text, &spot, at == 0)
    }

    #[test]
    fn datelines_are_told_apart() {
        for text in [
            "KABUL, Aug 15 — The city fell.",
            "KABUL (AP) - The city fell.",
            "KABUL, Afghanistan (Reuters) – The city fell.",
            "KABUL — The city fell.",
        ] {
            assert_eq!(role_of(text, "KABUL"), Role::Dateline, "{text}");
        }
        assert_ne!(role_of("Kabul fell in the night - nobody knew.", "Kabul"), Role::Dateline);
        assert_ne!(role_of("KABUL-based firms left.", "KABUL"), Role::Dateline);
    }

    #[test]
    fn who_speaks_is_an_actor() {
        assert_eq!(role_of("Washington said no.", "Washington"), Role::Actor);
        assert_eq!(role_of("Crowds in Washington said no.", "Washington"), Role::Event);
        assert_eq!(role_of("Crowds in the US military sang.", "US"), Role::Actor);
        assert_eq!(role_of("Crowds near the Kremlin sang.", "Kremlin"), Role::Event);
        assert_eq!(role_of("The mayor of Herat sang.", "Herat"), Role::Background);
    }
}
