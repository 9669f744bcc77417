//! The honest figures: `cross-validate` geoparses each document with the models that were
//! trained without it, `shipped` with those of the program.

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::places::evaluate::{self, Convention, Figures};
use dateline::places::{Gazetteer, Geoparser, Hints};

use crate::examples::FOLDS;
use crate::train_ranker::geoparser;
use crate::train_tagger::folder;

/// The corpora and what each annotates.
const CORPORA: &[(&str, Convention)] = &[
    ("TR-News", Convention { demonyms: true, organisation_parts: false }),
    ("TR-News", Convention { demonyms: true, organisation_parts: true }),
    ("GeoWebNews", Convention { demonyms: true, organisation_parts: true }),
    ("GeoVirus-a", Convention { demonyms: false, organisation_parts: false }),
    ("TUD-trainval", Convention { demonyms: false, organisation_parts: false }),
];

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
    for (corpus, convention) in CORPORA {
        let path = folder()?.join(format!("dev/{corpus}.jsonl"));
        let documents = evaluate::read(&path).map_err(|e| e.to_string())?;
        let mut figures = Figures::default();
        for (at, document) in documents.iter().enumerate() {
            let article = Article::from_text(document.text.clone(), Origin::Record);
            let parser = &parsers[at % parsers.len()];
            let mentions = parser.geoparse(&article, &segment(&article.text), &Hints::default());
            figures.add(
                &document.toponyms,
                &evaluate::answers(&article.text, &mentions, gazetteer, *convention),
            );
            if std::env::var("DATELINE_ERRORS").is_ok_and(|wanted| wanted == *corpus) {
                errors(gazetteer, document, &mentions, *convention);
            }
        }
        println!("{corpus:12} {}", figures.line());
    }
    Ok(())
}

/// Prints what went wrong in a document, a line each.
fn errors(
    gazetteer: &Gazetteer,
    document: &evaluate::Document,
    mentions: &[dateline::places::Mention],
    convention: Convention,
) {
    let answers = evaluate::answers(&document.text, mentions, gazetteer, convention);
    let pairs = evaluate::pairs(&document.toponyms, &answers);
    let chars: Vec<char> = document.text.chars().collect();
    let around = |start: usize, end: usize| -> String {
        let piece =
            |a: usize, b: usize| chars[a.min(chars.len())..b.min(chars.len())].iter().collect::<String>();
        format!("{}[{}]{}", piece(start.saturating_sub(40), start), piece(start, end), piece(end, end + 40))
            .replace('\n', "|")
    };
    for (g, gold) in document.toponyms.iter().enumerate() {
        match pairs.iter().find(|p| p.0 == g).map(|p| &answers[p.1]) {
            None => println!("MISSED\t{}", around(gold.start, gold.end)),
            Some(answer) => {
                if (answer.span.start, answer.span.end) != (gold.start, gold.end) {
                    let found = around(answer.span.start, answer.span.end);
                    println!("EDGE\t{}\tgold {}", found, around(gold.start, gold.end));
                }
                match (gold.at(), answer.at) {
                    (Some(_), None) => println!("NOPLACE\t{}", around(gold.start, gold.end)),
                    (Some(wanted), Some(found)) if wanted.distance_km(found) > evaluate::NEAR_KM => println!(
                        "FAR\t{:.0} km\t{}\tgold {:.2},{:.2} found {:.2},{:.2} {:.2}",
                        wanted.distance_km(found),
                        around(gold.start, gold.end),
                        wanted.lat,
                        wanted.lon,
                        found.lat,
                        found.lon,
                        answer.score
                    ),
                    _ => {}
                }
            }
        }
    }
    for (a, answer) in answers.iter().enumerate() {
        if !pairs.iter().any(|p| p.1 == a) {
            println!("SPURIOUS\t{}", around(answer.span.start, answer.span.end));
        }
    }
}
