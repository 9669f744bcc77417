//! The least figures that the program must reach: a table of corpora.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::corpus;
use crate::cli::console::Console;
use crate::cli::{CallError, input, output};
use crate::places::evaluate::{Convention, Figures, answers};
use crate::project::{Care, Settings};

/// A line of the table of floors: corpus, what it counts, and the least figures allowed.
#[derive(Debug, Clone, PartialEq)]
struct Floor {
    corpus: String,
    convention: Convention,
    exact_f1: f64,
    accuracy: f64,
    end_to_end_f1: f64,
}

/// One line of figures a corpus; a figure under its floor is a problem.
///
/// # Errors
/// A table or a corpus that cannot be read.
pub fn run(corpora: &Path, table: &Path, care: Care, console: &mut Console) -> Result<(), CallError> {
    let failed = |error: String| CallError::Failed(format!("{}: {error}", table.display()));
    let floors = fs::read_to_string(table)
        .map_err(|e| failed(e.to_string()))
        .and_then(|t| floors(&t).map_err(failed))?;
    let analyser = input::analyser(Settings { events: false, care, ..Settings::default() })?;
    let mut out = String::new();
    for floor in &floors {
        let documents = corpus::read(&corpora.join(format!("{}.jsonl", floor.corpus)), false)?;
        let mut figures = Figures::default();
        for (document, mentions) in documents.iter().zip(&corpus::mentions(&documents, &analyser)) {
            let answers = answers(&document.text, mentions, analyser.gazetteer(), floor.convention);
            figures.add(&document.toponyms, &answers);
        }
        let _ = writeln!(out, "{:16} {}", floor.corpus, figures.line());
        missed(floor, &figures).iter().for_each(|message| console.problem(message));
    }
    output::to_stdout(out.as_bytes())
}

/// Tab-separated: corpus, roles counted ("demonym,organisation_part" or "-"), exact F1, share
/// within 161 km, end-to-end F1. Lines that begin with "#" are remarks.
fn floors(table: &str) -> Result<Vec<Floor>, String> {
    let lines =
        table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(i, line)| floor(line).ok_or_else(|| format!("line {} is no floor", i + 1))).collect()
}

fn floor(line: &str) -> Option<Floor> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [corpus, counted, exact, accuracy, end_to_end] = columns.try_into().ok()?;
    let counts = |role: &str| counted.split(',').any(|c| c.trim() == role);
    Some(Floor {
        corpus: corpus.to_owned(),
        convention: Convention {
            demonyms: counts("demonym"),
            organisation_parts: counts("organisation_part"),
        },
        exact_f1: exact.parse().ok()?,
        accuracy: accuracy.parse().ok()?,
        end_to_end_f1: end_to_end.parse().ok()?,
    })
}

fn missed(floor: &Floor, figures: &Figures) -> Vec<String> {
    let measured = [
        ("exact F1", figures.exact.f1(), floor.exact_f1),
        ("accuracy within 161 km", figures.accuracy(), floor.accuracy),
        ("end-to-end F1", figures.end_to_end.f1(), floor.end_to_end_f1),
    ];
    let below = measured.into_iter().filter(|(_, found, least)| found < least);
    below
        .map(|(what, found, least)| {
            format!("{}: {what} is {found:.3}, the floor is {least:.3}", floor.corpus)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_name_what_a_corpus_counts() {
        let read = floors("# corpus\n\nNews\tdemonym\t0.8\t0.9\t0.7\n").unwrap();
        assert!(read[0].convention.demonyms && !read[0].convention.organisation_parts);
        assert_eq!(read[0].end_to_end_f1, 0.7);
        assert_eq!(floors("News\t0.8"), Err("line 1 is no floor".to_owned()));
    }

    #[test]
    fn a_figure_under_its_floor_is_told() {
        let floor = &floors("News\t-\t0.8\t0\t0\n").unwrap()[0];
        assert_eq!(missed(floor, &Figures::default()), ["News: exact F1 is 0.000, the floor is 0.800"]);
    }
}
