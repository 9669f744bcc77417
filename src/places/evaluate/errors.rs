//! What went wrong in a document: one line an error, with the words around it.

use std::fmt;
use std::ops::Range;

use super::corpus::Document;
use super::figures::{Answer, NEAR_KM, pairs};

/// Code points shown on either side.
const AROUND: usize = 40;

/// The kinds of errors, the costliest first: a missed place can never be put right by hand
/// because nobody sees it, a boundary hardly matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A place was not found.
    Missed,
    /// A place was found and put more than 161 km away.
    Far,
    /// A place was found and not resolved.
    Unplaced,
    /// Something else was taken for a place.
    Spurious,
    /// The edges differ.
    Boundary,
}

/// One error.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// What kind.
    pub kind: Kind,
    /// The words with those around them, the place in brackets.
    pub passage: String,
    /// How far off, in kilometres.
    pub km: Option<f64>,
    /// Probability that was given to the answer.
    pub score: Option<f32>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}\t{}", self.kind, self.passage)?;
        self.km.map_or(Ok(()), |km| write!(f, "\t{km:.0} km"))?;
        self.score.map_or(Ok(()), |score| write!(f, "\tscore {score:.2}"))
    }
}

/// The errors of one document, the costliest first.
pub fn errors(document: &Document, answers: &[Answer]) -> Vec<Error> {
    let pairs = pairs(&document.toponyms, answers);
    let chars: Vec<char> = document.text.chars().collect();
    let mut out = Vec::new();
    let mut add = |kind, span: Range<usize>, km, score| {
        out.push(Error { kind, passage: passage(&chars, &span), km, score });
    };
    for (g, gold) in document.toponyms.iter().enumerate() {
        let span = gold.start..gold.end;
        let Some(answer) = pairs.iter().find(|p| p.0 == g).and_then(|p| answers.get(p.1)) else {
            add(Kind::Missed, span, None, None);
            continue;
        };
        if answer.span != span {
            add(Kind::Boundary, answer.span.clone(), None, None);
        }
        match (gold.at(), answer.at) {
            (Some(_), None) => add(Kind::Unplaced, span, None, None),
            (Some(wanted), Some(found)) if wanted.distance_km(found) > NEAR_KM => {
                add(Kind::Far, span, Some(wanted.distance_km(found)), Some(answer.score));
            }
            _ => {}
        }
    }
    for (a, answer) in answers.iter().enumerate() {
        if !pairs.iter().any(|p| p.1 == a) {
            add(Kind::Spurious, answer.span.clone(), None, Some(answer.score));
        }
    }
    out.sort_by_key(|e| e.kind);
    out
}

fn passage(chars: &[char], span: &Range<usize>) -> String {
    let piece = |from: usize, to: usize| -> String {
        chars.get(from.min(chars.len())..to.min(chars.len())).unwrap_or_default().iter().collect()
    };
    let before = piece(span.start.saturating_sub(AROUND), span.start);
    let text = format!("{before}[{}]{}", piece(span.start, span.end), piece(span.end, span.end + AROUND));
    text.replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::super::corpus::Gold;
    use super::*;
    use crate::places::LonLat;

    #[test]
    fn each_error_is_told_once_and_the_costliest_first() {
        let here = Some(LonLat::new(69.2, 34.5));
        let document = Document {
            text: "Kabul and Herat and Balkh.".into(),
            toponyms: vec![Gold::new(0..5, here), Gold::new(10..15, here)],
        };
        let answers = [
            Answer { span: 0..5, at: Some(LonLat::default()), score: 0.5 },
            Answer { span: 20..25, at: here, score: 0.5 },
        ];
        let found = errors(&document, &answers);
        let kinds: Vec<_> = found.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [Kind::Missed, Kind::Far, Kind::Spurious]);
        assert_eq!(found[0].passage, "Kabul and [Herat] and Balkh.");
    }
}
