//! The whole way from a text to its places.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::demonyms::Demonyms;
use super::mention::{Candidate, Precision, Role};
use super::recognise::decode::Name;
use super::recognise::model::Model;
use super::recognise::network::{Network, NetworkError, Row};
use super::recognise::spots::{Spot, Spotter};
use super::recognise::tagger::{Reading, Tagger};
use super::recognise::words::Words;
use super::resolve::area_codes::AreaCodes;
use super::resolve::candidates::{Group, Grouper, Known};
use super::resolve::context::Context;
use super::resolve::joint;
use super::resolve::ranker::Ranker;
use super::resolve::reasons::Reasoner;
use super::roles::scene::Scene;
use super::roles::weights::Weights;
use super::{Gazetteer, Hints, Mention, answer, lent, roles, tables};
use crate::article::Article;
use crate::article::segment::Segmentation;

/// The weights of the recogniser that comes with the program.
const TAGGER: &[u8] = include_bytes!("../../data/tagger.bin");
/// The weights of the resolver that comes with the program.
const RANKER: &str = include_str!("../../data/ranker.txt");
/// The weights that tell roles apart.
const ROLES: &str = include_str!("../../data/roles.txt");

/// How sure the recogniser must be of a name that the gazetteer does not know.
const UNPLACED: f32 = 0.3;

/// Importance from which on a place is named even where nothing else speaks for it: "Lopez of Seville".
const NOTED: f32 = 0.6;

/// How sure the resolver must be of a region whose score is low.
const PLAIN: f32 = 0.9;

/// Candidates kept of one mention.
const CANDIDATES: usize = 10;

/// Recognises the places an article names and resolves them to gazetteer records.
///
/// Cheap to share between threads: it only reads.
#[derive(Debug)]
pub struct Geoparser {
    gazetteer: &'static Gazetteer,
    words: Words,
    demonyms: Demonyms,
    area_codes: AreaCodes,
    model: Model,
    ranker: Ranker,
    roles: Weights,
    /// The second reader, in the careful mode.
    network: Option<&'static Network>,
    /// Buffers not in use, so that nothing has to grow anew for every article.
    idle: Mutex<Vec<Scratch>>,
}

/// The buffers for one article at a time.
#[derive(Debug, Default)]
struct Scratch {
    reading: Reading,
    tagger: Tagger,
    names: Vec<Name>,
    second: Vec<Row>,
    context: Context,
    known: RefCell<Known>,
}

/// Buffers that a longer text has grown are given back to the system.
const LONG_TEXT: usize = 1 << 20;

