//! Inference of the tagger: the best labels of an island and how sure each name is.
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): Viterbi for the
//! labels, forward and backward sums for their probabilities.

use std::ops::Range;

use super::labels::{CLASSES, Class, LABELS, Label};
use super::model::{Model, Scores};

/// A name the tagger found.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Its words.
    pub words: Range<usize>,
    /// What it names.
    pub class: Class,
    /// Probability, 0 to 1, of the class at the least sure of its words.
    pub confidence: f32,
}

/// Buffers of the inference.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Scores of the words of the island; filled by the caller.
    pub scores: Vec<Scores>,
    back: Vec<[u8; LABELS]>,
    labels: Vec<Label>,
    forward: Vec<[f32; LABELS]>,
    place: Vec<[f32; CLASSES]>,
}

/// Below every sum of scores.
const NEVER: i32 = super::model::NEVER;

impl Decoder {
    /// Appends the names among the words from `first` on, whose scores are in `self.scores`.
    pub fn decode(&mut self, model: &Model, first: usize, out: &mut Vec<Name>) {
        if self.scores.is_empty() {
            return;
        }
        self.best(model);
        if self.labels.iter().all(|l| *l == Label::OUTSIDE) {
            return;
        }
        self.probabilities(model);
        let mut at = 0;
        while at < self.labels.len() {
            let Some(class) = self.labels[at].class() else {
                at += 1;
                continue;
            };
            let further = Label::further(class);
            let end =
                (at + 1..self.labels.len()).find(|&i| self.labels[i] != further).unwrap_or(self.labels.len());
            let confidence = self.place[at..end].iter().map(|p| p[class as usize]).fold(1.0, f32::min);
            out.push(Name { words: first + at..first + end, class, confidence });
            at = end;
        }
    }

    /// Probability that word `at` of the island decoded last belongs to a name of `class`;
    /// 0 where no name was found in it.
    pub fn probability(&self, at: usize, class: Class) -> f32 {
        self.place.get(at).map_or(0.0, |p| p[class as usize])
    }

    /// Viterbi.
    fn best(&mut self, model: &Model) {
        let transitions = model.transitions();
        let mut scores = [NEVER; LABELS];
        for (label, score) in scores.iter_mut().enumerate() {
            if Label::OUTSIDE.may_precede(Label(label as u8)) {
                *score = transitions[0][label] + self.scores[0][label];
            }
        }
        self.back.clear();
        self.place.clear();
        for word in &self.scores[1..] {
            let (next, back) = step(&scores, transitions, word);
            scores = next;
            self.back.push(back);
        }
        let mut last = (0..LABELS).max_by_key(|&l| (scores[l], LABELS - l)).unwrap_or(0) as u8;
        self.labels.clear();
        self.labels.push(Label(last));
        for back in self.back.iter().rev() {
            last = back[usize::from(last)];
            self.labels.push(Label(last));
        }
        self.labels.reverse();
    }

    /// Forward and backward sums, scaled word by word; gathers them by class.
    fn probabilities(&mut self, model: &Model) {
        let links = model.links();
        let weights: Vec<[f32; LABELS]> =
            self.scores.iter().map(|s| exponentials(s, model.scale())).collect();
        self.forward.clear();
        let mut sums: [f32; LABELS] = std::array::from_fn(|l| links[0][l] * weights[0][l]);
        normalise(&mut sums);
        self.forward.push(sums);
        for weight in &weights[1..] {
            let last = sums;
            sums = std::array::from_fn(|to| {
                weight[to] * (0..LABELS).map(|from| last[from] * links[from + 1][to]).sum::<f32>()
            });
            normalise(&mut sums);
            self.forward.push(sums);
        }
        self.place.resize(weights.len(), [0.0; CLASSES]);
        let mut behind = [1.0f32; LABELS];
        for at in (0..weights.len()).rev() {
            let mut both: [f32; LABELS] = std::array::from_fn(|l| self.forward[at][l] * behind[l]);
            normalise(&mut both);
            self.place[at] = std::array::from_fn(|c| both[1 + 2 * c] + both[2 + 2 * c]);
            let weight = &weights[at];
            behind = std::array::from_fn(|from| {
                (0..LABELS).map(|to| links[from + 1][to] * weight[to] * behind[to]).sum::<f32>()
            });
            normalise(&mut behind);
        }
    }
}

/// One step of Viterbi: the best score of each label and the label it comes from.
fn step(
    scores: &[i32; LABELS],
    transitions: &[[i32; LABELS]; LABELS + 1],
    word: &Scores,
) -> ([i32; LABELS], [u8; LABELS]) {
    let mut next = [NEVER; LABELS];
    let mut back = [0; LABELS];
    for (from, (score, row)) in scores.iter().zip(&transitions[1..]).enumerate() {
        for to in 0..LABELS {
            let sum = score + row[to];
            let better = sum > next[to];
            next[to] = if better { sum } else { next[to] };
            back[to] = if better { from as u8 } else { back[to] };
        }
    }
    (std::array::from_fn(|to| next[to].saturating_add(word[to]).max(NEVER)), back)
}

fn exponentials(scores: &Scores, scale: f32) -> [f32; LABELS] {
    let most = scores.iter().copied().max().unwrap_or(0);
    scores.map(|s| ((s - most) as f32 * scale).exp().max(1e-12))
}

fn normalise(values: &mut [f32; LABELS]) {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 {
        values.iter_mut().for_each(|v| *v /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::pack;
    use super::*;

    fn names(scores: &[Scores]) -> Vec<Name> {
        let bytes = pack(&[[0.0; LABELS]; LABELS + 1], &[(0, [1.0; LABELS])]);
        let model = Model::new(bytes).unwrap();
        let mut decoder = Decoder { scores: scores.to_vec(), ..Decoder::default() };
        let mut out = Vec::new();
        decoder.decode(&model, 10, &mut out);
        out
    }

    fn prefers(label: u8) -> Scores {
        let mut scores = [0; LABELS];
        scores[usize::from(label)] = 2000;
        scores
    }

    #[test]
    fn runs_of_labels_are_names() {
        let found = names(&[prefers(1), prefers(2), prefers(0), prefers(5)]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].words.clone(), found[0].class), (10..12, Class::Location));
        assert_eq!((found[1].words.clone(), found[1].class), (13..14, Class::Person));
        assert!(found[0].confidence > 0.99);
    }

    #[test]
    fn a_further_word_is_never_first() {
        let found = names(&[prefers(2)]);
        assert!(found.is_empty() || found[0].words == (10..11));
        assert!(names(&[prefers(0), prefers(4)]).iter().all(|n| n.words.end <= 12));
    }

    #[test]
    fn an_undecided_word_is_unsure() {
        let mut scores = [0; LABELS];
        scores[1] = 10;
        let found = names(&[scores]);
        assert!(found.first().is_none_or(|n| n.confidence < 0.5));
    }
}
