//! The figures: recognition, resolution, end to end, calibration.
//!
//! The measures are those of Gritta, Pilehvar and Collier 2020 ("A pragmatic guide to geoparsing
//! evaluation"): exact and overlapping spans, the share resolved within 161 km (100 miles), and
//! both together. Pairs are one to one, equal spans first, then by the length of the overlap.

use std::collections::HashSet;

use super::answer::Answer;
use super::calibration;
use super::corpus::Gold;
use super::distances::{Distances, MOST_KM};
use super::pairs::pairs;
use super::role_table::RoleTable;

/// A place counts as right within 100 miles.
pub const NEAR_KM: f64 = 161.0;

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
    /// Documents.
    pub documents: usize,
    /// Spans with the same start and end.
    pub exact: Counts,
    /// Spans that share a character.
    pub overlap: Counts,
    /// Spans that overlap and lie within 161 km.
    pub end_to_end: Counts,
    /// Distances in kilometres of all pairs that have two points.
    pub errors_km: Vec<f64>,
    /// The same, and the greatest distance for each pair that has no answered point.
    pub matched_km: Vec<f64>,
    /// Pairs that have two GeoNames numbers, and those of them that are equal.
    pub same_record: (usize, usize),
    /// Score and whether it was right, of every answer that has a point and can be judged.
    pub judged: Vec<calibration::Judged>,
    /// What the roles of the annotation say, where it has any.
    pub roles: RoleTable,
}

impl Figures {
    /// Share of the answered pairs within 161 km.
    pub fn accuracy(&self) -> f64 {
        Distances::of(&self.errors_km).near
    }

    /// Expected calibration error: see [`calibration::error`].
    pub fn calibration_error(&self) -> f64 {
        calibration::error(&self.judged)
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
        self.documents += 1;
        let pairs = pairs(gold, answers);
        self.add_spans(gold, answers, &pairs);
        self.add_points(gold, answers, &pairs);
        self.roles.add(gold, answers);
    }

    fn add_spans(&mut self, gold: &[Gold], answers: &[Answer], pairs: &[(usize, usize)]) {
        let is_exact = |&&(g, a): &&(usize, usize)| gold[g].span() == answers[a].span;
        for (counts, hits) in
            [(&mut self.exact, pairs.iter().filter(is_exact).count()), (&mut self.overlap, pairs.len())]
        {
            counts.hits += hits;
            counts.predicted += answers.len();
            counts.gold += gold.len();
        }
    }

    fn add_points(&mut self, gold: &[Gold], answers: &[Answer], pairs: &[(usize, usize)]) {
        let mut right = HashSet::new();
        let mut not_judged = HashSet::new();
        for &(g, a) in pairs {
            let (wanted, answer) = (&gold[g], &answers[a]);
            let Some(point) = wanted.at() else {
                not_judged.insert(a);
                continue;
            };
            if let (Some(wanted), Some(found)) = (wanted.geonames_id, answer.geonames_id) {
                self.same_record.0 += 1;
                self.same_record.1 += usize::from(wanted == found);
            }
            let km = answer.at.map(|found| point.distance_km(found));
            self.errors_km.extend(km);
            self.matched_km.push(km.unwrap_or(MOST_KM));
            if km.is_some_and(|km| km <= NEAR_KM) {
                right.insert(a);
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::places::LonLat;

    fn gold(start: usize, end: usize, at: Option<(f64, f64)>) -> Gold {
        Gold::new(start..end, at.map(|(lat, lon)| LonLat::new(lon, lat)))
    }

    fn answer(span: Range<usize>, at: Option<(f64, f64)>) -> Answer {
        let at = at.map(|(lat, lon)| LonLat::new(lon, lat));
        Answer { span, at, score: 0.95, ..Answer::default() }
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
}
