//! Trains the resolver: `train-ranker`, after `train-tagger`.

use std::path::PathBuf;

use dateline::article::segment::segment;
use dateline::places::answer;
use dateline::places::evaluate::annotated::Annotated;
use dateline::places::evaluate::{self, CORPORA, Convention, Document, NEAR_KM};
use dateline::places::geoparser::{Found, Geoparser};
use dateline::places::recognise::model::Model;
use dateline::places::recognise::spots::{Spot, SpotKind};
use dateline::places::resolve::candidates::Group;
use dateline::places::resolve::context::Context;
use dateline::places::resolve::features::Numbers;
use dateline::places::resolve::joint::{self, ROUNDS};
use dateline::places::resolve::ranker::Ranker;
use dateline::places::{Gazetteer, LonLat};
use rayon::prelude::*;

use crate::boost::{self, Query};
use crate::corpora::{self, PLACES};
use crate::examples::FOLDS;
use crate::train_tagger::{fold_path, folder};

/// Trees without context, and with.
const ALONE: boost::Settings = boost::Settings { trees: 40, depth: 4, rate: 0.2, ridge: 2.0 };
const TOGETHER: boost::Settings = boost::Settings { trees: 100, depth: 4, rate: 0.15, ridge: 2.0 };

/// A document with what was found in it and where its places are.
struct Example {
    set: &'static str,
    fold: usize,
    found: Found,
    /// The gold points of each group, those of its mentions that have one.
    points: Vec<Vec<LonLat>>,
    /// Whether each spot is a place of the gold, and its point.
    gold: Vec<Option<Option<LonLat>>>,
}

/// Trains one ranker for each fold and the shipped one.
pub fn run() -> Result<(), String> {
    for (fold, ranker) in without(&[])?.into_iter().enumerate() {
        let path = if fold == FOLDS { PathBuf::from("data/ranker.txt") } else { ranker_path(fold) };
        std::fs::write(&path, ranker.to_text()).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// Rankers of the folds and of no fold that ask nothing of some features.
pub fn without(features: &[usize]) -> Result<Vec<Ranker>, String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let mut examples = Vec::new();
    for corpus in PLACES {
        let path = folder()?.join(format!("dev/{corpus}.jsonl"));
        examples.extend(read(gazetteer, corpus, evaluate::read(&path).map_err(|e| e.to_string())?)?);
    }
    for set in corpora::own_sets() {
        let articles = corpora::annotated(set, false)?;
        examples.extend(read(gazetteer, set, articles.iter().map(Annotated::document).collect())?);
    }
    let groups: usize = examples.iter().map(|e| e.found.groups.len()).sum();
    println!("{} documents, {groups} groups", examples.len());
    let rankers: Vec<Ranker> = (0..=FOLDS)
        .into_par_iter()
        .map(|fold| {
            let used: Vec<&Example> = examples.iter().filter(|e| e.fold != fold).collect();
            fit(gazetteer, &used, features)
        })
        .collect();
    let (answers, names) = judge(gazetteer, &examples, &rankers);
    let calibrated = |(fold, ranker)| Ranker {
        answer: logistic_fit(&answers, fold),
        named: logistic_fit(&names, fold),
        ..ranker
    };
    Ok(rankers.into_par_iter().enumerate().map(calibrated).collect())
}

/// Where the ranker of a fold goes.
pub fn ranker_path(fold: usize) -> PathBuf {
    PathBuf::from(format!("target/models/ranker-{fold}.txt"))
}

/// The geoparser with the models of a fold, or with those of no fold.
pub fn geoparser(
    gazetteer: &'static Gazetteer,
    fold: Option<usize>,
    ranker: bool,
) -> Result<Geoparser, String> {
    let tagger = fold.map_or_else(|| PathBuf::from("data/tagger.bin"), fold_path);
    let bytes = std::fs::read(&tagger).map_err(|e| format!("{}: {e}", tagger.display()))?;
    let model = Model::new(bytes).map_err(|e| e.to_string())?;
    let roles = crate::train_roles::weights(fold)?;
    if !ranker {
        return Ok(Geoparser::with_models(gazetteer, model, Ranker::default(), roles));
    }
    let path = fold.map_or_else(|| PathBuf::from("data/ranker.txt"), ranker_path);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Geoparser::with_models(gazetteer, model, Ranker::parse(&text).map_err(|e| e.to_string())?, roles))
}

/// Reads documents; they are tagged by the models that never saw them.
fn read(
    gazetteer: &'static Gazetteer,
    set: &'static str,
    documents: Vec<Document>,
) -> Result<Vec<Example>, String> {
    let parsers: Vec<Geoparser> =
        (0..FOLDS).map(|fold| geoparser(gazetteer, Some(fold), false)).collect::<Result<_, _>>()?;
    let examples = documents.par_iter().enumerate();
    Ok(examples.map(|(at, document)| example(&parsers[at % FOLDS], set, at % FOLDS, document)).collect())
}

