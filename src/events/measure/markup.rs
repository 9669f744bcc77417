//! Articles with their names marked inline: `[[code:surface|lat,lon]]`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::article::{Article, Origin};
use crate::places::LonLat;

/// A name as marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Its bytes in the plain text.
    pub range: Range<usize>,
    /// What it is: `e` a place of the story, `l` a dateline …
    pub code: String,
    /// Its point; that of the first mention of the surface where the mark gives none.
    pub at: Option<LonLat>,
}

/// An article without its marks, and the names.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The article, its header read.
    pub article: Article,
    /// The names, in order, longer ones first.
    pub names: Vec<Name>,
}

/// Reads a marked article: header lines `key: value`, an empty line, the text.
pub fn read(file: &str) -> Marked {
    let (header, body) = file.split_once("\n\n").unwrap_or(("", file));
    let (text, mut names) = strip(body);
    inherit(&text, &mut names);
    let mut article = Article::from_text(text, Origin::Record);
    article.published = field(header, "published").and_then(|d| d.parse().ok());
    article.outlet = field(header, "outlet").map(str::to_owned);
    Marked { article, names }
}

fn field<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    header.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(':').map(str::trim))
}

/// The text without its marks, and what they marked. Marks nest.
fn strip(body: &str) -> (String, Vec<Name>) {
    let mut text = String::with_capacity(body.len());
    let (mut names, mut open): (Vec<Name>, Vec<(String, usize)>) = (Vec::new(), Vec::new());
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        if let Some((code, behind)) = rest.strip_prefix("[[").and_then(|r| r.split_once(':')) {
            open.push((code.to_owned(), text.len()));
            rest = behind;
            continue;
        }
        if let Some((at, behind)) = closing(rest)
            && let Some((code, start)) = open.pop()
        {
            names.push(Name { range: start..text.len(), code, at });
            rest = behind;
            continue;
        }
        text.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or("");
    }
    names.sort_by_key(|n| (n.range.start, std::cmp::Reverse(n.range.end)));
    (text, names)
}

/// The end of a mark, with its point where it has one, and what follows.
fn closing(rest: &str) -> Option<(Option<LonLat>, &str)> {
    if let Some(behind) = rest.strip_prefix("]]") {
        return Some((None, behind));
    }
    let (inside, behind) = rest.strip_prefix('|')?.split_once("]]")?;
    let (lat, lon) = inside.split_once(',')?;
    let at = LonLat::new(lon.trim().parse().ok()?, lat.trim().parse().ok()?);
    Some((Some(at), behind))
}

/// Gives later mentions the point of the first of their surface.
fn inherit(text: &str, names: &mut [Name]) {
    let mut known: FxHashMap<String, LonLat> = FxHashMap::default();
    for name in names {
        let words = text.get(name.range.clone()).unwrap_or("").split_whitespace();
        let surface = words.collect::<Vec<_>>().join(" ");
        match name.at {
            Some(at) => {
                known.entry(surface).or_insert(at);
            }
            None => name.at = known.get(&surface).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "id: x-01\npublished: 2023-05-16\n\n[[e:Ost|50.5,9]] hit\n\nThe \
        [[o:[[p:Ost|50.5,9]] Board]] met in [[e:Ost]].\n";

    #[test]
    fn marks_are_taken_away_and_kept_apart() {
        let marked = read(FILE);
        assert_eq!(marked.article.text, "Ost hit\n\nThe Ost Board met in Ost.\n");
        let codes: Vec<&str> = marked.names.iter().map(|n| n.code.as_str()).collect();
        assert_eq!(codes, ["e", "o", "p", "e"]);
        assert_eq!(marked.article.published, "2023-05-16".parse().ok());
    }

    #[test]
    fn later_mentions_inherit_the_point() {
        let marked = read(FILE);
        assert_eq!(marked.names.last().and_then(|n| n.at), Some(LonLat::new(9.0, 50.5)));
        assert_eq!(marked.names.get(1).and_then(|n| n.at), None);
    }

    #[test]
    fn a_mark_without_end_costs_nothing() {
        assert_eq!(read("a: b\n\nOne [[e:Two").article.text, "One Two");
    }
}
