//! Saved projects: opened beside articles, and the job that writes one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dateline_app::{DatelineApp, Message};
use super::engine::Read;
use super::state::Problem;
use super::widgets::plural;
use crate::article::read::ReadError;
use crate::export::file::write_whole;
use crate::places::Gazetteer;
use crate::project::Project;
use crate::project::file::{load, save};

/// The ending of a project's file.
pub const ENDING: &str = "dateline";

/// Whether a path names a saved project: by its ending, upper or lower case, where it is no folder.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)) && !path.is_dir()
}

/// Opens a project; nothing in it is found anew. What cannot be opened is a problem with the
/// file's name, and so are places that this program's gazetteer does not have.
pub fn open(path: &Path, gazetteer: &Gazetteer) -> Read {
    let subject = path.display().to_string();
    let told = |message: String| vec![Problem { subject: subject.clone(), message }];
    let bytes = std::fs::read(path).map_err(|error| ReadError::from(error).to_string());
    let loaded = bytes.and_then(|bytes| load(&bytes, gazetteer).map_err(|error| error.to_string()));
    match loaded {
        Ok(loaded) => {
            let problems =
                if loaded.unknown.is_empty() { Vec::new() } else { told(missing(&loaded.unknown)) };
            Read { articles: Vec::new(), problems, project: Some((loaded.project, Box::new(loaded.record))) }
        }
        Err(message) => Read { articles: Vec::new(), problems: told(message), project: None },
    }
}

/// Says which places are not known here: how many, and the first of them.
fn missing(unknown: &[String]) -> String {
    let (count, first) = (unknown.len(), unknown.first().map_or("", String::as_str));
    format!(
        "the project is open, but {count} {} not known to this version, {first} for one; what named {} has \
         no point on the map",
        plural(count, "place is", "places are"),
        plural(count, "it", "them"),
    )
}

/// Where a project is written when the person named `path`: the ending is added where it is missing.
///
/// # Errors
/// Where the name with its ending is another file that exists already: the person was not asked
/// about that one.
fn target(path: &Path) -> Result<PathBuf, String> {
    if is_project(path) {
        return Ok(path.to_owned());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ENDING}"));
    let whole = PathBuf::from(name);
    if whole.exists() {
        return Err(format!("{} exists already; choose it by its whole name to replace it", whole.display()));
    }
    Ok(whole)
}

/// Writes the project in the background.
pub fn start(app: &mut DatelineApp, path: PathBuf) {
    let gazetteer = app.engine.gazetteer();
    let (project, record) = (Arc::clone(&app.document.project), app.document.record(gazetteer));
    let (revision, period) = (app.document.revision, app.view.filter.period);
    app.jobs.start("Saving the project", move |handle| {
        let written = target(&path).and_then(|whole| {
            let project = Project { period, ..(*project).clone() };
            let text = save(&project, gazetteer, &record);
            write_whole(&whole, text.as_bytes()).map_err(|error| error.to_string())?;
            Ok(whole)
        });
        let told = |message| Problem { subject: path.display().to_string(), message };
        handle.send(Message::Saved(written.map_err(told), revision));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_is_added_and_another_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let [plain, whole] = ["work", "work.dateline"].map(|name| folder.path().join(name));
        assert_eq!(target(&plain), Ok(whole.clone()));
        std::fs::write(&whole, "").unwrap();
        assert_eq!(target(&whole), Ok(whole.clone()));
        assert!(target(&plain).unwrap_err().contains("exists already"));
    }

    #[test]
    fn a_folder_is_no_project() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.dateline");
        std::fs::create_dir(&path).unwrap();
        assert!(!is_project(&path) && is_project("a.DATELINE".as_ref()) && !is_project("a.txt".as_ref()));
    }

    #[test]
    fn a_file_that_is_not_there_is_told() {
        let read = open("no/such.dateline".as_ref(), Gazetteer::bundled().unwrap());
        assert!(read.articles.is_empty() && read.problems[0].subject.ends_with("such.dateline"));
    }
}
