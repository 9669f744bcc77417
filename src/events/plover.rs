//! A sentence in PLOVER's own terms: its principal event, under one of the sixteen types.
//!
//! PLOVER codes what is announced, demanded or refused as a deed of words (AGREE, THREATEN, REQUEST,
//! REJECT) and has no type for elections, accidents and the like; codebook version 0.8. The program
//! itself keeps the type of the deed and tells the rest by its [`Status`].

use super::grammar::Vocabulary;
use super::lexicon::{Lexicon, Set};
use super::syntax::{Relation, Scratch, Syntax, Tree};
use super::{Event, EventType, Status};
use crate::article::segment::Token;

/// The event that a sentence is about and its PLOVER type; `None` where no event has one.
///
/// `tokens` are those of the sentence, `events` those found in it. What stands in the main clause
/// or is said there goes before what hangs below, an event with a doer before one without.
pub fn principal<'e>(text: &str, tokens: &[Token], events: &'e [Event]) -> Option<(&'e Event, EventType)> {
    let mut scratch = Scratch::default();
    let tree = Syntax::bundled().parse(text, tokens, &mut scratch);
    let coded = events.iter().filter_map(|e| {
        let word = main_word(tree, tokens, e)?;
        Some((e, coded(e, demanded(text, tree, word))?, depth(tree, word)))
    });
    let first = coded.min_by(|a, b| {
        let rank =
            |(e, _, depth): &(&Event, EventType, f32)| depth + if e.actors.is_empty() { 0.3 } else { 0.0 };
        rank(a).total_cmp(&rank(b)).then(a.0.trigger.start.cmp(&b.0.trigger.start))
    });
    first.map(|(e, kind, _)| (e, kind))
}

/// The word of the trigger that stands highest in the tree.
fn main_word(tree: &Tree, tokens: &[Token], event: &Event) -> Option<usize> {
    let inside = |t: &Token| event.trigger.start <= t.start as usize && (t.end as usize) <= event.trigger.end;
    let first = tokens.iter().position(inside)?;
    let last = tokens.iter().rposition(inside)?;
    tree.words_of_tokens(&(first..last + 1)).min_by_key(|&w| above(tree, w).count())
}

/// The words above a word, nearest first.
fn above(tree: &Tree, word: usize) -> impl Iterator<Item = usize> + '_ {
    let up = |w: usize| tree.words().get(w).and_then(|w| w.head).map(usize::from);
    std::iter::successors(up(word), move |&w| up(w)).take(tree.words().len())
}

/// How far below the main clause a word hangs: 0 in it, or in what somebody says there.
fn depth(tree: &Tree, word: usize) -> f32 {
    let mut sum = 0.0;
    for at in std::iter::once(word).chain(above(tree, word)) {
        let Some(here) = tree.words().get(at) else { break };
        let said = || here.head.is_some_and(|h| says(tree, usize::from(h)));
        sum += match here.relation {
            Relation::Root | Relation::Parataxis | Relation::Aux | Relation::Cop => 0.0,
            Relation::Ccomp | Relation::Xcomp if said() => 0.0,
            Relation::Conj => 0.3,
            Relation::Xcomp | Relation::Obj | Relation::Nsubj | Relation::NsubjPass => 0.6,
            Relation::Ccomp | Relation::Csubj | Relation::Obl => 1.0,
            _ => 1.6,
        };
    }
    sum
}

fn says(tree: &Tree, word: usize) -> bool {
    let lexicon = Lexicon::bundled();
    let lemma = Vocabulary::lemma_of(&lexicon.vocabulary, tree.lemma(word));
    lexicon.sets.has(Set::Say, lemma)
}

/// Whether the clause says what somebody must do.
fn demanded(text: &str, tree: &Tree, word: usize) -> bool {
    let must = |w: usize| {
        tree.children(w).any(|c| {
            let aux = tree.words().get(c).is_some_and(|c| c.relation == Relation::Aux);
            aux && tree.words().get(c).is_some_and(|c| matches!(c.of(text), "must" | "should" | "ought"))
        })
    };
    must(word)
        || tree
            .words()
            .get(word)
            .is_some_and(|w| w.relation == Relation::Xcomp && w.head.is_some_and(|h| must(usize::from(h))))
}

/// The PLOVER type of an event.
fn coded(event: &Event, demanded: bool) -> Option<EventType> {
    use EventType as T;
    let deed = deed(event)?;
    let ahead = matches!(event.status, Status::Planned | Status::Hypothetical);
    Some(match deed {
        T::Request | T::Accuse | T::Reject | T::Threaten => deed,
        _ if demanded && ahead => T::Request,
        T::Protest | T::Sanction | T::Mobilize | T::Coerce | T::Assault if ahead => T::Threaten,
        T::Protest | T::Sanction | T::Mobilize | T::Coerce | T::Assault => deed,
        _ if event.status == Status::Planned => T::Agree,
        _ if event.status == Status::Negated => T::Reject,
        _ => deed,
    })
}

/// The deed as the codebook sorts it: treaties and ties are SUPPORT, joint manoeuvres COOPERATE,
/// resigning, access and release RETREAT, what happens to property COERCE.
fn deed(event: &Event) -> Option<EventType> {
    use EventType as T;
    Some(match (event.kind, event.mode.unwrap_or("")) {
        (T::Control, "surrender") | (T::Control, "open_border") => T::Retreat,
        (T::Concede, "resign" | "release" | "return") => T::Retreat,
        (T::Control, "close_border") | (T::Assault, "arson" | "destroy") => T::Coerce,
        (T::Crime, "vandalism") => T::Coerce,
        (T::Cooperate, "sign" | "ties") | (T::Concede, "admit") => T::Support,
        (T::Mobilize, "joint_exercise") => T::Cooperate,
        (T::Coerce, "convict" | "charge") => T::Accuse,
        (T::Control, _) => T::Assault,
        (T::Move, "evacuate") => T::Retreat,
        (T::Move | T::Disaster | T::Accident | T::Crime | T::Outbreak | T::Election, _) => return None,
        (kind, _) => kind,
    })
}
