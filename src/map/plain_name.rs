//! Names of places as English texts print them: "Mazar-e Sharif", not "Mazār-e Sharīf".

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Countries whose own spelling has macrons.
const WITH_MACRONS: [&str; 7] = ["CK", "LT", "LV", "NZ", "PF", "TO", "WS"];
/// Countries whose names come to us transcribed from another script: every sign on or beside a
/// letter is the transcriber's.
const TRANSCRIBED: [&str; 58] = [
    "AE", "AF", "AM", "AO", "BD", "BG", "BH", "BT", "BY", "CN", "CY", "DJ", "DZ", "EG", "EH", "ER", "ET",
    "GE", "GR", "HK", "IL", "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB",
    "LK", "LY", "MA", "MK", "MM", "MN", "MR", "NP", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SO", "SY",
    "TH", "TJ", "TN", "TW", "UA", "UZ", "YE",
];

/// Country, name in the gazetteer, name in English: cities whose main name there is that of their
/// own language.
const ENGLISH: &str = include_str!("../../data/curated/map-names.tsv");

/// A place's name as English texts print it: by the table of cities, else without the signs of a
/// transcription. Spellings of their own stay: "São Paulo", "Malmö", "Daşoguz".
pub fn plain_name<'a>(name: &'a str, country: &str) -> Cow<'a, str> {
    static NAMES: OnceLock<FxHashMap<(&str, &str), &'static str>> = OnceLock::new();
    let names: &FxHashMap<(&str, &str), &'static str> = NAMES.get_or_init(|| rows().collect());
    // A marker of several places: "Köln +2".
    let (own, more) = name.split_at(name.find(" +").unwrap_or(name.len()));
    match names.get(&(country, own)) {
        Some(&english) if more.is_empty() => Cow::Borrowed(english),
        Some(&english) => Cow::Owned(format!("{english}{more}")),
        None => without_signs(name, country),
    }
}

fn rows() -> impl Iterator<Item = ((&'static str, &'static str), &'static str)> {
    let lines = ENGLISH.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some(((cells.next()?, cells.next()?), cells.next()?))
    })
}

/// The name without the signs of a transcription.
fn without_signs<'a>(name: &'a str, country: &str) -> Cow<'a, str> {
    let latin = |c: char| c < '\u{370}' || ('\u{1e00}'..'\u{2070}').contains(&c);
    if name.is_ascii() || !name.chars().all(latin) {
        return Cow::Borrowed(name);
    }
    let transcribed = TRANSCRIBED.contains(&country);
    let macrons = WITH_MACRONS.contains(&country);
    let keeps = |c: &char| match *c {
        '\u{304}' => macrons,
        c if is_combining_mark(c) => !transcribed,
        'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '‘' | '’' | '`' => !transcribed,
        _ => true,
    };
    Cow::Owned(name.nfd().filter(keeps).nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_transcription_go() {
        for (name, country, plain) in [
            ("Mazār-e Sharīf", "AF", "Mazar-e Sharif"),
            ("Al Ḩudaydah", "YE", "Al Hudaydah"),
            ("Kōbe", "JP", "Kobe"),
            ("Bāzārak +2", "AF", "Bazarak +2"),
            ("Köln", "DE", "Cologne"),
            ("Köln +2", "DE", "Cologne +2"),
            ("Köln", "US", "Köln"),
        ] {
            assert_eq!(plain_name(name, country), plain);
        }
    }

    #[test]
    fn spellings_of_their_own_stay() {
        for (name, country) in [
            ("São Paulo", "BR"),
            ("Malmö", "SE"),
            ("Daşoguz", "TM"),
            ("Rēzekne", "LV"),
            ("Кабул", "AF"),
            ("کابل", "AF"),
        ] {
            assert_eq!(plain_name(name, country), name);
        }
    }
}
