//! Which words of a sentence tell an event.

use std::ops::Range;

use super::grammar::clause::is_word;
use super::grammar::{ChunkKind, Classes, Form, Kinds, Lemma, Parse, Tag};
use super::lexicon::{Condition, Part, Pattern, Set};
use super::scene::Scene;

/// A trigger found in a sentence.
#[derive(Debug, Clone)]
pub struct Trigger<'l> {
    /// What it tells.
    pub pattern: &'l Pattern,
    /// Its words.
    pub words: Range<usize>,
    /// The noun that tells it; `None` where the verb does.
    pub noun: Option<usize>,
    /// The verb that tells it or says that it happens, an index into the sentence's verbs.
    pub verb: Option<usize>,
    /// Chunk of the doer.
    pub actor: Option<usize>,
    /// Chunk of the one it is done to.
    pub recipient: Option<usize>,
}

/// Finds the triggers of a sentence, in order.
pub fn find<'l>(scene: &Scene) -> Vec<Trigger<'l>> {
    let mut out = Vec::new();
    for verb in 0..scene.parse.verbs.len() {
        out.extend(verb_trigger(scene, verb));
    }
    for word in 0..scene.parse.words.len() {
        if let Some(noun) = noun_trigger(scene, word) {
            add_noun(scene, noun, &mut out);
        }
    }
    out.sort_by_key(|t| t.words.start);
    out
}

/// Adds a noun trigger unless a verb trigger tells the same ("a car bomb exploded"); a verb that
/// only says what the noun did gives way ("an explosion killed five").
fn add_noun<'l>(scene: &Scene, noun: Trigger<'l>, out: &mut Vec<Trigger<'l>>) {
    let at = noun.noun.unwrap_or(0);
    if out.iter().any(|t| t.words.contains(&at)) || (noun.pattern.needs_verb && noun.verb.is_none()) {
        return;
    }
    let chunk = scene.parse.chunk_of(at);
    let subject = |t: &Trigger| {
        let verb = t.verb.filter(|_| t.noun.is_none()).map(|v| &scene.parse.verbs[v]);
        verb.filter(|v| v.subject == Some(chunk))
    };
    let of_noun = |t: &Trigger| subject(t).is_some_and(|v| !v.passive);
    let same = |t: &Trigger| t.pattern.event == noun.pattern.event && !only_effect(t.pattern.mode);
    // "the by-election will be held": the noun tells it, and its verb whether it happens.
    let held = |t: &Trigger| t.pattern.event == noun.pattern.event && subject(t).is_some_and(|v| v.passive);
    if noun.verb.is_some() {
        out.retain(|t| !(held(t) && t.verb == noun.verb));
    }
    if let Some(told) = out.iter().position(|t| subject(t).is_some() && same(t)) {
        if out[told].words.start.saturating_sub(at) <= CLOSE {
            // "the fires have blackened": both tell it.
            out[told].words.start = noun.words.start.min(out[told].words.start);
            return;
        }
        if !of_noun(&out[told]) {
            return;
        }
        out.remove(told);
    }
    let mut noun = noun;
    if noun.verb.is_some() {
        let deed = out.iter().find(|t| of_noun(t) && t.verb == noun.verb).map(|t| t.words.clone());
        if let Some(deed) = deed {
            // "Cyclone Freddy took 170 lives": told as one.
            let close = deed.start >= noun.words.end && deed.start - noun.words.end < CLOSE;
            noun.words.end = if close { deed.end } else { noun.words.end };
            out.retain(|t| t.words != deed);
        }
    }
    out.push(noun);
}

/// Words between a noun and its verb that are told as one trigger.
const CLOSE: usize = 5;

/// Modes that tell what another event did.
fn only_effect(mode: &str) -> bool {
    matches!(mode, "kill" | "wound" | "attack" | "destroy" | "shelling")
}

fn verb_trigger<'l>(scene: &Scene, verb: usize) -> Option<Trigger<'l>> {
    let parse = scene.parse;
    let v = &parse.verbs[verb];
    let lemma = parse.words.get(v.head)?.lemma();
    if lemma == Lemma::NONE || parse.words[v.head].kinds().any(Kinds::AUX) {
        return None;
    }
    let window = window(parse, verb);
    for pattern in scene.lexicon.verb(lemma) {
        if let Some(end) = parts_match(scene, verb, pattern, &window)
            && holds(scene, verb, pattern, end)
        {
            return Some(with_roles(scene, verb, pattern, v.head..end.max(v.head + 1)));
        }
    }
    None
}

