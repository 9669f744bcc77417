//! A file of tiles, of either kind.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::decode::{Part, decode_part, unpacked};
use super::mbtiles::MbTiles;
use super::pmtiles::PmTiles;
use super::{SourceError, SourceInfo, TileSource};
use crate::map::tile::{Picture, TileId, TileStyle};

/// How many zooms beyond its greatest a map's tiles are enlarged.
const ENLARGED: u8 = 5;

/// A file that gives the bytes of tiles.
pub trait Archive: Send + Sync {
    /// What is known of it.
    fn about(&self) -> &SourceInfo;

    /// The bytes of a tile; `None` where there is none.
    ///
    /// # Errors
    /// [`SourceError`] where the file cannot be read.
    fn bytes(&self, id: TileId) -> Result<Option<Vec<u8>>, SourceError>;
}

/// Opens a file of tiles. What it starts with decides on its kind, not its name.
///
/// # Errors
/// [`SourceError`] where it cannot be read, is of another kind, or damaged.
pub fn open(path: &Path) -> Result<Box<dyn TileSource>, SourceError> {
    let mut head = [0; 16];
    let read = |mut file: File| file.read(&mut head);
    File::open(path).and_then(read).map_err(|error| SourceError::read(path, error))?;
    if head.starts_with(b"SQLite format 3") {
        Ok(Box::new(Drawn(MbTiles::open(path)?)))
    } else if head.starts_with(b"PMTiles") {
        Ok(Box::new(Drawn(PmTiles::open(path)?)))
    } else {
        Err(SourceError::Kind(path.to_owned()))
    }
}

/// An archive whose tiles are drawn.
struct Drawn<A>(A);

impl<A: Archive> TileSource for Drawn<A> {
    fn about(&self) -> &SourceInfo {
        self.0.about()
    }

    fn tile(&self, id: TileId, style: &TileStyle, size_px: u32) -> Result<Option<Picture>, SourceError> {
        let over = id.z.saturating_sub(self.about().most_zoom);
        if over > ENLARGED || id.z < self.about().least_zoom {
            return Ok(None);
        }
        let parent = TileId { z: id.z - over, x: id.x >> over, y: id.y >> over };
        let Some(bytes) = self.0.bytes(parent)? else { return Ok(None) };
        decode_part(&unpacked(&bytes)?, parent, Part::of(id, over), style, size_px).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_map_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.pmtiles");
        assert!(matches!(open(&path), Err(SourceError::Read { .. })));
        for content in [b"".as_slice(), b"<html>", b"\x89PNG\r\n\x1a\n0000000000"] {
            std::fs::write(&path, content).unwrap();
            assert!(matches!(open(&path), Err(SourceError::Kind(_))));
        }
    }
}
