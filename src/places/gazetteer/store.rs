//! An open gazetteer: its records, read in place.

use std::sync::OnceLock;

use super::format::{self, Bytes, File, GazetteerError, Section, Tag, u24_at, u32_at};
use super::info::Info;
use super::kinds::{FIRST_DIVISION, SECOND_DIVISION, kind_class};
use super::place::{Hierarchy, Place, PlaceId, PlaceIndex};
use super::user::own::{Chunk, Own};
use crate::places::LonLat;

/// Bytes of a record: 0 point (7 bytes, see `pack_point`), 7 population (u32), 11 name (u24, into
/// the strings), 14 id (u24: GeoNames number, or into the strings), 17 parent (u24, record plus
/// one), 20 kind, 21 country (2 letters), 23 importance, 24 flags, 25 number of names (255 for
/// more).
pub(super) const RECORD_LEN: usize = 26;

/// Bytes of a kind.
pub(super) const KIND_LEN: usize = 12;

/// Record flag: the id is a string.
pub(super) const FLAG_TEXT_ID: u8 = 1;
/// Record flag: capital of its country.
pub(super) const FLAG_CAPITAL: u8 = 2;

/// Record flag: the point is only that of the division around it.
pub(super) const FLAG_ROUGH: u8 = 4;

/// The file that is part of the program.
static FILE: &[u8] = include_bytes!("../../../data/gazetteer.bin");

/// Bytes of a pair in the tables of seats.
const PAIR_LEN: usize = 6;

/// Bytes of an entry of the country table.
const COUNTRY_LEN: usize = 6;

/// The places of the world and their names. Opening one reads a header and nothing else.
pub struct Gazetteer {
    file: Bytes,
    info: Section,
    pub(super) index: fst::Map<Section>,
    pub(super) postings: Section,
    pub(super) shown: Section,
    pub(super) shown_blocks: Section,
    records: Section,
    strings: Section,
    kinds: Section,
    /// The class of each kind, see [`kind_class`].
    classes: Vec<u8>,
    ids: Section,
    countries: Section,
    codes: fst::Map<Section>,
    seats: Section,
    seat_of: Section,
    pub(super) names_of: Section,
    pub(super) names_of_blocks: Section,
    outside: Section,
    /// The user's gazetteers.
    pub(super) own: Vec<Own>,
    /// Their parts, numbered behind the places and names of this one.
    pub(super) chunks: Vec<Chunk>,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("places", &self.len()).finish_non_exhaustive()
    }
}

