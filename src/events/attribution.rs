//! Who says so: "according to …", "officials said", "… told Reuters".

use std::ops::Range;

use super::grammar::{ChunkKind, Form, Parse};
use super::lexicon::{Lexicon, Set};

/// Who says something, and which words of the sentence they say.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The words that name the source; empty for "reportedly".
    pub source: Range<usize>,
    /// The words that are said.
    pub scope: Range<usize>,
    /// "denied": what is said did not happen.
    pub denial: bool,
    /// "reportedly from a commander": the source is the one who acts.
    pub hearsay: bool,
}

/// Finds the attributions of a sentence.
pub fn find(parse: &Parse, lexicon: &Lexicon) -> Vec<Attribution> {
    let mut out = Vec::new();
    according_to(parse, &mut out);
    let deny = lexicon.vocabulary.lemma_of("deny");
    for verb in 0..parse.verbs.len() {
        let head = parse.words[parse.verbs[verb].head].lemma();
        if lexicon.sets.has(Set::Say, head) {
            out.extend(said(parse, verb, head == deny));
        }
    }
    if let Some(at) = (0..parse.words.len()).find(|&at| is_hearsay(parse.word(at))) {
        out.push(Attribution {
            source: hearsay_source(parse, at),
            scope: 0..parse.words.len(),
            denial: false,
            hearsay: true,
        });
    }
    out
}

fn is_hearsay(word: &str) -> bool {
    ["reportedly", "allegedly", "purportedly"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// "reportedly from a commander": the phrase behind; nothing otherwise.
fn hearsay_source(parse: &Parse, at: usize) -> Range<usize> {
    let chunk = parse.chunk_of(at);
    if parse.kind(chunk + 1) == ChunkKind::Prep && parse.kind(chunk + 2) == ChunkKind::Noun {
        parse.phrase(chunk + 2)
    } else {
        at..at
    }
}

fn according_to(parse: &Parse, out: &mut Vec<Attribution>) {
    for at in 0..parse.chunks.len() {
        let head = parse.chunks[at].head;
        let first = parse.word(head);
        let to = first.eq_ignore_ascii_case("according");
        if !to {
            continue;
        }
        if let Some(noun) =
            (at + 1..(at + 4).min(parse.chunks.len())).find(|&c| parse.kind(c) == ChunkKind::Noun)
        {
            let mut source = parse.phrase(noun);
            source.end = extend_reduced(parse, noun, source.end);
            out.push(Attribution { source, scope: 0..parse.words.len(), denial: false, hearsay: false });
        }
    }
}

/// Takes in what a participle adds: "sources quoted by TOLO News".
fn extend_reduced(parse: &Parse, noun: usize, end: usize) -> usize {
    let next = parse.chunk_of(end);
    match parse.kind(next) {
        ChunkKind::Verb(v)
            if parse.verbs[v].form == Form::Participle
                && parse.kind(next + 1) == ChunkKind::Prep
                && parse.kind(next + 2) == ChunkKind::Noun
                && next > noun =>
        {
            parse.phrase(next + 2).end
        }
        _ => end,
    }
}

/// The attribution that a verb of saying makes.
fn said(parse: &Parse, verb: usize, denial: bool) -> Option<Attribution> {
    let v = &parse.verbs[verb];
    if v.form == Form::Infinitive || v.negated && !denial {
        return None;
    }
    let start = parse.chunks[v.chunk].words.start;
    if v.passive {
        return passive_said(parse, verb);
    }
    let quoted = v.chunk.checked_sub(1).is_some_and(|p| parse.kind(p) == ChunkKind::Quote);
    let behind = inverted(parse, v.chunk);
    let before = v.subject.filter(|&s| s < v.chunk && !(quoted && behind.is_some()));
    let noun = before.or(behind)?;
    let source = with_place(parse, noun, v.chunk);
    let scope =
        if trails(parse, noun, v.chunk) { 0..source.start.min(start) } else { v.head + 1..parse.words.len() };
    (!scope.is_empty()).then_some(Attribution { source, scope, denial, hearsay: false })
}

/// "was reported to have left": said by nobody in particular, of everything in the sentence.
fn passive_said(parse: &Parse, verb: usize) -> Option<Attribution> {
    let v = &parse.verbs[verb];
    let source = v.agent.map_or(v.head..v.head, |a| parse.phrase(a));
    Some(Attribution { source, scope: v.head + 1..parse.words.len(), denial: false, hearsay: false })
}

/// ", said a spokesman": the noun behind the verb.
fn inverted(parse: &Parse, chunk: usize) -> Option<usize> {
    let comma =
        chunk.checked_sub(1).is_some_and(|p| matches!(parse.kind(p), ChunkKind::Comma | ChunkKind::Quote));
    (comma && parse.kind(chunk + 1) == ChunkKind::Noun).then_some(chunk + 1)
}

/// Whether what is said stands before its source: "…, officials said."
fn trails(parse: &Parse, noun: usize, verb: usize) -> bool {
    let first = noun.min(verb);
    let cut =
        first.checked_sub(1).is_some_and(|p| matches!(parse.kind(p), ChunkKind::Comma | ChunkKind::Quote));
    if !cut || parse.chunks[first].words.start < 4 {
        return false;
    }
    let before = parse.verbs.iter().any(|v| v.chunk < first && v.form == Form::Finite);
    let after = (verb + 1..parse.chunks.len())
        .take_while(|&c| parse.kind(c) != ChunkKind::Break)
        .any(|c| matches!(parse.kind(c), ChunkKind::Verb(v) if parse.verbs[v].form == Form::Finite));
    let clause_after = parse.kind(verb + 1) == ChunkKind::Sub;
    before && !clause_after && (!after || parse.kind(verb + 1) != ChunkKind::Noun)
}

/// The source with the phrases before its verb: "Sources in the interior ministry".
fn with_place(parse: &Parse, noun: usize, verb: usize) -> Range<usize> {
    let mut source = parse.phrase(noun);
    let mut at = parse.chunk_of(source.end);
    while at + 1 < verb && parse.kind(at) == ChunkKind::Prep && parse.kind(at + 1) == ChunkKind::Noun {
        source.end = parse.phrase(at + 1).end;
        at = parse.chunk_of(source.end);
    }
    source
}
