//! A stretch of text that names a place, and the places it may denote.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::gazetteer::PlaceIndex;

/// What a mention does in its sentence. Only [`Role::Event`], [`Role::Destination`] and
/// [`Role::Origin`] are drawn on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Something happens or is the case there.
    Event,
    /// Where the article was written ("KABUL, Aug 15 —").
    Dateline,
    /// Named, but nothing that is told happens there.
    Background,
    /// A metonym: "Washington said".
    Actor,
    /// A people or an adjective: "Afghan".
    Demonym,
    /// Inside the name of an organisation: "US" in "US State Department".
    OrganisationPart,
    /// Where a movement goes.
    Destination,
    /// Where a movement starts.
    Origin,
}

impl Role {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Dateline => "dateline",
            Self::Background => "background",
            Self::Actor => "actor",
            Self::Demonym => "demonym",
            Self::OrganisationPart => "organisation_part",
            Self::Destination => "destination",
            Self::Origin => "origin",
        }
    }

    /// Whether a mention in this role is drawn.
    pub const fn is_drawn(self) -> bool {
        matches!(self, Self::Event | Self::Destination | Self::Origin)
    }
}

/// How exactly a point is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A site: an airport, a building, a crossing.
    Exact,
    /// A city, town or village.
    Settlement,
    /// Near a place that is known.
    Near,
    /// Somewhere in a district or county.
    Admin2,
    /// Somewhere in a province or state.
    Admin1,
    /// Somewhere in a region, a range, along a river.
    Region,
    /// Somewhere in a country.
    Country,
    /// Somewhere in a sea.
    Sea,
}

impl Precision {
    /// The name the data formats use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Settlement => "settlement",
            Self::Near => "near",
            Self::Admin2 => "admin2",
            Self::Admin1 => "admin1",
            Self::Region => "region",
            Self::Country => "country",
            Self::Sea => "sea",
        }
    }

    /// The precision of a gazetteer record of GeoNames kind `class.code`.
    pub fn of_kind(kind: &str) -> Self {
        let (class, code) = kind.split_once('.').unwrap_or((kind, ""));
        match (class, code) {
            ("A", c) if c.starts_with("PCL") || c == "TERR" => Self::Country,
            ("A", c) if c.starts_with("ADM1") => Self::Admin1,
            ("A", _) => Self::Admin2,
            ("P", _) => Self::Settlement,
            ("H", "SEA" | "OCN" | "GULF" | "BAY" | "STRT" | "CHN" | "SD") => Self::Sea,
            ("H", "DAM" | "RSV" | "SPNG" | "FLLS" | "WLL") => Self::Exact,
            ("H", _) => Self::Region,
            ("T", "PASS" | "PK" | "MT" | "VLC" | "HLL") => Self::Exact,
            ("T" | "L" | "U" | "V", c) if !matches!(c, "AMUS" | "MILB" | "NVB" | "PRT") => Self::Region,
            _ => Self::Exact,
        }
    }
}

/// A place that a mention may denote.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The gazetteer record.
    pub place: PlaceIndex,
    /// Calibrated probability that this place is meant, 0 to 1.
    pub score: f32,
    /// Why, most telling first.
    pub reasons: Vec<Reason>,
}

/// One reason for or against a candidate, told in plain words by its `Display`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The only record of that name.
    OnlyOne,
    /// The most populous of so many of that name.
    LargestOf(u32),
    /// The text names the area right behind: "Paris, Texas"; holds the area's name.
    NamedInside(String),
    /// So many other places of the article lie in the same country.
    SameCountry(u32),
    /// So many other places of the article lie in the same province.
    SameProvince(u32),
    /// So many kilometres from another place of the article, named here.
    Near(u32, String),
    /// The words around ask for this kind of place: "province", "air base".
    KindFits(String),
    /// The capital of its country.
    Capital,
    /// The name is one of its other names, not its own.
    OtherName,
    /// Chosen for the same name elsewhere in the article.
    SameElsewhere,
    /// Inside the region the user pointed to.
    InRegion,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OnlyOne => write!(f, "only place of the name"),
            Self::LargestOf(n) => write!(f, "largest of {n}"),
            Self::NamedInside(area) => write!(f, "the text names {area} with it"),
            Self::SameCountry(n) => write!(f, "same country as {n} other {}", places(*n)),
            Self::SameProvince(n) => write!(f, "same province as {n} other {}", places(*n)),
            Self::Near(km, place) => write!(f, "{km} km from {place}"),
            Self::KindFits(kind) => write!(f, "the text says it is a {kind}"),
            Self::Capital => write!(f, "capital"),
            Self::OtherName => write!(f, "known under this name too"),
            Self::SameElsewhere => write!(f, "the same name elsewhere in the article"),
            Self::InRegion => write!(f, "in the region you gave"),
        }
    }
}

fn places(n: u32) -> &'static str {
    if n == 1 { "place" } else { "places" }
}

/// A stretch of text that names a place (a toponym).
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Byte offsets into the article's text, half-open.
    pub range: Range<usize>,
    /// What it does in its sentence.
    pub role: Role,
    /// The places it may denote, best first; empty where the gazetteer knows none. Mentions of the
    /// same words share them.
    pub candidates: Arc<[Candidate]>,
    /// The chosen place; `None` where no candidate is good enough.
    pub place: Option<PlaceIndex>,
    /// Calibrated probability, 0 to 1, that the stretch names a place and that it is this one.
    pub score: f32,
    /// How exactly the chosen place fixes a point.
    pub precision: Option<Precision>,
    /// The country the chosen place lies in, as [`Hierarchy::country`](super::gazetteer::Hierarchy) has it;
    /// 0 where none is known.
    pub country: u16,
}

impl Mention {
    /// The words of the mention in `text`, the text it was found in.
    pub fn surface<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_follows_the_kind() {
        for (kind, expected) in [
            ("A.PCLI", Precision::Country),
            ("A.ADM1", Precision::Admin1),
            ("P.PPLC", Precision::Settlement),
            ("S.AIRB", Precision::Exact),
            ("H.SEA", Precision::Sea),
            ("L.RGN", Precision::Region),
            ("T.PASS", Precision::Exact),
        ] {
            assert_eq!(Precision::of_kind(kind), expected, "{kind}");
        }
    }
}
