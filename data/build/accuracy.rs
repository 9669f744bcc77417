//! Writes the figures of `docs/accuracy.md`: `accuracy`, after `train-tagger` and `train-ranker`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use dateline::places::Gazetteer;
use dateline::places::evaluate::distances::Distances;
use dateline::places::evaluate::role_table::RoleTable;
use dateline::places::evaluate::{Document, Figures, Gold, NEAR_KM, calibration, name_of};
use dateline::places::gazetteer::fold_into;

use crate::measure::{self, Parsers, Set};
use crate::reliability;

/// The page with the figures.
const PAGE: &str = "docs/accuracy.md";

/// Measures everything and writes page and plot.
pub fn run() -> Result<(), String> {
    let gazetteer = Gazetteer::bundled().map_err(|e| e.to_string())?;
    let parsers = Parsers::load(gazetteer)?;
    let (public, own) = (measure::public()?, measure::own(false)?);
    let measured = |sets: &[Set]| -> Vec<(String, Figures)> {
        sets.iter().map(|s| (s.name.clone(), s.figures(&s.answers(&parsers)))).collect()
    };
    let (of_public, of_own) = (measured(&public), measured(&own));
    let all: Vec<_> = of_public.iter().chain(&of_own).cloned().collect();
    write_part("figures", &figures_table(&all))?;
    let wiktor = measure::wiktor()?;
    write_part("wiktor", &wiktor_table(&wiktor.figures(&wiktor.answers(&parsers))))?;
    write_part("thresholds", &thresholds_table(&of_public))?;
    write_part("roles", &roles_table(&of_own))?;
    write_part("coverage", &coverage_table(gazetteer, &public, &own))?;
    for set in measure::own(true)? {
        write_part("languages", &languages_table(&set, &parsers))?;
    }
    let plot = reliability::svg(&of_public);
    std::fs::write("docs/reliability.svg", plot).map_err(|e| format!("docs/reliability.svg: {e}"))
}

/// Replaces what stands between the marks `<!-- NAME -->` and `<!-- /NAME -->` of the page.
pub fn write_part(name: &str, text: &str) -> Result<(), String> {
    print!("{text}");
    let page = std::fs::read_to_string(PAGE).map_err(|e| format!("{PAGE}: {e}"))?;
    let (begin, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let parts = page.split_once(&begin).and_then(|(head, rest)| Some((head, rest.split_once(&end)?.1)));
    let (head, tail) = parts.ok_or_else(|| format!("{PAGE} has no marks {begin} and {end}"))?;
    let page = format!("{head}{begin}\n{text}{end}{tail}");
    std::fs::write(Path::new(PAGE), page).map_err(|e| format!("{PAGE}: {e}"))
}

/// The first two lines of a table.
fn head(columns: &[&str]) -> String {
    format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()))
}

fn figures_table(all: &[(String, Figures)]) -> String {
    let mut out = head(&[
        "corpus",
        "documents",
        "places",
        "exact P / R / F1",
        "overlap F1",
        "within 161 km",
        "median km",
        "mean km",
        "AUC",
        "end to end P / R / F1",
        "ECE",
    ]);
    for (name, f) in all {
        let near = Distances::of(&f.errors_km);
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {:.3} / {:.3} / {:.3} | {:.3} | {:.3} of {} | {:.0} | {:.0} | {:.3} | {:.3} / {:.3} / **{:.3}** | {:.3} |",
            f.documents,
            f.exact.gold,
            f.exact.precision(),
            f.exact.recall(),
            f.exact.f1(),
            f.overlap.f1(),
            near.near,
            near.n,
            near.median_km,
            near.mean_km,
            near.auc,
            f.end_to_end.precision(),
            f.end_to_end.recall(),
            f.end_to_end.f1(),
            f.calibration_error(),
        );
    }
    out
}

