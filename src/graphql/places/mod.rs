//! Places in the schema: looking them up. What a place looks like is in `pets`.

mod query;

pub use query::PlaceQuery;
