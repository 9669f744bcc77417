//! Letters: as text, which a reader with the bundled fonts sets, or as their outlines, which look
//! the same everywhere.

use std::collections::BTreeMap;
use std::fmt::Write;

use resvg::tiny_skia::PathSegment;
use resvg::usvg::{Group, Node, Tree};

use super::{Px, Svg, Xml};
use crate::export::image::ImageError;
use crate::export::png::options;
use crate::map::Color;
use crate::map::fonts::Face;
use crate::map::labels::Anchor;

/// The outlines of a picture's texts, by their number.
#[derive(Debug, Default)]
pub(in crate::export) struct Outlines(BTreeMap<usize, String>);

impl Outlines {
    /// The outlines of the texts of an SVG that [`Svg::words`] has numbered.
    ///
    /// # Errors
    /// [`ImageError::Draw`] where the SVG cannot be read.
    pub fn of(svg: &str) -> Result<Self, ImageError> {
        let tree = Tree::from_str(svg, options()).map_err(|e| ImageError::Draw(e.to_string()))?;
        let mut out = Self::default();
        out.gather(tree.root());
        Ok(out)
    }

    fn gather(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(inner) => self.gather(inner),
                Node::Text(text) => {
                    let number = text.id().strip_prefix('t').and_then(|n| n.parse().ok());
                    if let Some(number) = number {
                        self.0.insert(number, outline(text.flattened()));
                    }
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
}

fn outline(group: &Group) -> String {
    let mut out = String::new();
    for node in group.children() {
        if let Node::Path(path) = node {
            for segment in path.data().segments() {
                step(segment, &mut out);
            }
        }
    }
    out
}

fn step(segment: PathSegment, out: &mut String) {
    let px = |n: f32| Px(f64::from(n));
    let _ = match segment {
        PathSegment::MoveTo(p) => write!(out, "M{} {}", px(p.x), px(p.y)),
        PathSegment::LineTo(p) => write!(out, "L{} {}", px(p.x), px(p.y)),
        PathSegment::QuadTo(c, p) => write!(out, "Q{} {} {} {}", px(c.x), px(c.y), px(p.x), px(p.y)),
        PathSegment::CubicTo(a, b, p) => {
            write!(out, "C{} {} {} {} {} {}", px(a.x), px(a.y), px(b.x), px(b.y), px(p.x), px(p.y))
        }
        PathSegment::Close => write!(out, "Z"),
    };
}

/// Words to be set.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub x: f64,
    /// The line the letters stand on.
    pub y: f64,
    pub size: f32,
    pub face: Face,
    pub color: Color,
    /// Space after each letter, in points.
    pub spacing: f32,
    /// Which point of them is at `x`.
    pub anchor: Anchor,
    /// What surrounds the letters, so that they can be read over lines.
    pub halo: Option<Color>,
}

impl<'a> Words<'a> {
    /// Regular letters without a halo.
    pub fn new(text: &'a str, x: f64, y: f64, size: f32, color: Color) -> Self {
        Self { text, x, y, size, face: Face::Regular, color, spacing: 0.0, anchor: Anchor::Left, halo: None }
    }

    /// The same, semi-bold.
    pub fn bold(self) -> Self {
        Self { face: Face::SemiBold, ..self }
    }

    /// The same, with a halo.
    pub fn halo(self, color: Color) -> Self {
        Self { halo: Some(color), ..self }
    }
}

impl Svg<'_> {
    /// Sets words.
    pub(super) fn words(&mut self, words: &Words<'_>) {
        let number = self.texts;
        self.texts += 1;
        match self.outlines {
            None => self.as_text(words, number),
            Some(outlines) => {
                if let Some(path) = outlines.0.get(&number) {
                    self.as_outline(words, path);
                }
            }
        }
    }

    fn as_text(&mut self, words: &Words<'_>, number: usize) {
        let face = match words.face {
            Face::Regular => String::new(),
            Face::SemiBold => " font-weight=\"600\"".to_owned(),
            Face::Italic => format!(" font-family=\"'{}'\" font-style=\"italic\"", words.face.font().family),
        };
        let anchor = match words.anchor {
            Anchor::Left => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::Right => " text-anchor=\"end\"",
        };
        self.put(format_args!(
            "<text id=\"t{number}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{face}{anchor}",
            Px(words.x),
            Px(words.y),
            words.size
        ));
        if words.spacing > 0.0 {
            self.put(format_args!(" letter-spacing=\"{}\"", Px(f64::from(words.spacing))));
        }
        if let Some(halo) = words.halo {
            self.put(format_args!("{} paint-order=\"stroke\"", Halo(halo)));
        }
        self.put(format_args!(" fill=\"{}\">{}</text>\n", words.color.hex(), Xml(words.text)));
    }

    /// The halo is a path of its own: not every program knows `paint-order`.
    fn as_outline(&mut self, words: &Words<'_>, path: &str) {
        self.put(format_args!("<g role=\"img\" aria-label=\"{}\">", Xml(words.text)));
        if let Some(halo) = words.halo {
            self.put(format_args!("<path d=\"{path}\" fill=\"none\"{}/>", Halo(halo)));
        }
        self.put(format_args!("<path d=\"{path}\" fill=\"{}\"/></g>\n", words.color.hex()));
    }
}

struct Halo(Color);

impl std::fmt::Display for Halo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let color = self.0.hex();
        write!(f, " stroke=\"{color}\" stroke-width=\"3\" stroke-opacity=\"0.85\" stroke-linejoin=\"round\"")
    }
}
