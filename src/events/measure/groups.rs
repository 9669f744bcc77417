//! Double reports against the gold's `same_as` and `same_events_across`.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::GoldArticle;
use super::matching::matching;
use super::score::Share;
use crate::events::Event;
use crate::events::group::{self, Report};
use crate::places::{LonLat, Mention};

/// An article with what was found in it.
#[derive(Debug)]
pub struct Told<'a> {
    /// The gold.
    pub gold: &'a GoldArticle,
    /// The mentions.
    pub mentions: Vec<Mention>,
    /// The events.
    pub events: Vec<Event>,
    /// The point of each mention.
    pub points: Vec<Option<LonLat>>,
}

/// How well reports are joined.
#[derive(Debug, Default)]
pub struct Pairs {
    /// Pairs that the gold joins too, of those joined.
    pub precision: Share,
    /// Pairs joined, of those of found events that the gold joins.
    pub recall: Share,
    /// Pairs joined wrongly or not joined, one a line.
    pub errors: Vec<String>,
}

/// Compares the pairs of events that the grouping joins with those that the gold joins, over the
/// pairs whose two events were found.
pub fn pairs(all: &[Told<'_>]) -> Pairs {
    let mut reports = Vec::new();
    let mut named: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (a, told) in all.iter().enumerate() {
        let matching = matching(&told.gold.events, &told.events);
        for (e, event) in told.events.iter().enumerate() {
            if let Some(g) = matching.found.iter().position(|f| *f == Some(e)) {
                named.insert(reports.len(), (a, g));
            }
            let point = |m: usize| told.points.get(m).copied().flatten();
            reports.push(Report::of(a, &told.gold.article, &told.mentions, event, point));
        }
    }
    let joined = clusters(reports.len(), group::links(&reports).iter().map(|l| (l.first, l.second)));
    let gold = gold_clusters(all);
    let ours: BTreeSet<_> = pairs_of(named.iter().map(|(i, name)| (joined[*i], *name)));
    let theirs: BTreeSet<_> = pairs_of(named.values().map(|name| (gold[name], *name)));
    let right = ours.intersection(&theirs).count();
    let line = |what: &str, pair: &(Name, Name)| {
        let report = |name: &Name| named.iter().find(|(_, n)| *n == name).and_then(|(i, _)| reports.get(*i));
        let score = report(&pair.0).zip(report(&pair.1)).and_then(|(a, b)| group::compare(a, b)).map(|c| c.0);
        format!("pair {what} {score:?}: {} | {}", described(all, pair.0), described(all, pair.1))
    };
    let wrong = ours.difference(&theirs).map(|p| line("wrong", p));
    let missed = theirs.difference(&ours).map(|p| line("missed", p));
    Pairs {
        precision: Share { right, all: ours.len() },
        recall: Share { right, all: theirs.len() },
        errors: wrong.chain(missed).collect(),
    }
}

fn described(all: &[Told<'_>], (article, event): Name) -> String {
    let gold = all.get(article).and_then(|t| Some((t.gold, t.gold.events.get(event)?)));
    gold.map_or(String::new(), |(g, e)| format!("{} {} {} [{}]", g.name, e.id, e.kind, e.trigger))
}

type Name = (usize, usize);

/// The cluster of each event of the gold.
fn gold_clusters(all: &[Told<'_>]) -> BTreeMap<Name, usize> {
    let names: Vec<Name> =
        all.iter().enumerate().flat_map(|(a, t)| (0..t.gold.events.len()).map(move |g| (a, g))).collect();
    let at = |name: Name| names.iter().position(|n| *n == name);
    let event = |a: usize, id: &str| all.get(a)?.gold.events.iter().position(|e| e.id == id).map(|g| (a, g));
    let mut links = Vec::new();
    for (a, told) in all.iter().enumerate() {
        for (g, e) in told.gold.events.iter().enumerate() {
            let same = e.same_as.as_deref().and_then(|id| event(a, id));
            links.extend(same.and_then(at).zip(at((a, g))));
        }
        for link in &told.gold.links {
            let other = all.iter().position(|t| t.gold.name == link.article);
            let there = other.and_then(|o| event(o, &link.event)).and_then(at);
            links.extend(event(a, &link.id).and_then(at).zip(there));
        }
    }
    let joined = clusters(names.len(), links.into_iter());
    names.into_iter().zip(joined).collect()
}

/// The smallest member of each one's cluster.
fn clusters(count: usize, links: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut of: Vec<usize> = (0..count).collect();
    for (a, b) in links {
        let (x, y) = (of[a].min(of[b]), of[a].max(of[b]));
        of.iter_mut().filter(|c| **c == y).for_each(|c| *c = x);
    }
    of
}

fn pairs_of(members: impl Iterator<Item = (usize, Name)>) -> BTreeSet<(Name, Name)> {
    let mut by: BTreeMap<usize, Vec<Name>> = BTreeMap::new();
    members.for_each(|(cluster, name)| by.entry(cluster).or_default().push(name));
    let mut out = BTreeSet::new();
    for names in by.values() {
        for (i, a) in names.iter().enumerate() {
            out.extend(names[i + 1..].iter().map(|b| (*a.min(b), *a.max(b))));
        }
    }
    out
}
