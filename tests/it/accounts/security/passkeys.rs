//! Passkeys.

use std::time::Duration;

use finding_sweetie::{
    domain::accounts::{AddPasskey, add_passkey},
    kernel::{Error, viewer::Origin},
};
use serde_json::{Value, json};

use super::{audited, subject, with};
use crate::{
    accounts::authenticator::{ADD, Authenticator, START, with_passkey},
    support::{Actor, Answer, Setup, TestApp, Visitor, codes, user_errors},
};

const ASK: &str = "mutation { startPasskeyLogIn(input: {}) { optionsJson userErrors { field code message } } }";
const LOG_IN: &str = "mutation($input: LogInWithPasskeyInput!) { logInWithPasskey(input: $input) {
    viewer { member { id } sessions { current } } tokens { accessToken } userErrors { field code message } } }";
const RENAME: &str = "mutation($input: RenamePasskeyInput!) { renamePasskey(input: $input) {
    passkey { name } userErrors { field code message } } }";
const REMOVE: &str = "mutation($input: RemovePasskeyInput!) { removePasskey(input: $input) {
    viewer { passkeys { id } } userErrors { field code message } } }";
const MINE: &str = "{ viewer { passkeys { id name createdAt lastUsedAt } } }";

async fn asked(app: &TestApp) -> String {
    let data = app.ok(&Visitor, ASK, json!({})).await;
    data["startPasskeyLogIn"]["optionsJson"].as_str().unwrap().to_owned()
}

async fn start(app: &TestApp, member: &Actor) -> String {
    let data = app.ok(member, START, json!({ "input": {} })).await;
    data["startPasskeyRegistration"]["optionsJson"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn answer(app: &TestApp, credential: &str) -> Answer {
    with(app, &Visitor, LOG_IN, json!({ "credentialJson": credential })).await
}

async fn log_in(app: &TestApp, device: &mut Authenticator) -> Answer {
    let options = asked(app).await;
    answer(app, &device.get(&options)).await
}

async fn add(app: &TestApp, member: &Actor, credential: &str) -> Answer {
    with(app, member, ADD, json!({ "credentialJson": credential })).await
}

async fn passkeys(app: &TestApp, member: &Actor) -> Value {
    app.ok(member, MINE, json!({})).await["viewer"]["passkeys"].clone()
}

#[tokio::test]
async fn a_passkey_logs_its_member_in_without_a_name_or_a_password() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (id, mut device) = with_passkey(&app, &ann).await;
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "You have a new passkey");
    app.clock.advance(Duration::from_secs(60));

    let done = log_in(&app, &mut device).await;

    assert_eq!(
        done.data()["logInWithPasskey"]["viewer"]["member"]["id"],
        ann.id.as_str()
    );
    let expected = json!([{
        "id": id, "name": "Phone", "createdAt": "2026-06-01T12:00:00.000Z", "lastUsedAt": "2026-06-01T12:01:00.000Z",
    }]);
    assert_eq!(passkeys(&app, &ann).await, expected);
    assert_eq!(audited(&app, "passkey_added").await, 1);
}

#[tokio::test]
async fn the_device_is_asked_for_a_key_that_it_keeps_and_opens_with_a_finger_a_face_or_a_pin() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let (_, _device) = with_passkey(&app, &ann).await;
    let options: Value = serde_json::from_str(&start(&app, &ann).await).unwrap();
    assert_eq!(options["rp"], json!({ "id": "localhost", "name": "Finding Sweetie" }));
    let selection = &options["authenticatorSelection"];
    assert_eq!(
        (
            &selection["residentKey"],
            &selection["requireResidentKey"],
            &selection["userVerification"]
        ),
        (&json!("required"), &json!(true), &json!("required"))
    );
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    let log_in: Value = serde_json::from_str(&asked(&app).await).unwrap();
    assert_eq!(
        log_in["allowCredentials"],
        json!([]),
        "nobody is named before they log in"
    );
    app.leave_work();
}

#[tokio::test]
async fn a_passkey_stands_for_the_second_factor() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    super::two_factor::turned_on(&app, &ann).await;
    let (_, mut device) = with_passkey(&app, &ann).await;
    assert_eq!(user_errors(&log_in(&app, &mut device).await), [""; 0]);
}

