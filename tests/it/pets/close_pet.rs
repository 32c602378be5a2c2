//! Closing a report.

use serde_json::json;

use super::{lost, report, seen_by};
use crate::support::{TestApp, codes, user_errors};

const CLOSE: &str = "mutation($id: ID!, $outcome: PetStatus!) { closePet(input: { id: $id, outcome: $outcome }) {
    pet { status } userErrors { field code message } } }";

#[tokio::test]
async fn a_report_is_closed_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;

    let data = app.ok(&ann, CLOSE, json!({ "id": id, "outcome": "REUNITED" })).await;
    let again = app.run(&ann, CLOSE, json!({ "id": id, "outcome": "CLOSED" })).await;

    assert_eq!(data["closePet"]["pet"]["status"], "REUNITED");
    assert_eq!(user_errors(&again), ["input.outcome NOT_ALLOWED"]);
    assert_eq!(app.events().await, ["pet_reported", "pet_closed"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_lost_pet_is_not_adopted() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;

    for outcome in ["ADOPTED", "OPEN", "EXPIRED"] {
        let refused = app.run(&ann, CLOSE, json!({ "id": id, "outcome": outcome })).await;
        assert_eq!(user_errors(&refused), ["input.outcome NOT_ALLOWED"], "{outcome}");
    }
    assert_eq!(seen_by(&app, &ann, &id).await["status"], "OPEN");
    app.run_work().await;
}

#[tokio::test]
async fn nobody_closes_somebody_elses_report() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = report(&app, &ann, lost()).await;

    let refused = app.run(&bob, CLOSE, json!({ "id": id, "outcome": "CLOSED" })).await;

    assert_eq!(codes(&refused), ["FORBIDDEN"]);
    assert_eq!(seen_by(&app, &ann, &id).await["status"], "OPEN");
    app.run_work().await;
}
