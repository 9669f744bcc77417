//! The words the grammar knows, with their lemmas and classes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tag::Kinds;
use super::words::{CLOSED, DOUBLING, IRREGULAR, NOUN_TOO, NOUNS, VERBS};

/// A word without its endings: "seize" for "seized"; the noun and the verb "attack" share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Lemma(pub u16);

impl Lemma {
    /// Of an unknown word.
    pub const NONE: Self = Self(0);
}

/// A set of word classes of the lexicon, one bit each.
pub type Classes = u128;

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry {
    /// Its lemma.
    pub lemma: Lemma,
    /// What it may be.
    pub kinds: Kinds,
    /// The classes of the lexicon it belongs to.
    pub classes: Classes,
}

/// All known words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: FxHashMap<Key, Entry>,
    lemmas: FxHashMap<Box<str>, Lemma>,
}

/// Longest word looked up, in bytes.
const MAX_WORD: usize = 24;

/// The bytes of a word, zeros behind them: compared and hashed as three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key(u64, u64, u64);

impl Key {
    /// The key of a word; that of the empty word for one that is too long.
    fn of(word: &str) -> Self {
        let mut bytes = [0; MAX_WORD];
        if let Some(start) = bytes.get_mut(..word.len()) {
            start.copy_from_slice(word.as_bytes());
        }
        Self::of_bytes(&bytes)
    }

    fn of_bytes(bytes: &[u8; MAX_WORD]) -> Self {
        let (numbers, _) = bytes.as_chunks::<8>();
        let number = |at: usize| numbers.get(at).map_or(0, |n| u64::from_le_bytes(*n));
        Self(number(0), number(1), number(2))
    }
}

impl Vocabulary {
    /// The words of grammar and the common verbs.
    pub fn base() -> Self {
        let mut out = Self::default();
        for word in VERBS.split_whitespace() {
            out.add_verb(word);
        }
        for forms in IRREGULAR.split('|') {
            if let Some(base) = forms.split_whitespace().next() {
                out.add_verb(base);
            }
        }
        NOUN_TOO.split_whitespace().for_each(|word| out.add_verb(word));
        NOUN_TOO.split_whitespace().for_each(|word| out.add_noun(word));
        NOUNS.split_whitespace().for_each(|word| out.add_noun(word));
        for &(kinds, list) in CLOSED {
            list.split_whitespace().for_each(|word| out.add(word, word, kinds));
        }
        for (form, base) in [
            ("is", "be"),
            ("are", "be"),
            ("was", "be"),
            ("were", "be"),
            ("been", "be"),
            ("being", "be"),
            ("has", "have"),
            ("had", "have"),
            ("does", "do"),
            ("did", "do"),
        ] {
            out.relemma(form, base);
        }
        out
    }

    /// The lemma of `name`, new if need be.
    pub fn lemma(&mut self, name: &str) -> Lemma {
        if let Some(&known) = self.lemmas.get(name) {
            return known;
        }
        let new = Lemma(u16::try_from(self.lemmas.len() + 1).unwrap_or(u16::MAX));
        self.lemmas.insert(name.into(), new);
        new
    }

    fn relemma(&mut self, form: &str, base: &str) {
        let lemma = self.lemma(base);
        if let Some(entry) = self.words.get_mut(&Key::of(form)) {
            entry.lemma = lemma;
        }
    }

    /// Adds a form; a form keeps the lemma it was first added with, but an adjective gives way to a verb.
    pub fn add(&mut self, form: &str, lemma: &str, kinds: Kinds) {
        let lemma = self.lemma(lemma);
        let entry = self.words.entry(Key::of(form)).or_insert(Entry { lemma, ..Entry::default() });
        if kinds.any(Kinds::VERB) && entry.kinds.only(Kinds::ADJ) {
            entry.lemma = lemma;
        }
        entry.kinds = entry.kinds.or(kinds);
    }