/// Why a geoparser cannot be set up: the program's own data is damaged.
#[derive(Debug, thiserror::Error)]
pub enum GeoparserError {
    /// The recogniser's weights cannot be read.
    #[error("the bundled recogniser cannot be read: {0}; install the program anew")]
    Tagger(#[from] super::recognise::model::ModelError),
    /// The careful mode's network cannot be read.
    #[error("the bundled network cannot be read: {0}; install the program anew")]
    Network(#[from] NetworkError),
    /// The resolver's weights cannot be read.
    #[error("the bundled ranker cannot be read: {0}; install the program anew")]
    Ranker(#[from] super::resolve::ranker::RankerError),
    /// The weights of the roles cannot be read.
    #[error("the bundled weights of the roles cannot be read: {0}; install the program anew")]
    Roles(#[from] super::roles::weights::WeightsError),
}

/// What the recogniser found in an article and what it may denote: the state between the two
/// halves, which the training of the resolver works on.
#[derive(Debug, Default)]
pub struct Found {
    /// The article as the recogniser read it.
    pub reading: Reading,
    /// The stretches that name places.
    pub spots: Vec<Spot>,
    /// The bytes of each.
    pub bytes: Vec<Range<usize>>,
    /// What each does in its sentence, where rules tell it.
    pub roles: Vec<Option<Role>>,
    /// The names of all kinds that the tagger found.
    pub names: Vec<Name>,
    /// What they may denote, equal ones together.
    pub groups: Vec<Group>,
    /// First-level divisions whose telephone numbers stand in the text.
    pub called: Vec<u32>,
}

impl Found {
    /// What roles are told from; the groups are to be resolved first.
    pub fn scene<'a>(&'a self, segmentation: &'a Segmentation) -> Scene<'a> {
        Scene::new(&self.reading.page, segmentation, &self.names, &self.spots, &self.groups)
    }
}

impl Geoparser {
    /// A geoparser over `gazetteer` with the bundled models.
    pub fn new(gazetteer: &'static Gazetteer) -> Result<Self, GeoparserError> {
        Ok(Self::with_models(gazetteer, Model::new(TAGGER)?, Ranker::parse(RANKER)?, Weights::parse(ROLES)?))
    }

    /// A geoparser with other models, to train and compare them.
    pub fn with_models(gazetteer: &'static Gazetteer, model: Model, ranker: Ranker, roles: Weights) -> Self {
        let (words, demonyms) = (tables::words(), tables::demonyms(gazetteer));
        let area_codes = tables::area_codes(gazetteer);
        Self {
            gazetteer,
            words,
            demonyms,
            area_codes,
            model,
            ranker,
            roles,
            network: None,
            idle: Mutex::default(),
        }
    }

    /// The same, with a second reader for the recogniser.
    pub fn with_network(self, network: &'static Network) -> Self {
        Self { network: Some(network), ..self }
    }

    /// The gazetteer it resolves to.
    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.gazetteer
    }

    /// The mentions of an article, by offset; `segmentation` is that of its text.
    ///
    /// The same article, segmentation and hints always give the same mentions.
    pub fn geoparse(&self, article: &Article, segmentation: &Segmentation, hints: &Hints) -> Vec<Mention> {
        let mut scratch = self.idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
        let reading = std::mem::take(&mut scratch.reading);
        let mut found = self.recognise_with(&article.text, segmentation, reading, &mut scratch);
        scratch.context.called.clone_from(&found.called);
        joint::resolve(&self.ranker, self.gazetteer, hints, &mut scratch.context, &mut found.groups);
        let mentions = self.mentions(segmentation, &found, hints);
        scratch.reading = found.reading;
        scratch.names = found.names;
        if article.text.len() < LONG_TEXT
            && let Ok(mut idle) = self.idle.lock()
        {
            idle.push(scratch);
        }
        mentions
    }

    /// The first half: what names a place, and what each may denote.
    pub fn recognise(&self, text: &str, segmentation: &Segmentation) -> Found {
        self.recognise_with(text, segmentation, Reading::default(), &mut Scratch::default())
    }

    fn recognise_with(
        &self,
        text: &str,
        segmentation: &Segmentation,
        mut reading: Reading,
        scratch: &mut Scratch,
    ) -> Found {
        reading.read(text, segmentation, &self.words, self.gazetteer);
        scratch.names.clear();
        scratch.second.clear();
        if let Some(network) = self.network {
            network.read(text, &reading.page, &mut scratch.second);
        }
        scratch.tagger.tag(&self.model, text, &reading, &scratch.second, &mut scratch.names);
        let spots = Spotter { text, reading: &reading, gazetteer: self.gazetteer }.spots(&scratch.names);
        let names = std::mem::take(&mut scratch.names);
        Found { names, ..self.look_up_with(text, segmentation, reading, spots, &scratch.known) }
    }

    /// Looks up what spots may denote.
    pub fn look_up(
        &self,
        text: &str,
        segmentation: &Segmentation,
        reading: Reading,
        spots: Vec<Spot>,
    ) -> Found {
        self.look_up_with(text, segmentation, reading, spots, &RefCell::default())
    }

    fn look_up_with(
        &self,
        text: &str,
        segmentation: &Segmentation,
        reading: Reading,
        spots: Vec<Spot>,
        known: &RefCell<Known>,
    ) -> Found {
        let page = &reading.page;
        let mut called = Vec::new();
        self.area_codes.find(page, text, &mut called);
        let (gazetteer, demonyms) = (self.gazetteer, &self.demonyms);
        let grouper = Grouper { text, page, gazetteer, demonyms, called: &called, known };
        let mut groups = grouper.groups(&spots);
        let bytes: Vec<_> = spots.iter().map(|s| page.bytes(&s.words)).collect();
        let roles = roles::given(page, text, segmentation, &spots);
        for group in &mut groups {
            group.dateline = group.spots.iter().any(|&s| roles.get(s) == Some(&Some(Role::Dateline)));
        }
        Found { spots, bytes, roles, names: Vec::new(), groups, called, reading }
    }

    fn mentions(&self, segmentation: &Segmentation, found: &Found, hints: &Hints) -> Vec<Mention> {
        let roles = roles::assign(&self.roles, &found.scene(segmentation), &found.roles);
        let reasoner = Reasoner::new(self.gazetteer, &found.groups, hints.region.as_ref());
        let mut out = Vec::with_capacity(found.spots.len());
        for (at, group) in found.groups.iter().enumerate() {
            let candidates = self.candidates(&reasoner, at, group);
            out.extend(
                group
                    .spots
                    .iter()
                    .filter_map(|&spot| self.mention(found, group, spot, *roles.get(spot)?, &candidates)),
            );
        }
        out.sort_by_key(|m| (m.range.start, m.range.end));
        lent::lend(found, &mut out);
        out
    }

    fn candidates(&self, reasoner: &Reasoner<'_>, at: usize, group: &Group) -> Arc<[Candidate]> {
        let mut order: Vec<usize> = (0..group.choices.len()).collect();
        order.sort_by(|&a, &b| group.probability(b).total_cmp(&group.probability(a)).then(a.cmp(&b)));
        order.truncate(CANDIDATES);
        let candidate = |choice: usize| {
            let place = group.choices.get(choice)?.place;
            let reasons = reasoner.reasons(at, choice);
            Some(Candidate { place, score: group.probability(choice), reasons })
        };
        order.into_iter().filter_map(candidate).collect()
    }

    fn mention(
        &self,
        found: &Found,
        group: &Group,
        spot: usize,
        role: Role,
        candidates: &Arc<[Candidate]>,
    ) -> Option<Mention> {
        let (of, range) = (found.spots.get(spot)?, found.bytes.get(spot)?);
        let known = candidates.first().map(|c| c.place);
        let population = group.best().map_or(0.0, |(c, _)| self.gazetteer.population(c.place) as f32);
        let evidence = answer::evidence(of, group, population);
        let score = answer::probability(&self.ranker.answer, &evidence);
        if known.is_none() && of.confidence < UNPLACED {
            return None;
        }
        // Who adds a list of places means them, however strange their names.
        let own = known.is_some_and(|place| self.gazetteer.is_own(place));
        let place = known.filter(|_| own || score >= answer::LEAST || self.is_plain_area(group));
        let noted = group.best().is_some_and(|(choice, _)| choice.importance >= NOTED);
        if place.is_none() && !noted && !answer::names_place(&self.ranker.named, &evidence) {
            return None;
        }
        Some(Mention {
            range: range.clone(),
            role,
            candidates: Arc::clone(candidates),
            place,
            score,
            precision: place.map(|p| self.precision(group, p)),
            country: place.map_or(0, |p| self.gazetteer.hierarchy(p).country),
        })
    }

    /// Whether there is no doubt which area is meant, only where its point should be: "East Africa".
    fn is_plain_area(&self, group: &Group) -> bool {
        group.best().is_some_and(|(choice, probability)| {
            choice.stripped == 0
                && probability >= PLAIN
                && self.gazetteer.kind(choice.place).starts_with("L.")
        })
    }

    fn precision(&self, group: &Group, place: super::PlaceIndex) -> Precision {
        match Precision::of_kind(self.gazetteer.kind(place)) {
            exact @ (Precision::Exact | Precision::Settlement)
                if group.choices.iter().any(|c| c.place == place && c.stripped > 0) =>
            {
                debug_assert!(exact != Precision::Near);
                Precision::Near
            }
            precision => precision,
        }
    }
}
