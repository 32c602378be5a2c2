//! Refresh tokens: one use each, and a second use ends the log-in.

use std::time::Duration;

use serde_json::{Value, json};

use super::{REFRESH, VIEWER};
use crate::support::{Answer, Bearer, TestApp, Visitor, codes, user_errors};

async fn refresh(app: &TestApp, token: &str) -> Answer {
    app.run(&Visitor, REFRESH, json!({ "input": { "refreshToken": token } }))
        .await
}

fn token(answer: &Answer, name: &str) -> String {
    answer.data()["refreshTokens"]["tokens"][name]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_refresh_token_gives_new_tokens_of_the_same_log_in() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.clock.advance(Duration::from_secs(60 * 60));
    assert_eq!(codes(&app.run(&ann, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);

    let fresh = refresh(&app, &ann.refresh).await;
    assert_eq!(user_errors(&fresh), Vec::<String>::new());

    let viewer = app.ok(&Bearer(token(&fresh, "accessToken")), VIEWER, json!({})).await["viewer"].take();
    assert_eq!(viewer["sessions"].as_array().unwrap().len(), 1);
    assert_ne!(token(&fresh, "refreshToken"), ann.refresh);
}

#[tokio::test]
async fn the_second_use_of_a_refresh_token_ends_the_log_in_for_thief_and_owner() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let other_device = app.log_in_again(&ann).await;
    let first = refresh(&app, &ann.refresh).await;

    let second = refresh(&app, &ann.refresh).await;

    assert_eq!(user_errors(&second), ["input.refreshToken EXPIRED"]);
    assert_eq!(second.data()["refreshTokens"]["tokens"], Value::Null);
    let stolen = Bearer(token(&first, "accessToken"));
    assert_eq!(codes(&app.run(&stolen, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(
        user_errors(&refresh(&app, &token(&first, "refreshToken")).await),
        ["input.refreshToken EXPIRED"]
    );
    assert_eq!(app.events().await, ["session_revoked"]);
    app.ok(&other_device, VIEWER, json!({})).await;
}

#[tokio::test]
async fn of_two_uses_at_once_one_wins_and_the_log_in_ends() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (one, two) = tokio::join!(refresh(&app, &ann.refresh), refresh(&app, &ann.refresh));

    let (winners, losers): (Vec<_>, Vec<_>) = [one, two]
        .into_iter()
        .partition(|answer| user_errors(answer).is_empty());
    assert_eq!((winners.len(), losers.len()), (1, 1));
    assert_eq!(user_errors(&losers[0]), ["input.refreshToken EXPIRED"]);
    let winner = Bearer(token(&winners[0], "accessToken"));
    assert_eq!(codes(&app.run(&winner, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn a_log_in_that_nobody_uses_for_60_days_is_over() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.clock.advance(Duration::from_secs(60 * 24 * 60 * 60));
    assert_eq!(
        user_errors(&refresh(&app, &ann.refresh).await),
        ["input.refreshToken EXPIRED"]
    );
}

#[tokio::test]
async fn a_log_in_that_is_used_lasts() {
    let app = TestApp::new().await;
    let mut newest = app.member("ann").await.refresh;
    for _ in 0..3 {
        app.clock.advance(Duration::from_secs(50 * 24 * 60 * 60));
        newest = token(&refresh(&app, &newest).await, "refreshToken");
    }
}

#[tokio::test]
async fn text_that_is_no_refresh_token_is_refused_and_changes_nothing() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let before = app.footprint().await;
    for wrong in ["", "rt_0000", &ann.token, "' OR 1=1 --"] {
        assert_eq!(
            user_errors(&refresh(&app, wrong).await),
            ["input.refreshToken EXPIRED"],
            "{wrong}"
        );
    }
    assert_eq!(app.footprint().await, before);
    app.ok(&ann, VIEWER, json!({})).await;
}

#[tokio::test]
async fn refresh_tokens_are_stored_as_hashes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let stored: String = app.value("SELECT hash FROM refresh_tokens").await;
    assert!(
        !stored.contains(ann.refresh.trim_start_matches("rt_")) && stored.len() == 64,
        "{stored}"
    );
}
