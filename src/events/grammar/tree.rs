//! Subjects, objects and governors from the dependency tree.
//!
//! Measured on annotated articles, tags and groups of the shallow grammar with ties of the tree
//! do better than either alone; where the tree has no tie, the shallow one stays. The ties follow Universal Dependencies: a conjunct takes the subject of the first verb, an open
//! complement that of the object or subject above it, a relative clause its antecedent.

use super::chunk::{ChunkKind, Form};
use super::parse::Parse;
use super::tag::Kinds;
use crate::events::syntax::{self, Relation, Tree};

/// How many verbs a shared subject is looked for upwards.
const DEEPEST: usize = 6;

/// The word of the tree that stands for a token: an auxiliary before its clitic, else the last part.
pub(super) fn main_word(tree: &Tree, token: usize) -> Option<usize> {
    let range = tree.words_of_tokens(&(token..token + 1));
    let words = tree.words().get(range.clone())?;
    let aux = words.iter().position(|w| w.tag == syntax::Tag::Aux);
    let last = words.iter().rposition(|w| !matches!(w.tag, syntax::Tag::Punct | syntax::Tag::Part));
    let clitic = words.len() == 2 && last.is_none();
    Some(range.start + aux.or(last).unwrap_or(if clitic { 1 } else { 0 }))
}

/// The last subject before a word, else the first behind it.
fn subject_child(tree: &Tree, at: usize) -> Option<usize> {
    [Relation::Nsubj, Relation::NsubjPass, Relation::Csubj].into_iter().find_map(|r| {
        let of = |c: &usize| tree.words().get(*c).is_some_and(|w| w.relation == r);
        tree.children(at).filter(of).take_while(|&c| c < at).last().or_else(|| tree.children(at).find(of))
    })
}

/// The ties of one sentence's verbs.
struct Ties<'t> {
    tree: &'t Tree,
    /// For each word of the tree, the verb group it is the full verb of.
    verb_at: Vec<Option<usize>>,
}

/// Fills in governors, subjects, objects and agents.
pub(super) fn link(parse: &mut Parse, tree: &Tree) {
    let mut ties = Ties { tree, verb_at: vec![None; tree.words().len()] };
    let heads: Vec<Option<usize>> = parse.verbs.iter().map(|v| main_word(tree, v.head)).collect();
    for (verb, head) in heads.iter().enumerate() {
        if let Some(slot) = head.and_then(|h| ties.verb_at.get_mut(h)) {
            *slot = Some(verb);
        }
    }
    for (verb, head) in heads.iter().enumerate() {
        let Some(head) = *head else { continue };
        let node = ties.predicate(head);
        let has = |r| tree.child(node, r).is_some();
        let old = &parse.verbs[verb];
        let passive = has(Relation::AuxPass) || old.passive && !has(Relation::Obj);
        parse.verbs[verb].passive = passive;
        let noun = |at: Option<usize>| at.and_then(|at| ties.group(parse, at));
        let old = &parse.verbs[verb];
        let subject = old.subject.or_else(|| noun(ties.subject(parse, node, DEEPEST)));
        let object = match passive {
            true => old.object,
            false => old.object.or_else(|| noun(ties.object(node))),
        };
        let agent = old.agent.or_else(|| noun(tree.child(node, Relation::OblAgent)));
        let governor = old.governor.or_else(|| ties.governor(parse, verb, node, DEEPEST));
        let v = &mut parse.verbs[verb];
        (v.subject, v.object, v.agent, v.governor) = (subject, object, agent, governor);
    }
}

