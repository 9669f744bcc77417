//! The markers brought together for a zoom: at once where they are few, else by a thread of its
//! own while the map goes on with those it has.

use std::sync::Arc;

use crate::app::found::Found;
use crate::app::jobs::Waker;
use crate::app::latest::Latest;
use crate::map::cluster::{Cluster, clusters};
use crate::map::scene::Scene;
use crate::map::view::{View, mercator_x, mercator_y};

/// Up to so many markers are brought together within a frame.
const AT_ONCE: usize = 600;

/// A cluster, and where it stands in the Mercator world.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The cluster.
    pub cluster: Cluster,
    x: f64,
    y: f64,
}

/// Which scene, and the zoom in steps of an eighth so that a flight does not count them anew at
/// every frame.
type Key = (u64, i64);

/// The clusters of the scene at the zoom seen.
pub struct Clusters {
    key: Option<Key>,
    asked: Option<Key>,
    all: Vec<Placed>,
    scene: Arc<Scene>,
    generation: u64,
    thread: Latest<(Key, Arc<Scene>), Made>,
}

type Made = (Key, Arc<Scene>, Vec<Placed>);

impl Clusters {
    /// No clusters yet.
    pub fn new(waker: &Waker) -> Self {
        let thread = Latest::new("clusters", waker, |(key, scene): (Key, Arc<Scene>)| {
            let all = placed(&scene, key.1);
            (key, scene, all)
        });
        let scene = Arc::default();
        Self { key: None, asked: None, all: Vec::new(), scene, generation: 0, thread }
    }

    /// Brings the markers together for a zoom, now or soon.
    pub fn update(&mut self, found: &Found, zoom: f64) {
        if let Some((key, scene, all)) = self.thread.take()
            && key.0 == found.generation
        {
            self.set(key, scene, all);
        }
        let key = (found.generation, (zoom * 8.0).round() as i64);
        if self.key == Some(key) {
            return;
        }
        if found.scene.markers.len() <= AT_ONCE {
            let all = placed(&found.scene, key.1);
            self.set(key, Arc::clone(&found.scene), all);
        } else if self.asked != Some(key) {
            self.asked = Some(key);
            self.thread.ask((key, Arc::clone(&found.scene)));
        }
    }

    fn set(&mut self, key: Key, scene: Arc<Scene>, all: Vec<Placed>) {
        self.key = Some(key);
        self.scene = scene;
        self.all = all;
        self.generation += 1;
    }

    /// Whether clusters are still to come.
    pub fn is_busy(&self) -> bool {
        self.thread.is_busy()
    }

    /// Goes up with each change.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The scene that the clusters' members are indices into.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// The clusters within `margin` points of a view, the least important first, each with its
    /// distance from the middle of the view in points.
    pub fn near(&self, view: &View, margin: f64) -> impl Iterator<Item = (&Cluster, f64, f64)> {
        let world = view.world();
        let (x, y) = (mercator_x(view.center.lon), mercator_y(view.center.lat));
        let (wide, high) = (view.width / 2.0 + margin, view.height / 2.0 + margin);
        self.all.iter().rev().filter_map(move |placed| {
            let dx = placed.x - x;
            let dx = (dx - dx.round()) * world;
            let dy = (placed.y - y) * world;
            (dx.abs() <= wide && dy.abs() <= high).then_some((&placed.cluster, dx, dy))
        })
    }
}

/// With more markers than this each brings those of a wider circle together: large discs side by
/// side shall not cover each other.
const CROWD: usize = 250;
/// How many zoom steps farther a crowd is brought together.
const FARTHER: f64 = 0.7;

fn placed(scene: &Scene, step: i64) -> Vec<Placed> {
    let farther = if scene.markers.len() > CROWD { FARTHER } else { 0.0 };
    let all = clusters(&scene.markers, (step as f64 / 8.0 - farther).max(0.0)).into_iter();
    all.map(|cluster| Placed { x: mercator_x(cluster.at.lon), y: mercator_y(cluster.at.lat), cluster })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::scene::Marker;
    use crate::places::{LonLat, PlaceIndex, Precision};

    fn found(count: u32) -> Found {
        let marker = |i: u32| Marker {
            place: PlaceIndex(i),
            at: LonLat::new(f64::from(i % 300) - 150.0, f64::from(i / 300) * 2.0 - 40.0),
            name: String::new(),
            precision: Precision::Settlement,
            kind: None,
            count: 1,
            passages: Vec::new(),
            country: String::new(),
            certainty: 0.9,
        };
        let scene = Scene { markers: (0..count).map(marker).collect(), ..Scene::default() };
        let mut found = Found::default();
        found.scene = Arc::new(scene);
        found.generation = 1;
        found
    }

    #[test]
    fn many_markers_are_brought_together_off_the_windows_thread() {
        let mut clusters = Clusters::new(&(Arc::new(|| {}) as Waker));
        let found = found(5000);
        clusters.update(&found, 8.0);
        assert!(clusters.all.is_empty(), "not within the frame");
        for _ in 0..1000 {
            clusters.update(&found, 8.0);
            if !clusters.is_busy() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        clusters.update(&found, 8.0);
        assert_eq!(clusters.all.iter().map(|p| p.cluster.members.len()).sum::<usize>(), 5000);
    }

    #[test]
    fn only_clusters_near_the_view_are_given() {
        let mut clusters = Clusters::new(&(Arc::new(|| {}) as Waker));
        clusters.update(&found(300), 8.0);
        let view = View { center: LonLat::new(-149.5, -40.0), zoom: 8.0, width: 800.0, height: 600.0 };
        let near = clusters.near(&view, 0.0).count();
        assert!((1..20).contains(&near), "{near}");
    }
}
