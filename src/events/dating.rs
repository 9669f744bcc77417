//! Which time expression of a sentence tells the day of which event.

use jiff::civil::Date;

use super::grammar::{Form, Kinds, Parse, Tag};
use super::lexicon::{Lexicon, Set};
use super::syntax::Relation;
use super::trigger::Trigger;
use super::when::offset::{self, Offset};
use super::when::{self, Link, When};
use super::{DatePrecision, EventDate, Status};

/// What a sentence tells of the day of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dated {
    /// Its day; the day of publication where nothing is told of what happened.
    pub date: Option<EventDate>,
    /// Whether the sentence tells it.
    pub own: bool,
    /// Told in a past tense, or in a headline: as old as the story.
    pub past: bool,
    /// Told beside the story: in the past perfect, or of somebody named ("who had fled …").
    pub aside: bool,
}

/// The times of a sentence and what they may belong to.
pub(super) struct Dating<'p> {
    parse: &'p Parse<'p>,
    anchor: Option<Date>,
    times: Vec<When>,
    offsets: Vec<Offset>,
    triggers: &'p [Trigger<'p>],
}

/// Times tied more loosely than this belong to something else.
const LOOSEST: usize = 2;

impl<'p> Dating<'p> {
    /// Takes the times of a sentence.
    pub fn new(
        parse: &'p Parse<'p>,
        anchor: Option<Date>,
        times: Vec<When>,
        triggers: &'p [Trigger<'p>],
    ) -> Self {
        Self { parse, anchor, times, offsets: offset::find(parse), triggers }
    }

    /// The day that this sentence tells last.
    pub fn last(&self) -> Option<EventDate> {
        when::told_last(&self.times)
    }

    /// The time that belongs to the trigger, else the publication date as the latest day.
    pub fn date(&self, trigger: &Trigger, status: Status) -> Dated {
        let told = self.told(trigger, status);
        let happened = matches!(status, Status::Completed | Status::Ongoing | Status::Claimed);
        Dated {
            date: told.or_else(|| self.anchor.filter(|_| happened).map(EventDate::published)),
            own: told.is_some(),
            past: is_past(self.parse, trigger),
            aside: is_aside(self.parse, trigger) || in_relative(self.parse, trigger),
        }
    }

    /// Whether the day told is still to come.
    pub fn is_ahead(&self, dated: &Dated) -> bool {
        let day = dated.date.filter(|_| dated.own);
        matches!((day, self.anchor), (Some(d), Some(today)) if d.start > today)
    }

    fn told(&self, trigger: &Trigger, status: Status) -> Option<EventDate> {
        let at = trigger.words.start;
        if let Some(offset) = self.offsets.iter().find(|o| o.scope.contains(&at)) {
            let own = self.nearest(trigger, |w| offset.scope.contains(&w.words.start));
            let reckoned = || match offset.base(&self.times) {
                Some(base) => offset.from(base.date.start),
                // "The crisis comes six years after …": from now.
                None => {
                    self.anchor.and_then(|a| offset.from(a)).filter(|d| d.precision == DatePrecision::Year)
                }
            };
            return own.map(|w| self.meant(w, trigger, status)).or_else(reckoned);
        }
        if let Some(when) = self.times.iter().find(|w| self.when_clause(w).contains(&at)) {
            return Some(when.date);
        }
        let free = |w: &When| !self.offsets.iter().any(|o| o.scope.contains(&w.words.start));
        let nearest = self.nearest(trigger, free)?;
        let date = self.meant(nearest, trigger, status);
        Some(lasted(self.parse, trigger, date).unwrap_or(date))
    }

    /// "since February, when a bomb killed 11": the words that tell what happened then.
    fn when_clause(&self, when: &When) -> std::ops::Range<usize> {
        let parse = self.parse;
        let comma = usize::from(parse.word(when.words.end) == ",");
        let at = when.words.end + comma;
        if !parse.word(at).eq_ignore_ascii_case("when") {
            return 0..0;
        }
        let chunks = parse.chunk_of(at)..parse.chunks.len();
        let stop = chunks.into_iter().find(|&c| parse.kind(c) == super::grammar::ChunkKind::Break);
        at..stop.map_or(parse.words.len(), |c| parse.chunks[c].words.start.max(at))
    }

    /// What a time means for a trigger: the future of what is planned, all days since it began.
    fn meant(&self, when: &When, trigger: &Trigger, status: Status) -> EventDate {
        let planned = matches!(status, Status::Planned | Status::Hypothetical)
            || is_timetable(self.parse, trigger)
            || has_modal(self.parse, trigger)
            || is_asked_for(self.parse, trigger);
        match (when.link, self.anchor) {
            (Link::Since, Some(today)) => when::lasting(when.date, today),
            (Link::For, _) => when::ahead(when, self.parse, self.anchor),
            _ if planned => when::ahead(when, self.parse, self.anchor),
            _ => when.date,
        }
    }

    fn nearest(&self, trigger: &Trigger, fits: impl Fn(&When) -> bool) -> Option<&When> {
        let at = trigger.words.start;
        let rank = |w: &&When| {
            let (from, to) = if w.words.start > at { (at, w.words.start) } else { (w.words.end, at) };
            let crossed = self.triggers.iter().filter(|o| o.words.start > from && o.words.start < to).count();
            (self.tie(w, trigger), crossed + breaks(self.parse, from, to), to.saturating_sub(from))
        };
        self.times
            .iter()
            .filter(|w| fits(w) && self.may_date(w, trigger) && self.tie(w, trigger) <= LOOSEST)
            .min_by_key(rank)
    }

    /// Whether a time of this kind can be the day of the trigger: "has left" goes with "since
    /// Monday", not with "on Monday".
    fn may_date(&self, when: &When, trigger: &Trigger) -> bool {
        let verb = trigger.verb;
        match when.link {
            Link::Until => false,
            Link::Since => verb.is_some_and(|v| is_perfect(self.parse, v)),
            Link::For => true,
            Link::On => {
                let over = self.anchor.is_some_and(|today| when.date.end < today);
                let now = verb.is_some_and(|v| group(self.parse, v).any(|w| w == "has" || w == "have"));
                !(over && now && when.date.precision == DatePrecision::Day && trigger.noun.is_none())
            }
        }
    }

    /// How closely the tree ties a time to a trigger: 0 its own, 1 of the same clause, 2 of a
    /// neighbouring one, 3 of another event, of a verb of saying above or of a clause beside.
    fn tie(&self, when: &When, trigger: &Trigger) -> usize {
        let parse = self.parse;
        if self.modifies_noun(when) && !trigger.words.contains(&self.head_of(when)) {
            return 3;
        }
        if self.is_told_of_culprits(when, trigger) {
            return 3;
        }
        if parse.tree.is_none() {
            return 1;
        }
        if self.is_of_saying(when, trigger) {
            return 3;
        }
        let tie = self.tie_in_tree(when, trigger);
        let near = follows(parse, trigger, when) || self.frames(when) && !is_aside(parse, trigger);
        match (tie, near) {
            (3.., true) if !self.modifies_noun(when) => LOOSEST,
            _ => tie,
        }
    }

    fn tie_in_tree(&self, when: &When, trigger: &Trigger) -> usize {
        let parse = self.parse;
        let owner = parse
            .ancestors(when.words.end.saturating_sub(1))
            .filter(|w| !when.words.contains(w))
            .find(|&w| parse.words[w].tag == Tag::Verb || self.is_event(w));
        let Some(owner) = owner else { return 1 };
        if holds(parse, trigger, owner) {
            return 0;
        }
        let main = trigger.verb.map_or(trigger.words.start, |v| parse.verbs[v].head);
        let of_event = self.is_event(owner);
        let apart = when.link == Link::For && trigger.noun.is_none();
        if apart || self.modifies_noun(when) {
            return 3;
        }
        if Lexicon::bundled().sets.has(Set::Say, parse.words[owner].lemma()) && !of_event {
            return 3;
        }
        match (clauses_between(parse, main, owner), clauses_between(parse, owner, main)) {
            (Some(clauses), _) => 1 + clauses.min(2),
            // "the massacre of six priests carried out on 16 November": the noun's own clause.
            (None, Some(_)) if trigger.noun.is_some() && parse.above(owner) == trigger.noun => 1,
            (None, Some(clauses)) => 1 + if clauses == 0 { 0 } else { 2 },
            (None, None) => 2 + usize::from(of_event),
        }
    }

    /// The main word of the group that holds a time.
    fn head_of(&self, when: &When) -> usize {
        self.parse.chunks.get(self.parse.chunk_of(when.words.start)).map_or(when.words.start, |c| c.head)
    }

    /// "was arrested on Sunday on suspicion of killing a clerk": the day is that of the arrest, not of the deed.
    fn is_told_of_culprits(&self, when: &When, trigger: &Trigger) -> bool {
        use super::EventType as T;
        let deed = matches!(trigger.pattern.event, T::Crime | T::Assault)
            && (trigger.noun.is_some()
                || trigger.verb.is_some_and(|v| self.parse.verbs[v].form == Form::Gerund));
        let held = |o: &&Trigger| {
            matches!(o.pattern.event, T::Coerce | T::Accuse)
                && !matches!(o.pattern.mode, "curfew" | "crackdown" | "criticise")
                && o.words.end <= trigger.words.start
        };
        deed && when.words.end <= trigger.words.start && self.triggers.iter().any(|o| held(&o))
    }

    /// "2017" of "2017 killing": the time of that noun alone.
    fn modifies_noun(&self, when: &When) -> bool {
        let chunk = self.parse.chunks.get(self.parse.chunk_of(when.words.start));
        chunk.is_some_and(|c| {
            !when.words.contains(&c.head) && c.words.contains(&when.words.start) && self.is_event(c.head)
        })
    }

    /// "On Monday, …": stands before all verbs and says when everything in the sentence happens.
    fn frames(&self, when: &When) -> bool {
        let parse = self.parse;
        let opens = |w: usize| {
            let word = parse.word(w).to_ascii_lowercase();
            matches!(
                word.as_str(),
                "on" | "in" | "at" | "by" | "during" | "over" | "late" | "early" | "about" | "around" | "the"
            )
        };
        let first = (0..when.words.start).all(opens) && !self.modifies_noun(when);
        let close = when.words.start < 8 && parse.word(when.words.end) == ",";
        (first || close) && parse.verbs.iter().all(|v| v.head > when.words.end)
    }

    /// "In its briefing on Tuesday it said its forces had destroyed …": the day of the saying.
    fn is_of_saying(&self, when: &When, trigger: &Trigger) -> bool {
        let parse = self.parse;
        let Some(at) = trigger.verb.map(|v| parse.verbs[v].head) else { return false };
        is_aside(parse, trigger)
            && parse.verbs.iter().any(|v| {
                let says = Lexicon::bundled().sets.has(Set::Say, parse.words[v.head].lemma());
                says && when.words.end <= v.head && v.head < at
            })
    }

    fn is_event(&self, word: usize) -> bool {
        self.triggers.iter().any(|t| holds(self.parse, t, word))
    }
}

