//! Whether what a sentence tells happened: tense, negation, modals, and the verbs around.

use super::Status;
use super::attribution::Attribution;
use super::grammar::{ChunkKind, Form, Kinds, Parse, Tag};
use super::lexicon::{Lexicon, Set};
use super::trigger::Trigger;

/// The status of an event, before anybody is heard as its source.
pub fn status(parse: &Parse, trigger: &Trigger, lexicon: &Lexicon) -> Status {
    let own = match trigger.verb {
        Some(verb) => of_verb(parse, verb, lexicon),
        None => Status::Completed,
    };
    if own == Status::Completed || own == Status::Ongoing {
        if let Some(noun) = trigger.noun
            && let Some(status) = of_noun(parse, noun)
        {
            return status;
        }
        if trigger.actor.into_iter().chain(trigger.recipient).any(|c| denies(parse, c)) {
            return Status::Negated;
        }
    }
    own
}

/// Adds what the sources make of it: a claim, or a denial.
pub fn heard(status: Status, word: usize, attributions: &[Attribution]) -> (Status, Option<&Attribution>) {
    let covering = |a: &&Attribution| a.scope.contains(&word) && !a.source.contains(&word);
    if attributions.iter().filter(covering).any(|a| a.denial) {
        return (Status::Denied, attributions.iter().find(|a| a.denial));
    }
    let narrowest = attributions.iter().filter(covering).min_by_key(|a| (a.source.is_empty(), a.scope.len()));
    match (status, narrowest) {
        (Status::Completed | Status::Ongoing, Some(source)) => (Status::Claimed, Some(source)),
        (other, source) => (other, source),
    }
}

/// The status that a verb group and the verbs above it give.
fn of_verb(parse: &Parse, verb: usize, lexicon: &Lexicon) -> Status {
    let v = &parse.verbs[verb];
    if v.negated || never_before(parse, v.chunk) {
        return Status::Negated;
    }
    if is_conditional(parse, verb) {
        return Status::Hypothetical;
    }
    let modal = parse.chunks[v.chunk].words.clone().find(|&at| parse.words[at].tag == Tag::Modal);
    if let Some(status) = modal.and_then(|at| of_modal(&parse.word(at).to_ascii_lowercase())) {
        return status;
    }
    if let Some(governor) = v.governor.filter(|&g| g < verb)
        && let Some(status) = of_governor(parse, verb, governor, lexicon)
    {
        return status;
    }
    if let Some(status) = of_adjective(parse, v.chunk) {
        return status;
    }
    if v.form == Form::Infinitive && v.governor.is_none() {
        return if parse.headline { Status::Planned } else { Status::Hypothetical };
    }
    let group = &parse.chunks[v.chunk].words;
    let being = v.progressive
        || group.clone().any(|at| parse.word(at).eq_ignore_ascii_case("being"))
        || v.present && accompanies(parse, v.chunk)
        || v.form == Form::Gerund && v.governor.is_none() && v.chunk == 0;
    if being { Status::Ongoing } else { Status::Completed }
}

/// "as rebels gain ground", "while residents flee": present tense in a clause that accompanies.
fn accompanies(parse: &Parse, chunk: usize) -> bool {
    let floor = chunk.saturating_sub(4);
    (floor..chunk).rev().take_while(|&at| !matches!(parse.kind(at), ChunkKind::Verb(_))).any(|at| {
        matches!(parse.word(parse.chunks[at].head).to_ascii_lowercase().as_str(), "as" | "while" | "amid")
    })
}

fn of_modal(modal: &str) -> Option<Status> {
    match modal {
        "will" | "shall" | "'ll" | "would" | "'d" => Some(Status::Planned),
        "won't" | "cannot" | "can't" | "couldn't" | "wouldn't" => Some(Status::Negated),
        "can" | "could" | "may" | "might" | "should" | "must" | "shouldn't" | "mustn't" => {
            Some(Status::Hypothetical)
        }
        _ => None,
    }
}

/// "no longer", "neither … nor" right before the verb.
fn never_before(parse: &Parse, chunk: usize) -> bool {
    chunk.checked_sub(1).is_some_and(|p| {
        parse.chunks.get(p).is_some_and(|c| c.words.clone().any(|at| parse.words[at].tag == Tag::Neg))
    })
}

/// Clauses with "if", "unless", "whether", "lest"; "fearing …" before it.
fn is_conditional(parse: &Parse, verb: usize) -> bool {
    let v = &parse.verbs[verb];
    let floor = v.chunk.saturating_sub(10);
    for at in (floor..v.chunk).rev() {
        match parse.kind(at) {
            ChunkKind::Sub => {
                let word = parse.word(parse.chunks[at].head).to_ascii_lowercase();
                return matches!(word.as_str(), "if" | "unless" | "whether" | "lest" | "once");
            }
            ChunkKind::Verb(before) if parse.verbs[before].form == Form::Finite => return false,
            ChunkKind::Break => return false,
            _ => {}
        }
    }
    false
}

