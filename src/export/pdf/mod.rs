//! The picture as PDF: one page, vectors only, text as text in embedded fonts.
//!
//! - `page` turns the parsed SVG into the page's drawing commands;
//! - `font` keeps count of the letters used and embeds those;
//! - `info` is what stands in the document's information, for readers and programs.
//!
//! No date of making and no random identifier is written: the same input gives the same bytes.

mod font;
mod info;
mod page;

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref};
use resvg::usvg::Tree;

use super::image::{Image, ImageError};
use super::png::options;
use super::svg;
use page::Page;

/// PDF points a pixel: 72 to the inch against 96.
const POINTS: f32 = 0.75;
/// The longest side of a page that readers are bound to show (ISO 32000-1, annex C).
const LONGEST: f32 = 14_400.0;

/// Writes a picture as PDF.
///
/// # Errors
/// [`ImageError::Draw`] where the drawing cannot be read back; a mistake of the program.
pub fn encode(image: &Image<'_>) -> Result<Vec<u8>, ImageError> {
    let drawing = svg::write(image, svg::Part::All, None);
    let tree = Tree::from_str(&drawing, options()).map_err(|e| ImageError::Draw(e.to_string()))?;
    let (width, height) = (image.options.width as f32 * POINTS, image.options.height as f32 * POINTS);
    let shrink = (LONGEST / width.max(height)).min(1.0);
    let size = [width * shrink, height * shrink];
    let page = Page::draw(&tree, size);
    Ok(document(image, page, size))
}

/// Numbers of the objects every document has; fonts come behind them.
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const INFO: Ref = Ref::new(5);
const XMP: Ref = Ref::new(6);
const FIRST_FREE: i32 = 7;

fn document(image: &Image<'_>, page: Page<'_>, [width, height]: [f32; 2]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut next = FIRST_FREE;
    let mut allot = || {
        next += 1;
        Ref::new(next - 1)
    };
    pdf.catalog(CATALOG).pages(PAGES).metadata(XMP);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let fonts: Vec<(String, Ref)> =
        page.fonts.iter().map(|f| (f.name(), f.embed(&mut pdf, &mut allot))).collect();
    let mut head = pdf.page(PAGE);
    head.media_box(Rect::new(0.0, 0.0, width, height)).parent(PAGES).contents(CONTENT);
    let mut resources = head.resources();
    let mut names = resources.fonts();
    for (name, id) in &fonts {
        names.pair(Name(name.as_bytes()), id);
    }
    names.finish();
    let mut states = resources.ext_g_states();
    for (name, [fill, stroke]) in page.opacities() {
        let mut state = states.insert(Name(name.as_bytes())).start::<pdf_writer::writers::ExtGraphicsState>();
        state.non_stroking_alpha(fill).stroking_alpha(stroke);
    }
    states.finish();
    resources.finish();
    head.finish();
    let drawn = deflated(&page.finish());
    pdf.stream(CONTENT, &drawn).filter(Filter::FlateDecode);
    info::write(image, &mut pdf);
    pdf.finish()
}

/// Compressed by zlib.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    // A `Vec` takes all that is written to it.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
