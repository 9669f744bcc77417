//! `dateline analyse`: articles in, what was found in them out.

use std::path::Path;

use super::args::{AnalyseCall, Format};
use super::console::Console;
use super::input::{self, Input};
use super::{CallError, output};
use crate::export::jsonl::{LineOptions, project_lines};
use crate::export::{csv, geojson, gpkg, kml, table};
use crate::project::file::save;

/// Carries out the call.
///
/// # Errors
/// A wrong call, nothing to analyse, or a file that cannot be written.
pub fn run(call: &AnalyseCall, console: &mut Console) -> Result<(), CallError> {
    let target = output::file_of(call.output.as_ref());
    let format = format_of(call.format, target)?;
    let input = input::read(&call.input, target, console)?;
    let options = LineOptions { candidates: call.candidates, ..LineOptions::default() };
    input.write(format, target, &options)
}

impl Input {
    fn write(&self, format: Format, target: Option<&Path>, options: &LineOptions) -> Result<(), CallError> {
        let (project, gazetteer, record) = (&self.project, self.gazetteer, &self.record);
        let text = match format {
            Format::Jsonl => project_lines(project, gazetteer, record, options),
            Format::Geojson => geojson::render(project, gazetteer, record),
            Format::Kml => kml::render(project, gazetteer, record),
            Format::Project => save(project, gazetteer, record),
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
