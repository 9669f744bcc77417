//! Colours, type sizes, spacing and shadows of the window: the tokens of the design, for egui.

use std::sync::Arc;

use egui::epaint::Shadow;
use egui::style::{ScrollStyle, WidgetVisuals};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Visuals,
    vec2,
};

use crate::events::EventType;
use crate::map::LabelStyle;
use crate::map::fonts;
use crate::map::palette::{Color, Palette, Theme, event_color};

/// Radius of controls, in points.
pub const RADIUS_CONTROL: u8 = 7;
/// Radius of what floats, in points.
pub const RADIUS_CARD: u8 = 10;
/// Free space at the sides of a panel, in points.
pub const SIDE: f32 = 16.0;
/// Free space at the sides of article text, in points.
pub const TEXT_SIDE: f32 = 26.0;

/// The colours of the theme in use.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    theme: Theme,
    palette: &'static Palette,
}

macro_rules! colors {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        impl Look {
            $($(#[$doc])* pub fn $name(self) -> Color32 { color32(self.palette.$name) })*
        }
    };
}

colors! {
    /// Behind panels and cards.
    panel,
    /// Behind everything, and in fields.
    background,
    /// Text.
    ink,
    /// Text of second rank.
    muted,
    /// Text of third rank, signs at rest.
    faint,
    /// Lines between things.
    hairline,
    /// Behind what is chosen.
    selected,
    /// What is acted on.
    accent,
    /// Text on the accent.
    on_accent,
    /// What waits for a person.
    warning,
    /// What went wrong.
    error,
    /// Behind the map's tiles.
    water,
    /// Around signs on the map.
    halo,
    /// Behind the words that tell an event.
    passage,
    /// Behind the words that tell the chosen event.
    passage_selected,
    /// A place that is named without an event.
    plain_mention,
}

impl Look {
    /// The look of the theme the interface has now.
    pub fn of(ui: &egui::Ui) -> Self {
        Self::new(if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light })
    }

    /// The look of a theme.
    pub fn new(theme: Theme) -> Self {
        Self { theme, palette: Palette::of(theme) }
    }

    /// Light or dark.
    pub fn theme(self) -> Theme {
        self.theme
    }

    /// The colour of an event type.
    pub fn event(self, kind: EventType) -> Color32 {
        color32(event_color(kind, self.theme))
    }

    /// The colour of a name on the map.
    pub fn of_label(self, style: LabelStyle) -> Color32 {
        color32(style.color(self.palette))
    }

    /// The colour of an event type, or that of a plain mention.
    pub fn event_or_plain(self, kind: Option<EventType>) -> Color32 {
        kind.map_or(self.plain_mention(), |kind| self.event(kind))
    }

    /// Behind a row under the pointer: a breath of ink.
    pub fn hover(self) -> Color32 {
        self.ink().gamma_multiply(0.045)
    }

    /// Over the window behind a dialog.
    pub fn veil(self) -> Color32 {
        Color32::from_black_alpha(if self.theme == Theme::Light { 60 } else { 120 })
    }

    /// The one shadow, for what floats.
    pub fn shadow(self) -> Shadow {
        let color = color32(self.palette.shadow);
        Shadow { offset: [0, 4], blur: 18, spread: 0, color }
    }

    /// The hairline as a stroke.
    pub fn line(self) -> Stroke {
        Stroke::new(1.0, self.hairline())
    }

    /// The frame of what floats.
    pub fn card(self) -> egui::Frame {
        egui::Frame::NONE
            .fill(self.panel())
            .stroke(self.line())
            .corner_radius(CornerRadius::same(RADIUS_CARD))
            .shadow(self.shadow())
            .inner_margin(Margin::symmetric(14, 12))
    }
}

/// The colour as egui has it.
pub fn color32(color: Color) -> Color32 {
    let [r, g, b, a] = color.0;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Interface text, 13.5.
pub fn body() -> FontId {
    FontId::new(13.5, FontFamily::Proportional)
}

/// Interface text of weight, 13.5 semi-bold.
pub fn strong() -> FontId {
    FontId::new(13.5, semibold())
}

/// Small interface text, 12.
pub fn small() -> FontId {
    FontId::new(12.0, FontFamily::Proportional)
}

/// Small interface text of weight, 12 semi-bold.
pub fn small_strong() -> FontId {
    FontId::new(12.0, semibold())
}

/// Labels, 11 semi-bold.
pub fn label() -> FontId {
    FontId::new(11.0, semibold())
}

/// Dates below a drawing, 11.
pub fn label_plain() -> FontId {
    FontId::new(11.0, FontFamily::Proportional)
}

/// Headings, 21 semi-bold.
pub fn heading() -> FontId {
    FontId::new(21.0, semibold())
}

/// Article text, 15.5 serif.
pub fn serif() -> FontId {
    FontId::new(15.5, FontFamily::Name("serif".into()))
}

/// Line height of article text: 1.62 of its size, in whole points so that lines stay even.
pub const SERIF_LINE: f32 = 25.0;

/// The serif's italics.
pub fn italic() -> FontFamily {
    FontFamily::Name("italic".into())
}

/// Inter semi-bold.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Gives egui the fonts and both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(font_definitions());
    for theme in [Theme::Light, Theme::Dark] {
        let (egui_theme, base) = match theme {
            Theme::Light | Theme::Print => (egui::Theme::Light, Visuals::light()),
            Theme::Dark => (egui::Theme::Dark, Visuals::dark()),
        };
        let look = Look::new(theme);
        ctx.style_mut_of(egui_theme, |style| {
            style.visuals = visuals(look, base);
            spacing(style);
        });
    }
}

