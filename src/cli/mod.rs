//! The batch tool: the same program without its window.
//!
//! - [`args`] is the command line, [`run`] what it leads to;
//! - [`analyse`], [`geoparse`], [`map`], [`gazetteer`] and [`evaluate`] are its calls, [`input`]
//!   reads what they work on, [`output`] writes; [`own`] keeps the gazetteers a user adds;
//! - [`console`] is what a person sees: problems and progress, on standard error.
//!
//! Standard output carries data only. Exit status: 0 all well; 1 something could not be read or
//! written, the rest was done; 2 wrong call.

pub mod analyse;
pub mod args;
pub mod console;
pub mod evaluate;
pub mod gazetteer;
pub mod geoparse;
pub mod input;
pub mod map;
pub mod output;
pub mod own;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Call};
use console::Console;

/// What a command line asks for.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window with these articles or this project.
    Window(Vec<PathBuf>),
    /// The call was carried out.
    Done(ExitCode),
}

/// Why a call was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The call contradicts itself; nothing was done.
    #[error("{0}")]
    Wrong(String),
    /// Something could not be read or written.
    #[error("{0}")]
    Failed(String),
    /// Whoever read standard output has gone; no reason for a message.
    #[error("standard output was closed")]
    Closed,
}

/// Carries out the call that `args`, the program's name first, stand for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no error and go to standard output.
            let _ = error.print();
            return Outcome::Done(if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS });
        }
    };
    let mut console = Console::new();
    let result = match args.call {
        None => return Outcome::Window(args.files),
        Some(Call::Analyse(call)) => analyse::run(&call, &mut console),
        Some(Call::Geoparse(call)) => geoparse::run(&call, &mut console),
        Some(Call::Map(call)) => map::run(&call, &mut console),
        Some(Call::Evaluate(call)) => evaluate::run(&call, &mut console),
        Some(Call::Gazetteer(call)) => gazetteer::run(&call, &mut console),
    };
    Outcome::Done(ExitCode::from(status(result, &mut console)))
}

/// The exit status, after a last word where it is not 0.
fn status(result: Result<(), CallError>, console: &mut Console) -> u8 {
    match result {
        Ok(()) | Err(CallError::Closed) => u8::from(console.has_problems()),
        Err(error) => {
            console.problem(&error);
            if matches!(error, CallError::Wrong(_)) { 2 } else { 1 }
        }
    }
}
