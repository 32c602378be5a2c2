//! Making an account.

use serde_json::{Value, json};

use super::{REGISTER, VIEWER};
use crate::support::{Bearer, TestApp, Visitor, codes, user_errors};

fn ann() -> Value {
    json!({ "input": { "email": " Ann.Smith@Example.ORG ", "password": "correct horse", "displayName": "Ann" } })
}

#[tokio::test]
async fn a_new_member_is_logged_in_and_gets_a_mail() {
    let app = TestApp::new().await;
    let data = app.ok(&Visitor, REGISTER, ann()).await;
    let (viewer, tokens) = (&data["register"]["viewer"], &data["register"]["tokens"]);

    assert_eq!(viewer["email"], "ann.smith@example.org");
    assert_eq!(
        (&viewer["emailVerified"], &viewer["role"]),
        (&json!(false), &json!("MEMBER"))
    );
    assert_eq!(viewer["member"]["displayName"], "Ann");
    assert_eq!(viewer["member"]["joinedAt"], "2026-06-01T12:00:00.000Z");
    assert_eq!(tokens["accessTokenExpiresAt"], "2026-06-01T12:15:00.000Z");
    assert_eq!(tokens["refreshTokenExpiresAt"], "2026-07-31T12:00:00.000Z");
    assert_eq!(app.events().await, ["member_registered"]);

    app.run_work().await;
    assert_eq!(app.mailbox.to("ann.smith@example.org").len(), 1);
    let token = Bearer(tokens["accessToken"].as_str().unwrap().to_owned());
    assert_eq!(
        app.ok(&token, VIEWER, json!({})).await["viewer"]["email"],
        "ann.smith@example.org"
    );
}

#[tokio::test]
async fn a_password_that_is_too_short_too_long_or_the_address_is_refused() {
    let app = TestApp::new().await;
    let before = app.footprint().await;
    let table = [
        ("1234567".to_owned(), "input.password TOO_SHORT"),
        ("x".repeat(201), "input.password TOO_LONG"),
        ("ann@example.org".to_owned(), "input.password INVALID"),
    ];
    for (password, expected) in table {
        let input = json!({ "email": "ann@example.org", "password": password, "displayName": "Ann" });
        let refused = app.run(&Visitor, REGISTER, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), [expected]);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_password_that_would_be_guessed_first_is_refused() {
    let app = TestApp::new().await;
    let before = app.footprint().await;
    let guessed = [
        "12345678",
        "Password1",
        "ffffffffffffffffffff",
        "ANN.SMITH",
        "annsmith@exampleorg",
        "Ann of Bedford",
        "Finding Sweetie",
    ];
    for password in guessed {
        let input = json!({ "email": "ann.smith@example.org", "password": password, "displayName": "Ann of Bedford" });
        let refused = app.run(&Visitor, REGISTER, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), ["input.password INVALID"], "{password}");
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_password_may_have_any_letters_and_200_of_them() {
    let app = TestApp::new().await;
    let password = "pässwörter 犬🐕 ".repeat(20).chars().take(200).collect::<String>();
    let input = json!({ "email": "ann@example.org", "password": password, "displayName": "Ann" });
    app.ok(&Visitor, REGISTER, json!({ "input": input })).await;
    app.ok(
        &Visitor,
        super::LOG_IN,
        json!({ "input": { "email": "ann@example.org", "password": password } }),
    )
    .await;
    app.run_work().await;
}

#[tokio::test]
async fn a_password_is_stored_as_argon2id_and_nowhere_else() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let stored: String = app.value("SELECT password_hash FROM members").await;
    assert!(stored.starts_with("$argon2id$v=19$"), "{stored}");
    let log: String = app.value("SELECT payload FROM events").await;
    assert!(!log.contains(&ann.password()) && !log.contains("example.org"), "{log}");
}

#[tokio::test]
async fn one_address_makes_300_accounts_an_hour_at_most() {
    let app = TestApp::new().await;
    // Refused before the password is hashed, so that the 300 cost little.
    for _ in 0..300 {
        let key = "register:127.0.0.1";
        let hour = std::time::Duration::from_secs(3600);
        app.deps
            .limiter
            .hit(key, 300, hour, app.deps.clock.now())
            .await
            .unwrap();
    }
    let refused = app.run(&Visitor, REGISTER, ann()).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("members").await, 0);

    app.clock.advance(std::time::Duration::from_secs(3600));
    app.ok(&Visitor, REGISTER, ann()).await;
    app.run_work().await;
}
