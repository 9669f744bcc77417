//! Reads a folder of annotated articles with the whole program and counts.

use std::path::Path;

use super::groups::{self, Told};
use super::{Figures, GoldArticle, GoldError, Reading, gold};
use crate::article::segment::segment;
use crate::events::extract;
use crate::places::gazetteer::fold::fold;
use crate::places::{Gazetteer, Geoparser, Hints, LonLat, Mention, Precision};

/// Where the places come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Found by the program.
    Found,
    /// Those marked in the articles.
    Gold,
}

/// Measures the events of every annotated article of a folder.
///
/// # Errors
/// See [`GoldError`].
pub fn measure(folder: &Path, geoparser: &Geoparser, places: Places) -> Result<Figures, GoldError> {
    let mut figures = Figures::default();
    let articles = gold::read_folder(folder)?;
    let mut all = Vec::with_capacity(articles.len());
    for article in &articles {
        let segmentation = segment(&article.article.text);
        let (mut mentions, points) = match places {
            Places::Found => found(article, geoparser),
            Places::Gold => {
                let kind = |surface: &str, at| precision(geoparser.gazetteer(), surface, at);
                (article.mentions(kind), article.points())
            }
        };
        let events = extract(&article.article, &segmentation, &mut mentions);
        figures.add(article, Reading { events: &events, points: &points });
        all.push(Told { gold: article, mentions, events, points });
    }
    let mut pairs = groups::pairs(&all);
    (figures.pair_precision, figures.pair_recall) = (pairs.precision, pairs.recall);
    figures.errors.append(&mut pairs.errors);
    Ok(figures)
}

fn found(article: &GoldArticle, geoparser: &Geoparser) -> (Vec<Mention>, Vec<Option<LonLat>>) {
    let segmentation = segment(&article.article.text);
    let mentions = geoparser.geoparse(&article.article, &segmentation, &Hints::default());
    let points = mentions.iter().map(|m| m.place.map(|p| geoparser.gazetteer().point(p))).collect();
    (mentions, points)
}

/// What kind of place the gazetteer has under that name near that point; a settlement otherwise.
fn precision(gazetteer: &Gazetteer, surface: &str, at: LonLat) -> Precision {
    let near = |p| gazetteer.point(p).distance_km(at);
    let folded = fold(surface);
    let hits = gazetteer.lookup(&folded).map(|hit| hit.place);
    let nearest = hits.min_by(|a, b| near(*a).total_cmp(&near(*b))).filter(|p| near(*p) < 60.0);
    nearest.map_or(Precision::Settlement, |p| Precision::of_kind(gazetteer.kind(p)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "prints the figures and errors of the folder in FOLDER"]
    fn figures_of_a_folder() {
        let Ok(folder) = std::env::var("FOLDER") else { return };
        let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
        let figures = measure(Path::new(&folder), &geoparser, Places::Found).unwrap();
        figures.errors.iter().chain(&figures.lines()).for_each(|l| eprintln!("{l}"));
    }

    #[test]
    fn the_annotated_articles_are_read_as_well_as_ever() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/annotated/events");
        let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
        let figures = measure(&folder, &geoparser, Places::Found).unwrap();
        figures.lines().iter().for_each(|l| eprintln!("{l}"));
        for (name, share, floor) in [
            ("precision", figures.precision, 0.85),
            ("recall", figures.recall, 0.70),
            ("place", figures.place, 0.76),
            ("date", figures.date, 0.84),
            ("status", figures.status, 0.88),
            ("actor", figures.actor, 0.86),
            ("pronoun", figures.pronoun, 0.65),
            ("double, P", figures.pair_precision, 0.70),
            ("double, R", figures.pair_recall, 0.35),
        ] {
            assert!(share.value() >= floor, "{name} fell to {share}, floor {floor}");
        }
    }
}
