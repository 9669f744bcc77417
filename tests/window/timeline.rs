//! The timeline: brushed, moved by keys, played, cleared, folded.

use dateline::app::DatelineApp;
use dateline::app::timeline::Unit;
use dateline::project::Period;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use jiff::civil::date;

use super::{drag, settle, silent, window};

type Window = Harness<'static, DatelineApp>;

fn bars(harness: &Window) -> egui::Rect {
    harness.get_by_label_contains("Timeline of").rect()
}

fn period(harness: &Window) -> Option<Period> {
    harness.state().view_state().filter.period
}

/// Chooses the right part of the bars by a drag.
pub fn brush(harness: &mut Window, from: f32, to: f32) {
    let rect = bars(harness);
    let at = |share: f32| egui::pos2(rect.left() + 12.0 + (rect.width() - 24.0) * share, rect.center().y);
    drag(harness, at(from), at(to));
}

#[test]
fn a_brush_filters_lists_map_and_text_and_a_double_click_clears_it() {
    let mut harness = window(Vec::new(), silent());
    let before = harness.state().found().events.len();
    brush(&mut harness, 0.999, 0.5);
    let chosen = period(&harness).expect("days are chosen");
    let state = harness.state();
    let shown = state.found().events.len();
    assert!(shown < before && shown > 0, "{shown} of {before}");
    assert!(state.found().events.iter().all(|row| chosen.may_hold(row.when.as_ref())));
    assert_eq!(state.found().options().period, Some(chosen), "the picture shows the same");
    let dated = state.found().timeline.dated;
    let all = harness.state().document().project.articles.iter();
    let undated = all.flat_map(|a| &a.findings.events).filter(|event| event.date.is_none()).count();
    assert_eq!(dated + undated, before, "what is chosen changes no bar, and nothing is lost");
    let at = bars(&harness).center();
    harness.event(egui::Event::PointerMoved(at));
    harness.step();
    // One event a frame: a step takes a tenth of a second, and two clicks must be near in time.
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        harness.step();
    }
    settle(&mut harness);
    assert_eq!(period(&harness), None);
    assert_eq!(harness.state().found().events.len(), before);
}

#[test]
fn keys_move_the_choice_and_escape_clears_it() {
    let mut harness = window(Vec::new(), silent());
    brush(&mut harness, 0.3, 0.5);
    let before = period(&harness).unwrap();
    harness.key_press(egui::Key::ArrowRight);
    settle(&mut harness);
    let moved = period(&harness).unwrap();
    assert!(moved.first > before.first && moved.last > before.last, "{before:?} {moved:?}");
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::ArrowLeft);
    settle(&mut harness);
    let shorter = period(&harness).unwrap();
    assert!(shorter.first == moved.first && shorter.last < moved.last, "{moved:?} {shorter:?}");
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert_eq!(period(&harness), None);
}

#[test]
fn days_run_to_the_end_and_stop() {
    let mut harness = window(Vec::new(), silent());
    harness.get_by_label("Play").click_accesskit();
    settle(&mut harness);
    let first = period(&harness).expect("playing chooses days");
    for _ in 0..4000 {
        harness.step();
        if !harness.state().now().playing {
            break;
        }
    }
    assert!(!harness.state().now().playing, "it ends");
    let last = period(&harness).unwrap();
    let bins = harness.state().found().timeline.bins(Unit::Auto);
    assert_eq!(Some(last.last), bins.whole().map(|whole| whole.last));
    assert!(last.first > first.first);
}

#[test]
fn it_folds_and_its_bars_change_their_length() {
    let mut harness = window(Vec::new(), silent());
    harness.get_by_label("Fold the timeline").click_accesskit();
    settle(&mut harness);
    assert!(!harness.state().view_state().timeline.open);
    assert!(harness.query_by_label_contains("Timeline of").is_none());
    harness.key_press(egui::Key::F7);
    settle(&mut harness);
    let unit = harness.state().found().timeline.bins(Unit::Auto).unit;
    harness.get_by_label(&format!("{}    ", unit.label())).click_accesskit();
    settle(&mut harness);
    harness.get_by_label("Year").click_accesskit();
    settle(&mut harness);
    assert_eq!(harness.state().view_state().timeline.unit, Unit::Year);
    let years = harness.state().found().timeline.bins(Unit::Year);
    assert!(years.whole().is_some_and(|whole| whole.holds(date(2021, 8, 15))));
}
