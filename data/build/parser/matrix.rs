//! Matrices with gradients, fitted by Adam (Kingma and Ba 2015).

/// A small generator of random numbers (xorshift64*), so that training can be repeated.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Evenly between 0 and 1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// About normal, with standard deviation 1.
    pub fn normal(&mut self) -> f32 {
        ((0..4).map(|_| self.unit()).sum::<f32>() - 2.0) * 1.73
    }

    /// Puts a list into random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, (self.bits() >> 33) as usize % (i + 1));
        }
    }

    /// What numbers are multiplied by to leave a share of them out.
    pub fn mask(&mut self, len: usize, share: f32) -> Vec<f32> {
        (0..len).map(|_| if self.unit() < share { 0.0 } else { 1.0 / (1.0 - share) }).collect()
    }
}

/// One step of Adam.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Length of the step.
    pub rate: f32,
    /// What gradients are multiplied by.
    pub scale: f32,
    /// How many steps there were, this one counted.
    pub count: i32,
}

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;

/// Weights in rows with their gradients.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// Numbers in a row.
    pub columns: usize,
    /// The weights.
    pub weights: Vec<f32>,
    /// Their gradients.
    pub gradient: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    touched: Vec<usize>,
    is_touched: Vec<bool>,
}

impl Matrix {
    /// Random weights of a standard deviation.
    pub fn new(rows: usize, columns: usize, deviation: f32, random: &mut Random) -> Self {
        let len = rows * columns;
        Self {
            columns,
            weights: (0..len).map(|_| random.normal() * deviation).collect(),
            gradient: vec![0.0; len],
            first: vec![0.0; len],
            second: vec![0.0; len],
            touched: Vec::new(),
            is_touched: vec![false; rows],
        }
    }

    /// The weights of a row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.weights[row * self.columns..(row + 1) * self.columns]
    }

    /// The gradient of a row of a matrix that is stepped by [`Matrix::step_touched`].
    pub fn touch(&mut self, row: usize) -> &mut [f32] {
        if !self.is_touched[row] {
            self.is_touched[row] = true;
            self.touched.push(row);
        }
        &mut self.gradient[row * self.columns..(row + 1) * self.columns]
    }

    fn adam(&mut self, from: usize, to: usize, step: Step, corrections: (f32, f32)) {
        let moments = self.first[from..to].iter_mut().zip(&mut self.second[from..to]);
        let weights = self.weights[from..to].iter_mut().zip(&mut self.gradient[from..to]);
        for ((weight, gradient), (first, second)) in weights.zip(moments) {
            let slope = *gradient * step.scale;
            *first = FIRST * *first + (1.0 - FIRST) * slope;
            *second = SECOND * *second + (1.0 - SECOND) * slope * slope;
            *weight -= step.rate * (*first * corrections.0) / ((*second * corrections.1).sqrt() + 1e-6);
            *gradient = 0.0;
        }
    }

    /// Steps all rows.
    pub fn step(&mut self, step: Step) {
        let corrections = (1.0 / (1.0 - FIRST.powi(step.count)), 1.0 / (1.0 - SECOND.powi(step.count)));
        self.adam(0, self.weights.len(), step, corrections);
    }

    /// Steps the rows that were touched.
    pub fn step_touched(&mut self, step: Step) {
        for row in std::mem::take(&mut self.touched) {
            self.is_touched[row] = false;
            self.adam(row * self.columns, (row + 1) * self.columns, step, (1.0, 1.0));
        }
    }
}

/// `y += a × x`.
#[inline(always)]
pub fn add(a: f32, x: &[f32], y: &mut [f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

/// The sum of products.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 16];
    let (left, right) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    rest + sums.iter().sum::<f32>()
}

/// A matrix with a bias: from `inputs` to `outputs` numbers.
#[derive(Debug, Clone, Default)]
pub struct Affine {
    /// A row for each input.
    pub matrix: Matrix,
    /// One row.
    pub bias: Matrix,
}

impl Affine {
    /// Random weights.
    pub fn new(inputs: usize, outputs: usize, random: &mut Random) -> Self {
        let deviation = (1.0 / inputs as f32).sqrt();
        Self {
            matrix: Matrix::new(inputs, outputs, deviation, random),
            bias: Matrix::new(1, outputs, 0.0, random),
        }
    }

    /// How many numbers go in.
    pub fn inputs(&self) -> usize {
        self.matrix.weights.len() / self.matrix.columns
    }

    /// The outputs for rows of inputs.
    #[inline(always)]
    pub fn forward(&self, input: &[f32]) -> Vec<f32> {
        let (inputs, outputs) = (self.inputs(), self.matrix.columns);
        let mut out = Vec::with_capacity(input.len() / inputs * outputs);
        for row in input.chunks_exact(inputs) {
            let start = out.len();
            out.extend_from_slice(&self.bias.weights);
            for (k, &value) in row.iter().enumerate().filter(|&(_, &value)| value != 0.0) {
                add(value, self.matrix.row(k), &mut out[start..]);
            }
        }
        out
    }

    /// Takes the gradients of the outputs back to the weights, and to the inputs in `back`.
    #[inline(always)]
    pub fn backward(&mut self, input: &[f32], slopes: &[f32], back: &mut [f32]) {
        let (inputs, outputs) = (self.inputs(), self.matrix.columns);
        let rows =
            input.chunks_exact(inputs).zip(slopes.chunks_exact(outputs)).zip(back.chunks_exact_mut(inputs));
        for ((row, slopes), back) in rows {
            add(1.0, slopes, &mut self.bias.gradient);
            for (k, (&value, back)) in row.iter().zip(back).enumerate() {
                *back += dot(self.matrix.row(k), slopes);
                if value != 0.0 {
                    add(value, slopes, &mut self.matrix.gradient[k * outputs..(k + 1) * outputs]);
                }
            }
        }
    }

    /// Steps all weights.
    pub fn step(&mut self, step: Step) {
        self.matrix.step(step);
        self.bias.step(step);
    }
}
