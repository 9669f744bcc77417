//! A renderer-neutral picture of a project: what is drawn, where, by tiles and by files alike.
