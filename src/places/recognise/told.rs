//! Small places that the tagger passes over, by what is told beside them: "a Keavy woman", "in Upi"
//! where other places around Upi are named.

use std::ops::Range;

use super::decode::Name;
use super::hash::word_hash_ascii;
use super::labels::Class;
use super::matches::Match;
use super::page::{Case, Word};
use super::spots::{Spot, SpotKind, Spotter, names_over};
use super::words::Classes;
use crate::places::gazetteer::flags::NameFlags;

/// Persons who are told of by where they live.
const PERSONS: [u32; 22] = [
    word_hash_ascii(b"man"),
    word_hash_ascii(b"woman"),
    word_hash_ascii(b"men"),
    word_hash_ascii(b"women"),
    word_hash_ascii(b"boy"),
    word_hash_ascii(b"girl"),
    word_hash_ascii(b"teen"),
    word_hash_ascii(b"teenager"),
    word_hash_ascii(b"teenagers"),
    word_hash_ascii(b"couple"),
    word_hash_ascii(b"mother"),
    word_hash_ascii(b"father"),
    word_hash_ascii(b"native"),
    word_hash_ascii(b"resident"),
    word_hash_ascii(b"residents"),
    word_hash_ascii(b"homeowner"),
    word_hash_ascii(b"farmer"),
    word_hash_ascii(b"pensioner"),
    word_hash_ascii(b"motorist"),
    word_hash_ascii(b"police"),
    word_hash_ascii(b"firefighters"),
    word_hash_ascii(b"councillor"),
];

/// Of these, those that need no "a" before the place.
const FIRST_PLAIN: usize = 12;

/// Words before one person or some.
const COUNTS: [u32; 8] = [
    word_hash_ascii(b"a"),
    word_hash_ascii(b"an"),
    word_hash_ascii(b"two"),
    word_hash_ascii(b"three"),
    word_hash_ascii(b"four"),
    word_hash_ascii(b"another"),
    word_hash_ascii(b"one"),
    word_hash_ascii(b"several"),
];

/// How sure the tagger must be of another class: where a person of the place is told of, and where only
/// the places around it speak for it.
const SURE: f32 = 0.9;
const DOUBTED: f32 = 0.6;

/// Kilometres that a place of the article lies within.
const NEAR_KM: f64 = 50.0;

/// Places of a name looked at.
const LOOKED_AT: usize = 20;

const CHRISTIAN: u32 = word_hash_ascii(b"christian");
const OF: u32 = word_hash_ascii(b"of");

