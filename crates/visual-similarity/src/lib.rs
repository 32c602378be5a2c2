//! Visual similarity of photos, and search for the most similar ones among very many.
//!
//! There are two measures. A [`PhotoHash`] recognises copies of a picture: it stays nearly the same when the picture is
//! recompressed, scaled, brightened, turned grey, mirrored or cropped by up to a tenth. A [`PhotoVector`] is the
//! embedding that a model computes, if one is configured: it is similar for different pictures of similar animals. A
//! [`SimilarityIndex`] holds both in memory for the photos of all open reports.

mod best;
mod hash;
mod hash_index;
mod similarity_index;
mod sketch;
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
pub use similarity_index::{Alike, Evidence, PhotoFeatures, Reason, SimilarityIndex, SimilarityQuery};
pub use transform::SIDE;
pub use vector::PhotoVector;
pub use vector_index::VectorIndex;
