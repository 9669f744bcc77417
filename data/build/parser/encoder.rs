//! One recurrent layer: forwards as in `dateline::events::syntax::network`, and backwards.

use super::matrix::{Affine, Matrix, Random, Step};

const LEAK: f32 = 0.1;

/// The sizes of a layer.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Numbers of one direction.
    pub hidden: usize,
    /// How many share a gate.
    pub share: usize,
}

impl Shape {
    const fn gates(self) -> usize {
        self.hidden / self.share
    }

    const fn half(self) -> usize {
        self.hidden + self.gates()
    }

    const fn width(self) -> usize {
        2 * self.hidden
    }
}

/// A layer.
#[derive(Debug, Clone)]
pub struct Encoder {
    /// Sizes.
    pub shape: Shape,
    /// Weights of the word before, the word itself and the word behind.
    pub window: Matrix,
    /// Candidates and gates of both directions.
    pub mix: Affine,
}

/// What a layer computed on the way.
#[derive(Debug, Default)]
pub struct Trace {
    /// The words mixed with their neighbours.
    window: Vec<f32>,
    /// Candidates and opened gates.
    mixed: Vec<f32>,
    /// What was carried along.
    states: Vec<f32>,
    /// What went out.
    pub out: Vec<f32>,
    mask: Vec<f32>,
}

/// `1/2 + x / (1 + |x|) / 2`.
fn gate(x: f32) -> f32 {
    0.5 + 0.5 * (x / (1.0 + x.abs()))
}

/// The slope of [`gate`] where it has this value.
fn gate_slope(open: f32) -> f32 {
    let rest = 1.0 - (2.0 * open - 1.0).abs();
    0.5 * rest * rest
}

impl Encoder {
    /// Random weights; at first each word looks mostly at itself and gates stand three quarters open.
    pub fn new(shape: Shape, random: &mut Random) -> Self {
        let width = shape.width();
        let mut window = Matrix::new(3, width, 0.1, random);
        window.weights[width..2 * width].iter_mut().for_each(|w| *w += 1.0);
        let mut mix = Affine::new(width, 2 * shape.half(), random);
        for from in [shape.hidden, shape.half() + shape.hidden] {
            mix.bias.weights[from..from + shape.gates()].fill(0.5);
        }
        Self { shape, window, mix }
    }

    #[inline(always)]
    fn convolve(&self, input: &[f32]) -> Vec<f32> {
        let width = self.shape.width();
        let rows = input.len() / width;
        let mut out = vec![0.0; input.len()];
        for (at, row) in out.chunks_exact_mut(width).enumerate() {
            for (offset, weights) in self.window.weights.chunks_exact(width).enumerate() {
                let Some(from) = (at + offset).checked_sub(1).filter(|&from| from < rows) else { continue };
                let source = &input[from * width..(from + 1) * width];
                for ((cell, weight), value) in row.iter_mut().zip(weights).zip(source) {
                    *cell += weight * value;
                }
            }
            row.iter_mut().filter(|cell| **cell < 0.0).for_each(|cell| *cell *= LEAK);
        }
        out
    }

    /// From the words to the words; `mask` leaves numbers out.
    #[inline(always)]
    pub fn forward(&self, input: &[f32], mask: Vec<f32>) -> Trace {
        let (shape, width) = (self.shape, self.shape.width());
        let rows = input.len() / width;
        let window = self.convolve(input);
        let mut mixed = self.mix.forward(&window);
        for row in mixed.chunks_exact_mut(2 * shape.half()) {
            for from in [shape.hidden, shape.half() + shape.hidden] {
                row[from..from + shape.gates()].iter_mut().for_each(|g| *g = gate(*g));
            }
        }
        let mut states = vec![0.0; rows * width];
        for backwards in [false, true] {
            let (from, to) = if backwards { (shape.half(), shape.hidden) } else { (0, 0) };
            let mut state = vec![0f32; shape.hidden];
            for step in 0..rows {
                let at = if backwards { rows - 1 - step } else { step };
                let row = &mixed[at * 2 * shape.half() + from..][..shape.half()];
                for (k, state) in state.iter_mut().enumerate() {
                    let open = row[shape.hidden + k % shape.gates()];
                    *state = open * *state + (1.0 - open) * row[k];
                    states[at * width + to + k] = *state;
                }
            }
        }
        let mut out = states.clone();
        for (row, input) in out.chunks_exact_mut(width).zip(input.chunks_exact(width)) {
            for ((cell, &value), &mask) in row.iter_mut().zip(input).zip(&mask) {
                *cell = (*cell + value) * mask;
            }
        }
        Trace { window, mixed, states, out, mask }
    }

