//! Places reviewed and corrected: by keys, by clicks, for all of a name, taken back, remembered.

use dateline::app::DatelineApp;
use dateline::app::state::Tab;
use dateline::project::ReviewStatus;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::{Answer, Prepared, article_file, click, drop_file, settle, silent, window};

type Window = Harness<'static, DatelineApp>;

fn press(harness: &mut Window, key: Key) {
    harness.key_press(key);
    settle(harness);
}

fn undo(harness: &mut Window, modifiers: Modifiers) {
    harness.key_press_modifiers(modifiers, Key::Z);
    settle(harness);
}

/// Opens the card of Torkham in the article; gives its mention.
fn torkham(harness: &mut Window) -> usize {
    click(harness, "Torkham, place in the text");
    let (article, mention) = harness.state().now().mention.expect("the card is open");
    assert_eq!(article, 0);
    mention
}

fn status(harness: &Window, mention: usize) -> ReviewStatus {
    harness.state().document().project.articles[0].review(mention)
}

fn placed(harness: &Window, mention: usize) -> Option<dateline::places::PlaceIndex> {
    harness.state().document().project.articles[0].findings.mentions[mention].place
}

#[test]
fn a_place_is_rejected_chosen_and_all_is_taken_back_and_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(vec![article_file(folder.path())], silent());
    let mention = torkham(&mut harness);
    let (found, markers) = (placed(&harness, mention), harness.state().found().scene.markers.len());
    assert!(found.is_some());
    press(&mut harness, Key::X);
    assert_eq!((placed(&harness, mention), status(&harness, mention)), (None, ReviewStatus::Rejected));
    assert_eq!(harness.state().found().scene.markers.len(), markers - 1, "its marker is gone at once");
    undo(&mut harness, Modifiers::COMMAND);
    assert_eq!((placed(&harness, mention), status(&harness, mention)), (found, ReviewStatus::Unreviewed));
    assert_eq!(harness.state().found().scene.markers.len(), markers);
    undo(&mut harness, Modifiers::COMMAND.plus(Modifiers::SHIFT));
    assert_eq!(placed(&harness, mention), None, "redone");
    let mention = torkham(&mut harness);
    press(&mut harness, Key::Num1);
    assert_eq!(status(&harness, mention), ReviewStatus::Confirmed);
    assert_eq!(placed(&harness, mention), found);
    assert!(harness.state().now().mention.is_none(), "the card is gone");
}

#[test]
fn enter_accepts_escape_leaves_and_arrows_mark() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(vec![article_file(folder.path())], silent());
    click(&mut harness, "Tajikistan, place in the text");
    let (_, mention) = harness.state().now().mention.unwrap();
    press(&mut harness, Key::Escape);
    assert!(harness.state().now().mention.is_none());
    assert_eq!(status(&harness, mention), ReviewStatus::Unreviewed);
    click(&mut harness, "Tajikistan, place in the text");
    let candidates = &harness.state().document().project.articles[0].findings.mentions[mention].candidates;
    let (count, marked) = (candidates.len(), harness.state().now().marked);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(harness.state().now().marked, (marked + 1) % count);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Enter);
    assert_eq!(status(&harness, mention), ReviewStatus::Confirmed);
}

#[test]
fn another_place_is_searched_in_the_card() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(vec![article_file(folder.path())], silent());
    let mention = torkham(&mut harness);
    press(&mut harness, Key::S);
    assert!(harness.state().now().elsewhere);
    harness.event(egui::Event::Text("Lisbon".to_owned()));
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    let gazetteer = dateline::places::Gazetteer::bundled().unwrap();
    assert_eq!(placed(&harness, mention).map(|place| gazetteer.place_name(place)), Some("Lisbon"));
    assert_eq!(status(&harness, mention), ReviewStatus::Corrected);
}

#[test]
fn the_review_steps_through_what_is_doubtful_until_nothing_is_left() {
    let mut harness = window(Vec::new(), silent());
    let doubtful = harness.state().found().doubtful;
    assert!(doubtful > 0, "the samples have a doubtful place");
    click(&mut harness, &format!("Review {doubtful}"));
    assert!(harness.state().now().reviewing);
    assert_eq!(harness.state().view_state().tab, Tab::Article);
    for left in (0..doubtful).rev() {
        let (article, mention) = harness.state().now().mention.expect("a doubtful place is shown");
        assert!(harness.state().document().project.articles[article].is_doubtful(mention));
        press(&mut harness, Key::Enter);
        assert_eq!(harness.state().found().doubtful, left);
    }
    assert!(harness.state().now().mention.is_none() && !harness.state().now().reviewing);
    assert!(harness.state().found().reviewed, "the picture no longer says unreviewed");
    assert!(harness.query_by_label_contains(" events, 1 to check").is_none());
    undo(&mut harness, Modifiers::COMMAND);
    assert!(!harness.state().found().reviewed && harness.state().found().doubtful == 1);
}

#[test]
fn a_decision_holds_for_all_of_the_name_for_later_articles_and_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("work.dateline");
    let dialogs = Prepared { open: Answer::Cancelled, save: Answer::Chosen(vec![saved.clone()]) };
    let first = folder.path().join("a-2021-08-15.txt");
    std::fs::write(&first, "A bomb hit Kandahar on Sunday. Troops left Kandahar on Monday.").unwrap();
    let mut harness = window(vec![first], dialogs);
    harness.get_all_by_label("Kandahar, place in the text").next().unwrap().click_accesskit();
    settle(&mut harness);
    press(&mut harness, Key::ArrowDown);
    let marked = harness.state().now().marked;
    let chosen = harness.state().document().project.articles[0].findings.mentions[0].candidates[marked].place;
    press(&mut harness, Key::A);
    let both = [0, 1].map(|mention| (placed(&harness, mention), status(&harness, mention)));
    assert_eq!(both, [(Some(chosen), ReviewStatus::Corrected); 2]);
    let later = folder.path().join("b-2021-08-17.txt");
    std::fs::write(&later, "A clinic in Kandahar was opened on Tuesday.").unwrap();
    drop_file(&mut harness, later);
    let project = &harness.state().document().project;
    assert_eq!(project.articles[1].findings.mentions[0].place, Some(chosen));
    assert_eq!(project.articles[1].review(0), ReviewStatus::Remembered);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    let again = window(vec![saved], silent());
    assert_eq!(again.state().document().project, harness.state().document().project);
}

#[test]
fn a_closed_article_comes_back() {
    let mut harness = window(Vec::new(), silent());
    let before = harness.state().document().project.clone();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::W);
    settle(&mut harness);
    assert_eq!(harness.state().document().project.articles.len(), 3);
    undo(&mut harness, Modifiers::COMMAND);
    assert_eq!(*harness.state().document().project, *before);
}
