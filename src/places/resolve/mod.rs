//! Resolving mentions: which place of the gazetteer each denotes, all of an article together.
//!
//! - [`asked`] is the kind of place that the words around a mention ask for;
//! - [`candidates`] looks up what a mention may denote, the same words of an article once, [`stripped`]
//!   what is left of a name that is not known;
//! - [`holders`] ties names to the areas named behind them, "Paris, Texas";
//! - [`crowd`] tells where they lie close together, [`area_codes`] reads telephone numbers;
//! - [`context`] is what the other mentions say: countries, provinces, distances;
//! - [`features`] describes a candidate to the ranker by numbers;
//! - [`ranker`] are the weights, boosted trees;
//! - [`joint`] runs the rounds in which all mentions are resolved together;
//! - [`reasons`] tells a person why.

pub mod area_codes;
pub mod asked;
pub mod candidates;
pub mod context;
pub mod crowd;
pub mod features;
pub mod holders;
pub mod joint;
pub mod ranker;
pub mod reasons;
pub mod stripped;
