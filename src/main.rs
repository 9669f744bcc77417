//! Opens the window, or runs the batch tool.
fn main() {}
