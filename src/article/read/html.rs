//! Web pages into text.

use std::panic::catch_unwind;

use dom_smoothie::{Config, Readability, TextMode};

use super::dates::find_date;
use super::strip;
use crate::article::{Article, Origin};

/// Pages nested deeper are only stripped of their tags: the extractor walks them recursively.
const DEEPEST: usize = 400;
/// Pages of more elements are only stripped of their tags.
const MOST_ELEMENTS: usize = 100_000;
/// An extract shorter than this, in bytes, is held against the whole page's text.
const SHORT_EXTRACT: usize = 400;

/// The article inside a web page: title, date, outlet, language and readable text, the title in
/// front. Where no article can be told from what stands around it, all of the page's text.
pub fn article(source: &str, origin: Origin) -> Article {
    let found = extract(source).unwrap_or_default();
    let title = found.title.or_else(|| strip::title(source));
    let body = body(&found.text, source, title.as_deref());
    let body_start = title.as_ref().map_or(0, |t| t.len() + 2);
    let text = title.as_ref().map_or(body.clone(), |t| format!("{t}\n\n{body}"));
    Article {
        title,
        outlet: found.outlet,
        published: found.published.as_deref().and_then(find_date),
        language: found.language.as_deref().and_then(language),
        body_start: body_start.min(text.len()),
        ..Article::from_text(text, origin)
    }
}

/// The two letters of a language tag: "en-GB" is "en".
pub fn language(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// What the extractor finds.
#[derive(Default)]
struct Extract {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    language: Option<String>,
    text: String,
}

/// Runs dom_smoothie, a port of Mozilla's Readability. A page that it cannot digest counts as one
/// without an article: third-party code meets hostile pages here.
fn extract(source: &str) -> Option<Extract> {
    if strip::depth(source) > DEEPEST {
        return None;
    }
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        char_threshold: 200,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let parsed = catch_unwind(|| Readability::new(source, None, Some(config)).ok()?.parse().ok()).ok()??;
    Some(Extract {
        title: Some(strip::join_space(&parsed.title)).filter(|t| !t.is_empty()),
        outlet: parsed.site_name.map(|s| strip::join_space(&s)).filter(|s| !s.is_empty()),
        published: parsed.published_time.or_else(|| time_element(source)),
        language: parsed.lang,
        text: parsed.text_content.to_string(),
    })
}

/// The first `<time datetime="…">` of a page that states no date elsewhere.
fn time_element(source: &str) -> Option<String> {
    let from = source.get(source.find("<time")?..)?;
    let tag = from.get(..from.find('>')?)?;
    let value = tag.get(tag.find("datetime=")? + 9..)?.trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ' ', '>']).next().map(str::to_owned)
}

/// The paragraphs of the extract, or of the whole page where the extract is all but empty.
fn body(extract: &str, source: &str, title: Option<&str>) -> String {
    let tidy = |text: &str| {
        let lines = text.lines().map(strip::join_space);
        let lines = lines.filter(|l| !l.is_empty() && Some(l.as_str()) != title);
        lines.collect::<Vec<_>>().join("\n\n")
    };
    let extracted = tidy(extract);
    if extracted.len() >= SHORT_EXTRACT {
        return extracted;
    }
    let whole = tidy(&strip::strip(source));
    if whole.len() > 4 * extracted.len() { whole } else { extracted }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!doctype html><html lang=\"en-US\"><head><title>Dam bursts near Derna | The Coast Herald</title>\
             <meta property=\"og:site_name\" content=\"The Coast Herald\">\
             <meta property=\"article:published_time\" content=\"2023-09-11T06:00:00Z\"></head><body>\
             <nav><a href=/>Home</a> <a href=/w>World</a></nav>{body}<footer>Imprint</footer></body></html>"
        )
    }

    fn story() -> String {
        let p = "<p>Water tore through the city of Derna in eastern Libya on Monday, people there said, \
                 after two dams above the town gave way in the <b>night</b>, and roads to\n Benghazi were cut.</p>";
        format!("<article><h1>Dam bursts near Derna</h1>{}</article>", p.repeat(6))
    }

    #[test]
    fn the_article_is_told_from_the_page_around_it() {
        let a = article(&page(&story()), Origin::Pasted);
        assert!(a.title.as_deref().unwrap().starts_with("Dam bursts near Derna"), "{:?}", a.title);
        assert_eq!(a.outlet.as_deref(), Some("The Coast Herald"));
        assert_eq!(a.published.unwrap().to_string(), "2023-09-11");
        assert_eq!(a.language.as_deref(), Some("en"));
        assert!(!a.text.contains("Home") && !a.text.contains("Imprint"), "{}", a.text);
        assert!(a.text[a.body_start..].starts_with("Water tore"), "{}", a.text);
        assert_eq!(a.text.matches("\n\n").count(), 6, "{}", a.text);
        assert!(a.text.contains("in the night, and roads to Benghazi"), "{}", a.text);
    }

    #[test]
    fn a_page_without_an_article_gives_all_its_text() {
        let a = article("<p>Fire in Lagos</p><p>Two hurt</p>", Origin::Pasted);
        assert_eq!(a.text, "Fire in Lagos\n\nTwo hurt");
    }

    #[test]
    fn deep_nesting_is_stripped_not_walked() {
        let html = format!("{}Fire in Lagos", "<div>".repeat(200_000));
        assert_eq!(article(&html, Origin::Pasted).text, "Fire in Lagos");
    }
}
