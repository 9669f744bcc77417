//! Which province or country of the gazetteer a point lies in, by the basemap's polygons.

use super::basemap::Basemap;
use crate::places::gazetteer::{Gazetteer, PlaceIndex, fold};
use crate::places::{LonLat, Place};

/// The polygons of the basemap tied to the records of the gazetteer.
#[derive(Debug, Clone, Copy)]
pub struct Divisions<'a> {
    /// The records.
    pub gazetteer: &'a Gazetteer,
    /// The polygons.
    pub basemap: &'a Basemap,
}

impl Divisions<'_> {
    /// The first-level division around a point; where its polygon is tied to no record, the
    /// country; `None` at sea.
    pub fn at(&self, at: LonLat) -> Option<PlaceIndex> {
        self.province(at).or_else(|| self.country(at))
    }

    /// The country around a point.
    pub fn country(&self, at: LonLat) -> Option<PlaceIndex> {
        self.gazetteer.country(self.basemap.country_at(at)?)
    }

    /// The first-level division around a point: the one of the polygon's country with one of the
    /// polygon's names, the better-known name first.
    pub fn province(&self, at: LonLat) -> Option<PlaceIndex> {
        let area = self.basemap.province_at(at)?;
        let country = self.basemap.area_country(area);
        let is_it = |place: &Place<'_>| place.kind == "A.ADM1" && place.country == country;
        self.basemap.area_names(area).find_map(|name| {
            let mut hits = self.gazetteer.lookup(&fold(name)).map(|hit| hit.place);
            hits.find(|&index| self.gazetteer.place(index).is_some_and(|place| is_it(&place)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_at(lon: f64, lat: f64) -> Option<(&'static str, &'static str)> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let divisions = Divisions { gazetteer, basemap: Basemap::bundled().unwrap() };
        let place = gazetteer.place(divisions.at(LonLat::new(lon, lat))?)?;
        Some((place.name, place.country))
    }

    #[test]
    fn points_lie_in_their_provinces() {
        assert_eq!(name_at(-97.5, 35.5), Some(("Oklahoma", "US")));
        assert_eq!(name_at(69.17, 34.53).map(|n| n.1), Some("AF"));
        assert_eq!(name_at(-40.0, 40.0), None, "the Atlantic");
    }

    #[test]
    fn most_provinces_are_tied_to_a_record() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let divisions = Divisions { gazetteer, basemap: Basemap::bundled().unwrap() };
        let large = gazetteer
            .indices()
            .filter(|i| gazetteer.kind(*i).starts_with("P.") && gazetteer.population(*i) > 500_000);
        let (mut tied, mut all) = (0, 0);
        for town in large {
            all += 1;
            tied += usize::from(divisions.province(gazetteer.point(town)).is_some());
        }
        assert!(all > 500 && tied * 100 > all * 60, "{tied} of {all}");
    }
}
