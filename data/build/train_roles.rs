//! Fits the weights that tell roles: `train-roles`, after `train-ranker`.
//!
//! Multinomial logistic regression, from our own annotated articles, whose marks tell
//! the role, and from GeoWebNews, whose types tell who acts from what is a place. Where a type
//! leaves the role open, the likelihood is summed over those it permits.

use std::path::PathBuf;

use dateline::article::segment::segment;
use dateline::places::evaluate::annotated::Annotated;
use dateline::places::evaluate::{self, Document, Gold};
use dateline::places::geoparser::{Found, Geoparser};
use dateline::places::resolve::context::Context;
use dateline::places::resolve::joint;
use dateline::places::resolve::ranker::Ranker;
use dateline::places::roles::{
    self,
    weights::{OUTPUTS, ROLES, Weights},
};
use dateline::places::{Gazetteer, Hints, Role};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpora;
use crate::descent;
use crate::examples::FOLDS;
use crate::measure;
use crate::train_ranker::geoparser;
use crate::train_tagger::folder;

/// A mention that was found, and the roles it may have.
struct Example {
    features: Vec<u32>,
    allowed: [bool; OUTPUTS],
    fold: usize,
    weight: f32,
}

/// Steps of the fit, and the pull of the weights towards zero: the best of a few in
/// cross-validation.
const STEPS: usize = 40;
const RIDGE: f64 = 4.0;

/// Features seen less often are left out.
const LEAST_SEEN: u32 = 2;

/// How much GeoWebNews counts beside our own articles.
const PARTLY_MARKED: f32 = 0.5;

/// Weights below this in every role are left out of the file.
const LEAST_WEIGHT: f32 = 0.02;

/// Trains the weights of each fold and the shipped ones, and tells how often they are right.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let mut examples = Vec::new();
    for set in corpora::SETS {
        let articles = corpora::annotated(set, false)?;
        let documents: Vec<Document> = articles.iter().map(Annotated::document).collect();
        examples.extend(read(gazetteer, &documents, &of_role, 1.0)?);
    }
    let path = folder()?.join("dev/GeoWebNews.jsonl");
    let partly = evaluate::read(&path).map_err(|e| e.to_string())?;
    examples.extend(read(gazetteer, &partly, &of_kind, PARTLY_MARKED)?);
    let fitted: Vec<Vec<(u32, [f32; OUTPUTS])>> = (0..=FOLDS)
        .into_par_iter()
        .map(|fold| fit(&examples.iter().filter(|e| e.fold != fold).collect::<Vec<_>>()))
        .collect();
    for (fold, rows) in fitted.iter().enumerate() {
        let path = if fold == FOLDS { PathBuf::from("data/roles.txt") } else { weights_path(fold) };
        std::fs::write(&path, Weights::to_text(rows)).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    report(&examples)
}

fn weights_path(fold: usize) -> PathBuf {
    PathBuf::from(format!("target/models/roles-{fold}.txt"))
}

/// The weights of a fold, or those of no fold; none where they were not trained yet.
pub fn weights(fold: Option<usize>) -> Result<Weights, String> {
    let path = fold.map_or_else(|| PathBuf::from("data/roles.txt"), weights_path);
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(Weights::default()) };
    Weights::parse(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The roles that an annotated role permits; `None` for those that rules tell.
fn of_role(gold: &Gold) -> Option<[bool; OUTPUTS]> {
    let role = gold.role?;
    ROLES.contains(&role).then(|| ROLES.map(|r| r == role))
}

/// The roles that a type of GeoWebNews permits.
fn of_kind(gold: &Gold) -> Option<[bool; OUTPUTS]> {
    match gold.kind.as_deref()? {
        "Metonymic" => Some(ROLES.map(|r| r == Role::Actor)),
        "Literal" | "Literal_Modifier" | "Coercion" => Some(ROLES.map(|r| r != Role::Actor)),
        _ => None,
    }
}

/// The mentions of documents that the models of the other folds find.
fn read(
    gazetteer: &'static Gazetteer,
    documents: &[Document],
    allowed: &(impl Fn(&Gold) -> Option<[bool; OUTPUTS]> + Sync),
    weight: f32,
) -> Result<Vec<Example>, String> {
    let parsers: Vec<Geoparser> =
        (0..FOLDS).map(|f| geoparser(gazetteer, Some(f), true)).collect::<Result<_, _>>()?;
    let rankers: Vec<Ranker> =
        (0..FOLDS).map(|f| Ok(measure::models(Some(f))?.ranker)).collect::<Result<_, String>>()?;
    let of = |(at, document): (usize, &Document)| {
        let fold = at % FOLDS;
        let mut out = Vec::new();
        of_document(gazetteer, &parsers[fold], &rankers[fold], document, &mut |features, gold| {
            if let Some(allowed) = allowed(gold) {
                out.push(Example { features, allowed, fold, weight });
            }
        });
        out
    };
    Ok(documents.par_iter().enumerate().flat_map_iter(of).collect())
}

fn of_document(
    gazetteer: &Gazetteer,
    parser: &Geoparser,
    ranker: &Ranker,
    document: &Document,
    each: &mut impl FnMut(Vec<u32>, &Gold),
) {
    let segmentation = segment(&document.text);
    let mut found = parser.recognise(&document.text, &segmentation);
    let mut context = Context::default();
    context.called.clone_from(&found.called);
    joint::resolve(ranker, gazetteer, &Hints::default(), &mut context, &mut found.groups);
    let offsets = dateline::article::offsets::CharOffsets::new(&document.text);
    let scene = found.scene(&segmentation);
    for at in 0..found.spots.len() {
        if let Some(gold) = weighed(&found, at, &offsets, document) {
            let mut features = Vec::new();
            scene.describe(at, &mut features);
            each(features, gold);
        }
    }
}

/// The annotation of a spot whose role no rule tells.
fn weighed<'d>(
    found: &Found,
    at: usize,
    offsets: &dateline::article::offsets::CharOffsets,
    document: &'d Document,
) -> Option<&'d Gold> {
    let bytes = found.bytes.get(at)?;
    let span = offsets.char_of(bytes.start)..offsets.char_of(bytes.end);
    let meets = |gold: &&Gold| gold.start < span.end && span.start < gold.end;
    found.roles.get(at)?.is_none().then(|| document.toponyms.iter().find(meets)).flatten()
}

