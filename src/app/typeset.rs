//! An article's paragraphs, laid out once for a width and painted often.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Galley, Rect, pos2};

use crate::article::segment::Segmentation;

use super::{bidi, look};

/// A paragraph of the article, laid out once and painted often.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its bytes in the article's text.
    pub range: Range<usize>,
    /// Where it starts, in points below the first block.
    pub top: f32,
    /// Its height, guessed until it is laid out.
    pub height: f32,
    heading: bool,
    galley: Option<Arc<Galley>>,
    /// What each line shows of the article.
    lines: Vec<Line>,
    /// Whether the paragraph runs from right to left: its lines end at the right.
    leftward: bool,
}

/// What a line shows of the article.
#[derive(Debug, Clone, Default)]
struct Line {
    /// From its first byte to its last.
    span: Range<usize>,
    /// Byte offset in the article of each glyph, from left to right.
    offsets: Vec<u32>,
}

/// The paragraphs of one article at one width.
#[derive(Debug, Default)]
pub struct Layout {
    key: Option<Key>,
    blocks: Vec<Block>,
    byline: f32,
}

/// What a layout is valid for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// The document's revision.
    pub revision: u64,
    /// The article.
    pub article: usize,
    /// Width in points.
    pub width: f32,
    /// Pixels a point.
    pub pixels_per_point: f32,
    /// Which drawn glyphs it points to, as [`super::look::glyphs`] counts them.
    pub glyphs: u64,
}

/// Free space between paragraphs, in points.
const GAP: f32 = 12.0;
/// A block longer than this is cut after a sentence, so that no single layout is long.
const LONG: usize = 4000;
/// Time a frame may spend on laying out what is not seen yet.
const BUDGET: Duration = Duration::from_millis(4);

impl Layout {
    /// Makes the layout one for `key`; nothing is laid out yet.
    pub fn prepare(&mut self, key: Key, text: &str, body_start: usize, parts: &Segmentation) {
        if self.key == Some(key) {
            return;
        }
        self.key = Some(key);
        self.blocks = blocks_of(parts, body_start)
            .into_iter()
            .flat_map(|(range, heading)| chopped(text, range).into_iter().map(move |part| (part, heading)))
            .map(|(range, heading)| Block {
                height: guess(range.len(), key.width, heading),
                lines: Vec::new(),
                leftward: false,
                top: 0.0,
                galley: None,
                heading,
                range,
            })
            .collect();
        // Bytes past the end would only come from a damaged document.
        self.blocks.retain(|block| text.get(block.range.clone()).is_some());
        self.place();
    }

    /// Lays out blocks from the top until the frame's time is used up, and in any case those seen
    /// between `top` and `bottom`; says whether all is done.
    pub fn advance(&mut self, painter: &egui::Painter, text: &str, seen: Range<f32>) -> bool {
        let Some(key) = self.key else { return true };
        let start = Instant::now();
        let mut done = true;
        for block in &mut self.blocks {
            if block.galley.is_some() {
                continue;
            }
            let visible = block.top < seen.end && block.top + block.height > seen.start;
            if visible || start.elapsed() < BUDGET {
                block.lay_out(painter, text, key.width);
            } else {
                done = false;
            }
        }
        self.place();
        done
    }

