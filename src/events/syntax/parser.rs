//! The parser: from the tokens of a sentence to its tree.

use std::borrow::Cow;
use std::sync::LazyLock;

use fearless_simd::{Level, Simd, dispatch};

use super::decode;
use super::features::{self, Casing};
use super::lemma;
use super::model::{Model, ModelError};
use super::network::{Numbers, best};
use super::relation::Relation;
use super::tag::{ALWAYS_VERBS, CLASSES, Tag};
use super::tree::{Tree, Word};
use super::words::{Cut, cut};
use crate::article::segment::Token;

static MODEL: &[u8] = include_bytes!("../../../data/parser.bin");

static BUNDLED: LazyLock<Syntax> = LazyLock::new(|| {
    Syntax::new(MODEL).unwrap_or_else(|_| Syntax { model: None, verbs: Vec::new(), level: Level::new() })
});

/// Words analysed together; a longer sentence is analysed piece by piece.
pub const LONGEST: usize = 160;

/// A tagger, lemmatiser and parser of English.
#[derive(Debug, Clone)]
pub struct Syntax {
    /// Without one, every word depends on the first.
    model: Option<Model>,
    /// Rows of the words that are always verbs, in order.
    verbs: Vec<u16>,
    level: Level,
}

/// The buffers of one thread.
#[derive(Debug, Default)]
pub struct Scratch {
    cuts: Vec<Cut>,
    rows: Vec<u16>,
    heads: Vec<u16>,
    lower: String,
    numbers: Numbers,
    tree: Tree,
}

impl Syntax {
    /// The one that comes with the program.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Opens a model.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let model = Model::new(bytes, CLASSES.len(), Relation::ALL.len())?;
        let row = |word| model.row_of(features::key(word)) as u16;
        let mut verbs: Vec<u16> = ALWAYS_VERBS.split_whitespace().map(row).filter(|&row| row > 0).collect();
        verbs.sort_unstable();
        Ok(Self { model: Some(model), verbs, level: Level::new() })
    }

    /// Whether the model's file is as it was written.
    pub fn is_whole(&self) -> bool {
        self.model.as_ref().is_some_and(Model::is_whole)
    }

    /// Analyses the sentence of these tokens of `text`.
    pub fn parse<'s>(&self, text: &str, tokens: &[Token], scratch: &'s mut Scratch) -> &'s Tree {
        let mut cuts = std::mem::take(&mut scratch.cuts);
        cut(text, tokens, &mut cuts);
        self.read(text, &cuts, scratch);
        scratch.cuts = cuts;
        &scratch.tree
    }

    /// Analyses words that are cut already.
    pub fn parse_words<'s>(&self, text: &str, cuts: &[Cut], scratch: &'s mut Scratch) -> &'s Tree {
        self.read(text, cuts, scratch);
        &scratch.tree
    }

    fn read(&self, text: &str, cuts: &[Cut], scratch: &mut Scratch) {
        scratch.tree.words.clear();
        scratch.tree.lemmas.clear();
        let casing = features::casing(cuts.iter().map(|cut| of(text, cut)));
        for piece in cuts.chunks(LONGEST) {
            match &self.model {
                Some(model) => scratch.piece(self, model, text, piece, casing),
                None => scratch.plain(piece),
            }
        }
    }
}

fn of<'a>(text: &'a str, cut: &Cut) -> &'a str {
    text.get(cut.start as usize..cut.end as usize).unwrap_or("")
}

impl Scratch {
    /// Words without an analysis.
    fn plain(&mut self, cuts: &[Cut]) {
        for cut in cuts {
            let head = (!self.tree.words.is_empty()).then_some(0);
            let relation = if head.is_some() { Relation::Dep } else { Relation::Root };
            self.tree.words.push(Word {
                start: cut.start,
                end: cut.end,
                token: cut.token,
                tag: Tag::X,
                form: super::Form::Other,
                head,
                relation,
                lemma: (0, 0),
            });
        }
    }

    fn piece(&mut self, syntax: &Syntax, model: &Model, text: &str, cuts: &[Cut], casing: Casing) {
        self.look_up(syntax, model, text, cuts);
        dispatch!(syntax.level, simd => self.analyse(simd, model, text, cuts, casing));
        let outputs = model.labels.outputs;
        let first = self.tree.words.len();
        for (at, cut) in cuts.iter().enumerate() {
            let class = self.numbers.classes.get(at).copied().unwrap_or_default();
            let (tag, form) = CLASSES.get(usize::from(class)).copied().unwrap_or_default();
            let head = self.heads.get(at).copied().unwrap_or_default();
            let labels = self.numbers.labels.get(at * outputs..at * outputs + Relation::ALL.len());
            let mut word = Word {
                start: cut.start,
                end: cut.end,
                token: cut.token,
                tag,
                form,
                head: head.checked_sub(1).map(|head| head + first as u16),
                relation: relation(labels.unwrap_or_default(), head == 0),
                lemma: (0, 0),
            };
            if word.head.is_none() && first > 0 {
                let root = self.tree.root().unwrap_or_default();
                (word.head, word.relation) = (Some(root as u16), Relation::Parataxis);
            }
            word.lemma = self.lemma(model, of(text, cut), at, &word);
            self.tree.words.push(word);
        }
    }

