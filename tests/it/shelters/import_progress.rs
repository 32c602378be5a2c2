//! Imports as streams.

use serde_json::json;

use super::{dogs, queue, shelter};
use crate::support::{TestApp, codes};

const PROGRESS: &str = "subscription($id: ID!, $after: Int) { importProgress(importId: $id, after: $after) { state processed total revision } }";

#[tokio::test]
async fn progress_comes_until_the_end_and_then_completes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    let id = queue(&app, &ann, &shelter, &dogs(1, 600), json!({})).await;
    let socket = app.socket(&ann).await;
    let mut news = socket.subscribe(PROGRESS, json!({ "id": id }));
    assert_eq!(news.next().await["importProgress"]["state"], "QUEUED");

    app.run_work().await;
    let (mut last, mut revision) = (json!({ "revision": 1 }), 1);
    while last["state"] != "DONE" {
        last = news.next().await["importProgress"].clone();
        let now = last["revision"].as_i64().unwrap();
        assert!(revision < now, "each change once");
        revision = now;
    }
    assert_eq!((&last["processed"], &last["total"]), (&json!(600), &json!(600)));
    news.completed().await;

    let mut late = socket.subscribe(PROGRESS, json!({ "id": id }));
    assert_eq!(late.next().await["importProgress"]["state"], "DONE");
    late.completed().await;
    let mut resumed = socket.subscribe(PROGRESS, json!({ "id": id, "after": revision }));
    resumed.completed().await;
}

#[tokio::test]
async fn who_leaves_the_staff_hears_no_more() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = shelter(&app, &ann).await;
    super::employ(&app, &ann, &shelter, &bob, "STAFF").await;
    let id = queue(&app, &ann, &shelter, &dogs(1, 10), json!({})).await;
    let socket = app.socket(&bob).await;
    let mut news = socket.subscribe(PROGRESS, json!({ "id": id }));
    news.next().await;

    app.execute("DELETE FROM shelter_staff WHERE role = $1", ["staff".into()])
        .await;
    app.run_work().await;
    assert_eq!(codes(&news.next_answer().await), ["NOT_FOUND"]);
}

#[tokio::test]
async fn a_revision_that_is_still_to_come_cannot_be_resumed_from() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    let id = queue(&app, &ann, &shelter, &dogs(1, 1), json!({})).await;
    let socket = app.socket(&ann).await;
    let mut news = socket.subscribe(PROGRESS, json!({ "id": id, "after": 99 }));
    assert_eq!(codes(&news.next_answer().await), ["RESUME_UNAVAILABLE"]);
    app.run_work().await;
}
