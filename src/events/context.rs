//! What an article and a paragraph speak of: read once, it helps to read every sentence.

use super::EventType;
use super::grammar::{Classes, Entry};
use super::lexicon::Lexicon;
use super::telling::hard;
use super::trigger::Trigger;
use crate::article::segment::Segmentation;

/// The classes that the whole article is full of: 2 words in 100 of sport make a sports report.
pub(super) fn register(entries: &[Entry], lexicon: &Lexicon) -> Classes {
    let kinds = [lexicon.class("sport"), lexicon.class("market")];
    let full = |kind: Classes| {
        let count = entries.iter().filter(|e| e.classes & kind != 0).count();
        count >= 4 && count * 50 >= entries.len()
    };
    kinds.into_iter().filter(|kind| full(*kind)).fold(0, |all, kind| all | kind)
}

/// What each sentence goes on to speak of: the classes carried along from the sentences before it
/// in its paragraph, and a disease where the whole article is about one.
pub(super) fn topics(entries: &[Entry], segmentation: &Segmentation, lexicon: &Lexicon) -> Vec<Classes> {
    let disease = lexicon.class("disease");
    let about = entries.iter().filter(|e| e.classes & disease != 0).count() >= LEAST_OF_TOPIC;
    let whole = if about { disease } else { 0 };
    let other = lexicon.class("disaster") | lexicon.class("accident") | lexicon.class("slide");
    let mut out = Vec::with_capacity(segmentation.sentences.len());
    let (mut paragraph, mut so_far) = (usize::MAX, 0);
    for (sentence, range) in segmentation.sentences.iter().enumerate() {
        let here = segmentation.paragraph_of(sentence);
        if here != paragraph {
            (paragraph, so_far) = (here, 0);
        }
        out.push(so_far | if so_far & other == 0 { whole } else { 0 });
        let words = entries.get(range.clone()).unwrap_or_default();
        so_far |= words.iter().fold(0, |all, e| all | e.classes) & lexicon.natures.carried;
    }
    out
}

/// Words of a class that make it what an article is about.
const LEAST_OF_TOPIC: usize = 3;

/// The types of event told so far, and the last that takes lives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds(u32, Option<EventType>);

impl Kinds {
    pub(super) fn note(&mut self, kind: EventType) {
        self.0 |= 1 << kind as u32;
        if hard(kind) {
            self.1 = Some(kind);
        }
    }

    /// Whether something that takes lives was told.
    pub(super) fn took_lives(self) -> bool {
        self.1.is_some()
    }

    /// "Nine people were killed", by nobody, in an article without violence: by the quake it tells of.
    pub(super) fn of_toll(self, trigger: &Trigger) -> Option<EventType> {
        if trigger.pattern.mode == "die" {
            return self.1;
        }
        let toll = trigger.pattern.event == EventType::Assault
            && matches!(trigger.pattern.mode, "kill" | "wound")
            && trigger.actor.is_none();
        let violent =
            [EventType::Assault, EventType::Crime, EventType::Control].into_iter().any(|k| self.has(k));
        self.1.filter(|_| toll && !violent)
    }

    pub(super) fn has(self, kind: EventType) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}