    /// Finds the rows of the words.
    fn look_up(&mut self, syntax: &Syntax, model: &Model, text: &str, cuts: &[Cut]) {
        self.rows.clear();
        self.numbers.verbs.clear();
        for cut in cuts {
            features::normalise(of(text, cut), &mut self.lower);
            let row = model.row_of(features::key(&self.lower)) as u16;
            self.rows.push(row);
            self.numbers.verbs.push(syntax.verbs.binary_search(&row).is_ok());
        }
    }

    /// Fills `numbers` and `heads`.
    #[inline(always)]
    fn analyse<S: Simd>(&mut self, simd: S, model: &Model, text: &str, cuts: &[Cut], casing: Casing) {
        let width = model.sizes.width;
        self.numbers.clear(cuts.len(), width);
        let words = cuts.iter().zip(&self.rows).zip(self.numbers.words.chunks_exact_mut(width));
        for (at, ((cut, &row), sum)) in words.enumerate() {
            let word = of(text, cut);
            model.add_row(usize::from(row), sum);
            if row == 0 {
                features::normalise(word, &mut self.lower);
                for affix in features::affixes(&self.lower) {
                    model.add_row(model.affix_row(affix), sum);
                }
            }
            model.add_row(model.shape_row(features::shape(word, at == 0, casing)), sum);
        }
        self.numbers.run(simd, model);
        decode::heads(self.numbers.head_scores(), self.numbers.stride, &mut self.heads);
        self.numbers.relate(simd, model, &self.heads);
    }

    /// Stores a word's lemma.
    fn lemma(&mut self, model: &Model, text: &str, at: usize, word: &Word) -> (u32, u32) {
        let out = &mut self.tree.lemmas;
        let start = out.len();
        if lemma::is_own_lemma(word.tag) {
            out.push_str(text);
            return (start as u32, out.len() as u32);
        }
        features::lower(text, &mut self.lower);
        match self.rows.get(at).copied().unwrap_or_default() {
            _ if lemma::is_base(word.tag, word.form) => out.push_str(&self.lower),
            0 => {
                let known = |w: &str| model.row_of(features::key(w)) != 0;
                let (strip, put) = lemma::regular(&self.lower, word.tag, word.form, known);
                out.push_str(self.lower.get(..self.lower.len().saturating_sub(strip)).unwrap_or(&self.lower));
                out.push_str(put);
            }
            row => {
                let edit = model.edits_of(usize::from(row))[lemma::kind(word.tag)];
                match model.edits.get(usize::from(edit)) {
                    Some(edit) => lemma::apply(edit, &self.lower, out),
                    None => out.push_str(&self.lower),
                }
            }
        }
        (start as u32, out.len() as u32)
    }
}

