//! The basemap's tiles: drawn on threads of their own, a parent standing in until they are ready.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use egui::{
    Color32, ColorImage, Context, Mesh, Painter, Rect, Shape, TextureHandle, TextureOptions, pos2, vec2,
};

use super::camera::{tile_level, tile_points};
use crate::app::jobs::Waker;
use crate::map::frame::Frame;
use crate::map::source::TileSource;
use crate::map::tile::render_frame;
use crate::map::{Basemap, Picture, TileId, TileStyle, View};

/// Threads that draw tiles.
const WORKERS: usize = 2;
/// A tile that could not be had is asked for again after this time.
const AGAIN: Duration = Duration::from_secs(20);
/// Room for textures beyond those that are seen, in bytes.
const ROOM: usize = 3 << 20;

/// The tiles that are drawn, and those that still are to be.
pub struct Tiles {
    queue: Arc<Queue>,
    done: Receiver<(Key, Result<Option<Picture>, String>)>,
    /// Tiles that the map has not, or that could not be had: since when, and why.
    missing: HashMap<Key, (Instant, Option<String>)>,
    /// Why a tile in sight could not be had.
    trouble: Option<String>,
    /// How much of the view the chosen map covered in the last frame.
    cover: Cover,
    /// Where the program's own map stood in in the last frame.
    stood_in: Vec<Rect>,
    drawn: HashMap<Key, Drawn>,
    asked: HashSet<Key>,
    style: TileStyle,
    generation: u32,
    frame: u64,
}

/// One tile at one size; `generation` counts the styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    id: TileId,
    pixels: u32,
    generation: u32,
    /// Whether it is one of the program's own map that stands in for one of the chosen map.
    stand_in: bool,
}

/// How much of a view the chosen map covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cover {
    /// All, or it is not known yet.
    #[default]
    Whole,
    /// In part the program's own map stands in.
    Part,
    /// Nothing: the program's own map stands in everywhere.
    Nothing,
}

struct Drawn {
    texture: TextureHandle,
    bytes: usize,
    used: u64,
}

