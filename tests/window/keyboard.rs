//! The map by the keyboard alone.

use dateline::app::state::Tab;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

use super::{settle, silent, window};

#[test]
fn tab_goes_from_the_map_to_its_markers() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("a-2021-08-16.txt");
    std::fs::write(&article, "The Taliban entered Kabul on Sunday.").unwrap();
    let mut harness = window(vec![article], silent());
    harness.get_by_role_and_label(Role::Canvas, "Map").click_accesskit();
    settle(&mut harness);
    harness.key_press(Key::Tab);
    settle(&mut harness);
    let focused = harness.query_all_by(|node| node.is_focused());
    let said: Vec<String> = focused.filter_map(|node| node.accesskit_node().label()).collect();
    assert!(said.iter().any(|label| label.starts_with("Kabul, ")), "the keyboard is on {said:?}");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let state = harness.state();
    assert!(state.now().place.is_some());
    assert_eq!(state.view_state().tab, Tab::Passages);
}
