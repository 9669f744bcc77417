//! The honest figures: `cross-validate` geoparses each document with the models that were
//! trained without it, `shipped` with those of the program.

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::places::evaluate::errors::errors;
use dateline::places::evaluate::{self, CORPORA, Figures};
use dateline::places::{Gazetteer, Geoparser, Hints};

use crate::examples::FOLDS;
use crate::train_ranker::geoparser;
use crate::train_tagger::folder;

/// The figures in cross-validation.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let parsers = (0..FOLDS).map(|f| geoparser(gazetteer, Some(f), true)).collect::<Result<Vec<_>, _>>()?;
    print(gazetteer, &parsers)
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
        let mut figures = Figures::default();
        for (at, document) in documents.iter().enumerate() {
            let article = Article::from_text(document.text.clone(), Origin::Record);
            let parser = &parsers[at % parsers.len()];
            let mentions = parser.geoparse(&article, &segment(&article.text), &Hints::default());
            let answers = evaluate::answers(&article.text, &mentions, gazetteer, corpus.convention);
            figures.add(&document.toponyms, &answers);
            if std::env::var("DATELINE_ERRORS").is_ok_and(|wanted| wanted == corpus.name) {
                errors(document, &answers).iter().for_each(|e| println!("{}\t{}", e.kind.name(), e.passage));
            }
        }
        println!("{:12} {}", corpus.name, figures.line());
    }
    Ok(())
}
