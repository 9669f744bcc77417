//! Text from right to left, put into the order in which egui paints it.
//!
//! egui shapes letters, and sets each stretch of one font as its script runs, but it sets the
//! stretches themselves from left to right. So lines are broken here, and their stretches reordered
//! by the Unicode bidirectional algorithm (UAX #9) before egui sees them.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};

/// Whether a text has any letter that is written from right to left.
pub fn has_leftward(text: &str) -> bool {
    // The scripts start at U+0590: Latin, Greek and Cyrillic text is told by its bytes.
    text.bytes().any(|byte| byte >= 0xd6) && text.chars().any(is_leftward)
}

/// A letter, mark or sign of a script that runs from right to left, in blocks the fonts have.
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !is_digit(c)
}

fn is_digit(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// What joins or parts letters within a word without being seen.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Marks that only tell directions; they have done their work once the order is known.
fn directs(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A line in the order in which it is painted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Visual {
    /// What egui is given: it turns the letters of each word from right to left round by itself.
    pub set: String,
    /// The characters as they stand from left to right once it has.
    pub seen: Vec<char>,
    /// Where each of them stood in the line, in bytes.
    pub from: Vec<usize>,
}

impl Visual {
    /// Appends characters that egui sets as they come.
    fn push(&mut self, c: char, from: usize) {
        self.set.push(c);
        self.seen.push(c);
        self.from.push(from);
    }

    /// Appends a stretch that egui turns round.
    fn push_turned(&mut self, stretch: &[(usize, char)]) {
        self.set.extend(stretch.iter().map(|(_, c)| c));
        self.seen.extend(stretch.iter().rev().map(|(_, c)| c));
        self.from.extend(stretch.iter().rev().map(|(at, _)| at));
    }
}

/// Whether a paragraph runs from right to left: whether its first letter of any direction does.
pub fn runs_leftward(text: &str) -> bool {
    let info = BidiInfo::new(text, None);
    info.paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl())
}

/// A line in the order in which it is painted; `leftward` tells the direction of its paragraph.
pub fn visual(line: &str, leftward: bool) -> Visual {
    let level = if leftward { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(line, Some(level));
    let mut out = Visual::default();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let leftward = levels.get(run.start).is_some_and(Level::is_rtl);
            add_run(line, run, leftward, &mut out);
        }
    }
    out
}

/// Appends a run of one direction.
fn add_run(line: &str, run: Range<usize>, leftward: bool, out: &mut Visual) {
    let chars: Vec<(usize, char)> = line
        .get(run.clone())
        .unwrap_or("")
        .char_indices()
        .map(|(at, c)| (run.start + at, c))
        .filter(|(_, c)| !directs(*c))
        .collect();
    let together = |a: &(usize, char), b: &(usize, char)| turns(a.1) == turns(b.1);
    let stretches = chars.chunk_by(together);
    if leftward {
        let stretches: Vec<&[(usize, char)]> = stretches.collect();
        for stretch in stretches.into_iter().rev() {
            match stretch.first() {
                Some((_, c)) if turns(*c) => out.push_turned(stretch),
                _ => stretch.iter().rev().for_each(|&(at, c)| out.push(mirrored(c), at)),
            }
        }
        return;
    }
    for stretch in stretches {
        // Persian digits count as letters of their script, so egui would turn a number round.
        match stretch.first() {
            Some((_, '\u{6f0}'..='\u{6f9}')) => {
                let turned: Vec<(usize, char)> = stretch.iter().rev().copied().collect();
                out.push_turned(&turned);
            }
            _ => stretch.iter().for_each(|&(at, c)| out.push(c, at)),
        }
    }
}

/// Whether egui turns a stretch of such characters round.
fn turns(c: char) -> bool {
    is_leftward(c) || joins(c) || matches!(c, '\u{6f0}'..='\u{6f9}')
}

/// Brackets open to the other side in text from right to left.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    let other = |&(open, shut): &(char, char)| match c {
        c if c == open => Some(shut),
        c if c == shut => Some(open),
        _ => None,
    };
    PAIRS.iter().find_map(other).unwrap_or(c)
}

/// One line of text in the order in which it is painted.
pub fn line(text: &str) -> String {
    if has_leftward(text) { visual(text, runs_leftward(text)).set } else { text.to_owned() }
}

/// The lines of a text no wider than `width`, broken at spaces, as bytes without the space between
/// them; `measure` gives the width of a word. A word wider than a line has one of its own.
pub fn lines(text: &str, width: f32, space: f32, measure: impl Fn(&str) -> f32) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut used = 0.0;
    let mut at = 0;
    for word in text.split(' ') {
        let here = at..at + word.len();
        at = here.end + 1;
        let wide = measure(word);
        match out.last_mut() {
            Some(open) if used + space + wide <= width => {
                open.end = here.end;
                used += space + wide;
            }
            _ => {
                out.push(here);
                used = wide;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters as they are seen from left to right.
    fn seen(line: &str) -> String {
        visual(line, runs_leftward(line)).seen.into_iter().collect()
    }

    #[test]
    fn words_run_from_right_to_left_and_so_do_their_letters() {
        assert_eq!(line("مزار شریف"), "شریف مزار", "egui turns the letters round");
        assert_eq!(seen("אבג דה"), "הד גבא");
        assert_eq!(line("Mazar-i-Sharif +2"), "Mazar-i-Sharif +2");
    }

    #[test]
    fn numbers_and_latin_words_keep_their_direction() {
        assert_eq!(seen("אב 2021 גד"), "דג 2021 בא");
        assert_eq!(seen("אב BBC News גד"), "דג BBC News בא");
        assert_eq!(seen("در ۲۰۲۱ بود"), "دوب ۲۰۲۱ رد");
        assert_eq!(seen("in אב גד at"), "in דג בא at");
    }

    #[test]
    fn signs_stand_at_the_end_and_brackets_open_the_right_way() {
        assert_eq!(seen("אב."), ".בא");
        assert_eq!(seen("אב (גד)"), "(דג) בא");
        assert_eq!(seen("«אב»"), "«בא»");
    }

    #[test]
    fn each_character_is_known_by_where_it_stood() {
        let text = "کابل، (۱۲) BBC\u{200f}";
        let visual = visual(text, true);
        assert_eq!(visual.seen.len(), visual.from.len());
        for (c, from) in visual.seen.iter().zip(&visual.from) {
            let was = text[*from..].chars().next().unwrap();
            assert!(was == *c || mirrored(was) == *c, "{was} {c}");
        }
        assert!(!visual.seen.contains(&'\u{200f}'), "a mark of direction is not painted");
    }

    #[test]
    fn lines_are_broken_between_words() {
        let measure = |word: &str| word.chars().count() as f32;
        let of = |text, width| {
            let found = lines(text, width, 1.0, measure);
            found.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("אב גד הו", 5.0), ["אב גד", "הו"]);
        assert_eq!(of("ארוךמאוד אב", 4.0), ["ארוךמאוד", "אב"]);
        assert_eq!(of("", 4.0), [""]);
    }

    #[test]
    fn any_text_keeps_its_characters() {
        for text in ["", " ", "a", "\u{202e}abc", "א\u{301}ב", "((((", "۱", "ა א 1 ב ) (", "\u{2029}א"]
        {
            let visual = visual(text, runs_leftward(text));
            assert_eq!(visual.seen.len(), text.chars().filter(|c| !directs(*c)).count(), "{text:?}");
        }
    }
}
