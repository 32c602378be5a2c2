//! Places.

use super::row::{Row, nothing};

pub fn rows() -> Vec<Row> {
    vec![Row::new(
        "Query.geocode",
        "{ geocode(query: \"Austin, TX\") { label } }",
        nothing,
        "ok",
    )]
}
