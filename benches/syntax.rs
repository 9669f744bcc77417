//! How fast sentences are parsed: tags, lemmas, heads and relations, one core.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::article::segment::segment;
use dateline::events::syntax::{Scratch, Syntax};
use std::hint::black_box;

/// Sentences as they stand in the news, short and long.
const TEXT: &str = "Rebels seized the town of Bunia on Friday after days of heavy fighting, officials said. \
A car bomb exploded outside a market in the north of the city, killing at least 12 people and wounding 30 others. \
The governor, who had promised to stay, left for the capital on Saturday with members of his cabinet. \
Envoys of four countries held talks with the leaders of the front, but they did not agree on a ceasefire. \
Police arrested 40 protesters who had gathered outside the parliament, and the army closed the main road to the \
border, according to a spokesman for the government. Prices rose again.";

fn syntax(c: &mut Criterion) {
    let segmentation = segment(TEXT);
    let syntax = Syntax::bundled();
    let mut scratch = Scratch::default();
    let mut group = c.benchmark_group("syntax");
    group.throughput(Throughput::Elements(segmentation.tokens.len() as u64));
    group.bench_function("tokens", |b| {
        b.iter(|| {
            for sentence in &segmentation.sentences {
                let tokens = &segmentation.tokens[sentence.clone()];
                black_box(syntax.parse(black_box(TEXT), tokens, &mut scratch));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, syntax);
criterion_main!(benches);
