//! What each part is worth: `ablate` takes one part out at a time and measures what is left, always
//! with models that never saw the documents.

use std::fmt::Write as _;

use dateline::article::offsets::CharOffsets;
use dateline::article::segment::segment;
use dateline::places::evaluate::{Answer, Document, Figures};
use dateline::places::gazetteer::place::PlaceId;
use dateline::places::geoparser::Found;
use dateline::places::recognise::labels::Class;
use dateline::places::recognise::spots::{Spot, SpotKind, Spotter};
use dateline::places::recognise::tagger::{Reading, Tagger};
use dateline::places::resolve::candidates::Group;
use dateline::places::resolve::context::Context;
use dateline::places::resolve::joint;
use dateline::places::{Gazetteer, Geoparser, Hints, answer, tables};
use rayon::prelude::*;

use crate::accuracy::write_part;
use crate::examples::FOLDS;
use crate::measure::{self, Models, Set};
use crate::train_ranker;
use crate::train_tagger;

/// What is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    Tagger,
    Rules,
    Listed,
    Article,
    Rounds,
    Prior,
    Ranker,
    Curated,
    Calibration,
}

/// The parts, in the order of the table.
const PARTS: &[(&str, Part)] = &[
    ("everything", Part::Nothing),
    ("without the tagger: every name of the gazetteer, the longest", Part::Tagger),
    ("without the rules behind the tagger", Part::Rules),
    ("tagger trained without the gazetteer's features", Part::Listed),
    ("tagger trained without what the article says of its words", Part::Article),
    ("ranker trained without importance and population", Part::Prior),
    ("without the rounds in which the places of an article are resolved together", Part::Rounds),
    ("without the ranker: the most important place of the name", Part::Ranker),
    ("without the curated places and airports: GeoNames alone", Part::Curated),
    ("without the calibration of the score", Part::Calibration),
];

/// Measures all parts and writes their table.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let sets = measure::public()?;
    let mut out = "| exact F1 / within 161 km / end to end F1 / ECE |".to_owned();
    for set in &sets {
        let _ = write!(out, " {} |", set.name);
    }
    out += &format!("\n|{}\n", "---|".repeat(sets.len() + 1));
    for (name, part) in PARTS {
        let benches = benches(gazetteer, *part)?;
        let _ = write!(out, "| {name} |");
        for set in &sets {
            let f = figures(set, &benches, *part);
            let e2e = f.end_to_end.f1();
            let ece = f.calibration_error();
            let _ = write!(out, " {:.3} / {:.3} / **{e2e:.3}** / {ece:.3} |", f.exact.f1(), f.accuracy());
        }
        out.push('\n');
        eprintln!("{name}");
    }
    write_part("ablation", &out)
}

/// A geoparser taken apart.
struct Bench {
    gazetteer: &'static Gazetteer,
    models: Models,
    parser: Geoparser,
}

/// The tagger's templates that hold what the gazetteer says.
const LISTED: [usize; 28] = [
    24, 25, 26, 27, 28, 29, 30, 31, 32, 36, 37, 44, 45, 48, 49, 50, 51, 53, 54, 55, 58, 62, 63, 64, 65, 66,
    67, 68,
];

/// The tagger's templates that hold what the whole article says of a word.
const ARTICLE: [usize; 11] = [52, 53, 54, 55, 56, 59, 60, 61, 63, 64, 66];

/// The ranker's numbers of how important a place is: importance, rank among the name's places,
/// distances of the importance to the others', population.
const PRIOR: [usize; 6] = [0, 1, 2, 3, 4, 36];

/// One for each fold, and one with the shipped models.
fn benches(gazetteer: &'static Gazetteer, part: Part) -> Result<Vec<Bench>, String> {
    let taggers = match part {
        Part::Listed => train_tagger::without(&LISTED)?,
        Part::Article => train_tagger::without(&ARTICLE)?,
        _ => Vec::new(),
    };
    let rankers = if part == Part::Prior { train_ranker::without(&PRIOR)? } else { Vec::new() };
    let bench = |fold: usize| {
        let of = (fold < FOLDS).then_some(fold);
        let mut models = measure::models(of)?;
        let parser = train_ranker::geoparser(gazetteer, of, true)?;
        match part {
            Part::Rounds => models.ranker.together.clone_from(&models.ranker.alone),
            Part::Calibration => models.ranker.answer.clear(),
            Part::Listed | Part::Article => models.tagger = taggers[fold].clone(),
            Part::Prior => models.ranker = rankers[fold].clone(),
            _ => {}
        }
        Ok(Bench { gazetteer, models, parser })
    };
    (0..=FOLDS).map(bench).collect()
}

