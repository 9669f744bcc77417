//! Which groups are subject and object of which verb.
//!
//! Rules of thumb for news prose: the subject is the nearest noun group to the left that no
//! preposition governs; a conjoined verb without one takes that of the verb before; a relative
//! clause takes the noun before the pronoun; an infinitive takes that of the verb it depends on.

use super::chunk::{ChunkKind, Form};
use super::parse::Parse;
use super::tag::{Kinds, Tag};
use super::vocabulary::Lemma;

/// How many groups are looked at to the left of a verb.
const REACH: usize = 24;

/// Fills in governors, subjects, objects and agents, from left to right.
pub(super) fn link(parse: &mut Parse) {
    for verb in 0..parse.verbs.len() {
        reduce_relative(parse, verb);
    }
    for verb in 0..parse.verbs.len() {
        join_passive(parse, verb);
    }
    for verb in 0..parse.verbs.len() {
        let governor = governor(parse, verb);
        parse.verbs[verb].governor = governor;
        parse.verbs[verb].introduced = introduced(parse, verb);
        parse.verbs[verb].object = object(parse, verb);
        parse.verbs[verb].subject = subject(parse, verb);
        parse.verbs[verb].agent = agent(parse, verb);
    }
}

/// A past form that really is a participle: "troops deployed in Kabul said", "sources quoted by".
fn reduce_relative(parse: &mut Parse, verb: usize) {
    let v = &parse.verbs[verb];
    let kinds = parse.words[v.head].kinds();
    let bare = v.form == Form::Finite && parse.words[v.head].tag == Tag::Verb && !v.passive && !v.present;
    let alone = parse.chunks[v.chunk].words.len() == 1;
    if !bare || !alone || !kinds.any(Kinds::PART) {
        return;
    }
    let phrase = matches!(parse.kind(v.chunk + 1), ChunkKind::Prep | ChunkKind::Time);
    if phrase && noun_behind(parse, v.chunk).is_some() {
        parse.verbs[verb].form = Form::Participle;
        parse.verbs[verb].passive = true;
        return;
    }
    let Some(before) = v.chunk.checked_sub(1).map(|c| parse.kind(c)) else { return };
    let by = is_word(parse, v.chunk + 1, "by");
    let first_verb = verb == 0 || !matches!(before, ChunkKind::Noun);
    let reduced = match before {
        ChunkKind::Noun | ChunkKind::Comma if by => true,
        ChunkKind::Noun | ChunkKind::Comma => {
            parse.kind(v.chunk + 1) == ChunkKind::Prep
                && (finite_follows(parse, v.chunk) || !first_verb && inside_object(parse, verb))
        }
        _ => false,
    };
    if reduced {
        parse.verbs[verb].form = Form::Participle;
        parse.verbs[verb].passive = true;
    } else if undergone(parse, verb) {
        parse.verbs[verb].passive = true;
    }
}

/// "Two arrested in Cedar Rapids burglary": headlines leave out "were" before what is always done
/// to somebody.
fn undergone(parse: &Parse, verb: usize) -> bool {
    let v = &parse.verbs[verb];
    let no_object = matches!(parse.kind(v.chunk + 1), ChunkKind::Prep | ChunkKind::Time | ChunkKind::Break);
    let word = parse.word(v.head);
    parse.headline
        && no_object
        && parse.kind(v.chunk - 1) == ChunkKind::Noun
        && UNDERGONE.iter().any(|verb| word.eq_ignore_ascii_case(verb))
}

