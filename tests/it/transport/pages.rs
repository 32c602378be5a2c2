//! Everything besides `/graphql`.

use reqwest::Method;
use serde_json::Value;

use crate::support::TestApp;

#[tokio::test]
async fn a_server_that_works_says_that_it_lives_and_is_ready() {
    let app = TestApp::new().await;
    for path in ["/health/live", "/health/ready"] {
        let response = app.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.json::<Value>().await.unwrap()["status"], "ok", "{path}");
    }
}

#[tokio::test]
async fn metrics_count_requests_and_tell_nothing_about_people() {
    let app = TestApp::new().await;
    app.member("marvelous-ann").await;
    let response = app.metrics().await;
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain; version=0.0.4")
    );
    let text = response.text().await.unwrap();
    assert!(text.contains("# TYPE"), "{text}");
    assert!(!text.contains("marvelous") && !text.contains("mem_"), "{text}");
}

#[tokio::test]
async fn the_public_sees_no_metrics() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/metrics").await.status(), 404);
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere_and_cannot_be_framed() {
    let app = TestApp::new().await;
    let response = app.get("/").await;
    assert_eq!(response.status(), 200);
    let headers = response.headers();
    let policy = headers["content-security-policy"].to_str().unwrap();
    for rule in [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(
        !policy.contains("https:") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert!(headers["content-type"].to_str().unwrap().starts_with("text/html"));
}

#[tokio::test]
async fn unknown_paths_and_climbing_ones_are_not_found() {
    let app = TestApp::new().await;
    for path in [
        "/nothing",
        "/assets/nothing.js",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/secret",
        "/graphql/",
        "/media/../secret",
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn a_path_that_leads_nowhere_says_where_to_go() {
    let app = TestApp::new().await;
    for path in ["/nothing", "/api/graphql", "/assets/nothing.js"] {
        let error = app.get(path).await.json::<Value>().await.unwrap()["error"].take();
        assert_eq!(error["code"], "NOT_FOUND", "{path}");
        assert!(
            error["message"].as_str().unwrap().contains("/graphql"),
            "{path}: {error}"
        );
    }
}

#[tokio::test]
async fn pages_cannot_be_written_to() {
    let app = TestApp::new().await;
    for path in ["/", "/health/live"] {
        let response = app.request(Method::POST, path).send().await.unwrap();
        assert_eq!(response.status(), 405, "{path}");
    }
}
