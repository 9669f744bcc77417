//! Fits the parser: `train-parser`, from the treebanks named by `DATELINE_CORPORA`.

use dateline::events::syntax::model::Sizes;
use fearless_simd::{Level, dispatch};

use super::lemmas::Lemmas;
use super::matrix::{Random, Step};
use super::network::{Dropout, Network};
use super::treebank::{self, Sentence, recased};
use super::vectors::Vectors;
use super::vocabulary::Vocabulary;
use super::{measure, write};
use crate::train_tagger::folder;

/// The shipped network.
const SIZES: Sizes =
    Sizes { width: 96, hidden: 48, share: 3, layers: 2, arc: 32, label: 32, bits: 17, words: 0 };

/// Words that have a vector.
const VECTORS: usize = 40_000;

const DROPOUT: Dropout = Dropout { numbers: 0.1, words: 0.1 };

/// Length of the longest step.
const RATE: f32 = 0.003;
/// Sentences between two steps.
const BATCH: usize = 12;
/// Shares of the sentences that are trained on in capitals, with capitals on longer words, without capitals.
const RECASED: [f32; 3] = [0.06, 0.05, 0.03];

const OUT: &str = "data/parser.bin";

/// A number given in the environment, for experiments.
fn given(name: &str, usual: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(usual)
}

/// Trains, packs and measures.
pub fn run() -> Result<(), String> {
    let folder = folder()?;
    let sentences = treebank::training(&folder)?;
    let vectors = Vectors::read(VECTORS)?;
    let vocabulary = Vocabulary::new(&sentences, &vectors);
    println!(
        "{} sentences, {} words known of {} with vectors",
        sentences.len(),
        vocabulary.counts.len(),
        vectors.words.len()
    );
    let epochs = given("EPOCHS", 16.0) as usize;
    let network = fit(&sentences, &vocabulary, &vectors, epochs);
    let lemmas = Lemmas::of(&sentences, &vocabulary);
    let file = write::pack(&network, &vocabulary, &vectors, &lemmas)?;
    std::fs::write(OUT, &file).map_err(|e| format!("{OUT}: {e}"))?;
    println!("{OUT}: {} bytes", file.len());
    measure::report(&file, &folder)
}

fn fit(sentences: &[Sentence], vocabulary: &Vocabulary, vectors: &Vectors, epochs: usize) -> Network {
    let mut random = Random(20_261_122);
    let mut network = Network::new(SIZES, vocabulary.counts.len(), &mut random);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let steps = (epochs * sentences.len().div_ceil(BATCH)) as f32;
    let level = Level::new();
    let mut count = 0;
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let (mut loss, mut words) = (0.0, 0);
        for batch in order.chunks(BATCH) {
            let mut size = 0;
            for &at in batch {
                let sentence = &sentences[at];
                let seen = vocabulary.see(&recased(&sentence.words, casing(&mut random)));
                loss += dispatch!(level, _simd => {
                    network.learn(&seen, sentence, vocabulary, vectors, DROPOUT, &mut random)
                });
                size += seen.len();
            }
            count += 1;
            let progress = count as f32 / steps;
            let rate = RATE * (count as f32 / 200.0).min(1.0) * (1.0 - progress).max(0.01);
            network.step(Step { rate, scale: 10.0 / size.max(1) as f32, count });
            words += size;
        }
        println!("epoch {}: loss {:.4}", epoch + 1, loss / words as f32);
    }
    network
}

fn casing(random: &mut Random) -> usize {
    let mut at = random.unit();
    for (casing, share) in (1..).zip(RECASED) {
        if at < share {
            return casing;
        }
        at -= share;
    }
    0
}