/// Verbs that say what somebody undergoes where no object follows.
const UNDERGONE: [&str; 52] = [
    "abducted",
    "acquitted",
    "ambushed",
    "approved",
    "arrested",
    "assassinated",
    "banned",
    "bombed",
    "booked",
    "cancelled",
    "captured",
    "charged",
    "confirmed",
    "convicted",
    "declared",
    "deported",
    "detained",
    "displaced",
    "elected",
    "evacuated",
    "executed",
    "extended",
    "extradited",
    "fined",
    "found",
    "freed",
    "hospitalised",
    "hospitalized",
    "hurt",
    "imposed",
    "indicted",
    "injured",
    "jailed",
    "kidnapped",
    "killed",
    "lifted",
    "looted",
    "postponed",
    "released",
    "reopened",
    "rescued",
    "robbed",
    "seized",
    "sentenced",
    "shelled",
    "shot",
    "stabbed",
    "stranded",
    "sued",
    "suspended",
    "trapped",
    "wounded",
];

/// "were pulled out and flown home": a participle joined to a passive is passive too.
fn join_passive(parse: &mut Parse, verb: usize) {
    let v = &parse.verbs[verb];
    let kinds = parse.words[v.head].kinds();
    let bare = !v.passive || v.form == Form::Participle;
    let alone =
        parse.chunks[v.chunk].words.clone().all(|at| matches!(parse.words[at].tag, Tag::Verb | Tag::Adv));
    if !bare || !alone || !kinds.any(Kinds::PART) || kinds.any(Kinds::ING) || v.chunk == 0 {
        return;
    }
    let mut at = v.chunk - 1;
    while at > 0 && matches!(parse.kind(at), ChunkKind::Adv | ChunkKind::Time) {
        at -= 1;
    }
    let only_participle = !kinds.any(Kinds::PAST);
    if parse.kind(at) != ChunkKind::Coord || !(only_participle || parse.kind(v.chunk + 1) != ChunkKind::Noun)
    {
        return;
    }
    let before = (at.saturating_sub(8)..at).rev().find_map(|c| match parse.kind(c) {
        ChunkKind::Verb(b) => Some(Some(b)),
        ChunkKind::Sub | ChunkKind::Rel | ChunkKind::Break => Some(None),
        _ => None,
    });
    let joined = before.flatten().is_some_and(|b| {
        let b = &parse.verbs[b];
        b.passive && b.form == Form::Finite
    });
    if joined {
        (parse.verbs[verb].form, parse.verbs[verb].passive) = (Form::Finite, true);
    }
}

/// Whether the noun group before the verb already is the object of another verb.
fn inside_object(parse: &Parse, verb: usize) -> bool {
    let chunk = parse.verbs[verb].chunk;
    let before = verb.checked_sub(1).map(|p| &parse.verbs[p]).filter(|v| v.form == Form::Finite);
    let same_clause = |v: &super::chunk::Verb| {
        (v.chunk + 1..chunk)
            .all(|c| !matches!(parse.kind(c), ChunkKind::Sub | ChunkKind::Rel | ChunkKind::Break))
    };
    chunk >= 2
        && matches!(parse.kind(chunk - 2), ChunkKind::Verb(_) | ChunkKind::Prep)
        && before.is_some_and(same_clause)
}

/// Whether, after phrases only, another finite verb follows: the one before is no main verb.
fn finite_follows(parse: &Parse, chunk: usize) -> bool {
    for at in chunk + 1..parse.chunks.len() {
        match parse.kind(at) {
            ChunkKind::Prep | ChunkKind::Noun | ChunkKind::Time | ChunkKind::Adv => {}
            ChunkKind::Verb(v) => return parse.verbs[v].form == Form::Finite,
            _ => return false,
        }
    }
    false
}

/// Whether the chunk is this very word.
pub fn is_word(parse: &Parse, chunk: usize, word: &str) -> bool {
    parse
        .chunks
        .get(chunk)
        .is_some_and(|c| c.words.len() == 1 && parse.word(c.head).eq_ignore_ascii_case(word))
}

