//! How many people were killed, wounded or arrested.

use super::Size;
use super::grammar::{ChunkKind, Form, Parse, Tag, Verb};
use super::lexicon::Lexicon;

/// What a toll counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Toll {
    Killed,
    Wounded,
    Arrested,
}

/// The tolls that the words of `range` tell, the largest of each kind.
pub fn sizes(parse: &Parse, range: std::ops::Range<usize>) -> Option<Size> {
    let mut out = Size::default();
    for verb in parse.verbs.iter().filter(|v| range.contains(&v.head)) {
        if let Some((toll, n)) = toll_of_verb(parse, verb) {
            note(&mut out, toll, n);
        }
    }
    if parse.words.iter().any(|w| w.tag == Tag::Num) {
        for at in range {
            if let Some((toll, n)) = dead_after_number(parse, at).or_else(|| death_toll(parse, at)) {
                note(&mut out, toll, n);
            }
        }
    }
    (out != Size::default()).then_some(out)
}

/// Whom a verb counts, and how many: "killed 12", "shot dead", "cost 4,300 lives", "lost their lives".
fn toll_of_verb(parse: &Parse, verb: &Verb) -> Option<(Toll, u32)> {
    let word = parse.word(verb.head).to_ascii_lowercase();
    let done = if verb.passive { verb.subject } else { verb.object };
    let done = if verb.form == Form::Participle { verb.chunk.checked_sub(1) } else { done };
    let lives = verb.object.filter(|&c| is_lives(parse, c));
    let (toll, counted) = match word.as_str() {
        "lost" | "lose" | "losing" if lives.is_some() => (Toll::Killed, verb.subject),
        "cost" | "costs" | "costing" | "claimed" | "claims" | "claiming" | "took" | "taken" | "taking" => {
            return number(parse, lives?).map(|n| (Toll::Killed, n));
        }
        "burned" | "burnt" | "starved" | "froze" | "bled" if to_death(parse, verb.head) => {
            (Toll::Killed, verb.subject)
        }
        "shot" | "gunned" | "stabbed" | "beaten" | "hacked" | "crushed" if to_death(parse, verb.head) => {
            (Toll::Killed, done)
        }
        _ if dies(&word) || word == "drowned" && done.is_none() => (Toll::Killed, verb.subject),
        other => (toll_of(other)?, done),
    };
    let counted = counted?;
    number_of_all(parse, counted).or_else(|| one(parse, counted)).map(|n| (toll, n))
}

/// "shot dead", "gunned down", "burned to death".
fn to_death(parse: &Parse, verb: usize) -> bool {
    let next = |n: usize| parse.word(verb + n).to_ascii_lowercase();
    matches!(next(1).as_str(), "dead" | "down") || next(1) == "to" && next(2) == "death"
}

fn is_lives(parse: &Parse, chunk: usize) -> bool {
    let head = parse.chunks.get(chunk).map_or("", |c| parse.word(c.head));
    head.eq_ignore_ascii_case("lives") || head.eq_ignore_ascii_case("life")
}

/// A single person: "a 68-year-old man", "its pilot", "the driver".
fn one(parse: &Parse, chunk: usize) -> Option<u32> {
    let group = parse.chunks.get(chunk).filter(|c| c.kind == ChunkKind::Noun)?;
    let person = parse.words[group.head].entry.classes & Lexicon::bundled().class("person") != 0;
    let head = parse.word(group.head).to_ascii_lowercase();
    let many = head.ends_with('s') || CROWDS.contains(&head.as_str());
    let first = parse.words[group.words.start].tag;
    let certain =
        matches!(first, Tag::Det | Tag::Poss) && !parse.word(group.words.start).eq_ignore_ascii_case("no");
    (person && certain && !many).then_some(1)
}

/// Nouns of several people without an ending that says so.
const CROWDS: [&str; 14] = [
    "people",
    "men",
    "women",
    "children",
    "police",
    "crew",
    "personnel",
    "family",
    "couple",
    "population",
    "aid",
    "staff",
    "gang",
    "everyone",
];

fn note(size: &mut Size, toll: Toll, n: u32) {
    let slot = match toll {
        Toll::Killed => &mut size.killed,
        Toll::Wounded => &mut size.wounded,
        Toll::Arrested => &mut size.arrested,
    };
    *slot = Some(slot.map_or(n, |old| old.max(n)));
}

fn toll_of(word: &str) -> Option<Toll> {
    match word {
        "killed" | "kill" | "kills" | "killing" | "died" | "die" | "dead" | "drowned" | "slain"
        | "executed" | "massacred" | "perished" | "dies" | "assassinated" | "murdered" | "drowning"
        | "neutralised" | "neutralized" => Some(Toll::Killed),
        "wounded" | "injured" | "hurt" | "wounding" | "injuring" | "wound" | "injure" | "injures"
        | "wounds" => Some(Toll::Wounded),
        "arrested" | "detained" | "arresting" | "detaining" | "arrest" | "arrests" | "detain" | "jailed" => {
            Some(Toll::Arrested)
        }
        _ => None,
    }
}

/// Verbs whose subject is the one who dies; "drowned" with an object is another's deed.
fn dies(word: &str) -> bool {
    matches!(word, "died" | "die" | "dies" | "dying" | "perished" | "perish")
}

