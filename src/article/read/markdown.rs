//! Markdown into text.

use jiff::civil::Date;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::dates::find_date;
use crate::article::{Article, Origin};

/// An article of CommonMark text, its front matter and its first heading read as title, date and
/// outlet. Marks, link targets, pictures, code and HTML are left out of the text; a line break
/// inside a paragraph becomes a space; paragraphs are divided by a blank line.
pub fn article(source: &str, origin: Origin) -> Article {
    let mut page = Page::default();
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(source, options) {
        page.take(event);
    }
    page.end_block();
    page.into_article(origin)
}

/// What has been read so far.
#[derive(Default)]
struct Page {
    front: FrontMatter,
    in_front: bool,
    /// Depth of elements whose text is not read: pictures, code.
    silent: usize,
    in_title: bool,
    heading: Option<String>,
    block: String,
    blocks: Vec<String>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_front => self.front.read(&text),
            Event::Text(text) if self.silent == 0 => self.block.push_str(&text),
            Event::Code(text) if self.silent == 0 => self.block.push_str(&text),
            Event::SoftBreak => self.block.push(' '),
            Event::HardBreak => self.block.push('\n'),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::MetadataBlock(_) => self.in_front = true,
            Tag::Image { .. } | Tag::CodeBlock(_) => self.silent += 1,
            Tag::Heading { level, .. } => {
                self.end_block();
                let first = self.blocks.is_empty() && self.heading.is_none();
                self.in_title = *level == HeadingLevel::H1 && first;
            }
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::TableRow | Tag::TableHead => {
                self.end_block()
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::MetadataBlock(_) => self.in_front = false,
            TagEnd::Image | TagEnd::CodeBlock => self.silent = self.silent.saturating_sub(1),
            TagEnd::Heading(_) if self.in_title => {
                self.in_title = false;
                self.heading = Some(std::mem::take(&mut self.block).trim().to_owned());
            }
            TagEnd::TableCell => self.block.push_str("  "),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => {
                self.end_block();
            }
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = block.trim();
        if !block.is_empty() {
            self.blocks.push(block.to_owned());
        }
    }

    fn into_article(self, origin: Origin) -> Article {
        let title = self.heading.filter(|h| !h.is_empty()).or(self.front.title);
        let body = self.blocks.join("\n\n");
        let body_start = title.as_ref().map_or(0, |t| t.len() + 2);
        let text = title.as_ref().map_or(body.clone(), |t| format!("{t}\n\n{body}"));
        Article {
            title,
            outlet: self.front.outlet,
            published: self.front.published,
            language: self.front.language,
            body_start: body_start.min(text.len()),
            ..Article::from_text(text, origin)
        }
    }
}

/// `key: value` lines between `---` lines; nested YAML is passed over.
#[derive(Default)]
struct FrontMatter {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<Date>,
    language: Option<String>,
}

impl FrontMatter {
    fn read(&mut self, block: &str) {
        for (key, value) in block.lines().filter_map(|line| line.split_once(':')) {
            let value = value.trim().trim_matches(['"', '\'']).trim();
            if !value.is_empty() {
                self.set(key.trim().to_ascii_lowercase().as_str(), value);
            }
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        let text = || Some(value.to_owned());
        match key {
            "title" | "headline" => self.title = text(),
            "outlet" | "source" | "publisher" | "site" => self.outlet = text(),
            "author" if self.outlet.is_none() => self.outlet = text(),
            "date" | "published" | "publishdate" | "pubdate" => {
                self.published = find_date(value).or(self.published);
            }
            "lang" | "language" => self.language = super::html::language(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "---\ntitle: \"Not this\"\ndate: 2020-03-01\nsource: The Valley Post\nlang: en-GB\n---\n\n# Bridge closed in *Mostar*\n\nThe old bridge in [Mostar](https://example.org/x)\nwas **closed**.\n\n![a bridge](b.png)\n\n- First, Sarajevo\n- then Tuzla\n\n```\ncode\n```\n";

    #[test]
    fn marks_go_and_paragraphs_stay() {
        let a = article(STORY, Origin::Pasted);
        assert_eq!(
            a.text,
            "Bridge closed in Mostar\n\nThe old bridge in Mostar was closed.\n\nFirst, Sarajevo\n\nthen Tuzla"
        );
        assert_eq!(&a.text[a.body_start..a.body_start + 7], "The old");
    }

    #[test]
    fn front_matter_tells_date_outlet_and_language() {
        let a = article(STORY, Origin::Pasted);
        assert_eq!(a.title.as_deref(), Some("Bridge closed in Mostar"));
        assert_eq!(a.outlet.as_deref(), Some("The Valley Post"));
        assert_eq!(a.published, Some(Date::constant(2020, 3, 1)));
        assert_eq!(a.language.as_deref(), Some("en"));
    }

    #[test]
    fn windows_line_breaks_make_no_difference() {
        assert_eq!(
            article(&STORY.replace('\n', "\r\n"), Origin::Pasted).text,
            article(STORY, Origin::Pasted).text
        );
    }
}
