//! A mention as the data formats write it.

use serde::Serialize;

use crate::article::offsets::CharOffsets;
use crate::places::{Candidate, Gazetteer, Mention, Place};

/// A mention with its place and candidates. Offsets are Unicode code points, half-open;
/// coordinates WGS84 degrees; what is not known is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Toponym<'a> {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub surface: &'a str,
    /// [`crate::places::Role::name`].
    pub role: &'static str,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Number of the GeoNames record.
    pub geonames_id: Option<u32>,
    /// `source:id` of the record.
    pub place_id: Option<String>,
    /// The place's preferred name.
    pub name: Option<&'a str>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// Name of the first-level division.
    pub admin1: Option<&'a str>,
    /// GeoNames `class.code`.
    pub kind: Option<&'a str>,
    /// [`crate::places::Precision::name`].
    pub precision: Option<&'static str>,
    /// Probability, 0 to 1.
    pub score: f64,
    /// What else it may denote, best first.
    pub candidates: Vec<CandidateRow<'a>>,
    /// [`crate::project::ReviewStatus::name`], where a person decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<&'static str>,
}

/// A place that a mention may denote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateRow<'a> {
    /// `source:id` of the record.
    pub place_id: String,
    /// The place's preferred name.
    pub name: &'a str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// GeoNames `class.code`.
    pub kind: &'a str,
    /// Probability, 0 to 1.
    pub score: f64,
    /// Why, most telling first, in plain words.
    pub reasons: Vec<String>,
}

impl<'a> Toponym<'a> {
    /// `mention` of the text behind `offsets`, with up to `candidates` candidates.
    pub fn new(
        mention: &Mention,
        text: &'a str,
        offsets: &CharOffsets<'_>,
        gazetteer: &'a Gazetteer,
        candidates: usize,
    ) -> Self {
        let place = mention.place.and_then(|index| gazetteer.place(index));
        let row = |c: &Candidate| CandidateRow::new(c, gazetteer);
        Self {
            start: offsets.char_of(mention.range.start),
            end: offsets.char_of(mention.range.end),
            surface: text.get(mention.range.clone()).unwrap_or(""),
            role: mention.role.name(),
            lat: place.map(|p| degrees(p.at.lat)),
            lon: place.map(|p| degrees(p.at.lon)),
            geonames_id: place.and_then(|p| p.id.geonames()),
            place_id: place.map(|p| p.id.to_string()),
            name: place.map(|p| p.name),
            country: place.and_then(|p| known(p.country)),
            admin1: place.and_then(|p| known(p.admin1)),
            kind: place.and_then(|p| known(p.kind)),
            precision: place.and(mention.precision).map(crate::places::Precision::name),
            score: share(mention.score),
            candidates: mention.candidates.iter().filter_map(row).take(candidates).collect(),
            review: None,
        }
    }
}

impl<'a> CandidateRow<'a> {
    /// `candidate`, if `gazetteer` holds it.
    pub fn new(candidate: &Candidate, gazetteer: &'a Gazetteer) -> Option<Self> {
        let place: Place<'a> = gazetteer.place(candidate.place)?;
        Some(Self {
            place_id: place.id.to_string(),
            name: place.name,
            lat: degrees(place.at.lat),
            lon: degrees(place.at.lon),
            country: known(place.country),
            kind: place.kind,
            score: share(candidate.score),
            reasons: candidate.reasons.iter().map(ToString::to_string).collect(),
        })
    }
}

/// `None` for the empty text that stands for "unknown" inside the program.
pub(super) fn known(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.is_empty())
}

/// Degrees with six decimals, a tenth of a metre: what the gazetteer holds.
pub(super) fn degrees(value: f64) -> f64 {
    round(value, 1e6)
}

/// A probability with four decimals; further ones mean nothing.
pub(super) fn share(value: f32) -> f64 {
    round(f64::from(value).clamp(0.0, 1.0), 1e4)
}

fn round(value: f64, factor: f64) -> f64 {
    // JSON knows no NaN, and "-0.0" is 0 for every reader.
    let rounded = (value * factor).round() / factor;
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_nan() {
        assert_eq!(degrees(34.528_900_000_001), 34.5289);
        assert_eq!(share(0.1 + 0.2), 0.3);
        assert_eq!(share(f32::NAN), 0.0);
        assert_eq!(serde_json::to_string(&degrees(-0.000_000_01)).unwrap(), "0.0");
    }
}
