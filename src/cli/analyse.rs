//! `dateline analyse`: articles in, what was found in them out.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::{AnalyseCall, Format};
use super::console::{Console, Progress};
use super::{CallError, output};
use crate::article::read::{ReadError, list_files, read_file};
use crate::export::jsonl::{LineOptions, article_id, project_lines};
use crate::export::{csv, geojson, gpkg, kml, table};
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
    let findings = Written { project, gazetteer: analyser.gazetteer(), record };
    findings.write(format, target, &options)
}

/// What is written, whatever the format.
struct Written {
    project: Project,
    gazetteer: &'static Gazetteer,
    record: RunRecord,
}

impl Written {
    fn write(&self, format: Format, target: Option<&Path>, options: &LineOptions) -> Result<(), CallError> {
        let (project, gazetteer, record) = (&self.project, self.gazetteer, &self.record);
        let text = match format {
            Format::Jsonl => project_lines(project, gazetteer, record, options),
            Format::Geojson => geojson::render(project, gazetteer, record),
            Format::Kml => kml::render(project, gazetteer, record),
            Format::Csv => return self.write_csv(target),
            Format::Gpkg => return self.write_gpkg(target),
        };
        output::write(target, text.as_bytes())
    }

    fn write_gpkg(&self, target: Option<&Path>) -> Result<(), CallError> {
        let target = target.ok_or_else(needs_file)?;
        gpkg::write(target, &self.project, self.gazetteer, &self.record)
            .map_err(|error| CallError::Failed(error.to_string()))
    }

    /// The events; beside them, where they go to a file, the mentions and the run record. On
    /// standard output there is room for one table.
    fn write_csv(&self, target: Option<&Path>) -> Result<(), CallError> {
        if let Some(target) = target {
            let mentions = csv::render(&table::mentions(&self.project, self.gazetteer));
            output::write(Some(&output::beside(target, "-mentions.csv")), mentions.as_bytes())?;
            let record = serde_json::to_string_pretty(&self.record).unwrap_or_default() + "\n";
            output::write(Some(&output::beside(target, "-run.json")), record.as_bytes())?;
        }
        output::write(target, csv::render(&table::events(&self.project, self.gazetteer)).as_bytes())
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
            let id = article_id(&analysed.article);
            console.note(format_args!("{id}: no place was found in its text"));
        }
    }
}

fn needs_file() -> CallError {
    CallError::Wrong("a GeoPackage is a file: add -o OUT.gpkg".to_owned())
}

fn format_of(stated: Option<Format>, target: Option<&Path>) -> Result<Format, CallError> {
    if stated == Some(Format::Gpkg) && target.is_none() {
        return Err(needs_file());
    }
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
