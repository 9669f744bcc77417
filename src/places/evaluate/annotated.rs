//! Articles with their names marked inline, as `data/annotated/README.md` describes them.
//!
//! A file is header lines `key: value`, an empty line, and the text with marks
//! `[[code:surface|lat,lon]]`, which may nest; the text is what remains without them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::corpus::{Document, Gold};
use crate::article::offsets::CharOffsets;
use crate::places::{LonLat, Role};

/// An article with its names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotated {
    /// The header: `id`, `published`, `outlet`, `area`, `language`.
    pub header: Vec<(String, String)>,
    /// The text without the marks.
    pub text: String,
    /// The names, by where they start, the outer of two that start together first.
    pub names: Vec<Marked>,
}

/// A marked name.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is named.
    pub code: Code,
    /// Its point: its own, or that of the same words further up in the article.
    pub at: Option<LonLat>,
    /// Inside which other name it stands, by its index.
    pub within: Option<usize>,
}

/// What a mark says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A place that does this in its sentence; [`Role::OrganisationPart`] stands for a place
    /// inside any longer name.
    Place(Role),
    /// A building or site with a point of its own.
    Facility,
    /// A road or street.
    Road,
    /// An organisation.
    Organisation,
    /// A person.
    Person,
    /// Any other name.
    Other,
}

impl Code {
    fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "e" => Self::Place(Role::Event),
            "b" => Self::Place(Role::Background),
            "f" => Self::Place(Role::Origin),
            "t" => Self::Place(Role::Destination),
            "l" => Self::Place(Role::Dateline),
            "a" => Self::Place(Role::Actor),
            "n" => Self::Place(Role::Demonym),
            "p" => Self::Place(Role::OrganisationPart),
            "i" => Self::Facility,
            "r" => Self::Road,
            "o" => Self::Organisation,
            "h" => Self::Person,
            "x" => Self::Other,
            _ => return None,
        })
    }

    /// The type that its toponyms have in [`Annotated::document`]; `None` for what is no place.
    const fn kind(self) -> Option<&'static str> {
        match self {
            Self::Place(role) => Some(role.name()),
            Self::Facility => Some("facility"),
            Self::Road => Some("road"),
            Self::Organisation | Self::Person | Self::Other => None,
        }
    }
}

/// Why an annotated article cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AnnotatedError {
    /// The file or folder cannot be opened.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, std::io::Error),
    /// Its marks are not sound.
    #[error("{}: {}", .0.display(), .1)]
    Marks(PathBuf, MarkError),
}

/// A mark that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// There is no empty line behind the header.
    #[error("no empty line between header and text")]
    Header,
    /// "[[" is followed by no code and colon.
    #[error("the mark at byte {0} of the text has no known code")]
    Code(usize),
    /// "]]" closes nothing, or "[[" is never closed.
    #[error("the mark at byte {0} of the text is not closed, or closes nothing")]
    Unbalanced(usize),
    /// What follows "|" is no "lat,lon".
    #[error("the mark that ends at byte {0} of the text has no point of the form lat,lon")]
    Point(usize),
}

impl Annotated {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// When the header does not end or a mark is not sound.
    pub fn parse(file: &str) -> Result<Self, MarkError> {
        let (header, body) = file.split_once("\n\n").ok_or(MarkError::Header)?;
        let pair = |line: &str| line.split_once(':').map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()));
        let mut marks = Marks::default();
        marks.read(body)?;
        let (text, mut names) = (marks.text, marks.names);
        inherit(&text, &mut names);
        Ok(Self { header: header.lines().filter_map(pair).collect(), text, names })
    }

    /// A value of the header.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.header.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// The article as a corpus has it: its places with their points and roles. Types are the names
    /// of the roles, `facility`, `road`, and `nested` for a place inside another place's name.
    pub fn document(&self) -> Document {
        let offsets = CharOffsets::new(&self.text);
        let toponyms = self.names.iter().filter_map(|name| {
            let outer = name.within.and_then(|w| self.names.get(w));
            let nested = outer.is_some_and(|outer| outer.code.kind().is_some());
            let kind = if nested { "nested" } else { name.code.kind()? };
            let span = offsets.char_of(name.range.start)..offsets.char_of(name.range.end);
            let role = match name.code {
                Code::Place(role) => Some(role),
                _ => None,
            };
            Some(Gold { kind: Some(kind.to_owned()), role, ..Gold::new(span, name.at) })
        });
        Document {
            id: self.value("id").unwrap_or_default().into(),
            toponyms: toponyms.collect(),
            text: self.text.clone(),
        }
    }
}

/// The article whose marks are being taken out.
#[derive(Default)]
struct Marks {
    text: String,
    names: Vec<Marked>,
    open: Vec<usize>,
}

impl Marks {
    fn read(&mut self, mut rest: &str) -> Result<(), MarkError> {
        while let Some(at) = rest.find(['[', ']', '|']) {
            let (before, after) = rest.split_at(at);
            self.text.push_str(before);
            rest = if let Some(after) = after.strip_prefix("[[") {
                self.begin(after)?
            } else if let Some(after) = after.strip_prefix("]]") {
                self.end(None)?;
                after
            } else if let (Some(after), false) = (after.strip_prefix('|'), self.open.is_empty()) {
                let (point, after) = after.split_once("]]").ok_or(MarkError::Unbalanced(self.text.len()))?;
                self.end(Some(point))?;
                after
            } else {
                let mut chars = after.chars();
                self.text.extend(chars.next());
                chars.as_str()
            };
        }
        self.text.push_str(rest);
        if self.open.is_empty() { Ok(()) } else { Err(MarkError::Unbalanced(self.text.len())) }
    }

