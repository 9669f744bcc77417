//! Counts how many events are found, and how well each is told.

use super::gold::{GoldArticle, GoldEvent};
use super::matching::matching;
use crate::events::{DateBasis, Event, Span};
use crate::places::LonLat;

/// What was found in an article.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The events.
    pub events: &'a [Event],
    /// The point of each mention.
    pub points: &'a [Option<LonLat>],
}

/// So many right of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Right ones.
    pub right: usize,
    /// All.
    pub all: usize,
}

impl Share {
    fn note(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// The share, 0 to 1; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.right as f64 / self.all as f64 }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} ({} of {})", self.value(), self.right, self.all)
    }
}

/// How well the events of a set of articles were found.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Found events that are right, of all that count.
    pub precision: Share,
    /// Events of the gold that were found, of those required.
    pub recall: Share,
    /// Events of the gold whose trigger was found, whatever its type.
    pub triggers: Share,
    /// Placed within the tolerance, of the right events whose place the gold knows.
    pub place: Share,
    /// First day right, of the right events whose day the gold knows.
    pub date: Share,
    /// Days that the gold's days hold, or the same first day.
    pub date_within: Share,
    /// Accepted status.
    pub status: Share,
    /// One of the actors named, of those with an actor. A pronoun is not scored where the gold does
    /// not say whom it stands for.
    pub actor: Share,
    /// Whom a pronoun stands for, of the actors that are pronouns and explained in the gold.
    pub pronoun: Share,
    /// Number of killed right, of those with one.
    pub killed: Share,
    /// Pairs of reports joined that the gold joins, of those joined.
    pub pair_precision: Share,
    /// Pairs joined, of those of found events that the gold joins.
    pub pair_recall: Share,
    /// What is wrong, one line each.
    pub errors: Vec<String>,
    /// Confidence of each found event that counts, and whether it is right.
    pub confidences: Vec<(f32, bool)>,
}

impl Figures {
    /// Adds an article.
    pub fn add(&mut self, gold: &GoldArticle, reading: Reading<'_>) {
        let matching = matching(&gold.events, reading.events);
        for (g, event) in gold.events.iter().enumerate().filter(|(_, e)| !e.optional) {
            let found = matching.found[g].and_then(|f| reading.events.get(f));
            let mistyped = matching.mistyped[g].and_then(|f| reading.events.get(f));
            self.recall.note(found.is_some());
            self.triggers.note(found.or(mistyped).is_some());
            match (found, mistyped) {
                (Some(found), _) => {
                    self.precision.note(true);
                    self.confidences.push((found.confidence, true));
                    self.compare(gold, event, found, reading.points);
                }
                (None, Some(e)) => self.error(gold, event, format!("type {} for", e.kind.name())),
                (None, None) => self.error(gold, event, "missed".into()),
            }
        }
        for event in matching.spurious.iter().filter_map(|&f| reading.events.get(f)) {
            self.precision.note(false);
            self.confidences.push((event.confidence, false));
            self.errors.push(spurious(gold, event));
        }
    }

