//! Where an event happened: what the grammar ties to its trigger, else what stands near.

use super::described::{self, Described};
use super::grammar::{ChunkKind, Form, Parse};
use super::scene::is_place;
use super::trigger::{Trigger, is_unit};
use super::{EventType, PlaceBasis};
use crate::article::months::month_named;
use crate::places::{Mention, Precision, Role};

/// The places of one event, as indices into the article's mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placed {
    /// Where it happened, and what says so.
    pub place: Option<(usize, PlaceBasis)>,
    /// Where a movement started.
    pub origin: Option<usize>,
    /// Where a movement goes.
    pub destination: Option<usize>,
    /// The sentence speaks of many places at once ("every crossing"): only an area will do.
    pub areas_only: bool,
    /// Mentions that are no place of it: told to be exceptions, "with the exception of Kabul", or
    /// words that only tell whose somebody is, "two U.S. citizens".
    pub exceptions: Vec<usize>,
    /// Places that are only described: "left the country", "died there".
    pub described: Vec<Described>,
}

/// How a mention is tied to a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// It happens there.
    At,
    /// It starts there.
    From,
    /// It goes there.
    To,
    /// All but there.
    Except,
}

/// Finds the places of an event within its sentence. `others` are the triggers of the sentence,
/// this one among them: a place belongs to the nearest.
pub fn place(parse: &Parse, mentions: &[Mention], trigger: &Trigger, others: &[Trigger]) -> Placed {
    let mut out = Placed::default();
    let moves = is_movement(trigger);
    let mut best: Option<(bool, Precision, usize, usize)> = None;
    for (mention, chunk) in named_places(parse, mentions) {
        if mentions.get(mention).is_some_and(stands_for_rulers) && !suffers(parse, trigger, chunk) {
            continue;
        }
        if mentions.get(mention).is_some_and(|m| only_qualifies(parse, trigger, m, mention, chunk)) {
            out.exceptions.push(mention);
            continue;
        }
        let Some((tie, distance)) = tie(parse, trigger, others, chunk) else { continue };
        let precision = mentions[mention].precision.unwrap_or(Precision::Settlement);
        match tie {
            Tie::Except => out.exceptions.push(mention),
            Tie::From if moves => out.origin = out.origin.or(Some(mention)),
            Tie::To if moves => out.destination = out.destination.or(Some(mention)),
            _ => {
                // "talks in Berlin on the fighting in Libya": what stands behind a noun is nearer to it.
                let ahead = trigger.noun.is_some_and(|noun| chunk < parse.chunk_of(noun));
                let rank = (ahead, precision, distance, mention);
                if best.is_none_or(|b| rank < b) {
                    best = Some(rank);
                }
            }
        }
    }
    if moves && out.destination.is_some() {
        best = None;
    }
    out.areas_only = speaks_of_many(parse, trigger);
    out.described =
        described::find(parse, trigger, |chunk| tie(parse, trigger, others, chunk).map(|(tie, _)| tie));
    let fits = |p: Precision| !out.areas_only || is_area(p);
    out.place = best.filter(|b| fits(b.1)).map(|b| (b.3, PlaceBasis::Argument));
    out
}

/// Whether a precision is that of an area.
pub fn is_area(precision: Precision) -> bool {
    matches!(
        precision,
        Precision::Admin1 | Precision::Admin2 | Precision::Country | Precision::Region | Precision::Sea
    )
}

/// The mentions of the sentence that denote places, known to the gazetteer or not, with their
/// chunk; each once.
pub fn places_of<'p>(parse: &'p Parse, mentions: &'p [Mention]) -> impl Iterator<Item = (usize, usize)> + 'p {
    named_places(parse, mentions).filter(|(m, _)| !mentions.get(*m).is_some_and(stands_for_rulers))
}

/// The same, countries that act among them.
fn named_places<'p>(parse: &'p Parse, mentions: &'p [Mention]) -> impl Iterator<Item = (usize, usize)> + 'p {
    let mut last = None;
    parse.words.iter().enumerate().filter_map(move |(at, word)| {
        let mention = word.mention.filter(|m| last != Some(*m) && !is_month(parse, at))?;
        last = Some(mention);
        let usable = (is_place(Some(mention), mentions) || is_in_site(parse, at, mention, mentions))
            && mentions.get(mention as usize).is_some_and(|m| m.role != Role::Dateline);
        usable.then(|| (mention as usize, parse.chunk_of(at)))
    })
}

