//! The search field: an article, an event or any place of the gazetteer, found while typing.

use egui::{
    Align2, CornerRadius, Id, Key, Popup, PopupCloseBehavior, Role, Sense, StrokeKind, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look, RADIUS_CONTROL};
use super::own::page::grouped;
use super::table::{TABLE, entry_of};
use super::widgets::{self, plural};
use super::words::kind_words;
use crate::places::gazetteer::fold;

/// The field, with what it found for the words in it.
#[derive(Debug, Default)]
pub struct Search {
    query: String,
    found_for: Option<(String, u64)>,
    hits: Vec<Hit>,
    marked: usize,
}

/// Something that was found.
#[derive(Debug, Clone)]
struct Hit {
    name: String,
    remark: String,
    command: Command,
}

/// Hits of each kind.
const EACH: usize = 4;

impl Search {
    /// Shows the field and, under it, what was found.
    pub fn show(&mut self, ui: &mut Ui, cx: Cx<'_>, out: &mut Out) {
        let width = (ui.available_width() - 8.0).min(328.0);
        if width < 120.0 {
            return;
        }
        let field = self.field(ui, cx, width);
        // Enter takes the keyboard from the field in the frame in which it is pressed.
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if (field.has_focus() || entered) && !self.query.trim().is_empty() {
            self.find(cx);
            self.keys(ui, &field, out);
        }
        let open = field.has_focus() && !self.query.trim().is_empty();
        self.list(ui, &field, open, out);
    }

    fn field(&mut self, ui: &mut Ui, cx: Cx<'_>, width: f32) -> egui::Response {
        let look = Look::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(width, 28.0), Sense::hover());
        let radius = CornerRadius::same(RADIUS_CONTROL);
        ui.painter().rect(rect, radius, look.background(), look.line(), StrokeKind::Inside);
        let hint = if width < 250.0 { "Find a place" } else { "Find a place, article or event" };
        let edit = TextEdit::singleline(&mut self.query)
            .id(Id::unique("search"))
            .hint_text(egui::RichText::new(hint).color(look.faint()))
            .frame(egui::Frame::NONE)
            .align(egui::Align2::LEFT_CENTER)
            .min_size(vec2(width - 20.0, 28.0))
            .margin(egui::Margin::ZERO);
        let field = ui.put(rect.shrink2(vec2(10.0, 0.0)), edit);
        if cx.now.focus_search {
            field.request_focus();
        }
        if field.has_focus() {
            let stroke = egui::Stroke::new(1.5, look.accent());
            ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        } else if width > 250.0
            && self.query.is_empty()
            && let Some(shortcut) = entry_of(&Command::Find).and_then(|entry| entry.shortcut)
        {
            let keys = widgets::keys(ui.ctx(), &shortcut);
            let at = pos2(rect.right() - 10.0, rect.center().y);
            widgets::text(ui, at, Align2::RIGHT_CENTER, &keys, look::label(), look.faint());
        }
        field
    }

    fn find(&mut self, cx: Cx<'_>) {
        let key = (self.query.clone(), cx.document.revision);
        if self.found_for.as_ref() == Some(&key) {
            return;
        }
        self.found_for = Some(key);
        self.marked = 0;
        let folded = fold(self.query.trim());
        self.hits = articles(cx, &folded);
        self.hits.extend(events(cx, &folded));
        self.hits.extend(places(cx, self.query.trim(), &folded));
        self.hits.extend(commands(&folded));
    }

    fn keys(&mut self, ui: &Ui, field: &egui::Response, out: &mut Out) {
        let count = self.hits.len();
        let (down, up, enter) = ui.input(|i| {
            (i.key_pressed(Key::ArrowDown), i.key_pressed(Key::ArrowUp), i.key_pressed(Key::Enter))
        });
        if count > 0 {
            self.marked = (self.marked + usize::from(down) + if up { count - 1 } else { 0 }) % count;
        }
        if enter && let Some(hit) = self.hits.get(self.marked) {
            out.send(hit.command.clone());
            field.surrender_focus();
        }
    }

    fn list(&mut self, ui: &Ui, field: &egui::Response, open: bool, out: &mut Out) {
        let popup = Popup::from_response(field)
            .open(open)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .gap(6.0)
            .width(field.rect.width() + 100.0);
        let look = Look::of(ui);
        popup.show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(field.rect.width().max(260.0) + 60.0);
            if self.hits.is_empty() {
                widgets::paragraph(ui, "Nothing of this name was found", look::small(), look.muted());
            }
            for (i, hit) in self.hits.iter().enumerate() {
                if row(ui, hit, i == self.marked) {
                    out.send(hit.command.clone());
                    field.surrender_focus();
                }
            }
        });
    }
}

