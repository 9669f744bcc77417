//! Writes a project as data or as an image.
