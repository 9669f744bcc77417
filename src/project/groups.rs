//! One event, many reports: the groups of a project, and a person's corrections of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Analysed, Project};
use crate::events::group::{self, Report};
use crate::events::{Event, summary};
use crate::places::Gazetteer;

pub use crate::events::group::GroupReason;

/// An event of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventRef {
    /// Index of its article.
    pub article: usize,
    /// Index into the article's events.
    pub event: usize,
}

/// A person's correction; leaving it out and grouping again takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupEdit {
    /// The report tells another happening than its group.
    Split(EventRef),
    /// Both reports tell the same happening.
    Merge(EventRef, EventRef),
}

impl GroupEdit {
    /// The same of other events.
    pub(super) fn moved(self, to: impl Fn(EventRef) -> EventRef) -> Self {
        match self {
            Self::Split(event) => Self::Split(to(event)),
            Self::Merge(a, b) => Self::Merge(to(a), to(b)),
        }
    }
}

/// A happening with everything that reports it.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The reports, in order of the articles and their texts; never empty.
    pub reports: Vec<EventRef>,
    /// The report that tells it best: placed, dated, surest.
    pub lead: EventRef,
    /// How many outlets report it; an article without an outlet counts as one of its own.
    pub outlets: usize,
    /// How sure the least sure link is, 0 to 1; 1 for a single report.
    pub score: f32,
    /// Why its reports are taken for one, each reason once.
    pub reasons: Vec<GroupReason>,
}

/// The groups of a project: every event is in exactly one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Groups {
    list: Vec<Group>,
    of: BTreeMap<EventRef, usize>,
}

impl Groups {
    /// Groups the events of some articles, then does as the edits say, in their order.
    ///
    /// The same articles and edits always give the same groups.
    pub fn of(articles: &[Arc<Analysed>], gazetteer: &Gazetteer, edits: &[GroupEdit]) -> Self {
        let events = |(article, a): (usize, &Arc<Analysed>)| {
            (0..a.findings.events.len()).map(move |event| EventRef { article, event })
        };
        Self::among(articles.iter().enumerate().flat_map(events).collect(), articles, gazetteer, edits)
    }

    /// Groups some events as if there were no others; `refs` in their order.
    pub(super) fn among(
        refs: Vec<EventRef>,
        articles: &[Arc<Analysed>],
        gazetteer: &Gazetteer,
        edits: &[GroupEdit],
    ) -> Self {
        let reports: Vec<Report> = refs.iter().filter_map(|r| report(articles, gazetteer, *r)).collect();
        let mut joined = Joined::new(refs.len());
        let links = group::links(&reports);
        let split: BTreeSet<EventRef> = edits.iter().filter_map(split_of).collect();
        let apart = |i: usize| refs.get(i).is_some_and(|r| split.contains(r));
        for link in links.iter().filter(|l| !apart(l.first) && !apart(l.second)) {
            joined.join(link.first, link.second, link.score, &link.reasons);
        }
        for edit in edits {
            if let GroupEdit::Merge(a, b) = edit
                && let (Ok(a), Ok(b)) = (refs.binary_search(a), refs.binary_search(b))
            {
                joined.join(a, b, 1.0, &[GroupReason::Person]);
            }
        }
        joined.into_groups(&refs, articles)
    }

    /// The groups of a project, its edits done.
    pub fn of_project(project: &Project, gazetteer: &Gazetteer) -> Self {
        Self::of(&project.articles, gazetteer, &project.group_edits)
    }

    /// The group of an event.
    pub fn get(&self, event: EventRef) -> Option<&Group> {
        self.list.get(self.group_of(event)?)
    }

    /// The groups, in order of their first reports; those of one report among them.
    pub fn list(&self) -> &[Group] {
        &self.list
    }

    /// Which group an event is in: an index into [`Groups::list`].
    pub fn group_of(&self, event: EventRef) -> Option<usize> {
        self.of.get(&event).copied()
    }
}

fn split_of(edit: &GroupEdit) -> Option<EventRef> {
    match edit {
        GroupEdit::Split(event) => Some(*event),
        GroupEdit::Merge(..) => None,
    }
}

fn event_of(articles: &[Arc<Analysed>], at: EventRef) -> Option<(&Analysed, &Event)> {
    let analysed = articles.get(at.article)?;
    Some((analysed, analysed.findings.events.get(at.event)?))
}

fn report(articles: &[Arc<Analysed>], gazetteer: &Gazetteer, at: EventRef) -> Option<Report> {
    let (analysed, event) = event_of(articles, at)?;
    let mentions = &analysed.findings.mentions;
    let point = |m: usize| mentions.get(m).and_then(|m| m.place).map(|p| gazetteer.point(p));
    Some(Report::of(at.article, &analysed.article, mentions, event, point))
}

/// Groups in the making.
struct Joined {
    above: Vec<usize>,
    score: Vec<f32>,
    reasons: Vec<Vec<GroupReason>>,
}

