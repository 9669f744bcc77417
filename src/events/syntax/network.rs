//! The network: from the rows of a sentence's words to tags, heads and relations.
//!
//! Two directions of quasi-recurrent layers (Bradbury et al. 2017) over a window of three words,
//! whose candidates are linear and whose gates are shared by a few numbers each; then a bilinear
//! score of every word as the head of every other (Dozat and Manning 2017) with a bonus for
//! distances, and a small layer that names the relation. Additions happen in one order on every
//! processor, so that the same text has the same analysis everywhere.

use fearless_simd::{Simd, SimdBase, f32x8};

use super::model::{BLOCK, DISTANCES, Dense, Layer, Model, Sizes};

/// Slope of the activations below zero.
const LEAK: f32 = 0.1;

/// The numbers of one sentence, reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Numbers {
    /// What stands for the words: `width` numbers each.
    pub words: Vec<f32>,
    /// Scores of the classes, `tags.outputs` for each word.
    pub tags: Vec<f32>,
    /// Scores of the heads: for each word one of the root and one of each word, `stride` in a row.
    pub heads: Vec<f32>,
    /// Numbers in a row of `heads`.
    pub stride: usize,
    /// Scores of the relations, `labels.outputs` for each word.
    pub labels: Vec<f32>,
    window: Vec<f32>,
    mixed: Vec<f32>,
    outs: Vec<f32>,
    candidates: Dense,
    dependents: Vec<f32>,
    pairs: Vec<f32>,
}

/// The distance class of a head (0 is the root, words count from 1) as seen from a word.
#[inline(always)]
pub const fn distance(head: usize, word: usize) -> usize {
    if head == 0 {
        return 0;
    }
    let near = match head.abs_diff(word) {
        0 | 1 => 1,
        2 => 2,
        3 => 3,
        4 | 5 => 4,
        6..=9 => 5,
        10..=15 => 6,
        _ => 7,
    };
    if head > word { near + 7 } else { near }
}

/// `out = input × matrix + bias` for every row of the input.
#[inline(always)]
fn multiply<S: Simd>(simd: S, rows: usize, input: &[f32], dense: &Dense, out: &mut Vec<f32>) {
    let (inputs, outputs) = (dense.inputs, dense.outputs);
    out.clear();
    out.resize(rows * outputs, 0.0);
    if rows == 0 || inputs == 0 {
        return;
    }
    let half = BLOCK / 2;
    for (block, weights) in dense.weights.chunks_exact(inputs * BLOCK).enumerate() {
        let Some(bias) = dense.bias.get(block * BLOCK..(block + 1) * BLOCK) else { return };
        let (low, high) = (f32x8::from_slice(simd, &bias[..half]), f32x8::from_slice(simd, &bias[half..]));
        let mut first = 0;
        while first < rows {
            let row = |i: usize| (first + i).min(rows - 1) * inputs;
            let x: [&[f32]; 4] = std::array::from_fn(|i| &input[row(i)..row(i) + inputs]);
            let mut sums = [[low, high]; 4];
            for (k, pair) in weights.chunks_exact(BLOCK).enumerate() {
                let (left, right) =
                    (f32x8::from_slice(simd, &pair[..half]), f32x8::from_slice(simd, &pair[half..]));
                for (sum, x) in sums.iter_mut().zip(&x) {
                    let value = f32x8::splat(simd, x[k]);
                    sum[0] = value * left + sum[0];
                    sum[1] = value * right + sum[1];
                }
            }
            for (i, sum) in sums.iter().enumerate().take(rows - first) {
                let at = (first + i) * outputs + block * BLOCK;
                if let Some(cells) = out.get_mut(at..at + BLOCK) {
                    sum[0].store_slice(&mut cells[..half]);
                    sum[1].store_slice(&mut cells[half..]);
                }
            }
            first += 4;
        }
    }
}

/// A sigmoid without an exponential: `(1 + x / (1 + |x|)) / 2`.
#[inline(always)]
fn gate(x: f32) -> f32 {
    0.5 + 0.5 * (x / (1.0 + x.abs()))
}

#[inline(always)]
fn leaky(x: f32) -> f32 {
    if x < 0.0 { LEAK * x } else { x }
}