    /// Puts a word into classes; one that is not known yet is taken for a noun.
    pub fn classify(&mut self, word: &str, classes: Classes) {
        let open = Kinds::VERB.or(Kinds::ADJ).or(Kinds::NOUN);
        if self
            .words
            .get(&Key::of(word))
            .is_none_or(|e| e.kinds.only(open) && !e.kinds.any(Kinds::PAST.or(Kinds::PART)))
        {
            self.add(word, word, Kinds::NOUN);
        }
        if let Some(entry) = self.words.get_mut(&Key::of(word)) {
            entry.classes |= classes;
        }
    }

    /// Puts a noun and its plural into classes; a plural that is known as a verb alone stays one.
    pub fn classify_noun(&mut self, noun: &str, classes: Classes) {
        self.classify(noun, classes);
        if noun.ends_with('s') || noun.len() < 3 {
            return;
        }
        let plural = plural(noun);
        if self.words.get(&Key::of(&plural)).is_none_or(|e| e.kinds.any(Kinds::NOUN)) {
            self.classify(&plural, classes);
        }
    }

    /// Adds a noun and its plural.
    pub fn add_noun(&mut self, noun: &str) {
        self.add(noun, noun, Kinds::NOUN);
        if self.words.get(&Key::of(noun)).is_some_and(|e| e.kinds.any(Kinds::THIRD)) {
            return;
        }
        self.add(&plural(noun), noun, Kinds::NOUN);
    }

    /// Adds a verb with all its forms.
    pub fn add_verb(&mut self, base: &str) {
        let (past, part) = match irregular(base) {
            Some((past, part)) => (vec![past.to_string()], vec![part.to_string()]),
            None => (with_ending(base, "ed"), with_ending(base, "ed")),
        };
        self.add(base, base, Kinds::BASE);
        self.add(&plural(base), base, Kinds::THIRD);
        past.iter().for_each(|form| self.add(form, base, Kinds::PAST));
        part.iter().for_each(|form| self.add(form, base, Kinds::PART));
        with_ending(base, "ing").iter().for_each(|form| self.add(form, base, Kinds::ING));
    }

    /// What is known of a word as written, any case; a guess from its ending otherwise.
    pub fn look_up(&self, word: &str) -> Entry {
        let mut buffer = [0u8; MAX_WORD];
        let Some(len) = lower_into(word, &mut buffer) else { return Entry::default() };
        let found = self.words.get(&Key::of_bytes(&buffer));
        let lower = buffer.get(..len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("");
        match found {
            Some(&entry) => entry,
            None => Entry { kinds: guess(lower), ..Entry::default() },
        }
    }

    /// The lemma of a word of a pattern; [`Lemma::NONE`] if unknown.
    pub fn lemma_of(&self, word: &str) -> Lemma {
        self.words.get(&Key::of(word)).map_or(Lemma::NONE, |e| e.lemma)
    }
}

/// Writes the word in small letters, typographic apostrophes made plain, and tells its length;
/// `None` where it is too long or has letters outside ASCII.
fn lower_into(word: &str, buffer: &mut [u8; MAX_WORD]) -> Option<usize> {
    if word.is_ascii() {
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return Some(word.len());
    }
    let mut len = 0;
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c };
        if !c.is_ascii() {
            return None;
        }
        *buffer.get_mut(len)? = (c as u8).to_ascii_lowercase();
        len += 1;
    }
    Some(len)
}

/// What an unknown word may be, by its ending.
fn guess(word: &str) -> Kinds {
    if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return Kinds::NUM;
    }
    if word.len() > 4 && word.ends_with("ly") {
        return Kinds::ADV;
    }
    if word.len() > 5 && word.ends_with("ing") {
        return Kinds::ING.or(Kinds::ADJ);
    }
    if word.len() > 4 && word.ends_with("ed") {
        return Kinds::PAST.or(Kinds::PART).or(Kinds::ADJ);
    }
    let adjective = ["ous", "ful", "less", "ible", "able", "ical", "ian", "ese", "ish", "ive", "ic", "al"];
    if word.len() > 5 && adjective.iter().any(|end| word.ends_with(end)) {
        return Kinds::ADJ.or(Kinds::NOUN);
    }
    Kinds::default()
}