impl Spotter<'_> {
    /// Names of the gazetteer that what stands beside them makes places.
    pub(super) fn told(&self, names: &[Name], persons: &[u32], out: &mut Vec<Spot>) {
        let mut added = Vec::new();
        for found in &self.reading.matches.all {
            let words = &found.words;
            if out.iter().any(|s| s.words.start < words.end && words.start < s.words.end) {
                continue;
            }
            let person = self.stands_before_person(words)
                && (self.is_given(words) || !self.is_everyday(found))
                && self.is_doubted(found, names, SURE);
            let located = || {
                self.is_located(words)
                    && !self.is_everyday(found)
                    && self.is_doubted(found, names, DOUBTED)
                    && self.stands_alone(words)
                    && !self.is_given_name(words, persons)
                    && self.is_near_some(words, out)
            };
            if person || located() {
                let confidence = if person { 0.85 } else { 0.6 };
                added.push(Spot { words: words.clone(), kind: SpotKind::Place, confidence });
            }
        }
        out.append(&mut added);
    }

    /// Whether a name is an everyday word, a title, a people or the like.
    fn is_everyday(&self, found: &Match) -> bool {
        const NO_PLACE: Classes = Classes::COMMON
            .with(Classes::FUNCTION)
            .with(Classes::TITLE)
            .with(Classes::ORGANISATION)
            .with(Classes::ORGANISATION_NAME)
            .with(Classes::DEMONYM)
            .with(Classes::MONTH)
            .with(Classes::WEEKDAY)
            .with(Classes::OUTLET);
        let own = self.page().words.get(found.words.clone()).unwrap_or_default();
        found.flags.intersects(NameFlags::COMMON.with(NameFlags::ABBREVIATION))
            || own.iter().all(|w| w.classes.has(NO_PLACE))
    }

    /// Whether the words are a given name, which many towns have: "a Selma man", but "a Christian man".
    fn is_given(&self, words: &Range<usize>) -> bool {
        let own = self.page().words.get(words.clone()).unwrap_or_default();
        own.iter().all(|w| w.classes.has(Classes::PERSON_FIRST) && w.hash != CHRISTIAN)
    }

    /// Whether the tagger took the words for nothing, or is not so sure of another class.
    fn is_doubted(&self, found: &Match, names: &[Name], most: f32) -> bool {
        let doubt = |n: &Name| n.words == found.words && n.class != Class::Location && n.confidence < most;
        names_over(names, &found.words).iter().all(doubt)
    }

    /// "A Keavy woman", "Keavy residents".
    fn stands_before_person(&self, own: &Range<usize>) -> bool {
        let words = &self.page().words;
        let Some(first) = words.get(own.start) else { return false };
        let next = words.get(own.end).filter(|w| w.case == Case::Lower && w.sentence == first.sentence);
        let Some(person) = next.and_then(|w| PERSONS.iter().position(|p| *p == w.hash)) else { return false };
        let before = own.start.checked_sub(1).and_then(|at| words.get(at));
        let before = before.filter(|w| w.sentence == first.sentence);
        let counted = before.is_some_and(|w| COUNTS.contains(&w.hash));
        let plain = person >= FIRST_PLAIN && before.is_none_or(|w| w.case == Case::Lower);
        counted || plain
    }

    /// Whether "in", "near", "from" or the like stands before the words; a direction alone tells too little.
    fn is_located(&self, own: &Range<usize>) -> bool {
        let before = own.start.checked_sub(1).and_then(|at| self.page().words.get(at));
        let is = |w: &Word| {
            w.case == Case::Lower
                && (w.classes.has(Classes::LOCATIVE) && !w.classes.has(Classes::DIRECTION) || w.hash == OF)
        };
        before.is_some_and(is)
    }

    /// Whether one of the places of a name lies close to the most important one of a place found.
    fn is_near_some(&self, words: &Range<usize>, out: &[Spot]) -> bool {
        let own = self.local_points(words, LOOKED_AT);
        let places = out.iter().filter(|s| s.kind == SpotKind::Place && s.confidence > 0.7);
        places
            .filter(|spot| self.key(&spot.words) != self.key(words))
            .flat_map(|spot| self.local_points(&spot.words, 1))
            .any(|point| own.iter().any(|other| point.distance_km(*other) < NEAR_KM))
    }
}

#[cfg(test)]
mod tests {
    use crate::article::segment::segment;
    use crate::article::{Article, Origin};
    use crate::places::{Gazetteer, Geoparser, Hints};

    fn finds(text: &str, surface: &str) -> bool {
        let geoparser = Geoparser::new(Gazetteer::bundled().unwrap()).unwrap();
        let article = Article::from_text(text, Origin::Pasted);
        let found = geoparser.geoparse(&article, &segment(text), &Hints::default());
        found.iter().any(|m| m.surface(text) == surface)
    }

    #[test]
    fn a_person_of_a_small_town_names_it() {
        assert!(finds("CORBIN, Ky. — A Keavy woman hit a deer on the way to London.", "Keavy"));
        assert!(finds("ATMORE, Ala. — Two Frisco City teenagers were hurt.", "Frisco City"));
        assert!(finds("A Selma man was arrested on Monday in Montgomery, Alabama.", "Selma"));
    }

    #[test]
    fn a_person_of_a_creed_or_a_trade_names_no_town() {
        for text in
            ["A Republican woman won the seat.", "An Army man was hurt.", "A Sunday farmer sold eggs."]
        {
            for word in ["Republican", "Army", "Sunday"] {
                assert!(!finds(text, word), "{word} in {text}");
            }
        }
    }
}