/// The verb that an infinitive or a gerund depends on.
fn governor(parse: &Parse, verb: usize) -> Option<usize> {
    let v = &parse.verbs[verb];
    if v.form == Form::Finite {
        return None;
    }
    let mut nouns = 0;
    for at in (0..v.chunk).rev().take(6) {
        match parse.kind(at) {
            ChunkKind::Verb(before) => return Some(before),
            ChunkKind::Noun => nouns += 1,
            ChunkKind::Adj | ChunkKind::Adv | ChunkKind::Time => {}
            ChunkKind::Prep => {}
            ChunkKind::Coord => {}
            _ => return None,
        }
        if nouns > 2 || (v.form == Form::Participle && nouns > 0) {
            return None;
        }
    }
    None
}

/// The word that introduces the verb's clause.
fn introduced(parse: &Parse, verb: usize) -> Lemma {
    let v = &parse.verbs[verb];
    for at in (0..v.chunk).rev().take(REACH) {
        match parse.kind(at) {
            ChunkKind::Sub => return parse.words[parse.chunks[at].head].lemma(),
            ChunkKind::Verb(before) if parse.verbs[before].form == Form::Finite => return Lemma::NONE,
            ChunkKind::Break | ChunkKind::Rel => return Lemma::NONE,
            _ => {}
        }
    }
    Lemma::NONE
}

/// The noun group right behind the verb.
fn object(parse: &Parse, verb: usize) -> Option<usize> {
    let v = &parse.verbs[verb];
    let mut at = v.chunk + 1;
    if v.passive && v.form != Form::Participle || v.form == Form::Participle {
        return None;
    }
    while matches!(parse.kind(at), ChunkKind::Adv | ChunkKind::Quote | ChunkKind::Time) {
        at += 1;
    }
    if parse.kind(at) == ChunkKind::Prep
        && parse.chunks.get(at).is_some_and(|c| is_particle(parse.word(c.head)))
    {
        at += 1;
    }
    (parse.kind(at) == ChunkKind::Noun).then_some(at)
}

/// Particles of phrasal verbs, behind which the object may stand: "shut down the airport".
fn is_particle(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "over" | "up" | "down" | "out" | "off" | "away" | "back" | "apart"
    )
}

/// The noun group behind "by" of a passive.
fn agent(parse: &Parse, verb: usize) -> Option<usize> {
    let v = &parse.verbs[verb];
    if !v.passive {
        return None;
    }
    for at in v.chunk + 1..(v.chunk + 9).min(parse.chunks.len()) {
        match parse.kind(at) {
            ChunkKind::Verb(_) | ChunkKind::Sub | ChunkKind::Break | ChunkKind::Rel => return None,
            ChunkKind::Prep if is_word(parse, at, "by") => {
                return (parse.kind(at + 1) == ChunkKind::Noun).then_some(at + 1);
            }
            _ => {}
        }
    }
    None
}

fn subject(parse: &Parse, verb: usize) -> Option<usize> {
    let v = &parse.verbs[verb];
    match (v.form, v.governor) {
        (Form::Infinitive | Form::Gerund, Some(governor)) => controlled(parse, verb, governor),
        (Form::Participle, _) => noun_before(parse, v.chunk).or_else(|| noun_behind(parse, v.chunk)),
        // "a ferry sank off Samar on Saturday, drowning 13": who did the first did the second.
        (Form::Gerund, None) if v.chunk >= 1 && parse.kind(v.chunk - 1) == ChunkKind::Comma => {
            main_subject(parse, v.chunk).or_else(|| noun_before(parse, v.chunk))
        }
        (Form::Gerund | Form::Infinitive, None) => {
            noun_before(parse, v.chunk).or_else(|| main_subject(parse, v.chunk))
        }
        (Form::Finite, _) => finite_subject(parse, verb),
    }
}

