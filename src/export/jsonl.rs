//! One JSON object a line and article: the mentions and events with their offsets.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;

use super::event_row::Rows;
use super::toponym::{CandidateRow, Toponym};
use crate::article::{Article, Origin};
use crate::places::{Gazetteer, Mention, Role};
use crate::project::{Analysed, Project, ReviewStatus, RunRecord};

/// What a line holds of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOptions {
    /// The most candidates written for a mention.
    pub candidates: usize,
    /// Mentions in these roles are left out.
    pub dropped: Vec<Role>,
}

impl Default for LineOptions {
    fn default() -> Self {
        Self { candidates: 5, dropped: Vec::new() }
    }
}

/// What the article's file says of itself.
#[derive(Debug)]
struct About<'a> {
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
}

/// The line of one record of a stream, without a line break: `id`, `toponyms`, `events`.
pub fn record_line(id: &Value, analysed: &Analysed, gazetteer: &Gazetteer, options: &LineOptions) -> String {
    let mut line = Line::begin(id);
    line.found(analysed, gazetteer, options);
    line.end()
}

/// A project, one line an article, each with the run record as `dateline` so that a line cut out
/// of the file still tells where it comes from. `id` is the file's path as it was given.
pub fn project_lines(
    project: &Project,
    gazetteer: &Gazetteer,
    record: &RunRecord,
    options: &LineOptions,
) -> String {
    let mut out = String::new();
    for analysed in &project.articles {
        let about = About::of(&analysed.article);
        let mut line = Line::begin(&Value::from(article_id(&analysed.article)));
        line.field("title", &about.title);
        line.field("outlet", &about.outlet);
        line.field("published", &about.published);
        line.field("language", &about.language);
        line.found(analysed, gazetteer, options);
        line.field("dateline", record);
        out.push_str(&line.end());
        out.push('\n');
    }
    out
}

/// A JSON object in the making. It is put together by hand where that is faster: mentions of the
/// same words share their candidates, which are written out once and then copied.
struct Line(Vec<u8>);

impl Line {
    /// An object whose first field is `id`.
    fn begin(id: &Value) -> Self {
        let mut out = Self(Vec::with_capacity(USUAL_LINE));
        out.0.extend_from_slice(b"{\"id\":");
        out.value(id);
        out
    }

    /// Strings, numbers and lists always serialise; null stands for what cannot happen.
    fn value(&mut self, value: &impl Serialize) {
        let start = self.0.len();
        if serde_json::to_writer(&mut self.0, value).is_err() {
            self.0.truncate(start);
            self.0.extend_from_slice(b"null");
        }
    }

