//! Where and when the incidents of a document happened, measured against the MUC-4 records.

use jiff::civil::Date;
use serde_json::Value;

use super::modes;
use crate::events::Event;
use crate::places::gazetteer::fold;
use crate::places::{Gazetteer, Mention, Place, PlaceIndex};

/// What is right of one incident that was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Right {
    /// The country; `None` where the record tells none.
    pub country: Option<bool>,
    /// The place, as closely as the record tells it.
    pub finest: Option<bool>,
    /// The day, give or take one; `None` where the record tells none.
    pub day: Option<bool>,
}

impl Right {
    fn count(self) -> usize {
        [self.country, self.finest, self.day].into_iter().filter(|r| *r == Some(true)).count()
    }
}

/// How an incident of the record is tied to one of the events found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// The first event of a fitting kind: where several are told, often another incident.
    First,
    /// Each event at most once and so that most slots are right, as MUC-4's scorer tied templates
    /// (Chinchor 1992, "MUC-4 evaluation metrics").
    Best,
}

/// A document's events and the places they refer to.
pub struct Found<'a> {
    pub gazetteer: &'a Gazetteer,
    pub text: &'a str,
    pub mentions: &'a [Mention],
    pub events: &'a [Event],
}

impl Found<'_> {
    /// For each incident that was found what of it is right; the others are left out.
    pub fn right(&self, incidents: &[Value], alignment: Alignment) -> Vec<Right> {
        let mut free: Vec<usize> = (0..self.events.len()).collect();
        incidents
            .iter()
            .filter_map(|incident| {
                let kinds = modes(incident["type"].as_str().unwrap());
                let fits = |e: &Event| e.mode.is_some_and(|m| kinds.contains(&m)) && e.status.is_drawn();
                let fitting = free.iter().copied().filter(|&at| fits(&self.events[at]));
                let scored = fitting.map(|at| (self.compare(incident, &self.events[at]), at));
                match alignment {
                    Alignment::First => scored.min_by_key(|(_, at)| *at).map(|(right, _)| right),
                    Alignment::Best => {
                        let (right, at) = scored.max_by_key(|(r, at)| (r.count(), usize::MAX - at))?;
                        free.retain(|f| *f != at);
                        self.show(incident, &self.events[at], right);
                        Some(right)
                    }
                }
            })
            .collect()
    }

    fn compare(&self, incident: &Value, event: &Event) -> Right {
        let told = incident["location_raw"].as_str().unwrap();
        let mention = event.destination.or(event.place.map(|p| p.mention)).map(|m| &self.mentions[m]);
        let place = mention.and_then(|m| m.place).and_then(|p| self.gazetteer.place(p));
        let known = told.chars().any(char::is_alphabetic);
        let named = event.destination.or(event.place.map(|p| p.named())).map(|m| &self.mentions[m]);
        let surface = named.map_or("", |m| m.surface(self.text));
        Right {
            country: known.then(|| countries(told).any(|name| self.is_in(place, name))),
            finest: known.then(|| finest(told).any(|name| self.is_named(surface, place, name))),
            day: days(incident["date"].as_str().unwrap_or("")).map(|days| is_near(event, days)),
        }
    }

    /// With the variable SHOW set, tells what is wrong.
    fn show(&self, incident: &Value, event: &Event, right: Right) {
        if right.finest.is_none() || std::env::var_os("SHOW").is_none() {
            return;
        }
        let mention = event.destination.or(event.place.map(|p| p.mention)).map(|m| &self.mentions[m]);
        eprintln!(
            "{:?} {} told {} found {:?} {:?} {:?}: «{}» in «{}»",
            right.finest.unwrap(),
            incident["type"].as_str().unwrap(),
            incident["location_raw"].as_str().unwrap(),
            mention.map(|m| m.surface(self.text)),
            mention.and_then(|m| m.place).and_then(|p| self.gazetteer.place(p)).map(|p| p.name),
            event.place.map(|p| p.basis),
            &self.text[event.trigger.clone()],
            self.text[event.passage.clone()].replace('\n', " "),
        );
    }

    /// Whether the place lies in the country of that name.
    fn is_in(&self, place: Option<Place<'_>>, country: &str) -> bool {
        let lands = self.gazetteer.lookup(&fold(country));
        let code = lands.filter_map(|h| self.gazetteer.place(h.place)).find(|p| p.kind.starts_with("A.PCL"));
        place.zip(code).is_some_and(|(place, land)| place.country == land.country)
    }

    /// Whether the place is the one of that name, or is called so in the text.
    fn is_named(&self, surface: &str, place: Option<Place<'_>>, name: &str) -> bool {
        let name = fold(name);
        let is = |p: PlaceIndex| self.gazetteer.lookup(&name).any(|hit| hit.place == p);
        !name.is_empty() && (fold(surface) == name || place.is_some_and(|p| is(p.index)))
    }
}

