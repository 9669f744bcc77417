//! The figures of a corpus, or of a folder of annotated articles.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::listing::{self, Case};
use crate::article::{Article, Origin};
use crate::cli::args::ScoringArgs;
use crate::cli::{CallError, input, output};
use crate::places::Mention;
use crate::places::evaluate::errors::errors;
use crate::places::evaluate::{
    Answer, Convention, Document, Figures, Selection, annotated, answers, name_of, read_answers, report,
};
use crate::project::{Analyser, Settings};

/// Types of our own annotation that no figure asks for: streets have no points in the gazetteer, and
/// of two names one inside the other the outer one counts.
const UNASKED: [&str; 2] = ["road", "nested"];

/// Writes the figures of each corpus.
///
/// # Errors
/// A file that cannot be read.
pub fn run(paths: &[PathBuf], scoring: &ScoringArgs) -> Result<(), CallError> {
    let earlier = scoring.compare.as_deref().map(earlier).transpose()?.unwrap_or_default();
    let predictions = scoring.predictions.as_deref().map(read_answers).transpose().map_err(failed)?;
    let mut out = String::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let documents = read(path, scoring.all)?;
        let judged = judge(path, &documents, scoring, predictions.as_ref())?;
        let mut figures = report::to_json(&judged.figures);
        figures.insert("missing_docs".into(), judged.missing.into());
        figures.insert("corpus".into(), name.as_ref().into());
        let figures = Value::Object(figures);
        if scoring.json {
            out += &format!("{figures}\n");
            continue;
        }
        out += &format!("{name}: {} documents\n{}", documents.len(), report::to_text(&judged.figures));
        if let Some(before) = earlier.iter().find(|f| f["corpus"] == figures["corpus"]) {
            out += &format!("\nsince the earlier figures:\n{}", report::compare(before, &figures));
        }
        if let Some(most) = scoring.errors {
            out += &format!("\n{}", listing::text(&judged.cases, most));
        }
    }
    output::to_stdout(out.as_bytes())
}

fn failed(error: impl std::fmt::Display) -> CallError {
    CallError::Failed(error.to_string())
}

/// The documents of a file, or of a folder of annotated articles.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path, all: bool) -> Result<Vec<Document>, CallError> {
    if !path.is_dir() {
        return crate::places::evaluate::read(path).map_err(failed);
    }
    let files = annotated::read_folder(path).map_err(failed)?;
    Ok(files.iter().filter(|f| all || f.measures()).map(|f| f.article.document()).collect())
}

/// The mentions of each document, as the program finds them.
pub fn mentions(documents: &[Document], analyser: &Analyser) -> Vec<Vec<Mention>> {
    let found = |document: &Document| {
        let article = Article::from_text(document.text.clone(), Origin::Record);
        analyser.analyse(article).findings.mentions
    };
    documents.par_iter().map(found).collect()
}

/// The lines of an earlier `--json`.
fn earlier(path: &Path) -> Result<Vec<Value>, CallError> {
    let told = |error: String| CallError::Failed(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| told(error.to_string()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(|error| told(error.to_string()))).collect()
}

/// What came of one corpus.
#[derive(Default)]
struct Judgement {
    figures: Figures,
    cases: Vec<Case>,
    /// Documents without a line in the predictions.
    missing: usize,
}

fn judge(
    path: &Path,
    documents: &[Document],
    scoring: &ScoringArgs,
    predictions: Option<&FxHashMap<String, Vec<Answer>>>,
) -> Result<Judgement, CallError> {
    let selection = selection(path, scoring);
    let mut out = Judgement::default();
    if let Some(predictions) = predictions {
        for document in documents {
            let found = predictions.get(&name_of(&document.id));
            out.missing += usize::from(found.is_none());
            out.add(document, found.map_or(&[], Vec::as_slice), &selection, scoring, |_| Vec::new());
        }
        return Ok(out);
    }
    // Events refine the roles; without roles to judge, they cost time only.
    let events = documents.iter().flat_map(|d| &d.toponyms).any(|gold| gold.role.is_some());
    let analyser = input::analyser(Settings { events, care: scoring.mode, ..Settings::default() })?;
    for (document, mentions) in documents.iter().zip(mentions(documents, &analyser)) {
        let gazetteer = analyser.gazetteer();
        let found = answers(&document.text, &mentions, gazetteer, Convention::ALL);
        let detail = |answer: &Answer| {
            mentions.get(answer.mention).map(|m| listing::candidates(m, gazetteer)).unwrap_or_default()
        };
        out.add(document, &found, &selection, scoring, detail);
    }
    Ok(out)
}

fn selection(path: &Path, scoring: &ScoringArgs) -> Selection {
    let mut dropped_types = scoring.drop_type.clone();
    if path.is_dir() {
        dropped_types.extend(UNASKED.map(str::to_owned));
        // What the program does not answer, it is not asked for either.
        dropped_types.extend(scoring.drop.iter().map(|role| role.name().to_owned()));
    }
    Selection { class: scoring.class.clone(), dropped_types }
}

impl Judgement {
    fn add(
        &mut self,
        document: &Document,
        found: &[Answer],
        selection: &Selection,
        scoring: &ScoringArgs,
        detail: impl Fn(&Answer) -> Vec<String>,
    ) {
        let dropped = |a: &&Answer| !a.role.is_some_and(|role| scoring.drop.contains(&role));
        let kept: Vec<Answer> = found.iter().filter(dropped).cloned().collect();
        let (toponyms, judged) = selection.apply(&document.toponyms, &kept);
        self.figures.add(&toponyms, &judged);
        if scoring.errors.is_some() {
            let document = Document { toponyms, text: document.text.clone(), id: document.id.clone() };
            for error in errors(&document, &judged) {
                let candidates = error.answer.as_ref().map(&detail).unwrap_or_default();
                self.cases.push(Case { document: name_of(&document.id), error, candidates });
            }
        }
    }
}
