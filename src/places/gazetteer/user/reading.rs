//! Opens a file a user adds, out of its archive where it is in one, and finds out what it is.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};
use symbolic_common::ByteView;

use super::error::AddError;
use super::geonames;

/// A longer line is no row.
pub(super) const LONGEST_LINE: u64 = 1 << 20;
/// Bytes that are looked at to find out what a file is.
const LOOKED_AT: u64 = 1 << 16;
/// Lines of them; a dump may begin with a damaged one.
const LINES_LOOKED_AT: usize = 20;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A GeoNames dump: nineteen columns without a header.
    Dump,
    /// A table with a header, its cells parted by this sign.
    Table(u8),
    /// GeoJSON.
    Features,
}

/// A file that is read: its text from the beginning, what it is, its bytes unpacked.
pub(super) struct Opened<'a> {
    pub text: &'a mut dyn BufRead,
    pub form: Form,
    pub begins: &'a [u8],
    pub bytes: u64,
    pub packed: bool,
}

/// Opens the file and hands it on.
pub(super) fn open<T>(
    path: &Path,
    read: impl FnOnce(Opened<'_>) -> Result<T, AddError>,
) -> Result<T, AddError> {
    let failed = |e: io::Error| AddError::Read(path.to_owned(), e.to_string());
    let file = File::open(path).map_err(failed)?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    if reader.fill_buf().map_err(failed)?.starts_with(b"PK\x03\x04") {
        return unpack(path, read);
    }
    let bytes = fs::metadata(path).map_or(0, |m| m.len());
    understand(path, &mut reader, (bytes, false), read)
}

/// Opens the largest file of an archive that is no readme.
fn unpack<T>(path: &Path, read: impl FnOnce(Opened<'_>) -> Result<T, AddError>) -> Result<T, AddError> {
    let damaged = |e: rawzip::Error| {
        AddError::Read(path.to_owned(), format!("the archive is cut short or damaged: {e}"))
    };
    let unfit = |why: String| AddError::Unfit(path.to_owned(), why);
    let view = ByteView::open(path).map_err(|e| AddError::Read(path.to_owned(), e.to_string()))?;
    let archive = ZipArchive::from_slice(&view[..]).map_err(damaged)?;
    let mut largest: Option<(u64, _, _)> = None;
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        let readme = entry.file_path().as_ref().eq_ignore_ascii_case(b"readme.txt");
        let size = entry.uncompressed_size_hint();
        if !entry.is_dir() && !readme && largest.as_ref().is_none_or(|(most, ..)| size > *most) {
            largest = Some((size, entry.wayfinder(), entry.compression_method()));
        }
    }
    let Some((bytes, at, method)) = largest else { return Err(unfit("the archive holds no file".into())) };
    let entry = archive.get_entry(at).map_err(damaged)?;
    match method {
        CompressionMethod::DEFLATE => {
            let unpacked = entry.verifying_reader(DeflateDecoder::new(entry.data()));
            understand(path, &mut BufReader::with_capacity(1 << 16, unpacked), (bytes, true), read)
        }
        CompressionMethod::STORE => understand(path, &mut entry.data(), (bytes, true), read),
        other => Err(unfit(format!("the archive is packed by method {other:?}, not by deflate"))),
    }
}

fn understand<T>(
    path: &Path,
    reader: &mut dyn BufRead,
    (bytes, packed): (u64, bool),
    read: impl FnOnce(Opened<'_>) -> Result<T, AddError>,
) -> Result<T, AddError> {
    let mut begins = Vec::new();
    let looked = Read::take(&mut *reader, LOOKED_AT).read_to_end(&mut begins);
    looked.map_err(|e| AddError::Read(path.to_owned(), e.to_string()))?;
    let form = form_of(&begins).map_err(|why| AddError::Unfit(path.to_owned(), why))?;
    let plain = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begins);
    let mut text = io::Cursor::new(plain).chain(reader);
    read(Opened { text: &mut text, form, begins: plain, bytes, packed })
}

/// Tells from its beginning what a file is.
fn form_of(begins: &[u8]) -> Result<Form, String> {
    if begins.starts_with(&[0xff, 0xfe]) || begins.starts_with(&[0xfe, 0xff]) {
        return Err("it is written in UTF-16; save it as UTF-8".to_owned());
    }
    if begins.starts_with(&[0x1f, 0x8b]) {
        return Err("it is packed with gzip; unpack it first".to_owned());
    }
    if begins.contains(&0) {
        return Err("it is no text in UTF-8; save it as UTF-8".to_owned());
    }
    let text = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begins);
    match text.iter().find(|b| !b.is_ascii_whitespace()) {
        None => Err("it is empty".to_owned()),
        Some(b'{') => Ok(Form::Features),
        Some(b'[') => Err("it is JSON without features".to_owned()),
        Some(_) if text.split(|b| *b == b'\n').take(LINES_LOOKED_AT).any(is_of_dump) => Ok(Form::Dump),
        Some(_) => Ok(Form::Table(sign_of(text))),
    }
}

/// Whether a line has the columns of a dump and begins with a number.
fn is_of_dump(line: &[u8]) -> bool {
    let columns = line.iter().filter(|b| **b == b'\t').count() + 1;
    columns == geonames::COLUMNS && line.first().is_some_and(u8::is_ascii_digit)
}

/// The sign that parts the cells of a header, a comma where none does.
fn sign_of(text: &[u8]) -> u8 {
    let header = text.split(|b| *b == b'\n').next().unwrap_or(text);
    let count = |sign: u8| header.iter().filter(|b| **b == sign).count();
    *[b',', b';', b'\t', b'|'].iter().max_by_key(|s| (count(**s), **s == b',')).unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_beginning() {
        let dump = format!("damaged\n7{}\n", "\tx".repeat(18));
        assert_eq!(form_of(dump.as_bytes()), Ok(Form::Dump));
        assert_eq!(form_of(b"name;lat;lon\n\"a,b,c,d\";1;2\n"), Ok(Form::Table(b';')));
        assert_eq!(form_of(b"\xef\xbb\xbf {\"type\":"), Ok(Form::Features));
        assert_eq!(form_of(b"name"), Ok(Form::Table(b',')));
    }

    #[test]
    fn what_is_no_text_is_told() {
        let wide: Vec<u8> = "name,lat".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, told) in [
            (&b"\xff\xfen\0a\0"[..], "UTF-16"),
            (&wide[..], "UTF-8"),
            (b"\x1f\x8b\x08", "gzip"),
            (b" \n ", "empty"),
            (b"[1]", "features"),
        ] {
            assert!(form_of(bytes).unwrap_err().contains(told), "{told}");
        }
    }
}
