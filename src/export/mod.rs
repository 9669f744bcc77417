//! Writes a project as data or as an image.
//!
//! - [`jsonl`] is the line format of the batch tool; [`toponym`] and [`event_row`] are its parts,
//!   shared by the other formats;
//! - [`file`](mod@file) puts what was written in its place, whole or not at all.

pub mod event_row;
pub mod file;
pub mod jsonl;
pub mod toponym;
