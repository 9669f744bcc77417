//! From the bytes of a tile to its picture.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{SourceError, vector};
use crate::map::palette::Palette;
use crate::map::tile::{MAX_TILE_PX, Picture, TileId, TileStyle};

/// The most bytes a tile may unpack to, and the longest side of its picture.
const MOST_BYTES: u64 = 32 << 20;
const LONGEST: u32 = 4096;

/// Which part of a tile is wanted: all of it, or a square to be enlarged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// Parts a side.
    pub parts: f32,
    /// Its column and row among them.
    pub at: [f32; 2],
}

impl Part {
    /// All of a tile.
    const ALL: Self = Self { parts: 1.0, at: [0.0, 0.0] };

    /// The part that the tile `id` is of its ancestor `over` zooms up.
    pub fn of(id: TileId, over: u8) -> Self {
        let parts = 1_u32 << over.min(20);
        Self { parts: parts as f32, at: [(id.x % parts) as f32, (id.y % parts) as f32] }
    }

    /// From a picture's pixels, `side` a side, to those of the part at `size`.
    pub fn transform(self, side: f32, size: f32) -> Transform {
        let scale = size * self.parts / side;
        Transform::from_row(scale, 0.0, 0.0, scale, -self.at[0] * size, -self.at[1] * size)
    }
}

/// Draws a tile from its bytes, whatever a server or file calls them: PNG, JPEG, WebP, or a
/// vector tile, packed by gzip or not.
///
/// # Errors
/// [`SourceError::Tile`] where they are none of these, or damaged.
pub fn decode(bytes: &[u8], id: TileId, style: &TileStyle, size_px: u32) -> Result<Picture, SourceError> {
    decode_part(&unpacked(bytes)?, id, Part::ALL, style, size_px)
}

/// The bytes, unpacked where gzip packed them.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, SourceError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(MOST_BYTES + 1).read_to_end(&mut out);
    match read {
        Ok(n) if n as u64 > MOST_BYTES => Err(wrong("it unpacks to more than 32 MB")),
        Ok(_) => Ok(out),
        Err(error) => Err(wrong(format!("its gzip packing is damaged ({error})"))),
    }
}

fn wrong(found: impl Into<String>) -> SourceError {
    SourceError::Tile(found.into())
}

/// Draws a part of a tile.
pub(super) fn decode_part(
    bytes: &[u8],
    id: TileId,
    part: Part,
    style: &TileStyle,
    size_px: u32,
) -> Result<Picture, SourceError> {
    let size = size_px.clamp(1, MAX_TILE_PX);
    let raster = match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes)?,
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes)?,
        _ => return vector::draw(bytes, id, part, style, size).ok_or_else(|| wrong(strange(bytes))),
    };
    let mut out = Pixmap::new(size, size).ok_or_else(|| wrong("no room for it"))?;
    let [r, g, b, a] = Palette::of(style.theme).land.0;
    out.fill(tiny_skia::Color::from_rgba8(r, g, b, a));
    let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
    let transform = part.transform(raster.width() as f32, size as f32);
    out.draw_pixmap(0, 0, raster.as_ref(), &paint, transform, None);
    Ok(Picture { width: size, height: size, rgba: out.take() })
}

/// What bytes that are no tile look like: servers answer errors with pages.
fn strange(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..64).unwrap_or(bytes)).to_lowercase();
    let head = head.trim_start();
    if bytes.is_empty() {
        "it is empty".to_owned()
    } else if head.starts_with("<!doctype") || head.starts_with("<html") || head.starts_with("<?xml") {
        "a web page stands in its place; check the address of the server, and whether it wants a key"
            .to_owned()
    } else if head.starts_with('{') {
        "a message stands in its place; check the address of the server, and whether it wants a key"
            .to_owned()
    } else {
        "it is neither PNG, JPEG, WebP nor a vector tile".to_owned()
    }
}

/// A pixmap of straight RGBA.
fn pixmap(mut rgba: Vec<u8>, width: u32, height: u32) -> Result<Pixmap, SourceError> {
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = u16::from(pixel.last().copied().unwrap_or(255));
        if alpha < 255 {
            pixel.iter_mut().take(3).for_each(|c| *c = (u16::from(*c) * alpha / 255) as u8);
        }
    }
    let size = IntSize::from_wh(width, height);
    size.and_then(|s| Pixmap::from_vec(rgba, s)).ok_or_else(|| wrong("its picture has no size"))
}

fn sized(width: u32, height: u32) -> Result<(), SourceError> {
    if width <= LONGEST && height <= LONGEST {
        return Ok(());
    }
    Err(wrong(format!("it has {width} × {height} pixels, more than {LONGEST} a side")))
}

