//! What a program answered: by ours, or by any that writes the lines of `dateline geoparse`.

use std::ops::Range;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;

use super::corpus::{Convention, CorpusError, lines};
use crate::article::offsets::CharOffsets;
use crate::places::mention::{Mention, Role};
use crate::places::{Gazetteer, LonLat};

/// A place that was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Code points.
    pub span: Range<usize>,
    /// Its point, where one was given.
    pub at: Option<LonLat>,
    /// Probability given to it.
    pub score: f32,
    /// Number of the GeoNames record, where it is one.
    pub geonames_id: Option<u32>,
    /// What it was taken to do in its sentence.
    pub role: Option<Role>,
    /// Which of the mentions it is.
    pub mention: usize,
}

/// The mentions that the convention of a corpus counts, in code points.
pub fn answers(
    text: &str,
    mentions: &[Mention],
    gazetteer: &Gazetteer,
    convention: Convention,
) -> Vec<Answer> {
    let offsets = CharOffsets::new(text);
    let counted = mentions.iter().enumerate().filter(|(_, m)| convention.counts(m.role));
    let answer = |(mention, m): (usize, &Mention)| Answer {
        span: offsets.char_of(m.range.start)..offsets.char_of(m.range.end),
        at: m.place.map(|p| gazetteer.point(p)),
        score: m.score,
        geonames_id: m.place.and_then(|p| gazetteer.place(p)?.id.geonames()),
        role: Some(m.role),
        mention,
    };
    counted.map(answer).collect()
}

/// A line of `dateline geoparse`, or of another program that writes as much of it.
#[derive(Deserialize)]
struct Line {
    id: Value,
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    start: usize,
    end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
    score: Option<f32>,
    geonames_id: Option<u32>,
    role: Option<Role>,
}

/// Reads the answers of a program, by the name of the document.
///
/// # Errors
/// When the file cannot be read or a line is no object with `id` and `toponyms`.
pub fn read_answers(path: &Path) -> Result<FxHashMap<String, Vec<Answer>>, CorpusError> {
    let read: Vec<Line> = lines(path)?;
    let answer = |(mention, t): (usize, Toponym)| Answer {
        span: t.start..t.end,
        at: t.lat.zip(t.lon).map(|(lat, lon)| LonLat::new(lon, lat)),
        score: t.score.unwrap_or(1.0),
        geonames_id: t.geonames_id,
        role: t.role,
        mention,
    };
    let of = |line: Line| line.toponyms.into_iter().enumerate().map(answer).collect();
    Ok(read.into_iter().map(|line| (name_of(&line.id), of(line))).collect())
}

/// The name of a document as text, whether it is written as text or as a number.
pub fn name_of(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn lines_of_any_program_are_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let line = r#"{"id": 7, "toponyms": [{"start": 2, "end": 4, "lat": 1.0, "lon": null}]}"#;
        writeln!(file, "{line}\n").unwrap();
        let read = read_answers(file.path()).unwrap();
        assert_eq!(read["7"][0].span, 2..4);
        assert_eq!((read["7"][0].at, read["7"][0].score), (None, 1.0));
    }
}
