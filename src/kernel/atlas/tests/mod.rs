//! The atlas against a slow one that does what the documents say, word by word.

mod clusters;
mod lists;
mod oracle;
mod worlds;
