//! Features of a GeoJSON file (RFC 7946): their point, or the middle of their box.

use serde_json::Value;

use super::row::{Row, country, point};
use crate::places::LonLat;

/// Properties that hold the name, the id, other names, the country.
const NAME: &[&str] = &["name", "Name", "NAME", "name_en", "title", "label", "place", "toponym"];
const NAMES: &[&str] = &["names", "other_names", "alternatenames", "aliases", "alt_name"];
const COUNTRY: &[&str] = &["country", "country_code", "iso2", "ISO_A2", "cc"];
const POPULATION: &[&str] = &["population", "pop", "POP"];

/// The features of a document.
///
/// # Errors
/// Where it is no feature, no collection of them and no geometry.
pub fn features(document: &Value) -> Result<Vec<&Value>, String> {
    match document.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => {
            Ok(document.get("features").and_then(Value::as_array).into_iter().flatten().collect())
        }
        Some("Feature") => Ok(vec![document]),
        other => Err(format!("this is no GeoJSON with features: its type is {other:?}")),
    }
}

/// Reads a feature; `number` is its id where it has none.
pub fn row(feature: &Value, number: u64) -> Result<Row, String> {
    let empty = Value::Null;
    let properties = feature.get("properties").unwrap_or(&empty);
    let text = |keys: &[&str]| {
        keys.iter().find_map(|key| properties.get(*key).and_then(Value::as_str)).unwrap_or("").trim()
    };
    let mut names = vec![text(NAME).to_owned()];
    names.extend(text(NAMES).split(['|', ';']).map(|n| n.trim().to_owned()));
    names.retain(|n| !n.is_empty());
    let population = POPULATION.iter().find_map(|key| properties.get(*key)).and_then(Value::as_u64);
    let id = feature.get("id").or_else(|| properties.get("id"));
    Ok(Row {
        id: match id {
            Some(Value::String(id)) if !id.is_empty() => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => number.to_string(),
        },
        names,
        at: middle(feature.get("geometry").unwrap_or(&empty))?,
        kind: String::new(),
        country: country(text(COUNTRY)),
        divisions: Vec::new(),
        population: population.map_or(0, |p| u32::try_from(p).unwrap_or(u32::MAX)),
    })
}

/// A point as it is, anything else by the middle of its box.
fn middle(geometry: &Value) -> Result<LonLat, String> {
    let mut bounds: Option<[f64; 4]> = None;
    let mut open = vec![geometry.get("coordinates").ok_or("there is no geometry")?];
    while let Some(Value::Array(items)) = open.pop() {
        match items.as_slice() {
            [Value::Number(lon), Value::Number(lat), ..] => {
                let (lon, lat) = (lon.as_f64().unwrap_or(f64::NAN), lat.as_f64().unwrap_or(f64::NAN));
                let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
                bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
            }
            inner => open.extend(inner),
        }
    }
    let [west, south, east, north] = bounds.ok_or("the geometry has no coordinates")?;
    point(&f64::midpoint(south, north).to_string(), &f64::midpoint(west, east).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn points_and_areas_are_read() {
        let file = json!({"type": "FeatureCollection", "features": [
            {"type": "Feature", "id": 5, "properties": {"name": "Camp"}, "geometry": {"type": "Point", "coordinates": [69.2, 34.1]}},
            {"type": "Feature", "properties": {"name": "Field", "population": 9},
             "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 4], [0, 0]]]}},
        ]});
        let found: Vec<Row> = features(&file).unwrap().into_iter().map(|f| row(f, 7).unwrap()).collect();
        assert_eq!((found[0].id.as_str(), found[0].at), ("5", LonLat::new(69.2, 34.1)));
        assert_eq!((found[1].id.as_str(), found[1].at, found[1].population), ("7", LonLat::new(1.0, 2.0), 9));
    }

    #[test]
    fn what_has_no_point_is_told() {
        assert!(row(&json!({"type": "Feature", "properties": {"name": "x"}, "geometry": null}), 1).is_err());
        assert!(features(&json!({"type": "Topology"})).is_err());
    }
}