/// The countries of a record's place: "EL SALVADOR: APOPA (CITY)", "COLOMBIA / VENEZUELA".
fn countries(told: &str) -> impl Iterator<Item = &str> {
    told.split('/').filter_map(|one| one.split(':').next()).map(name_of)
}

/// The closest places of a record: both of "SAN MARTIN (CITY) - SUCHITOTO (CITY)".
fn finest(told: &str) -> impl Iterator<Item = &str> {
    told.split('/').flat_map(|one| one.split(" - ")).filter_map(|one| one.split(':').next_back()).map(name_of)
}

/// A name without its kind: "APOPA" of "APOPA (CITY)".
fn name_of(told: &str) -> &str {
    let told = told.trim_matches(|c: char| !c.is_alphabetic() && c != ')');
    told.rsplit_once(" (").map_or(told, |(name, _)| name).trim()
}

/// First and last possible day of a record's date: "13 JUL 89", "17 JUN 89 - 20 JUN 89"; of "- 26
/// SEP 89", by that day at the latest, that day.
fn days(text: &str) -> Option<(Date, Date)> {
    let mut days = text.split('-').filter_map(day);
    let first = days.next()?;
    Some((first, days.next().unwrap_or(first)))
}

fn day(text: &str) -> Option<Date> {
    Date::strptime("%d %b %y", text.trim()).ok()
}

/// Whether the event began within a day of those days.
fn is_near(event: &Event, (first, last): (Date, Date)) -> bool {
    event.date.is_some_and(|d| (first - d.start).get_days() <= 1 && (d.start - last).get_days() <= 1)
}

/// Shares of the incidents found of which country, finest place and day are right.
#[derive(Debug, Default)]
pub struct Shares([(usize, usize); 3]);

impl Shares {
    /// Counts one incident.
    pub fn add(&mut self, right: Right) {
        for (sum, told) in self.0.iter_mut().zip([right.country, right.finest, right.day]) {
            sum.0 += usize::from(told == Some(true));
            sum.1 += usize::from(told.is_some());
        }
    }
}

impl std::fmt::Display for Shares {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for ((right, all), name) in self.0.iter().zip(["country", "finest place", "day"]) {
            write!(f, "{name} {:.3} of {all}  ", *right as f64 / (*all).max(1) as f64)?;
        }
        Ok(())
    }
}

#[test]
fn places_of_records_are_read() {
    let both = |told| (countries(told).collect::<Vec<_>>(), finest(told).collect::<Vec<_>>());
    assert_eq!(both("EL SALVADOR: APOPA (CITY)"), (vec!["EL SALVADOR"], vec!["APOPA"]));
    assert_eq!(both("? COLOMBIA"), (vec!["COLOMBIA"], vec!["COLOMBIA"]));
    assert_eq!(both("PERU: ANTA (TOWN) - LIMA (CITY)"), (vec!["PERU"], vec!["ANTA", "LIMA"]));
    let two = "(PERU: ANTA (TOWN)) / (PERU: LIMA (CITY))";
    assert_eq!(both(two), (vec!["PERU", "PERU"], vec!["ANTA", "LIMA"]));
}

#[test]
fn dates_of_records_are_read() {
    let date = |text: &str| day(text).unwrap();
    assert_eq!(days("13 JUL 89"), Some((date("13 Jul 89"), date("13 Jul 89"))));
    assert_eq!(days("17 JUN 89 - 20 JUN 89"), Some((date("17 Jun 89"), date("20 Jun 89"))));
    assert_eq!(days("- 26 SEP 89"), Some((date("26 Sep 89"), date("26 Sep 89"))));
    assert_eq!(days("-"), None);
    assert_eq!(date("26 Sep 89").year(), 1989);
}
