//! How often the role of a mention is told right.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::corpus::Gold;
use super::pairs::pairs;
use crate::places::Role;

/// Of the mentions that were found: annotated role, answered role, how often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoleTable {
    found: BTreeMap<(Role, Role), usize>,
    missed: BTreeMap<Role, usize>,
}

/// The figures of one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleFigures {
    /// Annotated mentions.
    pub gold: usize,
    /// Those of them that were found, whatever role they were given.
    pub found: usize,
    /// Those of them that were given this role.
    pub right: usize,
    /// Mentions that were given this role, of all that were found.
    pub answered: usize,
}

impl RoleTable {
    /// Adds one document.
    pub fn add(&mut self, gold: &[Gold], answers: &[Answer]) {
        let pairs = pairs(gold, answers);
        for (g, wanted) in gold.iter().enumerate() {
            let Some(role) = wanted.role else { continue };
            let answer = pairs.iter().find(|p| p.0 == g).and_then(|p| answers.get(p.1)).and_then(|a| a.role);
            match answer {
                Some(answer) => *self.found.entry((role, answer)).or_default() += 1,
                None => *self.missed.entry(role).or_default() += 1,
            }
        }
    }

    /// Whether the annotation had any roles.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.missed.is_empty()
    }

    /// The figures of each role that occurs.
    pub fn rows(&self) -> Vec<(Role, RoleFigures)> {
        let mut roles: Vec<Role> =
            self.found.keys().map(|k| k.0).chain(self.missed.keys().copied()).collect();
        roles.sort_unstable();
        roles.dedup();
        roles.into_iter().map(|role| (role, self.of(role))).collect()
    }

    fn of(&self, role: Role) -> RoleFigures {
        let sum = |wanted: &dyn Fn(Role, Role) -> bool| -> usize {
            self.found.iter().filter(|((gold, answer), _)| wanted(*gold, *answer)).map(|(_, n)| n).sum()
        };
        let found = sum(&|gold, _| gold == role);
        RoleFigures {
            gold: found + self.missed.get(&role).copied().unwrap_or(0),
            found,
            right: sum(&|gold, answer| gold == role && answer == role),
            answered: sum(&|_, answer| answer == role),
        }
    }

    /// Share of the mentions found whose role is right, and share that is rightly drawn or not.
    pub fn accuracy(&self) -> (f64, f64) {
        let all: usize = self.found.values().sum();
        let share = |same: fn(Role, Role) -> bool| {
            let right: usize = self.found.iter().filter(|((g, a), _)| same(*g, *a)).map(|(_, n)| n).sum();
            right as f64 / all.max(1) as f64
        };
        (share(|g, a| g == a), share(|g, a| g.is_drawn() == a.is_drawn()))
    }

    /// As the reports write it.
    pub fn to_json(&self) -> Value {
        let (right, drawn) = self.accuracy();
        let mut out = Map::new();
        out.insert("accuracy".into(), right.into());
        out.insert("drawn".into(), drawn.into());
        for (role, f) in self.rows() {
            let row = json!({ "gold": f.gold, "found": f.found, "right": f.right, "answered": f.answered });
            out.insert(role.name().into(), row);
        }
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_judged_where_the_mention_was_found() {
        let gold = |at: usize, role| Gold { role: Some(role), ..Gold::new(at..at + 3, None) };
        let answer = |at: usize, role| Answer { span: at..at + 3, role: Some(role), ..Answer::default() };
        let mut table = RoleTable::default();
        let wanted = [gold(0, Role::Event), gold(5, Role::Background), gold(10, Role::Event)];
        table.add(&wanted, &[answer(0, Role::Event), answer(5, Role::Destination)]);
        let rows = table.rows();
        assert_eq!(rows[0], (Role::Event, RoleFigures { gold: 2, found: 1, right: 1, answered: 1 }));
        assert_eq!(rows[1].1.right, 0);
        assert_eq!(table.accuracy(), (0.5, 0.5));
    }
}
