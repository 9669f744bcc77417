//! The map, put together: gestures by walkers, our own tiles, what happened, what floats.

use std::sync::Arc;

use egui::{PointerButton, Rect, Response, Ui, vec2};
use walkers::{Map, lon_lat};

use super::camera::{Camera, NEAREST};
use super::clusters::Clusters;
use super::happenings::{Areas, arrows};
use super::labels::{self, Ground, Labels};
use super::layers::Layers;
use super::legend::Signs;
use super::markers::{self, Spot, screen_of};
use super::minimap::Minimap;
use super::tiles::{Cover, Tiles};
use super::tools::{self, Drawing};
use super::{card, fit, graticule, legend, overlay, spread};
use crate::app::command::Command;
use crate::app::context::{Cx, Out};
use crate::app::jobs::Waker;
use crate::app::look::Look;
use crate::app::state::{Go, Motion, Tool};
use crate::map::LabelIndex;
use crate::map::cluster::Cluster;
use crate::map::scale_bar::ScaleBar;
use crate::map::scene::Marker;
use crate::map::source::{SourceInfo, TileSource};
use crate::map::view::MAX_ZOOM;
use crate::map::{Bounds, MapLayer, ScreenPoint, TileStyle, View};
use crate::places::{Gazetteer, LonLat, Precision};

/// The map with its camera and tiles.
pub struct MapPanel {
    /// Where it looks.
    pub camera: Camera,
    tiles: Tiles,
    labels: Labels,
    areas: Areas,
    clusters: Clusters,
    layers: Layers,
    minimap: Minimap,
    drawing: Drawing,
    /// What lay under the pointer last.
    pointed: Option<LonLat>,
    /// What the map is drawn on, where it is not that of the program.
    ground: Option<SourceInfo>,
    /// Why the map that was chosen cannot be had.
    problem: Option<String>,
    /// The countries set off from the others.
    focus: Vec<String>,
    /// Whether the keyboard is on a marker.
    keyboard: bool,
    spots: Vec<Spot>,
    /// The marker under the pointer or with the keyboard.
    hovered: Option<Spot>,
    /// What floated over the map in the last frame.
    floating: Vec<Rect>,
}

/// Stands for the clusters where no markers are drawn, so that none of their names is kept.
const NAMELESS: u64 = u64::MAX;

/// Zoom steps of one notch of the wheel, which egui tells as 40 points.
const WHEEL: f64 = 0.5 / 40.0;
/// After this many seconds without zooming the tiles are drawn at just their size.
const STILL: f64 = 0.12;

impl MapPanel {
    /// A map of the world.
    pub fn new(waker: &Waker, gazetteer: &'static Gazetteer) -> Self {
        Self {
            camera: Camera::default(),
            tiles: Tiles::new(waker),
            labels: Labels::new(waker, gazetteer),
            areas: Areas::default(),
            clusters: Clusters::new(waker),
            layers: Layers::new(waker),
            minimap: Minimap::default(),
            drawing: Drawing::default(),
            pointed: None,
            ground: None,
            problem: None,
            focus: Vec::new(),
            keyboard: false,
            spots: Vec::new(),
            hovered: None,
            floating: Vec::new(),
        }
    }

    /// Draws on another map; on that of the program with none, and says why where another was
    /// wanted.
    pub fn set_source(&mut self, source: Option<Arc<dyn TileSource>>, problem: Option<String>) {
        self.problem = problem.map(|why| format!("{why}. {STANDS_IN}; Ctrl+, has the settings"));
        let info = source.as_ref().map(|source| source.about().clone());
        self.camera.set_nearest(info.as_ref().map_or(NEAREST, |info| f64::from(info.most_zoom)));
        self.ground = info;
        self.tiles.set_source(source);
    }

