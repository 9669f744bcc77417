//! What a file looks like before it is added: for a person who says which column is what.

use std::path::Path;

use super::error::AddError;
use super::reading::{Form, open};
use super::table::{Columns, reader_of};

/// Rows that are shown.
const ROWS: usize = 4;

/// What a file looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What it is.
    pub form: Form,
    /// Of a table: its header.
    pub header: Vec<String>,
    /// Of a table: its first rows.
    pub rows: Vec<Vec<String>>,
    /// Of a table: which column seems to be what; `None` where nothing fits.
    pub columns: Columns,
}

/// Looks at the beginning of a file.
///
/// # Errors
/// A file that cannot be read, or is none of the kinds that can be added.
pub fn preview(path: &Path) -> Result<Preview, AddError> {
    open(path, |opened| {
        let Form::Table(sign) = opened.form else {
            let (header, rows) = (Vec::new(), Vec::new());
            return Ok(Preview { form: opened.form, header, rows, columns: Columns::default() });
        };
        let failed = |e: csv::Error| AddError::Read(path.to_owned(), e.to_string());
        let mut table = reader_of(opened.begins, sign);
        let mut lines = table.byte_records().take(ROWS + 1).map(|record| {
            let text = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
            record.map(|record| record.iter().map(text).collect::<Vec<_>>()).map_err(failed)
        });
        let header = lines.next().transpose()?.unwrap_or_default();
        let rows = lines.collect::<Result<Vec<_>, _>>()?;
        let columns = Columns::guessed(&header);
        Ok(Preview { form: opened.form, header, rows, columns })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, content: &str) -> Preview {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        preview(&path).unwrap()
    }

    #[test]
    fn a_table_shows_its_columns_and_first_rows() {
        let rows: String = (1..9).map(|n| format!("\"Camp, {n}\",{n},2\n")).collect();
        let seen = of("a.csv", &format!("Dorf,lat,Longitude\n{rows}"));
        assert_eq!(seen.header, ["Dorf", "lat", "Longitude"]);
        assert_eq!((seen.rows.len(), seen.rows[1][0].as_str()), (ROWS, "Camp, 2"));
        let columns = &seen.columns;
        assert_eq!((columns.name.as_deref(), columns.lat.as_deref()), (None, Some("lat")));
        assert_eq!(columns.lon.as_deref(), Some("Longitude"));
    }

    #[test]
    fn other_files_need_no_columns() {
        assert_eq!(of("a.json", "{}").form, Form::Features);
        assert_eq!(of("a.txt", &format!("7{}\n", "\tx".repeat(18))).form, Form::Dump);
    }
}
