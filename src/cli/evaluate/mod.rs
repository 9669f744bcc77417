//! `dateline evaluate`: how well places are found, on annotated corpora.
//!
//! - [`corpus`] measures corpora one by one, [`listing`] writes what went wrong there;
//! - [`floors`] holds several against the least figures allowed.

pub mod corpus;
pub mod floors;
pub mod listing;

use super::CallError;
use super::args::EvaluateCall;
use super::console::Console;

/// Carries out the call.
///
/// # Errors
/// A table or a corpus that cannot be read.
pub fn run(call: &EvaluateCall, console: &mut Console) -> Result<(), CallError> {
    match (&call.corpora, &call.floors) {
        (Some(corpora), Some(floors)) => floors::run(corpora, floors, call.scoring.mode, console),
        _ => corpus::run(&call.corpus, &call.scoring),
    }
}
