//! A project as a file: `*.dateline`, JSON.
//!
//! Spans are pairs of byte offsets into the article's text, places are `source:id`, so that the
//! file outlives the gazetteer it was made with. What is loaded and saved again has the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::review::{By, FoundPlace};
use super::{Analysed, Correction, Decision, Findings, GroupEdit, Period, Project, RunRecord};
use crate::article::segment::{Segmentation, segment};
use crate::article::{Article, Origin};
use crate::events::lexicon::Lexicon;
use crate::events::{
    DateBasis, DatePrecision, Event, EventDate, EventPlace, EventType, PlaceBasis, Size, Span, Status,
};
use crate::places::mention::Reason;
use crate::places::{Candidate, Gazetteer, Mention, PlaceIndex, Precision, Role};

/// First field of every project file.
const FORMAT: &str = "dateline project";
/// Raised when an older program could not read what is written.
const VERSION: u32 = 1;

/// Why a file is no project.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Not the JSON of a project.
    #[error("this is no project of Dateline, or it is damaged at line {0}, character {1}")]
    NotAProject(usize, usize),
    /// Written by a newer program.
    #[error("the project has format {0}, this program reads up to {VERSION}; use a newer Dateline")]
    Newer(u32),
    /// A position lies outside the text, or a number outside its list.
    #[error("the project is damaged: article {0} has a position outside its text")]
    Damaged(usize),
}

/// A project as loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The articles and findings.
    pub project: Project,
    /// How the findings came about.
    pub record: RunRecord,
    /// Places that this program's gazetteer does not know, each once; their mentions stay, unplaced.
    pub unknown: Vec<String>,
}

/// Writes a project: one line an article, in their order.
pub fn save(project: &Project, gazetteer: &Gazetteer, record: &RunRecord) -> String {
    let head = serde_json::to_string(record).unwrap_or_default();
    let mut out =
        format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\n\"record\":{head},\n\"articles\":[");
    for (i, analysed) in project.articles.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.push_str(&serde_json::to_string(&ArticleForm::of(analysed, gazetteer)).unwrap_or_default());
    }
    out.push_str("\n]");
    if !project.group_edits.is_empty() {
        let edits = serde_json::to_string(&project.group_edits).unwrap_or_default();
        out.push_str(&format!(",\n\"group_edits\":{edits}"));
    }
    if !project.remembered.is_empty() {
        let names = project
            .remembered
            .iter()
            .filter_map(|(name, decision)| Some((name.as_str(), DecisionForm::of(*decision, gazetteer)?)));
        let names: BTreeMap<&str, DecisionForm> = names.collect();
        let names = serde_json::to_string(&names).unwrap_or_default();
        out.push_str(&format!(",\n\"remembered\":{names}"));
    }
    if let Some(period) = &project.period {
        out.push_str(&format!(",\n\"period\":[\"{}\",\"{}\"]", period.first, period.last));
    }
    out.push_str("}\n");
    out
}

/// Reads a project.
///
/// # Errors
/// See [`ProjectError`].
pub fn load(bytes: &[u8], gazetteer: &Gazetteer) -> Result<Loaded, ProjectError> {
    let damaged = |e: serde_json::Error| ProjectError::NotAProject(e.line(), e.column());
    let form: ProjectForm = serde_json::from_slice(bytes).map_err(damaged)?;
    if form.format != FORMAT {
        return Err(ProjectError::NotAProject(1, 1));
    }
    if form.version > VERSION {
        return Err(ProjectError::Newer(form.version));
    }
    let mut unknown = BTreeSet::new();
    let mut articles = Vec::with_capacity(form.articles.len());
    for (i, article) in form.articles.into_iter().enumerate() {
        let opened = article.open(gazetteer, &mut unknown).ok_or(ProjectError::Damaged(i + 1))?;
        articles.push(Arc::new(opened));
    }
    let mut remembered = BTreeMap::new();
    for (name, decision) in form.remembered {
        remembered.extend(decision.open(gazetteer, &mut unknown).map(|decision| (name, decision)));
    }
    let period = form.period.map(|form| form.0);
    let project = Project { articles, group_edits: form.group_edits, remembered, period };
    Ok(Loaded { project, record: form.record, unknown: unknown.into_iter().collect() })
}

#[derive(Deserialize)]
struct ProjectForm {
    format: String,
    version: u32,
    record: RunRecord,
    articles: Vec<ArticleForm>,
    #[serde(default)]
    group_edits: Vec<GroupEdit>,
    #[serde(default)]
    remembered: BTreeMap<String, DecisionForm>,
    #[serde(default)]
    period: Option<PeriodForm>,
}

