//! Why a file is no article.

use std::io;

use super::kind::EXTENSIONS;

/// Why a file or folder could not be read. The messages leave the file's name to the caller and
/// never quote its text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It has no bytes.
    #[error("the file is empty; choose one with text in it")]
    Empty,
    /// It has no readable text.
    #[error("the file holds no text, only white space or markup; choose one with text in it")]
    Blank,
    /// It is a format of another kind; holds its name with an article.
    #[error("looks like {0}, not text; save it as plain text, Markdown or HTML and open that")]
    NotText(&'static str),
    /// It is larger than one article can be; both in bytes.
    #[error(
        "the file has {}, more than the {} limit for one article; split it into its articles",
        megabytes(*.found), megabytes(*.limit)
    )]
    TooLarge {
        /// Its size in bytes.
        found: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Nothing has that name.
    #[error("no such file or folder; check the name")]
    Missing,
    /// A folder was given where one file is read.
    #[error("is a folder, not a file")]
    Folder,
    /// A folder without a file of a known kind.
    #[error("the folder holds no articles; looked for files ending in {}", EXTENSIONS.join(", "))]
    NoArticles,
    /// A pipe, a socket or a device: reading it might never end.
    #[error("is a pipe, socket or device, not a file; save its text as a file and open that")]
    NotAFile,
    /// The system does not allow it.
    #[error("permission denied; allow reading it, or copy it to where you may read")]
    Permission,
    /// Any other failure of the system.
    #[error("could not be read: {0}")]
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Permission,
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::Io(error),
        }
    }
}

/// Whole megabytes of 10⁶ bytes, rounded up so that what is over a limit never reads as the limit.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_just_over_the_limit_reads_as_larger() {
        let error = ReadError::TooLarge { found: 50_000_001, limit: 50_000_000 };
        assert!(error.to_string().contains("has 51 MB, more than the 50 MB limit"), "{error}");
    }
}
