//! What a call works on: the given files, read and analysed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::args::InputArgs;
use super::console::{Console, Progress};
use super::{CallError, output, own};
use crate::article::read::{ReadError, list_files, read_file};
use crate::export::jsonl::article_id;
use crate::places::gazetteer::GazetteerError;
use crate::places::{Gazetteer, Hints};
use crate::project::file::load;
use crate::project::{Analysed, Analyser, Project, RunRecord, Settings};

/// Articles, what was found in them, and how.
#[derive(Debug)]
pub struct Input {
    /// The articles and findings.
    pub project: Project,
    /// The places.
    pub gazetteer: &'static Gazetteer,
    /// How the findings came about.
    pub record: RunRecord,
}

/// Reads and analyses what a call names, before anything is written to `target`.
///
/// # Errors
/// Where `target` is one of the files, and where nothing could be read.
pub fn read(args: &InputArgs, target: Option<&Path>, console: &mut Console) -> Result<Input, CallError> {
    if let [path] = &args.files[..]
        && path.extension().is_some_and(|e| e == "dateline")
    {
        output::check_not_input(target, &args.files)?;
        return open(path, console);
    }
    let hints = Hints { region: args.region.clone() };
    let analyser = analyser(Settings { hints, care: args.mode, ..Settings::default() })?;
    let files = files(&args.files, console);
    output::check_not_input(target, &files)?;
    let project =
        Project { articles: analyse_files(&files, &analyser, args.published, console), ..Project::default() };
    if project.articles.is_empty() {
        return Err(CallError::Failed("no article could be read; nothing was written".to_owned()));
    }
    tell_placeless(&project, console);
    let record = RunRecord::new(analyser.gazetteer(), analyser.settings(), project.articles.len());
    Ok(Input { project, gazetteer: analyser.gazetteer(), record })
}

/// Opens a saved project; nothing is found anew.
fn open(path: &Path, console: &mut Console) -> Result<Input, CallError> {
    let failed = |error: String| CallError::Failed(format!("{}: {error}", path.display()));
    let gazetteer = gazetteer()?;
    let bytes = fs::read(path).map_err(|error| failed(ReadError::from(error).to_string()))?;
    let loaded = load(&bytes, gazetteer).map_err(|error| failed(error.to_string()))?;
    for id in &loaded.unknown {
        console.problem(format_args!(
            "{}: this gazetteer has no place {id}; its mentions are unplaced",
            path.display()
        ));
    }
    Ok(Input { project: loaded.project, gazetteer, record: loaded.record })
}

/// The analyser over the bundled gazetteer and those of the user's.
pub fn analyser(settings: Settings) -> Result<Analyser, CallError> {
    Analyser::new(gazetteer()?, settings).map_err(|error| CallError::Failed(error.to_string()))
}

/// The bundled gazetteer with those of the user's; what of them cannot be used is told.
pub fn gazetteer() -> Result<&'static Gazetteer, CallError> {
    static OPEN: OnceLock<Gazetteer> = OnceLock::new();
    if let Some(open) = OPEN.get() {
        return Ok(open);
    }
    let failed = |error: GazetteerError| CallError::Failed(error.to_string());
    let Some(library) = own::library().filter(|library| !library.list().is_empty()) else {
        return Gazetteer::bundled().map_err(failed);
    };
    let (open, problems) = Gazetteer::with_library(&library).map_err(failed)?;
    let console = Console::new();
    problems.iter().for_each(|problem| console.note(problem));
    Ok(OPEN.get_or_init(|| open))
}

/// The files that the given files and folders stand for.
fn files(paths: &[PathBuf], console: &mut Console) -> Vec<PathBuf> {
    let (files, report) = list_files(paths);
    report.problems.iter().for_each(|problem| console.problem(problem));
    files
}

/// Reads and analyses `files` on all processors, in their order; what cannot be read is told.
fn analyse_files(
    files: &[PathBuf],
    analyser: &Analyser,
    published: Option<jiff::civil::Date>,
    console: &mut Console,
) -> Vec<Arc<Analysed>> {
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
            Ok(analysed) => articles.push(Arc::new(analysed)),
            Err(error) => console.problem(format_args!("{}: {error}", file.display())),
        }
    }
    articles
}

/// An article without a place is no failure, but whoever waits for its markers should know.
fn tell_placeless(project: &Project, console: &Console) {
    for analysed in &project.articles {
        if analysed.findings.mentions.iter().all(|m| m.place.is_none()) {
            let id = article_id(&analysed.article);
            console.note(format_args!("{id}: no place was found in its text"));
        }
    }
}
