//! Rows of a GeoNames dump: nineteen columns parted by tabs (geonames.org, `readme.txt` of the export).

use super::row::{Row, country, point};

/// Columns of a dump.
pub const COLUMNS: usize = 19;

/// Other names of a place taken at most: great cities have hundreds, most of them transliterations.
const MOST_NAMES: usize = 60;

/// Reads a line of a dump.
pub fn row(line: &str) -> Result<Row, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, name, ascii, others, lat, lon, class, code, iso2, _, admin1, admin2, _, _, population, ..] =
        columns.as_slice()
    else {
        return Err(format!("{} columns instead of {COLUMNS}", columns.len()));
    };
    if columns.len() != COLUMNS {
        return Err(format!("{} columns instead of {COLUMNS}", columns.len()));
    }
    let number: u32 = id.trim().parse().map_err(|_| format!("the id {id:?} is no number"))?;
    let iso2 = country(iso2);
    let names = [*name, *ascii].into_iter().chain(others.split(',').take(MOST_NAMES));
    Ok(Row {
        id: number.to_string(),
        names: distinct(names),
        at: point(lat, lon)?,
        kind: kind(class, code),
        divisions: divisions(&iso2, admin1, admin2),
        country: iso2,
        population: population.trim().parse::<u64>().map_or(0, |p| u32::try_from(p).unwrap_or(u32::MAX)),
    })
}

/// The names that say something, each once.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.map(str::trim).filter(|n| !n.is_empty() && !n.contains("://")) {
        if !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
    out
}

fn kind(class: &str, code: &str) -> String {
    match (class.trim(), code.trim()) {
        ("", "") => String::new(),
        ("", code) => format!("U.{code}"),
        (class, "") => class.to_owned(),
        (class, code) => format!("{class}.{code}"),
    }
}

fn divisions(iso2: &str, admin1: &str, admin2: &str) -> Vec<String> {
    let known = |code: &str| !code.is_empty() && code != "00";
    match (iso2, admin1.trim(), admin2.trim()) {
        ("", ..) => Vec::new(),
        (iso2, admin1, admin2) if known(admin1) && known(admin2) => {
            vec![format!("{iso2}.{admin1}.{admin2}"), format!("{iso2}.{admin1}")]
        }
        (iso2, admin1, _) if known(admin1) => vec![format!("{iso2}.{admin1}")],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "7\tNew Camp\tNew Camp\tCamp Seven,,New Camp\t34.1\t69.2\tP\tPPL\tAF\t\t13\t1302\t\t\t420\t\t1800\tAsia/Kabul\t2020-01-01";

    #[test]
    fn a_line_of_a_dump_is_read() {
        let row = row(LINE).unwrap();
        assert_eq!(row.names, ["New Camp", "Camp Seven"]);
        assert_eq!((row.kind.as_str(), row.country.as_str(), row.population), ("P.PPL", "AF", 420));
        assert_eq!(row.divisions, ["AF.13.1302", "AF.13"]);
    }

    #[test]
    fn a_bad_line_says_what_is_wrong() {
        assert_eq!(row("7\tNew Camp").unwrap_err(), "2 columns instead of 19");
        assert!(row(&LINE.replacen('7', "x", 1)).unwrap_err().contains("no number"));
        assert!(row(&LINE.replace("34.1", "134.1")).unwrap_err().contains("latitude"));
    }
}
