//! How names are set: size, weight and spacing by what is named, its rank and the zoom.

use super::LabelStyle;
use crate::map::label_index::{Town, is_minor, least_weight};

/// How a name is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub style: LabelStyle,
    pub size: f32,
    pub spacing: f32,
}

impl Look {
    pub const fn of(style: LabelStyle, size: f32) -> Self {
        Self { style, size, spacing: 0.0 }
    }

    pub fn spaced(self, text: &str, spacing: f32) -> Self {
        Self { spacing: spaced(text, spacing), ..self }
    }
}

/// The space after each letter of a name; none where the script joins its letters.
fn spaced(text: &str, spacing: f32) -> f32 {
    let joined = |c: char| matches!(c, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{97f}');
    if text.chars().any(joined) { 0.0 } else { spacing }
}

/// What is known of a town when its name is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rank<'a> {
    pub kind: &'a str,
    pub inhabitants: u32,
    /// Whether it is the capital of a state.
    pub capital: bool,
    /// How far it lies above what is written at this zoom, in powers of ten of inhabitants.
    pub above: f32,
}

impl<'a> Rank<'a> {
    pub fn new(town: &Town, kind: &'a str, inhabitants: u32, capital: bool, zoom: f64) -> Self {
        Self { kind, inhabitants, capital, above: town.weight - least_weight(zoom) }
    }
}

/// Inhabitants of a city that is written strong at a zoom: from far only countries are.
fn strong(zoom: f64) -> u32 {
    match zoom {
        z if z < 4.2 => u32::MAX,
        z if z < 5.5 => 2_500_000,
        z if z < 6.5 => 2_000_000,
        z if z < 7.0 => 1_000_000,
        z if z < 8.0 => 500_000,
        z if z < 9.5 => 250_000,
        _ => 100_000,
    }
}

/// How a town's name is set.
pub(super) fn town(rank: &Rank<'_>, zoom: f64) -> Look {
    let strong = rank.inhabitants >= strong(zoom) || (rank.capital && zoom >= 4.2);
    match rank {
        rank if is_minor(rank.kind) => Look::of(LabelStyle::Minor, 10.5),
        _ if strong => Look::of(LabelStyle::City, city_size(rank, zoom)),
        rank if zoom >= 7.0 && rank.inhabitants < 10_000 => Look::of(LabelStyle::Village, 11.0),
        rank if zoom >= 3.2 && rank.above >= 0.8 => Look::of(LabelStyle::Town, 12.0),
        _ => Look::of(LabelStyle::Town, 11.0),
    }
}

fn city_size(rank: &Rank<'_>, zoom: f64) -> f32 {
    let near = if zoom >= 8.0 { 0.5 } else { 0.0 };
    near + match rank.inhabitants {
        n if n >= 3_000_000 => 13.0,
        n if n >= 500_000 => 12.5,
        _ => 12.0,
    }
}

/// How near to another town a name may be written, in points: names spread evenly, also where
/// towns do not, but one of rank comes nearer than one that only just is written.
pub(super) fn reach(rank: &Rank<'_>, zoom: f64) -> f64 {
    let full = match zoom {
        _ if is_minor(rank.kind) => return 64.0,
        z if z >= 9.0 => 64.0,
        _ => 76.0,
    };
    full * (1.0 - 0.55 * f64::from(rank.above)).clamp(0.5, 1.0)
}

/// How a country's name is set that has so much room, in points.
pub(super) fn country_size(wide: f64) -> f32 {
    match wide {
        wide if wide > 900.0 => 14.0,
        wide if wide > 420.0 => 13.0,
        wide if wide > 180.0 => 12.0,
        wide if wide > 90.0 => 11.0,
        _ => 10.0,
    }
}

/// A name broken into two lines of about the same length; nothing where it is one word.
pub(super) fn broken(name: &str) -> Option<(&str, &str)> {
    let spaces = name.match_indices(' ').map(|(at, _)| at);
    let longer = |at: &usize| (*at).max(name.len() - at);
    let at = spaces.min_by_key(longer)?;
    Some((name.get(..at)?, name.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_joined_are_not_spaced() {
        assert_eq!((spaced("افغانستان", 1.5), spaced("भारत", 1.5)), (0.0, 0.0));
        assert_eq!((spaced("РОССИЯ", 1.5), spaced("ΕΛΛΆΔΑ", 1.5)), (1.5, 1.5));
    }

    #[test]
    fn names_are_broken_near_their_middle() {
        assert_eq!(broken("UNITED KINGDOM"), Some(("UNITED", "KINGDOM")));
        assert_eq!(broken("BOSNIA AND HERZEGOVINA"), Some(("BOSNIA AND", "HERZEGOVINA")));
        assert_eq!(broken("GERMANY"), None);
    }

    #[test]
    fn rank_shows_in_size_and_distance() {
        let rank = |inhabitants: u32, capital: bool| Rank {
            kind: "P.PPL",
            inhabitants,
            capital,
            above: (inhabitants as f32).log10() - least_weight(6.0),
        };
        let (village, city, metropolis) = (rank(60_000, false), rank(400_000, false), rank(4_000_000, false));
        assert!(reach(&metropolis, 6.0) < reach(&city, 6.0) && reach(&city, 6.0) < reach(&village, 6.0));
        assert_eq!(town(&metropolis, 6.0).style, LabelStyle::City);
        assert_eq!(town(&rank(30_000, true), 6.0).style, LabelStyle::City);
        assert_eq!(town(&metropolis, 3.0).style, LabelStyle::Town, "from far countries are what is read");
        assert!(town(&metropolis, 6.0).size > town(&city, 6.0).size);
    }
}
