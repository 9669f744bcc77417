//! The second reader of the careful mode: a small transformer that scores the labels of every word
//! from its sentence and its neighbours.
//!
//! MiniLM (Wang et al. 2020, six layers of 384) with an embedding of each word's case added,
//! tuned on the same corpora as the tagger and stored in 8 bits. Its log probabilities are added
//! to the tagger's scores before decoding: a product of experts (Hinton 2002), of which the tagger
//! brings the gazetteer and the network the context.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rten::{Model, NodeId};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use super::labels::{Class, LABELS, Label};
use super::page::Page;
use super::pieces::Pieces;

/// The network that comes with the program.
const NETWORK: &[u8] = include_bytes!("../../../data/recogniser.onnx");
/// Its word pieces.
const PIECES: &str = include_str!("../../../data/recogniser-pieces.txt");

/// Labels it tells apart: the tagger's but for those of places inside other names.
const OUTPUTS: usize = 9;

/// Pieces read at once: the length it was trained on.
const WINDOW: usize = 120;

/// Log probabilities are held above this: one reader alone never forbids a label.
const LEAST: f32 = -13.8;

/// Log probability of each label of one word.
pub type Row = [f32; LABELS];

/// Scores labels by reading the text.
pub struct Network {
    model: Model,
    pieces: Pieces,
    inputs: [NodeId; 2],
    output: NodeId,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("parameters", &self.model.total_params()).finish_non_exhaustive()
    }
}

/// A file that is no such network, or a text it cannot read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NetworkError {
    /// The network cannot be loaded.
    #[error("the network cannot be loaded: {0}")]
    Load(String),
    /// The list of word pieces lacks the ones every text needs.
    #[error("the list of word pieces is incomplete")]
    Pieces,
    /// It has other inputs or outputs than word pieces, cases and scores of labels.
    #[error("the network has other inputs or outputs than this program's")]
    Shape,
}

/// Buffers of one text.
#[derive(Debug, Default)]
struct Window {
    ids: Vec<i32>,
    cases: Vec<i32>,
    /// Position of each word's first piece.
    firsts: Vec<usize>,
}

impl Network {
    /// The network that comes with the program, loaded when first asked for.
    ///
    /// # Errors
    /// Only if the program's own data is damaged.
    pub fn bundled() -> Result<&'static Self, NetworkError> {
        static BUNDLED: OnceLock<Result<Network, NetworkError>> = OnceLock::new();
        BUNDLED.get_or_init(|| Self::new(NETWORK)).as_ref().map_err(Clone::clone)
    }

    /// Loads a network: ONNX with inputs `ids` and `shape` (1 × pieces, 32 bits or 64) and the
    /// output `scores` (1 × pieces × 9: outside, then first and further word of a place, an
    /// organisation, a person, another name).
    ///
    /// # Errors
    /// Bytes that are no such network.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, NetworkError> {
        let model = match bytes.into() {
            Cow::Borrowed(bytes) => Model::load_static_slice(bytes),
            Cow::Owned(bytes) => Model::load(bytes),
        }
        .map_err(|e| NetworkError::Load(e.to_string()))?;
        let node = |name: &str| model.node_id(name).map_err(|_| NetworkError::Shape);
        let (inputs, output) = ([node("ids")?, node("shape")?], node("scores")?);
        let pieces = Pieces::new(PIECES).ok_or(NetworkError::Pieces)?;
        Ok(Self { model, pieces, inputs, output })
    }

    /// Writes the log probabilities of the labels of every word of `page` into `rows`; a window
    /// that cannot be read leaves its words undecided, so that the tagger decides alone.
    pub fn read(&self, text: &str, page: &Page, rows: &mut Vec<Row>) {
        rows.clear();
        let mut window = self.open();
        let mut sentence = Window::default();
        for words in &page.sentences {
            self.cut(text, page, words.clone(), &mut sentence);
            if window.ids.len() + sentence.ids.len() > WINDOW {
                self.close(&mut window, rows);
            }
            let ends = sentence.firsts.iter().skip(1).copied().chain([sentence.ids.len()]);
            for (start, end) in sentence.firsts.iter().copied().zip(ends) {
                if window.ids.len() + (end - start) > WINDOW {
                    self.close(&mut window, rows);
                }
                window.firsts.push(window.ids.len());
                window.ids.extend(sentence.ids.get(start..end).unwrap_or_default());
                window.cases.extend(sentence.cases.get(start..end).unwrap_or_default());
            }
        }
        self.close(&mut window, rows);
    }

    /// Cuts the words of a sentence into pieces.
    fn cut(&self, text: &str, page: &Page, words: Range<usize>, out: &mut Window) {
        out.ids.clear();
        out.cases.clear();
        out.firsts.clear();
        for at in words {
            let (written, first) = (page.text_of(text, at), out.ids.len());
            let count = self.pieces.cut(written, &mut out.ids);
            out.firsts.push(first);
            out.cases.push(case(written));
            out.cases.extend(std::iter::repeat_n(INNER, count - 1));
        }
    }

    fn open(&self) -> Window {
        Window { ids: vec![self.pieces.opening()], cases: vec![0], firsts: Vec::new() }
    }

    /// Reads the window, appends the rows of its words and opens the next.
    fn close(&self, window: &mut Window, rows: &mut Vec<Row>) {
        let mut full = std::mem::replace(window, self.open());
        if full.firsts.is_empty() {
            return;
        }
        full.ids.push(self.pieces.closing());
        full.cases.push(0);
        let words = full.firsts.len();
        match self.scores(&full) {
            Some(scores) => {
                let scores = scores.nd_view::<3>();
                rows.extend(full.firsts.iter().map(|&first| log_probabilities(&scores, first)));
            }
            None => rows.extend(std::iter::repeat_n([0.0; LABELS], words)),
        }
    }

    fn scores(&self, window: &Window) -> Option<rten_tensor::Tensor<f32>> {
        let shape = [1, window.ids.len()];
        let ids = NdTensor::from_data(shape, window.ids.clone());
        let cases = NdTensor::from_data(shape, window.cases.clone());
        let inputs = vec![(self.inputs[0], ids.into()), (self.inputs[1], cases.into())];
        let [scores] = self.model.run_n(inputs, [self.output], None).ok()?;
        let scores: rten_tensor::Tensor<f32> = scores.try_into().ok()?;
        (scores.shape() == [1, window.ids.len(), OUTPUTS]).then_some(scores)
    }
}