fn with_roles<'l>(scene: &Scene, verb: usize, pattern: &'l Pattern, words: Range<usize>) -> Trigger<'l> {
    let v = &scene.parse.verbs[verb];
    let (actor, recipient) = if v.passive { (v.agent, v.subject) } else { (v.subject, v.object) };
    let recipient = recipient.filter(|&c| !inside(scene.parse, c, pattern) && !measures(scene, c));
    Trigger { pattern, words, noun: None, verb: Some(verb), actor, recipient }
}

/// Whether the noun group is a part of the trigger itself ("control" in "seized control").
fn inside(parse: &Parse, chunk: usize, pattern: &Pattern) -> bool {
    let Some(group) = parse.chunks.get(chunk) else { return false };
    pattern
        .parts
        .iter()
        .filter(|part| !part.particle)
        .any(|part| noun_at(parse, group.words.clone(), part).is_some())
}

/// Whether the noun group only tells how far or where: "struck 70 km south", "sank off the coast".
fn measures(scene: &Scene, chunk: usize) -> bool {
    let Some(group) = scene.parse.chunks.get(chunk) else { return false };
    let shore =
        || matches!(scene.parse.word(group.head).to_ascii_lowercase().as_str(), "coast" | "shore" | "shores");
    let off = || chunk.checked_sub(1).is_some_and(|c| is_word(scene.parse, c, "off"));
    let named = || scene.parse.words[group.head].mention.is_some();
    group.words.clone().any(|at| is_unit(scene.parse.word(at))) || off() && (shore() || named())
}

/// Units of length.
pub(super) fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 9] =
        ["km", "kilometres", "kilometers", "kilometre", "kilometer", "miles", "mile", "metres", "meters"];
    UNITS.iter().any(|unit| word.eq_ignore_ascii_case(unit))
}

/// The words behind the verb in which the rest of a trigger may stand.
fn window(parse: &Parse, verb: usize) -> Range<usize> {
    let v = &parse.verbs[verb];
    let mut end = v.head + 1;
    for chunk in parse.chunks.iter().skip(v.chunk + 1).take(6) {
        match chunk.kind {
            ChunkKind::Sub | ChunkKind::Rel | ChunkKind::Break | ChunkKind::Verb(_) | ChunkKind::Comma => {
                if end == chunk.words.start && chunk.words.len() > 1 && parse.words[end].tag == Tag::To {
                    end += 1;
                }
                break;
            }
            _ => end = chunk.words.end,
        }
    }
    v.head + 1..end.min(v.head + 12)
}

/// Whether all parts of a trigger stand behind the verb (or, in the passive, in its subject);
/// gives the end of the trigger's words.
fn parts_match(scene: &Scene, verb: usize, pattern: &Pattern, window: &Range<usize>) -> Option<usize> {
    let v = &scene.parse.verbs[verb];
    let mut end = v.head + 1;
    let mut from = window.start;
    for part in &pattern.parts {
        let here = if part.particle {
            particle_at(scene.parse, from, window, part)
                .filter(|&at| infinitive_fits(scene.parse, at, pattern))
        } else {
            noun_at(scene.parse, from..window.end, part).or_else(|| in_subject(scene, verb, part))
        }?;
        if here >= from {
            from = here + 1;
            end = end.max(here + 1);
        }
    }
    Some(end)
}

/// A "to" that begins an infinitive belongs to verbs like "agree to", not to "head to".
fn infinitive_fits(parse: &Parse, at: usize, pattern: &Pattern) -> bool {
    use super::EventType as T;
    parse.words[at].tag != Tag::To
        || !matches!(pattern.event, T::Move | T::Control | T::Consult | T::Cooperate | T::Aid | T::Retreat)
}

/// The first preposition or particle of the window, if it is the one; the "of" inside "hundreds of
/// villagers" is none.
fn particle_at(parse: &Parse, from: usize, window: &Range<usize>, part: &Part) -> Option<usize> {
    let inside = |at: usize| at > from && parse.word(at).eq_ignore_ascii_case("of");
    let first = (from..window.end).find(|&at| {
        matches!(parse.words[at].tag, Tag::Prep | Tag::To | Tag::Sub) && !inside(at)
            || part.any_of.contains(&parse.words[at].lemma())
    })?;
    part.any_of.contains(&parse.words[first].lemma()).then_some(first)
}

fn noun_at(parse: &Parse, range: Range<usize>, part: &Part) -> Option<usize> {
    range.into_iter().find(|&at| {
        let word = &parse.words[at];
        word.lemma() != Lemma::NONE && part.any_of.contains(&word.lemma())
    })
}

fn in_subject(scene: &Scene, verb: usize, part: &Part) -> Option<usize> {
    let v = &scene.parse.verbs[verb];
    let subject = v.subject.filter(|_| v.passive)?;
    let words = scene.parse.chunks.get(subject)?.words.clone();
    noun_at(scene.parse, words, part)
}

