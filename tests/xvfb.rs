//! The real program in a real window: started under Xvfb, clicked with xdotool, its calls to the
//! system traced with strace.
//!
//! Needs `Xvfb`, `xdotool` and `strace`; where they are missing it says so and passes, but fails
//! where the environment says `CI=true`.

#![cfg(test)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Starts a display of its own; its number is the one the server chose.
fn display() -> (Running, String) {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1440x900x24"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (Running(child), format!(":{}", line.trim()))
}

/// Whether one of these programs is missing; says so, and fails where nothing may be skipped.
fn lacks(programs: &[&str]) -> bool {
    let missing: Vec<&str> = programs.iter().copied().filter(|program| !has(program)).collect();
    if missing.is_empty() {
        return false;
    }
    let told = format!("{missing:?} missing: apt-get install xvfb xdotool strace");
    assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{told}");
    eprintln!("SKIPPED: the real window is not tried, {told}");
    true
}

fn lines(trace: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(trace).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Waits for a line of the trace that `wanted` accepts.
fn wait_for(trace: &Path, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let start = Instant::now();
    loop {
        if let Some(line) = lines(trace).into_iter().find(|line| line["what"] == what && wanted(line)) {
            return line;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "no {what:?} in {:?}", lines(trace));
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn xdotool(display: &str, args: &[&str]) -> String {
    let output = Command::new("xdotool").args(args).env("DISPLAY", display).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn a_click_in_the_real_window_chooses_a_marker() {
    if lacks(&["Xvfb", "xdotool"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("kabul-2021-08-15.txt");
    std::fs::write(&article, "The Taliban entered Kabul on Sunday.\n").unwrap();
    let trace = folder.path().join("trace");
    let (_server, display) = display();
    let _program = Running(
        Command::new(env!("CARGO_BIN_EXE_dateline"))
            .arg(&article)
            .env("DISPLAY", &display)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .env("DATELINE_TRACE", &trace)
            .spawn()
            .unwrap(),
    );
    wait_for(&trace, "first frame", |_| true);
    wait_for(&trace, "opened", |line| line["articles"] == 1);
    // Where the marker of Kabul stands once the map has come to rest.
    let marker = wait_for(&trace, "marker", |line| line["name"] == "Kabul");
    let (x, y) = (marker["x"].as_f64().unwrap().round(), marker["y"].as_f64().unwrap().round());
    let window = xdotool(&display, &["search", "--name", "^Dateline$"]);
    let window = window.lines().last().unwrap_or("").to_owned();
    xdotool(&display, &["mousemove", "--window", &window, &x.to_string(), &y.to_string()]);
    std::thread::sleep(Duration::from_millis(200));
    xdotool(&display, &["click", "1"]);
    let chosen = wait_for(&trace, "place", |_| true);
    assert_eq!(chosen["id"], marker["id"], "the marker of Kabul was chosen");
    assert!(chosen["passages"].as_u64().unwrap() >= 1);
}

/// Where the system permits it, a network namespace of one's own: without even a loopback.
fn cut_off() -> Vec<&'static str> {
    let tried = Command::new("unshare").args(["-rn", "true"]).stderr(Stdio::null()).status();
    if tried.is_ok_and(|status| status.success()) { vec!["unshare", "-rn"] } else { Vec::new() }
}

/// Started as it comes, with a window, the samples analysed and the map drawn, the program opens
/// no socket but those to the desktop on this computer.
#[test]
fn in_its_default_state_the_program_makes_no_connection() {
    if lacks(&["Xvfb", "strace"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (trace, calls) = (folder.path().join("trace"), folder.path().join("calls"));
    let (_server, display) = display();
    let mut words = cut_off();
    words.extend(["strace", "-f", "-qq", "-e", "trace=network", "-o"]);
    let (first, rest) = words.split_first().unwrap();
    let _program = Running(
        Command::new(first)
            .args(rest)
            .arg(&calls)
            .arg(env!("CARGO_BIN_EXE_dateline"))
            .env("DISPLAY", &display)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .env("DATELINE_TRACE", &trace)
            .spawn()
            .unwrap(),
    );
    wait_for(&trace, "opened", |line| line["articles"].as_u64() > Some(0));
    wait_for(&trace, "marker", |_| true);
    std::thread::sleep(Duration::from_secs(2));
    let text = std::fs::read_to_string(&calls).unwrap();
    // strace goes on while its child does; the child's number stands first in each line.
    let child = text.split_whitespace().next().unwrap_or("").to_owned();
    let _ = Command::new("kill").arg(&child).status();
    assert!(text.contains("AF_UNIX"), "the trace shows the connection to the display: {text}");
    let outside: Vec<&str> = text.lines().filter(|line| line.contains("AF_INET")).collect();
    assert!(outside.is_empty(), "{outside:#?}");
}
