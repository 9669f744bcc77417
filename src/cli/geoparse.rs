//! `dateline geoparse --jsonl`: a filter for pipelines.

use std::io::{self, BufRead, BufReader, Read, Write};

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value, json};

use super::args::{GeoparseCall, parse_date};
use super::console::Console;
use super::{CallError, input, output};
use crate::article::{Article, Origin};
use crate::export::jsonl::{LineOptions, record_line};
use crate::places::{Hints, Region};
use crate::project::{Analyser, Settings};

/// The longest line that is read, in bytes; the rest of a longer one is skipped.
const LONGEST_LINE: usize = 64_000_000;
/// How many bytes of lines are worked on at a time.
const BATCH_BYTES: usize = 1 << 20;
/// Bytes of standard input held at a time.
const BUFFER: usize = 1 << 18;

/// Carries out the call: memory stays the same however long the input is.
///
/// # Errors
/// When standard input cannot be read or standard output not be written.
pub fn run(call: &GeoparseCall, console: &mut Console) -> Result<(), CallError> {
    let settings = Settings { events: !call.places_only, care: call.mode, ..Settings::default() };
    let analyser = input::analyser(settings)?;
    let options = LineOptions { candidates: call.candidates, dropped: call.drop.clone() };
    let answer = |line: &[u8]| answer(line, &analyser, &options);
    filter(BufReader::with_capacity(BUFFER, io::stdin().lock()), io::stdout().lock(), answer, console)
}

/// Answers every line of `input` with one line of `output`, in order; what `answer` refuses gives
/// `{"line": N, "error": …}` in its place.
pub fn filter(
    mut input: BufReader<impl Read>,
    mut output: impl Write,
    answer: impl Fn(&[u8]) -> Result<String, String> + Sync,
    console: &mut Console,
) -> Result<(), CallError> {
    let mut number = 0;
    loop {
        let batch = read_batch(&mut input)
            .map_err(|error| CallError::Failed(format!("cannot read standard input: {error}")))?;
        if batch.is_empty() {
            return Ok(());
        }
        let answers: Vec<_> =
            batch.par_iter().map(|line| line.as_ref().map_or_else(too_long, |l| answer(l))).collect();
        let mut text = String::new();
        for result in answers {
            number += 1;
            text.push_str(&result.unwrap_or_else(|error| {
                console.problem(format_args!("line {number}: {error}"));
                json!({ "line": number, "error": error }).to_string()
            }));
            text.push('\n');
        }
        output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(|e| output::closed_or(&e))?;
    }
}

fn too_long() -> Result<String, String> {
    Err(format!("the line is longer than {} MB", LONGEST_LINE / 1_000_000))
}

/// The next lines: at least one, and as many more as have already arrived, so that who sends one
/// line and waits gets an answer. `None` stands for a line that is too long.
fn read_batch(input: &mut BufReader<impl Read>) -> io::Result<Vec<Option<Vec<u8>>>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES {
        let Some(line) = read_line(input)? else { break };
        bytes += line.as_ref().map_or(0, Vec::len) + 1;
        batch.push(line);
        if !input.buffer().contains(&b'\n') {
            break;
        }
    }
    Ok(batch)
}

/// One line without its end; `None` at the end of the input.
#[expect(clippy::option_option, reason = "end of the input, or a line that may be too long")]
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    let limit = LONGEST_LINE as u64 + 1;
    if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > LONGEST_LINE {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(line)))
}

/// The answer to one line; the refusal never quotes the text.
fn answer(line: &[u8], analyser: &Analyser, options: &LineOptions) -> Result<String, String> {
    let record = Record::parse(line)?;
    let hints = Hints { region: record.region };
    let analysed = analyser.analyse_with(record.article, &hints);
    Ok(record_line(&record.id, &analysed, analyser.gazetteer(), options))
}

/// One line of input.
struct Record {
    id: Value,
    article: Article,
    region: Option<Region>,
}

impl Record {
    fn fields(line: &[u8]) -> Result<Map<String, Value>, String> {
        serde_json::from_slice(line).map(|Used(fields)| fields).or_else(|_| parse_object(line))
    }

