//! A project whose articles were analysed anew: what a person decided stays.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::review::correction;
use super::{Analysed, Decision, EventRef, GroupEdit, Project};
use crate::places::Gazetteer;

impl Project {
    /// This project with other findings in the same articles, its places by the gazetteer `new`
    /// instead of `old`. Decisions follow their mentions, known by where they stand, and corrections
    /// of groups their events, known by the words that tell them; those of what is no longer found
    /// go, and so do decisions for places that are not known any more.
    pub fn renewed(&self, articles: Vec<Analysed>, old: &Gazetteer, new: &Gazetteer) -> Self {
        let decided = |decision: Decision| match decision {
            Decision::Place(place) => {
                let id = old.place(place)?.id.to_string();
                new.by_id(&id).map(Decision::Place)
            }
            other => Some(other),
        };
        let group_edits = self.group_edits.iter().filter_map(|e| self.moved(e, &articles)).collect();
        let remembered: BTreeMap<String, Decision> =
            self.remembered.iter().filter_map(|(name, d)| Some((name.clone(), decided(*d)?))).collect();
        let articles = articles.into_iter().zip(&self.articles).map(|(mut anew, before)| {
            before.hand_on(&mut anew, decided, new);
            Arc::new(anew)
        });
        Self { articles: articles.collect(), group_edits, remembered, period: self.period }
    }

    /// A correction of groups with the events as they are numbered now.
    fn moved(&self, edit: &GroupEdit, articles: &[Analysed]) -> Option<GroupEdit> {
        let moved = |at: EventRef| {
            let old = self.articles.get(at.article)?.findings.events.get(at.event)?;
            let new = &articles.get(at.article)?.findings.events;
            let event = new.iter().position(|e| e.trigger == old.trigger && e.kind == old.kind)?;
            Some(EventRef { event, ..at })
        };
        match *edit {
            GroupEdit::Split(event) => moved(event).map(GroupEdit::Split),
            GroupEdit::Merge(a, b) => Some(GroupEdit::Merge(moved(a)?, moved(b)?)),
        }
    }
}

impl Analysed {
    /// Makes the decisions of this article in the same article with other findings.
    fn hand_on(&self, to: &mut Self, decided: impl Fn(Decision) -> Option<Decision>, gazetteer: &Gazetteer) {
        for (index, old) in &self.corrections {
            let Some(mention) = self.findings.mentions.get(*index) else { continue };
            let same = to.findings.mentions.iter().position(|m| m.range == mention.range);
            let (Some(index), Some(decision)) = (same, decided(old.decision)) else { continue };
            let made = correction(to, index, decision, old.by);
            to.set_correction(index, made, gazetteer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Origin};
    use crate::project::{Analyser, MentionRef, Settings};

    const TEXT: &str = "Rebels attacked Goma on Monday. Soldiers attacked Bukavu on Tuesday.";

    fn analysed() -> Analysed {
        let analyser = Analyser::new(Gazetteer::bundled().unwrap(), Settings::default()).unwrap();
        analyser.analyse(Article::from_text(TEXT, Origin::Pasted))
    }

    #[test]
    fn corrections_of_groups_follow_their_events() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let found = analysed();
        assert!(found.findings.events.len() > 1, "{:?}", found.findings.events);
        let at = |event| EventRef { article: 0, event };
        let group_edits = vec![GroupEdit::Split(at(1)), GroupEdit::Merge(at(0), at(1))];
        let articles = vec![Arc::new(found.clone())];
        let project = Project { articles, group_edits, ..Project::default() };
        let mut fewer = found;
        fewer.findings.events.remove(0);
        let renewed = project.renewed(vec![fewer], gazetteer, gazetteer);
        assert_eq!(renewed.group_edits, [GroupEdit::Split(at(0))]);
    }

    #[test]
    fn decisions_follow_their_mentions() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let found = analysed();
        let last = found.findings.mentions.len() - 1;
        let mut project = Project { articles: vec![Arc::new(found.clone())], ..Project::default() };
        let kabul = Decision::Place(gazetteer.by_id("geonames:1138958").unwrap());
        let edit = project.decide(&[MentionRef { article: 0, mention: last }], kabul).unwrap();
        edit.apply(&mut project, gazetteer);
        let mut fewer = found;
        fewer.findings.events.clear();
        fewer.findings.mentions.remove(0);
        let renewed = project.renewed(vec![fewer], gazetteer, gazetteer);
        let article = &renewed.articles[0];
        assert_eq!(article.corrections[&(last - 1)].decision, kabul);
        assert_eq!(article.findings.mentions[last - 1].place.map(Decision::Place), Some(kabul));
        assert_eq!(renewed.remembered, project.remembered);
    }
}
