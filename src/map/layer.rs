//! The ways to draw what happened.

use serde::{Deserialize, Serialize};

/// How the events are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapLayer {
    /// A sign for each place.
    #[default]
    Markers,
    /// Colour by how much happened thereabouts.
    Heat,
    /// Provinces coloured by how much happened in them.
    Provinces,
    /// Countries coloured by how much happened in them.
    Countries,
}

impl MapLayer {
    /// All ways.
    pub const ALL: [Self; 4] = [Self::Markers, Self::Heat, Self::Provinces, Self::Countries];

    /// What it is called in the interface.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Markers => "Markers",
            Self::Heat => "Heat map",
            Self::Provinces => "By province",
            Self::Countries => "By country",
        }
    }

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markers => "markers",
            Self::Heat => "heat",
            Self::Provinces => "provinces",
            Self::Countries => "countries",
        }
    }

    /// The way of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == text)
    }
}
