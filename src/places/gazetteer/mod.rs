//! The places of the world and their names, in one file that is read in place.
//!
//! - [`fold`](mod@fold) makes names comparable: case, accents, hyphens, "Saint" and "St.";
//! - [`place`] is one record as the other layers see it;
//! - [`flags`] says what is special about one name of a place;
//! - [`format`](mod@format) is the layout of the file and the refusal of anything else;
//! - [`store`] opens such a file and reads its records;
//! - [`lookup`] finds places by exact name, whole or byte by byte;
//! - [`names`] gives the names of a place back;
//! - [`search`] serves a search box: exact, prefix, one typing error;
//! - [`importance`] is the prior by which equal names are ranked;
//! - [`pack`](mod@pack) writes such a file;
//! - [`info`] tells what a file was made of;
//! - [`user`] keeps the gazetteers that a user adds.

pub mod flags;
pub mod fold;
pub mod format;
pub mod importance;
pub mod info;
pub mod kinds;
pub mod lookup;
pub mod names;
pub mod pack;
pub mod place;
pub mod search;
pub mod store;
pub mod user;

#[cfg(test)]
mod bundled_tests;

pub use flags::NameFlags;
pub use fold::{fold, fold_into};
pub use format::GazetteerError;
pub use info::{Info, Source};
pub use lookup::{Hit, Hits, Walker};
pub use names::{Name, NameIndex};
pub use place::{Hierarchy, Place, PlaceId, PlaceIndex};
pub use search::{Found, Match};
pub use store::Gazetteer;
