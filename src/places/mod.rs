//! Geoparsing: the places a text names, and where they are.
//!
//! - [`gazetteer`] holds the places of the world and looks names up;
//! - [`mention`] is what is found in a text: a stretch of it, its role, its candidates;
//! - [`geoparser`] is the way from a text to its mentions, [`hints`] what is known beforehand;
//! - [`geo`] is the little spherical geometry the layers share.

pub mod answer;
pub mod demonyms;
pub mod evaluate;
pub mod gazetteer;
pub mod geo;
pub mod geoparser;
pub mod hints;
mod lent;
pub mod mention;
pub mod recognise;
pub mod resolve;
pub mod roles;
pub mod tables;

pub use gazetteer::{Gazetteer, Place, PlaceIndex};
pub use geo::LonLat;
pub use geoparser::{Geoparser, GeoparserError};
pub use hints::{Hints, Region};
pub use mention::{Candidate, Mention, Precision, Role};
