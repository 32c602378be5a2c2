//! Webhooks of a shelter.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row},
};

const VISITOR: &[Who] = &[Who::Visitor];
/// Whoever manages the webhooks of the shelter.
const MANAGERS: &[Who] = &[Who::Staff, Who::Key, Who::KeyWebhooksManage, Who::Admin];

const CREATE: &str = "mutation($id: ID!, $url: String!) {
    createWebhook(input: { shelterId: $id, url: $url, events: [CLAIM_OPENED] }) {
        webhook { id } userErrors { field code message } } }";

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.createWebhook",
            "mutation($id: ID!) { createWebhook(input: {
                shelterId: $id, url: \"https://example.org/tried\", events: [CLAIM_OPENED] }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.shelter }) }),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
        managed(
            "Mutation.updateWebhook",
            "mutation($id: ID!) { updateWebhook(input: { id: $id, enabled: true }) { userErrors { field code } } }",
        ),
        managed(
            "Mutation.rotateWebhookSecret",
            "mutation($id: ID!) { rotateWebhookSecret(input: { id: $id }) { userErrors { field code } } }",
        ),
        managed(
            "Mutation.testWebhook",
            "mutation($id: ID!) { testWebhook(input: { id: $id }) { userErrors { field code } } }",
        ),
        Row::new(
            "Mutation.deleteWebhook",
            "mutation($id: ID!) { deleteWebhook(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": spare(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
        Row::new(
            "Mutation.replayWebhookDelivery",
            "mutation($id: ID!) { replayWebhookDelivery(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": delivery(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
    ]
}

fn managed(field: &'static str, document: &'static str) -> Row {
    Row::new(
        field,
        document,
        |cast, _| Box::pin(async { json!({ "id": webhook(cast).await }) }),
        "input.id NOT_FOUND",
    )
    .but(VISITOR, "UNAUTHENTICATED")
    .but(MANAGERS, "ok")
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "Webhook",
            make: |cast| Box::pin(webhook(cast)),
            seen_by: MANAGERS,
        },
        Entity {
            kind: "WebhookDelivery",
            make: |cast| Box::pin(delivery(cast)),
            seen_by: MANAGERS,
        },
    ]
}

/// The shelter's webhook, the same for everybody. It is told of what never happens there.
pub async fn webhook(cast: &Cast) -> String {
    let made = cast
        .once("a webhook", async || {
            json!(new(cast, "https://example.org/hooks").await)
        })
        .await;
    text(&made)
}

/// Something that was delivered to it, the same for everybody; nothing is really sent.
pub async fn delivery(cast: &Cast) -> String {
    let webhook = webhook(cast).await;
    let sent = cast
        .once("a delivery", async || {
            let test = "mutation($id: ID!) { testWebhook(input: { id: $id }) {
                delivery { id } userErrors { field code message } } }";
            let data = cast.app.ok(&cast.staff, test, json!({ "id": webhook })).await;
            cast.app
                .execute("UPDATE webhook_deliveries SET state = 'delivered'", [])
                .await;
            data["testWebhook"]["delivery"]["id"].clone()
        })
        .await;
    text(&sent)
}

/// A new webhook; a shelter has at most 20, so the one before is deleted.
async fn spare(cast: &Cast) -> String {
    cast.app
        .execute("DELETE FROM webhooks WHERE url = 'https://example.org/spare'", [])
        .await;
    new(cast, "https://example.org/spare").await
}

async fn new(cast: &Cast, url: &str) -> String {
    let variables = json!({ "id": cast.shelter, "url": url });
    let data = cast.app.ok(&cast.staff, CREATE, variables).await;
    text(&data["createWebhook"]["webhook"]["id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
