//! Addresses of a server's tiles.

use super::SourceError;
use crate::map::tile::TileId;

/// An address with places for the tile's numbers: `https://example.org/{z}/{x}/{y}.png`.
///
/// Understood are `{z}`, `{x}`, `{y}`, `{-y}` (rows counted from the south), `{s}` (one of the
/// servers a, b, c), `{r}` (`@2x` on screens of double density).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XyzTemplate {
    text: String,
    /// Who is to be named beside the map; nobody where empty.
    pub attribution: String,
}

impl XyzTemplate {
    /// Reads an address.
    ///
    /// # Errors
    /// [`SourceError::Address`] where it is no address of tiles.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let text = text.trim();
        let wrong = |what| Err(SourceError::Address(text.to_owned(), what));
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(host) = host.map(|rest| rest.split('/').next().unwrap_or("")) else {
            return wrong("it does not start with https:// or http://");
        };
        if host.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return wrong("it names no server, or has spaces");
        }
        let has = |part: &str| text.contains(part);
        if !(has("{z}") && has("{x}") && (has("{y}") || has("{-y}"))) {
            return wrong("it lacks {z}, {x} or {y}");
        }
        let known = |part: &str| ["z", "x", "y", "-y", "s", "r"].contains(&part);
        let parts = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(""));
        if parts.into_iter().any(|part| !known(part)) {
            return wrong("only {z}, {x}, {y}, {-y}, {s} and {r} are understood");
        }
        Ok(Self { text: text.to_owned(), attribution: String::new() })
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address of one tile; `dense` for screens of double density.
    pub fn url(&self, id: TileId, dense: bool) -> String {
        let last = 1_u64.checked_shl(u32::from(id.z)).unwrap_or(1).saturating_sub(1);
        let server = ["a", "b", "c"].get(((id.x + id.y) % 3) as usize).copied().unwrap_or("a");
        self.text
            .replace("{z}", &id.z.to_string())
            .replace("{x}", &id.x.to_string())
            .replace("{y}", &id.y.to_string())
            .replace("{-y}", &last.saturating_sub(u64::from(id.y)).to_string())
            .replace("{s}", server)
            .replace("{r}", if dense { "@2x" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_take_their_places() {
        let id = TileId { z: 3, x: 5, y: 2 };
        let url = |text: &str| XyzTemplate::parse(text).unwrap().url(id, true);
        assert_eq!(url("https://t.example.org/{z}/{x}/{y}.png"), "https://t.example.org/3/5/2.png");
        assert_eq!(url("https://{s}.example.org/{z}/{x}/{-y}{r}.png"), "https://b.example.org/3/5/5@2x.png");
    }

    #[test]
    fn what_is_no_address_is_refused_with_its_reason() {
        for (text, reason) in [
            ("example.org/{z}/{x}/{y}", "https://"),
            ("file:///{z}/{x}/{y}", "https://"),
            ("https:///{z}/{x}/{y}", "no server"),
            ("https://a b/{z}/{x}/{y}", "spaces"),
            ("https://example.org/{z}/{x}", "lacks"),
            ("https://example.org/{z}/{x}/{y}?key={key}", "understood"),
        ] {
            let error = XyzTemplate::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