/// "at Bradford Crown Court", "to Royal Perth Hospital": the town in the name of a house where
/// something happens, which is no doer behind a preposition.
fn is_in_site(parse: &Parse, at: usize, mention: u32, mentions: &[Mention]) -> bool {
    let in_name = mentions.get(mention as usize).is_some_and(|m| m.role == Role::OrganisationPart);
    let chunk = parse.chunk_of(at);
    in_name
        && parse.chunks.get(chunk).is_some_and(|c| is_house(&parse.word(c.head).to_ascii_lowercase()))
        && preposition(parse, chunk)
            .is_some_and(|word| matches!(word.as_str(), "at" | "in" | "to" | "outside" | "near" | "into"))
}

/// Nouns for houses and grounds that bear the name of their town.
fn is_house(noun: &str) -> bool {
    matches!(
        noun,
        "court"
            | "courthouse"
            | "hospital"
            | "infirmary"
            | "clinic"
            | "station"
            | "prison"
            | "jail"
            | "university"
            | "college"
            | "school"
            | "airport"
            | "stadium"
            | "cathedral"
            | "church"
            | "mosque"
            | "hall"
            | "museum"
            | "zoo"
            | "barracks"
    )
}

/// Whether the mention is a country that acts: "Pakistan closed". A town or site that the grammar
/// ties to a verb is where it happens, whatever part it was taken to play.
pub(super) fn stands_for_rulers(mention: &Mention) -> bool {
    mention.role == Role::Actor && mention.precision == Some(Precision::Country)
}

/// "a quake shook Taiwan": a country that something befalls is where it happens, not who acts.
fn suffers(parse: &Parse, trigger: &Trigger, chunk: usize) -> bool {
    let befalls =
        matches!(trigger.pattern.event, EventType::Disaster | EventType::Accident | EventType::Outbreak);
    let verb = trigger.verb.map(|v| &parse.verbs[v]);
    befalls && verb.is_some_and(|v| (if v.passive { v.subject } else { v.object }) == Some(chunk))
}

/// "the U.S. citizen was shot": a country before a noun that is neither the deed nor a kind of
/// place tells whose somebody or something is, not where it happens.
fn only_qualifies(parse: &Parse, trigger: &Trigger, mention: &Mention, index: usize, chunk: usize) -> bool {
    let Some(group) = parse.chunks.get(chunk) else { return false };
    let deed = trigger.words.contains(&group.head) || trigger.noun == Some(group.head);
    mention.precision == Some(Precision::Country)
        && parse.words[group.head].mention != Some(index as u32)
        && !deed
        && !described::is_place_noun(&parse.word(group.head).to_ascii_lowercase())
}

/// "Nov. 3" names a day, whatever place has that name.
fn is_month(parse: &Parse, at: usize) -> bool {
    month_named(parse.word(at)).is_some() && parse.word(at + 1).starts_with(|c: char| c.is_ascii_digit())
}

/// How the place in `chunk` is tied to the trigger, and how far it is; `None` if it is not.
fn tie(parse: &Parse, trigger: &Trigger, others: &[Trigger], chunk: usize) -> Option<(Tie, usize)> {
    let (centre, end) = extent(parse, trigger);
    let home = clause_home(parse, chunk);
    if let Some(word) = preposition(parse, home) {
        if is_exception(parse, home, &word) {
            return Some((Tie::Except, 0));
        }
        if !nearest(parse, others, chunk, trigger)
            || !reachable(parse, centre, end, chunk)
            || in_other_subject(parse, end, chunk)
            || in_aside(parse, centre, chunk)
        {
            return None;
        }
        let tie = if is_bearing(parse, home, &word) { Some(Tie::At) } else { tie_of(&word, trigger) };
        return tie.map(|t| (t, distance(centre, end, chunk)));
    }
    bare(parse, trigger, chunk, home).map(|t| (t, distance(centre, end, chunk)))
}

/// "30 kilometres from Ambunti", "north of Kabul", "the road from Lashio to Muse": near it.
fn is_bearing(parse: &Parse, home: usize, word: &str) -> bool {
    let Some(noun) = home.checked_sub(2).and_then(|c| parse.chunks.get(c)) else { return false };
    let before = parse.word(noun.head).to_ascii_lowercase();
    let distance = is_unit(&before) || before == "yards";
    let way = matches!(before.as_str(), "road" | "highway" | "motorway" | "route" | "railway" | "bridge");
    (matches!(word, "from" | "of" | "off") && distance) || (matches!(word, "from" | "to" | "between") && way)
}

