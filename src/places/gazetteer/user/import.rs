//! Turns a file into a gazetteer of the user's: rows are read one by one and packed in parts, so
//! that memory stays the same however long the file is.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};
use rustc_hash::FxHashSet;
use serde_json::Value;
use symbolic_common::ByteView;

use super::super::flags::NameFlags;
use super::super::fold::fold;
use super::super::info::Info;
use super::super::names::Name;
use super::super::pack::{PackError, PlaceInput, pack};
use super::super::place::PlaceIndex;
use super::super::store::Gazetteer;
use super::container::{Manifest, WriteError, Writer};
use super::library::{Library, prepare};
use super::own::MOST_OWN;
use super::row::{Row, RowProblem, UNKNOWN_KIND};
use super::table::{Columns, Layout};
use super::{geojson, geonames};
use crate::places::LonLat;

/// Places of a part: about 60 MB while it is packed.
const CHUNK: usize = 50_000;
/// Bad rows that are named.
const NAMED: usize = 10;
/// Rows between two looks at the watch.
const PACE: u64 = 4096;
/// A longer line is no row.
const LONGEST_LINE: u64 = 1 << 20;
/// A longer GeoJSON file is not read: it would have to be held in memory whole.
const LONGEST_JSON: u64 = 512 << 20;
/// What a list of the user's own gains, in log-odds: it was added because its places are meant.
const LIST_BOOST: f32 = 4.0;
/// Names that ids of the program begin with.
const RESERVED: [&str; 5] = ["geonames", "curated", "airport", "postal", "iso"];

/// How a file is added.
#[derive(Default)]
pub struct AddOptions<'a> {
    /// The gazetteer's name; `None` for that of the file.
    pub name: Option<String>,
    /// Whether one of that name is replaced.
    pub replace: bool,
    /// The columns of a table.
    pub columns: Columns,
    /// Tells the division or country around a point, for rows that name none.
    pub locate: Option<&'a dyn Fn(LonLat) -> Option<PlaceIndex>>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the file, unpacked.
    pub bytes_done: u64,
    /// Bytes of the file, unpacked.
    pub bytes_total: u64,
    /// Rows read.
    pub rows: u64,
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The gazetteer's name.
    pub name: String,
    /// Number of places.
    pub places: usize,
    /// Number of names.
    pub names: usize,
    /// Number of rows that were not taken.
    pub rejected: u64,
    /// The first of them.
    pub reasons: Vec<RowProblem>,
}

/// Why nothing was added or removed.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {}; nothing was added", .0.display(), .1)]
    Read(PathBuf, String),
    /// The folder or a file in it cannot be written.
    #[error("{}: cannot be written: {}; your gazetteers are as they were (DATELINE_DATA names another folder)", .0.display(), .1)]
    Write(PathBuf, io::Error),
    /// The file is none of the kinds that can be added.
    #[error("{}: {}; a GeoNames dump (.txt, .zip), a table with a header (.csv) and GeoJSON can be added", .0.display(), .1)]
    Unfit(PathBuf, String),
    /// No row could be taken.
    #[error("{}: none of its {} rows could be taken; {}; nothing was added", .0.display(), .1, .2)]
    NoRows(PathBuf, u64, String),
    /// The places cannot be packed.
    #[error("{}: {}; nothing was added", .0.display(), .1)]
    Pack(PathBuf, PackError),
    /// The name cannot be used.
    #[error(
        "{0:?} cannot be the name of a gazetteer: up to 40 of a-z, 0-9, - and _, and none of geonames, curated, airport, postal, iso"
    )]
    Name(String),
    /// There is one of that name.
    #[error("there is a gazetteer {0:?} already: choose another name, or ask to replace it")]
    NameTaken(String),
    /// There is none of that name.
    #[error("there is no gazetteer {0:?}; there are: {1}")]
    Unknown(String, String),
    /// There are as many as can be searched.
    #[error("there are {MOST_OWN} gazetteers already, which is as many as are searched: remove one")]
    TooMany,
    /// The watch stopped it.
    #[error("stopped; your gazetteers are as they were")]
    Cancelled,
}

/// Whether a gazetteer may be called so.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (1..=40).contains(&name.len()) && name.bytes().all(fits) && !RESERVED.contains(&name)
}

