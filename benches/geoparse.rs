//! Geoparsing of an article of the usual length: one core, places and roles only.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::places::{Gazetteer, Geoparser, Hints};

/// About 2.2 kB, written for this bench: a dateline, places of several kinds, persons,
/// organisations, demonyms.
const ARTICLE: &str = "\
MOMBASA, Kenya, March 3 (Reuters) — Heavy rain cut the road between Mombasa and Nairobi on Tuesday and left \
at least fourteen people dead in the coastal counties of Kilifi and Kwale, officials said. The Kenya Red Cross \
moved more than two thousand families to schools and churches in Malindi, while the port of Mombasa stayed \
closed for a second day.

In Tanzania, the river Pangani burst its banks near Tanga and washed away a bridge on the road to Arusha. \
President Samia Suluhu Hassan sent troops from Dar es Salaam and asked neighbouring Uganda for helicopters. \
\"We have not seen such water since 1997,\" said Joseph Mwangi, a farmer from Voi, who walked eleven kilometres \
to the market town of Taveta to find a telephone.

The United Nations World Food Programme said that it would fly maize from Entebbe and Djibouti to the airport \
of Malindi. A spokeswoman in Geneva, Claire Dubois, said that roads in Somalia and southern Ethiopia were cut \
as well, and that nobody had reached the villages west of Kismayo. The European Union promised three million \
euros; Washington said that it was ready to help.

Kenyan meteorologists expect the rain to move north towards Lamu, Garissa and the Tana River on Thursday. \
The German tour operator Nordwind took eighty guests from beaches at Diani to Nairobi by train. \"The train was \
the last thing still running,\" said Anna Schmidt, a nurse from Hamburg. Shops in Nyali sold out of bread and \
candles, and the Kenya Power company warned that repairs in Changamwe and Likoni could take a week.

Scientists of the University of Nairobi and of Oxford blame a warm western Indian Ocean. The same pattern \
brought drought to Indonesia and to parts of Australia, and fires in Queensland destroyed two hundred houses \
around Cairns last month. In Mombasa the governor asked people to stay away from the Makupa causeway and from \
Fort Jesus, where a wall fell on Monday. Schools in the old town will open again next week, he said, if the \
water goes down; the road to Nairobi will not be open before Easter.
";

fn bench(criterion: &mut Criterion) {
    let Ok(gazetteer) = Gazetteer::bundled() else { return };
    let Ok(geoparser) = Geoparser::new(gazetteer) else { return };
    let article = Article::from_text(ARTICLE, Origin::Record);
    let hints = Hints::default();
    let mut group = criterion.benchmark_group("geoparse");
    group.throughput(Throughput::Bytes(ARTICLE.len() as u64));
    group.bench_function("segment", |b| b.iter(|| segment(black_box(ARTICLE))));
    let segmentation = segment(ARTICLE);
    group.bench_function("recognise", |b| b.iter(|| geoparser.recognise(black_box(ARTICLE), &segmentation)));
    group.bench_function("article", |b| {
        b.iter(|| geoparser.geoparse(black_box(&article), &segment(&article.text), &hints))
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
