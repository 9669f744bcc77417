//! The gazetteers that a person adds, in the settings and in the search field.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::app::dialogs::Answer;
use dateline::app::engine::Engine;
use dateline::app::kept::Kept;
use dateline::app::state::{Motion, ViewState};
use dateline::app::trace::Trace;
use dateline::app::{DatelineApp, Setup};
use dateline::places::Gazetteer;
use dateline::places::gazetteer::user::{AddOptions, Library};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::{ARTICLE, Prepared, click, settle};

fn window_with_library(folder: &Path, chosen: PathBuf) -> Harness<'static, DatelineApp> {
    let view = ViewState { motion: Motion::Reduced, hint_seen: true, ..ViewState::default() };
    let engine = Arc::new(Engine::open(Some(Library::new(folder.join("gazetteers")))).unwrap());
    let dialogs = Prepared { open: Answer::Chosen(vec![chosen]), save: Answer::Cancelled };
    let (kept, trace, paths) = (Kept::default(), Trace::default(), vec![folder.join("story.txt")]);
    let setup = Setup { engine, dialogs: Arc::new(dialogs), view, kept, trace, paths };
    let builder = Harness::builder().with_size([1440.0, 900.0]).with_max_steps(20).with_step_dt(0.1);
    let mut harness = builder.build_eframe(move |cc| DatelineApp::new(&cc.egui_ctx, setup));
    settle(&mut harness);
    harness
}

/// The id of the place that a mention of the first article denotes.
fn denoted(harness: &Harness<'static, DatelineApp>, name: &str) -> Option<String> {
    let analysed = harness.state().document().article(0).unwrap();
    let mentions = &analysed.findings.mentions;
    let mention = mentions.iter().find(|m| m.surface(&analysed.article.text) == name)?;
    let place = harness.state().gazetteer().place(mention.place?)?;
    Some(place.id.to_string())
}

#[test]
fn a_gazetteer_is_added_in_the_settings_and_articles_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let table = "Dorf,lat,lon,Land\nZorbatu Camp,33.5,65.1,AF\nNowhere,95,1,AF\n";
    std::fs::write(folder.path().join("camps.csv"), table).unwrap();
    let story = "Rockets hit Zorbatu Camp in Afghanistan on Monday, police said.";
    std::fs::write(folder.path().join("story.txt"), story).unwrap();
    let mut harness = window_with_library(folder.path(), folder.path().join("camps.csv"));
    assert_eq!(denoted(&harness, "Zorbatu Camp"), None);
    click(&mut harness, "File");
    click(&mut harness, "Your gazetteers…");
    click(&mut harness, "Add a gazetteer…");
    assert!(harness.query_by_label_contains("A table with 4 columns").is_some());
    assert!(harness.query_by_label_contains("Say which columns").is_some(), "no column looks like the name");
    assert!(harness.query_by_label("Zorbatu Camp").is_some(), "the first rows are shown");
    harness.get_by_label("Column of: Name").click_accesskit();
    harness.run_steps(3);
    // The header of the first rows bears the same word, but cannot be clicked.
    let label = egui::accesskit::Role::Label;
    let choice = harness.query_all_by_label("Dorf").find(|node| node.accesskit_node().role() != label);
    choice.unwrap().click_accesskit();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Say which columns").is_none());
    click(&mut harness, "Add");
    assert!(harness.query_by_label_contains("camps was added: 1 place, 1 name").is_some());
    assert!(harness.query_by_label_contains("Line 3: the latitude 95").is_some(), "bad rows are named");
    assert_eq!(denoted(&harness, "Zorbatu Camp").as_deref(), Some("camps:1"));
    assert_eq!(harness.state().own().entries[0].places, 1);
    click(&mut harness, "Remove");
    click(&mut harness, "Keep it");
    click(&mut harness, "Remove");
    click(&mut harness, "Remove it");
    assert!(harness.state().own().entries.is_empty());
    assert_eq!(denoted(&harness, "Zorbatu Camp"), None);
    assert!(harness.query_by_label_contains("camps was removed").is_some());
}

#[test]
fn a_file_that_is_no_gazetteer_is_told_in_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("story.txt"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("wide.csv"), [0xff, 0xfe, b'a', 0]).unwrap();
    let mut harness = window_with_library(folder.path(), folder.path().join("wide.csv"));
    click(&mut harness, "File");
    click(&mut harness, "Your gazetteers…");
    click(&mut harness, "Add a gazetteer…");
    assert!(harness.query_by_label_contains("save it as UTF-8").is_some());
    assert!(harness.state().own().entries.is_empty());
}

#[test]
fn the_search_field_finds_own_places_first_and_flies_there() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("story.txt"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("own.csv"), "name,lat,lon\nParis,12.5,24.5\n").unwrap();
    let library = Library::new(folder.path().join("gazetteers"));
    let world = Gazetteer::bundled().unwrap();
    library.add(&folder.path().join("own.csv"), &AddOptions::default(), world, &mut |_| true).unwrap();
    let mut harness = window_with_library(folder.path(), folder.path().join("own.csv"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.step();
    for (query, lon) in [("Paris", 24.5), ("Mazar-i-Sharf", 67.1), ("Душанбе", 68.8)] {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
        harness.step();
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        harness.step();
        harness.event(egui::Event::Text(query.into()));
        harness.run_steps(3);
        harness.key_press(egui::Key::Enter);
        settle(&mut harness);
        let at = harness.state().map().camera.view().center;
        assert!((at.lon - lon).abs() < 0.2, "{query} leads to {at:?}");
    }
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.step();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.event(egui::Event::Text("Paris".into()));
    harness.run_steps(3);
    harness.key_press(egui::Key::ArrowDown);
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    let at = harness.state().map().camera.view().center;
    assert!((at.lon - 2.35).abs() < 0.2, "an arrow down is the Paris of the world: {at:?}");
}