/// "left 12 dead", "20 injured": a number right before the word.
fn dead_after_number(parse: &Parse, at: usize) -> Option<(Toll, u32)> {
    let word = parse.word(at).to_ascii_lowercase();
    let toll = toll_of(&word)
        .filter(|_| matches!(word.as_str(), "dead" | "injured" | "wounded" | "killed" | "hurt"))?;
    let first = at.saturating_sub(3);
    let from = (first..at).rev().find(|&i| parse.words[i].tag == Tag::Num)?;
    let does = parse.verbs.iter().any(|v| v.head == at && !v.passive && v.object.is_some());
    if does || is_none(parse, from) || is_year(parse.word(from)) || is_age(parse, from) {
        return None;
    }
    let close = (from + 1..at).all(|i| {
        matches!(parse.words[i].tag, Tag::Noun | Tag::Adj | Tag::Num | Tag::Pronoun | Tag::Aux)
            || parse.word(i) == "others"
            || parse.word(i).eq_ignore_ascii_case("shot")
    });
    let start = (first..=from).find(|&i| parse.words[i].tag == Tag::Num).unwrap_or(from);
    close.then(|| number_in(parse, start..from + 1)).flatten().map(|n| (toll, n))
}

/// "the death toll rose to 120", "120 deaths".
fn death_toll(parse: &Parse, at: usize) -> Option<(Toll, u32)> {
    let word = parse.word(at).to_ascii_lowercase();
    if word == "toll" && at > 0 && parse.word(at - 1).eq_ignore_ascii_case("death") {
        let from = (at + 1..(at + 8).min(parse.words.len())).find(|&i| parse.words[i].tag == Tag::Num)?;
        return number_in(parse, from..from + 2).map(|n| (Toll::Killed, n));
    }
    let count =
        matches!(word.as_str(), "deaths" | "fatalities") && at > 0 && parse.words[at - 1].tag == Tag::Num;
    if count { number_in(parse, at - 1..at).map(|n| (Toll::Killed, n)) } else { None }
}

/// The number of a noun group and of the one joined to it: "14 soldiers and four civilians".
fn number_of_all(parse: &Parse, chunk: usize) -> Option<u32> {
    let first = number(parse, chunk)?;
    let joined =
        parse.kind(chunk + 1) == ChunkKind::Coord && !matches!(parse.kind(chunk + 3), ChunkKind::Verb(_));
    let more = if joined { number(parse, chunk + 2) } else { None };
    Some(first.saturating_add(more.unwrap_or(0)))
}

/// The number that a noun group tells.
fn number(parse: &Parse, chunk: usize) -> Option<u32> {
    let group = parse.chunks.get(chunk).filter(|c| c.kind == ChunkKind::Noun)?;
    let counts = |at: &usize| parse.words[*at].tag == Tag::Num && !is_age(parse, *at) && !is_none(parse, *at);
    let first = group.words.clone().find(counts).filter(|&at| !is_year(parse.word(at)))?;
    let head = parse.word(group.head).to_ascii_lowercase();
    if matches!(
        head.as_str(),
        "percent" | "cent" | "kilometres" | "kilometers" | "km" | "miles" | "dollars" | "years"
    ) {
        return None;
    }
    number_in(parse, first..group.words.end)
}

/// "aged 90", "a man, 34,", "ages 24 and 30": how old somebody is.
fn is_age(parse: &Parse, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |i| parse.word(i)).to_ascii_lowercase();
    let aged = |word: String| matches!(word.as_str(), "aged" | "age" | "ages");
    let joined = matches!(before(1).as_str(), "and" | "or" | "to") && aged(before(3));
    let between = before(1) == "," && parse.word(at + 1) == "," && at >= 2;
    aged(before(1)) || joined || between
}

/// "no one", "no two".
fn is_none(parse: &Parse, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| parse.word(before).eq_ignore_ascii_case("no"))
}

/// "the 2014 attack": a number that is a year, as nobody counts people.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// The number that the run of words begins with: "1,200", "two hundred", "twelve".
pub fn number_in(parse: &Parse, range: std::ops::Range<usize>) -> Option<u32> {
    let (mut total, mut part, mut seen) = (0u32, 0u32, false);
    for at in range {
        if parse.words.get(at).is_none_or(|w| w.tag != Tag::Num) {
            break;
        }
        let word = parse.word(at).to_ascii_lowercase();
        match word.as_str() {
            "hundred" => part = part.max(1).checked_mul(100)?,
            "thousand" => {
                total = total.checked_add(part.max(1).checked_mul(1000)?)?;
                part = 0;
            }
            "dozen" => part = part.max(1).checked_mul(12)?,
            other => part = part.checked_add(plain(other)?)?,
        }
        seen = true;
    }
    seen.then(|| total.checked_add(part)).flatten()
}

/// A number written in digits or as one word.
pub fn plain(word: &str) -> Option<u32> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(n) = WORDS.iter().position(|w| *w == word) {
        return u32::try_from(n).ok();
    }
    if let Some(n) = TENS.iter().position(|w| *w == word) {
        return u32::try_from(n * 10 + 30).ok();
    }
    let digits: String = word.chars().filter(|c| *c != ',').collect();
    digits.parse().ok()
}
