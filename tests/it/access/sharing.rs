//! Sharing.

use serde_json::json;

use super::{cast::Who, row::Row};
use crate::sharing::lost;

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.sharePet",
            "mutation($id: ID!) { sharePet(input: { petId: $id, platform: COPY }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": lost(&cast.app, &cast.owner, "Sweetie").await }) }),
            "ok",
        )
        .but(&[Who::Visitor], "UNAUTHENTICATED"),
    ]
}
