//! Prints what the lexicon makes of news that has no gold of events: each verb and event noun with
//! who and whom, and the event found there, to see what is left out and what is too much.

use std::path::Path;

use serde_json::Value;

use super::extract;
use super::grammar::{Parse, Tag};
use super::syntax::{Scratch, Syntax};
use crate::article::segment::segment;
use crate::article::{Article, Origin};
use crate::places::{Gazetteer, Geoparser, Hints};

/// One line a verb: what is found there, the lemma, the heads of subject and object, the sentence.
fn survey(article: &Article, geoparser: &Geoparser) {
    let text = &article.text;
    let segmentation = segment(text);
    let mut mentions = geoparser.geoparse(article, &segmentation, &Hints::default());
    let events = extract(article, &segmentation, &mut mentions);
    let lexicon = super::lexicon::Lexicon::bundled();
    let mut scratch = Scratch::default();
    for range in &segmentation.sentences {
        let tokens = &segmentation.tokens[range.clone()];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        let bytes = first.start as usize..last.end as usize;
        let sentence = text[bytes.clone()].replace(['\n', '\t'], " ");
        let tree = Syntax::bundled().parse(text, tokens, &mut scratch);
        let entries: Vec<_> = tokens.iter().map(|t| lexicon.vocabulary.look_up(t.of(text))).collect();
        let mut parse = Parse::new(text, tokens, &vec![None; tokens.len()], &entries);
        parse.add_tree(tree);
        for v in &parse.verbs {
            let here = parse.span(&(v.head..v.head + 1));
            let found = events.iter().find(|e| e.trigger.start < here.end && here.start < e.trigger.end);
            let head = |c: Option<usize>| c.map_or("-", |c| parse.word(parse.chunks[c].head)).to_lowercase();
            let (by, to) = if v.passive { (v.agent, v.subject) } else { (v.subject, v.object) };
            let word = parse.word(v.head).to_lowercase();
            println!("V\t{}\t{word}\t{}\t{}\t{sentence}", kind(found), head(by), head(to));
        }
        for at in (0..parse.words.len()).filter(|&at| parse.words[at].tag == Tag::Noun) {
            let here = parse.span(&(at..at + 1));
            let found = events.iter().find(|e| e.trigger.start < here.end && here.start < e.trigger.end);
            println!("N\t{}\t{}\t-\t-\t{sentence}", kind(found), parse.word(at).to_lowercase());
        }
        for e in events.iter().filter(|e| bytes.contains(&e.trigger.start)) {
            let trigger = text[e.trigger.clone()].replace('\n', " ");
            println!("E\t{}\t{trigger}\t{}\t{:.2}\t{sentence}", kind(Some(e)), e.status.name(), e.confidence);
        }
    }
}

fn kind(event: Option<&super::Event>) -> String {
    event.map_or("-".into(), |e| format!("{}/{}", e.kind.name(), e.mode.unwrap_or("")))
}

#[test]
#[ignore = "prints what is found in the texts of the JSON lines in TEXTS"]
fn survey_of_texts() {
    let Ok(path) = std::env::var("TEXTS") else { return };
    let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
    for line in std::fs::read_to_string(Path::new(&path)).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let article = Article::from_text(record["text"].as_str().unwrap(), Origin::Record);
        println!("D\t{}\t-\t-\t-\t-", record["id"]);
        survey(&article, &geoparser);
    }
}

