//! Whatever the text, every offset of an event lies on characters inside the text.
#![no_main]

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::events::extract;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut article = Article::from_text(text, Origin::Record);
    article.published = "2021-08-15".parse().ok();
    for event in extract(&article, &segment(text), &mut []) {
        let spans = event.actors.iter().chain(&event.recipients).chain(&event.attributed_to);
        for span in spans.chain([&event.trigger, &event.passage]) {
            assert!(text.get(span.clone()).is_some(), "{span:?} lies outside the text");
        }
        assert!((0.0..=1.0).contains(&event.confidence));
    }
});
