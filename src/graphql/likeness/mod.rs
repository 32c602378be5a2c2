//! Animals that look alike, in the schema.

mod breeds;
mod query;
mod similar;

pub use query::LikenessQuery;
pub use similar::{SimilarPet, similar_to};
