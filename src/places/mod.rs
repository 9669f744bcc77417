//! Geoparsing: the places a text names, and where they are.
//!
//! - [`gazetteer`] holds the places of the world and looks names up;
//! - [`mention`] is what is found in a text: a stretch of it, its role, its candidates;
//! - [`geo`] is the little spherical geometry the layers share.

pub mod gazetteer;
pub mod geo;
pub mod mention;

pub use gazetteer::{Gazetteer, Place, PlaceIndex};
pub use geo::LonLat;
pub use mention::{Candidate, Mention, Precision, Role};
