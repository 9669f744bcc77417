//! Reads files and folders into articles.
//!
//! - [`read_paths`] reads all that is given, [`list_files`] only finds out which files that is;
//! - [`read_file`] reads one file, [`read_bytes`] one that is already in memory, [`from_pasted`]
//!   text from the clipboard;
//! - [`ReadError`] says why a file is refused.
//!
//! Charset, kind (plain text, Markdown, HTML), title and date are found out on the way.

mod charset;
pub mod dates;
mod error;
mod file;
mod folder;
mod html;
mod kind;
mod markdown;
mod plain;
mod strip;

pub use error::ReadError;
pub use file::{MAX_BYTES, from_pasted, read_bytes, read_file};
pub use folder::{list_files, read_paths};
pub use kind::EXTENSIONS;
