//! Marks that are not sound are refused, those that are give names inside the text.
#![no_main]

use dateline::places::evaluate::annotated::Annotated;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &str| {
    let Ok(article) = Annotated::parse(file) else { return };
    for name in &article.names {
        assert!(article.text.get(name.range.clone()).is_some(), "{:?}", name.range);
    }
    let chars = article.text.chars().count();
    assert!(article.document().toponyms.iter().all(|gold| gold.start <= gold.end && gold.end <= chars));
});
