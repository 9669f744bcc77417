//! The ranker: boosted oblivious trees over the numbers of a candidate.
//!
//! Gradient boosting (Friedman 2001) with trees that ask the same question at every node of a
//! level (Prokhorenkova et al. 2018): a leaf is found by a few comparisons without a branch. The
//! weights are a text file, one tree a line: its questions as `feature:threshold`, then its leaves.

use super::features::{FEATURES, Numbers};

/// Questions a tree may ask.
pub const DEPTH: usize = 4;

/// One tree, all of it in two cache lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Is this feature above the threshold of the same position?
    features: [u8; DEPTH],
    /// Infinite for questions that are not asked.
    thresholds: [f32; DEPTH],
    leaves: [f32; 1 << DEPTH],
}

impl Tree {
    /// A tree of up to [`DEPTH`] questions (feature, threshold) and the worth of each pattern of
    /// answers, the first question being the lowest bit; `None` where the numbers do not agree.
    pub fn new(questions: &[(usize, f32)], leaves: &[f32]) -> Option<Self> {
        if questions.len() > DEPTH || leaves.len() != 1 << questions.len() {
            return None;
        }
        let mut tree =
            Self { features: [0; DEPTH], thresholds: [f32::INFINITY; DEPTH], leaves: [0.0; 1 << DEPTH] };
        for (at, (feature, threshold)) in questions.iter().enumerate() {
            tree.features[at] = u8::try_from(*feature).ok().filter(|_| *feature < FEATURES)?;
            tree.thresholds[at] = *threshold;
        }
        tree.leaves[..leaves.len()].copy_from_slice(leaves);
        Some(tree)
    }

    /// The questions asked.
    fn questions(&self) -> impl Iterator<Item = (u8, f32)> {
        self.features.into_iter().zip(self.thresholds).filter(|(_, threshold)| threshold.is_finite())
    }

    /// Which leaf a candidate falls on.
    #[inline]
    pub fn leaf(&self, numbers: &Numbers) -> usize {
        let mut leaf = 0;
        for (bit, (feature, threshold)) in self.features.iter().zip(&self.thresholds).enumerate() {
            let above = numbers.get(usize::from(*feature)).is_some_and(|n| n > threshold);
            leaf |= usize::from(above) << bit;
        }
        leaf
    }

    /// The same of numbers with room behind them.
    #[inline]
    fn leaf_of(&self, numbers: &[f32; PADDED]) -> usize {
        let mut leaf = 0;
        for bit in 0..DEPTH {
            let number = numbers[usize::from(self.features[bit]) & (PADDED - 1)];
            leaf |= usize::from(number > self.thresholds[bit]) << bit;
        }
        leaf
    }

    /// What a leaf is worth.
    pub fn worth(&self, leaf: usize) -> f32 {
        self.leaves.get(leaf).copied().unwrap_or(0.0)
    }
}

/// Trees for the first round, trees for those with context, and the calibration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranker {
    /// Without context.
    pub alone: Vec<Tree>,
    /// With context.
    pub together: Vec<Tree>,
    /// Weights of the answer's probability: see [`super::joint`].
    pub answer: Vec<f32>,
    /// Weights of the probability that a mention names a place at all.
    pub named: Vec<f32>,
}

/// A ranker file that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {0} is no tree")]
pub struct RankerError(usize);

/// First line of the file.
const HEADER: &str = "dateline ranker 1";