fn holds(parse: &Parse, trigger: &Trigger, word: usize) -> bool {
    trigger.words.contains(&word) || trigger.verb.is_some_and(|v| parse.verbs[v].head == word)
}

/// How many clause borders lie on the way up the tree from one word to another; `None` where the
/// other is not above. An adverbial clause counts one, what only tells more of a noun or of what
/// is said two.
fn clauses_between(parse: &Parse, below: usize, above: usize) -> Option<usize> {
    let mut at = below;
    let mut clauses = 0;
    for _ in 0..parse.words.len() {
        if at == above {
            return Some(clauses);
        }
        clauses += match parse.relation(at)? {
            Relation::AclRelcl | Relation::Ccomp => 2,
            Relation::Acl if is_verb(parse, at) => 2,
            Relation::Parataxis => 1,
            Relation::Advcl if is_finite(parse, at) => 1,
            _ => 0,
        };
        at = parse.above(at)?;
    }
    None
}

fn is_verb(parse: &Parse, word: usize) -> bool {
    parse.words.get(word).is_some_and(|w| w.tag == Tag::Verb)
}

fn is_finite(parse: &Parse, word: usize) -> bool {
    parse.verbs.iter().any(|v| v.head == word && v.form == Form::Finite)
}

/// How many clause borders lie between two words.
fn breaks(parse: &Parse, from: usize, to: usize) -> usize {
    use super::grammar::ChunkKind as K;
    let between = parse.chunks.iter().filter(|c| c.words.start >= from && c.words.end <= to);
    between.filter(|c| matches!(c.kind, K::Comma | K::Sub | K::Rel | K::Break)).count()
}

