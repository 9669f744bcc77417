//! What the person at the terminal sees, on standard error.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tells problems, one line each, and remembers whether there were any.
#[derive(Debug, Default)]
pub struct Console {
    problems: usize,
}

impl Console {
    /// A console that has told nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells what could not be read or written.
    pub fn problem(&mut self, message: impl Display) {
        self.problems += 1;
        say(&message.to_string());
    }

    /// Tells something that is worth knowing and no failure.
    pub fn note(&self, message: impl Display) {
        say(&message.to_string());
    }

    /// Whether a problem was told: the exit status is then 1.
    pub fn has_problems(&self) -> bool {
        self.problems > 0
    }
}

/// Writes one line; a closed standard error is nobody's problem.
fn say(message: &str) {
    let line: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(stderr(), "dateline: {line}");
}

/// Counts what is done of a longer piece of work, where standard error is a terminal.
#[derive(Debug)]
pub struct Progress {
    done: AtomicUsize,
    total: usize,
    shown: bool,
}

impl Progress {
    /// Of `total` articles, none done.
    pub fn new(total: usize) -> Self {
        Self { done: AtomicUsize::new(0), total, shown: total > 1 && stderr().is_terminal() }
    }

    /// One more is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let hundredth = (self.total / 100).max(1);
        if self.shown && (done.is_multiple_of(hundredth) || done == self.total) {
            let end = if done == self.total { "\n" } else { "" };
            let _ = write!(stderr(), "\r{done} of {} articles{end}", self.total);
        }
    }
}
