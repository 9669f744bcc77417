//! Annotated corpora: one JSON object a line with `text` and `toponyms`.

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::places::{LonLat, Role};

/// Which mentions a corpus annotates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convention {
    /// Peoples and adjectives.
    pub demonyms: bool,
    /// Names inside the names of organisations.
    pub organisation_parts: bool,
}

impl Convention {
    /// Everything counts.
    pub const ALL: Self = Self { demonyms: true, organisation_parts: true };

    /// Whether mentions in this role count.
    pub const fn counts(self, role: Role) -> bool {
        match role {
            Role::Demonym => self.demonyms,
            Role::OrganisationPart => self.organisation_parts,
            _ => true,
        }
    }
}

/// A place of the annotation.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Gold {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Degrees north, where the annotation has a point.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Number of the GeoNames record, where the annotation has one.
    pub geonames_id: Option<u32>,
    /// What the corpus calls this sort of place.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The class that the corpus puts it in: literal or associative.
    pub class: Option<String>,
    /// What it does in its sentence, where the annotation tells.
    #[serde(skip)]
    pub role: Option<Role>,
}

impl Gold {
    /// A place of the annotation.
    pub fn new(span: Range<usize>, at: Option<LonLat>) -> Self {
        let (lat, lon) = (at.map(|a| a.lat), at.map(|a| a.lon));
        Self { start: span.start, end: span.end, lat, lon, ..Self::default() }
    }

    /// Its point, where the annotation has one.
    pub fn at(&self) -> Option<LonLat> {
        Some(LonLat::new(self.lon?, self.lat?))
    }

    /// Its code points.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A text with its places.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Document {
    /// Its name in the corpus.
    #[serde(default)]
    pub id: Value,
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
///
/// # Errors
/// When the file cannot be read, or a line is no document.
pub fn read(path: &Path) -> Result<Vec<Document>, CorpusError> {
    lines(path)
}

/// Reads a file of JSON lines.
///
/// # Errors
/// When the file cannot be read, or a line is no such object.
pub fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, CorpusError> {
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
    Corpus { name: "TR-News", convention: Convention::ALL },
    Corpus { name: "GeoWebNews", convention: Convention::ALL },
    Corpus { name: "GeoVirus-a", convention: Convention { demonyms: false, organisation_parts: false } },
    Corpus { name: "TUD-trainval", convention: Convention { demonyms: false, organisation_parts: false } },
];
