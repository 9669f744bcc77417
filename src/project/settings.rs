//! How articles are analysed.

use crate::places::Hints;

/// How carefully places are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Care {
    /// The tagger alone: thousands of articles a second.
    #[default]
    Fast,
    /// The tagger and a neural network: about ten articles a second, and fewer mistakes.
    Accurate,
}

impl Care {
    /// Its name in exports and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Accurate => "accurate",
        }
    }
}

/// Everything a person can choose that changes what is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What is known about the articles beforehand.
    pub hints: Hints,
    /// Whether events are looked for, or places only.
    pub events: bool,
    /// How carefully places are recognised.
    pub care: Care,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hints: Hints::default(), events: true, care: Care::default() }
    }
}
