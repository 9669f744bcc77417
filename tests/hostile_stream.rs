//! Hostile input to `dateline geoparse --jsonl`, through the real binary: every line has its answer in
//! its place, no line spoils another, and neither threads nor the company of other lines change it.
#![cfg(test)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn geoparse(input: &[u8], threads: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["geoparse", "--jsonl"])
        .env("RAYON_NUM_THREADS", threads)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn good(id: usize) -> Vec<u8> {
    let text = format!("KABUL, Aug 15 — Rebels attacked a convoy near Herat on Sunday, killing {id} people.");
    json!({ "id": id, "text": text, "published": "2021-08-16" }).to_string().into_bytes()
}

/// Lines that are refused, or answered with the text as it is.
fn hostile() -> Vec<Vec<u8>> {
    let mut out: Vec<Vec<u8>> = vec![
        b"{\"id\":1,\"text\":\"Paris \xff\xfe\"}".to_vec(),
        b"\xc3\x28\xa0\xa1".to_vec(),
        br#"{"id":1,"text":"lone \ud800 surrogate"}"#.to_vec(),
        br#"{"id":1,"text":"\udc00\ud800"}"#.to_vec(),
        b"{\"id\":1,\"text\":\"raw \x01 control\"}".to_vec(),
        b"\x00\x00\x00".to_vec(),
        b"\xef\xbb\xbf{\"id\":1,\"text\":\"Paris\"}".to_vec(),
        br#"{"id":1,"text":5}"#.to_vec(),
        br#"{"id":1,"text":"Paris","published":"2021-13-40"}"#.to_vec(),
        br#"{"id":1,"text":"Paris","region":"181,0,0,0"}"#.to_vec(),
        br#"{"id":1e999,"text":"Paris"}"#.to_vec(),
        b"null".to_vec(),
        b"".to_vec(),
        br#"{"id":1,"text":"Paris"} trailing"#.to_vec(),
    ];
    out.push([b"[".repeat(100_000), b"]".repeat(100_000)].concat());
    out.push(
        [br#"{"id":"#.to_vec(), b"[".repeat(5_000), b"]".repeat(5_000), br#","text":"Paris"}"#.to_vec()]
            .concat(),
    );
    out.push([br#"{"a":"#.repeat(50_000), b"1".to_vec(), b"}".repeat(50_000)].concat());
    out
}

#[test]
fn hostile_lines_leave_the_others_alone() {
    let mut input = Vec::new();
    let mut wanted = 0;
    for (at, line) in hostile().iter().enumerate() {
        input.extend([good(at), line.clone(), Vec::new()].join(&b'\n'));
        wanted += 2;
    }
    let output = geoparse(&input, "2");
    assert_eq!(output.status.code(), Some(1));
    let found = lines(&output);
    assert_eq!(found.len(), wanted);
    let alone = lines(&geoparse(&[good(0), b"\n".to_vec()].concat(), "1"));
    for (at, line) in found.iter().enumerate().step_by(2) {
        assert_eq!(line["id"], at / 2);
        assert_eq!(line["toponyms"], alone[0]["toponyms"]);
        assert!(
            found[at + 1]["error"].is_string() || found[at + 1]["toponyms"].is_array(),
            "{}",
            found[at + 1]
        );
    }
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!told.contains("Paris"), "article text on standard error: {told}");
    assert!(!told.contains("panicked"), "{told}");
}

#[test]
fn windows_line_ends_and_escapes_give_right_offsets() {
    let text = "\u{feff}Flood\r\n\r\nWater \u{0} rose in \u{202e}Nairobi\u{202c} 👩‍👩‍👧 and Côte d’Ivoire.\r\n";
    let input = format!("{}\r\n", json!({ "id": "é", "text": text }));
    let found = lines(&geoparse(input.as_bytes(), "1"));
    let chars: Vec<char> = text.chars().collect();
    let toponyms = found[0]["toponyms"].as_array().unwrap();
    assert_eq!(found[0]["id"], "é");
    assert!(toponyms.len() >= 2, "{toponyms:?}");
    for toponym in toponyms {
        let (start, end) = (toponym["start"].as_u64().unwrap(), toponym["end"].as_u64().unwrap());
        let words: String = chars[start as usize..end as usize].iter().collect();
        assert_eq!(toponym["surface"], words.as_str());
    }
}

#[test]
fn threads_change_nothing() {
    let input: Vec<u8> = (0..400).flat_map(|id| [good(id), b"\n".to_vec()].concat()).collect();
    let one = geoparse(&input, "1");
    for threads in ["2", "5"] {
        assert!(one.stdout == geoparse(&input, threads).stdout, "{threads} threads");
    }
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_read() {
    let long = format!("{{\"id\":1,\"text\":\"{}\"}}\n", "Paris and Kabul. ".repeat(6_000_000));
    let output = geoparse(&[long.into_bytes(), good(2), b"\n".to_vec()].concat(), "2");
    let found = lines(&output);
    assert_eq!(found.len(), 2);
    assert!(found[0]["error"].as_str().unwrap().contains("longer than"), "{}", found[0]);
    assert_eq!(found[1]["id"], 2);
}
