//! What went wrong beside what went well.

use std::fmt;
use std::path::PathBuf;

/// The warnings of a piece of work whose other parts were done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// In the order they were met.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether nothing went wrong.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Notes that `path` could not be used, and why.
    pub fn add(&mut self, path: impl Into<PathBuf>, message: impl ToString) {
        self.problems.push(Problem { path: path.into(), message: message.to_string() });
    }

    /// Appends the problems of another report.
    pub fn extend(&mut self, other: Self) {
        self.problems.extend(other.problems);
    }
}

/// One file or folder that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which one.
    pub path: PathBuf,
    /// What was found and what to do; never any of the file's text.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_file_first() {
        let mut report = Report::default();
        assert!(report.is_clean());
        report.add("news/a.txt", "the file is empty");
        assert_eq!(report.problems[0].to_string(), "news/a.txt: the file is empty");
    }
}
