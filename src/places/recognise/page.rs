//! A text as the recogniser sees it: words with their case, shape and classes, and the islands
//! of words in which names can stand.

use std::ops::Range;

use super::foreign::{is_foreign, is_unspaced, suffix_cut, unspaced_name};
use super::hash::{word_hash, word_hash_ascii};
use super::words::{Classes, Words};
use crate::article::segment::Segmentation;
use crate::places::Gazetteer;
use crate::places::gazetteer::fold;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// "kabul".
    #[default]
    Lower,
    /// "Kabul".
    Title,
    /// "KABUL", "U.S.".
    Upper,
    /// "McDonald", "eBay", "covid-19".
    Mixed,
    /// A script without capitals.
    Caseless,
    /// Digits only, with separators.
    Number,
    /// No letter and no digit.
    Mark,
}

/// A word of the text. Hyphenated tokens whose tail is an everyday word ("Kabul-based") are cut
/// at the hyphen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Hash of the lower-cased word.
    pub hash: u32,
    /// How it is written.
    pub case: Case,
    /// What kind of word it is.
    pub classes: Classes,
    /// What the gazetteer says of the longest name here; 0 for nothing.
    pub gazetteer: u16,
    /// Index of the sentence.
    pub sentence: u32,
}

impl Word {
    /// What stands before the first and behind the last word of a sentence.
    pub const EDGE: Self = Self {
        start: 0,
        end: 0,
        hash: 1,
        case: Case::Mark,
        classes: Classes(0),
        gazetteer: 0,
        sentence: u32::MAX,
    };
}

/// A text prepared for the recogniser. Reused from text to text, so that nothing is allocated
/// once it has grown.
#[derive(Debug, Default)]
pub struct Page {
    /// All words in order.
    pub words: Vec<Word>,
    /// Each sentence as a range of words.
    pub sentences: Vec<Range<usize>>,
    /// Which sentences are written in capitals (all, or the first letter of nearly every word).
    pub headlines: Vec<bool>,
    /// Runs of words in which a name can stand; every other word is outside of names.
    pub islands: Vec<Range<usize>>,
    /// Whether it is in another language than English.
    pub foreign: bool,
}

impl Page {
    /// Prepares `text`.
    pub fn read(&mut self, text: &str, segmentation: &Segmentation, lexicon: &Words, gazetteer: &Gazetteer) {
        self.words.clear();
        self.sentences.clear();
        self.headlines.clear();
        self.islands.clear();
        for (sentence, tokens) in segmentation.sentences.iter().enumerate() {
            let first = self.words.len();
            for token in segmentation.tokens.get(tokens.clone()).unwrap_or_default() {
                self.push(
                    text,
                    token.start as usize..token.end as usize,
                    sentence as u32,
                    lexicon,
                    gazetteer,
                );
            }
            self.sentences.push(first..self.words.len());
            self.headlines.push(is_headline(&self.words[first..]));
            self.mark_phrases(first, lexicon);
            self.find_islands(first);
        }
        self.foreign = is_foreign(self);
    }