impl Ties<'_> {
    fn relation(&self, at: usize) -> Relation {
        self.tree.words().get(at).map_or(Relation::Dep, |w| w.relation)
    }

    fn head(&self, at: usize) -> Option<usize> {
        self.tree.words().get(at).and_then(|w| w.head).map(usize::from)
    }

    fn is_verb(&self, at: usize) -> bool {
        self.tree.words().get(at).is_some_and(|w| w.tag == syntax::Tag::Verb)
    }

    /// The word that holds the ties of a verb: the predicate of a copula, else itself.
    fn predicate(&self, head: usize) -> usize {
        match self.relation(head) {
            Relation::Cop | Relation::Aux | Relation::AuxPass => self.head(head).unwrap_or(head),
            _ => head,
        }
    }

    /// The noun group that holds a word.
    fn group(&self, parse: &Parse, at: usize) -> Option<usize> {
        let token = self.tree.words().get(at)?.token as usize;
        let chunk = parse.chunk_of(token);
        matches!(parse.kind(chunk), ChunkKind::Noun | ChunkKind::Time).then_some(chunk)
    }

    fn is_passive(&self, at: usize, depth: usize) -> bool {
        let has = |r| self.tree.child(at, r).is_some();
        if has(Relation::AuxPass) {
            return true;
        }
        let Some(node) = self.tree.words().get(at) else { return false };
        if node.form != syntax::Form::Participle || has(Relation::Aux) {
            return false;
        }
        match node.relation {
            Relation::Conj if !has(Relation::Nsubj) => {
                depth > 0 && self.head(at).is_some_and(|h| self.is_passive(h, depth - 1))
            }
            Relation::Acl | Relation::AclRelcl | Relation::Advcl | Relation::Xcomp | Relation::Amod => {
                !has(Relation::Nsubj) && !has(Relation::Obj)
            }
            _ => false,
        }
    }

    fn is_relative(&self, at: usize) -> bool {
        self.tree.words().get(at).is_some_and(|w| {
            w.form == syntax::Form::Relative
                || w.tag == syntax::Tag::Pron && matches!(self.tree.lemma(at), "that" | "who" | "which")
        })
    }

    /// Who does it, or suffers it in the passive.
    fn subject(&self, parse: &Parse, at: usize, depth: usize) -> Option<usize> {
        let relation = self.relation(at);
        if let Some(own) = subject_child(self.tree, at) {
            return match self.is_relative(own) && relation == Relation::AclRelcl {
                true => self.head(at),
                false => Some(own),
            };
        }
        let above = self.head(at)?;
        if depth == 0 {
            return None;
        }
        match relation {
            Relation::Conj if self.is_verb(above) || subject_child(self.tree, above).is_some() => {
                self.subject(parse, above, depth - 1)
            }
            Relation::Xcomp => {
                let object = self.tree.child(above, Relation::Obj);
                let to = self.tree.child(at, Relation::Mark).is_some();
                object
                    .filter(|_| to || self.tree.words()[at].form == syntax::Form::Base)
                    .or_else(|| self.subject(parse, above, depth - 1))
            }
            Relation::Advcl | Relation::Ccomp if self.is_bare(at) => self.subject(parse, above, depth - 1),
            Relation::Acl | Relation::AclRelcl => {
                let to = self.tree.child(at, Relation::Mark).is_some();
                match to && !self.is_verb(above) {
                    true => self.subject_of_holder(parse, above, depth - 1).or(Some(above)),
                    false => Some(above),
                }
            }
            _ => None,
        }
    }

    /// "rebels have plans to leave": whose plans they are.
    fn subject_of_holder(&self, parse: &Parse, noun: usize, depth: usize) -> Option<usize> {
        let verb = self.head(noun).filter(|&h| self.is_verb(h) && self.relation(noun) == Relation::Obj)?;
        self.subject(parse, verb, depth)
    }

    /// Not finite: "leaving", "to leave", "quoted".
    fn is_bare(&self, at: usize) -> bool {
        self.tree.words().get(at).is_some_and(|w| {
            matches!(w.form, syntax::Form::Gerund | syntax::Form::Participle | syntax::Form::Base)
        })
    }

    fn object(&self, at: usize) -> Option<usize> {
        let relation = self.relation(at);
        if let Some(own) = self.tree.child(at, Relation::Obj) {
            return match self.is_relative(own) && relation == Relation::AclRelcl {
                true => self.head(at),
                false => Some(own),
            };
        }
        let subject = subject_child(self.tree, at);
        let passive = self.is_passive(at, DEEPEST);
        if relation == Relation::AclRelcl && !passive && subject.is_some_and(|s| !self.is_relative(s)) {
            let other = self.tree.children(at).any(|c| {
                matches!(
                    self.relation(c),
                    Relation::Obl | Relation::Ccomp | Relation::Xcomp | Relation::Advmod
                )
            });
            return self.head(at).filter(|_| !other);
        }
        let above = self.head(at).filter(|_| relation == Relation::Conj && !passive)?;
        self.tree.child(above, Relation::Obj).filter(|&o| o > at)
    }

    /// The verb that an infinitive, a gerund or a participle depends on.
    fn governor(&self, parse: &Parse, verb: usize, at: usize, depth: usize) -> Option<usize> {
        let v = parse.verbs.get(verb)?;
        if v.form == Form::Finite || depth == 0 {
            return None;
        }
        if let Some(be) = verb.checked_sub(1).and_then(|b| parse.verbs.get(b))
            && be.chunk + 1 == v.chunk
            && parse.words[be.head].kinds().any(Kinds::BE)
            && v.form == Form::Infinitive
        {
            return Some(verb - 1);
        }
        let above = self.head(at)?;
        let noun_above = |n: usize| self.head(n).and_then(|h| self.verb_at.get(h).copied().flatten());
        match self.relation(at) {
            Relation::Xcomp | Relation::Ccomp | Relation::Advcl => self.verb_at.get(above).copied().flatten(),
            Relation::Conj => {
                let first = self.verb_at.get(above).copied().flatten()?;
                self.governor(parse, first, above, depth - 1)
            }
            Relation::Acl if v.form == Form::Infinitive || v.form == Form::Gerund => noun_above(above),
            _ => None,
        }
    }
}