fn of_governor(parse: &Parse, verb: usize, governor: usize, lexicon: &Lexicon) -> Option<Status> {
    let g = &parse.verbs[governor];
    let lemma = parse.words[g.head].lemma();
    let infinitive = parse.verbs[verb].form == Form::Infinitive;
    let has = |set| lexicon.sets.has(set, lemma);
    if has(Set::Fail) && !g.negated {
        return Some(Status::Negated);
    }
    let above = match g.subject.is_some_and(|c| denies(parse, c)) {
        true => Status::Negated,
        false => of_verb(parse, governor, lexicon),
    };
    if above == Status::Negated {
        return Some(if infinitive || g.chunk + 1 == parse.verbs[verb].chunk {
            Status::Negated
        } else {
            above
        });
    }
    let bound = parse.words[g.head].kinds().any(Kinds::BE) && g.chunk + 1 == parse.verbs[verb].chunk;
    if (has(Set::Plan) || bound) && infinitive {
        return Some(Status::Planned);
    }
    if has(Set::Wish) {
        return Some(Status::Hypothetical);
    }
    if infinitive && purpose(parse, verb, governor) {
        return Some(Status::Planned);
    }
    Some(match above {
        Status::Completed if ongoing_governor(parse, g.head) => Status::Ongoing,
        other => other,
    })
    .filter(|s| *s != Status::Completed)
}

/// "rush to leave", "continue to flee": under way.
fn ongoing_governor(parse: &Parse, head: usize) -> bool {
    let word = parse.word(head).to_ascii_lowercase();
    matches!(
        word.as_str(),
        "rush" | "continue" | "continues" | "scramble" | "try" | "keep" | "keeps" | "struggle"
    )
}

/// An infinitive that tells what something was done for: "sent troops to attack the town".
fn purpose(parse: &Parse, verb: usize, governor: usize) -> bool {
    let g = &parse.verbs[governor];
    let v = &parse.verbs[verb];
    let forced = matches!(
        parse.word(g.head).to_ascii_lowercase().as_str(),
        "forced"
            | "forces"
            | "force"
            | "forcing"
            | "causing"
            | "prompting"
            | "compelling"
            | "helping"
            | "leading"
            | "helped"
            | "prompted"
            | "led"
            | "caused"
            | "compelled"
            | "managed"
            | "began"
    );
    !forced && v.chunk > g.chunk + 1 && g.object.is_some()
}

/// "is ready to", "is expected to", "is set to", "due to".
fn of_adjective(parse: &Parse, chunk: usize) -> Option<Status> {
    let before = chunk.checked_sub(1)?;
    let c = parse.chunks.get(before)?;
    if !matches!(c.kind, ChunkKind::Adj | ChunkKind::Adv) {
        return None;
    }
    match parse.word(c.head).to_ascii_lowercase().as_str() {
        "ready" | "willing" | "due" | "prepared" | "set" => Some(Status::Planned),
        "likely" | "able" | "free" | "possible" | "unlikely" => Some(Status::Hypothetical),
        "unable" | "unwilling" => Some(Status::Negated),
        _ => None,
    }
}

/// What the words before a noun say: "a possible attack", "planned talks", "no fighting".
fn of_noun(parse: &Parse, noun: usize) -> Option<Status> {
    let chunk = parse.chunk_of(noun);
    let group = parse.chunks.get(chunk)?;
    for at in group.words.start..noun {
        match parse.word(at).to_ascii_lowercase().as_str() {
            "no" | "neither" => return Some(Status::Negated),
            "possible" | "potential" | "feared" | "further" | "imminent" | "future" => {
                return Some(Status::Hypothetical);
            }
            "planned" | "upcoming" | "proposed" | "scheduled" | "forthcoming" | "next" => {
                return Some(Status::Planned);
            }
            "alleged" | "reported" | "suspected" => return Some(Status::Claimed),
            "attempted" | "foiled" | "failed" | "thwarted" => return Some(Status::Negated),
            _ => {}
        }
    }
    feared(parse, group.words.start)
}

/// "threat of an attack", "fears of fighting", "to prevent a war", "calls for talks".
fn feared(parse: &Parse, start: usize) -> Option<Status> {
    let before = start.checked_sub(1)?;
    let word = parse.word(before).to_ascii_lowercase();
    if matches!(
        word.as_str(),
        "prevent" | "avert" | "avoid" | "prevented" | "averted" | "thwarted" | "foiled"
    ) {
        return Some(Status::Negated);
    }
    let two = parse.word(before.checked_sub(1)?).to_ascii_lowercase();
    let fear = matches!(
        two.as_str(),
        "threat"
            | "threats"
            | "fear"
            | "fears"
            | "risk"
            | "risks"
            | "danger"
            | "possibility"
            | "call"
            | "calls"
            | "called"
            | "calling"
            | "prospect"
            | "event"
            | "case"
            | "warned"
            | "warning"
            | "plan"
            | "plans"
            | "accused"
            | "ready"
            | "prepare"
            | "preparing"
            | "demand"
            | "demanded"
            | "suspected"
            | "hope"
            | "hopes"
    );
    (fear && matches!(word.as_str(), "of" | "for")).then_some(Status::Hypothetical)
}

/// "no one", "nobody", "none", "no troops".
fn denies(parse: &Parse, chunk: usize) -> bool {
    let Some(group) = parse.chunks.get(chunk) else { return false };
    matches!(
        parse.word(group.words.start).to_ascii_lowercase().as_str(),
        "no" | "nobody" | "none" | "neither" | "nothing"
    )
}