/// Chosen days as they are written: the first and the last.
#[derive(Deserialize)]
#[serde(try_from = "[String; 2]")]
struct PeriodForm(Period);

impl TryFrom<[String; 2]> for PeriodForm {
    type Error = jiff::Error;

    fn try_from([first, last]: [String; 2]) -> Result<Self, jiff::Error> {
        Ok(Self(Period::between(first.parse()?, last.parse()?)))
    }
}

#[derive(Serialize, Deserialize)]
enum OriginForm {
    #[serde(rename = "file")]
    File(String),
    #[serde(rename = "pasted")]
    Pasted,
    #[serde(rename = "sample")]
    Sample(String),
    #[serde(rename = "record")]
    Record,
}

#[derive(Serialize, Deserialize)]
struct ArticleForm {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    language: Option<String>,
    origin: OriginForm,
    body_start: usize,
    text: String,
    mentions: Vec<MentionForm>,
    events: Vec<EventForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionForm>,
}

/// A place is `source:id`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DecisionForm {
    Place(String),
    NoPlace,
    Unknown,
}

#[derive(Serialize, Deserialize)]
struct CorrectionForm {
    mention: usize,
    decision: DecisionForm,
    by: By,
    found: (Option<String>, f32, Option<Precision>),
}

#[derive(Serialize, Deserialize)]
struct MentionForm {
    bytes: [usize; 2],
    role: Role,
    place: Option<String>,
    precision: Option<Precision>,
    score: f32,
    candidates: Vec<CandidateForm>,
}

#[derive(Serialize, Deserialize)]
struct CandidateForm {
    place: String,
    score: f32,
    reasons: Vec<Reason>,
}

#[derive(Serialize, Deserialize)]
struct EventForm {
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<String>,
    status: Status,
    actors: Vec<[usize; 2]>,
    recipients: Vec<[usize; 2]>,
    attributed_to: Option<[usize; 2]>,
    place: Option<(usize, PlaceBasis)>,
    /// The mention that names the place, where the gazetteer lacks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_told: Option<usize>,
    origin: Option<usize>,
    destination: Option<usize>,
    date: Option<(String, String, DatePrecision, DateBasis)>,
    trigger: [usize; 2],
    passage: [usize; 2],
    confidence: f32,
    size: Option<[Option<u32>; 3]>,
}

impl ArticleForm {
    fn of(analysed: &Analysed, gazetteer: &Gazetteer) -> Self {
        let Analysed { article, findings, corrections } = analysed;
        Self {
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            published: article.published.map(|d| d.to_string()),
            language: article.language.clone(),
            origin: match &article.origin {
                Origin::File(path) => OriginForm::File(path.to_string_lossy().into_owned()),
                Origin::Pasted => OriginForm::Pasted,
                Origin::Sample(name) => OriginForm::Sample(name.clone()),
                Origin::Record => OriginForm::Record,
            },
            body_start: article.body_start,
            text: article.text.clone(),
            mentions: findings.mentions.iter().map(|m| MentionForm::of(m, gazetteer)).collect(),
            events: findings.events.iter().map(EventForm::of).collect(),
            corrections: corrections.iter().filter_map(|c| CorrectionForm::of(c, gazetteer)).collect(),
        }
    }

    /// `None` where a position lies outside the text.
    fn open(self, gazetteer: &Gazetteer, unknown: &mut BTreeSet<String>) -> Option<Analysed> {
        let published = match self.published {
            Some(day) => Some(day.parse().ok()?),
            None => None,
        };
        self.text.get(self.body_start..)?;
        let segmentation = segment(&self.text);
        let mentions = self.mentions.into_iter().map(|m| m.open(&self.text, gazetteer, unknown));
        let mentions = mentions.collect::<Option<Vec<_>>>()?;
        let events = self.events.into_iter().map(|e| e.open(&self.text, &segmentation, mentions.len()));
        let events = events.collect::<Option<Vec<_>>>()?;
        let corrections = self.corrections.into_iter().filter(|c| c.mention < mentions.len());
        let corrections = corrections.filter_map(|c| c.open(gazetteer, unknown)).collect();
        let article = Article {
            title: self.title,
            outlet: self.outlet,
            published,
            language: self.language,
            text: self.text,
            body_start: self.body_start,
            origin: match self.origin {
                OriginForm::File(path) => Origin::File(path.into()),
                OriginForm::Pasted => Origin::Pasted,
                OriginForm::Sample(name) => Origin::Sample(name),
                OriginForm::Record => Origin::Record,
            },
        };
        let findings = Findings { segmentation, mentions, events };
        Some(Analysed { article, findings, corrections })
    }
}

