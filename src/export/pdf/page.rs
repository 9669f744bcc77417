//! From the parsed SVG to the drawing commands of a PDF page.

use std::collections::BTreeMap;

use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name, Str};
use resvg::tiny_skia::{Path as Outline, PathSegment, Transform};
use resvg::usvg::{
    Color, Fill, FillRule, Group, LineCap, LineJoin, Node, Paint, PaintOrder, Path, Stroke, Text, Tree,
};

use super::font::UsedFont;
use crate::map::fonts;

/// A page being drawn. Knows what our own SVG uses: solid colours, clips, text; no gradients, no
/// pictures, no filters.
pub(super) struct Page<'a> {
    content: Content,
    /// Fonts in the order they are first used.
    pub fonts: Vec<UsedFont<'a>>,
    /// Which of `fonts` a bundled font is.
    numbers: BTreeMap<&'static str, usize>,
    /// Opacities of filling and stroking in thousandths, and the number of their state.
    states: BTreeMap<[u16; 2], usize>,
    tree: &'a Tree,
}

impl<'a> Page<'a> {
    /// Draws `tree` on a page of this size in PDF points.
    pub fn draw(tree: &'a Tree, [width, height]: [f32; 2]) -> Self {
        let mut page = Self {
            content: Content::new(),
            fonts: Vec::new(),
            numbers: BTreeMap::new(),
            states: BTreeMap::new(),
            tree,
        };
        let (sx, sy) = (width / tree.size().width(), height / tree.size().height());
        // PDF counts upwards, SVG downwards.
        page.content.transform([sx, 0.0, 0.0, -sy, 0.0, height]);
        page.group(tree.root());
        page
    }

    /// The drawing commands.
    pub fn finish(self) -> Vec<u8> {
        self.content.finish().to_vec()
    }

    /// Name, opacity of filling and of stroking of each state used.
    pub fn opacities(&self) -> Vec<(String, [f32; 2])> {
        let share = |n: u16| f32::from(n) / 1000.0;
        self.states.iter().map(|(&[f, s], number)| (format!("G{number}"), [share(f), share(s)])).collect()
    }

