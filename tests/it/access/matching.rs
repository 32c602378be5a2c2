//! Matches and their alerts.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};
use crate::matching::{dog, matches, report};

const OUTSIDE: &[Who] = &[Who::Stranger, Who::Staff, Who::OtherStaff];

pub fn rows() -> Vec<Row> {
    let decide = |field, document| {
        Row::new(field, document, |cast, _| Box::pin(pair(cast)), "ok")
            .but(&[Who::Visitor], "UNAUTHENTICATED")
            .but(OUTSIDE, "input.id NOT_FOUND")
            .but(&[Who::Key, Who::Moderator, Who::Admin], "FORBIDDEN")
    };
    vec![
        decide(
            "Mutation.confirmMatch",
            "mutation($id: ID!) { confirmMatch(input: { id: $id }) { userErrors { field code } } }",
        ),
        decide(
            "Mutation.dismissMatch",
            "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { field code } } }",
        ),
        Row::new("Subscription.matchAlerts", "subscription { matchAlerts { number } }", nothing, "open")
            .but(&[Who::Visitor], "UNAUTHENTICATED")
            .but(&[Who::Key], "FORBIDDEN"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "Match",
        make: |cast| Box::pin(async { pair(cast).await["id"].as_str().unwrap().to_owned() }),
        seen_by: &[Who::Owner, Who::Partner, Who::Moderator, Who::Admin],
    }]
}

/// A match of a report of the owner and one of the partner.
pub async fn pair(cast: &Cast) -> Value {
    let app = &cast.app;
    let lost = report(app, &cast.owner, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let found = report(app, &cast.partner, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let all = matches(app, &cast.owner).await;
    let ours = all.iter().find(|pair| pair["lost"]["id"] == lost.as_str() && pair["other"]["id"] == found.as_str());
    json!({ "id": ours.expect("the two reports match")["id"] })
}
