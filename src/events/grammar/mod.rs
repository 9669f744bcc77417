//! A shallow grammar of English news: words, groups, and what is subject and object of what.
//!
//! - `words` lists the words that carry grammar, [`vocabulary`] knows all words with their lemmas;
//! - [`tag`] tells nouns from verbs in a sentence;
//! - [`chunk`] makes noun groups and verb groups of them;
//! - [`clause`] finds subjects, objects and the phrases around a verb;
//! - [`parse`] holds a sentence while that is done.

pub mod chunk;
pub mod clause;
pub mod parse;
pub mod tag;
mod tree;
pub mod vocabulary;
mod words;

pub use chunk::{Chunk, ChunkKind, Form, Verb};
pub use parse::Parse;
pub use tag::{Case, Kinds, Tag, Word};
pub use vocabulary::{Classes, Entry, Lemma, Vocabulary};
