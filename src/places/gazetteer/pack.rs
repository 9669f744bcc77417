//! Writes a gazetteer file.

use std::collections::BTreeMap;

use super::fold::fold;
use super::format::{Tag, assemble, push_varint};
use super::importance::{Features, importance};
use super::info::Info;
use super::lookup::{LAST, PLACE_BITS};
use super::names::{BLOCK, CAPITALISED_KEY, KEY_IN_CAPITALS, MAIN_NAME, Name, WRITTEN, capitalised};
use super::place::PlaceId;
use super::store::{FLAG_CAPITAL, FLAG_ROUGH, FLAG_TEXT_ID, KIND_LEN, RECORD_LEN};
use crate::places::LonLat;

/// One place as it goes into a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlaceInput {
    /// `source:id`.
    pub id: String,
    /// GeoNames feature class and code.
    pub kind: String,
    /// Where it is.
    pub at: LonLat,
    /// ISO 3166-1 alpha-2 code; empty for none.
    pub country: String,
    /// Id of the smallest division it lies in; empty for none. May be one of another file.
    pub parent: String,
    /// Of a division: id of the town it is governed from; empty where unknown.
    pub seat: String,
    /// Of a division: its code as GeoNames writes it, for example `AF.13`; empty where unknown.
    pub code: String,
    /// Whether the point is only that of the division around it.
    pub rough: bool,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// Whether it is the capital of its country.
    pub capital: bool,
    /// Added to the log-odds of its importance.
    pub boost: f32,
    /// Its names, the main one first. Names that fold to nothing or to an earlier one are
    /// left out.
    pub names: Vec<Name>,
}

/// Why places cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// More places or bytes than the format can number.
    #[error("too many {0} for one gazetteer file: split the data")]
    TooMany(&'static str),
    /// Two places share an id.
    #[error("two places have the id {0}: merge them")]
    SameId(String),
    /// A place without a usable name.
    #[error("the place {0} has no name that can be looked up: give it one or leave it out")]
    NoName(String),
    /// The index of names cannot be built.
    #[error("the index of names cannot be built: {0}")]
    Index(#[from] fst::Error),
    /// The description cannot be written.
    #[error("the description cannot be written: {0}")]
    Info(#[from] serde_json::Error),
}

/// Packs `places` into one file; the same places in any order give the same bytes.
///
/// # Errors
/// See [`PackError`].
pub fn pack(places: Vec<PlaceInput>, info: &Info) -> Result<Vec<u8>, PackError> {
    let places = ranked(places)?;
    let names = sorted_names(&places);
    let (index, postings) = index_of(&names)?;
    let (shown, shown_blocks) = spelled(&names, &places);
    let (names_of, names_of_blocks) = by_place(&names, places.len());
    let mut strings = Strings::default();
    let by_id = numbers(&places)?;
    let outside = outside_of(&places, &by_id);
    let (records, kinds) = records_of(&places, &by_id, &outside, &mut strings)?;
    let (seats, seat_of) = seats_of(&places, &by_id);
    if strings.bytes.len() >= 1 << 24 {
        return Err(PackError::TooMany("bytes of names"));
    }
    let info = Info { places: places.len(), names: names.len(), sha256: String::new(), ..info.clone() };
    assemble(&[
        (Tag::Info, serde_json::to_vec(&info)?),
        (Tag::Kinds, kinds),
        (Tag::Countries, countries_of(&places)),
        (Tag::Records, records),
        (Tag::Strings, strings.bytes),
        (Tag::Ids, ids_of(&places)),
        (Tag::Postings, postings),
        (Tag::Index, index),
        (Tag::Shown, shown),
        (Tag::ShownBlocks, shown_blocks),
        (Tag::Codes, codes_of(&places)?),
        (Tag::Seats, seats),
        (Tag::SeatOf, seat_of),
        (Tag::NamesOf, names_of),
        (Tag::NamesOfBlocks, names_of_blocks),
        (Tag::Outside, outside.iter().flat_map(|id| [id.as_bytes(), b"\n"].concat()).collect()),
    ])
    .ok_or(PackError::TooMany("bytes"))
}

/// A place with its names folded and its prior known.
struct Ranked {
    place: PlaceInput,
    /// Folded form, index into the names.
    folded: Vec<(String, usize)>,
    importance: f32,
}

/// Places by importance, ties by id.
fn ranked(places: Vec<PlaceInput>) -> Result<Vec<Ranked>, PackError> {
    if places.len() >= 1 << PLACE_BITS {
        return Err(PackError::TooMany("places"));
    }
    let mut out = places.into_iter().map(rank).collect::<Result<Vec<Ranked>, _>>()?;
    out.sort_by(|a, b| b.importance.total_cmp(&a.importance).then_with(|| a.place.id.cmp(&b.place.id)));
    Ok(out)
}

fn rank(place: PlaceInput) -> Result<Ranked, PackError> {
    let folded = folded_names(&place.names);
    if folded.is_empty() {
        return Err(PackError::NoName(place.id));
    }
    let features = Features::new(&place.kind, place.population, folded.len(), place.capital, place.boost);
    let importance = importance(&features);
    Ok(Ranked { place, folded, importance })
}

/// Every folded form once, with the first name that folds so. "St John's" is also filed under
/// "st johns", as many write it.
fn folded_names(names: &[Name]) -> Vec<(String, usize)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        let folded = fold(&name.text);
        if !folded.is_empty() {
            seen.entry(folded).or_insert(i);
        }
    }
    for (i, name) in names.iter().enumerate() {
        let joined = fold(&name.text.replace(['\'', '’', 'ʼ', '‘'], ""));
        if !joined.is_empty() {
            seen.entry(joined).or_insert(i);
        }
    }
    seen.into_iter().collect()
}

