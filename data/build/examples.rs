//! Training examples of the tagger: islands of words with their features and permitted labels.

use std::ops::Range;

use dateline::places::Gazetteer;
use dateline::places::recognise::features::TEMPLATES;
use dateline::places::recognise::labels::{Allowed, Class, Label};
use dateline::places::recognise::page::{Page, Word};
use dateline::places::recognise::tagger::Reading;
use dateline::places::recognise::words::{Classes, Words};

use crate::corpora::Document;

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
    let allowed = allowed(document, &reading.page);
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
fn allowed(document: &Document, page: &Page) -> Vec<Allowed> {
    let background =
        if document.places_only { Allowed::but(Class::Location) } else { Allowed::only(Label::OUTSIDE) };
    let mut labels = vec![background; page.words.len()];
    for (bytes, kind) in &document.names {
        let words = words_in(page, bytes);
        let Some(class) = class_of(kind, &page.words[words.clone()]) else { continue };
        for (at, label) in labels[words].iter_mut().enumerate() {
            *label = Allowed::only(if at == 0 { Label::first(class) } else { Label::further(class) });
        }
    }
    labels
}

/// The class to train a name of this label as; `None` to leave it as if unmarked. Demonyms are
/// found by their list, and a place inside the name of an organisation is no place of its own.
fn class_of(kind: &str, words: &[Word]) -> Option<Class> {
    let demonym = words.len() == 1 && words.iter().all(|w| w.classes.has(Classes::DEMONYM));
    match kind {
        "ORG" => Some(Class::Organisation),
        "PER" => Some(Class::Person),
        "Embedded_Non_Lit" | "Embedded_Literal" | "Homonym" | "Language" | "Demonym" => None,
        _ if demonym => None,
        "OTHER" => Some(Class::Other),
        _ => Some(Class::Location),
    }
}

fn words_in(page: &Page, bytes: &Range<usize>) -> Range<usize> {
    let start = page.words.partition_point(|w| w.end as usize <= bytes.start);
    let end = page.words.partition_point(|w| (w.start as usize) < bytes.end);
    start..end.max(start)
}

/// Names whose first word fell off the island begin with their next word.
fn begin_anew(labels: &mut [Allowed]) {
    let mut before: Option<Allowed> = None;
    for label in labels {
        for class in Class::ALL {
            let (first, further) = (Allowed::only(Label::first(class)), Allowed::only(Label::further(class)));
            if *label == further && before != Some(first) && before != Some(further) {
                *label = first;
            }
        }
        before = Some(*label);
    }
}
