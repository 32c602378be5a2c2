//! Providers that are away, refuse, or lead elsewhere.

use std::time::Duration;

use finding_sweetie::config::IdentityProvider;
use serde_json::json;

use super::{
    IDENTITIES, Provider, START, audited, back, both, finish, member, provider::Trouble, sign_in, start, token, with,
};
use crate::support::{Setup, TestApp, Visitor, codes, user_errors};

const DISCOVERY: &str = "/.well-known/openid-configuration";
/// Longer than a provider that could not be reached at once is left alone.
const PAUSE: Duration = Duration::from_secs(6);

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
    app.clock.advance(PAUSE);
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    app.run_work().await;
}

/// Both at once, because each waits as long as one request may take.
#[tokio::test]
async fn a_provider_that_never_answers_is_away_before_the_operation_is_cut_off() {
    tokio::join!(never_discovered(), never_exchanged());
}

async fn never_discovered() {
    let (provider, app) = both().await;
    provider.is_in_trouble(DISCOVERY, Trouble::Hangs);
    let begin = || with(&app, &Visitor, START, json!({ "providerId": "example" }));

    // Whoever asks at the same time waits no longer, and nobody asks again at once.
    let (one, two) = tokio::join!(begin(), begin());
    for away in [one, two, begin().await] {
        assert_eq!(codes(&away), ["UNAVAILABLE"]);
    }
    assert_eq!(provider.asked("in vain"), 1);

    provider.is_well();
    // The pause begins when the attempt has ended.
    app.clock.advance(Duration::from_secs(6));
    assert_eq!(codes(&begin().await), ["UNAVAILABLE"]);
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    app.run_work().await;
}

async fn never_exchanged() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);
    provider.is_in_trouble("/token", Trouble::Hangs);
    assert_eq!(codes(&finish(&app, input.clone()).await), ["UNAVAILABLE"]);

    // There was no answer at all, so the code may still be good.
    provider.is_well();
    assert_eq!(user_errors(&finish(&app, input).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn a_code_that_the_provider_has_got_is_not_tried_again() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);
    provider.is_in_trouble("/token", Trouble::Fails);
    let failed = finish(&app, input.clone()).await;

    assert_eq!(user_errors(&failed), ["input.code INVALID"]);
    assert_eq!(
        failed.data()["finishIdentitySignIn"]["userErrors"][0]["message"],
        "Example could not confirm just now who you are: start again"
    );
    provider.is_well();
    assert_eq!(user_errors(&finish(&app, input).await), ["input.state EXPIRED"]);
    assert_eq!(provider.asked("token"), 0);
    assert_eq!(audited(&app, "log_in_failed").await, 0);
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn whoever_is_known_gets_in_even_if_the_provider_tells_no_more_than_its_token() {
    let (provider, app) = both().await;
    provider.says(json!({ "email": null, "email_verified": null, "name": null }));
    let subject = "ann at the provider";
    provider.tells(json!({ "sub": subject, "email": "ann@example.org", "email_verified": true, "name": "Ann" }));
    let first = sign_in(&provider, &app).await;
    provider.is_in_trouble("/me", Trouble::Fails);

    let second = sign_in(&provider, &app).await;

    assert_eq!(member(&first), member(&second));
    let data = app.ok(&token(&second), IDENTITIES, json!({})).await;
    assert_eq!(data["viewer"]["identities"][0]["email"], "ann@example.org");

    // Somebody new needs an address.
    provider.says(json!({ "sub": "bob" }));
    assert_eq!(user_errors(&sign_in(&provider, &app).await), ["input.code INVALID"]);
    assert_eq!(app.count("members").await, 1);
    provider.is_well();
    // Here there is none.
    provider.tells(json!({ "sub": "bob" }));
    assert_eq!(user_errors(&sign_in(&provider, &app).await), ["input.code REQUIRED"]);
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
        // Without TLS only this machine itself is asked, and not what some systems take for it.
        json!({ "token_endpoint": "http://0.0.0.0/token" }),
        json!({ "token_endpoint": "http://[::]/token" }),
        json!({ "token_endpoint": "http://localhost./token" }),
        json!({ "userinfo_endpoint": "http://login.localhost/me" }),
        json!({ "userinfo_endpoint": "http://[::ffff:10.0.0.1]/me" }),
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
