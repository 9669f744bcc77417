//! Turns a file into a gazetteer of the user's: rows are read one by one and packed in parts, so
//! that memory stays the same however long the file is.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use super::super::flags::NameFlags;
use super::super::fold::fold;
use super::super::info::Info;
use super::super::names::Name;
use super::super::pack::{PlaceInput, pack};
use super::super::place::PlaceIndex;
use super::super::store::Gazetteer;
use super::container::{Manifest, WriteError, Writer};
use super::error::AddError;
use super::geojson::{self, Stop};
use super::geonames;
use super::library::Library;
use super::own::MOST_OWN;
use super::reading::{Form, LONGEST_LINE, Opened, open};
use super::row::{Row, RowProblem, UNKNOWN_KIND};
use super::runs::Runs;
use super::seen::Seen;
use super::table::{Columns, Layout, reader_of};
use crate::places::LonLat;

/// Places of a part: about 60 MB while it is packed.
const CHUNK: usize = 50_000;
/// Bad rows that are named.
const NAMED: usize = 10;
/// Rows between two looks at the watch.
const PACE: u64 = 4096;
/// A dump with no more places is a list of the user's own too, not the places of a country.
const SMALL_DUMP: usize = 20_000;
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

/// What an import is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Rows are read.
    Reading,
    /// The names of all parts are brought into one order.
    Sorting,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is at.
    pub stage: Stage,
    /// Bytes read of the file, unpacked; names sorted.
    pub done: u64,
    /// Bytes of the file, unpacked; names there are.
    pub total: u64,
    /// Rows read.
    pub rows: u64,
}

impl Progress {
    /// How much of the stage is done, in per cent.
    pub fn percent(&self) -> u64 {
        (100 * self.done.min(self.total)).checked_div(self.total).unwrap_or(100)
    }
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

/// Whether a gazetteer may be called so.
pub fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (1..=40).contains(&name.len()) && name.bytes().all(fits) && !RESERVED.contains(&name)
}

/// The name a file gives.
pub fn name_of(path: &Path) -> String {
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
    fs::create_dir_all(library.folder()).map_err(write)?;
    library.tidy();
    let files = library.scratch(&name);
    let [part, scratch @ ..] = &files;
    // Locked until it has its name, so that no other call takes it for a leftover.
    let held = hold(part, &name)?;
    let added = build(&files, path, &name, options, world, watch);
    scratch.iter().for_each(|file| drop(fs::remove_file(file)));
    let renamed = added.and_then(|added| {
        fs::rename(part, library.path(&name)).map_err(write)?;
        Ok(added)
    });
    if renamed.is_err() {
        let _ = fs::remove_file(part);
    }
    drop(held);
    renamed
}

/// Makes the file an import is written to and keeps others off it. Where files cannot be locked,
/// nobody is kept off.
fn hold(part: &Path, name: &str) -> Result<File, AddError> {
    let write = |error| AddError::Write(part.to_owned(), error);
    let held = File::options().create(true).append(true).open(part).map_err(write)?;
    match held.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(AddError::Busy(name.to_owned())),
        _ => Ok(held),
    }
}