/// The best relation; only the root has the root's.
fn relation(scores: &[f32], is_root: bool) -> Relation {
    if is_root {
        return Relation::Root;
    }
    let root = Relation::Root as usize;
    let (before, behind) =
        (scores.get(..root).unwrap_or_default(), scores.get(root + 1..).unwrap_or_default());
    let (first, second) = (best(before), root + 1 + best(behind));
    let score = |at: usize| scores.get(at).copied().unwrap_or(f32::NEG_INFINITY);
    let winner = if score(second) > score(first) { second } else { first };
    Relation::ALL.get(winner).map_or(Relation::Dep, |&(relation, _)| relation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;
    use crate::events::syntax::Form;

    fn parse(text: &str) -> Tree {
        let tokens = segment(text).tokens;
        Syntax::bundled().parse(text, &tokens, &mut Scratch::default()).clone()
    }

    /// The index of a word in a sentence.
    fn at(tree: &Tree, text: &str, word: &str) -> usize {
        tree.words().iter().position(|w| w.of(text) == word).unwrap()
    }

    /// Asserts that `word` depends on `head` in this way; an empty head is the root.
    fn expect(text: &str, cases: &[(&str, Relation, &str)]) {
        let tree = parse(text);
        for &(word, relation, head) in cases {
            let found = tree.words()[at(&tree, text, word)];
            let above = found.head.map_or("", |head| tree.words()[usize::from(head)].of(text));
            assert_eq!((word, found.relation, above), (word, relation, head), "{text}");
        }
    }

    #[test]
    fn bundled_model_is_whole() {
        assert!(Syntax::bundled().is_whole());
    }

    #[test]
    fn subject_verb_object_and_place() {
        expect(
            "Rebels seized the town in the north on Friday.",
            &[
                ("Rebels", Relation::Nsubj, "seized"),
                ("seized", Relation::Root, ""),
                ("town", Relation::Obj, "seized"),
                ("the", Relation::Det, "town"),
                ("on", Relation::Case, "Friday"),
                ("Friday", Relation::Obl, "seized"),
            ],
        );
    }

    #[test]
    fn passive_with_agent() {
        expect(
            "The governor was arrested by the police.",
            &[
                ("governor", Relation::NsubjPass, "arrested"),
                ("was", Relation::AuxPass, "arrested"),
                ("police", Relation::OblAgent, "arrested"),
            ],
        );
    }

    #[test]
    fn conjunct_verbs_and_attribution() {
        expect(
            "Troops entered the city and opened fire, officials said.",
            &[
                ("Troops", Relation::Nsubj, "entered"),
                ("opened", Relation::Conj, "entered"),
                ("fire", Relation::Obj, "opened"),
                ("officials", Relation::Nsubj, "said"),
            ],
        );
    }

    #[test]
    fn negation_and_modality() {
        let text = "The army did not attack and would never leave.";
        let tree = parse(text);
        let attack = at(&tree, text, "attack");
        assert!(tree.children(attack).any(|child| tree.lemma(child) == "not"));
        expect(text, &[("would", Relation::Aux, "leave"), ("never", Relation::Advmod, "leave")]);
    }

    #[test]
    fn tags_forms_and_lemmas() {
        let text = "The soldiers were killed while fleeing; two children didn't survive.";
        let tree = parse(text);
        let of = |word: &str| {
            let at = at(&tree, text, word);
            (tree.words()[at].tag, tree.words()[at].form, tree.lemma(at).to_owned())
        };
        assert_eq!(of("soldiers"), (Tag::Noun, Form::Plural, "soldier".into()));
        assert_eq!(of("were"), (Tag::Aux, Form::Past, "be".into()));
        assert_eq!(of("killed"), (Tag::Verb, Form::Participle, "kill".into()));
        assert_eq!(of("fleeing"), (Tag::Verb, Form::Gerund, "flee".into()));
        assert_eq!(of("children"), (Tag::Noun, Form::Plural, "child".into()));
        assert_eq!(of("n't").2, "not");
        assert_eq!(of("did"), (Tag::Aux, Form::Past, "do".into()));
    }

    #[test]
    fn capitals_do_not_confuse_it() {
        expect(
            "REBELS SEIZED THE TOWN ON FRIDAY.",
            &[("REBELS", Relation::Nsubj, "SEIZED"), ("TOWN", Relation::Obj, "SEIZED")],
        );
        let text = "REBELS SEIZED THE TOWN ON FRIDAY.";
        assert_eq!(parse(text).lemma(1), "seize");
    }

    #[test]
    fn struck_is_a_verb() {
        expect(
            "An earthquake struck the coast early Tuesday.",
            &[("earthquake", Relation::Nsubj, "struck"), ("struck", Relation::Root, "")],
        );
    }

    #[test]
    fn words_point_at_their_text() {
        let text = "“They won’t go,” said the US-led force’s chief — 5m men.";
        let tree = parse(text);
        let tokens = segment(text).tokens;
        let mut end = 0;
        for word in tree.words() {
            let token = tokens[word.token as usize];
            assert!(word.start >= end && word.end > word.start && !word.of(text).is_empty());
            assert!(token.start <= word.start && word.end <= token.end);
            end = word.end;
        }
        assert_eq!(tree.words()[at(&tree, text, "n’t")].tag, Tag::Part);
    }

    #[test]
    fn every_tree_has_one_root_and_no_cycle() {
        let odd = ["", ".", "! ? !", "a a a a a a a a", "ÉÉ ÉÉ é 世界 世界 🙂", "-- '' \" ( ] 1-2-3"];
        let long = "The army and the police and ".repeat(150);
        for text in odd.into_iter().chain([long.as_str()]) {
            let tree = parse(text);
            let roots = tree.words().iter().filter(|w| w.head.is_none()).count();
            assert_eq!(roots, usize::from(!tree.words().is_empty()), "{text}");
            let root = tree.root().unwrap_or_default();
            assert!((0..tree.words().len()).all(|word| tree.is_below(word, root)), "{text}");
            assert!(tree.words().iter().all(|w| w.head.is_none() == (w.relation == Relation::Root)));
        }
    }

    #[test]
    fn tokens_outside_the_text_are_left_out() {
        let tokens = [Token { start: 90, end: 95 }, Token { start: 3, end: 2 }, Token { start: 0, end: 2 }];
        let mut scratch = Scratch::default();
        assert_eq!(Syntax::bundled().parse("Go.", &tokens, &mut scratch).words().len(), 1);
    }

    #[test]
    fn the_same_text_has_the_same_tree_whatever_came_before() {
        let text = "Police arrested forty people who had gathered outside the parliament.";
        let tokens = segment(text).tokens;
        let mut used = Scratch::default();
        Syntax::bundled().parse("Something else entirely, and longer than that!", &tokens[..3], &mut used);
        assert_eq!(Syntax::bundled().parse(text, &tokens, &mut used), &parse(text));
    }

    #[test]
    fn without_a_model_words_stand_alone() {
        let none = Syntax { model: None, verbs: Vec::new(), level: Level::new() };
        let text = "Rebels left.";
        let tree = none.parse(text, &segment(text).tokens, &mut Scratch::default()).clone();
        assert_eq!((tree.words().len(), tree.root(), tree.children(0).count()), (3, Some(0), 2));
        assert!(!none.is_whole());
    }
}
