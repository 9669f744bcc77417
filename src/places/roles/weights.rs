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
    slots: Vec<(u32, [i8; OUTPUTS])>,
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
        let mut weights =
            Self { slots: vec![(0, [0; OUTPUTS]); (count * 2).next_power_of_two().max(2)], scale };
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
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != feature {
            at = (at + 1) & mask;
        }
        self.slots[at] = (feature, row);
    }

    /// The score of each role: log odds up to a constant.
    pub fn score(&self, features: &[u32]) -> [f32; OUTPUTS] {
        let mut sums = [0i32; OUTPUTS];
        for row in features.iter().filter_map(|feature| self.row(*feature)) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(*weight);
            }
        }
        sums.map(|sum| sum as f32 * self.scale)
    }

    #[inline]
    fn row(&self, feature: u32) -> Option<&[i8; OUTPUTS]> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = feature as usize & mask;
        loop {
            match self.slots.get(at)? {
                (0, _) => return None,
                (found, row) if *found == feature => return Some(row),
                _ => at = (at + 1) & mask,
            }
        }
    }
}

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
