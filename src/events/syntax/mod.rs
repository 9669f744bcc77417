//! Syntax: parts of speech, lemmas and dependencies of a sentence.
//!
//! - [`words`] cuts our tokens into the words of the treebanks;
//! - [`features`] tells what the network sees of a word, [`model`] holds its weights;
//! - [`network`] scores tags, heads and relations, [`decode`] makes a tree of the heads;
//! - [`lemma`] finds lemmas; [`tag`] and [`relation`] name what is found;
//! - [`parser`] puts it together, and [`tree`] is what comes out.

pub mod decode;
pub mod features;
pub mod lemma;
pub mod model;
pub mod network;
pub mod parser;
pub mod relation;
pub mod tag;
pub mod tree;
pub mod words;

pub use parser::{Scratch, Syntax};
pub use relation::Relation;
pub use tag::{Form, Tag};
pub use tree::{Tree, Word};
