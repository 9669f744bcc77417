//! `dateline evaluate` through the real binary: its figures are those of the corpora's own
//! scoring script, its list of errors tells what the answers were chosen from.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn dateline(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline")).args(args).output().unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The corpora and the scoring script, where both are on this machine, and Python with them.
fn corpora() -> Option<(PathBuf, PathBuf)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let (gold, script) = (shared.join("dev/GeoWebNews.jsonl"), shared.join("eval.py"));
    let python = Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if python && gold.is_file() && script.is_file() {
        return Some((gold, script));
    }
    eprintln!("SKIPPED: needs python3 and {}", shared.display());
    None
}

/// What `dateline geoparse` answers to the texts of a corpus.
fn answers(gold: &Path, folder: &TempDir) -> PathBuf {
    let out = folder.path().join("answers.jsonl");
    let status = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["geoparse", "--jsonl", "--places-only"])
        .stdin(fs::File::open(gold).unwrap())
        .stdout(fs::File::create(&out).unwrap())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    out
}

/// Every number of `wanted` stands in `found`, too.
fn assert_same(wanted: &Value, found: &Value, name: &str) {
    match wanted {
        Value::Object(fields) => {
            fields.iter().for_each(|(k, v)| assert_same(v, &found[k], &format!("{name}.{k}")))
        }
        _ => {
            let (wanted, found) = (wanted.as_f64().unwrap(), found.as_f64().unwrap_or(f64::NAN));
            assert!((wanted - found).abs() < 1e-9 * wanted.abs().max(1.0), "{name}: {wanted}, not {found}");
        }
    }
}

#[test]
fn figures_are_those_of_the_scoring_script() {
    let Some((gold, script)) = corpora() else { return };
    let folder = tempfile::tempdir().unwrap();
    let answers = answers(&gold, &folder);
    let (gold, answers) = (gold.to_str().unwrap(), answers.to_str().unwrap());
    for options in [&[][..], &["--drop-type", "Demonym,Non_Literal_Modifier"], &["--class", "literal"]] {
        let wanted =
            Command::new("python3").arg(&script).args([gold, answers, "--json"]).args(options).output();
        let call = ["evaluate", "--json", "--corpus", gold, "--predictions", answers];
        let found = dateline(&[&call[..], options].concat());
        assert_same(&json(&wanted.unwrap()), &json(&found), &options.join(" "));
    }
}

#[test]
fn what_is_found_anew_has_the_same_figures_as_what_was_written() {
    let Some((gold, _)) = corpora() else { return };
    let folder = tempfile::tempdir().unwrap();
    let written = answers(&gold, &folder);
    let call = ["evaluate", "--json", "--drop", "demonym", "--corpus", gold.to_str().unwrap()];
    let anew = json(&dateline(&call));
    let written = json(&dateline(&[&call[..], &["--predictions", written.to_str().unwrap()]].concat()));
    for group in ["recognition_exact", "recognition_overlap", "end_to_end_161km"] {
        assert_same(&written[group], &anew[group], group);
    }
}

/// A corpus of one document: one place is right, one far off, one missed, one is none.
fn small_corpus(folder: &TempDir) -> (String, String) {
    let text = "Rain fell in Nairobi, in Paris and in Xyzzyville.";
    let gold = r#"{"id": 1, "text": "TEXT", "toponyms": [{"start": 13, "end": 20, "lat": -1.28, "lon": 36.82},
        {"start": 25, "end": 30, "lat": 33.66, "lon": -95.56}, {"start": 38, "end": 48, "lat": 1, "lon": 1}]}"#;
    let path = folder.path().join("small.jsonl");
    fs::write(&path, gold.replace("TEXT", text).replace('\n', " ")).unwrap();
    let answers = r#"{"id": 1, "toponyms": [{"start": 13, "end": 20, "lat": -1.28, "lon": 36.82, "role": "event"},
        {"start": 25, "end": 30, "lat": 48.85, "lon": 2.35}, {"start": 0, "end": 4, "lat": 0, "lon": 0, "role": "actor"}]}"#;
    let predictions = folder.path().join("answers.jsonl");
    fs::write(&predictions, answers.replace('\n', " ")).unwrap();
    (path.display().to_string(), predictions.display().to_string())
}

#[test]
fn errors_are_listed_on_request_only() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, answers) = small_corpus(&folder);
    let call = ["evaluate", "--corpus", &corpus, "--predictions", &answers];
    let plain = dateline(&call);
    assert!(plain.status.success() && !String::from_utf8_lossy(&plain.stdout).contains("Nairobi"));
    let out = String::from_utf8(dateline(&[&call[..], &["--errors"]].concat()).stdout).unwrap();
    let order: Vec<&str> = out.lines().filter_map(|l| l.split_once(" × ").map(|p| p.1)).collect();
    assert_eq!(order, ["wrong place\tParis", "missed\tXyzzyville", "spurious\tRain"]);
    assert!(out.contains("in Nairobi, in [Paris] and in"), "{out}");
}

#[test]
fn roles_are_dropped_and_earlier_figures_compared() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, answers) = small_corpus(&folder);
    let call = ["evaluate", "--corpus", &corpus, "--predictions", &answers];
    let before = dateline(&[&call[..], &["--json"]].concat());
    assert_eq!(json(&before)["recognition_exact"]["pred"], 3);
    let earlier = folder.path().join("figures.jsonl");
    fs::write(&earlier, &before.stdout).unwrap();
    let drop = ["--drop", "actor", "--compare", earlier.to_str().unwrap()];
    let out = String::from_utf8(dateline(&[&call[..], &drop].concat()).stdout).unwrap();
    assert!(out.contains("recognition_exact P                  0.667 →     1.000  +0.333"), "{out}");
}

#[test]
fn annotated_articles_are_measured_with_their_roles() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/annotated/us-local");
    let found = json(&dateline(&["evaluate", "--json", "--corpus", folder]));
    assert!(found["docs"].as_u64().unwrap() >= 10);
    assert!(found["roles"]["event"]["gold"].as_u64().unwrap() > 20, "{found}");
    assert!(found["end_to_end_161km"]["F1"].as_f64().unwrap() > 0.5, "{found}");
}

#[test]
fn a_corpus_that_is_none_is_told_and_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.jsonl");
    fs::write(&path, "{\"text\": \"secret\"}\n").unwrap();
    let out = dateline(&["evaluate", "--corpus", path.to_str().unwrap()]);
    let told = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(told.contains("bad.jsonl, line 1") && !told.contains("secret"), "{told}");
    assert_eq!(dateline(&["evaluate"]).status.code(), Some(2));
}
