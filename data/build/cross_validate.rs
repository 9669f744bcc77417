//! The honest figures: `cross-validate` geoparses each document with the models that were
//! trained without it, `shipped` with those of the program.

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::places::evaluate::annotated::Annotated;
use dateline::places::evaluate::errors::errors;
use dateline::places::evaluate::{self, Answer, CORPORA, Convention, Document, Figures, Gold};
use dateline::places::recognise::network::Network;
use dateline::places::{Gazetteer, Geoparser, Hints};

use crate::corpora::{LANGUAGES, SETS, annotated};
use crate::examples::FOLDS;
use crate::train_ranker::geoparser;
use crate::train_tagger::folder;

/// The figures in cross-validation.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let parsers = (0..FOLDS).map(|f| geoparser(gazetteer, Some(f), true)).collect::<Result<Vec<_>, _>>()?;
    print(gazetteer, &parsers)
}

/// The figures in cross-validation with the careful mode's network; those of the folds stand in
/// `target/models`, written by `data/build/network/train.py`.
pub fn accurate() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let parser = |fold| Ok::<_, String>(geoparser(gazetteer, Some(fold), true)?.with_network(network(fold)?));
    print(gazetteer, &(0..FOLDS).map(parser).collect::<Result<Vec<_>, _>>()?)
}

/// The network of a fold, kept for the rest of the run.
fn network(fold: usize) -> Result<&'static Network, String> {
    let path = format!("target/models/recogniser-{fold}.onnx");
    let bytes = std::fs::read(&path).map_err(|e| format!("{path}: {e}"))?;
    Ok(Box::leak(Box::new(Network::new(bytes).map_err(|e| format!("{path}: {e}"))?)))
}

/// The figures of the shipped models.
pub fn shipped() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    print(gazetteer, &[geoparser(gazetteer, None, true)?])
}

fn print(gazetteer: &Gazetteer, parsers: &[Geoparser]) -> Result<(), String> {
    for corpus in CORPORA {
        let path = folder()?.join(format!("dev/{}.jsonl", corpus.name));
        let documents = evaluate::read(&path).map_err(|e| e.to_string())?;
        print_corpus(gazetteer, parsers, corpus.name, corpus.convention, &documents);
    }
    for set in SETS {
        print_own(gazetteer, parsers, set, &annotated(set, true)?);
    }
    let languages = [annotated(LANGUAGES, false)?, annotated(LANGUAGES, true)?].concat();
    for article in &languages {
        print_own(
            gazetteer,
            parsers,
            article.value("language").unwrap_or("?"),
            std::slice::from_ref(article),
        );
    }
    Ok(())
}

/// The figures of articles of our own.
fn print_own(gazetteer: &Gazetteer, parsers: &[Geoparser], name: &str, articles: &[Annotated]) {
    let documents: Vec<Document> = articles.iter().map(Annotated::document).collect();
    print_corpus(gazetteer, parsers, name, Convention::ALL, &documents);
}

/// Our own articles count streets and roads and places inside the names of places neither way: an
/// answer that is one of them is left out, and so is what was to be found.
fn leave_out(document: &mut Document, answers: &mut Vec<Answer>) {
    let neutral = |gold: &Gold| matches!(gold.kind.as_deref(), Some("road" | "nested"));
    let exact = |gold: &Gold, answer: &Answer| gold.span() == answer.span;
    let meets = |gold: &Gold, answer: &Answer| gold.start < answer.span.end && answer.span.start < gold.end;
    answers.retain(|answer| {
        document.toponyms.iter().any(|gold| !neutral(gold) && exact(gold, answer))
            || !document.toponyms.iter().any(|gold| neutral(gold) && meets(gold, answer))
    });
    document.toponyms.retain(|gold| !neutral(gold));
}

fn print_corpus(
    gazetteer: &Gazetteer,
    parsers: &[Geoparser],
    name: &str,
    convention: Convention,
    documents: &[Document],
) {
    let mut figures = Figures::default();
    for (at, document) in documents.iter().enumerate() {
        let article = Article::from_text(document.text.clone(), Origin::Record);
        let parser = &parsers[at % parsers.len()];
        let mentions = parser.geoparse(&article, &segment(&article.text), &Hints::default());
        let mut answers = evaluate::answers(&article.text, &mentions, gazetteer, convention);
        let mut document = document.clone();
        leave_out(&mut document, &mut answers);
        figures.add(&document.toponyms, &answers);
        if std::env::var("DATELINE_ERRORS").is_ok_and(|wanted| wanted == name) {
            errors(&document, &answers).iter().for_each(|e| println!("{}\t{}", e.kind.name(), e.passage));
        }
    }
    println!("{:12} {}", name, figures.line());
}
