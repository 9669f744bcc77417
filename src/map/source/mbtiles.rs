//! MBTiles 1.3: tiles in an SQLite file, rows counted from the south.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::archive::Archive;
use super::{SourceError, SourceInfo, without_markup};
use crate::map::bounds::Bounds;
use crate::map::tile::TileId;
use crate::map::view::lat_of;

/// An open MBTiles file.
#[derive(Debug)]
pub struct MbTiles {
    path: PathBuf,
    database: Mutex<Connection>,
    about: SourceInfo,
    /// Whether its rows are counted from the north, against the specification.
    from_north: bool,
}

impl MbTiles {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`SourceError`] where it is no MBTiles file, damaged, or without any tile.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let damaged = |error: rusqlite::Error| SourceError::damaged(path, error.to_string());
        let database = Connection::open_with_flags(path, flags).map_err(damaged)?;
        if !database.table_exists(None, "tiles").map_err(damaged)? && !has_view(&database).map_err(damaged)? {
            return Err(SourceError::Kind(path.to_owned()));
        }
        let about = about(path, &database).map_err(damaged)?;
        let some = some_tiles(&database, about.most_zoom).map_err(damaged)?;
        if some.is_empty() {
            return Err(SourceError::Empty(path.to_owned()));
        }
        let from_north = about.bounds.is_some_and(|bounds| counts_from_north(&some, &bounds));
        Ok(Self { path: path.to_owned(), database: Mutex::new(database), about, from_north })
    }
}

fn has_view(database: &Connection) -> rusqlite::Result<bool> {
    let query = "select count(*) from sqlite_master where name = 'tiles' and type = 'view'";
    database.query_row(query, [], |row| row.get::<_, i64>(0)).map(|n| n > 0)
}

