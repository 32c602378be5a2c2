//! Tokens that are not to be believed, and keys that change.

use std::time::Duration;

use serde_json::json;

use super::{
    back, both, finish,
    provider::{CLIENT_ID, Signature, Trouble},
    sign_in, start,
};
use crate::support::user_errors;

#[tokio::test]
async fn a_token_that_is_not_signed_by_the_provider_for_us_now_is_refused() {
    let (provider, app) = both().await;
    for (what, claims) in [
        ("another nonce", json!({ "nonce": "another" })),
        ("no nonce", json!({ "nonce": null })),
        ("for somebody else", json!({ "aud": "somebody else" })),
        ("for others too", json!({ "aud": [CLIENT_ID, "somebody else"] })),
        ("for nobody", json!({ "aud": [] })),
        ("of another issuer", json!({ "iss": "https://accounts.example.org" })),
        ("expired", json!({ "exp": 1_780_000_000_u32 })),
    ] {
        let (provider, app) = both().await;
        provider.says(claims);
        assert_eq!(
            user_errors(&sign_in(&provider, &app).await),
            ["input.code INVALID"],
            "{what}"
        );
        assert_eq!(app.count("members").await, 0, "{what}");
    }
    for signature in [
        Signature::ByAnotherKey,
        Signature::None,
        Signature::ByClientSecret,
        Signature::ByPublicKey,
    ] {
        provider.signs(signature);
        let answer = sign_in(&provider, &app).await;
        let refused =
            user_errors(&answer) == ["input.code INVALID"] || crate::support::codes(&answer) == ["UNAVAILABLE"];
        assert!(refused, "{signature:?}: {:?}", user_errors(&answer));
    }
    assert_eq!((app.count("members").await, app.count("sessions").await), (0, 0));

    provider.signs(Signature::Good);
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn a_key_that_is_not_known_is_looked_up_at_most_once_a_minute() {
    let (provider, app) = both().await;
    sign_in(&provider, &app).await;
    assert_eq!((provider.asked("discovery"), provider.asked("keys")), (1, 1));

    provider.rotates("second", true);
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    assert_eq!(provider.asked("keys"), 2);

    provider.rotates("third", false);
    for _ in 0..3 {
        assert_eq!(user_errors(&sign_in(&provider, &app).await), ["input.code INVALID"]);
    }
    assert_eq!(provider.asked("keys"), 2);
    provider.publishes();
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    assert_eq!((provider.asked("discovery"), provider.asked("keys")), (1, 3));
    app.run_work().await;
}

#[tokio::test]
async fn all_who_come_at_once_after_a_change_of_keys_get_in() {
    let (provider, app) = both().await;
    sign_in(&provider, &app).await;
    let mut inputs = Vec::new();
    for _ in 0..3 {
        inputs.push(back(&provider, &start(&app).await));
    }
    provider.rotates("second", true);

    let answers = futures_util::future::join_all(inputs.into_iter().map(|input| finish(&app, input))).await;

    for answer in answers {
        assert_eq!(user_errors(&answer), [""; 0]);
    }
    assert_eq!(provider.asked("keys"), 2);
    app.run_work().await;
}

#[tokio::test]
async fn a_look_for_keys_that_failed_is_repeated_after_a_moment() {
    let (provider, app) = both().await;
    sign_in(&provider, &app).await;
    provider.rotates("second", true);
    provider.is_in_trouble("/keys", Trouble::Fails);
    for _ in 0..2 {
        let input = back(&provider, &start(&app).await);
        assert_eq!(user_errors(&finish(&app, input.clone()).await), ["input.code INVALID"]);
        // The code is spent.
        assert_eq!(user_errors(&finish(&app, input).await), ["input.state EXPIRED"]);
    }
    assert_eq!(provider.asked("in vain"), 1);

    provider.is_well();
    app.clock.advance(Duration::from_secs(6));
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn what_discovery_found_is_kept_for_an_hour() {
    let (provider, app) = both().await;
    sign_in(&provider, &app).await;
    app.clock.advance(Duration::from_secs(59 * 60));
    sign_in(&provider, &app).await;
    assert_eq!(provider.asked("discovery"), 1);
    app.clock.advance(Duration::from_secs(60));
    sign_in(&provider, &app).await;
    assert_eq!((provider.asked("discovery"), provider.asked("keys")), (2, 2));
    app.run_work().await;
}
