//! Puts a finished export in its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder is not there.
    #[error("cannot write {0}: its folder does not exist; create it or choose another")]
    NoFolder(PathBuf),
    /// A folder has the name.
    #[error("cannot write {0}: a folder has that name; choose another")]
    IsFolder(PathBuf),
    /// The system does not allow it.
    #[error("cannot write {0}: permission denied; choose a folder you may write to")]
    Permission(PathBuf),
    /// No room.
    #[error("cannot write {0}: the disk is full; make room or choose another")]
    Full(PathBuf),
    /// Any other failure of the system.
    #[error("cannot write {0}: {1}")]
    Io(PathBuf, io::Error),
}

impl WriteError {
    /// The error of writing `path`.
    pub fn new(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder(path),
            io::ErrorKind::IsADirectory => Self::IsFolder(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Permission(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path),
            _ => Self::Io(path, error),
        }
    }
}

/// Writes `bytes` to `path`, whole or not at all: first into a new file beside it, which then takes
/// its name. What stood there before is lost only when the new file is complete. A link keeps
/// leading where it led; a device or pipe is written to directly.
///
/// # Errors
/// See [`WriteError`]; nothing is left behind.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_with(path, |beside| {
        let mut file = File::create(beside)?;
        file.write_all(bytes)?;
        // A device or pipe has nothing to sync and refuses.
        if file.metadata()?.is_file() { file.sync_all() } else { Ok(()) }
    })
}

/// As [`write_whole`], with `make` writing the file at the path it is given.
///
/// # Errors
/// See [`WriteError`], and what `make` returns.
pub fn write_with(path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), WriteError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = |error| WriteError::new(path, error);
    match fs::metadata(&target) {
        Ok(about) if about.is_dir() => return Err(WriteError::IsFolder(path.to_owned())),
        Ok(about) if !about.is_file() => return make(&target).map_err(failed),
        Ok(about) if about.permissions().readonly() => return Err(WriteError::Permission(path.to_owned())),
        _ => {}
    }
    let beside = free_name_beside(&target).map_err(failed)?;
    let done = make(&beside).and_then(|()| fs::rename(&beside, &target));
    done.map_err(|error| {
        // The error that is told is the one that came first.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

/// A new, empty file in the folder of `target`.
fn free_name_beside(target: &Path) -> io::Result<PathBuf> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    for attempt in 0..100 {
        let beside = target.with_file_name(format!(".{name}.{attempt}.part"));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(_) => return Ok(beside),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "100 unfinished files of that name stand beside it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        write_whole(&path, b"old").unwrap();
        let failed = write_with(&path, |beside| {
            fs::write(beside, b"half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(matches!(failed, Err(WriteError::Full(_))));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let says = |path: &Path| write_whole(path, b"x").unwrap_err().to_string();
        assert!(says(&folder.path().join("none/out.csv")).contains("folder does not exist"));
        assert!(says(folder.path()).contains("a folder has that name"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_not_replaced() {
        write_whole(Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_keeps_leading_where_it_led() {
        let folder = tempfile::tempdir().unwrap();
        let (link, target) = (folder.path().join("link"), folder.path().join("target"));
        fs::write(&target, b"old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