    /// Takes the gradients of what went out back to what went in.
    #[inline(always)]
    pub fn backward(&mut self, input: &[f32], trace: &Trace, mut slopes: Vec<f32>) -> Vec<f32> {
        let width = self.shape.width();
        for row in slopes.chunks_exact_mut(width) {
            row.iter_mut().zip(&trace.mask).for_each(|(slope, mask)| *slope *= mask);
        }
        let mixed = self.uncarry(trace, &slopes);
        let mut window = vec![0.0; input.len()];
        self.mix.backward(&trace.window, &mixed, &mut window);
        window
            .iter_mut()
            .zip(&trace.window)
            .filter(|(_, value)| **value < 0.0)
            .for_each(|(slope, _)| *slope *= LEAK);
        let rows = input.len() / width;
        let mut back = slopes;
        for (at, slopes) in window.chunks_exact(width).enumerate() {
            for offset in 0..3 {
                let Some(from) = (at + offset).checked_sub(1).filter(|&from| from < rows) else { continue };
                let source = from * width..(from + 1) * width;
                let gradient = &mut self.window.gradient[offset * width..(offset + 1) * width];
                let weights = &self.window.weights[offset * width..(offset + 1) * width];
                for (k, &slope) in slopes.iter().enumerate() {
                    gradient[k] += slope * input[source.start + k];
                    back[source.start + k] += slope * weights[k];
                }
            }
        }
        back
    }

    /// From the gradients of the states to those of candidates and gates.
    #[inline(always)]
    fn uncarry(&self, trace: &Trace, slopes: &[f32]) -> Vec<f32> {
        let (shape, width) = (self.shape, self.shape.width());
        let rows = slopes.len() / width;
        let outputs = 2 * shape.half();
        let mut out = vec![0.0; rows * outputs];
        for backwards in [false, true] {
            let (from, to) = if backwards { (shape.half(), shape.hidden) } else { (0, 0) };
            let mut carried = vec![0f32; shape.hidden];
            for step in 0..rows {
                let at = if backwards { step } else { rows - 1 - step };
                let before = if backwards { at + 1 } else { at.wrapping_sub(1) };
                let row = &trace.mixed[at * outputs + from..][..shape.half()];
                let cells = &mut out[at * outputs + from..][..shape.half()];
                for (k, carried) in carried.iter_mut().enumerate() {
                    let open = row[shape.hidden + k % shape.gates()];
                    let last = if before < rows { trace.states[before * width + to + k] } else { 0.0 };
                    let slope = slopes[at * width + to + k] + *carried;
                    cells[k] = slope * (1.0 - open);
                    cells[shape.hidden + k % shape.gates()] += slope * (last - row[k]) * gate_slope(open);
                    *carried = slope * open;
                }
            }
        }
        out
    }

    /// Steps all weights.
    pub fn step(&mut self, step: Step) {
        self.window.step(step);
        self.mix.step(step);
    }

    /// The weights in the file's order.
    pub fn numbers(&self, out: &mut Vec<f32>) {
        out.extend_from_slice(&self.window.weights);
        numbers(&self.mix, out);
    }
}

/// The weights of a matrix and its bias.
pub fn numbers(affine: &Affine, out: &mut Vec<f32>) {
    out.extend_from_slice(&affine.matrix.weights);
    out.extend_from_slice(&affine.bias.weights);
}

/// Turns scores into probabilities.
#[inline(always)]
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|s| *s = (*s - most).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= sum);
}

/// The activation with a slope of a tenth below zero.
pub fn leaky(x: f32) -> f32 {
    if x < 0.0 { LEAK * x } else { x }
}

/// Multiplies a slope by that of [`leaky`] where it has this value.
pub fn unleak(slope: &mut f32, value: f32) {
    if value < 0.0 {
        *slope *= LEAK;
    }
}
