//! The batch tool: the same program without its window.