    /// Whether the headline runs from right to left.
    pub fn is_leftward(&self) -> bool {
        self.blocks.first().is_some_and(Block::is_leftward)
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Height of all blocks.
    pub fn height(&self) -> f32 {
        self.blocks.last().map_or(0.0, |block| block.top + block.height)
    }

    /// Where the line with byte `at` starts, below the first block; a guess where its block is not
    /// laid out.
    pub fn top_of(&self, at: usize) -> Option<f32> {
        let block = self.blocks.iter().rfind(|block| block.range.start <= at)?;
        let rects = block.rects(&(at..at + 1));
        Some(block.top + rects.first().map_or(0.0, |rect| rect.top()))
    }

    /// Where the line under the headline goes, below the first block.
    pub fn byline_top(&self) -> f32 {
        self.blocks.iter().rfind(|block| block.heading).map_or(0.0, |block| block.top + block.height + 6.0)
    }

    /// Leaves `height` points free under the headline.
    pub fn set_byline(&mut self, height: f32) {
        if self.byline != height {
            self.byline = height;
            self.place();
        }
    }

    fn place(&mut self) {
        let mut top = if self.blocks.first().is_some_and(|block| block.heading) { 0.0 } else { self.byline };
        for i in 0..self.blocks.len() {
            let last_heading = self.blocks.get(i + 1).is_some_and(|next| !next.heading);
            let Some(block) = self.blocks.get_mut(i) else { break };
            block.top = top;
            top += block.height;
            top += match (block.heading, last_heading) {
                (true, true) => self.byline,
                (true, false) => 2.0,
                _ => GAP,
            };
        }
    }
}

impl Block {
    /// The galley, once it is laid out.
    pub fn galley(&self) -> Option<&Arc<Galley>> {
        self.galley.as_ref()
    }

    /// Whether it runs from right to left, so that it is painted from its upper right corner.
    pub fn is_leftward(&self) -> bool {
        self.leftward
    }

    /// The rectangles a stretch of the article covers, relative to the block's corner: one a line,
    /// and more where other words stand between its own.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let Some(galley) = &self.galley else { return Vec::new() };
        let mut out = Vec::new();
        for (row, line) in galley.rows.iter().zip(&self.lines) {
            if line.span.start >= range.end || line.span.end < range.start {
                continue;
            }
            let mut open: Option<Rect> = None;
            for (glyph, at) in row.glyphs.iter().zip(&line.offsets) {
                if *at == UNSEEN {
                    continue;
                }
                if !range.contains(&(*at as usize)) {
                    out.extend(open.take());
                } else if glyph.chr != ' ' {
                    // A space at the end of a line is not marked.
                    let left = row.pos.x + glyph.pos.x;
                    let corner = pos2(left + glyph.advance_width, row.pos.y + row.row.size.y);
                    let here = Rect::from_min_max(pos2(left, row.pos.y), corner);
                    open = Some(open.map_or(here, |rect| rect.union(here)));
                }
            }
            out.extend(open);
        }
        out
    }

    fn lay_out(&mut self, painter: &egui::Painter, text: &str, width: f32) {
        let source = text.get(self.range.clone()).unwrap_or("");
        let (line, offsets) = one_line(source, self.range.start);
        let format = if self.heading { heading_format() } else { body_format() };
        let mut job = LayoutJob { break_on_newline: false, ..Default::default() };
        let job_is_mixed = bidi::has_leftward(&line);
        let seen = if job_is_mixed {
            let (set, seen) = ordered(painter, &line, &offsets, &format, width);
            self.leftward = bidi::runs_leftward(&line);
            job.break_on_newline = true;
            job.halign = if self.leftward { Align::RIGHT } else { Align::LEFT };
            job.append(&set, 0.0, format);
            seen
        } else {
            job.wrap = TextWrapping::wrap_at_width(width);
            job.append(&line, 0.0, format);
            line.chars().zip(offsets).collect()
        };
        let galley = painter.layout_job(job);
        self.height = galley.size().y;
        self.lines = lines_of(&galley, &seen, job_is_mixed);
        self.galley = Some(galley);
    }
}

/// The most characters that one glyph stands for.
const LIGATURE: usize = 4;

/// Stands for the place of a glyph that shows nothing.
const UNSEEN: u32 = u32::MAX;

