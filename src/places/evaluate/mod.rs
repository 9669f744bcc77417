//! How well mentions agree with annotated corpora.
//!
//! - [`corpus`] reads them and knows what each annotates;
//! - [`figures`] are the measures;
//! - [`errors`] lists what went wrong.

pub mod corpus;
pub mod errors;
pub mod figures;

pub use corpus::{CORPORA, Convention, Corpus, CorpusError, Document, Gold, read};
pub use figures::{Answer, Counts, Figures, NEAR_KM, answers, pairs};
