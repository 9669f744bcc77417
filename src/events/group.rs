//! Double reports: which events tell the same happening.
//!
//! Two reports are linked when their type fits, their places lie within [`NEAR_KM`] (within
//! [`WIDE_KM`] where one of them names only the town or area) and their days within
//! [`DAYS`], and enough else speaks for it. The score is a sum of what speaks for and against it.
//! Candidates come from a grid of places and days, so that the work grows with the number of
//! reports and not with its square.

use std::collections::BTreeMap;

use super::{Event, EventDate, EventType, PlaceBasis, Span, Status};
use crate::article::Article;
use crate::places::{LonLat, Mention, Precision};

/// The same place.
pub const NEAR_KM: f64 = 5.0;
/// The same town, told with and without its district.
pub const WIDE_KM: f64 = 25.0;
/// So many days may lie between two reports' days.
pub const DAYS: i32 = 2;
/// Days between two reports of an article's one disaster, outbreak or election.
const DAYS_OF_THE_ONE: i32 = 10;
/// Kilometres between places that it struck.
const KM_OF_THE_ONE: f64 = 600.0;
/// Links below this score are none.
pub const LEAST_SCORE: f32 = 0.6;
/// How many earlier reports of a cell a report is compared with.
const LOOK_BACK: usize = 24;
/// Side of a cell of the grid in degrees; [`WIDE_KM`] at the equator.
const CELL: f64 = 0.25;

/// What is compared of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Which article tells it.
    pub article: usize,
    /// In which of its sentences.
    pub sentence: usize,
    /// What kind.
    pub kind: EventType,
    /// Narrower than the type.
    pub mode: Option<&'static str>,
    /// Whether it happened.
    pub status: Status,
    /// Where.
    pub at: Option<LonLat>,
    /// How exactly that is known.
    pub precision: Option<Precision>,
    /// Whether its own sentence tells the place; one taken from elsewhere says little.
    pub placed: bool,
    /// When.
    pub date: Option<EventDate>,
    /// The telling words of its doers, in lower case.
    pub actors: Vec<String>,
    /// The telling words of those it is done to.
    pub recipients: Vec<String>,
    /// How many died.
    pub killed: Option<u32>,
    /// The word that tells it, in lower case.
    pub trigger: String,
    /// Whether it points back to what was told: "the attack".
    pub definite: bool,
}

impl Report {
    /// What is compared of an event of an article. `points` gives the point of each mention.
    pub fn of(
        index: usize,
        article: &Article,
        mentions: &[Mention],
        event: &Event,
        point: impl Fn(usize) -> Option<LonLat>,
    ) -> Self {
        let words = |spans: &[Span]| {
            let text = |s: &Span| article.text.get(s.clone()).unwrap_or("").to_owned();
            spans.iter().flat_map(|s| telling_words(&text(s))).collect()
        };
        let mention = event.place.map(|p| p.mention).or(event.destination).or(event.origin);
        Self {
            article: index,
            sentence: event.sentence,
            kind: event.kind,
            mode: event.mode,
            status: event.status,
            at: mention.and_then(point),
            precision: mention.and_then(|m| mentions.get(m)).and_then(|m| m.precision),
            placed: event
                .place
                .is_none_or(|p| matches!(p.basis, PlaceBasis::Argument | PlaceBasis::Sentence)),
            date: event.date,
            actors: words(&event.actors),
            recipients: words(&event.recipients),
            killed: event.size.and_then(|s| s.killed),
            trigger: article.text.get(event.trigger.clone()).unwrap_or("").to_lowercase(),
            definite: article.text.get(..event.trigger.start).is_some_and(points_back),
        }
    }
}

/// Whether the words before a trigger end in an article that points back.
fn points_back(before: &str) -> bool {
    let last = before.split_whitespace().next_back().filter(|_| before.ends_with(char::is_whitespace));
    last.is_some_and(|word| ["the", "that", "this"].iter().any(|a| word.eq_ignore_ascii_case(a)))
}

/// Why two reports are taken for the same happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupReason {
    /// The same type.
    SameType,
    /// The same place, so many kilometres apart.
    Place(u32),
    /// Days apart.
    Days(u32),
    /// A word that both doers share.
    Actor(String),
    /// A word that those it is done to share.
    Recipient(String),
    /// The same number of dead.
    Killed(u32),
    /// A person put them together.
    Person,
}

impl std::fmt::Display for GroupReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SameType => f.write_str("same type"),
            Self::Place(0) => f.write_str("same place"),
            Self::Place(km) => write!(f, "{km} km apart"),
            Self::Days(0) => f.write_str("same day"),
            Self::Days(1) => f.write_str("1 day apart"),
            Self::Days(n) => write!(f, "{n} days apart"),
            Self::Actor(who) => write!(f, "same actor: {who}"),
            Self::Recipient(who) => write!(f, "same target: {who}"),
            Self::Killed(n) => write!(f, "{n} dead in both"),
            Self::Person => f.write_str("put together by hand"),
        }
    }
}

