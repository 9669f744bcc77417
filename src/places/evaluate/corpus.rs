//! Annotated corpora: one JSON object a line with `text` and `toponyms`.

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

use crate::places::LonLat;

/// Which mentions a corpus annotates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convention {
    /// Peoples and adjectives.
    pub demonyms: bool,
    /// Names inside the names of organisations.
    pub organisation_parts: bool,
}

/// A place of the annotation.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
}

impl Gold {
    /// A place of the annotation.
    pub fn new(span: Range<usize>, at: Option<LonLat>) -> Self {
        Self { start: span.start, end: span.end, lat: at.map(|a| a.lat), lon: at.map(|a| a.lon) }
    }

    /// Its point, where the annotation has one.
    pub fn at(&self) -> Option<LonLat> {
        Some(LonLat::new(self.lon?, self.lat?))
    }
}

/// A text with its places.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    /// Its text.
    pub text: String,
    /// Its places.
    pub toponyms: Vec<Gold>,
}

/// Why a corpus cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file cannot be opened.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// A line is no document with toponyms.
    #[error("{0}, line {1}: {2}")]
    Line(String, usize, serde_json::Error),
}

/// Reads a corpus: one JSON object a line with `text` and `toponyms`.
pub fn read(path: &Path) -> Result<Vec<Document>, CorpusError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| CorpusError::Io(name.clone(), e))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| serde_json::from_str(line).map_err(|e| CorpusError::Line(name.clone(), i + 1, e)))
        .collect()
}

/// A corpus that the program is measured on.
#[derive(Debug, Clone, Copy)]
pub struct Corpus {
    /// Its name; its file is so called with `.jsonl`.
    pub name: &'static str,
    /// What it annotates.
    pub convention: Convention,
}

/// The corpora that the program is measured on, and what each annotates.
pub const CORPORA: [Corpus; 4] = [
    Corpus { name: "TR-News", convention: Convention { demonyms: true, organisation_parts: true } },
    Corpus { name: "GeoWebNews", convention: Convention { demonyms: true, organisation_parts: true } },
    Corpus { name: "GeoVirus-a", convention: Convention { demonyms: false, organisation_parts: false } },
    Corpus { name: "TUD-trainval", convention: Convention { demonyms: false, organisation_parts: false } },
];
