//! Whether a trigger tells an event at all: not a habit, not a bare noun, not what another trigger tells.

use super::context::Kinds;
use super::extract::soft;
use super::grammar::{self, ChunkKind, Form, Parse, Tag};
use super::placing::Placed;
use super::scene::Scene;
use super::trigger::Trigger;
use super::{EventType, PlaceBasis, Status};

/// What another trigger already tells: "refused to give up power" is a refusal alone, "tried to
/// calm them, promising …" one event.
pub(super) fn told_above(parse: &Parse, trigger: &Trigger, others: &[Trigger], status: Status) -> bool {
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

/// Whether the trigger tells an event at all: a bare noun does so only with a place of its own, or
/// where it points back to what was told.
pub(super) fn tells(scene: &Scene, trigger: &Trigger, placed: &Placed, kinds: &Kinds) -> bool {
    // Who dies of nothing that was told may have died of age.
    if is_habit(scene.parse, trigger) || trigger.pattern.mode == "die" && !kinds.took_lives() {
        return false;
    }
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
    let back = || {
        let kind = trigger.pattern.event;
        hard(kind)
            && kinds.has(kind)
            && matches!(article_of(scene.parse, trigger).as_str(), "the" | "that" | "this")
            && points_back(scene.parse, trigger)
    };
    (by_noun || elaborated(scene.parse, trigger) || back()) && !trigger.pattern.needs_verb
}

/// "Accidents at sea are frequent", "floods often cut the road", "every colonel promises": told of no
/// one day.
fn is_habit(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(verb) = trigger.verb.map(|v| &parse.verbs[v]).filter(|v| v.form == Form::Finite) else {
        return false;
    };
    let head = &parse.words[verb.head];
    let words = parse.chunks.get(verb.chunk).map_or(0..0, |c| c.words.clone());
    let first = words.clone().find(|&at| parse.words[at].tag != Tag::Adv);
    let now = first.is_some_and(|at| {
        let word = parse.word(at);
        verb.present || ["is", "are", "does", "do"].iter().any(|w| word.eq_ignore_ascii_case(w))
    });
    if !now || parse.headline {
        return false;
    }
    let state =
        head.kinds().any(grammar::Kinds::BE) && trigger.noun.is_some_and(|at| is_bare_plural(parse, at));
    let near = words.start.saturating_sub(1)..(words.end + 12).min(parse.words.len());
    let each = verb.subject.and_then(|s| parse.chunks.get(s)).map(|c| parse.word(c.words.start));
    let each = each.is_some_and(|w| w.eq_ignore_ascii_case("every") || w.eq_ignore_ascii_case("each"));
    state
        || each && verb.present
        || near.clone().any(|at| is_now_and_then(parse.word(at)))
        || near.clone().any(|at| is_every_year(parse, at))
}

/// "accidents", "gas explosions": a plural without an article or a number.
fn is_bare_plural(parse: &Parse, noun: usize) -> bool {
    let Some(group) = parse.chunks.get(parse.chunk_of(noun)) else { return false };
    let bare = group.words.clone().all(|at| matches!(parse.words[at].tag, Tag::Noun | Tag::Adj));
    bare && parse.word(noun).to_ascii_lowercase().ends_with('s')
}

fn is_now_and_then(word: &str) -> bool {
    const HABITS: [&str; 10] = [
        "often",
        "usually",
        "frequently",
        "typically",
        "commonly",
        "regularly",
        "rarely",
        "seldom",
        "occasionally",
        "routinely",
    ];
    HABITS.iter().any(|habit| word.eq_ignore_ascii_case(habit))
}

/// "every year", "each summer".
fn is_every_year(parse: &Parse, at: usize) -> bool {
    let every = ["every", "each"].iter().any(|w| parse.word(at).eq_ignore_ascii_case(w));
    let unit = parse.word(at + 1).to_ascii_lowercase();
    every
        && matches!(
            unit.as_str(),
            "year"
                | "day"
                | "week"
                | "month"
                | "night"
                | "summer"
                | "winter"
                | "spring"
                | "autumn"
                | "season"
                | "time"
        )
}

/// "the strike" as a subject or an object: no part of a longer phrase ("the fire brigade", "the end of the war").
fn points_back(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(noun) = trigger.noun else { return false };
    let chunk = parse.chunk_of(noun);
    parse.verbs.iter().any(|v| v.subject == Some(chunk) || v.object == Some(chunk))
}

/// A noun that is told of as a happening: "after the blast", "the shelling of a depot", in a headline.
fn elaborated(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(noun) = trigger.noun else { return false };
    let chunk = parse.chunk_of(noun);
    let word = |at: usize| parse.chunks.get(at).map_or("", |c| parse.word(c.head)).to_ascii_lowercase();
    let before = chunk.checked_sub(1).map(word).unwrap_or_default();
    let behind = word(chunk + 1);
    let timed = matches!(before.as_str(), "after" | "since" | "during" | "following" | "amid" | "before")
        || before == "of" && chunk >= 2 && parse.kind(chunk - 2) == ChunkKind::Time;
    let there = matches!(before.as_str(), "was" | "were" | "been")
        && chunk >= 2
        && word(chunk - 2) == "there"
        && hard(trigger.pattern.event);
    timed
        || before == "on" && trigger.pattern.mode == "strike"
        || there
        || parse.kind(chunk + 1) == ChunkKind::Time
        || matches!(behind.as_str(), "in" | "on") && parse.kind(chunk + 2) == ChunkKind::Time
        || matches!(behind.as_str(), "of" | "on" | "against" | "between" | "by")
            && parse.kind(chunk + 2) == ChunkKind::Noun
        || parse.headline && hard(trigger.pattern.event)
}

/// Types that are told by a bare word: nobody says "attack" of anything else.
pub(super) fn hard(event: EventType) -> bool {
    matches!(event, EventType::Assault | EventType::Disaster | EventType::Accident | EventType::Outbreak)
}

/// The word that a noun's group begins with: "the" of "the attack"; nothing for a verb.
pub(super) fn article_of(parse: &Parse, trigger: &Trigger) -> String {
    let Some(noun) = trigger.noun else { return String::new() };
    let first = parse.chunks.get(parse.chunk_of(noun)).map_or(noun, |c| c.words.start);
    parse.word(first).to_ascii_lowercase()
}
