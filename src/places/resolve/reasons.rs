//! Why a candidate: its numbers in plain words.

use super::candidates::{Choice, Group, km_between};
use super::features::held;
use crate::places::gazetteer::flags::NameFlags;
use crate::places::hints::Region;
use crate::places::mention::Reason;
use crate::places::{Gazetteer, PlaceIndex};

/// Reasons given for one candidate at most.
const MOST: usize = 4;

/// Places nearer than this are told.
const NEAR_KM: f32 = 120.0;

/// What reasons are read from: the groups of an article, resolved.
#[derive(Debug, Clone)]
pub struct Reasoner<'a> {
    gazetteer: &'a Gazetteer,
    groups: &'a [Group],
    region: Option<&'a Region>,
    /// The groups that are resolved with some certainty, and to what.
    sure: Vec<(usize, &'a Choice)>,
}

impl<'a> Reasoner<'a> {
    /// Prepares to tell about `groups`; `region` is the hint, where one was given.
    pub fn new(gazetteer: &'a Gazetteer, groups: &'a [Group], region: Option<&'a Region>) -> Self {
        let best = groups.iter().enumerate().filter(|(_, g)| !g.demonym).map(|(at, g)| (at, g.best()));
        let sure = best.filter_map(|(at, best)| best.filter(|(_, p)| *p > 0.5).map(|(c, _)| (at, c)));
        Self { gazetteer, groups, region, sure: sure.collect() }
    }

    /// The reasons for choice `choice` of group `group`, most telling first.
    pub fn reasons(&self, group: usize, choice: usize) -> Vec<Reason> {
        let Some(own) = self.groups.get(group) else { return Vec::new() };
        let Some(candidate) = own.choices.get(choice) else { return Vec::new() };
        let mut out = Vec::new();
        out.extend(self.holder(own, candidate));
        out.extend(self.kind(own, candidate));
        if self.region.is_some_and(|r| self.gazetteer.place(candidate.place).is_some_and(|p| r.holds(&p))) {
            out.push(Reason::InRegion);
        }
        out.extend(self.area(group, candidate));
        out.extend(self.near(group, candidate));
        match own.choices.len() {
            1 => out.push(Reason::OnlyOne),
            n if choice == 0 => out.push(Reason::LargestOf(n as u32)),
            _ => {}
        }
        if self.gazetteer.is_capital(candidate.place) {
            out.push(Reason::Capital);
        }
        if !candidate.flags.contains(NameFlags::PREFERRED) && !own.demonym {
            out.push(Reason::OtherName);
        }
        out.truncate(MOST);
        out
    }

    fn holder(&self, own: &Group, candidate: &Choice) -> Option<Reason> {
        let area = own.holder.and_then(|h| self.groups.get(h)).and_then(Group::best)?.0.place;
        (held(self.groups, own, candidate) > 0.3).then(|| Reason::NamedInside(self.name(area)))
    }

    fn kind(&self, own: &Group, candidate: &Choice) -> Option<Reason> {
        let asked = own.asked?;
        let fits = asked.fits(self.gazetteer.kind(candidate.place)) > 0.0;
        fits.then(|| Reason::KindFits(asked.label().to_owned()))
    }

    /// How many other groups lie in the same province, else in the same country.
    fn area(&self, group: usize, candidate: &Choice) -> Option<Reason> {
        let count = |same: &dyn Fn(&Choice) -> bool| self.others(group).filter(|c| same(c)).count() as u32;
        let province = count(&|c| c.kind > 2 && c.hierarchy.same_admin1(candidate.hierarchy));
        if province > 0 && candidate.kind > 2 {
            return Some(Reason::SameProvince(province));
        }
        let country = count(&|c| c.hierarchy.same_country(candidate.hierarchy));
        (country > 0 && candidate.kind != 1).then_some(Reason::SameCountry(country))
    }

    fn near(&self, group: usize, candidate: &Choice) -> Option<Reason> {
        let settled = |c: &&Choice| c.kind > 4 && c.place != candidate.place;
        let km = |c: &Choice| km_between(&c.point, &candidate.point);
        let nearest = self.others(group).filter(settled).min_by(|a, b| km(a).total_cmp(&km(b)))?;
        let told = candidate.kind > 2 && km(nearest) < NEAR_KM;
        told.then(|| Reason::Near(km(nearest).round().max(1.0) as u32, self.name(nearest.place)))
    }

    fn others(&self, group: usize) -> impl Iterator<Item = &Choice> {
        self.sure.iter().filter(move |(at, _)| *at != group).map(|(_, choice)| *choice)
    }

    fn name(&self, place: PlaceIndex) -> String {
        self.gazetteer.place_name(place).to_owned()
    }
}
