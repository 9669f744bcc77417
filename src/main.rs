//! Opens the window, or runs the batch tool.

use std::process::ExitCode;

use dateline::cli::{Outcome, run};

fn main() -> ExitCode {
    match run(std::env::args_os()) {
        Outcome::Window(paths) => match dateline::app::run(paths) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("dateline: {error}");
                ExitCode::FAILURE
            }
        },
        Outcome::Done(status) => status,
    }
}
