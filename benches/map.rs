//! How long the map takes: tiles, labels, clusters, the exported picture.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::article::{Article, Origin};
use dateline::export::image::{Image, ImageOptions, ImageSources, PictureKind};
use dateline::export::png;
use dateline::map::area::AreaLevel;
use dateline::map::fonts::face_width;
use dateline::map::{
    Basemap, Bounds, Heat, LabelIndex, LabelRequest, Marker, Scene, SceneOptions, TileId, TileStyle, View,
    clusters, labels, render_tile, shading,
};
use dateline::places::{Gazetteer, LonLat, Mention, PlaceIndex, Precision, Role};
use dateline::project::{Analysed, Findings, Project, RunRecord, Settings};

fn tiles(c: &mut Criterion) {
    let Ok(map) = Basemap::bundled() else { return };
    let style = TileStyle { focus: vec!["AF".into()], ..TileStyle::default() };
    // Each zoom's tile around Kabul but for the last two, on Norway's coast.
    let ids = [
        (0, 0, 0),
        (1, 1, 0),
        (2, 2, 1),
        (3, 5, 3),
        (4, 11, 6),
        (5, 22, 12),
        (6, 44, 25),
        (7, 88, 50),
        (8, 177, 101),
        (9, 354, 203),
        (10, 708, 406),
        (11, 1417, 813),
        (12, 2835, 1626),
    ];
    for (z, x, y) in ids.into_iter().chain([(5, 16, 9), (7, 65, 37)]) {
        let id = TileId { z, x, y };
        c.bench_function(&format!("tile 512 px {z}/{x}/{y}"), |b| {
            b.iter(|| render_tile(map, &style, black_box(id), 512));
        });
    }
}

fn names(c: &mut Criterion) {
    let Ok(gazetteer) = Gazetteer::bundled() else { return };
    let Ok(map) = Basemap::bundled() else { return };
    let mut slow = c.benchmark_group("slow");
    slow.sample_size(10);
    slow.bench_function("label index", |b| b.iter(|| LabelIndex::new(gazetteer, map)));
    slow.finish();
    let index = LabelIndex::new(gazetteer, map);
    for zoom in [2.0, 6.0, 10.0] {
        let view = View { center: LonLat::new(69.0, 35.0), zoom, width: 1280.0, height: 800.0 };
        let request = LabelRequest { view: &view, obstacles: &[], named: &[], native: false };
        c.bench_function(&format!("labels 1280×800 zoom {zoom}"), |b| {
            b.iter(|| labels(&index, gazetteer, black_box(&request), &face_width));
        });
    }
}

/// Markers spread by a fixed rule (Weyl sequence).
fn markers(n: u32) -> Vec<Marker> {
    let spread = |i: u32, step: f64| (f64::from(i) * step).fract();
    (0..n)
        .map(|i| Marker {
            place: PlaceIndex(i),
            at: LonLat::new(spread(i, 0.754_877) * 360.0 - 180.0, spread(i, 0.569_840) * 130.0 - 60.0),
            name: String::new(),
            precision: Precision::Settlement,
            kind: None,
            count: 1,
            passages: Vec::new(),
            country: String::new(),
            certainty: 0.9,
        })
        .collect()
}

fn grouping(c: &mut Criterion) {
    let Ok(map) = Basemap::bundled() else { return };
    for n in [1_000, 10_000, 100_000] {
        let all = markers(n);
        c.bench_function(&format!("clusters of {n} at zoom 5"), |b| {
            b.iter(|| clusters(black_box(&all), 5.0))
        });
        let scene = Scene { markers: all, ..Scene::default() };
        let view = View { center: LonLat::new(69.0, 35.0), zoom: 3.0, width: 1280.0, height: 800.0 };
        c.bench_function(&format!("heat map of {n}"), |b| b.iter(|| Heat::of(black_box(&scene), &view)));
    }
    let scene = Scene { markers: markers(1_000), ..Scene::default() };
    c.bench_function("1000 places by province", |b| {
        b.iter(|| shading(black_box(&scene), map, AreaLevel::Province));
    });
}

/// A project of `n` reports, each with one event at one of the gazetteer's towns.
fn project(gazetteer: &Gazetteer, n: usize) -> Project {
    let towns: Vec<PlaceIndex> = gazetteer.indices().filter(|&p| gazetteer.population(p) > 20_000).collect();
    let article = |i: usize| {
        let mut article = Article::from_text("Guards left their posts.".to_owned(), Origin::Record);
        article.published = None;
        let mention = Mention {
            range: 0..6,
            role: Role::Event,
            candidates: Default::default(),
            place: towns.get(i * 7919 % towns.len().max(1)).copied(),
            score: 0.9,
            precision: Some(Precision::Settlement),
            country: 0,
        };
        std::sync::Arc::new(Analysed::new(
            article,
            Findings { mentions: vec![mention], ..Findings::default() },
        ))
    };
    Project { articles: (0..n).map(article).collect(), ..Project::default() }
}

fn scenes(c: &mut Criterion) {
    let Ok(gazetteer) = Gazetteer::bundled() else { return };
    let mut group = c.benchmark_group("scene");
    group.sample_size(10);
    for n in [1_000, 10_000, 100_000] {
        let project = project(gazetteer, n);
        group.bench_function(format!("of {n} reports"), |b| {
            b.iter(|| Scene::build(black_box(&project), gazetteer, &SceneOptions::default()));
        });
    }
    group.finish();
}

fn pictures(c: &mut Criterion) {
    let Ok(gazetteer) = Gazetteer::bundled() else { return };
    let Ok(basemap) = Basemap::bundled() else { return };
    let index = LabelIndex::new(gazetteer, basemap);
    let (project, record) = (Project::default(), RunRecord::new(gazetteer, &Settings::default(), 0));
    let sources = ImageSources { project: &project, gazetteer, basemap, labels: &index, record: &record };
    let mut group = c.benchmark_group("picture");
    group.sample_size(10);
    for scale in [1.0, 3.0] {
        let options = ImageOptions {
            scale,
            bbox: Some(Bounds { west: 60.0, south: 29.0, east: 76.0, north: 39.0 }),
            title: Some("A map of events".into()),
            ..ImageOptions::default()
        };
        let Ok((w, h)) = options.pixels() else { return };
        for kind in PictureKind::ALL {
            // A drawing costs the same at any scale.
            if scale == 1.0 || kind == PictureKind::Png {
                group.bench_function(format!("{} {w}×{h}", kind.extension()), |b| {
                    b.iter(|| Image::new(sources, &options).and_then(|image| image.encode(kind)));
                });
            }
        }
        group.bench_function(format!("drawn {w}×{h}"), |b| {
            b.iter(|| Image::new(sources, &options).and_then(|image| png::draw(&image)));
        });
    }
    group.finish();
}

criterion_group!(benches, tiles, names, grouping, scenes, pictures);
criterion_main!(benches);
