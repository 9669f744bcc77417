//! The kind of place that the words around a mention ask for: "Kabul province", "the city of
//! Kandahar", "the Amu River".

use std::ops::Range;

use crate::places::gazetteer::kinds::kind_class;
use crate::places::recognise::hash::word_hash_ascii;
use crate::places::recognise::page::Page;

/// A kind of place that a text can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Asked {
    /// "country", "republic".
    Country,
    /// "province", "state".
    Province,
    /// "county", "district".
    County,
    /// "city", "town", "village", "capital".
    Settlement,
    /// "airport", "air base".
    Airport,
    /// "border", "crossing", "station", "prison".
    Site,
    /// "river", "lake", "sea".
    Water,
    /// "mountain", "island", "valley".
    Land,
    /// "region".
    Region,
}

/// Words that name a kind.
const WORDS: [(u32, Asked); 51] = [
    (word_hash_ascii(b"country"), Asked::Country),
    (word_hash_ascii(b"republic"), Asked::Country),
    (word_hash_ascii(b"nation"), Asked::Country),
    (word_hash_ascii(b"kingdom"), Asked::Country),
    (word_hash_ascii(b"province"), Asked::Province),
    (word_hash_ascii(b"provinces"), Asked::Province),
    (word_hash_ascii(b"state"), Asked::Province),
    (word_hash_ascii(b"oblast"), Asked::Province),
    (word_hash_ascii(b"governorate"), Asked::Province),
    (word_hash_ascii(b"prefecture"), Asked::Province),
    (word_hash_ascii(b"department"), Asked::Province),
    (word_hash_ascii(b"gov"), Asked::Province),
    (word_hash_ascii(b"gov."), Asked::Province),
    (word_hash_ascii(b"governor"), Asked::Province),
    (word_hash_ascii(b"legislature"), Asked::Province),
    (word_hash_ascii(b"county"), Asked::County),
    (word_hash_ascii(b"counties"), Asked::County),
    (word_hash_ascii(b"district"), Asked::County),
    (word_hash_ascii(b"parish"), Asked::County),
    (word_hash_ascii(b"municipality"), Asked::County),
    (word_hash_ascii(b"borough"), Asked::County),
    (word_hash_ascii(b"city"), Asked::Settlement),
    (word_hash_ascii(b"cities"), Asked::Settlement),
    (word_hash_ascii(b"town"), Asked::Settlement),
    (word_hash_ascii(b"towns"), Asked::Settlement),
    (word_hash_ascii(b"village"), Asked::Settlement),
    (word_hash_ascii(b"capital"), Asked::Settlement),
    (word_hash_ascii(b"suburb"), Asked::Settlement),
    (word_hash_ascii(b"neighborhood"), Asked::Settlement),
    (word_hash_ascii(b"neighbourhood"), Asked::Settlement),
    (word_hash_ascii(b"airport"), Asked::Airport),
    (word_hash_ascii(b"airfield"), Asked::Airport),
    (word_hash_ascii(b"airbase"), Asked::Airport),
    (word_hash_ascii(b"base"), Asked::Airport),
    (word_hash_ascii(b"border"), Asked::Site),
    (word_hash_ascii(b"crossing"), Asked::Site),
    (word_hash_ascii(b"checkpoint"), Asked::Site),
    (word_hash_ascii(b"station"), Asked::Site),
    (word_hash_ascii(b"prison"), Asked::Site),
    (word_hash_ascii(b"river"), Asked::Water),
    (word_hash_ascii(b"lake"), Asked::Water),
    (word_hash_ascii(b"sea"), Asked::Water),
    (word_hash_ascii(b"ocean"), Asked::Water),
    (word_hash_ascii(b"gulf"), Asked::Water),
    (word_hash_ascii(b"bay"), Asked::Water),
    (word_hash_ascii(b"island"), Asked::Land),
    (word_hash_ascii(b"islands"), Asked::Land),
    (word_hash_ascii(b"mountain"), Asked::Land),
    (word_hash_ascii(b"mountains"), Asked::Land),
    (word_hash_ascii(b"valley"), Asked::Land),
    (word_hash_ascii(b"region"), Asked::Region),
];

const UPSTATE: u32 = word_hash_ascii(b"upstate");
const OF: u32 = word_hash_ascii(b"of");

const TOWNS: [u32; 3] = [word_hash_ascii(b"city"), word_hash_ascii(b"town"), word_hash_ascii(b"village")];

