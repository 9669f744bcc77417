//! What the other mentions of an article say about a candidate.

use super::candidates::{Choice, Group, chord2, km_of};

/// Evidence of all groups, gathered once a round.
#[derive(Debug, Default)]
pub struct Context {
    /// Weight of each country, of each first-level division.
    countries: Vec<(u16, f32)>,
    provinces: Vec<(u32, f32)>,
    /// Weight of the countries and divisions that are themselves named.
    named_countries: Vec<(u16, f32)>,
    named_provinces: Vec<(u32, f32)>,
    /// The same of second-level divisions.
    counties: Vec<(u32, f32)>,
    named_counties: Vec<(u32, f32)>,
    /// First-level divisions whose telephone numbers stand in the text.
    pub called: Vec<u32>,
    total: f32,
    /// The best choice of each group: its point, kind and weight.
    best: Vec<Option<([f32; 3], u16, f32)>>,
    dateline: Option<(usize, u16, u32)>,
}

/// What the context says about one candidate; shares of the weight of all other groups.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Support {
    /// In the same country.
    pub country: f32,
    /// In the same first-level division.
    pub province: f32,
    /// Its country is named: by its name, by a demonym.
    pub country_named: f32,
    /// Its first-level division is named.
    pub province_named: f32,
    /// In the same second-level division.
    pub county: f32,
    /// Its second-level division is named.
    pub county_named: f32,
    /// A telephone number of its first-level division stands in the text: 1; only others do: -1.
    pub called: f32,
    /// Weight of other settlements and sites within 100 km.
    pub near: f32,
    /// Kilometres to the nearest other settlement or site, at most 20,000.
    pub nearest_km: f32,
    /// In the country or division of the dateline: 1, 2.
    pub dateline: f32,
    /// Weight of the evidence at all.
    pub total: f32,
}

/// The square of the chord of 100 km on the unit sphere.
const NEAR: f32 = (100.0 / 6371.0) * (100.0 / 6371.0);

/// Groups with choices less likely than this count for nothing.
const LEAST: f32 = 0.05;

fn add<K: PartialEq>(sums: &mut Vec<(K, f32)>, key: K, weight: f32) {
    match sums.iter_mut().find(|(k, _)| *k == key) {
        Some((_, sum)) => *sum += weight,
        None => sums.push((key, weight)),
    }
}

fn of<K: PartialEq>(sums: &[(K, f32)], key: K) -> f32 {
    sums.iter().find(|(k, _)| *k == key).map_or(0.0, |(_, sum)| *sum)
}

impl Context {
    /// Gathers what all groups say.
    pub fn gather(&mut self, groups: &[Group]) {
        self.countries.clear();
        self.provinces.clear();
        self.named_countries.clear();
        self.named_provinces.clear();
        self.counties.clear();
        self.named_counties.clear();
        self.best.clear();
        self.total = 0.0;
        self.dateline = None;
        for (at, group) in groups.iter().enumerate() {
            self.total += self.add_group(group, 1.0);
            let best = group.best();
            self.best
                .push(best.filter(|(_, p)| *p > 0.3).map(|(c, p)| (c.point, c.kind, group.weight() * p)));
            if let (true, None, Some((choice, _))) = (group.dateline, self.dateline, best) {
                self.dateline = Some((at, choice.hierarchy.country, choice.hierarchy.admin1));
            }
        }
    }

    /// Adds (or with a negative sign takes away) what one group says; returns its weight.
    fn add_group(&mut self, group: &Group, sign: f32) -> f32 {
        let mut sum = 0.0;
        for (choice, probability) in group.choices.iter().zip(&group.probabilities) {
            if *probability < LEAST {
                continue;
            }
            let weight = sign * group.weight() * probability;
            sum += weight;
            let hierarchy = choice.hierarchy;
            if hierarchy.country != 0 {
                add(&mut self.countries, hierarchy.country, weight);
                if choice.kind == 1 {
                    add(&mut self.named_countries, hierarchy.country, weight);
                }
            }
            if hierarchy.admin1 != 0 {
                add(&mut self.provinces, hierarchy.admin1, weight);
                if choice.kind == 2 {
                    add(&mut self.named_provinces, hierarchy.admin1, weight);
                }
            }
            if hierarchy.admin2 != 0 {
                add(&mut self.counties, hierarchy.admin2, weight);
                if choice.kind == 3 {
                    add(&mut self.named_counties, hierarchy.admin2, weight);
                }
            }
        }
        sum
    }

    /// Takes one group's own say out, so that it is no evidence for itself; returns its weight.
    pub fn leave_out(&mut self, group: &Group) -> f32 {
        let weight = self.add_group(group, -1.0);
        self.total += weight;
        weight
    }

    /// Puts a group's say back.
    pub fn put_back(&mut self, group: &Group) {
        self.total += self.add_group(group, 1.0);
    }

    /// What the groups but `own`, which was left out, say about a choice.
    pub fn support(&self, own: usize, choice: &Choice) -> Support {
        let total = self.total.max(0.5);
        let hierarchy = choice.hierarchy;
        let (mut near, mut nearest) = (0.0, f32::MAX);
        for (at, best) in self.best.iter().enumerate() {
            let Some((point, kind, weight)) = best else { continue };
            if at == own || *kind <= 2 {
                continue;
            }
            let chord = chord2(point, &choice.point);
            nearest = nearest.min(chord);
            near += if chord < NEAR { *weight } else { 0.0 };
        }
        let country = |sums| if hierarchy.country == 0 { 0.0 } else { of(sums, hierarchy.country) };
        let province = |sums| if hierarchy.admin1 == 0 { 0.0 } else { of(sums, hierarchy.admin1) };
        let county = |sums| if hierarchy.admin2 == 0 { 0.0 } else { of(sums, hierarchy.admin2) };
        let called = match self.called.contains(&hierarchy.admin1) {
            _ if self.called.is_empty() || choice.kind == 1 => 0.0,
            true => 1.0,
            false => -1.0,
        };
        Support {
            country: country(&self.countries) / total,
            province: province(&self.provinces) / total,
            country_named: country(&self.named_countries),
            province_named: province(&self.named_provinces),
            county: county(&self.counties) / total,
            county_named: county(&self.named_counties),
            called,
            near,
            nearest_km: if nearest > 4.1 { 20_000.0 } else { km_of(nearest) },
            dateline: self.dateline_support(own, choice),
            total,
        }
    }

    fn dateline_support(&self, own: usize, choice: &Choice) -> f32 {
        match self.dateline {
            Some((at, country, _)) if at == own || country == 0 || country != choice.hierarchy.country => 0.0,
            Some((_, _, province)) if province != 0 && province == choice.hierarchy.admin1 => 2.0,
            Some(_) => 1.0,
            None => 0.0,
        }
    }
}
