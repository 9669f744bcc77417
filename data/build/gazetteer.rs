//! Packs the joined table of places into the gazetteer that is part of the program.
//!
//! Reads `data/cache/places.tsv`, written by `data/build/join.py`: id, kind, latitude, longitude,
//! country, id of the division it lies in, population, `1` for a capital, boost, of a division its
//! seat and its code, `1` for the point of what it lies in, names parted by `|`, each with its flags
//! in braces; and `data/cache/gazetteer-info.json`.

use std::fs;
use std::path::Path;

use dateline::places::LonLat;
use dateline::places::gazetteer::pack::{PlaceInput, pack};
use dateline::places::gazetteer::{Gazetteer, Info, Name, NameFlags};

const TABLE: &str = "data/cache/places.tsv";
const INFO: &str = "data/cache/gazetteer-info.json";
const OUT: &str = "data/gazetteer.bin";

/// Packs the table and checks the file by reading it back.
pub fn run() -> Result<(), String> {
    let table = read(TABLE)?;
    let info: Info = serde_json::from_str(&read(INFO)?).map_err(|e| format!("{INFO}: {e}"))?;
    let places = (1..)
        .zip(table.lines())
        .map(|(number, line)| {
            row(line).ok_or_else(|| format!("{TABLE}, line {number}: not thirteen good columns"))
        })
        .collect::<Result<Vec<PlaceInput>, String>>()?;
    let file = pack(places, &info).map_err(|e| e.to_string())?;
    fs::write(OUT, &file).map_err(|e| format!("cannot write {OUT}: {e}"))?;
    let packed = Gazetteer::from_bytes(file.clone()).map_err(|e| e.to_string())?;
    packed.verify().map_err(|e| e.to_string())?;
    println!("{OUT}: {} places, {} names, {} bytes", packed.len(), packed.name_total(), file.len());
    packed.section_sizes().iter().for_each(|(tag, len)| println!("  {tag} {len:>9}"));
    println!("  sha256 {}", packed.sha256());
    Ok(())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(Path::new(path)).map_err(|e| format!("cannot read {path}: {e}; run data/build/build"))
}

fn row(line: &str) -> Option<PlaceInput> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, kind, lat, lon, country, parent, population, capital, boost, seat, code, rough, names] =
        columns.as_slice()
    else {
        return None;
    };
    Some(PlaceInput {
        id: (*id).to_owned(),
        kind: (*kind).to_owned(),
        at: LonLat::new(lon.parse().ok()?, lat.parse().ok()?),
        country: (*country).to_owned(),
        parent: (*parent).to_owned(),
        population: population.parse().ok()?,
        capital: *capital == "1",
        boost: boost.parse().ok()?,
        seat: (*seat).to_owned(),
        code: (*code).to_owned(),
        rough: *rough == "1",
        names: names.split('|').map(name).collect(),
    })
}

fn name(text: &str) -> Name {
    let (text, letters) = text.strip_suffix('}').and_then(|t| t.rsplit_once('{')).unwrap_or((text, ""));
    Name { text: text.to_owned(), flags: NameFlags::from_letters(letters) }
}
