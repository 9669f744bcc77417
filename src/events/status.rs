//! Whether an event happened.

use serde::{Deserialize, Serialize};

/// Whether it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It happened.
    Completed,
    /// It is happening.
    Ongoing,
    /// It is announced or intended.
    Planned,
    /// A source says it happened.
    Claimed,
    /// Somebody says it did not happen.
    Denied,
    /// It did not happen.
    Negated,
    /// It is feared, possible or conditional.
    Hypothetical,
}

impl Status {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Ongoing => "ongoing",
            Self::Planned => "planned",
            Self::Claimed => "claimed",
            Self::Denied => "denied",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// Whether an event of this status is drawn by default.
    pub const fn is_drawn(self) -> bool {
        matches!(self, Self::Completed | Self::Ongoing | Self::Claimed)
    }
}