fn build(
    [part, starts, names]: &[PathBuf; 3],
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
        runs: Runs::create(names).map_err(write)?,
        part,
        waiting: Vec::new(),
        seen: Seen::default(),
        manifest: Manifest::default(),
        rows: 0,
        rejected: 0,
        reasons: Vec::new(),
        bytes_total: 0,
        packed: false,
    };
    open(path, |opened| importer.file(opened))?;
    importer.settle();
    importer.pack_waiting()?;
    if importer.manifest.places == 0 {
        let first = importer.reasons.first().map(|r| format!("line {}: {}", r.line, r.message));
        let why = first.unwrap_or_else(|| "it has none".to_owned());
        return Err(AddError::NoRows(path.to_owned(), importer.rows, why));
    }
    importer.manifest.name = name.to_owned();
    importer.manifest.source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let rows = importer.rows;
    let mut sorting = |done, total| (importer.watch)(Progress { stage: Stage::Sorting, done, total, rows });
    let finished = importer.writer.finish(importer.runs, starts, importer.manifest, &mut sorting);
    let manifest = finished.map_err(|error| match error {
        WriteError::Stopped => AddError::Cancelled,
        WriteError::Io(error) => write(error),
        other => write(io::Error::other(other.to_string())),
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
    runs: Runs,
    part: &'a Path,
    waiting: Vec<PlaceInput>,
    seen: Seen,
    manifest: Manifest,
    rows: u64,
    rejected: u64,
    reasons: Vec<RowProblem>,
    bytes_total: u64,
    packed: bool,
}

impl Importer<'_> {
    fn read_error(&self, error: impl ToString) -> AddError {
        let packed = if self.packed { "its archive is damaged: " } else { "" };
        AddError::Read(self.path.to_owned(), format!("{packed}{}", error.to_string()))
    }

    fn unread(&self, why: String) -> AddError {
        AddError::Content(self.path.to_owned(), why)
    }

    /// Reads the file.
    fn file(&mut self, opened: Opened<'_>) -> Result<(), AddError> {
        self.bytes_total = opened.bytes;
        self.packed = opened.packed;
        match opened.form {
            Form::Dump => self.dump(opened.text),
            Form::Table(sign) => self.table(opened.text, sign),
            Form::Features => self.features(opened.text),
        }
    }

    fn dump(&mut self, reader: &mut dyn BufRead) -> Result<(), AddError> {
        let (mut line, mut bytes) = (Vec::new(), 0);
        loop {
            line.clear();
            let read = Read::take(&mut *reader, LONGEST_LINE).read_until(b'\n', &mut line);
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
                .map_err(|e| format!("byte {} is no UTF-8; save the file as UTF-8", e.valid_up_to() + 1))
                .and_then(geonames::row);
            let number = self.rows + 1;
            self.take(row, number, bytes)?;
        }
    }

    fn table(&mut self, reader: &mut dyn BufRead, sign: u8) -> Result<(), AddError> {
        self.manifest.first = true;
        let mut rows = reader_of(reader, sign);
        let mut record = csv::ByteRecord::new();
        let mut layout = None;
        while rows.read_byte_record(&mut record).map_err(|e| self.read_error(e))? {
            let at = record.position().map_or((0, 0), |p| (p.line(), p.byte()));
            let cells: Result<Vec<String>, _> =
                record.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned)).collect();
            let cells = cells.map_err(|_| "it is no UTF-8; save the file as UTF-8".to_owned());
            let Some(layout) = &layout else {
                let header = cells.map_err(|why| self.unread(format!("its header: {why}")))?;
                layout = Some(Layout::of(&header, &self.options.columns).map_err(|why| self.unread(why))?);
                continue;
            };
            let number = self.rows + 1;
            self.take(cells.and_then(|cells| layout.row(&cells, number)), at.0, at.1)?;
        }
        Ok(())
    }

    fn features(&mut self, reader: &mut dyn BufRead) -> Result<(), AddError> {
        self.manifest.first = true;
        let bytes = Cell::new(0);
        let counted = Counted { reader, bytes: &bytes };
        let read = geojson::each(counted, |feature| {
            let number = self.rows + 1;
            self.take(geojson::row(feature, number), number, bytes.get())
        });
        match read {
            Ok(()) => Ok(()),
            Err(Stop::Taker(error)) => Err(error),
            Err(Stop::Broken(error)) if error.is_io() => Err(self.read_error(error)),
            Err(Stop::Broken(error)) if error.is_eof() => {
                Err(self.unread(format!("it is cut short after feature {} ({error})", self.rows)))
            }
            Err(Stop::Broken(error)) => Err(self.unread(format!("it is no good GeoJSON: {error}"))),
        }
    }

    /// A small dump was made by hand: its places are meant as those of a table are. They all still
    /// wait to be packed.
    fn settle(&mut self) {
        if !self.manifest.first && self.manifest.chunks.is_empty() && self.waiting.len() <= SMALL_DUMP {
            self.manifest.first = true;
            self.waiting.iter_mut().for_each(|place| place.boost = LIST_BOOST);
        }
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
        let (stage, total) = (Stage::Reading, self.bytes_total);
        let progress = Progress { stage, done: bytes_done, total, rows: self.rows };
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
        let write = |e| AddError::Write(self.part.to_owned(), e);
        let range = self.writer.part(&bytes).map_err(write)?;
        let part = Gazetteer::from_bytes(bytes).map_err(|e| write(io::Error::other(e.to_string())))?;
        self.runs.push(&part).map_err(write)?;
        self.manifest.chunks.push(range);
        Ok(())
    }
}

/// Counts the bytes that are read.
struct Counted<'a> {
    reader: &'a mut dyn BufRead,
    bytes: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
