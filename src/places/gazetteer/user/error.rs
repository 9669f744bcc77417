//! Why a gazetteer was not added or removed.

use std::io;
use std::path::PathBuf;

use super::super::pack::PackError;
use super::own::MOST_OWN;

/// Why nothing was added or removed.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {}; nothing was added", .0.display(), .1)]
    Read(PathBuf, String),
    /// The folder or a file in it cannot be written.
    #[error("{}: cannot be written: {}; your gazetteers are as they were (DATELINE_DATA names another folder)", .0.display(), .1)]
    Write(PathBuf, io::Error),
    /// The file is none of the kinds that can be added.
    #[error("{}: {}; a GeoNames dump (.txt, .zip), a table with a header (.csv) and GeoJSON can be added", .0.display(), .1)]
    Unfit(PathBuf, String),
    /// A table whose columns are not understood, or a broken file.
    #[error("{}: {}; nothing was added", .0.display(), .1)]
    Content(PathBuf, String),
    /// No row could be taken.
    #[error("{}: none of its {} rows could be taken; {}; nothing was added", .0.display(), .1, .2)]
    NoRows(PathBuf, u64, String),
    /// The places cannot be packed.
    #[error("{}: {}; nothing was added", .0.display(), .1)]
    Pack(PathBuf, PackError),
    /// The name cannot be used.
    #[error(
        "{0:?} cannot be the name of a gazetteer: up to 40 of a-z, 0-9, - and _, and none of geonames, curated, airport, postal, iso"
    )]
    Name(String),
    /// There is one of that name.
    #[error("there is a gazetteer {0:?} already: choose another name, or ask to replace it")]
    NameTaken(String),
    /// Another call adds one of that name just now.
    #[error("a gazetteer {0:?} is being added just now: wait until that has ended, or choose another name")]
    Busy(String),
    /// There is none of that name.
    #[error("there is no gazetteer {0:?}; there are: {1}")]
    Unknown(String, String),
    /// There are as many as can be searched.
    #[error("there are {MOST_OWN} gazetteers already, which is as many as are searched: remove one")]
    TooMany,
    /// The watch stopped it.
    #[error("stopped; your gazetteers are as they were")]
    Cancelled,
}
