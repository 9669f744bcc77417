//! What kind of word a word is, from the curated list.

use rustc_hash::FxHashMap;

use super::hash::word_hash;

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(pub u32);

impl Classes {
    /// "airport", "bridge": a thing built at one spot.
    pub const FACILITY: Self = Self(1);
    /// "ministry", "university", "rockets": a word that ends names of organisations.
    pub const ORGANISATION: Self = Self(1 << 1);
    /// "street", "avenue".
    pub const STREET: Self = Self(1 << 2);
    /// "river", "mount".
    pub const NATURE: Self = Self(1 << 3);
    /// "province", "county".
    pub const ADMINISTRATIVE: Self = Self(1 << 4);
    /// "president", "mr".
    pub const TITLE: Self = Self(1 << 5);
    /// "in", "near".
    pub const LOCATIVE: Self = Self(1 << 6);
    /// A given name.
    pub const PERSON_FIRST: Self = Self(1 << 7);
    /// "january", "jan".
    pub const MONTH: Self = Self(1 << 8);
    /// "sunday".
    pub const WEEKDAY: Self = Self(1 << 9);
    /// A news outlet or agency.
    pub const OUTLET: Self = Self(1 << 10);
    /// The whole name of an organisation.
    pub const ORGANISATION_NAME: Self = Self(1 << 11);
    /// An everyday word that is also the name of a place.
    pub const COMMON: Self = Self(1 << 12);
    /// A people or the adjective of a place.
    pub const DEMONYM: Self = Self(1 << 13);
    /// "north", "western", "upper".
    pub const DIRECTION: Self = Self(1 << 14);
    /// "the", "but", "according": begins sentences and is no name by itself.
    pub const FUNCTION: Self = Self(1 << 15);

    /// The class of this name in the curated list.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "facility" => Self::FACILITY,
            "organisation" => Self::ORGANISATION,
            "street" => Self::STREET,
            "nature" => Self::NATURE,
            "administrative" => Self::ADMINISTRATIVE,
            "title" => Self::TITLE,
            "locative" => Self::LOCATIVE,
            "person_first" => Self::PERSON_FIRST,
            "month" => Self::MONTH,
            "weekday" => Self::WEEKDAY,
            "outlet" => Self::OUTLET,
            "organisation_name" => Self::ORGANISATION_NAME,
            "common" => Self::COMMON,
            _ => return None,
        })
    }

    /// Whether one of `other` is in this set.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    #[inline]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Directions that modify names: no table needed for so few.
const DIRECTIONS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "upper",
    "lower",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north-east",
    "north-west",
    "south-east",
    "south-west",
    "mid",
    "greater",
    "inner",
    "outer",
    "downtown",
];

/// Bits by the lower end of a hash: tells most words that are not in a table without a look at it.
#[derive(Debug, Default)]
struct Sieve(Vec<u64>);

impl Sieve {
    const BITS: u32 = 17;

