//! When an event happened, and how well that is known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDate {
    /// First possible day.
    pub start: Date,
    /// Last possible day.
    pub end: Date,
    /// How exactly it is known.
    pub precision: DatePrecision,
    /// Where it comes from.
    pub basis: DateBasis,
}

impl EventDate {
    /// The publication date, where nothing else is said.
    pub const fn published(day: Date) -> Self {
        Self { start: day, end: day, precision: DatePrecision::Day, basis: DateBasis::Published }
    }
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DatePrecision {
    Day,
    Days,
    Week,
    Month,
    Year,
}

impl DatePrecision {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Days => "days",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// Where a date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// Written out in the text.
    Explicit,
    /// Reckoned from the publication date: "on Sunday".
    Relative,
    /// Nothing is said: the publication date is the latest day possible.
    Published,
}

impl DateBasis {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Relative => "relative",
            Self::Published => "published",
        }
    }
}