    /// The characters of a word.
    pub fn text_of<'a>(&self, text: &'a str, word: usize) -> &'a str {
        self.words.get(word).and_then(|w| text.get(w.start as usize..w.end as usize)).unwrap_or("")
    }

    /// Whether a sentence is written in capitals alone, a few small words left out.
    pub fn is_shouted(&self, sentence: usize) -> bool {
        let words = self.sentences.get(sentence).and_then(|s| self.words.get(s.clone())).unwrap_or_default();
        let count = |case: Case| words.iter().filter(|w| w.case == case && w.end - w.start > 1).count();
        let (upper, other) = (count(Case::Upper), count(Case::Lower) + count(Case::Title));
        upper >= 4 && other * 10 <= upper
    }

    /// The bytes from the first word of the range to its last.
    pub fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(0, |w| w.start as usize);
        start..self.words.get(words.end.wrapping_sub(1)).map_or(start, |w| w.end as usize).max(start)
    }

    fn push(
        &mut self,
        text: &str,
        mut bytes: Range<usize>,
        sentence: u32,
        lexicon: &Words,
        gazetteer: &Gazetteer,
    ) {
        if text.get(bytes.clone()).is_some_and(|token| token.bytes().all(|b| b.is_ascii_alphabetic())) {
            return self.push_word(text, bytes, sentence, lexicon);
        }
        while let Some(cut) = text.get(bytes.clone()).and_then(|token| hyphen_cut(token, lexicon, gazetteer))
        {
            self.push_word(text, bytes.start..bytes.start + cut, sentence, lexicon);
            self.push_word(text, bytes.start + cut..bytes.start + cut + 1, sentence, lexicon);
            bytes.start += cut + 1;
        }
        let token = text.get(bytes.clone()).unwrap_or("");
        if token.starts_with(is_unspaced) {
            bytes.start = self.push_unspaced(text, bytes.clone(), sentence, lexicon, gazetteer);
        } else if let Some(cut) = suffix_cut(token) {
            self.push_word(text, bytes.start..bytes.start + cut, sentence, lexicon);
            bytes.start += cut;
        }
        if !bytes.is_empty() {
            self.push_word(text, bytes, sentence, lexicon);
        }
    }

    /// Cuts a text without spaces at the names in it; returns where what is left begins.
    fn push_unspaced(
        &mut self,
        text: &str,
        bytes: Range<usize>,
        sentence: u32,
        lexicon: &Words,
        gazetteer: &Gazetteer,
    ) -> usize {
        let (mut begun, mut at) = (bytes.start, bytes.start);
        while let Some(rest) = text.get(at..bytes.end).filter(|rest| !rest.is_empty()) {
            let Some(length) = unspaced_name(gazetteer, rest) else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            if begun < at {
                self.push_word(text, begun..at, sentence, lexicon);
            }
            self.push_word(text, at..at + length, sentence, lexicon);
            at += length;
            begun = at;
        }
        begun
    }

    fn push_word(&mut self, text: &str, bytes: Range<usize>, sentence: u32, lexicon: &Words) {
        let word = text.get(bytes.clone()).unwrap_or("");
        let hash = word_hash(word);
        self.words.push(Word {
            start: bytes.start as u32,
            end: bytes.end as u32,
            hash,
            case: case_of(word),
            classes: lexicon.of(hash),
            gazetteer: 0,
            sentence,
        });
    }

    /// Gives the words of known phrases the class of the phrase.
    fn mark_phrases(&mut self, first: usize, lexicon: &Words) {
        let mut at = first;
        while at < self.words.len() {
            let found = lexicon.phrase(self.words[at].hash, |i| self.words.get(at + i).map(|w| w.hash));
            let Some((length, class)) = found else {
                at += 1;
                continue;
            };
            for word in &mut self.words[at..at + length] {
                word.classes = word.classes.with(class);
            }
            at += length;
        }
    }

    /// Finds the islands among the words from `first` on: words that are not in lower case, with
    /// up to two small words between them ("Isle of the Dead").
    fn find_islands(&mut self, first: usize) {
        let mut open: Option<Range<usize>> = None;
        for at in first..self.words.len() {
            if !can_name(&self.words[at]) {
                continue;
            }
            open = match open.take() {
                Some(island) if self.connects(island.end..at) => Some(island.start..at + 1),
                other => {
                    self.add_island(other);
                    Some(at..at + 1)
                }
            };
        }
        self.add_island(open);
    }

    /// Keeps an island, unless it is nothing but the first word of an everyday sentence.
    fn add_island(&mut self, island: Option<Range<usize>>) {
        let Some(island) = island else { return };
        let single = self.words.get(island.start).filter(|_| island.len() == 1);
        if !single.is_some_and(|w| w.case == Case::Title && w.classes.has(Classes::FUNCTION)) {
            self.islands.push(island);
        }
    }

    fn connects(&self, gap: Range<usize>) -> bool {
        gap.len() <= 2 && self.words[gap].iter().all(|w| CONNECTORS.contains(&w.hash))
    }
}