/// The name a file gives.
fn name_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name: String = plain.trim_matches('-').chars().take(40).collect();
    if RESERVED.contains(&name.as_str()) { format!("my-{name}") } else { name }
}

/// See [`Library::add`].
pub(super) fn add(
    library: &Library,
    path: &Path,
    options: &AddOptions<'_>,
    world: &Gazetteer,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Added, AddError> {
    let name = options.name.clone().unwrap_or_else(|| name_of(path));
    if !is_name(&name) {
        return Err(AddError::Name(name));
    }
    let exists = library.path(&name).exists();
    if exists && !options.replace {
        return Err(AddError::NameTaken(name));
    }
    if !exists && library.list().len() >= MOST_OWN {
        return Err(AddError::TooMany);
    }
    let write = |error| AddError::Write(library.folder().to_owned(), error);
    prepare(library.folder()).map_err(write)?;
    let part = library.folder().join(format!(".{name}.part"));
    let scratch = library.folder().join(format!(".{name}.starts"));
    let added = build(&part, &scratch, path, &name, options, world, watch);
    let _ = fs::remove_file(&scratch);
    let renamed = added.and_then(|added| {
        fs::rename(&part, library.path(&name)).map_err(write)?;
        Ok(added)
    });
    if renamed.is_err() {
        let _ = fs::remove_file(&part);
    }
    renamed
}

fn build(
    part: &Path,
    scratch: &Path,
    path: &Path,
    name: &str,
    options: &AddOptions<'_>,
    world: &Gazetteer,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Added, AddError> {
    let write = |error: io::Error| AddError::Write(part.to_owned(), error);
    let mut importer = Importer {
        path,
        name,
        options,
        world,
        watch,
        writer: Writer::create(part).map_err(write)?,
        part,
        waiting: Vec::new(),
        seen: Seen::default(),
        manifest: Manifest::default(),
        rows: 0,
        rejected: 0,
        reasons: Vec::new(),
        bytes_total: 0,
    };
    importer.file()?;
    importer.pack_waiting()?;
    if importer.manifest.places == 0 {
        let first = importer.reasons.first().map(|r| format!("line {}: {}", r.line, r.message));
        let why = first.unwrap_or_else(|| "it has none".to_owned());
        return Err(AddError::NoRows(path.to_owned(), importer.rows, why));
    }
    importer.manifest.name = name.to_owned();
    importer.manifest.source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest = importer.writer.finish(part, scratch, importer.manifest).map_err(|error| match error {
        WriteError::Io(error) => write(error),
        other => AddError::Write(part.to_owned(), io::Error::other(other.to_string())),
    })?;
    let (rejected, reasons) = (importer.rejected, importer.reasons);
    Ok(Added { name: name.to_owned(), places: manifest.places, names: manifest.names, rejected, reasons })
}

/// An import on its way.
struct Importer<'a> {
    path: &'a Path,
    name: &'a str,
    options: &'a AddOptions<'a>,
    world: &'a Gazetteer,
    watch: &'a mut dyn FnMut(Progress) -> bool,
    writer: Writer,
    part: &'a Path,
    waiting: Vec<PlaceInput>,
    seen: Seen,
    manifest: Manifest,
    rows: u64,
    rejected: u64,
    reasons: Vec<RowProblem>,
    bytes_total: u64,
}

impl Importer<'_> {
    fn read_error(&self, error: impl ToString) -> AddError {
        AddError::Read(self.path.to_owned(), error.to_string())
    }

    fn unfit(&self, why: impl Into<String>) -> AddError {
        AddError::Unfit(self.path.to_owned(), why.into())
    }

    /// Reads the file, out of its archive if it is in one.
    fn file(&mut self) -> Result<(), AddError> {
        let file = File::open(self.path).map_err(|e| self.read_error(e))?;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        self.bytes_total = fs::metadata(self.path).map_or(0, |m| m.len());
        if !reader.fill_buf().map_err(|e| self.read_error(e))?.starts_with(b"PK\x03\x04") {
            return self.rows_of(reader);
        }
        let bytes = ByteView::open(self.path).map_err(|e| self.read_error(e))?;
        let archive = ZipArchive::from_slice(&bytes[..]).map_err(|e| self.read_error(e))?;
        let mut largest: Option<(u64, _, _)> = None;
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|e| self.read_error(e))? {
            let readme = entry.file_path().as_ref().eq_ignore_ascii_case(b"readme.txt");
            let size = entry.uncompressed_size_hint();
            if !entry.is_dir() && !readme && largest.as_ref().is_none_or(|(most, ..)| size > *most) {
                largest = Some((size, entry.wayfinder(), entry.compression_method()));
            }
        }
        let Some((size, at, method)) = largest else { return Err(self.unfit("the archive holds no file")) };
        self.bytes_total = size;
        let entry = archive.get_entry(at).map_err(|e| self.read_error(e))?;
        match method {
            CompressionMethod::DEFLATE => {
                let unpacked = entry.verifying_reader(DeflateDecoder::new(entry.data()));
                self.rows_of(BufReader::with_capacity(1 << 16, unpacked))
            }
            CompressionMethod::STORE => self.rows_of(entry.data()),
            other => Err(self.unfit(format!("the archive is packed by method {other:?}, not by deflate"))),
        }
    }

    /// Finds out what the file is, and reads it.
    fn rows_of(&mut self, mut reader: impl BufRead) -> Result<(), AddError> {
        let mut begins = Vec::new();
        reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut begins).map_err(|e| self.read_error(e))?;
        if begins.starts_with(&[0xff, 0xfe]) || begins.starts_with(&[0xfe, 0xff]) || begins.contains(&0) {
            return Err(self.unfit("it is no text in UTF-8; save it as UTF-8"));
        }
        let tabs = begins.iter().filter(|b| **b == b'\t').count();
        let text = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begins).to_vec();
        let start = text.iter().find(|b| !b.is_ascii_whitespace()).copied();
        let whole = io::Cursor::new(text).chain(reader);
        match start {
            None => Err(self.unfit("it is empty")),
            Some(b'{') => self.features(whole),
            Some(_) if tabs + 1 == geonames::COLUMNS => self.dump(BufReader::new(whole)),
            Some(_) => self.table(whole, &begins),
        }
    }

    fn dump(&mut self, mut reader: impl BufRead) -> Result<(), AddError> {
        let (mut line, mut bytes) = (Vec::new(), 0);
        loop {
            line.clear();
            let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
            let read = read.map_err(|e| self.read_error(e))? as u64;
            if read == 0 {
                return Ok(());
            }
            bytes += read;
            let text = line.strip_suffix(b"\n").unwrap_or(&line);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if text.is_empty() {
                self.rows += 1;
                continue;
            }
            let row = std::str::from_utf8(text)
                .map_err(|e| format!("byte {} is no UTF-8", e.valid_up_to() + 1))
                .and_then(geonames::row);
            let number = self.rows + 1;
            self.take(row, number, bytes)?;
        }
    }

    fn table(&mut self, reader: impl Read, header: &[u8]) -> Result<(), AddError> {
        self.manifest.first = true;
        let count = |sign: u8| header.iter().filter(|b| **b == sign).count();
        let sign = *[b',', b';', b'\t'].iter().max_by_key(|s| (count(**s), **s == b',')).unwrap_or(&b',');
        let mut rows = csv::ReaderBuilder::new().flexible(true).delimiter(sign).from_reader(reader);
        let header = rows.headers().map_err(|e| self.read_error(e))?;
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        let layout = Layout::of(&header, &self.options.columns).map_err(|why| self.unfit(why))?;
        let mut record = csv::ByteRecord::new();
        while rows.read_byte_record(&mut record).map_err(|e| self.read_error(e))? {
            let at = record.position().map_or((0, 0), |p| (p.line(), p.byte()));
            let number = self.rows + 1;
            let cells: Result<Vec<String>, _> =
                record.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned)).collect();
            let row = cells
                .map_err(|_| "it is no UTF-8; save the file as UTF-8".to_owned())
                .and_then(|cells| layout.row(&cells, number));
            self.take(row, at.0, at.1)?;
        }
        Ok(())
    }

    fn features(&mut self, reader: impl Read) -> Result<(), AddError> {
        self.manifest.first = true;
        if self.bytes_total > LONGEST_JSON {
            return Err(self.unfit(format!(
                "it has {} MB, GeoJSON is read up to {} MB: split it or save it as CSV",
                self.bytes_total >> 20,
                LONGEST_JSON >> 20
            )));
        }
        let limited = BufReader::new(reader.take(LONGEST_JSON));
        let document: Value =
            serde_json::from_reader(limited).map_err(|e| self.unfit(format!("it is no good JSON: {e}")))?;
        let features = geojson::features(&document).map_err(|why| self.unfit(why))?;
        let total = features.len().max(1) as u64;
        for (number, feature) in (1..).zip(features) {
            let done = self.bytes_total * number / total;
            self.take(geojson::row(feature, number), number, done)?;
        }
        Ok(())
    }

    /// Takes a row in, or counts it as bad.
    fn take(&mut self, row: Result<Row, String>, line: u64, bytes_done: u64) -> Result<(), AddError> {
        self.rows += 1;
        match row.and_then(|row| self.place(row)) {
            Ok(place) => self.waiting.push(place),
            Err(message) => {
                self.rejected += 1;
                if self.reasons.len() < NAMED {
                    self.reasons.push(RowProblem { line, message });
                }
            }
        }
        let progress = Progress { bytes_done, bytes_total: self.bytes_total, rows: self.rows };
        if self.rows.is_multiple_of(PACE) && !(self.watch)(progress) {
            return Err(AddError::Cancelled);
        }
        if self.waiting.len() >= CHUNK { self.pack_waiting() } else { Ok(()) }
    }

    fn place(&mut self, row: Row) -> Result<PlaceInput, String> {
        let names: Vec<Name> =
            row.names.iter().enumerate().filter_map(|(at, name)| self.usable(name, at == 0)).collect();
        if names.first().is_none_or(|n| !n.flags.contains(NameFlags::PREFERRED)) {
            return Err(match row.names.first() {
                Some(name) => format!("the name {name:?} has no letters"),
                None => "it has no name".to_owned(),
            });
        }
        let list = self.manifest.first;
        let id = format!("{}:{}", if list { self.name } else { "geonames" }, row.id);
        if !self.seen.insert(&row.id, list) {
            return Err(format!("the id {} stands for another row already", row.id));
        }
        let known = row.divisions.iter().find_map(|code| self.world.division(code));
        let known = known.or_else(|| self.options.locate.filter(|_| row.country.is_empty() || list)?(row.at));
        let around = known.and_then(|index| self.world.place(index));
        let country = Some(row.country).filter(|c| !c.is_empty());
        let division = around.filter(|p| p.kind.starts_with("A.ADM"));
        let division = division.filter(|p| country.as_ref().is_none_or(|c| c == p.country));
        let kind = if row.kind.is_empty() { UNKNOWN_KIND.to_owned() } else { row.kind };
        Ok(PlaceInput {
            id,
            at: row.at,
            parent: division.map(|p| p.id.to_string()).unwrap_or_default(),
            country: country.or_else(|| around.map(|p| p.country.to_owned())).unwrap_or_default(),
            capital: kind == "P.PPLC",
            kind,
            population: row.population,
            boost: if list { LIST_BOOST } else { 0.0 },
            names,
            ..PlaceInput::default()
        })
    }

    /// A name with its flags; `None` for what nobody writes.
    fn usable(&self, name: &str, main: bool) -> Option<Name> {
        let folded = fold(name);
        let latin = name.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{250}');
        let transliterated = latin && !main && !name.chars().any(char::is_uppercase);
        if folded.is_empty() || !name.chars().any(char::is_alphabetic) || transliterated {
            return None;
        }
        let mut flags = if main { NameFlags::PREFERRED } else { NameFlags::NONE };
        let code = !main && name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
        if code {
            flags = flags.with(NameFlags::ABBREVIATION).with(NameFlags::COMMON);
        }
        let short = latin && name.chars().count() <= 2;
        let everyday = || self.world.lookup(&folded).any(|hit| hit.flags.contains(NameFlags::COMMON));
        if short || (latin && !folded.contains(' ') && folded.len() < 10 && everyday()) {
            flags = flags.with(NameFlags::COMMON);
        }
        Some(Name { text: name.to_owned(), flags })
    }

    /// Packs the places that wait into a part.
    fn pack_waiting(&mut self) -> Result<(), AddError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let places = std::mem::take(&mut self.waiting);
        self.manifest.places += places.len();
        let info = Info { version: self.name.to_owned(), ..Info::default() };
        let bytes = pack(places, &info).map_err(|e| AddError::Pack(self.path.to_owned(), e))?;
        let range = self.writer.part(&bytes).map_err(|e| AddError::Write(self.part.to_owned(), e))?;
        self.manifest.chunks.push(range);
        Ok(())
    }
}

