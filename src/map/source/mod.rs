//! Maps of the user's own: tiles from a file or from a server, drawn in place of the basemap.
//!
//! - [`archive`] gives the tiles of a file: [`mbtiles`] and [`pmtiles`] read the two kinds;
//! - [`xyz`] makes addresses of a server's tiles; nothing here fetches them;
//! - [`mod@decode`] turns a tile's bytes into a picture: PNG, JPEG, WebP, or vector tiles, which
//!   [`mvt`] reads and [`vector`] draws.

pub mod archive;
pub mod decode;
pub mod mbtiles;
pub mod mvt;
pub mod pmtiles;
mod protobuf;
pub mod vector;
pub mod xyz;

use std::io;
use std::path::{Path, PathBuf};

pub use archive::open;
pub use decode::decode;
pub use xyz::XyzTemplate;

use super::bounds::Bounds;
use super::tile::{Picture, TileId, TileStyle};

/// What is known of a map before its first tile.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceInfo {
    /// What it calls itself, else the file's name.
    pub name: String,
    /// Who is to be named beside it; without markup.
    pub attribution: String,
    /// The least zoom it has tiles for.
    pub least_zoom: u8,
    /// The greatest zoom it has tiles for; beyond, its tiles are enlarged.
    pub most_zoom: u8,
    /// Where it has tiles; `None` where it does not say.
    pub bounds: Option<Bounds>,
    /// Whether its tiles are drawings, so that light and dark make a difference.
    pub vector: bool,
}

/// A map that gives tiles.
pub trait TileSource: Send + Sync {
    /// What is known of it.
    fn about(&self) -> &SourceInfo;

    /// A tile as a picture `size_px` pixels wide; `None` where the map has none there, so that the
    /// parent may stand in.
    ///
    /// # Errors
    /// [`SourceError`] where the file cannot be read or the tile cannot be drawn.
    fn tile(&self, id: TileId, style: &TileStyle, size_px: u32) -> Result<Option<Picture>, SourceError>;
}

/// Why a map cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be opened or read.
    #[error("cannot read the map {}: {error}; check that the file is there and may be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It is something else.
    #[error("{} is no map of tiles: it starts like neither MBTiles nor PMTiles 3; choose another file", .0.display())]
    Kind(PathBuf),
    /// It is what it should be, but broken.
    #[error("the map {} is damaged: {found}; get it again or choose another", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        found: String,
    },
    /// It is what it should be, but holds nothing.
    #[error("the map {} has no tiles in it; choose another", .0.display())]
    Empty(PathBuf),
    /// It is packed in a way that is not understood.
    #[error("the map {} has {found}, which this program does not read; convert it", path.display())]
    Unsupported {
        /// Which file.
        path: PathBuf,
        /// What it has.
        found: String,
    },
    /// A tile is no picture and no vector tile.
    #[error("a tile of the map cannot be drawn: {0}")]
    Tile(String),
    /// A server does not give a tile; in words.
    #[error("{0}")]
    Server(String),
    /// A server's address that makes no sense.
    #[error(
        "{0:?} is no address of tiles: {1}; it should look like https://example.org/{{z}}/{{x}}/{{y}}.png"
    )]
    Address(String, &'static str),
}

impl SourceError {
    fn read(path: &Path, error: io::Error) -> Self {
        Self::Read { path: path.to_owned(), error }
    }

    fn damaged(path: &Path, found: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), found: found.into() }
    }
}

/// Text without what stands between angle brackets, entities for the commonest signs resolved:
/// attributions are often written as HTML.
fn without_markup(text: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let resolved = out.replace("&copy;", "©").replace("&#169;", "©").replace("&amp;", "&");
    resolved.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_lose_their_markup() {
        let html = "<a href=\"https://example.org\" target=\"_blank\">&copy; Example &amp; sons</a>";
        assert_eq!(without_markup(html), "© Example & sons");
    }
}
