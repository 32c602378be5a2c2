//! Compares the index with a slow reference implementation that follows the documentation literally.

mod clusters;
mod growth;
mod lists;
mod oracle;
mod worlds;
