//! Countries and provinces as polygons: looked up by code and name, or by a point inside.

use super::basemap::{Basemap, UNITS, UnitBox};
use super::cursor::{Cursor, each_shape};
use super::view::{lat_of, mercator_x, mercator_y};
use crate::places::LonLat;
use crate::places::gazetteer::fold;

/// Which country or province of the basemap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaId(pub u32);

/// What an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AreaLevel {
    /// A country.
    Country,
    /// A first-level division of a country.
    Province,
}

/// What is known of an area before it is drawn: enough to look it up.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaKey {
    /// Country or province.
    pub level: AreaLevel,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Name of the province, as the gazetteer has it; of no use for countries.
    pub name: String,
    /// A point that should lie inside.
    pub at: LonLat,
}

/// One area as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct AreaHead {
    level: AreaLevel,
    country: [u8; 2],
    bounds: UnitBox,
    names: (usize, usize),
    rings: (usize, usize),
}

pub(super) fn read_areas(cursor: &mut Cursor<'_>) -> Option<Vec<AreaHead>> {
    let count = cursor.u32()?;
    (0..count).map(|_| read_area(cursor)).collect()
}

fn read_area(cursor: &mut Cursor<'_>) -> Option<AreaHead> {
    let length = cursor.u32()? as usize;
    let end = cursor.at.checked_add(length)?;
    let level = if cursor.u8()? == 0 { AreaLevel::Country } else { AreaLevel::Province };
    let country = cursor.pair()?;
    let names = usize::from(cursor.u16()?);
    let mut side = || cursor.u32().map(|u| u as i32);
    let bounds = UnitBox { left: side()?, top: side()?, right: side()?, bottom: side()? };
    let start = cursor.at;
    cursor.skip(end.checked_sub(start)?)?;
    let names_end = start.checked_add(names).filter(|&e| e <= end)?;
    Some(AreaHead { level, country, bounds, names: (start, names_end), rings: (names_end, end) })
}

impl Basemap {
    /// The polygon that a key means: the country of the code; the province of that name in the
    /// country, else the one around the point.
    pub fn area_of(&self, key: &AreaKey) -> Option<AreaId> {
        match key.level {
            AreaLevel::Country => self.country_area(&key.country),
            AreaLevel::Province => self
                .province_named(&key.country, &key.name)
                .or_else(|| self.province_at(key.at).filter(|&id| self.area_country(id) == key.country)),
        }
    }

    /// The polygon of a country by its ISO 3166-1 alpha-2 code.
    pub fn country_area(&self, iso2: &str) -> Option<AreaId> {
        self.ids_of(iso2, AreaLevel::Country).next()
    }

    /// The polygons of all provinces.
    pub(super) fn provinces(&self) -> impl Iterator<Item = AreaId> {
        let heads = self.area_heads().iter().enumerate();
        heads.filter(|(_, h)| h.level == AreaLevel::Province).map(|(i, _)| AreaId(i as u32))
    }

    /// The polygons of a country's provinces; none for countries that have none.
    pub fn provinces_of(&self, iso2: &str) -> impl Iterator<Item = AreaId> {
        self.ids_of(iso2, AreaLevel::Province)
    }

    /// The province of that name (accents, case and words such as "Province" do not count).
    /// Where several match, the one whose better-known name does.
    pub fn province_named(&self, iso2: &str, name: &str) -> Option<AreaId> {
        let wanted = bare_name(name);
        let rank = |id: &AreaId| self.area_names(*id).position(|n| bare_name(n) == wanted);
        self.provinces_of(iso2).filter_map(|id| rank(&id).map(|r| (r, id))).min().map(|(_, id)| id)
    }

    /// The province around a point.
    pub fn province_at(&self, at: LonLat) -> Option<AreaId> {
        self.area_at(at, AreaLevel::Province)
    }

    /// ISO 3166-1 alpha-2 code of the country around a point. Boundaries are those in force on the ground
    /// as Natural Earth draws them, but Crimea counts as Ukraine's, as in GeoNames.
    pub fn country_at(&self, at: LonLat) -> Option<&str> {
        let id = self.province_at(at).or_else(|| self.area_at(at, AreaLevel::Country))?;
        Some(self.area_country(id))
    }

    /// ISO 3166-1 alpha-2 code of the area's country.
    pub fn area_country(&self, id: AreaId) -> &str {
        self.head(id).and_then(|h| std::str::from_utf8(&h.country).ok()).unwrap_or("")
    }

    /// Whether it is a country or a province.
    pub fn area_level(&self, id: AreaId) -> Option<AreaLevel> {
        self.head(id).map(|h| h.level)
    }

    /// The area's names, the one people use first.
    pub fn area_names(&self, id: AreaId) -> impl Iterator<Item = &str> {
        let range = self.head(id).map_or((0, 0), |h| h.names);
        let text = self.bytes().get(range.0..range.1).and_then(|b| std::str::from_utf8(b).ok());
        text.unwrap_or("").split('\0').filter(|n| !n.is_empty())
    }

