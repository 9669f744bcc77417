//! How fast events are read: articles of about 2.2 kB, one core, their places given.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::events::extract;
use std::hint::black_box;

/// Two paragraphs that tell much, and one that tells nothing.
const TEXT: &str = "Rebels seized the town of Bunia on Friday after days of heavy fighting, officials said. \
A car bomb exploded outside a market in the north of the city, killing at least 12 people and wounding 30 others. \
The governor, who had promised to stay, left for the capital on Saturday with members of his cabinet.

Envoys of four countries held talks with the leaders of the front, but they did not agree on a ceasefire. The \
foreign minister is expected to visit the region next week. Police arrested 40 protesters who had gathered outside \
the parliament, and the army closed the main road to the border, according to a spokesman for the government.

The market sells fruit, cloth and tools, and many families of the region depend on it. Prices had been rising since \
the spring, when the rains came late and the river was too low for the boats that bring grain from the south. \
Teachers say that most children go to school, and that the new road has made the way much shorter for them.

";

fn events(c: &mut Criterion) {
    let mut article = Article::from_text(TEXT.repeat(2), Origin::Record);
    article.published = "2021-08-15".parse().ok();
    let segmentation = segment(&article.text);
    let mut group = c.benchmark_group("events");
    group.throughput(Throughput::Bytes(article.text.len() as u64));
    group.bench_function("article", |b| b.iter(|| extract(black_box(&article), &segmentation, &mut [])));
    group.finish();
}

criterion_group!(benches, events);
criterion_main!(benches);