/// The weights of features that were seen often enough.
fn fit(examples: &[&Example]) -> Vec<(u32, [f32; OUTPUTS])> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    examples.iter().flat_map(|e| &e.features).for_each(|f| *counts.entry(*f).or_default() += 1);
    let mut features: Vec<u32> =
        counts.into_iter().filter(|(_, n)| *n >= LEAST_SEEN).map(|(f, _)| f).collect();
    features.sort_unstable();
    let number = |f: &u32| features.binary_search(f).ok();
    let rows: Vec<Vec<usize>> =
        examples.iter().map(|e| e.features.iter().filter_map(number).collect()).collect();
    let weights = descent::minimise(features.len() * OUTPUTS, STEPS, |weights, slope| {
        for (s, w) in slope.iter_mut().zip(weights) {
            *s = RIDGE * w;
        }
        let pull: f64 = weights.iter().map(|w| RIDGE / 2.0 * w * w).sum();
        let losses = examples.iter().zip(&rows).map(|(example, row)| loss(example, row, weights, slope));
        pull + losses.sum::<f64>()
    });
    let row = |at: usize| std::array::from_fn(|role| weights[at * OUTPUTS + role] as f32);
    let matters = |row: &[f32; OUTPUTS]| row.iter().any(|w| w.abs() >= LEAST_WEIGHT);
    let weighed = features.iter().enumerate().map(|(at, feature)| (*feature, row(at)));
    weighed.filter(|(_, row)| matters(row)).collect()
}

/// The negative log likelihood of an example; adds its slope.
fn loss(example: &Example, row: &[usize], weights: &[f64], slope: &mut [f64]) -> f64 {
    let mut scores = [0f64; OUTPUTS];
    for &feature in row {
        let own = &weights[feature * OUTPUTS..(feature + 1) * OUTPUTS];
        scores.iter_mut().zip(own).for_each(|(s, w)| *s += w);
    }
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let parts = scores.map(|s| (s - most).exp());
    let all: f64 = parts.iter().sum();
    let wanted: f64 = parts.iter().zip(example.allowed).filter(|(_, a)| *a).map(|(p, _)| p).sum();
    let weight = f64::from(example.weight);
    for role in 0..OUTPUTS {
        let share = if example.allowed[role] { parts[role] / wanted } else { 0.0 };
        let own = weight * (parts[role] / all - share);
        row.iter().for_each(|feature| slope[feature * OUTPUTS + role] += own);
    }
    weight * (all.ln() - wanted.ln())
}

/// How often the weights of the folds tell the roles of their own fold.
fn report(examples: &[Example]) -> Result<(), String> {
    let folds: Vec<Weights> = (0..FOLDS).map(|f| weights(Some(f))).collect::<Result<_, _>>()?;
    let mut table = [[0usize; OUTPUTS]; OUTPUTS];
    for example in examples.iter().filter(|e| e.weight == 1.0) {
        let scores = folds[example.fold].score(&example.features);
        let best = ROLES.iter().position(|role| *role == roles::best(&scores)).unwrap_or(0);
        let gold = example.allowed.iter().position(|a| *a).unwrap_or(0);
        table[gold][best] += 1;
    }
    println!("annotated \\ told: {:?}", ROLES.map(Role::name));
    for (role, row) in ROLES.iter().zip(&table) {
        println!("{:12} {row:?}", role.name());
    }
    let all: usize = table.iter().flatten().sum();
    let right: usize = (0..OUTPUTS).map(|r| table[r][r]).sum();
    let drawn = |r: usize| ROLES[r].is_drawn();
    let pairs = (0..OUTPUTS).flat_map(|g| (0..OUTPUTS).map(move |t| (g, t)));
    let alike: usize = pairs.filter(|(g, t)| drawn(*g) == drawn(*t)).map(|(g, t)| table[g][t]).sum();
    println!(
        "right {:.3}, drawn or not {:.3}, of {all}",
        right as f32 / all as f32,
        alike as f32 / all as f32
    );
    Ok(())
}
