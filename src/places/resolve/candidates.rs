//! What the mentions of an article may denote. The same words mean the same place throughout an
//! article (Gale, Church and Yarowsky 1992), so they are looked up and resolved as one group.

use std::cell::RefCell;
use std::ops::Range;

use super::asked::Asked;
use super::context::Support;
use super::crowd::{self, Crowd};
use super::holders::held_choices;
use rustc_hash::FxHashMap;

use crate::places::demonyms::Demonyms;
use crate::places::gazetteer::flags::NameFlags;
use crate::places::gazetteer::names::without_dots;
use crate::places::gazetteer::place::Hierarchy;
use crate::places::recognise::foreign::base;
use crate::places::recognise::hash::word_hash_ascii;
use crate::places::recognise::page::{Case, Page, Word};
use crate::places::recognise::spots::{Spot, SpotKind};
use crate::places::recognise::words::Classes;
use crate::places::{Gazetteer, LonLat, PlaceIndex, gazetteer::fold_into};

/// Places looked at for one name, of which only those with something for them are kept.
const MOST: usize = 200;

/// Places of a name that are kept whatever the article says, most important first.
const ALWAYS: u32 = 8;

/// Places of a name that are kept at most.
const KEPT: usize = 20;

/// A place that a group may denote, with what the rounds need of it at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The place.
    pub place: PlaceIndex,
    /// What is special about the name.
    pub flags: NameFlags,
    /// Its position among the places of the name, most important first.
    pub rank: u32,
    /// Importance, 0 to 1.
    pub importance: f32,
    /// What it lies in.
    pub hierarchy: Hierarchy,
    /// Its kind, see [`crate::places::gazetteer::kinds::kind_class`].
    pub kind: u16,
    /// Whether nothing closer is known of its point than the division it lies in.
    pub rough: bool,
    /// Inhabitants.
    pub population: u32,
    /// How many names it has, 255 for more.
    pub names: u8,
    /// Its point.
    pub at: LonLat,
    /// The same on the unit sphere.
    pub point: [f32; 3],
    /// What other names have candidates around it.
    pub crowd: Crowd,
    /// How the name was found: 0 as it stands, see [`super::stripped`].
    pub stripped: u8,
}

impl Choice {
    /// A place of a name with these properties.
    fn of(gazetteer: &Gazetteer, place: PlaceIndex, flags: NameFlags) -> Self {
        let at = gazetteer.point(place);
        Self {
            place,
            flags,
            rank: 0,
            importance: gazetteer.importance(place),
            hierarchy: gazetteer.hierarchy(place),
            kind: gazetteer.kind_class(place),
            rough: gazetteer.is_rough(place),
            population: gazetteer.population(place),
            names: gazetteer.name_count(place),
            at,
            point: on_sphere(at),
            crowd: Crowd::default(),
            stripped: 0,
        }
    }
}

/// The places of the names met lately, of a thread: news repeats its names, and every place that
/// is looked at in the gazetteer costs a few waits for memory.
#[derive(Debug, Default)]
pub struct Known {
    /// Where the places of a name stand.
    names: FxHashMap<Box<str>, Range<usize>>,
    places: Vec<KnownPlace>,
    /// The gazetteer they belong to, by its address.
    gazetteer: usize,
}

/// A place of a name, and how the name is written where it must be written so.
#[derive(Debug)]
struct KnownPlace {
    choice: Choice,
    /// Its letters, of an abbreviation.
    letters: Option<Box<str>>,
}

impl Known {
    /// Places kept at most: about two megabytes.
    const MOST: usize = 1 << 14;

