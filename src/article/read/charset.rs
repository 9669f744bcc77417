//! Bytes into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// How far into a page its charset is looked for (the HTML standard asks for 1,024 bytes).
const META_BYTES: usize = 4096;

/// Decodes `bytes` without their byte order mark.
///
/// In order: byte order mark; valid UTF-8, since text in any other charset hardly ever is; what
/// the page says of itself (`html`); UTF-16 without a mark; UTF-8 with a few damaged characters;
/// the guess of chardetng (Firefox's detector). Line breaks stay as they are.
///
/// # Errors
/// [`ReadError::NotText`] for bytes that no text has.
pub fn decode(bytes: &[u8], html: bool) -> Result<String, ReadError> {
    let declared = if html { declared(bytes) } else { None };
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        lossy(encoding, bytes.get(mark..).unwrap_or_default())
    } else if let Some(text) = valid_utf8(bytes) {
        text.to_owned()
    } else {
        let guessed = declared.or_else(|| utf16_without_mark(bytes)).or_else(|| damaged_utf8(bytes));
        lossy(guessed.unwrap_or_else(|| guess(bytes)), bytes)
    };
    if is_binary(&text) { Err(ReadError::NotText("a binary file")) } else { Ok(text) }
}

/// The text if it is UTF-8; escape sequences are left to the detector (ISO-2022-JP is ASCII with
/// escapes), and so are NUL bytes (UTF-16 of plain English is valid UTF-8 full of them).
fn valid_utf8(bytes: &[u8]) -> Option<&str> {
    let plain = !bytes.iter().any(|&b| b == 0 || b == 0x1B);
    std::str::from_utf8(bytes).ok().filter(|_| plain)
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The charset a page names in `<meta charset=…>`, `<meta http-equiv …>` or `<?xml encoding=…>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..META_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = head.find("charset=").map(|i| i + 8).or_else(|| head.find("encoding=").map(|i| i + 9))?;
    let label = head.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(label.len());
    // A page that names UTF-16 in ASCII letters cannot be UTF-16 (HTML standard, 13.2.3.2).
    Encoding::for_label(label.get(..end)?.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}

/// UTF-16 of mostly Latin text: every second byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len().min(META_BYTES) / 2;
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).take(pairs).filter(|&&b| b == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    match pairs {
        0..4 => None,
        _ if low * 10 > pairs * 6 && high * 10 < pairs => Some(UTF_16LE),
        _ if high * 10 > pairs * 6 && low * 10 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 cut or damaged in a few places: at least ten whole multi-byte characters for each break.
fn damaged_utf8(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut whole, mut breaks) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        breaks += usize::from(!chunk.invalid().is_empty());
    }
    (whole >= 10 * breaks).then_some(UTF_8)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// NUL, or more than one control character in fifty, stands in no text.
fn is_binary(text: &str) -> bool {
    let control = text
        .chars()
        .filter(|&c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}'))
        .count();
    text.contains('\0') || control * 50 > text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Überschwemmung in Köln: Fünf Straßen gesperrt, für Tausende fällt die Schule aus.";

    #[test]
    fn latin_1_is_guessed() {
        let bytes: Vec<u8> = STORY.chars().map(|c| c as u8).collect();
        assert_eq!(decode(&bytes, false).unwrap(), STORY);
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let plain: Vec<u8> = STORY.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&plain, false).unwrap(), STORY);
        assert_eq!(decode(&[&b"\xFF\xFE"[..], &plain].concat(), false).unwrap(), STORY);
    }

    #[test]
    fn cyrillic_is_guessed() {
        let text = "В Киеве в воскресенье утром прогремели взрывы, сообщил мэр города.";
        let bytes = encoding_rs::WINDOWS_1251.encode(text).0;
        assert_eq!(decode(&bytes, false).unwrap(), text);
    }

    #[test]
    fn a_page_is_believed_unless_it_is_utf_8_after_all() {
        let page = |text: &[u8]| [&b"<meta charset=iso-8859-2>"[..], text].concat();
        assert!(decode(&page(b"\xA3\xF3d\xBC"), true).unwrap().ends_with("Łódź"));
        assert!(decode(&page("Łódź".as_bytes()), true).unwrap().ends_with("Łódź"));
    }

    #[test]
    fn utf_8_cut_in_a_character_stays_utf_8() {
        let mut bytes = STORY.repeat(2).into_bytes();
        bytes.extend(b"\xC3");
        assert!(decode(&bytes, false).unwrap().starts_with(STORY));
    }

    #[test]
    fn no_break_spaces_and_line_breaks_stay() {
        assert_eq!(decode("a\u{a0}b\r\nc".as_bytes(), false).unwrap(), "a\u{a0}b\r\nc");
    }

    #[test]
    fn bytes_of_a_program_are_no_text() {
        let bytes: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&bytes, false), Err(ReadError::NotText(_))));
    }
}
