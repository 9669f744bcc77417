//! What a person chose once and finds again at the next start: the map's look, own maps, pictures.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::map::coordinates::CoordinateStyle;
use crate::map::{MapLayer, Theme};

/// How the map is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MapLook {
    /// Markers, or one of the ways to draw many at once.
    pub layer: MapLayer,
    /// Whether lines of equal latitude and longitude are drawn.
    pub graticule: bool,
    /// Whether a small map of the world shows where one is.
    pub minimap: bool,
    /// Whether countries and large cities are named in the letters of their state.
    pub native: bool,
    /// How coordinates are written.
    pub coordinates: CoordinateStyle,
    /// What the map is drawn on.
    pub ground: Ground,
    /// Map tiles from a server; asked for only when they are the ground.
    pub online: OnlineMap,
    /// A file of map tiles.
    pub file: Option<PathBuf>,
}

/// What the map is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Ground {
    /// The map that comes with the program.
    #[default]
    Bundled,
    /// A file of tiles: MBTiles or PMTiles.
    File,
    /// A server of tiles: the only thing that uses the network.
    Online,
}

/// Map tiles from a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnlineMap {
    /// The address of a tile with `{z}`, `{x}` and `{y}`.
    pub template: String,
    /// Who is to be named on the map.
    pub attribution: String,
    /// The most that is kept on disk, in megabytes.
    pub cache_mb: u64,
}

impl Default for OnlineMap {
    fn default() -> Self {
        Self { template: String::new(), attribution: String::new(), cache_mb: 200 }
    }
}

/// The part of the world on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Extent {
    /// What the window shows.
    #[default]
    View,
    /// Everything that is drawn.
    All,
    /// The region that was drawn by hand.
    Region,
}

/// How the picture is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportOptions {
    /// Width in pixels at scale 1.
    pub width: u32,
    /// Height in pixels at scale 1.
    pub height: u32,
    /// Pixels a pixel, for PNG.
    pub scale: u32,
    /// Over the picture; none where empty.
    pub title: String,
    /// Under the title; counted and dated where empty.
    pub subtitle: String,
    /// Under the map; none where empty.
    pub caption: String,
    /// How it looks: "light", "dark" or "print".
    pub style: Style,
    /// Which part of the world.
    pub extent: Extent,
    /// Whether the signs are explained.
    pub legend: bool,
    /// Whether there is a scale bar.
    pub scale_bar: bool,
    /// Whether there is an arrow to the north.
    pub north: bool,
    /// Whether the first and last day are told.
    pub dates: bool,
    /// Whether markers are numbered and a list tells their passages.
    pub key: bool,
    /// The ending of its name.
    pub kind: String,
}

/// How a picture looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Style {
    /// As the window by day.
    #[default]
    Light,
    /// As the window by night.
    Dark,
    /// For paper.
    Print,
}

impl Style {
    /// All, with their names.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Light, "Light"), (Self::Dark, "Dark"), (Self::Print, "Print")];

    /// The colours.
    pub const fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
            Self::Print => Theme::Print,
        }
    }
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            width: 1600,
            height: 1000,
            scale: 2,
            title: String::new(),
            subtitle: String::new(),
            caption: String::new(),
            style: Style::default(),
            extent: Extent::default(),
            legend: true,
            scale_bar: true,
            north: false,
            dates: true,
            key: false,
            kind: "png".to_owned(),
        }
    }
}
