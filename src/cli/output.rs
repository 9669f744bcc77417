//! Where the data goes.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::CallError;
use crate::export::file::write_whole;

/// Writes data to the file `path`, whole or not at all, or to standard output.
pub fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), CallError> {
    match path {
        Some(path) => write_whole(path, bytes).map_err(|error| CallError::Failed(error.to_string())),
        None => to_stdout(bytes),
    }
}

/// Writes data to standard output at once.
pub fn to_stdout(bytes: &[u8]) -> Result<(), CallError> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| closed_or(&error))
}

/// A reader that has gone ends the work quietly; anything else is told.
pub fn closed_or(error: &io::Error) -> CallError {
    match error.kind() {
        ErrorKind::BrokenPipe => CallError::Closed,
        _ => CallError::Failed(format!("cannot write to standard output: {error}")),
    }
}

/// `None` for standard output, which "-" stands for too.
pub fn file_of(output: Option<&PathBuf>) -> Option<&Path> {
    output.map(PathBuf::as_path).filter(|path| *path != Path::new("-"))
}

/// The file beside `path` that belongs to it: `out.csv` and "-mentions.csv" give
/// `out-mentions.csv`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push(ending);
    path.with_file_name(name)
}

/// Refuses to write over one of the files that are read.
pub fn check_not_input(output: Option<&Path>, inputs: &[PathBuf]) -> Result<(), CallError> {
    let Some(target) = output.and_then(|path| fs::canonicalize(path).ok()) else { return Ok(()) };
    let same = |input: &&PathBuf| fs::canonicalize(input).is_ok_and(|path| path == target && path.is_file());
    match inputs.iter().find(same) {
        Some(input) => Err(CallError::Wrong(format!(
            "{} is read and would be written over; choose another name for what is written",
            input.display()
        ))),
        None => Ok(()),
    }
}
