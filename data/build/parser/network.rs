//! The network while it is trained: the same sums as `dateline::events::syntax::network`.

use dateline::events::syntax::Relation;
use dateline::events::syntax::features::{AFFIX_ROWS, SHAPE_ROWS};
use dateline::events::syntax::model::{DISTANCES, Sizes};
use dateline::events::syntax::network::{best, distance};
use dateline::events::syntax::tag::CLASSES;

use super::encoder::{Encoder, Shape, Trace, leaky, softmax, unleak};
use super::matrix::{Affine, Matrix, Random, Step, add, dot};
use super::treebank::Sentence;
use super::vectors::{self, Vectors};
use super::vocabulary::{Seen, Vocabulary};

/// How much is left out at random while training.
#[derive(Debug, Clone, Copy)]
pub struct Dropout {
    /// Share of the numbers between layers.
    pub numbers: f32,
    /// Share of the words that count as unknown, beside the rare ones.
    pub words: f32,
}

/// All weights.
#[derive(Debug, Clone)]
pub struct Network {
    /// How large everything is.
    pub sizes: Sizes,
    /// Rows of the words of the treebanks; row 0 is the unknown word.
    pub forms: Matrix,
    /// From a word's vector to numbers like those of its row.
    pub vectors: Matrix,
    /// Rows of the affixes.
    pub affixes: Matrix,
    /// Rows of the shapes.
    pub shapes: Matrix,
    /// The recurrent layers.
    pub encoders: Vec<Encoder>,
    /// Classes, behind the first layer.
    pub tags: Affine,
    /// What the layers above the first are told of each class.
    pub classes: Matrix,
    /// Heads, dependents, distances, labels of heads and of dependents.
    pub outs: Affine,
    /// Relations.
    pub labels: Affine,
    /// The root as a head.
    pub root: Matrix,
    /// The root as a head in labelling.
    pub root_label: Matrix,
}

/// What was computed for a sentence.
#[derive(Default)]
struct Pass {
    words: Vec<f32>,
    mask: Vec<f32>,
    traces: Vec<Trace>,
    /// The chosen classes.
    classes: Vec<usize>,
    /// What went out of the first layer, with what is told of the classes.
    told: Vec<f32>,
    outs: Vec<f32>,
    /// Which words were taken for unknown, and which vectors were left out.
    dropped: Vec<(bool, bool)>,
}

impl Pass {
    /// What goes into a layer.
    fn input(&self, depth: usize) -> &[f32] {
        match depth {
            0 => &self.words,
            1 => &self.told,
            _ => &self.traces[depth - 1].out,
        }
    }
}

impl Network {
    /// Random weights.
    pub fn new(sizes: Sizes, forms: usize, random: &mut Random) -> Self {
        let width = sizes.width;
        let shape = Shape { hidden: sizes.hidden, share: sizes.share };
        Self {
            sizes,
            forms: Matrix::new(forms, width, 0.02, random),
            vectors: Matrix::new(vectors::WIDTH, width, 0.06, random),
            affixes: Matrix::new(AFFIX_ROWS, width, 0.05, random),
            shapes: Matrix::new(SHAPE_ROWS, width, 0.1, random),
            encoders: (0..sizes.layers).map(|_| Encoder::new(shape, random)).collect(),
            tags: Affine::new(width, CLASSES.len(), random),
            classes: Matrix::new(CLASSES.len(), width, 0.05, random),
            outs: Affine::new(width, sizes.outs(), random),
            labels: Affine::new(sizes.label, Relation::ALL.len(), random),
            root: Matrix::new(1, sizes.arc, 0.1, random),
            root_label: Matrix::new(1, sizes.label, 0.1, random),
        }
    }

    /// The numbers of a word but for its shape: what is packed for a known one.
    pub fn word(&self, form: usize, vector: Option<&[f32]>, affixes: &[u16], out: &mut [f32]) {
        add(1.0, self.forms.row(form), out);
        for (k, &value) in vector.unwrap_or_default().iter().enumerate() {
            add(value, self.vectors.row(k), out);
        }
        affixes.iter().for_each(|&affix| add(1.0, self.affixes.row(usize::from(affix)), out));
    }

