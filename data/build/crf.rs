//! Training of the tagger: a linear-chain conditional random field, fitted by AdaGrad.
//!
//! Lafferty, McCallum and Pereira 2001 for the model, Duchi, Hazan and Singer 2011 for AdaGrad.
//! Where the annotation leaves a word's label open (the toponym corpora mark places only), the
//! likelihood is summed over the labels it permits (Tsuboi et al. 2008), so that one model learns
//! from both kinds of corpora.

use dateline::places::recognise::features::TEMPLATES;
use dateline::places::recognise::labels::{LABELS, Label};
use rustc_hash::FxHashMap;

use crate::examples::Island;

/// Settings of the training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Runs whose mean is taken.
    pub runs: usize,
    /// Passes over the examples of each.
    pub epochs: usize,
    /// AdaGrad's step.
    pub step: f32,
    /// Pull of every weight towards zero.
    pub decay: f32,
    /// Features seen less often are left out.
    pub least_seen: u32,
}

/// Stands in the place of a feature that is left out.
pub const NONE: u32 = 0;

/// A weight for each label.
pub type Row = [f32; LABELS];

/// What is fitted.
#[derive(Debug)]
pub struct Weights {
    /// The hash of each feature.
    pub features: Vec<u32>,
    /// Its weights.
    pub rows: Vec<Row>,
    squares: Vec<Row>,
    /// From the start, then from each label.
    pub transitions: [Row; LABELS + 1],
    transition_squares: [Row; LABELS + 1],
}

/// An island with its features numbered; those left out are gone.
struct Numbered<'a> {
    island: &'a Island,
    features: Vec<Vec<u32>>,
}

/// Fits a model to the islands: the mean of the later passes of several runs, in orders that depend
/// on nothing but the number of islands. One run alone differs from the next by a third of a point of
/// F1, by the order of its examples only.
pub fn fit(islands: &[&Island], settings: Settings) -> Weights {
    let (features, numbers) = number(islands, settings.least_seen);
    let examples: Vec<Numbered<'_>> = islands.iter().map(|i| numbered(i, &numbers)).collect();
    let mut mean = Weights::zero(features);
    for run in 0..settings.runs {
        passes(&examples, settings, run, &mut mean);
    }
    mean
}

/// One run; adds its share to the mean.
fn passes(examples: &[Numbered<'_>], settings: Settings, run: usize, mean: &mut Weights) {
    let mut weights = Weights::zero(mean.features.clone());
    let averaged = settings.epochs.div_ceil(2);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 0x9E37_79B9_7F4A_7C15u64.rotate_left(run as u32);
    for epoch in 0..settings.epochs {
        shuffle(&mut order, &mut random);
        let step = settings.step / (1.0 + 0.15 * epoch as f32);
        for &at in &order {
            learn(&mut weights, &examples[at], Settings { step, ..settings });
        }
        if epoch + averaged >= settings.epochs {
            mean.add(&weights, 1.0 / (averaged * settings.runs) as f32);
        }
    }
}

impl Weights {
    /// Nothing learnt yet.
    fn zero(features: Vec<u32>) -> Self {
        let count = features.len();
        Self {
            features,
            rows: vec![[0.0; LABELS]; count],
            squares: vec![[1e-6; LABELS]; count],
            transitions: [[0.0; LABELS]; LABELS + 1],
            transition_squares: [[1e-6; LABELS]; LABELS + 1],
        }
    }

    /// Adds a share of others.
    fn add(&mut self, other: &Self, share: f32) {
        let rows = self.rows.iter_mut().zip(&other.rows);
        for (sum, row) in rows.chain(self.transitions.iter_mut().zip(&other.transitions)) {
            sum.iter_mut().zip(row).for_each(|(s, w)| *s += share * w);
        }
    }
}

fn number(islands: &[&Island], least_seen: u32) -> (Vec<u32>, FxHashMap<u32, u32>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for feature in islands.iter().flat_map(|i| i.features.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut features: Vec<u32> = counts
        .into_iter()
        .filter(|(feature, count)| *feature != NONE && *count >= least_seen)
        .map(|(feature, _)| feature)
        .collect();
    features.sort_unstable();
    let numbers = features.iter().enumerate().map(|(number, feature)| (*feature, number as u32)).collect();
    (features, numbers)
}

fn numbered<'a>(island: &'a Island, numbers: &FxHashMap<u32, u32>) -> Numbered<'a> {
    let known = |word: &[u32; TEMPLATES]| word.iter().filter_map(|f| numbers.get(f).copied()).collect();
    Numbered { island, features: island.features.iter().map(known).collect() }
}

/// Fisher and Yates with a xorshift generator.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(at, (*random % (at as u64 + 1)) as usize);
    }
}

