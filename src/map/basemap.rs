//! The bundled basemap: land, lakes, rivers, boundaries, countries and provinces of Natural Earth, in one
//! file that is read in place (made by `data/build/basemap.py`).
//!
//! The world is the Mercator square, [`UNITS`] wide. The file, little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8, 4, 32 | `DATELNBM`, version, SHA-256 of all that follows |
//! | 4 | number of layers; each: kind u8, level u8, cells a side u16, length u32, `cells² + 1` offsets u32, the cells |
//! | 4 | number of areas; each: length u32, level u8, ISO 3166-1 code, length of names u16, bounds 4 × u32, names with a zero byte between, rings |
//!
//! A cell or an area is a row of shapes: number of points, then steps from the point before
//! (zigzag varints), the first from the cell's left upper corner.

use std::borrow::Cow;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::area::{AreaHead, read_areas};
use super::cursor::{Cursor, each_shape};

/// Width and height of the world in the file's units.
pub const UNITS: i32 = 1 << 22;

static BUNDLED: &[u8] = include_bytes!("../../data/basemap.bin");
const MAGIC: &[u8] = b"DATELNBM";
const VERSION: u32 = 1;
const HEADER: usize = 8 + 4 + 32;

/// Why a basemap cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BasemapError {
    /// It is some other file.
    #[error("the basemap is no basemap file; rebuild data/basemap.bin with data/build/basemap.py")]
    NotABasemap,
    /// It was written by another version of the builder.
    #[error("the basemap has version {0}, this program reads version {VERSION}; rebuild data/basemap.bin")]
    Version(u32),
    /// It ends too early or points outside itself.
    #[error("the basemap is damaged near byte {0}; rebuild data/basemap.bin")]
    Damaged(usize),
    /// Its content is not what its header says.
    #[error("the basemap's content does not match its hash; rebuild data/basemap.bin")]
    Hash,
}

/// What a layer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// Filled rings of land.
    Land,
    /// Filled rings of lakes.
    Lake,
    /// Lines between countries.
    Border,
    /// Lines between countries that a party disputes, and claims.
    Disputed,
    /// Lines between provinces of a country.
    Province,
    /// Lines of the great rivers (Natural Earth's ranks to 5).
    River,
    /// Lines of rivers that join them (ranks 6 and 7).
    Tributary,
    /// Lines of lesser rivers.
    Stream,
}

/// How much detail: Natural Earth's three scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 1:110 million, to zoom 2.
    Small,
    /// 1:50 million, to zoom 4.
    Medium,
    /// 1:10 million, above.
    Large,
}

impl Level {
    /// The detail that suits a zoom (world of `256 · 2^zoom` pixels).
    pub fn of_zoom(zoom: f64) -> Self {
        match zoom {
            z if z < 2.5 => Self::Small,
            z if z < 4.5 => Self::Medium,
            _ => Self::Large,
        }
    }
}

/// A box in units of the Mercator square: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UnitBox {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl UnitBox {
    /// Whether the two boxes share a point.
    pub const fn touches(&self, other: &Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }
}

/// One layer: where its cells lie in the file.
#[derive(Debug, Clone, Copy)]
struct LayerHead {
    kind: u8,
    level: u8,
    cells: usize,
    offsets: usize,
    data: usize,
}

/// The land and water of the world and who lives where.
#[derive(Debug)]
pub struct Basemap {
    bytes: Cow<'static, [u8]>,
    layers: Vec<LayerHead>,
    areas: Vec<AreaHead>,
}

impl Basemap {
    /// The basemap that comes with the program; opened once, then at hand.
    ///
    /// # Errors
    /// [`BasemapError`] where the file the program was built with is damaged.
    pub fn bundled() -> Result<&'static Self, BasemapError> {
        static OPENED: OnceLock<Result<Basemap, BasemapError>> = OnceLock::new();
        OPENED.get_or_init(|| Self::from_bytes(BUNDLED)).as_ref().map_err(Clone::clone)
    }

    /// Opens a basemap file. Reads its directory; its hash is checked by [`Basemap::verify`].
    ///
    /// # Errors
    /// [`BasemapError`] where it is no basemap, of another version, or damaged.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, BasemapError> {
        let bytes = bytes.into();
        if bytes.get(..8) != Some(MAGIC) {
            return Err(BasemapError::NotABasemap);
        }
        let mut cursor = Cursor::new(&bytes, 8);
        match cursor.u32() {
            Some(VERSION) => {}
            other => return Err(BasemapError::Version(other.unwrap_or(0))),
        }
        cursor.at = HEADER;
        let layers = read_layers(&mut cursor).ok_or(BasemapError::Damaged(cursor.at))?;
        let areas = read_areas(&mut cursor).ok_or(BasemapError::Damaged(cursor.at))?;
        Ok(Self { bytes, layers, areas })
    }

    /// Checks the content against the hash in the header.
    ///
    /// # Errors
    /// [`BasemapError::Hash`] where they differ.
    pub fn verify(&self) -> Result<(), BasemapError> {
        let (header, body) = self.bytes.split_at_checked(HEADER).ok_or(BasemapError::Damaged(0))?;
        let found = Sha256::digest(body);
        if header.get(12..) == Some(found.as_slice()) { Ok(()) } else { Err(BasemapError::Hash) }
    }

    /// Calls `draw` with every shape of a layer whose cell touches `window`: points in units, a
    /// ring without its closing point or a line.
    pub fn visit(&self, kind: LayerKind, level: Level, window: &UnitBox, draw: &mut dyn FnMut(&[[i32; 2]])) {
        let wanted = (kind as u8, level as u8);
        let Some(layer) = self.layers.iter().find(|l| (l.kind, l.level) == wanted) else { return };
        let unit = UNITS / layer.cells as i32;
        let last = layer.cells as i32 - 1;
        let range =
            |a: i32, b: i32| (a.div_euclid(unit)).clamp(0, last)..=(b.div_euclid(unit)).clamp(0, last);
        for row in range(window.top, window.bottom) {
            for column in range(window.left, window.right) {
                let cell = (row * layer.cells as i32 + column) as usize;
                let start = [column * unit, row * unit];
                each_shape(self.cell(layer, cell), start, draw);
            }
        }
    }

    /// The areas' heads, countries first.
    pub(super) fn area_heads(&self) -> &[AreaHead] {
        &self.areas
    }

    /// The whole file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn cell(&self, layer: &LayerHead, cell: usize) -> &[u8] {
        let mut cursor = Cursor::new(&self.bytes, layer.offsets + 4 * cell);
        let (Some(from), Some(to)) = (cursor.u32(), cursor.u32()) else { return &[] };
        self.bytes.get(layer.data + from as usize..layer.data + to as usize).unwrap_or(&[])
    }
}

