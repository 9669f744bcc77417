//! What is special about one name of a place.

/// Properties of a name, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NameFlags(u16);

impl NameFlags {
    /// No property.
    pub const NONE: Self = Self(0);
    /// The name the place goes by (its main name, or that without accents).
    pub const PREFERRED: Self = Self(1);
    /// A short form: "Heathrow" for "London Heathrow Airport".
    pub const SHORT: Self = Self(1 << 1);
    /// A former name: "Burma", "Constantinople".
    pub const HISTORIC: Self = Self(1 << 2);
    /// A nickname: "Big Apple".
    pub const COLLOQUIAL: Self = Self(1 << 3);
    /// An abbreviation or code that counts only in its own casing: "US", "Calif.", "KBL".
    pub const ABBREVIATION: Self = Self(1 << 4);
    /// Stands for those who govern from there: "Kremlin", "White House".
    pub const METONYM: Self = Self(1 << 5);
    /// An everyday word too, not to be trusted alone: "Of", "Nice", "Reading", "Mobile".
    pub const COMMON: Self = Self(1 << 6);
    /// Made by a rule from another name ("Kabul airport"), found in no source.
    pub const GENERATED: Self = Self(1 << 7);

    /// How many bits a stored set takes.
    pub(super) const BITS: u32 = 11;

    /// The letters the tables of the data build use, in the order of the bits.
    const LETTERS: [(char, Self); 8] = [
        ('p', Self::PREFERRED),
        ('s', Self::SHORT),
        ('h', Self::HISTORIC),
        ('c', Self::COLLOQUIAL),
        ('a', Self::ABBREVIATION),
        ('m', Self::METONYM),
        ('t', Self::COMMON),
        ('g', Self::GENERATED),
    ];

    /// The set stored as `bits`.
    pub(super) const fn from_bits(bits: u32) -> Self {
        Self((bits & ((1 << Self::BITS) - 1)) as u16)
    }

    /// The set as it is stored.
    pub(super) const fn bits(self) -> u32 {
        self.0 as u32
    }

    /// The set written with one letter a property: `p` preferred, `s` short, `h` historic,
    /// `c` colloquial, `a` abbreviation, `m` metonym, `t` too common, `g` generated.
    /// Other letters count for nothing.
    pub fn from_letters(letters: &str) -> Self {
        Self::LETTERS
            .iter()
            .filter(|(letter, _)| letters.contains(*letter))
            .fold(Self::NONE, |set, (_, flag)| set.with(*flag))
    }

    /// Whether all of `other` are in this set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether one of `other` is in this set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// This set and `other` together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_make_a_set() {
        let set = NameFlags::from_letters("ha");
        assert!(set.contains(NameFlags::HISTORIC) && set.contains(NameFlags::ABBREVIATION));
        assert!(!set.intersects(NameFlags::METONYM.with(NameFlags::COMMON)));
    }

    #[test]
    fn bits_lead_back() {
        let set = NameFlags::from_letters("pg");
        assert_eq!(NameFlags::from_bits(set.bits() | 1 << NameFlags::BITS), set);
    }
}
