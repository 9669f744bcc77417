//! Trains the recogniser: `train-tagger`, from the corpora named by `DATELINE_CORPORA`.

use std::path::{Path, PathBuf};

use dateline::places::recognise::labels::LABELS;
use dateline::places::recognise::model::{Model, pack};
use dateline::places::{Gazetteer, tables};
use rayon::prelude::*;

use crate::corpora::{self, Document};
use crate::crf::{self, Settings, Weights};
use crate::examples::{self, FOLDS, Island};

/// What gave the best figures in cross-validation on the three toponym corpora.
const SETTINGS: Settings = Settings { runs: 3, epochs: 10, step: 0.1, decay: 2e-4, least_seen: 3 };

/// Features kept, those that weigh most: 2.1 MB.
const MOST: usize = 140_000;

/// How much a toponym corpus counts beside the others.
const PLACES_WEIGHT: f32 = 2.0;

/// How much our own articles count.
const OWN_WEIGHT: f32 = 2.0;

/// The folder of the corpora.
pub fn folder() -> Result<PathBuf, String> {
    std::env::var_os("DATELINE_CORPORA")
        .map(PathBuf::from)
        .ok_or_else(|| "set DATELINE_CORPORA to the folder that holds train/ and dev/".to_owned())
}

/// Where the models of the folds go.
pub fn fold_path(fold: usize) -> PathBuf {
    PathBuf::from(format!("target/models/tagger-{fold}.bin"))
}

/// Trains one model for each fold, without the documents of that fold, and the shipped one.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let islands = islands(&folder()?, gazetteer)?;
    println!("{} islands, {} words", islands.len(), islands.iter().map(|i| i.allowed.len()).sum::<usize>());
    std::fs::create_dir_all("target/models").map_err(|e| e.to_string())?;
    (0..=FOLDS).into_par_iter().try_for_each(|fold| {
        let used: Vec<&Island> = islands.iter().filter(|i| i.fold != Some(fold)).collect();
        let path = if fold == FOLDS { PathBuf::from("data/tagger.bin") } else { fold_path(fold) };
        write(&path, &crf::fit(&used, SETTINGS))
    })
}

/// Models of the folds and of no fold, trained without some templates of features: what these are
/// worth.
pub fn without(templates: &[usize]) -> Result<Vec<Model>, String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let mut islands = islands(&folder()?, gazetteer)?;
    for features in islands.iter_mut().flat_map(|island| &mut island.features) {
        templates.iter().for_each(|&template| features[template] = crf::NONE);
    }
    let fit = |fold: usize| {
        let used: Vec<&Island> = islands.iter().filter(|i| i.fold != Some(fold)).collect();
        Model::new(packed(&crf::fit(&used, SETTINGS)).0).map_err(|e| e.to_string())
    };
    (0..=FOLDS).into_par_iter().map(fit).collect()
}

fn islands(folder: &Path, gazetteer: &Gazetteer) -> Result<Vec<Island>, String> {
    let words = tables::words();
    let mut out = Vec::new();
    let mut add = |documents: &[Document], folds: bool, weight: f32| {
        for (at, document) in documents.iter().enumerate() {
            let fold = folds.then_some(at % FOLDS);
            examples::of_document(document, fold, weight, &words, gazetteer, &mut out);
        }
    };
    for (corpus, held_back) in corpora::TRAIN {
        add(&corpora::tagged(folder, corpus, held_back)?, false, 1.0);
    }
    for corpus in corpora::PLACES {
        add(&corpora::toponyms(folder, corpus)?, true, PLACES_WEIGHT);
    }
    for set in corpora::own_sets() {
        let articles: Vec<Document> = corpora::annotated(set, false)?.iter().map(corpora::marked).collect();
        add(&articles, true, OWN_WEIGHT);
    }
    Ok(out)
}

/// Writes the weights that matter.
fn write(path: &Path, weights: &Weights) -> Result<(), String> {
    let (bytes, found, kept) = packed(weights);
    println!("{}: {found} features, {kept} kept", path.display());
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// The weights that matter as a file, how many there were, and how many are kept.
fn packed(weights: &Weights) -> (Vec<u8>, usize, usize) {
    let mut rows: Vec<(u32, [f32; LABELS])> =
        weights.features.iter().copied().zip(weights.rows.iter().copied()).collect();
    let size = |row: &[f32; LABELS]| row.iter().fold(0f32, |most, w| most.max(w.abs()));
    rows.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    let found = rows.len();
    rows.truncate(MOST);
    (pack(&weights.transitions, &rows), found, rows.len())
}