fn png(bytes: &[u8]) -> Result<Pixmap, SourceError> {
    let failed = |error: png::DecodingError| wrong(format!("its PNG is damaged ({error})"));
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(failed)?;
    let (width, height) = reader.info().size();
    sized(width, height)?;
    let length = reader.output_buffer_size().ok_or_else(|| wrong("its PNG is too large"))?;
    let mut data = vec![0; length];
    let info = reader.next_frame(&mut data).map_err(failed)?;
    data.truncate(info.buffer_size());
    let rgba = match info.color_type {
        png::ColorType::GrayscaleAlpha => {
            data.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect()
        }
        _ => data,
    };
    pixmap(rgba, width, height)
}

fn jpeg(bytes: &[u8]) -> Result<Pixmap, SourceError> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGBA)
        .set_max_width(LONGEST as usize)
        .set_max_height(LONGEST as usize);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    let rgba = decoder.decode().map_err(|error| wrong(format!("its JPEG is damaged ({error})")))?;
    let info = decoder.info().ok_or_else(|| wrong("its JPEG has no size"))?;
    pixmap(rgba, u32::from(info.width), u32::from(info.height))
}

fn webp(bytes: &[u8]) -> Result<Pixmap, SourceError> {
    let failed = |error: image_webp::DecodingError| wrong(format!("its WebP is damaged ({error})"));
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(failed)?;
    let (width, height) = decoder.dimensions();
    sized(width, height)?;
    let length = decoder.output_buffer_size().ok_or_else(|| wrong("its WebP is too large"))?;
    let mut data = vec![0; length];
    decoder.read_image(&mut data).map_err(failed)?;
    let rgba = if decoder.has_alpha() {
        data
    } else {
        data.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect()
    };
    pixmap(rgba, width, height)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A PNG of 4 × 4 pixels of one colour.
    pub fn png([r, g, b]: [u8; 3]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 4, 4);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[r, g, b].repeat(16)).unwrap();
        writer.finish().unwrap();
        bytes
    }

    /// A vector tile whose left half is water.
    pub fn vector_tile() -> Vec<u8> {
        // Move to (0, 0), draw to (2048, 0), (2048, 4096), (0, 4096), close.
        let geometry = [9, 0, 0, 26, 0x80, 0x20, 0, 0, 0x80, 0x40, 0xff, 0x1f, 0, 15];
        let mut feature = vec![0x18, 3, 0x22, geometry.len() as u8];
        feature.extend(geometry);
        let mut layer = vec![0x0a, 5];
        layer.extend(b"water");
        layer.extend([0x12, feature.len() as u8]);
        layer.extend(feature);
        let mut tile = vec![0x1a, layer.len() as u8];
        tile.extend(layer);
        tile
    }

    fn drawn(bytes: &[u8]) -> Result<Picture, SourceError> {
        decode(bytes, TileId { z: 3, x: 1, y: 1 }, &TileStyle::default(), 32)
    }

    #[test]
    fn a_png_fills_the_tile() {
        let picture = drawn(&png([10, 200, 30])).unwrap();
        assert_eq!((picture.width, picture.rgba.len()), (32, 32 * 32 * 4));
        assert_eq!(picture.rgba[4 * 500..4 * 500 + 4], [10, 200, 30, 255]);
    }

    #[test]
    fn a_vector_tile_has_water_on_its_left() {
        let picture = drawn(&vector_tile()).unwrap();
        let palette = Palette::of(crate::map::Theme::Light);
        assert_eq!(picture.rgba[..4], palette.water.0);
        assert_eq!(picture.rgba[4 * 30..4 * 31], palette.land.0);
    }

    #[test]
    fn what_is_no_tile_is_told_with_a_reason() {
        let told = |bytes: &[u8]| drawn(bytes).unwrap_err().to_string();
        assert!(told(b"<!DOCTYPE html><html>404").contains("web page"));
        assert!(told(b"{\"error\":\"no key\"}").contains("message"));
        assert!(told(b"\x89PNG\r\n\x1a\nbroken").contains("PNG is damaged"));
        assert!(told(&[0xff, 0xd8, 0xff, 0xe0, 0, 1]).contains("JPEG"));
        assert!(told(b"RIFF\x10\0\0\0WEBPVP8 rubbish").contains("WebP is damaged"));
        assert!(told(&[0x1f, 0x8b, 8, 0, 1]).contains("gzip"));
        assert!(told(b"\x01\x02rubbish").contains("neither"));
    }

    #[test]
    fn a_part_is_a_square_of_its_ancestor() {
        let part = Part::of(TileId { z: 5, x: 13, y: 22 }, 2);
        assert_eq!((part.parts, part.at), (4.0, [1.0, 2.0]));
        let t = part.transform(256.0, 512.0);
        assert_eq!((t.sx, t.tx, t.ty), (8.0, -512.0, -1024.0));
    }
}