/// The subject of an infinitive: the noun between it and its governor ("urged Iran to leave"),
/// or the governor's own.
fn controlled(parse: &Parse, verb: usize, governor: usize) -> Option<usize> {
    let v = &parse.verbs[verb];
    let g = &parse.verbs[governor];
    let between = g.object.filter(|&object| object > g.chunk && object < v.chunk);
    // "forced villagers in Grindavik to flee": phrases may stand between.
    let told = |object: usize| {
        let phrases = (object + 1..v.chunk).all(|at| match parse.kind(at) {
            ChunkKind::Prep => parse.kind(at + 1) == ChunkKind::Noun,
            ChunkKind::Noun => parse.kind(at - 1) == ChunkKind::Prep,
            _ => false,
        });
        object + 1 == v.chunk || phrases && moves_others(parse.word(g.head))
    };
    match between {
        Some(object) if v.form == Form::Infinitive && told(object) => Some(object),
        _ if g.passive && v.form == Form::Infinitive => g.subject,
        _ => g.subject,
    }
}

/// Verbs whose object is the one who does what the infinitive behind it tells.
fn moves_others(word: &str) -> bool {
    const VERBS: [&str; 12] =
        ["forc", "order", "urg", "ask", "told", "tell", "caus", "compel", "prompt", "allow", "invit", "warn"];
    let word = word.to_ascii_lowercase();
    VERBS.iter().any(|verb| word.starts_with(verb))
}

/// "Arrested in Dubai last week, the fugitive was flown home": whom the opening clause is about.
fn noun_behind(parse: &Parse, chunk: usize) -> Option<usize> {
    let opens = chunk.checked_sub(1).is_none_or(|before| parse.kind(before) == ChunkKind::Break);
    let comma = (chunk + 1..parse.chunks.len())
        .take_while(|&at| !matches!(parse.kind(at), ChunkKind::Verb(_) | ChunkKind::Break | ChunkKind::Sub))
        .find(|&at| parse.kind(at) == ChunkKind::Comma && parse.kind(at + 1) == ChunkKind::Noun)?;
    opens.then_some(comma + 1)
}

fn noun_before(parse: &Parse, chunk: usize) -> Option<usize> {
    let before = chunk.checked_sub(1)?;
    match parse.kind(before) {
        ChunkKind::Noun => Some(phrase_start(parse, before)),
        ChunkKind::Comma => before.checked_sub(1).filter(|&at| parse.kind(at) == ChunkKind::Noun),
        _ => None,
    }
}

/// The head noun group of "members of the council", given its last group.
fn phrase_start(parse: &Parse, mut chunk: usize) -> usize {
    while chunk >= 2 && is_word(parse, chunk - 1, "of") && parse.kind(chunk - 2) == ChunkKind::Noun {
        chunk -= 2;
    }
    chunk
}

/// The subject of the next finite verb to the right: for a clause that opens the sentence.
fn main_subject(parse: &Parse, chunk: usize) -> Option<usize> {
    if let Some(before) = parse.verbs.iter().rev().find(|v| v.chunk < chunk && v.form == Form::Finite) {
        return before.subject;
    }
    let comma = (chunk..parse.chunks.len()).find(|&at| parse.kind(at) == ChunkKind::Comma)?;
    (parse.kind(comma + 1) == ChunkKind::Noun).then_some(comma + 1)
}

fn finite_subject(parse: &Parse, verb: usize) -> Option<usize> {
    let mut at = parse.verbs[verb].chunk;
    let mut coord = false;
    let floor = at.saturating_sub(REACH);
    while at > floor {
        at -= 1;
        match parse.kind(at) {
            ChunkKind::Noun if coord || is_age(parse, at) => {}
            ChunkKind::Noun if of_gerund(parse, at) => at -= 1,
            ChunkKind::Noun => match place_of_noun(parse, at) {
                NounPlace::Free(noun) => return Some(noun),
                NounPlace::Phrase(start) => at = start,
            },
            ChunkKind::Verb(before) => match parse.verbs[before].form {
                Form::Participle => {}
                Form::Gerund | Form::Infinitive if !coord => {}
                _ => return parse.verbs[before].subject,
            },
            ChunkKind::Rel => return at.checked_sub(1).and_then(|p| antecedent(parse, p)),
            ChunkKind::Sub => return if coord { None } else { main_subject(parse, at) },
            ChunkKind::Coord => coord = true,
            ChunkKind::Comma => {
                if let Some(open) = parenthesis(parse, at) {
                    at = open;
                }
            }
            ChunkKind::Break => return None,
            _ => {}
        }
    }
    None
}