/// The words of a verb group in lower case.
fn group<'a>(parse: &'a Parse, verb: usize) -> impl Iterator<Item = String> + 'a {
    let words =
        parse.verbs.get(verb).and_then(|v| parse.chunks.get(v.chunk)).map_or(0..0, |c| c.words.clone());
    words.map(|w| parse.word(w).to_ascii_lowercase())
}

/// "He goes on to Vienna on Wednesday": the present tense of what is arranged.
fn is_timetable(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(verb) = trigger.verb.map(|v| &parse.verbs[v]) else { return false };
    let plain = parse.chunks.get(verb.chunk).is_some_and(|c| c.words.len() == 1);
    let finite = verb.form == Form::Finite && !verb.passive;
    verb.present && plain && finite && !parse.headline && parse.words[verb.head].kinds().any(Kinds::THIRD)
}

/// "will meet", "could become".
fn has_modal(parse: &Parse, trigger: &Trigger) -> bool {
    trigger.verb.is_some_and(|v| {
        group(parse, v)
            .any(|w| matches!(w.as_str(), "will" | "'ll" | "could" | "may" | "might" | "shall" | "can"))
    })
}

/// "invited them to talks on Wednesday", "called for a march on Friday".
fn is_asked_for(parse: &Parse, trigger: &Trigger) -> bool {
    let above = trigger
        .noun
        .filter(|_| trigger.verb.is_none())
        .and_then(|n| parse.ancestors(n).find(|&w| is_verb(parse, w)));
    above.is_some_and(|w| {
        matches!(
            parse.word(w).to_ascii_lowercase().as_str(),
            "invited"
                | "invite"
                | "invites"
                | "called"
                | "calls"
                | "calling"
                | "scheduled"
                | "summoned"
                | "planned"
                | "urged"
        )
    })
}

