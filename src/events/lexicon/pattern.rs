//! One trigger: the words that tell an event, and what must be true around them.

use super::super::EventType;
use crate::events::grammar::{Classes, Lemma};

/// One trigger of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// What it tells.
    pub event: EventType,
    /// Narrower than the type.
    pub mode: &'static str,
    /// The words beside the main one, each as alternatives.
    pub parts: Vec<Part>,
    /// What must be true.
    pub conditions: Vec<Condition>,
    /// A noun that tells nothing unless a verb says that it happens.
    pub needs_verb: bool,
}

/// A word of a trigger beside the main one.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Any of these.
    pub any_of: Vec<Lemma>,
    /// A particle or preposition right behind the verb; otherwise a word of the object.
    pub particle: bool,
}

/// What must be true around a trigger.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The subject has one of these classes.
    Subject(Classes),
    /// The subject has none of these classes.
    NotSubject(Classes),
    /// The object has one of these classes.
    Object(Classes),
    /// The object has none of these classes.
    NotObject(Classes),
    /// Some word of the sentence has one of these classes.
    Word(Classes),
    /// No word of the sentence has one of these classes.
    NoWord(Classes),
    /// A noun before the trigger noun has one of these classes.
    Modifier(Classes),
    /// One of these prepositions follows.
    Preposition(Vec<Lemma>),
    /// What stands right behind the trigger has one of these classes.
    Behind(Classes),
    /// There is no object.
    NoObject,
    /// There is an object.
    AnyObject,
    /// The verb is passive.
    Passive,
}
