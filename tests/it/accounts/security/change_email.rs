//! Moving an account to another address.

use std::time::Duration;

use serde_json::json;

use super::{CHANGE_EMAIL, CONFIRM_EMAIL, audited, log_in, subject, with};
use crate::support::{Actor, Answer, TestApp, Visitor, codes, user_errors};

const NEW: &str = "ann.new@example.org";

async fn change(app: &TestApp, ann: &Actor, to: &str) -> Answer {
    with(
        app,
        ann,
        CHANGE_EMAIL,
        json!({ "email": to, "password": ann.password() }),
    )
    .await
}

async fn confirm(app: &TestApp, address: &str) -> Answer {
    let token = app.mailbox.token(address, "confirm-email");
    with(app, &Visitor, CONFIRM_EMAIL, json!({ "token": token })).await
}

async fn email_of(app: &TestApp, ann: &Actor) -> (String, Option<String>) {
    let data = app.ok(ann, "{ viewer { email pendingEmail } }", json!({})).await;
    let pending = data["viewer"]["pendingEmail"].as_str().map(str::to_owned);
    (data["viewer"]["email"].as_str().unwrap().to_owned(), pending)
}

#[tokio::test]
async fn an_address_changes_when_both_sides_have_confirmed_in_either_order() {
    for first_is_new in [false, true] {
        let app = TestApp::new().await;
        let ann = app.verified("ann").await;
        let old = ann.email();
        let asked = change(&app, &ann, "Ann.New@example.org").await;
        assert_eq!(asked.data()["changeEmail"]["viewer"]["pendingEmail"], NEW);
        app.run_work().await;

        let (first, second) = if first_is_new {
            (NEW, old.as_str())
        } else {
            (old.as_str(), NEW)
        };
        for _ in 0..2 {
            let one = confirm(&app, first).await;
            assert_eq!(one.data()["confirmEmailChange"]["emailChanged"], false);
            assert_eq!(email_of(&app, &ann).await, (old.clone(), Some(NEW.to_owned())));
        }
        let both = confirm(&app, second).await;
        assert_eq!(both.data()["confirmEmailChange"]["emailChanged"], true);
        assert_eq!(email_of(&app, &ann).await, (NEW.to_owned(), None));

        assert_eq!(user_errors(&log_in(&app, NEW, &ann.password(), None).await), [""; 0]);
        assert_eq!(
            user_errors(&log_in(&app, &old, &ann.password(), None).await),
            ["INVALID"]
        );
        app.run_work().await;
        assert_eq!(subject(&app, NEW), "Your e-mail address was changed");
        assert_eq!(audited(&app, "email_changed").await, 1);
        assert_eq!(user_errors(&confirm(&app, second).await), ["input.token EXPIRED"]);
    }
}

#[tokio::test]
async fn an_address_that_was_never_verified_need_not_confirm() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    change(&app, &ann, NEW).await;
    app.run_work().await;
    let done = confirm(&app, NEW).await;
    assert_eq!(done.data()["confirmEmailChange"]["emailChanged"], true);
    app.run_work().await;
}

#[tokio::test]
async fn a_change_needs_the_password_and_a_good_address() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let wrong = with(
        &app,
        &ann,
        CHANGE_EMAIL,
        json!({ "email": NEW, "password": "a wrong one" }),
    )
    .await;
    assert_eq!(user_errors(&wrong), ["input.password INVALID"]);
    assert_eq!(
        user_errors(&change(&app, &ann, "no address").await),
        ["input.email INVALID"]
    );
    assert_eq!(app.count("email_changes").await, 0);
}

#[tokio::test]
async fn a_new_request_replaces_the_pending_one_and_the_present_address_withdraws_it() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    change(&app, &ann, NEW).await;
    app.run_work().await;
    change(&app, &ann, "third@example.org").await;
    app.run_work().await;
    assert_eq!(user_errors(&confirm(&app, NEW).await), ["input.token EXPIRED"]);
    assert_eq!(email_of(&app, &ann).await.1.as_deref(), Some("third@example.org"));
    change(&app, &ann, &ann.email()).await;
    assert_eq!(email_of(&app, &ann).await.1, None);
    assert_eq!(
        user_errors(&confirm(&app, "third@example.org").await),
        ["input.token EXPIRED"]
    );
}

#[tokio::test]
async fn the_address_of_another_account_is_answered_alike_and_stays_theirs() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let taken = change(&app, &ann, &bob.email()).await;
    assert_eq!(user_errors(&taken), [""; 0]);
    app.run_work().await;
    let mail = app.mailbox.to(&bob.email()).pop().unwrap();
    assert!(
        mail.subject.starts_with("You already have an account") && !mail.text.contains('#'),
        "{}",
        mail.text
    );
    confirm(&app, &ann.email()).await;
    assert_eq!(email_of(&app, &ann).await.0, ann.email());
}

#[tokio::test]
async fn an_address_that_another_account_verified_meanwhile_is_not_taken_from_it() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    change(&app, &ann, "bob@example.org").await;
    app.run_work().await;
    let token = app.mailbox.token("bob@example.org", "confirm-email");
    confirm(&app, &ann.email()).await;
    app.verified("bob").await;
    let late = with(&app, &Visitor, CONFIRM_EMAIL, json!({ "token": token })).await;
    assert_eq!(user_errors(&late), ["input.token EXPIRED"]);
    assert_eq!(email_of(&app, &ann).await.0, ann.email());
}

#[tokio::test]
async fn a_change_is_void_after_a_day_and_five_a_day_are_the_most() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    for _ in 0..5 {
        assert_eq!(user_errors(&change(&app, &ann, NEW).await), [""; 0]);
    }
    assert_eq!(codes(&change(&app, &ann, NEW).await), ["RATE_LIMITED"]);
    app.run_work().await;
    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(user_errors(&confirm(&app, NEW).await), ["input.token EXPIRED"]);
}

#[tokio::test]
async fn a_change_that_was_prepared_before_the_address_was_verified_is_not_made_without_it() {
    let app = TestApp::new().await;
    let mallory = app.member("ann").await;
    app.run_work().await;
    change(&app, &mallory, NEW).await;
    app.run_work().await;
    let token = app.mailbox.token("ann@example.org", "verify-email");
    let verify = "mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) { userErrors { field code } } }";
    assert_eq!(
        user_errors(&with(&app, &Visitor, verify, json!({ "token": token })).await),
        [""; 0]
    );

    let confirmed = confirm(&app, NEW).await;

    assert_eq!(confirmed.data()["confirmEmailChange"]["emailChanged"], false);
    assert_eq!(email_of(&app, &mallory).await.0, "ann@example.org");
    app.run_work().await;
}
