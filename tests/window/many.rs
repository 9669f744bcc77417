//! A folder of many articles: opened piece by piece, with the window answering all the while.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use dateline::app::DatelineApp;
use egui_kittest::Harness;

use super::{settle, silent, window};

const TOWNS: [&str; 24] = [
    "Kabul",
    "Herat",
    "Kandahar",
    "Mosul",
    "Aleppo",
    "Goma",
    "Bamako",
    "Lagos",
    "Nairobi",
    "Mogadishu",
    "Khartoum",
    "Odesa",
    "Kharkiv",
    "Tbilisi",
    "Yerevan",
    "Lahore",
    "Karachi",
    "Dhaka",
    "Manila",
    "Bogotá",
    "Lima",
    "Quito",
    "Phoenix",
    "Chicago",
];
const SAID: [&str; 8] = [
    "A flood cut the road to {a} on Monday and {n} families left for {b}, the mayor said.",
    "Soldiers entered {a} at dawn while the governor of {b} called for talks.",
    "The minister flew from {a} to {b} on Tuesday to sign an agreement on water.",
    "Protesters marched through {a} and were met by police near the central station.",
    "An earthquake shook {a}; {n} people were hurt, hospitals in {b} reported.",
    "Two men were arrested in {a} after a shooting that killed {n} people.",
    "Aid reached {a} by truck from {b}, enough for {n} days.",
    "The border post at {a} was closed for {n} days, traders in {b} complained.",
];

/// What stands between the news: four sentences of five tell nothing that happened.
const REST: [&str; 8] = [
    "The road is the only one that can carry trucks, and in winter it is often under snow.",
    "Prices for bread and oil are higher than a year ago, shopkeepers say.",
    "The region has few schools and most of the young people look for work elsewhere.",
    "It is not clear how long the present calm can last.",
    "Officials have promised a plan, yet the money for it is missing.",
    "Old people remember the time when the river was clean.",
    "The council has nineteen seats, seven of them held by women.",
    "On market days the square near the old mill is full of people from the villages around.",
];

/// An article of about 2.2 kB; the same number gives the same article.
fn article(number: usize) -> String {
    let mut seed = number as u64 * 0x9e37_79b9_7f4a_7c15 + 1;
    let mut next = |below: usize| {
        // Steele and Vigna's SplitMix, good enough to mix names.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)) >> 33) as usize % below
    };
    let mut text = format!("Report {number} from {}\n\n", TOWNS[next(TOWNS.len())]);
    while text.len() < 2200 {
        for _ in 0..4 {
            if next(5) > 0 {
                let _ = write!(text, "{} ", REST[next(REST.len())]);
                continue;
            }
            let said = SAID[next(SAID.len())].replace("{a}", TOWNS[next(TOWNS.len())]);
            let said =
                said.replace("{b}", TOWNS[next(TOWNS.len())]).replace("{n}", &(2 + next(40)).to_string());
            let _ = write!(text, "{said} ");
        }
        text.push_str("\n\n");
    }
    text
}

fn folder_of(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let day =
            jiff::civil::date(2021, 1, 1).checked_add(jiff::Span::new().days((number % 300) as i64)).unwrap();
        std::fs::write(folder.path().join(format!("{number:05}-{day}.txt")), article(number)).unwrap();
    }
    folder
}

/// How opening went: how long, the frames in milliseconds, how often the lists were drawn.
struct Opening {
    seconds: f64,
    frames: Vec<f64>,
    drawings: u64,
}

fn open(path: &Path) -> (Opening, Harness<'static, DatelineApp>) {
    let mut harness = window(Vec::new(), silent());
    super::close_all(&mut harness);
    let before = harness.state().found().generation;
    let start = Instant::now();
    let mut frames = Vec::new();
    harness.input_mut().dropped_files.push(std::sync::Arc::new(super::Dropped(path.to_owned())));
    loop {
        let frame = Instant::now();
        harness.step();
        frames.push(frame.elapsed().as_secs_f64() * 1000.0);
        if harness.state().is_at_rest() && frames.len() > 5 {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(600), "it does not come to an end");
        std::thread::sleep(Duration::from_millis(8));
    }
    let seconds = start.elapsed().as_secs_f64();
    settle(&mut harness);
    let drawings = harness.state().found().generation - before;
    (Opening { seconds, frames, drawings }, harness)
}

#[test]
fn the_lists_are_drawn_seldom_while_many_articles_arrive() {
    let folder = folder_of(500);
    let (opening, harness) = open(folder.path());
    let state = harness.state();
    assert_eq!((state.document().project.articles.len(), state.found().articles.len()), (500, 500));
    assert_eq!(state.now().article, 0, "the page that was shown first stays");
    assert!(state.found().events.len() > 1500, "{}", state.found().events.len());
    // Each drawing is for half as many articles more: fifteen from the first to 500.
    assert!(opening.drawings <= 20, "{} drawings", opening.drawings);
}

/// Prints what opening 10,000 articles of 22 MB takes:
/// `cargo test --release --test window -- --ignored --nocapture ten_thousand`.
#[test]
#[ignore = "a measurement, takes long"]
fn ten_thousand_articles() {
    let folder = folder_of(10_000);
    let (mut opening, harness) = open(folder.path());
    opening.frames.sort_by(f64::total_cmp);
    let at = |share: f64| opening.frames[((opening.frames.len() - 1) as f64 * share) as usize];
    println!(
        "10,000 articles in {:.1} s; {} frames, median {:.1} ms, 95 % {:.1} ms, longest {:.1} ms; lists drawn {} \
         times; {} events",
        opening.seconds,
        opening.frames.len(),
        at(0.5),
        at(0.95),
        at(1.0),
        opening.drawings,
        harness.state().found().events.len(),
    );
}
