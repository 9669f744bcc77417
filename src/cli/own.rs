//! `dateline gazetteer add`, `list` and `remove`: the gazetteers a user adds.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _, stderr};

use super::args::AddCall;
use super::console::Console;
use super::{CallError, output};
use crate::map::basemap::Basemap;
use crate::map::divisions::Divisions;
use crate::places::gazetteer::user::{AddOptions, Added, Columns, Library, Progress, Stage};
use crate::places::{Gazetteer, LonLat};

/// The user's library, where a data folder is known.
pub fn library() -> Option<Library> {
    Library::of_environment(|name| std::env::var_os(name))
}

fn needed() -> Result<Library, CallError> {
    library().ok_or_else(|| {
        CallError::Failed("no folder for your data is known: set DATELINE_DATA to one".to_owned())
    })
}

/// Adds the places of a file; rows that are left out are a problem, but the others are in.
pub fn add(call: &AddCall, console: &mut Console) -> Result<(), CallError> {
    let failed = |error: &dyn std::fmt::Display| CallError::Failed(error.to_string());
    let library = needed()?;
    let gazetteer = Gazetteer::bundled().map_err(|e| failed(&e))?;
    let basemap = Basemap::bundled().map_err(|e| failed(&e))?;
    let divisions = Divisions { gazetteer, basemap };
    let locate = |at: LonLat| divisions.at(at);
    let options = AddOptions {
        name: call.name.clone(),
        replace: call.replace,
        columns: columns(call),
        locate: Some(&locate),
    };
    let shown = stderr().is_terminal();
    let mut watch = |progress: Progress| {
        if shown {
            show(progress);
        }
        true
    };
    let added = library.add(&call.file, &options, gazetteer, &mut watch);
    if shown {
        let _ = write!(stderr(), "\r\x1b[K");
    }
    let added = added.map_err(|e| failed(&e))?;
    tell(&added, call, console);
    output::to_stdout(format!("{}: {} places, {} names\n", added.name, added.places, added.names).as_bytes())
}

fn columns(call: &AddCall) -> Columns {
    Columns {
        name: call.name_column.clone(),
        lat: call.lat_column.clone(),
        lon: call.lon_column.clone(),
        id: call.id_column.clone(),
        names: call.names_column.clone(),
        country: call.country_column.clone(),
        kind: call.kind_column.clone(),
        population: call.population_column.clone(),
    }
}

fn show(progress: Progress) {
    let doing = match progress.stage {
        Stage::Reading => "read",
        Stage::Sorting => "read, sorting their names:",
    };
    let _ = write!(stderr(), "\r\x1b[K{} rows {doing} {}%", progress.rows, progress.percent());
}

fn tell(added: &Added, call: &AddCall, console: &mut Console) {
    let file = call.file.display();
    for reason in &added.reasons {
        console.problem(format_args!("{file}, line {}: {}", reason.line, reason.message));
    }
    let more = added.rejected.saturating_sub(added.reasons.len() as u64);
    if more > 0 {
        console.problem(format_args!("{file}: {more} more rows were left out"));
    }
}

/// Lists the user's gazetteers.
pub fn list(json: bool, console: &mut Console) -> Result<(), CallError> {
    let library = needed()?;
    library.tidy();
    let entries = library.list();
    if json {
        let text = serde_json::to_string(&entries).unwrap_or_else(|_| "[]".to_owned());
        return output::to_stdout((text + "\n").as_bytes());
    }
    if entries.is_empty() {
        console.note(format_args!(
            "you have added no gazetteer; they are kept in {}",
            library.folder().display()
        ));
    }
    let mut out = String::new();
    for entry in &entries {
        match &entry.problem {
            Some(problem) => console.problem(format_args!("{}: {problem}", entry.name)),
            None => {
                let (name, source) = (&entry.name, &entry.source);
                let _ = writeln!(
                    out,
                    "{name}: {} places, {} names, {} kB, added {} from {source}",
                    entry.places,
                    entry.names,
                    entry.bytes.div_ceil(1000),
                    entry.added
                );
            }
        }
    }
    output::to_stdout(out.as_bytes())
}

/// Removes one of the user's gazetteers.
pub fn remove(name: &str, console: &Console) -> Result<(), CallError> {
    let library = needed()?;
    library.tidy();
    library.remove(name).map_err(|error| CallError::Failed(error.to_string()))?;
    console.note(format_args!("{name} was removed"));
    Ok(())
}
