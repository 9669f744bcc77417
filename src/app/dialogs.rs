//! The system's file dialogs, behind a trait so that tests can answer in a person's place.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::saved::ENDING;
use crate::article::read::EXTENSIONS;

/// What a dialog answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The person chose these.
    Chosen(Vec<PathBuf>),
    /// The person chose nothing.
    Cancelled,
    /// There is no dialog to show.
    Unavailable,
}

/// Asks a person for files. The calls block, so they are made off the window's thread.
pub trait Dialogs: Send + Sync {
    /// Asks for files to open.
    fn open_files(&self) -> Answer;
    /// Asks for a folder to open.
    fn open_folder(&self) -> Answer;
    /// Asks for a file of map tiles.
    fn open_map(&self) -> Answer {
        self.open_files()
    }
    /// Asks for a gazetteer to add.
    fn open_gazetteer(&self) -> Answer {
        self.open_files()
    }
    /// Asks where to write a picture, proposing `name`.
    fn save_picture(&self, name: &str) -> Answer;
    /// Asks where to save a project, proposing `name`.
    fn save_project(&self, name: &str) -> Answer;
}

/// The dialogs of the system: the desktop portal, else zenity.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemDialogs;

/// A person takes longer than this to close a dialog; without a dialog the answer comes at once.
const TOO_FAST: Duration = Duration::from_millis(400);

impl Dialogs for SystemDialogs {
    fn open_files(&self) -> Answer {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Open articles or a project");
            let both: Vec<&str> = EXTENSIONS.iter().copied().chain([ENDING]).collect();
            let dialog = dialog.add_filter("Articles and projects", &both);
            dialog.add_filter("Projects", &[ENDING]).add_filter("All files", &["*"]).pick_files()
        })
    }

    fn open_folder(&self) -> Answer {
        ask(|| {
            rfd::FileDialog::new().set_title("Open a folder of articles").pick_folder().map(|path| vec![path])
        })
    }

    fn open_map(&self) -> Answer {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Choose a file of map tiles");
            let dialog =
                dialog.add_filter("Map tiles", &["mbtiles", "pmtiles"]).add_filter("All files", &["*"]);
            dialog.pick_file().map(|path| vec![path])
        })
    }

    fn open_gazetteer(&self) -> Answer {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Add a gazetteer");
            let kinds = ["txt", "zip", "csv", "tsv", "geojson", "json"];
            let dialog = dialog.add_filter("Lists of places", &kinds).add_filter("All files", &["*"]);
            dialog.pick_file().map(|path| vec![path])
        })
    }

    fn save_picture(&self, name: &str) -> Answer {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Export map").set_file_name(name);
            let dialog = dialog.add_filter("Pictures", &["png", "svg", "pdf"]);
            dialog.save_file().map(|path| vec![path])
        })
    }

    fn save_project(&self, name: &str) -> Answer {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Save project").set_file_name(name);
            dialog.add_filter("Project", &[ENDING]).save_file().map(|path| vec![path])
        })
    }
}

fn ask(dialog: impl FnOnce() -> Option<Vec<PathBuf>>) -> Answer {
    let start = Instant::now();
    match dialog() {
        Some(paths) => Answer::Chosen(paths),
        None if start.elapsed() < TOO_FAST => Answer::Unavailable,
        None => Answer::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_at_once_means_that_there_is_no_dialog() {
        assert_eq!(ask(|| None), Answer::Unavailable);
        let slow = ask(|| {
            std::thread::sleep(TOO_FAST);
            None
        });
        assert_eq!(slow, Answer::Cancelled);
        assert_eq!(ask(|| Some(vec!["a".into()])), Answer::Chosen(vec!["a".into()]));
    }
}