/// The ids met so far: a bit for each number of a dump, the FNV-1a hash of any other id.
#[derive(Default)]
struct Seen {
    numbers: Vec<u64>,
    hashes: FxHashSet<u64>,
}

impl Seen {
    /// Greater numbers are kept as hashes: 16 MB of bits.
    const MOST: usize = 1 << 27;

    /// Whether the id is new.
    fn insert(&mut self, id: &str, list: bool) -> bool {
        match id.parse::<usize>() {
            Ok(number) if !list && number < Self::MOST => self.insert_number(number),
            _ => {
                let step = |hash: u64, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
                self.hashes.insert(id.bytes().fold(0xcbf2_9ce4_8422_2325, step))
            }
        }
    }

    fn insert_number(&mut self, number: usize) -> bool {
        if self.numbers.len() <= number / 64 {
            self.numbers.resize(number / 64 + 1, 0);
        }
        let Some(word) = self.numbers.get_mut(number / 64) else { return false };
        let bit = 1 << (number % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pack::tests::packed;
    use super::super::super::search::Match;
    use super::*;

    const DUMP: &str = "\
990000001\tUpper Field\tUpper Field\tOber Feld,اوبر\t34.9\t69.25\tP\tPPL\tAF\t\t40\t\t\t\t900\t\t\tAsia/Kabul\t2020-01-01
12\tKabul\tKabul\t\t34.5\t69.25\tA\tADM1\tAF\t\t13\t\t\t\t0\t\t\tAsia/Kabul\t2020-01-01
990000002\tBroken\tBroken\t\t134.9\t69.25\tP\tPPL\tAF\t\t\t\t\t\t0\t\t\tAsia/Kabul\t2020-01-01
990000003\tCut
990000001\tTwice\tTwice\t\t34.9\t69.25\tP\tPPL\tAF\t\t\t\t\t\t0\t\t\tAsia/Kabul\t2020-01-01
";

    struct Bench {
        folder: tempfile::TempDir,
        library: Library,
        world: Gazetteer,
    }

    fn bench() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::new(folder.path().join("gazetteers"));
        Bench { folder, library, world: Gazetteer::from_bytes(packed()).unwrap() }
    }

    impl Bench {
        fn add(&self, file: &str, content: impl AsRef<[u8]>) -> Result<Added, AddError> {
            self.add_with(file, content, &AddOptions::default())
        }

        fn add_with(
            &self,
            file: &str,
            content: impl AsRef<[u8]>,
            options: &AddOptions<'_>,
        ) -> Result<Added, AddError> {
            let path = self.folder.path().join(file);
            fs::write(&path, content).unwrap();
            self.library.add(&path, options, &self.world, &mut |_| true)
        }

        fn open(&self) -> Gazetteer {
            let mut world = Gazetteer::from_bytes(packed()).unwrap();
            for entry in self.library.list() {
                world.push_own(&self.library.path(&entry.name)).unwrap();
            }
            world
        }

        fn files(&self) -> Vec<String> {
            let entries = fs::read_dir(self.library.folder()).unwrap();
            let mut out: Vec<String> =
                entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
            out.sort();
            out
        }
    }

    fn ids(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
        gazetteer.lookup(&fold(name)).map(|h| gazetteer.place(h.place).unwrap().id.to_string()).collect()
    }

    #[test]
    fn a_dump_is_added_and_its_bad_rows_are_named() {
        let bench = bench();
        let added = bench.add("AF.txt", DUMP).unwrap();
        assert_eq!((added.name.as_str(), added.places, added.rejected), ("af", 2, 3));
        assert_eq!(added.reasons.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 4, 5]);
        assert!(added.reasons[0].message.contains("latitude"), "{:?}", added.reasons);
        let gazetteer = bench.open();
        assert_eq!(ids(&gazetteer, "Upper Field"), ["geonames:990000001"]);
        assert_eq!(ids(&gazetteer, "اوبر"), ["geonames:990000001"]);
        assert_eq!(bench.files(), ["af.gaz"], "nothing else is left behind");
    }

