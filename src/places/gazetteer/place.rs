//! One record of the gazetteer as the other layers see it.

use std::fmt;

use crate::places::LonLat;

/// Which record of the gazetteer; valid for the gazetteer it came from.
/// Records are numbered by importance, so the lesser index is the more important place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceIndex(pub u32);

/// One record, its strings borrowed from the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// Which record.
    pub index: PlaceIndex,
    /// `source:id`, for example `geonames:1138958`.
    pub id: PlaceId<'a>,
    /// The preferred name.
    pub name: &'a str,
    /// Where it is: GeoNames' point, or a representative one.
    pub at: LonLat,
    /// GeoNames feature class and code, for example `P.PPLC`.
    pub kind: &'a str,
    /// ISO 3166-1 alpha-2 code; empty where it belongs to none.
    pub country: &'a str,
    /// Name of the first-level division; empty where unknown.
    pub admin1: &'a str,
    /// Name of the second-level division; empty where unknown.
    pub admin2: &'a str,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// Whether it is the capital of its country.
    pub capital: bool,
}

/// `source:id`: numbers of GeoNames are kept as numbers, other ids as they are.
/// `Display` and serialisation write the text form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceId<'a> {
    /// `geonames:` and this number.
    GeoNames(u32),
    /// The whole id, `source:` included.
    Other(&'a str),
}

impl<'a> PlaceId<'a> {
    /// Reads the text form. Numbers over 24 bits stay text: a file keeps three bytes for one.
    pub fn parse(text: &'a str) -> Self {
        match text.strip_prefix("geonames:").map(str::parse) {
            Some(Ok(number)) if number < 1 << 24 => Self::GeoNames(number),
            _ => Self::Other(text),
        }
    }

    /// The GeoNames number, where it is a record of GeoNames.
    pub fn geonames(self) -> Option<u32> {
        match self {
            Self::GeoNames(number) => Some(number),
            Self::Other(text) => text.strip_prefix("geonames:")?.parse().ok(),
        }
    }
}

impl fmt::Display for PlaceId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeoNames(number) => write!(f, "geonames:{number}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl PartialEq<&str> for PlaceId<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == PlaceId::parse(other)
    }
}

impl PartialEq<str> for PlaceId<'_> {
    fn eq(&self, other: &str) -> bool {
        *self == PlaceId::parse(other)
    }
}

impl From<PlaceId<'_>> for String {
    fn from(id: PlaceId<'_>) -> Self {
        id.to_string()
    }
}

impl serde::Serialize for PlaceId<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a place lies in, as numbers that compare quickly. 0 stands for "unknown" and never
/// counts as equal: use the methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hierarchy {
    /// The two letters of the ISO code.
    pub country: u16,
    /// The record of the first-level division, plus one. A first-level division has itself.
    pub admin1: u32,
    /// The record of the second-level division, plus one. A second-level division has itself.
    pub admin2: u32,
}

impl Hierarchy {
    /// Whether both are known to lie in one country.
    pub const fn same_country(self, other: Self) -> bool {
        self.country != 0 && self.country == other.country
    }

    /// Whether both are known to lie in one first-level division.
    pub const fn same_admin1(self, other: Self) -> bool {
        self.admin1 != 0 && self.admin1 == other.admin1
    }

    /// Whether both are known to lie in one second-level division.
    pub const fn same_admin2(self, other: Self) -> bool {
        self.admin2 != 0 && self.admin2 == other.admin2
    }

    /// The key of an ISO 3166-1 alpha-2 code in [`Hierarchy::country`]; 0 for no such code.
    pub fn country_key(iso2: &str) -> u16 {
        match iso2.as_bytes() {
            [a, b] => u16::from_le_bytes([a.to_ascii_uppercase(), b.to_ascii_uppercase()]),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_as_they_are_written() {
        for text in ["geonames:1138958", "curated:torkham", "geonames:x", "geonames:99999999"] {
            assert_eq!(PlaceId::parse(text).to_string(), text);
        }
        assert_eq!(PlaceId::GeoNames(7), "geonames:7");
        assert_eq!(PlaceId::parse("geonames:99999999").geonames(), Some(99_999_999));
        assert!(PlaceId::GeoNames(7) != "airport:7");
    }

    #[test]
    fn unknown_is_never_the_same() {
        let none = Hierarchy::default();
        assert!(!none.same_country(none) && !none.same_admin1(none) && !none.same_admin2(none));
        let af = Hierarchy { country: Hierarchy::country_key("af"), ..none };
        assert!(af.same_country(Hierarchy { country: Hierarchy::country_key("AF"), ..none }));
    }
}
