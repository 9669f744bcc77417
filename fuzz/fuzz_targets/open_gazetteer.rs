//! A damaged gazetteer file is refused or answers, never a panic.
#![no_main]

use dateline::places::Gazetteer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(gazetteer) = Gazetteer::from_bytes(bytes.to_vec()) else { return };
    let _ = gazetteer.info();
    for index in gazetteer.indices().take(100) {
        let _ = (gazetteer.place(index), gazetteer.names(index));
    }
    for hit in gazetteer.lookup("kabul") {
        let _ = gazetteer.place(hit.place);
    }
    let _ = gazetteer.search("kab", 10);
});
