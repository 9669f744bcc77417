//! The tagger: from a prepared text to the names in it.

use std::ops::Range;

use super::article::ArticleEvidence;
use super::decode::{Decoder, Name};
use super::features::{Features, Scene, TEMPLATES, runs};
use super::matches::Matches;
use super::model::{Model, Recent};
use super::network::Row;
use super::page::Page;
use super::words::Words;
use crate::article::segment::Segmentation;
use crate::places::Gazetteer;

/// A text with everything that features are made from. Reused from text to text.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its words.
    pub page: Page,
    /// The gazetteer's names in it.
    pub matches: Matches,
    /// What the article says about its words.
    pub evidence: ArticleEvidence,
}

impl Reading {
    /// Reads `text`.
    pub fn read(&mut self, text: &str, segmentation: &Segmentation, words: &Words, gazetteer: &Gazetteer) {
        self.page.read(text, segmentation, words, gazetteer);
        self.matches.find(&mut self.page, text, gazetteer);
        self.evidence.gather(&self.page);
    }

    /// Calls `each` with the features of every word of an island, in order.
    pub fn describe(
        &self,
        text: &str,
        island: &Range<usize>,
        runs_of: &mut Vec<Range<usize>>,
        mut each: impl FnMut(&Features),
    ) {
        runs(&self.page, island, runs_of);
        let scene = Scene { text, page: &self.page, evidence: &self.evidence };
        let mut features = [0; TEMPLATES];
        for (at, run) in island.clone().zip(runs_of.iter()) {
            scene.features(at, run, &mut features);
            each(&features);
        }
    }
}

/// How much the second reader counts beside the tagger. Between 0.3 and 1 the figures of
/// cross-validation differ by less than a hundredth.
const SECOND: f32 = 0.6;

/// The buffers of one thread.
#[derive(Debug, Default)]
pub struct Tagger {
    decoder: Decoder,
    runs: Vec<Range<usize>>,
    recent: Recent,
}

impl Tagger {
    /// Appends the names in `text`, which `reading` has read, in order. `second` holds what a
    /// second reader thinks of every word, and is empty without one.
    pub fn tag(&mut self, model: &Model, text: &str, reading: &Reading, second: &[Row], out: &mut Vec<Name>) {
        for island in &reading.page.islands {
            self.decoder.scores.clear();
            let (scores, recent) = (&mut self.decoder.scores, &mut self.recent);
            let score = |features: &Features| scores.push(model.score(features, recent));
            reading.describe(text, island, &mut self.runs, score);
            for (score, row) in
                self.decoder.scores.iter_mut().zip(second.get(island.clone()).unwrap_or_default())
            {
                let units = SECOND / model.scale();
                score.iter_mut().zip(row).for_each(|(s, value)| *s += (value * units) as i32);
            }
            self.decoder.decode(model, island.start, out);
        }
    }
}
