//! Limits do not count repeats of completed requests, or requests refused for another reason.

use entity::id::MemberId;
use serde_json::{Value, json};

use crate::{
    shelters::{self, IMPORT},
    sms::{self, ANN, REQUEST, SEND},
    support::{Actor, TestApp, codes, user_errors},
};

fn id(who: &Actor) -> MemberId {
    who.id.parse().expect("a member's id")
}

#[tokio::test]
async fn whoever_has_asked_for_too_many_codes_still_hears_of_the_one_that_was_sent() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let with_key = |key: &str| json!({ "input": { "phone": ANN, "idempotencyKey": key } });
    app.ok(&ann, REQUEST, with_key("first")).await;
    app.run_work().await;
    app.use_up("phone-code:member", id(&ann)).await;
    let before = app.footprint().await;

    let repeated = app.ok(&ann, REQUEST, with_key("first")).await;
    let refused = app.run(&ann, REQUEST, with_key("second")).await;

    assert_eq!(repeated["requestPhoneVerification"]["sms"]["phone"], ANN);
    assert_eq!(user_errors(&refused), ["input.phone LIMIT_REACHED"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_shelter_that_has_started_too_many_imports_still_hears_of_the_one_that_it_started() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelters::shelter(&app, &ann).await;
    let with_key = |key: &str| {
        json!({ "input": {
            "shelterId": shelter, "data": "Animal ID,Animal Type\nA1,Dog\n", "dryRun": true, "idempotencyKey": key } })
    };
    let import = |data: &Value| data["importPets"]["import"]["id"].clone();
    let first = import(&app.ok(&ann, IMPORT, with_key("first")).await);
    app.use_up("import-pets", shelter.as_str()).await;

    let repeated = import(&app.ok(&ann, IMPORT, with_key("first")).await);
    let refused = app.run(&ann, IMPORT, with_key("second")).await;

    assert_eq!(repeated, first);
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("imports").await, 1);
    app.leave_work();
}

#[tokio::test]
async fn a_text_that_nobody_pays_for_costs_nothing_of_what_all_may_send() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = sms::ann_and_bob(&app).await;
    app.execute("UPDATE sms_accounts SET credits = $1", [0.into()]).await;
    let text = json!({ "input": { "conversationId": conversation, "text": "Is she home?" } });
    for _ in 0..30 {
        let refused = app.run(&ann, SEND, text.clone()).await;
        assert_eq!(user_errors(&refused), ["input.text LIMIT_REACHED"]);
    }

    app.execute("UPDATE sms_accounts SET credits = $1", [10.into()]).await;
    app.ok(&ann, SEND, text).await;

    app.run_work().await;
}
