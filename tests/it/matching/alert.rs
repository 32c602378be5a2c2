//! Alerts and notifications, live and replayed.

use std::time::Duration;

use serde_json::json;

use super::{dog, report};
use crate::support::{TestApp, codes};

const ALERTS: &str =
    "subscription($after: Int) { matchAlerts(after: $after) { number match { band lost { id } other { id } } } }";
const NEWS: &str =
    "subscription($after: Int) { notifications(after: $after) { number kind title subject { __typename id } } }";

#[tokio::test]
async fn the_owner_hears_of_a_match_on_an_open_subscription() {
    let app = TestApp::with_workers().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let mut socket = app.socket(&ann).await;
    let mut alerts = socket.subscribe(ALERTS, json!({ "after": 0 }));
    socket.settle().await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    let alert = alerts.next().await;
    assert_eq!(alert["matchAlerts"]["number"], 1);
    assert_eq!(alert["matchAlerts"]["match"]["lost"]["id"].as_str(), Some(&*lost));
    app.leave_work();
}

#[tokio::test]
async fn alerts_are_replayed_after_a_number_and_numbered_without_gaps() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    for hour in 11..14 {
        report(&app, &bob, dog("FOUND", 30.2690, &format!("2026-05-30T{hour}:00:00Z"))).await;
    }
    app.run_work().await;
    let socket = app.socket(&ann).await;
    let mut alerts = socket.subscribe(ALERTS, json!({ "after": 1 }));
    for number in 2..=3 {
        assert_eq!(alerts.next().await["matchAlerts"]["number"], number);
    }
    alerts.hears_nothing(Duration::from_millis(200)).await;
}

#[tokio::test]
async fn the_viewer_says_where_the_stream_of_alerts_resumes() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let query = "{ viewer { id latest: latestAlertNumber matches { totalCount } member { id } } }";
    let viewer = async || app.ok(&ann, query, json!({})).await["viewer"].take();
    let before = viewer().await;
    assert_eq!(before["latest"], 0);
    assert_ne!(before["id"], before["member"]["id"], "caches keep the two apart");
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T11:00:00Z")).await;
    app.run_work().await;

    let now = viewer().await;

    assert_eq!((&now["latest"], &now["matches"]["totalCount"]), (&json!(1), &json!(1)));
    assert_eq!(now["id"], before["id"]);
    report(&app, &bob, dog("FOUND", 30.2691, "2026-05-30T12:00:00Z")).await;
    app.run_work().await;
    let socket = app.socket(&ann).await;
    let mut alerts = socket.subscribe(ALERTS, json!({ "after": now["latest"] }));
    assert_eq!(alerts.next().await["matchAlerts"]["number"], 2);
}

#[tokio::test]
async fn a_report_without_a_name_is_called_what_it_is() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    let sighting = "mutation($id: ID!) { addSighting(input: { petId: $id, seenAt: \"2026-05-31T10:00:00Z\", address: \"Austin, TX\" }) {
        userErrors { code } } }";
    app.ok(&bob, sighting, json!({ "id": lost })).await;
    app.run_work().await;

    let list = "{ viewer { notifications { nodes { title body } } } }";
    let told = app.ok(&ann, list, json!({})).await["viewer"]["notifications"]["nodes"].clone();
    let told: Vec<(&str, &str)> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["title"].as_str().unwrap(), one["body"].as_str().unwrap()))
        .collect();
    assert!(
        told.contains(&("Your dog was seen", "Someone saw your dog near Austin, TX.")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|(title, _)| *title == "A match for the dog you lost near Austin, TX"),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_number_that_was_never_given_out_cannot_be_resumed_from() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    let socket = app.socket(&ann).await;
    for query in [ALERTS, NEWS] {
        for after in [-1, 7] {
            let answer = socket.subscribe(query, json!({ "after": after })).next_answer().await;
            assert_eq!(codes(&answer), ["RESUME_UNAVAILABLE"]);
        }
    }
}

#[tokio::test]
async fn a_notification_is_counted_until_it_is_read() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let list = "{ viewer { unreadNotificationCount notifications { nodes { number kind title subject { __typename } readAt } } } }";
    let viewer = app.ok(&ann, list, json!({})).await["viewer"].clone();
    assert_eq!(viewer["unreadNotificationCount"], 1);
    assert_eq!(viewer["notifications"]["nodes"][0]["subject"]["__typename"], "Match");
    let read = "mutation($upTo: Int!) { markNotificationsRead(input: { upTo: $upTo }) { unreadNotificationCount userErrors { field code } } }";
    let data = app.ok(&ann, read, json!({ "upTo": 1 })).await;
    assert_eq!(data["markNotificationsRead"]["unreadNotificationCount"], 0);
    let beyond = app.run(&ann, read, json!({ "upTo": 9 })).await;
    assert_eq!(crate::support::user_errors(&beyond), ["input.upTo OUT_OF_RANGE"]);
    app.run_work().await;
}
