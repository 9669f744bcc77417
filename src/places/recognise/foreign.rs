//! Names in languages other than English: by the gazetteer alone, which knows places by their
//! native names. The tagger has read English only.

use super::matches::Match;
use super::page::{Case, Page, Word};
use super::spots::{Spot, SpotKind};
use super::words::Classes;
use crate::places::Gazetteer;
use crate::places::gazetteer::flags::NameFlags;

/// Words in lower case or without case that a text needs before its language is judged.
const ENOUGH: usize = 12;

/// Whether a text is in another language: hardly any of its words is a small English one.
pub fn is_foreign(page: &Page) -> bool {
    let (mut small, mut all) = (0, 0);
    for word in page.words.iter().filter(|w| matches!(w.case, Case::Lower | Case::Caseless)) {
        all += 1;
        small += usize::from(word.classes.has(Classes::FUNCTION.with(Classes::LOCATIVE)));
    }
    all >= ENOUGH && small * 10 < all
}

/// Least importance of a place whose name is one word: in German every noun has a capital.
const ONE_WORD: f32 = 0.16;
/// The same where a script has no capitals and any word may look like a name.
const CASELESS: f32 = 0.2;
/// The same of a name that opens a sentence.
const OPENING: f32 = 0.3;
/// What is asked of a name beside an unknown one, perhaps a person's, in addition.
const BESIDE: f32 = 0.15;

/// The spots of a text in another language.
pub fn spots(page: &Page, matches: &[Match], gazetteer: &Gazetteer) -> Vec<Spot> {
    let trusted = matches.iter().filter(|found| is_trusted(page, found, gazetteer));
    trusted.map(|f| Spot { words: f.words.clone(), kind: SpotKind::Place, confidence: 0.8 }).collect()
}

fn is_trusted(page: &Page, found: &Match, gazetteer: &Gazetteer) -> bool {
    let importance = gazetteer.importance(found.first);
    let Some(first) = page.words.get(found.words.start) else { return false };
    let length = first.end - first.start;
    match (found.words.len(), first.case) {
        _ if found.flags.contains(NameFlags::COMMON) && importance < 0.6 => false,
        (2.., _) => true,
        (_, Case::Caseless) => importance >= CASELESS && (length > 6 || importance > 0.5),
        _ => length > 2 && importance >= least(page, found, first),
    }
}

fn least(page: &Page, found: &Match, first: &Word) -> f32 {
    let beside =
        |at: Option<usize>| at.and_then(|at| page.words.get(at)).filter(|w| w.sentence == first.sentence);
    let before = beside(found.words.start.checked_sub(1));
    let unknown = |word: Option<&Word>| {
        word.is_some_and(|w| matches!(w.case, Case::Title | Case::Mixed) && w.gazetteer == 0)
    };
    let least = if before.is_none() { OPENING } else { ONE_WORD };
    let person = unknown(before) || unknown(beside(Some(found.words.end)));
    least + if person { BESIDE } else { 0.0 }
}

/// Endings of cases and what the dictionary form has in their place: Slavic languages, German and
/// Arabic in their commonest forms, the longest first.
const ENDINGS: [(&str, &[&str]); 41] = [
    ("ского", &["ский", "ское"]),
    ("ської", &["ська"]),
    ("ській", &["ська"]),
    ("ском", &["ск", "ский"]),
    ("ской", &["ская"]),
    ("скую", &["ская"]),
    ("ську", &["ська"]),
    ("иєва", &["иїв"]),
    ("иєві", &["иїв"]),
    ("ого", &["ий", "ое", "е"]),
    ("ому", &["ий", "ое"]),
    ("ами", &["ы", "и", "а"]),
    ("ями", &["и", "я"]),
    ("еві", &["ев", "ів"]),
    ("ові", &["ів", "ов"]),
    ("ова", &["ів", "ово"]),
    ("ева", &["ів"]),
    ("єва", &["їв", "єв"]),
    ("ией", &["ия"]),
    ("ією", &["ія"]),
    ("ії", &["ія"]),
    ("ію", &["ія"]),
    ("ии", &["ия"]),
    ("ию", &["ия"]),
    ("ою", &["а", "ая"]),
    ("ей", &["я", "и"]),
    ("ом", &["", "о"]),
    ("ем", &["ь", "е", ""]),
    ("ів", &["и"]),
    ("ах", &["ы", "и", "а"]),
    ("ях", &["и", "я"]),
    ("ок", &["ки"]),
    ("ій", &["а", "я"]),
    ("ы", &["а"]),
    ("и", &["а", "я", "ь", ""]),
    ("і", &["а", "я", "ь", ""]),
    ("е", &["", "а", "о", "ь"]),
    ("у", &["", "а", "о"]),
    ("ю", &["ь", "я", "и"]),
    ("а", &["", "о"]),
    ("s", &[""]),
];

