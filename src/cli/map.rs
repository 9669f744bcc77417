//! `dateline map`: the map of articles as a picture, without a window.

use std::path::Path;

use super::args::MapCall;
use super::console::Console;
use super::input::{self, Input};
use super::{CallError, output};
use crate::export::{Image, ImageError, ImageOptions, ImageSources, png};
use crate::map::labels::LabelIndex;
use crate::map::{Basemap, Theme};

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Picture {
    Png,
    Svg,
}

/// Carries out the call.
///
/// # Errors
/// A wrong call, nothing to draw, or a file that cannot be written.
pub fn run(call: &MapCall, console: &mut Console) -> Result<(), CallError> {
    let target = output::file_of(Some(&call.output));
    let picture = picture_of(target)?;
    let (width, height) = call.size;
    let mut options = ImageOptions {
        width,
        height,
        scale: call.scale,
        theme: if call.dark { Theme::Dark } else { Theme::Light },
        bbox: call.bbox,
        title: call.title.clone(),
        ..ImageOptions::default()
    };
    options.pixels().map_err(|error| CallError::Wrong(error.to_string()))?;
    let input = input::read(&call.input, target, console)?;
    if let ([analysed], None) = (&input.project.articles[..], &options.title) {
        options.title.clone_from(&analysed.article.title);
    }
    let bytes = draw(&input, &options, picture)?;
    output::write(target, &bytes)
}

fn draw(input: &Input, options: &ImageOptions, picture: Picture) -> Result<Vec<u8>, CallError> {
    let basemap = Basemap::bundled().map_err(|error| CallError::Failed(error.to_string()))?;
    let labels = LabelIndex::new(input.gazetteer, basemap);
    let sources = ImageSources {
        project: &input.project,
        gazetteer: input.gazetteer,
        basemap,
        labels: &labels,
        record: &input.record,
    };
    let failed = |error: ImageError| CallError::Failed(error.to_string());
    let image = Image::new(sources, options).map_err(failed)?;
    match picture {
        Picture::Png => png::encode(&image).map_err(failed),
        Picture::Svg => Ok(image.svg().into_bytes()),
    }
}

fn picture_of(target: Option<&Path>) -> Result<Picture, CallError> {
    let Some(target) = target else { return Ok(Picture::Svg) };
    let extension = target.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match extension.as_str() {
        "png" => Ok(Picture::Png),
        "svg" => Ok(Picture::Svg),
        "pdf" => Err(CallError::Wrong(
            "this version writes no PDF; write an SVG, which prints as sharply, and convert that".to_owned(),
        )),
        _ => Err(CallError::Wrong(format!(
            "cannot tell the kind of picture from the name {}; let it end in .png or .svg",
            target.display()
        ))),
    }
}