/// Mixes each word with its neighbours, number by number.
#[inline(always)]
fn convolve(words: &[f32], layer: &Layer, width: usize, out: &mut Vec<f32>) {
    out.clear();
    out.resize(words.len(), 0.0);
    let (before, rest) = layer.window.split_at(width);
    let (here, behind) = rest.split_at(width);
    let rows = words.len() / width;
    for (at, row) in out.chunks_exact_mut(width).enumerate() {
        let middle = &words[at * width..(at + 1) * width];
        for (k, cell) in row.iter_mut().enumerate() {
            *cell = here[k] * middle[k];
        }
        if let Some(left) = at.checked_sub(1) {
            let left = &words[left * width..at * width];
            for (k, cell) in row.iter_mut().enumerate() {
                *cell += before[k] * left[k];
            }
        }
        if at + 1 < rows {
            let right = &words[(at + 1) * width..(at + 2) * width];
            for (k, cell) in row.iter_mut().enumerate() {
                *cell += behind[k] * right[k];
            }
        }
        row.iter_mut().for_each(|cell| *cell = leaky(*cell));
    }
}

/// Carries the candidates along one direction and adds what is carried to `words`.
#[inline(always)]
fn carry(sizes: &Sizes, mixed: &[f32], outputs: usize, words: &mut [f32], backwards: bool) {
    let (hidden, gates, width) = (sizes.hidden, sizes.gates(), sizes.width);
    let rows = words.len() / width;
    let from = if backwards { hidden + gates } else { 0 };
    let to = if backwards { hidden } else { 0 };
    let mut state = [0f32; 512];
    let state = &mut state[..hidden.min(512)];
    for step in 0..rows {
        let at = if backwards { rows - 1 - step } else { step };
        let row = &mixed[at * outputs + from..at * outputs + from + hidden + gates];
        let (candidates, shared) = row.split_at(hidden);
        let out = &mut words[at * width + to..at * width + to + hidden];
        let groups = state.chunks_exact_mut(sizes.share).zip(candidates.chunks_exact(sizes.share));
        for (((state, candidates), out), &open) in groups.zip(out.chunks_exact_mut(sizes.share)).zip(shared) {
            for ((state, &candidate), out) in state.iter_mut().zip(candidates).zip(out) {
                *state = open * *state + (1.0 - open) * candidate;
                *out += *state;
            }
        }
    }
}

/// Opens the gates of both directions.
#[inline(always)]
fn open_gates(sizes: &Sizes, outputs: usize, mixed: &mut [f32]) {
    let half = sizes.hidden + sizes.gates();
    for row in mixed.chunks_exact_mut(outputs) {
        for from in [sizes.hidden, half + sizes.hidden] {
            row[from..from + sizes.gates()].iter_mut().for_each(|g| *g = gate(*g));
        }
    }
}

impl Numbers {
    /// From `words` to `tags` and `heads`.
    #[inline(always)]
    pub fn run<S: Simd>(&mut self, simd: S, model: &Model) {
        let sizes = &model.sizes;
        let rows = self.words.len() / sizes.width.max(1);
        for (depth, layer) in model.layers.iter().enumerate() {
            convolve(&self.words, layer, sizes.width, &mut self.window);
            multiply(simd, rows, &self.window, &layer.mix, &mut self.mixed);
            open_gates(sizes, layer.mix.outputs, &mut self.mixed);
            carry(sizes, &self.mixed, layer.mix.outputs, &mut self.words, false);
            carry(sizes, &self.mixed, layer.mix.outputs, &mut self.words, true);
            if depth == 0 {
                multiply(simd, rows, &self.words, &model.tags, &mut self.tags);
            }
        }
        multiply(simd, rows, &self.words, &model.outs, &mut self.outs);
        self.score_heads(simd, model, rows);
    }

