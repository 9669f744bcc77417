//! What a view is given and what it gives back.

use super::command::Command;
use super::found::Found;
use super::jobs::Running;
use super::state::{Document, Transient, ViewState};
use crate::places::{Gazetteer, PlaceIndex};

/// What a view may read.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// The document.
    pub document: &'a Document,
    /// How it is looked at.
    pub view: &'a ViewState,
    /// What is chosen.
    pub now: &'a Transient,
    /// What the panels list.
    pub found: &'a Found,
    /// Whether the lists are those of the document and the filter as they are now.
    pub fresh: bool,
    /// The places of the world.
    pub gazetteer: &'a Gazetteer,
    /// The jobs that run.
    pub jobs: &'a [Running],
}

/// What a view gives back.
#[derive(Debug, Default)]
pub struct Out {
    /// What the person did, in order.
    pub commands: Vec<Command>,
    /// The place under the pointer.
    pub hover: Option<PlaceIndex>,
    /// Whether the text was scrolled to the passage that was waited for.
    pub scrolled: bool,
    /// Whether the map set out to where it was sent.
    pub went: bool,
}

impl Out {
    /// Notes what the person did.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }
}
