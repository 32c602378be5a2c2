//! Access tokens: what they say, how long they are good, and what they are not.

mod attacks;
mod forge;
mod keys;
mod scheme;

use std::time::Duration;

use entity::vocabulary::Role;
use finding_sweetie::domain::accounts::grant_role;
use serde_json::json;

use super::VIEWER;
use crate::support::{Bearer, TestApp, codes};
use forge::{Key, claims, parts, with};

/// The server refuses it over HTTP and on sockets, and says nothing else.
async fn is_refused(app: &TestApp, what: &str, token: &str) {
    let refused = app.run(&Bearer(token.to_owned()), VIEWER, json!({})).await;
    assert_eq!(
        (refused.status, codes(&refused)),
        (401, vec!["UNAUTHENTICATED".to_owned()]),
        "{what}"
    );
    assert_eq!(refused.headers["www-authenticate"], "Bearer", "{what}");
    assert!(refused.body.get("data").is_none(), "{what}");

    let mut socket = app.silent_socket(Some("graphql-transport-ws")).await;
    let payload = json!({ "authorization": format!("Bearer {token}") });
    socket.say(json!({ "type": "connection_init", "payload": payload }));
    assert_eq!(socket.closed().await, 4401, "{what}");
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
async fn a_token_names_its_key_its_installation_and_its_log_in_and_nothing_else() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (header, claims, _) = parts(&ann.token);
    let now = app.deps.clock.now().0 / 1000;
    assert_eq!(header, Key::of(&app).header());
    let session = app.ok(&ann, VIEWER, json!({})).await["viewer"]["sessions"][0]["id"].take();
    assert_eq!(
        claims,
        json!({
            "iss": app.url, "aud": "finding-sweetie/graphql", "sub": ann.id, "sid": session, "iat": now, "exp": now + 15 * 60,
        })
    );
    assert_eq!(Key::of(&app).sign(header, &claims).split('.').count(), 3);
}

#[tokio::test]
async fn a_token_is_good_only_with_its_issuer_and_its_audience() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, genuine) = (Key::of(&app), claims(&ann));
    let signed = |claims: &serde_json::Value| key.sign(key.header(), claims);
    app.ok(&Bearer(signed(&genuine)), VIEWER, json!({})).await;
    for claim in ["iss", "aud"] {
        let own = genuine[claim].clone();
        for wrong in [
            json!(null),
            json!("somebody else"),
            json!(""),
            json!([own]),
            json!([own, "somebody else"]),
            json!(format!("{}/", own.as_str().unwrap())),
        ] {
            let forged = with(&genuine, claim, wrong);
            is_refused(&app, &forged.to_string(), &signed(&forged)).await;
        }
    }
}

#[tokio::test]
async fn a_token_of_a_clock_that_is_a_minute_ahead_is_good_and_no_later_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, genuine) = (Key::of(&app), claims(&ann));
    let now = app.deps.clock.now().0 / 1000;
    let issued = |at: i64| key.sign(key.header(), with(&genuine, "iat", json!(at)));
    app.ok(&Bearer(issued(now + 60)), VIEWER, json!({})).await;
    is_refused(&app, "issued in the future", &issued(now + 61)).await;
    is_refused(&app, "issued in a far future", &issued(i64::MAX)).await;
}

#[tokio::test]
async fn a_token_without_a_time_or_with_one_that_is_none_is_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, genuine) = (Key::of(&app), claims(&ann));
    let now = app.deps.clock.now().0 / 1000;
    let mut wrong = vec![("exp", json!(now)), ("exp", json!(-1)), ("exp", json!(i64::MIN))];
    for name in ["iat", "exp"] {
        wrong.extend([
            (name, json!(null)),
            (name, json!("4000000000")),
            (name, json!(4e9)),
            (name, json!([])),
        ]);
    }
    for (name, value) in wrong {
        let forged = with(&genuine, name, value);
        is_refused(&app, &forged.to_string(), &key.sign(key.header(), &forged)).await;
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
