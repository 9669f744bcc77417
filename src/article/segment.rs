//! Paragraphs, sentences and tokens of a text.
//!
//! The rules are those of the Penn Treebank tokeniser where they matter to names (possessives are
//! cut off, abbreviations keep their dot), and of the Punkt line of work for sentence ends (Kiss
//! and Strunk 2006: an abbreviation, an initial or a following lower-case word is no end), with
//! one for wire copy: a line break inside a paragraph is a space.

use std::ops::Range;

/// A word, number or punctuation mark: byte offsets into the text, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Token {
    /// The token's characters in `text`, the text it was cut from.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// How a text divides. Sentences tile the tokens; paragraphs tile the sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// Each sentence as a range of indices into `tokens`; never empty.
    pub sentences: Vec<Range<usize>>,
    /// Each paragraph as a range of indices into `sentences`; never empty.
    pub paragraphs: Vec<Range<usize>>,
}

impl Segmentation {
    /// The bytes a sentence covers, from its first token to its last.
    pub fn sentence_bytes(&self, sentence: usize) -> Range<usize> {
        let tokens = &self.tokens[self.sentences[sentence].clone()];
        let start = tokens.first().map_or(0, |t| t.start as usize);
        start..tokens.last().map_or(start, |t| t.end as usize)
    }

    /// The bytes a paragraph covers.
    pub fn paragraph_bytes(&self, paragraph: usize) -> Range<usize> {
        let range = &self.paragraphs[paragraph];
        self.sentence_bytes(range.start).start..self.sentence_bytes(range.end - 1).end
    }

    /// The sentence that holds byte `byte`, or the last one that starts before it.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| (self.tokens[s.start].start as usize) <= byte);
        after.checked_sub(1)
    }

    /// The paragraph that holds sentence `sentence`.
    pub fn paragraph_of(&self, sentence: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end <= sentence)
    }

    /// The indices of the tokens that overlap the byte range.
    pub fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.end as usize <= bytes.start);
        let end = self.tokens.partition_point(|t| (t.start as usize) < bytes.end);
        start..end.max(start)
    }
}

/// Cuts `text` into paragraphs, sentences and tokens.
pub fn segment(text: &str) -> Segmentation {
    // A word with its space is five letters and more.
    let mut out = Segmentation { tokens: Vec::with_capacity(text.len() / 5), ..Segmentation::default() };
    for paragraph in paragraphs(text) {
        let first_sentence = out.sentences.len();
        let first_token = out.tokens.len();
        tokenise(text, paragraph, &mut out.tokens);
        split_sentences(text, first_token, &mut out);
        if out.sentences.len() > first_sentence {
            out.paragraphs.push(first_sentence..out.sentences.len());
        }
    }
    out
}

/// Runs of lines between blank lines, and lines that end where a wrapped line would not.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut last_len = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let here = start..start + line.len();
        start = here.end;
        if content.is_empty() {
            out.extend(open.take());
            continue;
        }
        open = match open.take() {
            Some(range) if continues(&text[range.clone()], last_len, content) => Some(range.start..here.end),
            other => {
                out.extend(other);
                Some(here)
            }
        };
        last_len = content.chars().count();
    }
    out.extend(open);
    out
}

/// Whether `next` is the same paragraph as the lines before it: the line before was broken in
/// the middle of a sentence, or the text is hard-wrapped (60 to 100 columns).
fn continues(before: &str, last_len: usize, next: &str) -> bool {
    let ended =
        before.trim_end().trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?', ':', '…']);
    let next_lower = next.chars().next().is_some_and(char::is_lowercase);
    if next_lower {
        return true;
    }
    (45..=100).contains(&last_len) && (!ended || (55..=90).contains(&last_len))
}

/// Appends the tokens of one paragraph.
fn tokenise(text: &str, range: Range<usize>, out: &mut Vec<Token>) {
    let body = &text[range.clone()];
    let mut at = 0;
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let len = plain_len(rest.as_bytes()).unwrap_or_else(|| token_len(rest)).max(1);
        let start = range.start + at;
        out.push(Token { start: start as u32, end: (start + len) as u32 });
        at += len;
    }
}

/// Length of the token at the start of `rest` where it is what most are: ASCII letters before a space
/// or a mark that never belongs to a word.
fn plain_len(rest: &[u8]) -> Option<usize> {
    let len = rest.iter().position(|b| !b.is_ascii_alphabetic()).filter(|len| *len > 0)?;
    matches!(rest[len], b' ' | b'\n' | b'\r' | b'\t' | b',' | b';' | b':' | b'"' | b')' | b'!' | b'?')
        .then_some(len)
}

