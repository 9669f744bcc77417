//! From an article and its places to its events.

use super::Event;
use crate::article::Article;
use crate::article::segment::Segmentation;
use crate::places::Mention;

/// Finds the events an article tells, in order of their triggers.
///
/// `mentions` are the places of the article in order of the text; their roles are refined: a
/// mention where something happens becomes [`crate::places::Role::Event`], a goal of a movement
/// `Destination`, its start `Origin`, an acting government `Actor`.
pub fn extract(article: &Article, segmentation: &Segmentation, mentions: &mut [Mention]) -> Vec<Event> {
    let _ = (article, segmentation, mentions);
    Vec::new()
}
