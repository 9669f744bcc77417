//! `dateline gazetteer`: what the program knows of the world.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::{Value, json};

use super::args::{GazetteerAction, GazetteerCall};
use super::console::Console;
use super::geoparse::{filter, parse_object};
use super::{CallError, input, output, own};
use crate::places::Gazetteer;
use crate::places::gazetteer::{Found, Match, fold};

/// The most places written for a name.
const MOST: usize = 100;
/// The most places shown to a person.
const SHOWN: usize = 20;

/// Carries out the call.
///
/// # Errors
/// A damaged gazetteer, or a stream that cannot be read or written.
pub fn run(call: &GazetteerCall, console: &mut Console) -> Result<(), CallError> {
    match &call.call {
        GazetteerAction::Add(call) => return own::add(call, console),
        GazetteerAction::List { json } => return own::list(*json, console),
        GazetteerAction::Remove { name } => return own::remove(name, console),
        GazetteerAction::Info { .. } | GazetteerAction::Search { .. } => {}
    }
    let gazetteer = input::gazetteer()?;
    match &call.call {
        GazetteerAction::Add(_) | GazetteerAction::List { .. } | GazetteerAction::Remove { .. } => Ok(()),
        GazetteerAction::Info { json } => info(gazetteer, *json),
        GazetteerAction::Search { jsonl: true, .. } => search_stream(gazetteer, console),
        GazetteerAction::Search { name, json, .. } => {
            let name = name.as_deref().unwrap_or_default();
            let found = gazetteer.search(name, if *json { MOST } else { SHOWN });
            if found.is_empty() {
                console.note(format_args!("no place is called {name:?}"));
            }
            let text = if *json { json_line(name, gazetteer, &found) } else { table(gazetteer, &found) };
            output::to_stdout(text.as_bytes())
        }
    }
}

/// Answers `{"q": name}` lines: the places of exactly that name, most important first; where there
/// are none, those whose name begins so or is one typing error away.
fn search_stream(gazetteer: &Gazetteer, console: &mut Console) -> Result<(), CallError> {
    let answer = |line: &[u8]| {
        let object = parse_object(line)?;
        let query = object.get("q").and_then(Value::as_str).ok_or("there is no string \"q\"")?;
        Ok(json_line(query, gazetteer, &candidates(gazetteer, query)).trim_end().to_owned())
    };
    filter(io::BufReader::new(io::stdin().lock()), io::stdout().lock(), answer, console)
}

fn candidates(gazetteer: &Gazetteer, query: &str) -> Vec<Found> {
    let exact: Vec<Found> = gazetteer
        .lookup(&fold(query))
        .map(|hit| Found { place: hit.place, name: hit.name, how: Match::Exact })
        .take(MOST)
        .collect();
    if exact.is_empty() { gazetteer.search(query, MOST) } else { exact }
}

/// A place as `dateline gazetteer search` writes it; what is not known is null.
#[derive(Debug, Serialize)]
struct PlaceRow<'a> {
    place_id: String,
    geonames_id: Option<u32>,
    name: &'a str,
    matched: String,
    #[serde(rename = "match")]
    how: &'static str,
    lat: f64,
    lon: f64,
    kind: &'a str,
    country: Option<&'a str>,
    admin1: Option<&'a str>,
    admin2: Option<&'a str>,
    population: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    q: &'a str,
    places: Vec<PlaceRow<'a>>,
}

fn row<'a>(gazetteer: &'a Gazetteer, found: &Found) -> Option<PlaceRow<'a>> {
    let place = gazetteer.place(found.place)?;
    let known = |text: &'a str| Some(text).filter(|t| !t.is_empty());
    Some(PlaceRow {
        place_id: place.id.to_string(),
        geonames_id: place.id.geonames(),
        name: place.name,
        matched: gazetteer.name(found.name),
        how: match found.how {
            Match::Exact => "exact",
            Match::Prefix => "prefix",
            Match::OneEdit => "close",
        },
        lat: place.at.lat,
        lon: place.at.lon,
        kind: place.kind,
        country: known(place.country),
        admin1: known(place.admin1),
        admin2: known(place.admin2),
        population: Some(place.population).filter(|p| *p > 0),
    })
}

fn json_line(query: &str, gazetteer: &Gazetteer, found: &[Found]) -> String {
    let places = found.iter().filter_map(|f| row(gazetteer, f)).collect();
    let line = serde_json::to_string(&Answer { q: query, places });
    line.unwrap_or_else(|_| "{}".to_owned()) + "\n"
}

fn table(gazetteer: &Gazetteer, found: &[Found]) -> String {
    let mut out = String::new();
    for r in found.iter().filter_map(|f| row(gazetteer, f)) {
        let within: Vec<&str> = [r.admin2, r.admin1, r.country].into_iter().flatten().collect();
        let named =
            if r.matched == r.name { r.name.to_owned() } else { format!("{} ({})", r.name, r.matched) };
        let people = r.population.map_or(String::new(), |p| format!("  {p} inhabitants"));
        let _ = writeln!(
            out,
            "{named}, {}  {}  {:.4}, {:.4}  {}{people}",
            within.join(", "),
            r.kind,
            r.lat,
            r.lon,
            r.place_id
        );
    }
    out
}

fn info(gazetteer: &Gazetteer, as_json: bool) -> Result<(), CallError> {
    let info = gazetteer.info().map_err(|error| CallError::Failed(error.to_string()))?;
    if as_json {
        return output::to_stdout((json!(info).to_string() + "\n").as_bytes());
    }
    let mut out = format!(
        "Gazetteer {} of {}\n{} places, {} names\nsha256 {}\n",
        info.version, info.date, info.places, info.names, info.sha256
    );
    for source in &info.sources {
        let _ = writeln!(out, "\n{}: {}\n  licence: {}", source.name, source.what, source.licence);
        if !source.credit.is_empty() {
            let _ = writeln!(out, "  credit: {}", source.credit);
        }
    }
    output::to_stdout(out.as_bytes())
}