fn read_layers(cursor: &mut Cursor<'_>) -> Option<Vec<LayerHead>> {
    let count = cursor.u32()?;
    (0..count).map(|_| read_layer(cursor)).collect()
}

fn read_layer(cursor: &mut Cursor<'_>) -> Option<LayerHead> {
    let (kind, level) = (cursor.u8()?, cursor.u8()?);
    let cells = usize::from(cursor.u16()?);
    let length = cursor.u32()? as usize;
    let offsets = cursor.at;
    let data = offsets + 4 * (cells * cells + 1);
    cursor.skip(4 * (cells * cells + 1) + length)?;
    (cells > 0).then_some(LayerHead { kind, level, cells, offsets, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: UnitBox = UnitBox { left: 0, top: 0, right: UNITS, bottom: UNITS };

    #[test]
    fn the_bundled_file_is_whole() {
        Basemap::bundled().unwrap().verify().unwrap();
    }

    #[test]
    fn every_layer_has_shapes_inside_the_world() {
        use LayerKind::{Border, Disputed, Lake, Land};
        let map = Basemap::bundled().unwrap();
        for level in [Level::Small, Level::Medium, Level::Large] {
            for kind in [Land, Lake, Border, Disputed] {
                let mut points = 0;
                map.visit(kind, level, &ALL, &mut |shape| {
                    points += shape.len();
                    assert!(shape.iter().flatten().all(|&c| (0..=UNITS).contains(&c)));
                });
                assert!(points > 100, "{kind:?} {level:?}: {points}");
            }
        }
    }

    #[test]
    fn great_rivers_come_first_and_lesser_ones_near() {
        use LayerKind::{River, Stream, Tributary};
        let map = Basemap::bundled().unwrap();
        let count = |kind, level| {
            let mut lines = 0;
            map.visit(kind, level, &ALL, &mut |_| lines += 1);
            lines
        };
        assert!((10..200).contains(&count(River, Level::Small)));
        assert!(count(River, Level::Medium) > 50 && count(Tributary, Level::Medium) > 100);
        assert!(count(Stream, Level::Large) > 500 && count(Stream, Level::Small) == 0);
    }

    #[test]
    fn no_line_runs_along_or_across_the_date_line() {
        let map = Basemap::bundled().unwrap();
        for kind in [LayerKind::Border, LayerKind::Province, LayerKind::Disputed] {
            map.visit(kind, Level::Large, &ALL, &mut |line| {
                for pair in line.windows(2) {
                    assert!((pair[0][0] - pair[1][0]).abs() < UNITS / 4, "a band across the map");
                    assert!(pair[0][0] != pair[1][0] || !matches!(pair[0][0], 0 | UNITS));
                }
            });
        }
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(Basemap::from_bytes(b"PNG".as_slice()).unwrap_err(), BasemapError::NotABasemap);
        let mut other = BUNDLED[..64].to_vec();
        other[8] = 9;
        assert_eq!(Basemap::from_bytes(other).unwrap_err(), BasemapError::Version(9));
    }

    #[test]
    fn a_cut_or_damaged_file_is_an_error_and_no_panic() {
        for length in [13, 44, 50, 60, 5_000, 300_000, BUNDLED.len() - 1] {
            let cut = Basemap::from_bytes(BUNDLED[..length].to_vec());
            assert!(matches!(cut, Err(BasemapError::Damaged(_))), "{length}");
        }
        let mut flipped = BUNDLED.to_vec();
        for at in (1_000..flipped.len()).step_by(997) {
            flipped[at] ^= 0x5a;
        }
        if let Ok(map) = Basemap::from_bytes(flipped) {
            assert_eq!(map.verify(), Err(BasemapError::Hash));
            map.visit(LayerKind::Land, Level::Large, &ALL, &mut |_| {});
        }
    }
}