/// Two reports of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The earlier one's index.
    pub first: usize,
    /// The later one's index.
    pub second: usize,
    /// How sure, 0 to 1.
    pub score: f32,
    /// Why.
    pub reasons: Vec<GroupReason>,
}

/// How likely two reports tell the same happening, and why; `None` where they cannot.
pub fn compare(a: &Report, b: &Report) -> Option<(f32, Vec<GroupReason>)> {
    let mut reasons = Vec::new();
    let mut score = kinds(a, b)?;
    if a.kind == b.kind {
        reasons.push(GroupReason::SameType);
    }
    score += days(a, b, &mut reasons)? + places(a, b, &mut reasons)?;
    score += shared(&a.actors, &b.actors, 0.15, 0.15, GroupReason::Actor, &mut reasons);
    score += shared(&a.recipients, &b.recipients, 0.15, 0.05, GroupReason::Recipient, &mut reasons);
    match (a.killed, b.killed) {
        (Some(m), Some(n)) if m == n => {
            score += 0.1;
            reasons.push(GroupReason::Killed(n));
        }
        (Some(_), Some(_)) if a.article == b.article => score -= 0.1,
        _ => {}
    }
    if a.trigger == b.trigger {
        score += 0.1;
    }
    // The sentence behind the headline tells again what it told.
    if headlines(a, b) && a.kind == b.kind {
        score += if a.sentence.max(b.sentence) == 1 { 0.3 } else { 0.1 };
    }
    if a.article == b.article && !is_the_one(a, b) && !headlines(a, b) {
        let back = refers_back(a, b) || refers_back(b, a);
        score += if back { 0.15 } else { 0.0 };
        score -= if back || has_evidence(a, b, &reasons) { 0.0 } else { 0.15 };
    }
    let score = score.clamp(0.0, 1.0);
    (score >= LEAST_SCORE).then_some((score, reasons))
}

/// Whether the later of two reports of an article only goes on to tell of the earlier: "the attack",
/// "three of the wounded died" after a raid.
fn refers_back(earlier: &Report, later: &Report) -> bool {
    let toll = matches!(later.mode, Some("kill" | "wound" | "die")) && later.actors.is_empty();
    earlier.sentence < later.sentence && earlier.kind == later.kind && (later.definite || toll)
}

/// Whether more than type, place and day speaks for it.
fn has_evidence(a: &Report, b: &Report, reasons: &[GroupReason]) -> bool {
    use GroupReason as R;
    a.trigger == b.trigger
        || reasons.iter().any(|r| matches!(r, R::Actor(_) | R::Recipient(_) | R::Killed(_)))
}

/// Modes that any reading of an attack may have.
pub(super) fn is_general(mode: Option<&str>) -> bool {
    matches!(mode, None | Some("attack" | "kill" | "wound" | "die" | "clash" | "destroy"))
}

/// Whether one article tells of only one such thing: its quake, its storm, its election.
fn is_the_one(a: &Report, b: &Report) -> bool {
    use EventType as T;
    a.article == b.article && a.kind == b.kind && matches!(a.kind, T::Disaster | T::Outbreak | T::Election)
}

/// Types that fit: the same, or two readings of one happening.
fn kinds(a: &Report, b: &Report) -> Option<f32> {
    use EventType as T;
    if a.status.is_drawn() != b.status.is_drawn() || told_together(a, b) {
        return None;
    }
    if is_the_one(a, b) {
        let sure = a.kind != T::Outbreak;
        return one_force(a.mode, b.mode).then_some(if sure { 0.45 } else { 0.35 });
    }
    if a.kind == b.kind {
        let told_apart = a.mode != b.mode && !is_general(a.mode) && !is_general(b.mode);
        return match (a.mode == b.mode, told_apart && a.article == b.article) {
            (true, _) => Some(0.35),
            (false, false) => Some(0.25),
            (false, true) => headlines(a, b).then_some(0.1),
        };
    }
    let pair = if a.kind < b.kind { (a.kind, b.kind) } else { (b.kind, a.kind) };
    matches!(
        pair,
        (T::Assault, T::Control | T::Crime | T::Accident)
            | (T::Agree, T::Consult | T::Cooperate | T::Sanction)
            | (T::Consult, T::Cooperate)
            | (T::Disaster, T::Accident)
            | (T::Accuse, T::Coerce)
            | (T::Coerce, T::Sanction)
    )
    .then_some(0.05)
}

