//! The gazetteers that a person adds: what of them is shown, and what is done with them.
//!
//! - [`page`] is their page of the settings, [`mapping`] the question which column is what;
//! - [`work`] adds and removes them in the background and has the articles analysed anew.

pub mod mapping;
pub mod page;
pub mod work;

use std::path::{Path, PathBuf};

use self::work::Changed;

use crate::places::gazetteer::user::{
    AddError, Added, Columns, Library, LibraryEntry, Preview, RowProblem, name_of, preview,
};

/// What a person wants of their gazetteers.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// Ask for a file.
    Choose,
    /// Add a file.
    Add(Box<Wanted>),
    /// Remove the gazetteer of this name.
    Remove(String),
    /// Put away what is told of the last one.
    Dismiss,
}

/// A file to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The file.
    pub path: PathBuf,
    /// The gazetteer's name.
    pub name: String,
    /// Whether it takes the place of the one of that name.
    pub replace: bool,
    /// Which column is what.
    pub columns: Columns,
}

/// A file that was chosen and is looked at before it is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What will be asked for.
    pub wanted: Wanted,
    /// What the file looks like.
    pub preview: Preview,
}

impl Chosen {
    /// Looks at a file.
    ///
    /// # Errors
    /// A file that cannot be added.
    pub fn new(path: &Path) -> Result<Self, AddError> {
        let preview = preview(path)?;
        let columns = preview.columns.clone();
        let wanted = Wanted { path: path.to_owned(), name: name_of(path), replace: false, columns };
        Ok(Self { wanted, preview })
    }
}

/// How the last order ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Places were added; the rows that were left out, and the first of them.
    Added {
        /// The gazetteer's name.
        name: String,
        /// Number of places.
        places: usize,
        /// Number of names.
        names: usize,
        /// Rows that were left out.
        rejected: u64,
        /// The first of them.
        reasons: Vec<RowProblem>,
    },
    /// The gazetteer of this name was removed.
    Removed(String),
    /// It failed, and why.
    Failed(String),
}

impl From<Added> for Outcome {
    fn from(added: Added) -> Self {
        let Added { name, places, names, rejected, reasons } = added;
        Self::Added { name, places, names, rejected, reasons }
    }
}

/// The person's gazetteers, as the window shows them.
#[derive(Debug, Default)]
pub struct Own {
    /// Where they are kept; `None` where no folder is known.
    pub library: Option<Library>,
    /// What is there.
    pub entries: Vec<LibraryEntry>,
    /// How the last order ended.
    pub outcome: Option<Outcome>,
    /// Whether the change comes into force with the next start only.
    pub later: bool,
    /// What the job sent, until nothing is being read.
    pub(super) arrived: Option<Box<Changed>>,
}

impl Own {
    /// The gazetteers of a library.
    pub fn new(library: Option<Library>) -> Self {
        let mut own = Self { library, ..Self::default() };
        own.refresh();
        own
    }

    /// Looks anew what is there.
    pub fn refresh(&mut self) {
        self.entries = self.library.as_ref().map(Library::list).unwrap_or_default();
    }

    /// Whether there is one of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }
}
