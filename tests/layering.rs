//! The direction of imports that ARCHITECTURE.md states, read from the sources themselves.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first, and the layers of ours that each may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("places", &["article"]),
    ("events", &["article", "places"]),
    ("project", &["article", "places", "events"]),
    ("map", &["article", "places", "events", "project"]),
    ("export", &["article", "places", "events", "project", "map"]),
    ("cli", &["article", "places", "events", "project", "map", "export"]),
    ("app", &["article", "places", "events", "project", "map", "export"]),
];

/// Crates that only the window may name.
const WINDOW_ONLY: &[&str] = &["egui", "eframe", "walkers", "rfd"];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Every `.rs` file under `src` with the layer it belongs to and its text.
fn layered_sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("inside src").to_path_buf();
            let first = inside.iter().next().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("the source can be read");
            (first.trim_end_matches(".rs").to_owned(), inside, text)
        })
        .collect()
}

/// The layers that `text` names after `crate::`, with the line.
fn used(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for rest in code.split("crate::").skip(1) {
            let names = match rest.strip_prefix('{') {
                Some(group) => group.split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let word: String =
                    name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                out.push((number + 1, word));
            }
        }
    }
    out
}

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (layer, path, text) in layered_sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == layer) else { continue };
        for (line, target) in used(&text) {
            let is_layer = MAY_USE.iter().any(|(name, _)| *name == target);
            checked += 1;
            if is_layer && target != layer && !allowed.contains(&target.as_str()) {
                wrong.push(format!("src/{}:{line}: {layer} must not use {target}", path.display()));
            }
        }
    }
    assert!(checked > 2, "only {checked} imports were found: the reader of imports is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_layer_is_known() {
    for (layer, path, _) in layered_sources() {
        let known = layer == "lib" || layer == "main" || MAY_USE.iter().any(|(name, _)| *name == layer);
        assert!(known, "src/{} belongs to no layer named in this test", path.display());
    }
}

#[test]
fn only_the_window_names_its_toolkit() {
    for (layer, path, text) in layered_sources() {
        if layer == "app" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for name in WINDOW_ONLY {
                let named = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
                assert!(!named, "src/{}:{}: only src/app may name {name}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn the_reader_of_imports_sees_groups_and_paths() {
    let text = "use crate::{places, events::Event};\nlet x = crate::map::view(); // crate::app\n";
    let names: Vec<String> = used(text).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["places", "events", "map"]);
}