/// One step: towards what the annotation permits, away from what the model expects.
fn learn(weights: &mut Weights, example: &Numbered<'_>, settings: Settings) {
    let scores: Vec<Row> = example.features.iter().map(|f| score(weights, f)).collect();
    let links = links(&weights.transitions);
    let expected = expectations(&scores, &links, |_, _| true);
    let wanted = expectations(&scores, &links, |word, label| example.island.allowed[word].has(label));
    let (Some(expected), Some(wanted)) = (expected, wanted) else { return };
    for (at, features) in example.features.iter().enumerate() {
        let gradient: Row =
            std::array::from_fn(|l| example.island.weight * (wanted.words[at][l] - expected.words[at][l]));
        if gradient.iter().all(|g| g.abs() < 1e-4) {
            continue;
        }
        for &feature in features {
            let at = feature as usize;
            update(&mut weights.rows[at], &mut weights.squares[at], &gradient, settings);
        }
    }
    for from in 0..=LABELS {
        let gradient: Row = std::array::from_fn(|to| {
            example.island.weight * (wanted.pairs[from][to] - expected.pairs[from][to])
        });
        update(&mut weights.transitions[from], &mut weights.transition_squares[from], &gradient, settings);
    }
}

#[inline]
fn update(row: &mut Row, squares: &mut Row, gradient: &Row, settings: Settings) {
    for label in 0..LABELS {
        let slope = gradient[label] - settings.decay * row[label];
        squares[label] += slope * slope;
        row[label] += settings.step * slope / squares[label].sqrt();
    }
}

fn score(weights: &Weights, features: &[u32]) -> Row {
    let mut sum = [0.0; LABELS];
    for &feature in features {
        for (total, weight) in sum.iter_mut().zip(&weights.rows[feature as usize]) {
            *total += weight;
        }
    }
    sum
}

fn links(transitions: &[Row; LABELS + 1]) -> [Row; LABELS + 1] {
    std::array::from_fn(|from| {
        let before = Label(from.saturating_sub(1) as u8);
        std::array::from_fn(|to| {
            if before.may_precede(Label(to as u8)) { transitions[from][to].exp() } else { 0.0 }
        })
    })
}

/// Expected numbers of labels and of pairs of labels.
struct Expectations {
    words: Vec<Row>,
    pairs: [Row; LABELS + 1],
}

/// Forward and backward sums over the label sequences that `permitted` lets through; `None` where
/// it lets none through.
fn expectations(
    scores: &[Row],
    links: &[Row; LABELS + 1],
    permitted: impl Fn(usize, usize) -> bool,
) -> Option<Expectations> {
    let potentials: Vec<Row> = scores
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            std::array::from_fn(|l| if permitted(at, l) { (row[l] - most).exp().max(1e-20) } else { 0.0 })
        })
        .collect();
    let forward = forward(&potentials, links)?;
    let mut words = vec![[0.0; LABELS]; scores.len()];
    let mut pairs = [[0.0; LABELS]; LABELS + 1];
    let mut behind = [1.0; LABELS];
    for at in (0..scores.len()).rev() {
        let mut both: Row = std::array::from_fn(|l| forward[at][l] * behind[l]);
        normalise(&mut both)?;
        words[at] = both;
        let next: Row = std::array::from_fn(|l| potentials[at][l] * behind[l]);
        if at == 0 {
            pairs[0] = both;
            break;
        }
        add_pairs(&forward[at - 1], links, &next, &mut pairs);
        behind = std::array::from_fn(|from| (0..LABELS).map(|to| links[from + 1][to] * next[to]).sum());
        normalise(&mut behind)?;
    }
    Some(Expectations { words, pairs })
}

fn forward(potentials: &[Row], links: &[Row; LABELS + 1]) -> Option<Vec<Row>> {
    let mut out: Vec<Row> = Vec::with_capacity(potentials.len());
    for potential in potentials {
        let mut sums: Row = match out.last() {
            None => std::array::from_fn(|l| links[0][l] * potential[l]),
            Some(last) => std::array::from_fn(|to| {
                potential[to] * (0..LABELS).map(|from| last[from] * links[from + 1][to]).sum::<f32>()
            }),
        };
        normalise(&mut sums)?;
        out.push(sums);
    }
    Some(out)
}

fn add_pairs(last: &Row, links: &[Row; LABELS + 1], next: &Row, pairs: &mut [Row; LABELS + 1]) {
    let mut both = [[0.0; LABELS]; LABELS];
    let mut sum = 0.0;
    for from in 0..LABELS {
        for to in 0..LABELS {
            both[from][to] = last[from] * links[from + 1][to] * next[to];
            sum += both[from][to];
        }
    }
    if sum > 0.0 {
        for from in 0..LABELS {
            for to in 0..LABELS {
                pairs[from + 1][to] += both[from][to] / sum;
            }
        }
    }
}

fn normalise(row: &mut Row) -> Option<()> {
    let sum: f32 = row.iter().sum();
    (sum > 0.0 && sum.is_finite()).then(|| row.iter_mut().for_each(|v| *v /= sum))
}
