//! Safety: every member for themselves.

use serde_json::json;

use super::{
    cast::Who,
    row::{Row, nothing},
};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];

pub fn rows() -> Vec<Row> {
    let members_only = |row: Row| row.but(VISITOR, "UNAUTHENTICATED").but(KEY, "FORBIDDEN");
    vec![
        members_only(Row::new(
            "Mutation.blockMember",
            "mutation($id: ID!) { blockMember(input: { memberId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.partner.id }) }),
            "ok",
        ))
        .but(&[Who::Partner], "input.memberId NOT_ALLOWED"),
        members_only(Row::new(
            "Mutation.updateProfanityFilter",
            "mutation { updateProfanityFilter(input: { filter: SHOW }) { filter userErrors { field code } } }",
            nothing,
            "ok",
        )),
    ]
}