    /// Why the chosen map, or a part of it, is not seen.
    pub fn trouble(&self) -> Option<String> {
        if let Some(problem) = &self.problem {
            return Some(problem.clone());
        }
        let cover = self.tiles.cover();
        match (self.tiles.trouble(), self.ground.as_ref()) {
            (Some(why), _) if cover == Cover::Whole => Some(why.to_owned()),
            (Some(why), _) => Some(format!("{why}. {STANDS_IN}")),
            (None, Some(ground)) if cover == Cover::Nothing => {
                Some(format!("{}. {STANDS_IN}", nothing_here(ground)))
            }
            (None, _) => None,
        }
    }

    /// The markers as they stood in the last frame, in points of the window.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// Whether the basemap is drawn and nothing moves.
    pub fn settled(&self) -> bool {
        self.tiles.settled()
            && !self.camera.flying()
            && self.labels.ready()
            && !self.clusters.is_busy()
            && !self.layers.is_busy()
    }

    /// What lies under the pointer, or lay there last.
    pub fn pointed(&self) -> Option<LonLat> {
        self.pointed
    }

    /// Whether the keyboard is on a marker.
    pub fn has_keyboard(&self) -> bool {
        self.keyboard
    }

    /// The names of the map, once they are ready.
    pub fn label_index(&self) -> Option<Arc<LabelIndex>> {
        self.labels.index()
    }

    /// Sends the map to a point that is out of sight; one that is seen stays where it is.
    pub fn bring_into_sight(&self, at: LonLat, go: &mut Option<Go>) {
        let view = self.camera.view();
        let point = view.screen_from_geo(at);
        let seen =
            (30.0..view.width - 30.0).contains(&point.x) && (30.0..view.height - 30.0).contains(&point.y);
        if !seen {
            *go = Some(Go::To(at, view.zoom));
        }
    }

    /// Shows the map.
    pub fn show(&mut self, ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
        let rect = ui.available_rect_before_wrap();
        let now = ui.input(|i| i.time);
        self.camera.resize(rect.size(), ui.pixels_per_point());
        self.go(cx, out, now);
        if self.camera.advance(now) {
            ui.ctx().request_repaint();
        }
        let response = self.gestures(ui, rect, cx, now);
        self.camera.keep_inside();
        let view = self.camera.view();
        if let Some(at) = response.hover_pos() {
            self.pointed = Some(tools::geo(rect, &view, at));
        }
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        self.basemap(ui, rect, &view, cx, now);
        let (spots, signs) = self.happenings(ui, rect, &view, &response, cx, out, now);
        self.floats(ui, rect, &view, (&spots, &signs), cx, out);
        self.spots = spots;
        tools::menu(&response, cx, self.pointed, out);
        if tools::ended(ui, cx) {
            out.send(Command::Tool(Tool::Hand));
        }
        if response.clicked() && out.commands.is_empty() && cx.now.tool == Tool::Hand {
            out.send(Command::Deselect);
        }
    }

    /// Sets out to where the map was sent.
    fn go(&mut self, cx: Cx<'_>, out: &mut Out, now: f64) {
        let Some(go) = cx.now.go else { return };
        // What is to be seen is not known before the lists are drawn anew.
        if !cx.fresh && matches!(go, Go::Most | Go::Fit) {
            return;
        }
        out.went = true;
        let animated = cx.view.motion == Motion::Full;
        let view = self.camera.view();
        let middle = ScreenPoint::new(view.width / 2.0, view.height / 2.0);
        match go {
            Go::Pan(east, north) => {
                let (x, y) = (f64::from(east) / 3.0, -f64::from(north) / 3.0);
                let point = ScreenPoint::new(middle.x + x * view.width, middle.y + y * view.height);
                self.camera.fly(view.geo_from_screen(point), view.zoom, now, animated);
            }
            Go::Zoom(steps) => self.camera.fly_at(steps, middle, now, animated),
            Go::To(at, zoom) => self.camera.fly(at, view.zoom.max(zoom), now, animated),
            Go::Most => {
                let points = fit::most(&cx.found.scene.markers);
                self.fit(Bounds::around(points.iter().copied()), &points, now, animated);
            }
            Go::Fit => {
                let points: Vec<LonLat> = cx.found.scene.markers.iter().map(|m| m.at).collect();
                self.fit(cx.found.scene.bounds(), &points, now, animated);
            }
        }
    }

