//! The document a person works on: articles and what was found in them.
//!
//! - [`analyse`] is the analysis job, [`settings`] what it can be told;
//! - [`record`] says how a result came about;
//! - [`groups`] says which events of several articles are one;
//! - [`file`](mod@file) saves and loads all of it.

pub mod analyse;
pub mod file;
pub mod groups;
pub mod record;
pub mod settings;

pub use analyse::Analyser;
pub use groups::{EventRef, Group, GroupEdit, Groups};
pub use record::{GazetteerRecord, RULES_VERSION, RunRecord, SettingsRecord};
pub use settings::{Care, Settings};

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
    /// What was found.
    pub findings: Findings,
}

/// The articles a person works on, in the order they were opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    /// The articles.
    pub articles: Vec<Analysed>,
    /// A person's corrections of the groups of reports, in their order.
    pub group_edits: Vec<GroupEdit>,
}
