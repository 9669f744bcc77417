//! From an article and its places to its events.

use std::ops::Range;

use jiff::civil::Date;

use super::grammar::{ChunkKind, Classes, Entry, Form, Parse, Tag};
use super::lexicon::{Lexicon, Set};
use super::placing::{self, Placed};
use super::syntax::{Relation, Scratch, Syntax};
use super::trigger::{self, Scene, Trigger};
use super::{DatePrecision, Event, EventDate, EventPlace, EventType, PlaceBasis, Size, Span, Status};
use super::{attribution, fallback, modality, roles, sizes, story, when};
use crate::article::Article;
use crate::article::segment::Segmentation;
use crate::places::Mention;

/// An event below this confidence is not told.
pub const LEAST_CONFIDENCE: f32 = 0.4;

/// Longer sentences are no prose: they are read by the shallow grammar alone.
const LONGEST_PARSED: usize = 300;

/// The logistic curve of the confidence; in five-fold cross-validation its expected calibration
/// error is 0.038.
const LEVEL: f32 = 1.986;
/// Its slope.
const SLOPE: f32 = 2.967;

/// Finds the events an article tells, in order of their triggers.
///
/// `mentions` are the places of the article in order of the text; their roles are refined: a
/// mention where something happens becomes [`crate::places::Role::Event`], a goal of a movement
/// `Destination`, its start `Origin`, an acting government `Actor`.
pub fn extract(article: &Article, segmentation: &Segmentation, mentions: &mut [Mention]) -> Vec<Event> {
    let lexicon = Lexicon::bundled();
    let of_token = mentions_of_tokens(segmentation, mentions);
    let entries: Vec<Entry> =
        segmentation.tokens.iter().map(|t| lexicon.vocabulary.look_up(t.of(&article.text))).collect();
    let register = register(&entries, lexicon);
    let anchor = article.published.or_else(|| when::dateline(&article.text));
    let mut told = None;
    let (syntax, mut scratch) = (Syntax::bundled(), Scratch::default());
    let mut out = Vec::new();
    for sentence in 0..segmentation.sentences.len() {
        let range = segmentation.sentences[sentence].clone();
        let (Some(tokens), Some(owners), Some(entries)) =
            (segmentation.tokens.get(range.clone()), of_token.get(range.clone()), entries.get(range))
        else {
            continue;
        };
        if !entries.iter().any(|e| lexicon.tells(e.lemma)) {
            continue;
        }
        // The shallow grammar says first whether anything is told here: the tree costs far more.
        let shallow = Parse::new(&article.text, tokens, owners, entries, None);
        if trigger::find(&Scene::new(&shallow, mentions, lexicon, register)).is_empty() {
            continue;
        }
        let tree =
            (tokens.len() <= LONGEST_PARSED).then(|| syntax.parse(&article.text, tokens, &mut scratch));
        let parse = Parse::new(&article.text, tokens, owners, entries, tree);
        let scene = Scene::new(&parse, mentions, lexicon, register);
        let mut found = of_sentence(&scene, anchor, &mut told, sentence, segmentation);
        roles::refine(&parse, &found, mentions);
        out.append(&mut found);
    }
    out.sort_by_key(|f| (f.event.trigger.start, f.event.trigger.end));
    story::refer(&mut out);
    story::date(&mut out, segmentation, anchor);
    let events = fallback::place(out, &article.text, segmentation, mentions);
    roles::settle(&events, mentions);
    events
}

/// An event with what later steps need to know beside it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The event.
    pub event: Event,
    /// Its places in the sentence.
    pub placed: Placed,
    /// Whether its sentence tells its day.
    pub own_date: bool,
    /// Told in a past tense, or in a headline: as old as the story.
    pub past: bool,
    /// A noun that points back: "the attack".
    pub definite: bool,
}

