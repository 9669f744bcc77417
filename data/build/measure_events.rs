//! `measure-events [--heldout] [--gold-places] [--errors]`: how well the events of the annotated
//! articles are found.

use std::path::Path;

use dateline::events::measure::run::{Places, measure};
use dateline::places::{Gazetteer, Geoparser};

/// Prints the figures, and with `--errors` what is wrong.
pub fn run() -> Result<(), String> {
    let options: Vec<String> = std::env::args().skip(2).collect();
    let has = |name: &str| options.iter().any(|o| o == name);
    let folder = if has("--heldout") { "data/annotated/events/heldout" } else { "data/annotated/events" };
    let places = if has("--gold-places") { Places::Gold } else { Places::Found };
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let geoparser = Geoparser::new(gazetteer).map_err(|e| e.to_string())?;
    let figures = measure(Path::new(folder), &geoparser, places).map_err(|e| e.to_string())?;
    if has("--errors") {
        figures.errors.iter().for_each(|e| println!("{e}"));
    }
    figures.lines().iter().for_each(|l| println!("{l}"));
    Ok(())
}
