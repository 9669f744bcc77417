//! How the lemmas of known words are made.

use std::collections::{BTreeMap, HashMap};

use dateline::events::grammar::vocabulary::irregular_verbs;
use dateline::events::syntax::features::lower;
use dateline::events::syntax::lemma::{is_own_lemma, kind, regular};
use dateline::events::syntax::model::Edit;
use dateline::events::syntax::tag::{CLASSES, Form, Tag};

use super::treebank::Sentence;
use super::vocabulary::Vocabulary;

/// All edits, and those of each word as a verb, as a noun and otherwise.
#[derive(Debug, Clone, Default)]
pub struct Lemmas {
    /// The edits; the first changes nothing.
    pub edits: Vec<Edit>,
    seen: HashMap<(String, usize), u8>,
}

/// How often each edit, as what is taken off and what is put there, was seen.
type Counts = BTreeMap<(u8, Box<str>), usize>;

fn lowered(word: &str) -> String {
    let mut out = String::new();
    lower(word, &mut out);
    out
}

/// What is taken off `lower` and put there to make `lemma`.
fn difference(lower: &str, lemma: &str) -> Edit {
    let common = lower.char_indices().zip(lemma.chars()).take_while(|((_, a), b)| a == b).last();
    let at = common.map_or(0, |((at, c), _)| at + c.len_utf8());
    Edit { strip: (lower.len() - at).min(255) as u8, put: lemma[at..].into() }
}

impl Lemmas {
    /// From the treebanks: for each word the commonest edit.
    pub fn of(sentences: &[Sentence], vocabulary: &Vocabulary) -> Self {
        let mut counts: HashMap<(String, usize), Counts> = HashMap::new();
        for sentence in sentences {
            for ((word, lemma), &class) in sentence.words.iter().zip(&sentence.lemmas).zip(&sentence.classes)
            {
                let tag = CLASSES[class].0;
                if is_own_lemma(tag) || lemma == "_" {
                    continue;
                }
                let word = lowered(word);
                let edit = difference(&word, &lowered(lemma));
                let counts = counts.entry((word, kind(tag))).or_default();
                *counts.entry((edit.strip, edit.put)).or_default() += 1;
            }
        }
        let mut out = Self { edits: vec![Edit::default()], ..Self::default() };
        let mut keys: Vec<_> = counts.into_iter().collect();
        keys.sort_by(|a, b| a.0.cmp(&b.0));
        for (key, edits) in keys {
            let total: usize = edits.values().sum();
            let Some((edit, count)) = edits.into_iter().max_by_key(|(_, count)| *count) else { continue };
            if vocabulary.forms.contains_key(&key.0) && count * 2 > total {
                let place = out.place(Edit { strip: edit.0, put: edit.1 });
                out.seen.insert(key, place);
            }
        }
        out.add_irregular();
        out
    }

    /// The irregular verbs that the treebanks happen not to have.
    fn add_irregular(&mut self) {
        for [base, past, participle] in irregular_verbs() {
            for form in [past, participle] {
                let place = self.place(difference(form, base));
                self.seen.entry((form.to_owned(), 0)).or_insert(place);
            }
        }
    }

    fn place(&mut self, edit: Edit) -> u8 {
        let at = self.edits.iter().position(|e| *e == edit).unwrap_or_else(|| {
            if self.edits.len() < 256 {
                self.edits.push(edit);
                self.edits.len() - 1
            } else {
                0
            }
        });
        at as u8
    }

    /// The three edits of a word in lower case.
    pub fn edits_of(&mut self, lower: &str, known: impl Fn(&str) -> bool) -> [u8; 3] {
        [(Tag::Verb, Form::Other), (Tag::Noun, Form::Plural), (Tag::Adj, Form::Other)].map(|(tag, form)| {
            let key = (lower.to_owned(), kind(tag));
            if let Some(&edit) = self.seen.get(&key) {
                return edit;
            }
            let (strip, put) = regular(lower, tag, form, &known);
            self.place(Edit { strip: strip as u8, put: put.into() })
        })
    }
}
