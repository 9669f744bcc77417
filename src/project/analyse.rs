//! The analysis job: from an article to what was found in it.

use super::{Analysed, Care, Findings, Settings};
use crate::article::Article;
use crate::article::segment::segment;
use crate::events;
use crate::places::recognise::network::Network;
use crate::places::{Gazetteer, Geoparser, GeoparserError, Hints};

/// Finds the places and events of articles. It only reads, so that one serves all threads, and
/// the same article, settings and hints always give the same findings.
#[derive(Debug)]
pub struct Analyser {
    geoparser: Geoparser,
    settings: Settings,
}

impl Analyser {
    /// An analyser over `gazetteer`.
    ///
    /// # Errors
    /// As [`Geoparser::new`]: only if the program's own data is damaged.
    pub fn new(gazetteer: &'static Gazetteer, settings: Settings) -> Result<Self, GeoparserError> {
        let mut geoparser = Geoparser::new(gazetteer)?;
        if settings.care == Care::Accurate {
            geoparser = geoparser.with_network(Network::bundled()?);
        }
        Ok(Self { geoparser, settings })
    }

    /// The gazetteer that [`crate::places::PlaceIndex`]es in the findings point into.
    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.geoparser.gazetteer()
    }

    /// How it analyses.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Finds the places and events of `article`, the region of the settings being expected.
    pub fn analyse(&self, article: Article) -> Analysed {
        self.analyse_with(article, &self.settings.hints)
    }

    /// As [`Analyser::analyse`], with hints of the article's own.
    pub fn analyse_with(&self, article: Article, hints: &Hints) -> Analysed {
        let segmentation = segment(&article.text);
        let mut mentions = self.geoparser.geoparse(&article, &segmentation, hints);
        let events = if self.settings.events {
            events::extract(&article, &segmentation, &mut mentions)
        } else {
            Vec::new()
        };
        Analysed::new(article, Findings { segmentation, mentions, events })
    }
}
