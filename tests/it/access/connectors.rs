//! Connectors of a shelter.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row},
};

const VISITOR: &[Who] = &[Who::Visitor];
/// Whoever manages the connectors of the shelter.
const MANAGERS: &[Who] = &[Who::Staff, Who::Key, Who::KeyConnectorsManage, Who::Admin];

const CREATE: &str = "mutation($id: ID!, $name: String!) { createConnector(input: {
    shelterId: $id, kind: CSV_HTTPS, name: $name, address: \"https://example.org/animals.csv\", account: \"desk\",
    secret: \"key\" }) { connector { id } userErrors { field code message } } }";

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.createConnector",
            CREATE,
            |cast, _| {
                Box::pin(async {
                    forget(cast, "Tried").await;
                    json!({ "id": cast.shelter, "name": "Tried" })
                })
            },
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
        Row::new(
            "Mutation.updateConnector",
            "mutation($id: ID!) { updateConnector(input: { id: $id, enabled: true }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": connector(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
        Row::new(
            "Mutation.runConnector",
            "mutation($id: ID!) { runConnector(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": spare(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
        Row::new(
            "Mutation.deleteConnector",
            "mutation($id: ID!) { deleteConnector(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": spare(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(MANAGERS, "ok"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "Connector",
        make: |cast| Box::pin(connector(cast)),
        seen_by: MANAGERS,
    }]
}

/// The shelter's connector, the same for everybody.
pub async fn connector(cast: &Cast) -> String {
    let made = cast
        .once("a connector", async || json!(new(cast, "Kennel list").await))
        .await;
    text(&made)
}

/// A new connector; a shelter has at most 10, so the one before is deleted.
async fn spare(cast: &Cast) -> String {
    forget(cast, "Spare").await;
    new(cast, "Spare").await
}

async fn forget(cast: &Cast, name: &str) {
    let of = "(SELECT id FROM connectors WHERE name = $1)";
    for sql in [
        format!("DELETE FROM connector_runs WHERE connector_id IN {of}"),
        "DELETE FROM connectors WHERE name = $1".to_owned(),
    ] {
        cast.app.execute(&sql, [name.into()]).await;
    }
}

async fn new(cast: &Cast, name: &str) -> String {
    let variables = json!({ "id": cast.shelter, "name": name });
    let data = cast.app.ok(&cast.staff, CREATE, variables).await;
    text(&data["createConnector"]["connector"]["id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
