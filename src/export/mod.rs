//! Writes a project as data or as an image.
//!
//! - [`jsonl`] is the line format of the batch tool; [`toponym`] and [`event_row`] are its parts,
//!   shared by [`geojson`];
//! - [`table`] lists the columns of events, mentions and places, which [`csv`], [`kml`] and
//!   [`gpkg`] write;
//!   [`codes`] are the precision codes of conflict researchers;
//! - [`image`] lays the map out as a picture; [`png`], [`pdf`] and `svg` write it;
//! - [`file`](mod@file) puts what was written in its place, whole or not at all.

pub mod codes;
pub mod csv;
pub mod event_row;
pub mod file;
#[cfg(test)]
mod fixture;
pub mod geojson;
pub mod gpkg;
pub mod image;
pub mod jsonl;
pub mod kml;
pub mod pdf;
pub mod png;
mod svg;
pub mod table;
pub mod toponym;

pub use image::{Image, ImageError, ImageOptions, ImageSources, Page, PictureKind};
