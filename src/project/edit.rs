//! Every change a person makes to a project, as a value that can be turned round.

use std::sync::Arc;

use super::review::{Correction, Decision, MentionRef};
use super::{Analysed, EventRef, GroupEdit, Project};
use crate::places::Gazetteer;

/// A change of one mention's correction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Which mention.
    pub at: MentionRef,
    /// Its correction before.
    pub before: Option<Correction>,
    /// Its correction after.
    pub after: Option<Correction>,
}

/// A change of what is remembered of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// The name without case and accents.
    pub name: String,
    /// What was remembered before.
    pub before: Option<Decision>,
    /// What is remembered after.
    pub after: Option<Decision>,
}

/// What is decided at one stroke.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decided {
    /// The corrections, each mention once.
    pub changes: Vec<Change>,
    /// The names, each once.
    pub remembered: Vec<Remembered>,
}

/// One step of a person's work; [`Edit::inverse`] takes it back.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Decisions on places.
    Decide(Decided),
    /// An article is taken away. With it go the corrections of groups that name it; all that
    /// stood before are kept here.
    Close {
        /// Where it stood.
        index: usize,
        /// The article.
        article: Arc<Analysed>,
        /// The corrections of groups as they were.
        groups: Vec<GroupEdit>,
    },
    /// An article is put back with the corrections of groups.
    Reopen {
        /// Where it shall stand.
        index: usize,
        /// The article.
        article: Arc<Analysed>,
        /// The corrections of groups as they shall be.
        groups: Vec<GroupEdit>,
    },
    /// Reports are put together or taken apart.
    Regroup {
        /// The corrections of groups as they were.
        before: Vec<GroupEdit>,
        /// The corrections of groups as they shall be.
        after: Vec<GroupEdit>,
    },
}

impl Edit {
    /// The edit that closes an article.
    pub fn close(project: &Project, index: usize) -> Option<Self> {
        let article = Arc::clone(project.articles.get(index)?);
        Some(Self::Close { index, article, groups: project.group_edits.clone() })
    }

    /// The edit that takes this one back.
    pub fn inverse(&self) -> Self {
        match self {
            Self::Decide(decided) => Self::Decide(decided.inverse()),
            Self::Close { index, article, groups } => {
                Self::Reopen { index: *index, article: Arc::clone(article), groups: groups.clone() }
            }
            Self::Reopen { index, article, groups } => {
                Self::Close { index: *index, article: Arc::clone(article), groups: groups.clone() }
            }
            Self::Regroup { before, after } => Self::Regroup { before: after.clone(), after: before.clone() },
        }
    }

    /// Does it.
    pub fn apply(&self, project: &mut Project, gazetteer: &Gazetteer) {
        match self {
            Self::Decide(decided) => decided.apply(project, gazetteer),
            Self::Close { index, .. } if *index < project.articles.len() => {
                project.articles.remove(*index);
                project.group_edits = project.group_edits.iter().filter_map(|e| without(e, *index)).collect();
            }
            Self::Close { .. } => {}
            Self::Reopen { index, article, groups } => {
                let at = (*index).min(project.articles.len());
                project.articles.insert(at, Arc::clone(article));
                project.group_edits.clone_from(groups);
            }
            Self::Regroup { after, .. } => project.group_edits.clone_from(after),
        }
    }

    /// The mention it is about, where it is about one.
    pub fn mention(&self) -> Option<MentionRef> {
        match self {
            Self::Decide(decided) => decided.changes.first().map(|change| change.at),
            _ => None,
        }
    }

    /// What it did, in words: "3 places decided".
    pub fn words(&self) -> String {
        match self {
            Self::Decide(decided) if decided.changes.len() == 1 => "decision on a place".to_owned(),
            Self::Decide(decided) => format!("decision on {} places", decided.changes.len()),
            Self::Close { .. } => "closing an article".to_owned(),
            Self::Reopen { .. } => "opening an article".to_owned(),
            Self::Regroup { .. } => "correction of which reports are one happening".to_owned(),
        }
    }
}