    #[test]
    fn a_place_of_a_dump_that_is_known_counts_once() {
        let bench = bench();
        bench.add("AF.txt", DUMP).unwrap();
        let gazetteer = bench.open();
        assert_eq!(ids(&gazetteer, "Kabul"), ["geonames:1138958", "geonames:12", "geonames:77"]);
        let again: Vec<_> = gazetteer.search("Kabul", 20).iter().map(|f| f.place).collect();
        assert!(again.iter().all(|p| (p.0 as usize) < gazetteer.len()), "{again:?}");
    }

    #[test]
    fn rows_of_an_own_list_come_first() {
        let bench = bench();
        let table = "name,lat,lon,country\nKabul,10,20,SD\nAbu Camp,11,21,\nBad,x,1,\n";
        let added = bench.add("My Camps.csv", table).unwrap();
        assert_eq!((added.name.as_str(), added.places, added.rejected), ("my-camps", 2, 1));
        assert_eq!(added.reasons[0].line, 4);
        let gazetteer = bench.open();
        assert_eq!(ids(&gazetteer, "Kabul")[0], "my-camps:1");
        assert_eq!(gazetteer.search("Kabul", 3)[0].how, Match::Exact);
        assert_eq!(gazetteer.place_name(gazetteer.search("abu", 3)[0].place), "Abu Camp");
        let camp = gazetteer.by_id("my-camps:2").unwrap();
        assert_eq!(gazetteer.names(camp)[0].text, "Abu Camp");
        assert_eq!(gazetteer.name(gazetteer.lookup("abu camp").next().unwrap().name), "Abu Camp");
    }