    /// The places of a folded name, most important first: enough for [`MOST`] of them to fit
    /// however the name is written.
    fn places(&mut self, folded: &str, gazetteer: &Gazetteer) -> &[KnownPlace] {
        let address = std::ptr::from_ref(gazetteer).addr();
        if self.gazetteer != address || self.places.len() > Self::MOST {
            self.names.clear();
            self.places.clear();
            self.gazetteer = address;
        }
        let range = match self.names.get(folded) {
            Some(range) => range.clone(),
            None => {
                let start = self.places.len();
                let mut sure = 0;
                for hit in gazetteer.lookup(folded) {
                    let abbreviation = hit.flags.contains(NameFlags::ABBREVIATION);
                    let letters = abbreviation.then(|| gazetteer.letters(hit.name).into());
                    self.places
                        .push(KnownPlace { choice: Choice::of(gazetteer, hit.place, hit.flags), letters });
                    sure += usize::from(!abbreviation);
                    if sure == MOST {
                        break;
                    }
                }
                self.names.insert(folded.into(), start..self.places.len());
                start..self.places.len()
            }
        };
        self.places.get(range).unwrap_or_default()
    }
}

/// Mentions of one article with the same words.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Indices into the article's spots.
    pub spots: Vec<usize>,
    /// Whether these are demonyms: their place is known.
    pub demonym: bool,
    /// The kind of place asked for.
    pub asked: Option<Asked>,
    /// Another group named right behind it as what holds it: "Paris, Texas".
    pub holder: Option<usize>,
    /// Whether it stands in a dateline.
    pub dateline: bool,
    /// How many groups are named right before it as lying in it: "Buffalo, New York".
    pub holding: u32,
    /// Whether an office or body of a state stands behind it: "New York Gov.".
    pub titled: bool,
    /// Whether "the" stands before it: "crossed the Niger".
    pub article: bool,
    /// Whether "in", "near", "from" or the like stands before one of its mentions.
    pub located: bool,
    /// The classes of its last word.
    pub last: Classes,
    /// Whether a direction in lower case stands before it: "northern Quebec".
    pub directed: bool,
    /// Whether the group that may hold it stands in a list itself: "Oregon, Washington and Idaho".
    pub series: bool,
    /// The groups that stand beside it in lists: "Quebec and Ontario".
    pub beside: Vec<usize>,
    /// How many groups were named before it.
    pub order: usize,
    /// Number of words of the name.
    pub words: usize,
    /// Whether the name is in capitals only: perhaps an abbreviation.
    pub capitals: bool,
    /// What it may denote, most important first.
    pub choices: Vec<Choice>,
    /// Probability of each choice after the last round.
    pub probabilities: Vec<f32>,
    /// What the others say of the best choice after the last round.
    pub support: Support,
    /// Whether nothing closer is known of the best choice than the division it lies in.
    pub rough: bool,
    /// Whether the best choice is so vast that its point is a matter of taste.
    pub vast: bool,
    /// How the area named behind it relates to that choice, see [`super::features::held`].
    pub held: f32,
}

impl Group {
    /// The best choice and its probability.
    pub fn best(&self) -> Option<(&Choice, f32)> {
        let best = (0..self.choices.len())
            .max_by(|&a, &b| self.probability(a).total_cmp(&self.probability(b)).then(b.cmp(&a)))?;
        Some((self.choices.get(best)?, self.probability(best)))
    }

    /// The probability of a choice.
    pub fn probability(&self, choice: usize) -> f32 {
        self.probabilities.get(choice).copied().unwrap_or(0.0)
    }

    /// How much its mentions count as evidence for others.
    pub fn weight(&self) -> f32 {
        (self.spots.len().min(4) as f32).sqrt()
    }
}

/// Gathers the groups of an article.
#[derive(Debug, Clone, Copy)]
pub struct Grouper<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub page: &'a Page,
    /// The places of the world.
    pub gazetteer: &'a Gazetteer,
    /// The places of demonyms.
    pub demonyms: &'a Demonyms,
    /// First-level divisions whose telephone numbers stand in the text.
    pub called: &'a [u32],
    /// The names looked up before.
    pub known: &'a RefCell<Known>,
}

const THE: u32 = word_hash_ascii(b"the");

type Key = (String, bool, Option<Asked>);

