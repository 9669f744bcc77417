//! How the basemap's lines are drawn at each zoom.

use super::basemap::LayerKind;
use super::palette::{Color, Palette};

/// A line's colour, width and dashes, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: f32,
    /// Lengths drawn and left out, where it is dashed.
    pub dash: Option<[f32; 2]>,
}

/// The lines drawn at `zoom`, in the order they are drawn.
pub fn strokes(palette: &Palette, zoom: f64) -> Vec<(LayerKind, Stroke)> {
    let zoom = zoom as f32;
    let mut out = rivers(palette, zoom);
    if zoom >= 3.5 {
        // Provinces of many small states are a mesh from far: there their lines are but a breath.
        let color = palette.land.mixed(palette.province, ((zoom - 2.5) / 4.0).clamp(0.25, 1.0));
        let width = growing(zoom, 0.5, 1.3);
        out.push((LayerKind::Province, Stroke { color, width, dash: None }));
    }
    let width = growing(zoom, 0.7, 2.0);
    let border = Stroke { color: palette.border, width, dash: None };
    out.push((LayerKind::Border, border));
    let disputed = Stroke { dash: Some([width * 2.6, width * 2.2]), width: width * 0.85, ..border };
    out.push((LayerKind::Disputed, disputed));
    out
}

/// Rivers, the lesser ones as there is room for them.
fn rivers(palette: &Palette, zoom: f32) -> Vec<(LayerKind, Stroke)> {
    let all = [(LayerKind::Stream, 6.2, 0.6), (LayerKind::Tributary, 3.6, 0.7), (LayerKind::River, 1.8, 0.8)];
    let shown = all.into_iter().filter(|(_, from, _)| zoom >= *from);
    shown
        .map(|(kind, from, width)| {
            // They fade in over one zoom, so that nothing jumps.
            let color = palette.land.mixed(palette.river, (0.35 + (zoom - from) * 0.65).min(1.0));
            let width = width + (zoom - from).min(8.0) * 0.14;
            (kind, Stroke { color, width, dash: None })
        })
        .collect()
}

/// From `thin` at zoom 1 to `thick` at zoom 9.
fn growing(zoom: f32, thin: f32, thick: f32) -> f32 {
    thin + (thick - thin) * ((zoom - 1.0) / 8.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::palette::Theme;

    #[test]
    fn provinces_come_with_the_zoom_and_disputed_lines_are_dashed() {
        let palette = Palette::of(Theme::Light);
        let kinds = |zoom| strokes(palette, zoom).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        use LayerKind::{Border, Disputed, Province, River, Stream, Tributary};
        assert_eq!(kinds(1.0), [Border, Disputed]);
        assert_eq!(kinds(3.0), [River, Border, Disputed]);
        assert_eq!(kinds(8.0), [Stream, Tributary, River, Province, Border, Disputed]);
        let near = strokes(palette, 6.0);
        assert!(near.iter().all(|(kind, s)| (*kind == LayerKind::Disputed) == s.dash.is_some()));
    }
}
