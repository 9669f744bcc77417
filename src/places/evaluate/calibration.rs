//! Whether scores mean what they say: of the answers with score .8, eight in ten should be right.

use serde_json::{Value, json};

/// A score that was given, and whether the answer was right.
pub type Judged = (f32, bool);

/// Equal bins of the score.
pub const BINS: usize = 10;

/// Least scores that a reader might ask for.
pub const THRESHOLDS: [f32; 6] = [0.0, 0.5, 0.7, 0.8, 0.9, 0.95];

/// The answers of one bin.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    /// How many.
    pub answers: usize,
    /// How many of them are right.
    pub right: usize,
    /// The sum of their scores.
    pub score_sum: f64,
}

impl Bin {
    /// Mean score; 0 where the bin is empty.
    pub fn score(&self) -> f64 {
        self.score_sum / self.answers.max(1) as f64
    }

    /// Share that is right; 0 where the bin is empty.
    pub fn share_right(&self) -> f64 {
        self.right as f64 / self.answers.max(1) as f64
    }
}

/// The answers by their score.
pub fn bins(judged: &[Judged]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for (score, right) in judged {
        let at = ((score * BINS as f32) as usize).min(BINS - 1);
        if let Some(bin) = bins.get_mut(at) {
            bin.answers += 1;
            bin.right += usize::from(*right);
            bin.score_sum += f64::from(*score);
        }
    }
    bins
}

/// Expected calibration error (Guo et al. 2017): the mean gap between score and share right.
pub fn error(judged: &[Judged]) -> f64 {
    let gaps: f64 = bins(judged).iter().map(|bin| (bin.score_sum - bin.right as f64).abs()).sum();
    gaps / judged.len().max(1) as f64
}

/// Of the answers with this score and more: the share of all answers, and of them the share right.
pub fn above(judged: &[Judged], least: f32) -> (f64, f64) {
    let kept: Vec<&Judged> = judged.iter().filter(|(score, _)| *score >= least).collect();
    let right = kept.iter().filter(|(_, right)| *right).count();
    (kept.len() as f64 / judged.len().max(1) as f64, right as f64 / kept.len().max(1) as f64)
}

/// As the reports write it.
pub fn to_json(judged: &[Judged]) -> Value {
    let bin = |b: &Bin| json!({ "n": b.answers, "score": b.score(), "right": b.share_right() });
    let threshold = |least: f32| {
        let (kept, right) = above(judged, least);
        json!({ "score": (f64::from(least) * 100.0).round() / 100.0, "kept": kept, "right": right })
    };
    json!({ "ece": error(judged),
            "bins": bins(judged).iter().map(bin).collect::<Vec<_>>(),
            "thresholds": THRESHOLDS.map(threshold) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_is_the_gap_between_score_and_truth() {
        assert!((error(&[(0.9, true), (0.9, false)]) - 0.4).abs() < 1e-6);
        assert_eq!(error(&[]), 0.0);
    }

    #[test]
    fn a_threshold_keeps_the_sure_ones() {
        let judged = [(0.95, true), (0.6, true), (0.6, false), (0.2, false)];
        assert_eq!(above(&judged, 0.9), (0.25, 1.0));
        assert_eq!(above(&judged, 0.0), (1.0, 0.5));
        assert_eq!(bins(&judged)[6].answers, 2);
    }

    #[test]
    fn the_highest_score_has_a_bin() {
        assert_eq!(bins(&[(1.0, true)])[BINS - 1].right, 1);
    }
}
