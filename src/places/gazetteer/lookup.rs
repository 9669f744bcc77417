//! Places by exact name: a whole folded name, or a text fed piece by piece.

use std::collections::BTreeSet;

use fst::raw::CompiledAddr;

use super::flags::NameFlags;
use super::format::u32_at;
use super::names::NameIndex;
use super::place::PlaceIndex;
use super::store::Gazetteer;
use super::user::own::{MOST_OWN, Own};

/// A record of the user's this near the one with its GeoNames number repeats it; points of a place
/// move by some kilometres from one year's dump to the next.
const SAME_POINT_KM: f64 = 10.0;

/// Bits of a posting that name its place.
pub(super) const PLACE_BITS: u32 = 20;
/// Bit of a posting that is the last of its name.
pub(super) const LAST: u32 = 1 << 31;

/// A place that goes by the name looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The place.
    pub place: PlaceIndex,
    /// What is special about this name of it.
    pub flags: NameFlags,
    /// Which of its names, as written: see [`Gazetteer::name`].
    pub name: NameIndex,
}

/// The places of one folded name, most important first.
#[derive(Debug, Clone)]
pub struct Hits<'g> {
    /// With gazetteers of the user's, all of them.
    merged: std::vec::IntoIter<Hit>,
    postings: &'g [u8],
    next: Option<u32>,
}

impl Iterator for Hits<'_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        if let Some(hit) = self.merged.next() {
            return Some(hit);
        }
        let at = self.next?;
        let posting = posting(self.postings, at)?;
        self.next = (posting & LAST == 0).then_some(at + 1);
        Some(hit(posting, at))
    }
}

/// The posting number `at`.
pub(super) fn posting(postings: &[u8], at: u32) -> Option<u32> {
    let start = at as usize * 4;
    (start + 4 <= postings.len()).then(|| u32_at(postings, start))
}

/// What a posting says.
pub(super) fn hit(posting: u32, at: u32) -> Hit {
    Hit {
        place: PlaceIndex(posting & ((1 << PLACE_BITS) - 1)),
        flags: NameFlags::from_bits(posting >> PLACE_BITS),
        name: NameIndex(at),
    }
}

impl Gazetteer {
    /// The places whose name folds to `folded` (see [`super::fold()`]): those of the user's own lists
    /// first, then all others, most important first.
    pub fn lookup(&self, folded: &str) -> Hits<'_> {
        let world = self.index.get(folded);
        if self.own.is_empty() {
            return self.hits_from(world);
        }
        self.merged(world, self.own.iter().map(|own| own.index.get(folded)))
    }

    /// Starts a walk over a text.
    pub fn walker(&self) -> Walker<'_> {
        let root = self.index.as_fst().root();
        let mut own = [Step::DEAD; MOST_OWN];
        for (step, own) in own.iter_mut().zip(&self.own) {
            *step = Step { at: own.index.as_fst().root().addr() as u32, output: 0 };
        }
        Walker { gazetteer: self, at: Some(root.addr()), output: 0, own }
    }

    /// Goes on with a walk from where it stood.
    pub fn walker_at(&self, stand: Stand) -> Walker<'_> {
        Walker { gazetteer: self, at: stand.at, output: stand.output, own: stand.own }
    }

    pub(super) fn hits_from(&self, first: Option<u64>) -> Hits<'_> {
        let next = first.and_then(|at| u32::try_from(at).ok());
        Hits { merged: Vec::new().into_iter(), postings: self.postings.bytes(), next }
    }

    /// The places of one name here and in the user's gazetteers. A place of a dump that is also
    /// here, at the same point, counts once.
    fn merged(&self, world: Option<u64>, own: impl Iterator<Item = Option<u64>>) -> Hits<'_> {
        let (mut lists, mut rest) = (Vec::new(), Vec::new());
        for (own, start) in self.own.iter().zip(own) {
            let Some(start) = start else { continue };
            for hit in own.hits(&self.chunks, start) {
                // What the world knows already keeps its place there.
                let here = self.canonical(hit);
                let into = if own.first && here == hit { &mut lists } else { &mut rest };
                into.push(here);
            }
        }
        rest.extend(self.hits_from(world));
        let by_importance = |a: &Hit, b: &Hit| {
            self.importance(b.place).total_cmp(&self.importance(a.place)).then(a.place.cmp(&b.place))
        };
        lists.sort_by(by_importance);
        rest.sort_by(by_importance);
        lists.extend(rest);
        let mut seen = BTreeSet::new();
        lists.retain(|hit| seen.insert(hit.place));
        Hits { merged: lists.into_iter(), postings: &[], next: None }
    }

    /// The hit with the record here that a record of the user's repeats, if it does.
    fn canonical(&self, hit: Hit) -> Hit {
        let same = self.same_here(hit.place);
        Hit { place: same.unwrap_or(hit.place), ..hit }
    }

    /// The record here with the GeoNames number of a record of the user's, at the same point.
    pub(super) fn same_here(&self, own: PlaceIndex) -> Option<PlaceIndex> {
        let (home, at) = self.home(own);
        let id = home.id_in(home.record(at)?);
        id.geonames()?;
        let here = self.with_id(id)?;
        (self.point(here).distance_km(home.point(at)) < SAME_POINT_KM).then_some(here)
    }
}