impl Gazetteer {
    /// The gazetteer that is part of the program.
    ///
    /// # Errors
    /// As [`Gazetteer::from_bytes`]; only if the program was built with a damaged file.
    pub fn bundled() -> Result<&'static Self, GazetteerError> {
        static BUNDLED: OnceLock<Gazetteer> = OnceLock::new();
        if let Some(open) = BUNDLED.get() {
            return Ok(open);
        }
        let open = Self::bundled_anew()?;
        Ok(BUNDLED.get_or_init(|| open))
    }

    /// The gazetteer that is part of the program, to put the user's behind it.
    pub(super) fn bundled_anew() -> Result<Self, GazetteerError> {
        Self::from_bytes(FILE)
    }

    /// Opens a gazetteer file. Its content hash is not checked: see [`Gazetteer::verify`].
    ///
    /// # Errors
    /// What is no gazetteer file, of another format version, or cut short.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Result<Self, GazetteerError> {
        let bytes = bytes.into();
        let file = File::open(bytes.clone())?;
        Ok(Self {
            info: file.section(Tag::Info)?,
            index: fst::Map::new(file.section(Tag::Index)?)?,
            postings: file.section(Tag::Postings)?,
            shown: file.section(Tag::Shown)?,
            shown_blocks: file.section(Tag::ShownBlocks)?,
            records: file.section(Tag::Records)?,
            strings: file.section(Tag::Strings)?,
            classes: classes(file.section(Tag::Kinds)?.bytes()),
            kinds: file.section(Tag::Kinds)?,
            ids: file.section(Tag::Ids)?,
            countries: file.section(Tag::Countries)?,
            codes: fst::Map::new(file.section(Tag::Codes)?)?,
            seats: file.section(Tag::Seats)?,
            seat_of: file.section(Tag::SeatOf)?,
            names_of: file.section(Tag::NamesOf)?,
            names_of_blocks: file.section(Tag::NamesOfBlocks)?,
            outside: file.section(Tag::Outside)?,
            own: Vec::new(),
            chunks: Vec::new(),
            file: bytes,
        })
    }

    /// Compares the content with the hash in the header; reads the whole file.
    ///
    /// # Errors
    /// [`GazetteerError::Hash`] where they differ.
    pub fn verify(&self) -> Result<(), GazetteerError> {
        let (found, written) = (format::content_hash(self.file.as_ref()), self.sha256());
        if found == written { Ok(()) } else { Err(GazetteerError::Hash { found, written }) }
    }

    /// The content hash the header names, in hexadecimal.
    pub fn sha256(&self) -> String {
        format::written_hash(self.file.as_ref())
    }

    /// What the gazetteer was made of.
    ///
    /// # Errors
    /// [`GazetteerError::Info`] where the description is damaged.
    pub fn info(&self) -> Result<Info, GazetteerError> {
        let mut info: Info = serde_json::from_slice(self.info.bytes())?;
        info.sha256 = self.sha256();
        for own in &self.own {
            info.places += own.places;
            info.names += own.names;
            info.sources.push(own.as_source());
        }
        Ok(info)
    }

    /// Name and length in bytes of each part of the file.
    pub fn section_sizes(&self) -> Vec<(String, usize)> {
        format::table(self.file.as_ref())
    }

    /// Number of places, those of the user's gazetteers left out.
    pub fn len(&self) -> usize {
        self.records.bytes().len() / RECORD_LEN
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All records but those of the user's gazetteers, most important first.
    pub fn indices(&self) -> impl Iterator<Item = PlaceIndex> + use<> {
        (0..self.len() as u32).map(PlaceIndex)
    }

    /// The file that `index` is a record of, and its number there.
    pub(super) fn home(&self, index: PlaceIndex) -> (&Self, PlaceIndex) {
        if self.chunks.is_empty() || (index.0 as usize) < self.len() {
            return (self, index);
        }
        let behind = self.chunks.partition_point(|chunk| chunk.places <= index.0);
        let chunk = behind.checked_sub(1).and_then(|at| self.chunks.get(at));
        chunk.map_or((self, index), |chunk| (&chunk.gazetteer, PlaceIndex(index.0 - chunk.places)))
    }

    /// Whether the record comes from one of the user's own gazetteers.
    pub fn is_own(&self, index: PlaceIndex) -> bool {
        !self.chunks.is_empty() && index.0 as usize >= self.len()
    }

    /// The record `index`; `None` for an index of another gazetteer beyond the end.
    pub fn place(&self, index: PlaceIndex) -> Option<Place<'_>> {
        let (home, at) = self.home(index);
        let record = home.record(at)?;
        let within = self.divisions(index);
        let name_of = |key: u32| key.checked_sub(1).map_or("", |at| self.place_name(PlaceIndex(at)));
        Some(Place {
            index,
            id: home.id_in(record),
            name: home.name_in(record),
            at: point_in(record),
            kind: home.kind_in(record),
            country: country_in(record),
            admin1: name_of(within.0),
            admin2: name_of(within.1),
            population: u32_at(record, 7),
            capital: byte(record, 24) & FLAG_CAPITAL != 0,
        })
    }

    /// What `tell` says of the record `index`; `none` beyond the end.
    fn of<'g, T>(&'g self, index: PlaceIndex, none: T, tell: impl FnOnce(&'g Self, &'g [u8]) -> T) -> T {
        let (home, at) = self.home(index);
        home.record(at).map_or(none, |record| tell(home, record))
    }

    /// The preferred name of `index`; empty beyond the end.
    pub fn place_name(&self, index: PlaceIndex) -> &str {
        self.of(index, "", Self::name_in)
    }

    /// Where `index` is.
    pub fn point(&self, index: PlaceIndex) -> LonLat {
        self.of(index, LonLat::default(), |_, record| point_in(record))
    }

    /// GeoNames feature class and code of `index`.
    pub fn kind(&self, index: PlaceIndex) -> &str {
        self.of(index, "", Self::kind_in)
    }

    /// The class of the kind of `index`, see [`super::kinds::kind_class`].
    pub fn kind_class(&self, index: PlaceIndex) -> u16 {
        self.of(index, 14, Self::class_in)
    }

    /// Inhabitants of `index`; 0 where unknown.
    pub fn population(&self, index: PlaceIndex) -> u32 {
        self.of(index, 0, |_, record| u32_at(record, 7))
    }

    /// Whether `index` is the capital of its country.
    pub fn is_capital(&self, index: PlaceIndex) -> bool {
        self.of(index, false, |_, record| byte(record, 24) & FLAG_CAPITAL != 0)
    }

    /// Whether the point of `index` is only that of the division around it: nothing closer is known.
    pub fn is_rough(&self, index: PlaceIndex) -> bool {
        self.of(index, false, |_, record| byte(record, 24) & FLAG_ROUGH != 0)
    }

    /// The town that the division `division` is governed from, where it is known.
    pub fn seat(&self, division: PlaceIndex) -> Option<PlaceIndex> {
        partners(self.seats.bytes(), division).next()
    }

    /// The divisions that are governed from `town`, most important first.
    pub fn governs(&self, town: PlaceIndex) -> impl Iterator<Item = PlaceIndex> {
        partners(self.seat_of.bytes(), town)
    }

    /// The first- or second-level division with the code `code`, as GeoNames writes it: "AF.13",
    /// "AF.13.1302".
    pub fn division(&self, code: &str) -> Option<PlaceIndex> {
        self.codes.get(code).and_then(|index| u32::try_from(index).ok()).map(PlaceIndex)
    }

    /// Number of names of `index` that fold differently, 255 for more.
    pub fn name_count(&self, index: PlaceIndex) -> u8 {
        self.of(index, 0, |_, record| byte(record, 25))
    }

    /// The prior of `index`, 0 to 1: see [`super::importance`].
    pub fn importance(&self, index: PlaceIndex) -> f32 {
        self.of(index, 0.0, |_, record| f32::from(byte(record, 23)) / 255.0)
    }

    /// What `index` lies in, as numbers.
    pub fn hierarchy(&self, index: PlaceIndex) -> Hierarchy {
        let (home, at) = self.home(index);
        let Some(record) = home.record(at) else { return Hierarchy::default() };
        let (admin1, admin2) = self.divisions(index);
        Hierarchy { country: u16::from_le_bytes([byte(record, 21), byte(record, 22)]), admin1, admin2 }
    }

    /// The record of the first-level division `index` lies in (itself where it is one).
    pub fn admin1(&self, index: PlaceIndex) -> Option<PlaceIndex> {
        self.hierarchy(index).admin1.checked_sub(1).map(PlaceIndex)
    }

    /// The record of the second-level division `index` lies in (itself where it is one).
    pub fn admin2(&self, index: PlaceIndex) -> Option<PlaceIndex> {
        self.hierarchy(index).admin2.checked_sub(1).map(PlaceIndex)
    }

    /// The record of the country with the ISO 3166-1 alpha-2 code `iso2`, in any case.
    pub fn country(&self, iso2: &str) -> Option<PlaceIndex> {
        let code: [u8; 2] = iso2.to_ascii_uppercase().as_bytes().try_into().ok()?;
        let table = self.countries.bytes();
        let at = partition(table.len() / COUNTRY_LEN, |i| {
            table.get(i * COUNTRY_LEN..).is_some_and(|e| e.get(..2) < Some(&code[..]))
        });
        let entry = table.get(at * COUNTRY_LEN..)?;
        (entry.get(..2)? == code).then(|| PlaceIndex(u32_at(entry, 2)))
    }

    /// The record with the id `id`, for example `geonames:1138958`; one of the user's only where
    /// no other has the id.
    pub fn by_id(&self, id: &str) -> Option<PlaceIndex> {
        let wanted = PlaceId::parse(id);
        let in_chunk = |c: &Chunk| c.gazetteer.with_id(wanted).map(|at| PlaceIndex(at.0 + c.places));
        self.with_id(wanted).or_else(|| self.chunks.iter().find_map(in_chunk))
    }

    /// The record of this file with an id.
    pub(super) fn with_id(&self, wanted: PlaceId<'_>) -> Option<PlaceIndex> {
        let ids = self.ids.bytes();
        let index_at = |i: usize| PlaceIndex(u24_at(ids, i * 3));
        let id_at = |i: usize| self.record(index_at(i)).map(|r| self.id_in(r));
        let at = partition(ids.len() / 3, |i| id_at(i) < Some(wanted));
        (at < ids.len() / 3 && id_at(at) == Some(wanted)).then(|| index_at(at))
    }

    pub(super) fn record(&self, index: PlaceIndex) -> Option<&[u8]> {
        let start = (index.0 as usize).checked_mul(RECORD_LEN)?;
        self.records.bytes().get(start..start + RECORD_LEN)
    }

    /// First- and second-level division, as record plus one.
    fn divisions(&self, index: PlaceIndex) -> (u32, u32) {
        let parent = self.parent(index);
        match self.kind_class(index) {
            FIRST_DIVISION => return (index.0 + 1, 0),
            SECOND_DIVISION => return (parent, index.0 + 1),
            _ => {}
        }
        let Some(above) = parent.checked_sub(1).map(PlaceIndex) else { return (0, 0) };
        if self.kind_class(above) == SECOND_DIVISION { (self.parent(above), parent) } else { (parent, 0) }
    }

    /// The division that a record names as its own, as record plus one. Those of the user's lie in
    /// divisions of this file.
    fn parent(&self, index: PlaceIndex) -> u32 {
        let (home, at) = self.home(index);
        let Some(parent) = home.record(at).map(parent_in) else { return 0 };
        if std::ptr::eq(home, self) {
            return if parent as usize > self.len() { 0 } else { parent };
        }
        let inside = parent.checked_sub(1).and_then(|at| home.record(PlaceIndex(at)));
        let id = inside.map(|r| home.id_in(r)).or_else(|| home.outside_id(parent));
        id.and_then(|id| self.with_id(id)).map_or(0, |found| found.0 + 1)
    }

    /// The id of a division in another file.
    fn outside_id(&self, parent: u32) -> Option<PlaceId<'_>> {
        let line = (parent as usize).checked_sub(self.len() + 1)?;
        let lines = std::str::from_utf8(self.outside.bytes()).ok()?;
        lines.lines().nth(line).map(PlaceId::parse)
    }

    fn name_in<'g>(&'g self, record: &[u8]) -> &'g str {
        self.string(u24_at(record, 11))
    }

    pub(super) fn id_in<'g>(&'g self, record: &[u8]) -> PlaceId<'g> {
        let number = u24_at(record, 14);
        if byte(record, 24) & FLAG_TEXT_ID == 0 {
            PlaceId::GeoNames(number)
        } else {
            PlaceId::Other(self.string(number))
        }
    }

    fn class_in(&self, record: &[u8]) -> u16 {
        self.classes.get(usize::from(byte(record, 20))).copied().unwrap_or(14).into()
    }

    fn kind_in<'g>(&'g self, record: &[u8]) -> &'g str {
        let at = usize::from(byte(record, 20)) * KIND_LEN;
        kind_text(self.kinds.bytes().get(at..at + KIND_LEN).unwrap_or(&[]))
    }

    /// The string at `at`: a length, then so many bytes.
    fn string(&self, at: u32) -> &str {
        let bytes = self.strings.bytes().get(at as usize..).unwrap_or(&[]);
        let Some((&len, rest)) = bytes.split_first() else { return "" };
        rest.get(..usize::from(len)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }
}

