//! One JSON object a line and article: the mentions and events with their offsets.

use serde::Serialize;
use serde_json::Value;

use super::event_row::{EventRow, Rows};
use super::toponym::Toponym;
use crate::article::{Article, Origin};
use crate::places::{Gazetteer, Role};
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

/// What was found in one article.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a Value,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    about: Option<About<'a>>,
    toponyms: Vec<Toponym<'a>>,
    events: Vec<EventRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a RunRecord>,
}

/// What the article's file says of itself.
#[derive(Debug, Serialize)]
struct About<'a> {
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
}

/// The line of one record of a stream, without a line break: `id`, `toponyms`, `events`.
pub fn record_line(id: &Value, analysed: &Analysed, gazetteer: &Gazetteer, options: &LineOptions) -> String {
    let (toponyms, events) = found(analysed, gazetteer, options);
    to_line(&Line { id, about: None, toponyms, events, dateline: None })
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
        let (toponyms, events) = found(analysed, gazetteer, options);
        let about = Some(About::of(&analysed.article));
        let id = Value::from(article_id(&analysed.article));
        out.push_str(&to_line(&Line { id: &id, about, toponyms, events, dateline: Some(record) }));
        out.push('\n');
    }
    out
}

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

fn found<'a>(
    analysed: &'a Analysed,
    gazetteer: &'a Gazetteer,
    options: &LineOptions,
) -> (Vec<Toponym<'a>>, Vec<EventRow<'a>>) {
    let rows = Rows::new(analysed, gazetteer);
    let text = analysed.article.text.as_str();
    let all = analysed.findings.mentions.iter().enumerate();
    let kept = all.filter(|(_, m)| !options.dropped.contains(&m.role));
    let review = |index| Some(analysed.review(index)).filter(|review| *review != ReviewStatus::Unreviewed);
    let toponyms = kept
        .map(|(index, m)| Toponym {
            review: review(index).map(ReviewStatus::name),
            ..Toponym::new(m, text, rows.offsets(), gazetteer, options.candidates)
        })
        .collect();
    (toponyms, rows.events())
}

/// Strings, numbers and lists always serialise; the empty object stands for what cannot happen.
fn to_line(line: &Line<'_>) -> String {
    serde_json::to_string(line).unwrap_or_else(|_| "{}".to_owned())
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
