//! A gazetteer of the user's, open: its parts and the index over all of them.

use std::path::Path;

use symbolic_common::ByteView;

use super::super::format::{Bytes, GazetteerError, u32_at};
use super::super::info::Source;
use super::super::lookup::Hit;
use super::super::names::NameIndex;
use super::super::place::PlaceIndex;
use super::super::store::Gazetteer;
use super::container::{LAST_START, Manifest, START_LEN, read_manifest};

/// Gazetteers of the user's that are searched at most: a walk over a text keeps a place in each.
pub const MOST_OWN: usize = 8;

/// One of the user's gazetteers.
pub struct Own {
    /// The name it was given.
    pub name: String,
    /// Whether it is a list of the user's own, whose places come first.
    pub first: bool,
    /// Number of places.
    pub places: usize,
    /// Number of names.
    pub names: usize,
    sha256: String,
    pub(in super::super) index: fst::Map<Bytes>,
    starts: Bytes,
    /// Its first part among all.
    chunks_from: usize,
}

/// A part of one of the user's gazetteers: a gazetteer file of its own.
pub struct Chunk {
    /// The part.
    pub gazetteer: Gazetteer,
    /// Number of its first place among all.
    pub places: u32,
    /// Number of its first name among all.
    pub names: u32,
    /// Whether it is of a list of the user's own.
    pub first: bool,
}

impl Own {
    /// What the description of a gazetteer says of it.
    pub fn as_source(&self) -> Source {
        Source {
            name: format!("{} (your own gazetteer)", self.name),
            what: format!("{} places, {} names", self.places, self.names),
            licence: "as you received it".to_owned(),
            credit: String::new(),
            sha256: self.sha256.clone(),
        }
    }

    /// The hits of the name whose starts begin at `start`.
    pub(in super::super) fn hits<'g>(
        &self,
        chunks: &'g [Chunk],
        start: u64,
    ) -> impl Iterator<Item = Hit> + use<'g> {
        let (starts, from) = (self.starts.clone(), self.chunks_from);
        let mut next = Some(start as usize);
        let parts = std::iter::from_fn(move || {
            let at = next?;
            let entry = starts.as_ref().get(at * START_LEN..(at + 1) * START_LEN)?;
            let (chunk, first) = (u32_at(entry, 0), u32_at(entry, 4));
            next = (chunk & LAST_START == 0).then_some(at + 1);
            Some(((chunk & !LAST_START) as usize, first))
        });
        parts.filter_map(move |(chunk, first)| Some((chunks.get(from + chunk)?, first))).flat_map(
            |(chunk, first)| {
                chunk.gazetteer.hits_from(Some(u64::from(first))).map(|hit| Hit {
                    place: PlaceIndex(hit.place.0 + chunk.places),
                    name: NameIndex(hit.name.0 + chunk.names),
                    ..hit
                })
            },
        )
    }
}

impl Gazetteer {
    /// This gazetteer with one of the user's behind it.
    ///
    /// # Errors
    /// A file that cannot be read or is none of the user's gazetteers.
    pub(super) fn push_own(&mut self, path: &Path) -> Result<(), OpenError> {
        let file = ByteView::open(path).map_err(|e| OpenError::Read(e.to_string()))?;
        let manifest = read_manifest(&file)?;
        let part = |(from, len): (u64, u64)| Bytes::Mapped(file.clone(), from, len);
        let chunks_from = self.chunks.len();
        let (mut places, mut names) = self.next_numbers();
        let mut chunks = Vec::with_capacity(manifest.chunks.len());
        for &range in &manifest.chunks {
            let gazetteer = Self::from_bytes(part(range))?;
            let (more_places, more_names) = (gazetteer.len() as u32, gazetteer.name_total() as u32);
            chunks.push(Chunk { gazetteer, places, names, first: manifest.first });
            places = places.checked_add(more_places).ok_or(OpenError::TooMany)?;
            names = names.checked_add(more_names).ok_or(OpenError::TooMany)?;
        }
        let index = fst::Map::new(part(manifest.index)).map_err(GazetteerError::Index)?;
        self.chunks.extend(chunks);
        let Manifest { name, first, places, names, .. } = manifest.clone();
        let (sha256, starts) = (manifest.sha256.clone(), part(manifest.starts));
        self.own.push(Own { name, first, places, names, sha256, index, starts, chunks_from });
        Ok(())
    }

    /// The numbers behind the last place and name.
    fn next_numbers(&self) -> (u32, u32) {
        let last = self
            .chunks
            .last()
            .map(|c| (c.places + c.gazetteer.len() as u32, c.names + c.gazetteer.name_total() as u32));
        last.unwrap_or((self.len() as u32, self.name_total() as u32))
    }
}

/// Why one of the user's gazetteers cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Read(String),
    /// The file is something else, or damaged.
    #[error("it is no gazetteer of yours or is damaged: remove it and add it again")]
    Damaged,
    /// A part of it is damaged or of another version.
    #[error("{0}; remove it and add it again")]
    Part(#[from] GazetteerError),
    /// More places than can be numbered.
    #[error("your gazetteers have too many places together: remove some")]
    TooMany,
}
