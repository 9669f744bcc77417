//! The picture as PNG: the basemap drawn straight, the rest by resvg with the bundled fonts only,
//! so that the same input gives the same bytes on every computer.

use std::sync::{Arc, OnceLock};

use png::{BitDepth, ColorType, Compression, Encoder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::image::{Image, ImageError};
use super::svg;
use crate::map::frame::Frame;
use crate::map::tile::{TileStyle, render_frames};
use crate::map::{Picture, fonts};

/// Draws a picture and encodes it, credits and run record among its text chunks.
///
/// # Errors
/// [`ImageError`] where the size is out of reason or the encoder fails.
pub fn encode(image: &Image<'_>) -> Result<Vec<u8>, ImageError> {
    let picture = draw(image)?;
    let mut bytes = Vec::with_capacity(1 << 20);
    let mut encoder = Encoder::new(&mut bytes, picture.width, picture.height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    for (key, text) in texts(image) {
        encoder.add_itxt_chunk(key.to_owned(), text)?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque(&picture.rgba))?;
    writer.finish()?;
    Ok(bytes)
}

/// Draws a picture as pixels.
///
/// # Errors
/// [`ImageError`] where the size is out of reason.
pub fn draw(image: &Image<'_>) -> Result<Picture, ImageError> {
    let (width, height) = image.options.pixels()?;
    draw_at(image, width, height)
}

/// Draws a picture as pixels, this wide and high.
pub(super) fn draw_at(image: &Image<'_>, width: u32, height: u32) -> Result<Picture, ImageError> {
    let pixels = f64::from(width) / image.options.points().0;
    // The names are set while the ground is drawn.
    let over = || Tree::from_str(&svg::write(image, svg::Part::OverBasemap, None), options());
    let (pixmap, tree) = rayon::join(|| basemap(image, width, height, pixels), over);
    let (mut pixmap, tree) = (pixmap?, tree.map_err(|e| ImageError::Draw(e.to_string()))?);
    let (sx, sy) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(sx, sy), &mut pixmap.as_mut());
    Ok(Picture { width, height, rgba: pixmap.take() })
}

/// The basemap, each copy of the world over the one before.
fn basemap(image: &Image<'_>, width: u32, height: u32, pixels: f64) -> Result<Pixmap, ImageError> {
    let style = TileStyle { theme: image.options.theme, focus: image.scene.focus.clone() };
    let frames: Vec<Frame> = image
        .view
        .copies()
        .into_iter()
        .map(|shift| Frame::of_view(&image.view, shift).scaled(pixels, f64::from(width), f64::from(height)))
        .collect();
    let picture = render_frames(image.sources.basemap, &style, &frames, pixels as f32);
    let size = resvg::tiny_skia::IntSize::from_wh(width, height);
    size.and_then(|s| Pixmap::from_vec(picture.rgba, s))
        .ok_or(ImageError::Size(u64::from(width), u64::from(height)))
}

/// Rows of red, green and blue: every pixel is opaque.
fn opaque(rgba: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rgba.len() / 4 * 3);
    for pixel in rgba.chunks_exact(4) {
        out.extend_from_slice(pixel.get(..3).unwrap_or(&[]));
    }
    out
}

fn texts(image: &Image<'_>) -> Vec<(&'static str, String)> {
    let record = serde_json::to_string(image.sources.record).unwrap_or_default();
    vec![
        ("Title", image.title().to_owned()),
        ("Copyright", image.about()),
        ("Software", format!("Dateline {}", env!("CARGO_PKG_VERSION"))),
        ("Dateline run record", record),
    ]
}

/// The bundled fonts and no others.
pub(super) fn options() -> &'static Options<'static> {
    static OPTIONS: OnceLock<Options<'static>> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        let mut database = fontdb::Database::new();
        for font in fonts::all() {
            database.load_font_source(fontdb::Source::Binary(Arc::new(font.bytes)));
        }
        database.set_sans_serif_family(fonts::SANS.family);
        Options {
            font_family: fonts::SANS.family.to_owned(),
            fontdb: Arc::new(database),
            ..Options::default()
        }
    })
}
