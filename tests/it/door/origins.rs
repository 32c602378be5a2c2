//! Which pages may call, from which origin.

use finding_sweetie::config::Config;
use reqwest::{Method, header::HeaderMap};
use serde_json::json;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, client::IntoClientRequest},
};

use crate::support::{Setup, TestApp};

/// The status with which a page of that origin is answered that wants a socket.
async fn handshake(app: &TestApp, origin: &str) -> u16 {
    let url = format!("{}/graphql", app.url.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    headers.insert("origin", origin.parse().unwrap());
    match connect_async(request).await {
        Ok((_, response)) => response.status().as_u16(),
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{origin}: {error}"),
    }
}

/// The headers of the answer to a query that a page of that origin sends.
async fn queried(app: &TestApp, origin: &str) -> HeaderMap {
    let request = app.request(Method::POST, "/graphql").header("origin", origin);
    let request = request.json(&json!({ "query": "{ __typename }" }));
    request.send().await.unwrap().headers().clone()
}

async fn preflight(app: &TestApp, origin: &str) -> HeaderMap {
    let request = app.request(Method::OPTIONS, "/graphql").header("origin", origin);
    let request = request.header("access-control-request-method", "POST");
    let request = request.header("access-control-request-headers", "content-type");
    request.send().await.unwrap().headers().clone()
}

/// Whether a page of that origin may send queries; sockets and preflights must agree.
async fn may_call(app: &TestApp, origin: &str) -> bool {
    let allowed = queried(app, origin).await.get("access-control-allow-origin").cloned();
    if let Some(allowed) = &allowed {
        assert_eq!(allowed, origin);
    }
    let by_preflight = preflight(app, origin).await.contains_key("access-control-allow-origin");
    let by_socket = handshake(app, origin).await;
    assert_eq!(by_preflight, allowed.is_some(), "{origin}");
    assert_eq!(by_socket, if allowed.is_some() { 101 } else { 403 }, "{origin}");
    allowed.is_some()
}

async fn server(adjust: fn(&mut Config)) -> TestApp {
    TestApp::start(Setup {
        adjust,
        ..Setup::default()
    })
    .await
}

/// Origins of this machine with the server's own port.
fn of_this_machine(app: &TestApp) -> [String; 3] {
    let port = app.url.rsplit(':').next().unwrap();
    ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("http://{host}:{port}"))
}

#[tokio::test]
async fn every_name_of_this_machine_is_the_origin_of_a_server_on_it() {
    let app = TestApp::new().await;
    for origin in of_this_machine(&app) {
        assert!(may_call(&app, &origin).await, "{origin}");
        for foreign in [
            origin.replace("http", "https"),
            format!("{origin}0"),
            format!("{origin}.example.net"),
        ] {
            assert!(!may_call(&app, &foreign).await, "{foreign}");
        }
    }
}

#[tokio::test]
async fn a_public_server_takes_this_machine_for_foreign_unless_it_is_listed() {
    let public = server(|config| config.public_url = "https://sweetie.example.org".to_owned()).await;
    assert!(may_call(&public, "https://sweetie.example.org").await);
    for origin in of_this_machine(&public) {
        assert!(!may_call(&public, &origin).await, "{origin}");
    }

    let listing = server(|config| {
        config.public_url = "https://sweetie.example.org".to_owned();
        config.allowed_origins = vec!["http://localhost:3000".to_owned()];
    })
    .await;
    assert!(may_call(&listing, "http://127.0.0.1:3000").await);
    assert!(!may_call(&listing, "http://127.0.0.1:3001").await);
}

#[tokio::test]
async fn a_foreign_page_is_told_nothing_and_gets_no_socket() {
    let app = TestApp::new().await;
    for origin in [
        "https://evil.example.net",
        "https://app.example.org.evil.example.net",
        "https://app.example.org:8443",
        "http://app.example.org",
        "null",
        "file://",
        "chrome-extension://abcdef",
    ] {
        assert!(!may_call(&app, origin).await, "{origin}");
    }
    assert!(may_call(&app, "https://app.example.org").await);
}

#[tokio::test]
async fn a_listed_page_may_read_what_it_needs_to_report_and_to_wait() {
    let app = TestApp::new().await;
    let headers = queried(&app, "https://app.example.org").await;
    let exposed = headers["access-control-expose-headers"]
        .to_str()
        .unwrap()
        .to_ascii_lowercase();
    for name in ["x-request-id", "ratelimit-policy", "retry-after"] {
        assert!(exposed.contains(name), "{name}: {exposed}");
    }
    assert!(headers.contains_key("x-request-id") && headers.contains_key("ratelimit-policy"));
    assert!(
        headers["vary"]
            .to_str()
            .unwrap()
            .to_ascii_lowercase()
            .contains("origin")
    );
}