/// Which mention each token belongs to: the longest where they overlap.
fn mentions_of_tokens(segmentation: &Segmentation, mentions: &[Mention]) -> Vec<Option<u32>> {
    let mut out = vec![None; segmentation.tokens.len()];
    let length = |m: u32| mentions.get(m as usize).map_or(0, |m| m.range.len());
    for (index, mention) in mentions.iter().enumerate() {
        let index = index as u32;
        for token in segmentation.tokens_in(&mention.range) {
            if let Some(slot) = out.get_mut(token)
                && slot.is_none_or(|old| length(old) < length(index))
            {
                *slot = Some(index);
            }
        }
    }
    out
}

/// The classes that the whole article is full of: 2 words in 100 of sport make a sports report.
fn register(entries: &[Entry], lexicon: &Lexicon) -> Classes {
    let kinds = [lexicon.class("sport"), lexicon.class("market")];
    let full = |kind: Classes| {
        let count = entries.iter().filter(|e| e.classes & kind != 0).count();
        count >= 4 && count * 50 >= entries.len()
    };
    kinds.into_iter().filter(|kind| full(*kind)).fold(0, |all, kind| all | kind)
}

fn of_sentence(
    scene: &Scene,
    anchor: Option<Date>,
    told: &mut Option<Date>,
    sentence: usize,
    segmentation: &Segmentation,
) -> Vec<Found> {
    let parse = scene.parse;
    let triggers = trigger::find(scene);
    if triggers.is_empty() {
        return Vec::new();
    }
    let attributions = attribution::find(parse, scene.lexicon);
    let times = when::find(parse, anchor, *told);
    let mut days = times.iter().map(|t| t.date).filter(|d| d.precision == DatePrecision::Day);
    *told = days.next_back().map(|d| d.start).or(*told);
    let question = parse.words.last().is_some_and(|w| w.tag == Tag::Stop) && parse.text_ends_with('?');
    let mut out: Vec<Found> = Vec::new();
    for (index, trigger) in triggers.iter().enumerate() {
        let placed = placing::place(parse, scene.mentions, trigger, &triggers);
        if !tells(scene, trigger, &placed) {
            continue;
        }
        let plain = modality::status(parse, trigger, scene.lexicon);
        if told_above(parse, trigger, &triggers, plain) {
            continue;
        }
        let at = trigger.verb.map_or(trigger.words.start, |v| parse.verbs[v].head);
        let (status, source) = modality::heard(plain, at, &attributions);
        let dated = date(parse, anchor, &times, trigger, &triggers, plain);
        let event = Event {
            kind: trigger.pattern.event,
            mode: Some(trigger.pattern.mode),
            status,
            actors: actors(parse, trigger, source),
            recipients: recipients(parse, trigger, &placed),
            attributed_to: source.filter(|s| !s.source.is_empty()).map(|s| parse.span(&s.source)),
            place: placed.place.map(|(mention, basis)| EventPlace { mention, basis }),
            origin: placed.origin,
            destination: placed.destination,
            date: dated.0,
            trigger: parse.span(&trigger.words),
            sentence,
            passage: segmentation.sentence_bytes(sentence),
            confidence: confidence(trigger, &placed, status, question),
            size: sizes::sizes(parse, reach(parse, &triggers, index)),
        };
        let (past, definite) = (is_past(parse, trigger), points_back(parse, trigger));
        out.push(Found { event, placed, own_date: dated.1, past, definite });
    }
    merge_tolls(&mut out);
    out.retain(|f| f.event.confidence >= LEAST_CONFIDENCE);
    out
}

/// The doers; where hearsay names its source behind "from", that one.
fn actors(parse: &Parse, trigger: &Trigger, source: Option<&attribution::Attribution>) -> Vec<Span> {
    match source {
        Some(s) if s.hearsay && !s.source.is_empty() => vec![parse.span(&s.source)],
        _ => people(parse, trigger.actor),
    }
}

/// Those it is done to; a place that is taken or reached is no recipient but where it happens.
fn recipients(parse: &Parse, trigger: &Trigger, placed: &Placed) -> Vec<Span> {
    let settled = |c: usize| parse.chunks.get(c).is_some_and(|g| parse.words[g.head].mention.is_some());
    let taken = matches!(trigger.pattern.event, EventType::Control | EventType::Move)
        || trigger.pattern.mode == "visit";
    let direct = trigger
        .recipient
        .filter(|&c| !(taken && settled(c) && (placed.place.is_some() || placed.origin.is_some())));
    let given = trigger.pattern.mode == "surrender";
    match direct {
        Some(_) if !given => people(parse, direct),
        _ => people(parse, trigger::behind_preposition(parse, trigger).or(direct)),
    }
}