/// Zoom and row of a few tiles, of those of a zoom where there are any.
fn some_tiles(database: &Connection, zoom: u8) -> rusqlite::Result<Vec<(u8, i64)>> {
    let ask = |query: &str, zoom: u8| {
        let mut statement = database.prepare(query)?;
        let rows = statement.query_map([zoom], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<Vec<(u8, i64)>>>()
    };
    let here = ask("select zoom_level, tile_row from tiles where zoom_level = ?1 limit 64", zoom)?;
    if !here.is_empty() {
        return Ok(here);
    }
    ask("select zoom_level, tile_row from tiles where ?1 >= 0 limit 64", zoom)
}

/// Whether tiles lie in the bounds that the file tells only where their rows are counted from the
/// north: programs that copy a server's folders into MBTiles forget to turn them round.
fn counts_from_north(some: &[(u8, i64)], bounds: &Bounds) -> bool {
    let inside = |z: u8, y: i64| {
        let n = (1_i64 << z.min(30)) as f64;
        let lat = |y: i64| lat_of((y as f64 / n).clamp(0.0, 1.0));
        lat(y) >= bounds.south && lat(y + 1) <= bounds.north
    };
    let turned = |&(z, row): &(u8, i64)| inside(z, (1_i64 << z.min(30)) - 1 - row);
    !some.iter().any(turned) && some.iter().all(|&(z, row)| inside(z, row))
}

fn about(path: &Path, database: &Connection) -> rusqlite::Result<SourceInfo> {
    let get = |name: &str| -> Option<String> {
        let query = "select value from metadata where name = ?1";
        database.query_row(query, [name], |row| row.get(0)).optional().ok().flatten()
    };
    let zooms = "select min(zoom_level), max(zoom_level) from tiles";
    let found =
        database.query_row(zooms, [], |row| Ok((row.get::<_, Option<u8>>(0)?, row.get::<_, Option<u8>>(1)?)));
    let zoom = |name: &str| get(name).and_then(|z| z.trim().parse().ok());
    // Asking the tiles reads the whole index: only where the file does not say.
    let (least, most) = match (zoom("minzoom"), zoom("maxzoom")) {
        (Some(least), Some(most)) => (least, most),
        _ => found.map(|(least, most)| (least.unwrap_or(0), most.unwrap_or(0)))?,
    };
    let file_name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(SourceInfo {
        name: get("name").filter(|n| !n.trim().is_empty()).unwrap_or(file_name),
        attribution: without_markup(&get("attribution").unwrap_or_default()),
        least_zoom: least.min(30),
        most_zoom: most.min(30),
        bounds: get("bounds").and_then(|b| Bounds::parse(&b)),
        vector: get("format").is_some_and(|f| matches!(f.as_str(), "pbf" | "mvt")),
    })
}

impl Archive for MbTiles {
    fn about(&self) -> &SourceInfo {
        &self.about
    }

    fn bytes(&self, id: TileId) -> Result<Option<Vec<u8>>, SourceError> {
        let rows = 1_i64 << id.z.min(30);
        let query =
            "select tile_data from tiles where zoom_level = ?1 and tile_column = ?2 and tile_row = ?3";
        // A panic elsewhere leaves a connection for reading as it was.
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let damaged = |error: rusqlite::Error| SourceError::damaged(&self.path, error.to_string());
        let mut statement = database.prepare(query).map_err(damaged)?;
        let row = if self.from_north { i64::from(id.y) } else { rows - 1 - i64::from(id.y) };
        let place = params![id.z, id.x, row];
        statement.query_row(place, |row| row.get(0)).optional().map_err(damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::source::decode::tests::{png, vector_tile};
    use crate::map::source::open;
    use crate::map::tile::TileStyle;

    fn file(folder: &Path, format: &str, tile: &[u8]) -> PathBuf {
        let path = folder.join("own.mbtiles");
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch("create table metadata (name text, value text); create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);")
            .unwrap();
        for (name, value) in [
            ("name", "Own map"),
            ("format", format),
            ("attribution", "<b>&copy; me</b>"),
            ("bounds", "60,29,75,39"),
        ] {
            database.execute("insert into metadata values (?1, ?2)", [name, value]).unwrap();
        }
        // Row 1 of 2 from the south is row 0 from the north.
        database.execute("insert into tiles values (1, 1, 1, ?1)", [tile]).unwrap();
        path
    }

    #[test]
    fn a_raster_tile_is_found_from_the_north_and_enlarged_beyond_the_last_zoom() {
        let folder = tempfile::tempdir().unwrap();
        let map = open(&file(folder.path(), "png", &png([200, 10, 10]))).unwrap();
        assert_eq!((map.about().name.as_str(), map.about().attribution.as_str()), ("Own map", "© me"));
        assert_eq!((map.about().least_zoom, map.about().most_zoom, map.about().vector), (1, 1, false));
        let style = TileStyle::default();
        let tile = |z, x, y| map.tile(TileId { z, x, y }, &style, 64).unwrap();
        assert_eq!(tile(1, 1, 0).unwrap().rgba[..4], [200, 10, 10, 255]);
        assert_eq!(tile(3, 5, 1).unwrap().rgba[..4], [200, 10, 10, 255]);
        assert_eq!((tile(1, 0, 0), tile(0, 0, 0), tile(9, 256, 0)), (None, None, None));
    }

    #[test]
    fn a_vector_tile_is_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let map = open(&file(folder.path(), "pbf", &vector_tile())).unwrap();
        let tile = map.tile(TileId { z: 1, x: 1, y: 0 }, &TileStyle::default(), 256).unwrap().unwrap();
        assert!(map.about().vector);
        let colors: std::collections::BTreeSet<&[u8]> = tile.rgba.chunks_exact(4).collect();
        assert!(colors.len() > 1, "nothing was drawn");
    }

    #[test]
    fn a_file_without_tiles_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "png", &png([1, 2, 3]));
        Connection::open(&path).unwrap().execute_batch("delete from tiles").unwrap();
        let Err(error) = open(&path) else { panic!("an empty map was opened") };
        assert!(error.to_string().contains("no tiles in it"), "{error}");
    }

    #[test]
    fn rows_counted_from_the_north_are_seen_by_the_bounds() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "png", &png([9, 8, 7]));
        let rows = |row: i64| {
            let database = Connection::open(&path).unwrap();
            database
                .execute("update tiles set zoom_level = 7, tile_column = 88, tile_row = ?1", [row])
                .unwrap();
            let map = open(&path).unwrap();
            let tile = |y| map.tile(TileId { z: 7, x: 88, y }, &TileStyle::default(), 64).unwrap().is_some();
            (tile(51), tile(127 - 51))
        };
        // 33° north lies in row 51 from the north, row 76 from the south.
        assert_eq!(rows(127 - 51), (true, false), "as MBTiles has it");
        assert_eq!(rows(51), (true, false), "as servers have it");
    }

    #[test]
    fn another_database_and_a_damaged_one_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.mbtiles");
        Connection::open(&path).unwrap().execute_batch("create table t (a)").unwrap();
        assert!(matches!(open(&path), Err(SourceError::Kind(_))));
        let whole = std::fs::read(file(folder.path(), "png", &png([1, 2, 3]))).unwrap();
        std::fs::write(&path, &whole[..700]).unwrap();
        let Err(error) = open(&path) else { panic!("a cut file was opened") };
        assert!(error.to_string().contains("damaged"), "{error}");
    }
}
