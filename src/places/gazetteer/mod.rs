//! The places of the world, in one file that is read in place.

use super::LonLat;

/// Which record of the gazetteer; valid for the gazetteer it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceIndex(pub u32);

/// One record, its strings borrowed from the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// Which record.
    pub index: PlaceIndex,
    /// `source:id`, for example `geonames:1138958`.
    pub id: &'a str,
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
}

/// The places of the world and their names.
#[derive(Debug)]
pub struct Gazetteer {}