/// Whether one sentence tells both as two things; an article's one disaster does many in a sentence.
fn told_together(a: &Report, b: &Report) -> bool {
    a.article == b.article && a.sentence == b.sentence && !is_the_one(a, b)
}

/// Whether one is the article's headline and the other its lead.
fn headlines(a: &Report, b: &Report) -> bool {
    a.article == b.article && a.sentence.min(b.sentence) == 0 && a.sentence.max(b.sentence) <= LEAD_SENTENCES
}

/// Sentences of the lead, the headline counted.
const LEAD_SENTENCES: usize = 3;

/// Whether two disasters may be one: a storm and its floods, an eruption and its wave; or two votes.
fn one_force(a: Option<&str>, b: Option<&str>) -> bool {
    let force = |mode: Option<&str>| match mode {
        Some("storm" | "flood") => 1,
        Some("earthquake" | "tsunami") => 2,
        Some("wildfire" | "drought") => 3,
        Some("eruption") => 4,
        Some("landslide") => 5,
        Some("inaugurate") => 6,
        Some("vote" | "win" | "elect" | "hold") => 7,
        _ => 0,
    };
    let (x, y) = (force(a), force(b));
    x == 0 || y == 0 || x == y || matches!((x, y), (2, 4) | (4, 2))
}

fn days(a: &Report, b: &Report, reasons: &mut Vec<GroupReason>) -> Option<f32> {
    let (Some(x), Some(y)) = (a.date, b.date) else { return Some(0.0) };
    let gap = (y.start - x.end).get_days().max((x.start - y.end).get_days()).max(0);
    if gap > if is_the_one(a, b) { DAYS_OF_THE_ONE } else { DAYS } {
        return None;
    }
    reasons.push(GroupReason::Days(gap.unsigned_abs()));
    let wide = (x.end - x.start).get_days().max((y.end - y.start).get_days()) > 7;
    Some(match (gap, wide) {
        (_, true) => 0.05,
        (0, _) => 0.2,
        (1, _) => 0.1,
        _ => 0.05,
    })
}

fn places(a: &Report, b: &Report, reasons: &mut Vec<GroupReason>) -> Option<f32> {
    let (Some(x), Some(y)) = (a.at, b.at) else { return Some(0.0) };
    let km = x.distance_km(y);
    if km > WIDE_KM {
        let near = is_the_one(a, b) && km < KM_OF_THE_ONE;
        return (near || km < reach(a).max(reach(b))).then_some(if near { 0.1 } else { 0.0 });
    }
    reasons.push(GroupReason::Place(if km <= NEAR_KM { 0 } else { km.round() as u32 }));
    let country = |r: &Report| matches!(r.precision, Some(Precision::Country | Precision::Region));
    Some(match (km <= NEAR_KM, country(a) || country(b)) {
        (true, false) if a.placed && b.placed => 0.25,
        (true, false) => 0.15,
        (true, true) => 0.1,
        _ => 0.1,
    })
}

/// How far from the point of an area something in it may lie, in kilometres.
fn reach(report: &Report) -> f64 {
    match report.precision {
        Some(Precision::Sea) => 200.0,
        Some(Precision::Admin1 | Precision::Region) => 120.0,
        Some(Precision::Country) => 400.0,
        Some(Precision::Admin2) => 40.0,
        _ => 0.0,
    }
}

/// What shared and what different words say.
fn shared(
    a: &[String],
    b: &[String],
    gain: f32,
    loss: f32,
    reason: impl Fn(String) -> GroupReason,
    reasons: &mut Vec<GroupReason>,
) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    match a.iter().find(|w| b.contains(w)) {
        Some(word) => {
            reasons.push(reason(word.clone()));
            gain
        }
        None => -loss,
    }
}

/// Finds the links between reports: within each article, and between articles by place and day.
/// Each report is linked at most once with an earlier one, with the one it fits best.
pub fn links(reports: &[Report]) -> Vec<Link> {
    let mut cells: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| (reports[i].date.map(|d| d.start), reports[i].article, i));
    let mut out = Vec::new();
    let mut of_article: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &index in &order {
        let report = &reports[index];
        let mut candidates: Vec<usize> = Vec::new();
        for cell in cells_around(report.at) {
            let here = cells.get(&cell).into_iter().flatten().rev();
            candidates.extend(here.take_while(|&&c| is_recent(&reports[c], report)).take(LOOK_BACK));
        }
        candidates.extend(of_article.get(&report.article).into_iter().flatten().rev().take(LOOK_BACK));
        candidates.sort_unstable();
        candidates.dedup();
        let scored = candidates.into_iter().filter_map(|c| {
            compare(&reports[c], report).map(|(score, reasons)| Link {
                first: c,
                second: index,
                score,
                reasons,
            })
        });
        out.extend(scored.reduce(|best, next| if next.score > best.score { next } else { best }));
        of_article.entry(report.article).or_default().push(index);
        if let Some(cell) = report.at.map(cell) {
            cells.entry(cell).or_default().push(index);
        }
    }
    out
}

