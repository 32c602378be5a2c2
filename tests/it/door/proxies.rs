//! Whose word about a client's address is taken.

use finding_sweetie::config::Config;
use reqwest::Method;
use serde_json::json;

use crate::support::{Setup, TestApp};

/// A server that lets everybody ask once a minute.
async fn server(adjust: fn(&mut Config)) -> TestApp {
    TestApp::start(Setup {
        adjust,
        ..Setup::default()
    })
    .await
}

/// Asks with these lines of `X-Forwarded-For`, and gives the status.
async fn ask(app: &TestApp, lines: &[&str]) -> u16 {
    let mut request = app.request(Method::POST, "/graphql");
    for line in lines {
        request = request.header("x-forwarded-for", *line);
    }
    let answer = request
        .json(&json!({ "query": "{ __typename }" }))
        .send()
        .await
        .unwrap();
    answer.status().as_u16()
}

#[tokio::test]
async fn without_proxies_the_header_changes_nothing() {
    let app = server(|config| config.rate_limit = 1).await;
    assert_eq!(ask(&app, &["203.0.113.1"]).await, 200);
    assert_eq!(ask(&app, &["203.0.113.2"]).await, 429);
    assert_eq!(ask(&app, &[]).await, 429);
}

#[tokio::test]
async fn of_two_proxies_each_adds_an_entry_on_a_line_of_its_own_or_not() {
    let app = server(|config| {
        config.rate_limit = 1;
        config.trusted_proxies = "2".parse().unwrap();
    })
    .await;
    assert_eq!(ask(&app, &["203.0.113.1, 10.0.0.1"]).await, 200);
    assert_eq!(ask(&app, &["9.9.9.9", "203.0.113.1", "10.0.0.1"]).await, 429);
    assert_eq!(ask(&app, &["9.9.9.9, 203.0.113.2", "10.0.0.1"]).await, 200);
}

#[tokio::test]
async fn a_request_that_did_not_come_through_all_proxies_counts_for_its_connection() {
    let app = server(|config| {
        config.rate_limit = 1;
        config.trusted_proxies = "2".parse().unwrap();
    })
    .await;
    assert_eq!(ask(&app, &["203.0.113.1"]).await, 200);
    assert_eq!(ask(&app, &["203.0.113.2"]).await, 429);
    assert_eq!(ask(&app, &[]).await, 429);
}

#[tokio::test]
async fn a_proxy_in_a_trusted_network_is_believed_and_nobody_else() {
    let trusting = server(|config| {
        config.rate_limit = 1;
        config.trusted_proxies = "127.0.0.0/8, 10.0.0.0/8".parse().unwrap();
    })
    .await;
    assert_eq!(ask(&trusting, &["9.9.9.9, 203.0.113.1, 10.0.0.1"]).await, 200);
    assert_eq!(ask(&trusting, &["9.9.9.8, 203.0.113.1, 10.0.0.2, 10.0.0.3"]).await, 429);
    assert_eq!(ask(&trusting, &["203.0.113.2"]).await, 200);

    let elsewhere = server(|config| {
        config.rate_limit = 1;
        config.trusted_proxies = "10.0.0.0/8".parse().unwrap();
    })
    .await;
    assert_eq!(ask(&elsewhere, &["203.0.113.1"]).await, 200);
    assert_eq!(ask(&elsewhere, &["203.0.113.2, 10.0.0.1"]).await, 429);
}