/// Which byte of the article each glyph shows, from the characters as they are seen, line after
/// line. Without `mixed` directions each glyph is one character.
fn lines_of(galley: &Galley, seen: &[(char, u32)], mixed: bool) -> Vec<Line> {
    let mut rest = seen;
    let mut out = Vec::with_capacity(galley.rows.len());
    for row in &galley.rows {
        let mut line = Line::default();
        for glyph in &row.glyphs {
            // The dots of Arabic letters are glyphs without a width beside those of the letters, and egui
            // puts some without a picture behind a word from right to left.
            if mixed && glyph.advance_width == 0.0 {
                line.offsets.push(UNSEEN);
                continue;
            }
            // A ligature is one glyph of several characters: what follows is found by its letter.
            let same = |(c, _): &(char, u32)| !mixed || *c == glyph.chr;
            let ahead = rest.iter().take(LIGATURE).position(same);
            let found = ahead.and_then(|ahead| rest.get(ahead));
            line.offsets.push(found.map_or(UNSEEN, |(_, at)| *at));
            rest = rest.get(ahead.map_or(0, |ahead| ahead + 1)..).unwrap_or(&[]);
        }
        let seen = || line.offsets.iter().filter(|at| **at != UNSEEN);
        let (least, most) = (seen().min(), seen().max());
        line.span = least.map_or(0, |at| *at as usize)..most.map_or(0, |at| *at as usize);
        if row.ends_with_newline {
            let newline = rest.iter().position(|(c, _)| *c == '\n');
            rest = newline.and_then(|at| rest.get(at + 1..)).unwrap_or(rest);
        }
        out.push(line);
    }
    out
}

/// A paragraph in lines of the width, each in the order in which it is painted: what egui is given,
/// and the characters as they are seen.
fn ordered(
    painter: &egui::Painter,
    text: &str,
    offsets: &[u32],
    format: &TextFormat,
    width: f32,
) -> (String, Vec<(char, u32)>) {
    let measure = |word: &str| {
        let job = LayoutJob::single_section(word.to_owned(), format.clone());
        painter.layout_job(job).size().x
    };
    let at: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let offset =
        |byte: usize| at.binary_search(&byte).ok().and_then(|i| offsets.get(i).copied()).unwrap_or(0);
    let leftward = bidi::runs_leftward(text);
    let (mut set, mut seen) = (String::new(), Vec::new());
    for (i, range) in bidi::lines(text, width, measure(" "), measure).into_iter().enumerate() {
        if i > 0 {
            set.push('\n');
            seen.push(('\n', offset(range.start.saturating_sub(1))));
        }
        let line = bidi::visual(text.get(range.clone()).unwrap_or(""), leftward);
        set.push_str(&line.set);
        seen.extend(line.seen.iter().zip(&line.from).map(|(c, from)| (*c, offset(range.start + from))));
    }
    (set, seen)
}

fn body_format() -> TextFormat {
    TextFormat {
        font_id: look::serif(),
        color: Color32::PLACEHOLDER,
        line_height: Some(look::SERIF_LINE),
        ..Default::default()
    }
}

fn heading_format() -> TextFormat {
    TextFormat {
        font_id: look::heading(),
        color: Color32::PLACEHOLDER,
        line_height: Some(27.0),
        extra_letter_spacing: -0.015 * 21.0,
        ..Default::default()
    }
}

/// The text with each run of white space as one space, and the byte offset of each character.
fn one_line(source: &str, start: usize) -> (String, Vec<u32>) {
    let mut set = String::with_capacity(source.len());
    let mut offsets = Vec::with_capacity(source.len());
    let mut space = true;
    for (at, c) in source.char_indices() {
        let blank = c.is_whitespace() || c.is_control();
        if !(blank && space) {
            set.push(if blank { ' ' } else { c });
            offsets.push((start + at) as u32);
        }
        space = blank;
    }
    (set, offsets)
}

/// The paragraphs as byte ranges, those before `body_start` as headings, long ones cut.
fn blocks_of(parts: &Segmentation, body_start: usize) -> Vec<(Range<usize>, bool)> {
    let mut out = Vec::new();
    for paragraph in &parts.paragraphs {
        let mut open: Option<Range<usize>> = None;
        for sentence in paragraph.clone() {
            let here = parts.sentence_bytes(sentence);
            open = match open.take() {
                Some(range) if range.len() + here.len() <= LONG => Some(range.start..here.end),
                Some(range) => {
                    out.push(range);
                    Some(here)
                }
                None => Some(here),
            };
        }
        out.extend(open);
    }
    out.into_iter().map(|range| (range.clone(), range.start < body_start)).collect()
}