impl Asked {
    /// The kind that the words ask for: the last of the mention itself if it has several, the one
    /// behind it, or "… of" before it.
    pub fn of(page: &Page, words: &Range<usize>) -> Option<Self> {
        let sentence = page.words.get(words.start)?.sentence;
        let hash = |at: usize| page.words.get(at).filter(|w| w.sentence == sentence).map(|w| w.hash);
        let inside = (words.len() > 1).then(|| hash(words.end - 1)).flatten().and_then(Self::named);
        let leads = (words.len() > 1).then(|| hash(words.start)).flatten().and_then(Self::named);
        let behind = hash(words.end).and_then(Self::named);
        let before = words.start.checked_sub(2).and_then(|at| match (hash(at), hash(at + 1)) {
            (Some(kind), Some(OF)) => Self::named(kind),
            _ => None,
        });
        let upstate = words.start.checked_sub(1).and_then(hash).filter(|word| *word == UPSTATE);
        let apposed = words.start.checked_sub(1).and_then(hash).and_then(Self::named);
        let upstate = upstate.map(|_| Self::Province);
        inside.or(behind).or(upstate).or(before).or(leads).or(apposed.filter(|a| *a == Self::Settlement))
    }

    /// Whether "the city of", "the town of" or "the village of" stands before the words: as good as
    /// saying what the name means in the whole article.
    pub fn is_town(page: &Page, words: &Range<usize>) -> bool {
        let hash =
            |step: usize| words.start.checked_sub(step).and_then(|at| page.words.get(at)).map(|w| w.hash);
        hash(1) == Some(OF) && hash(2).is_some_and(|kind| TOWNS.contains(&kind))
    }

    fn named(hash: u32) -> Option<Self> {
        WORDS.iter().find(|(word, _)| *word == hash).map(|(_, asked)| *asked)
    }

    /// Whether a place of this GeoNames kind is one: 1 yes, −1 no, 0 hard to say.
    pub fn fits(self, kind: &str) -> f32 {
        let class = kind_class(kind);
        let fits = match self {
            Self::Country => class == 1,
            Self::Province => class == 2,
            Self::County => matches!(class, 3 | 4),
            Self::Settlement => matches!(class, 5..=8),
            Self::Airport => class == 9,
            Self::Site => matches!(class, 9 | 10) || kind == "T.PASS",
            Self::Water => class == 11,
            Self::Land => matches!(class, 12 | 13),
            Self::Region => matches!(class, 2 | 13),
        };
        let near = match self {
            Self::Province | Self::Region => matches!(class, 3 | 4),
            Self::County => matches!(class, 2 | 7 | 8),
            Self::Land => matches!(class, 1 | 2),
            _ => false,
        };
        if fits {
            1.0
        } else if near {
            0.0
        } else {
            -1.0
        }
    }

    /// The kind in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Province => "province",
            Self::County => "county or district",
            Self::Settlement => "city or town",
            Self::Airport => "airport or air base",
            Self::Site => "site",
            Self::Water => "water",
            Self::Land => "island, mountain or valley",
            Self::Region => "region",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::places::recognise::words::Words;

    fn asked(text: &str, name: &str) -> Option<Asked> {
        let mut page = Page::default();
        page.read(text, &segment(text), &Words::parse(""), crate::places::Gazetteer::bundled().unwrap());
        let first = (0..page.words.len()).find(|&w| name.starts_with(page.text_of(text, w)))?;
        Asked::of(&page, &(first..first + name.split(' ').count()))
    }

    #[test]
    fn words_around_ask_for_a_kind() {
        assert_eq!(asked("They left Kabul province at noon.", "Kabul"), Some(Asked::Province));
        assert_eq!(asked("In the city of Herat it rained.", "Herat"), Some(Asked::Settlement));
        assert_eq!(asked("Along the Kunar River it rained.", "Kunar River"), Some(Asked::Water));
        assert_eq!(asked("In Herat it rained.", "Herat"), None);
        assert_eq!(asked("They left the city of Turkey.", "Turkey"), Some(Asked::Settlement));
    }

    #[test]
    fn kinds_fit_or_not() {
        assert_eq!(Asked::Province.fits("A.ADM1"), 1.0);
        assert_eq!(Asked::Province.fits("P.PPLC"), -1.0);
        assert_eq!(Asked::Site.fits("T.PASS"), 1.0);
    }
}
