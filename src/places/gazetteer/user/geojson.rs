//! Features of a GeoJSON file (RFC 7946), read one by one: their point, or the middle of their box.

use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::row::{Row, country, point};
use crate::places::LonLat;

/// Properties that hold the name, the id, other names, the country.
const NAME: &[&str] = &["name", "Name", "NAME", "name_en", "title", "label", "place", "toponym"];
const NAMES: &[&str] = &["names", "other_names", "alternatenames", "aliases", "alt_name"];
const COUNTRY: &[&str] = &["country", "country_code", "iso2", "ISO_A2", "cc"];
const KIND: &[&str] = &["kind", "feature_code", "fcode"];
const POPULATION: &[&str] = &["population", "pop", "POP"];

/// Why the features end before the file does.
#[derive(Debug)]
pub enum Stop<E> {
    /// The file is no GeoJSON, or broken.
    Broken(serde_json::Error),
    /// Whoever takes the features wants no more.
    Taker(E),
}

/// Hands the features of a file to `take` one after the other: those of a collection, of a single
/// feature, or of several such behind each other (RFC 8142 without its separators).
///
/// # Errors
/// See [`Stop`].
pub fn each<E>(reader: impl Read, mut take: impl FnMut(&Value) -> Result<(), E>) -> Result<(), Stop<E>> {
    let mut failed = None;
    let mut sink = |feature: &Value| match take(feature) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    };
    let mut text = serde_json::Deserializer::from_reader(reader);
    let read = loop {
        match Document(&mut sink).deserialize(&mut text) {
            Ok(()) if text.end().is_ok() => break Ok(()),
            Ok(()) => {}
            Err(error) => break Err(error),
        }
    };
    match (failed, read) {
        (Some(error), _) => Err(Stop::Taker(error)),
        (None, Err(error)) => Err(Stop::Broken(error)),
        (None, Ok(())) => Ok(()),
    }
}

/// Takes a feature; false for no more.
type Sink<'a> = dyn FnMut(&Value) -> bool + 'a;

/// A collection or a feature.
struct Document<'a, 's>(&'a mut Sink<'s>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<(), D::Error> {
        text.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON feature or collection of features")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut feature, mut collection) = (Map::new(), false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    collection = true;
                    map.next_value_seed(Features(&mut *self.0))?;
                }
                "type" | "id" | "properties" | "geometry" => {
                    feature.insert(key, map.next_value()?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let what = feature.get("type").and_then(Value::as_str).unwrap_or("none").to_owned();
        match what.as_str() {
            "FeatureCollection" if collection => Ok(()),
            "Feature" if self.0(&Value::Object(feature)) => Ok(()),
            "Feature" => Err(A::Error::custom("stopped")),
            other => Err(A::Error::custom(format!("this has no features: its type is {other}"))),
        }
    }
}

/// The list of a collection.
struct Features<'a, 's>(&'a mut Sink<'s>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<(), D::Error> {
        text.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(feature) = list.next_element::<Value>()? {
            if !self.0(&feature) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
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
        kind: super::table::kind(text(KIND)),
        country: country(text(COUNTRY)),
        divisions: Vec::new(),
        population: population.map_or(0, |p| u32::try_from(p).unwrap_or(u32::MAX)),
    })
}

/// A point as it is, anything else by the middle of its box.
fn middle(geometry: &Value) -> Result<LonLat, String> {
    let mut bounds: Option<[f64; 4]> = None;
    let mut open: Vec<&Value> = geometry.get("coordinates").into_iter().collect();
    let parts = geometry.get("geometries").and_then(Value::as_array);
    open.extend(parts.into_iter().flatten().filter_map(|part| part.get("coordinates")));
    if open.is_empty() {
        return Err("there is no geometry".to_owned());
    }
    while let Some(value) = open.pop() {
        let Value::Array(items) = value else { continue };
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

    fn rows(file: &str) -> Result<Vec<Row>, String> {
        let mut out = Vec::new();
        let read = each(file.as_bytes(), |feature| row(feature, 7).map(|row| out.push(row)));
        read.map(|()| out).map_err(|stop| match stop {
            Stop::Broken(error) => format!("broken: {error}"),
            Stop::Taker(error) => error,
        })
    }

    #[test]
    fn points_and_areas_are_read() {
        let file = json!({"type": "FeatureCollection", "crs": {"type": "name"}, "features": [
            {"type": "Feature", "id": 5, "properties": {"name": "Camp"}, "geometry": {"type": "Point", "coordinates": [69.2, 34.1]}},
            {"type": "Feature", "properties": {"name": "Field", "population": 9},
             "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 4], [0, 0]]]}},
            {"type": "Feature", "properties": {"name": "Both"}, "geometry": {"type": "GeometryCollection", "geometries": [
                {"type": "Point", "coordinates": [1, 1]}, {"type": "Point", "coordinates": [3, 5]}]}},
        ]});
        let found = rows(&file.to_string()).unwrap();
        assert_eq!((found[0].id.as_str(), found[0].at), ("5", LonLat::new(69.2, 34.1)));
        assert_eq!((found[1].id.as_str(), found[1].at, found[1].population), ("7", LonLat::new(1.0, 2.0), 9));
        assert_eq!(found[2].at, LonLat::new(2.0, 3.0));
    }

    #[test]
    fn features_may_stand_behind_each_other() {
        let one = json!({"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Point", "coordinates": [1, 2]}});
        assert_eq!(rows(&format!("{one}\n{one}\n")).unwrap().len(), 2);
    }

    #[test]
    fn what_has_no_point_is_told() {
        assert!(row(&json!({"type": "Feature", "properties": {"name": "x"}, "geometry": null}), 1).is_err());
        assert!(rows(r#"{"type": "Topology"}"#).unwrap_err().contains("Topology"));
        assert!(
            rows(r#"{"type": "FeatureCollection", "features": 7}"#)
                .unwrap_err()
                .contains("a list of features")
        );
        let cut = rows(r#"{"type": "FeatureCollection", "features": ["#).unwrap_err();
        assert!(cut.contains("EOF"), "{cut}");
        let swapped = json!({"properties": {"name": "x"}, "geometry": {"coordinates": [34.1, 169.2]}});
        assert!(row(&swapped, 1).unwrap_err().contains("latitude"));
    }

    #[test]
    fn who_takes_them_can_stop() {
        let one = r#"{"type": "Feature"}"#;
        let mut taken = 0;
        let stopped = each(format!("{one}{one}{one}").as_bytes(), |_| {
            taken += 1;
            if taken == 2 { Err("enough") } else { Ok(()) }
        });
        assert!(matches!(stopped, Err(Stop::Taker("enough"))) && taken == 2);
    }
}
