//! Events: who did what to whom, where and when, with which status, according to whom.
//!
//! The types are those of PLOVER (Political Language Ontology for Verifiable Event Records,
//! version 0.8) with extensions for news that PLOVER leaves out.
//!
//! - [`event`] is what is found: [`kind`], [`status`], [`place`] and [`date`] are its parts;
//! - [`syntax`] tags, lemmatises and parses a sentence, [`grammar`] is its shallow elder, [`lexicon`] knows which words tell an event;
//! - `trigger` finds those words in their `scene`, with who and whom, `modality` and `attribution` whether it
//!   happened and who says so, `placing` where, [`when`] and `dating` when, `sizes` how many;
//! - `pronoun` says who "he" is;
//! - `corefer`, `story` and `fallback` fill in what other sentences tell of the place and the day;
//! - `context` knows what paragraph and article speak of, `telling` what is no event;
//! - [`mod@extract`] puts it together, `roles` takes it back to the places;
//! - [`mod@summary`] tells an event in a line.

mod attribution;
mod context;
mod corefer;
pub mod date;
mod dating;
mod described;
pub mod event;
pub mod extract;
mod fallback;
#[cfg(test)]
mod gold;
pub mod grammar;
pub mod group;
#[cfg(test)]
mod incidents;
pub mod kind;
pub mod lexicon;
pub mod measure;
mod modality;
pub mod place;
mod placing;
pub mod plover;
mod pronoun;
mod roles;
mod scene;
#[cfg(test)]
mod sentences;
mod sizes;
pub mod status;
#[cfg(test)]
mod stories;
mod story;
pub mod summary;
#[cfg(test)]
mod survey;
pub mod syntax;
mod telling;
#[cfg(test)]
mod traps;
mod trigger;
pub mod when;

pub use date::{DateBasis, DatePrecision, EventDate};
pub use event::{Event, Size, Span};
pub use extract::extract;
pub use kind::EventType;
pub use place::{EventPlace, PlaceBasis};
pub use status::Status;
pub use summary::summary;
