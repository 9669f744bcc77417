//! Reads the table of triggers.

use super::pattern::{Condition, Part, Pattern};
use super::{Lexicon, Natures, Sets, TIME_CLASS};
use crate::events::EventType;
use crate::events::grammar::parse::time_nouns;
use crate::events::grammar::{Classes, Kinds, Vocabulary};

/// Reads the table; lines that make no sense are noted and left out.
pub(super) fn read(table: &'static str) -> Lexicon {
    let mut out = Lexicon { vocabulary: Vocabulary::base(), ..Lexicon::default() };
    let lines = || table.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    for (_, line) in lines().filter(|(_, l)| !l.starts_with("CLASS\t")) {
        learn_words(&mut out.vocabulary, line);
    }
    for (number, line) in lines().filter(|(_, l)| l.starts_with("CLASS\t")) {
        if read_class(&mut out, line).is_none() {
            out.faults.push(number + 1);
        }
    }
    for noun in time_nouns() {
        out.vocabulary.add_noun(noun);
        out.vocabulary.classify(noun, TIME_CLASS);
        out.vocabulary.classify(&format!("{noun}s"), TIME_CLASS);
    }
    for (number, line) in lines().filter(|(_, l)| !l.starts_with("CLASS\t")) {
        if read_triggers(&mut out, line).is_none() {
            out.faults.push(number + 1);
        }
    }
    out.sets = Sets::read(&out);
    out.natures = Natures::of(&out);
    out
}

/// The triggers of a line, its alternatives kept: ("V", ["seize/take", "control/power"]).
fn triggers(line: &'static str) -> impl Iterator<Item = (bool, Vec<&'static str>)> {
    let mut columns = line.split('\t').skip(2);
    let verb = columns.next() == Some("V");
    let all = columns.next().unwrap_or("");
    all.split('|').map(move |t| (verb, t.split_whitespace().collect()))
}

/// Adds the main words of a line's triggers, with all their forms.
fn learn_words(vocabulary: &mut Vocabulary, line: &'static str) {
    for (verb, words) in triggers(line) {
        let main = if verb { words.first() } else { words.last() };
        for word in main.iter().flat_map(|w| w.split('/')) {
            if verb {
                vocabulary.add_verb(word);
            } else {
                vocabulary.add_noun(word);
            }
        }
        for word in words.iter().flat_map(|w| w.split('/')) {
            if vocabulary.lemma_of(word).0 == 0 {
                vocabulary.add_noun(word);
            }
        }
    }
}

fn read_class(out: &mut Lexicon, line: &'static str) -> Option<()> {
    let mut columns = line.split('\t').skip(1);
    let name = columns.next()?;
    let words = columns.nth(1)?;
    let next = out.class_bits.len() as u32;
    if next >= 127 {
        return None;
    }
    let bit = *out.class_bits.entry(name).or_insert(1 << next);
    for word in words.split_whitespace() {
        out.vocabulary.classify_noun(word, bit);
    }
    Some(())
}

fn read_triggers(out: &mut Lexicon, line: &'static str) -> Option<()> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let event = EventType::ALL.into_iter().find(|k| k.name() == columns[0])?;
    let mode = *columns.get(1)?;
    let tail = columns.get(4).copied().unwrap_or("");
    let conditions: Option<Vec<Condition>> =
        tail.split_whitespace().filter(|w| *w != "fin").map(|w| condition(out, w)).collect();
    let conditions = conditions?;
    let needs_verb = tail.split_whitespace().any(|w| w == "fin");
    for (verb, words) in triggers(line) {
        let (main, rest) = if verb { words.split_first()? } else { words.split_last()? };
        let parts = rest.iter().map(|w| part(&out.vocabulary, w)).collect();
        let index = out.patterns.len() as u32;
        out.patterns.push(Pattern { event, mode, parts, conditions: conditions.clone(), needs_verb });
        for word in main.split('/') {
            let lemma = out.vocabulary.lemma_of(word);
            let table = if verb { &mut out.verbs } else { &mut out.nouns };
            let list = table.entry(lemma).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
    }
    Some(())
}

fn part(vocabulary: &Vocabulary, word: &str) -> Part {
    let particle = word.split('/').all(|w| {
        let kinds = vocabulary.look_up(w).kinds;
        kinds.any(Kinds::PREP.or(Kinds::TO)) || matches!(w, "together" | "home" | "that")
    });
    Part { any_of: word.split('/').map(|w| vocabulary.lemma_of(w)).collect(), particle }
}

fn condition(out: &Lexicon, text: &str) -> Option<Condition> {
    if let Some(class) = text.strip_prefix('!') {
        return mask(out, class).map(Condition::NoWord);
    }
    match text {
        "o=none" => return Some(Condition::NoObject),
        "o=any" | "o!=none" => return Some(Condition::AnyObject),
        "passive" => return Some(Condition::Passive),
        _ => {}
    }
    let (key, value) = text.split_once('=')?;
    match key {
        "s" => mask(out, value).map(Condition::Subject),
        "s!" => mask(out, value).map(Condition::NotSubject),
        "o" => mask(out, value).map(Condition::Object),
        "o!" => mask(out, value).map(Condition::NotObject),
        "w" => mask(out, value).map(Condition::Word),
        "m" => mask(out, value).map(Condition::Modifier),
        "b" => mask(out, value).map(Condition::Behind),
        "p" => Some(Condition::Preposition(value.split(',').map(|w| out.vocabulary.lemma_of(w)).collect())),
        _ => None,
    }
}

fn mask(out: &Lexicon, names: &str) -> Option<Classes> {
    names.split(',').try_fold(0, |all, name| match out.class(name) {
        0 if name == "any" => Some(Classes::MAX),
        0 => None,
        bit => Some(all | bit),
    })
}
