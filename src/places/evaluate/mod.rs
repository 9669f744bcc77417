//! How well mentions agree with annotated corpora.
//!
//! - [`corpus`] reads them and knows what each annotates, [`annotated`] reads articles of our own;
//! - [`answer`] is what is judged, [`mod@pairs`] which answer belongs to which annotated place;
//! - [`figures`] are the measures, [`distances`], [`calibration`] and [`role_table`] parts of them;
//! - [`errors`] lists what went wrong;
//! - [`report`] writes the figures, and compares them with earlier ones.

pub mod annotated;
pub mod answer;
pub mod calibration;
pub mod corpus;
pub mod distances;
pub mod errors;
pub mod figures;
pub mod pairs;
pub mod report;
pub mod role_table;

pub use answer::{Answer, answers, name_of, read_answers};
pub use corpus::{CORPORA, Convention, Corpus, CorpusError, Document, Gold, read};
pub use figures::{Counts, Figures, NEAR_KM};
pub use pairs::{Selection, pairs};
