//! The bundled fonts (SIL Open Font License; texts beside them in `assets/fonts`).

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// One font file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Font {
    /// A name of our own, unique among [`all`].
    pub name: &'static str,
    /// The family the file says it belongs to.
    pub family: &'static str,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

macro_rules! font {
    ($name:literal, $family:literal) => {
        Font {
            name: $name,
            family: $family,
            bytes: include_bytes!(concat!("../../assets/fonts/", $name, ".ttf")),
        }
    };
}

/// The interface's font.
pub const SANS: Font = font!("Inter-Regular", "Inter");
/// The interface's font for headings and labels of weight.
pub const SANS_SEMIBOLD: Font = font!("Inter-SemiBold", "Inter");
/// The articles' font.
pub const SERIF: Font = font!("SourceSerif4-Regular", "Source Serif 4");
/// The articles' font, real italics.
pub const SERIF_ITALIC: Font = font!("SourceSerif4-Italic", "Source Serif 4");
/// The articles' font for headings.
pub const SERIF_SEMIBOLD: Font = font!("SourceSerif4-SemiBold", "Source Serif 4");
/// What stands in for letters and signs the fonts above lack, in this order.
pub const FALLBACKS: [Font; 6] = [
    font!("NotoSansSymbols2-Regular", "Noto Sans Symbols2"),
    font!("NotoSansSymbols-Regular", "Noto Sans Symbols"),
    font!("NotoSansMath-Regular", "Noto Sans Math"),
    font!("NotoSansArabic-Regular", "Noto Sans Arabic"),
    font!("NotoSansHebrew-Regular", "Noto Sans Hebrew"),
    font!("NotoSansDevanagari-Regular", "Noto Sans Devanagari"),
];

/// Every bundled font.
pub fn all() -> impl Iterator<Item = Font> {
    [SANS, SANS_SEMIBOLD, SERIF, SERIF_ITALIC, SERIF_SEMIBOLD].into_iter().chain(FALLBACKS)
}

/// Width in points of `text` set in the interface's font at `size` points: the sum of its
/// letters' advances, pairs not kerned. Letters that the font lacks count as a wide one each.
pub fn text_width(text: &str, size: f32, bold: bool) -> f32 {
    static METRICS: OnceLock<[Advances; 2]> = OnceLock::new();
    let metrics = METRICS.get_or_init(|| [SANS, SANS_SEMIBOLD].map(|f| Advances::of(f.bytes)));
    let advances = if bold { &metrics[1] } else { &metrics[0] };
    text.chars().map(|c| advances.of_char(c)).sum::<f32>() * size
}

/// Advance widths of a font's letters as shares of the size.
#[derive(Debug)]
struct Advances(FxHashMap<char, f32>);

impl Advances {
    fn of(bytes: &[u8]) -> Self {
        let Ok(font) = FontRef::new(bytes) else { return Self(FxHashMap::default()) };
        let glyphs = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let mappings = font.charmap().mappings();
        let width = |(code, glyph)| Some((char::from_u32(code)?, glyphs.advance_width(glyph)?));
        Self(mappings.filter_map(width).collect())
    }

    fn of_char(&self, c: char) -> f32 {
        self.0.get(&c).copied().unwrap_or(0.75)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::string::StringId;

    #[test]
    fn every_font_can_be_read_and_bears_its_family() {
        for font in all() {
            let file = FontRef::new(font.bytes).unwrap();
            let names = [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME];
            let family = names.iter().find_map(|&id| file.localized_strings(id).next()).unwrap();
            assert_eq!(family.to_string(), font.family, "{}", font.name);
        }
    }

    #[test]
    fn the_interface_has_its_signs() {
        let fonts: Vec<Font> = [SANS].into_iter().chain(FALLBACKS).collect();
        for sign in "⤢+−▶▾▸·–—…×✓⌘←→↑↓⚠●○☰⌕“”’€°ʻḥІєŁΔ№⏸⇄⟳⚙اأبשनक".chars()
        {
            let has = |f: &Font| FontRef::new(f.bytes).unwrap().charmap().map(sign).is_some();
            assert!(fonts.iter().any(has), "{sign}");
        }
    }

    #[test]
    fn wider_text_is_wider() {
        assert!(text_width("Kabul", 12.0, true) > text_width("Kabul", 12.0, false));
        assert!((text_width("Kabul", 24.0, false) - 2.0 * text_width("Kabul", 12.0, false)).abs() < 1e-3);
        let kabul = text_width("Kabul", 12.0, false);
        assert!((25.0..40.0).contains(&kabul), "{kabul}");
    }
}
