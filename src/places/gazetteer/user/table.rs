//! Rows of a table (CSV): which column is what is told or guessed from the header.

use super::row::{Row, country, point};

/// Which columns of a table hold what, by header; `None` is guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The name.
    pub name: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<String>,
    /// Longitude in degrees.
    pub lon: Option<String>,
    /// An id of the row.
    pub id: Option<String>,
    /// Other names, parted by `|` or `;`.
    pub names: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// GeoNames feature class and code.
    pub kind: Option<String>,
    /// Inhabitants.
    pub population: Option<String>,
}

impl Columns {
    /// The columns that a header seems to have.
    pub fn guessed(header: &[String]) -> Self {
        let find = |guesses: &[&str]| position(header, guesses).and_then(|at| header.get(at).cloned());
        Self {
            name: find(NAME),
            lat: find(LAT),
            lon: find(LON),
            id: find(ID),
            names: find(NAMES),
            country: find(COUNTRY),
            kind: find(KIND),
            population: find(POPULATION),
        }
    }
}

/// The first of the guesses that a header has.
fn position(header: &[String], guesses: &[&str]) -> Option<usize> {
    let is = |guess: &&str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(guess));
    guesses.iter().find_map(is)
}

/// Reads a table whose cells are parted by `sign`.
pub(super) fn reader_of<R: std::io::Read>(text: R, sign: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(sign).from_reader(text)
}

/// Headers that are understood without being told, in lower case.
const NAME: &[&str] = &[
    "name",
    "place",
    "place_name",
    "placename",
    "toponym",
    "title",
    "label",
    "settlement",
    "village",
    "nom",
    "nombre",
    "nome",
    "ort",
    "ortsname",
];
const LAT: &[&str] =
    &["lat", "latitude", "latitud", "breite", "breitengrad", "y", "lat_dd", "point_y", "ycoord"];
const LON: &[&str] = &[
    "lon",
    "lng",
    "long",
    "longitude",
    "longitud",
    "länge",
    "längengrad",
    "x",
    "lon_dd",
    "point_x",
    "xcoord",
];
const ID: &[&str] = &["id", "code", "pcode", "p_code", "uid", "fid", "objectid", "geonameid"];
const NAMES: &[&str] =
    &["names", "other_names", "alternatenames", "alternate_names", "aliases", "alias", "alt_names"];
const COUNTRY: &[&str] = &["country", "country_code", "countrycode", "iso2", "iso", "cc", "iso_country"];
const KIND: &[&str] = &["kind", "feature", "feature_code", "type", "fcode"];
const POPULATION: &[&str] = &["population", "pop", "inhabitants"];

/// Where each thing stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    name: usize,
    lat: usize,
    lon: usize,
    id: Option<usize>,
    names: Option<usize>,
    country: Option<usize>,
    kind: Option<usize>,
    population: Option<usize>,
}

impl Layout {
    /// Finds the columns in a header.
    ///
    /// # Errors
    /// What is missing, and what there is.
    pub fn of(header: &[String], wanted: &Columns) -> Result<Self, String> {
        let find = |told: &Option<String>, guesses: &[&str]| -> Result<Option<usize>, String> {
            match told {
                Some(column) => position(header, &[column.trim()])
                    .map(Some)
                    .ok_or_else(|| format!("there is no column {column:?}{}", has(header))),
                None => Ok(position(header, guesses)),
            }
        };
        let needed = |found: Option<usize>, what: &str, flag: &str| {
            found
                .ok_or_else(|| format!("no column looks like the {what}{}; name it with {flag}", has(header)))
        };
        Ok(Self {
            name: needed(find(&wanted.name, NAME)?, "name", "--name-column")?,
            lat: needed(find(&wanted.lat, LAT)?, "latitude", "--lat-column")?,
            lon: needed(find(&wanted.lon, LON)?, "longitude", "--lon-column")?,
            id: find(&wanted.id, ID)?,
            names: find(&wanted.names, NAMES)?,
            country: find(&wanted.country, COUNTRY)?,
            kind: find(&wanted.kind, KIND)?,
            population: find(&wanted.population, POPULATION)?,
        })
    }

    /// Reads a row; `number` is its id where the table has none.
    pub fn row(&self, cells: &[String], number: u64) -> Result<Row, String> {
        let cell = |at: usize| cells.get(at).map_or("", |c| c.trim());
        let maybe = |at: Option<usize>| at.map_or("", cell);
        let mut names = vec![cell(self.name).to_owned()];
        names.extend(maybe(self.names).split(['|', ';']).map(|n| n.trim().to_owned()));
        names.retain(|n| !n.is_empty());
        let id = Some(maybe(self.id)).filter(|id| !id.is_empty());
        Ok(Row {
            id: id.map_or_else(|| number.to_string(), str::to_owned),
            names,
            at: point(cell(self.lat), cell(self.lon))?,
            kind: kind(maybe(self.kind)),
            country: country(maybe(self.country)),
            divisions: Vec::new(),
            population: maybe(self.population).replace([',', ' '], "").parse().unwrap_or(0),
        })
    }
}

fn has(header: &[String]) -> String {
    format!(" (the columns are {})", header.join(", "))
}

/// A GeoNames class and code; anything else says nothing.
pub(super) fn kind(text: &str) -> String {
    let good = |class: &str, code: &str| {
        class.len() == 1 && class.bytes().all(|b| b"AHLPRSTUV".contains(&b)) && code.len() <= 8
    };
    match text.split_once('.') {
        Some((class, code)) if good(class, code) => text.to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn columns_are_guessed_from_the_header() {
        let layout = Layout::of(&cells("Village,Latitude,Longitude,Pop"), &Columns::default()).unwrap();
        let row = layout.row(&cells("Upper Camp,34.1,69.2,120"), 3).unwrap();
        assert_eq!(
            (row.names.as_slice(), row.population, row.id.as_str()),
            (&["Upper Camp".to_owned()][..], 120, "3")
        );
    }

    #[test]
    fn columns_can_be_told() {
        let wanted = Columns { name: Some("dorf".into()), ..Columns::default() };
        let layout = Layout::of(&cells("dorf,lat,lon"), &wanted).unwrap();
        assert_eq!(layout.row(&cells("Camp,1,2"), 1).unwrap().names, ["Camp"]);
        let missing = Layout::of(&cells("a,lat,lon"), &Columns::default()).unwrap_err();
        assert!(missing.contains("--name-column") && missing.contains("a, lat, lon"), "{missing}");
        assert!(Layout::of(&cells("a,lat,lon"), &wanted).unwrap_err().contains("dorf"));
    }
}
