//! What a search box offers: exact names, names that begin so, names with one typing error.

use std::collections::BTreeSet;

use fst::raw::{CompiledAddr, Node};

use super::fold::fold;
use super::lookup::{LAST, hit, posting};
use super::names::NameIndex;
use super::place::PlaceIndex;
use super::store::Gazetteer;

/// Shorter queries are not corrected: nearly every name would be one edit away.
const FUZZY_MIN_CHARS: usize = 4;

/// How a name fits a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It folds to the same.
    Exact,
    /// It begins so.
    Prefix,
    /// One character is missing, too many, different, or swapped with its neighbour.
    OneEdit,
}

/// One answer to a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The place.
    pub place: PlaceIndex,
    /// The name that fits: see [`Gazetteer::name`].
    pub name: NameIndex,
    /// How it fits.
    pub how: Match,
}

impl Gazetteer {
    /// Up to `limit` places for `query`, each once: those of exactly that name first, then those
    /// with a name that begins so, then those one typing error away; each most important first.
    /// What stands behind a comma narrows the search: "Paris, Texas", "Kabul, AF".
    /// Those of the user's own lists come first among equals.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Found> {
        let (name, within) = query.split_once(',').unwrap_or((query, ""));
        let within = fold(within);
        let asked = Query {
            folded: fold(name),
            written_out: written_out(name),
            holders: self.lookup(&within).map(|hit| hit.place).collect(),
            within,
        };
        let mut found = asked.run(self, self, (0, 0), limit);
        for chunk in &self.chunks {
            let of_chunk = asked.run(&chunk.gazetteer, self, (chunk.places, chunk.names), limit);
            found.extend(of_chunk.into_iter().filter(|f| self.same_here(f.place).is_none()));
        }
        if !self.chunks.is_empty() {
            let list = |f: &Found| self.is_of_list(f.place);
            let rank = |f: &Found| {
                let otherwise = asked.spelled_otherwise(&self.name(f.name));
                (f.how, !list(f), otherwise, (1000.0 * (1.0 - self.importance(f.place))) as u32)
            };
            found.sort_by_cached_key(rank);
            found.truncate(limit);
        }
        found
    }

    /// Whether a place is of a list of the user's own.
    pub(super) fn is_of_list(&self, place: PlaceIndex) -> bool {
        let behind = self.chunks.partition_point(|chunk| chunk.places <= place.0);
        behind.checked_sub(1).and_then(|at| self.chunks.get(at)).is_some_and(|chunk| chunk.first)
    }

    /// Postings of all names below the node `at` that was reached with `output`.
    fn run_below(&self, at: CompiledAddr, output: u64) -> std::ops::Range<u32> {
        let fst = self.index.as_fst();
        let first = end_of(self, fst.node(at), output, false);
        let mut last = end_of(self, fst.node(at), output, true) as u32;
        let postings = self.postings.bytes();
        while posting(postings, last).is_some_and(|p| p & LAST == 0) {
            last += 1;
        }
        first as u32..last.saturating_add(1)
    }
}

/// Value of the first or the last key below `node`.
fn end_of<'g>(gazetteer: &'g Gazetteer, mut node: Node<'g>, mut output: u64, last: bool) -> u64 {
    let fst = gazetteer.index.as_fst();
    loop {
        let stop = node.is_empty() || (!last && node.is_final());
        if stop {
            return output + node.final_output().value();
        }
        let transition = node.transition(if last { node.len() - 1 } else { 0 });
        output += transition.out.value();
        node = fst.node(transition.addr);
    }
}

/// What is searched for.
struct Query {
    folded: String,
    /// Folded name or code of what the place must lie in; empty for anywhere.
    within: String,
    /// The places of that name: "Mo." is Missouri.
    holders: BTreeSet<PlaceIndex>,
    /// Whether the query says "Saint" and not "St": names that do the same come first.
    written_out: bool,
}

impl Query {
    /// Whether the query and a name differ in what folding makes equal: "St" and "Saint".
    fn spelled_otherwise(&self, name: &str) -> bool {
        let shortened = self.folded.split(' ').any(|word| matches!(word, "st" | "ste" | "mt" | "ft"));
        shortened && written_out(name) != self.written_out
    }

    /// What `part` of the `whole` has, its places and names numbered from `from` on.
    fn run(&self, part: &Gazetteer, whole: &Gazetteer, from: (u32, u32), limit: usize) -> Vec<Found> {
        let (found, seen) = (Vec::new(), BTreeSet::new());
        let mut search = Search { gazetteer: part, whole, from: from.0, query: self, limit, found, seen };
        if !self.folded.is_empty() {
            search.run(&self.folded);
        }
        let whole = |f: Found| Found {
            place: PlaceIndex(f.place.0 + from.0),
            name: NameIndex(f.name.0 + from.1),
            how: f.how,
        };
        search.found.into_iter().map(whole).collect()
    }
}

