//! From scores of heads to a tree.
//!
//! Nearly every sentence's best heads already make one; for the rest the maximum spanning tree is
//! found by contracting cycles (Chu and Liu 1965, Edmonds 1967), with one root.

use super::network::best;

/// A score no tree would take if it had a choice.
const FORBIDDEN: f32 = -1e6;

/// The head of each word: 0 is the root, words count from 1. `scores` has `stride` numbers for
/// each word, of which the first `words + 1` count.
pub fn heads(scores: &[f32], stride: usize, out: &mut Vec<u16>) {
    out.clear();
    out.extend(scores.chunks_exact(stride.max(1)).map(|row| best(row) as u16));
    if out.iter().filter(|&&head| head == 0).count() == 1 && is_tree(out) {
        return;
    }
    let mut square = Square::new(out.len() + 1);
    for (word, row) in (1..).zip(scores.chunks_exact(stride.max(1))) {
        for (cell, &score) in square.row_mut(word).iter_mut().zip(row) {
            *cell = score.max(2.0 * FORBIDDEN);
        }
    }
    let tree = one_root(&mut square);
    out.iter_mut().zip(tree.iter().skip(1)).for_each(|(head, &found)| *head = found as u16);
}

/// Scores of every node as the head of every other.
struct Square {
    size: usize,
    cells: Vec<f32>,
}

impl Square {
    fn new(size: usize) -> Self {
        Self { size, cells: vec![f32::NEG_INFINITY; size * size] }
    }

    fn row(&self, word: usize) -> &[f32] {
        &self.cells[word * self.size..(word + 1) * self.size]
    }

    fn row_mut(&mut self, word: usize) -> &mut [f32] {
        &mut self.cells[word * self.size..(word + 1) * self.size]
    }

    fn score(&self, word: usize, head: usize) -> f32 {
        self.cells[word * self.size + head]
    }
}

/// Whether every word leads to the root.
fn is_tree(heads: &[u16]) -> bool {
    (1..=heads.len()).all(|word| {
        let mut at = word;
        for _ in 0..heads.len() {
            match at.checked_sub(1).and_then(|i| heads.get(i)) {
                Some(&head) => at = usize::from(head),
                None => break,
            }
        }
        at == 0
    })
}

/// The best tree with one root: the word that is the best root for the tree as a whole.
fn one_root(square: &mut Square) -> Vec<usize> {
    let free = spanning(square);
    let roots: Vec<usize> = (1..free.len()).filter(|&word| free[word] == 0).collect();
    if roots.len() <= 1 {
        return free;
    }
    let as_root: Vec<f32> = (0..square.size).map(|word| square.score(word, 0)).collect();
    let mut top = (f32::NEG_INFINITY, free);
    for &root in &roots {
        for (word, &score) in as_root.iter().enumerate() {
            square.row_mut(word)[0] = if word == root { score } else { FORBIDDEN };
        }
        let tree = spanning(square);
        let total: f32 = (1..tree.len()).map(|word| square.score(word, tree[word])).sum();
        if total > top.0 {
            top = (total, tree);
        }
    }
    top.1
}

/// The maximum spanning tree from node 0.
fn spanning(square: &Square) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..square.size).map(|word| best(square.row(word))).collect();
    heads[0] = 0;
    let Some(cycle) = cycle(&heads) else { return heads };
    let mut inside = vec![false; square.size];
    cycle.iter().for_each(|&node| inside[node] = true);
    let outer: Vec<usize> = (0..square.size).filter(|&node| !inside[node]).collect();
    let whole = outer.len();
    let mut smaller = Square::new(whole + 1);
    let mut entry = vec![0; whole];
    let mut exit = vec![0; whole];
    for (new, &node) in outer.iter().enumerate() {
        let cells = smaller.row_mut(new);
        for (cell, &head) in cells.iter_mut().zip(&outer) {
            *cell = square.score(node, head);
        }
        for &within in &cycle {
            if square.score(node, within) > cells[whole] {
                (cells[whole], exit[new]) = (square.score(node, within), within);
            }
        }
        let cell = &mut smaller.row_mut(whole)[new];
        for &within in &cycle {
            let gain = square.score(within, node) - square.score(within, heads[within]);
            if gain > *cell {
                (*cell, entry[new]) = (gain, within);
            }
        }
    }
    let tree = spanning(&smaller);
    for (new, &node) in outer.iter().enumerate().skip(1) {
        heads[node] = if tree[new] == whole { exit[new] } else { outer[tree[new]] };
    }
    heads[entry[tree[whole]]] = outer[tree[whole]];
    heads
}

/// The nodes of a cycle, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut out = vec![node];
            let mut next = heads[node];
            while next != node {
                out.push(next);
                next = heads[next];
            }
            return Some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(rows: &[&[f32]]) -> Vec<u16> {
        let mut out = Vec::new();
        heads(&rows.concat(), rows.first().map_or(1, |r| r.len()), &mut out);
        out
    }

    const NO: f32 = f32::NEG_INFINITY;

    #[test]
    fn a_tree_is_taken_as_it_is() {
        assert_eq!(decode(&[&[0.0, NO, 5.0, 1.0], &[3.0, 1.0, NO, 1.0], &[0.0, 1.0, 2.0, NO]]), [2, 0, 2]);
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        let rows: [&[f32]; 3] = [&[1.0, NO, 9.0, 0.0], &[7.0, 8.0, NO, 0.0], &[0.0, 1.0, 2.0, NO]];
        assert_eq!(decode(&rows), [2, 0, 2]);
    }

    #[test]
    fn there_is_one_root() {
        let rows: [&[f32]; 3] = [&[9.0, NO, 1.0, 0.0], &[9.0, 8.0, NO, 0.0], &[0.0, 1.0, 2.0, NO]];
        assert_eq!(decode(&rows), [0, 1, 2]);
    }

    #[test]
    fn the_best_of_all_trees_is_found() {
        let words = 4;
        let mut state = 7u32;
        for _ in 0..200 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as f32 / 65_536.0
            };
            let rows: Vec<f32> = (0..words * (words + 1))
                .map(|i| if i % (words + 1) == i / (words + 1) + 1 { NO } else { next() })
                .collect();
            let mut found = Vec::new();
            heads(&rows, words + 1, &mut found);
            let total = |tree: &[u16]| -> f32 {
                tree.iter().enumerate().map(|(w, &h)| rows[w * (words + 1) + usize::from(h)]).sum()
            };
            let all =
                (0..625u32).map(|code| [code % 5, code / 5 % 5, code / 25 % 5, code / 125].map(|h| h as u16));
            let sound = |t: &[u16; 4]| t.iter().filter(|&&h| h == 0).count() == 1 && is_tree(t);
            let top = all.filter(sound).map(|t| total(&t)).fold(f32::NEG_INFINITY, f32::max);
            assert!((total(&found) - top).abs() < 1e-5, "{found:?}");
        }
    }

    #[test]
    fn odd_scores_do_no_harm() {
        assert!(decode(&[]).is_empty());
        assert_eq!(decode(&[&[NO, NO]]), [0]);
        let same: Vec<Vec<f32>> =
            (0..5).map(|w| (0..6).map(|h| if h == w + 1 { NO } else { 0.0 }).collect()).collect();
        let rows: Vec<&[f32]> = same.iter().map(Vec::as_slice).collect();
        assert_eq!(decode(&rows).iter().filter(|&&h| h == 0).count(), 1);
    }
}