/// A number that changes whenever egui forgets the drawn glyphs, which it does when the theme
/// changes and when their picture is full. Text laid out before and kept would then show whatever
/// stands there now. A word that egui keeps as long as its glyphs tells; it has to be asked for
/// in every frame.
pub fn glyphs(ctx: &egui::Context) -> u64 {
    let now = ctx.fonts_mut(|fonts| fonts.layout_no_wrap("glyphs".to_owned(), small(), egui::Color32::BLACK));
    let id = egui::Id::unique("glyphs");
    ctx.data_mut(|data| {
        let (kept, count) = data.get_temp_mut_or_insert_with(id, || (Arc::clone(&now), 0_u64));
        if !Arc::ptr_eq(kept, &now) {
            *kept = now;
            *count += 1;
        }
        *count
    })
}

fn font_definitions() -> FontDefinitions {
    let mut out = FontDefinitions::empty();
    for font in fonts::all() {
        out.font_data.insert(font.name.to_owned(), Arc::new(FontData::from_static(font.bytes)));
    }
    let families = [
        (FontFamily::Proportional, fonts::SANS),
        (FontFamily::Monospace, fonts::SANS),
        (semibold(), fonts::SANS_SEMIBOLD),
        (FontFamily::Name("serif".into()), fonts::SERIF),
        (italic(), fonts::SERIF_ITALIC),
    ];
    for (family, first) in families {
        let names = std::iter::once(first).chain(fonts::FALLBACKS).map(|font| font.name.to_owned()).collect();
        out.families.insert(family, names);
    }
    out
}

fn visuals(look: Look, base: Visuals) -> Visuals {
    let mut v = base;
    v.override_text_color = Some(look.ink());
    v.weak_text_color = Some(look.muted());
    v.panel_fill = look.panel();
    v.window_fill = look.panel();
    v.window_stroke = look.line();
    v.window_corner_radius = CornerRadius::same(RADIUS_CARD);
    v.menu_corner_radius = CornerRadius::same(RADIUS_CARD);
    v.window_shadow = look.shadow();
    v.popup_shadow = look.shadow();
    v.extreme_bg_color = look.background();
    v.faint_bg_color = look.background();
    v.hyperlink_color = look.accent();
    v.warn_fg_color = look.warning();
    v.error_fg_color = look.error();
    v.selection.bg_fill = look.accent().gamma_multiply(0.25);
    v.selection.stroke = Stroke::new(1.0, look.ink());
    v.widgets.noninteractive = widget(look, look.panel(), look.hairline());
    v.widgets.inactive = widget(look, Color32::TRANSPARENT, look.hairline());
    v.widgets.hovered = widget(look, look.hover(), look.faint());
    v.widgets.active = widget(look, look.selected(), look.accent());
    v.widgets.open = widget(look, look.selected(), look.hairline());
    v
}

fn widget(look: Look, fill: Color32, stroke: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: if fill == Color32::TRANSPARENT { look.panel() } else { fill },
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke),
        corner_radius: CornerRadius::same(RADIUS_CONTROL),
        fg_stroke: Stroke::new(1.0, look.ink()),
        expansion: 0.0,
    }
}

fn spacing(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Body, body()),
        (TextStyle::Button, body()),
        (TextStyle::Small, small()),
        (TextStyle::Heading, heading()),
        (TextStyle::Monospace, body()),
    ]
    .into();
    style.animation_time = 0.15;
    let s = &mut style.spacing;
    s.item_spacing = vec2(8.0, 4.0);
    s.button_padding = vec2(10.0, 5.0);
    s.menu_margin = Margin::same(6);
    s.interact_size = vec2(28.0, 28.0);
    s.scroll = ScrollStyle { floating_allocated_width: 0.0, ..ScrollStyle::thin() };
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast ratio of WCAG 2.2, section 1.4.3.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let lum = |c: Color32| {
            let lin = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * lin(c.r()) + 0.7152 * lin(c.g()) + 0.0722 * lin(c.b())
        };
        let (hi, lo) = (lum(a).max(lum(b)), lum(a).min(lum(b)));
        (hi + 0.05) / (lo + 0.05)
    }

    #[test]
    fn text_can_be_read_on_its_ground() {
        for theme in [Theme::Light, Theme::Dark] {
            let look = Look::new(theme);
            for ground in [look.panel(), look.selected(), look.passage(), look.passage_selected()] {
                assert!(contrast(look.ink(), ground) >= 5.0, "{theme:?} {ground:?}");
            }
            assert!(contrast(look.muted(), look.panel()) >= 4.5, "{theme:?}");
            assert!(contrast(look.on_accent(), look.accent()) >= 4.5, "{theme:?}");
        }
    }

    #[test]
    fn every_family_has_a_font() {
        let fonts = font_definitions();
        for family in [body().family, semibold(), serif().family, italic()] {
            assert!(fonts.families.get(&family).is_some_and(|names| names.len() > 1), "{family:?}");
        }
    }
}
