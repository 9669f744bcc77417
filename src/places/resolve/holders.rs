//! The areas named behind places as what holds them: "Paris, Texas", "Albany is a city in Georgia".

use std::ops::Range;

use super::candidates::{Choice, Group, Grouper};
use super::features::holds;
use crate::places::PlaceIndex;
use crate::places::recognise::hash::word_hash_ascii;
use crate::places::recognise::page::{Case, Word};
use crate::places::recognise::spots::Spot;

/// Words between a name and the area that holds it at most: "is a city in and the county seat of".
const APART: usize = 14;

/// Words for what a place is that is told to lie in an area.
const KINDS: [u32; 24] = [
    word_hash_ascii(b"city"),
    word_hash_ascii(b"town"),
    word_hash_ascii(b"village"),
    word_hash_ascii(b"hamlet"),
    word_hash_ascii(b"suburb"),
    word_hash_ascii(b"borough"),
    word_hash_ascii(b"community"),
    word_hash_ascii(b"neighborhood"),
    word_hash_ascii(b"neighbourhood"),
    word_hash_ascii(b"settlement"),
    word_hash_ascii(b"municipality"),
    word_hash_ascii(b"commune"),
    word_hash_ascii(b"township"),
    word_hash_ascii(b"parish"),
    word_hash_ascii(b"locality"),
    word_hash_ascii(b"seat"),
    word_hash_ascii(b"capital"),
    word_hash_ascii(b"port"),
    word_hash_ascii(b"place"),
    word_hash_ascii(b"resort"),
    word_hash_ascii(b"district"),
    word_hash_ascii(b"province"),
    word_hash_ascii(b"county"),
    word_hash_ascii(b"region"),
];

/// Words that tell what a name is.
const COPULAS: [u32; 3] = [word_hash_ascii(b"is"), word_hash_ascii(b"was"), COMMA];

/// Words after which a place is somewhere beside the next name and not in it.
const ASIDE: [u32; 5] = [
    word_hash_ascii(b"from"),
    word_hash_ascii(b"near"),
    word_hash_ascii(b"between"),
    word_hash_ascii(b"outside"),
    AFTER,
];

/// Words that give a name.
const NAMED: [u32; 4] = [
    word_hash_ascii(b"named"),
    word_hash_ascii(b"renamed"),
    word_hash_ascii(b"christened"),
    word_hash_ascii(b"called"),
];

const AFTER: u32 = word_hash_ascii(b"after");
const FOR: u32 = word_hash_ascii(b"for");
const COMMA: u32 = word_hash_ascii(b",");
const IN: u32 = word_hash_ascii(b"in");
const OF: u32 = word_hash_ascii(b"of");

