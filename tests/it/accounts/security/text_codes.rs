//! Two-step verification by text message.

use std::time::Duration;

use serde_json::{Value, json};

use super::{audited, log_in, subject, with};
use crate::support::{Actor, TestApp, codes, user_errors};

const ENABLE: &str = "mutation($input: EnableTextCodesInput!) { enableTextCodes(input: $input) {
    recoveryCodes userErrors { field code message } } }";
const DISABLE: &str = "mutation($input: DisableTextCodesInput!) { disableTextCodes(input: $input) {
    viewer { twoFactor { textsSince recoveryCodesLeft } } userErrors { field code message } } }";
const PHONE: &str = "+15125550142";

/// A member with a verified phone.
async fn with_phone(app: &TestApp) -> Actor {
    let ann = app.verified("ann").await;
    let ask = "mutation($phone: PhoneNumber!) { requestPhoneVerification(input: { phone: $phone }) {
        userErrors { field code message } } }";
    app.ok(&ann, ask, json!({ "phone": PHONE })).await;
    app.run_work().await;
    let verify =
        "mutation($code: String!) { verifyPhone(input: { code: $code }) { userErrors { field code message } } }";
    app.ok(&ann, verify, json!({ "code": texted(app) })).await;
    ann
}

/// The code in the last text message.
fn texted(app: &TestApp) -> String {
    let sent = app.phone.to(PHONE);
    let body = sent.last().expect("no text message").body.clone();
    body.split(' ')
        .find(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap()
        .to_owned()
}

async fn turned_on(app: &TestApp, ann: &Actor) -> Vec<String> {
    let on = with(app, ann, ENABLE, json!({ "password": ann.password() })).await;
    let codes = on.data()["enableTextCodes"]["recoveryCodes"]
        .as_array()
        .unwrap()
        .clone();
    codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_log_in_sends_a_code_after_the_right_password_and_takes_it_once() {
    let app = TestApp::new().await;
    let ann = with_phone(&app).await;
    assert_eq!(turned_on(&app, &ann).await.len(), 10);
    app.run_work().await;
    let sent = app.phone.to(PHONE).len();
    let (email, password) = (ann.email(), ann.password());
    log_in(&app, &email, "a wrong one", None).await;
    app.run_work().await;
    assert_eq!(app.phone.to(PHONE).len(), sent, "a wrong password sends nothing");

    assert_eq!(
        user_errors(&log_in(&app, &email, &password, None).await),
        ["input.code REQUIRED"]
    );
    app.run_work().await;
    let code = texted(&app);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(wrong)).await),
        ["input.code INVALID"]
    );
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&code)).await),
        [""; 0]
    );
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&code)).await),
        ["input.code INVALID"]
    );
    assert_eq!(audited(&app, "text_codes_enabled").await, 1);
    let stored: String = app
        .value("SELECT body FROM sms_messages WHERE purpose = 'log_in'")
        .await;
    assert!(!stored.contains(&code), "{stored}");
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_only_the_last_one_counts() {
    let app = TestApp::new().await;
    let ann = with_phone(&app).await;
    turned_on(&app, &ann).await;
    let (email, password) = (ann.email(), ann.password());
    log_in(&app, &email, &password, None).await;
    app.run_work().await;
    let first = texted(&app);
    app.clock.advance(Duration::from_secs(60));
    log_in(&app, &email, &password, None).await;
    app.run_work().await;
    let second = texted(&app);
    assert_ne!(first, second);
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&first)).await),
        ["input.code INVALID"]
    );
    app.clock.advance(Duration::from_secs(10 * 60));
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&second)).await),
        ["input.code INVALID"]
    );
}

#[tokio::test]
async fn five_texts_in_a_quarter_of_an_hour_are_the_most_and_a_code_is_tried_five_times() {
    let app = TestApp::new().await;
    let ann = with_phone(&app).await;
    turned_on(&app, &ann).await;
    let (email, password) = (ann.email(), ann.password());
    for _ in 0..5 {
        assert_eq!(
            user_errors(&log_in(&app, &email, &password, None).await),
            ["input.code REQUIRED"]
        );
    }
    assert_eq!(codes(&log_in(&app, &email, &password, None).await), ["RATE_LIMITED"]);
    app.run_work().await;
    let code = texted(&app);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(
            user_errors(&log_in(&app, &email, &password, Some(wrong)).await),
            ["input.code INVALID"]
        );
    }
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&code)).await),
        ["input.code INVALID"]
    );
}

#[tokio::test]
async fn a_recovery_code_serves_when_the_phone_is_lost_and_turning_off_needs_a_code() {
    let app = TestApp::new().await;
    let ann = with_phone(&app).await;
    let recovery = turned_on(&app, &ann).await;
    let (email, password) = (ann.email(), ann.password());
    assert_eq!(
        user_errors(&log_in(&app, &email, &password, Some(&recovery[0])).await),
        [""; 0]
    );
    let asked = with(&app, &ann, DISABLE, json!({ "password": password })).await;
    assert_eq!(user_errors(&asked), ["input.code REQUIRED"]);
    app.run_work().await;
    let off = with(
        &app,
        &ann,
        DISABLE,
        json!({ "password": password, "code": texted(&app) }),
    )
    .await;
    let state = &off.data()["disableTextCodes"]["viewer"]["twoFactor"];
    assert_eq!(state, &json!({ "textsSince": Value::Null, "recoveryCodesLeft": 0 }));
    assert_eq!(user_errors(&log_in(&app, &email, &password, None).await), [""; 0]);
    app.run_work().await;
    assert_eq!(subject(&app, &email), "Two-step verification is off");
}

#[tokio::test]
async fn it_needs_the_password_and_a_verified_phone() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let wrong = with(&app, &ann, ENABLE, json!({ "password": "a wrong one" })).await;
    assert_eq!(user_errors(&wrong), ["input.password INVALID"]);
    let none = with(&app, &ann, ENABLE, json!({ "password": ann.password() })).await;
    assert_eq!(user_errors(&none), ["UNVERIFIED"]);
    assert_eq!(app.count("second_factors").await, 0);
}

#[tokio::test]
async fn a_log_in_alone_cannot_lead_the_codes_to_another_phone() {
    let app = TestApp::new().await;
    let ann = with_phone(&app).await;
    turned_on(&app, &ann).await;
    app.run_work().await;
    let ask = "mutation($input: RequestPhoneVerificationInput!) { requestPhoneVerification(input: $input) {
        userErrors { field code message } } }";

    let elsewhere = with(&app, &ann, ask, json!({ "phone": "+15125550199" })).await;

    assert_eq!(user_errors(&elsewhere), ["input.phone NOT_ALLOWED"]);
    let again = with(&app, &ann, ask, json!({ "phone": PHONE })).await;
    assert_eq!(user_errors(&again), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn a_member_is_told_when_another_one_verifies_their_number() {
    let app = TestApp::new().await;
    let ann = with_phone(&app).await;
    app.run_work().await;
    crate::sms::with_phone(&app, "bob", PHONE).await;
    app.run_work().await;
    assert_eq!(
        subject(&app, &ann.email()),
        "Your phone number was verified by someone else"
    );
}
