//! Events, mentions and places as tables: the one list of columns behind CSV and GeoPackage.

use std::collections::BTreeMap;

use super::codes::Codes;
use super::event_row::{EventRow, Rows, TextSpan, Waypoint};
use super::jsonl::article_id;
use super::toponym::{Toponym, known, share};
use crate::article::Article;
use crate::events::{Event, summary};
use crate::places::{Gazetteer, Mention, Place, PlaceIndex, Precision};
use crate::project::{EventRef, Group, Groups, Project, ReviewStatus};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A number with a fraction.
    Real,
    /// A whole number.
    Int,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known.
    Null,
    /// Text as it is.
    Text(String),
    /// A number with a fraction.
    Real(f64),
    /// A whole number.
    Int(i64),
}

/// Rows under fixed columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// "events", "mentions" or "places".
    pub name: &'static str,
    /// Name and kind of each column.
    pub columns: Vec<(&'static str, ColumnKind)>,
    /// One cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Longitude and latitude of each row; `None` where it has no place.
    pub points: Vec<Option<(f64, f64)>>,
}

/// A column: name, kind, and how a row's value is had from `T`.
struct Column<T>(&'static str, ColumnKind, fn(&T) -> Cell);

/// An event with all that its row tells.
struct EventIn<'a> {
    number: usize,
    article: &'a Article,
    event: &'a Event,
    row: EventRow<'a>,
    place: Option<(&'a Mention, Place<'a>)>,
    precision: Option<Precision>,
    review: Option<ReviewStatus>,
    summary: String,
    group: Option<&'a Group>,
}

/// A mention with all that its row tells.
struct MentionIn<'a> {
    number: usize,
    index: usize,
    review: ReviewStatus,
    article: &'a Article,
    mention: &'a Mention,
    row: Toponym<'a>,
    passage: &'a str,
}

/// A place with what leads to it.
struct PlaceIn<'a> {
    place: Place<'a>,
    mentions: i64,
    events: i64,
    articles: i64,
}

/// One row an event, placed or not.
pub fn events(project: &Project, gazetteer: &Gazetteer) -> Table {
    let mut rows = Vec::new();
    let groups = Groups::of_project(project, gazetteer);
    for (number, analysed) in project.articles.iter().enumerate() {
        let (article, found) = (&analysed.article, &analysed.findings);
        let parts = Rows::new(analysed, gazetteer);
        for (index, (event, row)) in found.events.iter().zip(parts.events()).enumerate() {
            let place = event.place.and_then(|p| parts.mention(p.mention));
            rows.push(EventIn {
                number,
                article,
                event,
                row,
                place: place.and_then(|(m, p)| Some((m, p?))),
                precision: event.place.and_then(|p| p.precision(&found.mentions)),
                review: event.place.map(|p| analysed.review(p.mention)),
                summary: summary(event, article, &found.mentions),
                group: groups.get(EventRef { article: number, event: index }),
            });
        }
    }
    table("events", &event_columns(), &rows, |e| Some((e.row.lon?, e.row.lat?)))
}

/// One row a mention, resolved or not.
pub fn mentions(project: &Project, gazetteer: &Gazetteer) -> Table {
    let mut rows = Vec::new();
    for (number, analysed) in project.articles.iter().enumerate() {
        let (article, found) = (&analysed.article, &analysed.findings);
        let parts = Rows::new(analysed, gazetteer);
        for (index, mention) in found.mentions.iter().enumerate() {
            let row = Toponym::new(mention, &article.text, parts.offsets(), gazetteer, 0);
            let sentence = found.segmentation.sentence_at(mention.range.start);
            let passage = sentence.and_then(|s| article.text.get(found.segmentation.sentence_bytes(s)));
            let (review, passage) = (analysed.review(index), passage.unwrap_or(""));
            rows.push(MentionIn { number, index, review, article, mention, row, passage });
        }
    }
    table("mentions", &mention_columns(), &rows, |m| Some((m.row.lon?, m.row.lat?)))
}

