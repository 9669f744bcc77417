//! What is seen of a mention to tell its role: hashes of the words that tie it to its sentence, of
//! the words around, of where it stands in the article and of the place it was resolved to.

use super::governor::Governor;
use super::home::Home;
use crate::article::segment::Segmentation;
use crate::places::recognise::decode::Name;
use crate::places::recognise::hash::{feature_hash, word_hash_ascii};
use crate::places::recognise::labels::Class;
use crate::places::recognise::matches::POSSESSIVE;
use crate::places::recognise::page::{Case, Page, Word};
use crate::places::recognise::spots::{Spot, SpotKind};
use crate::places::recognise::words::Classes;
use crate::places::resolve::candidates::Group;

/// An article, recognised and resolved.
#[derive(Debug)]
pub struct Scene<'a> {
    page: &'a Page,
    segmentation: &'a Segmentation,
    names: &'a [Name],
    spots: &'a [Spot],
    groups: &'a [Group],
    /// The group of each spot.
    group_of: Vec<usize>,
    home: Home,
}

/// Words looked at before and behind a mention.
const BEFORE: usize = 12;
const BEHIND: usize = 9;

/// Collects features, numbered by their templates.
struct Sink<'a>(&'a mut Vec<u32>);

impl Sink<'_> {
    #[inline]
    fn put(&mut self, template: u32, a: u32, b: u32) {
        self.0.push(feature_hash(template, a, b));
    }
}

