//! Where everything stands in the window: bars, panels, drawers, dialogs.

use egui::{CentralPanel, Context, Frame, Margin, Panel, Rect, Ui, UiBuilder, pos2};

use super::context::{Cx, Out};
use super::dateline_app::DatelineApp;
use super::look::Look;
use super::map::overlay;
use super::timeline::panel::{self as bars, TimelinePanel};
use super::{export, help, left, quit, right, settings, status, topbar};

/// Below this width the left panel is folded away, in points.
pub(super) const FOLDED: f32 = 1000.0;
/// Below this width the right panel is a drawer, in points.
pub(super) const NARROW: f32 = 800.0;

impl DatelineApp {
    /// Whether the window is so narrow that the left panel is folded away.
    pub(super) fn folded(&self, ctx: &Context) -> bool {
        ctx.content_rect().width() < FOLDED
    }

    /// Whether the window is so narrow that the right panel is a drawer.
    pub(super) fn narrow(&self, ctx: &Context) -> bool {
        ctx.content_rect().width() < NARROW
    }

    /// Makes the right panel seen.
    pub(super) fn open_right(&mut self, ctx: &Context) {
        self.view.right = true;
        self.now.drawer_right = self.narrow(ctx);
    }

    pub(super) fn panels(&mut self, ui: &mut Ui) -> Out {
        let mut out = Out::default();
        let ctx = ui.ctx().clone();
        let (folded, narrow) = (self.folded(&ctx), self.narrow(&ctx));
        let cx = Cx {
            document: &self.document,
            view: &self.view,
            now: &self.now,
            found: &self.found,
            fresh: self.is_fresh(),
            gazetteer: self.engine.gazetteer(),
            jobs: self.jobs.running(),
        };
        let pointed = self.map.pointed();
        let look = Look::of(ui);
        let plain = Frame::NONE.fill(look.panel());
        let bar = Panel::top("top").exact_size(44.0).frame(plain).show_separator_line(true);
        bar.show(ui, |ui| topbar::show(ui, cx, &mut self.search, &mut out));
        let line = Panel::bottom("status").exact_size(24.0).frame(plain);
        line.show(ui, |ui| status::show(ui, cx, pointed, &mut out));
        if cx.view.left && !folded {
            let panel = Panel::left("left").default_size(264.0).size_range(200.0..=400.0).frame(plain);
            panel.show(ui, |ui| left::show(ui, cx, &mut out));
        }
        if cx.view.right && !narrow {
            // The map stays at least as wide as the text beside it.
            let most = (ui.available_width() * 0.5).clamp(300.0, 680.0);
            let panel = Panel::right("right").default_size(440.0).size_range(300.0..=most).frame(plain);
            let parts = &mut self.right;
            panel.show(ui, |ui| right::show(ui, cx, parts, &mut out));
        }
        let height = timeline_panel(ui, cx, &mut self.timeline, plain, &mut out);
        let map = &mut self.map;
        let middle = CentralPanel::no_frame().show(ui, |ui| {
            map.show(ui, cx, &mut out);
            ui.max_rect()
        });
        let area = middle.inner;
        if folded && cx.now.drawer_left {
            let drawer = Rect::from_min_max(area.min, pos2(area.left() + 280.0, area.bottom()));
            float(ui, "left drawer", drawer, |ui| left::show(ui, cx, &mut out));
        }
        if narrow && cx.now.drawer_right {
            let width = (area.width() - 56.0).min(440.0);
            let drawer = Rect::from_min_max(pos2(area.right() - width, area.top()), area.max);
            let parts = &mut self.right;
            float(ui, "right drawer", drawer, |ui| right::show(ui, cx, parts, &mut out));
        }
        if cx.now.export_open {
            let (labels, seen) = (self.map.label_index(), self.map.camera.view().bounds());
            export::show(ui, cx, &mut self.preview, (labels, seen, self.engine.gazetteer()), &mut out);
        } else {
            self.preview.close();
        }
        let (map_problem, cached) = (self.map_problem.as_deref(), self.cached);
        let facts = settings::Facts { map_problem, cached, own: &self.own };
        settings::show(ui, cx, &mut self.typed, facts, &mut out);
        help::show(ui, cx, &mut out);
        quit::show(ui, cx, &mut out);
        if ctx.input(|i| !i.raw.hovered_files.is_empty()) {
            overlay::drop_here(ui, ctx.content_rect());
        }
        if let Some(height) = height.filter(|height| (height - self.view.timeline.height).abs() > 0.5) {
            self.view.timeline.height = height;
            self.dirty = true;
        }
        out
    }
}

/// The timeline under the map; gives its height while it is open.
fn timeline_panel(
    ui: &mut Ui,
    cx: Cx<'_>,
    timeline: &mut TimelinePanel,
    frame: Frame,
    out: &mut Out,
) -> Option<f32> {
    let open = cx.view.timeline.open;
    let panel = Panel::bottom(if open { "timeline" } else { "folded timeline" }).frame(frame);
    let panel = if open {
        panel.resizable(true).default_size(cx.view.timeline.height).size_range(bars::HEIGHTS)
    } else {
        panel.exact_size(bars::FOLDED)
    };
    let shown = panel.show(ui, |ui| timeline.show(ui, cx, out));
    open.then(|| shown.response.rect.height())
}

/// A panel that lies over the map.
fn float(ui: &mut Ui, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    let look = Look::of(ui);
    let area = egui::Area::new(egui::Id::unique(name)).fixed_pos(rect.min).order(egui::Order::Middle);
    area.show(ui.ctx(), |ui| {
        ui.set_clip_rect(rect.expand(24.0));
        ui.painter().add(look.shadow().as_shape(rect, 0));
        ui.painter().rect_filled(rect, 0, look.panel());
        ui.interact(rect, ui.scope_id().with("ground"), egui::Sense::click_and_drag());
        ui.set_clip_rect(rect);
        let inner = Frame::NONE.inner_margin(Margin::ZERO);
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| inner.show(ui, add));
    });
}
