//! The annotated corpora that the models are trained from.

use std::ops::Range;
use std::path::Path;

use dateline::article::segment::{Segmentation, Token, segment};
use dateline::places::Role;
use dateline::places::evaluate::annotated::{Annotated, AnnotatedFile, Code, Marked, read_folder};
use dateline::places::evaluate::corpus::lines;
use dateline::places::evaluate::{self};
use serde::Deserialize;

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
    /// What is marked.
    pub marks: Marks,
}

/// What the annotation of a document marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Names of all kinds, none inside another.
    Names,
    /// Places only.
    Places,
    /// Names of all kinds and the places inside them.
    All,
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

/// Reads a file of tagged sentences, those of one document together.
pub fn tagged(folder: &Path, corpus: &str, held_back: &[&str]) -> Result<Vec<Document>, String> {
    let path = folder.join(format!("train/{corpus}.jsonl"));
    let sentences: Vec<Sentence> = lines(&path).map_err(|e| e.to_string())?;
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
                marks: Marks::Names,
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

/// Reads a file of texts with toponyms.
pub fn toponyms(folder: &Path, corpus: &str) -> Result<Vec<Document>, String> {
    let documents = evaluate::read(&folder.join(format!("dev/{corpus}.jsonl"))).map_err(|e| e.to_string())?;
    Ok(documents.into_iter().map(document).collect())
}

fn document(source: evaluate::Document) -> Document {
    let mut bytes: Vec<usize> = source.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(source.text.len());
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(source.text.len());
    let names = source
        .toponyms
        .iter()
        .map(|t| (byte(t.start)..byte(t.end), t.kind.clone().unwrap_or_else(|| "LOC".to_owned())))
        .collect();
    Document {
        id: source.id.to_string(),
        segmentation: segment(&source.text),
        names,
        marks: Marks::Places,
        text: source.text,
    }
}

/// The folder of our own annotated articles.
pub const ANNOTATED: &str = "data/annotated";

/// The sets of them in English.
pub const SETS: &[&str] = &["us-local", "world", "events"];

/// The set of articles in other languages: they only measure.
pub const LANGUAGES: &str = "languages";

/// The sets that train: all, or none where `DATELINE_WITHOUT_OWN` is set, to see what they are worth.
pub fn own_sets() -> &'static [&'static str] {
    if std::env::var_os("DATELINE_WITHOUT_OWN").is_some() { &[] } else { SETS }
}

/// The articles of a set: those that train, or those that measure. Those with a gold of events that
/// is held out are in no set.
pub fn annotated(set: &str, measures: bool) -> Result<Vec<Annotated>, String> {
    let files = read_folder(&Path::new(ANNOTATED).join(set)).map_err(|e| e.to_string())?;
    let held_out = |file: &AnnotatedFile| file.path.components().any(|c| c.as_os_str() == "heldout");
    let kept = files.into_iter().filter(|file| !held_out(file) && file.measures() == measures);
    Ok(kept.map(|file| file.article).collect())
}

/// An annotated article as training material: all its names are marked.
pub fn marked(article: &Annotated) -> Document {
    let label = |name: &Marked| match name.code {
        Code::Place(Role::OrganisationPart) => {
            let outer = name.within.and_then(|w| article.names.get(w)).map(|outer| outer.code);
            matches!(outer, Some(Code::Organisation)).then_some("Embedded")
        }
        Code::Place(Role::Demonym) => Some("Demonym"),
        Code::Place(_) | Code::Facility => Some("LOC"),
        Code::Road => Some("Road"),
        Code::Organisation => Some("ORG"),
        Code::Person => Some("PER"),
        Code::Other => Some("OTHER"),
    };
    Document {
        id: article.value("id").unwrap_or_default().to_owned(),
        segmentation: segment(&article.text),
        names: article
            .names
            .iter()
            .filter_map(|name| Some((name.range.clone(), label(name)?.to_owned())))
            .collect(),
        marks: Marks::All,
        text: article.text.clone(),
    }
}
