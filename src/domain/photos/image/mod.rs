//! Pictures and their pixels. Pure, slow (up to seconds) and memory-hungry (up to 256 MiB): run it in a blocking task,
//! only a few at a time.

mod convert;
mod error;
mod format;
#[cfg(test)]
mod inks;
mod orientation;
pub(super) mod picture;
mod taken_at;

pub use convert::{MAX_SIDE, PhotoFormat, ProcessedPhoto, THUMBNAIL_WIDTHS, process, thumbnail};
pub use error::{AVIF_WAY_OUT, HEIC_WAY_OUT, ImageError, MAX_BYTES, MAX_PIXELS};

pub(super) use taken_at::taken_at;
