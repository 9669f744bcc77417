//! The real binary on a real article, held against what a careful reader found in it.
//!
//! Article and annotation are not part of the project: without them the tests say so and pass.
#![cfg(test)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What was found, and what should have been.
struct Case {
    found: Value,
    gold: Value,
}

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)
}

fn case() -> Option<Case> {
    let article = shared("articles/kabul-2021-08-15.txt");
    let gold = std::fs::read_to_string(shared("corpora/events/seed-gold.json"));
    let (true, Ok(gold)) = (article.exists(), gold) else {
        println!("skipped: the article or its annotation is not beside the project");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.jsonl");
    let done = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("analyse")
        .arg(article)
        .args(["--published", "2021-08-15", "--format", "jsonl", "-o"])
        .arg(&target)
        .status();
    assert!(done.unwrap().success());
    let found = serde_json::from_str(&std::fs::read_to_string(target).unwrap()).unwrap();
    Some(Case { found, gold: serde_json::from_str(&gold).unwrap() })
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}

fn overlap(a: &Value, b: &Value) -> bool {
    number(a, "start") < number(b, "end") && number(b, "start") < number(a, "end")
}

/// Great-circle distance in kilometres.
fn distance_km(a: &Value, b: &Value) -> f64 {
    let [lat_a, lon_a, lat_b, lon_b] =
        [number(a, "lat"), number(a, "lon"), number(b, "lat"), number(b, "lon")].map(f64::to_radians);
    let h = ((lat_b - lat_a) / 2.0).sin().powi(2)
        + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().asin()
}

impl Case {
    fn toponyms(&self) -> &[Value] {
        list(&self.found, "toponyms")
    }

    fn events(&self, kind: &str, place: &str) -> Vec<&Value> {
        let here =
            |e: &&Value| e["type"] == kind && e["place_name"].as_str().is_some_and(|p| p.contains(place));
        list(&self.found, "events").iter().filter(here).collect()
    }

    /// Gold mentions of `surface` that are missed, or resolved to a point beyond their tolerance.
    fn wrong(&self, surface: &str) -> Vec<String> {
        let wanted = list(&self.gold, "toponyms").iter().filter(|g| g["surface"] == surface);
        wanted.filter(|g| !self.is_right(g)).map(|g| format!("{surface} at {}", g["start"])).collect()
    }

    fn is_right(&self, gold: &Value) -> bool {
        let near = |t: &Value| distance_km(gold, t) <= number(gold, "tolerance_km");
        self.toponyms().iter().any(|t| overlap(gold, t) && near(t))
    }
}

#[test]
fn every_place_is_at_the_right_point() {
    let Some(case) = case() else { return };
    let surfaces =
        ["Kabul", "Kabul province", "Kabul airport", "Bagram air base", "Torkham", "Tajikistan", "Pakistan"];
    let wrong: Vec<String> = surfaces.iter().flat_map(|s| case.wrong(s)).collect();
    assert_eq!(wrong, Vec::<String>::new());
    let afghanistan = case.wrong("Afghanistan").len();
    assert!(afghanistan <= 1, "{afghanistan} mentions of Afghanistan are wrong");
}

#[test]
fn sites_are_taken_for_what_they_are() {
    let Some(case) = case() else { return };
    for (surface, kinds) in [
        ("Bagram air base", &["S.AIRB"][..]),
        ("Kabul", &["P.PPLC"]),
        ("Kabul airport", &["S.AIRP", "S.AIRF"]),
        ("Kabul province", &["A.ADM1"]),
        ("Tajikistan", &["A.PCLI"]),
    ] {
        let kind = case.toponyms().iter().rfind(|t| t["surface"] == surface).map(|t| t["kind"].clone());
        assert!(kind.as_ref().is_some_and(|k| kinds.iter().any(|wanted| k == wanted)), "{surface}: {kind:?}");
    }
}

#[test]
fn names_of_agencies_and_departments_are_not_drawn() {
    let Some(case) = case() else { return };
    let drawn = |t: &&Value| matches!(t["role"].as_str(), Some("event" | "destination" | "origin"));
    for name in list(&case.gold, "not_places") {
        let inside: Vec<&Value> = case.toponyms().iter().filter(|t| overlap(t, name)).filter(drawn).collect();
        assert!(inside.is_empty(), "{}: {inside:?}", name["surface"]);
    }
    let department = list(&case.gold, "toponyms")
        .iter()
        .find(|g| g["surface"] == "US" && g["role"] == "organisation_part");
    let roles: Vec<&Value> =
        case.toponyms().iter().filter(|t| overlap(t, department.unwrap())).map(|t| &t["role"]).collect();
    assert_eq!(roles, ["organisation_part"]);
}

#[test]
fn the_events_of_the_day_are_found() {
    let Some(case) = case() else { return };
    let by = |events: Vec<&Value>, actor: &str| {
        events.iter().any(|e| {
            let acts = |key| list(e, key).iter().any(|a| a["text"].as_str().unwrap_or("").contains(actor));
            acts("actors") || acts("recipients")
        })
    };
    assert!(by(case.events("CONTROL", "Torkham"), "Pakistan"), "Torkham closed by Pakistan");
    assert!(by(case.events("CONTROL", "Bagram"), "Taliban"), "Bagram surrendered to the Taliban");
    assert!(by(case.events("CONTROL", "Kabul"), "Taliban"), "Kabul entered by the Taliban");
    let left = list(&case.found, "events").iter().any(|e| {
        e["type"] == "MOVE"
            && e["destination"]["place_name"].as_str().is_some_and(|p| p.contains("Tajikistan"))
    });
    assert!(left, "the president's departure for Tajikistan");
}

#[test]
fn what_was_not_wanted_did_not_happen() {
    let Some(case) = case() else { return };
    let negated = list(&case.gold, "toponyms")
        .iter()
        .find(|g| g["note"].as_str().is_some_and(|n| n.contains("negated")));
    let start = number(negated.unwrap(), "start");
    for event in list(&case.found, "events") {
        let here = number(event, "sentence_start") <= start && start < number(event, "sentence_end");
        if here && event["type"] != "CONSULT" {
            assert!(
                !matches!(event["status"].as_str(), Some("completed" | "ongoing" | "claimed")),
                "{event}"
            );
        }
    }
}
