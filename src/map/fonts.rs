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

/// A face that names on the map are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// The interface's.
    Regular,
    /// The same, semi-bold.
    SemiBold,
    /// The articles' italics: waters, as on printed maps.
    Italic,
}

impl Face {
    /// Its font file.
    pub const fn font(self) -> Font {
        match self {
            Self::Regular => SANS,
            Self::SemiBold => SANS_SEMIBOLD,
            Self::Italic => SERIF_ITALIC,
        }
    }
}

/// Width in points of `text` set in a face at `size` points: the sum of its letters' advances,
/// pairs not kerned. Letters that the font lacks are measured in the fonts that stand in; a letter
/// that none has counts as a wide one.
pub fn face_width(text: &str, size: f32, face: Face) -> f32 {
    static METRICS: OnceLock<[Advances; 3]> = OnceLock::new();
    let of = |face: Face| Advances::of(face.font().bytes);
    let metrics = METRICS.get_or_init(|| [Face::Regular, Face::SemiBold, Face::Italic].map(of));
    let [regular, semi_bold, italic] = metrics;
    let advances = match face {
        Face::Regular => regular,
        Face::SemiBold => semi_bold,
        Face::Italic => italic,
    };
    text.chars().map(|c| advances.of_char(c)).sum::<f32>() * size
}

/// Width in points of `text` set in the interface's font.
pub fn text_width(text: &str, size: f32, bold: bool) -> f32 {
    face_width(text, size, if bold { Face::SemiBold } else { Face::Regular })
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
        self.0.get(&c).copied().unwrap_or_else(|| Self::of_fallbacks().get(&c).copied().unwrap_or(0.75))
    }

    /// The letters of all fallback fonts, of each the first that has it. Letters that join are
    /// narrower in a word than alone, so this is the most they take.
    fn of_fallbacks() -> &'static FxHashMap<char, f32> {
        static WIDTHS: OnceLock<FxHashMap<char, f32>> = OnceLock::new();
        WIDTHS.get_or_init(|| {
            let mut out = FxHashMap::default();
            for font in FALLBACKS.iter().rev() {
                out.extend(Self::of(font.bytes).0);
            }
            out
        })
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
        assert!(text_width("کابل", 12.0, false) < 4.0 * 12.0 * 0.75, "by the font that has the letters");
    }
}