impl Grouper<'_> {
    /// The groups of the spots, by their first mention.
    pub fn groups(&self, spots: &[Spot]) -> Vec<Group> {
        let mut keys: Vec<Key> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of = Vec::with_capacity(spots.len());
        for (at, spot) in spots.iter().enumerate() {
            let key = self.key(spot);
            let group = keys.iter().position(|k| *k == key).unwrap_or_else(|| {
                groups.push(self.group(spot, &key, keys.len()));
                keys.push(key);
                groups.len() - 1
            });
            groups[group].spots.push(at);
            groups[group].titled |= self.is_titled(spot);
            let before = self.before(spot);
            groups[group].article |= before.is_some_and(|w| w.hash == THE);
            groups[group].located |=
                before.is_some_and(|w| w.case == Case::Lower && w.classes.has(Classes::LOCATIVE));
            groups[group].directed |=
                before.is_some_and(|w| w.case == Case::Lower && w.classes.has(Classes::DIRECTION));
            if groups[group].asked.is_none() && Asked::is_town(self.page, &spot.words) {
                groups[group].asked = Some(Asked::Settlement);
            }
            group_of.push(group);
        }
        let held_by = self.find_holders(spots, &group_of, &mut groups);
        crowd::count(&mut groups);
        self.prune(&mut groups);
        self.part(spots, &held_by, &mut groups);
        groups
    }

    /// Leaves out lesser places of a name that nothing in the article speaks for.
    fn prune(&self, groups: &mut [Group]) {
        let named: Vec<u32> = groups
            .iter()
            .filter_map(|g| g.choices.first().filter(|c| c.kind == 2).map(|c| c.hierarchy.admin1))
            .collect();
        for at in 0..groups.len() {
            let held = held_choices(groups, at);
            let group = &mut groups[at];
            group.choices.retain(|c| {
                c.rank < ALWAYS
                    || c.crowd.near > 0.0
                    || held.contains(&c.place)
                    || named.contains(&c.hierarchy.admin1)
                    || self.called.contains(&c.hierarchy.admin1)
            });
            if group.choices.len() > KEPT {
                let near = |c: &Choice| {
                    let kept = c.rank < ALWAYS || held.contains(&c.place);
                    (!kept, std::cmp::Reverse((c.crowd.rare * 1e4) as u32), c.rank)
                };
                group.choices.sort_by_key(near);
                group.choices.truncate(KEPT);
                group.choices.sort_by_key(|c| c.rank);
            }
            group.probabilities = vec![0.0; group.choices.len()];
        }
    }

    /// The word before a spot in its sentence.
    fn before(&self, spot: &Spot) -> Option<&Word> {
        let first = self.page.words.get(spot.words.start)?;
        let before = self.page.words.get(spot.words.start.checked_sub(1)?)?;
        (before.sentence == first.sentence).then_some(before)
    }

    fn is_titled(&self, spot: &Spot) -> bool {
        let sentence = |at: usize| self.page.words.get(at).map(|w| w.sentence);
        let next = self.page.words.get(spot.words.end);
        next.is_some_and(|w| w.classes.has(Classes::TITLE) && Some(w.sentence) == sentence(spot.words.start))
    }

    fn key(&self, spot: &Spot) -> Key {
        let mut folded = String::new();
        spot.words.clone().for_each(|at| fold_into(self.page.text_of(self.text, at), &mut folded));
        let demonym = self.is_demonym(spot);
        // Only these kinds part a name from its namesakes of the same article.
        let asked = Asked::of(self.page, &spot.words).filter(|a| {
            matches!(a, Asked::Province | Asked::County | Asked::Airport | Asked::Water | Asked::Site)
        });
        (folded, demonym, if demonym { None } else { asked })
    }

    fn is_demonym(&self, spot: &Spot) -> bool {
        spot.kind != SpotKind::Place && self.demonym_place(spot).is_some()
    }

    fn demonym_place(&self, spot: &Spot) -> Option<PlaceIndex> {
        let words = self.page.words.get(spot.words.clone())?;
        let hashes: Vec<u32> = words.iter().map(|w| w.hash).collect();
        self.demonyms.place(&hashes)
    }

    fn group(&self, spot: &Spot, (folded, demonym, asked): &Key, order: usize) -> Group {
        let mut choices = Vec::new();
        if *demonym {
            let place = self.demonym_place(spot);
            choices.extend(place.map(|place| Choice::of(self.gazetteer, place, NameFlags::PREFERRED)));
        } else {
            self.look_up(spot, folded, &mut choices);
        }
        let words = self.page.words.get(spot.words.clone()).unwrap_or_default();
        Group {
            spots: Vec::new(),
            demonym: *demonym,
            asked: asked.or_else(|| Asked::of(self.page, &spot.words)),
            holder: None,
            dateline: false,
            holding: 0,
            titled: false,
            article: false,
            located: false,
            last: words.last().map(|w| w.classes).unwrap_or_default(),
            directed: false,
            series: false,
            beside: Vec::new(),
            order,
            words: words.len(),
            capitals: words.iter().all(|w| w.case == Case::Upper),
            probabilities: vec![0.0; choices.len()],
            choices,
            support: Support::default(),
            rough: false,
            vast: false,
            held: 0.0,
        }
    }

    fn look_up(&self, spot: &Spot, folded: &str, out: &mut Vec<Choice>) {
        let surface = self.text.get(self.page.bytes(&spot.words)).unwrap_or("");
        self.add(folded, Some(surface), 0, out);
        if out.is_empty()
            && self.page.foreign
            && let Some(name) = base(self.gazetteer, folded)
        {
            self.add(&name, None, 0, out);
        }
        if out.is_empty() {
            for (rest, words, stripped) in self.stripped(spot, folded) {
                let surface = self.text.get(self.page.bytes(&words)).unwrap_or("");
                self.add(&rest, Some(surface), stripped, out);
                if !out.is_empty() {
                    return;
                }
            }
            self.look_up_head(spot, folded, out);
        }
    }

    /// Appends the places of a folded name; with `surface`, abbreviations count only if written so.
    pub(super) fn add(&self, folded: &str, surface: Option<&str>, stripped: u8, out: &mut Vec<Choice>) {
        let mut known = self.known.borrow_mut();
        let places = known.places(folded, self.gazetteer);
        let written = surface.filter(|_| places.iter().any(|p| p.letters.is_some())).map(without_dots);
        let fitting = places.iter().filter(|p| match (&p.letters, &written) {
            (Some(letters), Some(written)) => **letters == **written,
            _ => true,
        });
        for (rank, KnownPlace { choice, .. }) in fitting.take(MOST).enumerate() {
            if !out.iter().any(|c| c.place == choice.place) {
                out.push(Choice { rank: rank as u32, stripped, ..*choice });
            }
        }
    }
}

/// The point on the unit sphere, so that the cosine of a distance is a product.
pub fn on_sphere(at: LonLat) -> [f32; 3] {
    let (lon, lat) = (at.lon.to_radians(), at.lat.to_radians());
    [(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32]
}

/// Great-circle distance in kilometres between two points on the unit sphere; exact to some
/// kilometres, which is enough to compare.
pub fn km_between(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    km_of(chord2(a, b))
}

/// The square of the chord between two points on the unit sphere: compares like the distance.
#[inline]
pub fn chord2(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// Kilometres of the square of a chord.
pub fn km_of(chord2: f32) -> f32 {
    2.0 * 6371.0 * (chord2.sqrt() / 2.0).min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_on_the_sphere() {
        let (kabul, bagram) =
            (on_sphere(LonLat::new(69.1723, 34.5289)), on_sphere(LonLat::new(69.265, 34.946)));
        assert!((km_between(&kabul, &bagram) - 47.2).abs() < 1.0);
        assert!(km_between(&kabul, &kabul) < 0.1);
    }
}
