//! What went wrong in a corpus, the costliest first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::places::evaluate::errors::{Error, Kind};
use crate::places::{Candidate, Gazetteer, Mention};

/// Passages shown of one kind of error with the same words.
const PASSAGES: usize = 3;

/// Candidates told of each.
const CANDIDATES: usize = 3;

/// One error and where it happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The document's name.
    pub document: String,
    /// The error.
    pub error: Error,
    /// What the answer was chosen from, best first.
    pub candidates: Vec<String>,
}

/// The candidates of a mention with their reasons, one line each.
pub fn candidates(mention: &Mention, gazetteer: &Gazetteer) -> Vec<String> {
    mention.candidates.iter().take(CANDIDATES).filter_map(|c| candidate(c, gazetteer)).collect()
}

fn candidate(candidate: &Candidate, gazetteer: &Gazetteer) -> Option<String> {
    let place = gazetteer.place(candidate.place)?;
    let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
    let area = [place.admin1, place.country].into_iter().filter(|a| !a.is_empty()).collect::<Vec<_>>();
    Some(format!(
        "{} ({}), {} {:.2}: {}",
        place.name,
        area.join(", "),
        place.kind,
        candidate.score,
        reasons.join("; ")
    ))
}

/// The `most` costliest groups of errors of one kind and the same words, each with some passages.
pub fn text(cases: &[Case], most: usize) -> String {
    let mut groups: BTreeMap<(Kind, &str), Vec<&Case>> = BTreeMap::new();
    for case in cases {
        groups.entry((case.error.kind, &case.error.surface)).or_default().push(case);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let cost = |kind: Kind, n: usize| kind.cost() * n as f64;
    groups.sort_by(|(a, of_a), (b, of_b)| {
        cost(b.0, of_b.len()).total_cmp(&cost(a.0, of_a.len())).then(a.cmp(b))
    });
    let mut out = totals(cases);
    for ((kind, surface), of) in groups.into_iter().take(most) {
        let _ = writeln!(out, "\n{:.1}\t{} × {}\t{surface}", cost(kind, of.len()), of.len(), kind.name());
        of.iter().take(PASSAGES).for_each(|case| show(case, &mut out));
    }
    out
}

fn totals(cases: &[Case]) -> String {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    cases.iter().for_each(|case| *counts.entry(case.error.kind).or_default() += 1);
    counts.iter().fold(String::new(), |mut out, (kind, n)| {
        let _ = writeln!(out, "{:16} {n:5}  cost {:.1}", kind.name(), kind.cost() * *n as f64);
        out
    })
}

fn show(case: &Case, out: &mut String) {
    let error = &case.error;
    let _ = write!(out, "  {}: {}", case.document, error.passage);
    error.km().map(|km| write!(out, "  {km:.0} km off"));
    error.answer.as_ref().map(|answer| write!(out, "  score {:.2}", answer.score));
    out.push('\n');
    if error.kind != Kind::Boundary {
        case.candidates.iter().for_each(|line| *out += &format!("      {line}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(kind: Kind, surface: &str) -> Case {
        let error = Error {
            kind,
            surface: surface.into(),
            passage: format!("in [{surface}]."),
            answer: None,
            gold: None,
        };
        Case { document: "a".into(), error, candidates: vec!["Paris (Texas, US)".into()] }
    }

    #[test]
    fn the_costliest_come_first_and_the_rest_is_counted() {
        let cases = [
            case(Kind::Spurious, "Ford"),
            case(Kind::Missed, "Deport"),
            case(Kind::Missed, "Deport"),
            case(Kind::Far, "Paris"),
        ];
        let text = text(&cases, 2);
        let heads: Vec<&str> = text.lines().filter(|l| l.contains(" × ")).collect();
        assert_eq!(heads, ["1.2\t2 × missed\tDeport", "1.0\t1 × wrong place\tParis"]);
        assert!(text.starts_with("wrong place          1  cost 1.0\n"), "{text}");
        assert!(text.contains("  a: in [Paris].\n      Paris (Texas, US)\n"), "{text}");
    }
}
