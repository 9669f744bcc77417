//! A person's corrections of groups of reports, as edits that can be taken back.

use super::{Edit, EventRef, GroupEdit, Groups, Project};
use crate::places::Gazetteer;

impl Project {
    /// The edit that takes a report out of its group, so that it is a happening of its own; the
    /// others stay together. `None` where it is alone already.
    pub fn split(&self, groups: &Groups, event: EventRef, gazetteer: &Gazetteer) -> Option<Edit> {
        let group = groups.get(event).filter(|group| group.reports.len() > 1)?;
        let mut after = without_merges(&self.group_edits, event);
        let split = GroupEdit::Split(event);
        if !after.contains(&split) {
            after.push(split);
        }
        // Where only this report linked some of the others, they are held together by hand.
        let rest: Vec<EventRef> = group.reports.iter().copied().filter(|r| *r != event).collect();
        let left = Groups::among(rest, &self.articles, gazetteer, &after);
        let leads: Vec<EventRef> = left.list().iter().map(|group| group.lead).collect();
        after.extend(leads.windows(2).filter_map(|pair| match *pair {
            [a, b] => Some(GroupEdit::Merge(a, b)),
            _ => None,
        }));
        Some(self.regroup(after))
    }

    /// The edit that puts the groups of two reports together; `None` where they are one already.
    pub fn merge(&self, groups: &Groups, a: EventRef, b: EventRef) -> Option<Edit> {
        let (of_a, of_b) = (groups.group_of(a)?, groups.group_of(b)?);
        let after = || self.group_edits.iter().copied().chain([GroupEdit::Merge(a.min(b), a.max(b))]);
        (of_a != of_b).then(|| self.regroup(after().collect()))
    }

    fn regroup(&self, after: Vec<GroupEdit>) -> Edit {
        Edit::Regroup { before: self.group_edits.clone(), after }
    }
}

/// The corrections without the merges that name a report; those that it held together are merged
/// with each other.
fn without_merges(edits: &[GroupEdit], event: EventRef) -> Vec<GroupEdit> {
    let (mut out, mut others) = (Vec::new(), Vec::new());
    for edit in edits {
        match *edit {
            GroupEdit::Merge(a, b) if a == event => others.push(b),
            GroupEdit::Merge(a, b) if b == event => others.push(a),
            other => out.push(other),
        }
    }
    out.extend(others.windows(2).filter_map(|pair| match *pair {
        [a, b] if a != b => Some(GroupEdit::Merge(a, b)),
        _ => None,
    }));
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::article::{Article, Origin};
    use crate::project::{Analyser, Settings};

    const TEXTS: [&str; 4] = [
        "The Taliban entered Kabul on Sunday.",
        "Taliban fighters entered the city of Kabul on Sunday, officials said.",
        "An earthquake struck Lisbon on Sunday.",
        "A flood struck Dhaka on Monday.",
    ];

    fn project() -> (Project, &'static Gazetteer) {
        let gazetteer = Gazetteer::bundled().unwrap();
        let analyser = Analyser::new(gazetteer, Settings::default()).unwrap();
        let of = |text: &&str| {
            let mut article = Article::from_text(*text, Origin::Record);
            article.published = "2021-08-16".parse().ok();
            Arc::new(analyser.analyse(article))
        };
        (Project { articles: TEXTS.iter().map(of).collect(), ..Project::default() }, gazetteer)
    }

    fn event(article: usize) -> EventRef {
        EventRef { article, event: 0 }
    }

    fn together(project: &Project, gazetteer: &Gazetteer, a: usize, b: usize) -> bool {
        let groups = Groups::of_project(project, gazetteer);
        groups.group_of(event(a)) == groups.group_of(event(b))
    }

    fn split(project: &mut Project, gazetteer: &Gazetteer, article: usize) -> Option<Edit> {
        let edit = project.split(&Groups::of_project(project, gazetteer), event(article), gazetteer)?;
        edit.apply(project, gazetteer);
        Some(edit)
    }

    fn merge(project: &mut Project, gazetteer: &Gazetteer, a: usize, b: usize) -> Option<Edit> {
        let edit = project.merge(&Groups::of_project(project, gazetteer), event(a), event(b))?;
        edit.apply(project, gazetteer);
        Some(edit)
    }

    #[test]
    fn a_report_split_off_is_alone_until_that_is_taken_back() {
        let (mut project, gazetteer) = project();
        assert!(together(&project, gazetteer, 0, 1));
        let edit = split(&mut project, gazetteer, 1).unwrap();
        assert!(!together(&project, gazetteer, 0, 1));
        assert!(split(&mut project, gazetteer, 1).is_none(), "it is alone already");
        edit.inverse().apply(&mut project, gazetteer);
        assert!(together(&project, gazetteer, 0, 1) && project.group_edits.is_empty());
    }

    #[test]
    fn a_split_wins_over_an_earlier_merge_and_leaves_the_others_together() {
        let (mut project, gazetteer) = project();
        merge(&mut project, gazetteer, 0, 2).unwrap();
        merge(&mut project, gazetteer, 2, 3).unwrap();
        assert!(together(&project, gazetteer, 1, 3));
        assert!(merge(&mut project, gazetteer, 3, 1).is_none(), "they are one already");
        split(&mut project, gazetteer, 2).unwrap();
        assert!(!together(&project, gazetteer, 2, 0));
        assert!(together(&project, gazetteer, 0, 3) && together(&project, gazetteer, 0, 1));
    }

    #[test]
    fn those_that_one_report_linked_stay_together_without_it() {
        let (mut project, gazetteer) = project();
        merge(&mut project, gazetteer, 1, 2).unwrap();
        // Report 1 linked 0 by likeness and 2 by hand.
        split(&mut project, gazetteer, 1).unwrap();
        assert!(together(&project, gazetteer, 0, 2) && !together(&project, gazetteer, 0, 1));
    }

    #[test]
    fn a_report_split_off_can_be_merged_again() {
        let (mut project, gazetteer) = project();
        split(&mut project, gazetteer, 0).unwrap();
        merge(&mut project, gazetteer, 0, 1).unwrap();
        assert!(together(&project, gazetteer, 0, 1));
    }
}
