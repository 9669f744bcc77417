//! Land, water and boundaries of a picture as SVG paths.

use std::fmt::Write;

use super::Px;
use crate::export::image::Image;
use crate::map::basemap::{LayerKind, Level};
use crate::map::frame::{Frame, Pen, Scratch};
use crate::map::strokes::strokes;
use crate::map::{Palette, tile};

/// Writes the basemap of a picture: land, countries in focus kept to it, lakes, lines.
pub(super) fn write(image: &Image<'_>, palette: &Palette, out: &mut String) {
    let level = Level::of_zoom(image.view.zoom);
    let put = |out: &mut String, text: std::fmt::Arguments<'_>| {
        let _ = out.write_fmt(text);
    };
    put(out, format_args!("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", palette.water.hex()));
    let land = layer(image, LayerKind::Land, level);
    let fill = |color: &str| format!("fill=\"{color}\" fill-rule=\"evenodd\"");
    put(out, format_args!("<path id=\"land\" d=\"{land}\" {}/>\n", fill(&palette.land.hex())));
    let focus = focus(image);
    if !focus.is_empty() {
        out.push_str("<clipPath id=\"on-land\"><use href=\"#land\" clip-rule=\"evenodd\"/></clipPath>\n");
        let style = fill(&palette.land_focus.hex());
        put(out, format_args!("<path clip-path=\"url(#on-land)\" d=\"{focus}\" {style}/>\n"));
    }
    let lakes = layer(image, LayerKind::Lake, level);
    put(out, format_args!("<path d=\"{lakes}\" {}/>\n", fill(&palette.water.hex())));
    for (kind, stroke) in strokes(palette, image.view.zoom) {
        let lines = layer(image, kind, level);
        let dash = stroke.dash.map_or(String::new(), |[on, off]| {
            format!(" stroke-dasharray=\"{} {}\"", Px(f64::from(on)), Px(f64::from(off)))
        });
        let (color, width) = (stroke.color.hex(), Px(f64::from(stroke.width)));
        put(
            out,
            format_args!(
                "<path d=\"{lines}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dash}/>\n"
            ),
        );
    }
}

fn frames(image: &Image<'_>) -> impl Iterator<Item = Frame> {
    let view = image.view;
    view.copies().into_iter().map(move |shift| Frame::of_view(&view, shift))
}

fn layer(image: &Image<'_>, kind: LayerKind, level: Level) -> String {
    let (mut path, mut scratch) = (PathText::default(), Scratch::default());
    let filled = matches!(kind, LayerKind::Land | LayerKind::Lake);
    for frame in frames(image) {
        image.sources.basemap.visit(kind, level, &frame.window(), &mut |shape| {
            if filled {
                frame.ring(shape, &mut scratch, &mut path);
            } else {
                frame.line(shape, &mut scratch, &mut path);
            }
        });
    }
    path.text
}

fn focus(image: &Image<'_>) -> String {
    let (mut path, mut scratch) = (PathText::default(), Scratch::default());
    for frame in frames(image) {
        for code in &image.scene.focus {
            tile::focus_rings(image.sources.basemap, code, &frame, &mut |ring| {
                frame.ring(ring, &mut scratch, &mut path);
            });
        }
    }
    path.text
}

/// A path in SVG's own words: steps of tenths of a point, relative to the point before.
#[derive(Default)]
struct PathText {
    text: String,
    at: [i32; 2],
}

impl PathText {
    fn step(&mut self, command: char, x: f32, y: f32) {
        let to = [(x * 10.0).round() as i32, (y * 10.0).round() as i32];
        let (dx, dy) = (to[0] - self.at[0], to[1] - self.at[1]);
        if command == 'l' && dx == 0 && dy == 0 {
            return;
        }
        let px = |tenths: i32| Px(f64::from(tenths) / 10.0);
        let gap = if dy < 0 { "" } else { " " };
        let _ = write!(self.text, "{command}{}{gap}{}", px(dx), px(dy));
        self.at = to;
    }
}

impl Pen for PathText {
    fn move_to(&mut self, x: f32, y: f32) {
        // Relative moves start from the last point, also after a `z`: so write absolute ones.
        let to = [(x * 10.0).round() as i32, (y * 10.0).round() as i32];
        let px = |tenths: i32| Px(f64::from(tenths) / 10.0);
        let _ = write!(self.text, "M{} {}", px(to[0]), px(to[1]));
        self.at = to;
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.step('l', x, y);
    }
    fn close(&mut self) {
        self.text.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_in_small_steps() {
        let mut path = PathText::default();
        path.move_to(10.04, 5.0);
        path.line_to(12.0, 4.5);
        path.line_to(12.01, 4.5);
        path.close();
        path.move_to(0.0, -1.0);
        assert_eq!(path.text, "M10 5l2-0.5zM0 -1");
    }
}
