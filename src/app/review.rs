//! Going through the doubtful places, deciding on them, and taking decisions back.

use super::command::Command;
use super::dateline_app::DatelineApp;
use super::state::{Passage, Tab};
use super::widgets::plural;
use crate::places::{Mention, PlaceIndex};
use crate::project::{Decision, Edit, MentionRef};

impl DatelineApp {
    /// Commands of the review.
    pub(super) fn apply_review(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::Review => self.review(ctx),
            Command::NextDoubtful => self.step(ctx, 1),
            Command::PreviousDoubtful => self.step(ctx, -1),
            Command::Mark(step) => self.mark(step),
            Command::Accept => self.decide_marked(ctx, false),
            Command::AcceptAll => self.decide_marked(ctx, true),
            Command::Choose(line) => {
                if let Some(place) = self.candidate(line) {
                    self.decide(ctx, Decision::Place(place), false);
                }
            }
            Command::ChoosePlace(place) => self.decide(ctx, Decision::Place(place), false),
            Command::NoPlace => self.decide(ctx, Decision::NoPlace, false),
            Command::Unknown => self.decide(ctx, Decision::Unknown, false),
            Command::Undecide => self.undecide(),
            Command::Split(passage) => self.split(passage),
            Command::Join(other) => self.join(ctx, other),
            Command::Elsewhere => self.now.elsewhere = !self.now.elsewhere,
            _ => {}
        }
    }

    /// Shows the candidates of a mention; the one that was chosen is marked.
    pub(super) fn open_card(&mut self, article: usize, mention: usize) {
        self.now.mention = Some((article, mention));
        self.now.elsewhere = false;
        let chosen = self.shown_mention().and_then(|found| {
            found.candidates.iter().position(|candidate| Some(candidate.place) == found.place)
        });
        self.now.marked = chosen.unwrap_or(0);
    }

    /// Puts the candidates away, and ends the review.
    pub(super) fn close_card(&mut self) {
        self.now.mention = None;
        self.now.reviewing = false;
        self.now.elsewhere = false;
    }

    fn at(&self) -> Option<MentionRef> {
        self.now.mention.map(|(article, mention)| MentionRef { article, mention })
    }

    fn shown_mention(&self) -> Option<&Mention> {
        let at = self.at()?;
        self.document.article(at.article)?.findings.mentions.get(at.mention)
    }

    fn candidate(&self, line: usize) -> Option<PlaceIndex> {
        Some(self.shown_mention()?.candidates.get(line)?.place)
    }

    fn mark(&mut self, step: isize) {
        let count = self.shown_mention().map_or(0, |found| found.candidates.len()) as isize;
        if count > 0 {
            self.now.marked = (self.now.marked as isize + step).rem_euclid(count) as usize;
        }
    }

    /// Starts the review at the first doubtful place from here on, or ends it.
    fn review(&mut self, ctx: &egui::Context) {
        if self.now.reviewing && self.now.mention.is_some() {
            return self.close_card();
        }
        let here = MentionRef { article: self.now.article, mention: 0 };
        match self.doubtful_from(here, 1) {
            Some(at) => self.show_doubtful(ctx, at),
            None => self.now.done = Some("No place is doubtful".to_owned()),
        }
    }

    fn step(&mut self, ctx: &egui::Context, step: isize) {
        let Some(at) = self.at() else { return };
        let mention = at.mention as isize + step;
        let from = match (mention, at.article) {
            (0.., article) => MentionRef { article, mention: mention as usize },
            (_, 0) => MentionRef { article: usize::MAX, mention: usize::MAX },
            (_, article) => MentionRef { article: article - 1, mention: usize::MAX },
        };
        match self.doubtful_from(from, step) {
            Some(next) => self.show_doubtful(ctx, next),
            None => {
                self.close_card();
                self.now.done = Some("No other place is doubtful".to_owned());
            }
        }
    }

    /// The first doubtful mention at `from` or behind it, or before it where `step` is negative;
    /// from the end it goes on at the other end.
    fn doubtful_from(&self, from: MentionRef, step: isize) -> Option<MentionRef> {
        let articles = &self.document.project.articles;
        let count = articles.len();
        let first = from.article.min(count.checked_sub(1)?);
        for turn in 0..=count {
            let article = if step > 0 { first + turn } else { first + count - turn } % count;
            let mut all = articles.get(article)?.doubtful();
            let begins = turn == 0;
            let found = if step > 0 {
                all.find(|mention| !begins || *mention >= from.mention)
            } else {
                all.rev().find(|mention| !begins || *mention <= from.mention)
            };
            if let Some(mention) = found {
                return Some(MentionRef { article, mention });
            }
        }
        None
    }

    /// Shows a doubtful mention in its text, on the map, and with its candidates.
    fn show_doubtful(&mut self, ctx: &egui::Context, at: MentionRef) {
        self.now.article = at.article;
        self.now.passage = None;
        self.now.cluster.clear();
        self.open_card(at.article, at.mention);
        self.now.reviewing = true;
        self.now.scroll_to = Some(Passage::Mention(at.article, at.mention));
        self.now.place = self.shown_mention().and_then(|found| found.place);
        self.view.tab = Tab::Article;
        self.open_right(ctx);
        let likely = self.now.place.or_else(|| self.candidate(0));
        if let Some(place) = likely {
            self.fly_to_place(place);
        }
    }

    fn decide_marked(&mut self, ctx: &egui::Context, all: bool) {
        if let Some(place) = self.candidate(self.now.marked) {
            self.decide(ctx, Decision::Place(place), all);
        }
    }

    /// Decides on the mention that is shown, or on all of its name; goes on to the next.
    fn decide(&mut self, ctx: &egui::Context, decision: Decision, all: bool) {
        let Some(at) = self.at() else { return };
        let mentions = if all { self.document.project.namesakes(at) } else { vec![at] };
        let gazetteer = self.engine.gazetteer();
        self.document.decide(&mentions, decision, gazetteer);
        let name = self.document.article(at.article).map_or(String::new(), |analysed| {
            let found = analysed.findings.mentions.get(at.mention);
            found.map_or(String::new(), |m| m.surface(&analysed.article.text).to_owned())
        });
        let what = match decision {
            Decision::Place(place) => gazetteer.place_name(place).to_owned(),
            Decision::NoPlace => "no place".to_owned(),
            Decision::Unknown => "not identifiable".to_owned(),
        };
        let n = mentions.len();
        let often = if n > 1 { format!(", {n} {}", plural(n, "mention", "mentions")) } else { String::new() };
        let done = format!("“{name}” is {what}{often} · Ctrl+Z takes it back");
        if self.now.reviewing {
            self.step(ctx, 1);
            if self.now.mention.is_none() {
                self.now.done = Some(format!("{done} · nothing is left to check"));
                return;
            }
        } else {
            self.close_card();
            self.now.place = None;
            if let Decision::Place(place) = decision {
                self.now.place = Some(place);
                self.fly_to_place(place);
            }
        }
        self.now.done = Some(done);
    }

    fn undecide(&mut self) {
        let Some(at) = self.at() else { return };
        let edit = self.document.project.undecide(&[at]);
        if self.document.edit(edit, self.engine.gazetteer()) {
            self.open_card(at.article, at.mention);
            self.now.done = Some("The decision was taken back".to_owned());
        }
    }

    /// Undoes or redoes, and shows where.
    pub(super) fn turn_back(&mut self, ctx: &egui::Context, command: &Command) {
        let gazetteer = self.engine.gazetteer();
        let (edit, verb) = match command {
            Command::Redo => (self.document.redo(gazetteer), "Done again"),
            _ => (self.document.undo(gazetteer), "Taken back"),
        };
        let Some(edit) = edit else { return };
        self.now.done = Some(format!("{verb}: {}", edit.words()));
        let last = self.document.project.articles.len().saturating_sub(1);
        if let Some(at) = edit.mention() {
            let reviewing = self.now.reviewing;
            self.now.article = at.article;
            self.now.scroll_to = Some(Passage::Mention(at.article, at.mention));
            self.view.tab = Tab::Article;
            self.open_right(ctx);
            self.open_card(at.article, at.mention);
            self.now.reviewing = reviewing;
            return;
        }
        self.close_card();
        (self.now.place, self.now.passage) = (None, None);
        self.now.article = match edit {
            Edit::Close { index, .. } | Edit::Reopen { index, .. } => index.min(last),
            Edit::Decide(_) | Edit::Regroup { .. } => self.now.article.min(last),
        };
    }
}
