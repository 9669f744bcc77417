//! The network: from the rows of a sentence's words to tags, heads and relations.
//!
//! Two directions of quasi-recurrent layers (Bradbury et al. 2017) over a window of three words,
//! whose candidates are linear and whose gates are shared by a few numbers each; then a bilinear
//! score of every word as the head of every other (Dozat and Manning 2017) with a bonus for
//! distances, and a small layer that names the relation. Sums run in one order whatever the width
//! of the processor's registers; only one without fused multiplication rounds otherwise.

use fearless_simd::{Simd, SimdBase, SimdFloat, f32x8};

use super::model::{BLOCK, DISTANCES, Dense, Layer, Model, Sizes};
use super::tag::{CLASSES, VERBS};

/// Slope of the activations below zero.
const LEAK: f32 = 0.1;
/// Most numbers that stand for a word.
pub const WIDEST: usize = 512;

/// The numbers of one sentence, reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Numbers {
    /// What stands for the words: `width` numbers each.
    pub words: Vec<f32>,
    /// Which words are verbs wherever they stand.
    pub verbs: Vec<bool>,
    /// The class of each word.
    pub classes: Vec<u8>,
    /// Numbers in a row of [`Numbers::head_scores`].
    pub stride: usize,
    /// Scores of the relations, `labels.outputs` for each word.
    pub labels: Vec<f32>,
    count: usize,
    tags: Vec<f32>,
    heads: Vec<f32>,
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

/// Makes room for `len` numbers, whatever they are.
#[inline(always)]
fn room(numbers: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if numbers.len() < len {
        numbers.resize(len, 0.0);
    }
    &mut numbers[..len]
}

/// Rows computed at once: buffers have room for whole groups of them.
const GROUP: usize = 4;

