//! One document as read: its text, where it came from, and how the text divides.
//!
//! [`Article`] is what every later layer works on. Positions in its text are byte offsets
//! everywhere inside the program; [`offsets::CharOffsets`] turns them into the code points that
//! the data formats speak.

pub mod months;
pub mod offsets;
pub mod read;
pub mod report;
pub mod segment;

use std::path::PathBuf;

use jiff::civil::Date;

/// One document as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The headline, where the file names one.
    pub title: Option<String>,
    /// Who published it, where the file says so.
    pub outlet: Option<String>,
    /// The day it was published; relative dates ("on Sunday") are anchored here.
    pub published: Option<Date>,
    /// ISO 639-1 code of the language, where known.
    pub language: Option<String>,
    /// The whole readable text, headline first where the file sets it apart.
    pub text: String,
    /// Byte offset in `text` at which the body begins, after a headline that was put in front;
    /// 0 where the text has no headline of its own.
    pub body_start: usize,
    /// Where the text came from.
    pub origin: Origin,
}

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file on this computer.
    File(PathBuf),
    /// Text pasted into the window.
    Pasted,
    /// A sample article that comes with the program, by its name.
    Sample(String),
    /// A record of a data stream (`dateline geoparse --jsonl`).
    Record,
}

impl Article {
    /// An article of bare text, nothing known about it.
    pub fn from_text(text: impl Into<String>, origin: Origin) -> Self {
        Self {
            title: None,
            outlet: None,
            published: None,
            language: None,
            text: text.into(),
            body_start: 0,
            origin,
        }
    }
}
