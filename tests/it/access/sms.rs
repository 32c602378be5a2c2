//! Phones and text messages.

use serde_json::json;

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};
use crate::sms::{ANN, REQUEST, account};

const VISITOR: &[Who] = &[Who::Visitor];

pub fn rows() -> Vec<Row> {
    vec![
        // Before anybody has asked for a code.
        Row::new(
            "Mutation.verifyPhone",
            "mutation { verifyPhone(input: { code: \"000000\" }) { userErrors { field code } } }",
            nothing,
            "input.code EXPIRED",
        )
        .but(VISITOR, "UNAUTHENTICATED"),
        Row::new(
            "Mutation.requestPhoneVerification",
            "mutation($phone: PhoneNumber!) { requestPhoneVerification(input: { phone: $phone }) { userErrors { field code } } }",
            |_, who| Box::pin(async move { json!({ "phone": format!("+1512555010{}", who as u8) }) }),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED"),
        Row::new(
            "Mutation.sendSms",
            "mutation { sendSms(input: { conversationId: \"con_00000000000000000000000000\", text: \"Hi\" }) { userErrors { field code } } }",
            nothing,
            "input.conversationId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "SmsMessage",
        make: |cast| Box::pin(message(cast)),
        seen_by: &[Who::Owner],
    }]
}

/// The message that carries the owner's code.
async fn message(cast: &Cast) -> String {
    let sent = account(&cast.app, &cast.owner).await;
    if let Some(id) = sent["messages"]["nodes"][0]["id"].as_str() {
        return id.to_owned();
    }
    cast.app
        .ok(&cast.owner, REQUEST, json!({ "input": { "phone": ANN } }))
        .await;
    let sent = account(&cast.app, &cast.owner).await;
    sent["messages"]["nodes"][0]["id"]
        .as_str()
        .expect("a message")
        .to_owned()
}
