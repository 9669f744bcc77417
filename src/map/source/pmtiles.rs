//! PMTiles 3: tiles in one file, found by their number along a Hilbert curve.
//!
//! The file starts with a head of 127 bytes that says where the directories lie. A directory
//! lists tiles by rising number; where there are many, it points to further directories.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::archive::Archive;
use super::decode::unpacked;
use super::protobuf::Message;
use super::{SourceError, SourceInfo, without_markup};
use crate::map::bounds::Bounds;
use crate::map::tile::TileId;

const HEAD: usize = 127;
/// The most bytes of a directory, of the description, of a tile, as they lie in the file.
const MOST_BYTES: u64 = 32 << 20;
/// The most directories from the first to a tile (the specification allows fewer).
const DEEPEST: usize = 4;

/// An open PMTiles file.
#[derive(Debug)]
pub struct PmTiles {
    path: PathBuf,
    file: Mutex<File>,
    about: SourceInfo,
    root: Vec<Entry>,
    leaves: u64,
    tiles: u64,
}

/// A stretch of the file.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: u64,
    length: u64,
}

/// A line of a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    /// The first tile's number.
    number: u64,
    /// How many tiles in a row it stands for; none for a further directory.
    run: u64,
    /// Where its bytes start, from the tiles' or the further directories' start.
    from: u64,
    /// How many bytes.
    length: u64,
}

impl PmTiles {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`SourceError`] where it is no PMTiles file of version 3, damaged, or packed otherwise
    /// than by gzip.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let mut file = File::open(path).map_err(|error| SourceError::read(path, error))?;
        let head = read(&mut file, path, Span { from: 0, length: HEAD as u64 })?;
        if !head.starts_with(b"PMTiles") {
            return Err(SourceError::Kind(path.to_owned()));
        }
        let unsupported = |found: String| SourceError::Unsupported { path: path.to_owned(), found };
        let byte = |at: usize| head.get(at).copied().unwrap_or(0);
        if byte(7) != 3 {
            return Err(unsupported(format!("version {}", byte(7))));
        }
        for (at, what) in [(97, "directories"), (98, "tiles")] {
            match byte(at) {
                0..=2 => {}
                3 => return Err(unsupported(format!("{what} packed by Brotli"))),
                4 => return Err(unsupported(format!("{what} packed by Zstandard"))),
                other => return Err(unsupported(format!("{what} packed in an unknown way ({other})"))),
            }
        }
        let span = |at: usize| Span { from: number(&head, at), length: number(&head, at + 8) };
        let damaged = || SourceError::damaged(path, "its first directory makes no sense");
        let root = directory(&plain(&mut file, path, span(8))?).ok_or_else(damaged)?;
        if root.is_empty() {
            return Err(SourceError::Empty(path.to_owned()));
        }
        let told = plain(&mut file, path, span(24)).unwrap_or_default();
        let about = about(path, &head, &told);
        let (leaves, tiles) = (span(40).from, span(56).from);
        Ok(Self { path: path.to_owned(), file: Mutex::new(file), about, root, leaves, tiles })
    }

    fn leaf(&self, span: Span) -> Result<Vec<Entry>, SourceError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = plain(&mut file, &self.path, span)?;
        directory(&bytes).ok_or_else(|| SourceError::damaged(&self.path, "a directory makes no sense"))
    }
}

impl Archive for PmTiles {
    fn about(&self) -> &SourceInfo {
        &self.about
    }

    fn bytes(&self, id: TileId) -> Result<Option<Vec<u8>>, SourceError> {
        let wanted = hilbert(id);
        let mut leaf;
        let mut entries = &self.root;
        for _ in 0..DEEPEST {
            let Some(entry) = entry(entries, wanted) else { return Ok(None) };
            if entry.run > 0 {
                let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                let from = self.tiles.saturating_add(entry.from);
                return read(&mut file, &self.path, Span { from, length: entry.length }).map(Some);
            }
            let from = self.leaves.saturating_add(entry.from);
            leaf = self.leaf(Span { from, length: entry.length })?;
            entries = &leaf;
        }
        Err(SourceError::damaged(&self.path, "its directories lead in a circle"))
    }
}

