//! Starts the window on the desktop.

use std::path::PathBuf;
use std::sync::Arc;

use super::dateline_app::{DatelineApp, Setup};
use super::dialogs::SystemDialogs;
use super::engine::Engine;
use super::kept::Kept;
use super::trace::Trace;
use crate::places::gazetteer::user::Library;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The program's own data is damaged.
    #[error("the bundled gazetteer cannot be read: {0}; install the program anew")]
    Gazetteer(String),
    /// There is no display, or it cannot draw.
    #[error(
        "no window could be opened: {0}; start it on a desktop, or work without a window: dateline --help"
    )]
    Display(String),
}

/// The environment variable that names the file of the trace.
pub const TRACE: &str = "DATELINE_TRACE";

/// Opens the window with these files and folders, or with the sample articles; returns when it is
/// closed.
///
/// # Errors
/// [`AppError`] where there is no display or the program's data is damaged.
pub fn run(paths: Vec<PathBuf>) -> Result<(), AppError> {
    let mut trace =
        std::env::var_os(TRACE).map(PathBuf::from).map_or_else(Trace::default, |p| Trace::into_file(&p));
    trace.note("start", &serde_json::json!({}));
    let library = Library::of_environment(|name| std::env::var_os(name));
    library.iter().for_each(Library::tidy);
    let engine = Engine::open(library).map_err(|error| AppError::Gazetteer(error.to_string()))?;
    let viewport = egui::ViewportBuilder::default()
        .with_title("Dateline")
        .with_app_id("dateline")
        .with_icon(super::icon::icon())
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([560.0, 420.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let start = move |cc: &eframe::CreationContext<'_>| {
        let mut kept = Kept::of_environment(|name| std::env::var_os(name));
        let view = kept.load();
        let setup =
            Setup { engine: Arc::new(engine), dialogs: Arc::new(SystemDialogs), view, kept, trace, paths };
        Ok(Box::new(DatelineApp::new(&cc.egui_ctx, setup)) as Box<dyn eframe::App>)
    };
    eframe::run_native("Dateline", options, Box::new(start))
        .map_err(|error| AppError::Display(without_source(&error.to_string()).to_owned()))
}

/// A message without the line of the source that some libraries put before it.
fn without_source(message: &str) -> &str {
    let behind = message.rsplit_once(".rs:").map(|(_, behind)| behind);
    behind.and_then(|behind| behind.split_once(": ")).map_or(message, |(_, said)| said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_no_line_of_a_source() {
        let told =
            "winit EventLoopError: os error at /x/linux/mod.rs:788: Failed to open connection to X server";
        assert_eq!(without_source(told), "Failed to open connection to X server");
        assert_eq!(without_source("no display"), "no display");
    }
}
