//! The layout of a gazetteer file, and the refusal of anything else.
//!
//! All numbers are little-endian; nothing is aligned. A file is
//!
//! | bytes | what |
//! |---|---|
//! | 0–8 | [`MAGIC`] |
//! | 8–12 | [`VERSION`] |
//! | 12–16 | number of sections |
//! | 16–48 | SHA-256 of everything behind it |
//! | 48– | per section: tag (4 bytes), offset from the start of the file (u32), length (u32) |
//! | then | the sections |
//!
//! Postings are the hinge: one u32 for each pair of a folded name and a place, ordered by name,
//! then by place (so by importance). The `fst` maps a folded name to its first posting, so the
//! names with a common prefix own one run of postings, and the key of a posting can be read
//! back from the `fst`.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use symbolic_common::ByteView;

/// The first bytes of every gazetteer file.
pub const MAGIC: [u8; 8] = *b"DTLNGAZ\n";

/// The layout this program reads and writes.
pub const VERSION: u32 = 2;

const HASH_AT: usize = 16;
const TABLE_AT: usize = 48;
const ENTRY_LEN: usize = 12;

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// [`super::Info`] as JSON.
    Info,
    /// `fst::Map`: folded name → first posting.
    Index,
    /// u32 each: place (20 bits), flags (11 bits), last of its name (1 bit).
    Postings,
    /// How each posting's name is written, in blocks of [`super::names::BLOCK`].
    Shown,
    /// u32 each: where a block of `Shown` starts.
    ShownBlocks,
    /// [`super::store::RECORD_LEN`] bytes each.
    Records,
    /// Strings the records point to: length (u8), UTF-8.
    Strings,
    /// Kinds, [`super::store::KIND_LEN`] bytes each, padded with zeros.
    Kinds,
    /// u24 each: records by id, GeoNames numbers first.
    Ids,
    /// Countries by code: two letters, record (u32).
    Countries,
    /// `fst::Map`: code of a division as GeoNames writes it ("AF.13", "AF.13.1302") → record.
    Codes,
    /// u24 pairs: division and the town it is governed from, by division.
    Seats,
    /// The same pairs turned round, by town.
    SeatOf,
    /// The postings of each place, in blocks of [`super::names::BLOCK`] places: how many, the
    /// first, and the steps to the others.
    NamesOf,
    /// u32 each: where a block of `NamesOf` starts.
    NamesOfBlocks,
    /// Ids of divisions in another file that records here lie in, one a line.
    Outside,
}

impl Tag {
    pub(super) const fn bytes(self) -> [u8; 4] {
        match self {
            Self::Info => *b"INFO",
            Self::Index => *b"FST ",
            Self::Postings => *b"POST",
            Self::Shown => *b"SHOW",
            Self::ShownBlocks => *b"SHBL",
            Self::Records => *b"RECS",
            Self::Strings => *b"STRS",
            Self::Kinds => *b"KIND",
            Self::Ids => *b"IDS ",
            Self::Countries => *b"CTRY",
            Self::Codes => *b"CODE",
            Self::Seats => *b"SEAT",
            Self::SeatOf => *b"SEOF",
            Self::NamesOf => *b"NMOF",
            Self::NamesOfBlocks => *b"NOBL",
            Self::Outside => *b"OUTS",
        }
    }
}

/// Why a file is no gazetteer this program can read.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The first bytes are not [`MAGIC`].
    #[error("this is no gazetteer file of Dateline: it does not begin with its mark")]
    NotAGazetteer,
    /// Written by another version of the program.
    #[error("the gazetteer file has format {found}, this program reads format {VERSION}: build it again")]
    OtherVersion {
        /// The format the file names.
        found: u32,
    },
    /// A section is missing or reaches beyond the end of the file.
    #[error("the gazetteer file is cut short or damaged: its part {0} is missing")]
    Damaged(String),
    /// The index of names cannot be read.
    #[error("the gazetteer's index of names is damaged: {0}")]
    Index(#[from] fst::Error),
    /// The description of the file cannot be read.
    #[error("the gazetteer's description of itself is damaged: {0}")]
    Info(#[from] serde_json::Error),
    /// The content is not what was written.
    #[error("the gazetteer file is damaged: its content has sha256 {found}, written was {written}")]
    Hash {
        /// What the content hashes to now, in hexadecimal.
        found: String,
        /// What the header says, in hexadecimal.
        written: String,
    },
}

/// The bytes of a gazetteer file: part of the program, or read from a file.
#[derive(Clone)]
pub enum Bytes {
    /// Embedded in the program.
    Static(&'static [u8]),
    /// Read at run time.
    Shared(Arc<[u8]>),
    /// A part of a file that the system reads as it is needed: from, length.
    Mapped(ByteView<'static>, u64, u64),
}

impl From<&'static [u8]> for Bytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Static(bytes)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Shared(bytes.into())
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Shared(bytes)
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
            Self::Mapped(file, from, len) => part(file, *from, *len).unwrap_or(&[]),
        }
    }
}

/// So many bytes from `from` on.
pub(super) fn part(file: &[u8], from: u64, len: u64) -> Option<&[u8]> {
    file.get(usize::try_from(from).ok()?..usize::try_from(from.checked_add(len)?).ok()?)
}

