//! The timeline under the map: how much happened when, and the stretch of days that is chosen.
//!
//! - [`bins`] counts the events of a document in days, weeks, months or years, off the frame;
//! - [`panel`] draws them and is brushed, [`brush`] says what a drag or a key makes of the choice;
//! - [`axis`] writes the dates below, [`play`] lets the choice run through time.

pub mod axis;
pub mod bins;
pub mod brush;
pub mod panel;
pub mod play;

pub use bins::{Bar, Bins, Timeline, Unit};
