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
            "Mutation.updateProfanityFilter",
            "mutation { updateProfanityFilter(input: { filter: SHOW }) { filter userErrors { field code } } }",
            nothing,
            "ok",
        )),
        members_only(Row::new(
            "Mutation.updatePresence",
            "mutation { updatePresence(input: { visibility: NOBODY }) { visibility userErrors { field code } } }",
            nothing,
            "ok",
        )),
        members_only(Row::new(
            "Mutation.hidePresenceFrom",
            "mutation($id: ID!) { hidePresenceFrom(input: { memberId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.partner.id }) }),
            "ok",
        ))
        .but(&[Who::Partner], "input.memberId NOT_ALLOWED"),
        members_only(Row::new(
            "Mutation.reportAbuse",
            "mutation($id: ID!) { reportAbuse(input: { subjectId: $id, reason: SCAM }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": super::chat::talk(cast).await["message"] }) }),
            "input.subjectId NOT_FOUND",
        ))
        .but(&[Who::Owner], "input.subjectId NOT_ALLOWED")
        .but(&[Who::Partner], "ok"),
        members_only(Row::new(
            "Subscription.presence",
            "subscription($id: ID!) { presence(memberIds: [$id]) { id } }",
            |_, _| Box::pin(async { json!({ "id": "mem_00000000000000000000000000" }) }),
            "open",
        )),
        // Last, because it changes what comes of the others.
        members_only(Row::new(
            "Mutation.blockMember",
            "mutation($id: ID!) { blockMember(input: { memberId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.partner.id }) }),
            "ok",
        ))
        .but(&[Who::Partner], "input.memberId NOT_ALLOWED"),
    ]
}
