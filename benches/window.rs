//! The window without a display: the first frame, and a frame while the map is dragged; processor
//! time of the interface and of cutting it into triangles, without the graphics card's part.

#![expect(clippy::unwrap_used, reason = "a benchmark without its data has nothing to measure")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::app::dialogs::SystemDialogs;
use dateline::app::engine::Engine;
use dateline::app::kept::Kept;
use dateline::app::state::{Motion, ViewState};
use dateline::app::trace::Trace;
use dateline::app::{DatelineApp, Setup};
use dateline::places::Gazetteer;
use egui::{Context, Event, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

fn start(ctx: &Context) -> DatelineApp {
    let engine = Arc::new(Engine::new(Gazetteer::bundled().unwrap()));
    let view = ViewState { motion: Motion::Reduced, ..ViewState::default() };
    let dialogs = Arc::new(SystemDialogs);
    let (kept, trace) = (Kept::default(), Trace::default());
    DatelineApp::new(ctx, Setup { engine, dialogs, view, kept, trace, paths: Vec::new() })
}

/// One frame with its triangles; gives how many there are.
fn frame(ctx: &Context, app: &mut DatelineApp, events: Vec<Event>) -> usize {
    let size = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
    let input = RawInput { screen_rect: Some(size), events, ..RawInput::default() };
    let mut output = ctx.run_ui(input, |ui| app.frame(ui));
    output.textures_delta.clear();
    ctx.tessellate(output.shapes, 1.0).len()
}

fn settled(ctx: &Context) -> DatelineApp {
    let mut app = start(ctx);
    for _ in 0..2000 {
        frame(ctx, &mut app, Vec::new());
        if app.is_at_rest() && !app.found().events.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    app
}

fn first_frame(c: &mut Criterion) {
    c.bench_function("window/first frame", |b| {
        b.iter(|| {
            let ctx = Context::default();
            let mut app = start(&ctx);
            black_box(frame(&ctx, &mut app, Vec::new()))
        });
    });
}

fn panning(c: &mut Criterion) {
    let ctx = Context::default();
    let mut app = settled(&ctx);
    let middle = pos2(560.0, 400.0);
    let button = |pressed| Event::PointerButton {
        pos: middle,
        button: PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    frame(&ctx, &mut app, vec![Event::PointerMoved(middle)]);
    frame(&ctx, &mut app, vec![button(true)]);
    let mut step = 0.0_f32;
    c.bench_function("window/frame while panning", |b| {
        b.iter(|| {
            step += 0.05;
            let at = middle + vec2(120.0 * step.sin(), 60.0 * step.cos());
            black_box(frame(&ctx, &mut app, vec![Event::PointerMoved(at)]))
        });
    });
}

criterion_group! {
    name = window;
    config = Criterion::default().sample_size(30).measurement_time(Duration::from_secs(4));
    targets = first_frame, panning
}
criterion_main!(window);
