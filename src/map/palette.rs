//! The colours of the map and the window: light, dark, and for paper.

use crate::events::EventType;

/// Red, green, blue and opacity, 0 to 255, not premultiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color(pub [u8; 4]);

impl Color {
    /// The opaque colour `0xRRGGBB`.
    pub const fn rgb(hex: u32) -> Self {
        let [_, r, g, b] = hex.to_be_bytes();
        Self([r, g, b, 255])
    }

    /// The same colour at `alpha`, 0 to 255.
    pub const fn with_alpha(self, alpha: u8) -> Self {
        let [r, g, b, _] = self.0;
        Self([r, g, b, alpha])
    }

    /// `#rrggbb`, without the opacity.
    pub fn hex(self) -> String {
        let [r, g, b, _] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// This colour and `share` (0 to 1) of the other.
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mut out = self.0;
        for (o, b) in out.iter_mut().zip(other.0) {
            *o = (f32::from(*o) + (f32::from(b) - f32::from(*o)) * share).round() as u8;
        }
        Self(out)
    }
}

/// Light, dark, or for paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Theme {
    /// Dark ink on light ground.
    #[default]
    Light,
    /// Light ink on dark ground.
    Dark,
    /// For paper: white land, grey water, stronger lines.
    Print,
}

impl Theme {
    /// All grounds.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// What it is called in the interface.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Print => "Print",
        }
    }

    /// The ground of that name, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.label().eq_ignore_ascii_case(text))
    }
}

/// Every colour by its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Palette {
    pub panel: Color,
    pub background: Color,
    pub ink: Color,
    pub muted: Color,
    pub faint: Color,
    pub hairline: Color,
    pub selected: Color,
    pub accent: Color,
    /// Text and signs on the accent.
    pub on_accent: Color,
    /// What waits for a person: doubtful places, warnings.
    pub warning: Color,
    pub error: Color,
    pub water: Color,
    pub river: Color,
    pub land: Color,
    /// Land of the countries the articles are about.
    pub land_focus: Color,
    pub province: Color,
    pub border: Color,
    /// Names of countries.
    pub country_label: Color,
    /// Names of provinces.
    pub province_label: Color,
    /// Names of cities.
    pub city_label: Color,
    /// Names of villages.
    pub village_label: Color,
    /// Behind the labels.
    pub halo: Color,
    /// Names of seas and lakes.
    pub water_label: Color,
    pub passage: Color,
    pub passage_selected: Color,
    /// Under what floats; with its opacity.
    pub shadow: Color,
    /// Places that are mentioned without an event.
    pub plain_mention: Color,
}

const LIGHT: Palette = Palette {
    panel: Color::rgb(0xff_ffff),
    background: Color::rgb(0xf7_f7f5),
    ink: Color::rgb(0x1d_2327),
    muted: Color::rgb(0x66_7079),
    faint: Color::rgb(0x8d_969d),
    hairline: Color::rgb(0xe3_e4e1),
    selected: Color::rgb(0xe8_f0fb),
    accent: Color::rgb(0x1f_5fbf),
    on_accent: Color::rgb(0xff_ffff),
    warning: Color::rgb(0xe6_9f00),
    error: Color::rgb(0xb3_261e),
    water: Color::rgb(0xcf_dde6),
    river: Color::rgb(0xb3_cad8),
    land: Color::rgb(0xf4_f1ea),
    land_focus: Color::rgb(0xfa_f8f3),
    province: Color::rgb(0xd9_d3c6),
    border: Color::rgb(0xa8_9f8e),
    country_label: Color::rgb(0x5f_666c),
    province_label: Color::rgb(0x87_8278),
    city_label: Color::rgb(0x3b_4248),
    village_label: Color::rgb(0x56_5d63),
    halo: Color::rgb(0xfa_f8f3),
    water_label: Color::rgb(0x57_7a92),
    passage: Color::rgb(0xff_f4cf),
    passage_selected: Color::rgb(0xff_df80),
    shadow: Color([29, 35, 39, 36]),
    plain_mention: Color::rgb(0x66_7079),
};

const DARK: Palette = Palette {
    panel: Color::rgb(0x1c_2024),
    background: Color::rgb(0x15_181b),
    ink: Color::rgb(0xe6_e8ea),
    muted: Color::rgb(0x98_a2ab),
    faint: Color::rgb(0x72_7c85),
    hairline: Color::rgb(0x2c_3238),
    selected: Color::rgb(0x22_344d),
    accent: Color::rgb(0x7d_b1f5),
    on_accent: Color::rgb(0x10_1a28),
    warning: Color::rgb(0xf0_b429),
    error: Color::rgb(0xf2_8b82),
    water: Color::rgb(0x10_202b),
    river: Color::rgb(0x1d_3a4a),
    land: Color::rgb(0x23_282b),
    land_focus: Color::rgb(0x2a_3033),
    province: Color::rgb(0x3a_4246),
    border: Color::rgb(0x66_706f),
    country_label: Color::rgb(0x9f_a8ae),
    province_label: Color::rgb(0x70_7b80),
    city_label: Color::rgb(0xc9_cfd4),
    village_label: Color::rgb(0xa9_b1b7),
    halo: Color::rgb(0x1e_2326),
    water_label: Color::rgb(0x5f_8096),
    passage: Color::rgb(0x3b_3418),
    passage_selected: Color::rgb(0x6b_5a16),
    shadow: Color([0, 0, 0, 110]),
    plain_mention: Color::rgb(0x98_a2ab),
};

