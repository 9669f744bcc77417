//! One line that tells an event in the article's own words.

use super::Event;
use crate::article::Article;
use crate::places::Mention;

/// The longest summary, in code points.
pub const MAX_CHARS: usize = 80;

/// One line that tells the event, at most [`MAX_CHARS`] code points: "Pakistan closes Torkham
/// border". `mentions` are those of the article the event was found in.
pub fn summary(event: &Event, article: &Article, mentions: &[Mention]) -> String {
    let _ = mentions;
    article.text.get(event.trigger.clone()).unwrap_or("").chars().take(MAX_CHARS).collect()
}
