//! Refresh tokens: one use each, and a second use ends the log-in.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::{LOG_OUT, REFRESH, VIEWER, from_host};
use crate::support::{Actor, Answer, Bearer, TestApp, Visitor, answer, codes, user_errors};

const GRACE: Duration = Duration::from_secs(30);
/// As docs/API.md promises.
const CLOSED_WITHIN: Duration = Duration::from_secs(2);

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
    let (mut of_owner, mut of_thief) = (
        app.socket(&ann).await,
        app.socket(&Bearer(token(&first, "accessToken"))).await,
    );
    let mut of_other_device = app.socket(&other_device).await;
    app.clock.advance(GRACE);

    let second = refresh(&app, &ann.refresh).await;

    let closed = timeout(CLOSED_WITHIN, async {
        (of_owner.closed().await, of_thief.closed().await)
    });
    assert_eq!(closed.await.expect("closed in time"), (4403, 4403));
    of_other_device.settle().await;
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
async fn a_client_that_lost_its_answer_asks_again_and_gets_the_same_token() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let first = refresh(&app, &ann.refresh).await;
    app.clock.advance(GRACE - Duration::from_secs(1));

    let again = refresh(&app, &ann.refresh).await;

    assert_eq!(token(&again, "refreshToken"), token(&first, "refreshToken"));
    app.ok(&Bearer(token(&again, "accessToken")), VIEWER, json!({})).await;
    assert_eq!(app.count("refresh_tokens").await, 2);
    assert_eq!(
        user_errors(&refresh(&app, &token(&again, "refreshToken")).await),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn two_uses_of_one_client_at_once_get_the_same_token() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (one, two) = tokio::join!(refresh(&app, &ann.refresh), refresh(&app, &ann.refresh));
    assert_eq!(token(&one, "refreshToken"), token(&two, "refreshToken"));
    app.ok(&Bearer(token(&one, "accessToken")), VIEWER, json!({})).await;
}

async fn is_over(app: &TestApp, ann: &Actor, second: &Answer) {
    assert_eq!(user_errors(second), ["input.refreshToken EXPIRED"]);
    assert_eq!(codes(&app.run(ann, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(app.events().await, ["session_revoked"]);
}

#[tokio::test]
async fn a_repeat_from_elsewhere_ends_the_log_in() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    refresh(&app, &ann.refresh).await;
    let input = json!({ "input": { "refreshToken": ann.refresh } });
    is_over(&app, &ann, &from_host(&app, 2, REFRESH, input).await).await;
}

#[tokio::test]
async fn a_repeat_by_another_program_ends_the_log_in() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    refresh(&app, &ann.refresh).await;
    let request = app
        .request(reqwest::Method::POST, "/graphql")
        .header("user-agent", "another program");
    let variables = json!({ "input": { "refreshToken": ann.refresh } });
    let second = answer(request.json(&json!({ "query": REFRESH, "variables": variables }))).await;
    is_over(&app, &ann, &second).await;
}

#[tokio::test]
async fn two_clients_that_use_one_token_at_once_end_the_log_in() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = json!({ "input": { "refreshToken": ann.refresh } });
    let (owner, thief) = tokio::join!(refresh(&app, &ann.refresh), from_host(&app, 2, REFRESH, input));

    let (got, refused): (Vec<_>, Vec<_>) = [owner, thief]
        .into_iter()
        .partition(|answer| answer.data()["refreshTokens"]["tokens"].is_object());
    let ([got], [refused]) = (&got[..], &refused[..]) else {
        panic!("one of the two was first")
    };
    is_over(&app, &ann, refused).await;
    let newest = Bearer(token(got, "accessToken"));
    assert_eq!(codes(&app.run(&newest, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    let again = refresh(&app, &token(got, "refreshToken")).await;
    assert_eq!(user_errors(&again), ["input.refreshToken EXPIRED"]);
}

#[tokio::test]
async fn the_tokens_of_an_ended_log_in_used_or_not_are_refused_and_change_nothing() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let first = refresh(&app, &ann.refresh).await;
    app.ok(&ann, LOG_OUT, json!({ "input": {} })).await;
    let before = app.footprint().await;

    for token in [&ann.refresh, &token(&first, "refreshToken")] {
        assert_eq!(user_errors(&refresh(&app, token).await), ["input.refreshToken EXPIRED"]);
    }

    assert_eq!(app.footprint().await, before);
    assert_eq!(app.events().await, ["session_revoked"]);
}

#[tokio::test]
async fn a_repeat_after_the_new_token_was_used_ends_the_log_in() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let first = refresh(&app, &ann.refresh).await;
    refresh(&app, &token(&first, "refreshToken")).await;
    is_over(&app, &ann, &refresh(&app, &ann.refresh).await).await;
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
