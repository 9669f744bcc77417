//! Packs the bundled data and trains the models: one subcommand, one file.

use std::process::ExitCode;

mod ablate;
mod accuracy;
mod boost;
mod corpora;
mod crf;
mod cross_validate;
mod descent;
mod examples;
mod fit_prior;
mod gazetteer;
mod measure;
mod measure_events;
mod parser;
mod reliability;
mod train_ranker;
mod train_roles;
mod train_tagger;

/// A subcommand: its name, what it does, and the call.
type Step = (&'static str, &'static str, fn() -> Result<(), String>);

const STEPS: &[Step] = &[
    ("gazetteer", "packs data/cache/places.tsv into data/gazetteer.bin", gazetteer::run),
    ("fit-prior", "fits data/prior.tsv to the corpora; pack the gazetteer again after it", fit_prior::run),
    ("train-tagger", "fits data/tagger.bin to the corpora", train_tagger::run),
    ("train-parser", "fits data/parser.bin to the treebanks", parser::train::run),
    ("measure-parser", "measures data/parser.bin on the treebanks' other parts", parser::measure::run),
    ("train-ranker", "fits data/ranker.txt to the corpora", train_ranker::run),
    ("train-roles", "fits data/roles.txt to the annotated articles", train_roles::run),
    ("cross-validate", "measures the models on documents they were not trained on", cross_validate::run),
    ("cross-validate-accurate", "the same in the careful mode", cross_validate::accurate),
    ("measure-events", "measures the events of the annotated articles", measure_events::run),
    ("accuracy", "writes the figures and the plot of docs/accuracy.md", accuracy::run),
    ("ablate", "measures what each part is worth, for docs/accuracy.md", ablate::run),
    ("shipped", "measures the shipped models on the same documents", cross_validate::shipped),
];

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let Some((_, _, run)) = STEPS.iter().find(|(name, _, _)| *name == wanted) else {
        eprintln!("usage: dateline-build STEP, from the top of the project");
        STEPS.iter().for_each(|(name, what, _)| eprintln!("  {name:12} {what}"));
        return ExitCode::from(2);
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{wanted}: {message}");
            ExitCode::FAILURE
        }
    }
}