    /// Shows a box with the points in it clear of the legend, from no nearer than zoom 9.
    fn fit(&mut self, bounds: Option<Bounds>, points: &[LonLat], now: f64, animated: bool) {
        if let Some(bounds) = bounds {
            let to = fit::clear_of_legend(bounds, points, &self.camera.view());
            self.camera.fly(to.center, to.zoom.min(9.0), now, animated);
        }
    }

    /// Drags by walkers; the wheel, the pinch and the double click by us, within our limits.
    fn gestures(&mut self, ui: &mut Ui, rect: Rect, cx: Cx<'_>, now: f64) -> Response {
        let response = if matches!(cx.now.tool, Tool::Box | Tool::Lasso) {
            tools::sheet(ui, rect)
        } else {
            let map = Map::new(None, self.camera.memory(), lon_lat(0.0, 0.0));
            let response = map.zoom_gesture(false).panning(false).show(ui, |_, _, _, _| ()).response;
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Map"));
            response
        };
        if response.dragged() {
            self.camera.stop();
        }
        take_keyboard(ui, &response);
        let Some(pointer) = response.hover_pos().filter(|_| response.contains_pointer()) else {
            return response;
        };
        let anchor = ScreenPoint::new(f64::from(pointer.x - rect.left()), f64::from(pointer.y - rect.top()));
        let (wheel, pinch) = ui.input(|i| (i.smooth_scroll_delta().y, i.zoom_delta()));
        let steps = f64::from(wheel) * WHEEL + f64::from(pinch).log2();
        if steps.abs() > 1e-4 {
            self.camera.zoom_at(steps, anchor, now);
            ui.ctx().request_repaint();
        }
        if response.double_clicked_by(PointerButton::Primary) && cx.now.tool == Tool::Hand {
            self.camera.fly_at(1.0, anchor, now, cx.view.motion == Motion::Full);
            ui.ctx().request_repaint();
        }
        response
    }