/// One row a place that is named, in order of the gazetteer: most important first.
pub fn places(project: &Project, gazetteer: &Gazetteer) -> Table {
    let mut counts: BTreeMap<PlaceIndex, [i64; 3]> = BTreeMap::new();
    for analysed in &project.articles {
        let found = &analysed.findings;
        let mut here: Vec<PlaceIndex> = found.mentions.iter().filter_map(|m| m.place).collect();
        here.iter().for_each(|place| counts.entry(*place).or_default()[0] += 1);
        let placed = found.events.iter().filter_map(|e| found.mentions.get(e.place?.mention)?.place);
        placed.for_each(|place| counts.entry(place).or_default()[1] += 1);
        here.sort();
        here.dedup();
        here.iter().for_each(|place| counts.entry(*place).or_default()[2] += 1);
    }
    let rows: Vec<PlaceIn<'_>> = counts
        .into_iter()
        .filter_map(|(index, [mentions, events, articles])| {
            gazetteer.place(index).map(|place| PlaceIn { place, mentions, events, articles })
        })
        .collect();
    table("places", &place_columns(), &rows, |p| Some((p.place.at.lon, p.place.at.lat)))
}

fn table<T>(
    name: &'static str,
    columns: &[Column<T>],
    rows: &[T],
    point: impl Fn(&T) -> Option<(f64, f64)>,
) -> Table {
    Table {
        name,
        columns: columns.iter().map(|c| (c.0, c.1)).collect(),
        rows: rows.iter().map(|row| columns.iter().map(|c| (c.2)(row)).collect()).collect(),
        points: rows.iter().map(point).collect(),
    }
}

use ColumnKind::{Int, Real, Text};

fn event_columns<'a>() -> Vec<Column<EventIn<'a>>> {
    vec![
        Column("event_id", Text, |e| text(format!("a{}{}", e.number + 1, e.row.id))),
        Column("summary", Text, |e| text(&e.summary)),
        Column("type", Text, |e| text(e.row.kind)),
        Column("mode", Text, |e| maybe(e.row.mode)),
        Column("status", Text, |e| text(e.row.status)),
        Column("actors", Text, |e| spans(&e.row.actors)),
        Column("recipients", Text, |e| spans(&e.row.recipients)),
        Column("attributed_to", Text, |e| maybe(e.row.attributed_to.as_ref().map(|s| s.text))),
        Column("place_name", Text, |e| maybe(e.row.place_name)),
        Column("place_id", Text, |e| maybe(e.row.place_id.as_deref())),
        Column("lat", Real, |e| real(e.row.lat)),
        Column("lon", Real, |e| real(e.row.lon)),
        Column("country", Text, |e| maybe(e.row.country)),
        Column("admin1", Text, |e| maybe(e.place.and_then(|(_, p)| known(p.admin1)))),
        Column("place_kind", Text, |e| maybe(e.place.map(|(_, p)| p.kind))),
        Column("place_precision", Text, |e| maybe(e.row.place_precision)),
        Column("ucdp_where_prec", Int, |e| int(e.place_codes().map(|c| c.ucdp))),
        Column("acled_geo_precision", Int, |e| int(e.place_codes().and_then(|c| c.acled))),
        Column("place_basis", Text, |e| maybe(e.row.place_basis)),
        Column("place_told", Text, |e| maybe(e.row.place_told)),
        Column("place_score", Real, |e| real(e.place.map(|(m, _)| share(m.score)))),
        Column("origin_name", Text, |e| waypoint(e.row.origin.as_ref())),
        Column("origin_lat", Real, |e| real(e.row.origin.as_ref().and_then(|w| w.lat))),
        Column("origin_lon", Real, |e| real(e.row.origin.as_ref().and_then(|w| w.lon))),
        Column("destination_name", Text, |e| waypoint(e.row.destination.as_ref())),
        Column("destination_lat", Real, |e| real(e.row.destination.as_ref().and_then(|w| w.lat))),
        Column("destination_lon", Real, |e| real(e.row.destination.as_ref().and_then(|w| w.lon))),
        Column("date_start", Text, |e| maybe(e.row.date_start.as_deref())),
        Column("date_end", Text, |e| maybe(e.row.date_end.as_deref())),
        Column("date_precision", Text, |e| maybe(e.row.date_precision)),
        Column("ucdp_date_prec", Int, |e| int(e.date_codes().map(|c| c.ucdp))),
        Column("acled_time_precision", Int, |e| int(e.date_codes().and_then(|c| c.acled))),
        Column("date_basis", Text, |e| maybe(e.row.date_basis)),
        Column("killed", Int, |e| int(e.row.size.and_then(|s| s.killed))),
        Column("wounded", Int, |e| int(e.row.size.and_then(|s| s.wounded))),
        Column("arrested", Int, |e| int(e.row.size.and_then(|s| s.arrested))),
        Column("confidence", Real, |e| real(Some(e.row.confidence))),
        Column("trigger", Text, |e| text(e.row.trigger.text)),
        Column("passage", Text, |e| {
            text(one_line(e.article.text.get(e.event.passage.clone()).unwrap_or("")))
        }),
        Column("passage_start", Int, |e| int(Some(e.row.sentence_start as u64))),
        Column("passage_end", Int, |e| int(Some(e.row.sentence_end as u64))),
        Column("article", Text, |e| text(article_id(e.article))),
        Column("title", Text, |e| maybe(e.article.title.as_deref())),
        Column("outlet", Text, |e| maybe(e.article.outlet.as_deref())),
        Column("published", Text, |e| maybe(e.article.published.map(|d| d.to_string()).as_deref())),
        Column("group_id", Text, |e| maybe(e.group.and_then(group_id).as_deref())),
        Column("reports", Int, |e| int(e.group.map(|g| g.reports.len() as u64))),
        Column("outlets", Int, |e| int(e.group.map(|g| g.outlets as u64))),
        Column("place_review", Text, |e| maybe(e.review.map(ReviewStatus::name))),
    ]
}

