//! Recognising the stretches of a text that name places.
//!
//! - [`words`] knows what kind of word a word is;
//! - [`page`] prepares a text: words, shapes, islands where names can stand;
//! - [`mod@matches`] finds the gazetteer's names on them;
//! - [`article`] gathers what the whole article says about each word;
//! - [`features`] describes a word to the tagger by hashes;
//! - [`labels`] are the tagger's labels, [`model`] its weights, [`table`] these in memory, [`decode`] its inference;
//! - [`mod@spots`] makes spots of names, [`additions`] adds what gazetteer and article know, [`foreign`] finds them in other languages;
//! - [`network`] is the second reader of the careful mode, [`pieces`] what it reads;
//! - [`hash`] are the hashes that the weights are found by.

pub mod additions;
pub mod article;
pub mod decode;
pub mod features;
pub mod foreign;
pub mod hash;
pub mod labels;
pub mod matches;
pub mod model;
pub mod network;
pub mod page;
pub mod pieces;
pub mod spots;
pub mod table;
pub mod tagger;
pub mod told;
pub mod words;