/// Whether the time stands right behind the trigger.
fn follows(parse: &Parse, trigger: &Trigger, when: &When) -> bool {
    let between = trigger.words.end..when.words.start;
    when.words.start >= trigger.words.end
        && between.len() <= 3
        && between
            .clone()
            .all(|w| !matches!(parse.words[w].tag, Tag::Verb | Tag::Comma | Tag::Break | Tag::Sub | Tag::Rel))
}

/// "has left", "have been fighting", "is blocking": true until now.
fn is_perfect(parse: &Parse, verb: usize) -> bool {
    let now = ["has", "have", "'ve", "’ve", "is", "are"];
    parse.verbs[verb].present || group(parse, verb).any(|w| now.contains(&w.as_str()))
}

/// Whether a trigger is told in a past tense, by a noun or in a headline.
fn is_past(parse: &Parse, trigger: &Trigger) -> bool {
    trigger.verb.is_none_or(|verb| parse.headline || !is_perfect(parse, verb))
}

/// Told in the past perfect, or in a clause that only says more of somebody or something.
fn is_aside(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(verb) = trigger.verb else { return false };
    let head = parse.verbs[verb].head;
    group(parse, verb).any(|w| w == "had") || parse.relation(head) == Some(Relation::AclRelcl)
}

/// Told inside a clause that says more of somebody: "the guest, who came to power after the army
/// deposed his predecessor".
fn in_relative(parse: &Parse, trigger: &Trigger) -> bool {
    let Some(head) = trigger.verb.map(|verb| parse.verbs[verb].head) else { return false };
    parse.ancestors(head).any(|word| parse.relation(word) == Some(Relation::AclRelcl))
}

/// "after two days of talks" on a Friday: Thursday and Friday.
fn lasted(parse: &Parse, trigger: &Trigger, date: EventDate) -> Option<EventDate> {
    let noun = trigger.noun?;
    let first = parse.chunks.get(parse.chunk_of(noun))?.words.start;
    let word = |back: usize| first.checked_sub(back).map(|at| parse.word(at).to_ascii_lowercase());
    let after = matches!(word(4)?.as_str(), "after" | "following");
    if !after || word(1)? != "of" || date.precision != DatePrecision::Day {
        return None;
    }
    let count = offset::count(&word(3)?)?;
    let days = match word(2)?.trim_end_matches('s') {
        "day" => count,
        "week" => count.checked_mul(7)?,
        _ => return None,
    };
    let start = date.start.checked_sub(jiff::Span::new().days(days - 1)).ok()?;
    Some(EventDate { start, precision: DatePrecision::Days, ..date })
}