/// A mention and what the templates share of it.
struct Look<'a> {
    spot: &'a Spot,
    group: usize,
    /// The governing word and the three before it.
    tie: [&'a Word; 4],
    tied: Governor,
    /// The words behind.
    next: [&'a Word; 3],
    kind: u32,
    relation: u32,
    sentence: usize,
}

impl<'a> Scene<'a> {
    /// Prepares to look at the mentions of an article whose groups are resolved.
    pub fn new(
        page: &'a Page,
        segmentation: &'a Segmentation,
        names: &'a [Name],
        spots: &'a [Spot],
        groups: &'a [Group],
    ) -> Self {
        let mut group_of = vec![usize::MAX; spots.len()];
        for (at, group) in groups.iter().enumerate() {
            for &spot in &group.spots {
                if let Some(slot) = group_of.get_mut(spot) {
                    *slot = at;
                }
            }
        }
        Self { page, segmentation, names, spots, groups, group_of, home: Home::of(groups, spots) }
    }

    /// Writes the features of spot `at`.
    pub fn describe(&self, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let Some(look) = self.look(at) else { return };
        let mut sink = Sink(out);
        sink.put(0, 1, 0);
        self.ties(&look, &mut sink);
        self.behind(&look, &mut sink);
        self.whole(at, &look, &mut sink);
        self.around(&look, &mut sink);
    }

    /// Word `step` words from `at` in the sentence of `at`.
    fn word(&self, at: usize, step: isize) -> &Word {
        let sentence = self.page.words.get(at).map_or(u32::MAX, |w| w.sentence);
        let found = at.checked_add_signed(step).and_then(|at| self.page.words.get(at));
        found.filter(|w| w.sentence == sentence).unwrap_or(&Word::EDGE)
    }

    fn look(&self, at: usize) -> Option<Look<'_>> {
        let spot = self.spots.get(at)?;
        let group = self.group_of.get(at).copied()?;
        let choice = self.groups.get(group).and_then(|g| g.best()).map(|(choice, _)| choice);
        let tied = Governor::find(self.page, self.spots, at, |spot| self.holds(spot));
        let last = spot.words.end.checked_sub(1)?;
        let ahead = |step: isize| tied.at.map_or(&Word::EDGE, |at| self.word(at, -step));
        Some(Look {
            spot,
            group,
            tie: [ahead(0), ahead(1), ahead(2), ahead(3)],
            tied,
            next: [self.word(last, 1), self.word(last, 2), self.word(last, 3)],
            kind: choice.map_or(31, |c| u32::from(c.kind)),
            relation: self.home.relation(group, choice),
            sentence: self.page.words.get(spot.words.start).map_or(0, |w| w.sentence as usize),
        })
    }

    /// Whether a spot is the area that holds the one before it: "Paris, Texas".
    fn holds(&self, spot: usize) -> bool {
        let Some(before) = spot.checked_sub(1) else { return false };
        let (Some(own), Some(inner)) = (self.group_of.get(spot), self.group_of.get(before)) else {
            return false;
        };
        let (Some(a), Some(b)) = (self.spots.get(before), self.spots.get(spot)) else { return false };
        b.words.start.saturating_sub(a.words.end) <= 1
            && self.groups.get(*inner).is_some_and(|group| group.holder == Some(*own))
    }

    /// 1 for the name of a person that ends before word `end`, 2 for an organisation's, 3 for
    /// another name's.
    fn name_before(&self, end: usize) -> u32 {
        let at = self.names.partition_point(|n| n.words.end < end);
        self.names.get(at).filter(|n| n.words.end == end).map_or(0, |name| match name.class {
            Class::Person => 1,
            Class::Organisation => 2,
            _ => 3,
        })
    }

    /// What ties the mention to what stands before it.
    fn ties(&self, look: &Look<'_>, sink: &mut Sink<'_>) {
        let [tie, w2, w3, w4] = look.tie.map(|w| w.hash);
        let named = look.tied.at.map_or(4, |at| self.name_before(at));
        let inside = look.tied.at.map_or(4, |at| self.name_before(at + 1));
        let kind = look.kind;
        let flags =
            u32::from(look.tied.listed) | u32::from(look.tied.holds) << 1 | u32::from(look.tied.typed) << 2;
        let first = look.spot.words.start;
        sink.put(1, tie, 0);
        sink.put(2, tie, w2);
        sink.put(3, w2, 0);
        sink.put(4, w2, w3);
        sink.put(5, tie, kind);
        sink.put(6, tie, look.relation);
        sink.put(7, tie, named);
        sink.put(8, tie, look.tie[1].case as u32 | (look.tie[1].classes.0) << 4);
        sink.put(9, flags, 0);
        sink.put(10, flags, tie);
        sink.put(11, flags, kind);
        sink.put(12, self.word(first, -1).hash, 0);
        sink.put(13, self.word(first, -1).hash, self.word(first, -2).hash);
        sink.put(14, look.tie[0].classes.0, look.tie[1].classes.0);
        sink.put(15, tie, look.next[0].hash);
        sink.put(16, inside, kind);
        sink.put(17, w3, w4);
        sink.put(18, inside, look.tie[0].case as u32);
    }

    /// What stands behind it.
    fn behind(&self, look: &Look<'_>, sink: &mut Sink<'_>) {
        let [next, after, third] = look.next;
        let possessive = u32::from(next.hash == POSSESSIVE);
        sink.put(20, next.hash, 0);
        sink.put(21, next.hash, after.hash);
        sink.put(22, next.hash, look.kind);
        sink.put(23, next.classes.0, next.case as u32);
        sink.put(24, possessive, look.kind);
        sink.put(25, possessive, after.hash);
        sink.put(26, next.hash, look.tie[0].hash);
        sink.put(27, after.hash, u32::from(next.case == Case::Mark));
        sink.put(28, after.classes.0, next.hash);
        sink.put(29, third.hash, after.hash);
        sink.put(30, next.case as u32, look.kind);
        // The subject of a sentence that says or does something.
        let opens = u32::from(look.tied.at.is_none());
        sink.put(31, opens, next.hash);
        sink.put(32, opens, look.kind | (next.case as u32) << 8);
    }

    /// Where it stands in the article, and what it is.
    fn whole(&self, at: usize, look: &Look<'_>, sink: &mut Sink<'_>) {
        let headline = u32::from(self.page.headlines.get(look.sentence).copied().unwrap_or(false));
        let sentence = bucket(look.sentence);
        let paragraph = bucket(self.segmentation.paragraph_of(look.sentence));
        let tenth = (look.sentence * 6 / self.page.sentences.len().max(1)) as u32;
        let group = self.groups.get(look.group);
        let mentions = group.map_or(0, |g| g.spots.len().min(5) as u32);
        let order = group.and_then(|g| g.spots.iter().position(|s| *s == at)).unwrap_or(0).min(3) as u32;
        let early = group
            .and_then(|g| self.spots.get(*g.spots.first()?))
            .and_then(|s| self.page.words.get(s.words.start))
            .map_or(9, |w| bucket(w.sentence as usize));
        let (kind, relation) = (look.kind, look.relation);
        sink.put(40, headline, sentence);
        sink.put(41, sentence, kind);
        sink.put(42, paragraph, relation);
        sink.put(43, tenth, relation);
        sink.put(44, mentions, order);
        sink.put(45, mentions, relation);
        sink.put(46, kind, relation);
        sink.put(47, early, relation);
        sink.put(48, kind, 0);
        sink.put(49, relation, 0);
        sink.put(50, early, mentions);
        sink.put(51, self.finer(at, look), kind);
        sink.put(52, look.spot.words.len().min(4) as u32, kind);
        sink.put(53, headline, look.next[0].hash);
        sink.put(54, tenth, kind);
        sink.put(55, u32::from(self.quoted(look)), relation);
        let times = self.times(look.sentence);
        sink.put(56, times, 0);
        sink.put(57, times, relation);
        sink.put(58, times, look.tie[0].hash);
        let [before, after] =
            [at.checked_sub(1), Some(at + 1)].map(|other| self.tie_of(other, look.sentence));
        sink.put(59, before, look.tie[0].hash);
        sink.put(80, after, look.tie[0].hash);
    }

    /// The word that governs another mention of the sentence; 0 where there is none.
    fn tie_of(&self, spot: Option<usize>, sentence: usize) -> u32 {
        let Some(other) = spot.and_then(|at| self.spots.get(at)) else { return 0 };
        let first = self.page.words.get(other.words.start).filter(|w| w.sentence as usize == sentence);
        first.map_or(0, |_| self.word(other.words.start, -1).hash)
    }

    /// What times the sentence names: 1 a day of the week, 2 a month, 4 a year.
    fn times(&self, sentence: usize) -> u32 {
        let Some(words) = self.page.sentences.get(sentence) else { return 0 };
        let of = |word: &Word| match word.case {
            Case::Number => u32::from(word.end - word.start == 4) << 2,
            _ => {
                u32::from(word.classes.has(Classes::WEEKDAY))
                    | u32::from(word.classes.has(Classes::MONTH)) << 1
            }
        };
        self.page.words.get(words.clone()).unwrap_or_default().iter().fold(0, |times, word| times | of(word))
    }

    /// Whether the sentence names a place that is finer: 1 before, 2 behind.
    fn finer(&self, at: usize, look: &Look<'_>) -> u32 {
        let finer = |spot: usize| {
            let Some(other) = self.spots.get(spot) else { return false };
            let word = self.page.words.get(other.words.start);
            let same = word.is_some_and(|w| w.sentence as usize == look.sentence);
            let group = self.group_of.get(spot).and_then(|g| self.groups.get(*g));
            let kind = group.and_then(|g| g.best()).map_or(0, |(c, _)| u32::from(c.kind));
            same && other.kind == SpotKind::Place && kind > look.kind && kind > 2
        };
        let before = at.checked_sub(1).is_some_and(finer);
        u32::from(before) | u32::from(finer(at + 1)) << 1
    }

    /// Whether an odd number of quotation marks stands before it in its paragraph's sentence.
    fn quoted(&self, look: &Look<'_>) -> bool {
        let Some(words) = self.page.sentences.get(look.sentence) else { return false };
        let mark = |at: &usize| self.page.words.get(*at).is_some_and(|w| QUOTES.contains(&w.hash));
        (words.start..look.spot.words.start).filter(mark).count() % 2 == 1
    }

    /// The words around, near and far.
    fn around(&self, look: &Look<'_>, sink: &mut Sink<'_>) {
        let first = look.spot.words.start;
        let last = look.spot.words.end.saturating_sub(1);
        let mut verb = true;
        for step in 1..=BEFORE {
            let word = self.word(first, -(step as isize));
            if word.sentence == u32::MAX {
                break;
            }
            if word.case == Case::Lower {
                sink.put(60, word.hash, u32::from(step > 4));
                sink.put(61, word.hash, 0);
                if verb && !word.classes.has(SMALL) {
                    sink.put(62, word.hash, look.tie[0].hash);
                    sink.put(63, word.hash, 0);
                    verb = step < 5;
                }
            }
        }
        for step in 1..=BEHIND {
            let word = self.word(last, step as isize);
            if word.sentence == u32::MAX {
                break;
            }
            if word.case == Case::Lower {
                sink.put(70, word.hash, u32::from(step > 3));
                sink.put(71, word.hash, 0);
            }
        }
    }
}

/// Words that are no verb and no noun.
const SMALL: Classes = Classes::LOCATIVE.with(Classes::FUNCTION);

const QUOTES: [u32; 4] = [
    word_hash_ascii(b"\""),
    word_hash_ascii("\u{201c}".as_bytes()),
    word_hash_ascii("\u{201d}".as_bytes()),
    word_hash_ascii(b"``"),
];

/// 0, 1, 2, 3–4, 5–8, 9–16, more.
fn bucket(n: usize) -> u32 {
    match n {
        0..=2 => n as u32,
        3..=4 => 3,
        5..=8 => 4,
        9..=16 => 5,
        _ => 6,
    }
}