    #[test]
    fn a_walk_and_a_lookup_agree_with_own_places() {
        let bench = bench();
        bench.add("AF.txt", DUMP).unwrap();
        bench.add("camps.csv", "name,lat,lon\nBagram Camp North,34.9,69.2\nKabul,1,2\n").unwrap();
        let gazetteer = bench.open();
        for name in ["Bagram Camp North", "Kabul", "Upper Field", "Bagram Airfield", "Bagram"] {
            let mut walker = gazetteer.walker();
            assert!(walker.feed(&fold(name)) && walker.ends_name(), "{name}");
            assert!(walker.hits().eq(gazetteer.lookup(&fold(name))), "{name}");
        }
        let mut walker = gazetteer.walker();
        assert!(walker.feed("bagram") && walker.feed(" camp"));
        assert!(!walker.ends_name() && !walker.feed(" zz"));
    }

    #[test]
    fn own_places_lie_in_the_divisions_of_the_world() {
        let bench = bench();
        let province = bench.world.by_id("geonames:10").unwrap();
        let locate = |_: LonLat| Some(province);
        let options = AddOptions { locate: Some(&locate), ..AddOptions::default() };
        bench.add_with("camps.csv", "name,lat,lon\nCamp Nine,34.9,69.2\n", &options).unwrap();
        let gazetteer = bench.open();
        let camp = gazetteer.place(gazetteer.by_id("camps:1").unwrap()).unwrap();
        assert_eq!((camp.country, camp.admin1), ("AF", "Parwan"));
        let bagram = gazetteer.by_id("geonames:1147540").unwrap();
        assert!(gazetteer.hierarchy(camp.index).same_admin1(gazetteer.hierarchy(bagram)));
        assert_eq!(gazetteer.search("Camp Nine, Parwan", 3).len(), 1);
        assert_eq!(gazetteer.search("Camp Nine, Iowa", 3).len(), 0);
    }

