//! The picture as SVG.
//!
//! - `basemap` writes land and water, `marks` areas, arrows, names and markers, `cards` title,
//!   legend, key and the rest;
//! - `text` sets letters, as text or as their outlines.

mod basemap;
mod cards;
mod marks;
mod text;

use std::fmt::Write;

use super::image::{Image, ImageError};
use crate::events::EventType;
use crate::map::{Color, Palette, ScreenPoint, event_color};
pub(super) use text::Outlines;

/// Which part of a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    All,
    /// What lies over the basemap, for a picture whose basemap is drawn already.
    OverBasemap,
}

/// Writes a picture, its letters as text for a reader that has the bundled fonts, or as the
/// outlines given.
pub(super) fn write(image: &Image<'_>, part: Part, outlines: Option<&Outlines>) -> String {
    let palette = Palette::of(image.options.theme);
    let mut out = Svg { image, palette, outlines, texts: 0, text: String::with_capacity(1 << 18) };
    out.head();
    if part == Part::All {
        out.metadata();
        basemap::write(image, out.palette, &mut out.text);
    }
    out.marks();
    out.cards();
    out.text.push_str("</svg>\n");
    out.text
}

/// Writes a picture with all letters as outlines.
///
/// # Errors
/// [`ImageError::Draw`] where the letters' outlines cannot be had.
pub(super) fn outlined(image: &Image<'_>) -> Result<String, ImageError> {
    let outlines = Outlines::of(&write(image, Part::OverBasemap, None))?;
    Ok(write(image, Part::All, Some(&outlines)))
}

/// A picture being written.
struct Svg<'a> {
    image: &'a Image<'a>,
    palette: &'static Palette,
    outlines: Option<&'a Outlines>,
    /// How many texts have been set.
    texts: usize,
    text: String,
}

impl Svg<'_> {
    /// Appends formatted text; a `String` takes all that is written to it.
    fn put(&mut self, args: std::fmt::Arguments<'_>) {
        let _ = self.text.write_fmt(args);
    }

    fn head(&mut self) {
        let options = self.image.options;
        let side = |n: u32| f64::from(n) * f64::from(options.scale);
        let (width, height) = options.points();
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
             font-family=\"Inter\">\n",
            Px(side(options.width)),
            Px(side(options.height)),
            Px(width),
            Px(height),
        ));
    }

    fn metadata(&mut self) {
        let image = self.image;
        let record = serde_json::to_string(image.sources.record).unwrap_or_default();
        let credits = image.about();
        self.put(format_args!("<title>{}</title>\n<desc>{}</desc>\n", Xml(image.title()), Xml(&credits)));
        self.put(format_args!("<metadata>{}</metadata>\n", Xml(&record)));
    }

    fn color(&self, kind: Option<EventType>) -> Color {
        kind.map_or(self.palette.plain_mention, |k| event_color(k, self.image.options.theme))
    }

    fn ring(&mut self, ring: &[ScreenPoint]) {
        for (i, p) in ring.iter().enumerate() {
            self.put(format_args!("{}{} {}", if i == 0 { 'M' } else { 'L' }, Px(p.x), Px(p.y)));
        }
        self.text.push('Z');
    }
}

/// A number with at most two digits behind the point and nothing superfluous.
pub(super) struct Px(pub f64);

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let (sign, n) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
        match (n / 100, n % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// Text with what XML reserves written as entities and what it forbids left out.
pub(super) struct Xml<'a>(pub &'a str);

impl std::fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let of = |n: f64| Px(n).to_string();
        assert_eq!(
            [of(1.0), of(1.5), of(-0.256), of(12.04), of(-0.001)],
            ["1", "1.5", "-0.26", "12.04", "0"]
        );
    }

    #[test]
    fn text_cannot_break_out() {
        assert_eq!(Xml("a<b>&\"c\"\u{1}\n").to_string(), "a&lt;b&gt;&amp;&quot;c&quot; ");
    }
}