fn kind_text(padded: &[u8]) -> &str {
    std::str::from_utf8(padded).unwrap_or("").trim_end_matches('\0')
}

/// The class of each kind of the table.
fn classes(kinds: &[u8]) -> Vec<u8> {
    kinds.chunks_exact(KIND_LEN).map(|kind| kind_class(kind_text(kind)) as u8).collect()
}

/// The second numbers of the pairs that begin with `first`; the pairs are sorted.
fn partners(pairs: &[u8], first: PlaceIndex) -> impl Iterator<Item = PlaceIndex> {
    let number = |i: usize, half: usize| u24_at(pairs, i * PAIR_LEN + half * 3);
    let len = pairs.len() / PAIR_LEN;
    let start = partition(len, |i| number(i, 0) < first.0);
    (start..len).take_while(move |&i| number(i, 0) == first.0).map(move |i| PlaceIndex(number(i, 1)))
}

fn byte(record: &[u8], at: usize) -> u8 {
    record.get(at).copied().unwrap_or(0)
}

fn parent_in(record: &[u8]) -> u32 {
    u24_at(record, 17)
}

fn country_in(record: &[u8]) -> &str {
    let code = record.get(21..23).unwrap_or(&[]);
    if code == [0, 0] { "" } else { std::str::from_utf8(code).unwrap_or("") }
}

