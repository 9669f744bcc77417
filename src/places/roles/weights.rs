//! The weights that tell roles: a small table, found by the hash of a feature.
//!
//! A text file, so that it is read and compared like any other data: a header, the worth of one
//! unit, then a line for each feature with its hash and a weight for each role of [`ROLES`].

use crate::places::mention::Role;

/// The roles that are weighed; rules tell the others.
pub const ROLES: [Role; OUTPUTS] =
    [Role::Event, Role::Background, Role::Actor, Role::Destination, Role::Origin];

/// Number of roles that are weighed.
pub const OUTPUTS: usize = 5;

/// First line of the file.
const HEADER: &str = "dateline roles 1";

/// A table of slots: a feature stands in the slot of its lower bits or in one of the next.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// The feature in each slot, 0 for none.
    features: Vec<u32>,
    /// Its weights.
    rows: Vec<[i8; OUTPUTS]>,
    scale: f32,
}

/// A file of weights that cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {0} holds no weights of roles")]
pub struct WeightsError(usize);

impl Weights {
    /// Reads the file.
    ///
    /// # Errors
    /// With the number of the first line that is no feature with its weights.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(WeightsError(1));
        }
        let scale = lines.next().and_then(|line| line.strip_prefix("scale ")?.parse().ok());
        let scale = scale.ok_or(WeightsError(2))?;
        let count = lines.clone().count();
        let slots = (count * 2).next_power_of_two().max(2);
        let mut weights = Self { features: vec![0; slots], rows: vec![[0; OUTPUTS]; slots], scale };
        for (at, line) in lines.enumerate() {
            let (feature, row) = row(line).ok_or(WeightsError(at + 3))?;
            weights.place(feature, row);
        }
        Ok(weights)
    }

    /// Writes features with their weights, ascending.
    pub fn to_text(features: &[(u32, [f32; OUTPUTS])]) -> String {
        let most = features.iter().flat_map(|(_, row)| row).fold(1e-6f32, |most, w| most.max(w.abs()));
        let scale = most / 127.0;
        let mut rows: Vec<(u32, [i32; OUTPUTS])> = features
            .iter()
            .map(|(feature, row)| (*feature, row.map(|w| (w / scale).round() as i32)))
            .collect();
        rows.retain(|(_, row)| row.iter().any(|w| *w != 0));
        rows.sort_unstable();
        let mut out = format!("{HEADER}\nscale {scale}\n");
        for (feature, row) in rows {
            let words: Vec<String> = row.iter().map(i32::to_string).collect();
            out += &format!("{feature:08x} {}\n", words.join(" "));
        }
        out
    }

    fn place(&mut self, feature: u32, row: [i8; OUTPUTS]) {
        let mask = self.mask();
        let mut at = feature as usize & mask;
        while self.features[at] != 0 && self.features[at] != feature {
            at = (at + 1) & mask;
        }
        (self.features[at], self.rows[at]) = (feature, row);
    }

    /// The score of each role: log odds up to a constant.
    pub fn score(&self, features: &[u32]) -> [f32; OUTPUTS] {
        let mut sums = [0i32; OUTPUTS];
        for features in features.chunks(AT_ONCE) {
            // What stands in the slots is fetched for all of them, so that memory is waited for once.
            let mut homes = [0; AT_ONCE];
            for (home, &feature) in homes.iter_mut().zip(features) {
                *home = self.features.get(feature as usize & self.mask()).copied().unwrap_or(0);
            }
            let known = homes.iter().zip(features).filter(|(home, _)| **home != 0);
            for row in known.filter_map(|(_, feature)| self.row(*feature)) {
                sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
            }
        }
        sums.map(|sum| sum as f32 * self.scale)
    }

    fn mask(&self) -> usize {
        self.features.len().saturating_sub(1)
    }

    #[inline]
    fn row(&self, feature: u32) -> Option<&[i8; OUTPUTS]> {
        let mask = self.mask();
        let mut at = feature as usize & mask;
        loop {
            match *self.features.get(at)? {
                0 => return None,
                found if found == feature => return self.rows.get(at),
                _ => at = (at + 1) & mask,
            }
        }
    }
}

/// Features looked up together.
const AT_ONCE: usize = 64;

fn row(line: &str) -> Option<(u32, [i8; OUTPUTS])> {
    let mut words = line.split(' ');
    let feature = u32::from_str_radix(words.next()?, 16).ok().filter(|feature| *feature != 0)?;
    let mut row = [0; OUTPUTS];
    for weight in &mut row {
        *weight = words.next()?.parse().ok()?;
    }
    words.next().is_none().then_some((feature, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_found_by_their_features() {
        let text = Weights::to_text(&[(7, [1.0, 0.0, 0.0, 0.0, -1.0]), (9, [0.5; 5])]);
        let weights = Weights::parse(&text).unwrap();
        let scores = weights.score(&[7, 9, 11]);
        assert!((scores[0] - 1.5).abs() < 0.02 && (scores[4] + 0.5).abs() < 0.02, "{scores:?}");
        assert_eq!(Weights::default().score(&[1]), [0.0; OUTPUTS]);
    }

    #[test]
    fn other_files_are_refused() {
        for (text, line) in [
            ("something", 1),
            ("dateline roles 1\nscales 2", 2),
            ("dateline roles 1\nscale 0.1\n0000000g 1 2 3 4 5", 3),
            ("dateline roles 1\nscale 0.1\n00000001 1 2 3 4", 3),
            ("dateline roles 1\nscale 0.1\n00000001 1 2 3 4 500", 3),
        ] {
            assert_eq!(Weights::parse(text).err(), Some(WeightsError(line)), "{text}");
        }
    }
}
