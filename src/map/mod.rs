//! A renderer-neutral picture of a project: what is drawn, where, by tiles and by files alike.
//!
//! - [`view`] is which part of the world is seen; [`bounds`] a box of degrees;
//! - [`palette`] names the colours and [`fonts`] holds the letters;
//! - [`basemap`] is land, water and boundaries, [`area`] the countries and provinces as polygons,
//!   [`divisions`] ties them to the gazetteer;
//! - [`scene`] is what a project puts on the map, [`cluster`] what of it is drawn as one,
//!   [`shapes`] its arrows and hatching, [`mod@outline`] its areas, [`label_index`] the names there are,
//!   [`mod@labels`] those that have room, [`mod@legend`] and [`scale_bar`] the rest;
//!   [`layer`] lists the ways to draw it, [`heat`] and [`mod@shading`] are two of them;
//! - [`source`] reads maps of the user's own;
//! - [`measure`], [`coordinates`], [`mod@mgrs`] and [`lasso`] are the tools' mathematics;
//! - [`frame`] brings the basemap to pixels, [`strokes`] says how lines look, [`tile`] paints.

pub mod area;
pub mod basemap;
pub mod bounds;
pub mod cluster;
mod contour;
pub mod coordinates;
mod cursor;
pub mod divisions;
pub mod fonts;
pub mod frame;
pub mod heat;
pub mod label_index;
pub mod labels;
pub mod lasso;
pub mod layer;
pub mod legend;
mod line_painter;
pub mod measure;
pub mod mgrs;
mod native_name;
pub mod outline;
pub mod palette;
pub mod plain_name;
pub mod scale_bar;
pub mod scene;
pub mod shading;
pub mod shapes;
pub mod source;
pub mod strokes;
pub mod tile;
pub mod view;
mod water;

pub use basemap::{Basemap, BasemapError};
pub use bounds::Bounds;
pub use cluster::{Cluster, clusters};
pub use coordinates::CoordinateStyle;
pub use heat::Heat;
pub use label_index::LabelIndex;
pub use labels::{Label, LabelRequest, LabelStyle, Named, ScreenBox, labels};
pub use lasso::Lasso;
pub use layer::MapLayer;
pub use legend::{LegendEntry, legend};
pub use palette::{Color, Palette, Theme, event_color};
pub use scale_bar::ScaleBar;
pub use scene::{Arc, Area, Marker, PassageOf, PassageRef, Scene, SceneOptions};
pub use shading::{Shade, Shading, shading};
pub use shapes::Arrow;
pub use tile::{Picture, TileId, TileStyle, render_tile};
pub use view::{ScreenPoint, View};
