//! The window, driven without a display: what a person does, and what then is seen.

#![cfg(test)]

mod gazetteers;
mod keyboard;
mod many;
mod reports;
mod review;
mod timeline;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::app::dialogs::{Answer, Dialogs};
use dateline::app::engine::Engine;
use dateline::app::kept::Kept;
use dateline::app::look::glyphs;
use dateline::app::state::{Motion, Tab, ThemeChoice, Tool, ViewState};
use dateline::app::trace::Trace;
use dateline::app::{DatelineApp, Setup};
use dateline::map::MapLayer;
use dateline::places::Gazetteer;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};

const ARTICLE: &str = "Kabul changes hands\n\n\
    The Taliban entered Kabul on Sunday. President Ashraf Ghani left Kabul for Tajikistan.\n\n\
    Pakistan closed the Torkham border crossing on Sunday.\n\n\
    Soldiers surrendered Bagram air base to the Taliban.\n";

/// Answers in a person's place.
struct Prepared {
    open: Answer,
    save: Answer,
}

impl Dialogs for Prepared {
    fn open_files(&self) -> Answer {
        self.open.clone()
    }
    fn open_folder(&self) -> Answer {
        self.open.clone()
    }
    fn save_picture(&self, _name: &str) -> Answer {
        self.save.clone()
    }
    fn save_project(&self, _name: &str) -> Answer {
        self.save.clone()
    }
}

/// A file as the system drops it.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn silent() -> Prepared {
    Prepared { open: Answer::Cancelled, save: Answer::Cancelled }
}

fn window(paths: Vec<PathBuf>, dialogs: Prepared) -> Harness<'static, DatelineApp> {
    let view = ViewState {
        theme: ThemeChoice::Light,
        motion: Motion::Reduced,
        hint_seen: true,
        ..ViewState::default()
    };
    let engine = Arc::new(Engine::new(Gazetteer::bundled().unwrap()));
    let (kept, trace) = (Kept::default(), Trace::default());
    let setup = Setup { engine, dialogs: Arc::new(dialogs), view, kept, trace, paths };
    let builder = Harness::builder().with_size([1440.0, 900.0]).with_max_steps(20).with_step_dt(0.1);
    let mut harness = builder.build_eframe(move |cc| DatelineApp::new(&cc.egui_ctx, setup));
    settle(&mut harness);
    harness
}

/// Runs frames until no job and no tile is under way.
fn settle(harness: &mut Harness<'static, DatelineApp>) {
    let start = Instant::now();
    let mut calm = 0;
    while calm < 4 {
        harness.step();
        calm = if harness.state().is_at_rest() { calm + 1 } else { 0 };
        assert!(start.elapsed() < Duration::from_secs(120), "the window does not come to rest");
        std::thread::sleep(Duration::from_millis(3));
    }
}

fn click(harness: &mut Harness<'static, DatelineApp>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    settle(harness);
}

/// The first marker whose label begins so.
fn marker(harness: &Harness<'static, DatelineApp>, name: &str) -> String {
    let spot = harness.query_all_by(|node| {
        node.label().is_some_and(|label| label.starts_with(&format!("{name}, ")) && label.contains("report"))
    });
    spot.filter_map(|node| node.accesskit_node().label()).next().expect("a marker of that name")
}

fn article_file(folder: &Path) -> PathBuf {
    let path = folder.join("kabul-2021-08-15.txt");
    std::fs::write(&path, ARTICLE).unwrap();
    path
}

fn drop_file(harness: &mut Harness<'static, DatelineApp>, path: PathBuf) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    settle(harness);
}

fn close_all(harness: &mut Harness<'static, DatelineApp>) {
    click(harness, "File");
    click(harness, "Close all");
}

#[test]
fn the_first_start_shows_the_samples() {
    let harness = window(Vec::new(), silent());
    assert_eq!(harness.state().document().project.articles.len(), 4);
    assert!(!harness.state().found().events.is_empty(), "the samples tell events");
    assert!(!harness.state().found().scene.markers.is_empty(), "the samples name places");
    assert!(harness.query_by_label("Kabul changes hands in a day, 0 events").is_none());
}

#[test]
fn a_dropped_file_is_opened_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Vec::new(), silent());
    drop_file(&mut harness, article_file(folder.path()));
    let state = harness.state();
    assert_eq!(state.document().project.articles.len(), 5);
    assert_eq!(state.now().article, 4, "the new article is the one that is shown");
}

