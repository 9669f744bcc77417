//! Any name can be searched, and the same search gives the same answer.
#![no_main]

use dateline::places::Gazetteer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|name: &str| {
    let gazetteer = Gazetteer::bundled().expect("the bundled gazetteer");
    let found = gazetteer.search(name, 20);
    assert!(found.len() <= 20);
    assert_eq!(found, gazetteer.search(name, 20));
});
