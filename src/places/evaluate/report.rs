//! The figures as JSON and as text, and set beside earlier ones.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::calibration;
use super::distances::Distances;
use super::figures::{Counts, Figures};

/// The figures as one object: `recognition_exact`, `recognition_overlap`, `resolution_answered`,
/// `resolution_all_matched`, `geonames_exact`, `end_to_end_161km`, `calibration`, `roles`.
pub fn to_json(figures: &Figures) -> Map<String, Value> {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    put("docs", figures.documents.into());
    put("recognition_exact", counts(&figures.exact));
    put("recognition_overlap", counts(&figures.overlap));
    put("resolution_answered", Distances::of(&figures.errors_km).to_json());
    put("resolution_all_matched", Distances::of(&figures.matched_km).to_json());
    let (pairs, same) = figures.same_record;
    if pairs > 0 {
        put("geonames_exact", json!({ "n": pairs, "acc": same as f64 / pairs as f64 }));
    }
    put("end_to_end_161km", counts(&figures.end_to_end));
    put("calibration", calibration::to_json(&figures.judged));
    if !figures.roles.is_empty() {
        put("roles", figures.roles.to_json());
    }
    out
}

fn counts(counts: &Counts) -> Value {
    json!({ "tp": counts.hits, "pred": counts.predicted, "gold": counts.gold,
            "P": counts.precision(), "R": counts.recall(), "F1": counts.f1() })
}

/// The same for a person: one line a measure.
pub fn to_text(figures: &Figures) -> String {
    let mut out = String::new();
    for (name, value) in &to_json(figures) {
        if let ("calibration" | "roles", Some(group)) = (name.as_str(), value.as_object()) {
            group.iter().for_each(|(part, value)| parts(&mut out, name, part, value));
        } else {
            let _ = writeln!(out, "{name:24} {}", row(value));
        }
    }
    out
}

fn parts(out: &mut String, name: &str, part: &str, value: &Value) {
    for value in value.as_array().unwrap_or(&vec![value.clone()]) {
        let _ = writeln!(out, "{:24} {}", format!("{name} {part}"), row(value));
    }
}

fn row(value: &Value) -> String {
    let Some(object) = value.as_object() else { return number(value) };
    object.iter().map(|(k, v)| format!("{k}={}", number(v))).collect::<Vec<_>>().join("  ")
}

fn number(value: &Value) -> String {
    match value.as_f64() {
        Some(number) if value.is_f64() => format!("{number:.3}"),
        _ => value.to_string(),
    }
}

/// Measures that a comparison tells.
const COMPARED: [(&str, &str); 10] = [
    ("recognition_exact", "P"),
    ("recognition_exact", "R"),
    ("recognition_exact", "F1"),
    ("recognition_overlap", "F1"),
    ("resolution_answered", "acc161"),
    ("resolution_answered", "mean_km"),
    ("resolution_answered", "auc"),
    ("end_to_end_161km", "F1"),
    ("calibration", "ece"),
    ("roles", "accuracy"),
];

/// What changed since earlier figures of the same corpus: one line a measure that both have.
pub fn compare(before: &Value, now: &Value) -> String {
    let mut out = String::new();
    for (group, field) in COMPARED {
        let of = |all: &Value| all.get(group)?.get(field)?.as_f64();
        if let (Some(was), Some(is)) = (of(before), of(now)) {
            let _ = writeln!(out, "{:32} {was:9.3} → {is:9.3}  {:+.3}", format!("{group} {field}"), is - was);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::answer::Answer;
    use super::super::corpus::Gold;
    use super::*;
    use crate::places::LonLat;

    fn figures() -> Figures {
        let here = Some(LonLat::new(69.2, 34.5));
        let mut figures = Figures::default();
        let answers = [Answer { span: 0..5, at: here, score: 0.9, ..Answer::default() }];
        figures.add(&[Gold::new(0..5, here), Gold::new(9..12, here)], &answers);
        figures
    }

    #[test]
    fn a_person_reads_a_line_a_measure() {
        let text = to_text(&figures());
        assert!(text.contains("recognition_exact        tp=1  pred=1  gold=2  P=1.000  R=0.500  F1=0.667"));
        assert!(text.contains("calibration thresholds   score=0.900"), "{text}");
    }

    #[test]
    fn a_comparison_tells_what_changed() {
        let now = Value::Object(to_json(&figures()));
        let before = json!({ "recognition_exact": { "F1": 0.5 } });
        assert_eq!(
            compare(&before, &now).trim_end(),
            "recognition_exact F1                 0.500 →     0.667  +0.167"
        );
        assert_eq!(compare(&Value::Null, &now), "");
    }
}
