//! The key: what the numbers on the markers stand for, with the passages.

use super::layout::wide;
use super::{ImageSources, foremost, layout};
use crate::map::plain_name::plain_name;
use crate::map::{Cluster, Scene, ScreenBox, View};

/// The list beside the map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Key {
    /// Its lines, in the order of their numbers.
    pub rows: Vec<KeyRow>,
    /// How many places have no room in it.
    pub left_out: usize,
}

/// One place in the key.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyRow {
    /// The number on its marker.
    pub number: usize,
    /// Index of the marker as drawn.
    pub cluster: usize,
    /// Names of its places.
    pub name: String,
    /// The passage, broken into lines.
    pub lines: Vec<String>,
    /// Left end of the row, in points.
    pub left: f64,
    /// Upper end of the row, in points.
    pub top: f64,
}

/// Sizes of letters: names, passages.
pub(in crate::export) const NAME_SIZE: f32 = 12.5;
pub(in crate::export) const TEXT_SIZE: f32 = 11.0;
/// Height of a name's line, of a passage's line, and the space between rows, in points.
const NAME_LINE: f64 = 18.0;
pub(in crate::export) const TEXT_LINE: f64 = 14.5;
const GAP: f64 = 8.0;
/// Space inside the card, and for the number.
pub(in crate::export) const INSET: f64 = 16.0;
pub(in crate::export) const NUMBER: f64 = 26.0;
/// Narrowest column, in points.
const COLUMN: f64 = 230.0;

impl Key {
    /// The key of what is seen, fitted into `room`: where it is short, the longest passages are
    /// cut first, the last of equals before the others.
    pub fn fitted(
        sources: &ImageSources<'_>,
        scene: &Scene,
        clusters: &[Cluster],
        view: &View,
        room: &ScreenBox,
    ) -> Self {
        let columns = (((room.right - room.left) / COLUMN) as usize).max(1);
        let width = (room.right - room.left - 2.0 * INSET) / columns as f64 - NUMBER - GAP;
        let texts: Vec<Entry> = (0..clusters.len())
            .filter(|&i| is_seen(clusters, i, view))
            .filter_map(|i| Entry::of(sources, scene, clusters, i))
            .collect();
        let mut lines: Vec<usize> =
            texts.iter().map(|t| wrapped(&t.text, TEXT_SIZE, width, 4).len()).collect();
        loop {
            let (rows, left_out) = placed(&texts, &lines, room, columns, width);
            let most = lines.iter().copied().max().unwrap_or(0);
            if left_out == 0 || most == 0 {
                return Self { rows, left_out };
            }
            if let Some(last) = lines.iter().rposition(|&n| n == most)
                && let Some(n) = lines.get_mut(last)
            {
                *n -= 1;
            }
        }
    }

    /// The number of a marker as drawn.
    pub fn number(&self, cluster: usize) -> Option<usize> {
        self.rows.iter().find(|row| row.cluster == cluster).map(|row| row.number)
    }
}

fn is_seen(clusters: &[Cluster], index: usize, view: &View) -> bool {
    let at = clusters.get(index).map(|c| view.screen_from_geo(c.at));
    at.is_some_and(|p| (0.0..=view.width).contains(&p.x) && (0.0..=view.height).contains(&p.y))
}

/// What a row is made of.
struct Entry {
    cluster: usize,
    name: String,
    text: String,
}

impl Entry {
    fn of(sources: &ImageSources<'_>, scene: &Scene, clusters: &[Cluster], cluster: usize) -> Option<Self> {
        let members = &clusters.get(cluster)?.members;
        let markers = || members.iter().filter_map(|&i| scene.markers.get(i));
        let first = foremost(clusters.get(cluster)?, scene, sources.gazetteer)?;
        let others = markers().filter(|m| m.place != first.place);
        let names: Vec<_> =
            std::iter::once(first).chain(others).map(|m| plain_name(&m.name, &m.country)).take(4).collect();
        let more = if members.len() > 4 { format!(" +{}", members.len() - 4) } else { String::new() };
        let passage = markers().flat_map(|m| &m.passages).next();
        let article = passage.and_then(|p| sources.project.articles.get(p.article));
        let text = article.zip(passage).and_then(|(a, p)| a.article.text.get(p.range.clone()));
        Some(Self { cluster, name: names.join(", ") + &more, text: text.unwrap_or("").to_owned() })
    }
}

/// The rows that have room, column by column, each with so many lines, and how many have none.
fn placed(
    texts: &[Entry],
    lines: &[usize],
    room: &ScreenBox,
    columns: usize,
    width: f64,
) -> (Vec<KeyRow>, usize) {
    let height = |n: usize| NAME_LINE + n as f64 * TEXT_LINE + GAP;
    let (first, last) = (room.top + INSET, room.bottom - INSET);
    // Columns of about the same height, with space for the row that breaks them.
    let all: f64 = lines.iter().map(|&n| height(n)).sum();
    let even = first + all / columns as f64 + if columns > 1 { height(4) / 2.0 } else { GAP };
    let (mut column, mut y) = (0, first);
    let mut rows = Vec::new();
    for (number, (text, &most)) in texts.iter().zip(lines).enumerate() {
        let end = if column + 1 < columns { even.min(last) } else { last };
        if y + height(most) > end + GAP && y > first {
            (column, y) = (column + 1, first);
        }
        if column >= columns || y + height(most) > last + GAP {
            break;
        }
        let left = room.left + INSET + column as f64 * (width + NUMBER + GAP);
        let (name, passage) =
            (layout::fitted(&text.name, NAME_SIZE, width), wrapped(&text.text, TEXT_SIZE, width, most));
        rows.push(KeyRow { number: number + 1, cluster: text.cluster, name, lines: passage, left, top: y });
        y += height(most);
    }
    let left_out = texts.len() - rows.len();
    (rows, left_out)
}

/// A text broken into at most `most` lines of this width; the last ends in an ellipsis where
/// there is more.
pub(in crate::export) fn wrapped(text: &str, size: f32, width: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|line| wide(line, size, false) <= width) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(layout::fitted(word, size, width)),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let cut = layout::fitted(&format!("{last}\u{2009}…"), size, width);
            *last = if cut.ends_with('…') { cut } else { format!("{cut}…") };
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_at_words_and_cut_with_an_ellipsis() {
        let lines = wrapped("The guards left their posts before noon on Sunday", TEXT_SIZE, 120.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
        assert!(lines.iter().all(|l| wide(l, TEXT_SIZE, false) <= 125.0));
        assert_eq!(wrapped("Short", TEXT_SIZE, 120.0, 2), ["Short"]);
        assert!(wrapped("Any", TEXT_SIZE, 120.0, 0).is_empty());
    }

    #[test]
    fn rows_without_room_are_counted() {
        let texts: Vec<Entry> =
            (0..10).map(|cluster| Entry { cluster, name: "Kabul".into(), text: "A word.".into() }).collect();
        let room = ScreenBox { left: 0.0, top: 0.0, right: 240.0, bottom: 200.0 };
        let (kept, left_out) = placed(&texts, &[1; 10], &room, 1, 180.0);
        assert_eq!(kept.len() + left_out, 10);
        assert!(left_out > 0 && kept.iter().all(|r| r.top < 190.0));
        let (kept, left_out) = placed(&texts, &[1; 10], &ScreenBox { right: 700.0, ..room }, 3, 180.0);
        assert_eq!((kept.len(), left_out), (10, 0));
        assert!(kept[9].left > kept[0].left, "the columns are filled evenly");
    }
}
