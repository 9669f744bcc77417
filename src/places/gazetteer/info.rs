//! What a gazetteer file was made of.

use serde::{Deserialize, Serialize};

/// Version, size and sources of a gazetteer; stands in every export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Info {
    /// Year and month of the data, for example `2026.11`.
    pub version: String,
    /// Day of the newest source, `YYYY-MM-DD`.
    pub date: String,
    /// Number of places.
    pub places: usize,
    /// Number of names: pairs of a place and a folded name.
    pub names: usize,
    /// Content hash of the file, in hexadecimal.
    #[serde(default)]
    pub sha256: String,
    /// What it was made from.
    pub sources: Vec<Source>,
}

/// One source of a gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Source {
    /// Name and version of the package or table.
    pub name: String,
    /// What was taken from it.
    pub what: String,
    /// Licence of the data.
    pub licence: String,
    /// The line of credit the licence asks for; empty where it asks for none.
    #[serde(default)]
    pub credit: String,
    /// Hash of the package as fetched, in hexadecimal; empty for tables of this project.
    #[serde(default)]
    pub sha256: String,
}