    fn group(&mut self, group: &Group) {
        self.content.save_state();
        if !group.transform().is_identity() {
            self.content.transform(matrix(group.transform()));
        }
        if let Some(clip) = group.clip_path() {
            let mut any = false;
            clipping(clip.root(), clip.transform(), &mut |path, transform| {
                any = true;
                trace(&mut self.content, path.data(), transform);
            });
            if any {
                self.content.clip_even_odd().end_path();
            }
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner),
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text),
                Node::Image(_) => {}
            }
        }
        self.content.restore_state();
    }

    fn path(&mut self, path: &Path) {
        if !path.is_visible() {
            return;
        }
        let stroke_first = path.paint_order() == PaintOrder::StrokeAndFill;
        let (fill, stroke) = (path.fill(), path.stroke());
        if stroke_first && let Some(stroke) = stroke {
            self.stroke(path.data(), stroke);
        }
        if let Some(fill) = fill {
            self.fill(path.data(), fill);
        }
        if !stroke_first && let Some(stroke) = stroke {
            self.stroke(path.data(), stroke);
        }
    }

    fn fill(&mut self, path: &Outline, fill: &Fill) {
        let Paint::Color(color) = fill.paint() else { return };
        self.opacity([fill.opacity().get(), 1.0]);
        let [r, g, b] = rgb(*color);
        self.content.set_fill_rgb(r, g, b);
        trace(&mut self.content, path, Transform::identity());
        match fill.rule() {
            FillRule::NonZero => self.content.fill_nonzero(),
            FillRule::EvenOdd => self.content.fill_even_odd(),
        };
    }

    fn stroke(&mut self, path: &Outline, stroke: &Stroke) {
        let Paint::Color(color) = stroke.paint() else { return };
        self.opacity([1.0, stroke.opacity().get()]);
        let [r, g, b] = rgb(*color);
        self.content.set_stroke_rgb(r, g, b).set_line_width(stroke.width().get());
        self.content.set_line_cap(match stroke.linecap() {
            LineCap::Butt => LineCapStyle::ButtCap,
            LineCap::Round => LineCapStyle::RoundCap,
            LineCap::Square => LineCapStyle::ProjectingSquareCap,
        });
        self.content.set_line_join(match stroke.linejoin() {
            LineJoin::Round => LineJoinStyle::RoundJoin,
            LineJoin::Bevel => LineJoinStyle::BevelJoin,
            LineJoin::Miter | LineJoin::MiterClip => LineJoinStyle::MiterJoin,
        });
        let dashes = stroke.dasharray().unwrap_or(&[]);
        self.content.set_dash_pattern(dashes.iter().copied(), stroke.dashoffset());
        trace(&mut self.content, path, Transform::identity());
        self.content.stroke();
    }

    /// Its halo as outlines, which no program takes for text, then its letters as text.
    fn text(&mut self, text: &Text) {
        for node in text.flattened().children() {
            if let Node::Path(path) = node
                && let Some(stroke) = path.stroke()
            {
                self.stroke(path.data(), stroke);
            }
        }
        for span in text.layouted().iter().filter(|s| s.visible) {
            let Some(fill) = &span.fill else { continue };
            let Paint::Color(color) = fill.paint() else { continue };
            self.opacity([fill.opacity().get(), 1.0]);
            let [r, g, b] = rgb(*color);
            self.content.set_fill_rgb(r, g, b).begin_text();
            for glyph in &span.positioned_glyphs {
                let Some(number) = self.font(glyph.font) else { continue };
                let Some(font) = self.fonts.get_mut(number) else { continue };
                let id = font.use_glyph(u16::try_from(glyph.id.0).unwrap_or(0), &glyph.text);
                let em = font.units_per_em();
                let place = glyph.transform().pre_concat(Transform::from_scale(em, -em));
                self.content.set_font(Name(font.name().as_bytes()), 1.0).set_text_matrix(matrix(place));
                self.content.show(Str(&id.to_be_bytes()));
            }
            self.content.end_text();
        }
    }

    /// The number among the used fonts of one of the database's.
    fn font(&mut self, id: resvg::usvg::fontdb::ID) -> Option<usize> {
        let face = self.tree.fontdb().face(id)?;
        let name = face.post_script_name.as_str();
        let font = fonts::all().find(|f| f.name == name)?;
        if let Some(&number) = self.numbers.get(font.name) {
            return Some(number);
        }
        let number = self.fonts.len();
        self.fonts.push(UsedFont::new(number, font.name, font.bytes));
        self.numbers.insert(font.name, number);
        Some(number)
    }

    fn opacity(&mut self, of: [f32; 2]) {
        let key = of.map(|o| (o * 1000.0).round() as u16);
        let next = self.states.len();
        let number = *self.states.entry(key).or_insert(next);
        self.content.set_parameters(Name(format!("G{number}").as_bytes()));
    }
}

/// Calls `draw` with every outline of a clip.
fn clipping(group: &Group, transform: Transform, draw: &mut dyn FnMut(&Path, Transform)) {
    for node in group.children() {
        match node {
            Node::Group(inner) => clipping(inner, transform.pre_concat(inner.transform()), draw),
            Node::Path(path) => draw(path, transform),
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}

fn trace(content: &mut Content, path: &Outline, transform: Transform) {
    let Some(path) = path.clone().transform(transform) else { return };
    let mut at = (0.0, 0.0);
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                content.move_to(short(p.x), short(p.y));
                at = (p.x, p.y);
            }
            PathSegment::LineTo(p) => {
                content.line_to(short(p.x), short(p.y));
                at = (p.x, p.y);
            }
            // PDF has cubic curves only.
            PathSegment::QuadTo(c, p) => {
                let near = |end: f32, c: f32| end + (c - end) * 2.0 / 3.0;
                let (a, b) = ((near(at.0, c.x), near(at.1, c.y)), (near(p.x, c.x), near(p.y, c.y)));
                content.cubic_to(short(a.0), short(a.1), short(b.0), short(b.1), short(p.x), short(p.y));
                at = (p.x, p.y);
            }
            PathSegment::CubicTo(a, b, p) => {
                content.cubic_to(short(a.x), short(a.y), short(b.x), short(b.y), short(p.x), short(p.y));
                at = (p.x, p.y);
            }
            PathSegment::Close => {
                content.close_path();
            }
        }
    }
}

/// To the hundredth of a point: finer than any printer.
fn short(n: f32) -> f32 {
    (n * 100.0).round() / 100.0
}

fn matrix(t: Transform) -> [f32; 6] {
    [t.sx, t.ky, t.kx, t.sy, t.tx, t.ty]
}

fn rgb(color: Color) -> [f32; 3] {
    [color.red, color.green, color.blue].map(|c| short(f32::from(c) / 255.0 * 10.0) / 10.0)
}
