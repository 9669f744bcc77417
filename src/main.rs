//! Opens the window, or runs the batch tool.

use std::process::ExitCode;

use dateline::cli::{Outcome, run};

fn main() -> ExitCode {
    match run(std::env::args_os()) {
        Outcome::Window(_) => ExitCode::SUCCESS,
        Outcome::Done(status) => status,
    }
}
