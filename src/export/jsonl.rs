//! One JSON object a line and article: the mentions and events with their offsets.

use serde::Serialize;
use serde_json::Value;

use super::event_row::{EventRow, Rows};
use super::toponym::Toponym;
use crate::article::{Article, Origin};
use crate::places::{Gazetteer, Role};
use crate::project::{Analysed, Project, RunRecord};

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
    let kept = analysed.findings.mentions.iter().filter(|m| !options.dropped.contains(&m.role));
    let toponyms =
        kept.map(|m| Toponym::new(m, text, rows.offsets(), gazetteer, options.candidates)).collect();
    (toponyms, rows.events())
}

/// Strings, numbers and lists always serialise; the empty object stands for what cannot happen.
fn to_line(line: &Line<'_>) -> String {
    serde_json::to_string(line).unwrap_or_else(|_| "{}".to_owned())
}