fn point_in(record: &[u8]) -> LonLat {
    let bits = record.first_chunk().map_or(0, |b: &[u8; 8]| u64::from_le_bytes(*b));
    let degrees = |steps: u64, bound: f64| steps as f64 / 1e5 - bound;
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    LonLat::new(
        round(degrees(bits >> 25 & ((1 << 26) - 1), 180.0)),
        round(degrees(bits & ((1 << 25) - 1), 90.0)),
    )
}

/// The first of `0..len` for which `before` is false, if it is true for all below and none above.
fn partition(len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::super::pack::tests::{afghan, gazetteer};
    use super::*;

    fn index(gazetteer: &Gazetteer, id: &str) -> PlaceIndex {
        gazetteer.by_id(id).unwrap_or_else(|| panic!("{id} is missing"))
    }

    #[test]
    fn a_record_leads_back() {
        let gazetteer = gazetteer();
        let bagram = gazetteer.place(index(&gazetteer, "airports:OAIX")).unwrap();
        assert_eq!((bagram.name, bagram.kind, bagram.country), ("Bagram Airfield", "S.AIRB", "AF"));
        assert_eq!((bagram.admin1, bagram.admin2), ("Parwan", "Bagram District"));
        assert!((bagram.at.lat - 34.9461).abs() < 1e-9 && (bagram.at.lon - 69.265).abs() < 1e-9);
        assert_eq!(bagram.id, "airports:OAIX");
    }

    #[test]
    fn every_place_is_found_by_its_id() {
        let gazetteer = gazetteer();
        assert_eq!(gazetteer.len(), afghan().len());
        for place in gazetteer.indices().filter_map(|i| gazetteer.place(i)) {
            assert_eq!(gazetteer.by_id(&place.id.to_string()), Some(place.index));
        }
        assert_eq!(gazetteer.by_id("geonames:999999999"), None);
        assert_eq!(gazetteer.by_id("nobody"), None);
    }

    #[test]
    fn countries_are_found_by_code() {
        let gazetteer = gazetteer();
        assert_eq!(gazetteer.country("af"), gazetteer.by_id("geonames:1149361"));
        assert_eq!(gazetteer.country("ZZ"), None);
        assert_eq!(gazetteer.country("Afghanistan"), None);
    }

    #[test]
    fn divisions_compare_as_numbers() {
        let gazetteer = gazetteer();
        let of = |id| gazetteer.hierarchy(index(&gazetteer, id));
        let (field, district, province, kabul) =
            (of("airports:OAIX"), of("geonames:11"), of("geonames:10"), of("geonames:1138958"));
        assert!(field.same_admin2(district) && field.same_admin1(province) && district.same_admin1(province));
        assert!(!kabul.same_admin1(province) && kabul.same_country(province));
        assert_eq!(gazetteer.admin1(index(&gazetteer, "airports:OAIX")), gazetteer.by_id("geonames:10"));
    }

    #[test]
    fn importance_follows_the_order_of_records() {
        let gazetteer = gazetteer();
        let all: Vec<f32> = gazetteer.indices().map(|i| gazetteer.importance(i)).collect();
        assert!(all.is_sorted_by(|a, b| a >= b), "{all:?}");
        assert!(gazetteer.is_capital(index(&gazetteer, "geonames:1138958")));
    }

    #[test]
    fn a_changed_byte_is_told() {
        let mut file = super::super::pack::tests::packed();
        assert!(Gazetteer::from_bytes(file.clone()).unwrap().verify().is_ok());
        *file.last_mut().unwrap() ^= 1;
        let open = Gazetteer::from_bytes(file).unwrap();
        assert!(matches!(open.verify(), Err(GazetteerError::Hash { .. })));
    }

    #[test]
    fn beyond_the_end_is_nothing() {
        let gazetteer = gazetteer();
        let beyond = PlaceIndex(u32::MAX);
        assert_eq!(gazetteer.place(beyond), None);
        assert_eq!(gazetteer.hierarchy(beyond), Hierarchy::default());
        assert_eq!(gazetteer.kind(beyond), "");
    }
}
