//! Two-step verification.

use std::time::Duration;

use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::{RESET, audited, forgot, log_in, subject, with};
use crate::support::{Actor, TestApp, Visitor, codes, user_errors};

const START: &str = "mutation($input: StartTotpInput!) { startTotp(input: $input) {
    secret otpauthUrl qrSvg userErrors { field code message } } }";
const CONFIRM: &str = "mutation($input: ConfirmTotpInput!) { confirmTotp(input: $input) {
    recoveryCodes userErrors { field code message } } }";
const DISABLE: &str = "mutation($input: DisableTotpInput!) { disableTotp(input: $input) {
    viewer { twoFactor { totpSince } } userErrors { field code message } } }";
const NEW_CODES: &str = "mutation($input: CreateRecoveryCodesInput!) { createRecoveryCodes(input: $input) {
    recoveryCodes userErrors { field code message } } }";
const STATE: &str = "{ viewer { twoFactor { totpSince recoveryCodesLeft } } }";

/// The code that an authenticator app shows, some steps of 30 seconds from now.
pub fn code(app: &TestApp, secret: &str, steps: i64) -> String {
    let generator = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build_noncompliant();
    let time = app.deps.clock.now().0 / 1000 + 30 * steps;
    generator.generate(u64::try_from(time).unwrap()).to_string()
}

/// Turns it on; the secret and the recovery codes.
pub async fn turned_on(app: &TestApp, ann: &Actor) -> (String, Vec<String>) {
    let started = with(app, ann, START, json!({})).await;
    let secret = started.data()["startTotp"]["secret"].as_str().unwrap().to_owned();
    let input = json!({ "code": code(app, &secret, 0) });
    let confirmed = with(app, ann, CONFIRM, input).await;
    let codes = confirmed.data()["confirmTotp"]["recoveryCodes"]
        .as_array()
        .unwrap()
        .clone();
    app.clock.advance(Duration::from_secs(30));
    (
        secret,
        codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect(),
    )
}

async fn state(app: &TestApp, ann: &Actor) -> Value {
    app.ok(ann, STATE, json!({})).await["viewer"]["twoFactor"].clone()
}

#[tokio::test]
async fn an_app_is_enrolled_by_a_qr_code_and_its_first_code() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let started = with(&app, &ann, START, json!({})).await;
    let made = &started.data()["startTotp"];
    let url = made["otpauthUrl"].as_str().unwrap();
    assert!(
        url.starts_with("otpauth://totp/Finding%20Sweetie:ann%40example.org?"),
        "{url}"
    );
    assert!(url.contains(made["secret"].as_str().unwrap()));
    assert!(made["qrSvg"].as_str().unwrap().contains("<svg"));
    assert_eq!(
        state(&app, &ann).await,
        json!({ "totpSince": null, "recoveryCodesLeft": 0 })
    );
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), None).await),
        [""; 0]
    );
    let wrong = with(&app, &ann, CONFIRM, json!({ "code": "000000" })).await;
    assert_eq!(user_errors(&wrong), ["input.code INVALID"]);

    let (_, recovery) = turned_on(&app, &ann).await;

    assert_eq!(recovery.len(), 10);
    let state = state(&app, &ann).await;
    assert_eq!(
        (state["totpSince"].is_string(), &state["recoveryCodesLeft"]),
        (true, &json!(10))
    );
    assert_eq!(user_errors(&with(&app, &ann, START, json!({})).await), ["CONFLICT"]);
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "Two-step verification is on");
    assert_eq!(audited(&app, "totp_enabled").await, 1);
}

#[tokio::test]
async fn a_log_in_asks_for_the_code_after_the_right_password_only_and_takes_each_once() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (secret, _) = turned_on(&app, &ann).await;
    let (email, password) = (ann.email(), ann.password());

    assert_eq!(
        user_errors(&log_in(&app, &email, &password, None).await),
        ["input.code REQUIRED"]
    );
    assert_eq!(
        user_errors(&log_in(&app, &email, "a wrong one", None).await),
        ["INVALID"]
    );
    let now = code(&app, &secret, 0);
    assert_eq!(
        user_errors(&log_in(&app, &email, "a wrong one", Some(&now)).await),
        ["INVALID"]
    );
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some("123 456")).await),
        ["input.code INVALID"]
    );
    let typed = format!("{} {}", &now[..3], &now[3..]);
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&typed)).await),
        [""; 0]
    );
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&now)).await),
        ["input.code INVALID"]
    );
    let earlier = code(&app, &secret, -1);
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&earlier)).await),
        ["input.code INVALID"]
    );
    let next = code(&app, &secret, 1);
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&next)).await),
        [""; 0]
    );
    app.run_work().await;
}

#[tokio::test]
async fn of_two_log_ins_at_once_with_one_code_one_succeeds() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (secret, recovery) = turned_on(&app, &ann).await;
    for code in [code(&app, &secret, 0), recovery[0].clone()] {
        let (email, password) = (ann.email(), ann.password());
        let (one, two) = tokio::join!(
            log_in(&app, &email, &password, Some(&code)),
            log_in(&app, &email, &password, Some(&code)),
        );
        let mut ends = [user_errors(&one), user_errors(&two)];
        ends.sort();
        assert_eq!(ends, [vec![], vec!["input.code INVALID".to_owned()]]);
    }
    app.run_work().await;
}