/// `out = input × matrix + bias` for every row of the input, which has room for whole groups.
#[inline(always)]
fn multiply<S: Simd>(simd: S, rows: usize, input: &[f32], dense: &Dense, out: &mut Vec<f32>) {
    let (inputs, outputs) = (dense.inputs, dense.outputs);
    let out = room(out, rows.next_multiple_of(GROUP) * outputs);
    if inputs == 0 || outputs == 0 {
        return;
    }
    let half = BLOCK / 2;
    let blocks = dense.weights.chunks_exact(inputs * BLOCK).zip(dense.bias.chunks_exact(BLOCK));
    for (block, (weights, bias)) in blocks.enumerate() {
        let (low, high) = (f32x8::from_slice(simd, &bias[..half]), f32x8::from_slice(simd, &bias[half..]));
        let groups = input.chunks_exact(inputs * GROUP).zip(out.chunks_exact_mut(outputs * GROUP));
        for (group, out) in groups {
            let (first, rest) = group.split_at(inputs);
            let (second, rest) = rest.split_at(inputs);
            let (third, fourth) = rest.split_at(inputs);
            // One by one, so that they stay in registers.
            let (mut a0, mut b0, mut c0, mut d0) = (low, low, low, low);
            let (mut a1, mut b1, mut c1, mut d1) = (high, high, high, high);
            let values = first.iter().zip(second).zip(third.iter().zip(fourth));
            for (pair, ((&a, &b), (&c, &d))) in weights.chunks_exact(BLOCK).zip(values) {
                let (left, right) =
                    (f32x8::from_slice(simd, &pair[..half]), f32x8::from_slice(simd, &pair[half..]));
                let a = f32x8::splat(simd, a);
                (a0, a1) = (a.mul_add(left, a0), a.mul_add(right, a1));
                let b = f32x8::splat(simd, b);
                (b0, b1) = (b.mul_add(left, b0), b.mul_add(right, b1));
                let c = f32x8::splat(simd, c);
                (c0, c1) = (c.mul_add(left, c0), c.mul_add(right, c1));
                let d = f32x8::splat(simd, d);
                (d0, d1) = (d.mul_add(left, d0), d.mul_add(right, d1));
            }
            let sums = [[a0, a1], [b0, b1], [c0, c1], [d0, d1]];
            for (row, sum) in out.chunks_exact_mut(outputs).zip(sums) {
                let cells = &mut row[block * BLOCK..(block + 1) * BLOCK];
                sum[0].store_slice(&mut cells[..half]);
                sum[1].store_slice(&mut cells[half..]);
            }
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
    x.max(LEAK * x)
}

/// Mixes each word with its neighbours, number by number.
#[inline(always)]
fn convolve(words: &[f32], layer: &Layer, width: usize, out: &mut [f32]) {
    let (before, rest) = layer.window.split_at(width);
    let (here, behind) = rest.split_at(width);
    let none = [0f32; WIDEST];
    let none = &none[..width];
    let mut left = none;
    let mut rows = words.chunks_exact(width).peekable();
    for out in out.chunks_exact_mut(width) {
        let Some(middle) = rows.next() else { return };
        let right = rows.peek().copied().unwrap_or(none);
        let values = left.iter().zip(middle).zip(right);
        let weights = before.iter().zip(here).zip(behind);
        for ((cell, ((l, m), r)), ((before, here), behind)) in out.iter_mut().zip(values).zip(weights) {
            let sum = here * m + before * l + behind * r;
            *cell = sum.max(LEAK * sum);
        }
        left = middle;
    }
}

/// Carries the candidates along one direction and adds what is carried to `words`. The gates
/// stand behind the candidates; number `k` uses gate `k` modulo their number.
#[inline(always)]
fn carry(sizes: &Sizes, mixed: &[f32], outputs: usize, words: &mut [f32], backwards: bool) {
    let (hidden, gates, width) = (sizes.hidden, sizes.gates(), sizes.width);
    let rows = words.len() / width;
    let from = if backwards { hidden + gates } else { 0 };
    let to = if backwards { hidden } else { 0 };
    let mut state = [0f32; WIDEST];
    let state = &mut state[..hidden];
    for step in 0..rows {
        let at = if backwards { rows - 1 - step } else { step };
        let row = &mixed[at * outputs + from..at * outputs + from + hidden + gates];
        let (candidates, shared) = row.split_at(hidden);
        let out = &mut words[at * width + to..at * width + to + hidden];
        let groups = state.chunks_exact_mut(gates).zip(candidates.chunks_exact(gates));
        for ((state, candidates), out) in groups.zip(out.chunks_exact_mut(gates)) {
            for (((state, &candidate), out), &open) in state.iter_mut().zip(candidates).zip(out).zip(shared) {
                *state = candidate + open * (*state - candidate);
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
    /// Room for the rows of so many words, all zero.
    #[inline(always)]
    pub fn clear(&mut self, words: usize, width: usize) {
        self.count = words;
        self.words.clear();
        self.words.resize(words.next_multiple_of(GROUP) * width, 0.0);
    }

    /// From `words` to `classes` and the scores of heads.
    #[inline(always)]
    pub fn run<S: Simd>(&mut self, simd: S, model: &Model) {
        let (sizes, rows) = (&model.sizes, self.count);
        for (depth, layer) in model.layers.iter().enumerate() {
            let words = &mut self.words[..rows * sizes.width];
            convolve(
                words,
                layer,
                sizes.width,
                room(&mut self.window, rows.next_multiple_of(GROUP) * sizes.width),
            );
            multiply(simd, rows, &self.window, &layer.mix, &mut self.mixed);
            let outputs = layer.mix.outputs;
            open_gates(sizes, outputs, &mut self.mixed[..rows * outputs]);
            carry(sizes, &self.mixed, outputs, words, false);
            carry(sizes, &self.mixed, outputs, words, true);
            if depth == 0 {
                multiply(simd, rows, &self.words, &model.tags, &mut self.tags);
                self.tag(model);
            }
        }
        multiply(simd, rows, &self.words, &model.outs, &mut self.outs);
        self.score_heads(simd, model);
    }

    /// Chooses the classes and tells the layers above of them.
    #[inline(always)]
    fn tag(&mut self, model: &Model) {
        let width = model.sizes.width;
        self.classes.clear();
        let rows = self.words.chunks_exact_mut(width).zip(self.tags.chunks_exact(model.tags.outputs));
        for ((word, scores), &verb) in rows.take(self.count).zip(&self.verbs) {
            let allowed = if verb { VERBS } else { 0..CLASSES.len() };
            let class = allowed.start + best(scores.get(allowed).unwrap_or_default());
            self.classes.push(class as u8);
            let told = model.classes.get(class * width..(class + 1) * width).unwrap_or_default();
            word.iter_mut().zip(told).for_each(|(cell, &value)| *cell += value);
        }
    }

    /// Scores every word as the head of every other.
    #[inline(always)]
    fn score_heads<S: Simd>(&mut self, simd: S, model: &Model) {
        let rows = self.count;
        let (arc, outputs) = (model.sizes.arc, model.outs.outputs);
        let heads = rows + 1;
        self.stride = heads.next_multiple_of(BLOCK);
        let candidates = &mut self.candidates;
        (candidates.inputs, candidates.outputs) = (arc, self.stride);
        candidates.weights.resize(arc * self.stride, 0.0);
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
        self.dependents.resize(rows.next_multiple_of(GROUP) * arc, 0.0);
        multiply(simd, rows, &self.dependents, &self.candidates, &mut self.heads);
        for (word, row) in self.heads[..rows * self.stride].chunks_exact_mut(self.stride).enumerate() {
            let bonus = &self.outs[word * outputs + 2 * arc..word * outputs + 2 * arc + DISTANCES];
            for (head, score) in row.iter_mut().enumerate().take(heads) {
                *score += bonus[distance(head, word + 1) & (DISTANCES - 1)];
            }
            row[word + 1] = f32::NEG_INFINITY;
            row[heads..].fill(f32::NEG_INFINITY);
        }
    }

    /// The scores of the heads: for each word one of the root and one of each word, `stride` in a row.
    pub fn head_scores(&self) -> &[f32] {
        self.heads.get(..self.count * self.stride).unwrap_or_default()
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
        self.pairs.resize(heads.len().next_multiple_of(GROUP) * label, 0.0);
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
        let input: Vec<f32> = (0..8 * inputs).map(|i| at(i + 5)).collect();
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
