//! Shutdown log-ins, here and everywhere.

use std::time::Duration;

use serde_json::json;

use super::{LOG_OUT, REFRESH, VIEWER};
use crate::support::{TestApp, Visitor, codes, user_errors};

const REVOKE: &str =
    "mutation($input: RevokeSessionInput!) { revokeSession(input: $input) { userErrors { field code message } } }";

#[tokio::test]
async fn logging_out_ends_this_log_in_at_once_and_no_other() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let phone = app.log_in_again(&ann).await;

    app.ok(&ann, LOG_OUT, json!({ "input": {} })).await;

    assert_eq!(codes(&app.run(&ann, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    let refused = app
        .run(&Visitor, REFRESH, json!({ "input": { "refreshToken": ann.refresh } }))
        .await;
    assert_eq!(user_errors(&refused), ["input.refreshToken EXPIRED"]);
    app.ok(&phone, VIEWER, json!({})).await;
    assert_eq!(app.events().await, ["session_revoked"]);
}

#[tokio::test]
async fn logging_out_everywhere_closes_every_socket_of_the_member_and_of_nobody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let phone = app.log_in_again(&ann).await;
    let (mut here, mut there) = (app.socket(&ann).await, app.socket(&phone).await);
    let mut bobs = app.socket(&bob).await;

    app.ok(&ann, LOG_OUT, json!({ "input": { "everywhere": true } })).await;

    assert_eq!((here.closed().await, there.closed().await), (4403, 4403));
    bobs.settle().await;
    assert_eq!(codes(&app.run(&phone, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(app.events().await, ["session_revoked", "session_revoked"]);
}

#[tokio::test]
async fn a_socket_ends_when_its_token_does() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut socket = app.socket(&ann).await;
    app.clock.advance(Duration::from_secs(15 * 60));
    let _late = socket.subscribe(VIEWER, json!({}));
    assert_eq!(socket.closed().await, 4403);
}

#[tokio::test]
async fn a_member_ends_one_log_in_from_another() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let lost_phone = app.log_in_again(&ann).await;
    let mut socket = app.socket(&lost_phone).await;
    let sessions = app.ok(&lost_phone, VIEWER, json!({})).await["viewer"]["sessions"].clone();
    let session = sessions
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["current"] == true)
        .unwrap();

    app.ok(&ann, REVOKE, json!({ "input": { "id": session["id"] } })).await;

    assert_eq!(socket.closed().await, 4403);
    assert_eq!(
        codes(&app.run(&lost_phone, VIEWER, json!({})).await),
        ["UNAUTHENTICATED"]
    );
    let left = app.ok(&ann, VIEWER, json!({})).await;
    assert_eq!(left["viewer"]["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_ends_the_log_in_of_somebody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = app.ok(&ann, VIEWER, json!({})).await["viewer"]["sessions"][0]["id"].clone();
    let before = app.footprint().await;

    let foreign = app.run(&bob, REVOKE, json!({ "input": { "id": id } })).await;
    let unknown = app.run(&bob, REVOKE, json!({ "input": { "id": bob.id } })).await;

    assert_eq!(user_errors(&foreign), ["input.id NOT_FOUND"]);
    assert_eq!(user_errors(&unknown), ["input.id NOT_FOUND"]);
    assert_eq!(app.footprint().await, before);
    app.ok(&ann, VIEWER, json!({})).await;
}

#[tokio::test]
async fn a_visitor_has_nothing_to_log_out_of() {
    let app = TestApp::new().await;
    assert_eq!(
        codes(&app.run(&Visitor, LOG_OUT, json!({ "input": {} })).await),
        ["UNAUTHENTICATED"]
    );
}

#[tokio::test]
async fn logging_out_everywhere_ends_more_log_ins_than_are_shown() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..101 {
        let id = app.deps.ids.uuid(app.deps.clock.now());
        let copy = "INSERT INTO sessions (id, member_id, created_at, last_used_at, expires_at)
            SELECT $1, member_id, created_at, last_used_at, expires_at FROM sessions LIMIT 1";
        app.execute(copy, [id.into()]).await;
    }

    app.ok(&ann, LOG_OUT, json!({ "input": { "everywhere": true } })).await;

    let live: i64 = app
        .value("SELECT COUNT(*) FROM sessions WHERE revoked_at IS NULL")
        .await;
    assert_eq!(live, 0);
}
