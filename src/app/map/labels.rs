//! The names on the map: placed for more than is seen, so that they stay put while it is dragged.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc as Shared, OnceLock};
use std::thread;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Galley, Painter, Pos2, Rect, Ui, vec2};

use super::markers::{Spot, screen_of};
use crate::app::bidi;
use crate::app::jobs::Waker;
use crate::app::look::{self, Look};
use crate::map::Basemap;
use crate::map::LabelIndex;
use crate::map::fonts::Face;
use crate::map::labels::{Label, LabelRequest, LabelStyle, Named, ScreenBox, labels};
use crate::map::scene::Arc;
use crate::map::shapes::Arrow;
use crate::map::view::{ScreenPoint, View};
use crate::places::{Gazetteer, LonLat};

/// How far beyond the view names are placed, in points.
pub const MARGIN: f64 = 240.0;

/// Names keep clear of so many arrows; with more of them there would be no names.
const MOST_ARROWS: usize = 40;

/// The names, placed once for a view and moved along with it.
pub struct Labels {
    index: Shared<OnceLock<Shared<LabelIndex>>>,
    gazetteer: &'static Gazetteer,
    placed: Option<Placed>,
    widths: RefCell<HashMap<u64, f32>>,
}

/// What the names are painted on.
#[derive(Debug, Clone, Copy)]
pub enum Ground<'a> {
    /// A map without names.
    Bare,
    /// A map with names of its own, but for where the bundled one stands in.
    Named(&'a [Rect]),
}

impl Ground<'_> {
    /// Whether a name of ours is wanted there: not where another map has names.
    fn wants(self, name: Rect) -> bool {
        match self {
            Self::Bare => true,
            Self::Named(bare) => {
                let corners = [name.left_top(), name.right_top(), name.left_bottom(), name.right_bottom()];
                let points = corners.into_iter().chain([name.center()]);
                points.into_iter().all(|point| bare.iter().any(|tile| tile.contains(point)))
            }
        }
    }
}

/// Which markers the names were placed around, and in which script they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Counts the changes of the markers.
    pub generation: u64,
    /// Whether names are in the script of their country.
    pub native: bool,
}

struct Placed {
    view: View,
    of: Shown,
    glyphs: u64,
    labels: Vec<(Label, Shared<Galley>)>,
}

impl Labels {
    /// Gets the names ready in the background.
    pub fn new(waker: &Waker, gazetteer: &'static Gazetteer) -> Self {
        let index = Shared::new(OnceLock::new());
        let (made, waker) = (Shared::clone(&index), Shared::clone(waker));
        // Without the thread the map has no names; everything else works.
        let _ = thread::Builder::new().name("labels".to_owned()).spawn(move || {
            if let Ok(map) = Basemap::bundled() {
                made.get_or_init(|| Shared::new(LabelIndex::new(gazetteer, map)));
                waker();
            }
        });
        Self { index, gazetteer, placed: None, widths: RefCell::default() }
    }

    /// The names that may be written, once they are ready.
    pub fn index(&self) -> Option<Shared<LabelIndex>> {
        self.index.get().cloned()
    }

    /// Whether the names are ready.
    pub fn ready(&self) -> bool {
        self.index.get().is_some()
    }

    /// Places the names anew where those placed before do not serve.
    pub fn place(
        &mut self,
        painter: &Painter,
        view: &View,
        (spots, arcs): (&[Spot], &[Arc]),
        of: Shown,
        still: bool,
    ) {
        let Some(index) = self.index.get() else { return };
        let glyphs = look::glyphs(painter.ctx());
        let serves = self
            .placed
            .as_ref()
            .is_some_and(|placed| placed.glyphs == glyphs && placed.serves(view, of, still));
        if serves {
            return;
        }
        let wide = View { width: view.width + 2.0 * MARGIN, height: view.height + 2.0 * MARGIN, ..*view };
        let named: Vec<Named> = spots.iter().filter_map(|spot| named(spot, &wide)).collect();
        let arrows = arcs.iter().filter_map(|arc| Arrow::between(&wide, arc.from, arc.to, [14.0, 14.0]));
        let kept_free: Vec<ScreenBox> = arrows.take(MOST_ARROWS).flat_map(|arrow| arrow.boxes()).collect();
        let request = LabelRequest { view: &wide, obstacles: &kept_free, named: &named, native: of.native };
        let measure = |text: &str, size: f32, face: Face| self.width(painter, text, size, face);
        let found = labels(index, self.gazetteer, &request, &measure);
        let set = found.into_iter().map(|label| {
            let galley = painter.layout_job(job(&label));
            (label, galley)
        });
        let labels = set.collect();
        self.placed = Some(Placed { view: wide, of, glyphs, labels });
    }

