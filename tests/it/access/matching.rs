//! Matches and their alerts.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};
use crate::matching::{dog, report};

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
        Row::new(
            "Query.matchStatistics",
            "{ matchStatistics { count } }",
            nothing,
            "FORBIDDEN",
        )
        .but(&[Who::Visitor], "UNAUTHENTICATED")
        .but(&[Who::Admin], "ok"),
        Row::new(
            "Subscription.matchAlerts",
            "subscription { matchAlerts { number } }",
            nothing,
            "open",
        )
        .but(&[Who::Visitor], "UNAUTHENTICATED")
        .but(&[Who::Key], "FORBIDDEN"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "Match",
        make: |cast| Box::pin(async { one_pair(cast).await["id"].as_str().unwrap().to_owned() }),
        seen_by: &[Who::Owner, Who::Partner, Who::Moderator, Who::Admin],
    }]
}

/// A new match of a report of the owner and one of the partner.
pub async fn pair(cast: &Cast) -> Value {
    pair_at(cast, cast.new_place()).await
}

/// A new match there; the partner's report is at exactly this latitude.
pub async fn pair_at(cast: &Cast, latitude: f64) -> Value {
    let app = &cast.app;
    for reporter in [&cast.owner, &cast.partner] {
        cast.relax("report-pet", reporter).await;
    }
    let lost = report(app, &cast.owner, dog("LOST", latitude - 0.002, "2026-05-30T10:00:00Z")).await;
    let found = report(app, &cast.partner, dog("FOUND", latitude, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let query = "{ viewer { matches(first: 100) { nodes { id lost { id } other { id } } } } }";
    let data = app.ok(&cast.owner, query, json!({})).await;
    let all = data["viewer"]["matches"]["nodes"].as_array().unwrap();
    let ours = all
        .iter()
        .find(|pair| pair["lost"]["id"] == lost.as_str() && pair["other"]["id"] == found.as_str());
    json!({ "id": ours.expect("the two reports match")["id"] })
}

/// A match, the same for everybody.
pub async fn one_pair(cast: &Cast) -> Value {
    cast.once("a match", async || pair(cast).await).await
}
