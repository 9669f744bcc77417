//! Sentences of the treebanks.

use std::path::Path;

use dateline::events::syntax::Relation;
use dateline::events::syntax::tag::class_of;
use serde::Deserialize;

/// A sentence with its analysis.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// The words.
    pub words: Vec<String>,
    /// Their universal parts of speech.
    pub tags: Vec<String>,
    /// Their classes, as the tagger tells them apart.
    pub classes: Vec<usize>,
    /// Their lemmas.
    pub lemmas: Vec<String>,
    /// Their heads: 0 is the root, words count from 1.
    pub heads: Vec<usize>,
    /// Their relations.
    pub relations: Vec<Relation>,
    /// The names of their relations in the treebank.
    pub names: Vec<String>,
}

#[derive(Deserialize)]
struct Line {
    split: String,
    tokens: Vec<String>,
    upos: Vec<String>,
    xpos: Vec<String>,
    lemma: Vec<String>,
    head: Vec<usize>,
    deprel: Vec<String>,
}

/// Longest sentence that is trained on.
pub const LONGEST: usize = 120;

/// Reads one part of a treebank: "train", "dev" or "test".
pub fn read(folder: &Path, name: &str, split: &str) -> Result<Vec<Sentence>, String> {
    let path = folder.join(format!("train/{name}.jsonl"));
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut out = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line: Line =
            serde_json::from_str(line).map_err(|e| format!("{}, line {number}: {e}", path.display()))?;
        if line.split == split {
            out.push(sentence(line));
        }
    }
    Ok(out)
}

fn sentence(line: Line) -> Sentence {
    let classes =
        line.upos.iter().zip(&line.xpos).map(|(universal, penn)| class_of(universal, penn)).collect();
    let relations = line.deprel.iter().map(|name| Relation::named(name).unwrap_or_default()).collect();
    Sentence {
        words: line.tokens,
        tags: line.upos,
        classes,
        lemmas: line.lemma,
        heads: line.head,
        relations,
        names: line.deprel,
    }
}

/// The treebanks a model is fitted to.
pub fn training(folder: &Path) -> Result<Vec<Sentence>, String> {
    let mut out = read(folder, "UD-EWT", "train")?;
    out.extend(read(folder, "GUM", "train")?);
    out.retain(|s| s.words.len() <= LONGEST);
    Ok(out)
}

/// How a sentence is set: capitals as in telexes, in headlines, or none.
pub fn recased(words: &[String], casing: usize) -> Vec<String> {
    let title = |word: &String| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if word.len() >= 4 => first.to_uppercase().chain(letters).collect(),
            _ => word.clone(),
        }
    };
    match casing {
        1 => words.iter().map(|w| w.to_uppercase()).collect(),
        2 => words.iter().map(title).collect(),
        3 => words.iter().map(|w| w.to_lowercase()).collect(),
        _ => words.to_vec(),
    }
}
