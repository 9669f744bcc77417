//! Any text at all: what is found points at the text it claims to, comes out the same each time,
//! and never ends the program. `DATELINE_FUZZ_SECONDS=300 cargo test --release --test robustness`
//! tries as many texts as one has patience for.
#![cfg(test)]

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use dateline::article::read::{from_pasted, read_bytes};
use dateline::article::{Article, Origin};
use dateline::export::jsonl::{LineOptions, record_line};
use dateline::places::Gazetteer;
use dateline::project::{Analysed, Analyser, Settings};
use serde_json::Value;

fn analyser() -> &'static Analyser {
    static ANALYSER: OnceLock<Analyser> = OnceLock::new();
    ANALYSER.get_or_init(|| Analyser::new(Gazetteer::bundled().unwrap(), Settings::default()).unwrap())
}

fn analyse(text: &str) -> Analysed {
    analyser().analyse(Article::from_text(text, Origin::Record))
}

/// Pieces that news is made of, and those that break programs.
const PIECES: &[&str] = &[
    "Paris",
    "Kabul",
    "St. Louis, Mo.",
    "New\nYork",
    "Côte d’Ivoire",
    "Bagram air base",
    "U.S.",
    "the ",
    "Kyiv",
    "Київ",
    "北京",
    "القاهرة",
    "תל אביב",
    "Zürich",
    "São",
    "N'Djamena",
    "Afghan",
    "South African",
    "US State Department",
    "KABUL, Aug 15 (Reuters) —",
    "Rebels attacked",
    "killing 12 people",
    "troops entered",
    "protesters marched from",
    "to",
    "in",
    "near",
    "officials said",
    "on Sunday",
    "Monday",
    "Aug. 15, 2021",
    "last week",
    "“",
    "”",
    "‘",
    "’s",
    "'s",
    "(",
    ")",
    "—",
    "-",
    "--",
    "/",
    "...",
    ". ",
    ", ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u{a0}",
    "\u{2028}",
    "\u{0}",
    "\u{1}",
    "\u{7f}",
    "\u{feff}",
    "\u{200b}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{301}",
    "\u{301}\u{302}\u{303}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{10ffff}",
    "👩‍👩‍👧",
    "🇦🇫",
    "İstanbul",
    "ǅ",
    "ß",
    "ﬁ",
    "ﬃ",
    "Ａ",
    "Å",
    "ẞ",
    "¹",
    "½",
    "1",
    "1,000",
    "A",
    "a",
    "I",
    "i̇",
    "Mc",
    "O'",
    "Mr.",
    "St.",
    "No.",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "\\",
    "<b>",
    "</b>",
    "&amp;",
];

/// A text of known pieces and any letters.
fn text(u: &mut Unstructured) -> Result<String> {
    let mut out = String::new();
    for _ in 0..u.int_in_range(0..=40)? {
        match u.int_in_range(0..=7)? {
            0 => out.push(u.arbitrary()?),
            1 => out.push_str(&u.choose(PIECES)?.repeat(u.int_in_range(1..=40)?)),
            _ => out.push_str(u.choose(PIECES)?),
        }
        if u.arbitrary()? {
            out.push(' ');
        }
    }
    Ok(out)
}

/// Tries the property on texts for two seconds, or as long as is asked for.
fn try_out(property: impl FnMut(&mut Unstructured) -> Result<()>) {
    let asked = std::env::var("DATELINE_FUZZ_SECONDS").ok().and_then(|s| s.parse::<u64>().ok());
    arbtest(property).budget_ms(asked.unwrap_or(2) * 1000);
}

/// A range lies on characters of the text and holds some.
fn check(text: &str, range: &Range<usize>, what: &str) {
    let words = text.get(range.clone()).unwrap_or_else(|| panic!("{what} {range:?} of {text:?}"));
    assert!(!words.is_empty(), "{what} {range:?} is empty in {text:?}");
}

fn check_mentions(found: &Analysed) {
    let text = &found.article.text;
    let mut end = 0;
    for mention in &found.findings.mentions {
        check(text, &mention.range, "mention");
        assert!(mention.range.start >= end, "mentions overlap in {text:?}");
        end = mention.range.end;
        let words = mention.surface(text);
        assert_eq!(words.trim(), words, "a mention begins or ends in space in {text:?}");
        assert!((0.0..=1.0).contains(&mention.score), "{}", mention.score);
        assert_eq!(
            mention.place,
            mention.candidates.first().map(|c| c.place).filter(|_| mention.place.is_some())
        );
        assert!(mention.candidates.iter().all(|c| (0.0..=1.0).contains(&c.score)));
    }
}

fn check_events(found: &Analysed) {
    let text = &found.article.text;
    let mentions = found.findings.mentions.len();
    for event in &found.findings.events {
        check(text, &event.trigger, "trigger");
        check(text, &event.passage, "passage");
        assert!(event.passage.start <= event.trigger.start && event.trigger.end <= event.passage.end);
        let said = event.actors.iter().chain(&event.recipients).chain(&event.attributed_to);
        said.for_each(|span| check(text, span, "actor, recipient or source"));
        assert!(event.sentence < found.findings.segmentation.sentences.len());
        let places = [event.place.map(|p| p.mention), event.origin, event.destination];
        assert!(places.into_iter().flatten().all(|place| place < mentions));
        assert!((0.0..=1.0).contains(&event.confidence));
        if let Some(date) = event.date {
            assert!(date.start <= date.end, "{date:?}");
        }
    }
}