    #[test]
    fn the_same_file_gives_the_same_bytes() {
        let bench = bench();
        bench.add("AF.txt", DUMP).unwrap();
        let first = fs::read(bench.library.path("af")).unwrap();
        let replace = AddOptions { replace: true, ..AddOptions::default() };
        bench.add_with("AF.txt", DUMP, &replace).unwrap();
        assert!(fs::read(bench.library.path("af")).unwrap() == first);
    }

    #[test]
    fn a_stopped_or_failed_import_leaves_the_old_state() {
        let bench = bench();
        bench.add("AF.txt", DUMP).unwrap();
        let before = fs::read(bench.library.path("af")).unwrap();
        assert!(matches!(bench.add("AF.txt", DUMP), Err(AddError::NameTaken(_))));
        let replace = || AddOptions { replace: true, ..AddOptions::default() };
        assert!(matches!(bench.add_with("AF.txt", "no,header\n", &replace()), Err(AddError::Unfit(..))));
        let bad = "name,lat,lon\nx,y,z\n";
        assert!(matches!(bench.add_with("AF.txt", bad, &replace()), Err(AddError::NoRows(_, 1, _))));
        let path = bench.folder.path().join("AF.txt");
        fs::write(&path, "name,lat,lon\n".to_owned() + &"Camp,1,2\n".repeat(9000)).unwrap();
        let stopped = bench.library.add(&path, &replace(), &bench.world, &mut |_| false);
        assert!(matches!(stopped, Err(AddError::Cancelled)));
        assert!(fs::read(bench.library.path("af")).unwrap() == before);
        assert_eq!(bench.files(), ["af.gaz"]);
    }

