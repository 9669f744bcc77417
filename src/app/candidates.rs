//! The places a doubtful name may denote, each with its score and its reasons.

use egui::{Align2, Sense, Stroke, Ui, pos2, vec2};

use super::command::Command;
use super::context::{Cx, Out};
use super::look::{self, Look};
use super::widgets::{self, Emphasis};
use super::words::kind_words;
use crate::places::{Candidate, Mention};

/// Rows shown at once.
const MOST: usize = 4;

fn mention_of(cx: Cx<'_>, article: usize, mention: usize) -> Option<&Mention> {
    cx.document.article(article)?.findings.mentions.get(mention)
}

/// Height the card wants, in points.
pub fn height(cx: Cx<'_>, article: usize, mention: usize) -> f32 {
    let rows = mention_of(cx, article, mention).map_or(0, |m| m.candidates.len().clamp(1, MOST));
    64.0 + rows as f32 * 54.0
}

/// The card.
pub fn show(ui: &mut Ui, cx: Cx<'_>, article: usize, mention: usize, out: &mut Out) {
    let look = Look::of(ui);
    let (Some(found), Some(analysed)) = (mention_of(cx, article, mention), cx.document.article(article))
    else {
        return;
    };
    let surface = found.surface(&analysed.article.text);
    ui.horizontal(|ui| {
        widgets::paragraph(ui, &format!("“{surface}” — which place?"), look::strong(), look.ink());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::button(ui, "Close", Emphasis::Quiet).clicked() {
                out.send(Command::Deselect);
            }
        });
    });
    if found.candidates.is_empty() {
        return widgets::paragraph(
            ui,
            "The gazetteer knows no place of this name",
            look::small(),
            look.muted(),
        );
    }
    for candidate in found.candidates.iter().take(MOST) {
        ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), look.line());
        row(ui, cx, candidate, found.place == Some(candidate.place), out);
    }
}

fn row(ui: &mut Ui, cx: Cx<'_>, candidate: &Candidate, chosen: bool, out: &mut Out) {
    let look = Look::of(ui);
    let Some(place) = cx.gazetteer.place(candidate.place) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 48.0), Sense::click());
    let country = cx.gazetteer.country(place.country).map_or("", |country| cx.gazetteer.place_name(country));
    let mut parts = vec![kind_words(place.kind), place.admin1, country];
    parts.retain(|part| !part.is_empty() && *part != place.name);
    let said = format!("{}, {}", place.name, parts.join(", "));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListItem, true, chosen, &said));
    if response.hovered() {
        ui.painter().rect_filled(rect, 4, look.hover());
    }
    let dot = pos2(rect.left() + 7.0, rect.top() + 15.0);
    let fill = if chosen { look.accent() } else { look.panel() };
    ui.painter().circle(dot, 4.5, fill, Stroke::new(1.2, if chosen { look.accent() } else { look.muted() }));
    let left = rect.left() + 24.0;
    let name =
        widgets::elided(ui, pos2(left, rect.top() + 6.0), place.name, look::strong(), look.ink(), 180.0);
    let width = rect.right() - 44.0 - name.right();
    let rest = format!(", {}", parts.join(" · "));
    widgets::elided(ui, pos2(name.right(), rect.top() + 6.0), &rest, look::body(), look.ink(), width);
    let score = format!("{:.2}", candidate.score).trim_start_matches('0').to_owned();
    widgets::text(
        ui,
        pos2(rect.right(), rect.top() + 14.0),
        Align2::RIGHT_CENTER,
        &score,
        look::body(),
        look.muted(),
    );
    let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
    let below = pos2(left, rect.top() + 26.0);
    widgets::elided(ui, below, &reasons.join("; "), look::small(), look.muted(), rect.right() - left);
    if response.hovered() {
        out.hover = Some(candidate.place);
    }
    if response.on_hover_text("See it on the map").clicked() {
        out.send(Command::FlyTo(place.at));
    }
}
