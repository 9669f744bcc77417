//! The annotated corpora that the models are trained from.

use std::ops::Range;
use std::path::Path;

use dateline::article::segment::{Segmentation, Token, segment};
use serde::Deserialize;

/// Why a corpus cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file cannot be opened.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// A line is not what it should be.
    #[error("{0}, line {1}: {2}")]
    Line(String, usize, serde_json::Error),
}

/// A text with names marked.
#[derive(Debug)]
pub struct Document {
    /// Which document of it.
    pub id: String,
    /// The text.
    pub text: String,
    /// How it divides.
    pub segmentation: Segmentation,
    /// The names: bytes, and the label ("LOC", or the type of a toponym corpus).
    pub names: Vec<(Range<usize>, String)>,
    /// Whether only places are marked.
    pub places_only: bool,
}

#[derive(Deserialize)]
struct Sentence {
    doc: Option<String>,
    split: Option<String>,
    tokens: Vec<String>,
    ner: Option<Vec<String>>,
}

/// The files of `train/` that may train a model, and the parts of them held back for evaluation.
pub const TRAIN: &[(&str, &[&str])] = &[
    ("GUM", &["dev", "test"]),
    ("UNER-EWT-dev", &[]),
    ("wikigold", &[]),
    ("WNUT17-train", &[]),
    ("WNUT17-dev", &[]),
    ("BTC", &[]),
    ("CrossNER", &["test"]),
];

/// The files of `dev/` that may train a model.
pub const PLACES: &[&str] = &["TR-News", "GeoWebNews", "GeoVirus-a"];

/// Sentences put into one document at most.
const SENTENCES: usize = 60;

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, CorpusError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| CorpusError::Io(name.clone(), e))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| serde_json::from_str(line).map_err(|e| CorpusError::Line(name.clone(), i + 1, e)))
        .collect()
}

/// Reads a file of tagged sentences, those of one document together.
pub fn tagged(folder: &Path, corpus: &str, held_back: &[&str]) -> Result<Vec<Document>, CorpusError> {
    let sentences: Vec<Sentence> = lines(&folder.join(format!("train/{corpus}.jsonl")))?;
    let mut out: Vec<Document> = Vec::new();
    let usable = |s: &&Sentence| !s.split.as_deref().is_some_and(|split| held_back.contains(&split));
    for (at, sentence) in sentences.iter().filter(usable).enumerate() {
        let id = sentence.doc.clone().unwrap_or_else(|| at.to_string());
        let goes_on = out.last().is_some_and(|d| d.id == id && d.segmentation.sentences.len() < SENTENCES);
        if !goes_on {
            out.push(Document {
                id,
                text: String::new(),
                segmentation: Segmentation::default(),
                names: Vec::new(),
                places_only: false,
            });
        }
        if let Some(document) = out.last_mut() {
            document.add(sentence);
        }
    }
    Ok(out)
}

impl Document {
    fn add(&mut self, sentence: &Sentence) {
        let first = self.segmentation.tokens.len();
        for (at, word) in sentence.tokens.iter().enumerate() {
            let start = self.text.len();
            self.text.push_str(word);
            let bytes = start..self.text.len();
            self.text.push(' ');
            self.segmentation.tokens.push(Token { start: bytes.start as u32, end: bytes.end as u32 });
            self.mark(sentence.ner.as_ref().and_then(|ner| ner.get(at)).map_or("O", String::as_str), bytes);
        }
        self.text.push('\n');
        let index = self.segmentation.sentences.len();
        self.segmentation.sentences.push(first..self.segmentation.tokens.len());
        self.segmentation.paragraphs.push(index..index + 1);
    }

    fn mark(&mut self, label: &str, bytes: Range<usize>) {
        match (label.split_once('-'), self.names.last_mut()) {
            (Some(("I", _)), Some((range, _))) => range.end = bytes.end,
            (Some((_, class)), _) => self.names.push((bytes, class.to_owned())),
            (None, _) => {}
        }
    }
}

#[derive(Deserialize)]
struct Toponyms {
    id: serde_json::Value,
    text: String,
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// Reads a file of texts with toponyms.
pub fn toponyms(folder: &Path, corpus: &str) -> Result<Vec<Document>, CorpusError> {
    let documents: Vec<Toponyms> = lines(&folder.join(format!("dev/{corpus}.jsonl")))?;
    Ok(documents.into_iter().map(document).collect())
}

fn document(source: Toponyms) -> Document {
    let mut bytes: Vec<usize> = source.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(source.text.len());
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(source.text.len());
    let names = source
        .toponyms
        .iter()
        .map(|t| (byte(t.start)..byte(t.end), t.kind.clone().unwrap_or_else(|| "LOC".to_owned())))
        .collect();
    Document {
        id: match source.id {
            serde_json::Value::String(id) => id,
            other => other.to_string(),
        },
        segmentation: segment(&source.text),
        names,
        places_only: true,
        text: source.text,
    }
}
