//! The articles that come with the program, written for it.

use std::path::Path;

use crate::article::read::read_bytes;
use crate::article::{Article, Origin};

const FILES: [(&str, &str); 4] = [
    ("1-kabul.md", include_str!("../../assets/samples/1-kabul.md")),
    ("2-border-posts.md", include_str!("../../assets/samples/2-border-posts.md")),
    ("3-quake.md", include_str!("../../assets/samples/3-quake.md")),
    ("4-dushanbe.md", include_str!("../../assets/samples/4-dushanbe.md")),
];

/// The sample articles in order.
pub fn all() -> Vec<Article> {
    let read = FILES.iter().filter_map(|(name, text)| {
        let mut article = read_bytes(text.as_bytes(), Path::new(name)).ok()?;
        article.origin = Origin::Sample((*name).to_owned());
        Some(article)
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_a_headline_a_date_and_a_body() {
        let samples = all();
        assert_eq!(samples.len(), FILES.len());
        for article in samples {
            assert!(article.title.is_some() && article.published.is_some(), "{:?}", article.origin);
            assert!(article.text.len() > 400);
        }
    }
}
