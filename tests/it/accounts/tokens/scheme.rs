//! How a token is sent.

use reqwest::{
    Method,
    header::{AUTHORIZATION, HeaderValue},
};
use serde_json::json;

use super::VIEWER;
use crate::support::{TestApp, answer, codes};

/// The status of a request with these headers.
async fn status(app: &TestApp, headers: &[HeaderValue]) -> u16 {
    let mut request = app.request(Method::POST, "/graphql");
    for header in headers {
        request = request.header(AUTHORIZATION, header);
    }
    let answer = answer(request.json(&json!({ "query": VIEWER }))).await;
    let expected: &[&str] = match answer.status {
        401 => &["UNAUTHENTICATED"],
        _ => &[],
    };
    assert_eq!(codes(&answer), expected);
    answer.status
}

fn header(text: &str) -> HeaderValue {
    HeaderValue::from_bytes(text.as_bytes()).unwrap()
}

#[tokio::test]
async fn the_name_of_the_scheme_is_written_in_any_case_and_more_spaces_do_no_harm() {
    let app = TestApp::new().await;
    let token = app.member("ann").await.token;
    for good in [
        format!("Bearer {token}"),
        format!("bearer {token}"),
        format!("BEARER {token}"),
        format!("bEaReR {token}"),
        format!("Bearer    {token}"),
        format!("  Bearer {token}  "),
    ] {
        assert_eq!(status(&app, &[header(&good)]).await, 200, "{good}");
    }
}

#[tokio::test]
async fn other_schemes_of_authorization_are_refused() {
    let app = TestApp::new().await;
    let token = app.member("ann").await.token;
    for wrong in [
        token.clone(),
        format!("Basic {token}"),
        format!("DPoP {token}"),
        format!("Token {token}"),
        format!("Bearer{token}"),
        format!("Bearer\t{token}"),
        format!("Bearer: {token}"),
        format!("Bearer=\"{token}\""),
        format!("Bearer \"{token}\""),
        format!("Bearer Bearer {token}"),
        format!("Bearer {token} {token}"),
        format!("Bearer {token}, Bearer {token}"),
        format!("Bearer {token},realm=x"),
        format!("\u{412}earer {token}"),
        format!("Bearer {token}é"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        " ".to_owned(),
        String::new(),
    ] {
        assert_eq!(status(&app, &[header(&wrong)]).await, 401, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_header_that_is_no_text_does_not_make_a_visitor() {
    let app = TestApp::new().await;
    let wrong = HeaderValue::from_bytes(b"Bearer \xff\xfe").unwrap();
    assert_eq!(status(&app, &[wrong]).await, 401);
}

#[tokio::test]
async fn two_headers_are_refused_whoever_they_are_of() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let of = |token: &str| header(&format!("Bearer {token}"));
    for headers in [
        [of(&ann.token), of(&bob.token)],
        [of(&ann.token), of(&ann.token)],
        [of(&ann.token), header("")],
        [of("wrong"), of(&ann.token)],
    ] {
        assert_eq!(status(&app, &headers).await, 401, "{headers:?}");
    }
}

#[tokio::test]
async fn a_token_counts_in_the_header_only() {
    let app = TestApp::new().await;
    let token = app.member("ann").await.token;
    let request = app
        .request(Method::POST, &format!("/graphql?access_token={token}"))
        .header("cookie", format!("access_token={token}"))
        .header("x-authorization", format!("Bearer {token}"))
        .header("proxy-authorization", format!("Bearer {token}"));
    let answer = answer(request.json(&json!({ "query": VIEWER, "access_token": token }))).await;
    assert!(answer.body["data"]["viewer"].is_null(), "{}", answer.body);
}
