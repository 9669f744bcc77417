//! Places that the gazetteer and the article add to what the tagger found.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::decode::Name;
use super::labels::{CLASSES, Class};
use super::matches::{Match, POSSESSIVE};
use super::page::{Case, Word};
use super::spots::{Spot, SpotKind, Spotter, names_over};
use super::words::Classes;
use crate::places::{LonLat, gazetteer::fold_into};

impl Spotter<'_> {
    /// Names of the gazetteer that the tagger passed over although the article has them as places.
    pub(super) fn repeat(
        &self,
        names: &[Name],
        verdicts: &FxHashMap<u64, [f32; CLASSES]>,
        persons: &[u32],
        out: &mut Vec<Spot>,
    ) {
        for found in &self.reading.matches.all {
            if !names_over(names, &found.words).is_empty() || self.is_given_name(&found.words, persons) {
                continue;
            }
            let Some(sums) = verdicts.get(&self.key(&found.words)) else { continue };
            if sums[0] >= 0.9 && sums[0] > sums[1] + sums[2] + sums[3] {
                let words = found.words.clone();
                out.push(Spot { words, kind: SpotKind::Place, confidence: 0.7 });
            }
        }
    }

    /// Names of sites that are known as a whole ("Afghan Presidential Palace") and names that the
    /// word behind them makes a site or an area ("Torkham border"), whatever the tagger took them for.
    pub(super) fn typed(&self, names: &[Name], out: &mut Vec<Spot>) {
        for found in &self.reading.matches.all {
            let covered = names_over(names, &found.words).first();
            if covered.is_some_and(|n| n.class == Class::Location || n.words.len() > found.words.len()) {
                continue;
            }
            let known_site = matches!(found.tag.kind(), 9 | 10);
            let site = known_site && (found.words.len() > 1 || self.type_word_follows(found.words.end));
            let words = self.with_type_word(found.words.clone());
            if site || words != found.words {
                out.push(Spot { words, kind: SpotKind::Place, confidence: 0.7 });
            }
        }
    }

    /// Names before a comma and the area that holds them, "Hugo, Oklahoma", also where they are
    /// adjectives elsewhere: "Canadian, Texas". Then they name the town in the whole article.
    pub(super) fn contained(&self, names: &[Name], out: &mut Vec<Spot>) {
        let page = self.page();
        for pair in self.reading.matches.all.windows(2) {
            let [inner, outer] = pair else { continue };
            let comma =
                inner.words.end + 1 == outer.words.start && page.text_of(self.text, inner.words.end) == ",";
            if !comma || !matches!(outer.tag.kind(), 1 | 2) {
                continue;
            }
            let named = names_over(names, &outer.words).iter().any(|n| n.class == Class::Location);
            let covered = names_over(names, &inner.words)
                .iter()
                .any(|n| n.class == Class::Location || n.words.len() > inner.words.len());
            if named && !covered && self.holds(outer, inner) {
                self.turn_demonyms(&inner.words, out);
                out.push(Spot { words: inner.words.clone(), kind: SpotKind::Place, confidence: 0.8 });
            }
        }
    }

    /// Makes places of the demonyms that are the same words.
    fn turn_demonyms(&self, words: &Range<usize>, out: &mut [Spot]) {
        let key = self.key(words);
        let same = |spot: &&mut Spot| spot.kind == SpotKind::Demonym && self.key(&spot.words) == key;
        out.iter_mut().filter(same).for_each(|spot| spot.kind = SpotKind::Place);
    }

    /// Names that the gazetteer knows well and the tagger, which has mostly read of western places,
    /// passed over or doubted: "Mazar-i-Sharif was captured", "near Jurm".
    pub(super) fn listed(&self, names: &[Name], persons: &[u32], out: &mut Vec<Spot>) {
        for found in &self.reading.matches.all {
            if !self.is_place_name(found)
                || !self.stands_alone(&found.words)
                || self.is_given_name(&found.words, persons)
            {
                continue;
            }
            let doubt = names_over(names, &found.words)
                .iter()
                .map(
                    |n| if n.words == found.words && n.class != Class::Location { n.confidence } else { 1.0 },
                )
                .fold(0.0, f32::max);
            if doubt < self.trust(found) {
                out.push(Spot { words: found.words.clone(), kind: SpotKind::Place, confidence: 0.6 });
            }
        }
    }

    /// How sure the tagger must be of another class to outweigh the gazetteer's name.
    fn trust(&self, found: &Match) -> f32 {
        let page = self.page();
        let importance = found.importance;
        let before = found.words.start.checked_sub(1).and_then(|at| page.words.get(at));
        let located = before.is_some_and(|w| w.case == Case::Lower && w.classes.has(Classes::LOCATIVE));
        match found.words.len() {
            _ if located => 0.9,
            1 if importance >= KNOWN_IMPORTANCE => 0.5,
            1 => 0.0,
            _ => 0.98,
        }
    }

    /// Whether no other capitalised word stands beside the words in their sentence; in a headline
    /// small words have capitals too.
    pub(super) fn stands_alone(&self, words: &Range<usize>) -> bool {
        let page = self.page();
        let Some(sentence) = page.words.get(words.start).map(|w| w.sentence) else { return false };
        let headline = page.headlines.get(sentence as usize).copied().unwrap_or(false);
        let small = |w: &Word| headline && w.classes.has(Classes::FUNCTION.with(Classes::LOCATIVE));
        let capital = |at: Option<usize>| {
            at.and_then(|at| page.words.get(at)).is_some_and(|w| {
                w.sentence == sentence
                    && matches!(w.case, Case::Title | Case::Upper | Case::Mixed)
                    && !small(w)
            })
        };
        let own = page.words.get(words.clone()).unwrap_or_default();
        let named = |w: &Word| w.case != Case::Lower || w.hash == POSSESSIVE;
        let people = own.iter().all(|w| w.classes.has(Classes::DEMONYM));
        !people
            && own.iter().all(|w| named(w) && !w.classes.has(Classes::OUTLET))
            && !capital(words.start.checked_sub(1))
            && !capital(Some(words.end))
    }

    /// Whether one of the places named by `inner` lies in the country or division `outer`.
    fn holds(&self, outer: &Match, inner: &Match) -> bool {
        let mut folded = String::new();
        inner.words.clone().for_each(|at| fold_into(self.page().text_of(self.text, at), &mut folded));
        let area = self.gazetteer.hierarchy(outer.first);
        self.gazetteer.lookup(&folded).take(20).any(|hit| {
            let own = self.gazetteer.hierarchy(hit.place);
            hit.place != outer.first
                && if outer.tag.kind() == 2 { own.same_admin1(area) } else { own.same_country(area) }
        })
    }

    /// Names of the gazetteer that the tagger passed over or doubts in a list of places, where one of
    /// that name lies close to one of the place beside it: "Webb City, Carl Junction and Sarcoxie".
    pub(super) fn coordinated(&self, names: &[Name], persons: &[u32], out: &mut Vec<Spot>) {
        out.sort_by_key(|spot| spot.words.start);
        let mut added: Vec<Spot> = Vec::new();
        for found in &self.reading.matches.all {
            let (before, behind) = (self.listed_before(found), self.listed_behind(found));
            if before.is_none() && behind.is_none() || !spots_over(out, &found.words).is_empty() {
                continue;
            }
            let ends_at = |end: usize| {
                spots_over(out, &(end.saturating_sub(1)..end))
                    .last()
                    .or(added.last().filter(|s| s.words.end == end))
            };
            let left = before.and_then(ends_at).filter(|s| s.words.end <= found.words.start);
            let right = behind
                .and_then(|start| spots_over(out, &(start..start + 1)).first())
                .filter(|s| s.words.start >= found.words.end);
            let near = [left, right]
                .into_iter()
                .flatten()
                .any(|other| other.kind == SpotKind::Place && self.are_near(&found.words, &other.words));
            if near && self.may_be_place(found, names, persons) {
                added.push(Spot { words: found.words.clone(), kind: SpotKind::Place, confidence: 0.6 });
            }
        }
        out.append(&mut added);
    }

    /// Whether the tagger and the article leave it open that a name is a place.
    fn may_be_place(&self, found: &Match, names: &[Name], persons: &[u32]) -> bool {
        let doubt = |n: &Name| n.words == found.words && n.confidence < 0.6;
        self.stands_alone(&found.words)
            && !self.is_given_name(&found.words, persons)
            && names_over(names, &found.words).iter().all(doubt)
    }

    /// Where the name before a joint of a list ends: "," or "and" or both before `found`.
    fn listed_before(&self, found: &Match) -> Option<usize> {
        let end = found.words.start.checked_sub(1).filter(|at| self.is_joint(*at))?;
        Some(end.checked_sub(1).filter(|at| self.is_joint(*at)).unwrap_or(end))
    }

    /// Where the name behind a joint of a list begins.
    fn listed_behind(&self, found: &Match) -> Option<usize> {
        let start = Some(found.words.end).filter(|at| self.is_joint(*at))? + 1;
        Some(if self.is_joint(start) { start + 1 } else { start })
    }

    fn is_joint(&self, at: usize) -> bool {
        matches!(self.page().text_of(self.text, at), "," | "and" | "or")
    }

    /// Whether two names have places that lie close to each other.
    fn are_near(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let others = self.local_points(b, LOOKED_AT);
        self.local_points(a, LOOKED_AT)
            .iter()
            .any(|point| others.iter().any(|other| point.distance_km(*other) < CLOSE_KM))
    }

    /// Where the most important places of a name lie that are no countries and no first-level divisions.
    pub(super) fn local_points(&self, words: &Range<usize>, most: usize) -> Vec<LonLat> {
        let mut folded = String::new();
        words.clone().for_each(|at| fold_into(self.page().text_of(self.text, at), &mut folded));
        let hits = self.gazetteer.lookup(&folded).take(most);
        let local = hits.filter(|hit| self.gazetteer.kind_class(hit.place) > 2);
        local.map(|hit| self.gazetteer.point(hit.place)).collect()
    }
}
/// The spots that share a word with `words`; spots are in order and do not overlap.
fn spots_over<'a>(spots: &'a [Spot], words: &Range<usize>) -> &'a [Spot] {
    let end = spots.partition_point(|s| s.words.start < words.end);
    let first = spots[..end].iter().rposition(|s| s.words.end <= words.start).map_or(0, |at| at + 1);
    &spots[first..end]
}

/// Places of a name looked at.
const LOOKED_AT: usize = 20;

/// Kilometres that places of one list are close within.
const CLOSE_KM: f64 = 60.0;

/// Least importance of a place whose one-word name is trusted where the tagger saw nothing.
const KNOWN_IMPORTANCE: f32 = 0.45;