/// A walk through the names that begin with what was fed so far: for the longest match at a
/// place in a text, feed folded tokens with a space between until nothing continues.
///
/// ```
/// # use dateline::places::gazetteer::{Gazetteer, Walker};
/// fn longest<'g>(gazetteer: &'g Gazetteer, tokens: &[&str]) -> Option<(usize, Walker<'g>)> {
///     let mut walker = gazetteer.walker();
///     let mut best = None;
///     for (i, token) in tokens.iter().enumerate() {
///         if !(i == 0 || walker.feed(" ")) || !walker.feed(token) {
///             break;
///         }
///         if walker.ends_name() {
///             best = Some((i + 1, walker));
///         }
///     }
///     best
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Walker<'g> {
    gazetteer: &'g Gazetteer,
    at: Option<CompiledAddr>,
    output: u64,
    own: [Step; MOST_OWN],
}

/// Where a walk stands in the index of one of the user's gazetteers.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: u32,
    output: u32,
}

impl Step {
    /// No name goes on like this.
    const DEAD: Self = Self { at: u32::MAX, output: 0 };

    fn feed(&mut self, own: &Own, piece: &str) {
        let fst = own.index.as_fst();
        for byte in piece.bytes() {
            if self.at == u32::MAX {
                return;
            }
            let node = fst.node(self.at as CompiledAddr);
            let Some(transition) = node.find_input(byte).map(|i| node.transition(i)) else {
                *self = Self::DEAD;
                return;
            };
            let output = self.output + transition.out.value() as u32;
            *self = Self { at: transition.addr as u32, output };
        }
    }

    /// The value of the name that ends here.
    fn value(self, own: &Own) -> Option<u64> {
        let node = (self.at != u32::MAX).then(|| own.index.as_fst().node(self.at as CompiledAddr))?;
        node.is_final().then(|| u64::from(self.output) + node.final_output().value())
    }
}

/// Where a walk stands, to go on from later; valid for the gazetteer it came from.
#[derive(Debug, Clone, Copy)]
pub struct Stand {
    at: Option<CompiledAddr>,
    output: u64,
    own: [Step; MOST_OWN],
}

impl<'g> Walker<'g> {
    /// Where the walk stands; `None` where no name goes on like that.
    pub fn stand(&self) -> Option<Stand> {
        let alive = self.at.is_some() || self.own.iter().any(|step| step.at != u32::MAX);
        alive.then_some(Stand { at: self.at, output: self.output, own: self.own })
    }

