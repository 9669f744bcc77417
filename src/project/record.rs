//! How a result came about, so that it can be had again.

use serde::{Deserialize, Serialize};

use super::{Care, Period, Project, Settings};
use crate::places::{Gazetteer, Region};

/// Version of the rules and models that find places and events: raised whenever the same text can
/// give another result.
pub const RULES_VERSION: &str = "1";

/// Program, rules, data and settings behind a result. It stands in every export. There is no time
/// of day in it: the same input gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Always "Dateline".
    pub program: String,
    /// The program's version.
    pub program_version: String,
    /// [`RULES_VERSION`].
    pub rules_version: String,
    /// Which gazetteer.
    pub gazetteer: GazetteerRecord,
    /// What was chosen.
    pub settings: SettingsRecord,
    /// Dates are those of the article's own calendar; no clock and no zone come in.
    pub time_zone: String,
    /// How many articles were analysed.
    pub articles: usize,
}

/// Which gazetteer a result rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GazetteerRecord {
    /// Its version.
    pub version: String,
    /// Day of its newest source, year first.
    pub date: String,
    /// Hash of its content, hexadecimal.
    pub sha256: String,
    /// Source and licence, one each.
    pub licences: Vec<String>,
}

/// The settings of a run as text and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsRecord {
    /// The region hint as it is written: "AF" or "west,south,east,north".
    pub region: Option<String>,
    /// Whether events were looked for.
    pub events: bool,
    /// How carefully places were recognised: "fast" or "accurate".
    #[serde(default = "fast")]
    pub care: String,
    /// The days that what is written was narrowed to, an interval of ISO 8601; none where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How many mentions a person, or what is remembered of one, decided on.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: usize,
}

/// Of records from before there was a choice.
fn fast() -> String {
    Care::Fast.name().to_owned()
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl RunRecord {
    /// The record of what is shown of a project: the days it was narrowed to, and how many
    /// mentions were decided on.
    pub fn of_view(self, project: &Project, period: Option<Period>) -> Self {
        let corrections = project.articles.iter().map(|a| a.corrections.len()).sum();
        let period = period.map(|period| period.iso());
        Self { settings: SettingsRecord { period, corrections, ..self.settings }, ..self }
    }

    /// The record of a run over `articles` articles.
    pub fn new(gazetteer: &Gazetteer, settings: &Settings, articles: usize) -> Self {
        Self {
            program: "Dateline".to_owned(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            rules_version: RULES_VERSION.to_owned(),
            gazetteer: GazetteerRecord::of(gazetteer),
            settings: SettingsRecord {
                region: settings.hints.region.as_ref().map(region_text),
                events: settings.events,
                care: settings.care.name().to_owned(),
                period: None,
                corrections: 0,
            },
            time_zone: "none: civil dates".to_owned(),
            articles,
        }
    }
}

fn region_text(region: &Region) -> String {
    match region {
        Region::Country(code) => code.clone(),
        Region::Bounds { west, south, east, north } => format!("{west},{south},{east},{north}"),
    }
}

impl GazetteerRecord {
    /// What stands behind `gazetteer`; a description that cannot be read leaves its fields empty,
    /// the content hash still tells which gazetteer it was.
    pub fn of(gazetteer: &Gazetteer) -> Self {
        let info = gazetteer.info().unwrap_or_default();
        let licence = |s: &crate::places::gazetteer::Source| format!("{}: {}", s.name, s.licence);
        Self {
            version: info.version,
            date: info.date,
            sha256: gazetteer.sha256(),
            licences: info.sources.iter().map(licence).collect(),
        }
    }
}
