//! The names of a place, as they are written.

use super::flags::NameFlags;
use super::format::{take_varint, u32_at};
use super::lookup::{LAST, hit, posting};
use super::place::PlaceIndex;
use super::store::Gazetteer;

/// Postings whose spelling is stored together; only the first of a block is stored whole.
pub(super) const BLOCK: u32 = 16;

/// How a name is stored: as its key with capitals, as the main name of its place, as its key all
/// in capitals, or written out as [`WRITTEN`] plus the bytes it shares with the one written out
/// before it in the block, the number of its other bytes, and these.
pub(super) const CAPITALISED_KEY: u32 = 0;
/// See [`CAPITALISED_KEY`].
pub(super) const MAIN_NAME: u32 = 1;
/// See [`CAPITALISED_KEY`].
pub(super) const KEY_IN_CAPITALS: u32 = 2;
/// See [`CAPITALISED_KEY`].
pub(super) const WRITTEN: u32 = 3;

/// Which name of which place; valid for the gazetteer it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameIndex(pub u32);

/// One name of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As it is written.
    pub text: String,
    /// What is special about it.
    pub flags: NameFlags,
}

impl Gazetteer {
    /// Number of names: pairs of a place and a folded name; those of the user's gazetteers left out.
    pub fn name_total(&self) -> usize {
        self.postings.bytes().len() / 4
    }

    /// The name `index` as it is written; empty beyond the end.
    pub fn name(&self, index: NameIndex) -> String {
        let behind = self.chunks.partition_point(|chunk| chunk.names <= index.0);
        match behind.checked_sub(1).and_then(|at| self.chunks.get(at)) {
            Some(chunk) => chunk.gazetteer.written(index.0 - chunk.names).unwrap_or_default(),
            None => self.written(index.0).unwrap_or_default(),
        }
    }

    /// All names of a place, the preferred ones first, then in order of their folded forms.
    pub fn names(&self, place: PlaceIndex) -> Vec<Name> {
        let (home, at) = self.home(place);
        if !std::ptr::eq(home, self) {
            return home.names(at);
        }
        let postings = self.postings.bytes();
        let of_place = self.names_at(place).unwrap_or_default().into_iter();
        let mut out: Vec<Name> = of_place
            .filter_map(|at| posting(postings, at).map(|p| hit(p, at)))
            .map(|hit| Name { text: self.name(hit.name), flags: hit.flags })
            .collect();
        let main = self.place_name(place);
        out.sort_by_key(|n| (n.text != main, !n.flags.contains(NameFlags::PREFERRED)));
        out
    }

    /// The postings of a place.
    fn names_at(&self, place: PlaceIndex) -> Option<Vec<u32>> {
        let start = u32_at(self.names_of_blocks.bytes(), (place.0 / BLOCK) as usize * 4) as usize;
        let mut bytes = self.names_of.bytes().get(start..)?;
        for _ in 0..place.0 % BLOCK {
            for _ in 0..take_varint(&mut bytes)? {
                take_varint(&mut bytes)?;
            }
        }
        let mut at = 0;
        let count = take_varint(&mut bytes)?;
        (0..count)
            .map(|_| {
                take_varint(&mut bytes).map(|step| {
                    at += step;
                    at
                })
            })
            .collect()
    }

    /// Whether `surface`, a stretch of text that folds to this name, is cased as the name is:
    /// what an [`NameFlags::ABBREVIATION`] asks for. Dots count for nothing.
    pub fn casing_fits(&self, name: NameIndex, surface: &str) -> bool {
        self.letters(name) == without_dots(surface)
    }

    /// A name as it is written, its dots left out: what [`Gazetteer::casing_fits`] compares.
    pub fn letters(&self, name: NameIndex) -> String {
        without_dots(&self.name(name))
    }

    fn written(&self, at: u32) -> Option<String> {
        posting(self.postings.bytes(), at)?;
        let start = u32_at(self.shown_blocks.bytes(), (at / BLOCK) as usize * 4) as usize;
        let mut bytes = self.shown.bytes().get(start..)?;
        let mut text: Vec<u8> = Vec::new();
        let mut how = CAPITALISED_KEY;
        for _ in 0..=at % BLOCK {
            how = take_varint(&mut bytes)?;
            if let Some(shared) = how.checked_sub(WRITTEN) {
                let more = take_varint(&mut bytes)? as usize;
                text.truncate(shared as usize);
                text.extend(bytes.get(..more)?);
                bytes = bytes.get(more..)?;
            }
        }
        match how {
            CAPITALISED_KEY => self.key_of(at).map(|key| capitalised(&key)),
            KEY_IN_CAPITALS => self.key_of(at).map(|key| key.to_uppercase()),
            MAIN_NAME => {
                let place = hit(posting(self.postings.bytes(), at)?, at).place;
                Some(self.place_name(place).to_owned())
            }
            _ => String::from_utf8(text).ok(),
        }
    }

    /// The folded name that posting `at` belongs to, read back from the index.
    fn key_of(&self, at: u32) -> Option<String> {
        let postings = self.postings.bytes();
        let mut first = at;
        while first > 0 && posting(postings, first - 1)? & LAST == 0 {
            first -= 1;
        }
        let mut key = Vec::new();
        self.index.as_fst().get_key_into(u64::from(first), &mut key).then_some(())?;
        String::from_utf8(key).ok()
    }
}

/// A text without its dots.
pub fn without_dots(text: &str) -> String {
    text.chars().filter(|c| *c != '.').collect()
}

/// Each word with a capital, but for Georgian, which has none in running text.
pub(super) fn capitalised(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut begins = true;
    for c in folded.chars() {
        if begins && !('\u{10d0}'..='\u{10ff}').contains(&c) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        begins = c == ' ';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::super::pack::tests::{afghan, gazetteer};
    use super::*;

    #[test]
    fn all_names_lead_back() {
        let gazetteer = gazetteer();
        for input in afghan() {
            let index = gazetteer.by_id(&input.id).unwrap();
            let names = gazetteer.names(index);
            assert_eq!(names[0].text, input.names[0].text, "main name first");
            for name in &input.names {
                assert!(names.iter().any(|n| fold(&n.text) == fold(&name.text)), "{}", name.text);
            }
        }
    }

    #[test]
    fn spelling_is_kept() {
        let gazetteer = gazetteer();
        let texts = |id: &str| {
            let names = gazetteer.names(gazetteer.by_id(id).unwrap());
            names.into_iter().map(|n| n.text).collect::<Vec<_>>()
        };
        assert_eq!(texts("geonames:10"), ["Parwan", "Parvān"]);
        assert_eq!(texts("geonames:6252001"), ["United States", "US", "U.S.A."]);
    }

    #[test]
    fn abbreviations_ask_for_their_casing() {
        let gazetteer = gazetteer();
        let kbl = gazetteer.lookup("kbl").next().unwrap().name;
        assert!(gazetteer.casing_fits(kbl, "KBL") && gazetteer.casing_fits(kbl, "K.B.L."));
        assert!(!gazetteer.casing_fits(kbl, "Kbl"));
    }

    #[test]
    fn beyond_the_end_is_no_name() {
        assert_eq!(gazetteer().name(NameIndex(u32::MAX)), "");
    }
}