/// Types that are words rather than deeds: told of what is not said, they tell nothing.
pub(super) fn soft(event: EventType) -> bool {
    matches!(
        event,
        EventType::Agree
            | EventType::Consult
            | EventType::Support
            | EventType::Cooperate
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
    )
}

/// What another trigger already tells: "refused to give up power" is a refusal alone, "tried to
/// calm them, promising …" one event.
fn told_above(parse: &Parse, trigger: &Trigger, others: &[Trigger], status: Status) -> bool {
    let Some(verb) = trigger.verb.filter(|_| trigger.noun.is_none()).map(|v| &parse.verbs[v]) else {
        return false;
    };
    let governor = verb.governor.map(|g| parse.word(parse.verbs[g].head).to_ascii_lowercase());
    if status == Status::Negated
        && matches!(governor.as_deref(), Some("allowed" | "permitted" | "allow" | "permit"))
    {
        return true;
    }
    if status == Status::Negated && !verb.negated && soft(trigger.pattern.event) {
        return true;
    }
    let above = verb.governor.and_then(|g| others.iter().find(|t| t.verb == Some(g) && t.noun.is_none()));
    let Some(above) = above else { return false };
    (above.pattern.event == EventType::Reject && status == Status::Negated)
        || (verb.form == Form::Gerund && soft(trigger.pattern.event))
}

/// Whether the trigger tells an event at all: a bare noun does so only with a place of its own.
fn tells(scene: &Scene, trigger: &Trigger, placed: &Placed) -> bool {
    let nobody = trigger.actor.is_none() && trigger.recipient.is_none() && trigger.noun.is_none();
    let lonely =
        nobody && placed.place.is_none() && placed.destination.is_none() && trigger.pattern.parts.is_empty();
    if lonely && !trigger.verb.is_some_and(|v| scene.parse.verbs[v].passive) {
        return hard(trigger.pattern.event);
    }
    if trigger.noun.is_none() || trigger.verb.is_some() {
        return true;
    }
    let by_noun =
        placed.place.is_some_and(|(_, basis)| basis == PlaceBasis::Argument) || trigger.actor.is_some();
    (by_noun || elaborated(scene.parse, trigger)) && !trigger.pattern.needs_verb
}

/// A noun that is told of as a happening: "after the blast", "the shelling of a depot", in a headline.
fn elaborated(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(noun) = trigger.noun else { return false };
    let chunk = parse.chunk_of(noun);
    let word = |at: usize| parse.chunks.get(at).map_or("", |c| parse.word(c.head)).to_ascii_lowercase();
    let before = chunk.checked_sub(1).map(word).unwrap_or_default();
    let behind = word(chunk + 1);
    let timed = matches!(before.as_str(), "after" | "since" | "during" | "following" | "amid" | "before");
    timed
        || parse.kind(chunk + 1) == ChunkKind::Time
        || matches!(behind.as_str(), "of" | "on" | "against" | "between" | "by")
            && parse.kind(chunk + 2) == ChunkKind::Noun
        || parse.headline && hard(trigger.pattern.event)
}

/// Types that are told by a bare word: nobody says "attack" of anything else.
fn hard(event: EventType) -> bool {
    matches!(event, EventType::Assault | EventType::Disaster | EventType::Accident | EventType::Outbreak)
}