/// A place inside an organisation's name has no output of its own: to the network it is a word of
/// that name.
fn log_probabilities(scores: &NdTensorView<'_, f32, 3>, piece: usize) -> Row {
    let raw: [f32; OUTPUTS] =
        std::array::from_fn(|label| scores.get([0, piece, label]).copied().unwrap_or(0.0));
    let most = raw.iter().copied().fold(f32::MIN, f32::max);
    let shares = raw.map(|score| (score - most).exp());
    let sum: f32 = shares.iter().sum();
    let organisation = shares[usize::from(Label::first(Class::Organisation).0)]
        + shares[usize::from(Label::further(Class::Organisation).0)];
    std::array::from_fn(|label| {
        let share = shares.get(label).copied().unwrap_or(organisation);
        (share / sum).ln().max(LEAST)
    })
}

/// The case of a piece within a word.
const INNER: i32 = 8;

/// How a word is written, as the network was taught it.
fn case(written: &str) -> i32 {
    let first = written.chars().next().unwrap_or(' ');
    let lower = written.chars().any(char::is_lowercase);
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    match (lower, capitals) {
        (true, 0) => 1,
        (false, 1..) if written.chars().nth(1).is_some() => 2,
        (false, 1..) => 3,
        (true, 1) if first.is_uppercase() => 4,
        (true, _) if first.is_uppercase() => 5,
        _ if first.is_numeric() => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::{Gazetteer, tables};

    fn rows(text: &str) -> (Page, Vec<Row>) {
        let mut page = Page::default();
        page.read(text, &segment(text), &tables::words(), Gazetteer::bundled().unwrap());
        let mut rows = Vec::new();
        Network::bundled().unwrap().read(text, &page, &mut rows);
        (page, rows)
    }

    fn best(row: &Row) -> usize {
        (0..LABELS).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap()
    }

    #[test]
    fn reads_a_place_it_was_never_told() {
        let text = "Troops crossed the bridge near Hairatan on Monday, officials in Kabul said.";
        let (page, rows) = rows(text);
        assert_eq!(rows.len(), page.words.len());
        for (at, row) in rows.iter().enumerate() {
            let word = page.text_of(text, at);
            assert_eq!(best(row) == 1, ["Hairatan", "Kabul"].contains(&word), "{word}");
        }
    }

    #[test]
    fn tells_a_person_from_a_place() {
        let text = "Paris Jackson sang on Friday. Her brother lives in Jackson.";
        let (page, rows) = rows(text);
        let labels: Vec<_> =
            (0..page.words.len()).map(|at| (page.text_of(text, at), best(&rows[at]))).collect();
        assert_eq!(labels[0], ("Paris", 5));
        assert!(labels.contains(&("Jackson", 1)));
    }

    #[test]
    fn long_texts_are_read_in_windows() {
        let text = "The mayor of Herat met farmers. ".repeat(60);
        let (page, rows) = rows(&text);
        assert_eq!(rows.len(), page.words.len());
        let places = (0..rows.len()).filter(|&at| best(&rows[at]) == 1).count();
        assert_eq!(places, 60);
    }

    #[test]
    fn odd_texts_have_a_row_a_word() {
        for text in ["", " \n", "\u{0}\u{202e}\u{fffd}", "喀布尔", &"a".repeat(10_000)] {
            let (page, rows) = rows(text);
            assert_eq!(rows.len(), page.words.len());
            assert!(rows.iter().flatten().all(|v| v.is_finite()));
        }
    }

    #[test]
    fn other_files_are_refused() {
        assert!(matches!(Network::new(b"no network".to_vec()), Err(NetworkError::Load(_))));
    }
}
