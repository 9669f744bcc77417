//! Which found event is which event of the gold.

use std::ops::Range;

use super::gold::GoldEvent;
use crate::events::{Event, EventType};

/// What the comparison makes of the found events and of the gold's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// For each event of the gold, the found one that tells it with an accepted type.
    pub found: Vec<Option<usize>>,
    /// For each event of the gold, a found one at its trigger with another type.
    pub mistyped: Vec<Option<usize>>,
    /// Found events that tell nothing the gold has.
    pub spurious: Vec<usize>,
}

/// Matches by overlapping triggers and an accepted type; each event is used once.
pub fn matching(gold: &[GoldEvent], found: &[Event]) -> Matching {
    let mut out =
        Matching { found: vec![None; gold.len()], mistyped: vec![None; gold.len()], spurious: Vec::new() };
    let mut used = vec![false; found.len()];
    for required in [true, false] {
        for (g, event) in gold.iter().enumerate().filter(|(_, e)| e.optional != required) {
            let fits = |(f, e): &(usize, &Event)| {
                !used[*f] && overlap(&e.trigger, &event.bytes) && accepts(event, e.kind)
            };
            if let Some((f, _)) = found.iter().enumerate().find(fits) {
                used[f] = true;
                out.found[g] = Some(f);
            }
        }
    }
    for (f, event) in found.iter().enumerate().filter(|(f, _)| !used[*f]) {
        let here = |(_, e): &(usize, &GoldEvent)| overlap(&e.bytes, &event.trigger);
        match gold.iter().enumerate().find(here) {
            Some((g, e)) if out.found[g].is_none() && !e.optional => {
                out.mistyped[g] = out.mistyped[g].or(Some(f));
                out.spurious.push(f);
            }
            Some(_) => {}
            None if is_toll_of_another(event, gold, &out) => {}
            None => out.spurious.push(f),
        }
    }
    out
}

/// A toll told in the sentence of the event that took it: part of that event.
fn is_toll_of_another(event: &Event, gold: &[GoldEvent], matching: &Matching) -> bool {
    let toll = matches!(event.mode, Some("kill" | "wound" | "die" | "drown" | "displace"));
    let told = |(g, e): (usize, &GoldEvent)| {
        e.passage.contains(&event.trigger.start)
            && matching.found[g].is_some()
            && (e.killed.is_some() || e.wounded.is_some())
    };
    toll && gold.iter().enumerate().any(told)
}

fn accepts(gold: &GoldEvent, kind: EventType) -> bool {
    gold.kind == kind.name() || gold.also_types.iter().any(|t| t == kind.name())
}

/// Whether two ranges share a byte.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
