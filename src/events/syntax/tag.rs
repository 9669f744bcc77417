//! Parts of speech.

/// A part of speech of Universal Dependencies, version 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Tag {
    /// "red".
    Adj,
    /// "in".
    Adp,
    /// "soon".
    Adv,
    /// "has", "was", "would".
    Aux,
    /// "and".
    Cconj,
    /// "the".
    Det,
    /// "oh".
    Intj,
    /// "town".
    Noun,
    /// "twelve".
    Num,
    /// "to" of an infinitive, "not", "’s" of a genitive.
    Part,
    /// "they".
    Pron,
    /// "Kabul".
    Propn,
    /// ",".
    Punct,
    /// "while".
    Sconj,
    /// "$".
    Sym,
    /// "seize".
    Verb,
    /// Anything else.
    #[default]
    X,
}

impl Tag {
    /// All of them, with their names in the treebanks.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Adj, "ADJ"),
        (Self::Adp, "ADP"),
        (Self::Adv, "ADV"),
        (Self::Aux, "AUX"),
        (Self::Cconj, "CCONJ"),
        (Self::Det, "DET"),
        (Self::Intj, "INTJ"),
        (Self::Noun, "NOUN"),
        (Self::Num, "NUM"),
        (Self::Part, "PART"),
        (Self::Pron, "PRON"),
        (Self::Propn, "PROPN"),
        (Self::Punct, "PUNCT"),
        (Self::Sconj, "SCONJ"),
        (Self::Sym, "SYM"),
        (Self::Verb, "VERB"),
        (Self::X, "X"),
    ];

    /// The tag of a name in a treebank.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|&(tag, _)| tag)
    }
}

/// How a word is inflected or used, as far as that matters to events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Form {
    /// No more is known.
    #[default]
    Other,
    /// "(to) seize".
    Base,
    /// "(they) seize".
    Present,
    /// "seizes".
    Third,
    /// "(they) seized".
    Past,
    /// "(was) seized".
    Participle,
    /// "seizing".
    Gerund,
    /// "would".
    Modal,
    /// "towns".
    Plural,
    /// "their", "whose".
    Possessive,
    /// "who", "which".
    Relative,
    /// "(take) over".
    Particle,
}

/// What the tagger tells apart, in the order of its outputs.
pub const CLASSES: [(Tag, Form); 32] = [
    (Tag::Noun, Form::Other),
    (Tag::Noun, Form::Plural),
    (Tag::Propn, Form::Other),
    (Tag::Verb, Form::Base),
    (Tag::Verb, Form::Present),
    (Tag::Verb, Form::Third),
    (Tag::Verb, Form::Past),
    (Tag::Verb, Form::Participle),
    (Tag::Verb, Form::Gerund),
    (Tag::Aux, Form::Base),
    (Tag::Aux, Form::Present),
    (Tag::Aux, Form::Third),
    (Tag::Aux, Form::Past),
    (Tag::Aux, Form::Participle),
    (Tag::Aux, Form::Gerund),
    (Tag::Aux, Form::Modal),
    (Tag::Pron, Form::Other),
    (Tag::Pron, Form::Possessive),
    (Tag::Pron, Form::Relative),
    (Tag::Adj, Form::Other),
    (Tag::Adv, Form::Other),
    (Tag::Adp, Form::Other),
    (Tag::Adp, Form::Particle),
    (Tag::Det, Form::Other),
    (Tag::Num, Form::Other),
    (Tag::Part, Form::Other),
    (Tag::Cconj, Form::Other),
    (Tag::Sconj, Form::Other),
    (Tag::Punct, Form::Other),
    (Tag::Sym, Form::Other),
    (Tag::Intj, Form::Other),
    (Tag::X, Form::Other),
];

/// Where the classes of full verbs stand in [`CLASSES`].
pub const VERBS: std::ops::Range<usize> = 3..9;

/// Forms that are verbs wherever they stand. The treebanks have few wars in them: without this
/// list "struck" and "fled" are nouns to the tagger now and then.
pub const ALWAYS_VERBS: &str = "\
arose arisen became began begun bred brought caught chose chosen clung crept dealt dug ate eaten \
fought fled flew flown forbade foresaw forgot forgave froze grew hid held kept knew led lost \
overran overthrew overtook paid retook retaken rode ran said sought sold sent shook shone slain slew slept \
slid spent stood stole stolen struck strove swore swept swam swung took taken taught told threw thrown \
underwent undergone understood undertook upheld woke wore wept won withdrew withdrawn withheld withstood wrote";

/// The class of a word of a treebank: its universal tag and that of the Penn Treebank.
pub fn class_of(universal: &str, penn: &str) -> usize {
    let tag = Tag::named(universal).unwrap_or_default();
    let form = match (tag, penn) {
        (Tag::Verb | Tag::Aux, "VB") => Form::Base,
        (Tag::Verb | Tag::Aux, "VBP") => Form::Present,
        (Tag::Verb | Tag::Aux, "VBZ") => Form::Third,
        (Tag::Verb | Tag::Aux, "VBD") => Form::Past,
        (Tag::Verb | Tag::Aux, "VBN") => Form::Participle,
        (Tag::Verb | Tag::Aux, "VBG") => Form::Gerund,
        (Tag::Aux, _) => Form::Modal,
        (Tag::Verb, _) => Form::Base,
        (Tag::Noun, "NNS") => Form::Plural,
        (Tag::Pron, "PRP$" | "WP$") => Form::Possessive,
        (Tag::Pron, "WDT" | "WP") => Form::Relative,
        (Tag::Adp, "RP") => Form::Particle,
        _ => Form::Other,
    };
    CLASSES.iter().position(|&class| class == (tag, form)).unwrap_or(CLASSES.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_distinct_and_hold_every_tag() {
        for (at, class) in CLASSES.iter().enumerate() {
            assert_eq!(CLASSES.iter().position(|c| c == class), Some(at));
        }
        for (tag, _) in Tag::ALL {
            assert!(CLASSES.iter().any(|&(t, _)| t == tag), "{tag:?}");
        }
    }

    #[test]
    fn the_classes_of_verbs_stand_together() {
        for (at, (tag, _)) in CLASSES.iter().enumerate() {
            assert_eq!(*tag == Tag::Verb, VERBS.contains(&at));
        }
    }

    #[test]
    fn treebank_tags_lead_to_classes() {
        assert_eq!(CLASSES[class_of("VERB", "VBN")], (Tag::Verb, Form::Participle));
        assert_eq!(CLASSES[class_of("AUX", "MD")], (Tag::Aux, Form::Modal));
        assert_eq!(CLASSES[class_of("NOUN", "NNS")], (Tag::Noun, Form::Plural));
        assert_eq!(CLASSES[class_of("nonsense", "?")].0, Tag::X);
    }
}