/// Whether a word can be the first or last of a name.
fn can_name(word: &Word) -> bool {
    matches!(word.case, Case::Title | Case::Upper | Case::Mixed | Case::Caseless)
}

/// Small words and marks that stand inside names.
const CONNECTORS: [u32; 43] = [
    word_hash_ascii(b"of"),
    word_hash_ascii(b"the"),
    word_hash_ascii(b"and"),
    word_hash_ascii(b"de"),
    word_hash_ascii(b"del"),
    word_hash_ascii(b"della"),
    word_hash_ascii(b"di"),
    word_hash_ascii(b"da"),
    word_hash_ascii(b"do"),
    word_hash_ascii(b"dos"),
    word_hash_ascii(b"das"),
    word_hash_ascii(b"du"),
    word_hash_ascii(b"des"),
    word_hash_ascii(b"la"),
    word_hash_ascii(b"le"),
    word_hash_ascii(b"les"),
    word_hash_ascii(b"el"),
    word_hash_ascii(b"al"),
    word_hash_ascii(b"en"),
    word_hash_ascii(b"sur"),
    word_hash_ascii(b"upon"),
    word_hash_ascii(b"on"),
    word_hash_ascii(b"in"),
    word_hash_ascii(b"for"),
    word_hash_ascii(b"van"),
    word_hash_ascii(b"von"),
    word_hash_ascii(b"am"),
    word_hash_ascii(b"der"),
    word_hash_ascii(b"den"),
    word_hash_ascii(b"las"),
    word_hash_ascii(b"los"),
    word_hash_ascii(b"es"),
    word_hash_ascii(b"ash"),
    word_hash_ascii(b"bin"),
    word_hash_ascii(b"ul"),
    word_hash_ascii(b"sous"),
    word_hash_ascii(b"aan"),
    word_hash_ascii(b"nad"),
    word_hash_ascii(b"y"),
    word_hash_ascii(b"'s"),
    word_hash_ascii(b"&"),
    word_hash_ascii(b"-"),
    word_hash_ascii(b"."),
];

/// Whether a sentence is written in capitals: no telling names from words by their case.
fn is_headline(words: &[Word]) -> bool {
    let (mut lower, mut capital) = (0, 0);
    for word in words {
        match word.case {
            Case::Lower if word.end - word.start > 3 => lower += 1,
            Case::Title | Case::Upper | Case::Mixed => capital += 1,
            _ => {}
        }
    }
    capital >= 4 && lower * 5 <= capital
}

/// How `word` is written.
fn case_of(word: &str) -> Case {
    let bytes = word.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return Case::Mark };
    if rest.iter().all(u8::is_ascii_lowercase) && first.is_ascii_alphabetic() {
        return match (first.is_ascii_lowercase(), rest.is_empty()) {
            (true, _) => Case::Lower,
            (false, true) => Case::Upper,
            (false, false) => Case::Title,
        };
    }
    let (mut upper, mut lower, mut caseless, mut digits, mut first_upper) = (0, 0, 0, 0, false);
    for (at, c) in word.char_indices() {
        if c.is_ascii_lowercase() {
            lower += 1;
        } else if c.is_ascii_uppercase() {
            upper += 1;
            first_upper |= at == 0;
        } else if c.is_lowercase() {
            lower += 1;
        } else if c.is_uppercase() {
            upper += 1;
            first_upper |= at == 0;
        } else if c.is_alphabetic() {
            caseless += 1;
        } else if c.is_numeric() {
            digits += 1;
        }
    }
    match (upper, lower) {
        (0, 0) if caseless > 0 => Case::Caseless,
        (0, 0) if digits > 0 => Case::Number,
        (0, 0) => Case::Mark,
        (0, _) => Case::Lower,
        (_, 0) => Case::Upper,
        (1, _) if first_upper => Case::Title,
        _ => Case::Mixed,
    }
}

