//! Text messages.

use serde_json::json;

use super::{
    cast::{Cast, Who},
    chat::talk,
    row::{Entity, Row},
};
use crate::sms;

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.requestPhoneVerification",
            "mutation($phone: PhoneNumber!) { requestPhoneVerification(input: { phone: $phone }) { userErrors { field code } } }",
            |_, who| Box::pin(async move { json!({ "phone": format!("+151255501{:02}", 50 + who as u8) }) }),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.verifyPhone",
            "mutation { verifyPhone(input: { code: \"000\" }) { userErrors { field code } } }",
            super::row::nothing,
            "input.code INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.sendSms",
            "mutation($id: ID!) { sendSms(input: { conversationId: $id, text: \"Hello\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(talk(cast)),
            "input.conversationId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Owner, Who::Partner], "input.conversationId NOT_ALLOWED"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "SmsMessage",
        make: |cast| Box::pin(sent(cast)),
        seen_by: &[Who::Owner],
    }]
}

/// A text message of the owner, the same for everybody: each takes a credit.
pub async fn sent(cast: &Cast) -> String {
    let conversation = talk(cast).await["id"].as_str().unwrap().to_owned();
    let send = async || json!(new_message(cast, &conversation).await);
    cast.once("a text message", send).await.as_str().unwrap().to_owned()
}

async fn new_message(cast: &Cast, conversation: &str) -> String {
    let app = &cast.app;
    for (who, number) in [(&cast.owner, sms::ANN), (&cast.partner, sms::BOB)] {
        if app.phone.to(number).is_empty() {
            let code = sms::code_for(app, who, number).await;
            app.ok(who, sms::VERIFY, json!({ "input": { "code": code } })).await;
        }
    }
    sms::send(app, &cast.owner, conversation, "Hello").await["id"]
        .as_str()
        .unwrap()
        .to_owned()
}
