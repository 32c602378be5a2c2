//! Forgotten passwords.

use std::time::Duration;

use serde_json::json;

use super::{FORGOT, RESET, audited, forgot, log_in, subject, with};
use crate::{
    accounts::{VIEWER, from_host},
    support::{Bearer, TestApp, Visitor, codes, user_errors},
};

const NEW: &str = "another phrase of several words";

#[tokio::test]
async fn the_link_from_the_mail_sets_a_password_ends_all_log_ins_and_verifies_the_address() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    forgot(&app, "ANN@example.org ").await;
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "Choose a new password for Finding Sweetie");
    let token = app.mailbox.token(&ann.email(), "reset-password");

    let done = with(&app, &Visitor, RESET, json!({ "token": token, "password": NEW })).await;

    let reset = &done.data()["resetPassword"];
    assert_eq!(reset["viewer"]["member"]["id"], ann.id.as_str());
    assert_eq!(reset["viewer"]["emailVerified"], true);
    let fresh = Bearer(reset["tokens"]["accessToken"].as_str().unwrap().to_owned());
    app.ok(&fresh, VIEWER, json!({})).await;
    assert_eq!(codes(&app.run(&ann, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), None).await),
        ["INVALID"]
    );
    assert_eq!(user_errors(&log_in(&app, &ann.email(), NEW, None).await), [""; 0]);
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "Your password was changed");
    assert_eq!(audited(&app, "password_reset").await, 1);
}

#[tokio::test]
async fn a_link_works_once_and_makes_earlier_links_void() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let first = app.mailbox.token(&ann.email(), "reset-password");
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let second = app.mailbox.token(&ann.email(), "reset-password");

    let (one, two) = tokio::join!(
        with(&app, &Visitor, RESET, json!({ "token": second, "password": NEW })),
        with(&app, &Visitor, RESET, json!({ "token": second, "password": NEW })),
    );
    let mut ends = [user_errors(&one), user_errors(&two)];
    ends.sort();
    assert_eq!(ends, [vec![], vec!["input.token EXPIRED".to_owned()]]);
    let void = with(&app, &Visitor, RESET, json!({ "token": first, "password": NEW })).await;
    assert_eq!(user_errors(&void), ["input.token EXPIRED"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_link_is_good_for_an_hour() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let token = app.mailbox.token(&ann.email(), "reset-password");
    app.clock.advance(Duration::from_secs(60 * 60));
    let late = with(&app, &Visitor, RESET, json!({ "token": token, "password": NEW })).await;
    assert_eq!(user_errors(&late), ["input.token EXPIRED"]);
    for wrong in ["", "pr_00", "%", &token.to_uppercase()] {
        let refused = with(&app, &Visitor, RESET, json!({ "token": wrong, "password": NEW })).await;
        assert_eq!(user_errors(&refused), ["input.token EXPIRED"], "{wrong}");
    }
}

#[tokio::test]
async fn a_bad_password_does_not_use_the_link_up() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let token = app.mailbox.token(&ann.email(), "reset-password");
    for (password, expected) in [
        ("short", "input.password TOO_SHORT"),
        ("ann@example.org", "input.password INVALID"),
    ] {
        let refused = with(&app, &Visitor, RESET, json!({ "token": token, "password": password })).await;
        assert_eq!(user_errors(&refused), [expected]);
    }
    let done = with(&app, &Visitor, RESET, json!({ "token": token, "password": NEW })).await;
    assert_eq!(user_errors(&done), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike_and_strangers_get_no_mail() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (known, unknown) = (
        forgot(&app, &ann.email()).await,
        forgot(&app, "nobody@example.org").await,
    );
    assert_eq!(known.body, unknown.body);
    assert_eq!(app.count("password_resets").await, 2);
    app.run_work().await;
    assert_eq!(app.mailbox.to(&ann.email()).len(), 1);
    assert!(app.mailbox.to("nobody@example.org").is_empty());
    let bad = forgot(&app, "no address").await;
    assert_eq!(user_errors(&bad), ["input.email INVALID"]);
}

#[tokio::test]
async fn five_mails_an_hour_go_to_an_address_whether_it_has_an_account_or_not() {
    let app = TestApp::new().await;
    app.verified("ann").await;
    for address in ["ann@example.org", "nobody@example.org"] {
        for host in 1..=5 {
            let asked = from_host(&app, host, FORGOT, json!({ "input": { "email": address } })).await;
            assert_eq!((codes(&asked), user_errors(&asked)), (vec![], vec![]));
        }
        let refused = from_host(&app, 6, FORGOT, json!({ "input": { "email": address } })).await;
        assert_eq!(codes(&refused), ["RATE_LIMITED"], "{address}");
    }
    app.run_work().await;
    assert_eq!(app.mailbox.to("ann@example.org").len(), 5);
}

#[tokio::test]
async fn an_address_that_two_accounts_gave_belongs_to_the_one_that_reset_its_password() {
    let app = TestApp::new().await;
    let squatter = app.member("ann").await;
    app.clock.advance(Duration::from_secs(1));
    let ann = app.member("ann").await;
    app.run_work().await;
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let token = app.mailbox.token(&ann.email(), "reset-password");
    let done = with(&app, &Visitor, RESET, json!({ "token": token, "password": NEW })).await;
    assert_eq!(done.data()["resetPassword"]["viewer"]["member"]["id"], ann.id.as_str());
    assert_eq!(codes(&app.run(&squatter, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &squatter.password(), None).await),
        ["INVALID"]
    );
    app.run_work().await;
}