/// The id of a group: that of its first report.
pub fn group_id(group: &Group) -> Option<String> {
    group.reports.first().map(|r| format!("a{}e{}", r.article + 1, r.event + 1))
}

fn mention_columns<'a>() -> Vec<Column<MentionIn<'a>>> {
    vec![
        Column("mention_id", Text, |m| text(format!("a{}m{}", m.number + 1, m.index + 1))),
        Column("surface", Text, |m| text(one_line(m.row.surface))),
        Column("role", Text, |m| text(m.row.role)),
        Column("place_name", Text, |m| maybe(m.row.name)),
        Column("place_id", Text, |m| maybe(m.row.place_id.as_deref())),
        Column("lat", Real, |m| real(m.row.lat)),
        Column("lon", Real, |m| real(m.row.lon)),
        Column("country", Text, |m| maybe(m.row.country)),
        Column("admin1", Text, |m| maybe(m.row.admin1)),
        Column("place_kind", Text, |m| maybe(m.row.kind)),
        Column("place_precision", Text, |m| maybe(m.row.precision)),
        Column("ucdp_where_prec", Int, |m| int(m.codes().map(|c| c.ucdp))),
        Column("acled_geo_precision", Int, |m| int(m.codes().and_then(|c| c.acled))),
        Column("score", Real, |m| real(Some(m.row.score))),
        Column("candidates", Int, |m| int(Some(m.mention.candidates.len() as u64))),
        Column("reasons", Text, |m| text(m.reasons())),
        Column("start", Int, |m| int(Some(m.row.start as u64))),
        Column("end", Int, |m| int(Some(m.row.end as u64))),
        Column("passage", Text, |m| text(one_line(m.passage))),
        Column("article", Text, |m| text(article_id(m.article))),
        Column("title", Text, |m| maybe(m.article.title.as_deref())),
        Column("published", Text, |m| maybe(m.article.published.map(|d| d.to_string()).as_deref())),
        Column("review", Text, |m| text(m.review.name())),
    ]
}

fn place_columns<'a>() -> Vec<Column<PlaceIn<'a>>> {
    vec![
        Column("place_id", Text, |p| text(p.place.id.to_string())),
        Column("name", Text, |p| text(p.place.name)),
        Column("lat", Real, |p| real(Some(p.place.at.lat))),
        Column("lon", Real, |p| real(Some(p.place.at.lon))),
        Column("kind", Text, |p| text(p.place.kind)),
        Column("country", Text, |p| maybe(known(p.place.country))),
        Column("admin1", Text, |p| maybe(known(p.place.admin1))),
        Column("admin2", Text, |p| maybe(known(p.place.admin2))),
        Column("population", Int, |p| int(Some(p.place.population).filter(|n| *n > 0))),
        Column("mentions", Int, |p| Cell::Int(p.mentions)),
        Column("events", Int, |p| Cell::Int(p.events)),
        Column("articles", Int, |p| Cell::Int(p.articles)),
    ]
}

