//! A web page's text without its tags, for pages in which no article is found.

/// Elements whose content is not read.
const SILENT: [&str; 8] = ["script", "style", "head", "noscript", "template", "svg", "nav", "footer"];
/// Elements inside a line: their tags divide nothing.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u",
];

/// The readable text of `html`: paragraphs divided by a blank line, white space joined.
pub fn strip(html: &str) -> String {
    let mut paragraphs = vec![String::new()];
    // What was never closed is not looked for again: a page of open tags would take for ever.
    let mut unclosed: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        add(&mut paragraphs, rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let tag = Tag::at(rest);
        rest = rest.get(tag.len..).unwrap_or("");
        if !tag.closes && SILENT.contains(&tag.name.as_str()) && !unclosed.contains(&tag.name) {
            match after_end(rest, &tag.name) {
                Some(after) => rest = after,
                None => unclosed.push(tag.name.clone()),
            }
        }
        if tag.is_text {
            add(&mut paragraphs, "<");
        } else if !INLINE.contains(&tag.name.as_str()) {
            paragraphs.push(String::new());
        }
    }
    add(&mut paragraphs, rest);
    let lines = paragraphs.iter().map(|p| join_space(&unescape(p))).filter(|p| !p.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

/// The content of the first `<title>` or, without one, of the first `<h1>`.
pub fn title(html: &str) -> Option<String> {
    ["title", "h1"].iter().find_map(|name| {
        let from = html.get(find_tag(html, &format!("<{name}"))?..)?;
        let inside = from.get(from.find('>')? + 1..)?;
        let end = find_tag(inside, &format!("</{name}"))?;
        let title = join_space(&unescape(inside.get(..end)?));
        (!title.is_empty()).then_some(title)
    })
}

/// How deep the elements of a page are nested, at most; unclosed ones count on.
pub fn depth(html: &str) -> usize {
    const VOID: [&str; 9] = ["br", "img", "meta", "link", "input", "hr", "source", "wbr", "p"];
    let (mut depth, mut deepest) = (0usize, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..).unwrap_or("");
        let tag = Tag::at(rest);
        rest = rest.get(tag.len..).unwrap_or("");
        if tag.is_text || tag.name.is_empty() || VOID.contains(&tag.name.as_str()) {
            continue;
        }
        depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// A tag or comment at the start of a piece of HTML.
struct Tag {
    /// In lower case; empty for comments and declarations.
    name: String,
    closes: bool,
    /// The `<` opens no tag: "a < b".
    is_text: bool,
    /// Bytes up to what follows it.
    len: usize,
}

impl Tag {
    fn at(html: &str) -> Self {
        if html.starts_with("<!--") {
            let len = html.find("-->").map_or(html.len(), |i| i + 3);
            return Self { name: String::new(), closes: false, is_text: false, len };
        }
        let inside = html.get(1..).unwrap_or("");
        let closes = inside.starts_with('/');
        let name: String = inside
            .chars()
            .skip(usize::from(closes))
            .take_while(char::is_ascii_alphanumeric)
            .take(20)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let is_text = name.is_empty() && !inside.starts_with(['!', '?', '/']);
        let len = if is_text { 1 } else { html.find('>').map_or(html.len(), |i| i + 1) };
        Self { name, closes, is_text, len }
    }
}

fn add(paragraphs: &mut [String], text: &str) {
    if let Some(last) = paragraphs.last_mut() {
        last.push_str(text);
    }
}

/// What follows the end tag of `name`.
fn after_end<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let end = html.get(find_tag(html, &format!("</{name}"))?..)?;
    end.get(end.find('>')? + 1..)
}

/// Where `tag` ("<title") opens, in any case, its name ending there.
fn find_tag(html: &str, tag: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let here = |at: usize| {
        let after = bytes.get(at + tag.len());
        bytes.get(at..at + tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag.as_bytes()))
            && after.is_none_or(|b| !b.is_ascii_alphanumeric())
    };
    html.match_indices('<').map(|(at, _)| at).find(|&at| here(at))
}

/// White space joined into single spaces, none at the ends; no-break spaces are kept.
pub fn join_space(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r', '\u{c}']).filter(|w| !w.is_empty()).collect();
    words.join(" ").trim().to_owned()
}

/// Character references into characters: numeric ones and those that news pages use.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        match reference(rest) {
            Some((c, len)) => {
                out.push(c);
                rest = rest.get(len..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "eacute" => 'é',
        "egrave" => 'è',
        "aacute" => 'á',
        "oacute" => 'ó',
        "uuml" => 'ü',
        "ouml" => 'ö',
        "auml" => 'ä',
        "szlig" => 'ß',
        "ntilde" => 'ñ',
        "ccedil" => 'ç',
        _ => char::from_u32(number?).filter(|c| *c != '\0')?,
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_paragraphs_stay() {
        let html = "<html><head><title>T</title></head><body><p>Rain in <b>Oslo</b>,\n again.<p>A &lt; B &amp; C&#8217;s<br>end<script>x</script></body>";
        assert_eq!(strip(html), "Rain in Oslo, again.\n\nA < B & C’s\n\nend");
    }

    #[test]
    fn broken_markup_ends_well() {
        for html in ["<", "a < b", "<p", "<!-- open", "<script>never closed", "&#;&#x110000;&", "</", "<ü>"]
        {
            strip(html);
            title(html);
            depth(html);
        }
        assert_eq!(strip("a < b"), "a < b");
    }

    #[test]
    fn a_page_of_open_tags_takes_no_time() {
        assert_eq!(strip(&"<script>".repeat(400_000)), "");
        assert_eq!(strip("<head><title>T</title><p>Rain"), "T\n\nRain");
    }

    #[test]
    fn the_title_is_found_in_any_case() {
        assert_eq!(title("<TITLE lang=en> Flood\n in Herat </TITLE>").as_deref(), Some("Flood in Herat"));
        assert_eq!(title("<h1>Flood</h1>").as_deref(), Some("Flood"));
    }

    #[test]
    fn depth_counts_open_elements() {
        assert_eq!(depth("<div><div><br></div></div><div></div>"), 2);
        assert_eq!(depth(&"<div>".repeat(5000)), 5000);
    }
}