    #[test]
    fn wrongly_encoded_rows_are_told_and_the_rest_goes_in() {
        let bench = bench();
        let mut table = b"name,lat,lon\nGood Camp,1,2\n".to_vec();
        table.extend(b"Caf\xe9 Camp,1,2\n");
        let added = bench.add("latin.csv", &table).unwrap();
        assert_eq!((added.places, added.rejected), (1, 1));
        assert!(added.reasons[0].message.contains("UTF-8"));
        let utf16: Vec<u8> = "name,lat,lon\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(bench.add("wide.csv", utf16), Err(AddError::Unfit(..))));
        assert!(matches!(bench.add("empty.csv", ""), Err(AddError::Unfit(..))));
        assert!(matches!(bench.add("cut.zip", b"PK\x03\x04rest"), Err(AddError::Read(..))));
    }

    #[test]
    fn many_parts_are_one_gazetteer() {
        let bench = bench();
        let mut table = "id,name,lat,lon\n".to_owned();
        for id in 0..CHUNK + 10 {
            table += &format!("{id},Camp {},1,2\n", id % 7);
        }
        let added = bench.add("many.csv", table).unwrap();
        assert_eq!(added.places, CHUNK + 10);
        let gazetteer = bench.open();
        let hits: Vec<String> = ids(&gazetteer, "Camp 3");
        assert_eq!(hits.len(), (0..CHUNK + 10).filter(|id| id % 7 == 3).count());
        let second = (CHUNK..).find(|id| id % 7 == 3).unwrap();
        assert!(hits.contains(&format!("many:{second}")), "the second part is searched");
    }

    #[test]
    fn gazetteers_are_listed_and_removed() {
        let bench = bench();
        bench.add("AF.txt", DUMP).unwrap();
        let list = bench.library.list();
        assert_eq!((list[0].name.as_str(), list[0].places, list[0].source.as_str()), ("af", 2, "AF.txt"));
        assert_eq!(list[0].sha256.len(), 64);
        assert!(bench.library.remove("../af").is_err() && bench.library.remove("xx").is_err());
        bench.library.remove("af").unwrap();
        assert!(bench.library.list().is_empty());
        fs::write(bench.library.path("odd"), "something else").unwrap();
        assert!(bench.library.list()[0].problem.is_some(), "a damaged one is listed with its problem");
    }

    #[test]
    fn names_must_be_plain() {
        assert!(is_name("camps-2026") && !is_name("geonames") && !is_name("a/b") && !is_name(""));
        assert_eq!(name_of(Path::new("/x/My List.CSV")), "my-list");
        assert_eq!(name_of(Path::new("GeoNames.zip")), "my-geonames");
    }
}
