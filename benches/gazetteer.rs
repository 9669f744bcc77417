//! Opening the gazetteer, exact look-up, a walk over a text, and type-ahead.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::places::gazetteer::{Gazetteer, fold};

const TEXT: &str = "The governor of Kandahar said on Sunday that trucks from Quetta and Spin Boldak \
    had waited for days at the crossing before the road to Lashkar Gah and Herat was opened again.";

/// Positions of `text` at which a name begins, by one walk a token.
fn walk(gazetteer: &Gazetteer, tokens: &[String]) -> usize {
    let mut names = 0;
    for start in 0..tokens.len() {
        let mut walker = gazetteer.walker();
        for (i, token) in tokens.iter().skip(start).enumerate() {
            if !(i == 0 || walker.feed(" ")) || !walker.feed(token) {
                break;
            }
            names += usize::from(walker.ends_name());
        }
    }
    names
}

fn gazetteer(c: &mut Criterion) {
    let Ok(bundled) = Gazetteer::bundled() else { return };
    let static_file: &'static [u8] = include_bytes!("../data/gazetteer.bin");
    c.bench_function("gazetteer/open", |b| b.iter(|| Gazetteer::from_bytes(black_box(static_file)).is_ok()));
    c.bench_function("gazetteer/lookup hot", |b| {
        b.iter(|| bundled.lookup(black_box("mazar e sharif")).next().map(|h| h.place));
    });
    c.bench_function("gazetteer/lookup of nothing", |b| {
        b.iter(|| bundled.lookup(black_box("qwertz")).count())
    });
    let tokens: Vec<String> = TEXT.split_whitespace().map(fold).collect();
    c.bench_function("gazetteer/walk over 31 tokens", |b| b.iter(|| walk(bundled, black_box(&tokens))));
    for query in ["s", "san", "kandah", "kandahr", "Paris, Texas"] {
        c.bench_function(&format!("gazetteer/search {query}"), |b| {
            b.iter(|| bundled.search(black_box(query), 10).len());
        });
    }
}

criterion_group!(benches, gazetteer);
criterion_main!(benches);
