//! GeoPackage 1.3 (OGC 12-128r17): the layers events, mentions and places in one SQLite file.

use std::io;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Result, params, params_from_iter};

use super::file::{WriteError, write_with};
use super::table::{Cell, ColumnKind, Table, events, mentions, places};
use crate::places::Gazetteer;
use crate::project::{Project, RunRecord};

/// WGS84 in the register of EPSG.
const SRS: i32 = 4326;

/// The time of change that the standard asks for: always the same, so that the same input gives
/// the same bytes.
const LAST_CHANGE: &str = "1970-01-01T00:00:00.000Z";

/// The tables the standard asks for, and its extension for metadata (annex F.8), which holds the
/// run record.
const SCHEMA: &str = "
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
  description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude/latitude in degrees');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec130/#extension_metadata', 'read-write'),
  ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec130/#extension_metadata', 'read-write');
CREATE TABLE gpkg_metadata (id INTEGER NOT NULL PRIMARY KEY, md_scope TEXT NOT NULL,
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL, metadata TEXT NOT NULL);
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
  row_id_value INTEGER, timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
";

/// Writes a project to the GeoPackage `path`, whole or not at all.
///
/// # Errors
/// See [`WriteError`].
pub fn write(
    path: &Path,
    project: &Project,
    gazetteer: &Gazetteer,
    record: &RunRecord,
) -> std::result::Result<(), WriteError> {
    let layers = [events(project, gazetteer), mentions(project, gazetteer), places(project, gazetteer)];
    write_with(path, |beside| fill(beside, &layers, record).map_err(io::Error::other))
}

fn fill(path: &Path, layers: &[Table], record: &RunRecord) -> Result<()> {
    let mut db = Connection::open(path)?;
    // The file has another name until it is whole: a journal would only cost time.
    db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")?;
    let work = db.transaction()?;
    work.execute_batch(SCHEMA)?;
    add_record(&work, record)?;
    layers.iter().try_for_each(|layer| add_layer(&work, layer))?;
    work.commit()?;
    db.close().map_err(|(_, error)| error)
}

fn add_record(db: &Connection, record: &RunRecord) -> Result<()> {
    let json = serde_json::to_string(record).unwrap_or_default();
    db.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://schema.org/CreateAction', 'application/json', ?1)",
        [json],
    )?;
    let reference =
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?1, 1, NULL)";
    db.execute(reference, [LAST_CHANGE]).map(drop)
}

fn add_layer(db: &Connection, layer: &Table) -> Result<()> {
    let name = layer.name;
    let columns: Vec<String> =
        layer.columns.iter().map(|(column, kind)| format!("\"{column}\" {}", sql_type(*kind))).collect();
    db.execute_batch(&format!(
        "CREATE TABLE {name} (fid INTEGER PRIMARY KEY NOT NULL, geom POINT, {})",
        columns.join(", ")
    ))?;
    let (low, high) = bounds(&layer.points).unzip();
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, '', ?2, ?3, ?4, ?5, ?6, ?7)",
        params![name, LAST_CHANGE, low.map(x), low.map(y), high.map(x), high.map(y), SRS],
    )?;
    db.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'POINT', ?2, 0, 0)",
        params![name, SRS],
    )?;
    let marks = vec!["?"; layer.columns.len() + 1].join(", ");
    let mut insert = db.prepare(&format!("INSERT INTO {name} VALUES (NULL, {marks})"))?;
    for (row, point) in layer.rows.iter().zip(&layer.points) {
        let geometry = point.map_or(Value::Null, |p| Value::Blob(geometry(p)));
        let cells = row.iter().map(|cell| Value::from(cell.clone()));
        insert.execute(params_from_iter(std::iter::once(geometry).chain(cells)))?;
    }
    Ok(())
}

const fn sql_type(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "TEXT",
        ColumnKind::Real => "DOUBLE",
        ColumnKind::Int => "INTEGER",
    }
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Text(text) => Self::Text(text),
            Cell::Real(number) => Self::Real(number),
            Cell::Int(number) => Self::Integer(number),
        }
    }
}

/// Longitude and latitude.
type Point = (f64, f64);

const fn x(point: Point) -> f64 {
    point.0
}

const fn y(point: Point) -> f64 {
    point.1
}

/// The lower left and the upper right corner of what is placed.
fn bounds(points: &[Option<Point>]) -> Option<(Point, Point)> {
    points.iter().flatten().fold(None, |box_, &(x, y)| {
        let ((west, south), (east, north)) = box_.unwrap_or(((x, y), (x, y)));
        Some(((west.min(x), south.min(y)), (east.max(x), north.max(y))))
    })
}

/// A point as the standard writes it (section 2.1.3): header "GP", version 0, little-endian without
/// an envelope, the reference system, then well-known binary.
fn geometry((lon, lat): Point) -> Vec<u8> {
    let mut out = b"GP\0\x01".to_vec();
    out.extend(SRS.to_le_bytes());
    out.push(1);
    out.extend(1u32.to_le_bytes());
    out.extend(lon.to_le_bytes());
    out.extend(lat.to_le_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn written(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("out.gpkg");
        write(&path, &fixture::project(), fixture::gazetteer(), &fixture::record()).unwrap();
        path
    }

    #[test]
    fn three_layers_with_their_bounds_and_the_run_record() {
        let folder = tempfile::tempdir().unwrap();
        let db = Connection::open(written(folder.path())).unwrap();
        let text = |sql: &str| db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
        let number = |sql: &str| db.query_row(sql, [], |r| r.get::<_, f64>(0)).unwrap();
        assert_eq!(text("SELECT group_concat(table_name) FROM gpkg_contents"), "events,mentions,places");
        assert_eq!(text("PRAGMA integrity_check"), "ok");
        assert_eq!(number("SELECT count(*) * 1.0 FROM mentions WHERE geom IS NULL"), 1.0);
        assert!((number("SELECT min_x FROM gpkg_contents WHERE table_name = 'events'") - 69.17).abs() < 0.1);
        assert!(text("SELECT metadata FROM gpkg_metadata").contains("\"rules_version\""));
        assert_eq!(text("SELECT type FROM events WHERE fid = 1"), "ASSAULT");
    }

    #[test]
    fn a_point_is_header_and_well_known_binary() {
        let blob = geometry((69.17, 34.53));
        assert_eq!((blob.len(), &blob[..4], &blob[4..8]), (29, &b"GP\0\x01"[..], &4326i32.to_le_bytes()[..]));
        assert_eq!(&blob[13..21], 69.17f64.to_le_bytes());
    }

    #[test]
    fn the_same_project_gives_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let first = std::fs::read(written(folder.path())).unwrap();
        assert_eq!(std::fs::read(written(folder.path())).unwrap(), first);
    }
}
