//! Training and measuring the parser of `dateline::events::syntax`.
//!
//! - [`treebank`] reads the treebanks, [`vectors`] the word vectors, [`vocabulary`] numbers words;
//! - [`matrix`] is what gradients flow through, [`encoder`] and [`network`] are the network;
//! - [`train`] fits it, [`lemmas`] finds how lemmas are made, [`mod@write`] packs the file;
//! - [`measure`] scores the packed file with the program's own code.

pub mod encoder;
pub mod lemmas;
pub mod matrix;
pub mod measure;
pub mod network;
pub mod train;
pub mod treebank;
pub mod vectors;
pub mod vocabulary;
pub mod write;
