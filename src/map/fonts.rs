//! The bundled fonts (SIL Open Font License; texts beside them in `assets/fonts`).

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
