//! Fonts in a PDF: of each the letters that are used, and what text they stand for.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use subsetter::GlyphRemapper;

use super::deflated;

const ROS: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A font as far as it is used.
#[derive(Debug)]
pub(super) struct UsedFont<'a> {
    number: usize,
    bytes: &'a [u8],
    name: &'static str,
    glyphs: GlyphRemapper,
    /// What each glyph stands for, by its new number.
    text: BTreeMap<u16, String>,
}

impl<'a> UsedFont<'a> {
    /// A font none of whose letters are used yet.
    pub fn new(number: usize, name: &'static str, bytes: &'a [u8]) -> Self {
        Self { number, bytes, name, glyphs: GlyphRemapper::new(), text: BTreeMap::new() }
    }

    /// Its name among the page's resources.
    pub fn name(&self) -> String {
        format!("F{}", self.number)
    }

    /// The number that a glyph has in the embedded font.
    pub fn use_glyph(&mut self, glyph: u16, text: &str) -> u16 {
        let new = self.glyphs.remap(glyph);
        if !text.is_empty() {
            self.text.entry(new).or_insert_with(|| text.to_owned());
        }
        new
    }

    /// Units of the font's drawing to an em.
    pub fn units_per_em(&self) -> f32 {
        let metrics = FontRef::new(self.bytes).map(|f| f.metrics(Size::unscaled(), LocationRef::default()));
        metrics.map_or(1000.0, |m| f32::from(m.units_per_em))
    }

    /// Writes the font, letters that are not used left out, and gives its object.
    pub fn embed(&self, pdf: &mut Pdf, allot: &mut dyn FnMut() -> Ref) -> Ref {
        let [font, cid, descriptor, file, cmap] = [allot(), allot(), allot(), allot(), allot()];
        // Six letters and a plus tell that it is a part of the font (ISO 32000-1, 9.6.4).
        let tag = char::from(b'A' + (self.number % 26) as u8);
        let name = format!("DATEL{tag}+{}", self.name);
        let base = Name(name.as_bytes());
        let mut type0 = pdf.type0_font(font);
        type0.base_font(base).encoding_predefined(Name(b"Identity-H")).descendant_font(cid).to_unicode(cmap);
        type0.finish();
        self.cid_font(pdf, cid, descriptor, base);
        self.descriptor(pdf, descriptor, file, base);
        let part = subsetter::subset(self.bytes, 0, &self.glyphs).unwrap_or_else(|_| self.bytes.to_vec());
        let length = part.len() as i32;
        let packed = deflated(&part);
        let mut stream = pdf.stream(file, &packed);
        stream.filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
        stream.finish();
        let map = self.unicode();
        pdf.stream(cmap, &deflated(&map)).filter(Filter::FlateDecode);
        font
    }

    fn cid_font(&self, pdf: &mut Pdf, cid: Ref, descriptor: Ref, base: Name<'_>) {
        let widths = self.widths();
        let mut font = pdf.cid_font(cid);
        font.subtype(CidFontType::Type2).base_font(base).system_info(ROS).font_descriptor(descriptor);
        font.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        font.widths().consecutive(0, widths);
    }

    /// Advance of each embedded glyph, in thousandths of an em.
    fn widths(&self) -> Vec<f32> {
        let Ok(font) = FontRef::new(self.bytes) else { return Vec::new() };
        let metrics = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let width = |glyph: u16| metrics.advance_width(GlyphId::new(u32::from(glyph))).unwrap_or(0.0);
        self.glyphs.remapped_gids().map(width).collect()
    }

    fn descriptor(&self, pdf: &mut Pdf, id: Ref, file: Ref, base: Name<'_>) {
        let font = FontRef::new(self.bytes).ok();
        let metrics = font.map(|f| f.metrics(Size::new(1000.0), LocationRef::default()));
        let (ascent, descent) = metrics.as_ref().map_or((900.0, -250.0), |m| (m.ascent, m.descent));
        let capitals = metrics.as_ref().and_then(|m| m.cap_height).unwrap_or(700.0);
        let bounds = metrics.and_then(|m| m.bounds);
        let bounds = bounds.map_or(Rect::new(-500.0, -300.0, 1500.0, 1100.0), |b| {
            Rect::new(b.x_min, b.y_min, b.x_max, b.y_max)
        });
        let mut out = pdf.font_descriptor(id);
        out.name(base).flags(FontFlags::SYMBOLIC).bbox(bounds).italic_angle(0.0);
        out.ascent(ascent).descent(descent).cap_height(capitals).stem_v(90.0).font_file2(file);
    }

    fn unicode(&self) -> Vec<u8> {
        let mut map = UnicodeCmap::new(Name(b"Dateline"), ROS);
        for (&glyph, text) in &self.text {
            map.pair_with_multiple(glyph, text.chars());
        }
        map.finish().to_vec()
    }
}
