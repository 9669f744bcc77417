//! The document a person works on: articles and what was found in them.
//!
//! - [`analyse`] is the analysis job, [`settings`] what it can be told;
//! - [`record`] says how a result came about;
//! - [`groups`] says which events of several articles are one, `regroup` corrects it;
//! - `renew` puts other findings in the same articles;
//! - [`review`] holds what a person decided about places, [`edit`] every change as a value that can
//!   be taken back, [`period`] the days that events are chosen by;
//! - [`file`](mod@file) saves and loads all of it.

pub mod analyse;
pub mod edit;
pub mod file;
pub mod groups;
pub mod period;
pub mod record;
mod regroup;
mod renew;
pub mod review;
pub mod settings;

pub use analyse::Analyser;
pub use edit::{Edit, History};
pub use groups::{EventRef, Group, GroupEdit, Groups};
pub use period::Period;
pub use record::{GazetteerRecord, RULES_VERSION, RunRecord, SettingsRecord};
pub use review::{Correction, Decision, MentionRef, ReviewStatus};
pub use settings::{Care, Settings};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::article::Article;
use crate::article::segment::Segmentation;
use crate::events::Event;
use crate::places::Mention;

/// What was found in one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Paragraphs, sentences, tokens.
    pub segmentation: Segmentation,
    /// The places named, in order of the text.
    pub mentions: Vec<Mention>,
    /// The events, in order of their triggers.
    pub events: Vec<Event>,
}

/// An article with what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysed {
    /// The article.
    pub article: Article,
    /// What was found, with what a person decided in force.
    pub findings: Findings,
    /// What a person decided, by the index of the mention.
    pub corrections: BTreeMap<usize, Correction>,
}

impl Analysed {
    /// An article with what was found in it, nothing decided yet.
    pub fn new(article: Article, findings: Findings) -> Self {
        Self { article, findings, corrections: BTreeMap::new() }
    }
}

/// The articles a person works on, in the order they were opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    /// The articles; shared, so that a thread can read them while others are added.
    pub articles: Vec<Arc<Analysed>>,
    /// A person's corrections of the groups of reports, in their order.
    pub group_edits: Vec<GroupEdit>,
    /// What a person decided last about each name, without case and accents.
    pub remembered: BTreeMap<String, Decision>,
    /// The days that were chosen when it was saved.
    pub period: Option<Period>,
}

impl Project {
    /// Puts another project behind this one. Where both remember a name, this one's memory counts;
    /// the chosen days are those of this one, unless it is empty.
    pub fn join(&mut self, other: Self) {
        let first = self.articles.len();
        if first == 0 {
            self.period = other.period;
        }
        self.articles.extend(other.articles);
        let edits = other.group_edits.into_iter();
        self.group_edits
            .extend(edits.map(|edit| edit.moved(|e| EventRef { article: e.article + first, ..e })));
        for (name, decision) in other.remembered {
            self.remembered.entry(name).or_insert(decision);
        }
    }
}
