//! Fits the ranker's trees: gradient boosting of oblivious trees on the softmax over the
//! candidates of a mention (the multinomial likelihood that the right one is chosen).

use dateline::places::resolve::features::{FEATURES, Numbers};
use dateline::places::resolve::joint::softmax;
use dateline::places::resolve::ranker::{DEPTH, Tree};

/// The candidates of one group and which of them are right.
#[derive(Debug, Clone)]
pub struct Query {
    /// The numbers of each candidate.
    pub rows: Vec<Numbers>,
    /// The share of being right; sums to 1.
    pub target: Vec<f32>,
    /// How much it counts.
    pub weight: f32,
}

/// Settings of the boosting.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Number of trees.
    pub trees: usize,
    /// Questions of each tree.
    pub depth: usize,
    /// Share of each tree's step that is taken.
    pub rate: f32,
    /// Pull of the leaves towards zero.
    pub ridge: f32,
}

/// Thresholds tried for each feature.
const BINS: usize = 24;

/// Fits the trees, which ask nothing of the features in `without`.
pub fn fit(queries: &[Query], settings: Settings, without: &[usize]) -> Vec<Tree> {
    let rows: Vec<&Numbers> = queries.iter().flat_map(|q| &q.rows).collect();
    let thresholds: Vec<Vec<f32>> =
        (0..FEATURES).map(|f| if without.contains(&f) { Vec::new() } else { thresholds(&rows, f) }).collect();
    let bins: Vec<Vec<u8>> =
        (0..FEATURES).map(|f| rows.iter().map(|r| bin(&thresholds[f], r[f])).collect()).collect();
    let mut scores = vec![0f32; rows.len()];
    let mut trees = Vec::new();
    for _ in 0..settings.trees {
        let (slopes, curves) = slopes(queries, &scores);
        let Some((tree, leaf_of)) = grow(&bins, &thresholds, &slopes, &curves, settings) else { break };
        for (score, leaf) in scores.iter_mut().zip(&leaf_of) {
            *score += tree.worth(usize::from(*leaf));
        }
        trees.push(tree);
    }
    trees
}

/// Up to [`BINS`] values that part the feature's values evenly.
fn thresholds(rows: &[&Numbers], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|r| r[feature]).collect();
    values.sort_by(f32::total_cmp);
    values.dedup();
    let step = (values.len() as f32 / BINS as f32).max(1.0);
    let mut out: Vec<f32> = (1..)
        .map(|i| (i as f32 * step) as usize)
        .take_while(|&i| i < values.len())
        .map(|i| (values[i - 1] + values[i]) / 2.0)
        .collect();
    out.dedup();
    out
}

fn bin(thresholds: &[f32], value: f32) -> u8 {
    thresholds.partition_point(|t| *t < value) as u8
}

/// First and second derivatives of the log likelihood.
fn slopes(queries: &[Query], scores: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let (mut slopes, mut curves) = (Vec::with_capacity(scores.len()), Vec::with_capacity(scores.len()));
    let mut at = 0;
    for query in queries {
        let end = at + query.rows.len();
        for (p, target) in softmax(&scores[at..end]).into_iter().zip(&query.target) {
            slopes.push(query.weight * (target - p));
            curves.push(query.weight * (p * (1.0 - p)).max(1e-4));
        }
        at = end;
    }
    (slopes, curves)
}

/// Grows one tree level by level: each takes the question that gains most over all leaves.
fn grow(
    bins: &[Vec<u8>],
    thresholds: &[Vec<f32>],
    slopes: &[f32],
    curves: &[f32],
    settings: Settings,
) -> Option<(Tree, Vec<u8>)> {
    let mut leaf_of = vec![0u8; slopes.len()];
    let mut questions = Vec::new();
    for level in 0..settings.depth.min(DEPTH) {
        let best = (0..bins.len())
            .filter(|&f| !thresholds[f].is_empty())
            .map(|f| {
                best_split(&bins[f], thresholds[f].len(), &leaf_of, level, slopes, curves, settings.ridge, f)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, feature, cut)) = best else { break };
        questions.push((feature, thresholds[feature][cut]));
        for (leaf, bin) in leaf_of.iter_mut().zip(&bins[feature]) {
            *leaf |= u8::from(usize::from(*bin) > cut) << level;
        }
    }
    let mut sums = vec![(0f32, 0f32); 1 << questions.len()];
    for (at, leaf) in leaf_of.iter().enumerate() {
        let sum = &mut sums[usize::from(*leaf)];
        sum.0 += slopes[at];
        sum.1 += curves[at];
    }
    let leaves: Vec<f32> = sums.iter().map(|(s, c)| settings.rate * s / (c + settings.ridge)).collect();
    Tree::new(&questions, &leaves).map(|tree| (tree, leaf_of))
}

/// The best cut of one feature: its gain, the feature, the threshold's index.
#[expect(clippy::too_many_arguments, reason = "the inner loop of the fit, all of it plain slices")]
fn best_split(
    bins: &[u8],
    cuts: usize,
    leaf_of: &[u8],
    level: usize,
    slopes: &[f32],
    curves: &[f32],
    ridge: f32,
    feature: usize,
) -> (f32, usize, usize) {
    let leaves = 1 << level;
    let mut sums = vec![(0f32, 0f32); leaves * (cuts + 1)];
    for (at, bin) in bins.iter().enumerate() {
        let sum = &mut sums[usize::from(leaf_of[at]) * (cuts + 1) + usize::from(*bin)];
        sum.0 += slopes[at];
        sum.1 += curves[at];
    }
    let mut gains = vec![0f32; cuts];
    for leaf in sums.chunks(cuts + 1) {
        let total = leaf.iter().fold((0.0, 0.0), |t, s| (t.0 + s.0, t.1 + s.1));
        let mut left = (0.0, 0.0);
        for (gain, sum) in gains.iter_mut().zip(leaf) {
            left = (left.0 + sum.0, left.1 + sum.1);
            let worth = |s: f32, c: f32| s * s / (c + ridge);
            *gain += worth(left.0, left.1) + worth(total.0 - left.0, total.1 - left.1);
        }
    }
    let best = (0..cuts).max_by(|&a, &b| gains[a].total_cmp(&gains[b]).then(b.cmp(&a))).unwrap_or(0);
    (gains[best], feature, best)
}