/// Prefixes of Arabic words: "and the", "in the", "to the", "and", "in", "to".
const PREFIXES: [&str; 6] = ["وال", "بال", "لل", "و", "ب", "ل"];

/// The folded name that an inflected folded word stands for, if the gazetteer knows one.
pub fn base(gazetteer: &Gazetteer, folded: &str) -> Option<String> {
    let known = |name: &String| name.chars().count() > 2 && gazetteer.lookup(name).next().is_some();
    let without_ending = |(ending, forms): &(&str, &[&str])| {
        let stem = folded.strip_suffix(ending)?;
        forms.iter().map(|form| format!("{stem}{form}")).find(known)
    };
    let without_prefix = |prefix: &&str| Some(folded.strip_prefix(*prefix)?.to_owned()).filter(known);
    ENDINGS.iter().find_map(without_ending).or_else(|| PREFIXES.iter().find_map(without_prefix))
}

/// Whether the script of the character writes words without spaces between them.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{e7f}')
}

/// Least importance of a place named by two characters.
const TWO_CHARACTERS: f32 = 0.25;

/// Where the longest name that begins a text without spaces ends, in bytes.
pub fn unspaced_name(gazetteer: &Gazetteer, text: &str) -> Option<usize> {
    let mut walker = gazetteer.walker();
    let mut best = None;
    let mut buffer = [0; 4];
    for (count, (at, c)) in text.char_indices().enumerate() {
        if !is_unspaced(c) || !walker.feed(c.encode_utf8(&mut buffer)) {
            break;
        }
        let first = walker.hits().next().filter(|_| count > 0);
        let least = if count == 1 { TWO_CHARACTERS } else { 0.0 };
        if first.is_some_and(|hit| gazetteer.importance(hit.place) >= least) {
            best = Some(at + c.len_utf8());
        }
    }
    best
}

/// Where to cut a token before the apostrophe of a Turkish ending: "Ankara'da".
pub fn suffix_cut(token: &str) -> Option<usize> {
    if !token.starts_with(char::is_uppercase) {
        return None;
    }
    let (head, tail) = token.split_once(['\'', '’'])?;
    let fits = matches!(
        tail,
        "da" | "de"
            | "ta"
            | "te"
            | "dan"
            | "den"
            | "tan"
            | "ten"
            | "nın"
            | "nin"
            | "nun"
            | "nün"
            | "ın"
            | "in"
            | "un"
            | "ün"
            | "ya"
            | "ye"
            | "yı"
            | "yi"
            | "daki"
            | "deki"
            | "taki"
            | "teki"
    );
    (fits && head.chars().count() > 2).then_some(head.len())
}

#[cfg(test)]
mod tests {
    use super::super::tagger::Reading;
    use super::*;
    use crate::article::segment::segment;
    use crate::places::tables;

    fn found(text: &str) -> Vec<&str> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let mut reading = Reading::default();
        reading.read(text, &segment(text), &tables::words(), gazetteer);
        assert!(reading.page.foreign, "{text}");
        let spots = spots(&reading.page, &reading.matches.all, gazetteer);
        spots.iter().map(|s| &text[reading.page.bytes(&s.words)]).collect()
    }

    #[test]
    fn inflected_names_are_found() {
        let text = "Вчера колонна автобусов прибыла из Москвы в Самару, где её встретили родные и врачи, \
                    а потом поехала дальше, до самой границы.";
        assert_eq!(found(text), ["Москвы", "Самару"]);
    }

    #[test]
    fn names_without_spaces_are_found() {
        let text = "昨天晚上，一列火车从上海开往北京。当地居民说，他们整夜没有睡觉，许多人离开了家。\
                    医生说，伤者已经送到医院。警方说，道路今天仍然关闭。学校停课。商店关门。孩子们在家。";
        let found = found(text);
        assert!(found.contains(&"上海") && found.contains(&"北京"), "{found:?}");
    }

    #[test]
    fn turkish_endings_are_cut_off() {
        assert_eq!(suffix_cut("Ankara'da"), Some(6));
        assert_eq!(suffix_cut("O'Brien"), None);
        assert_eq!(suffix_cut("N'Djamena"), None);
    }

    #[test]
    fn english_is_not_foreign() {
        let text =
            "The column of buses left the city at noon and reached the border in the evening, he said.";
        let mut page = Page::default();
        page.read(text, &segment(text), &tables::words(), Gazetteer::bundled().unwrap());
        assert!(!is_foreign(&page));
    }
}
