//! Short links.

use super::{cast::Who, pets::lost_by_owner, row::Row};

pub fn rows() -> Vec<Row> {
    let document = "mutation($id: ID!) { sharePet(input: { petId: $id, platform: COPY }) { userErrors { field code } } }";
    vec![
        Row::new("Mutation.sharePet", document, |cast, _| Box::pin(lost_by_owner(cast)), "ok")
            .but(&[Who::Visitor], "UNAUTHENTICATED")
            .but(&[Who::Key], "FORBIDDEN"),
    ]
}