/// The irregular verbs: base, past, participle.
pub fn irregular_verbs() -> impl Iterator<Item = [&'static str; 3]> {
    IRREGULAR.split('|').filter_map(|line| {
        let mut words = line.split_whitespace();
        Some([words.next()?, words.next()?, words.next()?])
    })
}

fn irregular(base: &str) -> Option<(&'static str, &'static str)> {
    static TABLE: LazyLock<FxHashMap<&str, (&str, &str)>> = LazyLock::new(|| {
        irregular_verbs().map(|[base, past, participle]| (base, (past, participle))).collect()
    });
    TABLE.get(base).copied()
}

fn plural(word: &str) -> String {
    let bytes = word.as_bytes();
    let before_last = bytes.len().checked_sub(2).and_then(|i| bytes.get(i)).copied().unwrap_or(b'a');
    match bytes.last() {
        Some(b'y') if !b"aeiou".contains(&before_last) => {
            format!("{}ies", word.strip_suffix('y').unwrap_or(word))
        }
        Some(b's' | b'x' | b'z') => format!("{word}es"),
        Some(b'h') if matches!(before_last, b'c' | b's') => format!("{word}es"),
        Some(b'o') if matches!(word, "go" | "veto" | "do" | "echo" | "embargo") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// The verb with "ed" or "ing"; both spellings where the last consonant may be doubled.
fn with_ending(base: &str, ending: &str) -> Vec<String> {
    let bytes = base.as_bytes();
    let at = |back: usize| bytes.len().checked_sub(back).and_then(|i| bytes.get(i)).copied().unwrap_or(0);
    let vowel = |b: u8| b"aeiou".contains(&b);
    match at(1) {
        b'e' if base.ends_with("ie") && ending == "ing" => {
            vec![format!("{}ying", base.strip_suffix("ie").unwrap_or(base))]
        }
        b'e' if ending == "ed" || !matches!(at(2), b'e' | b'o' | b'y') => {
            vec![format!("{}{ending}", base.strip_suffix('e').unwrap_or(base))]
        }
        b'y' if ending == "ed" && !vowel(at(2)) => {
            vec![format!("{}ied", base.strip_suffix('y').unwrap_or(base))]
        }
        last if doubles(base, last, at(2), at(3)) => {
            vec![format!("{base}{}{ending}", last as char), format!("{base}{ending}")]
        }
        _ => vec![format!("{base}{ending}")],
    }
}

fn doubles(base: &str, last: u8, second: u8, third: u8) -> bool {
    let vowel = |b: u8| b"aeiou".contains(&b);
    // The "u" of "acquit" is no vowel of its own.
    let qu = base.len() >= 4 && base.get(base.len() - 4..).is_some_and(|end| end.starts_with("qu"));
    let single = vowel(second) && (!vowel(third) || qu);
    let closed = !vowel(last) && !matches!(last, b'w' | b'x' | b'y') && single;
    let syllables = base.bytes().filter(|&b| vowel(b)).count();
    closed && syllables == 1 || DOUBLING.split_whitespace().any(|word| word == base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let v = Vocabulary::base();
        for (form, base) in [
            ("reached", "reach"),
            ("fled", "flee"),
            ("stopped", "stop"),
            ("tried", "try"),
            ("dying", "die"),
            ("withdrew", "withdraw"),
            ("Committed", "commit"),
            ("goes", "go"),
            ("is", "be"),
        ] {
            let entry = v.look_up(form);
            assert_ne!(entry.lemma, Lemma::NONE, "{form}");
            assert_eq!(entry.lemma, v.lemma_of(base), "{form}");
        }
    }

    #[test]
    fn unknown_words_are_guessed_by_their_ending() {
        let v = Vocabulary::base();
        assert!(v.look_up("bravely").kinds.any(Kinds::ADV));
        assert!(v.look_up("5,000").kinds.any(Kinds::NUM));
        assert!(v.look_up("Xanadu").kinds.is_empty());
    }

    #[test]
    fn contractions_with_typographic_apostrophes_are_known() {
        assert!(Vocabulary::base().look_up("didn’t").kinds.any(Kinds::NEG));
    }
}
