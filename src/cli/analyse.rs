//! `dateline analyse`: articles in, what was found in them out.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::{AnalyseCall, Format};
use super::console::{Console, Progress};
use super::{CallError, output};
use crate::article::read::{ReadError, list_files, read_file};
use crate::export::jsonl::{LineOptions, project_lines};
use crate::places::{Gazetteer, Hints};
use crate::project::{Analysed, Analyser, Project, RunRecord, Settings};

/// Carries out the call.
///
/// # Errors
/// A wrong call, nothing to analyse, or a file that cannot be written.
pub fn run(call: &AnalyseCall, console: &mut Console) -> Result<(), CallError> {
    let target = output::file_of(call.output.as_ref());
    let format = format_of(call.format, target)?;
    let hints = Hints { region: call.region.clone() };
    let analyser = analyser(Settings { hints, ..Settings::default() })?;
    let files = files(&call.files, console);
    output::check_not_input(target, &files)?;
    let project = Project { articles: analyse_files(&files, &analyser, call.published, console) };
    if project.articles.is_empty() {
        return Err(CallError::Failed("no article could be read; nothing was written".to_owned()));
    }
    tell_placeless(&project, console);
    let record = RunRecord::new(analyser.gazetteer(), analyser.settings(), project.articles.len());
    let options = LineOptions { candidates: call.candidates, ..LineOptions::default() };
    match format {
        Format::Jsonl => {
            let lines = project_lines(&project, analyser.gazetteer(), &record, &options);
            output::write(target, lines.as_bytes())
        }
    }
}

/// The analyser over the bundled gazetteer.
pub fn analyser(settings: Settings) -> Result<Analyser, CallError> {
    Analyser::new(gazetteer()?, settings).map_err(|error| CallError::Failed(error.to_string()))
}

/// The bundled gazetteer.
pub fn gazetteer() -> Result<&'static Gazetteer, CallError> {
    Gazetteer::bundled().map_err(|error| CallError::Failed(error.to_string()))
}

/// The files that the given files and folders stand for.
pub fn files(paths: &[PathBuf], console: &mut Console) -> Vec<PathBuf> {
    let (files, report) = list_files(paths);
    report.problems.iter().for_each(|problem| console.problem(problem));
    files
}

/// Reads and analyses `files` on all processors, in their order; what cannot be read is told.
pub fn analyse_files(
    files: &[PathBuf],
    analyser: &Analyser,
    published: Option<jiff::civil::Date>,
    console: &mut Console,
) -> Vec<Analysed> {
    let progress = Progress::new(files.len());
    let analyse = |file: &PathBuf| -> Result<Analysed, ReadError> {
        let mut article = read_file(file)?;
        article.published = published.or(article.published);
        Ok(analyser.analyse(article))
    };
    let with_progress = |file| {
        let result = analyse(file);
        progress.step();
        result
    };
    let results: Vec<_> = files.par_iter().map(with_progress).collect();
    let mut articles = Vec::with_capacity(results.len());
    for (file, result) in files.iter().zip(results) {
        match result {
            Ok(analysed) => articles.push(analysed),
            Err(error) => console.problem(format_args!("{}: {error}", file.display())),
        }
    }
    articles
}

/// An article without a place is no failure, but whoever waits for its markers should know.
pub fn tell_placeless(project: &Project, console: &Console) {
    for analysed in &project.articles {
        if analysed.findings.mentions.iter().all(|m| m.place.is_none()) {
            let id = crate::export::jsonl::article_id(&analysed.article);
            console.note(format_args!("{id}: no place was found in its text"));
        }
    }
}

fn format_of(stated: Option<Format>, target: Option<&Path>) -> Result<Format, CallError> {
    if let Some(format) = stated {
        return Ok(format);
    }
    let Some(target) = target else { return Ok(Format::Jsonl) };
    let extension = target.extension().unwrap_or_default().to_string_lossy();
    Format::of_extension(&extension).ok_or_else(|| {
        let name = target.display();
        CallError::Wrong(format!(
            "cannot tell the format from the name {name}; add --format, one of {}",
            Format::names()
        ))
    })
}
