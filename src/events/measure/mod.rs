//! How well events are found, against articles annotated by hand.
//!
//! - [`markup`] reads an article with its names marked inline, [`gold`] the events told in it;
//! - [`matching`] says which found event is which of the gold;
//! - [`score`] compares and counts.

pub mod gold;
pub mod groups;
pub mod markup;
pub mod matching;
pub mod run;
pub mod score;

pub use gold::{GoldArticle, GoldError, GoldEvent};
pub use score::{Figures, Reading};

use super::{Event, EventType, Status};

/// Whether an event is an incident as MUC-4 has them: an attack, bombing, kidnapping, arson,
/// hijacking or robbery that happened or was attempted.
pub fn muc_incident(event: &Event) -> bool {
    event.kind == EventType::Assault
        && matches!(event.status, Status::Completed | Status::Ongoing | Status::Claimed)
}
