//! Providers that are away, refuse, or lead elsewhere.

use std::time::Duration;

use finding_sweetie::config::IdentityProvider;
use serde_json::json;

use super::{Provider, START, back, both, finish, sign_in, start, with};
use crate::support::{Setup, TestApp, Visitor, codes, user_errors};

#[tokio::test]
async fn a_provider_that_is_away_says_so_and_is_tried_again() {
    let (provider, app) = both().await;
    provider.is_down(true);
    for _ in 0..3 {
        let away = with(&app, &Visitor, START, json!({ "providerId": "example" })).await;
        assert_eq!(codes(&away), ["UNAVAILABLE"]);
        let message = away.body["errors"][0]["message"].as_str().unwrap();
        assert_eq!(message, "Example cannot be reached now: try again in a moment");
    }
    assert_eq!(app.count("sign_in_attempts").await, 0);

    provider.is_down(false);
    app.clock.advance(Duration::from_secs(5));
    let input = back(&provider, &start(&app).await);
    provider.is_down(true);
    assert_eq!(codes(&finish(&app, input.clone()).await), ["UNAVAILABLE"]);
    provider.is_down(false);
    assert_eq!(user_errors(&finish(&app, input).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn a_provider_that_nobody_answers_for_keeps_no_server_from_starting() {
    let provider = IdentityProvider {
        id: "example".to_owned(),
        name: "Example".to_owned(),
        issuer: "http://127.0.0.1:1".to_owned(),
        client_id: "sweetie".to_owned(),
        client_secret: None,
    };
    let setup = Setup {
        identity_providers: vec![provider],
        ..Setup::default()
    };
    let app = TestApp::start(setup).await;
    let away = with(&app, &Visitor, START, json!({ "providerId": "example" })).await;
    assert_eq!(codes(&away), ["UNAVAILABLE"]);
}

#[tokio::test]
async fn a_provider_that_refuses_the_code_makes_people_start_again() {
    let (provider, app) = both().await;
    for error in ["invalid_grant", "invalid_client", "server_error"] {
        provider.refuses(error);
        let input = back(&provider, &start(&app).await);
        assert_eq!(
            user_errors(&finish(&app, input.clone()).await),
            ["input.code INVALID"],
            "{error}"
        );
        assert_eq!(
            user_errors(&finish(&app, input).await),
            ["input.state EXPIRED"],
            "{error}"
        );
    }
    assert_eq!(app.count("members").await, 0);
}

#[tokio::test]
async fn a_provider_leads_nobody_to_addresses_without_tls_and_is_who_it_says() {
    for endpoints in [
        json!({ "authorization_endpoint": "http://login.example.org/authorize" }),
        json!({ "token_endpoint": "http://169.254.169.254/token" }),
        json!({ "userinfo_endpoint": "http://10.0.0.1/me" }),
        json!({ "jwks_uri": "http://10.0.0.1/keys" }),
        json!({ "issuer": "https://accounts.example.org" }),
    ] {
        let provider = Provider::start().await;
        provider.names(endpoints.clone());
        let setup = Setup {
            identity_providers: vec![provider.settings()],
            ..Setup::default()
        };
        let app = TestApp::start(setup).await;
        let away = with(&app, &Visitor, START, json!({ "providerId": "example" })).await;
        assert_eq!(codes(&away), ["UNAVAILABLE"], "{endpoints}");
    }
}

#[tokio::test]
async fn an_unknown_provider_is_told_apart() {
    let (_provider, app) = both().await;
    let refused = with(&app, &Visitor, START, json!({ "providerId": "nobody" })).await;
    assert_eq!(user_errors(&refused), ["input.providerId NOT_FOUND"]);
}

#[tokio::test]
async fn a_provider_that_left_the_settings_finishes_nothing_and_is_named_by_its_address() {
    let (provider, app) = both().await;
    sign_in(&provider, &app).await;
    let input = back(&provider, &start(&app).await);
    let without = app.beside(Setup::default()).await;
    without.leave_work();
    let refused = finish(&without, input).await;
    assert_eq!(user_errors(&refused), ["input.state EXPIRED"]);
    app.run_work().await;
}
