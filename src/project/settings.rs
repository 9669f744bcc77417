//! How articles are analysed.

use crate::places::Hints;

/// Everything a person can choose that changes what is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What is known about the articles beforehand.
    pub hints: Hints,
    /// Whether events are looked for, or places only.
    pub events: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hints: Hints::default(), events: true }
    }
}
