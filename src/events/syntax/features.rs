//! What the network sees of a word: its letters in lower case, its affixes, its shape.

/// Rows of the table of affixes.
pub const AFFIX_ROWS: usize = 1 << 13;
/// Rows of the table of shapes.
pub const SHAPE_ROWS: usize = 64;
/// Affixes of a word.
pub const AFFIXES: usize = 5;

/// How the capitals of a sentence are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Casing {
    /// Capitals mean names.
    #[default]
    Usual,
    /// All is in capitals: telex, headlines.
    Upper,
    /// Every longer word has one: headlines.
    Title,
}

/// Finds out how the capitals of a sentence are to be read.
pub fn casing<'a>(words: impl Iterator<Item = &'a str>) -> Casing {
    let (mut long, mut small, mut lower) = (0, 0, 0);
    for word in words {
        let begins = word.chars().next().is_some_and(char::is_alphabetic);
        if !begins {
            continue;
        }
        let has_lower = word.bytes().any(|b| b.is_ascii_lowercase());
        lower += usize::from(has_lower);
        if word.len() >= 4 {
            long += 1;
            small += usize::from(word.chars().next().is_some_and(char::is_lowercase));
        }
    }
    match (long, small, lower) {
        (2.., 0, 0) => Casing::Upper,
        (3.., 0, _) => Casing::Title,
        _ => Casing::Usual,
    }
}

/// Writes the word in lower case, with plain quotes and dashes.
pub fn lower(word: &str, out: &mut String) {
    out.clear();
    for c in word.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '’' | 'ʼ' | '‘' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '–' | '—' | '‐' | '‑' => out.push('-'),
            _ if c.is_ascii() => out.push(c),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// Writes the word as the tables know it: as [`lower`] does, with digits as "0".
pub fn normalise(word: &str, out: &mut String) {
    lower(word, out);
    if out.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        *out = out.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    }
}

/// The hash of a normalised word: FNV-1a with its bits mixed once more.
pub fn key(normal: &str) -> u64 {
    mixed(
        normal
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)),
    )
}

fn mixed(hash: u64) -> u64 {
    let once = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    once ^ (once >> 29)
}

/// The rows of a normalised word's affixes: its last one to four letters and its first three.
pub fn affixes(normal: &str) -> [u16; AFFIXES] {
    let tail = |letters: usize| {
        let at = normal.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
        row(normal.get(at..).unwrap_or_default(), letters as u64)
    };
    let end = normal.char_indices().nth(3).map_or(normal.len(), |(at, _)| at);
    [tail(1), tail(2), tail(3), tail(4), row(normal.get(..end).unwrap_or_default(), 5)]
}

fn row(affix: &str, kind: u64) -> u16 {
    ((mixed(key(affix) ^ (kind << 40)) >> 40) as usize & (AFFIX_ROWS - 1)) as u16
}

/// The row of a word's shape. `first`: it is the first word of its sentence.
pub fn shape(word: &str, first: bool, casing: Casing) -> u8 {
    let (mut upper, mut lower, mut digit) = (0, 0, false);
    for c in word.chars() {
        match c {
            'a'..='z' => lower += 1,
            'A'..='Z' => upper += 1,
            '0'..='9' => digit = true,
            _ if c.is_ascii() => {}
            _ if c.is_uppercase() => upper += 1,
            _ if c.is_alphabetic() => lower += 1,
            _ => {}
        }
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let kind = match (digit, upper, lower) {
        (true, 0, 0) => 5,
        (true, ..) => 4,
        (_, 0, 0) => 6,
        (_, 0, _) => 0,
        (_, 1, 0) => 7,
        (_, _, 0) => 2,
        (_, 1, _) if capital => 1,
        _ => 3,
    };
    kind + 8 * u8::from(first) + 16 * casing as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(word: &str) -> String {
        let mut out = String::new();
        normalise(word, &mut out);
        out
    }

    #[test]
    fn words_are_normalised() {
        assert_eq!(normal("U.S."), "u.s.");
        assert_eq!(normal("’S"), "'s");
        assert_eq!(normal("ÉCOLE"), "école");
        assert_eq!(normal("15–16"), "00-00");
    }

    #[test]
    fn casing_of_sentences() {
        let of = |text: &str| casing(text.split(' '));
        assert_eq!(of("Rebels seized the town"), Casing::Usual);
        assert_eq!(of("REBELS SEIZE TOWN OF BUNIA"), Casing::Upper);
        assert_eq!(of("Rebels Seize Town in Congo"), Casing::Title);
        assert_eq!(of("Yes"), Casing::Usual);
    }

    #[test]
    fn shapes_tell_capitals_apart() {
        let shapes =
            ["town", "Town", "US", "iPhone", "5m", "2021", ",", "I"].map(|w| shape(w, false, Casing::Usual));
        for (at, shape) in shapes.iter().enumerate() {
            assert_eq!(shapes.iter().position(|s| s == shape), Some(at));
        }
        assert!(usize::from(shape("I", true, Casing::Title)) < SHAPE_ROWS);
        assert_ne!(shape("Town", true, Casing::Usual), shape("Town", false, Casing::Usual));
    }

    #[test]
    fn affixes_are_by_letters() {
        assert_eq!(affixes("fighting")[..3], affixes("leading")[..3]);
        assert_ne!(affixes("fighting")[3], affixes("leading")[3]);
        assert_eq!(affixes("überé")[4], affixes("übermut")[4]);
        let _ = affixes("");
    }
}
