//! What browsers are told with every answer.

use image::ImageFormat;
use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::json;

use crate::{
    photos::upload_files::picture,
    support::{Setup, TestApp},
};

/// A request to each kind of route, and what it is about.
fn walk(app: &TestApp, photo: &str, pet: &str) -> Vec<(String, RequestBuilder)> {
    let query = |method: Method, path: &str| (format!("{method} {path}"), app.request(method, path));
    let mut requests: Vec<(String, RequestBuilder)> = [
        "/",
        "/robots.txt",
        "/assets/nothing.js",
        "/p/nothing",
        "/s/nothing",
        "/health/live",
        "/health/ready",
        "/media/nothing/card",
        "/graphql",
        "/graphql?query=%7B__typename%7D",
        "/nothing",
        "/.well-known/nothing",
        photo,
        &format!("/p/{pet}"),
    ]
    .into_iter()
    .map(|path| query(Method::GET, path))
    .collect();
    let graphql = |body| app.request(Method::POST, "/graphql").json(&body);
    requests.extend([
        ("a query".to_owned(), graphql(json!({ "query": "{ __typename }" }))),
        ("a refused query".to_owned(), graphql(json!({ "query": "{" }))),
        (
            "a wrong token".to_owned(),
            graphql(json!({ "query": "{ __typename }" })).bearer_auth("wrong"),
        ),
        (
            "a preflight".to_owned(),
            app.request(Method::OPTIONS, "/graphql")
                .header("origin", "https://app.example.org")
                .header("access-control-request-method", "POST"),
        ),
        (
            "a page".to_owned(),
            app.request(Method::GET, "/nothing").header("accept", "text/html"),
        ),
        query(Method::POST, "/graphql"),
        query(Method::DELETE, "/graphql"),
        query(Method::PUT, "/uploads/nothing"),
        query(Method::POST, "/webhooks/sms/inbound"),
        query(Method::DELETE, "/"),
    ]);
    requests
}

fn assert_safe(about: &str, headers: &HeaderMap) {
    let header = |name: &str| {
        let mut values = headers.get_all(name).into_iter();
        let value = values.next().unwrap_or_else(|| panic!("{about} has no {name}"));
        assert!(values.next().is_none(), "{about} has {name} twice");
        value.to_str().unwrap().to_owned()
    };
    let policy = header("content-security-policy");
    for rule in [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{about}: {policy}");
    }
    assert!(
        !policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe"),
        "{about}: {policy}"
    );
    assert_eq!(header("x-content-type-options"), "nosniff", "{about}");
    assert_eq!(header("x-frame-options"), "DENY", "{about}");
    assert_eq!(header("referrer-policy"), "no-referrer", "{about}");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{about}");
    assert!(header("permissions-policy").contains("geolocation=()"), "{about}");
    let shared = if about.contains("/media/") && !about.contains("nothing") {
        "cross-origin"
    } else {
        "same-origin"
    };
    assert_eq!(header("cross-origin-resource-policy"), shared, "{about}");
}

#[tokio::test]
async fn every_answer_says_what_browsers_may_do_with_it() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(40, 30, ImageFormat::Png)).await;
    let pet = crate::pets::report(&app, &ann, crate::pets::lost_with(json!({ "photoIds": [photo["id"]] }))).await;
    let photo = photo["url"].as_str().unwrap().trim_start_matches(&app.url).to_owned();

    for (about, request) in walk(&app, &photo, &pet) {
        let response = request.send().await.unwrap();
        assert_safe(&about, response.headers());
        assert!(!response.headers().contains_key("strict-transport-security"), "{about}");
        assert!(!response.headers().contains_key("server"), "{about}");
        assert_eq!(response.headers()["x-request-id"].len(), 32, "{about}");
    }
}

#[tokio::test]
async fn a_server_that_is_reached_by_https_is_reached_by_nothing_else() {
    let app = TestApp::start(Setup {
        adjust: |config| config.public_url = "https://sweetie.example.org".to_owned(),
        ..Setup::default()
    })
    .await;
    for path in ["/", "/graphql", "/health/live", "/nothing"] {
        let response = app.get(path).await;
        assert_eq!(
            response.headers()["strict-transport-security"],
            "max-age=31536000",
            "{path}"
        );
    }
}