    #[inline(always)]
    fn forward(
        &self,
        seen: &[Seen],
        vocabulary: &Vocabulary,
        given: &Vectors,
        drop: Dropout,
        random: &mut Random,
    ) -> Pass {
        let width = self.sizes.width;
        let mut words = vec![0.0; seen.len() * width];
        let mut dropped = Vec::with_capacity(seen.len());
        let mask = random.mask(width, drop.numbers);
        for (seen, row) in seen.iter().zip(words.chunks_exact_mut(width)) {
            let rare = 0.5 / (0.5 + vocabulary.counts[seen.form] as f32);
            let unknown = random.unit() < drop.words + rare;
            let blind = unknown && random.unit() < 0.15;
            let vector = seen.vector.filter(|_| !blind).map(|at| given.of(at));
            self.word(if unknown { 0 } else { seen.form }, vector, &seen.affixes, row);
            add(1.0, self.shapes.row(usize::from(seen.shape)), row);
            row.iter_mut().zip(&mask).for_each(|(cell, mask)| *cell *= mask);
            dropped.push((unknown, blind));
        }
        let mut pass = Pass { words, mask, dropped, ..Pass::default() };
        for (depth, encoder) in self.encoders.iter().enumerate() {
            let trace = encoder.forward(pass.input(depth), random.mask(width, drop.numbers));
            if depth == 0 {
                self.tell(&trace.out, &mut pass);
            }
            pass.traces.push(trace);
        }
        pass.outs = self.outs.forward(pass.input(self.encoders.len()));
        pass
    }

    /// Chooses the classes and adds what is told of them.
    #[inline(always)]
    fn tell(&self, out: &[f32], pass: &mut Pass) {
        let scores = self.tags.forward(out);
        pass.told = out.to_vec();
        let rows = pass.told.chunks_exact_mut(self.sizes.width).zip(scores.chunks_exact(CLASSES.len()));
        for (row, scores) in rows {
            let class = best(scores);
            add(1.0, self.classes.row(class), row);
            pass.classes.push(class);
        }
    }

    /// Adds a sentence's gradients; returns its loss.
    #[inline(always)]
    pub fn learn(
        &mut self,
        seen: &[Seen],
        gold: &Sentence,
        vocabulary: &Vocabulary,
        given: &Vectors,
        drop: Dropout,
        random: &mut Random,
    ) -> f32 {
        let pass = self.forward(seen, vocabulary, given, drop, random);
        let mut slopes = vec![0.0; pass.outs.len()];
        let mut loss = self.learn_heads(&pass, gold, &mut slopes);
        loss += self.learn_labels(&pass, gold, &mut slopes);
        let last = pass.input(self.encoders.len());
        let mut back = vec![0.0; last.len()];
        self.outs.backward(last, &slopes, &mut back);
        for depth in (0..self.encoders.len()).rev() {
            if depth == 0 {
                loss += self.learn_tags(&pass, gold, &mut back);
            }
            back = self.encoders[depth].backward(pass.input(depth), &pass.traces[depth], back);
        }
        self.learn_words(seen, &pass, given, back);
        loss
    }

    #[inline(always)]
    fn learn_heads(&mut self, pass: &Pass, gold: &Sentence, slopes: &mut [f32]) -> f32 {
        let (arc, outputs) = (self.sizes.arc, self.sizes.outs());
        let count = gold.heads.len();
        let mut candidates = self.root.weights.clone();
        for row in pass.outs.chunks_exact(outputs) {
            candidates.extend(row[..arc].iter().map(|&v| leaky(v)));
        }
        let mut up = vec![0.0; candidates.len()];
        let mut loss = 0.0;
        for word in 0..count {
            let row = &pass.outs[word * outputs..(word + 1) * outputs];
            let (own, bonus) = (&row[arc..2 * arc], &row[2 * arc..2 * arc + DISTANCES]);
            let score = |(head, candidate): (usize, &[f32])| {
                if head == word + 1 {
                    f32::NEG_INFINITY
                } else {
                    dot(candidate, own) + bonus[distance(head, word + 1)]
                }
            };
            let mut scores: Vec<f32> = candidates.chunks_exact(arc).enumerate().map(score).collect();
            softmax(&mut scores);
            loss -= scores[gold.heads[word]].max(1e-9).ln();
            scores[gold.heads[word]] -= 1.0;
            let cells = &mut slopes[word * outputs..(word + 1) * outputs];
            for (head, &slope) in scores.iter().enumerate().filter(|(_, slope)| slope.abs() > 1e-5) {
                cells[2 * arc + distance(head, word + 1)] += slope;
                add(slope, &candidates[head * arc..(head + 1) * arc], &mut cells[arc..2 * arc]);
                add(slope, own, &mut up[head * arc..(head + 1) * arc]);
            }
        }
        add(1.0, &up[..arc], &mut self.root.gradient);
        for (word, up) in up[arc..].chunks_exact(arc).enumerate() {
            for (k, &up) in up.iter().enumerate() {
                let mut slope = up;
                unleak(&mut slope, pass.outs[word * outputs + k]);
                slopes[word * outputs + k] += slope;
            }
        }
        loss
    }