    fn basemap(&mut self, ui: &Ui, rect: Rect, view: &View, cx: Cx<'_>, now: f64) {
        let look = Look::of(ui);
        ui.painter().rect_filled(rect, 0, look.water());
        self.tiles.receive(ui.ctx());
        // With every batch of articles that is read other countries come into focus: the tiles are
        // not all drawn anew for each.
        if cx.jobs.is_empty() || self.focus.is_empty() {
            self.focus.clone_from(&cx.found.scene.focus);
        }
        let style = TileStyle { theme: look.theme(), focus: self.focus.clone() };
        let still = !self.camera.zooming(now, STILL);
        self.tiles.paint(ui.painter(), rect, view, &style, still);
        if !still {
            ui.ctx().request_repaint_after_secs(STILL as f32);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one frame's worth of what is needed")]
    fn happenings(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        view: &View,
        response: &Response,
        cx: Cx<'_>,
        out: &mut Out,
        now: f64,
    ) -> (Vec<Spot>, Signs) {
        self.clusters.update(cx.found, view.zoom);
        let spots = self.spots_near(rect, view, cx);
        let scene = &cx.found.scene;
        if cx.view.map.graticule {
            graticule::show(ui, rect, view);
        }
        let (layer, native) = (cx.view.map.layer, cx.view.map.native);
        self.layers.paint(ui, rect, view, layer, scene, cx.found.generation);
        if layer != MapLayer::Markers {
            let still = !self.camera.zooming(now, STILL);
            let shown = labels::Shown { generation: NAMELESS, native };
            self.labels.place(ui.painter(), view, (&[], &[]), shown, still);
            self.labels.paint(ui, rect, view, &self.floating, self.label_ground());
            self.hovered = None;
            self.drawing.show(ui, rect, view, response, cx, out);
            return (Vec::new(), Signs::default());
        }
        let area = self.areas.paint(ui, rect, view, scene, cx.found.generation);
        let still = !self.camera.zooming(now, STILL);
        let shown = labels::Shown { generation: self.clusters.generation(), native };
        self.labels.place(ui.painter(), view, (&spots, &scene.arcs), shown, still);
        self.labels.paint(ui, rect, view, &self.floating, self.label_ground());
        let [movement, inferred] = arrows(ui, rect, view, scene, &spots);
        let hands = cx.now.tool == Tool::Hand;
        let chosen = markers::Chosen { place: cx.now.place, hover: cx.now.hover, hands };
        let found = markers::show(ui, rect, response, &spots, chosen);
        self.keyboard = found.keyboard || response.has_focus();
        let (clicked, hovered) = (found.clicked, found.hovered.and_then(|i| spots.get(i)));
        self.drawing.show(ui, rect, view, response, cx, out);
        if let Some([place]) = hovered.map(|spot| spot.places.as_slice()) {
            out.hover = Some(*place);
        }
        self.hovered = hovered.cloned();
        if let Some(spot) = clicked.and_then(|i| spots.get(i)) {
            self.open(spot, cx, out, now);
        }
        (spots, Signs { movement, inferred, area })
    }

    /// The clusters in and around the view as markers on the screen, the most important last so
    /// that they lie on top.
    fn spots_near(&self, rect: Rect, view: &View, cx: Cx<'_>) -> Vec<Spot> {
        let middle = rect.center();
        let near = self.clusters.near(view, labels::MARGIN);
        let scene = self.clusters.scene();
        near.filter_map(|(cluster, dx, dy)| {
            let at = middle + vec2(dx as f32, dy as f32);
            spot(at, cluster, &scene.markers, cx)
        })
        .collect()
    }

    /// Where ours would stand beside names that the map has already.
    fn label_ground(&self) -> Ground<'_> {
        match &self.ground {
            Some(info) if !info.vector => Ground::Named(self.tiles.stood_in()),
            _ => Ground::Bare,
        }
    }

    /// A marker is chosen; a cluster is taken apart, or listed where no zoom would.
    fn open(&mut self, spot: &Spot, cx: Cx<'_>, out: &mut Out, now: f64) {
        if let [place] = spot.places[..] {
            return out.send(Command::SelectPlace(place));
        }
        let rows = spot.places.iter().filter_map(|&place| cx.found.place(place));
        let points: Vec<LonLat> = rows.map(|row| row.at).collect();
        let nearest = View { zoom: self.camera.nearest().min(MAX_ZOOM), ..self.camera.view() };
        let apart = points.iter().any(|&a| {
            let (a, b) = (nearest.screen_from_geo(a), points.first().map(|&b| nearest.screen_from_geo(b)));
            b.is_some_and(|b| (a.x - b.x).hypot(a.y - b.y) > 24.0)
        });
        if apart {
            let bounds = Bounds::around(points.iter().copied());
            self.fit(bounds, &points, now, cx.view.motion == Motion::Full);
        } else {
            out.send(Command::ListCluster(spot.places.clone()));
        }
    }

    fn floats(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        view: &View,
        (spots, signs): (&[Spot], &Signs),
        cx: Cx<'_>,
        out: &mut Out,
    ) {
        let mut card = None;
        let hint = !cx.document.project.articles.is_empty() && !cx.view.hint_seen;
        let top = if hint { 48.0 } else { 0.0 };
        let tool = tools::told(ui, rect, top, cx, out);
        tools::region(ui, rect, view, top + tool, cx, out);
        if cx.document.project.articles.is_empty() {
            card = Some(overlay::empty(ui, rect, cx, out));
        } else if !cx.view.hint_seen {
            card = Some(overlay::hint(ui, rect, out));
        }
        let bar = ScaleBar::of(view, 110.0);
        self.floating = vec![
            overlay::scale_bar(ui, rect, bar.points as f32, &bar.label),
            overlay::credits(ui, rect, self.ground.as_ref(), self.tiles.cover() != Cover::Whole),
        ];
        if cx.view.map.layer == MapLayer::Markers {
            self.floating.extend(legend::show(ui, rect, spots, signs));
        } else {
            self.floating.extend(self.layers.legend(ui, rect));
        }
        if cx.view.map.minimap {
            self.floating.extend(self.minimap.show(ui, rect, view, out));
        }
        self.floating.extend(card);
        if let Some(trouble) = self.trouble() {
            self.floating.push(overlay::trouble(ui, rect, top + tool, &trouble));
        }
        self.floating.push(overlay::buttons(ui, rect, out));
        let spread = if cx.now.tool == Tool::Hand { spread::show(ui, rect, spots, cx, out) } else { 0.0 };
        let chosen = cx.now.place.and_then(|place| Some((place, cx.found.place(place)?)));
        if let Some((place, row)) = chosen {
            let at = screen_of(rect, view, row.at);
            let spot = spots.iter().find(|spot| spot.places.contains(&place));
            let radius = spot.map_or(8.0, |spot| spot.radius).max(spread);
            if rect.contains(at) {
                self.floating.extend(card::show(ui, rect, at, radius, place, cx, out));
            }
        }
        let other = |spot: &&Spot| !cx.now.place.is_some_and(|place| spot.places.contains(&place));
        let idle = !ui.input(|i| i.pointer.any_down());
        if let Some(spot) = self.hovered.as_ref().filter(other).filter(|_| idle && spread == 0.0) {
            card::hover(ui, rect, spot, cx);
        }
    }
}

/// What is seen in place of a map that cannot be had.
const STANDS_IN: &str = "The bundled map stands in";

/// Says that a map has no tiles where one looks, and where it has some.
fn nothing_here(ground: &SourceInfo) -> String {
    let name = &ground.name;
    match ground.bounds.filter(|bounds| bounds.width() < 350.0) {
        Some(b) => format!(
            "{name} has no tiles here; it covers {:.0}° to {:.0}° of longitude and {:.0}° to {:.0}° of latitude",
            b.west, b.east, b.south, b.north
        ),
        None => format!("{name} has no tiles here"),
    }
}

/// A cluster as a marker on the screen.
fn spot(at: egui::Pos2, cluster: &Cluster, markers: &[Marker], cx: Cx<'_>) -> Option<Spot> {
    let members: Vec<&Marker> = cluster.members.iter().filter_map(|&m| markers.get(m)).collect();
    let first = *members.first()?;
    let row = cx.found.place(first.place);
    // A cluster goes by the capital or the largest town in it: who looks for Kabul shall find it.
    let rank = |marker: &&&Marker| (cx.gazetteer.is_capital(marker.place), inhabitants(marker, cx));
    let largest = members.iter().rev().max_by_key(rank);
    let chief = largest.map_or(first.place, |marker| marker.place);
    let name = cx.found.place(chief).or(row);
    Some(Spot {
        at,
        geo: cluster.at,
        radius: markers::radius(cluster.count, cluster.kind, members.len()),
        reports: cluster.count,
        kind: cluster.kind,
        places: members.iter().map(|marker| marker.place).collect(),
        name: name.map_or_else(|| first.name.clone(), |row| row.name.clone()),
        chief: Some(chief),
        doubtful: members.len() == 1 && row.is_some_and(|row| row.doubtful),
        hollow: members.len() == 1 && first.is_area(),
    })
}

/// Inhabitants of a marker's town; none where it is no town.
fn inhabitants(marker: &Marker, cx: Cx<'_>) -> u32 {
    if marker.precision == Precision::Settlement { cx.gazetteer.population(marker.place) } else { 0 }
}

/// A click on the map gives it the keyboard, so that Tab goes on to its markers; the arrows move the map.
fn take_keyboard(ui: &Ui, response: &Response) {
    if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = egui::EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
    }
}