/// A range that no sentence end cuts, cut all the same: a block must be laid out within a frame.
fn chopped(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut rest = range;
    while rest.len() > 5 * LONG {
        let cut = text.floor_char_boundary(rest.start + 5 * LONG);
        out.push(rest.start..cut);
        rest = cut..rest.end;
    }
    out.push(rest);
    out
}

/// Height of a block from its length: about 7.2 points a character.
fn guess(bytes: usize, width: f32, heading: bool) -> f32 {
    let line = if heading { 27.0 } else { look::SERIF_LINE };
    let rows = (bytes as f32 * 7.2 / width.max(60.0)).ceil().max(1.0);
    rows * line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment::segment;

    #[test]
    fn line_breaks_become_spaces_and_offsets_stay_true() {
        let source = "Rain\r\n in  Łódź";
        let (set, offsets) = one_line(source, 10);
        assert_eq!(set, "Rain in Łódź");
        for (c, &offset) in set.chars().zip(&offsets) {
            let at = source[offset as usize - 10..].chars().next().unwrap();
            assert!(at == c || (at.is_whitespace() && c == ' '));
        }
    }

    #[test]
    fn a_word_from_right_to_left_is_found_where_it_is_painted() {
        let ctx = egui::Context::default();
        look::install(&ctx);
        ctx.begin_pass(egui::RawInput::default());
        let painter = egui::Painter::new(ctx.clone(), egui::LayerId::background(), Rect::EVERYTHING);
        let text = "سیل در هرات BBC گفت.";
        let mut layout = Layout::default();
        let key = Key { revision: 1, article: 0, width: 400.0, pixels_per_point: 1.0, glyphs: 0 };
        layout.prepare(key, text, 0, &segment(text));
        assert!(layout.advance(&painter, text, 0.0..1000.0));
        let block = layout.blocks().first().unwrap();
        assert!(block.is_leftward());
        let of = |word: &str| {
            let at = text.find(word).unwrap();
            let rects = block.rects(&(at..at + word.len()));
            assert_eq!(rects.len(), 1, "{word}");
            let wide = painter.layout_no_wrap(word.to_owned(), look::serif(), Color32::BLACK).size().x;
            assert!((rects[0].width() - wide).abs() < 1.5, "{word}: {} for {wide}", rects[0].width());
            rects[0]
        };
        let [first, second, latin, last] = ["سیل", "هرات", "BBC", "گفت"].map(of);
        assert!(first.left() > second.right() && second.left() > latin.right());
        assert!(latin.left() > last.right() && first.right() <= 0.5, "from the right edge on");
        let _ = ctx.end_pass();
    }

    #[test]
    fn the_headline_is_a_block_of_its_own() {
        let text = "Flood in Dhaka\n\nWater rose. It fell.\n\nPeople left.";
        let blocks = blocks_of(&segment(text), 16);
        let texts: Vec<_> = blocks.iter().map(|(range, heading)| (&text[range.clone()], *heading)).collect();
        assert_eq!(
            texts,
            [("Flood in Dhaka", true), ("Water rose. It fell.", false), ("People left.", false)]
        );
    }

    #[test]
    fn text_without_any_sentence_end_is_cut_between_letters() {
        let text = "ж".repeat(30_000);
        let parts = chopped(&text, 0..text.len());
        assert!(parts.len() > 2 && parts.iter().all(|part| text.get(part.clone()).is_some()));
        assert_eq!(parts.last().unwrap().end, text.len());
    }

    #[test]
    fn no_block_is_much_longer_than_the_limit() {
        let text = "It rained in Oslo again today. ".repeat(2000);
        let blocks = blocks_of(&segment(&text), 0);
        assert!(blocks.len() > 10 && blocks.iter().all(|(range, _)| range.len() <= LONG));
    }
}