    /// Scores every word as the head of every other.
    #[inline(always)]
    fn score_heads<S: Simd>(&mut self, simd: S, model: &Model, rows: usize) {
        let (arc, outputs) = (model.sizes.arc, model.outs.outputs);
        let heads = rows + 1;
        self.stride = heads.next_multiple_of(BLOCK);
        let candidates = &mut self.candidates;
        (candidates.inputs, candidates.outputs) = (arc, self.stride);
        candidates.weights.clear();
        candidates.weights.resize(arc * self.stride, 0.0);
        candidates.bias.clear();
        candidates.bias.resize(self.stride, 0.0);
        self.dependents.clear();
        for head in 0..heads {
            let place = (head / BLOCK * arc) * BLOCK + head % BLOCK;
            let cells = candidates.weights[place..].iter_mut().step_by(BLOCK);
            match head.checked_sub(1) {
                None => cells.zip(&model.root.0).for_each(|(cell, &v)| *cell = v),
                Some(word) => {
                    let row = &self.outs[word * outputs..word * outputs + 2 * arc];
                    cells.zip(&row[..arc]).for_each(|(cell, &v)| *cell = leaky(v));
                    self.dependents.extend_from_slice(&row[arc..]);
                }
            }
        }
        multiply(simd, rows, &self.dependents, &self.candidates, &mut self.heads);
        for (word, row) in self.heads.chunks_exact_mut(self.stride).enumerate() {
            let bonus = &self.outs[word * outputs + 2 * arc..word * outputs + 2 * arc + DISTANCES];
            for (head, score) in row.iter_mut().enumerate().take(heads) {
                *score += bonus[distance(head, word + 1) & (DISTANCES - 1)];
            }
            row[word + 1] = f32::NEG_INFINITY;
            row[heads..].fill(f32::NEG_INFINITY);
        }
    }

    /// Scores the relations of all words to their heads: 0 is the root, words count from 1.
    #[inline(always)]
    pub fn relate<S: Simd>(&mut self, simd: S, model: &Model, heads: &[u16]) {
        let (label, outputs) = (model.sizes.label, model.outs.outputs);
        let from = 2 * model.sizes.arc + DISTANCES;
        self.pairs.clear();
        for (word, &head) in heads.iter().enumerate() {
            let own = &self.outs[word * outputs + from + label..word * outputs + from + 2 * label];
            let above = match usize::from(head).checked_sub(1) {
                None => &model.root.1[..],
                Some(head) => &self.outs[head * outputs + from..head * outputs + from + label],
            };
            self.pairs.extend(own.iter().zip(above).map(|(a, b)| leaky(a + b)));
        }
        multiply(simd, heads.len(), &self.pairs, &model.labels, &mut self.labels);
    }
}

/// The place of the largest of some scores, the first among equals.
#[inline(always)]
pub fn best(scores: &[f32]) -> usize {
    let mut top = (f32::NEG_INFINITY, 0);
    for (at, &score) in scores.iter().enumerate() {
        if score > top.0 {
            top = (score, at);
        }
    }
    top.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn distances_are_symmetric_and_few() {
        assert_eq!(distance(0, 9), 0);
        assert_eq!((distance(8, 9), distance(10, 9)), (1, 8));
        assert_eq!((distance(1, 40), distance(80, 40)), (7, 14));
        assert!((0..300).all(|head| distance(head, 150) < DISTANCES));
    }

    #[test]
    fn products_are_those_of_the_plain_sum() {
        let (inputs, outputs, rows) = (7, 21, 6);
        let at = |i: usize| ((i * 37 % 19) as f32 - 9.0) / 8.0;
        let matrix: Vec<f32> = (0..inputs * outputs).map(at).collect();
        let input: Vec<f32> = (0..rows * inputs).map(|i| at(i + 5)).collect();
        let bias: Vec<f32> = (0..outputs).map(|i| at(i + 2)).collect();
        let dense = Dense::new(inputs, outputs, &matrix, &bias);
        let mut out = Vec::new();
        dispatch!(Level::new(), simd => multiply(simd, rows, &input, &dense, &mut out));
        for row in 0..rows {
            for output in 0..outputs {
                let sum = (0..inputs)
                    .fold(bias[output], |s, k| s + input[row * inputs + k] * matrix[k * outputs + output]);
                assert_eq!(out[row * dense.outputs + output], sum);
            }
        }
    }

    #[test]
    fn the_first_of_the_best_counts() {
        assert_eq!(best(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(best(&[]), 0);
        assert_eq!(best(&[f32::NEG_INFINITY, f32::NAN]), 0);
    }
}
