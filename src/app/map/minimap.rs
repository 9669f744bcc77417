//! A small map of the world that shows where one is; a click goes there.

use egui::{
    ColorImage, CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, WidgetInfo, pos2, vec2,
};

use super::overlay::{self, EDGE};
use super::tools::geo;
use crate::app::command::Command;
use crate::app::context::Out;
use crate::app::look::Look;
use crate::map::frame::Frame;
use crate::map::tile::render_frame;
use crate::map::view::{mercator_x, mercator_y};
use crate::map::{Basemap, Theme, TileStyle, View};
use crate::places::LonLat;

/// Its side, in points: the world between about 75° N and 60° S.
const WIDTH: f32 = 168.0;
const HEIGHT: f32 = 108.0;
/// Share of the Mercator world above the upper edge.
const ABOVE: f32 = 0.16;

/// The picture of the world, drawn once for a theme.
#[derive(Default)]
pub struct Minimap {
    drawn: Option<(Theme, u32, TextureHandle)>,
}

impl Minimap {
    /// Shows it at the lower right.
    pub fn show(&mut self, ui: &mut Ui, rect: Rect, view: &View, out: &mut Out) -> Option<Rect> {
        if rect.width() < 460.0 || rect.height() < 320.0 {
            return None;
        }
        let low = pos2(rect.right() - EDGE, rect.bottom() - 34.0);
        let card = Rect::from_min_max(low - vec2(WIDTH, HEIGHT), low);
        overlay::paint_float(ui, card);
        let inner = card.shrink(3.0);
        let texture = self.texture(ui)?;
        let side = inner.width();
        let share = inner.height() / side;
        let part = Rect::from_min_max(pos2(0.0, ABOVE), pos2(1.0, ABOVE + share));
        egui::Image::new(&texture).uv(part).corner_radius(CornerRadius::same(8)).paint_at(ui, inner);
        let on =
            |x: f64, y: f64| pos2(inner.left() + x as f32 * side, inner.top() + (y as f32 - ABOVE) * side);
        let (width, height) = (view.width / view.world(), view.height / view.world());
        let (x, y) = (mercator_x(view.center.lon), mercator_y(view.center.lat));
        let seen =
            Rect::from_min_max(on(x - width / 2.0, y - height / 2.0), on(x + width / 2.0, y + height / 2.0));
        let seen = Rect::from_center_size(seen.center(), seen.size().max(vec2(6.0, 6.0)));
        let accent = Look::of(ui).accent();
        let painter = ui.painter_at(inner);
        for shift in [-side, 0.0, side] {
            let copy = seen.translate(vec2(shift, 0.0));
            painter.rect(copy, 1, accent.gamma_multiply(0.15), Stroke::new(1.5, accent), StrokeKind::Middle);
        }
        let response = ui.interact(card, ui.scope_id().with("minimap"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Small map of the world"));
        if let Some(at) = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged())
        {
            out.send(Command::LookAt(at_point(inner, at)));
        }
        response.on_hover_cursor(CursorIcon::PointingHand);
        Some(card)
    }

    fn texture(&mut self, ui: &Ui) -> Option<TextureHandle> {
        let theme = Look::of(ui).theme();
        let pixels = (WIDTH * ui.pixels_per_point()).round() as u32;
        if let Some((drawn, size, texture)) = &self.drawn
            && (*drawn, *size) == (theme, pixels)
        {
            return Some(texture.clone());
        }
        let map = Basemap::bundled().ok()?;
        let style = TileStyle { theme, focus: Vec::new() };
        let picture = render_frame(map, &style, &Frame::of_tile(0, 0, 0, f64::from(pixels)), 0.6);
        let size = [picture.width as usize, picture.height as usize];
        let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
        let texture = ui.ctx().load_texture("minimap", image, TextureOptions::LINEAR);
        self.drawn = Some((theme, pixels, texture.clone()));
        Some(texture)
    }
}

/// What lies at a point of the small map.
fn at_point(inner: Rect, at: egui::Pos2) -> LonLat {
    let side = f64::from(inner.width());
    let world = View { center: LonLat::default(), zoom: (side / 256.0).log2(), width: side, height: side };
    let moved = at + vec2(0.0, ABOVE * inner.width());
    geo(Rect::from_min_size(inner.min, vec2(inner.width(), inner.width())), &world, moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_goes_where_it_points() {
        let inner = Rect::from_min_size(pos2(0.0, 0.0), vec2(160.0, 100.0));
        let middle = at_point(inner, pos2(80.0, 80.0 - ABOVE * 160.0));
        assert!(middle.lon.abs() < 0.01 && middle.lat.abs() < 0.01, "{middle:?}");
        let east = at_point(inner, pos2(120.0, 80.0 - ABOVE * 160.0));
        assert!((east.lon - 90.0).abs() < 0.01, "{east:?}");
    }
}