/// One hit; whether it was pressed. It acts on the press, because the field loses the keyboard
/// with it and the list closes before the release.
fn row(ui: &mut Ui, hit: &Hit, marked: bool) -> bool {
    let look = Look::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, marked, &hit.name));
    if marked || response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(RADIUS_CONTROL), look.selected());
    }
    let width = rect.width() - 20.0;
    let at = |y: f32| pos2(rect.left() + 10.0, rect.top() + y);
    widgets::elided(ui, at(4.0), &hit.name, look::strong(), look.ink(), width);
    widgets::elided(ui, at(21.0), &hit.remark, look::small(), look.muted(), width);
    response.clicked() || response.is_pointer_button_down_on()
}

fn articles(cx: Cx<'_>, folded: &str) -> Vec<Hit> {
    let rows = cx.found.articles.iter().enumerate().filter(|(_, row)| has_word(&row.folded, folded));
    let hit = |(i, row): (usize, &std::sync::Arc<super::found::ArticleRow>)| Hit {
        name: row.title.clone(),
        remark: format!("Article · {}", row.outlet),
        command: Command::SelectArticle(i),
    };
    rows.take(EACH).map(hit).collect()
}

fn events(cx: Cx<'_>, folded: &str) -> Vec<Hit> {
    let rows = cx.found.events.iter().filter(|row| has_word(&row.folded, folded));
    let hit = |row: &std::sync::Arc<super::found::EventRow>| Hit {
        name: row.summary.clone(),
        remark: ["Event", &row.date, &row.place_name]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        command: Command::SelectPassage(row.passage),
    };
    rows.take(EACH).map(hit).collect()
}

/// What can be done, found by its name.
fn commands(folded: &str) -> Vec<Hit> {
    let named = TABLE.iter().filter(|entry| !entry.on_card && fold(entry.text).contains(folded));
    let hit = |entry: &super::table::Entry| Hit {
        name: entry.text.to_owned(),
        remark: format!("Command · {}", entry.tooltip),
        command: entry.command.clone(),
    };
    if folded.chars().count() < 3 { Vec::new() } else { named.take(EACH).map(hit).collect() }
}

/// Places of the articles first, then those of the gazetteer.
fn places(cx: Cx<'_>, query: &str, folded: &str) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    let own = cx.found.places.iter().filter(|row| fold(&row.name).starts_with(folded)).take(EACH);
    let mut seen = Vec::new();
    for row in own {
        seen.push(row.index);
        let remark = format!("In the articles · {} · {}", row.what, row.country);
        out.push(Hit { name: row.name.clone(), remark, command: Command::SelectPlace(row.index) });
    }
    let found = cx.gazetteer.search(query, 3 * EACH);
    let others = found.into_iter().filter(|found| !seen.contains(&found.place));
    for found in others.take(2 * EACH - seen.len()) {
        let Some(place) = cx.gazetteer.place(found.place) else { continue };
        let country =
            cx.gazetteer.country(place.country).map_or("", |country| cx.gazetteer.place_name(country));
        let people = match place.population as usize {
            0 => String::new(),
            n => format!("{} {}", grouped(n), plural(n, "inhabitant", "inhabitants")),
        };
        let parts = [kind_words(place.kind), place.admin1, country, &people];
        let remark = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let matched = cx.gazetteer.name(found.name);
        let same = fold(&matched) == fold(place.name);
        let name = if same { matched } else { format!("{} ({matched})", place.name) };
        out.push(Hit { name, remark, command: Command::FlyToPlace(found.place) });
    }
    out
}
/// Whether a word of a text begins so: "kand" is sought in Kandahar, not in Malakand.
fn has_word(text: &str, start: &str) -> bool {
    let begins = |at: usize| text.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    text.match_indices(start).any(|(at, _)| begins(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_how_they_begin() {
        assert!(has_word("kandahar was taken", "kand") && has_word("they took kandahar", "kand"));
        assert!(has_word("the quetta-kandahar road", "kand"));
        assert!(!has_word("helicopters sent to malakand", "kand"));
    }
}
