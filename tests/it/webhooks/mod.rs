//! Webhooks to shelters' own systems.

mod managing;
mod receiver;
mod retries;
mod secrets;
mod telling;

use serde_json::{Value, json};

use crate::{
    matching::{dog, report, with},
    shelters::shelter,
    support::{Actor, Caller, Setup, TestApp},
};
use receiver::Receiver;

const CREATE: &str = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) {
    webhook { id url events enabled } secret userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdateWebhookInput!) { updateWebhook(input: $input) {
    webhook { url events enabled disabledAt disabledReason } userErrors { field code message } } }";
const ROTATE: &str = "mutation($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
    webhook { id rotationEndsAt } secret userErrors { field code message } } }";
const DELETE: &str = "mutation($id: ID!) { deleteWebhook(input: { id: $id }) {
    deletedId userErrors { field code message } } }";
const TEST: &str = "mutation($id: ID!) { testWebhook(input: { id: $id }) {
    delivery { id event state attempts } userErrors { field code message } } }";
const REPLAY: &str = "mutation($id: ID!) { replayWebhookDelivery(input: { id: $id }) {
    delivery { id state attempts } userErrors { field code message } } }";
const WEBHOOK: &str = "query($id: ID!) { node(id: $id) { ... on Webhook {
    url events enabled disabledAt disabledReason failingSince lastSuccessAt
    deliveries { totalCount nodes { id event state attempts nextAt lastStatus lastError deliveredAt payload } } } } }";

/// A verified shelter of ann's on a server that may reach this machine, and the shelter's own system.
struct Stage {
    app: TestApp,
    ann: Actor,
    shelter: String,
    receiver: Receiver,
}

/// A webhook, and what its deliveries are signed with.
struct Made {
    id: String,
    secret: String,
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start(Setup {
            adjust: |config| config.outbound_networks = vec!["127.0.0.0/8".parse().unwrap()],
            ..Setup::default()
        })
        .await;
        let ann = app.member("ann").await;
        let shelter = shelter(&app, &ann).await;
        Self {
            receiver: Receiver::start().await,
            app,
            ann,
            shelter,
        }
    }

    /// The input for a webhook to the receiver.
    fn input(&self, events: &[&str]) -> Value {
        json!({ "input": { "shelterId": self.shelter, "url": self.receiver.url, "events": events } })
    }

    async fn webhook(&self, events: &[&str]) -> Made {
        let made = self.app.ok(&self.ann, CREATE, self.input(events)).await["createWebhook"].take();
        Made {
            id: text(&made["webhook"]["id"]),
            secret: text(&made["secret"]),
        }
    }

    /// Pings the webhook; the id of the delivery. It is not sent yet.
    async fn ping(&self, webhook: &Made) -> String {
        let data = self.app.ok(&self.ann, TEST, json!({ "id": webhook.id })).await;
        text(&data["testWebhook"]["delivery"]["id"])
    }

    /// The webhook with its deliveries, as somebody sees it.
    async fn seen(&self, who: &impl Caller, webhook: &Made) -> Value {
        self.app.ok(who, WEBHOOK, json!({ "id": webhook.id })).await["node"].take()
    }

    /// An animal that the shelter takes in; the id of its report.
    async fn taken_in(&self) -> String {
        let animal = json!({
            "shelterId": self.shelter, "name": "Biscuit", "intakeType": "Stray", "microchip": "985112004567894",
            "privateMarks": ["a scar under the left ear"],
        });
        let animal = with(dog("SHELTERED", 30.2672, "2026-05-30T18:00:00Z"), animal);
        report(&self.app, &self.ann, animal).await
    }

    /// Now, in seconds.
    fn now(&self) -> i64 {
        self.app.deps.clock.now().0 / 1000
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