/// The record's index; a record that is not known is noted.
fn known(id: &str, gazetteer: &Gazetteer, unknown: &mut BTreeSet<String>) -> Option<PlaceIndex> {
    let index = gazetteer.by_id(id);
    if index.is_none() {
        unknown.insert(id.to_owned());
    }
    index
}

fn id_of(place: PlaceIndex, gazetteer: &Gazetteer) -> Option<String> {
    gazetteer.place(place).map(|place| place.id.to_string())
}

impl DecisionForm {
    fn of(decision: Decision, gazetteer: &Gazetteer) -> Option<Self> {
        Some(match decision {
            Decision::Place(place) => Self::Place(id_of(place, gazetteer)?),
            Decision::NoPlace => Self::NoPlace,
            Decision::Unknown => Self::Unknown,
        })
    }

    fn open(self, gazetteer: &Gazetteer, unknown: &mut BTreeSet<String>) -> Option<Decision> {
        Some(match self {
            Self::Place(id) => Decision::Place(known(&id, gazetteer, unknown)?),
            Self::NoPlace => Decision::NoPlace,
            Self::Unknown => Decision::Unknown,
        })
    }
}

impl CorrectionForm {
    fn of((mention, made): (&usize, &Correction), gazetteer: &Gazetteer) -> Option<Self> {
        let FoundPlace { place, score, precision } = made.found;
        Some(Self {
            mention: *mention,
            decision: DecisionForm::of(made.decision, gazetteer)?,
            by: made.by,
            found: (place.and_then(|place| id_of(place, gazetteer)), score, precision),
        })
    }

    fn open(self, gazetteer: &Gazetteer, unknown: &mut BTreeSet<String>) -> Option<(usize, Correction)> {
        let decision = self.decision.open(gazetteer, unknown)?;
        let (place, score, precision) = self.found;
        let place = place.and_then(|id| known(&id, gazetteer, unknown));
        let found = FoundPlace { place, score, precision };
        Some((self.mention, Correction { decision, by: self.by, found }))
    }
}

impl MentionForm {
    fn of(mention: &Mention, gazetteer: &Gazetteer) -> Self {
        let id = |index: PlaceIndex| id_of(index, gazetteer);
        let candidate = |c: &Candidate| {
            id(c.place).map(|place| CandidateForm { place, score: c.score, reasons: c.reasons.clone() })
        };
        Self {
            bytes: pair(&mention.range),
            role: mention.role,
            place: mention.place.and_then(id),
            precision: mention.precision,
            score: mention.score,
            candidates: mention.candidates.iter().filter_map(candidate).collect(),
        }
    }

    fn open(self, text: &str, gazetteer: &Gazetteer, unknown: &mut BTreeSet<String>) -> Option<Mention> {
        let mut known = |id: &str| known(id, gazetteer, unknown);
        let candidates = self.candidates.into_iter().filter_map(|c| {
            known(&c.place).map(|place| Candidate { place, score: c.score, reasons: c.reasons })
        });
        let candidates = candidates.collect();
        let place = self.place.as_deref().and_then(known);
        Some(Mention {
            range: span(self.bytes, text)?,
            role: self.role,
            candidates,
            place,
            score: self.score,
            precision: self.precision,
            country: place.map_or(0, |p| gazetteer.hierarchy(p).country),
        })
    }
}

impl EventForm {
    fn of(event: &Event) -> Self {
        let pairs = |spans: &[Span]| spans.iter().map(pair).collect();
        Self {
            kind: event.kind,
            mode: event.mode.map(str::to_owned),
            status: event.status,
            actors: pairs(&event.actors),
            recipients: pairs(&event.recipients),
            attributed_to: event.attributed_to.as_ref().map(pair),
            place: event.place.map(|p| (p.mention, p.basis)),
            place_told: event.place.and_then(|p| p.told),
            origin: event.origin,
            destination: event.destination,
            date: event.date.map(|d| (d.start.to_string(), d.end.to_string(), d.precision, d.basis)),
            trigger: pair(&event.trigger),
            passage: pair(&event.passage),
            confidence: event.confidence,
            size: event.size.map(|s| [s.killed, s.wounded, s.arrested]),
        }
    }

