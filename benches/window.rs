//! The window without a display: the first frame, and a frame while the map is dragged with 0 to
//! 100,000 events; processor time of the interface and of cutting it into triangles, without the
//! graphics card's part. Leaves the projects it opens in `target/tmp`, to be tried in the real window.

#![expect(clippy::unwrap_used, reason = "a benchmark without its data has nothing to measure")]

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::app::dialogs::SystemDialogs;
use dateline::app::engine::Engine;
use dateline::app::kept::Kept;
use dateline::app::state::{Motion, ViewState};
use dateline::app::trace::Trace;
use dateline::app::{DatelineApp, Setup};
use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::events::{Event, EventPlace, EventType, PlaceBasis, Status};
use dateline::places::{Gazetteer, Mention, PlaceIndex, Precision, Role};
use dateline::project::file::save;
use dateline::project::{Analysed, Findings, Project, RunRecord, Settings};
use egui::{Context, Event as Input, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

fn start(ctx: &Context, paths: Vec<PathBuf>) -> DatelineApp {
    let engine = Arc::new(Engine::new(Gazetteer::bundled().unwrap()));
    let view = ViewState { motion: Motion::Reduced, ..ViewState::default() };
    let dialogs = Arc::new(SystemDialogs);
    let (kept, trace) = (Kept::default(), Trace::default());
    DatelineApp::new(ctx, Setup { engine, dialogs, view, kept, trace, paths })
}

/// One frame with its triangles; gives how many there are.
fn frame(ctx: &Context, app: &mut DatelineApp, events: Vec<Input>) -> usize {
    let size = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
    let input = RawInput { screen_rect: Some(size), events, ..RawInput::default() };
    let mut output = ctx.run_ui(input, |ui| app.frame(ui));
    output.textures_delta.clear();
    ctx.tessellate(output.shapes, 1.0).len()
}

/// A window that has come to rest with its events sorted.
fn settled(ctx: &Context, paths: Vec<PathBuf>, events: usize) -> DatelineApp {
    let mut app = start(ctx, paths);
    for _ in 0..20_000 {
        frame(ctx, &mut app, Vec::new());
        if app.is_at_rest() && app.found().events.len() >= events && !app.found().places.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(app.found().events.len() >= events, "{} events", app.found().events.len());
    app
}

/// A project of `n` events at towns all over the world, 50 an article; at least one article that
/// names a place, so that there is something to wait for.
fn project(n: usize) -> PathBuf {
    let gazetteer = Gazetteer::bundled().unwrap();
    let towns: Vec<PlaceIndex> = gazetteer.indices().filter(|&p| gazetteer.population(p) > 1_000).collect();
    let town = |i: usize| towns[i.wrapping_mul(7919) % towns.len()];
    let articles =
        (0..n.div_ceil(50).max(1)).map(|a| article(&town, a * 50, n.saturating_sub(a * 50).min(50)));
    let project = Project { articles: articles.map(Arc::new).collect(), ..Project::default() };
    let record = RunRecord::new(gazetteer, &Settings::default(), project.articles.len());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("events-{n}.dateline"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, save(&project, gazetteer, &record)).unwrap();
    path
}

fn article(town: &dyn Fn(usize) -> PlaceIndex, first: usize, events: usize) -> Analysed {
    const SENTENCE: &str = "Guards left their posts in town.";
    let text = format!("{SENTENCE}\n\n").repeat(events.max(1));
    let step = SENTENCE.len() + 2;
    let at = |i: usize| i * step + SENTENCE.len() - 5;
    let mention = |i: usize| Mention {
        range: at(i)..at(i) + 4,
        role: Role::Event,
        candidates: Default::default(),
        place: Some(town(first + i)),
        score: 0.9,
        precision: Some(Precision::Settlement),
        country: 0,
    };
    let event = |i: usize| Event {
        kind: EventType::ALL[(first + i) % 7],
        mode: None,
        status: Status::Completed,
        actors: Vec::new(),
        recipients: Vec::new(),
        attributed_to: None,
        place: Some(EventPlace::at(i, PlaceBasis::Argument)),
        origin: None,
        destination: None,
        date: None,
        trigger: i * step..i * step + 6,
        sentence: i,
        passage: i * step..i * step + SENTENCE.len(),
        confidence: 0.9,
        size: None,
    };
    let findings = Findings {
        segmentation: segment(&text),
        mentions: (0..events.max(1)).map(mention).collect(),
        events: (0..events).map(event).collect(),
    };
    let article = Article::from_text(text, Origin::Record);
    Analysed { article, findings, corrections: Default::default() }
}

fn first_frame(c: &mut Criterion) {
    c.bench_function("window/first frame", |b| {
        b.iter(|| {
            let ctx = Context::default();
            let mut app = start(&ctx, Vec::new());
            black_box(frame(&ctx, &mut app, Vec::new()))
        });
    });
}

fn panning(c: &mut Criterion) {
    for events in [0, 1_000, 10_000, 100_000] {
        let ctx = Context::default();
        let mut app = settled(&ctx, vec![project(events)], events);
        let middle = pos2(560.0, 400.0);
        let button = Input::PointerButton {
            pos: middle,
            button: PointerButton::Primary,
            pressed: true,
            modifiers: egui::Modifiers::NONE,
        };
        frame(&ctx, &mut app, vec![Input::PointerMoved(middle)]);
        frame(&ctx, &mut app, vec![button]);
        let mut step = 0.0_f32;
        c.bench_function(&format!("window/frame while panning, {events} events"), |b| {
            b.iter(|| {
                step += 0.05;
                let at = middle + vec2(120.0 * step.sin(), 60.0 * step.cos());
                black_box(frame(&ctx, &mut app, vec![Input::PointerMoved(at)]))
            });
        });
    }
}

criterion_group! {
    name = window;
    config = Criterion::default().sample_size(30).measurement_time(Duration::from_secs(4));
    targets = first_frame, panning
}
criterion_main!(window);