/// Precision would tell nothing where most places are not annotated.
fn wiktor_table(f: &Figures) -> String {
    let near = Distances::of(&f.errors_km);
    let mut out =
        head(&["pages", "places", "found", "exact", "within 161 km", "median km", "mean km", "AUC"]);
    let _ = writeln!(
        out,
        "| {} | {} | {:.3} | {:.3} | {:.3} of {} | {:.0} | {:.0} | {:.3} |",
        f.documents,
        f.exact.gold,
        f.overlap.recall(),
        f.exact.recall(),
        near.near,
        near.n,
        near.median_km,
        near.mean_km,
        near.auc
    );
    out
}

fn thresholds_table(all: &[(String, Figures)]) -> String {
    let mut out = "| corpus |".to_owned();
    for least in calibration::THRESHOLDS {
        let _ = write!(out, " ≥ {least} |");
    }
    out += &format!("\n|{}\n", "---|".repeat(calibration::THRESHOLDS.len() + 1));
    for (name, figures) in all {
        let _ = write!(out, "| {name} |");
        for least in calibration::THRESHOLDS {
            let (kept, right) = calibration::above(&figures.judged, least);
            let _ = write!(out, " {right:.3} of {:.0} % |", kept * 100.0);
        }
        out.push('\n');
    }
    out
}

fn roles_table(all: &[(String, Figures)]) -> String {
    let mut out = head(&["articles", "role", "annotated", "found", "role right", "recall", "precision"]);
    for (name, figures) in all {
        rows_of_roles(name, &figures.roles, &mut out);
    }
    out
}

fn rows_of_roles(name: &str, roles: &RoleTable, out: &mut String) {
    for (role, f) in roles.rows() {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {} | {:.2} | {:.2} |",
            role.name(),
            f.gold,
            f.found,
            f.right,
            share(f.right, f.found),
            share(f.right, f.answered)
        );
    }
    let (right, drawn) = roles.accuracy();
    let _ = writeln!(out, "| {name} | all | | | | **{right:.3}**, drawn or not {drawn:.3} | |");
}

fn languages_table(set: &Set, parsers: &Parsers) -> String {
    let mut out = head(&["language", "places", "found", "within 161 km", "end to end F1"]);
    let answers = set.answers(parsers);
    for (document, answers) in set.documents.iter().zip(answers) {
        let mut figures = Figures::default();
        let (gold, judged) = set.selection.apply(&document.toponyms, &answers);
        figures.add(&gold, &judged);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {:.2} | {:.2} |",
            name_of(&document.id),
            figures.overlap.gold,
            figures.overlap.hits,
            figures.accuracy(),
            figures.end_to_end.f1()
        );
    }
    out
}

/// Which annotated places the gazetteer does not know within 161 km under the name as written.
fn coverage_table(gazetteer: &Gazetteer, public: &[Set], own: &[Set]) -> String {
    let mut out = head(&[
        "corpus",
        "kind, as the corpus calls it",
        "places with a point",
        "not in the gazetteer",
        "share",
    ]);
    for set in public.iter().chain(own) {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for document in &set.documents {
            for gold in &document.toponyms {
                let Some(known) = known(gazetteer, document, gold) else { continue };
                let kind = gold.kind.as_deref().unwrap_or("all");
                for kind in [kind, "all"].into_iter().take(if kind == "all" { 1 } else { 2 }) {
                    let counts = kinds.entry(kind).or_default();
                    counts.0 += 1;
                    counts.1 += usize::from(!known);
                }
            }
        }
        for (kind, (all, missed)) in kinds {
            let share = missed as f64 / all as f64;
            let _ = writeln!(out, "| {} | {kind} | {all} | {missed} | {share:.3} |", set.name);
        }
    }
    out
}

fn known(gazetteer: &Gazetteer, document: &Document, gold: &Gold) -> Option<bool> {
    let point = gold.at()?;
    let surface: String = document.text.chars().skip(gold.start).take(gold.end - gold.start).collect();
    let mut folded = String::new();
    fold_into(&surface, &mut folded);
    let near = |place| gazetteer.point(place).distance_km(point) <= NEAR_KM;
    Some(gazetteer.lookup(&folded).any(|hit| near(hit.place)))
}