struct Search<'g> {
    gazetteer: &'g Gazetteer,
    whole: &'g Gazetteer,
    from: u32,
    query: &'g Query,
    limit: usize,
    found: Vec<Found>,
    seen: BTreeSet<PlaceIndex>,
}

impl Search<'_> {
    fn run(&mut self, folded: &str) {
        let mut exact: Vec<(PlaceIndex, NameIndex)> =
            self.gazetteer.hits_from(self.gazetteer.index.get(folded)).map(|h| (h.place, h.name)).collect();
        exact.sort_by_cached_key(|&(_, name)| self.query.spelled_otherwise(&self.gazetteer.name(name)));
        self.take(exact, Match::Exact);
        if self.found.len() < self.limit {
            let prefixed = self.prefixed(folded);
            self.take(prefixed, Match::Prefix);
        }
        if self.found.len() < self.limit && folded.chars().count() >= FUZZY_MIN_CHARS {
            let close = self.one_edit(folded);
            self.take(close, Match::OneEdit);
        }
    }

    /// Adds what is new and fits, in the order given.
    fn take(&mut self, candidates: Vec<(PlaceIndex, NameIndex)>, how: Match) {
        for (place, name) in candidates {
            if self.found.len() == self.limit {
                return;
            }
            if self.lies_within(place) && self.seen.insert(place) {
                self.found.push(Found { place, name, how });
            }
        }
    }

    fn lies_within(&self, local: PlaceIndex) -> bool {
        let query = self.query;
        if query.within.is_empty() {
            return true;
        }
        let index = PlaceIndex(local.0 + self.from);
        let Some(place) = self.whole.place(index) else { return false };
        let country = self.whole.country(place.country);
        let holders = [self.whole.admin1(index), self.whole.admin2(index), country];
        if holders.iter().flatten().any(|holder| *holder != index && query.holders.contains(holder)) {
            return true;
        }
        let country = country.map_or("", |c| self.whole.place_name(c));
        let begins = |name: &&str| fold(name).starts_with(&query.within);
        place.country.eq_ignore_ascii_case(&query.within)
            || query.within.len() > 2 && [place.admin1, place.admin2, country].iter().any(begins)
    }

    /// The most important places with a name that begins with `folded`. Records are numbered by
    /// importance, so the least numbers of the run of postings are wanted.
    fn prefixed(&self, folded: &str) -> Vec<(PlaceIndex, NameIndex)> {
        let fst = self.gazetteer.index.as_fst();
        let Some((at, output)) = step(self.gazetteer, (fst.root().addr(), 0), folded.as_bytes()) else {
            return Vec::new();
        };
        let postings = self.gazetteer.postings.bytes();
        let mut best: BTreeSet<(PlaceIndex, NameIndex)> = BTreeSet::new();
        let mut worst = PlaceIndex(u32::MAX);
        for at in self.gazetteer.run_below(at, output) {
            let Some(found) = posting(postings, at).map(|p| hit(p, at)) else { break };
            if found.place >= worst || self.seen.contains(&found.place) || !self.lies_within(found.place) {
                continue;
            }
            insert_once(&mut best, (found.place, found.name));
            if best.len() > self.limit {
                best.pop_last();
                worst = best.last().map_or(worst, |l| l.0);
            }
        }
        best.into_iter().collect()
    }

    /// The places whose name is one edit away, most important first. Walks the index along the
    /// query and tries every edit at every character, which visits a few thousand nodes; a
    /// Levenshtein automaton takes longer to be built than this takes to run.
    fn one_edit(&self, folded: &str) -> Vec<(PlaceIndex, NameIndex)> {
        let mut starts: Vec<u64> = Vec::new();
        let mut at = (self.gazetteer.index.as_fst().root().addr(), 0);
        for (position, c) in folded.char_indices() {
            let rest = folded.get(position..).unwrap_or("");
            self.edits_at(at, rest, &mut starts);
            match step(self.gazetteer, at, &rest.as_bytes()[..c.len_utf8()]) {
                Some(next) => at = next,
                None => break,
            }
            if position + c.len_utf8() == folded.len() {
                self.edits_at(at, "", &mut starts);
            }
        }
        starts.sort_unstable();
        starts.dedup();
        let mut out: Vec<_> = starts
            .iter()
            .flat_map(|&s| self.gazetteer.hits_from(Some(s)))
            .map(|h| (h.place, h.name))
            .collect();
        out.sort_unstable();
        out
    }

    /// Collects the names that go on from `at` with `rest` after one edit at its start.
    fn edits_at(&self, at: At, rest: &str, out: &mut Vec<u64>) {
        let mut chars = rest.chars();
        let first = chars.next();
        let tail = chars.as_str();
        if let Some(first) = first {
            out.extend(self.finish(at, tail));
            let second = chars.next();
            if let Some(second) = second.filter(|s| *s != first) {
                out.extend(self.finish(at, &format!("{second}{first}{}", chars.as_str())));
            }
        }
        for next in self.one_char(at) {
            out.extend(self.finish(next, rest));
            if first.is_some() {
                out.extend(self.finish(next, tail));
            }
        }
    }

    /// The value of the name that goes on from `at` with exactly `rest`.
    fn finish(&self, at: At, rest: &str) -> Option<u64> {
        let (at, output) = step(self.gazetteer, at, rest.as_bytes())?;
        let node = self.gazetteer.index.as_fst().node(at);
        node.is_final().then(|| output + node.final_output().value())
    }

    /// Where any one character leads from `at`.
    fn one_char(&self, at: At) -> Vec<At> {
        let fst = self.gazetteer.index.as_fst();
        let mut out = Vec::new();
        let mut open: Vec<(At, u32)> = vec![(at, 0)];
        while let Some(((addr, output), missing)) = open.pop() {
            for transition in fst.node(addr).transitions() {
                let next = (transition.addr, output + transition.out.value());
                let missing = if missing > 0 { missing - 1 } else { utf8_tail(transition.inp) };
                if missing == 0 { out.push(next) } else { open.push((next, missing)) }
            }
        }
        out
    }
}

