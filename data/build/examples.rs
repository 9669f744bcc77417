//! Training examples of the tagger: islands of words with their features and permitted labels.

use std::ops::Range;

use dateline::places::Gazetteer;
use dateline::places::recognise::features::TEMPLATES;
use dateline::places::recognise::hash::word_hash;
use dateline::places::recognise::labels::{Allowed, Class, Label};
use dateline::places::recognise::page::{Case, Page, Word};
use dateline::places::recognise::tagger::Reading;
use dateline::places::recognise::words::{Classes, Words};

use crate::corpora::{Document, Marks};

/// An island of words of one document.
#[derive(Debug)]
pub struct Island {
    /// The features of each word.
    pub features: Vec<[u32; TEMPLATES]>,
    /// The labels each word may have according to the annotation.
    pub allowed: Vec<Allowed>,
    /// How much it counts.
    pub weight: f32,
    /// The fold of its document in cross-validation; `None` where it is always trained on.
    pub fold: Option<usize>,
}

/// Folds of the cross-validation.
pub const FOLDS: usize = 5;

/// Appends the islands of one document.
pub fn of_document(
    document: &Document,
    fold: Option<usize>,
    weight: f32,
    words: &Words,
    gazetteer: &Gazetteer,
    out: &mut Vec<Island>,
) {
    let mut reading = Reading::default();
    reading.read(&document.text, &document.segmentation, words, gazetteer);
    let allowed = allowed(document, &reading);
    let mut runs = Vec::new();
    for island in &reading.page.islands {
        let mut features = Vec::with_capacity(island.len());
        reading.describe(&document.text, island, &mut runs, |f| features.push(*f));
        let mut labels = allowed[island.clone()].to_vec();
        begin_anew(&mut labels);
        out.push(Island { features, allowed: labels, weight, fold });
    }
}

/// The labels of each word that the annotation permits.
fn allowed(document: &Document, reading: &Reading) -> Vec<Allowed> {
    let page = &reading.page;
    let no_place = Allowed::ALL.but(Class::Location).but(Class::Embedded);
    let background = if document.marks == Marks::Places { no_place } else { Allowed::only(Label::OUTSIDE) };
    let mut labels = vec![background; page.words.len()];
    for (bytes, kind) in &document.names {
        let words = words_in(page, bytes);
        let of = |at: usize, class: Class| {
            Allowed::only(if at == 0 { Label::first(class) } else { Label::further(class) })
        };
        let Some(class) = class_of(kind, &page.words[words.clone()]) else { continue };
        for (at, label) in labels[words.clone()].iter_mut().enumerate() {
            *label = of(at, class);
        }
        match (document.marks, class) {
            // Whether a place beside other capitalised words is part of a longer name is left open.
            (Marks::Places, Class::Location) if in_longer_run(page, &words) => {
                for (at, label) in labels[words].iter_mut().enumerate() {
                    *label = label.or(of(at, Class::Embedded));
                }
            }
            // And so it is where places inside of organisations are not marked.
            (Marks::Names, Class::Organisation) => {
                for found in reading.matches.within(&words).filter(|m| m.words != words) {
                    for (at, label) in labels[found.words.clone()].iter_mut().enumerate() {
                        *label = label.or(of(at, Class::Embedded));
                    }
                }
            }
            // A street or a road is a place for some and none for others.
            (_, Class::Location) if kind == "Road" => {
                for (at, label) in labels[words].iter_mut().enumerate() {
                    *label = label.or(of(at, Class::Other));
                }
            }
            _ => {}
        }
    }
    labels
}

/// Whether other capitalised words stand beside these in the sentence.
fn in_longer_run(page: &Page, words: &Range<usize>) -> bool {
    let sentence = page.words.get(words.start).map(|w| w.sentence);
    let capital = |at: Option<usize>| {
        at.and_then(|at| page.words.get(at)).is_some_and(|w| {
            Some(w.sentence) == sentence && matches!(w.case, Case::Title | Case::Upper | Case::Mixed)
        })
    };
    let of = |at: usize| page.words.get(at).is_some_and(|w| w.hash == word_hash("of"));
    let behind_of = words.start.checked_sub(2).is_some_and(|at| of(at + 1) && capital(Some(at)));
    capital(words.start.checked_sub(1)) || capital(Some(words.end)) || behind_of
}

/// The class to train a name of this label as; `None` to leave it as if unmarked. Demonyms are
/// found by their list.
fn class_of(kind: &str, words: &[Word]) -> Option<Class> {
    let demonym = words.len() == 1 && words.iter().all(|w| w.classes.has(Classes::DEMONYM));
    match kind {
        "ORG" => Some(Class::Organisation),
        "PER" => Some(Class::Person),
        "Homonym" | "Language" | "Demonym" => None,
        _ if demonym => None,
        "Embedded" | "Embedded_Non_Lit" | "Embedded_Literal" => Some(Class::Embedded),
        "OTHER" => Some(Class::Other),
        _ => Some(Class::Location),
    }
}

fn words_in(page: &Page, bytes: &Range<usize>) -> Range<usize> {
    let start = page.words.partition_point(|w| w.end as usize <= bytes.start);
    let end = page.words.partition_point(|w| (w.start as usize) < bytes.end);
    start..end.max(start)
}

/// A further word of a name behind a word that may not belong to it may begin the name: the word
/// before fell off the island, or is a place inside of it.
fn begin_anew(labels: &mut [Allowed]) {
    let mut before = Allowed::only(Label::OUTSIDE);
    for label in labels {
        for class in Class::ALL {
            let (first, further) = (Allowed::only(Label::first(class)), Allowed::only(Label::further(class)));
            if label.has(usize::from(Label::further(class).0)) && before.but(class) == before {
                *label = Allowed(label.0 & !further.0).or(first);
            } else if label.has(usize::from(Label::further(class).0)) && before.but(class).0 != 0 {
                *label = label.or(first);
            }
        }
        before = *label;
    }
}
