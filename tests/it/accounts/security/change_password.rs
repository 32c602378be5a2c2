//! Changing a password that one knows.

use serde_json::json;

use super::{CHANGE_PASSWORD, RESET, audited, forgot, log_in, subject, with};
use crate::{
    accounts::VIEWER,
    support::{Bearer, TestApp, Visitor, codes, user_errors},
};

const NEW: &str = "another phrase of several words";

#[tokio::test]
async fn a_new_password_ends_the_other_log_ins_keeps_this_one_and_tells_the_member() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let phone = app.log_in_again(&ann).await;
    let mut open = app.socket(&phone).await;

    let input = json!({ "currentPassword": ann.password(), "newPassword": NEW });
    let done = with(&app, &ann, CHANGE_PASSWORD, input).await;

    assert_eq!(done.data()["changePassword"]["viewer"]["member"]["id"], ann.id.as_str());
    app.ok(&ann, VIEWER, json!({})).await;
    assert_eq!(open.closed().await, 4403);
    assert_eq!(codes(&app.run(&phone, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), None).await),
        ["INVALID"]
    );
    assert_eq!(user_errors(&log_in(&app, &ann.email(), NEW, None).await), [""; 0]);
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "Your password was changed");
    assert_eq!(audited(&app, "password_changed").await, 1);
}

#[tokio::test]
async fn a_wrong_present_password_changes_nothing_and_ten_tries_are_the_most() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let wrong = json!({ "currentPassword": "a wrong password", "newPassword": NEW });
    for _ in 0..10 {
        let refused = with(&app, &ann, CHANGE_PASSWORD, wrong.clone()).await;
        assert_eq!(user_errors(&refused), ["input.currentPassword INVALID"]);
    }
    assert_eq!(codes(&with(&app, &ann, CHANGE_PASSWORD, wrong).await), ["RATE_LIMITED"]);
    assert_eq!(audited(&app, "password_not_confirmed").await, 10);
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), None).await),
        [""; 0]
    );
}

#[tokio::test]
async fn a_new_password_keeps_to_the_rules() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    for (new, expected) in [
        ("short", "TOO_SHORT"),
        (&"x".repeat(201), "TOO_LONG"),
        ("ann@example.org", "INVALID"),
    ] {
        let input = json!({ "currentPassword": ann.password(), "newPassword": new });
        let refused = with(&app, &ann, CHANGE_PASSWORD, input).await;
        assert_eq!(user_errors(&refused), [format!("input.newPassword {expected}")]);
    }
}

#[tokio::test]
async fn of_two_changes_at_once_one_wins() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let change = |new: &str| {
        let input = json!({ "currentPassword": ann.password(), "newPassword": new });
        with(&app, &ann, CHANGE_PASSWORD, input)
    };
    let (one, two) = tokio::join!(change(NEW), change("a third phrase of words"));
    let refused = [user_errors(&one), user_errors(&two)].concat();
    assert!(
        refused == ["CONFLICT"] || refused == ["input.currentPassword INVALID"],
        "{refused:?}"
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_link_for_a_forgotten_password_is_void_after_a_change() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let token = app.mailbox.token(&ann.email(), "reset-password");
    let input = json!({ "currentPassword": ann.password(), "newPassword": NEW });
    with(&app, &ann, CHANGE_PASSWORD, input).await;
    let void = with(
        &app,
        &Visitor,
        RESET,
        json!({ "token": token, "password": "a thief's own words" }),
    )
    .await;
    assert_eq!(user_errors(&void), ["input.token EXPIRED"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_log_in_with_the_old_password_that_is_under_way_does_not_outlive_it() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let (email, old) = (ann.email(), ann.password());
    let input = json!({ "currentPassword": old, "newPassword": NEW });
    let log_ins = futures_util::future::join_all((0..8).map(|_| log_in(&app, &email, &old, None)));

    let (changed, log_ins) = tokio::join!(with(&app, &ann, CHANGE_PASSWORD, input), log_ins);

    assert_eq!(user_errors(&changed), [""; 0]);
    for done in log_ins {
        let Some(token) = done.data()["logIn"]["tokens"]["accessToken"].as_str() else {
            continue;
        };
        let late = Bearer(token.to_owned());
        assert_eq!(codes(&app.run(&late, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    }
}