impl Grouper<'_> {
    /// Links each group to the one named right behind one of its mentions; tells the holder of each
    /// spot.
    pub(super) fn find_holders(
        &self,
        spots: &[Spot],
        group_of: &[usize],
        groups: &mut [Group],
    ) -> Vec<Option<usize>> {
        let mut held_by = vec![None; spots.len()];
        for at in 1..spots.len() {
            let (inner, outer) = (group_of[at - 1], group_of[at]);
            let gap = spots[at - 1].words.end..spots[at].words.start;
            let outer_is_area = groups[outer].choices.first().is_some_and(|c| (1..=4).contains(&c.kind));
            if inner != outer
                && outer_is_area
                && !groups[outer].demonym
                && (self.binds(&gap) || self.tells_where(&gap))
            {
                held_by[at - 1] = Some(outer);
                groups[inner].holder = groups[inner].holder.or(Some(outer));
                groups[outer].holding += 1;
            } else if inner != outer && self.lists(&gap) {
                groups[inner].beside.push(outer);
                groups[outer].beside.push(inner);
            }
        }
        for at in 0..groups.len() {
            groups[at].series = groups[at].holder.is_some_and(|holder| !groups[holder].beside.is_empty());
        }
        held_by
    }

    /// Whether the words between two names make them two of a list.
    fn lists(&self, gap: &Range<usize>) -> bool {
        let mut words = gap.clone().map(|at| self.page.text_of(self.text, at));
        match gap.len() {
            1 => matches!(words.next(), Some("," | "and" | "or" | "&")),
            2 => matches!((words.next(), words.next()), (Some(","), Some("and" | "or"))),
            _ => false,
        }
    }

    /// Whether the words between two names make the second the holder of the first.
    fn binds(&self, gap: &Range<usize>) -> bool {
        let mut words = gap.clone().map(|at| self.page.text_of(self.text, at));
        match gap.len() {
            1 => matches!(words.next(), Some("," | "(" | "in" | "—" | "-")),
            2 => matches!((words.next(), words.next()), (Some(","), Some("in")) | (Some("in"), Some("the"))),
            3 => {
                // "in northern", ", a town in" and the like.
                words.next().is_some_and(|w| w == "," || w == "in")
                    && words.next_back().is_some_and(|w| w == "in")
            }
            _ => false,
        }
    }

    /// Whether the words between two names tell that the first is a town or an area in the second: "is
    /// a small town in northern", ", the county seat of".
    fn tells_where(&self, gap: &Range<usize>) -> bool {
        let words = self.page.words.get(gap.clone()).unwrap_or_default();
        let words = self.behind_brackets(words);
        let one_sentence = self.page.words.get(gap.end).zip(words.first());
        if words.len() > APART || one_sentence.is_none_or(|(next, first)| next.sentence != first.sentence) {
            return false;
        }
        let copula = words.first().is_some_and(|w| COPULAS.contains(&w.hash));
        let kind = words.iter().position(|w| KINDS.contains(&w.hash));
        let joint = words.iter().rposition(|w| matches!(w.hash, IN | OF));
        let (Some(kind), Some(joint), true) = (kind, joint, copula) else { return false };
        let free = |w: &Word| !ASIDE.contains(&w.hash) && (w.case != Case::Mark || w.hash == COMMA);
        kind < joint && words.iter().all(free) && words.len() - joint <= 4
    }

    /// The words without those in brackets at their head: "(population 300) is a village in".
    fn behind_brackets<'w>(&self, words: &'w [Word]) -> &'w [Word] {
        let is =
            |word: &Word, mark: &str| self.text.get(word.start as usize..word.end as usize) == Some(mark);
        let opens = words.first().is_some_and(|w| is(w, "("));
        let close = words.iter().position(|w| is(w, ")")).filter(|_| opens);
        close.and_then(|at| words.get(at + 1..)).unwrap_or(words)
    }

    /// Parts the mentions of a group that the text puts into different areas: "Aurora, Colorado … the
    /// one in Illinois", and those of which another place has its name: "named after Albany, Georgia".
    pub(super) fn part(&self, spots: &[Spot], held_by: &[Option<usize>], groups: &mut Vec<Group>) {
        for at in 0..groups.len() {
            if groups[at].spots.len() < 2 || groups[at].holder.is_none() {
                continue;
            }
            let named = |spot: &usize| held_by[*spot].is_some() && self.names_another(&spots[*spot].words);
            let own = groups[at].spots.iter().filter(|s| !named(s)).find_map(|s| held_by[*s]);
            let apart = |spot: &usize| {
                let holder = held_by[*spot];
                named(spot) || own.zip(holder).is_some_and(|(own, its)| self.differ(groups, at, own, its))
            };
            let (away, kept): (Vec<usize>, Vec<usize>) = groups[at].spots.iter().partition(|s| apart(s));
            if away.is_empty() || kept.is_empty() {
                continue;
            }
            for &spot in &away {
                let other = Group { spots: vec![spot], holder: held_by[spot], ..groups[at].clone() };
                groups.push(other);
            }
            (groups[at].spots, groups[at].holder) = (kept, own);
        }
    }

    /// Whether a spot is what something has its name from: "named after", "renamed for the old".
    fn names_another(&self, words: &Range<usize>) -> bool {
        let hash = |step: usize| {
            words.start.checked_sub(step).and_then(|at| self.page.words.get(at)).map_or(0, |w| w.hash)
        };
        let after = |step: usize| matches!(hash(step), AFTER | FOR);
        (1..6).any(|step| after(step) && (step + 1..step + 7).any(|step| NAMED.contains(&hash(step))))
    }

    /// Whether two areas both hold places of a group's name, but none holds what the other does.
    fn differ(&self, groups: &[Group], group: usize, one: usize, other: usize) -> bool {
        let held = |area: usize, choice: usize| {
            let inner = &groups[group].choices[choice];
            groups[area].choices.iter().any(|outer| holds(outer, inner))
        };
        let choices = 0..groups[group].choices.len();
        one != other
            && choices.clone().any(|c| held(one, c))
            && choices.clone().any(|c| held(other, c))
            && !choices.clone().any(|c| held(one, c) && held(other, c))
    }
}

/// The choices of a group that lie in what its holder may be.
pub(super) fn held_choices(groups: &[Group], at: usize) -> Vec<PlaceIndex> {
    let Some(holder) = groups[at].holder.and_then(|h| groups.get(h)) else { return Vec::new() };
    let held = |inner: &&Choice| holder.choices.iter().take(MOST).any(|outer| holds(outer, inner));
    groups[at].choices.iter().filter(held).map(|c| c.place).take(MOST).collect()
}

/// Choices of a holder, and of what it holds, that count.
const MOST: usize = 8;

#[cfg(test)]
mod tests {
    use crate::article::segment::segment;
    use crate::article::{Article, Origin};
    use crate::places::{Gazetteer, Geoparser, Hints};

    /// The first-level division of each mention with this surface.
    fn divisions(text: &str, surface: &str) -> Vec<&'static str> {
        let gazetteer = Gazetteer::bundled().unwrap();
        let geoparser = Geoparser::new(gazetteer).unwrap();
        let article = Article::from_text(text, Origin::Pasted);
        let mentions = geoparser.geoparse(&article, &segment(text), &Hints::default());
        let named = mentions.iter().filter(|m| m.surface(text) == surface);
        named.map(|m| m.place.and_then(|p| gazetteer.place(p)).map_or("", |p| p.admin1)).collect()
    }

    #[test]
    fn a_sentence_tells_where_its_subject_lies() {
        for (text, surface, division) in [
            (
                "Lansing is a quiet town in Tompkins County, New York. The lake lies to its west.",
                "Lansing",
                "New York",
            ),
            (
                "Dayton (population 2,600) is the county seat of Columbia County, Washington.",
                "Dayton",
                "Washington",
            ),
            (
                "They live in Columbus, a small farming community in the state of Montana.",
                "Columbus",
                "Montana",
            ),
        ] {
            assert_eq!(divisions(text, surface)[0], division, "{text}");
        }
    }

    #[test]
    fn a_namesake_in_another_area_is_apart() {
        let text = "Springfield is a town in Orangeburg County, South Carolina. Settlers named it after \
                    Springfield, Massachusetts. Springfield had 500 inhabitants in May.";
        let found = divisions(text, "Springfield");
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], "Massachusetts");
        assert_eq!(found[0], found[2]);
        assert_ne!(found[0], "Massachusetts");
    }

    #[test]
    fn what_is_near_or_from_an_area_does_not_lie_in_it() {
        let text = "Berlin was visited by a man from a small town in Texas.";
        assert_ne!(divisions(text, "Berlin")[0], "Texas");
    }
}