/// Whether an earlier report is no more than a month older.
fn is_recent(earlier: &Report, report: &Report) -> bool {
    let (Some(a), Some(b)) = (earlier.date, report.date) else { return true };
    (b.start - a.start).get_days() <= 31
}

fn cell(at: LonLat) -> (i32, i32) {
    ((at.lon / CELL).floor() as i32, (at.lat / CELL).floor() as i32)
}

/// The cells in which a report of the same place may lie; east and west they are narrower far
/// from the equator, so two are looked at.
fn cells_around(at: Option<LonLat>) -> impl Iterator<Item = (i32, i32)> {
    let home = at.map(cell);
    home.into_iter().flat_map(|(x, y)| (-2..=2).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy))))
}

/// The telling words of a name or phrase: in lower case, without articles, numbers and the plural.
pub fn telling_words(phrase: &str) -> Vec<String> {
    const DULL: [&str; 26] = [
        "the",
        "a",
        "an",
        "of",
        "at",
        "least",
        "some",
        "about",
        "more",
        "than",
        "two",
        "three",
        "four",
        "five",
        "six",
        "ten",
        "dozens",
        "hundreds",
        "thousands",
        "his",
        "her",
        "its",
        "their",
        "and",
        "members",
        "people",
    ];
    let words = phrase.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2);
    let lower = words.map(str::to_lowercase).filter(|w| !DULL.contains(&w.as_str()));
    lower
        .filter(|w| !w.starts_with(|c: char| c.is_ascii_digit()))
        .map(|w| w.strip_suffix('s').map_or_else(|| w.clone(), str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(article: usize, kind: EventType, at: (f64, f64), day: &str) -> Report {
        Report {
            article,
            sentence: 0,
            kind,
            mode: None,
            status: Status::Completed,
            at: Some(LonLat::new(at.0, at.1)),
            precision: Some(Precision::Settlement),
            placed: true,
            date: Some(EventDate::published(day.parse().unwrap())),
            actors: Vec::new(),
            recipients: Vec::new(),
            killed: None,
            trigger: String::new(),
            definite: false,
        }
    }

    #[test]
    fn the_same_type_place_and_day_is_the_same_happening() {
        let all = [
            report(0, EventType::Assault, (36.25, 49.98), "2023-05-15"),
            report(1, EventType::Assault, (36.26, 49.99), "2023-05-15"),
            report(2, EventType::Assault, (36.25, 49.98), "2023-05-25"),
            report(3, EventType::Assault, (37.25, 49.98), "2023-05-15"),
            report(4, EventType::Election, (36.25, 49.98), "2023-05-15"),
        ];
        let links = links(&all);
        assert_eq!(links.iter().map(|l| (l.first, l.second)).collect::<Vec<_>>(), [(0, 1)]);
        assert!(links[0].reasons.contains(&GroupReason::SameType));
    }

    #[test]
    fn what_happened_and_what_is_planned_are_two() {
        let done = report(0, EventType::Protest, (0.0, 0.0), "2023-05-15");
        let planned = Report { status: Status::Planned, article: 1, ..done.clone() };
        assert_eq!(compare(&done, &planned), None);
    }

    #[test]
    fn other_actors_speak_against_it() {
        let mut a = report(0, EventType::Assault, (1.0, 1.0), "2023-05-15");
        let mut b = report(1, EventType::Assault, (1.0, 1.0), "2023-05-15");
        let same = compare(&a, &b).unwrap().0;
        a.actors = telling_words("Two Russian missiles");
        b.actors = telling_words("the Taliban");
        assert!(compare(&a, &b).is_none_or(|(score, _)| score < same));
    }

    #[test]
    fn what_points_back_is_told_again() {
        let raid =
            Report { trigger: "raid".into(), ..report(0, EventType::Assault, (1.0, 1.0), "2023-05-15") };
        let other =
            Report { sentence: 5, trigger: "shelling".into(), mode: Some("shelling"), ..raid.clone() };
        let attack = Report { definite: true, trigger: "attack".into(), ..other.clone() };
        let score = |later| compare(&raid, later).map_or(0.0, |(score, _)| score);
        assert!(score(&attack) > score(&other));
        assert!(points_back("It said the ") && !points_back("It said breathe ") && !points_back("in"));
    }

    #[test]
    fn phrases_lose_what_tells_nothing() {
        assert_eq!(telling_words("At least 12 members of the Taliban"), ["taliban"]);
    }
}
