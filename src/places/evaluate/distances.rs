//! Distances between answers and the truth, summed up.

use serde_json::{Value, json};

use super::figures::NEAR_KM;

/// Half the Earth's girth: no answer is farther off.
pub const MOST_KM: f64 = 20_039.0;

/// Share within 161 km, median, mean, and the area under the sorted errors on a logarithmic scale
/// (Jurgens et al. 2015): 0 is best, 1 is worst.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Distances {
    /// How many.
    pub n: usize,
    /// Share within 161 km.
    pub near: f64,
    /// Kilometres.
    pub median_km: f64,
    /// Kilometres.
    pub mean_km: f64,
    /// Area under the curve.
    pub auc: f64,
}

impl Distances {
    /// Sums up distances in kilometres.
    pub fn of(km: &[f64]) -> Self {
        let mut sorted = km.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        let Some(&median_km) = sorted.get(n / 2) else { return Self::default() };
        let logs: Vec<f64> = sorted.iter().map(|km| (1.0 + km).ln()).collect();
        let scale = (1.0 + MOST_KM).ln();
        let auc = match logs.as_slice() {
            [one] => one / scale,
            all => {
                let area: f64 = all.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0).sum();
                area / (scale * (n - 1) as f64)
            }
        };
        let near = sorted.iter().filter(|km| **km <= NEAR_KM).count() as f64 / n as f64;
        Self { n, near, median_km, mean_km: sorted.iter().sum::<f64>() / n as f64, auc }
    }

    /// As the reports write it.
    pub fn to_json(self) -> Value {
        if self.n == 0 {
            return json!({ "n": 0 });
        }
        json!({ "n": self.n, "acc161": self.near, "median_km": self.median_km, "mean_km": self.mean_km,
                "auc": self.auc })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_answers_have_the_whole_area() {
        let all = Distances::of(&[MOST_KM, MOST_KM, MOST_KM]);
        assert!((all.auc - 1.0).abs() < 1e-9 && all.near == 0.0);
        assert_eq!(Distances::of(&[0.0]).auc, 0.0);
        assert_eq!(Distances::of(&[]), Distances::default());
    }

    #[test]
    fn the_median_of_an_even_number_is_the_upper_one() {
        let four = Distances::of(&[1.0, 400.0, 2.0, 300.0]);
        assert_eq!((four.median_km, four.near), (300.0, 0.5));
        assert!((four.mean_km - 175.75).abs() < 1e-9);
    }
}