/// "a helicopter carrying the president came down": the object of what only says more of a noun.
fn of_gerund(parse: &Parse, noun: usize) -> bool {
    noun >= 2
        && matches!(parse.kind(noun - 1), ChunkKind::Verb(v) if parse.verbs[v].form == Form::Gerund
            && parse.chunks[noun - 1].words.len() == 1)
        && parse.kind(noun - 2) == ChunkKind::Noun
}

/// The "26" of "William Goble, 26, of Edmonton": not who did it.
fn is_age(parse: &Parse, chunk: usize) -> bool {
    let number =
        parse.chunks[chunk].words.len() == 1 && parse.words[parse.chunks[chunk].head].tag == Tag::Num;
    let behind_name = chunk >= 2
        && parse.kind(chunk - 1) == ChunkKind::Comma
        && parse.kind(chunk - 2) == ChunkKind::Noun
        && parse.words[parse.chunks[chunk - 2].head].tag == Tag::Name;
    number && behind_name && parse.kind(chunk + 1) == ChunkKind::Comma
}

/// Where a noun group stands: free, or in a phrase that begins at a preposition.
enum NounPlace {
    Free(usize),
    Phrase(usize),
}

fn place_of_noun(parse: &Parse, noun: usize) -> NounPlace {
    let mut at = noun;
    while at >= 2 && parse.kind(at - 1) == ChunkKind::Coord && parse.kind(at - 2) == ChunkKind::Noun {
        at -= 2;
    }
    let start = phrase_start(parse, at);
    if governed(parse, start) {
        return NounPlace::Phrase(start - 1);
    }
    NounPlace::Free(apposition(parse, start))
}

fn governed(parse: &Parse, noun: usize) -> bool {
    noun >= 1 && parse.kind(noun - 1) == ChunkKind::Prep
}

/// "Ashraf Ghani, the leader of …, stepped down": the name before the comma.
fn apposition(parse: &Parse, noun: usize) -> usize {
    let det = parse.words[parse.chunks[noun].words.start].tag == Tag::Det;
    let named =
        noun >= 2 && parse.kind(noun - 1) == ChunkKind::Comma && parse.kind(noun - 2) == ChunkKind::Noun;
    if det && named && parse.words[parse.chunks[noun - 2].head].tag == Tag::Name && !governed(parse, noun - 2)
    {
        noun - 2
    } else {
        noun
    }
}

fn antecedent(parse: &Parse, mut chunk: usize) -> Option<usize> {
    if parse.kind(chunk) == ChunkKind::Comma {
        chunk = chunk.checked_sub(1)?;
    }
    (parse.kind(chunk) == ChunkKind::Noun).then(|| phrase_start(parse, chunk))
}

/// Where the insertion that ends with the comma at `close` begins: ", which …,", ", the head of …,".
fn parenthesis(parse: &Parse, close: usize) -> Option<usize> {
    let open = (close.saturating_sub(18)..close).rev().find(|&at| parse.kind(at) == ChunkKind::Comma)?;
    let finite = (open..close)
        .any(|at| matches!(parse.kind(at), ChunkKind::Verb(v) if parse.verbs[v].form == Form::Finite));
    let inserted = match parse.kind(open + 1) {
        ChunkKind::Rel | ChunkKind::Prep | ChunkKind::Sub => true,
        ChunkKind::Verb(v) => parse.verbs[v].form != Form::Finite,
        ChunkKind::Noun | ChunkKind::Adv | ChunkKind::Time => !finite,
        _ => false,
    };
    inserted.then_some(open)
}
