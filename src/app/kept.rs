//! The settings file: what a person chose, kept from one start to the next.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::state::ViewState;
use crate::export::file::write_whole;

/// The environment variable that names the folder of the settings file.
pub const FOLDER: &str = "DATELINE_CONFIG";
/// The name of the file.
const NAME: &str = "settings.json";

/// The settings file, if there is a place for one.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    path: Option<PathBuf>,
    written: Option<ViewState>,
}

impl Kept {
    /// The file of this environment: in `DATELINE_CONFIG`, else in the configuration folder of
    /// the system (XDG Base Directory Specification 0.8; `APPDATA` on Windows).
    pub fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let ours = |folder: PathBuf| folder.join("dateline");
        let found = folder(FOLDER)
            .or_else(|| folder("XDG_CONFIG_HOME").map(ours))
            .or_else(|| folder("APPDATA").map(ours))
            .or_else(|| folder("HOME").map(|home| ours(home.join(".config"))));
        Self { path: found.map(|folder| folder.join(NAME)), written: None }
    }

    /// What was chosen last time. A file that is damaged or from another version counts as far as
    /// it can be read; it never keeps the window from opening.
    pub fn load(&mut self) -> ViewState {
        let text = self.path.as_ref().and_then(|path| std::fs::read_to_string(path).ok());
        let view: ViewState = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        self.written = Some(view.clone());
        view
    }

    /// Keeps the choices where they differ from what is kept already.
    pub fn save(&mut self, view: &ViewState) {
        let Some(path) = &self.path else { return };
        let view = ViewState { filter: super::state::Filter::default(), ..view.clone() };
        if self.written.as_ref() != Some(&view) {
            // Where nothing can be written the choices last until the window closes.
            let _ = write(path, &view);
            self.written = Some(view);
        }
    }
}

fn write(path: &Path, view: &ViewState) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let text = serde_json::to_string_pretty(view).map_err(|error| error.to_string())?;
    write_whole(path, text.as_bytes()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::ThemeChoice;

    #[test]
    fn what_was_chosen_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| (name == FOLDER).then(|| folder.path().join("new").into_os_string());
        let mut kept = Kept::of_environment(of);
        let mut view = kept.load();
        assert_eq!(view, ViewState::default());
        view.theme = ThemeChoice::Dark;
        view.map.graticule = true;
        kept.save(&view);
        assert_eq!(Kept::of_environment(of).load(), view);
    }

    #[test]
    fn a_damaged_file_costs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "{\"theme\": 7").unwrap();
        let mut kept = Kept::of_environment(|_| Some(folder.path().as_os_str().to_owned()));
        assert_eq!(kept.load(), ViewState::default());
    }

    #[test]
    fn without_a_home_nothing_is_kept() {
        let mut kept = Kept::of_environment(|_| None);
        kept.save(&ViewState::default());
        assert_eq!(kept.load(), ViewState::default());
    }
}