impl EventIn<'_> {
    fn place_codes(&self) -> Option<Codes> {
        self.precision.map(Codes::of_place)
    }

    fn date_codes(&self) -> Option<Codes> {
        self.event.date.map(|d| Codes::of_date(d.precision))
    }
}

impl MentionIn<'_> {
    fn codes(&self) -> Option<Codes> {
        self.mention.place.and(self.mention.precision).map(Codes::of_place)
    }

    /// Why the chosen place was chosen.
    fn reasons(&self) -> String {
        let chosen = self.mention.candidates.iter().find(|c| Some(c.place) == self.mention.place);
        let reasons = chosen.map(|c| c.reasons.iter().map(ToString::to_string).collect::<Vec<_>>());
        reasons.unwrap_or_default().join("; ")
    }
}

fn text(value: impl Into<String>) -> Cell {
    Cell::Text(value.into())
}

fn maybe(value: Option<&str>) -> Cell {
    value.map_or(Cell::Null, text)
}

fn real(value: Option<f64>) -> Cell {
    value.map_or(Cell::Null, Cell::Real)
}

fn int(value: Option<impl TryInto<i64>>) -> Cell {
    value.and_then(|n| n.try_into().ok()).map_or(Cell::Null, Cell::Int)
}

fn waypoint(value: Option<&Waypoint<'_>>) -> Cell {
    maybe(value.map(|w| w.place_name))
}

fn spans(values: &[TextSpan<'_>]) -> Cell {
    let words: Vec<String> = values.iter().map(|s| one_line(s.text)).collect();
    if words.is_empty() { Cell::Null } else { text(words.join("; ")) }
}

/// Line breaks of the source's wrapping into spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn value(table: &Table, row: usize, column: &str) -> Cell {
        let at = table.columns.iter().position(|(name, _)| *name == column).unwrap();
        table.rows[row][at].clone()
    }

    #[test]
    fn events_carry_place_codes_and_passage() {
        let table = events(&fixture::project(), fixture::gazetteer());
        assert_eq!(value(&table, 0, "event_id"), text("a1e1"));
        assert_eq!(value(&table, 0, "ucdp_where_prec"), Cell::Int(1));
        assert_eq!(value(&table, 0, "acled_time_precision"), Cell::Int(1));
        assert_eq!(value(&table, 0, "killed"), Cell::Int(3));
        assert_eq!(value(&table, 0, "place_review"), text("unreviewed"));
        assert_eq!(
            value(&table, 0, "passage"),
            text("Fünf Bomben & <Raketen> hit Kabul on Sunday, killing 3.")
        );
        assert_eq!(value(&table, 1, "lat"), Cell::Null);
        assert_eq!(table.points[1], None);
        assert!(matches!(value(&table, 1, "destination_lat"), Cell::Real(_)));
    }

    #[test]
    fn every_mention_has_a_row_and_every_place_one() {
        let (project, gazetteer) = (fixture::project(), fixture::gazetteer());
        let mentions = mentions(&project, gazetteer);
        assert_eq!(mentions.rows.len(), 3);
        assert_eq!(value(&mentions, 1, "ucdp_where_prec"), Cell::Int(6));
        assert_eq!(value(&mentions, 1, "acled_geo_precision"), Cell::Null);
        assert_eq!(value(&mentions, 2, "place_id"), Cell::Null);
        let places = places(&project, gazetteer);
        assert_eq!(places.rows.len(), 2);
        let kabul = (0..2).find(|i| value(&places, *i, "place_id") == text("geonames:1138958")).unwrap();
        assert_eq!(value(&places, kabul, "events"), Cell::Int(1));
    }

    #[test]
    fn each_row_has_a_cell_of_its_columns_kind() {
        let (project, gazetteer) = (fixture::project(), fixture::gazetteer());
        for table in [events(&project, gazetteer), mentions(&project, gazetteer), places(&project, gazetteer)]
        {
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len());
                for ((name, kind), cell) in table.columns.iter().zip(row) {
                    let fits = match cell {
                        Cell::Null => true,
                        Cell::Text(_) => *kind == Text,
                        Cell::Real(_) => *kind == Real,
                        Cell::Int(_) => *kind == Int,
                    };
                    assert!(fits, "{}.{name}", table.name);
                }
            }
        }
    }
}