/// The noun groups of a chunk and those joined to it: "Russia and Ukraine".
fn people(parse: &Parse, chunk: Option<usize>) -> Vec<Span> {
    let Some(first) = chunk else { return Vec::new() };
    let mut groups = vec![first];
    let mut at = first;
    while groups.len() < 4 && at >= 2 {
        let joined = matches!(parse.kind(at - 1), ChunkKind::Coord) && parse.kind(at - 2) == ChunkKind::Noun;
        let free = at < 3 || !matches!(parse.kind(at - 3), ChunkKind::Prep | ChunkKind::Verb(_));
        if !(joined && free) {
            break;
        }
        at -= 2;
        groups.insert(0, at);
    }
    let end = parse.chunk_of(parse.phrase(first).end);
    if parse.kind(end) == ChunkKind::Coord
        && parse.kind(end + 1) == ChunkKind::Noun
        && !matches!(parse.kind(end + 2), ChunkKind::Verb(v) if parse.verbs[v].form == Form::Finite && parse.verbs[v].subject != Some(first))
    {
        groups.push(end + 1);
    }
    groups
        .into_iter()
        .map(|c| parse.span(&trimmed(parse, parse.phrase(c))))
        .filter(|s| !s.is_empty())
        .collect()
}

/// A phrase of at most 14 words.
fn trimmed(parse: &Parse, words: Range<usize>) -> Range<usize> {
    let mut words = words;
    while words.end > words.start && matches!(parse.words[words.end - 1].tag, Tag::Genitive | Tag::Adv) {
        words.end -= 1;
    }
    words.start..words.end.min(words.start + 14)
}

/// The words whose numbers belong to a trigger: up to the next trigger, from the start for the first.
fn reach(parse: &Parse, triggers: &[Trigger], index: usize) -> Range<usize> {
    let start = if index == 0 { 0 } else { triggers[index].words.start };
    let next =
        triggers.iter().skip(index + 1).map(|t| t.words.start).find(|&s| s > triggers[index].words.start);
    start..next.unwrap_or(parse.words.len())
}

/// Whether a trigger is told in a past tense, by a noun or in a headline.
fn is_past(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(verb) = trigger.verb.map(|v| &parse.verbs[v]) else { return true };
    let group = &parse.chunks[verb.chunk].words;
    let perfect = group.clone().any(|w| {
        matches!(parse.word(w).to_ascii_lowercase().as_str(), "has" | "have" | "'ve" | "’ve" | "is" | "are")
    });
    parse.headline || !(perfect || verb.present)
}

/// "the attack", "that fighting": a noun that was told of before.
fn points_back(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(noun) = trigger.noun else { return false };
    let first = parse.chunks.get(parse.chunk_of(noun)).map_or(noun, |c| c.words.start);
    matches!(parse.word(first).to_ascii_lowercase().as_str(), "the" | "that" | "this" | "these" | "those")
}

/// The time expression nearest to the trigger, else the publication date as the latest day; and
/// whether the sentence told it.
fn date(
    parse: &Parse,
    anchor: Option<Date>,
    times: &[when::When],
    trigger: &Trigger,
    others: &[Trigger],
    status: Status,
) -> (Option<EventDate>, bool) {
    let at = trigger.words.start;
    let between = |w: &&when::When| {
        let (from, to) = if w.words.start > at { (at, w.words.start) } else { (w.words.end, at) };
        let crossed = others.iter().filter(|o| o.words.start > from && o.words.start < to).count();
        (tied(parse, w, trigger, others), crossed + breaks(parse, from, to), to.saturating_sub(from))
    };
    let foreign = |w: &&when::When| tied(parse, w, trigger, others) > 2;
    if let Some(nearest) = times.iter().filter(|w| !foreign(w)).min_by_key(between) {
        let planned = matches!(status, Status::Planned | Status::Hypothetical);
        return (Some(if planned { when::ahead(nearest, parse, anchor) } else { nearest.date }), true);
    }
    let happened = matches!(status, Status::Completed | Status::Ongoing | Status::Claimed);
    (anchor.filter(|_| happened).map(EventDate::published), false)
}

