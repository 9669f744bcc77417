//! How much happened in each province or country, as shades of one colour.

use std::collections::BTreeMap;

use super::area::{AreaId, AreaKey, AreaLevel};
use super::basemap::Basemap;
use super::heat::ramp;
use super::palette::{Color, Theme};
use super::scene::{Marker, Scene};
use crate::places::Precision;

/// One area and how much happened in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shade {
    /// The area.
    pub area: AreaId,
    /// Its best-known name.
    pub name: String,
    /// Reports of events in it.
    pub count: usize,
    /// Index of its shade, the lightest first.
    pub class: usize,
}

/// Areas and the shades they have.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shading {
    /// Areas in which something happened, in the basemap's order.
    pub areas: Vec<Shade>,
    /// The least count of each shade, rising; the first is 1.
    pub breaks: Vec<usize>,
    /// Reports that no area can be told for: known to the country only where provinces are
    /// shaded, seas, regions.
    pub left_out: usize,
}

/// The most shades an eye tells apart on a map.
const MOST_CLASSES: usize = 5;

/// Counts a scene's events by country or province.
pub fn shading(scene: &Scene, basemap: &Basemap, level: AreaLevel) -> Shading {
    let mut counts: BTreeMap<AreaId, usize> = BTreeMap::new();
    let mut left_out = 0;
    for marker in scene.markers.iter().filter(|m| m.kind.is_some()) {
        match area_of(marker, basemap, level) {
            Some(area) => *counts.entry(area).or_default() += marker.count,
            None => left_out += marker.count,
        }
    }
    let breaks = breaks(counts.values().copied().max().unwrap_or(0));
    let shade = |(area, count)| Shade {
        area,
        name: basemap.area_names(area).next().unwrap_or("").to_owned(),
        count,
        class: breaks.iter().rposition(|&b| count >= b).unwrap_or(0),
    };
    Shading { areas: counts.into_iter().map(shade).collect(), breaks, left_out }
}

fn area_of(marker: &Marker, basemap: &Basemap, level: AreaLevel) -> Option<AreaId> {
    match (level, marker.precision) {
        (_, Precision::Sea | Precision::Region) => None,
        (AreaLevel::Country, _) => basemap.country_area(&marker.country),
        (AreaLevel::Province, Precision::Country) => None,
        (AreaLevel::Province, Precision::Admin1) => basemap.area_of(&AreaKey {
            level,
            country: marker.country.clone(),
            name: marker.name.clone(),
            at: marker.at,
        }),
        (AreaLevel::Province, _) => basemap.province_at(marker.at),
    }
}

/// The least count of each shade: one a count while they are few, then steps that grow in
/// proportion, since counts of events do (few provinces have most of them).
fn breaks(most: usize) -> Vec<usize> {
    if most <= MOST_CLASSES {
        return (1..=most).collect();
    }
    let step = (most as f64).powf(1.0 / MOST_CLASSES as f64);
    let mut out = vec![1];
    for i in 1..MOST_CLASSES {
        let at = step.powi(i as i32).round() as usize;
        let least = out.last().copied().unwrap_or(0) + 1;
        out.push(at.max(least));
    }
    out
}

/// The colour of a shade.
pub fn class_color(class: usize, classes: usize, theme: Theme) -> Color {
    let last = classes.saturating_sub(1).max(1);
    ramp(if classes == 1 { 0.5 } else { class as f32 / last as f32 }, theme)
}

impl Shading {
    /// Colour and meaning of each shade: "1", "2–4", "5 and more".
    pub fn legend(&self, theme: Theme) -> Vec<(Color, String)> {
        let label = |i: usize, &from: &usize| match self.breaks.get(i + 1) {
            Some(&next) if next == from + 1 => from.to_string(),
            Some(&next) => format!("{from}–{}", next - 1),
            None if i + 1 == MOST_CLASSES && self.most() > from => format!("{from}–{}", self.most()),
            None => from.to_string(),
        };
        let unit = |i: usize, text: String| match i {
            0 if text == "1" => "1 report".to_owned(),
            0 => format!("{text} reports"),
            _ => text,
        };
        let row = |(i, from)| (class_color(i, self.breaks.len(), theme), unit(i, label(i, from)));
        self.breaks.iter().enumerate().map(row).collect()
    }

    fn most(&self) -> usize {
        self.areas.iter().map(|a| a.count).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::scene::fixture::marker;

    fn counted(level: AreaLevel) -> Shading {
        let mut kabul = marker(69.17, 34.53, Precision::Settlement);
        kabul.count = 40;
        let country = marker(66.0, 33.0, Precision::Country);
        let markers = vec![kabul, marker(64.37, 31.59, Precision::Settlement), country];
        shading(&Scene { markers, ..Scene::default() }, Basemap::bundled().unwrap(), level)
    }

    #[test]
    fn reports_count_for_the_province_around_them() {
        let shading = counted(AreaLevel::Province);
        let named = |name: &str| shading.areas.iter().find(|a| a.name.contains(name));
        let of = |name: &str| named(name).map(|a| (a.count, a.class));
        assert_eq!((of("Kabul"), of("Helmand")), (Some((40, 4)), Some((1, 0))));
        assert_eq!(shading.left_out, 1, "the country alone says no province");
    }

    #[test]
    fn countries_take_everything() {
        let shading = counted(AreaLevel::Country);
        assert_eq!((shading.areas.len(), shading.areas[0].count, shading.left_out), (1, 42, 0));
    }

    #[test]
    fn breaks_rise_and_start_at_one() {
        assert_eq!(breaks(0), Vec::<usize>::new());
        assert_eq!(breaks(3), [1, 2, 3]);
        for most in [6, 7, 40, 1000, 1_000_000] {
            let found = breaks(most);
            assert!(found[0] == 1 && found.windows(2).all(|w| w[0] < w[1]), "{found:?}");
            assert!(found.last().unwrap() <= &most);
        }
    }

    #[test]
    fn the_legend_names_every_shade() {
        let rows: Vec<String> =
            counted(AreaLevel::Province).legend(Theme::Light).into_iter().map(|r| r.1).collect();
        assert_eq!(rows, ["1 report", "2–3", "4–8", "9–18", "19–40"]);
    }
}
