//! The gazetteers a user adds: lists of camps and villages, whole country dumps.
//!
//! - [`library`] is the folder they are kept in: listed, added to, removed from;
//! - [`import`] turns a file into one of them, chunk by chunk, so that memory stays the same however
//!   long the file is;
//! - [`mod@preview`] shows what a file looks like before, [`reading`] opens it, out of an archive too;
//! - [`geonames`], [`table`] and [`geojson`] read the rows of a file, [`row`] is what they give;
//! - [`container`] is the file a gazetteer of the user's is kept as;
//! - [`own`] is such a file, open.

pub mod container;
pub mod error;
pub mod geojson;
pub mod geonames;
pub mod import;
pub mod library;
pub mod own;
pub mod preview;
pub mod reading;
pub mod row;
mod runs;
mod seen;
pub mod table;

pub use error::AddError;
pub use import::{AddOptions, Added, Progress, Stage, is_name, name_of};
pub use library::{Library, LibraryEntry};
pub use own::MOST_OWN;
pub use preview::{Preview, preview};
pub use reading::Form;
pub use row::{Row, RowProblem};
pub use table::Columns;