/// The eight bytes at `at` as a number.
fn number(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..at + 8).and_then(|b| b.try_into().ok());
    eight.map_or(0, u64::from_le_bytes)
}

fn about(path: &Path, head: &[u8], told: &[u8]) -> SourceInfo {
    let told: serde_json::Value = serde_json::from_slice(told).unwrap_or_default();
    let text = |key: &str| told.get(key).and_then(|v| v.as_str()).unwrap_or("").trim().to_owned();
    let byte = |at: usize| head.get(at).copied().unwrap_or(0);
    let degrees = |at: usize| {
        let four = head.get(at..at + 4).and_then(|b| b.try_into().ok());
        four.map_or(0.0, |b| f64::from(i32::from_le_bytes(b)) / 1e7)
    };
    let [west, south, east, north] = [102, 106, 110, 114].map(degrees);
    let file_name = || path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = text("name");
    SourceInfo {
        name: if name.is_empty() { file_name() } else { name },
        attribution: without_markup(&text("attribution")),
        least_zoom: byte(100).min(30),
        most_zoom: byte(101).min(30),
        bounds: (south < north && west != east).then_some(Bounds { west, south, east, north }),
        vector: byte(99) == 1,
    }
}

/// Reads a stretch of a file.
fn read(file: &mut File, path: &Path, span: Span) -> Result<Vec<u8>, SourceError> {
    if span.length > MOST_BYTES {
        return Err(SourceError::damaged(path, format!("a part of it claims {} bytes", span.length)));
    }
    let mut out = Vec::new();
    let read =
        file.seek(SeekFrom::Start(span.from)).and_then(|_| file.take(span.length).read_to_end(&mut out));
    match read {
        Ok(n) if n as u64 == span.length => Ok(out),
        Ok(_) => Err(SourceError::damaged(path, "it ends too early")),
        Err(error) => Err(SourceError::read(path, error)),
    }
}

/// Reads a stretch and unpacks it.
fn plain(file: &mut File, path: &Path, span: Span) -> Result<Vec<u8>, SourceError> {
    let bytes = read(file, path, span)?;
    unpacked(&bytes).map_err(|error| SourceError::damaged(path, error.to_string()))
}

/// Reads a directory: the number of entries, then their numbers' steps, runs, lengths, places.
fn directory(bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut message = Message::new(bytes);
    let count = usize::try_from(message.varint()?).ok()?;
    // Each entry takes at least four bytes.
    if count > bytes.len() / 4 {
        return None;
    }
    let mut entries = vec![Entry { number: 0, run: 0, from: 0, length: 0 }; count];
    let mut last = 0_u64;
    for entry in &mut entries {
        last = last.checked_add(message.varint()?)?;
        entry.number = last;
    }
    for entry in &mut entries {
        entry.run = message.varint()?;
    }
    for entry in &mut entries {
        entry.length = message.varint()?;
    }
    let mut end = 0_u64;
    for entry in &mut entries {
        // Nought: right behind the one before.
        entry.from = match message.varint()? {
            0 => end,
            n => n - 1,
        };
        end = entry.from.checked_add(entry.length)?;
    }
    Some(entries)
}

/// The entry that a tile's number falls to.
fn entry(entries: &[Entry], wanted: u64) -> Option<Entry> {
    let behind = entries.partition_point(|e| e.number <= wanted);
    let entry = *entries.get(behind.checked_sub(1)?)?;
    (entry.run == 0 || wanted - entry.number < entry.run).then_some(entry)
}