/// Where to cut a token at a hyphen: "Kabul-based", "Afghan-born" and "mid-Ohio" hold a name,
/// "Asia-Pacific" two; "Mazar-i-Sharif" is one.
fn hyphen_cut(token: &str, lexicon: &Words, gazetteer: &Gazetteer) -> Option<usize> {
    let cut = token.rfind('-').filter(|cut| *cut > 0)?;
    let (head, tail) = (token.get(..cut)?, token.get(cut + 1..)?);
    let upper_head = token.starts_with(char::is_uppercase);
    let camel = token.starts_with(char::is_lowercase) && tail.starts_with(char::is_uppercase);
    if !(upper_head || camel) {
        return None;
    }
    let names_place = |part: &str| {
        part.starts_with(char::is_uppercase)
            && (lexicon.of(word_hash(part)).has(Classes::DEMONYM)
                || gazetteer
                    .lookup(&fold(part))
                    .take(4)
                    .any(|h| gazetteer.importance(h.place) > PAIRED || gazetteer.kind_class(h.place) == 1))
    };
    if !upper_head {
        return (names_place(tail) && !gazetteer_knows(gazetteer, token)).then_some(cut);
    }
    let lower_tail = tail.len() >= 3 && tail.starts_with(char::is_lowercase);
    let pair = || names_place(head) && names_place(tail) && gazetteer.lookup(&fold(token)).next().is_none();
    (lower_tail && !gazetteer_knows(gazetteer, token) || !lower_tail && pair()).then_some(cut)
}

fn gazetteer_knows(gazetteer: &Gazetteer, token: &str) -> bool {
    gazetteer.lookup(&fold(token)).next().is_some()
}

/// Least importance of both places of a pair, unless they are countries.
const PAIRED: f32 = 0.4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;

    fn gazetteer() -> &'static Gazetteer {
        Gazetteer::bundled().unwrap()
    }

    fn page(text: &str) -> Page {
        let mut page = Page::default();
        page.read(text, &segment(text), &Words::parse("outlet\tRadio Kabul\n"), gazetteer());
        page
    }

    fn islands(text: &str) -> Vec<&str> {
        let page = page(text);
        page.islands.iter().map(|island| &text[page.bytes(island)]).collect()
    }

    #[test]
    fn names_stand_on_islands() {
        assert_eq!(
            islands("In the city, the Gulf of Aden and the Isle of Man lay far from U.S. ships."),
            ["Gulf of Aden and the Isle of Man", "U.S."]
        );
        assert_eq!(islands("nothing here"), [""; 0]);
    }

    #[test]
    fn hyphens_are_cut_before_everyday_words() {
        let text = "The Kabul-based Paris-Berlin fan of Coca-Cola from Mazar-i-Sharif";
        let page = page(text);
        let words: Vec<_> = (0..page.words.len()).map(|w| page.text_of(text, w)).collect();
        assert_eq!(
            words,
            [
                "The",
                "Kabul",
                "-",
                "based",
                "Paris",
                "-",
                "Berlin",
                "fan",
                "of",
                "Coca-Cola",
                "from",
                "Mazar-i-Sharif"
            ]
        );
    }

    #[test]
    fn phrases_mark_their_words() {
        let page = page("It was Radio Kabul that said so");
        let marked: Vec<_> = page.words.iter().map(|w| w.classes.has(Classes::OUTLET)).collect();
        assert_eq!(marked, [false, false, true, true, false, false, false]);
    }

    #[test]
    fn cases_are_told_apart() {
        let cases = ["kabul", "Kabul", "U.S.", "McAllen", "کابل", "5,000", "—"].map(case_of);
        assert_eq!(
            cases,
            [Case::Lower, Case::Title, Case::Upper, Case::Mixed, Case::Caseless, Case::Number, Case::Mark]
        );
    }

    #[test]
    fn headlines_are_noticed() {
        assert_eq!(page("Taliban Enter Kabul As President Flees").headlines, [true]);
        assert_eq!(page("The Taliban entered Kabul as the president fled.").headlines, [false]);
    }
}
