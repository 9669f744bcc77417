//! The figures: recognition, resolution, end to end, calibration.
//!
//! The measures are those of Gritta, Pilehvar and Collier 2020 ("A pragmatic guide to geoparsing
//! evaluation"): exact and overlapping spans, the share resolved within 161 km (100 miles), and
//! both together. Pairs are one to one, equal spans first, then by the length of the overlap.

use std::collections::HashSet;
use std::ops::Range;

use super::corpus::{Convention, Gold};
use crate::article::offsets::CharOffsets;
use crate::places::mention::{Mention, Role};
use crate::places::{Gazetteer, LonLat};

/// A place counts as right within 100 miles.
pub const NEAR_KM: f64 = 161.0;

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Code points.
    pub span: Range<usize>,
    /// Its point, where one was given.
    pub at: Option<LonLat>,
    /// Probability given to it.
    pub score: f32,
}

/// The mentions that the convention of a corpus counts, in code points.
pub fn answers(
    text: &str,
    mentions: &[Mention],
    gazetteer: &Gazetteer,
    convention: Convention,
) -> Vec<Answer> {
    let offsets = CharOffsets::new(text);
    mentions
        .iter()
        .filter(|m| match m.role {
            Role::Demonym => convention.demonyms,
            Role::OrganisationPart => convention.organisation_parts,
            _ => true,
        })
        .map(|m| Answer {
            span: offsets.char_of(m.range.start)..offsets.char_of(m.range.end),
            at: m.place.map(|p| gazetteer.point(p)),
            score: m.score,
        })
        .collect()
}

/// Hits, answers and what was to be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right answers.
    pub hits: usize,
    /// Answers.
    pub predicted: usize,
    /// Right ones in all.
    pub gold: usize,
}

impl Counts {
    /// Share of the answers that are right.
    pub fn precision(&self) -> f64 {
        ratio(self.hits, self.predicted)
    }

    /// Share of the right ones that were answered.
    pub fn recall(&self) -> f64 {
        ratio(self.hits, self.gold)
    }

    /// Harmonic mean of both.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.hits, self.predicted + self.gold)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The figures of one corpus.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Spans with the same start and end.
    pub exact: Counts,
    /// Spans that share a character.
    pub overlap: Counts,
    /// Spans that overlap and lie within 161 km.
    pub end_to_end: Counts,
    /// Distances in kilometres of all pairs that have two points.
    pub errors_km: Vec<f64>,
    /// Score and whether it was right, of every answer that has a point and can be judged.
    pub judged: Vec<(f32, bool)>,
}

impl Figures {
    /// Share of the answered pairs within 161 km.
    pub fn accuracy(&self) -> f64 {
        ratio(self.errors_km.iter().filter(|km| **km <= NEAR_KM).count(), self.errors_km.len())
    }