    /// How well a found event is told.
    fn compare(&mut self, gold: &GoldArticle, event: &GoldEvent, found: &Event, points: &[Option<LonLat>]) {
        let mut faults = Vec::new();
        if let Some((at, tolerance)) = event.point() {
            let mention = found.place.map(|p| p.mention).or(found.destination).or(found.origin);
            let point = mention.and_then(|m| points.get(m).copied().flatten());
            let right = point.is_some_and(|p| p.distance_km(at) <= tolerance);
            self.place.note(right);
            if !right {
                let basis = found.place.map(|p| p.basis.name());
                faults.push(format!("place {point:?} {basis:?} for {:?}", event.place));
            }
        }
        if let Some(day) = event.date_start {
            let start = found.date.map(|d| d.start);
            let right = start == Some(day);
            let end = event.date_end.unwrap_or(day);
            self.date.note(right);
            self.date_within.note(right || found.date.is_some_and(|d| d.start >= day && d.end <= end));
            if !right {
                let basis = found.date.map(|d| DateBasis::name(d.basis));
                faults.push(format!("date {start:?} {basis:?} for {day}"));
            }
        }
        let status = found.status.name();
        let right = event.status == status || event.also_status.iter().any(|s| s == status);
        self.status.note(right);
        if !right {
            faults.push(format!("status {status} for {}", event.status));
        }
        if let Some(meant) = &event.antecedent {
            self.pronoun.note(names(gold, found, meant));
        }
        if event.actors.iter().any(|a| !is_pronoun(a)) || event.antecedent.is_some() {
            let right = event.actors.iter().chain(&event.antecedent).any(|a| names(gold, found, a));
            self.actor.note(right);
            if !right {
                faults.push(format!("actor {:?} for {:?}", told(gold, &found.actors), event.actors));
            }
        }
        if let Some(killed) = event.killed {
            let got = found.size.and_then(|s| s.killed);
            self.killed.note(got == Some(killed));
            if got != Some(killed) {
                faults.push(format!("killed {got:?} for {killed}"));
            }
        }
        if !faults.is_empty() {
            self.error(gold, event, faults.join("; "));
        }
    }

    fn error(&mut self, gold: &GoldArticle, event: &GoldEvent, what: String) {
        let sentence = event.sentence.replace('\n', " ");
        self.errors
            .push(format!("{} {} {what} {} [{}] {sentence}", gold.name, event.id, event.kind, event.trigger));
    }

    /// The figures, one a line.
    pub fn lines(&self) -> Vec<String> {
        [
            ("precision", self.precision),
            ("recall", self.recall),
            ("triggers", self.triggers),
            ("place", self.place),
            ("date", self.date),
            ("date, within", self.date_within),
            ("status", self.status),
            ("actor", self.actor),
            ("pronoun", self.pronoun),
            ("killed", self.killed),
            ("double, P", self.pair_precision),
            ("double, R", self.pair_recall),
        ]
        .map(|(name, share)| format!("{name:14}{share}"))
        .into_iter()
        .chain([format!("calibration   {:.3} off", self.calibration_error())])
        .collect()
    }

    /// How far confidences lie from the share that is right, over ten steps (expected calibration
    /// error, Naeini et al. 2015).
    pub fn calibration_error(&self) -> f32 {
        let mut steps = [(0.0f32, 0.0f32); 10];
        for &(confidence, right) in &self.confidences {
            let step = ((confidence * 10.0) as usize).min(9);
            steps[step].0 += confidence;
            steps[step].1 += f32::from(u8::from(right));
        }
        let off: f32 = steps.iter().map(|(sure, right)| (sure - right).abs()).sum();
        off / self.confidences.len().max(1) as f32
    }
}

fn is_pronoun(actor: &str) -> bool {
    matches!(actor.to_lowercase().as_str(), "he" | "she" | "they" | "it" | "we" | "i" | "you")
}

/// The words of some spans.
fn told<'a>(gold: &'a GoldArticle, spans: &[Span]) -> Vec<&'a str> {
    spans.iter().map(|s| gold.article.text.get(s.clone()).unwrap_or("")).collect()
}

/// Whether one of the event's actors is this one, or the head of it.
fn names(gold: &GoldArticle, found: &Event, actor: &str) -> bool {
    let plain = |text: &str| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.into_iter().filter(|w| !matches!(w.as_str(), "the" | "a" | "an")).collect::<Vec<_>>().join(" ")
    };
    let want = plain(actor);
    found.actors.iter().any(|span| {
        let got = plain(gold.article.text.get(span.clone()).unwrap_or(""));
        !got.is_empty() && (got.contains(&want) || want.contains(&got))
    })
}

fn spurious(gold: &GoldArticle, event: &Event) -> String {
    let of = |r: &std::ops::Range<usize>| gold.article.text.get(r.clone()).unwrap_or("").replace('\n', " ");
    let (kind, trigger, passage) = (event.kind.name(), of(&event.trigger), of(&event.passage));
    format!(
        "{} spurious {kind} {} {:.2} [{trigger}] {passage}",
        gold.name,
        event.status.name(),
        event.confidence
    )
}
