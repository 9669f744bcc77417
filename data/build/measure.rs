//! What the program is measured on, and with which models.

use std::path::{Path, PathBuf};

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::events;
use dateline::places::evaluate::annotated::{AnnotatedFile, read_folder};
use dateline::places::evaluate::{self, Answer, CORPORA, Convention, Document, Figures, Selection};
use dateline::places::recognise::model::Model;
use dateline::places::resolve::ranker::Ranker;
use dateline::places::{Gazetteer, Geoparser, Hints};
use rayon::prelude::*;

use crate::corpora::PLACES;
use crate::examples::FOLDS;
use crate::train_ranker::ranker_path;
use crate::train_tagger::{fold_path, folder};

/// Documents that are measured together.
pub struct Set {
    /// Its name.
    pub name: String,
    /// What it counts.
    pub convention: Convention,
    /// What of its annotation is asked for.
    pub selection: Selection,
    /// Its documents.
    pub documents: Vec<Document>,
}

impl Set {
    /// The fold whose models never saw document `at`; `None` where no model saw any of the set.
    pub fn fold(&self, at: usize) -> Option<usize> {
        PLACES.contains(&self.name.as_str()).then_some(at % FOLDS)
    }

    /// The figures of answers, one list a document.
    pub fn figures(&self, answers: &[Vec<Answer>]) -> Figures {
        let mut figures = Figures::default();
        for (document, answers) in self.documents.iter().zip(answers) {
            let (gold, judged) = self.selection.apply(&document.toponyms, answers);
            figures.add(&gold, &judged);
        }
        figures
    }

    /// What the models that never saw a document answer to it.
    pub fn answers(&self, parsers: &Parsers) -> Vec<Vec<Answer>> {
        let numbered = self.documents.par_iter().enumerate();
        numbered.map(|(at, document)| self.answer(parsers.of(self.fold(at)), document)).collect()
    }

    fn answer(&self, parser: &Geoparser, document: &Document) -> Vec<Answer> {
        let article = Article::from_text(document.text.clone(), Origin::Record);
        let segmentation = segment(&article.text);
        let mut mentions = parser.geoparse(&article, &segmentation, &Hints::default());
        if document.toponyms.iter().any(|gold| gold.role.is_some()) {
            // Events refine the roles.
            events::extract(&article, &segmentation, &mut mentions);
        }
        evaluate::answers(&article.text, &mentions, parser.gazetteer(), self.convention)
    }
}

/// The geoparser with the models of each fold, and with those that are shipped.
pub struct Parsers {
    folds: Vec<Geoparser>,
    shipped: Geoparser,
}

impl Parsers {
    /// Loads all models.
    pub fn load(gazetteer: &'static Gazetteer) -> Result<Self, String> {
        let of = |fold| crate::train_ranker::geoparser(gazetteer, fold, true);
        Ok(Self { folds: (0..FOLDS).map(|f| of(Some(f))).collect::<Result<_, _>>()?, shipped: of(None)? })
    }

    /// Those of a fold, or those shipped.
    pub fn of(&self, fold: Option<usize>) -> &Geoparser {
        fold.and_then(|fold| self.folds.get(fold)).unwrap_or(&self.shipped)
    }
}

/// The recogniser and the resolver of a fold.
pub struct Models {
    /// The recogniser.
    pub tagger: Model,
    /// The resolver.
    pub ranker: Ranker,
}

/// The models of a fold, or those of no fold.
pub fn models(fold: Option<usize>) -> Result<Models, String> {
    let tagger = fold.map_or_else(|| PathBuf::from("data/tagger.bin"), fold_path);
    let bytes = std::fs::read(&tagger).map_err(|e| format!("{}: {e}", tagger.display()))?;
    let tagger = Model::new(bytes).map_err(|e| e.to_string())?;
    let path = fold.map_or_else(|| PathBuf::from("data/ranker.txt"), ranker_path);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Models { tagger, ranker: Ranker::parse(&text).map_err(|e| e.to_string())? })
}

/// The public corpora.
pub fn public() -> Result<Vec<Set>, String> {
    let set = |corpus: evaluate::Corpus| {
        let path = folder()?.join(format!("dev/{}.jsonl", corpus.name));
        let documents = evaluate::read(&path).map_err(|e| e.to_string())?;
        let (name, convention) = (corpus.name.to_owned(), corpus.convention);
        Ok(Set { name, convention, selection: Selection::default(), documents })
    };
    CORPORA.into_iter().map(set).collect()
}

/// WikToR, of which only the place of each page's title is annotated.
pub fn wiktor() -> Result<Set, String> {
    let path = folder()?.join("dev/WikToR-1000.jsonl");
    let documents = evaluate::read(&path).map_err(|e| e.to_string())?;
    let (name, convention) = ("WikToR-1000".to_owned(), Convention::ALL);
    Ok(Set { name, convention, selection: Selection::default(), documents })
}

/// Our own articles that measure, by folder, those in other languages left out or alone.
pub fn own(languages: bool) -> Result<Vec<Set>, String> {
    let folders: &[&str] = if languages { &["languages"] } else { &["us-local", "world", "events"] };
    folders.iter().map(|name| own_set(name, languages)).collect()
}

fn own_set(name: &str, all: bool) -> Result<Set, String> {
    let files = read_folder(&Path::new("data/annotated").join(name)).map_err(|e| e.to_string())?;
    let kept = |file: &&AnnotatedFile| all || file.measures();
    let documents = files.iter().filter(kept).map(|file| {
        let language = file.article.value("language").unwrap_or("en").into();
        Document { id: language, ..file.article.document() }
    });
    let dropped_types = vec!["road".to_owned(), "nested".to_owned()];
    Ok(Set {
        name: name.to_owned(),
        convention: Convention::ALL,
        selection: Selection { class: None, dropped_types },
        documents: documents.collect(),
    })
}
