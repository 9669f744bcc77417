//! Dateline turns news articles into a map of events.
//!
//! The layers, lowest first; each may use only those above it in this list
//! (see `ARCHITECTURE.md`, checked by `tests/layering.rs`):
//!
//! - [`article`] reads a file of any kind into an [`article::Article`] and segments its text;
//! - [`places`] recognises the places a text names and resolves them to gazetteer records;
//! - [`events`] finds who did what to whom, where and when;
//! - [`project`] is the document a person works on: articles and what was found in them;
//! - [`map`] turns a project into a scene that is drawn the same on the screen and in a file;
//! - [`export`] writes a project as data or as an image;
//! - [`cli`] is the batch tool and [`app`] the window.

pub mod app;
pub mod article;
pub mod cli;
pub mod events;
pub mod export;
pub mod map;
pub mod places;
pub mod project;
