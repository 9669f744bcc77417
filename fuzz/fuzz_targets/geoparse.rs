//! Whatever the text, mentions and events point at it, and the line written for it can be read.
#![no_main]

use std::sync::OnceLock;

use dateline::article::{Article, Origin};
use dateline::export::jsonl::{LineOptions, record_line};
use dateline::places::Gazetteer;
use dateline::project::{Analyser, Settings};
use libfuzzer_sys::fuzz_target;

fn analyser() -> &'static Analyser {
    static ANALYSER: OnceLock<Analyser> = OnceLock::new();
    ANALYSER.get_or_init(|| {
        let gazetteer = Gazetteer::bundled().expect("the bundled gazetteer");
        Analyser::new(gazetteer, Settings::default()).expect("the bundled models")
    })
}

fuzz_target!(|text: &str| {
    let found = analyser().analyse(Article::from_text(text, Origin::Record));
    let mentions = found.findings.mentions.iter().map(|m| &m.range);
    let events = found.findings.events.iter().flat_map(|event| {
        let said = event.actors.iter().chain(&event.recipients).chain(&event.attributed_to);
        said.chain([&event.trigger, &event.passage])
    });
    for range in mentions.chain(events) {
        assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?}");
    }
    let line = record_line(&1.into(), &found, analyser().gazetteer(), &LineOptions::default());
    assert!(!line.contains('\n') && line.starts_with("{\"id\":1,"));
});
