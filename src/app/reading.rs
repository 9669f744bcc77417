//! The article, set to be read: passages marked, places underlined, both linked to the map.

use std::ops::Range;
use std::sync::Arc;

use egui::{
    CornerRadius, CursorIcon, Galley, Pos2, Rect, Role, ScrollArea, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::command::Command;
use super::context::{Cx, Out};
use super::found::is_shown;
use super::look::{self, Look, TEXT_SIDE};
use super::state::{Filter, Passage};
use super::typeset::{Block, Key, Layout};
use super::{widgets, words};
use crate::events::EventType;
use crate::places::{Mention, PlaceIndex, Role as PlaceRole};
use crate::project::Analysed;

/// The reading view, with the article as it is laid out.
#[derive(Debug, Default)]
pub struct Reading {
    layout: Layout,
    links: Links,
}

/// The stretches of the article that are marked and can be clicked.
#[derive(Debug, Default)]
struct Links {
    key: Option<(u64, usize, Filter)>,
    passages: Vec<(Range<usize>, Passage)>,
    mentions: Vec<Link>,
}

/// An underlined place.
#[derive(Debug, Clone)]
struct Link {
    range: Range<usize>,
    mention: usize,
    place: Option<PlaceIndex>,
    kind: Option<EventType>,
    doubtful: bool,
    /// Whether a person decided on it.
    decided: bool,
    name: String,
}

impl Reading {
    /// Shows the article with its headline and the lines under it.
    pub fn show(&mut self, ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
        let Some(analysed) = cx.document.article(cx.now.article) else {
            return nothing_open(ui);
        };
        let scroll = ScrollArea::vertical().id_salt(("text", cx.now.article)).auto_shrink(false);
        scroll.show(ui, |ui| {
            let width = ui.available_width();
            ui.scope_builder(egui::UiBuilder::new().max_rect(text_rect(ui)), |ui| {
                ui.add_space(18.0);
                self.body(ui, analysed, cx, out);
                ui.add_space(40.0);
            });
            ui.set_min_width(width);
        });
    }

    fn body(&mut self, ui: &mut Ui, analysed: &Analysed, cx: Cx<'_>, out: &mut Out) {
        let origin = ui.cursor().min;
        let width = ui.available_width().min(68.0 * 7.4).floor();
        let key = Key {
            revision: cx.document.revision,
            article: cx.now.article,
            width,
            pixels_per_point: ui.pixels_per_point(),
            glyphs: look::glyphs(ui.ctx()),
        };
        let text = &analysed.article.text;
        self.layout.prepare(key, text, analysed.article.body_start, &analysed.findings.segmentation);
        self.links.prepare(analysed, cx);
        let byline = byline_lines(ui, analysed, cx, width);
        self.layout.set_byline(byline.iter().map(|line| line.size().y + 4.0).sum::<f32>() + 16.0);
        let clip = ui.clip_rect();
        let seen = clip.top() - origin.y..clip.bottom() - origin.y;
        if !self.layout.advance(ui.painter(), text, seen.clone()) {
            ui.ctx().request_repaint();
        }
        let (rect, _) = ui.allocate_exact_size(vec2(width, self.layout.height()), Sense::hover());
        for block in self.layout.blocks() {
            if block.top < seen.end && block.top + block.height > seen.start {
                let side = if block.is_leftward() { rect.right() } else { rect.left() };
                let at = pos2(side, rect.top() + block.top);
                paint_block(ui, block, at, &self.links, cx, out);
            }
        }
        let mut at = pos2(rect.left(), rect.top() + self.layout.byline_top());
        for line in byline {
            let height = line.size().y + 4.0;
            if self.layout.is_leftward() {
                at.x = rect.right() - line.size().x;
            }
            ui.painter().galley(at, line, Look::of(ui).muted());
            at.y += height;
        }
        self.scroll(ui, analysed, cx, out, rect.top());
    }

    /// Brings the passage that is waited for into sight.
    fn scroll(&self, ui: &Ui, analysed: &Analysed, cx: Cx<'_>, out: &mut Out, top: f32) {
        let Some(passage) = cx.now.scroll_to.filter(|passage| passage.article() == cx.now.article) else {
            return;
        };
        let Some(range) = passage_range(analysed, passage) else { return };
        if let Some(y) = self.layout.top_of(range.start) {
            let line = Rect::from_min_size(pos2(ui.min_rect().left(), top + y), vec2(10.0, look::SERIF_LINE));
            ui.scroll_to_rect(line.expand2(vec2(0.0, 40.0)), Some(egui::Align::Center));
            out.scrolled = true;
        }
    }
}

/// The bytes of a passage.
pub fn passage_range(analysed: &Analysed, passage: Passage) -> Option<Range<usize>> {
    match passage {
        Passage::Event(_, e) => analysed.findings.events.get(e).map(|event| event.passage.clone()),
        Passage::Mention(_, m) => {
            let mention = analysed.findings.mentions.get(m)?;
            let parts = &analysed.findings.segmentation;
            Some(parts.sentence_bytes(parts.sentence_at(mention.range.start)?))
        }
    }
}

impl Links {
    fn prepare(&mut self, analysed: &Analysed, cx: Cx<'_>) {
        let filter = &cx.view.filter;
        let known = self.key.as_ref().is_some_and(|(revision, article, of)| {
            *revision == cx.document.revision && *article == cx.now.article && of == filter
        });
        if known {
            return;
        }
        self.key = Some((cx.document.revision, cx.now.article, filter.clone()));
        let article = cx.now.article;
        let shown = analysed.findings.events.iter().enumerate().filter(|(_, event)| is_shown(event, filter));
        self.passages = shown.map(|(e, event)| (event.passage.clone(), Passage::Event(article, e))).collect();
        self.passages.sort_by_key(|(range, _)| range.start);
        let mentions = analysed.findings.mentions.iter().enumerate();
        self.mentions = mentions.filter_map(|(m, mention)| link(analysed, m, mention, cx)).collect();
    }

    /// The passages that overlap a block.
    fn passages_in(&self, block: &Block) -> impl Iterator<Item = &(Range<usize>, Passage)> {
        self.passages
            .iter()
            .filter(|(range, _)| range.start < block.range.end && block.range.start < range.end)
    }

    fn mentions_in(&self, block: &Block) -> &[Link] {
        let from = self.mentions.partition_point(|link| link.range.start < block.range.start);
        let to = self.mentions.partition_point(|link| link.range.start < block.range.end);
        self.mentions.get(from..to).unwrap_or(&[])
    }
}

fn link(analysed: &Analysed, m: usize, mention: &Mention, cx: Cx<'_>) -> Option<Link> {
    if matches!(mention.role, PlaceRole::Demonym | PlaceRole::OrganisationPart) {
        return None;
    }
    let events = analysed.findings.events.iter();
    let of_it = |event: &&crate::events::Event| {
        event.place.is_some_and(|place| place.mention == m)
            || event.origin == Some(m)
            || event.destination == Some(m)
    };
    let kind = events.filter(|event| is_shown(event, &cx.view.filter)).find(of_it).map(|event| event.kind);
    let decided = analysed.corrections.contains_key(&m);
    Some(Link {
        range: mention.range.clone(),
        mention: m,
        place: mention.place,
        kind,
        doubtful: analysed.is_doubtful(m) || (mention.place.is_none() && !decided),
        decided,
        name: mention.surface(&analysed.article.text).to_owned(),
    })
}

fn text_rect(ui: &Ui) -> Rect {
    let full = ui.available_rect_before_wrap();
    let side = TEXT_SIDE.min(full.width() * 0.08);
    Rect::from_min_max(pos2(full.left() + side, full.top()), pos2(full.right() - side, full.bottom()))
}

fn nothing_open(ui: &mut Ui) {
    ui.add_space(28.0);
    ui.vertical_centered(|ui| {
        widgets::paragraph(ui, "No article is open", look::strong(), Look::of(ui).muted());
    });
}

/// The lines under the headline, laid out: where the article comes from, and whether it has no
/// place at all.
fn byline_lines(ui: &Ui, analysed: &Analysed, cx: Cx<'_>, width: f32) -> Vec<Arc<Galley>> {
    let look = Look::of(ui);
    let line = |text: String, color| ui.painter().layout(text, look::small(), color, width);
    let mut out = vec![line(byline(analysed, cx), look.muted())];
    if analysed.findings.mentions.is_empty() {
        let told = "No place was found in this article, so it adds nothing to the map";
        out.push(line(told.to_owned(), look.error()));
    }
    out
}

fn byline(analysed: &Analysed, cx: Cx<'_>) -> String {
    let row = cx.found.articles.get(cx.now.article);
    let mut parts: Vec<String> = Vec::new();
    let sample = matches!(analysed.article.origin, crate::article::Origin::Sample(_));
    parts.extend(row.map(|row| if sample { "Sample article".to_owned() } else { row.outlet.clone() }));
    parts.extend(analysed.article.published.map(|date| date.strftime("%-d %B %Y").to_string()));
    parts.extend(analysed.article.language.as_deref().map(words::language_words).map(str::to_owned));
    let mut mentions = analysed.findings.mentions.iter();
    let dateline = mentions.find(|mention| mention.role == PlaceRole::Dateline).and_then(|m| m.place);
    parts.extend(dateline.map(|place| format!("written in {}", cx.gazetteer.place_name(place))));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn paint_block(ui: &mut Ui, block: &Block, at: Pos2, links: &Links, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    let Some(galley) = block.galley() else { return };
    for (range, passage) in links.passages_in(block) {
        mark_passage(ui, block, at, range, *passage, cx, out);
    }
    ui.painter().galley(at, galley.clone(), look.ink());
    for link in links.mentions_in(block) {
        underline(ui, block, at, link, cx, out);
    }
}

/// Softly behind the words; stronger for the chosen one. A click flies to its place.
fn mark_passage(
    ui: &mut Ui,
    block: &Block,
    at: Pos2,
    range: &Range<usize>,
    passage: Passage,
    cx: Cx<'_>,
    out: &mut Out,
) {
    let look = Look::of(ui);
    let chosen = cx.now.passage == Some(passage);
    let fill = if chosen { look.passage_selected() } else { look.passage() };
    let row = cx.found.event(passage);
    for (i, rect) in block.rects(range).into_iter().enumerate() {
        let rect = rect.translate(at.to_vec2()).expand2(vec2(3.0, 0.0)).shrink2(vec2(0.0, 1.0));
        // A chosen passage stays on top where two events stand in one sentence.
        if chosen || !another_is_chosen(range, cx) {
            ui.painter().rect_filled(rect, CornerRadius::same(4), fill);
        }
        let id = ui.scope_id().with(("passage", passage, block.range.start, i));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        if i == 0 && block.range.start <= range.start {
            let name = row.map_or("Passage".to_owned(), |row| format!("Passage: {}", row.summary));
            response.widget_info(|| WidgetInfo::selected(Role::Link, true, chosen, &name));
        }
        if response.hovered() {
            out.hover = out.hover.or(row.and_then(|row| row.place));
        }
        if response.clicked() {
            out.send(Command::SelectPassage(passage));
        }
    }
}

fn another_is_chosen(range: &Range<usize>, cx: Cx<'_>) -> bool {
    let Some(passage) = cx.now.passage.filter(|passage| passage.article() == cx.now.article) else {
        return false;
    };
    let chosen = cx.document.article(cx.now.article).and_then(|analysed| passage_range(analysed, passage));
    chosen.is_some_and(|chosen| chosen == *range)
}

/// A line in the colour of the event, dashed where the place is doubtful.
fn underline(ui: &mut Ui, block: &Block, at: Pos2, link: &Link, cx: Cx<'_>, out: &mut Out) {
    let look = Look::of(ui);
    let color = look.event_or_plain(link.kind);
    let hovered = link.place.is_some() && cx.now.hover == link.place;
    let width = if hovered {
        3.0
    } else if link.kind.is_some() {
        2.0
    } else {
        1.0
    };
    for (i, rect) in block.rects(&link.range).into_iter().enumerate() {
        let rect = rect.translate(at.to_vec2());
        let y = rect.bottom() - 2.5;
        let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
        let stroke = Stroke::new(width, color);
        if link.doubtful {
            ui.painter().extend(Shape::dashed_line(&ends, stroke, 4.0, 3.0));
        } else {
            ui.painter().line_segment(ends, stroke);
        }
        let id = ui.scope_id().with(("mention", link.mention, i));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        if i == 0 {
            let name = format!("{}, place in the text", link.name);
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
        }
        if response.hovered() && link.place.is_some() {
            out.hover = link.place;
        }
        if response.clicked() {
            out.send(Command::SelectMention(cx.now.article, link.mention));
        }
        if let Some(tip) = tooltip(link, cx) {
            response.on_hover_text(tip);
        }
    }
}

fn tooltip(link: &Link, cx: Cx<'_>) -> Option<String> {
    let Some(place) = link.place else {
        let told =
            if link.decided { "Decided: no place" } else { "No place was chosen: click for candidates" };
        return Some(told.to_owned());
    };
    let place = cx.gazetteer.place(place)?;
    let parts = [place.name, words::kind_words(place.kind), place.admin1, place.country];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(told.join(", "))
}