    /// The area's box.
    pub fn area_box(&self, id: AreaId) -> Option<UnitBox> {
        self.head(id).map(|h| h.bounds)
    }

    /// Calls `draw` with each ring of the area: points in units, the first not repeated.
    pub fn area_rings(&self, id: AreaId, draw: &mut dyn FnMut(&[[i32; 2]])) {
        let range = self.head(id).map_or((0, 0), |h| h.rings);
        each_shape(self.bytes().get(range.0..range.1).unwrap_or(&[]), [0, 0], draw);
    }

    /// The area's rings in degrees.
    pub fn area_lonlat(&self, id: AreaId) -> Vec<Vec<LonLat>> {
        let mut out = Vec::new();
        self.area_rings(id, &mut |ring| out.push(ring.iter().map(|&p| degrees(p)).collect()));
        out
    }

    /// The box of the area's largest ring: a country without its far islands.
    pub fn mainland_box(&self, id: AreaId) -> Option<UnitBox> {
        let mut best: Option<(i64, UnitBox)> = None;
        self.area_rings(id, &mut |ring| {
            let (Some(b), size) = (box_of(ring), doubled_area(ring)) else { return };
            if best.is_none_or(|(s, _)| size > s) {
                best = Some((size, b));
            }
        });
        best.map(|(_, b)| b)
    }

    /// The middle of the widest level stretch inside the area at its largest ring, and its width in
    /// units: where its name has most room.
    pub(super) fn roomiest(&self, id: AreaId) -> Option<(LonLat, i32)> {
        let mut rings: Vec<Vec<[i32; 2]>> = Vec::new();
        self.area_rings(id, &mut |ring| rings.push(ring.to_vec()));
        let largest = rings.iter().max_by_key(|ring| doubled_area(ring))?;
        widest_stretch(box_of(largest)?, &rings).map(|(at, width)| (degrees(at), width))
    }

    fn head(&self, id: AreaId) -> Option<&AreaHead> {
        self.area_heads().get(id.0 as usize)
    }

    fn ids_of(&self, iso2: &str, level: AreaLevel) -> impl Iterator<Item = AreaId> {
        let code: [u8; 2] = iso2.as_bytes().try_into().unwrap_or_default();
        let is_it = move |h: &AreaHead| h.level == level && h.country == code;
        let heads = self.area_heads().iter().enumerate();
        heads.filter(move |(_, h)| is_it(h)).map(|(i, _)| AreaId(i as u32))
    }

    fn area_at(&self, at: LonLat, level: AreaLevel) -> Option<AreaId> {
        let [x, y] = units(at);
        let point = UnitBox { left: x, top: y, right: x, bottom: y };
        let heads = self.area_heads().iter().enumerate();
        let near = heads.filter(|(_, h)| h.level == level && h.bounds.touches(&point));
        near.map(|(i, _)| AreaId(i as u32)).find(|&id| self.holds(id, [x, y]))
    }

    fn holds(&self, id: AreaId, at: [i32; 2]) -> bool {
        let mut inside = false;
        self.area_rings(id, &mut |ring| inside ^= ring_holds(ring, at));
        inside
    }
}

/// A point in units of the Mercator square.
pub fn units(at: LonLat) -> [i32; 2] {
    let scaled = |share: f64| (share * f64::from(UNITS)).round() as i32;
    [scaled(mercator_x(at.lon)), scaled(mercator_y(at.lat))]
}

fn degrees([x, y]: [i32; 2]) -> LonLat {
    let share = |c: i32| f64::from(c) / f64::from(UNITS);
    LonLat::new(share(x) * 360.0 - 180.0, lat_of(share(y)))
}

/// Crossing-number test (Shimrat 1962): odd means inside.
pub(super) fn ring_holds(ring: &[[i32; 2]], [x, y]: [i32; 2]) -> bool {
    let mut inside = false;
    let Some(mut before) = ring.last() else { return false };
    for point in ring {
        let ([ax, ay], [bx, by]) = (*before, *point);
        if (ay > y) != (by > y) {
            let cross = i64::from(bx - ax) * i64::from(y - ay);
            let (span, dx) = (i64::from(by - ay), i64::from(x - ax));
            if if span > 0 { dx * span < cross } else { dx * span > cross } {
                inside = !inside;
            }
        }
        before = point;
    }
    inside
}

fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let Some(mut before) = ring.last() else { return 0 };
    let mut sum = 0_i64;
    for p in ring {
        sum += i64::from(before[0]) * i64::from(p[1]) - i64::from(p[0]) * i64::from(before[1]);
        before = p;
    }
    sum.abs()
}

/// Level lines tried for a name.
const LEVELS: i32 = 9;

