//! Fits the prior of a place's importance: `fit-prior`, after `gazetteer`.
//!
//! A conditional logit of the meant place among its namesakes, without any context: the weights that
//! make the places within [`NEAR_KM`] of the annotated point likeliest. A Gaussian prior around the
//! weights in force keeps those of kinds that the corpora hardly hold where they were.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use dateline::places::LonLat;
use dateline::places::gazetteer::importance::{self, Features, Weights};
use dateline::places::gazetteer::{Gazetteer, NameFlags, fold};
use serde::Deserialize;

const OUT: &str = "data/prior.tsv";
/// Corpora whose annotations may train what is shipped; the last is only measured.
const FITTED: [&str; 3] = ["TR-News", "GeoWebNews", "GeoVirus-a"];
const MEASURED: &str = "TUD-trainval";
/// A place this near the annotated point is the one that is meant.
const NEAR_KM: f64 = 161.0;
const FOLDS: usize = 5;
/// Steps of the ascent, their size, and the pull back to the weights in force.
const STEPS: usize = 300;
const RATE: f32 = 0.1;
const PULL: f32 = 0.02;

#[derive(Deserialize)]
struct Document {
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    surface: String,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// The places of one name and which of them are meant.
struct Choice {
    fold: usize,
    candidates: Vec<Features>,
    meant: Vec<bool>,
}

/// Fits the weights, writes them, and prints how well they rank.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let mut fitted = Vec::new();
    for corpus in FITTED {
        fitted.extend(read(gazetteer, corpus)?);
    }
    let start = Weights::in_force();
    let weights = fit(&start, &fitted.iter().collect::<Vec<_>>());
    let held_out: Vec<(f32, f32)> = (0..FOLDS).map(|fold| held_out(&start, &fitted, fold)).collect();
    let mean = |pick: fn(&(f32, f32)) -> f32| held_out.iter().map(pick).sum::<f32>() / FOLDS as f32;
    let other = read(gazetteer, MEASURED)?;
    let (all, apart) = (fitted.iter().collect::<Vec<_>>(), other.iter().collect::<Vec<_>>());
    let anew = (mean(|r| r.0), mean(|r| r.1));
    let before = ranking(&all, |f| start.score(f));
    let kept = if anew.1 > before.1 { &weights } else { &start };
    let rows = [
        ("population alone, fitted corpora", ranking(&all, |f| f.population)),
        ("weights in force before, fitted corpora", before),
        ("fitted anew, fitted corpora, five-fold by document", anew),
        ("population alone, TUD-trainval", ranking(&apart, |f| f.population)),
        ("these weights, TUD-trainval", ranking(&apart, |f| kept.score(f))),
    ];
    let mut table = format!("# {} ambiguous mentions of {}\n", fitted.len(), FITTED.join(", "));
    for (what, (top, mrr)) in rows {
        let _ = writeln!(table, "# {what}: top-1 {top:.3}, MRR {mrr:.3}");
    }
    print!("{table}");
    table += &kept.to_text();
    fs::write(OUT, table).map_err(|e| format!("cannot write {OUT}: {e}"))
}

fn held_out(start: &Weights, all: &[Choice], fold: usize) -> (f32, f32) {
    let (test, train): (Vec<&Choice>, Vec<&Choice>) = all.iter().partition(|c| c.fold == fold);
    let weights = fit(start, &train);
    ranking(&test, |f| weights.score(f))
}

/// The ambiguous mentions of a corpus.
fn read(gazetteer: &Gazetteer, corpus: &str) -> Result<Vec<Choice>, String> {
    let folder = std::env::var_os("DATELINE_CORPORA")
        .map_or_else(|| PathBuf::from("../shared/corpora"), PathBuf::from);
    let path = folder.join(format!("dev/{corpus}.jsonl"));
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let document: Document = serde_json::from_str(line).map_err(|e| format!("{corpus}: {e}"))?;
        out.extend(document.toponyms.iter().filter_map(|t| choice(gazetteer, t, number % FOLDS)));
    }
    Ok(out)
}

fn choice(gazetteer: &Gazetteer, toponym: &Toponym, fold_of: usize) -> Option<Choice> {
    let meant = LonLat::new(toponym.lon?, toponym.lat?);
    let hits = gazetteer.lookup(&fold(&toponym.surface));
    let fits = |hit: &dateline::places::gazetteer::Hit| {
        !hit.flags.contains(NameFlags::ABBREVIATION) || gazetteer.casing_fits(hit.name, &toponym.surface)
    };
    let places: Vec<_> = hits.filter(fits).map(|hit| hit.place).collect();
    let near: Vec<bool> = places.iter().map(|&p| gazetteer.point(p).distance_km(meant) <= NEAR_KM).collect();
    let candidates = places.iter().map(|&p| importance::features_of(gazetteer, p)).collect();
    (near.contains(&true) && near.contains(&false)).then_some(Choice {
        fold: fold_of,
        candidates,
        meant: near,
    })
}

/// Gradient ascent (Adam, Kingma and Ba 2015) on the mean log likelihood.
fn fit(start: &Weights, choices: &[&Choice]) -> Weights {
    let mut weights = start.clone();
    let mut moments: BTreeMap<String, (f32, f32)> = BTreeMap::new();
    for step in 1..=STEPS {
        let gradient = gradient(&weights, choices);
        for (name, weight) in weights.iter_mut() {
            let pull = PULL * (start.get(name) - *weight);
            let slope = gradient.get(name).copied().unwrap_or(0.0) / choices.len() as f32 + pull;
            let (first, second) = moments.entry(name.clone()).or_default();
            *first = 0.9 * *first + 0.1 * slope;
            *second = 0.99 * *second + 0.01 * slope * slope;
            let corrected = *first / (1.0 - 0.9_f32.powi(step as i32));
            let spread = (*second / (1.0 - 0.99_f32.powi(step as i32))).sqrt();
            *weight += RATE * corrected / (spread + 1e-6);
        }
    }
    weights
}

fn gradient(weights: &Weights, choices: &[&Choice]) -> BTreeMap<String, f32> {
    let mut out: BTreeMap<String, f32> = BTreeMap::new();
    for choice in choices {
        let scores: Vec<f32> = choice.candidates.iter().map(|f| weights.score(f)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let odds: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
        let all: f32 = odds.iter().sum();
        let meant: f32 = odds.iter().zip(&choice.meant).filter(|(_, m)| **m).map(|(o, _)| o).sum();
        for ((features, odd), is_meant) in choice.candidates.iter().zip(&odds).zip(&choice.meant) {
            let residual = if *is_meant { odd / meant.max(1e-9) } else { 0.0 } - odd / all;
            for (name, value) in features.terms() {
                *out.entry(name.to_owned()).or_default() += residual * value;
            }
        }
    }
    out
}

/// Share of choices whose best is meant, and mean reciprocal rank of the best that is meant.
fn ranking(choices: &[&Choice], score: impl Fn(&Features) -> f32) -> (f32, f32) {
    let (mut top, mut reciprocal) = (0.0, 0.0);
    for choice in choices {
        let scores: Vec<f32> = choice.candidates.iter().map(&score).collect();
        let pairs = scores.iter().zip(&choice.meant);
        let best = pairs.filter(|(_, m)| **m).map(|(s, _)| *s).fold(f32::MIN, f32::max);
        let before = scores.iter().zip(&choice.meant).filter(|(s, m)| !**m && **s >= best).count();
        top += if before == 0 { 1.0 } else { 0.0 };
        reciprocal += 1.0 / (before + 1) as f32;
    }
    let count = choices.len().max(1) as f32;
    (top / count, reciprocal / count)
}
