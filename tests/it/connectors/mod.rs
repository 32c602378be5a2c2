//! Connectors to shelters' own software.

mod failures;
mod host;
mod managing;
mod pull;
mod schedule;
mod secrets;
mod watermark;

use std::time::Duration;

use entity::id::ConnectorRunId;
use finding_sweetie::domain::connectors::queue_due_runs;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    shelters::shelter,
    support::{Actor, Caller, Setup, TestApp},
};
use host::Host;

const CREATE: &str = "mutation($input: CreateConnectorInput!) { createConnector(input: $input) {
    connector { id } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdateConnectorInput!) { updateConnector(input: $input) {
    connector { id name address account hostKey intervalHours state disabledReason nextRunAt consecutiveFailures }
    userErrors { field code message } } }";
const DELETE: &str = "mutation($id: ID!) { deleteConnector(input: { id: $id }) {
    deletedId userErrors { field code message } } }";
const RUN: &str = "mutation($id: ID!) { runConnector(input: { id: $id }) {
    connector { id lastRunAt } userErrors { field code message } } }";
const CONNECTOR: &str = "query($id: ID!) { node(id: $id) { ... on Connector {
    kind name address account hostKey intervalHours state disabledAt disabledReason createdAt nextRunAt lastRunAt
    lastSuccessAt lastError consecutiveFailures failingSince
    lastImport { id state mode created updated unchanged failed }
    runs { totalCount nodes { number outcome beganAt finishedAt since records error import { id } } } } } }";

/// What the shelter's software knows the shelter by.
const SECRET: &str = "kennel-key-4711";
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A verified shelter of ann's on a server that may reach this machine, and the shelter's own software.
struct Stage {
    app: TestApp,
    ann: Actor,
    shelter: String,
    host: Host,
}

/// A server that may reach this machine.
fn in_reach() -> Setup {
    Setup {
        adjust: |config| config.outbound_networks = vec!["127.0.0.0/8".parse().unwrap()],
        ..Setup::default()
    }
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start(in_reach()).await;
        let ann = app.member("ann").await;
        let shelter = shelter(&app, &ann).await;
        Self {
            host: Host::start().await,
            app,
            ann,
            shelter,
        }
    }

    /// The input for a connector to the software.
    fn input(&self) -> Value {
        json!({
            "shelterId": self.shelter, "kind": "CSV_HTTPS", "name": "Kennel list",
            "address": format!("{}/animals.csv", self.host.url), "secret": SECRET,
        })
    }

    /// A new connector; its id.
    async fn connector(&self) -> String {
        self.made(self.input()).await
    }

    async fn made(&self, input: Value) -> String {
        let data = self.app.ok(&self.ann, CREATE, json!({ "input": input })).await;
        text(&data["createConnector"]["connector"]["id"])
    }

    /// Looks for connectors that are due, and does all that follows.
    async fn look(&self) {
        queue_due_runs(&self.app.deps).await.unwrap();
        self.app.run_work().await;
    }

    /// The same after that time.
    async fn look_after(&self, time: Duration) {
        self.app.clock.advance(time);
        self.look().await;
    }

    /// The connector with its runs, as somebody sees it.
    async fn seen_by(&self, who: &impl Caller, id: &str) -> Value {
        self.app.ok(who, CONNECTOR, json!({ "id": id })).await["node"].take()
    }

    /// The same for ann, whose log-in may have ended.
    async fn seen(&self, id: &str) -> Value {
        let ann = self.app.log_in_again(&self.ann).await;
        self.seen_by(&ann, id).await
    }

    /// The only run.
    async fn run(&self) -> ConnectorRunId {
        assert_eq!(self.app.count("connector_runs").await, 1);
        ConnectorRunId(self.app.value::<Uuid>("SELECT id FROM connector_runs").await)
    }
}

/// A time on the day of the tests.
fn at(time: &str) -> Value {
    json!(format!("2026-06-01T{time}:00.000Z"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
