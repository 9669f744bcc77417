//! The words of the treebanks within our tokens.
//!
//! The parser was trained on English Web Treebank and GUM, which cut clitics off ("did|n't",
//! "they|'re"), hyphenated words at the hyphen unless the first part is a prefix ("US|-|led" but
//! "co-founder"), and units off numbers ("5|m").

use crate::article::segment::Token;

/// A word in the making: bytes in the text and the token it was cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Which of the sentence's tokens.
    pub token: u32,
}

/// First parts that the treebanks do not cut off.
const PREFIXES: &[&str] = &[
    "anti", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "inter", "intra", "mid",
    "mini", "multi", "neo", "non", "over", "post", "pre", "pro", "pseudo", "quasi", "re", "semi", "sub",
    "super", "trans", "ultra", "un", "under", "vice",
];

/// Endings that are words of their own behind an apostrophe.
const CLITICS: &[&str] = &["re", "ve", "ll", "s", "m", "d"];

/// Letters behind a number that are a unit of their own.
const UNITS: &[&str] =
    &["m", "bn", "mn", "tn", "k", "km", "kg", "kph", "mph", "ft", "cm", "mm", "pm", "am", "mw"];

/// Cuts the tokens of a sentence into words.
pub fn cut(text: &str, tokens: &[Token], out: &mut Vec<Cut>) {
    out.clear();
    for (index, token) in tokens.iter().enumerate() {
        let word = token.of(text);
        if word.is_empty() {
            continue;
        }
        let mut push = |from: usize, to: usize| {
            if from < to {
                out.push(Cut {
                    start: token.start + from as u32,
                    end: token.start + to as u32,
                    token: index as u32,
                });
            }
        };
        split(word, &mut push);
    }
}

/// Calls `push` with the parts of one token.
fn split(word: &str, push: &mut impl FnMut(usize, usize)) {
    let bytes = word.as_bytes();
    if word.len() < 2 || bytes.iter().all(u8::is_ascii_lowercase) && word != "cannot" {
        return push(0, word.len());
    }
    if let Some(at) = clitic(word).or_else(|| unit(word)) {
        split(word.get(..at).unwrap_or_default(), push);
        return push(at, word.len());
    }
    hyphens(word, push);
}

/// Where a clitic begins.
fn clitic(word: &str) -> Option<usize> {
    if word.eq_ignore_ascii_case("cannot") {
        return Some(3);
    }
    let (quote, mark) = word.char_indices().rev().find(|&(_, c)| matches!(c, '\'' | '’' | 'ʼ'))?;
    let tail = word.get(quote + mark.len_utf8()..)?;
    let n = quote.checked_sub(1)?;
    if tail.eq_ignore_ascii_case("t") && n > 0 && matches!(word.as_bytes().get(n), Some(b'n' | b'N')) {
        return Some(n);
    }
    (quote > 0 && CLITICS.iter().any(|c| c.eq_ignore_ascii_case(tail))).then_some(quote)
}

/// Where the unit behind a number begins.
fn unit(word: &str) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let at = word.find(|c: char| c.is_ascii_alphabetic())?;
    let is_number = word.get(..at)?.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    (is_number && UNITS.iter().any(|u| u.eq_ignore_ascii_case(&word[at..]))).then_some(at)
}

/// Cuts at hyphens between letters or digits.
fn hyphens(word: &str, push: &mut impl FnMut(usize, usize)) {
    let mut start = 0;
    let dated = word.bytes().all(|b| b.is_ascii_digit() || b == b'-') && word.matches('-').count() == 2;
    for (at, mark) in word.char_indices().filter(|&(_, c)| matches!(c, '-' | '‐' | '‑')) {
        let first = word.get(start..at).unwrap_or_default();
        let behind = at + mark.len_utf8();
        let is_prefix = PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(first));
        if dated || is_prefix || first.is_empty() || behind >= word.len() {
            continue;
        }
        push(start, at);
        push(at, behind);
        start = behind;
    }
    push(start, word.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        cut(text, &segment(text).tokens, &mut out);
        out.iter().map(|c| &text[c.start as usize..c.end as usize]).collect()
    }

    #[test]
    fn clitics_are_cut_off() {
        assert_eq!(
            words("They didn't go, we're here"),
            ["They", "did", "n't", "go", ",", "we", "'re", "here"]
        );
        assert_eq!(
            words("You cannot; he won’t; Syria's"),
            ["You", "can", "not", ";", "he", "wo", "n’t", ";", "Syria", "'s"]
        );
        assert_eq!(words("at nine o'clock"), ["at", "nine", "o'clock"]);
    }

    #[test]
    fn hyphens_are_cut_but_behind_prefixes() {
        assert_eq!(words("US-led co-founder"), ["US", "-", "led", "co-founder"]);
        assert_eq!(words("a 20-year-old"), ["a", "20", "-", "year", "-", "old"]);
        assert_eq!(words("on 2021-08-15"), ["on", "2021-08-15"]);
    }

    #[test]
    fn units_are_cut_off_numbers() {
        assert_eq!(words("$5m or 3.5bn"), ["$", "5", "m", "or", "3.5", "bn"]);
        assert_eq!(words("the 21st of 1990s"), ["the", "21st", "of", "1990s"]);
    }

    #[test]
    fn every_byte_stays_and_nothing_panics() {
        for text in ["--a--", "n't", "'s'", "’", "é-é", "a-’t n’t ʼs", "-", "5m5m", "０-１", "can\u{301}not-"]
        {
            let whole = [Token { start: 0, end: text.len() as u32 }];
            let mut out = Vec::new();
            cut(text, &whole, &mut out);
            assert_eq!(out.iter().map(|c| &text[c.start as usize..c.end as usize]).collect::<String>(), text);
        }
    }
}