/// One section of a file.
#[derive(Clone)]
pub(super) struct Section {
    bytes: Bytes,
    start: usize,
    end: usize,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.as_ref().get(self.start..self.end).unwrap_or(&[])
    }
}

impl Section {
    pub(super) fn bytes(&self) -> &[u8] {
        self.as_ref()
    }
}

/// A file whose header is understood.
pub(super) struct File {
    bytes: Bytes,
}

impl File {
    /// Reads the header, nothing else.
    pub(super) fn open(bytes: Bytes) -> Result<Self, GazetteerError> {
        let all = bytes.as_ref();
        if !all.starts_with(&MAGIC) {
            return Err(GazetteerError::NotAGazetteer);
        }
        let found = u32_at(all, 8);
        if found != VERSION {
            return Err(GazetteerError::OtherVersion { found });
        }
        Ok(Self { bytes })
    }

    /// The section `tag`, if it lies within the file.
    pub(super) fn section(&self, tag: Tag) -> Result<Section, GazetteerError> {
        let all = self.bytes.as_ref();
        let entry = entries(all).find(|e| e.starts_with(&tag.bytes()));
        let range = entry.map(|e| (u32_at(e, 4) as usize, u32_at(e, 8) as usize));
        range
            .and_then(|(start, len)| Some((start, start.checked_add(len)?)))
            .filter(|&(_, end)| end <= all.len())
            .map(|(start, end)| Section { bytes: self.bytes.clone(), start, end })
            .ok_or_else(|| GazetteerError::Damaged(tag_name(&tag.bytes())))
    }
}

/// The entries of the section table.
fn entries(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let table = file.get(TABLE_AT..).unwrap_or(&[]);
    table.chunks_exact(ENTRY_LEN).take(u32_at(file, 12) as usize)
}

/// Name and length of each section.
pub(super) fn table(file: &[u8]) -> Vec<(String, usize)> {
    entries(file).map(|e| (tag_name(e), u32_at(e, 8) as usize)).collect()
}

fn tag_name(tag: &[u8]) -> String {
    String::from_utf8_lossy(tag.get(..4).unwrap_or(tag)).trim().to_owned()
}

/// The sha256 the header of `file` names, in hexadecimal.
pub(super) fn written_hash(file: &[u8]) -> String {
    hex(file.get(HASH_AT..TABLE_AT).unwrap_or(&[]))
}

/// The sha256 of the content of `file`, in hexadecimal.
pub(super) fn content_hash(file: &[u8]) -> String {
    hex(&Sha256::digest(file.get(TABLE_AT..).unwrap_or(&[])))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Writes a whole file; `None` where it would be over 4 GiB.
pub(super) fn assemble(sections: &[(Tag, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let mut at = TABLE_AT + ENTRY_LEN * sections.len();
    for (tag, body) in sections {
        content.extend(tag.bytes());
        content.extend(u32::try_from(at).ok()?.to_le_bytes());
        content.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
        at += body.len();
    }
    sections.iter().for_each(|(_, body)| content.extend(body));
    let mut out = Vec::with_capacity(at);
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend((sections.len() as u32).to_le_bytes());
    out.extend(Sha256::digest(&content));
    out.extend(content);
    Some(out)
}

/// The u32 at byte `at`; 0 beyond the end.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b))
}

/// The three-byte number at `at`; 0 beyond the end.
pub(super) fn u24_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 3) {
        Some(&[a, b, c]) => u32::from_le_bytes([a, b, c, 0]),
        _ => 0,
    }
}

/// Appends `value` in groups of seven bits, least first (LEB128).
pub(super) fn push_varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number written by [`push_varint`] off the front of `bytes`.
pub(super) fn take_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny() -> Vec<u8> {
        assemble(&[(Tag::Info, b"{}".to_vec()), (Tag::Kinds, b"P.PPL".to_vec())]).unwrap()
    }

    #[test]
    fn sections_lead_back() {
        let file = File::open(tiny().into()).unwrap();
        assert_eq!(file.section(Tag::Kinds).unwrap().bytes(), b"P.PPL");
        assert!(matches!(file.section(Tag::Index), Err(GazetteerError::Damaged(tag)) if tag == "FST"));
    }

    #[test]
    fn other_files_and_versions_are_refused() {
        assert!(matches!(File::open(b"PK\x03\x04".to_vec().into()), Err(GazetteerError::NotAGazetteer)));
        let mut newer = tiny();
        newer[8] = 99;
        assert!(matches!(File::open(newer.into()), Err(GazetteerError::OtherVersion { found: 99 })));
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let whole = tiny();
        for len in 0..whole.len() {
            let cut = File::open(whole[..len].to_vec().into());
            assert!(cut.and_then(|f| f.section(Tag::Kinds)).is_err(), "{len} bytes");
        }
    }

    #[test]
    fn numbers_lead_back() {
        for value in [0, 1, 127, 128, 300, u32::MAX] {
            let mut out = Vec::new();
            push_varint(value, &mut out);
            assert_eq!(take_varint(&mut out.as_slice()), Some(value));
        }
        assert_eq!(take_varint(&mut [0xff; 9].as_slice()), None);
    }
}
