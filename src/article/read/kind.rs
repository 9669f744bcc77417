//! What kind of file it is.

use std::path::Path;

/// How an article's file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text as it is.
    Plain,
    /// CommonMark, perhaps with YAML front matter.
    Markdown,
    /// A web page.
    Html,
}

/// The endings of the files that are opened from a folder.
pub const EXTENSIONS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

impl Kind {
    /// The kind that a file's ending tells; `None` for an ending not in [`EXTENSIONS`].
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// The kind that the text itself shows: a web page, whatever its name, or plain text.
    pub fn of_text(text: &str) -> Self {
        let start = text.trim_start();
        let head: String = start.chars().take(200).flat_map(char::to_lowercase).collect();
        let page = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag))
            || (head.starts_with("<?xml") && head.contains("<html"));
        if page { Self::Html } else { Self::Plain }
    }
}

/// The first bytes of formats that are no text, and what to call each.
const MAGIC: [(&[u8], &str); 18] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (Word, OpenDocument and EPUB files are ZIP archives too)"),
    (b"\xD0\xCF\x11\xE0", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// What the bytes are when they are no text, by their first bytes.
pub fn not_text(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_kind_in_any_case() {
        assert_eq!(Kind::of_path(Path::new("a/B.HTM")), Some(Kind::Html));
        assert_eq!(Kind::of_path(Path::new("a.pdf")), None);
        assert!(EXTENSIONS.iter().all(|e| Kind::of_path(Path::new(&format!("x.{e}"))).is_some()));
    }

    #[test]
    fn a_page_is_a_page_whatever_its_name() {
        assert_eq!(Kind::of_text("\n <!DOCTYPE html><p>x"), Kind::Html);
        assert_eq!(Kind::of_text("<3 from Kabul"), Kind::Plain);
    }

    #[test]
    fn known_formats_are_called_by_name() {
        assert_eq!(not_text(b"%PDF-1.7 ..."), Some("a PDF document"));
        assert_eq!(not_text(b"A story"), None);
    }
}
