//! Changing a report.

use serde_json::json;

use super::{UPDATE, lost_with, report, seen_by};
use crate::support::{TestApp, codes, user_errors};

#[tokio::test]
async fn what_is_left_out_stays_and_null_empties() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(
        &app,
        &ann,
        lost_with(json!({ "name": "Sweetie", "markings": "white paw", "coat": "LONG" })),
    )
    .await;

    app.ok(
        &ann,
        UPDATE,
        json!({ "input": { "id": id, "markings": null, "coat": null } }),
    )
    .await;

    let seen = seen_by(&app, &ann, &id).await;
    assert_eq!((&seen["name"], &seen["markings"]), (&json!("Sweetie"), &json!(null)));
    assert_eq!((&seen["coat"], &seen["version"]), (&json!("UNKNOWN"), &json!(2)));
    assert_eq!(app.events().await, ["pet_reported", "pet_changed"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_no_change() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;

    let data = app
        .ok(&ann, UPDATE, json!({ "input": { "id": id, "name": "Sweetie" } }))
        .await;

    assert_eq!(data["updatePet"]["pet"]["version"], 1);
    assert_eq!(app.events().await, ["pet_reported"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_change_from_an_old_version_is_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    let change = |name: &str| json!({ "input": { "id": id, "expectedVersion": 1, "name": name } });
    app.ok(&ann, UPDATE, change("Biscuit")).await;

    let refused = app.run(&ann, UPDATE, change("Maple")).await;

    assert_eq!(user_errors(&refused), ["input.expectedVersion CONFLICT"]);
    assert_eq!(seen_by(&app, &ann, &id).await["name"], "Biscuit");
    app.run_work().await;
}

#[tokio::test]
async fn nobody_changes_somebody_elses_report() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;

    let refused = app
        .run(&bob, UPDATE, json!({ "input": { "id": id, "name": "Mine" } }))
        .await;

    assert_eq!(codes(&refused), ["FORBIDDEN"]);
    assert_eq!(seen_by(&app, &ann, &id).await["name"], "Sweetie");
    app.run_work().await;
}