impl Ranker {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, RankerError> {
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, line)| line) != Some(HEADER) {
            return Err(RankerError(1));
        }
        let mut ranker = Self::default();
        for (at, line) in lines {
            let mut words = line.split_whitespace();
            let read = match words.next() {
                Some("alone") => tree(words).map(|t| ranker.alone.push(t)),
                Some("together") => tree(words).map(|t| ranker.together.push(t)),
                Some("answer") => numbers(words).map(|n| ranker.answer = n),
                Some("named") => numbers(words).map(|n| ranker.named = n),
                _ => None,
            };
            read.ok_or(RankerError(at + 1))?;
        }
        Ok(ranker)
    }

    /// Writes the file.
    pub fn to_text(&self) -> String {
        let mut out = format!("{HEADER}\n");
        for (name, trees) in [("alone", &self.alone), ("together", &self.together)] {
            for tree in trees {
                let questions = tree.questions().map(|(f, t)| format!("{f}:{t}"));
                let used = tree.leaves.iter().take(1 << tree.questions().count());
                let leaves = used.map(|l| format!("{l:.4}"));
                let words: Vec<String> = questions.chain(leaves).collect();
                out += &format!("{name} {}\n", words.join(" "));
            }
        }
        for (name, weights) in [("answer", &self.answer), ("named", &self.named)] {
            let words: Vec<String> = weights.iter().map(|w| format!("{w:.5}")).collect();
            if !words.is_empty() {
                out += &format!("{name} {}\n", words.join(" "));
            }
        }
        out
    }
}

/// The sums of all trees, of each candidate. Several at a time: each sum waits for its own last
/// addition only.
pub fn scores(trees: &[Tree], candidates: &[Numbers]) -> Vec<f32> {
    let mut out = Vec::with_capacity(candidates.len());
    for candidates in candidates.chunks(AT_ONCE) {
        // Room for every number that a byte's lower bits name, so that none needs to be checked.
        let mut padded = [[0.0; PADDED]; AT_ONCE];
        for (padded, numbers) in padded.iter_mut().zip(candidates) {
            padded[..FEATURES].copy_from_slice(numbers);
        }
        let mut sums = [0.0; AT_ONCE];
        for tree in trees {
            for (sum, numbers) in sums.iter_mut().zip(&padded).take(candidates.len()) {
                *sum += tree.leaves[tree.leaf_of(numbers) & LAST_LEAF];
            }
        }
        out.extend(sums.iter().take(candidates.len()));
    }
    out
}

/// Candidates scored together.
const AT_ONCE: usize = 6;

/// A power of two above [`FEATURES`].
const PADDED: usize = 64;

/// The last leaf of a tree.
const LAST_LEAF: usize = (1 << DEPTH) - 1;

const _: () = assert!(FEATURES <= PADDED);

fn tree<'a>(words: impl Iterator<Item = &'a str>) -> Option<Tree> {
    let (mut questions, mut leaves) = (Vec::new(), Vec::new());
    for word in words {
        match word.split_once(':') {
            Some((feature, threshold)) => questions.push((feature.parse().ok()?, threshold.parse().ok()?)),
            None => leaves.push(word.parse().ok()?),
        }
    }
    Tree::new(&questions, &leaves)
}

fn numbers<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<f32>> {
    words.map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranker() -> Ranker {
        let tree = Tree::new(&[(0, 0.5), (2, -1.0)], &[1.0, 2.0, 3.0, 4.0]).unwrap();
        Ranker { alone: vec![tree.clone()], together: vec![tree], answer: vec![0.5, -1.0], named: vec![2.0] }
    }

    #[test]
    fn the_answers_find_the_leaf() {
        let mut numbers = [0.0; FEATURES];
        numbers[2] = -2.0;
        assert_eq!(scores(&ranker().alone, &[numbers]), [1.0]);
        numbers[0] = 0.6;
        assert_eq!(scores(&ranker().alone, &[numbers]), [2.0]);
        numbers[2] = 0.0;
        assert_eq!(scores(&ranker().alone, &[numbers]), [4.0]);
    }

    #[test]
    fn the_file_leads_back() {
        assert_eq!(Ranker::parse(&ranker().to_text()), Ok(ranker()));
        assert_eq!(Ranker::parse("something else"), Err(RankerError(1)));
        assert_eq!(Ranker::parse("dateline ranker 1\nalone 0:1 2"), Err(RankerError(2)));
        assert_eq!(Ranker::parse("dateline ranker 1\nalone 99:1 2 3"), Err(RankerError(2)));
    }
}