fn holds(scene: &Scene, verb: usize, pattern: &Pattern, end: usize) -> bool {
    let v = &scene.parse.verbs[verb];
    let (subject, object) = if v.passive { (v.agent, v.subject) } else { (v.subject, v.object) };
    let of = |chunk: Option<usize>| chunk.map_or(0, |c| scene.classes(c));
    pattern.conditions.iter().all(|condition| match condition {
        Condition::Subject(mask) => of(subject) & mask != 0 || (*mask == Classes::MAX && subject.is_some()),
        Condition::NotSubject(mask) => of(subject) & mask == 0,
        Condition::Object(mask) => of(object) & mask != 0 || (*mask == Classes::MAX && object.is_some()),
        Condition::NotObject(mask) => of(object) & mask == 0,
        Condition::Word(mask) => (scene.words | scene.topic) & mask != 0,
        Condition::NoWord(mask) => scene.words_around(v.head) & mask == 0,
        Condition::Modifier(_) => false,
        Condition::Preposition(any) => preposition_follows(scene.parse, v.head + 1, any),
        Condition::Behind(mask) => behind(scene, end) & mask != 0,
        Condition::NoObject => object.is_none(),
        Condition::AnyObject => object.is_some(),
        Condition::Passive => v.passive,
    })
}

/// The classes of the noun group that the words before `end` lead to.
fn behind(scene: &Scene, end: usize) -> Classes {
    let first = scene.parse.chunk_of(end);
    let noun = (first..first + 2).find(|&c| scene.parse.kind(c) == ChunkKind::Noun);
    noun.map_or(0, |c| scene.classes(c))
}

fn preposition_follows(parse: &Parse, from: usize, any: &[Lemma]) -> bool {
    parse.words[from.min(parse.words.len())..]
        .iter()
        .take(8)
        .take_while(|w| !matches!(w.tag, Tag::Break | Tag::Sub | Tag::Rel | Tag::Comma))
        .any(|w| any.contains(&w.lemma()))
}

/// A noun that tells an event by itself, with the verb that says it happens.
fn noun_trigger<'l>(scene: &Scene, at: usize) -> Option<Trigger<'l>> {
    let parse = scene.parse;
    let word = parse.words.get(at)?;
    if !matches!(word.tag, Tag::Noun | Tag::Name)
        || word.lemma() == Lemma::NONE
        || !word.kinds().any(Kinds::NOUN)
    {
        return None;
    }
    let chunk = parse.chunk_of(at);
    let group = parse.chunks.get(chunk)?;
    let storm = word.tag == Tag::Name;
    if group.kind != ChunkKind::Noun || (group.head != at && !storm) {
        return None;
    }
    let pattern = scene.lexicon.noun(word.lemma()).find(|p| {
        (!storm || p.event == super::EventType::Disaster)
            && modifiers(parse, at, p).is_some()
            && noun_holds(scene, at, p)
    })?;
    let first = modifiers(parse, at, pattern)?;
    Some(carried(scene, chunk, pattern, first..at + 1, at))
}

/// Whether the words that must stand before the noun do; gives the first of them.
fn modifiers(parse: &Parse, at: usize, pattern: &Pattern) -> Option<usize> {
    let mut before = at;
    for part in pattern.parts.iter().rev() {
        before = before.checked_sub(1)?;
        if !part.any_of.contains(&parse.words[before].lemma()) {
            return None;
        }
    }
    Some(before)
}

fn noun_holds(scene: &Scene, at: usize, pattern: &Pattern) -> bool {
    let group = &scene.parse.chunks[scene.parse.chunk_of(at)];
    let before = scene.parse.classes(&(group.words.start..at));
    let own = scene.parse.words[at].entry.classes;
    pattern.conditions.iter().all(|condition| match condition {
        Condition::Word(mask) => {
            scene.topic & mask != 0
                || scene.words & mask != 0
                    && (own & mask == 0 || scene.words & mask & !own != 0 || others(scene, at, *mask))
        }
        Condition::NoWord(mask) => (scene.words_around(at) & mask & !own) == 0,
        Condition::Modifier(mask) => before & mask != 0,
        Condition::Preposition(any) => {
            scene.parse.words.get(at + 1).is_some_and(|next| any.contains(&next.lemma()))
        }
        Condition::Behind(mask) => behind(scene, at + 1) & mask != 0,
        _ => true,
    })
}

/// Whether a word other than `at` has one of the classes.
fn others(scene: &Scene, at: usize, mask: Classes) -> bool {
    scene.parse.words.iter().enumerate().any(|(i, w)| i != at && w.entry.classes & mask != 0)
}