fn figures(set: &Set, benches: &[Bench], part: Part) -> Figures {
    let answers: Vec<Vec<Answer>> = set
        .documents
        .par_iter()
        .enumerate()
        .map(|(at, document)| benches[set.fold(at).unwrap_or(FOLDS)].answers(set, document, part))
        .collect();
    set.figures(&answers)
}

impl Bench {
    fn answers(&self, set: &Set, document: &Document, part: Part) -> Vec<Answer> {
        let segmentation = segment(&document.text);
        let mut reading = Reading::default();
        reading.read(&document.text, &segmentation, &tables::words(), self.gazetteer);
        let spots = self.spots(&document.text, &reading, part);
        let mut found = self.parser.look_up(&document.text, &segmentation, reading, spots);
        if part == Part::Curated {
            found.groups.iter_mut().for_each(|group| self.drop_curated(group));
        }
        let mut context = Context::default();
        context.called.clone_from(&found.called);
        joint::resolve(
            &self.models.ranker,
            self.gazetteer,
            &Hints::default(),
            &mut context,
            &mut found.groups,
        );
        if part == Part::Ranker {
            found.groups.iter_mut().for_each(most_important);
        }
        self.collect(set, document, &found)
    }

    fn spots(&self, text: &str, reading: &Reading, part: Part) -> Vec<Spot> {
        let mut names = Vec::new();
        Tagger::default().tag(&self.models.tagger, text, reading, &[], &mut names);
        let place = |words: &std::ops::Range<usize>, confidence| Spot {
            words: words.clone(),
            kind: SpotKind::Place,
            confidence,
        };
        match part {
            Part::Tagger => reading.matches.all.iter().map(|m| place(&m.words, 0.5)).collect(),
            Part::Rules => {
                let places = names.iter().filter(|n| n.class == Class::Location && !n.words.is_empty());
                places.map(|n| place(&n.words, n.confidence)).collect()
            }
            _ => Spotter { text, reading, gazetteer: self.gazetteer }.spots(&names),
        }
    }

    fn drop_curated(&self, group: &mut Group) {
        let curated = |place| {
            let id = self.gazetteer.place(place).map(|p| p.id);
            matches!(id, Some(PlaceId::Other(_)))
        };
        group.choices.retain(|choice| !curated(choice.place));
        group.probabilities.truncate(group.choices.len());
    }

    fn collect(&self, set: &Set, document: &Document, found: &Found) -> Vec<Answer> {
        let offsets = CharOffsets::new(&document.text);
        let mut out = Vec::new();
        for group in &found.groups {
            let best = group.best().map(|(choice, _)| choice.place);
            let at = best.map(|place| self.gazetteer.point(place));
            let population = best.map_or(0.0, |place| self.gazetteer.population(place) as f32);
            for &spot in &group.spots {
                let (Some(of), Some(bytes)) = (found.spots.get(spot), found.bytes.get(spot)) else {
                    continue;
                };
                let counts = match of.kind {
                    SpotKind::Place => true,
                    SpotKind::Demonym => set.convention.demonyms,
                    SpotKind::OrganisationPart => set.convention.organisation_parts,
                };
                let evidence = answer::evidence(of, group, population);
                if counts && answer::names_place(&self.models.ranker.named, &evidence) {
                    let score = answer::probability(&self.models.ranker.answer, &evidence);
                    let span = offsets.char_of(bytes.start)..offsets.char_of(bytes.end);
                    let at = at.filter(|_| score >= answer::LEAST);
                    out.push(Answer { span, at, score, ..Answer::default() });
                }
            }
        }
        out
    }
}

/// The choices stand in the order of their importance.
fn most_important(group: &mut Group) {
    group.probabilities.iter_mut().enumerate().for_each(|(at, p)| *p = if at == 0 { 0.9 } else { 0.0 });
}