impl Decided {
    /// Notes what becomes of a mention, where something does.
    pub(super) fn change(&mut self, project: &Project, at: MentionRef, after: Option<Correction>) {
        let Some(analysed) = project.articles.get(at.article) else { return };
        let before = analysed.corrections.get(&at.mention).copied();
        let known = at.mention < analysed.findings.mentions.len();
        if known && before != after && self.changes.iter().all(|change| change.at != at) {
            self.changes.push(Change { at, before, after });
        }
    }

    /// Notes what is to be remembered of a name, where it differs.
    pub(super) fn remember(&mut self, project: &Project, name: String, after: Option<Decision>) {
        let before = project.remembered.get(&name).copied();
        if before != after && self.remembered.iter().all(|known| known.name != name) {
            self.remembered.push(Remembered { name, before, after });
        }
    }

    /// The edit; `None` where nothing changes.
    pub(super) fn into_edit(self) -> Option<Edit> {
        (!self.changes.is_empty() || !self.remembered.is_empty()).then_some(Edit::Decide(self))
    }

    fn inverse(&self) -> Self {
        let change = |c: &Change| Change { at: c.at, before: c.after, after: c.before };
        let name = |r: &Remembered| Remembered { name: r.name.clone(), before: r.after, after: r.before };
        Self {
            changes: self.changes.iter().rev().map(change).collect(),
            remembered: self.remembered.iter().rev().map(name).collect(),
        }
    }

    fn apply(&self, project: &mut Project, gazetteer: &Gazetteer) {
        for change in &self.changes {
            if let Some(analysed) = project.articles.get_mut(change.at.article) {
                Arc::make_mut(analysed).set_correction(change.at.mention, change.after, gazetteer);
            }
        }
        for known in &self.remembered {
            match known.after {
                Some(decision) => project.remembered.insert(known.name.clone(), decision),
                None => project.remembered.remove(&known.name),
            };
        }
    }
}

/// A correction of groups once an article is gone: none where it names that article.
fn without(edit: &GroupEdit, gone: usize) -> Option<GroupEdit> {
    let moved = |e: EventRef| {
        (e.article != gone).then(|| EventRef { article: e.article - usize::from(e.article > gone), ..e })
    };
    Some(match edit {
        GroupEdit::Split(event) => GroupEdit::Split(moved(*event)?),
        GroupEdit::Merge(a, b) => GroupEdit::Merge(moved(*a)?, moved(*b)?),
    })
}

