//! What members are told.

use serde_json::json;

use super::{
    cast::{Cast, Who},
    matching::pair,
    row::{Entity, Row, nothing},
};

pub fn rows() -> Vec<Row> {
    let private = |row: Row| row.but(&[Who::Visitor], "UNAUTHENTICATED").but(&[Who::Key], "FORBIDDEN");
    vec![
        private(Row::new(
            "Mutation.markNotificationsRead",
            "mutation { markNotificationsRead(input: { upTo: 0 }) { userErrors { field code } } }",
            nothing,
            "ok",
        )),
        private(Row::new("Subscription.notifications", "subscription { notifications { number } }", nothing, "open")),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity { kind: "Notification", make: |cast| Box::pin(notification(cast)), seen_by: &[Who::Owner] }]
}

async fn notification(cast: &Cast) -> String {
    pair(cast).await;
    let data = cast.app.ok(&cast.owner, "{ viewer { notifications(first: 1) { nodes { id } } } }", json!({})).await;
    data["viewer"]["notifications"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}
