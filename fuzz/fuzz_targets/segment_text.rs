//! Tokens are in order and lie on characters; sentences tile the tokens, paragraphs the sentences.
#![no_main]

use dateline::article::offsets::CharOffsets;
use dateline::article::segment::segment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = segment(text);
    let chars = CharOffsets::new(text);
    let mut last = 0;
    for token in &found.tokens {
        assert!(token.start >= last && token.end > token.start && !token.of(text).is_empty());
        assert!(chars.char_of(token.end as usize) > chars.char_of(token.start as usize));
        last = token.end;
    }
    let tiled = found.sentences.iter().fold(0, |at, s| if s.start == at { s.end } else { usize::MAX });
    assert_eq!(tiled, found.tokens.len());
    let tiled = found.paragraphs.iter().fold(0, |at, p| if p.start == at { p.end } else { usize::MAX });
    assert_eq!(tiled, found.sentences.len());
});