    #[inline(always)]
    fn learn_labels(&mut self, pass: &Pass, gold: &Sentence, slopes: &mut [f32]) -> f32 {
        let (label, outputs) = (self.sizes.label, self.sizes.outs());
        let from = 2 * self.sizes.arc + DISTANCES;
        let mut pairs = Vec::with_capacity(gold.heads.len() * label);
        for (word, &head) in gold.heads.iter().enumerate() {
            let own = &pass.outs[word * outputs + from + label..][..label];
            let above = match head.checked_sub(1) {
                None => &self.root_label.weights[..],
                Some(head) => &pass.outs[head * outputs + from..][..label],
            };
            pairs.extend(own.iter().zip(above).map(|(a, b)| leaky(a + b)));
        }
        let wanted: Vec<usize> = gold.relations.iter().map(|&r| r as usize).collect();
        let (loss, mut back) = classify(&mut self.labels, &pairs, &wanted);
        back.iter_mut().zip(&pairs).for_each(|(slope, &value)| unleak(slope, value));
        for (word, (back, &head)) in back.chunks_exact(label).zip(&gold.heads).enumerate() {
            add(1.0, back, &mut slopes[word * outputs + from + label..][..label]);
            match head.checked_sub(1) {
                None => add(1.0, back, &mut self.root_label.gradient),
                Some(head) => add(1.0, back, &mut slopes[head * outputs + from..][..label]),
            }
        }
        loss
    }

    #[inline(always)]
    fn learn_tags(&mut self, pass: &Pass, gold: &Sentence, back: &mut [f32]) -> f32 {
        for (slopes, &class) in back.chunks_exact(self.sizes.width).zip(&pass.classes) {
            add(1.0, slopes, self.classes.touch(class));
        }
        let (loss, slopes) = classify(&mut self.tags, &pass.traces[0].out, &gold.classes);
        add(1.0, &slopes, back);
        loss
    }

    #[inline(always)]
    fn learn_words(&mut self, seen: &[Seen], pass: &Pass, given: &Vectors, mut slopes: Vec<f32>) {
        let width = self.sizes.width;
        for ((seen, slopes), &(unknown, blind)) in
            seen.iter().zip(slopes.chunks_exact_mut(width)).zip(&pass.dropped)
        {
            slopes.iter_mut().zip(&pass.mask).for_each(|(slope, mask)| *slope *= mask);
            add(1.0, slopes, self.forms.touch(if unknown { 0 } else { seen.form }));
            if let Some(vector) = seen.vector.filter(|_| !blind) {
                for (k, &value) in given.of(vector).iter().enumerate() {
                    add(value, slopes, &mut self.vectors.gradient[k * width..(k + 1) * width]);
                }
            }
            seen.affixes.iter().for_each(|&affix| add(1.0, slopes, self.affixes.touch(usize::from(affix))));
            add(1.0, slopes, self.shapes.touch(usize::from(seen.shape)));
        }
    }

    /// Steps all weights.
    pub fn step(&mut self, step: Step) {
        [&mut self.forms, &mut self.affixes, &mut self.shapes, &mut self.classes]
            .into_iter()
            .for_each(|m| m.step_touched(step));
        [&mut self.vectors, &mut self.root, &mut self.root_label].into_iter().for_each(|m| m.step(step));
        [&mut self.tags, &mut self.outs, &mut self.labels].into_iter().for_each(|a| a.step(step));
        self.encoders.iter_mut().for_each(|encoder| encoder.step(step));
    }
}

/// The loss of a classifier on rows of inputs, and the gradients of those.
#[inline(always)]
fn classify(affine: &mut Affine, input: &[f32], wanted: &[usize]) -> (f32, Vec<f32>) {
    let mut slopes = affine.forward(input);
    let mut loss = 0.0;
    for (row, &wanted) in slopes.chunks_exact_mut(affine.matrix.columns).zip(wanted) {
        softmax(row);
        loss -= row[wanted].max(1e-9).ln();
        row[wanted] -= 1.0;
    }
    let mut back = vec![0.0; input.len()];
    affine.backward(input, &slopes, &mut back);
    (loss, back)
}