/// Every `start`, `end` and the text beside them agree, in code points.
fn check_offsets(line: &Value, chars: &[char]) {
    match line {
        Value::Array(all) => all.iter().for_each(|v| check_offsets(v, chars)),
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let range = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                let words: String = chars[range].iter().collect();
                let told = fields.get("surface").or_else(|| fields.get("text")).unwrap();
                assert_eq!(told.as_str(), Some(words.as_str()));
            }
            fields.values().for_each(|v| check_offsets(v, chars));
        }
        _ => {}
    }
}

#[test]
fn what_is_found_points_at_the_text() {
    try_out(|u| {
        let text = text(u)?;
        let found = analyse(&text);
        assert_eq!(found.article.text, text);
        check_mentions(&found);
        check_events(&found);
        let line = record_line(&Value::from(1), &found, analyser().gazetteer(), &LineOptions::default());
        let chars: Vec<char> = text.chars().collect();
        check_offsets(&serde_json::from_str(&line).unwrap(), &chars);
        Ok(())
    });
}

#[test]
fn the_same_text_gives_the_same_again() {
    try_out(|u| {
        let (text, other) = (text(u)?, text(u)?);
        let first = analyse(&text);
        analyse(&other);
        let again = analyse(&text);
        assert_eq!(first.findings.mentions, again.findings.mentions);
        assert_eq!(first.findings.events, again.findings.events);
        Ok(())
    });
}

#[test]
fn any_bytes_are_read_or_refused() {
    try_out(|u| {
        let name = *u.choose(&["a.txt", "a.md", "a.html", "a", "2021-08-15.txt"])?;
        let bytes = if u.arbitrary()? { text(u)?.into_bytes() } else { u.arbitrary::<Vec<u8>>()? };
        if let Ok(article) = read_bytes(&bytes, Path::new(name)) {
            assert!(article.text.is_char_boundary(article.body_start));
            check_mentions(&analyser().analyse(article));
        }
        Ok(())
    });
}

#[test]
fn what_is_pasted_is_read_or_refused() {
    try_out(|u| {
        if let Ok(article) = from_pasted(&text(u)?) {
            let found = analyser().analyse(article);
            check_mentions(&found);
            check_events(&found);
        }
        Ok(())
    });
}

#[test]
fn any_name_can_be_searched() {
    try_out(|u| {
        let (name, limit) = (text(u)?, u.int_in_range(0..=200)?);
        let found = analyser().gazetteer().search(&name, limit);
        assert!(found.len() <= limit);
        assert_eq!(found, analyser().gazetteer().search(&name, limit));
        Ok(())
    });
}

/// Runs the analysis over one long text and checks all that is found.
fn survives(text: &str) -> Analysed {
    let found = analyse(text);
    check_mentions(&found);
    check_events(&found);
    found
}

#[test]
fn a_flood_of_marks_over_a_letter_is_one_long_word() {
    survives(&format!("Rain fell in Par{}is on Monday.", "\u{301}".repeat(50_000)));
}

#[test]
fn words_without_end_are_read() {
    survives(&"a".repeat(300_000));
    survives(&"A".repeat(300_000));
    survives(&"Paris-".repeat(20_000));
    survives(&"北".repeat(50_000));
}

#[test]
fn a_sentence_without_end_is_read() {
    let found = survives(&"Kabul and Paris and Nairobi, ".repeat(3_000));
    assert!(found.findings.mentions.len() > 8_000);
}

#[test]
fn an_article_without_end_is_read() {
    // Where each event looks at each place, this takes minutes.
    let found = survives(&"Rebels attacked Kabul and Paris. ".repeat(60_000));
    assert!(found.findings.mentions.len() >= 120_000 && found.findings.events.len() >= 50_000);
}

#[test]
fn line_breaks_of_every_kind_give_the_same_names() {
    let text = "Flood in Nairobi\n\nWater covered Mombasa and Kabul on Monday.\n";
    let names = |text: &str| -> Vec<String> {
        let found = survives(text);
        let words =
            |m: &dateline::places::Mention| m.surface(text).split_whitespace().collect::<Vec<_>>().join(" ");
        found.findings.mentions.iter().map(words).collect()
    };
    assert_eq!(names(text), ["Nairobi", "Mombasa", "Kabul"]);
    assert_eq!(names(&text.replace('\n', "\r\n")), names(text));
    assert_eq!(names(&format!("\u{feff}{text}")), names(text));
}

#[test]
fn marks_of_direction_hide_no_name() {
    let found = survives("Rain fell in \u{200f}Nairobi\u{200e} on Monday, and in \u{2067}Kabul\u{2069} too.");
    assert_eq!(found.findings.mentions.len(), 2);
}
