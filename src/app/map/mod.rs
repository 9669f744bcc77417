//! The map in the window.
//!
//! - [`panel`] puts it together: gestures by walkers, our own tiles, labels and markers;
//! - [`camera`] is where it looks and how it flies, [`fit`] where it goes to show what there is;
//! - [`tiles`] draws the basemap on threads of its own;
//! - [`labels`] writes the names; [`happenings`] paints areas and movements, [`markers`] the
//!   places, and says what was clicked;
//! - [`layers`] draws many events at once, [`tools`] measures and draws regions, [`graticule`] and
//!   [`minimap`] tell where one is;
//! - [`overlay`] is what floats over it: buttons, scale, credits; [`legend`] tells the signs;
//! - [`clusters`] brings markers together, [`spread`] takes apart what stands on one spot;
//! - [`card`] tells the chosen passage beside its marker.

pub mod camera;
pub mod card;
pub mod clusters;
pub mod fit;
pub mod graticule;
pub mod happenings;
pub mod labels;
pub mod layers;
pub mod legend;
pub mod markers;
pub mod minimap;
pub mod overlay;
pub mod panel;
pub mod spread;
pub mod tiles;
pub mod tools;
