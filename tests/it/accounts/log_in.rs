//! Logging in, and what guessing leads to.

use std::time::Duration;

use serde_json::{Value, json};

use super::{LOG_IN, VIEWER, from_host};
use crate::support::{TestApp, Visitor, codes, user_errors};

const WRONG: &str = "this is not the password";

fn guess(email: &str, password: &str) -> Value {
    json!({ "input": { "email": email, "password": password } })
}

#[tokio::test]
async fn the_right_password_logs_in_however_the_address_is_spelled() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let data = app
        .ok(&Visitor, LOG_IN, guess("Ann@Example.org", &ann.password()))
        .await;
    assert_eq!(data["logIn"]["viewer"]["member"]["id"], ann.id.as_str());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let app = TestApp::new().await;
    app.member("ann").await;
    let sessions = app.count("sessions").await;

    let wrong = app.run(&Visitor, LOG_IN, guess("ann@example.org", WRONG)).await;
    let unknown = app.run(&Visitor, LOG_IN, guess("nobody@example.org", WRONG)).await;

    assert_eq!(user_errors(&wrong), ["INVALID"]);
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(app.count("sessions").await, sessions);
}

#[tokio::test]
async fn ten_wrong_guesses_close_an_account_to_their_address_and_to_nobody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for _ in 0..10 {
        let wrong = app.run(&Visitor, LOG_IN, guess(&ann.email(), WRONG)).await;
        assert_eq!(user_errors(&wrong), ["INVALID"]);
    }

    let closed = app.run(&Visitor, LOG_IN, guess(&ann.email(), &ann.password())).await;
    assert_eq!(codes(&closed), ["RATE_LIMITED"]);
    assert_eq!(closed.body["errors"][0]["extensions"]["retryAfter"], 15 * 60);

    app.ok(&Visitor, LOG_IN, guess(&bob.email(), &bob.password())).await;
    let from_home = from_host(&app, 2, LOG_IN, guess(&ann.email(), &ann.password())).await;
    assert_eq!((codes(&from_home), user_errors(&from_home)), (vec![], vec![]));
    app.ok(&ann, VIEWER, json!({})).await;

    app.clock.advance(Duration::from_secs(15 * 60));
    app.ok(&Visitor, LOG_IN, guess(&ann.email(), &ann.password())).await;
}

#[tokio::test]
async fn a_success_starts_the_count_of_guesses_anew() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..2 {
        for _ in 0..9 {
            app.run(&Visitor, LOG_IN, guess(&ann.email(), WRONG)).await;
        }
        app.ok(&Visitor, LOG_IN, guess(&ann.email(), &ann.password())).await;
    }
}

#[tokio::test]
async fn a_failure_is_written_to_the_audit_log_without_the_address_that_was_tried() {
    let app = TestApp::new().await;
    app.run(&Visitor, LOG_IN, guess("ann@example.org", WRONG)).await;
    let action: String = app.value("SELECT action || ' ' || actor FROM audit_entries").await;
    assert_eq!(action, "log_in_failed visitor");
}

#[tokio::test]
async fn every_log_in_is_a_session_of_its_own() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.clock.advance(Duration::from_secs(1));
    let phone = app.log_in_again(&ann).await;

    let sessions = app.ok(&phone, VIEWER, json!({})).await["viewer"]["sessions"].clone();
    let current: Vec<&Value> = sessions
        .as_array()
        .unwrap()
        .iter()
        .map(|session| &session["current"])
        .collect();
    assert_eq!(current, [true, false], "the newest comes first");
    assert_eq!(sessions[0]["userAgent"], "the integration suite");
    assert_eq!(sessions[0]["address"], "127.0.0.1");
}

#[tokio::test]
async fn an_account_that_is_used_is_not_about_to_be_deleted_however_closely_the_two_meet() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let delete = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "password": ann.password() } });
    let (email, password) = (ann.email(), ann.password());
    let log_ins = (0..8).map(|_| app.run(&Visitor, LOG_IN, guess(&email, &password)));

    let (deleted, _) = tokio::join!(app.run(&ann, delete, input), futures_util::future::join_all(log_ins));

    assert_eq!(user_errors(&deleted), [""; 0]);
    let live: i64 = app
        .value("SELECT COUNT(*) FROM sessions WHERE revoked_at IS NULL")
        .await;
    let going: i64 = app
        .value("SELECT COUNT(*) FROM members WHERE deletes_at IS NOT NULL")
        .await;
    assert!(
        live == 0 || going == 0,
        "{live} log-ins of an account that is to be deleted"
    );
}
