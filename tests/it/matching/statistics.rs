//! What became of matches, for admins.

use serde_json::json;

use super::{dog, matches, report};
use crate::support::{TestApp, codes};

#[tokio::test]
async fn admins_see_how_often_each_band_was_right_and_what_dismissed_pairs_differ_in() {
    let app = TestApp::new().await;
    let (ann, bob, eve) = (app.member("ann").await, app.member("bob").await, app.admin("eve").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let id = matches(&app, &ann).await[0]["id"].clone();
    let dismiss = "mutation($id: ID!) { dismissMatch(input: { id: $id, difference: MARKS }) { userErrors { code } } }";
    app.ok(&ann, dismiss, json!({ "id": id })).await;
    app.run_work().await;

    let query = "{ matchStatistics { state difference count } }";
    let seen = app.ok(&eve, query, json!({})).await;
    assert_eq!(
        seen["matchStatistics"],
        json!([{ "state": "DISMISSED", "difference": "MARKS", "count": 1 }])
    );
    assert_eq!(codes(&app.run(&ann, query, json!({})).await), ["FORBIDDEN"]);
}
