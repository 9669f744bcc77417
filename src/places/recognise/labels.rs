//! The tagger's labels: outside, and the first and further words of a name of each class.

/// Number of labels.
pub const LABELS: usize = 1 + 2 * CLASSES;

/// Number of classes.
pub const CLASSES: usize = 5;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A place.
    Location,
    /// An organisation: company, ministry, team, band.
    Organisation,
    /// A person.
    Person,
    /// Anything else with a name: a work, a law, a war.
    Other,
    /// A place inside the name of an organisation: "Michigan" of "University of Michigan".
    Embedded,
}

impl Class {
    /// All classes, in the order of the labels.
    pub const ALL: [Self; CLASSES] =
        [Self::Location, Self::Organisation, Self::Person, Self::Other, Self::Embedded];
}

/// One label, 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Label(pub u8);

impl Label {
    /// Outside of any name.
    pub const OUTSIDE: Self = Self(0);

    /// The label of the first word of a name of this class.
    pub const fn first(class: Class) -> Self {
        Self(1 + 2 * class as u8)
    }

    /// The label of a further word.
    pub const fn further(class: Class) -> Self {
        Self(2 + 2 * class as u8)
    }

    /// The class, `None` outside of names.
    pub fn class(self) -> Option<Class> {
        let index = self.0.checked_sub(1)? / 2;
        Class::ALL.get(usize::from(index)).copied()
    }

    /// Whether it is the first word of a name.
    pub const fn is_first(self) -> bool {
        self.0 % 2 == 1
    }

    /// Whether `next` may follow this label: a further word follows only its own class.
    pub const fn may_precede(self, next: Self) -> bool {
        next.0 == 0 || next.is_first() || self.0 == next.0 || self.0 + 1 == next.0 && self.0 > 0
    }
}

/// A set of labels that a word may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed(pub u16);

impl Allowed {
    /// Every label.
    pub const ALL: Self = Self((1 << LABELS) - 1);

    /// Only this one.
    pub const fn only(label: Label) -> Self {
        Self(1 << label.0)
    }

    /// This set without the labels of a class.
    #[must_use]
    pub const fn but(self, class: Class) -> Self {
        Self(self.0 & !(1 << Label::first(class).0) & !(1 << Label::further(class).0))
    }

    /// The labels of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of the labels of a class is in it.
    pub const fn has_class(self, class: Class) -> bool {
        self.but(class).0 != self.0
    }

    /// Whether `label` is allowed.
    pub const fn has(self, label: usize) -> bool {
        self.0 >> label & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_classes_agree() {
        assert_eq!(Label::OUTSIDE.class(), None);
        for class in Class::ALL {
            assert_eq!(Label::first(class).class(), Some(class));
            assert_eq!(Label::further(class).class(), Some(class));
        }
        assert_eq!(usize::from(Label::further(Class::Embedded).0) + 1, LABELS);
    }

    #[test]
    fn a_further_word_needs_its_first() {
        let (place, person) = (Class::Location, Class::Person);
        assert!(!Label::OUTSIDE.may_precede(Label::further(place)));
        assert!(Label::first(place).may_precede(Label::further(place)));
        assert!(Label::further(place).may_precede(Label::further(place)));
        assert!(!Label::first(person).may_precede(Label::further(place)));
        assert!(!Label::OUTSIDE.may_precede(Label::further(person)));
        assert!(Label::further(person).may_precede(Label::first(place)));
    }

    #[test]
    fn sets_leave_out_a_class() {
        let set = Allowed::ALL.but(Class::Location);
        assert!(set.has(0) && !set.has(1) && !set.has(2) && set.has(3));
        assert!(Allowed::only(Label(4)).has(4) && !Allowed::only(Label(4)).has(3));
    }
}
