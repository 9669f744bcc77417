//! The folder that a user's gazetteers are kept in.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::format::GazetteerError;
use super::super::store::Gazetteer;
use super::container::list_manifest;
use super::error::AddError;
use super::import::{self, AddOptions, Added, Progress};

/// Ending of the files.
const ENDING: &str = "gaz";
/// Endings of what an import writes before it is done; the names of such files begin with a dot.
const UNFINISHED: [&str; 3] = ["part", "starts", "names"];

/// The folder of the user's gazetteers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    folder: PathBuf,
}

/// One of the user's gazetteers, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LibraryEntry {
    /// Its name.
    pub name: String,
    /// Number of places.
    pub places: usize,
    /// Number of names.
    pub names: usize,
    /// Size of its file.
    pub bytes: u64,
    /// Day it was added, as UTC has it (ISO 8601); empty where the system does not tell.
    pub added: String,
    /// Name of the file it was made of.
    pub source: String,
    /// Content hash, in hexadecimal.
    pub sha256: String,
    /// Why it cannot be used, if so.
    pub problem: Option<String>,
}

impl Library {
    /// The library in `folder`, which need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The library in the user's data folder: `DATELINE_DATA`, else where the system keeps the data of
    /// programs (XDG Base Directory Specification; `APPDATA`). `None` where none is known.
    pub fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let folder = |name: &str| variable(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let data = folder("DATELINE_DATA")
            .or_else(|| folder("XDG_DATA_HOME").map(|f| f.join("dateline")))
            .or_else(|| folder("APPDATA").map(|f| f.join("Dateline")))
            .or_else(|| folder("HOME").map(|f| f.join(".local/share/dateline")))?;
        Some(Self::new(data.join("gazetteers")))
    }

    /// Where the files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the gazetteer of a name is kept.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.{ENDING}"))
    }

    /// The files that an import of this name writes before it is done: places, starts, names.
    pub(super) fn scratch(&self, name: &str) -> [PathBuf; 3] {
        UNFINISHED.map(|ending| self.folder.join(format!(".{name}.{ending}")))
    }

    /// Removes what imports left behind that were killed. What another import writes just now is
    /// locked, and stays.
    pub fn tidy(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let file = entry.file_name().to_string_lossy().into_owned();
            let name = file.strip_prefix('.').and_then(|file| file.strip_suffix(".part"));
            let abandoned = |name: &&str| {
                let part = fs::File::open(self.folder.join(format!(".{name}.part")));
                part.is_ok_and(|part| part.try_lock().is_ok())
            };
            let Some(name) = name.filter(|name| import::is_name(name)).filter(abandoned) else { continue };
            for path in self.scratch(name).iter().rev() {
                // What cannot be removed now is tried again by the next call.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// The files, in order of their names.
    fn paths(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let is_one = |path: &PathBuf| {
            path.extension().is_some_and(|e| e == ENDING)
                && !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
        };
        let mut out: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).filter(is_one).collect();
        out.sort();
        out
    }

    /// The user's gazetteers, in order of their names.
    pub fn list(&self) -> Vec<LibraryEntry> {
        self.paths().iter().map(|path| entry(path)).collect()
    }

    /// Adds the places of a file; `watch` is told how far it is and may stop it by `false`.
    ///
    /// # Errors
    /// See [`AddError`]; the library is then as it was.
    pub fn add(
        &self,
        path: &Path,
        options: &AddOptions<'_>,
        world: &Gazetteer,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Added, AddError> {
        import::add(self, path, options, world, watch)
    }

    /// Removes a gazetteer.
    ///
    /// # Errors
    /// Where there is none of that name, or its file cannot be removed.
    pub fn remove(&self, name: &str) -> Result<(), AddError> {
        if !import::is_name(name) || !self.path(name).exists() {
            let known = self.list().into_iter().map(|e| e.name).collect::<Vec<_>>().join(", ");
            return Err(AddError::Unknown(name.to_owned(), known));
        }
        fs::remove_file(self.path(name)).map_err(|error| AddError::Write(self.path(name), error))
    }
}

fn entry(path: &Path) -> LibraryEntry {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let metadata = fs::metadata(path).ok();
    let bytes = metadata.as_ref().map_or(0, fs::Metadata::len);
    let added = metadata.and_then(|m| m.modified().ok()).map(day).unwrap_or_default();
    match list_manifest(path) {
        Ok(m) => LibraryEntry {
            name,
            places: m.places,
            names: m.names,
            bytes,
            added,
            source: m.source,
            sha256: m.sha256,
            problem: None,
        },
        Err(error) => LibraryEntry {
            name,
            places: 0,
            names: 0,
            bytes,
            added,
            source: String::new(),
            sha256: String::new(),
            problem: Some(error.to_string()),
        },
    }
}

/// The day of a time, as UTC has it.
fn day(time: std::time::SystemTime) -> String {
    let stamp = jiff::Timestamp::try_from(time).ok();
    stamp.map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()).unwrap_or_default()
}

impl Gazetteer {
    /// The gazetteer that is part of the program with those of the user's, and what could not be opened.
    ///
    /// # Errors
    /// As [`Gazetteer::bundled`].
    pub fn with_library(library: &Library) -> Result<(Self, Vec<String>), GazetteerError> {
        let mut gazetteer = Self::bundled_anew()?;
        let mut problems = Vec::new();
        for (at, path) in library.paths().iter().enumerate() {
            let opened = if at < super::own::MOST_OWN {
                gazetteer.push_own(path).map_err(|e| e.to_string())
            } else {
                Err(format!("only {} gazetteers are used; remove one", super::own::MOST_OWN))
            };
            if let Err(error) = opened {
                problems.push(format!("{}: {error}", path.display()));
            }
        }
        Ok((gazetteer, problems))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_folder_follows_the_environment() {
        let with = |set: &'static [(&'static str, &'static str)]| {
            let library = Library::of_environment(move |name| {
                set.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v))
            });
            library.map(|l| l.folder().to_string_lossy().into_owned())
        };
        assert_eq!(with(&[("DATELINE_DATA", "/d"), ("HOME", "/h")]).unwrap(), "/d/gazetteers");
        assert_eq!(with(&[("XDG_DATA_HOME", "/x"), ("HOME", "/h")]).unwrap(), "/x/dateline/gazetteers");
        assert_eq!(with(&[("HOME", "/h")]).unwrap(), "/h/.local/share/dateline/gazetteers");
        assert_eq!(with(&[]), None);
    }
}
