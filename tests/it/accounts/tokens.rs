//! Access tokens that are not what they seem.

use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::vocabulary::Role;
use finding_sweetie::domain::accounts::grant_role;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sha2::Sha512;

use super::VIEWER;
use crate::support::{Bearer, TestApp, codes};

fn encoded(value: &Value) -> String {
    Base64UrlUnpadded::encode_string(value.to_string().as_bytes())
}

/// What a token says.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&Base64UrlUnpadded::decode_vec(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_token_ends_after_15_minutes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.clock.advance(Duration::from_secs(15 * 60 - 1));
    app.ok(&ann, VIEWER, json!({})).await;
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(codes(&app.run(&ann, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn forged_tokens_are_refused_over_http_and_on_sockets() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let parts: Vec<&str> = ann.token.split('.').collect();
    let mut of_bob = claims(&ann.token);
    of_bob["sub"] = bob.id.clone().into();
    let mut for_ever = claims(&ann.token);
    for_ever["exp"] = json!(4_000_000_000_i64);
    let other_key = EncodingKey::from_secret(b"a secret that somebody else has made up");
    let of_another_secret = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(&ann.token), &other_key);
    let message = format!("{}.{}", encoded(&json!({ "alg": "HS512", "typ": "JWT" })), parts[1]);
    let mut by_own_secret = Hmac::<Sha512>::new_from_slice(&app.deps.secret.key("access tokens")).unwrap();
    by_own_secret.update(message.as_bytes());
    let signature = Base64UrlUnpadded::encode_string(&by_own_secret.finalize().into_bytes());
    let table = [
        (
            "without a signature",
            format!("{}.{}.", encoded(&json!({ "alg": "none", "typ": "JWT" })), parts[1]),
        ),
        (
            "an unsigned algorithm",
            format!("{}.{}.{}", encoded(&json!({ "alg": "none" })), parts[1], parts[2]),
        ),
        ("another secret", of_another_secret.unwrap()),
        ("another algorithm", format!("{message}.{signature}")),
        (
            "another member",
            format!("{}.{}.{}", parts[0], encoded(&of_bob), parts[2]),
        ),
        (
            "a later end",
            format!("{}.{}.{}", parts[0], encoded(&for_ever), parts[2]),
        ),
        ("cut off", ann.token[..ann.token.len() - 2].to_owned()),
        ("a refresh token", ann.refresh.clone()),
        ("an API key", "sk_0000000000000000".to_owned()),
        ("no token at all", "null".to_owned()),
    ];
    for (name, token) in table {
        let caller = Bearer(token);
        let refused = app.run(&caller, VIEWER, json!({})).await;
        assert_eq!(
            (refused.status, codes(&refused)),
            (401, vec!["UNAUTHENTICATED".to_owned()]),
            "{name}"
        );
        assert_eq!(refused.headers["www-authenticate"], "Bearer", "{name}");
        assert!(refused.body.get("data").is_none(), "{name}");

        let mut socket = app.silent_socket(Some("graphql-transport-ws")).await;
        socket
            .say(json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {}", caller.0) } }));
        assert_eq!(socket.closed().await, 4401, "{name}");
    }
}

#[tokio::test]
async fn a_token_is_good_only_with_its_issuer_and_its_audience() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let own_key = EncodingKey::from_secret(&app.deps.secret.key("access tokens"));
    let sign = |claims: &Value| Bearer(jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &own_key).unwrap());
    let genuine = claims(&ann.token);
    app.ok(&sign(&genuine), VIEWER, json!({})).await;
    for claim in ["iss", "aud"] {
        assert!(genuine[claim].is_string(), "{genuine}");
        let (mut without, mut other) = (genuine.clone(), genuine.clone());
        without.as_object_mut().unwrap().remove(claim);
        other[claim] = json!("somebody else");
        for forged in [without, other] {
            let refused = app.run(&sign(&forged), VIEWER, json!({})).await;
            assert_eq!(codes(&refused), ["UNAUTHENTICATED"], "{forged}");
        }
    }
}

#[tokio::test]
async fn other_schemes_of_authorization_are_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for header in [
        ann.token.clone(),
        format!("Basic {}", ann.token),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
    ] {
        let request = app
            .request(reqwest::Method::POST, "/graphql")
            .header("authorization", &header);
        let refused = crate::support::answer(request.json(&json!({ "query": VIEWER }))).await;
        assert_eq!(refused.status, 401, "{header}");
    }
}

#[tokio::test]
async fn a_role_counts_from_the_moment_that_it_is_granted() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    assert_eq!(app.ok(&ann, VIEWER, json!({})).await["viewer"]["role"], "MEMBER");
    grant_role(&app.deps, "ann@example.org", Role::Moderator).await.unwrap();
    assert_eq!(app.ok(&ann, VIEWER, json!({})).await["viewer"]["role"], "MODERATOR");
}
