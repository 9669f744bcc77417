//! Any bytes under any name are read or refused, never a panic.
#![no_main]

use std::path::Path;

use dateline::article::read::read_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.txt", "a.md", "a.html", "a"] {
        let _ = read_bytes(bytes, Path::new(name));
    }
});
