//! The lists, drawn anew after each change; those of a large document by a job.

use std::sync::Arc;

use serde_json::json;

use super::arrive::READING;
use super::dateline_app::{DatelineApp, Message};
use super::found::Found;
use super::state::Filter;

/// What the lists are drawn from: revision and filter.
pub type Shown = (u64, Filter);
/// The name of the job that draws the lists of a large document.
pub(super) const SORTING: &str = "Sorting what was found";
/// A document with more events and mentions than this is sorted by a job.
const AT_ONCE: usize = 3000;

impl DatelineApp {
    /// Whether the lists are those of the document and the filter as they are now.
    pub(super) fn is_fresh(&self) -> bool {
        let shown = self.found_for.as_ref();
        shown.is_some_and(|(revision, filter)| {
            *revision == self.document.revision && *filter == self.view.filter
        })
    }

    /// Draws the lists anew where the document or the filter changed.
    pub(super) fn refresh(&mut self) {
        if self.is_fresh() || self.jobs.is_running(SORTING) || self.sorts_later() {
            return;
        }
        let shown = (self.document.revision, self.view.filter.clone());
        let (project, gazetteer) = (Arc::clone(&self.document.project), self.engine.gazetteer());
        let known = self.found.catalog.clone();
        if self.document.size() <= AT_ONCE {
            let found = Found::new(&project, &shown.1, gazetteer, &known);
            return self.show_found(shown, found);
        }
        self.jobs.start(SORTING, move |handle| {
            let found = Found::new(&project, &shown.1, gazetteer, &known);
            drop(project);
            handle.send(Message::Found(shown, Box::new(found)));
        });
    }

    /// Whether the lists may wait: while articles are read, they are drawn anew each time half as
    /// many more have come, so that all drawings together cost no more than three of the whole.
    fn sorts_later(&self) -> bool {
        let (listed, open) = (self.found.articles.len(), self.document.project.articles.len());
        let filtered = self.found_for.as_ref().is_some_and(|(_, filter)| *filter != self.view.filter);
        self.jobs.is_running(READING) && !filtered && open > listed && open < listed + listed / 2
    }

    pub(super) fn show_found(&mut self, shown: Shown, found: Found) {
        let generation = self.found.generation + 1;
        let old = std::mem::replace(&mut self.found, found);
        if old.total > AT_ONCE {
            // Letting go of hundreds of thousands of lines takes longer than a frame.
            rayon::spawn(move || drop(old));
        }
        self.found.generation = generation;
        self.found_for = Some(shown);
        self.trace.note("sorted", &json!({ "events": self.found.events.len() }));
    }
}
