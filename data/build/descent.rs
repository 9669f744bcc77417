//! Minimises a smooth convex function: L-BFGS (Liu and Nocedal 1989) with a line search that
//! halves its step until the function falls as much as its slope promises (Armijo 1966).

/// Steps that the curvature is remembered from.
const MEMORY: usize = 8;

/// Share of the promised fall that is asked for.
const PROMISED: f64 = 1e-4;

/// A step and the change of the slope over it.
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
}

/// Goes at most `steps` steps downhill from zero; `value` writes the slope and returns the value.
pub fn minimise(numbers: usize, steps: usize, mut value: impl FnMut(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let (mut at, mut slope) = (vec![0.0; numbers], vec![0.0; numbers]);
    let mut here = value(&at, &mut slope);
    let mut pairs: Vec<Pair> = Vec::new();
    for _ in 0..steps {
        let towards = direction(&slope, &pairs);
        let fall = dot(&towards, &slope);
        if fall > -1e-9 {
            break;
        }
        let mut length = if pairs.is_empty() { 1.0 / dot(&slope, &slope).sqrt() } else { 1.0 };
        let (next, next_slope, there) = loop {
            let next: Vec<f64> = at.iter().zip(&towards).map(|(a, t)| a + length * t).collect();
            let mut next_slope = vec![0.0; numbers];
            let there = value(&next, &mut next_slope);
            if there <= here + PROMISED * length * fall || length < 1e-10 {
                break (next, next_slope, there);
            }
            length /= 2.0;
        };
        let pair = Pair { step: minus(&next, &at), change: minus(&next_slope, &slope) };
        if dot(&pair.step, &pair.change) > 1e-12 {
            pairs.push(pair);
        }
        if pairs.len() > MEMORY {
            pairs.remove(0);
        }
        (at, slope, here) = (next, next_slope, there);
    }
    at
}

/// Downhill, bent by the remembered curvature.
fn direction(slope: &[f64], pairs: &[Pair]) -> Vec<f64> {
    let mut out: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut shares = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let share = dot(&pair.step, &out) / dot(&pair.step, &pair.change);
        add(&mut out, -share, &pair.change);
        shares.push(share);
    }
    if let Some(last) = pairs.last() {
        let scale = dot(&last.step, &last.change) / dot(&last.change, &last.change);
        out.iter_mut().for_each(|o| *o *= scale);
    }
    for (pair, share) in pairs.iter().zip(shares.iter().rev()) {
        let back = dot(&pair.change, &out) / dot(&pair.step, &pair.change);
        add(&mut out, share - back, &pair.step);
    }
    out
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(t, w)| *t += times * w);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_bowl_is_found() {
        let found = minimise(2, 50, |at, slope| {
            let (x, y) = (at[0] - 3.0, at[1] + 1.0);
            slope.copy_from_slice(&[2.0 * x + y, 20.0 * y + x]);
            x * x + 10.0 * y * y + x * y
        });
        assert!((found[0] - 3.0).abs() < 1e-4 && (found[1] + 1.0).abs() < 1e-4, "{found:?}");
    }
}
