//! Measures a parser's file: `measure-parser`.
//!
//! Words are those of the treebank; tags are the parser's own. UAS and LAS count every word,
//! punctuation too; LAS compares relations without subtypes, as the shared tasks of Universal
//! Dependencies do.

use std::path::Path;
use std::time::Instant;

use dateline::events::syntax::words::Cut;
use dateline::events::syntax::{Relation, Scratch, Syntax, Tag};

use super::treebank::{self, Sentence, recased};
use crate::train_tagger::folder;

/// Which parts are measured: treebank, part, and how it is set.
const PARTS: [(&str, &str, usize); 6] = [
    ("UD-EWT", "dev", 0),
    ("UD-EWT", "test", 0),
    ("UD-PUD", "test", 0),
    ("GUM", "test", 0),
    ("UD-PUD", "test", 1),
    ("UD-PUD", "test", 2),
];

/// Passes over the sentences that are timed.
const PASSES: usize = 12;

/// How many words were right.
#[derive(Debug, Default)]
struct Score {
    words: usize,
    tags: usize,
    lemmas: usize,
    heads: usize,
    labels: usize,
    /// Right with their subtypes.
    full: usize,
    /// Of the relations that events are read from: right, found, in the treebank.
    core: [usize; 3],
}

/// Relations that events are read from.
const CORE: [Relation; 8] = [
    Relation::Nsubj,
    Relation::NsubjPass,
    Relation::Obj,
    Relation::Obl,
    Relation::OblAgent,
    Relation::Conj,
    Relation::Ccomp,
    Relation::Nmod,
];

/// Measures the shipped file.
pub fn run() -> Result<(), String> {
    let file = std::fs::read("data/parser.bin").map_err(|e| format!("data/parser.bin: {e}"))?;
    report(&file, &folder()?)
}

/// Prints the scores and the speed of a file.
pub fn report(file: &[u8], folder: &Path) -> Result<(), String> {
    let syntax = Syntax::new(file.to_vec()).map_err(|e| e.to_string())?;
    let capitals = ["", " in capitals", " as headlines"];
    for (name, split, casing) in PARTS {
        let sentences = treebank::read(folder, name, split)?;
        println!(
            "{:28} {}",
            format!("{name} {split}{}", capitals[casing]),
            score(&syntax, &sentences, casing)
        );
    }
    let sentences = treebank::read(folder, "UD-PUD", "test")?;
    println!("{:.2} µs a word, one core", speed(&syntax, &sentences));
    Ok(())
}

/// A sentence as text with its words cut.
fn text(words: &[String]) -> (String, Vec<Cut>) {
    let mut text = String::new();
    let mut cuts = Vec::with_capacity(words.len());
    for (token, word) in (0..).zip(words) {
        let start = text.len() as u32;
        text.push_str(word);
        cuts.push(Cut { start, end: text.len() as u32, token });
        text.push(' ');
    }
    (text, cuts)
}

fn score(syntax: &Syntax, sentences: &[Sentence], casing: usize) -> Score {
    let mut out = Score::default();
    let mut scratch = Scratch::default();
    for gold in sentences {
        let (text, cuts) = text(&recased(&gold.words, casing));
        let tree = syntax.parse_words(&text, &cuts, &mut scratch);
        for (at, word) in tree.words().iter().enumerate() {
            let head = word.head.map_or(0, |head| usize::from(head) + 1);
            let attached = head == gold.heads[at];
            let base = gold.names[at].split(':').next().unwrap_or_default();
            let same = attached && word.relation == gold.relations[at];
            out.words += 1;
            out.tags += usize::from(Tag::named(&gold.tags[at]) == Some(word.tag));
            out.lemmas += usize::from(tree.lemma(at).eq_ignore_ascii_case(&gold.lemmas[at]));
            out.heads += usize::from(attached);
            out.labels += usize::from(attached && word.relation.base().name() == base);
            out.full += usize::from(same);
            let core = |relation: Relation| usize::from(CORE.contains(&relation));
            out.core[0] += usize::from(same) * core(word.relation);
            out.core[1] += core(word.relation);
            out.core[2] += core(gold.relations[at]);
        }
    }
    out
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |count: usize| 100.0 * count as f64 / self.words.max(1) as f64;
        let core = 200.0 * self.core[0] as f64 / (self.core[1] + self.core[2]).max(1) as f64;
        write!(
            f,
            "UPOS {:.2} lemma {:.2} UAS {:.2} LAS {:.2} (subtypes {:.2}; F1 of core relations {core:.2})",
            share(self.tags),
            share(self.lemmas),
            share(self.heads),
            share(self.labels),
            share(self.full)
        )
    }
}

/// Microseconds a word: of each sentence the fastest of several passes, so that other programs on
/// the machine count little.
fn speed(syntax: &Syntax, sentences: &[Sentence]) -> f64 {
    let texts: Vec<_> = sentences.iter().map(|s| text(&s.words)).collect();
    let words: usize = texts.iter().map(|(_, cuts)| cuts.len()).sum();
    let mut scratch = Scratch::default();
    let mut fastest = vec![f64::INFINITY; texts.len()];
    for _ in 0..PASSES {
        for ((text, cuts), fastest) in texts.iter().zip(&mut fastest) {
            let start = Instant::now();
            std::hint::black_box(syntax.parse_words(text, cuts, &mut scratch));
            *fastest = fastest.min(start.elapsed().as_secs_f64());
        }
    }
    fastest.iter().sum::<f64>() * 1e6 / words.max(1) as f64
}