    fn parse(line: &[u8]) -> Result<Self, String> {
        let mut object = Self::fields(line)?;
        let text = match object.remove("text") {
            Some(Value::String(text)) => text,
            Some(_) => return Err("\"text\" is not a string".to_owned()),
            None => return Err("there is no \"text\"".to_owned()),
        };
        let published = string(&object, "published")?.map(|d| parse_date(&d)).transpose();
        let region = string(&object, "region")?.map(|r| r.parse::<Region>()).transpose();
        let title = string(&object, "title")?;
        let body_start = title.as_deref().and_then(|t| headline_end(&text, t)).unwrap_or(0);
        let article = Article {
            title,
            outlet: string(&object, "source")?,
            published: published.map_err(|error| format!("\"published\": {error}"))?,
            body_start,
            ..Article::from_text(text, Origin::Record)
        };
        let region = region.map_err(|error| format!("\"region\": {error}"))?;
        Ok(Self { id: object.remove("id").unwrap_or(Value::Null), article, region })
    }
}

/// Reads the fields of an object that are used and skips the others without keeping them.
struct Used(Map<String, Value>);

/// The fields of a line that are used.
const FIELDS: [&str; 6] = ["id", "text", "title", "source", "published", "region"];

impl<'de> Deserialize<'de> for Used {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UsedVisitor)
    }
}

struct UsedVisitor;

impl<'de> Visitor<'de> for UsedVisitor {
    type Value = Used;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Used, A::Error> {
        let mut used = Map::new();
        while let Some(key) = access.next_key::<std::borrow::Cow<'_, str>>()? {
            if FIELDS.contains(&key.as_ref()) {
                used.insert(key.into_owned(), access.next_value()?);
            } else {
                access.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Used(used))
    }
}

/// The object that a line holds.
pub fn parse_object(line: &[u8]) -> Result<Map<String, Value>, String> {
    if line.trim_ascii().is_empty() {
        return Err("the line is empty".to_owned());
    }
    match serde_json::from_slice(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("the line is JSON, but no object".to_owned()),
        Err(error) => Err(format!("the line is no JSON: an error at character {}", error.column())),
    }
}

/// A field that may be missing or null.
fn string(object: &Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("\"{key}\" is not a string")),
    }
}

/// Where the body begins in a text that opens with its own title.
fn headline_end(text: &str, title: &str) -> Option<usize> {
    let rest = text.trim_start().strip_prefix(title.trim()).filter(|_| !title.trim().is_empty())?;
    let body = rest.trim_start();
    rest.starts_with(['\n', '\r']).then(|| text.len() - body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo(input: &str) -> (String, bool) {
        let (mut out, mut console) = (Vec::new(), Console::new());
        let answer = |line: &[u8]| parse_object(line).map(|o| Value::from(o).to_string());
        filter(BufReader::new(input.as_bytes()), &mut out, answer, &mut console).unwrap();
        (String::from_utf8(out).unwrap(), console.has_problems())
    }

    #[test]
    fn every_line_has_its_answer_in_its_place() {
        let (out, problems) = echo("{\"id\":1}\n[2]\n\nnonsense\n{\"id\":5}");
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 5);
        assert_eq!((lines[0], lines[4]), ("{\"id\":1}", "{\"id\":5}"));
        for (i, line) in lines.iter().enumerate().take(4).skip(1) {
            assert!(line.starts_with(&format!("{{\"line\":{},\"error\":", i + 1)), "{line}");
        }
        assert!(problems);
    }

    #[test]
    fn order_is_kept_over_many_batches() {
        let pad = "x".repeat(900);
        let input: String = (0..5000).map(|i| format!("{{\"id\":{i},\"pad\":\"{pad}\"}}\n")).collect();
        assert_eq!(echo(&input), (input, false));
    }

    #[test]
    fn records_are_checked_and_never_quoted() {
        for (line, says) in [
            ("{\"id\":1}", "no \"text\""),
            ("{\"text\":[\"secret\"]}", "not a string"),
            ("\"secret\"", "no object"),
            ("{\"text\":\"secret", "no JSON"),
            ("{\"text\":\"secret\",\"published\":\"yesterday\"}", "published"),
            ("{\"text\":\"secret\",\"region\":\"nowhere\"}", "region"),
            ("{\"text\":\"secret\",\"title\":5}", "title"),
        ] {
            let error = Record::parse(line.as_bytes()).err().unwrap();
            assert!(error.contains(says) && !error.contains("secret"), "{line}: {error}");
        }
    }

    #[test]
    fn a_title_in_front_of_the_text_is_no_body() {
        let line =
            br#"{"id":"a","text":"Flood in Herat\n\nWater rose.","title":"Flood in Herat","published":null}"#;
        let record = Record::parse(line).unwrap();
        assert_eq!(&record.article.text[record.article.body_start..], "Water rose.");
        assert_eq!(record.id, "a");
    }
}