/// What was done, so that it can be undone, and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl History {
    /// Does an edit; what was undone before can no longer be redone.
    pub fn apply(&mut self, edit: Edit, project: &mut Project, gazetteer: &Gazetteer) {
        edit.apply(project, gazetteer);
        self.done.push(edit);
        self.undone.clear();
    }

    /// Takes the last edit back; gives it.
    pub fn undo(&mut self, project: &mut Project, gazetteer: &Gazetteer) -> Option<&Edit> {
        let edit = self.done.pop()?;
        edit.inverse().apply(project, gazetteer);
        self.undone.push(edit);
        self.undone.last()
    }

    /// Does the edit again that was taken back last; gives it.
    pub fn redo(&mut self, project: &mut Project, gazetteer: &Gazetteer) -> Option<&Edit> {
        let edit = self.undone.pop()?;
        edit.apply(project, gazetteer);
        self.done.push(edit);
        self.done.last()
    }

    /// What would be undone.
    pub fn last(&self) -> Option<&Edit> {
        self.done.last()
    }

    /// What would be redone.
    pub fn next(&self) -> Option<&Edit> {
        self.undone.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Origin};
    use crate::project::review::{By, ReviewStatus};
    use crate::project::{Analyser, Settings};

    fn analyser() -> Analyser {
        Analyser::new(Gazetteer::bundled().unwrap(), Settings::default()).unwrap()
    }

    fn project(texts: &[&str]) -> Project {
        let analyser = analyser();
        let of = |text: &&str| Arc::new(analyser.analyse(Article::from_text(*text, Origin::Record)));
        Project { articles: texts.iter().map(of).collect(), ..Project::default() }
    }

    const TWO: [&str; 2] = [
        "Fighters entered Kandahar on Sunday. Kandahar was quiet on Monday.",
        "A flood struck Kandahar on Tuesday, officials in Herat said.",
    ];

    fn place(id: &str) -> Decision {
        Decision::Place(Gazetteer::bundled().unwrap().by_id(id).unwrap())
    }

    /// Torkham, for a place that no Kandahar is.
    const OTHER: &str = "geonames:1138958";

    #[test]
    fn every_edit_and_its_inverse_leave_the_project_as_it_was() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let mut now = project(&TWO);
        now.group_edits.push(GroupEdit::Split(EventRef { article: 1, event: 0 }));
        let before = now.clone();
        let all = now.namesakes(MentionRef { article: 0, mention: 0 });
        assert_eq!(all.len(), 3, "{all:?}");
        let edits = [
            now.decide(&all, place(OTHER)).unwrap(),
            now.decide(&all[..1], Decision::NoPlace).unwrap(),
            Edit::close(&now, 0).unwrap(),
        ];
        for edit in edits {
            edit.apply(&mut now, gazetteer);
            assert_ne!(now, before);
            edit.inverse().apply(&mut now, gazetteer);
            assert_eq!(now, before);
        }
    }

    #[test]
    fn a_decision_replaces_the_place_and_says_how_it_came_about() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let mut now = project(&TWO[..1]);
        let at = MentionRef { article: 0, mention: 0 };
        let found = now.articles[0].findings.mentions[0].place.unwrap();
        let mut history = History::default();
        history.apply(now.decide(&[at], Decision::Place(found)).unwrap(), &mut now, gazetteer);
        assert_eq!(now.articles[0].review(0), ReviewStatus::Confirmed);
        history.apply(now.decide(&[at], place(OTHER)).unwrap(), &mut now, gazetteer);
        assert_eq!(now.articles[0].review(0), ReviewStatus::Corrected);
        assert_eq!(now.articles[0].findings.mentions[0].place.map(Decision::Place), Some(place(OTHER)));
        history.apply(now.decide(&[at], Decision::NoPlace).unwrap(), &mut now, gazetteer);
        assert_eq!(now.articles[0].findings.mentions[0].place, None);
        for _ in 0..3 {
            assert!(history.undo(&mut now, gazetteer).is_some());
        }
        assert!(history.undo(&mut now, gazetteer).is_none());
        assert_eq!(now.articles[0].findings.mentions[0].place, Some(found));
        assert!(history.redo(&mut now, gazetteer).is_some());
        assert_eq!(now.articles[0].review(0), ReviewStatus::Confirmed);
    }

    #[test]
    fn a_later_article_gets_what_was_decided_for_the_name() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let mut now = project(&TWO[..1]);
        let candidates = &now.articles[0].findings.mentions[0].candidates;
        let second =
            candidates.iter().map(|c| c.place).find(|p| Some(*p) != candidates.first().map(|c| c.place));
        let second = second.expect("another Kandahar");
        let at = MentionRef { article: 0, mention: 0 };
        now.decide(&[at], Decision::Place(second)).unwrap().apply(&mut now, gazetteer);
        let mut later = analyser().analyse(Article::from_text(TWO[1], Origin::Record));
        now.recall(&mut later, gazetteer);
        assert_eq!(later.findings.mentions[0].place, Some(second));
        assert_eq!(later.review(0), ReviewStatus::Remembered);
        assert_eq!(later.corrections[&0].by, By::Memory);
        assert_eq!(later.review(1), ReviewStatus::Unreviewed, "Herat was not decided on");
    }

    #[test]
    fn closing_an_article_moves_the_corrections_of_groups() {
        let event = |article| EventRef { article, event: 0 };
        assert_eq!(without(&GroupEdit::Split(event(2)), 1), Some(GroupEdit::Split(event(1))));
        assert_eq!(without(&GroupEdit::Merge(event(0), event(1)), 1), None);
    }
}