#[test]
#[ignore = "prints the events of the JSON lines in TEXTS, a line an article"]
fn events_of_texts() {
    let Ok(path) = std::env::var("TEXTS") else { return };
    let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
    for line in std::fs::read_to_string(Path::new(&path)).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let article = Article::from_text(record["text"].as_str().unwrap(), Origin::Record);
        let text = &article.text;
        let segmentation = segment(text);
        let mut mentions = geoparser.geoparse(&article, &segmentation, &Hints::default());
        let events = extract(&article, &segmentation, &mut mentions);
        let anchor = super::when::dateline(text);
        let told: Vec<Value> = events
            .iter()
            .map(|e| {
                let words = |s: &[super::Span]| s.iter().map(|s| text[s.clone()].to_string()).collect::<Vec<_>>();
                let age = anchor.zip(e.date).map(|(a, d)| (a - d.start).get_days());
                let exact = e.date.map(|d| d.basis.name());
                serde_json::json!({"kind": e.kind.name(), "mode": e.mode, "status": e.status.name(), "conf": e.confidence,
                    "age": age, "basis": exact, "by": words(&e.actors), "to": words(&e.recipients), "sentence": e.sentence,
                    "trigger": text[e.trigger.clone()].to_string(), "passage": text[e.passage.clone()].to_string(),
                    "place": e.place.map(|p| p.basis.name()),
                    "killed": e.size.and_then(|s| s.killed)})
            })
            .collect();
        let out = serde_json::json!({"id": record["id"], "gold": record["events"], "events": told});
        println!("J\t{out}");
    }
}

#[test]
#[ignore = "prints which sentences of PHRASES, lines of a type and a sentence, tell no event of the type"]
fn survey_of_phrases() {
    let Ok(path) = std::env::var("PHRASES") else { return };
    let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
    let (mut right, mut all) = (0, 0);
    for line in std::fs::read_to_string(Path::new(&path)).unwrap().lines() {
        let Some((kind, sentence)) = line.split_once('\t') else { continue };
        let mut article = Article::from_text(sentence, Origin::Record);
        article.published = "2024-06-12".parse().ok();
        let segmentation = segment(sentence);
        let mut mentions = geoparser.geoparse(&article, &segmentation, &Hints::default());
        let events = extract(&article, &segmentation, &mut mentions);
        all += 1;
        if events.iter().any(|e| e.kind.name() == kind) {
            right += 1;
            continue;
        }
        let told: Vec<String> =
            events.iter().map(|e| format!("{} [{}]", e.kind.name(), &sentence[e.trigger.clone()])).collect();
        println!("MISS {kind} {sentence} -> {told:?}");
    }
    println!("PHRASES {right} of {all}");
}

#[test]
#[ignore = "prints how the lines of SENTENCES are grouped, and their triggers"]
fn groups_of_sentences() {
    use super::grammar::ChunkKind;
    use super::scene::Scene;
    use super::trigger::find;
    let Ok(path) = std::env::var("SENTENCES") else { return };
    let lexicon = super::lexicon::Lexicon::bundled();
    let mut scratch = Scratch::default();
    for text in std::fs::read_to_string(Path::new(&path)).unwrap().lines() {
        let segmentation = segment(text);
        let tokens = &segmentation.tokens;
        let entries: Vec<_> = tokens.iter().map(|t| lexicon.vocabulary.look_up(t.of(text))).collect();
        let mut parse = Parse::new(text, tokens, &vec![None; tokens.len()], &entries);
        parse.add_tree(Syntax::bundled().parse(text, tokens, &mut scratch));
        let groups: Vec<String> = parse
            .chunks
            .iter()
            .map(|c| {
                let words = &text[parse.span(&c.words)];
                match c.kind {
                    ChunkKind::Verb(v) => {
                        let v = &parse.verbs[v];
                        let told = |c: Option<usize>| c.map_or("-", |c| parse.word(parse.chunks[c].head));
                        let passive = if v.passive { "passive" } else { "active" };
                        format!("<{words}: {:?} {passive} {} {}>", v.form, told(v.subject), told(v.object))
                    }
                    kind => format!("[{words}: {kind:?}]"),
                }
            })
            .collect();
        println!("G {}", groups.join(" "));
        let scene = Scene::new(&parse, &[], lexicon, 0, 0);
        for t in find(&scene) {
            let words = &text[parse.span(&t.words)];
            println!("T {} {} [{words}] noun {:?}", t.pattern.event.name(), t.pattern.mode, t.noun);
        }
    }
}