/// As light, but for a printer that knows white, black and what lies between.
const PRINT: Palette = Palette {
    background: Color::rgb(0xff_ffff),
    ink: Color::rgb(0x00_0000),
    muted: Color::rgb(0x40_4448),
    faint: Color::rgb(0x6a_6e72),
    water: Color::rgb(0xe2_e6e9),
    river: Color::rgb(0xc2_cad0),
    land: Color::rgb(0xf7_f7f6),
    land_focus: Color::rgb(0xff_ffff),
    province: Color::rgb(0xc4_c4c2),
    border: Color::rgb(0x7d_7d7a),
    country_label: Color::rgb(0x4a_4e52),
    province_label: Color::rgb(0x7c_7f80),
    city_label: Color::rgb(0x1c_2024),
    village_label: Color::rgb(0x40_4549),
    halo: Color::rgb(0xff_ffff),
    water_label: Color::rgb(0x6d_7880),
    ..LIGHT
};

impl Palette {
    /// The colours of a theme.
    pub const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Print => &PRINT,
        }
    }

    /// The number on a marker.
    pub fn on_marker(&self) -> Color {
        if self.panel == LIGHT.panel { Color::rgb(0xff_ffff) } else { Color::rgb(0x15_181b) }
    }
}

/// The colour of an event type. The five commonest of reports on conflict have the colours of
/// Okabe and Ito (2008), told apart by colour-blind readers; the others come in families:
/// friendly acts green to teal, words violet, pressure and force red to brown, misfortune amber.
pub const fn event_color(kind: EventType, theme: Theme) -> Color {
    let (light, dark) = shades(kind);
    Color::rgb(match theme {
        Theme::Light | Theme::Print => light,
        Theme::Dark => dark,
    })
}

const fn shades(kind: EventType) -> (u32, u32) {
    match kind {
        EventType::Control => (0xd5_5e00, 0xff_8a3d),
        EventType::Move => (0x00_72b2, 0x56_b4e9),
        EventType::Consult => (0x00_9e73, 0x2f_c79a),
        EventType::Threaten => (0xcc_79a7, 0xe0_8fc0),
        EventType::Disaster => (0xe6_9f00, 0xf0_b429),
        EventType::Agree => (0x3f_8f3a, 0x7b_c96f),
        EventType::Support => (0x5b_9a8b, 0x8f_cfc0),
        EventType::Concede => (0x7a_8f2e, 0xb4_c766),
        EventType::Cooperate => (0x1f_8a8a, 0x5c_c7c7),
        EventType::Aid => (0x2e_a3c7, 0x7a_d3ee),
        EventType::Retreat => (0x5a_7fa8, 0x9c_bbdd),
        EventType::Request => (0x7a_6fb8, 0xb0_a6e6),
        EventType::Accuse => (0x9b_3fae, 0xc5_7be0),
        EventType::Reject => (0x6d_4c8c, 0xab_8bcb),
        EventType::Protest => (0xb8_3a7c, 0xf0_6fb0),
        EventType::Sanction => (0x8a_5a44, 0xc9_9a84),
        EventType::Mobilize => (0x8c_6d1f, 0xcf_ae5a),
        EventType::Coerce => (0xa3_3b2a, 0xe0_7f6f),
        EventType::Assault => (0xb0_1e2e, 0xf0_6a72),
        EventType::Accident => (0xc4_7f1a, 0xe8_a94f),
        EventType::Crime => (0x6b_2737, 0xc9_7a8c),
        EventType::Outbreak => (0x7b_8b00, 0xc2_d13f),
        EventType::Election => (0x3d_55a5, 0x8d_a2ea),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: Color, b: Color) -> i32 {
        (0..3).map(|i| (i32::from(a.0[i]) - i32::from(b.0[i])).pow(2)).sum()
    }

    #[test]
    fn every_event_type_has_its_own_color() {
        for theme in Theme::ALL {
            for (i, &a) in EventType::ALL.iter().enumerate() {
                for &b in &EventType::ALL[i + 1..] {
                    let d = distance(event_color(a, theme), event_color(b, theme));
                    assert!(d > 600, "{a:?} and {b:?} look alike: {d}");
                }
            }
        }
    }

    #[test]
    fn markers_stand_out_from_the_land() {
        for theme in Theme::ALL {
            for kind in EventType::ALL {
                let d = distance(event_color(kind, theme), Palette::of(theme).land);
                assert!(d > 9000, "{kind:?} {theme:?}: {d}");
            }
        }
    }

    #[test]
    fn hex_and_mix() {
        assert_eq!(Color::rgb(0xd5_5e00).hex(), "#d55e00");
        assert_eq!(Color::rgb(0).mixed(Color::rgb(0xff_ffff), 0.5), Color::rgb(0x80_8080));
    }
}
