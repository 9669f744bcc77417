//! Which answer belongs to which place of the annotation, and which of both are asked for.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use super::answer::Answer;
use super::corpus::Gold;

/// One-to-one pairs of gold and answers: equal spans first, then the longest overlap.
pub fn pairs(gold: &[Gold], answers: &[Answer]) -> Vec<(usize, usize)> {
    let mut possible = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (a, answer) in answers.iter().enumerate() {
            let overlap = overlap(&wanted.span(), &answer.span);
            if overlap > 0 {
                possible.push((wanted.span() != answer.span, Reverse(overlap), g, a));
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

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Which part of an annotation is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Only places of this class.
    pub class: Option<String>,
    /// No places of these types.
    pub dropped_types: Vec<String>,
}

impl Selection {
    fn wants(&self, gold: &Gold) -> bool {
        let class = self.class.as_ref().is_none_or(|class| gold.class.as_ref().is_none_or(|c| c == class));
        class && !gold.kind.as_ref().is_some_and(|kind| self.dropped_types.contains(kind))
    }

    /// The gold that is asked for, and the answers to be judged by it: one that touches only the
    /// other part of the gold is neither right nor wrong.
    pub fn apply(&self, gold: &[Gold], answers: &[Answer]) -> (Vec<Gold>, Vec<Answer>) {
        let (wanted, other): (Vec<Gold>, Vec<Gold>) = gold.iter().cloned().partition(|g| self.wants(g));
        let used = |part: &[Gold]| pairs(part, answers).into_iter().map(|p| p.1).collect::<HashSet<_>>();
        let (kept, left_out) = (used(&wanted), used(&other));
        let judged = answers.iter().enumerate().filter(|(a, _)| kept.contains(a) || !left_out.contains(a));
        let judged = judged.map(|(_, answer)| answer.clone()).collect();
        (wanted, judged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(span: Range<usize>) -> Answer {
        Answer { span, ..Answer::default() }
    }

    #[test]
    fn equal_spans_pair_first() {
        let wanted = [Gold::new(0..5, None), Gold::new(4..9, None)];
        let found = [answer(4..9), answer(0..9)];
        assert_eq!(pairs(&wanted, &found), [(1, 0), (0, 1)]);
    }

    #[test]
    fn what_touches_only_the_unasked_is_not_judged() {
        let demonym = Gold { kind: Some("Demonym".into()), ..Gold::new(0..5, None) };
        let gold = [demonym, Gold::new(10..15, None)];
        let answers = [answer(0..5), answer(10..15), answer(20..25)];
        let drop = Selection { dropped_types: vec!["Demonym".into()], ..Selection::default() };
        let (wanted, judged) = drop.apply(&gold, &answers);
        assert_eq!((wanted.len(), judged.len()), (1, 2));
        assert_eq!(judged[0].span, 10..15);
    }

    #[test]
    fn a_class_leaves_out_the_other_ones() {
        let of = |class: &str, at: usize| Gold { class: Some(class.into()), ..Gold::new(at..at + 2, None) };
        let literal = Selection { class: Some("literal".into()), ..Selection::default() };
        let (wanted, _) =
            literal.apply(&[of("literal", 0), of("associative", 3), Gold::new(6..8, None)], &[]);
        assert_eq!(wanted.len(), 2);
    }
}
