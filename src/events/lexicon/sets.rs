//! Verbs that say something about another event: that it is said, planned, tried, over.

use super::Lexicon;
use crate::events::grammar::Lemma;

/// A set of verbs that matter to the reading of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Their object is the event they bring about: "held talks".
    Light,
    /// They say that their subject happened, or what it did: "an explosion killed five".
    Occur,
    /// Verbs of saying.
    Say,
    /// What depends on them is intended or to come.
    Plan,
    /// What depends on them did not happen.
    Fail,
    /// What depends on them is wished for or feared.
    Wish,
    /// They tell a toll that another event took: "died in the blaze".
    Toll,
}

const LISTS: &[(Set, &str)] = &[
    (
        Set::Light,
        "hold launch carry conduct stage mount begin start initiate open resume make pay wage lead host organize \
         organise suffer face stay witness see trigger spark cause declare announce order continue commit experience \
         join attend impose have report plan call break end foil claim survive undertake perpetrate perform \
         hear feel confirm endure deliver",
    ),
    (
        Set::Occur,
        "begin start take occur happen erupt break continue resume end kill leave injure wound rock hit strike destroy \
         damage shake claim follow force trap bury sweep spread trigger cause affect displace be rip tear devastate \
         flatten batter devour engulf burn rage last enter unfold intensify escalate turn come go collapse measure \
         register send prompt knock cut topple wreck threaten paralyse paralyze disrupt halt close block kick open \
         wrap conclude focus fail stall run swell draw attract shut flare push make lash target reach level ravage \
         sicken infect shatter blow gut cover submerge inundate wash approach move head near land pass \
         rattle jolt ring grip pound lash uproot pummel paralyse ravage wipe cost happen prevail get",
    ),
    (
        Set::Say,
        "say tell report announce confirm claim state add allege note declare explain reveal disclose testify believe \
         think suggest indicate insist reiterate recall describe show estimate suspect assert argue quote acknowledge \
         admit maintain write tweet post deny",
    ),
    (
        Set::Plan,
        "plan intend vow promise pledge agree prepare aim hope expect set schedule decide threaten offer propose order \
         approve authorise authorize go tend due volunteer consider",
    ),
    (
        Set::Fail,
        "fail refuse decline avoid prevent stop cancel abandon foil thwart avert reject forbid ban cease halt",
    ),
    (
        Set::Wish,
        "want wish urge call demand ask fear worry request like need seek invite allow permit let encourage advise warn \
         suspect accuse suggest recommend consider require appeal press risk dare beg plead",
    ),
    (Set::Toll, "kill wound injure die hurt perish drown trap strand lose"),
];

/// Which sets each lemma belongs to.
#[derive(Debug, Default)]
pub struct Sets(Vec<u8>);

impl Sets {
    pub(super) fn read(lexicon: &Lexicon) -> Self {
        let mut out = Self::default();
        for &(set, list) in LISTS {
            for word in list.split_whitespace() {
                let lemma = lexicon.vocabulary.lemma_of(word);
                let at = lemma.0 as usize;
                if out.0.len() <= at {
                    out.0.resize(at + 1, 0);
                }
                out.0[at] |= 1 << set as u8;
            }
        }
        out
    }

    /// Whether the lemma is one of the set.
    pub fn has(&self, set: Set, lemma: Lemma) -> bool {
        lemma != Lemma::NONE && self.0.get(lemma.0 as usize).is_some_and(|bits| bits & (1 << set as u8) != 0)
    }
}
