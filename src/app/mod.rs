//! The window; the only place that knows egui.
//!
//! - [`dateline_app`] holds the window together, [`window`] starts it on the desktop; `arrive` takes
//!   what jobs send, `sorting` has the lists drawn, `playing` runs through time, `panels` lays out;
//! - [`state`] is what it knows, [`command`] what can be done, [`table`] by which menu and keys,
//!   [`apply`] does it;
//! - [`found`] draws the lists from the document, [`words`] names kinds and dates;
//! - [`topbar`], [`left`], [`right`], [`status`], [`timeline`] and [`map`] are the panels; [`reading`],
//!   [`passages`], [`lists`], [`candidates`] and [`search`] what stands in them;
//! - [`review`] goes through the doubtful places and decides on them, [`reports`] takes reports of one
//!   happening apart and puts them together;
//! - [`engine`] reads and analyses in [`jobs`], [`latest`] answers the newest question only;
//!   [`quit`] asks before work is lost; [`dialogs`] asks for files, [`export`] writes the
//!   picture;
//! - [`choices`] are what a person sets once, [`settings`] the pages for it, [`kept`] their file;
//!   [`online`] fetches map tiles, where that was chosen;
//! - [`look`] is colours and letters, [`widgets`] our own controls, [`typeset`] sets text, `bidi` orders
//!   what runs from right to left.

pub mod apply;
mod arrive;
mod bidi;
pub mod candidates;
pub mod choices;
pub mod command;
pub mod context;
pub mod dateline_app;
pub mod dialogs;
pub mod engine;
pub mod export;
pub mod found;
pub mod help;
mod icon;
pub mod jobs;
pub mod kept;
pub mod latest;
pub mod left;
pub mod lists;
pub mod look;
pub mod map;
pub mod online;
pub mod own;
mod panels;
pub mod passages;
mod playing;
pub mod quit;
pub mod reading;
pub mod reports;
pub mod review;
pub mod right;
pub mod samples;
pub mod saved;
pub mod search;
pub mod settings;
mod sorting;
pub mod state;
pub mod status;
pub mod table;
pub mod timeline;
pub mod topbar;
pub mod trace;
pub mod typeset;
pub mod widgets;
pub mod window;
pub mod words;

pub use dateline_app::{DatelineApp, Setup};
pub use window::{AppError, run};