/// Ties a noun to the verb whose object or subject it is, if that says that it happens.
fn carried<'l>(
    scene: &Scene,
    chunk: usize,
    pattern: &'l Pattern,
    words: Range<usize>,
    at: usize,
) -> Trigger<'l> {
    let parse = scene.parse;
    let mut out = Trigger { pattern, words, noun: Some(at), verb: None, actor: None, recipient: None };
    let finite_first = [true, false].into_iter().flat_map(|finite| {
        parse.verbs.iter().enumerate().filter(move |(_, v)| (v.form == Form::Finite) == finite)
    });
    for (index, v) in finite_first {
        let verb = parse.words[v.head].lemma();
        let is = |set| scene.lexicon.sets.has(set, verb);
        let object = v.object == Some(chunk) || (v.passive && v.subject == Some(chunk));
        if object && is(Set::Light) {
            out.verb = Some(index);
            out.actor = if v.passive { v.agent } else { v.subject };
            out.words = match v.head < at {
                true if !v.passive && at - v.head < 6 => v.head.min(out.words.start)..at + 1,
                // "a curfew was imposed".
                false if v.passive && v.head - at <= CLOSE => out.words.start..v.head + 1,
                _ => out.words,
            };
            return out;
        }
        if scene.lexicon.sets.has(Set::Toll, verb) && took_toll(parse, v.chunk, chunk) {
            out.verb = Some(index);
            return out;
        }
        if v.subject == Some(chunk) && !v.passive && is(Set::Occur) && v.form != Form::Participle {
            out.verb = Some(index);
            out.recipient = v.object.filter(|_| is(Set::Toll));
            let near = v.head > at && v.head - at < 4 && v.object.is_none();
            out.words = if near { out.words.start..v.head + 1 } else { out.words };
            return out;
        }
    }
    out.actor = doer_of_noun(parse, chunk);
    out
}

/// "nine people died in the blaze": only phrases between the verb and what took the toll.
fn took_toll(parse: &Parse, verb: usize, noun: usize) -> bool {
    let cause = noun >= 1
        && parse.kind(noun - 1) == ChunkKind::Prep
        && matches!(
            parse.word(parse.chunks[noun - 1].head).to_ascii_lowercase().as_str(),
            "in" | "by" | "from" | "after" | "during" | "when"
        );
    cause
        && verb < noun
        && (verb + 1..noun).all(|at| {
            matches!(
                parse.kind(at),
                ChunkKind::Prep | ChunkKind::Noun | ChunkKind::Time | ChunkKind::Adv | ChunkKind::Adj
            )
        })
}

/// "the attack by militants", "Israel's attack on": the doer told with the noun.
fn doer_of_noun(parse: &Parse, chunk: usize) -> Option<usize> {
    let by = chunk + 1;
    let next = parse.chunks.get(by)?;
    (next.kind == ChunkKind::Prep
        && parse.word(next.head).eq_ignore_ascii_case("by")
        && parse.kind(by + 1) == ChunkKind::Noun)
        .then_some(by + 1)
}

/// The one behind "with", "to" or "against" to whom the trigger's deed is done.
pub fn behind_preposition(parse: &Parse, trigger: &Trigger) -> Option<usize> {
    use super::EventType as T;
    let words: &[&str] = match trigger.pattern.event {
        T::Consult | T::Cooperate | T::Agree => &["with"],
        T::Assault | T::Protest | T::Sanction | T::Accuse | T::Threaten => &["against", "on", "with", "at"],
        T::Aid | T::Support | T::Retreat | T::Control => &["to"],
        T::Request => &["from", "to", "on"],
        _ => return None,
    };
    let end = parse.chunk_of(trigger.words.end.saturating_sub(1));
    for at in end..(end + 6).min(parse.chunks.len()) {
        match parse.kind(at) {
            ChunkKind::Sub | ChunkKind::Break | ChunkKind::Rel => return None,
            ChunkKind::Verb(_) if at > end => return None,
            ChunkKind::Prep
                if words.contains(&parse.word(parse.chunks[at].head).to_ascii_lowercase().as_str()) =>
            {
                // "threatened to shut the crossing at Tambo Quemado": where, not whom.
                let where_to = is_word(parse, at, "at") && names_place(parse, at + 1);
                return (parse.kind(at + 1) == ChunkKind::Noun && !where_to).then_some(at + 1);
            }
            _ => {}
        }
    }
    None
}

/// Whether the head of a noun group belongs to a mention.
fn names_place(parse: &Parse, chunk: usize) -> bool {
    parse.chunks.get(chunk).is_some_and(|c| parse.words.get(c.head).is_some_and(|w| w.mention.is_some()))
}
