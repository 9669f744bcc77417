//! A renderer-neutral picture of a project: what is drawn, where, by tiles and by files alike.
//!
//! - [`view`] is which part of the world is seen; [`bounds`] a box of degrees;
//! - [`palette`] names the colours and [`fonts`] holds the letters;
//! - [`basemap`] is land, water and boundaries, [`area`] the countries and provinces as polygons;
//! - [`frame`] brings them to pixels, [`strokes`] says how lines look, [`tile`] paints.

pub mod area;
pub mod basemap;
pub mod bounds;
mod cursor;
pub mod fonts;
pub mod frame;
pub mod palette;
pub mod strokes;
pub mod tile;
pub mod view;

pub use basemap::{Basemap, BasemapError};
pub use bounds::Bounds;
pub use palette::{Color, Palette, Theme, event_color};
pub use tile::{Picture, TileId, TileStyle, render_tile};
pub use view::{ScreenPoint, View};
