//! Events: who did what to whom, where and when, with which status, according to whom.
//!
//! The types are those of PLOVER (Political Language Ontology for Verifiable Event Records,
//! version 0.8) with extensions for news that PLOVER leaves out.
//!
//! - [`event`] is what is found: [`kind`], [`status`], [`place`] and [`date`] are its parts;
//! - [`extract`] finds the events of an article;
//! - [`summary`] tells one in a line.

pub mod date;
pub mod event;
pub mod extract;
pub mod kind;
pub mod place;
pub mod status;
pub mod summary;

pub use date::{DateBasis, DatePrecision, EventDate};
pub use event::{Event, Size, Span};
pub use extract::extract;
pub use kind::EventType;
pub use place::{EventPlace, PlaceBasis};
pub use status::Status;
pub use summary::summary;
