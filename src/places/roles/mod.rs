//! What a mention does in its sentence, as far as the words around it, the article and the place
//! itself tell. The events layer refines this where an event has the mention as its place, origin
//! or destination.
//!
//! Peoples, places inside the names of organisations and datelines are told by rules. The others
//! are weighed by a multinomial logistic model ([`weights`]) over what [`scene`] sees; its weights
//! are data, trained by `dateline-build train-roles` from annotated articles.

pub mod dateline;
pub mod governor;
pub mod home;
pub mod scene;
pub mod weights;

use std::ops::Range;

use self::scene::Scene;
use self::weights::{OUTPUTS, Weights};
use super::mention::Role;
use super::recognise::page::Page;
use super::recognise::spots::{Spot, SpotKind};
use crate::article::segment::Segmentation;

/// The roles that rules tell, of all spots of an article; `None` where the sentence has to be weighed.
pub fn given(page: &Page, text: &str, segmentation: &Segmentation, spots: &[Spot]) -> Vec<Option<Role>> {
    let mut roles: Vec<Option<Role>> = spots.iter().map(by_kind).collect();
    let heads: Vec<usize> =
        (0..spots.len()).filter(|&at| heads_dateline(page, text, segmentation, &spots[at])).collect();
    let paragraph = |spot: usize| segmentation.paragraph_of(sentence_of(page, &spots[spot].words));
    // Several paragraphs that begin so are the items of a digest, each at the place it tells of.
    if let (Some(first), Some(last)) = (heads.first(), heads.last())
        && paragraph(*first) == paragraph(*last)
        && opens_article(page, segmentation, &spots[*first].words)
    {
        heads.iter().for_each(|head| roles[*head] = Some(Role::Dateline));
    }
    roles
}

fn by_kind(spot: &Spot) -> Option<Role> {
    match spot.kind {
        SpotKind::Demonym => Some(Role::Demonym),
        SpotKind::OrganisationPart => Some(Role::OrganisationPart),
        SpotKind::Place => None,
    }
}

fn heads_dateline(page: &Page, text: &str, segmentation: &Segmentation, spot: &Spot) -> bool {
    let paragraph =
        |at: usize| page.words.get(at).map(|word| segmentation.paragraph_of(word.sentence as usize));
    spot.kind == SpotKind::Place
        && opens_paragraph(page, segmentation, &spot.words)
        && paragraph(spot.words.start) == paragraph(spot.words.end)
        && dateline::is_dateline(page, text, spot.words.end)
}

/// Paragraphs, headlines left out, that may stand before the one with the dateline: a line below
/// the title, who wrote it, when.
const ABOVE: usize = 3;

/// Whether little but titles stands before the paragraph of these words.
fn opens_article(page: &Page, segmentation: &Segmentation, words: &Range<usize>) -> bool {
    let sentence = sentence_of(page, words);
    let headline =
        |paragraph: &Range<usize>| paragraph.clone().all(|s| page.headlines.get(s).copied().unwrap_or(false));
    let before = segmentation.paragraphs.iter().take(segmentation.paragraph_of(sentence));
    before.filter(|paragraph| !headline(paragraph)).count() <= ABOVE
}

fn sentence_of(page: &Page, words: &Range<usize>) -> usize {
    page.words.get(words.start).map_or(0, |w| w.sentence as usize)
}

/// Whether words stand at the head of their paragraph.
fn opens_paragraph(page: &Page, segmentation: &Segmentation, words: &Range<usize>) -> bool {
    let Some(word) = page.words.get(words.start) else { return false };
    let sentence = word.sentence as usize;
    let paragraph = segmentation.paragraph_of(sentence);
    let first = segmentation.paragraphs.get(paragraph).map_or(sentence, |p| p.start);
    sentence == first && page.sentences.get(sentence).is_some_and(|s| words.start <= s.start + 3)
}

/// The roles of all spots of an article, in their order.
pub fn assign(weights: &Weights, scene: &Scene<'_>, given: &[Option<Role>]) -> Vec<Role> {
    let mut features = Vec::with_capacity(128);
    let told = |(at, given): (usize, &Option<Role>)| {
        given.unwrap_or_else(|| {
            scene.describe(at, &mut features);
            best(&weights.score(&features))
        })
    };
    given.iter().enumerate().map(told).collect()
}

/// The likeliest role of the likelier side: whether a mention is drawn on the map comes first.
pub fn best(scores: &[f32; OUTPUTS]) -> Role {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let shares = scores.map(|score| (score - most).exp());
    let side =
        |drawn: bool| weights::ROLES.iter().zip(shares).filter(move |(role, _)| role.is_drawn() == drawn);
    let sum = |drawn: bool| -> f32 { side(drawn).map(|(_, share)| share).sum() };
    let likelier = side(sum(true) >= sum(false));
    likelier.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Role::Background, |(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_it_is_drawn_comes_first() {
        // Event, background, actor, destination, origin.
        assert_eq!(best(&[1.0, 1.2, -9.0, 0.9, -9.0]), Role::Event);
        assert_eq!(best(&[0.0, 0.4, 0.9, -9.0, -9.0]), Role::Actor);
        assert_eq!(best(&[-1.0, -1.0, -1.0, -1.0, 3.0]), Role::Origin);
    }
}
