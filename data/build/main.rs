//! Packs the bundled data and trains the models.
fn main() {}