/// How closely the tree ties a time to a trigger: 0 its own, 1 of the same clause, 2 of another
/// event, 3 of a verb of saying above it.
fn tied(parse: &Parse, when: &when::When, trigger: &Trigger, others: &[Trigger]) -> usize {
    if parse.tree.is_none() {
        return 1;
    }
    let holds = |t: &Trigger, word: usize| {
        t.words.contains(&word) || t.verb.is_some_and(|v| parse.verbs[v].head == word)
    };
    let of_event = |word: usize| others.iter().any(|t| holds(t, word));
    let owner = parse
        .ancestors(when.words.end.saturating_sub(1))
        .filter(|w| !when.words.contains(w))
        .find(|&w| parse.words[w].tag == Tag::Verb || of_event(w));
    let Some(owner) = owner else { return 1 };
    if holds(trigger, owner) {
        return 0;
    }
    let head = trigger.verb.map_or(trigger.words.start, |v| parse.verbs[v].head);
    let below = parse.ancestors(head).any(|w| w == owner);
    if Lexicon::bundled().sets.has(Set::Say, parse.words[owner].lemma()) && !of_event(owner) {
        return 3;
    }
    let joined = parse.above(owner) == Some(head) && parse.relation(owner) == Some(Relation::Conj);
    match (below || joined, of_event(owner)) {
        (true, _) => 1,
        (false, true) => 3,
        (false, false) => 2,
    }
}

/// How many clause borders lie between two words.
fn breaks(parse: &Parse, from: usize, to: usize) -> usize {
    let between = parse.chunks.iter().filter(|c| c.words.start >= from && c.words.end <= to);
    between
        .filter(|c| matches!(c.kind, ChunkKind::Comma | ChunkKind::Sub | ChunkKind::Rel | ChunkKind::Break))
        .count()
}

/// How likely the reading is right, 0 to 1: a sum over what speaks for it, turned into a
/// probability by a logistic curve that was fitted to the annotated articles 01 to 20.
///
/// Base: 0.80 for a trigger of several words or with conditions met, 0.68 for one word, 0.70 for
/// a noun with a verb that says it happens, 0.52 for a bare noun. Added: 0.08 for a place tied by
/// the grammar, 0.06 for a doer. Taken off: 0.12 where neither doer nor recipient is told. A
/// question halves it.
fn confidence(trigger: &Trigger, placed: &Placed, status: Status, question: bool) -> f32 {
    let rich = !trigger.pattern.parts.is_empty() || !trigger.pattern.conditions.is_empty();
    let mut sum: f32 = match (trigger.noun, trigger.verb) {
        (None, _) if rich => 0.80,
        (None, _) => 0.68,
        (Some(_), Some(_)) => 0.70,
        (Some(_), None) => 0.52,
    };
    if placed.place.is_some() || placed.destination.is_some() {
        sum += 0.08;
    }
    if trigger.actor.is_some() {
        sum += 0.06;
    } else if trigger.recipient.is_none() && trigger.noun.is_none() {
        sum -= 0.12;
    }
    if status == Status::Hypothetical {
        sum -= 0.08;
    }
    let sure = 1.0 / (1.0 + (-(LEVEL + SLOPE * (sum - 0.8))).exp());
    if question { sure * 0.5 } else { sure }
}

/// "A bomb exploded, killing twelve" is one event: the toll goes to the event that took it.
fn merge_tolls(found: &mut Vec<Found>) {
    let toll = |f: &Found| f.event.mode.is_some_and(|m| matches!(m, "kill" | "wound"));
    let cause =
        found.iter().position(|f| !toll(f) && hard(f.event.kind) && f.event.status != Status::Negated);
    let Some(cause) = cause else { return };
    let mut size: Option<Size> = None;
    let mut recipients = Vec::new();
    for f in found.iter().filter(|f| toll(f)) {
        size = larger(size, f.event.size);
        if recipients.is_empty() {
            recipients.clone_from(&f.event.recipients);
        }
    }
    let event = &mut found[cause].event;
    event.size = larger(event.size, size);
    if event.recipients.is_empty() {
        event.recipients = recipients;
    }
    let keep = found[cause].event.trigger.clone();
    found.retain(|f| !toll(f) || f.event.trigger == keep);
}

fn larger(a: Option<Size>, b: Option<Size>) -> Option<Size> {
    let (Some(a), Some(b)) = (a, b) else { return a.or(b) };
    Some(Size {
        killed: a.killed.max(b.killed),
        wounded: a.wounded.max(b.wounded),
        arrested: a.arrested.max(b.arrested),
    })
}