/// Whether a word that folding shortens stands in full.
fn written_out(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["saint", "mount", "fort"].iter().any(|word| lower.contains(word))
}

/// A node of the index and the output on the way to it.
type At = (CompiledAddr, u64);

/// Where `bytes` lead from `at`.
fn step(gazetteer: &Gazetteer, mut at: At, bytes: &[u8]) -> Option<At> {
    let fst = gazetteer.index.as_fst();
    for &byte in bytes {
        let node = fst.node(at.0);
        let transition = node.transition(node.find_input(byte)?);
        at = (transition.addr, at.1 + transition.out.value());
    }
    Some(at)
}

/// How many bytes follow the first byte of a UTF-8 character.
const fn utf8_tail(first: u8) -> u32 {
    match first {
        0..=0xbf => 0,
        0xc0..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xff => 3,
    }
}

/// Adds a place unless another name of it is there.
fn insert_once(best: &mut BTreeSet<(PlaceIndex, NameIndex)>, new: (PlaceIndex, NameIndex)) {
    let names = (new.0, NameIndex(0))..=(new.0, NameIndex(u32::MAX));
    if best.range(names).next().is_none() {
        best.insert(new);
    }
}

#[cfg(test)]
mod tests {
    use super::super::pack::tests::gazetteer;
    use super::*;

    fn search(query: &str) -> Vec<(String, Match)> {
        let gazetteer = gazetteer();
        let found = gazetteer.search(query, 10);
        found.iter().map(|f| (gazetteer.place(f.place).unwrap().id.to_string(), f.how)).collect()
    }

    #[test]
    fn exact_then_prefix() {
        let found = search("Kabul");
        assert_eq!(found[0], ("geonames:1138958".to_owned(), Match::Exact));
        assert!(found.is_sorted_by_key(|f| f.1), "{found:?}");
        assert!(found.contains(&("airports:OAKB".to_owned(), Match::Prefix)), "{found:?}");
    }

    #[test]
    fn a_place_comes_once() {
        let mut ids: Vec<String> = search("ka").into_iter().map(|f| f.0).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn one_typing_error_is_forgiven() {
        for query in ["Bagrm", "Baagram", "Bagrom", "Bargam", "Bagramm", "agram"] {
            assert_eq!(search(query).first().map(|f| f.1), Some(Match::OneEdit), "{query}");
        }
        assert_eq!(search("Bxgrxm"), []);
        assert_eq!(search("Kab").iter().filter(|f| f.1 == Match::OneEdit).count(), 0);
    }

    #[test]
    fn a_comma_narrows() {
        let ids = |q| search(q).into_iter().map(|f| f.0).collect::<Vec<_>>();
        assert_eq!(ids("Kabul, Iowa")[0], "geonames:77");
        assert_eq!(ids("Kabul, US"), ["geonames:77"]);
        assert_eq!(ids("Kabul, Peru"), Vec::<String>::new());
    }

    #[test]
    fn odd_queries_find_nothing() {
        for query in ["", " ", ",", "—", "\u{0}"] {
            assert_eq!(search(query), [], "{query:?}");
        }
        assert_eq!(gazetteer().search("kabul", 0), []);
    }
}
