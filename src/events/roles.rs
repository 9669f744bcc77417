//! What the grammar says about the part a place plays in its sentence.

use super::extract::Found;
use super::grammar::{ChunkKind, Parse, Tag};
use super::placing::places_of;
use super::{Event, EventType, PlaceBasis};
use crate::places::{Mention, Precision, Role};

/// Corrects the roles of a sentence's mentions that the grammar can tell: governments that act,
/// exceptions, places in titles.
pub(super) fn refine(parse: &Parse, found: &[Found], mentions: &mut [Mention]) {
    let here: Vec<(usize, usize)> = places_of(parse, mentions).collect();
    for (mention, chunk) in here {
        let role = told(parse, found, mentions, mention, chunk);
        if let (Some(role), Some(slot)) = (role, mentions.get_mut(mention)) {
            slot.role = role;
        }
    }
}

fn told(parse: &Parse, found: &[Found], mentions: &[Mention], mention: usize, chunk: usize) -> Option<Role> {
    let m = mentions.get(mention)?;
    if !matches!(m.role, Role::Event | Role::Background) {
        return None;
    }
    if found.iter().any(|f| f.placed.exceptions.contains(&mention)) {
        return Some(Role::Background);
    }
    if found.iter().any(|f| f.event.place.is_some_and(|p| p.mention == mention)) {
        return None;
    }
    let group = parse.chunks.get(chunk)?;
    let head_is_place = parse.words[group.head].mention == u32::try_from(mention).ok();
    let metonym = matches!(m.precision, Some(Precision::Country)) && acts(parse, chunk);
    if head_is_place && metonym {
        return Some(Role::Actor);
    }
    (!head_is_place && names_office(parse, group.head)).then_some(Role::Background)
}

/// Whether the noun group is the subject of a verb that needs a will.
fn acts(parse: &Parse, chunk: usize) -> bool {
    parse.verbs.iter().any(|v| {
        let doer = if v.passive { v.agent } else { v.subject };
        doer == Some(chunk) && parse.words[v.head].tag == Tag::Verb
    }) && parse.kind(chunk) == ChunkKind::Noun
}

/// "Afghanistan President Ashraf Ghani": the country is only part of a title.
fn names_office(parse: &Parse, head: usize) -> bool {
    parse.words.get(head).is_some_and(|w| w.tag == Tag::Name && w.mention.is_none())
}

/// Marks the places where events happen, start and end; a place told only of what did not
/// happen is background.
pub(super) fn settle(events: &[Event], mentions: &mut [Mention]) {
    for event in events {
        if let Some(place) = event.place.filter(|p| p.basis == PlaceBasis::Argument) {
            set(
                mentions,
                place.mention,
                if event.status.is_drawn() { Role::Event } else { Role::Background },
            );
        }
    }
    for event in events.iter().filter(|e| e.status.is_drawn()) {
        if let Some(place) = event.place.filter(|p| p.basis == PlaceBasis::Argument) {
            set(mentions, place.mention, Role::Event);
        }
    }
    for event in events.iter().filter(|e| e.kind == EventType::Move && e.status.is_drawn()) {
        if let Some(mention) = event.origin {
            set(mentions, mention, Role::Origin);
        }
        if let Some(mention) = event.destination {
            set(mentions, mention, Role::Destination);
        }
    }
}

fn set(mentions: &mut [Mention], mention: usize, role: Role) {
    if let Some(slot) = mentions.get_mut(mention)
        && slot.role != Role::Dateline
    {
        slot.role = role;
    }
}