/// What the threads wait at.
struct Queue {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

struct Waiting {
    /// The last one is drawn first.
    keys: Vec<(Key, f32)>,
    style: TileStyle,
    source: Option<Arc<dyn TileSource>>,
    open: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A thread that broke off leaves a list that is still whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tiles {
    /// Starts the threads.
    pub fn new(waker: &Waker) -> Self {
        let waiting = Waiting { keys: Vec::new(), style: TileStyle::default(), source: None, open: true };
        let queue = Arc::new(Queue { waiting: Mutex::new(waiting), more: Condvar::new() });
        let (sender, done) = channel();
        for n in 0..WORKERS {
            let (queue, sender, waker) = (Arc::clone(&queue), sender.clone(), Arc::clone(waker));
            // Without the thread the map stays plain water; the rest of the window works.
            let _ = thread::Builder::new()
                .name(format!("tiles {n}"))
                .spawn(move || work(&queue, &sender, &waker));
        }
        Self {
            queue,
            done,
            drawn: HashMap::new(),
            asked: HashSet::new(),
            missing: HashMap::new(),
            trouble: None,
            cover: Cover::Whole,
            stood_in: Vec::new(),
            style: TileStyle::default(),
            generation: 0,
            frame: 0,
        }
    }

    /// Takes what the threads have drawn; call it once a frame.
    pub fn receive(&mut self, ctx: &Context) {
        self.frame += 1;
        while let Ok((key, result)) = self.done.try_recv() {
            self.asked.remove(&key);
            if key.generation != self.generation {
                continue;
            }
            let picture = match result {
                Ok(Some(picture)) => picture,
                Ok(None) => {
                    self.missing.insert(key, (Instant::now(), None));
                    continue;
                }
                Err(why) => {
                    self.missing.insert(key, (Instant::now(), Some(why)));
                    continue;
                }
            };
            self.missing.remove(&key);
            let size = [picture.width as usize, picture.height as usize];
            let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
            let texture = ctx.load_texture("tile", image, TextureOptions::LINEAR);
            let drawn = Drawn { texture, bytes: picture.rgba.len(), used: self.frame };
            self.drawn.insert(key, drawn);
        }
    }

    /// Paints the tiles of a view into `rect`; `still` says that the view stays, so that each tile
    /// is drawn at just its size.
    pub fn paint(&mut self, painter: &Painter, rect: Rect, view: &View, style: &TileStyle, still: bool) {
        if self.style != *style {
            self.restyle(style);
        }
        let level = tile_level(view.zoom);
        let side = tile_points(view.zoom, level);
        let density = painter.pixels_per_point();
        let exact = (side * f64::from(density)).round() as u32;
        let nominal = (512.0 * density).round() as u32;
        let mut wanted = Vec::new();
        let tiles = grid(rect, view, level, side, density);
        self.stood_in.clear();
        for &(id, place) in &tiles {
            let key = |pixels, stand_in| Key { id, pixels, generation: self.generation, stand_in };
            let (own, other) = (key(exact, false), key(exact, true));
            let lacks = self.missing.contains_key(&own) || self.missing.contains_key(&key(nominal, false));
            let painted = self.paint_best(painter, place, own);
            let want = |good: Option<u32>, key: Key| match good {
                Some(pixels) if pixels == exact || !still => None,
                None if !still => Some((Key { pixels: nominal, ..key }, density)),
                _ => Some((key, density)),
            };
            wanted.extend(want(painted.own(), own));
            if lacks && painted == Painted::Nothing {
                self.stood_in.push(place);
                let stand_in = self.paint_best(painter, place, other);
                wanted.extend(want(stand_in.own(), other));
            }
        }
        self.cover = match self.stood_in.len() {
            0 => Cover::Whole,
            n if n < tiles.len() => Cover::Part,
            _ => Cover::Nothing,
        };
        let why = |(key, _): &(Key, f32)| self.missing.get(key).and_then(|(_, why)| why.clone());
        self.trouble = wanted.iter().find_map(why);
        self.ask(wanted);
        self.evict();
    }

    /// Draws on another map from now on; on that of the program with none.
    pub fn set_source(&mut self, source: Option<Arc<dyn TileSource>>) {
        self.queue.lock().source = source;
        let style = self.style.clone();
        self.restyle(&style);
    }

    /// Why tiles are missing.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// How much of the view the chosen map covered in the last frame.
    pub fn cover(&self) -> Cover {
        self.cover
    }

    /// Where the program's own map stood in for the chosen one in the last frame.
    pub fn stood_in(&self) -> &[Rect] {
        &self.stood_in
    }

    /// Whether every tile that was asked for is drawn.
    pub fn settled(&self) -> bool {
        self.asked.is_empty()
    }

    fn restyle(&mut self, style: &TileStyle) {
        self.style = style.clone();
        self.generation = self.generation.wrapping_add(1);
        self.asked.clear();
        self.missing.clear();
        self.trouble = None;
        let mut waiting = self.queue.lock();
        waiting.style = style.clone();
        waiting.keys.clear();
    }

    /// Paints the tile of the right size, else of another, else the part of a parent.
    fn paint_best(&mut self, painter: &Painter, place: Rect, key: Key) -> Painted {
        let (id, exact) = (key.id, key.pixels);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        if let Some(best) = self.best(key) {
            self.paint_one(painter, place, best, whole);
            return Painted::Itself(best.pixels);
        }
        for up in 1..=id.z {
            let parent = TileId { z: id.z - up, x: id.x >> up, y: id.y >> up };
            if let Some(best) = self.best(Key { id: parent, pixels: exact, ..key }) {
                let n = f32::from(2u8).powi(i32::from(up));
                let (x, y) = ((id.x - (parent.x << up)) as f32 / n, (id.y - (parent.y << up)) as f32 / n);
                let part = Rect::from_min_size(pos2(x, y), vec2(1.0 / n, 1.0 / n));
                self.paint_one(painter, place, best, part);
                return Painted::Parent;
            }
        }
        Painted::Nothing
    }

    /// The tile in the size that is there: the exact one, else the one nearest to it.
    fn best(&self, wanted: Key) -> Option<Key> {
        let same = |key: &&Key| Key { pixels: wanted.pixels, ..**key } == wanted;
        let sizes = self.drawn.keys().filter(same);
        sizes.min_by_key(|key| key.pixels.abs_diff(wanted.pixels)).copied()
    }

    fn paint_one(&mut self, painter: &Painter, place: Rect, key: Key, part: Rect) {
        let Some(drawn) = self.drawn.get_mut(&key) else { return };
        drawn.used = self.frame;
        let mut mesh = Mesh::with_texture(drawn.texture.id());
        mesh.add_rect_with_uv(place, part, Color32::WHITE);
        painter.add(Shape::mesh(mesh));
    }

    /// Puts what is wanted in place of what was, so that what is out of sight is not drawn.
    fn ask(&mut self, wanted: Vec<(Key, f32)>) {
        let mut waiting = self.queue.lock();
        let given_up: Vec<Key> = waiting.keys.drain(..).map(|(key, _)| key).collect();
        for key in given_up {
            self.asked.remove(&key);
        }
        let missing = &self.missing;
        let lacks = |key: &Key| missing.get(key).is_some_and(|(since, _)| since.elapsed() < AGAIN);
        let open = |(key, _): &(Key, f32)| !self.asked.contains(key) && !lacks(key);
        let fresh: Vec<_> = wanted.into_iter().rev().filter(open).collect();
        self.asked.extend(fresh.iter().map(|(key, _)| *key));
        waiting.keys = fresh;
        drop(waiting);
        self.queue.more.notify_all();
    }

    /// Lets go of textures not seen for longest, beyond the room there is.
    fn evict(&mut self) {
        let unseen = |drawn: &Drawn| drawn.used < self.frame;
        let mut spare: usize =
            self.drawn.values().filter(|drawn| unseen(drawn)).map(|drawn| drawn.bytes).sum();
        if spare <= ROOM {
            return;
        }
        let mut old: Vec<(u64, Key, usize)> = self
            .drawn
            .iter()
            .filter(|(_, drawn)| unseen(drawn))
            .map(|(key, drawn)| (drawn.used, *key, drawn.bytes))
            .collect();
        old.sort_by_key(|(used, key, _)| (*used, key.id, key.pixels));
        for (_, key, bytes) in old {
            if spare <= ROOM {
                break;
            }
            self.drawn.remove(&key);
            spare -= bytes;
        }
    }
}

/// What was painted in a tile's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Painted {
    /// The tile, in so many pixels.
    Itself(u32),
    /// A part of a tile farther off.
    Parent,
    /// Nothing.
    Nothing,
}

impl Painted {
    fn own(self) -> Option<u32> {
        match self {
            Self::Itself(pixels) => Some(pixels),
            Self::Parent | Self::Nothing => None,
        }
    }
}

impl Drop for Tiles {
    fn drop(&mut self) {
        self.queue.lock().open = false;
        self.queue.more.notify_all();
    }
}

/// The tiles that cover the view and where each goes, on whole pixels, with the world repeated
/// to the east and west. The tile in the middle comes first.
fn grid(rect: Rect, view: &View, level: u8, side: f64, density: f32) -> Vec<(TileId, Rect)> {
    let snap = |points: f64| ((points * f64::from(density)).round() / f64::from(density)) as f32;
    let (left, top) = (snap(view.world_left()), snap(view.world_top()));
    let side = snap(side).max(1.0);
    let count = i64::from(1u32 << level);
    let first = |from: f32| (f64::from(-from / side)).floor() as i64;
    let last = |from: f32, length: f64| ((length as f32 - from) / side).ceil() as i64;
    let mut out = Vec::new();
    for y in first(top).max(0)..last(top, view.height).min(count) {
        for x in first(left)..last(left, view.width) {
            let id = TileId { z: level, x: x.rem_euclid(count) as u32, y: y as u32 };
            let at = rect.min + vec2(left + x as f32 * side, top + y as f32 * side);
            out.push((id, Rect::from_min_size(at, vec2(side, side))));
        }
    }
    let middle = rect.center();
    out.sort_by(|a, b| a.1.center().distance(middle).total_cmp(&b.1.center().distance(middle)));
    out
}

/// What a thread does: draw the tile wanted last, send it, wait.
fn work(queue: &Queue, sender: &Sender<(Key, Result<Option<Picture>, String>)>, waker: &Waker) {
    let Ok(map) = Basemap::bundled() else { return };
    loop {
        let mut waiting = queue.lock();
        let (key, density, style, source) = loop {
            if !waiting.open {
                return;
            }
            if let Some((key, density)) = waiting.keys.pop() {
                break (key, density, waiting.style.clone(), waiting.source.clone());
            }
            waiting = queue.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        };
        drop(waiting);
        let TileId { z, x, y } = key.id;
        let drawn = match source.filter(|_| !key.stand_in) {
            Some(source) => source.tile(key.id, &style, key.pixels).map_err(|error| error.to_string()),
            None => {
                let frame = Frame::of_tile(z, x, y, f64::from(key.pixels));
                Ok(Some(render_frame(map, &style, &frame, density)))
            }
        };
        if sender.send((key, drawn)).is_err() {
            return;
        }
        waker();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::source::{SourceError, SourceInfo};
    use crate::places::LonLat;

    fn view(lon: f64, zoom: f64) -> View {
        View { center: LonLat::new(lon, 30.0), zoom, width: 700.0, height: 600.0 }
    }

    fn covered(view: &View) -> Vec<(TileId, Rect)> {
        let level = tile_level(view.zoom);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(700.0, 600.0));
        grid(rect, view, level, tile_points(view.zoom, level), 1.0)
    }

    #[test]
    fn tiles_cover_the_view_without_gaps() {
        let tiles = covered(&view(69.0, 6.0));
        let all = tiles.iter().fold(Rect::NOTHING, |all, (_, place)| all.union(*place));
        assert!(all.contains_rect(Rect::from_min_size(pos2(0.0, 0.0), vec2(700.0, 600.0))), "{all:?}");
        let area: f32 = tiles.iter().map(|(_, place)| place.area()).sum();
        assert!((area - all.area()).abs() < 1.0);
    }

    #[test]
    fn over_the_date_line_the_world_goes_on() {
        let tiles = covered(&view(179.9, 5.0));
        let columns: HashSet<u32> = tiles.iter().map(|(id, _)| id.x).collect();
        assert!(columns.contains(&0) && columns.contains(&15), "{columns:?}");
    }

    #[test]
    fn threads_draw_what_is_asked_for() {
        let ctx = Context::default();
        let mut tiles = Tiles::new(&(Arc::new(|| {}) as Waker));
        let painter = Painter::new(ctx.clone(), egui::LayerId::background(), Rect::EVERYTHING);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(700.0, 600.0));
        for _ in 0..1000 {
            tiles.receive(&ctx);
            tiles.paint(&painter, rect, &view(69.0, 5.0), &TileStyle::default(), true);
            if tiles.settled() {
                break;
            }
            thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(tiles.settled() && !tiles.drawn.is_empty());
    }

    /// A map with nothing in it: no tile, or none that can be had.
    struct Bare {
        info: SourceInfo,
        fails: bool,
    }

    impl TileSource for Bare {
        fn about(&self) -> &SourceInfo {
            &self.info
        }
        fn tile(&self, _: TileId, _: &TileStyle, _: u32) -> Result<Option<Picture>, SourceError> {
            if self.fails { Err(SourceError::Server("gone".to_owned())) } else { Ok(None) }
        }
    }

    #[test]
    fn the_bundled_map_stands_in_where_another_has_nothing() {
        for fails in [false, true] {
            let ctx = Context::default();
            let mut tiles = Tiles::new(&(Arc::new(|| {}) as Waker));
            tiles.set_source(Some(Arc::new(Bare { info: SourceInfo::default(), fails })));
            let painter = Painter::new(ctx.clone(), egui::LayerId::background(), Rect::EVERYTHING);
            let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(700.0, 600.0));
            for _ in 0..1000 {
                tiles.receive(&ctx);
                tiles.paint(&painter, rect, &view(69.0, 5.0), &TileStyle::default(), true);
                if tiles.settled() && tiles.cover() == Cover::Nothing && !tiles.drawn.is_empty() {
                    break;
                }
                thread::sleep(std::time::Duration::from_millis(5));
            }
            assert_eq!(tiles.cover(), Cover::Nothing);
            assert!(!tiles.stood_in().is_empty());
            assert!(!tiles.drawn.is_empty() && tiles.drawn.keys().all(|key| key.stand_in));
            assert_eq!(tiles.trouble(), fails.then_some("gone"));
        }
    }
}
