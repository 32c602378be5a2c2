//! The keys that sign tokens: published, and another one every 30 days.

use std::{collections::BTreeSet, time::Duration};

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::Timestamp;
use reqwest::Method;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use super::{
    VIEWER,
    forge::{Key, claims, parts, with},
    is_refused,
};
use crate::support::{Bearer, Setup, TestApp};

const PATH: &str = "/.well-known/jwks.json";
const PERIOD: i64 = 30 * 24 * 60 * 60 * 1000;

async fn published(app: &TestApp) -> Vec<Value> {
    let mut set: Value = app.get(PATH).await.json().await.unwrap();
    serde_json::from_value(set["keys"].take()).unwrap()
}

/// What another service does that knows nothing but the published keys.
fn verifies(keys: &[Value], token: &str) -> bool {
    let (header, ..) = parts(token);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let Some(key) = keys.iter().find(|key| key["kid"] == header["kid"]) else {
        return false;
    };
    let bytes = |text: &str| Base64UrlUnpadded::decode_vec(text).unwrap();
    UnparsedPublicKey::new(&ED25519, bytes(key["x"].as_str().unwrap()))
        .verify(message.as_bytes(), &bytes(signature))
        .is_ok()
}

fn ids(keys: &[Value]) -> BTreeSet<&str> {
    keys.iter().map(|key| key["kid"].as_str().unwrap()).collect()
}

/// Moves the clock to a second before another key signs.
fn to_the_end_of_the_period(app: &TestApp) {
    let next = (app.deps.clock.now().0 / PERIOD + 1) * PERIOD;
    app.clock.set(Timestamp(next - 1_000));
}

#[tokio::test]
async fn another_service_verifies_tokens_with_the_published_keys() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let keys = published(&app).await;
    assert!(verifies(&keys, &ann.token));
    let (header, claims, signature) = parts(&ann.token);
    let changed = super::forge::message(header, with(&claims, "exp", json!(4_000_000_000_i64)));
    assert!(!verifies(&keys, &format!("{changed}.{signature}")));
}

#[tokio::test]
async fn the_published_keys_are_public_and_may_be_kept_for_an_hour() {
    let app = TestApp::new().await;
    let response = app.get(PATH).await;
    assert_eq!(response.status(), 200);
    let headers = response.headers();
    assert_eq!(headers["content-type"], "application/jwk-set+json");
    assert_eq!(headers["cache-control"], "public, max-age=3600");
    assert_eq!(headers["x-content-type-options"], "nosniff");

    let keys = published(&app).await;

    let known = [0, -1, 1].map(|periods| Key::later(&app, periods));
    let expected = known.map(|key| {
        let jwk = with(&key.jwk(), "kid", json!(key.id()));
        with(&with(&jwk, "use", json!("sig")), "alg", json!("EdDSA"))
    });
    assert_eq!(keys, expected, "no private part among them");
    assert_eq!(ids(&keys).len(), 3);
}

#[tokio::test]
async fn pages_of_allowed_origins_may_read_the_keys_and_nobody_may_write_them() {
    let app = TestApp::new().await;
    let request = app
        .request(Method::GET, PATH)
        .header("origin", "https://app.example.org");
    let response = request.send().await.unwrap();
    assert_eq!(
        response.headers()["access-control-allow-origin"],
        "https://app.example.org"
    );
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        assert_eq!(app.request(method, PATH).send().await.unwrap().status(), 405);
    }
}

#[tokio::test]
async fn a_token_outlives_the_time_in_which_its_key_signs() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    to_the_end_of_the_period(&app);
    let before = app.log_in_again(&ann).await;
    let kept = published(&app).await;

    app.clock.advance(Duration::from_secs(1));
    let after = app.log_in_again(&ann).await;

    assert_ne!(parts(&before.token).0["kid"], parts(&after.token).0["kid"]);
    app.ok(&before, VIEWER, json!({})).await;
    app.ok(&after, VIEWER, json!({})).await;
    let keys = published(&app).await;
    for token in [&before.token, &after.token] {
        assert!(
            verifies(&keys, token) && verifies(&kept, token),
            "also by a service that kept the keys"
        );
    }
    app.clock.advance(Duration::from_secs(15 * 60 - 1));
    is_refused(&app, "it has ended all the same", &before.token).await;
}

#[tokio::test]
async fn a_node_that_is_late_takes_tokens_of_the_next_key() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    to_the_end_of_the_period(&app);
    let early = app
        .beside_with_clock_ahead(Setup::default(), Duration::from_secs(40))
        .await;

    let there = early.log_in_again(&ann).await;

    assert_eq!(parts(&there.token).0["kid"], Key::later(&app, 1).id());
    app.ok(&there, VIEWER, json!({})).await;
    early.leave_work();
}

#[tokio::test]
async fn keys_of_other_times_are_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let claims = claims(&ann);
    for periods in [-1, 0, 1] {
        let key = Key::later(&app, periods);
        app.ok(&Bearer(key.sign(key.header(), &claims)), VIEWER, json!({}))
            .await;
    }
    for periods in [-100, -2, 2, 100] {
        let key = Key::later(&app, periods);
        is_refused(
            &app,
            &format!("{periods} periods later"),
            &key.sign(key.header(), &claims),
        )
        .await;
    }
}

#[tokio::test]
async fn an_installation_with_the_same_secret_and_another_address_takes_no_tokens_of_this_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let copy = app
        .beside(Setup {
            adjust: |config| config.public_url = "https://staging.example.org".to_owned(),
            ..Setup::default()
        })
        .await;
    is_refused(&copy, "of the original", &ann.token).await;
    let key = Key::of(&copy);
    let of_copy = key.sign(
        key.header(),
        with(&claims(&ann), "iss", json!("https://staging.example.org")),
    );
    copy.ok(&Bearer(of_copy), VIEWER, json!({})).await;
    copy.leave_work();
}