/// One posting before it is written.
struct PostingInput<'a> {
    folded: &'a str,
    place: u32,
    name: &'a Name,
}

/// All names in the order of the index.
fn sorted_names(places: &[Ranked]) -> Vec<PostingInput<'_>> {
    let mut out: Vec<PostingInput<'_>> = Vec::new();
    for (place, ranked) in (0u32..).zip(places) {
        for (folded, name) in &ranked.folded {
            if let Some(name) = ranked.place.names.get(*name) {
                out.push(PostingInput { folded, place, name });
            }
        }
    }
    out.sort_unstable_by_key(|p| (p.folded, p.place));
    out
}

/// The index and the postings it points to.
fn index_of(names: &[PostingInput<'_>]) -> Result<(Vec<u8>, Vec<u8>), PackError> {
    let mut index = fst::MapBuilder::memory();
    let mut postings = Vec::with_capacity(names.len() * 4);
    let mut first = 0u64;
    for same in names.chunk_by(|a, b| a.folded == b.folded) {
        if let [one, ..] = same {
            index.insert(one.folded, first)?;
        }
        first += same.len() as u64;
        for (i, name) in same.iter().enumerate() {
            let last = if i + 1 == same.len() { LAST } else { 0 };
            postings.extend((name.place | name.name.flags.bits() << PLACE_BITS | last).to_le_bytes());
        }
    }
    Ok((index.into_inner()?, postings))
}

/// How each posting's name is written, and where the blocks start.
fn spelled(names: &[PostingInput<'_>], places: &[Ranked]) -> (Vec<u8>, Vec<u8>) {
    let (mut shown, mut blocks) = (Vec::new(), Vec::new());
    for block in names.chunks(BLOCK as usize) {
        blocks.extend((shown.len() as u32).to_le_bytes());
        let mut before: &[u8] = &[];
        for name in block {
            let main = places.get(name.place as usize).and_then(|p| p.place.names.first());
            if main.is_some_and(|m| m.text == name.name.text) {
                push_varint(MAIN_NAME, &mut shown);
            } else if capitalised(name.folded) == name.name.text {
                push_varint(CAPITALISED_KEY, &mut shown);
            } else if name.folded.to_uppercase() == name.name.text {
                push_varint(KEY_IN_CAPITALS, &mut shown);
            } else {
                let text = name.name.text.as_bytes();
                let shared = text.iter().zip(before).take_while(|(a, b)| a == b).count();
                push_varint(WRITTEN + shared as u32, &mut shown);
                push_varint((text.len() - shared) as u32, &mut shown);
                shown.extend(text.iter().skip(shared));
                before = text;
            }
        }
    }
    (shown, blocks)
}

/// Strings stored once each.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    at: BTreeMap<String, u32>,
}

impl Strings {
    /// Where `text` is stored; what is over 255 bytes is cut at a character.
    fn add(&mut self, text: &str) -> u32 {
        let text = text.get(..text.floor_char_boundary(255)).unwrap_or("");
        if let Some(&at) = self.at.get(text) {
            return at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.push(text.len() as u8);
        self.bytes.extend(text.as_bytes());
        self.at.insert(text.to_owned(), at);
        at
    }
}

/// The postings of each place, and where the blocks of places start.
fn by_place(names: &[PostingInput<'_>], places: usize) -> (Vec<u8>, Vec<u8>) {
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); places];
    for (at, name) in (0u32..).zip(names) {
        if let Some(list) = lists.get_mut(name.place as usize) {
            list.push(at);
        }
    }
    let (mut out, mut blocks) = (Vec::new(), Vec::new());
    for block in lists.chunks(BLOCK as usize) {
        blocks.extend((out.len() as u32).to_le_bytes());
        for list in block {
            push_varint(list.len() as u32, &mut out);
            let mut before = 0;
            for &at in list {
                push_varint(at - before, &mut out);
                before = at;
            }
        }
    }
    (out, blocks)
}

/// Record plus one of each id.
type Numbers<'a> = BTreeMap<&'a str, u32>;

fn numbers(places: &[Ranked]) -> Result<Numbers<'_>, PackError> {
    let mut by_id = BTreeMap::new();
    for (index, ranked) in (1u32..).zip(places) {
        if by_id.insert(ranked.place.id.as_str(), index).is_some() {
            return Err(PackError::SameId(ranked.place.id.clone()));
        }
    }
    Ok(by_id)
}