    fn place(word: u32) -> (usize, u64) {
        let bit = word & ((1 << Self::BITS) - 1);
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn add(&mut self, word: u32) {
        self.0.resize(1 << (Self::BITS - 6), 0);
        let (at, bit) = Self::place(word);
        self.0[at] |= bit;
    }

    #[inline]
    fn may_hold(&self, word: u32) -> bool {
        let (at, bit) = Self::place(word);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

/// Words that begin sentences with a capital and are no names by themselves.
const FUNCTIONS: &str = "a about according add after all also although among an and another any as at \
    because before both but by can despite did do does during each even every few first for four from had \
    has have he her here his how however i if in instead into is it its just last later like many may \
    meanwhile more most much my nearly neither new no nobody none nor not nothing now of officials on once \
    one only or other others our over people perhaps police several she since so some someone soon still \
    such than that the their them then there these they this those though three through thus to today two \
    under until we well were what when where whether which while who why will with without would yes yet \
    you your";

/// The hashes of the words of a phrase behind its first two, and its classes.
type Phrase = (Vec<u32>, Classes);

/// The curated words and phrases.
#[derive(Debug)]
pub struct Words {
    /// Which words may have a class, and which pairs of words may begin a phrase: most do not.
    listed: Sieve,
    begins: Sieve,
    single: FxHashMap<u32, Classes>,
    /// By the hashes of the first two words: those of the other words and the class.
    phrases: FxHashMap<(u32, u32), Vec<Phrase>>,
}

/// One number for two words' hashes.
#[inline]
const fn pair(first: u32, second: u32) -> u32 {
    first.rotate_left(7) ^ second
}

impl Words {
    /// Reads lines of `class TAB word`; other lines and unknown classes count for nothing.
    pub fn parse(table: &str) -> Self {
        let mut words = Self {
            listed: Sieve::default(),
            begins: Sieve::default(),
            single: FxHashMap::default(),
            phrases: FxHashMap::default(),
        };
        for direction in DIRECTIONS {
            words.add(direction, Classes::DIRECTION);
        }
        for word in FUNCTIONS.split_whitespace() {
            words.add(word, Classes::FUNCTION);
        }
        for line in table.lines() {
            let mut columns = line.split('\t');
            let class = columns.next().and_then(Classes::named);
            if let (Some(class), Some(word)) = (class, columns.next()) {
                words.add(word.trim(), class);
            }
        }
        words
    }

    /// Adds a word or phrase to a class.
    pub fn add(&mut self, word: &str, class: Classes) {
        let mut hashes = word.split_whitespace().map(word_hash);
        let Some(first) = hashes.next() else { return };
        if let Some(second) = hashes.next() {
            self.begins.add(pair(first, second));
            self.phrases.entry((first, second)).or_default().push((hashes.collect(), class));
        } else {
            self.listed.add(first);
            let classes = self.single.entry(first).or_default();
            *classes = classes.with(class);
        }
    }

    /// The classes of the word of this hash.
    #[inline]
    pub fn of(&self, word: u32) -> Classes {
        if !self.listed.may_hold(word) {
            return Classes::default();
        }
        self.single.get(&word).copied().unwrap_or_default()
    }

    /// The longest phrase that starts with `first` and goes on with the words that `next(1)`,
    /// `next(2)` … give: its length in words and its class.
    pub fn phrase(&self, first: u32, next: impl Fn(usize) -> Option<u32>) -> Option<(usize, Classes)> {
        let second = next(1).filter(|&second| self.begins.may_hold(pair(first, second)))?;
        let fits = |rest: &[u32]| rest.iter().enumerate().all(|(i, &word)| next(i + 2) == Some(word));
        let phrases = self.phrases.get(&(first, second))?;
        let longest = phrases.iter().filter(|(rest, _)| fits(rest)).max_by_key(|(rest, _)| rest.len())?;
        Some((longest.0.len() + 2, longest.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "class\tword\nfacility\tairport\nfacility\tair base\nfacility\tbase\ntitle\tMr\noutlet\tRadio Kabul\noutlet\tRadio Kabul News\n";

    #[test]
    fn words_have_classes() {
        let words = Words::parse(TABLE);
        assert!(words.of(word_hash("Airport")).has(Classes::FACILITY));
        assert!(words.of(word_hash("mr")).has(Classes::TITLE));
        assert!(words.of(word_hash("Western")).has(Classes::DIRECTION));
        assert_eq!(words.of(word_hash("radio")), Classes::default());
    }

    #[test]
    fn the_longest_phrase_wins() {
        let words = Words::parse(TABLE);
        let text: Vec<u32> = ["radio", "Kabul", "news", "said"].map(word_hash).to_vec();
        assert_eq!(words.phrase(text[0], |i| text.get(i).copied()), Some((3, Classes::OUTLET)));
        assert_eq!(words.phrase(text[1], |i| text.get(i + 1).copied()), None);
    }
}
