//! One file into one article.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::dates::find_date;
use super::kind::{Kind, not_text};
use super::{ReadError, charset, html, markdown, plain};
use crate::article::{Article, Origin};

/// The largest file that is read as one article, in bytes.
pub const MAX_BYTES: u64 = 50_000_000;

/// Reads the file at `path`, whatever its name; an unknown ending is read as the text shows.
///
/// Where the file states no date, one in its name (`kabul-2021-08-15.txt`) is taken as the day of
/// publication.
///
/// # Errors
/// See [`ReadError`]; nothing larger than [`MAX_BYTES`] and nothing but a regular file is opened.
pub fn read_file(path: &Path) -> Result<Article, ReadError> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(ReadError::Folder);
    }
    if !about.is_file() {
        return Err(ReadError::NotAFile);
    }
    check_size(about.len())?;
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    read_bytes(&bytes, path)
}

/// Reads a file that is already in memory, `name` being its name or path.
///
/// # Errors
/// See [`ReadError`].
pub fn read_bytes(bytes: &[u8], name: &Path) -> Result<Article, ReadError> {
    check_size(bytes.len() as u64)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(found) = not_text(bytes) {
        return Err(ReadError::NotText(found));
    }
    let kind = Kind::of_path(name);
    let text = charset::decode(bytes, kind == Some(Kind::Html) || starts_with_tag(bytes))?;
    let mut article = parse(text, kind, Origin::File(name.to_owned()))?;
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    article.published = article.published.or_else(|| find_date(&stem));
    Ok(article)
}

/// An article of pasted text; the source of a web page is read as one.
///
/// # Errors
/// [`ReadError::Blank`] and [`ReadError::TooLarge`].
pub fn from_pasted(text: &str) -> Result<Article, ReadError> {
    check_size(text.len() as u64)?;
    parse(text.to_owned(), None, Origin::Pasted)
}

/// A page named `.txt` is still a page; nothing else is told from the text.
fn parse(text: String, kind: Option<Kind>, origin: Origin) -> Result<Article, ReadError> {
    let kind = match (kind, Kind::of_text(&text)) {
        (Some(Kind::Markdown), Kind::Plain) => Kind::Markdown,
        (Some(Kind::Html), _) | (_, Kind::Html) => Kind::Html,
        _ => Kind::Plain,
    };
    let article = match kind {
        Kind::Plain => plain::article(text, origin),
        Kind::Markdown => markdown::article(&text, origin),
        Kind::Html => html::article(&text, origin),
    };
    if article.text.trim().is_empty() { Err(ReadError::Blank) } else { Ok(article) }
}

fn check_size(found: u64) -> Result<(), ReadError> {
    if found > MAX_BYTES { Err(ReadError::TooLarge { found, limit: MAX_BYTES }) } else { Ok(()) }
}

/// Whether the charset may be stated in a tag: the text of an unknown ending opens with one.
fn starts_with_tag(bytes: &[u8]) -> bool {
    bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Result<Article, ReadError> {
        read_bytes(bytes, Path::new(name))
    }

    #[test]
    fn the_date_in_the_name_counts_where_the_text_has_none() {
        let a = read("x/kabul-2021-08-15.txt", b"Talks began in Kabul.").unwrap();
        assert_eq!(a.published.unwrap().to_string(), "2021-08-15");
        let a = read("kabul-2021-08-15.txt", b"2021-08-16\n\nTalks began in Kabul.").unwrap();
        assert_eq!(a.published.unwrap().to_string(), "2021-08-16");
    }

    #[test]
    fn plain_text_is_kept_but_for_the_byte_order_mark() {
        let a = read("a.txt", b"\xEF\xBB\xBFOne line.\r\n\r\nTwo.\r\n").unwrap();
        assert_eq!(a.text, "One line.\r\n\r\nTwo.\r\n");
    }

    #[test]
    fn refusals_say_what_was_found() {
        for (name, bytes, says) in [
            ("a.txt", &b""[..], "empty"),
            ("a.txt", b" \n\t", "white space"),
            ("a.txt", b"%PDF-1.4", "a PDF document"),
            ("a.txt", b"PK\x03\x04...", "a ZIP archive"),
            ("a.txt", b"some\0thing\0binary", "binary"),
            ("a.html", b"<html><script>x</script></html>", "markup"),
        ] {
            let message = read(name, bytes).unwrap_err().to_string();
            assert!(message.contains(says), "{message}");
        }
    }

    #[test]
    fn a_page_named_txt_is_read_as_a_page() {
        let a = read("a.txt", b"<!DOCTYPE html><title>Fire</title><p>Fire in Lagos on Monday").unwrap();
        assert_eq!(a.text, "Fire\n\nFire in Lagos on Monday");
    }

    #[test]
    fn a_file_of_200_mb_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.txt");
        File::create(&path).unwrap().set_len(200_000_000).unwrap();
        let message = read_file(&path).unwrap_err().to_string();
        assert!(message.contains("200 MB") && message.contains("50 MB"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused_without_waiting() {
        assert!(matches!(read_file(Path::new("/dev/zero")), Err(ReadError::NotAFile)));
        assert!(matches!(read_file(Path::new("/dev")), Err(ReadError::Folder)));
        assert!(matches!(read_file(Path::new("/nowhere/x")), Err(ReadError::Missing)));
    }
}