    /// `mentions` is how many mentions the article has.
    fn open(self, text: &str, segmentation: &Segmentation, mentions: usize) -> Option<Event> {
        let spans =
            |pairs: Vec<[usize; 2]>| pairs.into_iter().map(|p| span(p, text)).collect::<Option<Vec<_>>>();
        let named = [self.origin, self.destination, self.place.map(|p| p.0), self.place_told];
        if named.into_iter().flatten().any(|m| m >= mentions) {
            return None;
        }
        let attributed_to = match self.attributed_to {
            Some(pair) => Some(span(pair, text)?),
            None => None,
        };
        let date = match self.date {
            Some((start, end, precision, basis)) => {
                Some(EventDate { start: start.parse().ok()?, end: end.parse().ok()?, precision, basis })
            }
            None => None,
        };
        Some(Event {
            kind: self.kind,
            mode: self.mode.and_then(|mode| Lexicon::bundled().mode(&mode)),
            status: self.status,
            actors: spans(self.actors)?,
            recipients: spans(self.recipients)?,
            attributed_to,
            place: self.place.map(|(mention, basis)| EventPlace { mention, basis, told: self.place_told }),
            origin: self.origin,
            destination: self.destination,
            date,
            trigger: span(self.trigger, text)?,
            sentence: segmentation.sentence_at(self.passage[0]).unwrap_or(0),
            passage: span(self.passage, text)?,
            confidence: self.confidence,
            size: self.size.map(|[killed, wounded, arrested]| Size { killed, wounded, arrested }),
        })
    }
}

fn pair(span: &Range<usize>) -> [usize; 2] {
    [span.start, span.end]
}

/// The span if it lies inside the text, on the borders of characters.
fn span([start, end]: [usize; 2], text: &str) -> Option<Range<usize>> {
    text.get(start..end).map(|_| start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Analyser, Settings};

    const STORY: &str = "Flood cuts road to Herat\n\nWater covered the road between Herat and Kandahar on Monday, \
        killing 3 people, officials in Kabul said. Thousands left for Iran — “at once”.";

    fn saved() -> String {
        let gazetteer = Gazetteer::bundled().unwrap();
        let analyser = Analyser::new(gazetteer, Settings::default()).unwrap();
        let article =
            crate::article::read::read_bytes(STORY.as_bytes(), "a-2021-08-16.txt".as_ref()).unwrap();
        let event = crate::project::EventRef { article: 0, event: 0 };
        let group_edits = vec![GroupEdit::Split(event)];
        let articles = vec![Arc::new(analyser.analyse(article))];
        let day = |day| jiff::civil::date(2021, 8, day);
        let period = Some(Period::between(day(14), day(16)));
        let mut project = Project { articles, group_edits, period, ..Project::default() };
        let at = crate::project::MentionRef { article: 0, mention: 0 };
        let other = gazetteer.by_id("geonames:1138958").unwrap();
        project.decide(&[at], Decision::Place(other)).unwrap().apply(&mut project, gazetteer);
        save(&project, gazetteer, &RunRecord::new(gazetteer, analyser.settings(), 1))
    }

    #[test]
    fn loaded_and_saved_again_it_has_the_same_bytes() {
        let (gazetteer, first) = (Gazetteer::bundled().unwrap(), saved());
        let loaded = load(first.as_bytes(), gazetteer).unwrap();
        assert!(!loaded.project.articles[0].findings.mentions.is_empty());
        assert_eq!((loaded.project.articles[0].corrections.len(), loaded.project.remembered.len()), (1, 1));
        assert_eq!(loaded.unknown, Vec::<String>::new());
        assert_eq!(
            loaded.project.period.map(|period| period.iso()).as_deref(),
            Some("2021-08-14/2021-08-16")
        );
        assert_eq!(save(&loaded.project, gazetteer, &loaded.record), first);
    }

    #[test]
    fn damage_is_told_and_never_panics() {
        let (gazetteer, good) = (Gazetteer::bundled().unwrap(), saved());
        for (bad, says) in [
            (String::new(), "no project"),
            ("{\"format\":\"x\"}".to_owned(), "no project"),
            (good.replace("\"version\":1", "\"version\":9"), "newer"),
            (good.replace("\"body_start\":26", "\"body_start\":99999"), "outside its text"),
            (good.replace("\"2021-08-14\"", "\"2021-13-14\""), "damaged at line"),
            (good[..good.len() / 2].to_owned(), "damaged at line"),
        ] {
            let message = load(bad.as_bytes(), gazetteer).unwrap_err().to_string();
            assert!(message.contains(says), "{message}");
        }
    }

    #[test]
    fn a_place_that_is_not_known_here_leaves_its_mention() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let file = saved().replace("\"geonames:", "\"elsewhere:");
        let loaded = load(file.as_bytes(), gazetteer).unwrap();
        assert!(!loaded.unknown.is_empty());
        assert!(loaded.project.articles[0].findings.mentions.iter().all(|m| m.place.is_none()));
    }
}
