//! Conversations: for those who take part, and for nobody else, whatever their role.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];
const BOTH: &[Who] = &[Who::Owner, Who::Partner];

pub fn rows() -> Vec<Row> {
    let inside = |field, document| {
        Row::new(field, document, |cast, _| Box::pin(talk(cast)), "input.conversationId NOT_FOUND")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN")
            .but(BOTH, "ok")
    };
    let listening = |field, document, heard| {
        Row::new(field, document, |cast, _| Box::pin(talk(cast)), "NOT_FOUND")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN")
            .but(BOTH, heard)
    };
    vec![
        Row::new(
            "Mutation.startConversation",
            "mutation($id: ID!) { startConversation(input: { memberId: $id, text: \"Hello\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.partner.id }) }),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Partner], "input.memberId NOT_ALLOWED"),
        inside(
            "Mutation.sendMessage",
            "mutation($id: ID!) { sendMessage(input: { conversationId: $id, text: \"Hello\" }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.markRead",
            "mutation($id: ID!) { markRead(input: { conversationId: $id, upTo: 1 }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.setTyping",
            "mutation($id: ID!) { setTyping(input: { conversationId: $id }) { userErrors { field code } } }",
        ),
        listening(
            "Subscription.messages",
            "subscription($id: ID!) { messages(conversationId: $id, after: 0) { revision } }",
            "ok",
        ),
        listening("Subscription.typing", "subscription($id: ID!) { typing(conversationId: $id) { typing } }", "open"),
        Row::new("Subscription.conversationUpdates", "subscription { conversationUpdates { id } }", nothing, "open")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity { kind: "Conversation", make: |cast| Box::pin(async { text(&talk(cast).await["id"]) }), seen_by: BOTH },
        Entity { kind: "Message", make: |cast| Box::pin(async { text(&talk(cast).await["message"]) }), seen_by: BOTH },
    ]
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A conversation of the owner and the partner, and a message in it.
pub async fn talk(cast: &Cast) -> Value {
    let start = "mutation($id: ID!) { startConversation(input: { memberId: $id, text: \"Hello\" }) {
        conversation { id } message { id } userErrors { field code } } }";
    let data = cast.app.ok(&cast.owner, start, json!({ "id": cast.partner.id })).await;
    let started = &data["startConversation"];
    json!({ "id": started["conversation"]["id"], "message": started["message"]["id"] })
}