/// The middle and the width of the widest stretch inside an area along one of some level lines
/// through a box; lines near the middle of the box are preferred. Rings within rings are holes:
/// Brandenburg's name shall not stand in Berlin.
fn widest_stretch(area: UnitBox, rings: &[Vec<[i32; 2]>]) -> Option<([i32; 2], i32)> {
    let height = area.bottom - area.top;
    let mut best: Option<(f64, [i32; 2], i32)> = None;
    for n in 1..=LEVELS {
        let y = area.top + (i64::from(height) * i64::from(n) / i64::from(LEVELS + 1)) as i32;
        let all = rings.iter().flat_map(|ring| edges(ring));
        let mut crossings: Vec<i32> = all.filter_map(|(a, b)| crossing(a, b, y)).collect();
        crossings.sort_unstable();
        for pair in crossings.chunks_exact(2) {
            let &[left, right] = pair else { continue };
            if right < area.left || left > area.right {
                continue;
            }
            let off = f64::from((2 * n - LEVELS - 1).abs()) / f64::from(LEVELS);
            let worth = f64::from(right - left) * (1.0 - 0.35 * off);
            if best.is_none_or(|(w, ..)| worth > w) {
                best = Some((worth, [left + (right - left) / 2, y], right - left));
            }
        }
    }
    best.map(|(_, at, width)| (at, width))
}

fn edges(ring: &[[i32; 2]]) -> impl Iterator<Item = ([i32; 2], [i32; 2])> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Where an edge crosses a level line.
fn crossing([ax, ay]: [i32; 2], [bx, by]: [i32; 2], y: i32) -> Option<i32> {
    let crosses = (ay > y) != (by > y);
    crosses.then(|| ax + (i64::from(bx - ax) * i64::from(y - ay) / i64::from(by - ay)) as i32)
}

fn box_of(ring: &[[i32; 2]]) -> Option<UnitBox> {
    let &[x, y] = ring.first()?;
    let start = UnitBox { left: x, top: y, right: x, bottom: y };
    Some(ring.iter().fold(start, |b, &[x, y]| UnitBox {
        left: b.left.min(x),
        top: b.top.min(y),
        right: b.right.max(x),
        bottom: b.bottom.max(y),
    }))
}

/// Words that say what kind of division a name is of, and nothing about which.
const DIVISION_WORDS: [&str; 40] = [
    "province",
    "state",
    "region",
    "oblast",
    "oblast'",
    "governorate",
    "wilayat",
    "velayat",
    "wilaya",
    "e",
    "district",
    "department",
    "county",
    "prefecture",
    "division",
    "territory",
    "republic",
    "of",
    "the",
    "kray",
    "krai",
    "voivodeship",
    "canton",
    "land",
    "estado",
    "de",
    "departamento",
    "provincia",
    "muhafazat",
    "ostan",
    "viloyati",
    "sheng",
    "zizhiqu",
    "lan",
    "laens",
    "fylke",
    "bundesland",
    "autonomous",
    "city",
    "municipality",
];

/// The folded name without the words that every division of its kind bears.
fn bare_name(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split([' ', '-']).filter(|w| !w.is_empty() && !DIVISION_WORDS.contains(w)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> &'static Basemap {
        Basemap::bundled().unwrap()
    }

    #[test]
    fn points_lie_in_their_countries() {
        for (lon, lat, code) in [
            (69.17, 34.53, "AF"),
            (71.6, 34.0, "PK"),
            (-97.5, 35.5, "US"),
            (2.35, 48.86, "FR"),
            (34.1, 45.0, "UA"),
            (178.45, -18.1, "FJ"),
            (139.7, 35.7, "JP"),
        ] {
            assert_eq!(map().country_at(LonLat::new(lon, lat)), Some(code), "{lon} {lat}");
        }
        assert_eq!(map().country_at(LonLat::new(-40.0, 40.0)), None, "the Atlantic");
    }

    #[test]
    fn provinces_are_found_by_any_of_their_names() {
        for (country, name) in [
            ("AF", "Kabul"),
            ("AF", "Wilayat-e Kabul"),
            ("AF", "Helmand"),
            ("AF", "Panjshir"),
            ("PK", "Khyber Pakhtunkhwa"),
            ("UA", "Donets'k"),
            ("US", "Oklahoma"),
            ("CA", "Québec"),
        ] {
            assert!(map().province_named(country, name).is_some(), "{name}");
        }
        let panjshir = map().province_named("AF", "Panjshir").unwrap();
        assert_eq!(map().area_names(panjshir).next(), Some("Panjshir"));
        assert_eq!(map().province_named("AF", "Oklahoma"), None);
    }

    #[test]
    fn a_province_with_an_unknown_name_is_found_by_its_point() {
        let key = AreaKey {
            level: AreaLevel::Province,
            country: "AF".into(),
            name: "Wilāyat nobody writes so".into(),
            at: LonLat::new(69.17, 34.53),
        };
        let id = map().area_of(&key).unwrap();
        assert!(map().area_names(id).any(|n| n == "Kabul"));
        assert_eq!(map().area_of(&AreaKey { country: "PK".into(), ..key }), None, "other country, no guess");
    }

    #[test]
    fn france_without_its_far_departments_is_in_europe() {
        let france = map().country_area("FR").unwrap();
        let mainland = map().mainland_box(france).unwrap();
        assert!(mainland.right - mainland.left < UNITS / 20);
        assert!(map().area_box(france).unwrap().right - mainland.right > UNITS / 20);
    }
}
