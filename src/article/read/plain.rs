//! Title and date of a plain text.

use jiff::civil::Date;

use super::dates::find_date;
use crate::article::{Article, Origin};

/// Longest line taken for a headline, in characters.
const LONGEST_TITLE: usize = 160;
/// Longest first line that may be followed by the story without a blank line: a hard-wrapped
/// story breaks its lines later.
const LONGEST_CLOSE_TITLE: usize = 54;
/// Longest line taken for a date line, in characters.
const LONGEST_DATE_LINE: usize = 90;
/// How many lines with something on them may come before the date.
const DATE_LINES: usize = 8;

/// An article of plain text, the text kept to the last byte.
pub fn article(text: String, origin: Origin) -> Article {
    let body_start = title_end(&text).unwrap_or(0);
    let title = text.get(..body_start).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    Article { title, published: published(&text), body_start, ..Article::from_text(text, origin) }
}

/// Where the body begins when the first line is a headline: it is short, ends no sentence, has two
/// words or more, and stands alone (a blank line follows, or it is shorter than a wrapped line).
fn title_end(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let line_end = start + text.get(start..)?.find('\n')?;
    let title = text.get(start..line_end)?.trim();
    let rest = text.get(line_end + 1..)?;
    let body = line_end + 1 + (rest.len() - rest.trim_start().len());
    let length = title.chars().count();
    let alone = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    let close =
        length <= LONGEST_CLOSE_TITLE && rest.trim_start().chars().next().is_some_and(|c| !c.is_lowercase());
    let headline = (alone || close)
        && length <= LONGEST_TITLE
        && !title.ends_with(['.', ',', ';', ':', '…'])
        && title.split_whitespace().nth(1).is_some()
        && !is_date_line(title);
    (headline && body < text.len()).then_some(body)
}

/// The date of a line near the top that is nothing but a date ("Published: 15 August 2021") or of
/// a dateline with its year ("KABUL, Aug. 15, 2021 —").
fn published(text: &str) -> Option<Date> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).take(DATE_LINES).find_map(|line| {
        let stated = if is_date_line(line) { Some(line) } else { dateline(line) };
        stated.and_then(find_date)
    })
}

fn is_date_line(line: &str) -> bool {
    line.chars().count() <= LONGEST_DATE_LINE
        && find_date(line).is_some()
        && line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(is_date_word)
}

fn is_date_word(word: &str) -> bool {
    let word = word.to_lowercase();
    let known = [
        "published",
        "posted",
        "updated",
        "date",
        "last",
        "modified",
        "first",
        "on",
        "at",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "gmt",
        "utc",
        "est",
        "edt",
        "cst",
        "cdt",
        "pst",
        "pdt",
        "bst",
        "cet",
        "cest",
        "ist",
    ];
    word.starts_with(|c: char| c.is_ascii_digit())
        || known.contains(&word.as_str())
        || is_weekday(&word)
        || find_date(&format!("1 {word} 2000")).is_some()
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}

/// The part of a line before the dash of a dateline: it opens with a word in capitals.
fn dateline(line: &str) -> Option<&str> {
    let dash = ["—", "–", "--", " - "].iter().filter_map(|d| line.find(d)).min()?;
    let place = line.split(|c: char| !c.is_alphabetic()).next()?;
    let capitals = place.chars().count() > 2 && !place.chars().any(char::is_lowercase);
    line.get(..dash).filter(|before| capitals && before.chars().count() <= LONGEST_DATE_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Article {
        article(text.to_owned(), Origin::Pasted)
    }

    #[test]
    fn a_line_that_stands_alone_is_the_title() {
        let a = read("\nQuake hits Badakhshan, dozens hurt\r\n\r\nA strong quake hit on Sunday.\r\n");
        assert_eq!(a.title.as_deref(), Some("Quake hits Badakhshan, dozens hurt"));
        assert!(a.text[a.body_start..].starts_with("A strong quake"));
        assert!(a.text.starts_with("\nQuake"), "the text is kept as it is");
    }

    #[test]
    fn the_first_line_of_a_wrapped_story_is_no_title() {
        let a = read(
            "The governor of Balkh has left the city after gunmen seized control of the two\nroads that lead to the north.\n\nMore.",
        );
        assert_eq!((a.title, a.body_start), (None, 0));
    }

    #[test]
    fn a_sentence_is_no_title() {
        assert_eq!(read("It rained in Oslo.\n\nThen it stopped.").title, None);
        assert_eq!(read("Nothing but a headline").title, None);
    }

    #[test]
    fn date_lines_and_datelines_date_the_article() {
        let expected = Some(Date::constant(2021, 8, 15));
        assert_eq!(
            read("Flood in Herat\nPublished: Sunday, 15 August 2021\n\nWater rose.").published,
            expected
        );
        assert_eq!(read("KABUL, Aug. 15, 2021 (Agency) — Water rose.").published, expected);
        assert_eq!(read("Water rose on 15 August 2021 in Herat.").published, None);
        assert_eq!(read("15 August 2021\n\nWater rose in Herat.").title, None);
    }
}