    /// Expected calibration error over ten equal bins of the score (Guo et al. 2017).
    pub fn calibration_error(&self) -> f64 {
        let mut bins = [(0usize, 0.0f64, 0usize); 10];
        for (score, right) in &self.judged {
            let bin = &mut bins[((score * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += f64::from(*score);
            bin.2 += usize::from(*right);
        }
        let gaps: f64 = bins.iter().map(|(_, sum, right)| (sum - *right as f64).abs()).sum();
        gaps / self.judged.len().max(1) as f64
    }

    /// The figures in one line.
    pub fn line(&self) -> String {
        format!(
            "exact {:.3}/{:.3}/{:.3}  overlap {:.3}/{:.3}/{:.3}  acc@161 {:.3} of {}  e2e {:.3}/{:.3}/{:.3}  ece {:.3}",
            self.exact.precision(),
            self.exact.recall(),
            self.exact.f1(),
            self.overlap.precision(),
            self.overlap.recall(),
            self.overlap.f1(),
            self.accuracy(),
            self.errors_km.len(),
            self.end_to_end.precision(),
            self.end_to_end.recall(),
            self.end_to_end.f1(),
            self.calibration_error(),
        )
    }

    /// Adds one document.
    pub fn add(&mut self, gold: &[Gold], answers: &[Answer]) {
        let pairs = pairs(gold, answers);
        let is_exact = |&(g, a): &(usize, usize)| {
            gold[g].start == answers[a].span.start && gold[g].end == answers[a].span.end
        };
        for (counts, hits) in [
            (&mut self.exact, pairs.iter().filter(|p| is_exact(p)).count()),
            (&mut self.overlap, pairs.len()),
        ] {
            counts.hits += hits;
            counts.predicted += answers.len();
            counts.gold += gold.len();
        }
        let mut right = HashSet::new();
        let mut not_judged = HashSet::new();
        for &(g, a) in &pairs {
            match (gold[g].at(), answers[a].at) {
                (None, _) => drop(not_judged.insert(a)),
                (Some(wanted), Some(found)) => {
                    let km = wanted.distance_km(found);
                    self.errors_km.push(km);
                    if km <= NEAR_KM {
                        right.insert(a);
                    }
                }
                _ => {}
            }
        }
        self.end_to_end.hits += right.len();
        self.end_to_end.gold += gold.iter().filter(|g| g.at().is_some()).count();
        for (at, answer) in answers.iter().enumerate() {
            if answer.at.is_some() && !not_judged.contains(&at) {
                self.end_to_end.predicted += 1;
                self.judged.push((answer.score, right.contains(&at)));
            }
        }
    }
}

/// One-to-one pairs of gold and answers: equal spans first, then the longest overlap.
pub fn pairs(gold: &[Gold], answers: &[Answer]) -> Vec<(usize, usize)> {
    let mut possible = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (a, answer) in answers.iter().enumerate() {
            let overlap = wanted.end.min(answer.span.end).saturating_sub(wanted.start.max(answer.span.start));
            let identical = wanted.start == answer.span.start && wanted.end == answer.span.end;
            if overlap > 0 {
                possible.push((!identical, std::cmp::Reverse(overlap), g, a));
            }
        }
    }
    possible.sort_unstable();
    let (mut used_gold, mut used_answers) = (HashSet::new(), HashSet::new());
    let mut out = Vec::new();
    for (_, _, g, a) in possible {
        if !used_gold.contains(&g) && !used_answers.contains(&a) {
            used_gold.insert(g);
            used_answers.insert(a);
            out.push((g, a));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(start: usize, end: usize, at: Option<(f64, f64)>) -> Gold {
        Gold::new(start..end, at.map(|(lat, lon)| LonLat::new(lon, lat)))
    }

    fn answer(span: Range<usize>, at: Option<(f64, f64)>) -> Answer {
        Answer { span, at: at.map(|(lat, lon)| LonLat::new(lon, lat)), score: 0.95 }
    }

    #[test]
    fn equal_spans_pair_first() {
        let wanted = [gold(0, 5, None), gold(4, 9, None)];
        let found = [answer(4..9, None), answer(0..9, None)];
        assert_eq!(pairs(&wanted, &found), [(1, 0), (0, 1)]);
    }

    #[test]
    fn figures_count_what_the_guide_counts() {
        let here = Some((34.5, 69.2));
        let wanted = [gold(0, 5, here), gold(10, 15, here), gold(20, 25, None)];
        let found = [
            answer(0..5, Some((34.6, 69.3))),
            answer(10..19, Some((0.0, 0.0))),
            answer(20..25, here),
            answer(40..45, here),
        ];
        let mut figures = Figures::default();
        figures.add(&wanted, &found);
        assert_eq!(figures.exact, Counts { hits: 2, predicted: 4, gold: 3 });
        assert_eq!(figures.overlap.hits, 3);
        assert_eq!(figures.end_to_end, Counts { hits: 1, predicted: 3, gold: 2 });
        assert!((figures.accuracy() - 0.5).abs() < 1e-9);
        assert_eq!(figures.judged.len(), 3);
    }

    #[test]
    fn calibration_is_the_gap_between_score_and_truth() {
        let figures = Figures { judged: vec![(0.9, true), (0.9, false)], ..Figures::default() };
        assert!((figures.calibration_error() - 0.4).abs() < 1e-6);
    }
}