/// The parents that are no record here, in order.
fn outside_of<'a>(places: &'a [Ranked], by_id: &Numbers<'_>) -> Vec<&'a str> {
    let parents = places.iter().map(|r| r.place.parent.as_str());
    let mut out: Vec<&str> = parents.filter(|p| !p.is_empty() && !by_id.contains_key(p)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Divisions by code.
fn codes_of(places: &[Ranked]) -> Result<Vec<u8>, PackError> {
    let mut codes: Numbers<'_> = BTreeMap::new();
    for (index, ranked) in (0u32..).zip(places).filter(|(_, r)| !r.place.code.is_empty()) {
        codes.entry(&ranked.place.code).or_insert(index);
    }
    let mut out = fst::MapBuilder::memory();
    for (code, index) in codes {
        out.insert(code, u64::from(index))?;
    }
    Ok(out.into_inner()?)
}

/// Divisions with their seats, and seats with their divisions.
fn seats_of(places: &[Ranked], by_id: &Numbers<'_>) -> (Vec<u8>, Vec<u8>) {
    let seat = |ranked: &Ranked| by_id.get(ranked.place.seat.as_str()).map(|number| number - 1);
    let mut pairs: Vec<(u32, u32)> =
        (0u32..).zip(places).filter_map(|(division, r)| Some((division, seat(r)?))).collect();
    let seats = pairs_to_bytes(&pairs);
    pairs.iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
    pairs.sort_unstable();
    (seats, pairs_to_bytes(&pairs))
}

fn pairs_to_bytes(pairs: &[(u32, u32)]) -> Vec<u8> {
    let numbers = pairs.iter().flat_map(|&(a, b)| [a, b]);
    numbers.flat_map(|n| n.to_le_bytes().into_iter().take(3)).collect()
}

/// The records, and the kinds they name. A parent that is no record here is numbered behind the
/// records, by its line among the outside ones.
fn records_of(
    places: &[Ranked],
    by_id: &Numbers<'_>,
    outside: &[&str],
    strings: &mut Strings,
) -> Result<(Vec<u8>, Vec<u8>), PackError> {
    let mut kinds: Vec<&str> = places.iter().map(|r| r.place.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() > usize::from(u8::MAX) {
        return Err(PackError::TooMany("kinds"));
    }
    let mut out = Vec::with_capacity(places.len() * RECORD_LEN);
    for ranked in places {
        let parent = ranked.place.parent.as_str();
        let beyond = || outside.binary_search(&parent).map_or(0, |line| (places.len() + line + 1) as u32);
        let parent = by_id.get(parent).copied().unwrap_or_else(beyond);
        let kind = kinds.binary_search(&ranked.place.kind.as_str()).unwrap_or(0) as u8;
        push_record(ranked, parent, kind, strings, &mut out);
    }
    let mut table = vec![0; kinds.len() * KIND_LEN];
    for (slot, kind) in table.chunks_exact_mut(KIND_LEN).zip(&kinds) {
        slot.iter_mut().zip(kind.bytes()).for_each(|(to, from)| *to = from);
    }
    Ok((out, table))
}

/// Appends one record; the layout is told at [`RECORD_LEN`].
fn push_record(ranked: &Ranked, parent: u32, kind: u8, strings: &mut Strings, out: &mut Vec<u8>) {
    let place = &ranked.place;
    let main = place.names.first().map_or("", |n| n.text.as_str());
    let (id, text_id) = match PlaceId::parse(&place.id) {
        PlaceId::GeoNames(number) => (number, 0),
        PlaceId::Other(text) => (strings.add(text), FLAG_TEXT_ID),
    };
    out.extend(pack_point(place.at).iter().take(7));
    out.extend(place.population.to_le_bytes());
    [strings.add(main), id, parent].iter().for_each(|n| out.extend(n.to_le_bytes().iter().take(3)));
    out.push(kind);
    out.extend(country_code(&place.country));
    out.push((ranked.importance * 255.0).round() as u8);
    let flag = |set, flag| if set { flag } else { 0 };
    out.push(text_id | flag(place.capital, FLAG_CAPITAL) | flag(place.rough, FLAG_ROUGH));
    out.push(ranked.folded.len().min(255) as u8);
}

/// Latitude (25 bits) and longitude (26 bits), hundred-thousandths of a degree from the South Pole
/// and from 180° west: about a metre.
fn pack_point(at: LonLat) -> [u8; 8] {
    let steps = |degrees: f64, bound: f64| ((degrees.clamp(-bound, bound) + bound) * 1e5).round() as u64;
    (steps(at.lat, 90.0) | steps(at.lon, 180.0) << 25).to_le_bytes()
}

fn country_code(iso2: &str) -> [u8; 2] {
    <[u8; 2]>::try_from(iso2.as_bytes()).unwrap_or_default()
}

/// Records by id.
fn ids_of(places: &[Ranked]) -> Vec<u8> {
    let mut ids: Vec<(PlaceId<'_>, u32)> =
        places.iter().map(|r| PlaceId::parse(&r.place.id)).zip(0u32..).collect();
    ids.sort_unstable();
    ids.iter().flat_map(|(_, index)| index.to_le_bytes().into_iter().take(3)).collect()
}

/// The most important country-like record of each code.
fn countries_of(places: &[Ranked]) -> Vec<u8> {
    let mut table: BTreeMap<[u8; 2], u32> = BTreeMap::new();
    for (index, ranked) in (0u32..).zip(places) {
        let code = country_code(&ranked.place.country);
        let country = ranked.place.kind.starts_with("A.PCL") || ranked.place.kind == "A.TERR";
        if country && ranked.place.kind != "A.PCLH" && code != [0, 0] {
            table.entry(code).or_insert(index);
        }
    }
    table.into_iter().flat_map(|(code, index)| code.into_iter().chain(index.to_le_bytes())).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::flags::NameFlags;
    use super::super::store::Gazetteer;
    use super::*;

    fn place(id: &str, kind: &str, at: (f64, f64), within: (&str, &str), names: &str) -> PlaceInput {
        let names = names.split('|').map(|n| {
            let (text, letters) = n.split_once('{').unwrap_or((n, ""));
            Name { text: text.to_owned(), flags: NameFlags::from_letters(letters) }
        });
        PlaceInput {
            id: id.to_owned(),
            kind: kind.to_owned(),
            at: LonLat::new(at.0, at.1),
            country: within.0.to_owned(),
            parent: within.1.to_owned(),
            names: names.collect(),
            ..PlaceInput::default()
        }
    }

    /// A small country with one of each kind, and a namesake elsewhere.
    pub fn afghan() -> Vec<PlaceInput> {
        let kabul = place(
            "geonames:1138958",
            "P.PPLC",
            (69.17233, 34.52813),
            ("AF", "geonames:12"),
            "Kabul{p}|Kābul|Cabul|Kaboul|کابل|Кабул",
        );
        let kabul = PlaceInput { population: 4_434_550, capital: true, ..kabul };
        vec![
            place("geonames:1149361", "A.PCLI", (66.0, 33.0), ("AF", ""), "Afghanistan{p}|AFG{a}|Афганистан"),
            kabul,
            place("geonames:12", "A.ADM1", (69.25, 34.5), ("AF", ""), "Kabul{p}|Kabul Province"),
            place("geonames:10", "A.ADM1", (68.9, 34.9), ("AF", ""), "Parwan{p}|Parvān"),
            place("geonames:11", "A.ADM2", (69.2, 34.95), ("AF", "geonames:10"), "Bagram District{p}"),
            place("geonames:1147540", "P.PPL", (69.25, 34.97), ("AF", "geonames:11"), "Bagram{p}|Bagrām"),
            place(
                "airports:OAIX",
                "S.AIRB",
                (69.265, 34.9461),
                ("AF", "geonames:11"),
                "Bagram Airfield{p}|Bagram Air Base",
            ),
            place(
                "airports:OAKB",
                "S.AIRP",
                (69.2123, 34.5659),
                ("AF", "geonames:12"),
                "Hamid Karzai International Airport{p}|Kabul Airport{g}|KBL{a}",
            ),
            place(
                "geonames:6252001",
                "A.PCLI",
                (-98.5, 39.76),
                ("US", ""),
                "United States{p}|US{a}|U.S.A.{a}",
            ),
            place("geonames:76", "A.ADM1", (-93.5, 42.0), ("US", ""), "Iowa{p}"),
            place("geonames:77", "P.PPL", (-93.2, 41.9), ("US", "geonames:76"), "Kabul{p}|Saint John's"),
        ]
    }

    /// [`afghan`] as a file.
    pub fn packed() -> Vec<u8> {
        pack(afghan(), &Info { version: "test".to_owned(), ..Info::default() }).unwrap()
    }

    /// [`afghan`], opened.
    pub fn gazetteer() -> Gazetteer {
        Gazetteer::from_bytes(packed()).unwrap()
    }

    #[test]
    fn the_order_of_input_does_not_matter() {
        let mut reversed = afghan();
        reversed.reverse();
        assert!(pack(reversed, &Info { version: "test".to_owned(), ..Info::default() }).unwrap() == packed());
    }

    #[test]
    fn info_counts_places_and_names() {
        let gazetteer = gazetteer();
        let info = gazetteer.info().unwrap();
        assert_eq!((info.places, info.names), (11, gazetteer.name_total()));
        assert_eq!(info.sha256, gazetteer.sha256());
        assert_eq!(info.sha256.len(), 64);
    }

    #[test]
    fn names_with_the_possessive_are_found_in_both_spellings() {
        let gazetteer = gazetteer();
        for spelling in ["St. John's", "St Johns", "Saint John’s"] {
            assert_eq!(gazetteer.lookup(&fold(spelling)).count(), 1, "{spelling}");
        }
    }

    #[test]
    fn doubtful_input_is_refused() {
        let refused = |places| pack(places, &Info::default()).unwrap_err().to_string();
        let kabul = || place("geonames:1", "P.PPL", (0.0, 0.0), ("", ""), "Kabul");
        assert!(refused(vec![kabul(), kabul()]).contains("geonames:1"));
        assert!(refused(vec![place("x:2", "P.PPL", (0.0, 0.0), ("", ""), "—")]).contains("x:2"));
    }

    #[test]
    fn nothing_packs_to_an_empty_gazetteer() {
        let empty = Gazetteer::from_bytes(pack(Vec::new(), &Info::default()).unwrap()).unwrap();
        assert!(
            empty.is_empty() && empty.search("kabul", 5).is_empty() && empty.lookup("kabul").next().is_none()
        );
        assert_eq!(empty.country("AF"), None);
    }
}