/// A tile's number: those of lesser zooms first, then its place along the Hilbert curve.
fn hilbert(id: TileId) -> u64 {
    let z = u32::from(id.z.min(31));
    let before = ((1_u64 << (2 * z)) - 1) / 3;
    let (mut x, mut y, mut place) = (u64::from(id.x), u64::from(id.y), 0_u64);
    let mut side = (1_u64 << z) / 2;
    while side > 0 {
        let (right, low) = (u64::from(x & side > 0), u64::from(y & side > 0));
        place += side * side * ((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                (x, y) = (side.wrapping_sub(1).wrapping_sub(x), side.wrapping_sub(1).wrapping_sub(y));
            }
            (x, y) = (y, x);
        }
        (x, y) = (x & (side.wrapping_sub(1)), y & (side.wrapping_sub(1)));
        side /= 2;
    }
    before + place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::source::decode::tests::png;
    use crate::map::source::open;
    use crate::map::tile::TileStyle;

    fn tile(z: u8, x: u32, y: u32) -> TileId {
        TileId { z, x, y }
    }

    /// Numbers of the specification's own table.
    #[test]
    fn numbers_run_along_the_curve() {
        let numbers = [(0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0), (2, 0, 0)];
        assert_eq!(numbers.map(|(z, x, y)| hilbert(tile(z, x, y))), [0, 1, 2, 3, 4, 5]);
        assert_eq!(hilbert(tile(12, 3423, 1763)), 19_078_479);
    }

    #[test]
    fn every_tile_of_a_zoom_has_a_number_of_its_own() {
        let mut seen: Vec<u64> = (0..16).flat_map(|x| (0..16).map(move |y| hilbert(tile(4, x, y)))).collect();
        seen.sort_unstable();
        assert_eq!(seen, (85..85 + 256).collect::<Vec<u64>>());
    }

    #[test]
    fn a_directory_gives_runs_and_places() {
        let bytes = [2, 5, 3, 1, 4, 10, 20, 1, 0];
        let entries = directory(&bytes).unwrap();
        assert_eq!(entries[1], Entry { number: 8, run: 4, from: 10, length: 20 });
        assert_eq!(entry(&entries, 11), Some(entries[1]));
        assert_eq!((entry(&entries, 12), entry(&entries, 6), entry(&entries, 4)), (None, None, None));
        assert_eq!(directory(&[0xff, 0xff, 0xff, 0xff, 0x0f]), None, "no room for so many");
    }

    fn file(folder: &Path, change: impl Fn(&mut Vec<u8>)) -> PathBuf {
        let (root, told, image) = (vec![1_u8, 0, 1, 0, 1], b"{\"name\":\"Own\"}".to_vec(), png([9, 9, 200]));
        let mut root = root;
        root[3] = image.len() as u8;
        let mut bytes = b"PMTiles\x03".to_vec();
        let starts = [HEAD, HEAD + root.len(), 0, HEAD + root.len() + told.len()];
        for (start, length) in starts.into_iter().zip([root.len(), told.len(), 0, image.len()]) {
            bytes.extend((start as u64).to_le_bytes());
            bytes.extend((length as u64).to_le_bytes());
        }
        bytes.resize(HEAD, 0);
        (bytes[97], bytes[98], bytes[99]) = (1, 1, 2);
        bytes.extend(root);
        bytes.extend(told);
        bytes.extend(image);
        change(&mut bytes);
        let path = folder.join("own.pmtiles");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn a_tile_is_found_and_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let map = open(&file(folder.path(), |_| ())).unwrap();
        assert_eq!((map.about().name.as_str(), map.about().most_zoom), ("Own", 0));
        let drawn = map.tile(tile(2, 1, 1), &TileStyle::default(), 16).unwrap().unwrap();
        assert_eq!(drawn.rgba[..4], [9, 9, 200, 255]);
    }

    #[test]
    fn other_versions_packings_and_cut_files_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let told = |change: fn(&mut Vec<u8>)| match open(&file(folder.path(), change)) {
            Ok(map) => map.tile(tile(0, 0, 0), &TileStyle::default(), 16).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        };
        assert!(told(|b| b[7] = 2).contains("version 2"));
        assert!(told(|b| b[98] = 4).contains("Zstandard"));
        assert!(told(|b| b.truncate(60)).contains("ends too early"));
        assert!(told(|b| b.truncate(150)).contains("ends too early"));
        assert!(told(|b| b[16..24].fill(0xff)).contains("claims"));
        assert!(told(|b| b[HEAD] = 99).contains("makes no sense"));
    }
}