    fn begin<'a>(&mut self, rest: &'a str) -> Result<&'a str, MarkError> {
        let start = self.text.len();
        let (code, rest) = rest.split_once(':').ok_or(MarkError::Code(start))?;
        let code = Code::parse(code).ok_or(MarkError::Code(start))?;
        let within = self.open.last().copied();
        self.open.push(self.names.len());
        self.names.push(Marked { range: start..start, code, at: None, within });
        Ok(rest)
    }

    fn end(&mut self, point: Option<&str>) -> Result<(), MarkError> {
        let end = self.text.len();
        let name = self.open.pop().and_then(|at| self.names.get_mut(at)).ok_or(MarkError::Unbalanced(end))?;
        name.range.end = end;
        name.at = point.map(|p| parse_point(p).ok_or(MarkError::Point(end))).transpose()?;
        Ok(())
    }
}

fn parse_point(point: &str) -> Option<LonLat> {
    let (lat, lon) = point.split_once(',')?;
    Some(LonLat::new(lon.trim().parse().ok()?, lat.trim().parse().ok()?))
}

/// Gives names without a point that of the same words further up, whatever their case and line
/// breaks.
fn inherit(text: &str, names: &mut [Marked]) {
    let mut known: FxHashMap<String, LonLat> = FxHashMap::default();
    for name in names.iter_mut() {
        let surface = text.get(name.range.clone()).unwrap_or_default();
        let words = surface.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        match name.at {
            Some(at) => drop(known.insert(words, at)),
            None => name.at = known.get(&words).copied(),
        }
    }
}

/// An annotated article and its file.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnotatedFile {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub article: Annotated,
}

impl AnnotatedFile {
    /// Whether the article measures and never trains: its number ends in 0 or 5, or its folder is
    /// called `heldout`.
    pub fn measures(&self) -> bool {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let folder = self.path.parent().and_then(Path::file_name);
        stem.ends_with(['0', '5']) || folder.is_some_and(|name| name == "heldout")
    }
}

/// Reads the annotated articles of a folder and those below it, by path.
///
/// # Errors
/// When a file cannot be read or its marks are not sound.
pub fn read_folder(folder: &Path) -> Result<Vec<AnnotatedFile>, AnnotatedError> {
    let io = |path: &Path, error| AnnotatedError::Io(path.to_owned(), error);
    let entries = std::fs::read_dir(folder).map_err(|error| io(folder, error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        if path.is_dir() {
            out.extend(read_folder(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            let file = std::fs::read_to_string(&path).map_err(|error| io(&path, error))?;
            let article = Annotated::parse(&file).map_err(|e| AnnotatedError::Marks(path.clone(), e))?;
            out.push(AnnotatedFile { path, article });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "id: a-05\narea: Paris, Texas\n\n[[l:PARIS|33.66,-95.56]] | [1] The \
        [[i:[[p:Lamar County|33.67,-95.57]] Courthouse|33.661,-95.555]] in [[e:Paris]] burned, \
        [[h:Honey Mabry]] of the [[o:[[p:Texas|31.25,-99.25]] Rangers]] said on [[r:Main Street]].";

    #[test]
    fn marks_are_taken_out_and_kept() {
        let read = Annotated::parse(FILE).unwrap();
        assert_eq!(read.value("area"), Some("Paris, Texas"));
        assert!(read.text.starts_with("PARIS | [1] The Lamar County Courthouse in Paris burned, Honey"));
        let surfaces: Vec<&str> = read.names.iter().map(|n| &read.text[n.range.clone()]).collect();
        let wanted = [
            "PARIS",
            "Lamar County Courthouse",
            "Lamar County",
            "Paris",
            "Honey Mabry",
            "Texas Rangers",
            "Texas",
        ];
        assert_eq!(surfaces[..7], wanted);
        assert_eq!(read.names[2].within, Some(1));
    }

    #[test]
    fn later_mentions_inherit_the_point() {
        let read = Annotated::parse(FILE).unwrap();
        assert_eq!(read.names[3].at, Some(LonLat::new(-95.56, 33.66)));
        assert_eq!(read.names[7].at, None);
    }

    #[test]
    fn a_document_holds_the_places_with_roles_and_types() {
        let document = Annotated::parse(FILE).unwrap().document();
        let kinds: Vec<_> = document.toponyms.iter().filter_map(|g| g.kind.as_deref()).collect();
        assert_eq!(kinds, ["dateline", "facility", "nested", "event", "organisation_part", "road"]);
        assert_eq!(document.toponyms[3].role, Some(Role::Event));
    }

    #[test]
    fn unsound_marks_are_told() {
        for (file, error) in [
            ("id: a\nText.", MarkError::Header),
            ("id: a\n\nIn [[q:Paris]].", MarkError::Code(3)),
            ("id: a\n\nIn [[e:Paris.", MarkError::Unbalanced(9)),
            ("id: a\n\nIn Paris]].", MarkError::Unbalanced(8)),
            ("id: a\n\nIn [[e:Paris|here]].", MarkError::Point(8)),
        ] {
            assert_eq!(Annotated::parse(file), Err(error), "{file}");
        }
    }

    #[test]
    fn every_article_of_our_own_can_be_read() {
        let files = read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/annotated"))).unwrap();
        assert!(files.len() > 100, "{}", files.len());
        let measuring = files.iter().filter(|f| f.measures()).count();
        assert!(measuring * 4 < files.len() * 2 && measuring > 20, "{measuring} of {}", files.len());
        for file in &files {
            assert!(!file.article.names.is_empty(), "{}", file.path.display());
        }
    }
}