/// Whether the place stands in the subject of another verb behind the trigger: "promised money,
/// and the embassy in Manila has offered help".
fn in_other_subject(parse: &Parse, end: usize, chunk: usize) -> bool {
    chunk > end
        && parse.verbs.iter().any(|v| {
            let after = v.subject.is_some_and(|s| s > end && s < chunk && chunk < v.chunk);
            after && v.form == Form::Finite && (chunk + 1..v.chunk).all(|c| parse.kind(c) != ChunkKind::Comma)
        })
}

/// Whether the place stands in a relative clause between commas that ends before the trigger: "the
/// minister, who was in Paris, said troops had left".
fn in_aside(parse: &Parse, start: usize, chunk: usize) -> bool {
    if chunk > start {
        return false;
    }
    let opens = (0..chunk)
        .rev()
        .take_while(|&c| parse.kind(c) != ChunkKind::Comma)
        .any(|c| parse.kind(c) == ChunkKind::Rel);
    opens && (chunk + 1..start).any(|c| parse.kind(c) == ChunkKind::Comma)
}

/// The chunks from the trigger's first word to its last, its verb among them.
fn extent(parse: &Parse, trigger: &Trigger) -> (usize, usize) {
    let start = parse.chunk_of(trigger.words.start);
    let end = parse.chunk_of(trigger.words.end.saturating_sub(1));
    let verb = trigger.verb.map_or(start, |v| parse.verbs[v].chunk);
    (start.min(verb), end.max(verb))
}

fn distance(start: usize, end: usize, chunk: usize) -> usize {
    if chunk > end { chunk - end } else { start.saturating_sub(chunk) + 2 }
}

/// The first noun group of the phrase that the chunk ends: through "of", "and" and commas.
fn clause_home(parse: &Parse, mut chunk: usize) -> usize {
    loop {
        let Some(before) = chunk.checked_sub(1) else { return chunk };
        let joined = match parse.kind(before) {
            ChunkKind::Prep => super::grammar::clause::is_word(parse, before, "of"),
            ChunkKind::Coord | ChunkKind::Comma => true,
            _ => false,
        };
        let noun = before.checked_sub(1).is_some_and(|p| parse.kind(p) == ChunkKind::Noun);
        let list = parse.kind(before) != ChunkKind::Comma || named(parse, before - 1) || named(parse, chunk);
        if !(joined && noun && list) {
            return chunk;
        }
        chunk = before - 1;
    }
}

fn named(parse: &Parse, chunk: usize) -> bool {
    parse.chunks.get(chunk).is_some_and(|c| parse.words[c.head].mention.is_some())
}

fn preposition(parse: &Parse, chunk: usize) -> Option<String> {
    let before = chunk.checked_sub(1)?;
    (parse.kind(before) == ChunkKind::Prep)
        .then(|| parse.word(parse.chunks[before].head).to_ascii_lowercase())
}

/// "with the exception of Kabul", "except Kabul", "outside of", "apart from", "other than".
fn is_exception(parse: &Parse, home: usize, word: &str) -> bool {
    if matches!(word, "except" | "excluding" | "besides") {
        return true;
    }
    let group = parse.chunks.get(home);
    group.is_some_and(|c| matches!(parse.word(c.head).to_ascii_lowercase().as_str(), "exception"))
        || matches!(word, "than")
}

fn tie_of(word: &str, trigger: &Trigger) -> Option<Tie> {
    let moves = is_movement(trigger);
    let arrives = moves && trigger.pattern.mode == "arrive";
    Some(match word {
        "in" | "at" | "on" if arrives => Tie::To,
        "in" | "at" | "near" | "outside" | "inside" | "across" | "around" | "throughout" | "along" | "on"
        | "within" | "off" | "over" | "through" | "over " | "under" | "between" | "beyond" | "above"
        | "opposite" => Tie::At,
        "from" if moves || trigger.pattern.event == EventType::Retreat => Tie::From,
        // Help reaches people where they are: "rescued from Kendal".
        "from" if trigger.pattern.mode == "rescue" => Tie::At,
        "to" | "into" | "for" | "toward" | "towards" | "onto" if heads(trigger) => Tie::To,
        "of" if trigger.noun.is_some() || !moves => Tie::At,
        "against" | "upon" | "with" | "by" => return None,
        _ => return None,
    })
}

/// Whether somebody goes, or is sent, from one place to another.
fn is_movement(trigger: &Trigger) -> bool {
    trigger.pattern.event == EventType::Move || trigger.pattern.mode == "deport"
}

