//! Relations between a word and its head.

/// A relation of Universal Dependencies, version 2, with the subtypes that English news needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
#[allow(missing_docs)] // the names are the standard's
pub enum Relation {
    Acl,
    /// Relative clause.
    AclRelcl,
    Advcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    /// "was" of "was seized".
    AuxPass,
    Case,
    Cc,
    Ccomp,
    Compound,
    /// "over" of "take over".
    CompoundPrt,
    Conj,
    Cop,
    Csubj,
    #[default]
    Dep,
    Det,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    Iobj,
    List,
    Mark,
    Nmod,
    /// "president" of "president Ghani".
    NmodDesc,
    /// "Kabul’s", "their".
    NmodPoss,
    /// A noun on a noun without a preposition: "the attack Monday".
    NmodTime,
    Nsubj,
    /// Subject of a passive: who suffers.
    NsubjPass,
    Nummod,
    Obj,
    Obl,
    /// "by" whom, of a passive.
    OblAgent,
    /// A noun on a verb without a preposition: "left Monday".
    OblTime,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Root,
    Vocative,
    Xcomp,
}

impl Relation {
    /// All of them in the order of the labeller's outputs, with their names in the treebanks.
    pub const ALL: [(Self, &'static str); 45] = [
        (Self::Acl, "acl"),
        (Self::AclRelcl, "acl:relcl"),
        (Self::Advcl, "advcl"),
        (Self::Advmod, "advmod"),
        (Self::Amod, "amod"),
        (Self::Appos, "appos"),
        (Self::Aux, "aux"),
        (Self::AuxPass, "aux:pass"),
        (Self::Case, "case"),
        (Self::Cc, "cc"),
        (Self::Ccomp, "ccomp"),
        (Self::Compound, "compound"),
        (Self::CompoundPrt, "compound:prt"),
        (Self::Conj, "conj"),
        (Self::Cop, "cop"),
        (Self::Csubj, "csubj"),
        (Self::Dep, "dep"),
        (Self::Det, "det"),
        (Self::Discourse, "discourse"),
        (Self::Dislocated, "dislocated"),
        (Self::Expl, "expl"),
        (Self::Fixed, "fixed"),
        (Self::Flat, "flat"),
        (Self::Goeswith, "goeswith"),
        (Self::Iobj, "iobj"),
        (Self::List, "list"),
        (Self::Mark, "mark"),
        (Self::Nmod, "nmod"),
        (Self::NmodDesc, "nmod:desc"),
        (Self::NmodPoss, "nmod:poss"),
        (Self::NmodTime, "nmod:unmarked"),
        (Self::Nsubj, "nsubj"),
        (Self::NsubjPass, "nsubj:pass"),
        (Self::Nummod, "nummod"),
        (Self::Obj, "obj"),
        (Self::Obl, "obl"),
        (Self::OblAgent, "obl:agent"),
        (Self::OblTime, "obl:unmarked"),
        (Self::Orphan, "orphan"),
        (Self::Parataxis, "parataxis"),
        (Self::Punct, "punct"),
        (Self::Reparandum, "reparandum"),
        (Self::Root, "root"),
        (Self::Vocative, "vocative"),
        (Self::Xcomp, "xcomp"),
    ];

    /// The relation of a name in a treebank; a subtype that is not told apart counts as its base.
    pub fn named(name: &str) -> Option<Self> {
        let find = |wanted: &str| Self::ALL.iter().find(|(_, n)| *n == wanted).map(|&(r, _)| r);
        find(name).or_else(|| find(name.split(':').next().unwrap_or(name)))
    }

    /// Its name in the treebanks: "nsubj:pass".
    pub fn name(self) -> &'static str {
        Self::ALL.get(self as usize).map_or("dep", |(_, name)| name)
    }

    /// Without the subtype: [`Relation::Nsubj`] for [`Relation::NsubjPass`].
    pub fn base(self) -> Self {
        Self::named(self.name().split(':').next().unwrap_or_default()).unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for (at, (relation, name)) in Relation::ALL.into_iter().enumerate() {
            assert_eq!(relation as usize, at, "{name}");
            assert_eq!(Relation::named(name), Some(relation));
            assert_eq!(relation.name(), name);
        }
    }

    #[test]
    fn subtypes_have_a_base() {
        assert_eq!(Relation::NsubjPass.base(), Relation::Nsubj);
        assert_eq!(Relation::Obl.base(), Relation::Obl);
        assert_eq!(Relation::named("det:predet"), Some(Relation::Det));
        assert_eq!(Relation::named("no:such"), None);
    }
}