fn example(parser: &Geoparser, set: &'static str, fold: usize, document: &Document) -> Example {
    let segmentation = segment(&document.text);
    let found = parser.recognise(&document.text, &segmentation);
    let spots = with_missed(&found, document);
    let names = found.names;
    let found = Found { names, ..parser.look_up(&document.text, &segmentation, found.reading, spots) };
    let gold: Vec<_> = found.bytes.iter().map(|bytes| gold_at(document, bytes)).collect();
    let points = found
        .groups
        .iter()
        .map(|g| g.spots.iter().filter_map(|&s| gold.get(s).copied().flatten().flatten()).collect())
        .collect();
    Example { set, fold, found, points, gold }
}

/// The spots found, and the gold places that were not: the resolver learns from both.
fn with_missed(found: &Found, document: &Document) -> Vec<Spot> {
    let mut spots = found.spots.clone();
    let page = &found.reading.page;
    for gold in &document.toponyms {
        let bytes = gold_bytes(document, gold.start..gold.end);
        let start = page.words.partition_point(|w| w.end as usize <= bytes.start);
        let end = page.words.partition_point(|w| (w.start as usize) < bytes.end);
        let free = found.spots.iter().all(|s| s.words.end <= start || end <= s.words.start);
        if free && start < end {
            spots.push(Spot { words: start..end, kind: SpotKind::Place, confidence: 0.0 });
        }
    }
    spots.sort_by_key(|s| s.words.start);
    spots.dedup_by(|b, a| b.words.start < a.words.end);
    spots
}

fn gold_bytes(document: &Document, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let byte = |at: usize| document.text.char_indices().nth(at).map_or(document.text.len(), |(b, _)| b);
    byte(span.start)..byte(span.end)
}

fn gold_at(document: &Document, bytes: &std::ops::Range<usize>) -> Option<Option<LonLat>> {
    let overlapping = document.toponyms.iter().find(|gold| {
        let gold = gold_bytes(document, gold.start..gold.end);
        gold.start < bytes.end && bytes.start < gold.end
    });
    overlapping.map(evaluate::Gold::at)
}

/// Fits both sets of trees; those with context learn from rounds as they will run.
fn fit(gazetteer: &Gazetteer, examples: &[&Example], without: &[usize]) -> Ranker {
    let mut states: Vec<Vec<Group>> = examples.iter().map(|e| e.found.groups.clone()).collect();
    let mut queries = Vec::new();
    for (example, groups) in examples.iter().zip(&states) {
        collect(gazetteer, example, &joint::describe(gazetteer, groups), &mut queries);
    }
    let alone = boost::fit(&queries, ALONE, without);
    for groups in &mut states {
        let described = joint::describe(gazetteer, groups);
        joint::rank(&alone, &described, gazetteer, None, groups);
    }
    let mut together = Vec::new();
    let mut gathered = Vec::new();
    for _ in 0..ROUNDS {
        let mut context = Context::default();
        for (example, groups) in examples.iter().zip(&states) {
            context.called.clone_from(&example.found.called);
            let mut described = joint::describe(gazetteer, groups);
            joint::describe_context(groups, &mut context, &mut described);
            collect(gazetteer, example, &described, &mut gathered);
        }
        together = boost::fit(&gathered, TOGETHER, without);
        for (example, groups) in examples.iter().zip(&mut states) {
            context.called.clone_from(&example.found.called);
            let mut described = joint::describe(gazetteer, groups);
            joint::describe_context(groups, &mut context, &mut described);
            joint::rank(&together, &described, gazetteer, None, groups);
        }
    }
    Ranker { alone, together, ..Ranker::default() }
}

/// Appends the groups of one document that have a right and a wrong choice.
fn collect(gazetteer: &Gazetteer, example: &Example, described: &[Vec<Numbers>], out: &mut Vec<Query>) {
    for ((group, rows), points) in example.found.groups.iter().zip(described).zip(&example.points) {
        let Some(target) = target(gazetteer, group, points) else { continue };
        if rows.len() > 1 && !group.demonym {
            let weight = (points.len().min(4) as f32).sqrt();
            out.push(Query { rows: rows.clone(), target, weight });
        }
    }
}

/// Which choices are right: those close to the gold points, the nearest most of all.
fn target(gazetteer: &Gazetteer, group: &Group, points: &[LonLat]) -> Option<Vec<f32>> {
    let point = points.first()?;
    let km: Vec<f64> = group.choices.iter().map(|c| gazetteer.point(c.place).distance_km(*point)).collect();
    let nearest = km.iter().copied().fold(f64::MAX, f64::min);
    if nearest > NEAR_KM {
        return None;
    }
    let share = |km: &f64| if *km > nearest + 5.0 { if *km <= NEAR_KM { 0.1 } else { 0.0 } } else { 1.0 };
    let shares: Vec<f32> = km.iter().map(share).collect();
    let sum: f32 = shares.iter().sum();
    Some(shares.into_iter().map(|s| s / sum).collect())
}