#[test]
fn a_click_on_a_marker_shows_its_passages_and_scrolls_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(vec![article_file(folder.path())], silent());
    let bagram = harness.state().found().places.iter().find(|row| row.name.contains("Bagram")).unwrap();
    let (name, index) = (bagram.name.clone(), bagram.index);
    let label = marker(&harness, &name);
    click(&mut harness, &label);
    let state = harness.state();
    assert_eq!(state.now().place, Some(index));
    assert_eq!(state.view_state().tab, Tab::Passages);
    assert_eq!(state.now().scroll_to, None, "the text was scrolled to the passage");
    assert!(!state.found().passages(index).is_empty());
    let said = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().label().is_some_and(|label| label.contains("Soldiers surrendered Bagram"))
    };
    assert!(harness.root().children_recursive().any(|node| said(&node)), "the passage is on the screen");
}

#[test]
fn a_click_on_a_place_in_the_text_flies_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(vec![article_file(folder.path())], silent());
    click(&mut harness, "Bagram air base, place in the text");
    let center = harness.state().map().camera.view().center;
    assert!((center.lat - 34.946).abs() < 0.05 && (center.lon - 69.265).abs() < 0.05, "{center:?}");
}

#[test]
fn the_lists_fly_and_choose_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(vec![article_file(folder.path())], silent());
    let count = harness.state().found().events.len();
    click(&mut harness, &format!("Events {count}"));
    let row = harness.state().found().events[0].clone();
    click(&mut harness, &format!("{}: {}", row.kind.label(), row.summary));
    assert_eq!(harness.state().now().passage, Some(row.passage));
}

#[test]
fn the_map_is_exported_as_png_and_svg() {
    for ending in ["png", "svg"] {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join(format!("map.{ending}"));
        let dialogs = Prepared { open: Answer::Cancelled, save: Answer::Chosen(vec![picture.clone()]) };
        let mut harness = window(vec![article_file(folder.path())], dialogs);
        click(&mut harness, "Export map…");
        click(&mut harness, "Save as…");
        let bytes = std::fs::read(&picture).expect("the picture was written");
        let magic: &[u8] = if ending == "png" { b"\x89PNG" } else { b"<" };
        assert!(bytes.starts_with(magic) && bytes.len() > 10_000, "{} bytes", bytes.len());
        assert_eq!(harness.state().now().written.as_deref(), Some(picture.as_path()));
    }
}

/// Saves what is open as a project by the keys; gives its file.
fn save_project(folder: &Path, paths: Vec<PathBuf>) -> (PathBuf, Harness<'static, DatelineApp>) {
    let saved = folder.join("work.dateline");
    let dialogs = Prepared { open: Answer::Cancelled, save: Answer::Chosen(vec![folder.join("work")]) };
    let mut harness = window(paths, dialogs);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    settle(&mut harness);
    assert_eq!(harness.state().now().written.as_deref(), Some(saved.as_path()));
    (saved, harness)
}

#[test]
fn a_saved_project_opens_with_the_same_articles_and_saves_as_the_same_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (saved, first) = save_project(folders[0].path(), Vec::new());
    let (again, second) = save_project(folders[1].path(), vec![saved.clone()]);
    assert_eq!(first.state().document().project.articles.len(), 4);
    assert_eq!(second.state().document().project, first.state().document().project);
    assert!(second.state().document().problems.is_empty());
    assert!(std::fs::read(&saved).unwrap() == std::fs::read(&again).unwrap());
}

#[test]
fn a_project_is_opened_by_drop_and_by_dialog_beside_articles() {
    let folder = tempfile::tempdir().unwrap();
    let (saved, _) = save_project(folder.path(), Vec::new());
    let dialogs = Prepared { open: Answer::Chosen(vec![saved.clone()]), save: Answer::Cancelled };
    let mut harness = window(vec![article_file(folder.path())], dialogs);
    drop_file(&mut harness, saved);
    assert_eq!(harness.state().document().project.articles.len(), 5);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::O);
    settle(&mut harness);
    assert_eq!(harness.state().document().project.articles.len(), 9);
}

#[test]
fn a_damaged_or_newer_project_gets_its_line_and_the_articles_open() {
    let folder = tempfile::tempdir().unwrap();
    let (saved, _) = save_project(folder.path(), Vec::new());
    let good = std::fs::read_to_string(saved).unwrap();
    let [damaged, newer] = ["damaged.dateline", "newer.dateline"].map(|name| folder.path().join(name));
    std::fs::write(&damaged, good.get(..good.len() / 2).unwrap_or("")).unwrap();
    std::fs::write(&newer, good.replace("\"version\":1", "\"version\":9")).unwrap();
    let harness = window(vec![damaged, newer, article_file(folder.path())], silent());
    let document = harness.state().document();
    assert_eq!((document.project.articles.len(), document.problems.len()), (1, 2));
    assert!(harness.query_by_label_contains("damaged at line").is_some());
    assert!(harness.query_by_label_contains("use a newer Dateline").is_some());
}

