//! The file a gazetteer of the user's is kept as.
//!
//! Parts of the bundled format (see [`super::super::format`]), each of a bounded number of places;
//! an `fst` from every name to its starts; the starts: 8 bytes for each part that has the name, the
//! part's number with the highest bit set for the last, and the first posting there; a description as
//! JSON; and at the end 48 bytes: where the description begins, its length, and the SHA-256 of all
//! before them. Numbers are little-endian.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::format;
use super::own::OpenError;
use super::runs::Runs;

/// The first bytes of the file.
const MAGIC: [u8; 8] = *b"DTLNOWN\x01";
/// Bytes behind the description.
const TRAILER_LEN: u64 = 48;
/// Bytes of a start.
pub(super) const START_LEN: usize = 8;
/// Names between two looks at the watch.
const PACE: u64 = 1 << 16;
/// Bit of a start that is the last of its name.
pub(super) const LAST_START: u32 = 1 << 31;

/// What the file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The gazetteer's name.
    pub name: String,
    /// Name of the file it was made of.
    pub source: String,
    /// Whether it is a list of the user's own, whose places come first.
    pub first: bool,
    pub places: usize,
    pub names: usize,
    /// From and length of each part.
    pub chunks: Vec<(u64, u64)>,
    pub index: (u64, u64),
    pub starts: (u64, u64),
    #[serde(skip)]
    pub sha256: String,
}

/// Writes such a file front to back.
pub(super) struct Writer {
    out: BufWriter<File>,
    hash: Sha256,
    at: u64,
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(&[]));
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Writer {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let mut writer = Self { out: BufWriter::new(File::create(path)?), hash: Sha256::new(), at: 0 };
        writer.write_all(&MAGIC)?;
        Ok(writer)
    }

    /// Appends a part and tells where it stands.
    pub(super) fn part(&mut self, bytes: &[u8]) -> io::Result<(u64, u64)> {
        let from = self.at;
        self.write_all(bytes)?;
        Ok((from, bytes.len() as u64))
    }

    /// Appends the index over all parts and the description; `scratch` is a file for the starts.
    pub(super) fn finish(
        mut self,
        runs: Runs,
        scratch: &Path,
        mut manifest: Manifest,
        watch: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Manifest, WriteError> {
        manifest.names = runs.total;
        let from = self.at;
        self.write_index(runs, scratch, watch)?;
        manifest.index = (from, self.at - from);
        // A walk over a text keeps its place in an index in 32 bits.
        if manifest.index.1 > u64::from(u32::MAX) {
            return Err(WriteError::TooMany);
        }
        let from = self.at;
        io::copy(&mut BufReader::new(File::open(scratch)?), &mut self)?;
        manifest.starts = (from, self.at - from);
        let (from, text) = (self.at, serde_json::to_vec(&manifest).map_err(io::Error::from)?);
        self.write_all(&text)?;
        let hash = std::mem::take(&mut self.hash).finalize();
        self.out.write_all(&from.to_le_bytes())?;
        self.out.write_all(&(text.len() as u64).to_le_bytes())?;
        self.out.write_all(&hash)?;
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        Ok(manifest)
    }

    /// Writes the index over the names of all parts, and the starts into `scratch`.
    fn write_index(
        &mut self,
        runs: Runs,
        scratch: &Path,
        watch: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<(), WriteError> {
        let total = runs.total as u64;
        let mut starts = BufWriter::new(File::create(scratch)?);
        let mut index = fst::MapBuilder::new(&mut *self)?;
        let mut merge = runs.merge()?;
        let (mut at, mut names) = (0, 0u64);
        while let Some((name, mut found)) = merge.next()? {
            index.insert(&name, at)?;
            names += 1;
            if names.is_multiple_of(PACE) && !watch(at, total) {
                return Err(WriteError::Stopped);
            }
            at += found.len() as u64;
            if let Some(last) = found.last_mut() {
                last.0 |= LAST_START;
            }
            for (part, first) in found {
                starts.write_all(&part.to_le_bytes())?;
                starts.write_all(&first.to_le_bytes())?;
            }
        }
        index.finish()?;
        Ok(starts.flush()?)
    }
}

/// Why the file cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriteError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("its names cannot be put in order: {0}")]
    Index(fst::Error),
    #[error("it has more names than one gazetteer can hold: split the file")]
    TooMany,
    #[error("stopped")]
    Stopped,
}

impl From<fst::Error> for WriteError {
    fn from(error: fst::Error) -> Self {
        match error {
            fst::Error::Io(error) => Self::Io(error),
            other => Self::Index(other),
        }
    }
}

/// Reads the description of a file.
pub(super) fn read_manifest(file: &[u8]) -> Result<Manifest, OpenError> {
    let len = file.len() as u64;
    let slice = |from: u64, len: u64| format::part(file, from, len).ok_or(OpenError::Damaged);
    if len < MAGIC.len() as u64 + TRAILER_LEN || slice(0, 8)? != MAGIC {
        return Err(OpenError::Damaged);
    }
    manifest_of(slice(len - TRAILER_LEN, TRAILER_LEN)?, len, |from, len| slice(from, len).map(<[u8]>::to_vec))
}

/// The same from a file that is only listed.
pub(super) fn list_manifest(path: &Path) -> Result<Manifest, OpenError> {
    let read = |e: io::Error| OpenError::Read(e.to_string());
    let mut file = File::open(path).map_err(read)?;
    let len = file.metadata().map_err(read)?.len();
    let mut slice = |from: u64, len: u64| {
        let mut bytes =
            vec![0; usize::try_from(len).ok().filter(|l| *l < 1 << 24).ok_or(OpenError::Damaged)?];
        file.seek(SeekFrom::Start(from))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(|_| OpenError::Damaged)?;
        Ok(bytes)
    };
    if len < MAGIC.len() as u64 + TRAILER_LEN || slice(0, 8)? != MAGIC {
        return Err(OpenError::Damaged);
    }
    let trailer = slice(len - TRAILER_LEN, TRAILER_LEN)?;
    manifest_of(&trailer, len, slice)
}

fn manifest_of(
    trailer: &[u8],
    file_len: u64,
    mut slice: impl FnMut(u64, u64) -> Result<Vec<u8>, OpenError>,
) -> Result<Manifest, OpenError> {
    let number =
        |at: usize| trailer.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u64::from_le_bytes(*b));
    let (from, len) = (number(0), number(8));
    if from.checked_add(len).is_none_or(|end| end + TRAILER_LEN != file_len) {
        return Err(OpenError::Damaged);
    }
    let mut manifest: Manifest =
        serde_json::from_slice(&slice(from, len)?).map_err(|_| OpenError::Damaged)?;
    manifest.sha256 = format::hex(trailer.get(16..).unwrap_or(&[]));
    Ok(manifest)
}
