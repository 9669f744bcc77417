//! Packs a trained network into the program's file.

use dateline::events::syntax::features::{self, affixes};
use dateline::events::syntax::model::{self, Row, Sizes};

use super::encoder::numbers;
use super::lemmas::Lemmas;
use super::network::Network;
use super::vectors::Vectors;
use super::vocabulary::Vocabulary;

/// The file of a network.
pub fn pack(
    network: &Network,
    vocabulary: &Vocabulary,
    vectors: &Vectors,
    lemmas: &Lemmas,
) -> Result<Vec<u8>, String> {
    let words = words(vocabulary);
    let mut lemmas = lemmas.clone();
    let known = |word: &str| vocabulary.vectors.contains_key(word) || vocabulary.forms.contains_key(word);
    let width = network.sizes.width;
    let mut rows = vec![Row { weights: network.forms.row(0).to_vec(), ..Row::default() }];
    for word in &words {
        let mut weights = vec![0.0; width];
        let vector = vocabulary.vectors.get(word).map(|&at| vectors.of(at));
        let form = vocabulary.forms.get(word).copied().unwrap_or(0);
        network.word(form, vector, &affixes(word), &mut weights);
        rows.push(Row { edits: lemmas.edits_of(word, known), weights });
    }
    for table in [&network.affixes, &network.shapes] {
        rows.extend(
            table.weights.chunks_exact(width).map(|row| Row { weights: row.to_vec(), ..Row::default() }),
        );
    }
    let sizes = Sizes { words: words.len() + 1, ..network.sizes };
    let keys: Vec<u64> = words.iter().map(|word| features::key(word)).collect();
    let (file, lost) = model::pack(sizes, &dense(network), &keys, &lemmas.edits, &rows);
    if lost > words.len() / 100 {
        return Err(format!("{lost} of {} words found no slot: make the index larger", words.len()));
    }
    Ok(file)
}

/// All words, those of the treebanks first, each by frequency.
pub fn words(vocabulary: &Vocabulary) -> Vec<String> {
    let mut known: Vec<(&String, &usize)> = vocabulary.forms.iter().collect();
    known.sort_by_key(|&(_, row)| row);
    let mut others: Vec<(&String, &usize)> =
        vocabulary.vectors.iter().filter(|(word, _)| !vocabulary.forms.contains_key(*word)).collect();
    others.sort_by_key(|&(_, place)| place);
    known.into_iter().chain(others).map(|(word, _)| word.clone()).collect()
}

/// The numbers in the file's order.
fn dense(network: &Network) -> Vec<f32> {
    let mut out = Vec::new();
    network.encoders.iter().for_each(|encoder| encoder.numbers(&mut out));
    numbers(&network.tags, &mut out);
    out.extend_from_slice(&network.classes.weights);
    [&network.outs, &network.labels].into_iter().for_each(|affine| numbers(affine, &mut out));
    out.extend_from_slice(&network.root.weights);
    out.extend_from_slice(&network.root_label.weights);
    out
}
