//! Data exports and the deletion of accounts.

use serde_json::json;

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.requestDataExport",
            "mutation { requestDataExport(input: {}) { userErrors { field code } } }",
            nothing,
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.recordConsent",
            "mutation { recordConsent(input: { purpose: NEWS, granted: true, wording: \"Send me news.\" }) { userErrors { field code } } }",
            nothing,
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.deleteAccount",
            "mutation { deleteAccount(input: { password: \"no\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        // The only ADMIN of a staff hands over first.
        .but(&[Who::Staff], "NOT_ALLOWED"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "DataExport",
        make: |cast| Box::pin(export(cast)),
        seen_by: &[Who::Owner],
    }]
}

/// An archive of the owner.
pub async fn export(cast: &Cast) -> String {
    let request = "mutation { requestDataExport(input: {}) { dataExport { id } userErrors { message } } }";
    let data = cast.app.ok(&cast.owner, request, json!({})).await;
    data["requestDataExport"]["dataExport"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}