#[tokio::test]
async fn a_recovery_code_works_once_instead_of_the_app_and_the_member_is_told() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (_, recovery) = turned_on(&app, &ann).await;
    let typed = recovery[3].to_uppercase().replace('-', " ");
    let typed = typed.replace('0', "O").replace('1', "l");
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), Some(&typed)).await),
        [""; 0]
    );
    let again = log_in(&app, &ann.email(), &ann.password(), Some(&recovery[3])).await;
    assert_eq!(user_errors(&again), ["input.code INVALID"]);
    assert_eq!(state(&app, &ann).await["recoveryCodesLeft"], 9);
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "A recovery code was used");

    let made = with(&app, &ann, NEW_CODES, json!({ "password": ann.password() })).await;
    let fresh = made.data()["createRecoveryCodes"]["recoveryCodes"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(fresh.len(), 10);
    let old = log_in(&app, &ann.email(), &ann.password(), Some(&recovery[4])).await;
    assert_eq!(user_errors(&old), ["input.code INVALID"]);
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), fresh[0].as_str()).await),
        [""; 0]
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_forgotten_password_does_not_get_around_the_second_factor() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (_, recovery) = turned_on(&app, &ann).await;
    forgot(&app, &ann.email()).await;
    app.run_work().await;
    let token = app.mailbox.token(&ann.email(), "reset-password");
    let mut input = json!({ "token": token, "password": "another phrase of words" });
    assert_eq!(
        user_errors(&with(&app, &Visitor, RESET, input.clone()).await),
        ["input.code REQUIRED"]
    );
    input["code"] = json!(recovery[0]);
    assert_eq!(user_errors(&with(&app, &Visitor, RESET, input).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn it_is_turned_off_with_password_and_code() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (secret, _) = turned_on(&app, &ann).await;
    for (password, code, expected) in [
        (
            "a wrong one".to_owned(),
            code(&app, &secret, 0),
            "input.password INVALID",
        ),
        (ann.password(), "000000".to_owned(), "input.code INVALID"),
        (ann.password(), " ".to_owned(), "input.code REQUIRED"),
    ] {
        let refused = with(&app, &ann, DISABLE, json!({ "password": password, "code": code })).await;
        assert_eq!(user_errors(&refused), [expected]);
    }
    let input = json!({ "password": ann.password(), "code": code(&app, &secret, 0) });
    let off = with(&app, &ann, DISABLE, input).await;
    assert_eq!(
        off.data()["disableTotp"]["viewer"]["twoFactor"]["totpSince"],
        Value::Null
    );
    assert_eq!(
        user_errors(&log_in(&app, &ann.email(), &ann.password(), None).await),
        [""; 0]
    );
    assert_eq!(app.count("recovery_codes").await, 0);
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "Two-step verification is off");
}

#[tokio::test]
async fn who_logged_in_long_ago_gives_the_password_again_to_enrol_an_app() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    app.clock.advance(Duration::from_secs(14 * 60));
    assert_eq!(user_errors(&with(&app, &ann, START, json!({})).await), [""; 0]);
    let old = app.log_in_again(&ann).await;
    app.clock.advance(Duration::from_secs(14 * 60 + 59));
    assert_eq!(user_errors(&with(&app, &old, START, json!({})).await), [""; 0]);
    let refreshed = app.refreshed(&ann).await;
    assert_eq!(
        user_errors(&with(&app, &refreshed, START, json!({})).await),
        ["input.password REQUIRED"]
    );
    let wrong = with(&app, &refreshed, START, json!({ "password": "a wrong one" })).await;
    assert_eq!(user_errors(&wrong), ["input.password INVALID"]);
    let right = with(&app, &refreshed, START, json!({ "password": ann.password() })).await;
    assert_eq!(user_errors(&right), [""; 0]);
}

#[tokio::test]
async fn guessing_codes_is_limited_where_it_comes_from() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (secret, _) = turned_on(&app, &ann).await;
    let (email, password) = (ann.email(), ann.password());
    for _ in 0..10 {
        let wrong = log_in(&app, &email, &password, Some("000000")).await;
        assert_eq!(user_errors(&wrong), ["input.code INVALID"]);
    }
    let right = code(&app, &secret, 0);
    assert_eq!(
        codes(&log_in(&app, &email, &password, Some(&right)).await),
        ["RATE_LIMITED"]
    );
    let input = json!({ "input": { "email": email, "password": password, "code": right } });
    let elsewhere = crate::accounts::from_host(&app, 9, crate::accounts::LOG_IN, input).await;
    assert_eq!((codes(&elsewhere), user_errors(&elsewhere)), (vec![], vec![]));
    assert_eq!(audited(&app, "second_factor_failed").await, 10);
    app.run_work().await;
}

#[tokio::test]
async fn the_secret_is_not_readable_in_the_database() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (secret, recovery) = turned_on(&app, &ann).await;
    let stored: String = app.value("SELECT sealed_secret FROM second_factors").await;
    assert!(!stored.contains(&secret) && 50 < stored.len());
    let hash: String = app.value("SELECT MIN(hash) FROM recovery_codes").await;
    assert!(recovery.iter().all(|code| !hash.contains(code.as_str())));
    app.run_work().await;
}

#[tokio::test]
async fn an_account_whose_address_is_not_verified_gets_no_second_factor() {
    let app = TestApp::quiet().await;
    let mallory = app.member("ann").await;
    assert_eq!(
        user_errors(&with(&app, &mallory, START, json!({})).await),
        ["UNVERIFIED"],
        "it would keep the holder of the address out"
    );
}