#[tokio::test]
async fn a_challenge_is_good_for_one_answer_within_five_minutes() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let (_, mut device) = with_passkey(&app, &ann).await;
    let credential = device.get(&asked(&app).await);
    assert_eq!(user_errors(&answer(&app, &credential).await), [""; 0]);
    assert_eq!(
        user_errors(&answer(&app, &credential).await),
        ["input.credentialJson EXPIRED"]
    );

    let late = device.get(&asked(&app).await);
    app.clock.advance(Duration::from_secs(5 * 60));
    assert_eq!(
        user_errors(&answer(&app, &late).await),
        ["input.credentialJson EXPIRED"]
    );

    let twice = device.get(&asked(&app).await);
    let (one, two) = tokio::join!(answer(&app, &twice), answer(&app, &twice));
    let mut errors = [user_errors(&one), user_errors(&two)].concat();
    errors.sort();
    assert_eq!(errors, ["input.credentialJson EXPIRED"]);
}

#[tokio::test]
async fn a_challenge_for_one_member_or_purpose_is_good_for_no_other() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let mut device = Authenticator::at(&app);
    let of_ann = device.create(&start(&app, &ann).await);
    assert_eq!(
        user_errors(&add(&app, &bob, &of_ann).await),
        ["input.credentialJson EXPIRED"]
    );
    assert_eq!(
        user_errors(&add(&app, &ann, &of_ann).await),
        [""; 0],
        "and it is still hers"
    );
    let options = start(&app, &ann)
        .await
        .replace("\"rp\":{", "\"rpId\":\"localhost\",\"rp\":{");
    assert_eq!(
        user_errors(&answer(&app, &device.get(&options)).await),
        ["input.credentialJson EXPIRED"]
    );
}

#[tokio::test]
async fn another_site_and_a_device_that_asks_nobody_are_refused() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let (_, mut device) = with_passkey(&app, &ann).await;
    let failures = audited(&app, "log_in_failed").await;

    let own = std::mem::replace(&mut device.origin, "https://localhost.example.org".to_owned());
    assert_eq!(
        user_errors(&log_in(&app, &mut device).await),
        ["input.credentialJson INVALID"]
    );
    device.origin = own;
    device.verifies = false;
    assert_eq!(
        user_errors(&log_in(&app, &mut device).await),
        ["input.credentialJson INVALID"]
    );
    device.verifies = true;
    let other_site = asked(&app).await.replace("localhost", "sweetie.example.org");
    assert_eq!(
        user_errors(&answer(&app, &device.get(&other_site)).await),
        ["input.credentialJson INVALID"]
    );
    let mut forged: Value = serde_json::from_str(&device.get(&asked(&app).await)).unwrap();
    let (_, mut stranger) = with_passkey(&app, &app.verified("bob").await).await;
    let theirs: Value = serde_json::from_str(&stranger.get(&asked(&app).await)).unwrap();
    forged["response"]["signature"] = theirs["response"]["signature"].clone();
    assert_eq!(
        user_errors(&answer(&app, &forged.to_string()).await),
        ["input.credentialJson INVALID"]
    );

    assert_eq!(audited(&app, "log_in_failed").await, failures + 4);
    assert_eq!(user_errors(&log_in(&app, &mut device).await), [""; 0]);
}

#[tokio::test]
async fn a_copied_key_is_found_by_its_count_of_uses() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let (_, mut device) = with_passkey(&app, &ann).await;
    device.uses = 1;
    assert_eq!(user_errors(&log_in(&app, &mut device).await), [""; 0]);
    device.uses = 1;
    assert_eq!(
        user_errors(&log_in(&app, &mut device).await),
        ["input.credentialJson INVALID"]
    );
    assert_eq!(user_errors(&log_in(&app, &mut device).await), [""; 0]);
}

#[tokio::test]
async fn a_removed_passkey_opens_nothing() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let (id, mut device) = with_passkey(&app, &ann).await;
    let renamed = with(&app, &ann, RENAME, json!({ "id": id, "name": "Tablet" })).await;
    assert_eq!(renamed.data()["renamePasskey"]["passkey"]["name"], "Tablet");
    for (query, input) in [
        (RENAME, json!({ "id": id, "name": "Mine" })),
        (REMOVE, json!({ "id": id })),
    ] {
        assert_eq!(
            user_errors(&with(&app, &bob, query, input).await),
            ["input.id NOT_FOUND"]
        );
    }

    let removed = with(&app, &ann, REMOVE, json!({ "id": id })).await;

    assert_eq!(removed.data()["removePasskey"]["viewer"]["passkeys"], json!([]));
    let again = with(&app, &ann, REMOVE, json!({ "id": id })).await;
    assert_eq!(
        user_errors(&again),
        [""; 0],
        "an answer that was lost can be asked for again"
    );
    assert_eq!(
        user_errors(&log_in(&app, &mut device).await),
        ["input.credentialJson INVALID"]
    );
    app.run_work().await;
    assert_eq!(subject(&app, &ann.email()), "A passkey was removed");
}

