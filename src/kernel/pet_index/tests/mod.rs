//! Compares the index with a slow reference implementation that follows the documentation literally.

mod clusters;
mod lists;
mod oracle;
mod worlds;
