//! A machine-readable trace of what a person can see change, for tests of the real window.
//!
//! One JSON object a line: `at` is milliseconds since 1970, `what` the change, and its facts.
//! Never the text of an article.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// Where the trace goes; nowhere unless asked for.
#[derive(Debug, Default)]
pub struct Trace(Option<File>);

impl Trace {
    /// A trace into a file; nowhere where the file cannot be made.
    pub fn into_file(path: &Path) -> Self {
        Self(File::create(path).ok())
    }

    /// Writes one line.
    pub fn note(&mut self, what: &str, facts: &Value) {
        let Some(file) = &mut self.0 else { return };
        let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
        let mut line = json!({ "at": at, "what": what });
        if let (Some(line), Some(facts)) = (line.as_object_mut(), facts.as_object()) {
            line.extend(facts.clone());
        }
        // A trace that cannot be written costs the person nothing.
        let _ = writeln!(file, "{line}");
    }

    /// Whether anything is written.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_object_with_its_facts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace");
        let mut trace = Trace::into_file(&path);
        trace.note("place", &json!({ "id": "geonames:1138958" }));
        Trace::default().note("nothing", &json!({}));
        let text = std::fs::read_to_string(path).unwrap();
        let line: Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(line["what"], "place");
        assert_eq!(line["id"], "geonames:1138958");
    }
}
