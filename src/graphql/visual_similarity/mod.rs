//! Animals that look alike, in the schema.

mod breeds;
mod query;
mod similar;

pub use query::VisualSimilarityQuery;
pub use similar::{SimilarPet, similar_to};