/// Length in bytes of the token at the start of `rest`, which is not white space.
fn token_len(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    if let Some(len) = possessive_len(rest) {
        return len;
    }
    if !is_word(first) {
        return if first == '.' { rest.len() - rest.trim_start_matches('.').len() } else { first.len_utf8() };
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let joins = match c {
            _ if is_word(c) => true,
            '.' | ',' if first.is_ascii_digit() => next.is_some_and(|n| n.is_ascii_digit()),
            '.' => next.is_some_and(is_word) && is_dotted(&rest[..at]),
            '\'' | '’' | 'ʼ' | '‘' => {
                possessive_len(&rest[at..]).is_none() && next.is_some_and(char::is_alphabetic)
            }
            '-' | '‐' | '‑' | '&' => {
                next.is_some_and(is_word) && c != '&'
                    || (c == '&' && at <= 2 && next.is_some_and(char::is_uppercase))
            }
            _ => false,
        };
        if !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end + usize::from(keeps_dot(&rest[..end], &rest[end..]))
}

/// Length of a possessive or contraction ("'s", "’s", "n't" stays whole) at the start of `rest`.
fn possessive_len(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '’' | 'ʼ'))?;
    let tail = &rest[quote.len_utf8()..];
    let mut chars = tail.chars();
    let is_s = matches!(chars.next(), Some('s' | 'S'));
    (is_s && !chars.next().is_some_and(is_word)).then(|| quote.len_utf8() + 1)
}

/// Letters, digits and combining marks.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '_')
        || ('\u{900}'..='\u{dff}').contains(&c)
        || ('\u{e31}'..='\u{e4e}').contains(&c)
}

/// "U", "U.S", "a.m": single letters between dots.
fn is_dotted(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 1)
}

/// Whether the dot at the start of `rest` belongs to `word`: an abbreviation or an initial.
fn keeps_dot(word: &str, rest: &str) -> bool {
    rest.starts_with('.')
        && !rest.starts_with("..")
        && (word.contains('.') && is_dotted(word)
            || is_abbreviation(word)
            || (word.chars().count() == 1 && word.chars().all(char::is_uppercase)))
}

/// Abbreviations that keep their dot; sorted, compared in lower case.
const ABBREVIATIONS: &[&str] = &[
    "adm", "ala", "apr", "ariz", "ark", "assn", "aug", "ave", "bldg", "blvd", "brig", "bros", "calif",
    "capt", "cie", "cmdr", "co", "col", "colo", "conn", "corp", "cpl", "ct", "dec", "del", "dept", "dr",
    "drs", "etc", "feb", "fla", "fr", "ft", "ga", "gen", "gov", "hon", "hwy", "ill", "inc", "ind", "jan",
    "jr", "jul", "jun", "kan", "ky", "la", "lt", "ltd", "maj", "man", "mar", "mass", "md", "messrs", "mich",
    "minn", "miss", "mo", "mont", "mr", "mrs", "ms", "mt", "neb", "nev", "no", "nov", "oct", "okla", "ont",
    "ore", "pa", "ph", "pres", "prof", "pvt", "que", "rd", "rep", "reps", "rev", "sask", "sen", "sens",
    "sep", "sept", "sgt", "sr", "st", "sta", "ste", "supt", "tenn", "tex", "univ", "va", "vs", "vt", "wash",
    "wis", "wyo",
];

/// Abbreviations that also are everyday words, so that a dot after them in lower case ends a sentence.
const ALSO_WORDS: &[&str] = &[
    "ill", "ind", "la", "man", "mar", "mass", "miss", "no", "ore", "wash", "ark", "co", "dec", "del", "fr",
    "jan", "pa", "ms",
];

fn is_abbreviation(word: &str) -> bool {
    if word.len() > 6 || !word.is_ascii() {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    ABBREVIATIONS.contains(&lower.as_str())
        && (word.starts_with(|c: char| c.is_ascii_uppercase()) || !ALSO_WORDS.contains(&lower.as_str()))
}

/// Abbreviations that stand before a name, so that a capital after them begins no sentence.
fn precedes_name(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.').to_ascii_lowercase().as_str(),
        "adm"
            | "brig"
            | "capt"
            | "cmdr"
            | "col"
            | "cpl"
            | "dr"
            | "drs"
            | "fr"
            | "ft"
            | "gen"
            | "gov"
            | "hon"
            | "lt"
            | "maj"
            | "messrs"
            | "mr"
            | "mrs"
            | "ms"
            | "mt"
            | "pres"
            | "prof"
            | "pvt"
            | "rep"
            | "reps"
            | "rev"
            | "sen"
            | "sens"
            | "sgt"
            | "st"
            | "sta"
            | "ste"
            | "supt"
            | "vs"
            | "no"
    )
}

/// Appends the sentences of the tokens from `first` on.
fn split_sentences(text: &str, first: usize, out: &mut Segmentation) {
    let mut start = first;
    let mut at = first;
    while at < out.tokens.len() {
        at += 1;
        if at == out.tokens.len() || ends_sentence(text, &out.tokens, start, &mut at) {
            out.sentences.push(start..at);
            start = at;
        }
    }
}

