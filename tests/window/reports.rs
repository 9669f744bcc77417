//! Reports of one happening: taken apart and joined under the list of events, taken back, saved.

use dateline::app::DatelineApp;
use dateline::project::EventRef;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::timeline::brush;
use super::{Answer, Prepared, click, settle, silent, window};

type Window = Harness<'static, DatelineApp>;

const STORIES: [(&str, &str); 3] = [
    ("a-2021-08-16.txt", "The Taliban entered Kabul on Sunday."),
    ("b-2021-08-16.txt", "Taliban fighters entered the city of Kabul on Sunday, officials said."),
    ("c-2021-08-16.txt", "An earthquake struck Lisbon on Sunday."),
];

/// A window with the three stories; the first two are one happening.
fn stories(folder: &std::path::Path, dialogs: Prepared) -> Window {
    for (name, text) in STORIES {
        std::fs::write(folder.join(name), text).unwrap();
    }
    window(vec![folder.to_owned()], dialogs)
}

fn together(harness: &Window, a: usize, b: usize) -> bool {
    let group = |article| harness.state().found().groups().group_of(EventRef { article, event: 0 });
    assert!(group(a).is_some() && group(b).is_some());
    group(a) == group(b)
}

fn show_events(harness: &mut Window) {
    let tab = format!("Events {}", harness.state().found().events.len());
    click(harness, &tab);
}

/// Chooses the event of an article in the list.
fn choose(harness: &mut Window, article: usize) {
    let row = &harness.state().found().events;
    let row = row.iter().find(|row| row.passage.article() == article).unwrap();
    let label = format!("{}: {}", row.kind.label(), row.summary);
    click(harness, &label);
}

fn undo(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(harness);
}

#[test]
fn a_report_is_taken_out_and_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = stories(folder.path(), silent());
    assert!(together(&harness, 0, 1) && !together(&harness, 0, 2));
    show_events(&mut harness);
    choose(&mut harness, 1);
    assert!(harness.query_by_label("2 reports of one happening").is_some());
    click(&mut harness, "Review");
    click(&mut harness, "Take the report out");
    assert!(!together(&harness, 0, 1));
    assert!(harness.query_by_label("The only report of this happening").is_some());
    undo(&mut harness);
    assert!(together(&harness, 0, 1));
    assert!(harness.state().document().project.group_edits.is_empty());
}

#[test]
fn two_events_are_joined_and_the_days_are_saved_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("work.dateline");
    let dialogs = Prepared { open: Answer::Cancelled, save: Answer::Chosen(vec![saved.clone()]) };
    let mut harness = stories(folder.path(), dialogs);
    show_events(&mut harness);
    choose(&mut harness, 2);
    click(&mut harness, "Join with another");
    // The first two are one group already; either may be clicked.
    choose(&mut harness, 0);
    assert!(together(&harness, 0, 2) && together(&harness, 1, 2));
    assert!(harness.state().document().is_unsaved());
    brush(&mut harness, 0.1, 0.9);
    let days = harness.state().view_state().filter.period;
    assert!(days.is_some());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    let again = window(vec![saved], silent());
    assert!(together(&again, 0, 2));
    assert_eq!(again.state().view_state().filter.period, days);
}

#[test]
fn escape_leaves_the_joining() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = stories(folder.path(), silent());
    show_events(&mut harness);
    choose(&mut harness, 2);
    click(&mut harness, "Join with another");
    assert!(harness.query_by_label("Cancel").is_some());
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.state().now().joining.is_none() && harness.state().now().passage.is_some());
    choose(&mut harness, 0);
    assert!(!together(&harness, 0, 2), "a click only chooses again");
}