/// Types whose "to" names where they go or what they reach.
fn heads(trigger: &Trigger) -> bool {
    is_movement(trigger)
        || matches!(
            trigger.pattern.event,
            EventType::Move
                | EventType::Mobilize
                | EventType::Aid
                | EventType::Control
                | EventType::Assault
                | EventType::Disaster
                | EventType::Outbreak
        )
        || trigger.pattern.mode == "visit"
}

/// A place without a preposition: the object ("entered Kabul"), the words before a noun ("the
/// Kabul attack"), the subject of what befalls it ("Kabul fell").
fn bare(parse: &Parse, trigger: &Trigger, chunk: usize, home: usize) -> Option<Tie> {
    let moves = is_movement(trigger);
    if let Some(noun) = trigger.noun {
        let own = parse.chunk_of(noun);
        // "the Kabul attack", "the capture of Wau".
        if own == chunk || own == home && !moves {
            return Some(Tie::At);
        }
    }
    let verb = trigger.verb.map(|v| &parse.verbs[v])?;
    let object = if verb.passive { verb.subject } else { verb.object };
    if object == Some(home) || trigger.recipient == Some(home) {
        let told = territorial(trigger) || trigger.noun.is_some();
        return match (moves, trigger.pattern.mode) {
            (true, "depart" | "flee" | "evacuate") => Some(Tie::From),
            (true, "arrive" | "travel" | "enter" | "return") => Some(Tie::To),
            (true, _) => Some(Tie::At),
            (false, _) => told.then_some(Tie::At),
        };
    }
    let undergoes = matches!(trigger.pattern.mode, "fall" | "flood" | "collapse" | "fire");
    (undergoes && verb.subject == Some(home)).then_some(Tie::At)
}

/// Types whose object, if a place, is where it happens.
fn territorial(trigger: &Trigger) -> bool {
    matches!(
        trigger.pattern.event,
        EventType::Control
            | EventType::Assault
            | EventType::Disaster
            | EventType::Accident
            | EventType::Outbreak
            | EventType::Protest
            | EventType::Mobilize
            | EventType::Crime
            | EventType::Retreat
    ) || trigger.pattern.mode == "visit"
}

/// Whether no break lies between the trigger and the place: another clause.
fn reachable(parse: &Parse, start: usize, end: usize, chunk: usize) -> bool {
    let (from, to) = if chunk > end { (end + 1, chunk) } else { (chunk + 1, start) };
    let mut finite = 0;
    for at in from..to {
        match parse.kind(at) {
            ChunkKind::Sub | ChunkKind::Break => return false,
            ChunkKind::Rel if chunk > end => return false,
            ChunkKind::Verb(v) if parse.verbs[v].form == Form::Finite => finite += 1,
            _ => {}
        }
    }
    finite <= usize::from(chunk < start)
}

/// Whether no other trigger lies nearer before the place.
fn nearest(parse: &Parse, others: &[Trigger], chunk: usize, trigger: &Trigger) -> bool {
    let at = parse.chunks.get(chunk).map_or(0, |c| c.words.start);
    if at < trigger.words.start {
        return true;
    }
    !others
        .iter()
        .any(|o| o.words.start > trigger.words.start && o.words.start < at && o.words != trigger.words)
}

/// "every border crossing", "all provinces": no single place.
fn speaks_of_many(parse: &Parse, trigger: &Trigger) -> bool {
    let verb = trigger.verb.map(|v| &parse.verbs[v]);
    let object = verb.and_then(|v| if v.passive { v.subject } else { v.object });
    let end = parse.chunk_of(trigger.words.end.saturating_sub(1));
    let behind = (end..end + 3).take_while(|&c| c == end || !matches!(parse.kind(c), ChunkKind::Verb(_)));
    object.into_iter().chain(behind).any(|c| is_plural_place(parse, c))
}

/// "every border crossing": a noun group of many that names no place.
fn is_plural_place(parse: &Parse, chunk: usize) -> bool {
    let Some(group) = parse.chunks.get(chunk).filter(|g| g.kind == ChunkKind::Noun) else { return false };
    let first = parse.word(group.words.start).to_ascii_lowercase();
    let many = matches!(first.as_str(), "every" | "all" | "each" | "several" | "many" | "various" | "both");
    many && parse.words[group.head].mention.is_none()
        && (first == "every"
            || first == "all"
            || described::is_place_noun(&parse.word(group.head).to_ascii_lowercase()))
}
