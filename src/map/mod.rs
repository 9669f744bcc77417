//! A renderer-neutral picture of a project: what is drawn, where, by tiles and by files alike.
//!
//! - [`view`] is which part of the world is seen; [`bounds`] a box of degrees;
//! - [`palette`] names the colours and [`fonts`] holds the letters;
//! - [`basemap`] is land, water and boundaries, [`area`] the countries and provinces as polygons;
//! - [`scene`] is what a project puts on the map, [`cluster`] what of it is drawn as one,
//!   [`shapes`] its arrows and hatching, [`mod@labels`] the names, [`mod@legend`] and [`scale_bar`] the rest;
//! - [`frame`] brings the basemap to pixels, [`strokes`] says how lines look, [`tile`] paints.

pub mod area;
pub mod basemap;
pub mod bounds;
pub mod cluster;
mod cursor;
pub mod fonts;
pub mod frame;
pub mod labels;
pub mod legend;
mod line_painter;
pub mod palette;
pub mod scale_bar;
pub mod scene;
pub mod shapes;
pub mod strokes;
pub mod tile;
pub mod view;

pub use basemap::{Basemap, BasemapError};
pub use bounds::Bounds;
pub use cluster::{Cluster, clusters};
pub use labels::{Label, LabelIndex, LabelRequest, LabelStyle, Named, ScreenBox, labels};
pub use legend::{LegendEntry, legend};
pub use palette::{Color, Palette, Theme, event_color};
pub use scale_bar::ScaleBar;
pub use scene::{Arc, Area, Marker, PassageOf, PassageRef, Scene, SceneOptions};
pub use shapes::Arrow;
pub use tile::{Picture, TileId, TileStyle, render_tile};
pub use view::{ScreenPoint, View};
