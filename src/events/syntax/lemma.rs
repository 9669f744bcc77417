//! Lemmas: "seize" for "seized".
//!
//! A known word's row says how its lemma is made as a verb, as a noun and otherwise; those of
//! the treebanks are theirs, the rest were found by [`endings`] when the model was packed, which
//! also serves for words nobody knows.

use super::model::Edit;
use super::tag::{Form, Tag};

/// Which of a word's three edits a part of speech takes.
pub const fn kind(tag: Tag) -> usize {
    match tag {
        Tag::Verb | Tag::Aux => 0,
        Tag::Noun => 1,
        _ => 2,
    }
}

/// Whether a word of this kind is written as it stands.
pub const fn is_own_lemma(tag: Tag) -> bool {
    matches!(tag, Tag::Propn | Tag::Num | Tag::X | Tag::Sym)
}

/// Whether a verb in this form is its lemma but for capitals.
pub const fn is_base(tag: Tag, form: Form) -> bool {
    matches!((tag, form), (Tag::Verb, Form::Base))
}

/// Appends the lemma that an edit makes of a word in lower case.
pub fn apply(edit: &Edit, lower: &str, out: &mut String) {
    let end = lower.len().saturating_sub(usize::from(edit.strip));
    match lower.get(..end) {
        Some(stem) => {
            out.push_str(stem);
            out.push_str(&edit.put);
        }
        None => out.push_str(lower),
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The lemmas a regular ending allows, the likeliest first: bytes to take off and what to put there.
pub fn endings(lower: &str, tag: Tag) -> Vec<(usize, &'static str)> {
    let verb = kind(tag) == 0;
    let strip = |suffix: &str| {
        lower.strip_suffix(suffix).filter(|stem| stem.bytes().any(|b| is_vowel(b) || b == b'y'))
    };
    if !lower.is_ascii() || lower.len() < 4 || kind(tag) == 2 {
        return Vec::new();
    }
    if verb && lower.ends_with("eed") {
        return vec![(1, ""), (0, "")];
    }
    for (suffix, len) in [("ing", 3), ("ed", 2)] {
        if let (true, Some(stem)) = (verb, strip(suffix)) {
            return of_stem(stem, len);
        }
    }
    if strip("ies").is_some_and(|stem| stem.len() > 1) {
        return vec![(3, "y"), (1, "")];
    }
    let ends = |stem: &str, tails: &[&str]| tails.iter().any(|tail| stem.ends_with(tail));
    if let Some(stem) = strip("es").filter(|stem| ends(stem, &["s", "x", "z", "ch", "sh", "o"])) {
        let silent = ends(stem, &["s", "z"]) && !ends(stem, &["ss", "zz"]);
        return if silent { vec![(1, ""), (2, "")] } else { vec![(2, ""), (1, "")] };
    }
    let plural = lower.strip_suffix('s').filter(|stem| stem.ends_with(|c: char| c.is_ascii_alphabetic()));
    if plural.is_some_and(|stem| !ends(stem, &["s", "u", "i"])) { vec![(1, "")] } else { Vec::new() }
}

/// What a verb's stem before "ing" or "ed" may have been.
fn of_stem(stem: &str, len: usize) -> Vec<(usize, &'static str)> {
    let bytes = stem.as_bytes();
    let (Some(&last), Some(&before)) = (bytes.last(), bytes.len().checked_sub(2).and_then(|i| bytes.get(i)))
    else {
        return vec![(len, "")];
    };
    let doubled = last == before && !is_vowel(last);
    if last == b'i' && len == 2 {
        return vec![(3, "y"), (2, "e")];
    }
    if doubled && !matches!(last, b's' | b'l' | b'z' | b'f') {
        return vec![(len + 1, ""), (len, "")];
    }
    if doubled {
        return vec![(len, ""), (len + 1, "")];
    }
    let ends = |tails: &[&str]| tails.iter().any(|tail| stem.ends_with(tail));
    let short = !is_vowel(last) && is_vowel(before) && bytes.iter().filter(|&&b| is_vowel(b)).count() == 1;
    let silent = ends(&[
        "at", "iz", "is", "ag", "dg", "rg", "ng", "c", "v", "s", "z", "u", "bl", "tl", "pl", "gl", "dl",
        "ur", "ir",
    ]);
    if silent || short && bytes.len() > 2 && !matches!(last, b'w' | b'x' | b'y') {
        return vec![(len, "e"), (len, "")];
    }
    vec![(len, ""), (len, "e")]
}

/// The edit by [`endings`]: the first that makes a word that is known, or else the first.
pub fn regular(lower: &str, tag: Tag, form: Form, known: impl Fn(&str) -> bool) -> (usize, &'static str) {
    let bare = kind(tag) == 0 && matches!(form, Form::Base | Form::Present | Form::Modal);
    if bare || tag == Tag::Noun && form != Form::Plural {
        return (0, "");
    }
    let choices = endings(lower, tag);
    let makes_word = |&&(strip, put): &&(usize, &str)| {
        lower.get(..lower.len().saturating_sub(strip)).is_some_and(|stem| known(&format!("{stem}{put}")))
    };
    choices.iter().find(makes_word).or_else(|| choices.first()).copied().unwrap_or((0, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(word: &str, tag: Tag, form: Form) -> String {
        let words = [
            "seize", "stop", "kill", "hope", "carry", "die", "attack", "city", "crash", "free", "bomb",
            "fire", "bus", "house",
        ];
        let (strip, put) = regular(word, tag, form, |w| words.contains(&w));
        let mut out = String::new();
        apply(&Edit { strip: strip as u8, put: put.into() }, word, &mut out);
        out
    }

    #[test]
    fn verbs() {
        let cases = [
            ("seized", "seize"),
            ("stopping", "stop"),
            ("killed", "kill"),
            ("carried", "carry"),
            ("died", "die"),
            ("firing", "fire"),
        ];
        for (form, base) in cases {
            assert_eq!(lemma(form, Tag::Verb, Form::Past), base);
        }
        assert_eq!(lemma("crashes", Tag::Verb, Form::Third), "crash");
        assert_eq!(lemma("frees", Tag::Verb, Form::Third), "free");
        assert_eq!(lemma("exceed", Tag::Verb, Form::Base), "exceed");
        assert_eq!(lemma("freed", Tag::Verb, Form::Past), "free");
    }

    #[test]
    fn nouns() {
        assert_eq!(lemma("cities", Tag::Noun, Form::Plural), "city");
        assert_eq!(lemma("attacks", Tag::Noun, Form::Plural), "attack");
        assert_eq!(lemma("news", Tag::Noun, Form::Other), "news");
        assert_eq!(lemma("crisis", Tag::Noun, Form::Plural), "crisis");
        assert_eq!(lemma("1990s", Tag::Noun, Form::Plural), "1990s");
        assert_eq!(lemma("buses", Tag::Noun, Form::Plural), "bus");
        assert_eq!(lemma("houses", Tag::Noun, Form::Plural), "house");
    }

    #[test]
    fn unknown_words_follow_the_rules() {
        assert_eq!(lemma("glabbing", Tag::Verb, Form::Gerund), "glab");
        assert_eq!(lemma("frobnicated", Tag::Verb, Form::Past), "frobnicate");
        assert_eq!(lemma("éés", Tag::Noun, Form::Plural), "éés");
        assert_eq!(lemma("", Tag::Verb, Form::Past), "");
    }

    #[test]
    fn edits_never_cut_a_letter_in_two() {
        let mut out = String::new();
        apply(&Edit { strip: 1, put: "x".into() }, "caé", &mut out);
        assert_eq!(out, "caé");
    }
}
