//! Mapbox Vector Tiles 2.1: layers of features with tags and outlines.

use super::protobuf::{Message, Value, packed};

/// What a feature's outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Single points.
    Point,
    /// Open lines.
    Line,
    /// Closed rings, filled by the even-odd rule.
    Polygon,
}

/// One thing on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// What its outline is.
    pub shape: Shape,
    /// Tags as text.
    pub tags: Vec<(String, String)>,
    /// Points of each line or ring, in units of the layer.
    pub parts: Vec<Vec<[i32; 2]>>,
}

impl Feature {
    /// The value of a tag; empty where there is none.
    pub fn tag(&self, key: &str) -> &str {
        self.tags.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.as_str())
    }
}

/// Features of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// "water", "roads" …
    pub name: String,
    /// Units a side of the tile.
    pub extent: u32,
    /// The features, in the order they are drawn.
    pub features: Vec<Feature>,
}

/// The most points read of one tile: a hostile one may not fill the memory.
const MOST_POINTS: usize = 2_000_000;

/// Reads a tile. Features that make no sense are left out; `None` where no layer is found and
/// the bytes are not empty.
pub fn layers(bytes: &[u8]) -> Option<Vec<Layer>> {
    let (mut message, mut out, mut points) = (Message::new(bytes), Vec::new(), 0);
    while let Some((number, value)) = message.field() {
        if let (3, Value::Bytes(bytes)) = (number, value) {
            out.extend(layer(bytes, &mut points));
        }
    }
    (message.is_done() && (bytes.is_empty() || !out.is_empty())).then_some(out)
}

fn layer(bytes: &[u8], points: &mut usize) -> Option<Layer> {
    let mut message = Message::new(bytes);
    let (mut name, mut extent) = (String::new(), 4096);
    let (mut keys, mut values, mut features) = (Vec::new(), Vec::new(), Vec::new());
    while let Some((number, value)) = message.field() {
        match (number, value) {
            (1, Value::Bytes(text)) => name = String::from_utf8_lossy(text).into_owned(),
            (2, Value::Bytes(feature)) => features.push(feature),
            (3, Value::Bytes(key)) => keys.push(String::from_utf8_lossy(key).into_owned()),
            (4, Value::Bytes(value)) => values.push(tag_value(value)),
            (5, Value::Number(n)) => extent = (n as u32).clamp(1, 1 << 20),
            _ => {}
        }
    }
    let read = |bytes: &&[u8]| feature(bytes, &keys, &values, points);
    let features = features.iter().filter_map(read).collect();
    (!name.is_empty()).then_some(Layer { name, extent, features })
}

fn tag_value(bytes: &[u8]) -> String {
    match Message::new(bytes).field() {
        Some((1, Value::Bytes(text))) => String::from_utf8_lossy(text).into_owned(),
        Some((2, Value::Four(b))) => f32::from_le_bytes(b).to_string(),
        Some((3, Value::Eight(b))) => f64::from_le_bytes(b).to_string(),
        Some((6, Value::Number(n))) => unzigzag(n as u32).to_string(),
        Some((7, Value::Number(n))) => (n != 0).to_string(),
        Some((_, Value::Number(n))) => (n as i64).to_string(),
        _ => String::new(),
    }
}

fn feature(bytes: &[u8], keys: &[String], values: &[String], points: &mut usize) -> Option<Feature> {
    let mut message = Message::new(bytes);
    let (mut tags, mut kind, mut geometry): (&[u8], u64, &[u8]) = (&[], 0, &[]);
    while let Some((number, value)) = message.field() {
        match (number, value) {
            (2, Value::Bytes(packed)) => tags = packed,
            (3, Value::Number(n)) => kind = n,
            (4, Value::Bytes(packed)) => geometry = packed,
            _ => {}
        }
    }
    let shape = match kind {
        1 => Shape::Point,
        2 => Shape::Line,
        3 => Shape::Polygon,
        _ => return None,
    };
    let numbers: Vec<u32> = packed(tags).collect();
    let text = |all: &[String], i: u32| all.get(i as usize).cloned();
    let tag = |pair: &[u32]| Some((text(keys, *pair.first()?)?, text(values, *pair.get(1)?)?));
    let tags = numbers.chunks_exact(2).filter_map(tag).collect();
    Some(Feature { shape, tags, parts: parts(geometry, points)? })
}

/// Runs the commands of a geometry: 1 moves, 2 draws, 7 closes.
fn parts(bytes: &[u8], points: &mut usize) -> Option<Vec<Vec<[i32; 2]>>> {
    let mut numbers = packed(bytes);
    let (mut at, mut out): ([i32; 2], Vec<Vec<[i32; 2]>>) = ([0, 0], Vec::new());
    while let Some(command) = numbers.next() {
        let (id, count) = (command & 7, command >> 3);
        if id == 7 {
            continue;
        }
        for _ in 0..count {
            let step = [unzigzag(numbers.next()?), unzigzag(numbers.next()?)];
            at = [at[0].wrapping_add(step[0]), at[1].wrapping_add(step[1])];
            *points += 1;
            if *points > MOST_POINTS {
                return None;
            }
            match id {
                1 => out.push(vec![at]),
                2 => out.last_mut()?.push(at),
                _ => return None,
            }
        }
    }
    Some(out)
}

fn unzigzag(n: u32) -> i32 {
    (n >> 1) as i32 ^ -((n & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification, section 4.3.5.3: a polygon.
    #[test]
    fn a_polygon_is_read_as_the_specification_says() {
        let geometry = [9, 6, 12, 18, 10, 12, 24, 44, 15];
        let mut points = 0;
        assert_eq!(parts(&geometry, &mut points), Some(vec![vec![[3, 6], [8, 12], [20, 34]]]));
        assert_eq!(points, 3);
    }

    #[test]
    fn geometry_that_ends_too_early_is_refused() {
        assert_eq!(parts(&[9, 6], &mut 0), None);
        assert_eq!(parts(&[18, 10, 12], &mut 0), None, "a line without a start");
        assert_eq!(parts(&[11, 2, 2], &mut 0), None, "an unknown command");
    }

    #[test]
    fn what_is_no_tile_is_refused() {
        assert_eq!(layers(b"<html><body>not found</body></html>"), None);
        assert_eq!(layers(b""), Some(Vec::new()));
    }
}
