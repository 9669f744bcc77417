//! The gold of events: `events-NN.json` beside `events-NN.txt`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::markup::{self, Name};
use crate::article::Article;
use crate::places::{LonLat, Mention, PlaceIndex, Precision, Role};

/// An event of the gold.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are told in the README beside the data")]
pub struct GoldEvent {
    pub id: String,
    pub trigger: String,
    pub trigger_nth: usize,
    pub sentence: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub also_types: Vec<String>,
    pub status: String,
    #[serde(default)]
    pub also_status: Vec<String>,
    pub actors: Vec<String>,
    #[serde(default)]
    pub antecedent: Option<String>,
    pub place: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub tolerance_km: Option<f64>,
    #[serde(deserialize_with = "day")]
    pub date_start: Option<Date>,
    #[serde(deserialize_with = "day")]
    pub date_end: Option<Date>,
    pub killed: Option<u32>,
    pub wounded: Option<u32>,
    pub same_as: Option<String>,
    pub optional: bool,
    /// Where the trigger stands in the plain text, bytes.
    #[serde(skip)]
    pub bytes: Range<usize>,
    /// Where its sentence stands.
    #[serde(skip)]
    pub passage: Range<usize>,
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(|t| t.parse().map_err(serde::de::Error::custom)).transpose()
}

impl GoldEvent {
    /// Its point and how far off an answer may be, in kilometres.
    pub fn point(&self) -> Option<(LonLat, f64)> {
        Some((LonLat::new(self.lon?, self.lat?), self.tolerance_km.unwrap_or(25.0)))
    }
}

/// The same happening in another article.
#[derive(Debug, Clone, Deserialize)]
pub struct Link {
    /// The event here.
    pub id: String,
    /// The other article.
    pub article: String,
    /// The event there.
    pub event: String,
}

/// An article with its gold.
#[derive(Debug, Clone)]
pub struct GoldArticle {
    /// "events-01".
    pub name: String,
    /// The article.
    pub article: Article,
    /// The names marked in it.
    pub names: Vec<Name>,
    /// The events.
    pub events: Vec<GoldEvent>,
    /// The same happenings elsewhere.
    pub links: Vec<Link>,
}

/// Why gold cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder cannot be opened.
    #[error("cannot read {0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// The file is no gold of events.
    #[error("{0} is no gold of events: {1}")]
    Form(PathBuf, serde_json::Error),
    /// A trigger or sentence does not stand in the text.
    #[error("{0}: the trigger or sentence of {1} does not stand in the text")]
    Absent(PathBuf, String),
}

#[derive(Deserialize)]
struct Form {
    events: Vec<GoldEvent>,
    #[serde(default)]
    same_events_across: Vec<Link>,
}

/// Reads every article of a folder that has a gold, by name.
///
/// # Errors
/// See [`GoldError`].
pub fn read_folder(folder: &Path) -> Result<Vec<GoldArticle>, GoldError> {
    let failed = |e| GoldError::Io(folder.to_path_buf(), e);
    let entries =
        std::fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    paths.iter().map(|p| read_article(p)).collect()
}

fn read_article(path: &Path) -> Result<GoldArticle, GoldError> {
    let text = |p: &Path| std::fs::read_to_string(p).map_err(|e| GoldError::Io(p.to_path_buf(), e));
    let form: Form =
        serde_json::from_str(&text(path)?).map_err(|e| GoldError::Form(path.to_path_buf(), e))?;
    let marked = markup::read(&text(&path.with_extension("txt"))?);
    let mut events = form.events;
    for event in &mut events {
        let absent = || GoldError::Absent(path.to_path_buf(), event.id.clone());
        let (bytes, passage) = located(&marked.article.text, event).ok_or_else(absent)?;
        (event.bytes, event.passage) = (bytes, passage);
    }
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (article, names) = (marked.article, marked.names);
    Ok(GoldArticle { name, article, names, events, links: form.same_events_across })
}

fn located(text: &str, event: &GoldEvent) -> Option<(Range<usize>, Range<usize>)> {
    let (start, words) = text.match_indices(&event.trigger).nth(event.trigger_nth.checked_sub(1)?)?;
    let sentences = text.match_indices(&event.sentence);
    let inside = |(at, s): (usize, &str)| (at <= start && start < at + s.len()).then(|| at..at + s.len());
    let passage = sentences.filter_map(inside).next()?;
    Some((start..start + words.len(), passage))
}

impl GoldArticle {
    /// The names as mentions: what a perfect geoparser would find. `precision` tells what kind of
    /// place a surface at a point is.
    pub fn mentions(&self, precision: impl Fn(&str, LonLat) -> Precision) -> Vec<Mention> {
        let mut points: Vec<LonLat> = Vec::new();
        let named = self.names.iter().filter(|n| !matches!(n.code.as_str(), "o" | "h" | "x"));
        named
            .map(|name| {
                let surface = self.article.text.get(name.range.clone()).unwrap_or("");
                let place = name.at.map(|at| {
                    let known = points.iter().position(|p| *p == at);
                    known.unwrap_or_else(|| {
                        points.push(at);
                        points.len() - 1
                    })
                });
                Mention {
                    range: name.range.clone(),
                    role: role(&name.code),
                    candidates: [].into(),
                    place: place.and_then(|p| u32::try_from(p).ok()).map(PlaceIndex),
                    score: 1.0,
                    precision: name.at.map(|at| match name.code.as_str() {
                        "i" | "r" => Precision::Exact,
                        _ => precision(surface, at),
                    }),
                    country: 0,
                }
            })
            .collect()
    }

    /// The points of [`GoldArticle::mentions`], in the same order.
    pub fn points(&self) -> Vec<Option<LonLat>> {
        let named = self.names.iter().filter(|n| !matches!(n.code.as_str(), "o" | "h" | "x"));
        named.map(|n| n.at).collect()
    }
}

fn role(code: &str) -> Role {
    match code {
        "l" => Role::Dateline,
        "n" => Role::Demonym,
        "p" => Role::OrganisationPart,
        "a" => Role::Actor,
        _ => Role::Event,
    }
}
