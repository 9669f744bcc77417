//! GeoJSON (RFC 7946): one feature an event.

use serde::Serialize;

use super::codes::Codes;
use super::event_row::{EventRow, Rows};
use super::jsonl::article_id;
use super::table::{group_id, one_line};
use crate::events::{Event, summary};
use crate::places::Gazetteer;
use crate::project::{Analysed, EventRef, Group, Groups, Project, RunRecord};

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    /// The run record, a foreign member (RFC 7946, section 6.1).
    dateline: &'a RunRecord,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    geometry: Option<Point>,
    properties: Properties<'a>,
}

/// Longitude first, as the RFC asks.
#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    summary: String,
    #[serde(flatten)]
    event: EventRow<'a>,
    ucdp_where_prec: Option<u8>,
    acled_geo_precision: Option<u8>,
    ucdp_date_prec: Option<u8>,
    acled_time_precision: Option<u8>,
    group_id: Option<String>,
    reports: Option<usize>,
    outlets: Option<usize>,
    place_review: Option<&'static str>,
    passage: String,
    article: String,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<String>,
}

/// The events of a project. An event without a place has a null geometry; a movement's origin and
/// destination stand in its properties.
pub fn render(project: &Project, gazetteer: &Gazetteer, record: &RunRecord) -> String {
    let mut features = Vec::new();
    let groups = Groups::of_project(project, gazetteer);
    for (number, analysed) in project.articles.iter().enumerate() {
        let rows = Rows::new(analysed, gazetteer);
        for (index, (event, row)) in analysed.findings.events.iter().zip(rows.events()).enumerate() {
            let group = groups.get(EventRef { article: number, event: index });
            features.push(feature(number, analysed, event, row, group));
        }
    }
    let collection = Collection { kind: "FeatureCollection", dateline: record, features };
    serde_json::to_string_pretty(&collection).unwrap_or_default() + "\n"
}

fn feature<'a>(
    number: usize,
    analysed: &'a Analysed,
    event: &'a Event,
    row: EventRow<'a>,
    group: Option<&Group>,
) -> Feature<'a> {
    let (article, mentions) = (&analysed.article, &analysed.findings.mentions);
    let precision = event.place.and_then(|p| p.precision(mentions));
    let (place, date) = (precision.map(Codes::of_place), event.date.map(|d| Codes::of_date(d.precision)));
    let point = |(lon, lat)| Point { kind: "Point", coordinates: [lon, lat] };
    Feature {
        kind: "Feature",
        id: format!("a{}{}", number + 1, row.id),
        geometry: row.lon.zip(row.lat).map(point),
        properties: Properties {
            summary: summary(event, article, mentions),
            ucdp_where_prec: place.map(|c| c.ucdp),
            acled_geo_precision: place.and_then(|c| c.acled),
            ucdp_date_prec: date.map(|c| c.ucdp),
            acled_time_precision: date.and_then(|c| c.acled),
            group_id: group.and_then(group_id),
            reports: group.map(|g| g.reports.len()),
            outlets: group.map(|g| g.outlets),
            place_review: event.place.map(|p| analysed.review(p.mention).name()),
            passage: one_line(article.text.get(event.passage.clone()).unwrap_or("")),
            article: article_id(article),
            title: article.title.as_deref(),
            outlet: article.outlet.as_deref(),
            published: article.published.map(|d| d.to_string()),
            event: row,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use serde_json::Value;

    #[test]
    fn one_feature_an_event_with_the_run_record_beside() {
        let text = render(&fixture::project(), fixture::gazetteer(), &fixture::record());
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["type"], "FeatureCollection");
        assert_eq!(json["dateline"]["articles"], 1);
        assert_eq!(json["dateline"]["gazetteer"]["sha256"].as_str().unwrap().len(), 64);
        let features = json["features"].as_array().unwrap();
        assert_eq!(features.len(), 2);
        let kabul = &features[0]["geometry"]["coordinates"];
        assert!((kabul[0].as_f64().unwrap() - 69.17).abs() < 0.1, "longitude first: {kabul}");
        assert_eq!(features[0]["properties"]["type"], "ASSAULT");
        assert_eq!(features[0]["properties"]["ucdp_where_prec"], 1);
        assert!(features[1]["geometry"].is_null());
        assert_eq!(features[1]["properties"]["destination"]["place_precision"], "country");
    }

    #[test]
    fn an_empty_project_is_an_empty_collection() {
        let text = render(&Project::default(), fixture::gazetteer(), &fixture::record());
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["features"], Value::Array(Vec::new()));
    }
}