/// Whether the corpus of a document annotates such spots: where it does not, they are neither
/// right nor wrong.
fn is_judged(set: &str, spot: &Spot) -> bool {
    let convention = CORPORA.iter().find(|c| c.name == set).map_or(Convention::ALL, |c| c.convention);
    match spot.kind {
        SpotKind::Place => true,
        SpotKind::Demonym => convention.demonyms,
        SpotKind::OrganisationPart => convention.organisation_parts,
    }
}

/// A mention that a score is fitted to.
struct Case {
    fold: usize,
    evidence: [f32; answer::NUMBERS],
    right: bool,
    /// How much it counts.
    weight: f64,
}

/// How much mentions of our own articles count for whether something is a place: they were written to
/// be hard.
const OWN_NAMES: f64 = 0.4;

/// What the answer's probability, and that of a mention to be a place, are fitted to: documents that
/// neither tagger nor ranker saw.
fn judge(gazetteer: &Gazetteer, examples: &[Example], rankers: &[Ranker]) -> (Vec<Case>, Vec<Case>) {
    let (mut answers, mut names) = (Vec::new(), Vec::new());
    for example in examples {
        let mut groups = example.found.groups.clone();
        let hints = dateline::places::Hints::default();
        let mut context = Context::default();
        context.called.clone_from(&example.found.called);
        joint::resolve(&rankers[example.fold], gazetteer, &hints, &mut context, &mut groups);
        groups.iter().for_each(|group| judge_group(gazetteer, example, group, &mut answers, &mut names));
    }
    (answers, names)
}

/// Appends the mentions of one group.
fn judge_group(
    gazetteer: &Gazetteer,
    example: &Example,
    group: &Group,
    answers: &mut Vec<Case>,
    names: &mut Vec<Case>,
) {
    let best = group.best().map(|(c, _)| c.place);
    let population = best.map_or(0.0, |place| gazetteer.population(place) as f32);
    for &spot in &group.spots {
        let of = &example.found.spots[spot];
        if of.confidence <= 0.0 || !is_judged(example.set, of) {
            continue;
        }
        let (evidence, gold) = (answer::evidence(of, group, population), example.gold[spot]);
        let case = |right| Case { fold: example.fold, evidence, right, weight: 1.0 };
        let weight = if PLACES.contains(&example.set) { 1.0 } else { OWN_NAMES };
        names.push(Case { weight, ..case(gold.is_some()) });
        let Some(point) = best.map(|place| gazetteer.point(place)) else { continue };
        match gold {
            Some(None) => {}
            Some(Some(at)) => answers.push(case(at.distance_km(point) <= NEAR_KM)),
            None => answers.push(case(false)),
        }
    }
}

/// Steps of Newton's method; a logistic fit needs fewer than ten.
const STEPS: usize = 20;

/// Pull of the weights towards zero.
const RIDGE: f64 = 1.0;

/// Logistic regression by Newton's method, without the cases of one fold.
fn logistic_fit(cases: &[Case], without: usize) -> Vec<f32> {
    let mut weights = vec![0f32; answer::NUMBERS];
    for _ in 0..STEPS {
        // The slope stands in the last column beside the curvature.
        let mut system = [[0f64; answer::NUMBERS + 1]; answer::NUMBERS];
        for (at, line) in system.iter_mut().enumerate() {
            line[at] = RIDGE;
            line[answer::NUMBERS] = -RIDGE * f64::from(weights[at]);
        }
        for Case { evidence, right, weight, .. } in cases.iter().filter(|case| case.fold != without) {
            let p = f64::from(answer::probability(&weights, evidence));
            let (gap, curve) = (weight * (f64::from(u8::from(*right)) - p), weight * p * (1.0 - p));
            for (line, a) in system.iter_mut().zip(evidence) {
                for (cell, b) in line.iter_mut().zip(evidence) {
                    *cell += curve * f64::from(*a) * f64::from(*b);
                }
                line[answer::NUMBERS] += gap * f64::from(*a);
            }
        }
        let step = solve(&mut system);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s as f32);
    }
    weights
}

/// Solves a positive definite system, its right side in the last column, by elimination.
fn solve(system: &mut [[f64; answer::NUMBERS + 1]; answer::NUMBERS]) -> [f64; answer::NUMBERS] {
    for at in 0..answer::NUMBERS {
        let pivot = system[at];
        for (_, line) in system.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let factor = line[at] / pivot[at];
            line.iter_mut().zip(&pivot).for_each(|(cell, p)| *cell -= factor * p);
        }
    }
    std::array::from_fn(|at| system[at][answer::NUMBERS] / system[at][at])
}