    /// Goes on with `piece`; false, and for ever so, where no name continues this way.
    pub fn feed(&mut self, piece: &str) -> bool {
        let world = self.feed_world(piece);
        if self.gazetteer.own.is_empty() {
            return world;
        }
        for (step, own) in self.own.iter_mut().zip(&self.gazetteer.own) {
            step.feed(own, piece);
        }
        world || self.own.iter().any(|step| step.at != u32::MAX)
    }

    fn feed_world(&mut self, piece: &str) -> bool {
        let fst = self.gazetteer.index.as_fst();
        let Some(mut at) = self.at else { return false };
        for byte in piece.bytes() {
            let node = fst.node(at);
            let Some(transition) = node.find_input(byte).map(|i| node.transition(i)) else {
                self.at = None;
                return false;
            };
            self.output += transition.out.value();
            at = transition.addr;
        }
        self.at = Some(at);
        true
    }

    /// Whether what was fed is a whole name.
    pub fn ends_name(&self) -> bool {
        self.at.is_some_and(|at| self.gazetteer.index.as_fst().node(at).is_final())
            || self.own_values().any(|value| value.is_some())
    }

    /// The value of what was fed in the index of each of the user's gazetteers.
    fn own_values(&self) -> impl Iterator<Item = Option<u64>> {
        self.own.iter().zip(&self.gazetteer.own).map(|(step, own)| step.value(own))
    }

    /// The places of the name that was fed, most important first; none where it is no name.
    pub fn hits(&self) -> Hits<'g> {
        let fst = self.gazetteer.index.as_fst();
        let node = self.at.map(|at| fst.node(at)).filter(|node| node.is_final());
        let world = node.map(|node| self.output + node.final_output().value());
        if self.gazetteer.own.is_empty() {
            return self.gazetteer.hits_from(world);
        }
        self.gazetteer.merged(world, self.own_values())
    }
}

#[cfg(test)]
mod tests {
    use super::super::pack::tests::gazetteer;
    use super::*;

    fn ids(gazetteer: &Gazetteer, hits: Hits<'_>) -> Vec<String> {
        hits.filter_map(|hit| gazetteer.place(hit.place)).map(|p| p.id.to_string()).collect()
    }

    #[test]
    fn equal_names_come_most_important_first() {
        let gazetteer = gazetteer();
        assert_eq!(
            ids(&gazetteer, gazetteer.lookup("kabul")),
            ["geonames:1138958", "geonames:12", "geonames:77"]
        );
        assert_eq!(gazetteer.lookup("nowhere").count(), 0);
        assert_eq!(gazetteer.lookup("").count(), 0);
    }

    #[test]
    fn flags_come_with_the_name() {
        let gazetteer = gazetteer();
        let hit = gazetteer.lookup("kbl").next().unwrap();
        assert!(hit.flags.contains(NameFlags::ABBREVIATION) && !hit.flags.contains(NameFlags::PREFERRED));
        assert!(gazetteer.lookup("kabul").next().unwrap().flags.contains(NameFlags::PREFERRED));
    }

    #[test]
    fn a_walk_finds_the_longest_name() {
        let gazetteer = gazetteer();
        let mut walker = gazetteer.walker();
        assert!(walker.feed("bagram") && walker.ends_name());
        assert!(walker.feed(" ") && !walker.ends_name() && walker.hits().next().is_none());
        let other = walker;
        assert!(walker.feed("airfield"));
        assert_eq!(ids(&gazetteer, walker.hits()), ["airports:OAIX"]);
        let mut walker = other;
        assert!(!walker.feed("fell") && !walker.feed(" ") && !walker.ends_name());
    }

    #[test]
    fn a_walk_and_a_lookup_agree() {
        let gazetteer = gazetteer();
        for name in ["kabul", "bagram air base", "afghanistan", "کابل", "hamid karzai international airport"]
        {
            let folded = super::super::fold(name);
            let mut walker = gazetteer.walker();
            walker.feed(&folded);
            assert!(walker.hits().eq(gazetteer.lookup(&folded)), "{name}");
            assert!(walker.ends_name(), "{name}");
        }
    }
}
