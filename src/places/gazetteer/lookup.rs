//! Places by exact name: a whole folded name, or a text fed piece by piece.

use fst::raw::CompiledAddr;

use super::flags::NameFlags;
use super::format::u32_at;
use super::names::NameIndex;
use super::place::PlaceIndex;
use super::store::Gazetteer;

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
    postings: &'g [u8],
    next: Option<u32>,
}

impl Iterator for Hits<'_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
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
    /// The places whose name folds to `folded` (see [`super::fold()`]), most important first.
    pub fn lookup(&self, folded: &str) -> Hits<'_> {
        self.hits_from(self.index.get(folded))
    }

    /// Starts a walk over a text.
    pub fn walker(&self) -> Walker<'_> {
        let root = self.index.as_fst().root();
        Walker { gazetteer: self, at: Some(root.addr()), output: 0 }
    }

    /// Goes on with a walk from where it stood.
    pub fn walker_at(&self, stand: Stand) -> Walker<'_> {
        Walker { gazetteer: self, at: Some(stand.at), output: stand.output }
    }

    pub(super) fn hits_from(&self, first: Option<u64>) -> Hits<'_> {
        Hits { postings: self.postings.bytes(), next: first.and_then(|at| u32::try_from(at).ok()) }
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
}

/// Where a walk stands, to go on from later; valid for the gazetteer it came from.
#[derive(Debug, Clone, Copy)]
pub struct Stand {
    at: CompiledAddr,
    output: u64,
}

impl<'g> Walker<'g> {
    /// Where the walk stands; `None` where no name goes on like that.
    pub fn stand(&self) -> Option<Stand> {
        self.at.map(|at| Stand { at, output: self.output })
    }

    /// Goes on with `piece`; false, and for ever so, where no name continues this way.
    pub fn feed(&mut self, piece: &str) -> bool {
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
    }

    /// The places of the name that was fed, most important first; none where it is no name.
    pub fn hits(&self) -> Hits<'g> {
        let fst = self.gazetteer.index.as_fst();
        let node = self.at.map(|at| fst.node(at)).filter(|node| node.is_final());
        self.gazetteer.hits_from(node.map(|node| self.output + node.final_output().value()))
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
