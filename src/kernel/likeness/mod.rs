//! How alike photos look, and which of very many are the most alike.
//!
//! Two measures. A [`PhotoHash`] says whether two files show one picture: packed anew, scaled, brighter, grey, mirrored or
//! cropped by up to a tenth it stays nearly the same. A [`PhotoVector`] is what a model makes of a picture, if one is
//! configured: it is alike for different pictures of alike animals. A [`LookIndex`] holds both for the photos of every
//! open report, in memory.

mod best;
mod hash;
mod hash_index;
mod look_index;
mod slots;
mod transform;
mod vector;
mod vector_index;

#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;

pub use hash::{HASH_BYTES, PhotoHash, SAME_PICTURE, similarity};
pub use hash_index::HashIndex;
pub use look_index::{Alike, Look, LookIndex, Reason, Wanted};
pub use transform::SIDE;
pub use vector::PhotoVector;
pub use vector_index::VectorIndex;