#[tokio::test]
async fn a_passkey_belongs_to_one_account() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let (_, mut device) = with_passkey(&app, &ann).await;
    let again = device.create(&start(&app, &bob).await);
    assert_eq!(
        user_errors(&add(&app, &bob, &again).await),
        ["input.credentialJson TAKEN"]
    );
}

#[tokio::test]
async fn a_session_that_is_not_fresh_needs_the_password_to_add_or_remove_one() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let (id, _) = with_passkey(&app, &ann).await;
    app.clock.advance(Duration::from_secs(15 * 60));
    let ann = app.refreshed(&ann).await;
    for (query, input) in [(START, json!({})), (REMOVE, json!({ "id": id }))] {
        assert_eq!(
            user_errors(&with(&app, &ann, query, input.clone()).await),
            ["input.password REQUIRED"]
        );
        let mut input = input;
        input["password"] = ann.password().into();
        assert_eq!(user_errors(&with(&app, &ann, query, input).await), [""; 0]);
    }
}

#[tokio::test]
async fn what_is_no_credential_is_told_and_costs_nothing() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let huge = format!("\"{}\"", "x".repeat(70_000));
    let long_name = json!({ "credentialJson": "{}", "name": "x".repeat(51) });
    assert_eq!(
        user_errors(&with(&app, &ann, ADD, long_name).await),
        ["input.name TOO_LONG"]
    );
    for (credential, expected) in [
        ("", "input.credentialJson INVALID"),
        ("{}", "input.credentialJson INVALID"),
        ("[[[[", "input.credentialJson INVALID"),
        (huge.as_str(), "input.credentialJson TOO_LONG"),
    ] {
        assert_eq!(user_errors(&add(&app, &ann, credential).await), [expected]);
        assert_eq!(user_errors(&answer(&app, credential).await), [expected]);
    }
    let mut device = Authenticator::at(&app);
    let mut made: Value = serde_json::from_str(&device.create(&start(&app, &ann).await)).unwrap();
    made["response"]["attestationObject"] = json!("o2NmbXQ");
    assert_eq!(
        user_errors(&add(&app, &ann, &made.to_string()).await),
        ["input.credentialJson INVALID"]
    );
    assert_eq!(passkeys(&app, &ann).await, json!([]));
}

#[tokio::test]
async fn a_server_without_a_name_says_that_passkeys_need_one() {
    let app = TestApp::start(Setup {
        adjust: |config| config.app_url = "https://192.0.2.7".to_owned(),
        ..Setup::default()
    })
    .await;
    app.leave_work();
    let refused = app.run(&Visitor, ASK, json!({})).await;
    assert_eq!(user_errors(&refused), ["CONFLICT"]);
    assert!(
        refused.body.to_string().contains("SWEETIE_APP_URL"),
        "{:#}",
        refused.body
    );
}

#[tokio::test]
async fn questions_for_passkeys_have_a_limit_of_their_own() {
    let app = TestApp::quiet().await;
    app.use_up("passkey", std::net::IpAddr::from([127, 0, 0, 1])).await;
    assert_eq!(codes(&app.run(&Visitor, ASK, json!({})).await), ["RATE_LIMITED"]);
}

#[tokio::test]
async fn an_account_whose_address_is_not_verified_gets_no_passkey() {
    let app = TestApp::quiet().await;
    let mallory = app.member("ann").await;
    assert_eq!(
        user_errors(&with(&app, &mallory, START, json!({})).await),
        ["UNVERIFIED"],
        "it would stay when the holder of the address takes the account over"
    );
}

/// A request that was let in before the log-in ended, and goes on after.
#[tokio::test]
async fn a_passkey_is_not_added_once_the_log_in_has_ended() {
    let app = TestApp::quiet().await;
    let ann = app.verified("ann").await;
    let credential_json = Authenticator::at(&app).create(&start(&app, &ann).await);
    let origin = Origin {
        address: [127, 0, 0, 1].into(),
        user_agent: None,
        request_id: "test".to_owned(),
    };
    let input = AddPasskey {
        credential_json,
        name: None,
    };

    let refused = add_passkey(&app.deps, &ann.viewer(), &origin, input).await;

    assert!(matches!(refused, Err(Error::Unauthenticated)));
    assert_eq!(passkeys(&app, &ann).await, json!([]));
}