#[test]
fn an_unwritable_path_is_told_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no/such/folder/map.png");
    let dialogs = Prepared { open: Answer::Cancelled, save: Answer::Chosen(vec![nowhere]) };
    let mut harness = window(vec![article_file(folder.path())], dialogs);
    click(&mut harness, "Export map…");
    click(&mut harness, "Save as…");
    let state = harness.state();
    let error = state.now().export_error.as_deref().unwrap();
    assert!(error.contains("map.png"), "{error}");
    assert!(state.now().export_open, "the dialog stays with what went wrong in it");
    assert_eq!(state.document().project.articles.len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_gets_a_line_and_the_others_open() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.txt");
    std::fs::write(&empty, "").unwrap();
    let harness = window(vec![empty, article_file(folder.path())], silent());
    let document = harness.state().document();
    assert_eq!((document.project.articles.len(), document.problems.len()), (1, 1));
    assert!(document.problems[0].message.contains("empty"), "{:?}", document.problems);
    assert!(harness.query_by_label_contains("the file is empty").is_some());
}

#[test]
fn without_a_dialog_the_other_ways_are_told() {
    let dialogs = Prepared { open: Answer::Unavailable, save: Answer::Unavailable };
    let mut harness = window(Vec::new(), dialogs);
    click(&mut harness, "File");
    harness.get_by_label_contains("Open…").click_accesskit();
    settle(&mut harness);
    assert!(harness.state().document().problems[0].message.contains("drop files"));
}

#[test]
fn with_nothing_open_the_samples_are_one_click_away() {
    let mut harness = window(Vec::new(), silent());
    close_all(&mut harness);
    assert!(harness.query_by_label("Open an article to see its map").is_some());
    click(&mut harness, "Open the samples");
    assert_eq!(harness.state().document().project.articles.len(), 4);
}

#[test]
fn a_text_without_a_place_says_so() {
    let mut harness = window(Vec::new(), silent());
    close_all(&mut harness);
    harness.event(egui::Event::Paste("The bread was good and the tea was warm.".to_owned()));
    settle(&mut harness);
    let rows = &harness.state().found().articles;
    assert!(rows.len() == 1 && rows[0].placeless, "{rows:?}");
}

#[test]
fn types_and_confidence_filter_what_is_shown() {
    let mut harness = window(Vec::new(), silent());
    let (kind, count) = harness.state().found().kinds[0];
    let before = harness.state().found().events.len();
    let events = if count == 1 { "event" } else { "events" };
    click(&mut harness, &format!("{}, {count} {events}", kind.label()));
    assert_eq!(harness.state().found().events.len(), before - count);
}

#[test]
fn narrow_windows_fold_their_panels() {
    let mut harness = window(Vec::new(), silent());
    for width in [1440.0, 900.0, 760.0, 560.0] {
        harness.set_size(egui::vec2(width, 700.0));
        settle(&mut harness);
        assert_eq!(harness.query_by_label("Articles").is_some(), width >= 1000.0, "{width}");
        assert_eq!(harness.query_by_label("Passages").is_some(), width >= 800.0, "{width}");
    }
}

/// Text laid out before a change of theme was painted with the glyphs drawn after it: unreadable.
#[test]
fn kept_text_is_laid_out_anew_when_the_glyphs_are_drawn_anew() {
    let mut harness = window(Vec::new(), silent());
    let before = glyphs(&harness.ctx);
    settle(&mut harness);
    assert_eq!(glyphs(&harness.ctx), before, "without a change it is kept");
    // As a theme does it that wants its glyphs drawn otherwise.
    harness.ctx.all_styles_mut(|style| {
        let options = &mut style.visuals.text_options;
        options.font_hinting = !options.font_hinting;
    });
    settle(&mut harness);
    assert_ne!(glyphs(&harness.ctx), before);
}

#[test]
fn keys_zoom_and_fit() {
    let mut harness = window(Vec::new(), silent());
    let zoom = |harness: &Harness<'static, DatelineApp>| harness.state().map().camera.view().zoom;
    harness.key_press(egui::Key::F);
    settle(&mut harness);
    let fitted = zoom(&harness);
    harness.key_press(egui::Key::Plus);
    settle(&mut harness);
    assert!(zoom(&harness) > fitted + 0.5);
    harness.key_press(egui::Key::F);
    settle(&mut harness);
    assert!((zoom(&harness) - fitted).abs() < 0.05);
}

/// Where a point of the map is in the window.
fn middle_of_the_map(harness: &Harness<'static, DatelineApp>) -> egui::Pos2 {
    // The menu bears the same name and is small.
    let rects = harness.query_all_by_label("Map").map(|node| node.rect());
    rects.max_by(|a, b| a.area().total_cmp(&b.area())).unwrap().center()
}

