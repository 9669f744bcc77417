//! What went wrong in a document, with what it costs.

use std::ops::Range;

use super::answer::Answer;
use super::corpus::{Document, Gold};
use super::figures::NEAR_KM;
use super::pairs::pairs;

/// Code points shown on either side.
const AROUND: usize = 40;

/// The kinds of errors, the costliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A place was found and put more than 161 km away.
    Far,
    /// A place was not found.
    Missed,
    /// A place was found and not resolved.
    Unplaced,
    /// Something else was taken for a place.
    Spurious,
    /// The edges differ.
    Boundary,
}

impl Kind {
    /// What mending one such error is worth to the end-to-end F1, beside a place put wrong.
    /// F1 = 2 hits / (answers + gold): a place put right is one hit more (2), one found is a hit
    /// and an answer more (2 − F1), a spurious one less an answer less (F1); F1 is about .8. An edge
    /// costs nothing there, only in the exact F1.
    pub const fn cost(self) -> f64 {
        match self {
            Self::Far => 1.0,
            Self::Missed | Self::Unplaced => 0.6,
            Self::Spurious => 0.4,
            Self::Boundary => 0.2,
        }
    }

    /// In plain words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Far => "wrong place",
            Self::Missed => "missed",
            Self::Unplaced => "no place given",
            Self::Spurious => "spurious",
            Self::Boundary => "boundary",
        }
    }
}

/// One error.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// What kind.
    pub kind: Kind,
    /// The words of the annotation, or those wrongly taken for a place.
    pub surface: String,
    /// The words with those around them, the place in brackets.
    pub passage: String,
    /// The answer, where there was one.
    pub answer: Option<Answer>,
    /// The annotation, where there is one.
    pub gold: Option<Gold>,
}

impl Error {
    /// How far off, in kilometres.
    pub fn km(&self) -> Option<f64> {
        Some(self.gold.as_ref()?.at()?.distance_km(self.answer.as_ref()?.at?))
    }
}

/// The errors of one document, the costliest first.
pub fn errors(document: &Document, answers: &[Answer]) -> Vec<Error> {
    let pairs = pairs(&document.toponyms, answers);
    let chars: Vec<char> = document.text.chars().collect();
    let mut out = Vec::new();
    let mut add = |kind, span: &Range<usize>, gold: Option<&Gold>, answer: Option<&Answer>| {
        let (surface, passage) = (piece(&chars, span.clone()), passage(&chars, span));
        out.push(Error { kind, surface, passage, answer: answer.cloned(), gold: gold.cloned() });
    };
    for (g, gold) in document.toponyms.iter().enumerate() {
        let span = gold.span();
        let Some(answer) = pairs.iter().find(|p| p.0 == g).and_then(|p| answers.get(p.1)) else {
            add(Kind::Missed, &span, Some(gold), None);
            continue;
        };
        match (gold.at(), answer.at) {
            (Some(_), None) => add(Kind::Unplaced, &span, Some(gold), Some(answer)),
            (Some(wanted), Some(found)) if wanted.distance_km(found) > NEAR_KM => {
                add(Kind::Far, &span, Some(gold), Some(answer));
            }
            _ => {}
        }
        if answer.span != span {
            add(Kind::Boundary, &answer.span, Some(gold), Some(answer));
        }
    }
    for (a, answer) in answers.iter().enumerate() {
        if !pairs.iter().any(|p| p.1 == a) {
            add(Kind::Spurious, &answer.span, None, Some(answer));
        }
    }
    out.sort_by_key(|e| e.kind);
    out
}

fn piece(chars: &[char], span: Range<usize>) -> String {
    let (from, to) = (span.start.min(chars.len()), span.end.min(chars.len()));
    let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
    text.replace(['\n', '\t', '\r'], " ")
}

fn passage(chars: &[char], span: &Range<usize>) -> String {
    let before = piece(chars, span.start.saturating_sub(AROUND)..span.start);
    format!("{before}[{}]{}", piece(chars, span.clone()), piece(chars, span.end..span.end + AROUND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::LonLat;

    #[test]
    fn each_error_is_told_once_and_the_costliest_first() {
        let here = Some(LonLat::new(69.2, 34.5));
        let document = Document {
            text: "Kabul and Herat and Balkh.".into(),
            toponyms: vec![Gold::new(0..5, here), Gold::new(10..15, here)],
            ..Document::default()
        };
        let answers = [
            Answer { span: 0..5, at: Some(LonLat::default()), ..Answer::default() },
            Answer { span: 20..25, at: here, ..Answer::default() },
        ];
        let found = errors(&document, &answers);
        let kinds: Vec<_> = found.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [Kind::Far, Kind::Missed, Kind::Spurious]);
        assert_eq!(found[1].passage, "Kabul and [Herat] and Balkh.");
    }

    #[test]
    fn costs_fall_in_the_order_of_the_kinds() {
        let kinds = [Kind::Far, Kind::Missed, Kind::Unplaced, Kind::Spurious, Kind::Boundary];
        assert!(kinds.windows(2).all(|pair| pair[0] < pair[1] && pair[0].cost() >= pair[1].cost()));
    }
}