    /// `name` is written as it stands.
    fn name(&mut self, name: &str) {
        self.0.extend_from_slice(b",\"");
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    fn field(&mut self, name: &str, value: &impl Serialize) {
        self.name(name);
        self.value(value);
    }

    fn found(&mut self, analysed: &Analysed, gazetteer: &Gazetteer, options: &LineOptions) {
        let rows = Rows::new(analysed, gazetteer);
        let text = analysed.article.text.as_str();
        let mut written = Written::default();
        self.name("toponyms");
        self.0.push(b'[');
        let all = analysed.findings.mentions.iter().enumerate();
        let kept = all.filter(|(_, m)| !options.dropped.contains(&m.role));
        for (count, (index, mention)) in kept.enumerate() {
            if count > 0 {
                self.0.push(b',');
            }
            self.value(&Toponym::new(mention, text, rows.offsets(), gazetteer, 0));
            if self.0.ends_with(NO_CANDIDATES) {
                self.0.truncate(self.0.len() - NO_CANDIDATES.len());
                self.candidates(mention, gazetteer, options.candidates, &mut written);
                let review = analysed.review(index);
                if review != ReviewStatus::Unreviewed {
                    self.field("review", &review.name());
                }
                self.0.push(b'}');
            }
        }
        self.0.push(b']');
        self.field("events", &rows.events());
    }

    fn candidates(&mut self, of: &Mention, gazetteer: &Gazetteer, most: usize, written: &mut Written) {
        let list = std::sync::Arc::as_ptr(&of.candidates).addr();
        if let Some(bytes) = written.get(&list) {
            self.0.extend_from_within(bytes.clone());
            return;
        }
        let start = self.0.len();
        let rows: Vec<_> =
            of.candidates.iter().filter_map(|c| CandidateRow::new(c, gazetteer)).take(most).collect();
        self.value(&rows);
        written.insert(list, start..self.0.len());
    }

    fn end(mut self) -> String {
        self.0.push(b'}');
        String::from_utf8(self.0).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// Bytes of most articles' lines.
const USUAL_LINE: usize = 1 << 15;

/// The end of a mention without candidates.
const NO_CANDIDATES: &[u8] = b"[]}";

/// Where the candidates of a mention are written already, by the address of their list.
type Written = FxHashMap<usize, Range<usize>>;

/// What an article is called in data: its path as given, or where it came from.
pub fn article_id(article: &Article) -> String {
    match &article.origin {
        Origin::File(path) => path.to_string_lossy().into_owned(),
        Origin::Pasted => "pasted".to_owned(),
        Origin::Sample(name) => format!("sample:{name}"),
        Origin::Record => "record".to_owned(),
    }
}

impl<'a> About<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            title: article.title.as_deref(),
            outlet: article.outlet.as_deref(),
            published: article.published.map(|d| d.to_string()),
            language: article.language.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn line() -> Value {
        let project = fixture::project();
        let text =
            record_line(&Value::from(7), &project.articles[0], fixture::gazetteer(), &LineOptions::default());
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_fields_are_those_of_the_contract_in_its_order() {
        let line = line();
        let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&line), ["id", "toponyms", "events"]);
        assert_eq!(
            keys(&line["toponyms"][0]).join(" "),
            "start end surface role lat lon geonames_id place_id name country admin1 kind precision score candidates"
        );
        assert_eq!(
            keys(&line["toponyms"][0]["candidates"][0]).join(" "),
            "place_id name lat lon country kind score reasons"
        );
        assert_eq!(
            keys(&line["events"][0]).join(" "),
            "id type mode status actors recipients attributed_to lat lon place_name place_id place_precision \
             country place_basis origin destination date_start date_end date_precision date_basis trigger \
             sentence_start sentence_end confidence size"
        );
    }

    #[test]
    fn offsets_count_code_points() {
        let line = line();
        let text: Vec<char> = fixture::project().articles[0].article.text.chars().collect();
        for span in [&line["toponyms"][0], &line["events"][0]["trigger"], &line["events"][0]["actors"][0]] {
            let range = span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize;
            let words = span.get("surface").or(span.get("text")).unwrap();
            assert_eq!(text[range].iter().collect::<String>(), words.as_str().unwrap());
        }
        assert_eq!(line["events"][0]["sentence_start"], 0);
    }

    #[test]
    fn what_is_unknown_is_null_and_never_left_out() {
        let line = line();
        let unknown = &line["toponyms"][2];
        for key in ["lat", "lon", "geonames_id", "place_id", "name", "country", "admin1", "kind", "precision"]
        {
            assert_eq!(unknown[key], Value::Null, "{key}");
        }
        let left = &line["events"][1];
        assert_eq!(
            (&left["lat"], &left["place_basis"], &left["date_start"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        assert_eq!(left["destination"]["text"], "Afghanistan");
        assert_eq!(line["toponyms"][0]["score"], 0.8765);
        assert_eq!(line["toponyms"][0]["candidates"][0]["reasons"][1], "same country as 2 other places");
    }

    #[test]
    fn roles_can_be_dropped_and_candidates_bounded() {
        let project = fixture::project();
        let options = LineOptions { candidates: 0, dropped: vec![Role::Destination] };
        let text = record_line(&Value::Null, &project.articles[0], fixture::gazetteer(), &options);
        let line: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["toponyms"].as_array().unwrap().len(), 2);
        assert_eq!(line["toponyms"][0]["candidates"], Value::Array(Vec::new()));
    }
}