fn drag(harness: &mut Harness<'static, DatelineApp>, from: egui::Pos2, to: egui::Pos2) {
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    harness.event(egui::Event::PointerMoved(from));
    harness.step();
    harness.event(button(from, true));
    harness.step();
    for step in 1..=5 {
        harness.event(egui::Event::PointerMoved(from.lerp(to, step as f32 / 5.0)));
        harness.step();
    }
    harness.event(button(to, false));
    settle(harness);
}

#[test]
fn a_box_shows_only_what_lies_in_it_and_its_chip_clears_it() {
    let mut harness = window(Vec::new(), silent());
    let before = harness.state().found().events.len();
    let middle = middle_of_the_map(&harness);
    harness.key_press(egui::Key::B);
    settle(&mut harness);
    assert_eq!(harness.state().now().tool, Tool::Box);
    drag(&mut harness, middle - egui::vec2(90.0, 90.0), middle + egui::vec2(90.0, 90.0));
    let state = harness.state();
    assert!(state.view_state().filter.region.is_some() && state.now().tool == Tool::Hand);
    let inside = state.found().events.len();
    assert!(inside < before, "{inside} of {before}");
    let region = state.view_state().filter.region.as_ref().unwrap();
    assert!(state.found().scene.markers.iter().all(|marker| region.lasso.contains(marker.at)));
    click(&mut harness, "Clear the drawn region");
    assert_eq!(harness.state().found().events.len(), before);
}

#[test]
fn a_way_is_measured_and_escape_ends_it() {
    let mut harness = window(Vec::new(), silent());
    let middle = middle_of_the_map(&harness);
    harness.key_press(egui::Key::M);
    settle(&mut harness);
    for at in [middle, middle + egui::vec2(60.0, 40.0)] {
        drag(&mut harness, at, at);
    }
    assert_eq!(harness.state().now().way.len(), 2);
    harness.key_press(egui::Key::Backspace);
    settle(&mut harness);
    assert_eq!(harness.state().now().way.len(), 1);
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert!(harness.state().now().way.is_empty() && harness.state().now().tool == Tool::Hand);
}

#[test]
fn arrows_move_the_map_and_digits_change_how_events_are_drawn() {
    let mut harness = window(Vec::new(), silent());
    let lon = |harness: &Harness<'static, DatelineApp>| harness.state().map().camera.view().center.lon;
    let before = lon(&harness);
    harness.key_press(egui::Key::ArrowRight);
    settle(&mut harness);
    assert!(lon(&harness) > before);
    for (key, layer) in [(egui::Key::Num2, MapLayer::Heat), (egui::Key::Num4, MapLayer::Countries)] {
        harness.key_press(key);
        settle(&mut harness);
        assert_eq!(harness.state().view_state().map.layer, layer);
        assert!(harness.state().map().spots().is_empty(), "no markers over {layer:?}");
    }
}

#[test]
fn several_passages_on_one_spot_are_spread_and_each_can_be_chosen() {
    let mut harness = window(Vec::new(), silent());
    let spots = harness.state().map().spots();
    let spot = spots.iter().find(|spot| spot.places.len() == 1 && spot.reports > 2).unwrap();
    let (said, place) = (spot.said(), spot.places[0]);
    click(&mut harness, &said);
    let passages = harness.state().found().passages(place).to_vec();
    assert_eq!(harness.state().now().passage, Some(passages[0]));
    harness.key_press(egui::Key::N);
    settle(&mut harness);
    assert_eq!(harness.state().now().passage, Some(passages[1]));
}

#[test]
fn own_work_is_not_lost_without_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("work.dateline");
    let dialogs = Prepared { open: Answer::Cancelled, save: Answer::Chosen(vec![saved.clone()]) };
    let mut harness = window(vec![article_file(folder.path())], dialogs);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Q);
    settle(&mut harness);
    click(&mut harness, "Stay");
    assert!(!harness.state().now().quit_open && !harness.state().now().quit_anyway);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Q);
    settle(&mut harness);
    click(&mut harness, "Save project…");
    assert!(saved.exists() && harness.state().now().quit_anyway);
}

#[test]
fn settings_are_changed_in_their_dialog() {
    let mut harness = window(Vec::new(), silent());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Comma);
    settle(&mut harness);
    click(&mut harness, "A small map of the world");
    assert!(harness.state().view_state().map.minimap);
    click(&mut harness, "Maps");
    assert!(harness.query_by_label_contains("Off unless you switch it on").is_some());
    click(&mut harness, "Close");
    assert!(harness.state().now().settings.is_none());
}
