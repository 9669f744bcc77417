//! `dateline map`: the map of articles as a picture, without a window.

use std::path::Path;

use super::args::MapCall;
use super::console::Console;
use super::input::{self, Input};
use super::{CallError, output};
use crate::export::{Image, ImageError, ImageOptions, ImageSources, PictureKind};
use crate::map::{Basemap, LabelIndex, SceneOptions, Theme};

/// Carries out the call.
///
/// # Errors
/// A wrong call, nothing to draw, or a file that cannot be written.
pub fn run(call: &MapCall, console: &mut Console) -> Result<(), CallError> {
    let target = output::file_of(Some(&call.output));
    let kind = kind_of(target)?;
    let mut options = options(call);
    options.pixels().map_err(|error| CallError::Wrong(error.to_string()))?;
    let input = input::read(&call.input, target, console)?;
    if let ([analysed], None) = (&input.project.articles[..], &options.title) {
        options.title.clone_from(&analysed.article.title);
    }
    options.scene.period = input.project.period;
    options.reviewed |= input.project.is_reviewed();
    let bytes = draw(&input, &options, kind)?;
    output::write(target, &bytes)
}

fn options(call: &MapCall) -> ImageOptions {
    let (width, height) = call.page.map_or(call.size, |page| page.pixels(!call.portrait));
    ImageOptions {
        width,
        height,
        scale: call.scale,
        theme: if call.dark { Theme::Dark } else { call.style },
        bbox: call.bbox,
        title: call.title.clone(),
        subtitle: call.subtitle.clone(),
        caption: call.caption.clone(),
        legend: call.legend,
        scale_bar: call.scale_bar,
        north: call.north,
        dates: call.dates,
        key: call.key,
        layer: call.layer,
        native: call.native,
        scene: SceneOptions::default(),
        reviewed: call.reviewed,
    }
}

fn draw(input: &Input, options: &ImageOptions, kind: PictureKind) -> Result<Vec<u8>, CallError> {
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
    image.encode(kind).map_err(failed)
}

fn kind_of(target: Option<&Path>) -> Result<PictureKind, CallError> {
    let Some(target) = target else { return Ok(PictureKind::Svg) };
    PictureKind::of_path(target).ok_or_else(|| {
        CallError::Wrong(format!(
            "cannot tell the kind of picture from the name {}; let it end in .png, .svg or .pdf",
            target.display()
        ))
    })
}