    /// Paints the names where the view has them now, but for those that would stick out from under
    /// what floats over the map.
    /// On a map with names of its own only those of markers are painted, and those that lie where the
    /// bundled map stands in for it.
    pub fn paint(&self, ui: &Ui, rect: Rect, view: &View, floats: &[Rect], ground: Ground<'_>) {
        let Some(placed) = &self.placed else { return };
        let look = Look::of(ui);
        let middle = ScreenPoint::new(placed.view.width / 2.0, placed.view.height / 2.0);
        let grown = (view.zoom - placed.view.zoom).exp2() as f32;
        let origin = screen_of(rect, view, placed.view.center);
        let at = |p: ScreenPoint| origin + vec2((p.x - middle.x) as f32, (p.y - middle.y) as f32) * grown;
        for (label, galley) in &placed.labels {
            let left = at(label.at) - vec2(0.0, galley.size().y / 2.0);
            let covers = Rect::from_min_size(left, galley.size());
            if !label.marks && !ground.wants(covers) {
                continue;
            }
            // The lines of a country's name are seen together or not at all.
            let lines = if label.style == LabelStyle::Country { label.size * 1.3 } else { 0.0 };
            let kept = covers.expand2(vec2(3.0, 3.0 + lines));
            if !rect.intersects(covers) || floats.iter().any(|float| float.intersects(kept)) {
                continue;
            }
            if let Some(dot) = label.dot {
                let (radius, color) = (label.style.dot_radius(), look.of_label(label.style));
                ui.painter().circle(at(dot), radius, color, egui::Stroke::new(1.0, look.halo()));
            }
            paint_one(ui.painter(), look, label.style, left, galley);
        }
    }

    fn width(&self, painter: &Painter, text: &str, size: f32, face: Face) -> f32 {
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        (text, size.to_bits(), face).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(&width) = self.widths.borrow().get(&key) {
            return width;
        }
        let width = painter.layout_no_wrap(text.to_owned(), font(size, face), Color32::PLACEHOLDER).size().x;
        self.widths.borrow_mut().insert(key, width);
        width
    }
}

impl Placed {
    /// Whether the names still fit: the same places at the same zoom, and no edge in sight. While
    /// the zoom changes they are moved along and placed anew at its end.
    fn serves(&self, view: &View, of: Shown, still: bool) -> bool {
        let same_zoom = (self.view.zoom - view.zoom).abs() < 1e-9;
        if !still || !same_zoom {
            return !still;
        }
        if self.of != of {
            return false;
        }
        let seen = self.view.screen_from_geo(view.center);
        let moved = ((seen.x - self.view.width / 2.0).abs(), (seen.y - self.view.height / 2.0).abs());
        let (spare_x, spare_y) =
            ((self.view.width - view.width) / 2.0, (self.view.height - view.height) / 2.0);
        moved.0 < spare_x - 40.0 && moved.1 < spare_y - 20.0 && spare_x > 0.0 && spare_y > 0.0
    }
}

fn named(spot: &Spot, wide: &View) -> Option<Named> {
    let at: LonLat = spot.geo;
    Some(Named {
        name: spot.label(),
        place: spot.chief?,
        at: wide.screen_from_geo(at),
        radius: f64::from(spot.reach()),
        happened: spot.kind.is_some(),
    })
}

fn font(size: f32, face: Face) -> FontId {
    let family = match face {
        Face::Regular => FontFamily::Proportional,
        Face::SemiBold => look::semibold(),
        Face::Italic => look::italic(),
    };
    FontId::new(size, family)
}

fn job(label: &Label) -> LayoutJob {
    let format = TextFormat {
        font_id: font(label.size, label.style.face()),
        extra_letter_spacing: label.spacing,
        color: Color32::PLACEHOLDER,
        ..Default::default()
    };
    LayoutJob::single_section(bidi::line(&label.text), format)
}

fn paint_one(painter: &Painter, look: Look, style: LabelStyle, at: Pos2, galley: &Shared<Galley>) {
    let color = look.of_label(style);
    let around = if style == LabelStyle::Water { look.water() } else { look.halo() };
    let halo = around.gamma_multiply(0.85);
    for (dx, dy) in [(-1.2, 0.0), (1.2, 0.0), (0.0, -1.2), (0.0, 1.2), (-0.9, -0.9), (0.9, 0.9)] {
        painter.galley(at + vec2(dx, dy), Shared::clone(galley), halo);
    }
    painter.galley(at, Shared::clone(galley), color);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(generation: u64) -> Shown {
        Shown { generation, native: false }
    }

    fn placed() -> Placed {
        let view = View { center: LonLat::new(69.0, 34.0), zoom: 6.0, width: 1180.0, height: 1080.0 };
        Placed { view, of: shown(1), glyphs: 0, labels: Vec::new() }
    }

    fn view(lon: f64, zoom: f64) -> View {
        View { center: LonLat::new(lon, 34.0), zoom, width: 700.0, height: 600.0 }
    }

    #[test]
    fn names_stay_put_while_the_map_is_dragged_a_little() {
        assert!(placed().serves(&view(69.3, 6.0), shown(1), true));
        assert!(!placed().serves(&view(75.0, 6.0), shown(1), true));
    }

    #[test]
    fn a_map_with_names_gets_ours_only_where_the_bundled_one_stands_in() {
        let tile = |x: f32| Rect::from_min_size(Pos2::new(x, 0.0), vec2(100.0, 100.0));
        let name = |x: f32| Rect::from_min_size(Pos2::new(x, 40.0), vec2(50.0, 14.0));
        let bare = [tile(0.0), tile(100.0)];
        let ground = Ground::Named(&bare);
        assert!(ground.wants(name(20.0)) && ground.wants(name(80.0)), "also over two tiles");
        assert!(!ground.wants(name(170.0)) && !ground.wants(name(230.0)));
        assert!(Ground::Bare.wants(name(230.0)));
    }

    #[test]
    fn names_are_placed_anew_once_the_zoom_rests() {
        assert!(placed().serves(&view(69.0, 6.5), shown(1), false));
        assert!(!placed().serves(&view(69.0, 6.5), shown(1), true));
        assert!(!placed().serves(&view(69.0, 6.0), shown(2), true));
    }
}