/// Whether a sentence that began at `start` ends before token `at`; closing quotes and brackets
/// after the stop are taken in by moving `at`.
fn ends_sentence(text: &str, tokens: &[Token], start: usize, at: &mut usize) -> bool {
    let last = tokens[*at - 1].of(text);
    if last.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let stops = matches!(last, "." | "!" | "?" | "…" | "。" | "！" | "？" | "؟" | "।" | "۔")
        || last.starts_with("...");
    let abbreviation = !stops && last.len() > 1 && last.ends_with('.');
    if !stops && !abbreviation {
        return false;
    }
    let mut next = *at;
    while next < tokens.len() && closes(text, tokens, next) {
        next += 1;
    }
    if next == tokens.len() {
        // A paragraph's last sentence ends with it, also behind an abbreviation: "in the U.S.”".
        *at = next;
        return true;
    }
    let follows = tokens[next].of(text);
    let opens = follows
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | '.' | '%'));
    let ends = if stops { opens } else { opens && abbreviation_ends(last, follows, *at - start) };
    if ends {
        *at = next;
    }
    ends
}

/// Whether an abbreviation with its dot also ends the sentence: only before a word that rarely
/// stands inside one with a capital.
fn abbreviation_ends(last: &str, follows: &str, words: usize) -> bool {
    if words < 4 || precedes_name(last) || last.chars().count() == 2 {
        return false;
    }
    matches!(
        follows,
        "The"
            | "A"
            | "An"
            | "In"
            | "On"
            | "At"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "But"
            | "And"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "His"
            | "Her"
            | "Its"
            | "Their"
            | "There"
            | "When"
            | "While"
            | "After"
            | "Before"
            | "However"
            | "Although"
            | "For"
            | "As"
            | "If"
            | "Many"
            | "Some"
            | "Police"
            | "Officials"
            | "You"
            | "I"
            | "Our"
            | "My"
            | "Your"
            | "What"
            | "Who"
            | "Why"
            | "How"
            | "Where"
            | "So"
            | "Since"
            | "Meanwhile"
    )
}

/// A closing quote or bracket that stands right behind the token before it.
fn closes(text: &str, tokens: &[Token], at: usize) -> bool {
    let glued = tokens[at].start == tokens[at - 1].end;
    glued && matches!(tokens[at].of(text), "\"" | "”" | "’" | "'" | ")" | "]" | "»" | "」")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        segment(text).tokens.iter().map(|t| t.of(text)).collect()
    }

    fn sentences(text: &str) -> Vec<&str> {
        let s = segment(text);
        (0..s.sentences.len()).map(|i| &text[s.sentence_bytes(i)]).collect()
    }

    #[test]
    fn the_last_sentence_may_end_in_a_quoted_abbreviation() {
        for text in
            ["He said: “They live in the U.S.”", "They left (for Washington, D.C.)", "It is Acme Inc.\""]
        {
            let found = segment(text);
            assert_eq!(found.sentences.iter().map(|s| s.end).max(), Some(found.tokens.len()), "{text}");
            assert_eq!(sentences(text).last().map(|s| text.ends_with(s)), Some(true), "{text}");
        }
    }

    #[test]
    fn possessives_are_cut_off() {
        assert_eq!(words("Afghanistan’s and Iran's"), ["Afghanistan", "’s", "and", "Iran", "'s"]);
    }

    #[test]
    fn names_keep_hyphens_apostrophes_and_dots() {
        assert_eq!(
            words("Mazar-i-Sharif, N'Djamena, the U.S. and St. Louis, Mo."),
            ["Mazar-i-Sharif", ",", "N'Djamena", ",", "the", "U.S.", "and", "St.", "Louis", ",", "Mo."]
        );
    }

    #[test]
    fn numbers_keep_separators() {
        assert_eq!(words("5,000 inmates, 3.5 km."), ["5,000", "inmates", ",", "3.5", "km", "."]);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        assert_eq!(
            sentences("He went to St. Louis, Mo. and met Gen. Smith. The U.S. Army left."),
            ["He went to St. Louis, Mo. and met Gen. Smith.", "The U.S. Army left."]
        );
    }

    #[test]
    fn closing_quotes_belong_to_their_sentence() {
        assert_eq!(
            sentences("He said “No one will be harmed.” However, it was."),
            ["He said “No one will be harmed.”", "However, it was."]
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_blank_lines_divide() {
        let text = "The Taliban militarily took over control of all provinces in\nAfghanistan with the exception of Kabul.\n\nOn Sunday they left.";
        let s = segment(text);
        assert_eq!(s.paragraphs.len(), 2);
        assert_eq!(s.sentences.len(), 2);
    }

    #[test]
    fn short_lines_are_paragraphs_of_their_own() {
        assert_eq!(segment("Quake hits Badakhshan\nA strong quake hit on Sunday.").paragraphs.len(), 2);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(segment(" \n\t\n"), Segmentation::default());
    }

    #[test]
    fn positions_lead_back() {
        let text = "One two. Three four.\n\nFive.";
        let s = segment(text);
        assert_eq!(s.sentence_at(10), Some(1));
        assert_eq!(s.paragraph_of(2), 1);
        assert_eq!(s.tokens_in(&(4..7)), 1..2);
    }
}