impl Joined {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect(), score: vec![1.0; count], reasons: vec![Vec::new(); count] }
    }

    /// The first report of a report's group.
    fn root(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize, score: f32, reasons: &[GroupReason]) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        let moved = if low == high { Vec::new() } else { std::mem::take(&mut self.reasons[high]) };
        self.above[high] = low;
        self.score[low] = self.score[low].min(self.score[high]).min(score);
        for reason in moved.iter().chain(reasons) {
            if !self.reasons[low].contains(reason) {
                self.reasons[low].push(reason.clone());
            }
        }
    }

    fn into_groups(mut self, refs: &[EventRef], articles: &[Arc<Analysed>]) -> Groups {
        let mut members: BTreeMap<usize, Vec<EventRef>> = BTreeMap::new();
        for (i, event) in refs.iter().enumerate() {
            members.entry(self.root(i)).or_default().push(*event);
        }
        let mut out = Groups::default();
        for (root, reports) in members {
            out.of.extend(reports.iter().map(|r| (*r, out.list.len())));
            let Some(lead) = best(&reports, articles) else { continue };
            out.list.push(Group {
                lead,
                outlets: outlets(&reports, articles),
                score: self.score[root],
                reasons: std::mem::take(&mut self.reasons[root]),
                reports,
            });
        }
        out
    }
}

/// The report that tells most: with a place tied to it, a day of its own, and the surest.
fn best(reports: &[EventRef], articles: &[Arc<Analysed>]) -> Option<EventRef> {
    let told = |r: &EventRef| {
        event_of(articles, *r).map_or(0.0, |(_, e)| {
            let place = e
                .place
                .map_or(0.0, |p| if p.basis == crate::events::PlaceBasis::Argument { 1.0 } else { 0.5 });
            let actor = if e.actors.is_empty() { 0.0 } else { 0.5 };
            place + actor + e.confidence
        })
    };
    reports.iter().copied().reduce(|best, next| if told(&next) > told(&best) { next } else { best })
}

fn outlets(reports: &[EventRef], articles: &[Arc<Analysed>]) -> usize {
    let articles = reports.iter().filter_map(|r| Some((r.article, articles.get(r.article)?)));
    let names: BTreeSet<(Option<&str>, usize)> = articles
        .map(|(i, a)| match a.article.outlet.as_deref() {
            Some(outlet) => (Some(outlet), 0),
            None => (None, i),
        })
        .collect();
    names.len()
}

/// One line that tells a group: "Taliban enter Kabul · 15 Aug 2021 · 2 reports".
pub fn line(group: &Group, articles: &[Arc<Analysed>]) -> String {
    let Some((analysed, event)) = event_of(articles, group.lead) else { return String::new() };
    let one = summary::line(event, &analysed.article, &analysed.findings.mentions);
    match group.reports.len() {
        0 | 1 => one,
        n => format!("{one} · {n} reports"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Origin};
    use crate::project::{Analyser, Settings};

    fn articles(texts: &[&str]) -> (Vec<Arc<Analysed>>, &'static Gazetteer) {
        let gazetteer = Gazetteer::bundled().unwrap();
        let analyser = Analyser::new(gazetteer, Settings::default()).unwrap();
        let of = |text: &&str| {
            let mut article = Article::from_text(*text, Origin::Record);
            article.published = "2021-08-16".parse().ok();
            Arc::new(analyser.analyse(article))
        };
        (texts.iter().map(of).collect(), gazetteer)
    }

    const THREE: [&str; 3] = [
        "The Taliban entered Kabul on Sunday.",
        "Taliban fighters entered the city of Kabul on Sunday, officials said.",
        "An earthquake struck Lisbon on Sunday.",
    ];

    fn first(article: usize) -> EventRef {
        EventRef { article, event: 0 }
    }

    #[test]
    fn two_reports_of_one_happening_are_one_group() {
        let (articles, gazetteer) = articles(&THREE);
        let groups = Groups::of(&articles, gazetteer, &[]);
        assert_eq!(groups.group_of(first(0)), groups.group_of(first(1)));
        assert_ne!(groups.group_of(first(0)), groups.group_of(first(2)));
        let group = &groups.list()[groups.group_of(first(0)).unwrap()];
        assert_eq!((group.reports.len(), group.outlets), (2, 2));
        assert!(group.reasons.contains(&GroupReason::SameType));
        assert!(line(group, &articles).ends_with("· 15 Aug 2021 · 2 reports"), "{}", line(group, &articles));
    }

    #[test]
    fn a_split_and_a_merge_are_taken_back_by_leaving_them_out() {
        let (articles, gazetteer) = articles(&THREE);
        let plain = Groups::of(&articles, gazetteer, &[]);
        let split = Groups::of(&articles, gazetteer, &[GroupEdit::Split(first(1))]);
        assert_ne!(split.group_of(first(0)), split.group_of(first(1)));
        let merged = Groups::of(&articles, gazetteer, &[GroupEdit::Merge(first(0), first(2))]);
        assert_eq!(merged.group_of(first(0)), merged.group_of(first(2)));
        assert_eq!(Groups::of(&articles, gazetteer, &[]), plain);
    }

    #[test]
    fn every_event_is_in_one_group_and_odd_edits_do_no_harm() {
        let (articles, gazetteer) = articles(&THREE);
        let far = EventRef { article: 99, event: 99 };
        let groups =
            Groups::of(&articles, gazetteer, &[GroupEdit::Split(far), GroupEdit::Merge(far, first(0))]);
        let events: usize = articles.iter().map(|a| a.findings.events.len()).sum();
        assert_eq!(groups.list().iter().map(|g| g.reports.len()).sum::<usize>(), events);
        assert_eq!(Groups::of(&[], gazetteer, &[]), Groups::default());
    }
}
