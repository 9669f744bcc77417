//! Byte offsets into code-point offsets.

/// Translates byte offsets of one text into offsets counted in Unicode code points, which is how
/// the data formats count (and how Python indexes a string).
///
/// Pure ASCII text costs nothing; other text keeps one count every 64 bytes.
#[derive(Debug, Clone)]
pub struct CharOffsets<'a> {
    text: &'a str,
    /// Code points before byte `64 * i`; empty when the text is ASCII.
    blocks: Vec<u32>,
}

const BLOCK: usize = 64;

impl<'a> CharOffsets<'a> {
    /// Prepares the translation for `text`.
    pub fn new(text: &'a str) -> Self {
        let mut blocks = Vec::new();
        if !text.is_ascii() {
            let mut chars = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                blocks.push(chars);
                chars += starts(block);
            }
        }
        Self { text, blocks }
    }

    /// The number of code points before byte `byte`; a byte past the end counts as the end.
    pub fn char_of(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.blocks.is_empty() {
            return byte;
        }
        let block = (byte / BLOCK).min(self.blocks.len() - 1);
        let rest = &self.text.as_bytes()[block * BLOCK..byte];
        (self.blocks[block] + starts(rest)) as usize
    }
}

/// How many code points start in these bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_bytes_are_code_points() {
        assert_eq!(CharOffsets::new("Kabul fell").char_of(6), 6);
    }

    #[test]
    fn multibyte_text_counts_code_points() {
        let text = "Łódź — Київ ".repeat(40);
        let offsets = CharOffsets::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.char_of(byte), chars);
        }
        assert_eq!(offsets.char_of(text.len()), text.chars().count());
    }
}
