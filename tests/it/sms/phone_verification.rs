//! Proving a phone number.

use std::time::Duration;

use serde_json::json;

use super::{ANN, REQUEST, VERIFY, account, code_for, text_from, with_phone};
use crate::support::{TestApp, Visitor, codes, user_errors};

#[tokio::test]
async fn a_number_is_proved_by_its_code_and_brings_ten_credits_once() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let code = code_for(&app, &ann, ANN).await;
    let pending = account(&app, &ann).await;
    assert_eq!(
        (&pending["phone"], &pending["verified"], &pending["credits"]),
        (&json!(ANN), &json!(false), &json!(0))
    );

    let data = app.ok(&ann, VERIFY, json!({ "input": { "code": code } })).await;

    let proved = json!({ "phone": ANN, "verified": true, "optedIn": true, "credits": 10 });
    assert_eq!(data["verifyPhone"]["sms"], proved);
    let again = code_for(&app, &ann, ANN).await;
    let data = app.ok(&ann, VERIFY, json!({ "input": { "code": again } })).await;
    assert_eq!(data["verifyPhone"]["sms"], proved);
    assert_eq!(
        app.value::<i64>("SELECT CAST(SUM(delta) AS BIGINT) FROM credit_entries")
            .await,
        10
    );
    let consent: String = app.value("SELECT consent_text FROM sms_accounts").await;
    assert!(consent.contains("Reply STOP"), "{consent}");
}

#[tokio::test]
async fn a_code_is_shown_and_stored_nowhere() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let code = code_for(&app, &ann, ANN).await;
    let message = account(&app, &ann).await["messages"]["nodes"][0].clone();
    assert_eq!(
        (&message["body"], &message["to"], &message["status"]),
        (&json!("Your code was sent."), &json!(ANN), &json!("SENT"))
    );
    for sql in [
        "SELECT body FROM sms_messages",
        "SELECT code_hash FROM phone_verifications",
    ] {
        assert!(!app.value::<String>(sql).await.contains(&code), "{sql}");
    }
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_for_its_member() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let code = code_for(&app, &ann, ANN).await;
    let input = json!({ "input": { "code": code } });
    assert_eq!(
        user_errors(&app.run(&bob, VERIFY, input.clone()).await),
        ["input.code EXPIRED"]
    );
    app.ok(&ann, VERIFY, input).await;

    let late = code_for(&app, &bob, "+15125550199").await;
    app.clock.advance(Duration::from_secs(10 * 60));
    let refused = app.run(&bob, VERIFY, json!({ "input": { "code": late } })).await;
    assert_eq!(user_errors(&refused), ["input.code EXPIRED"]);
}

#[tokio::test]
async fn five_wrong_tries_end_a_code_even_for_whoever_knows_it() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let code = code_for(&app, &ann, ANN).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let refused = app.run(&ann, VERIFY, json!({ "input": { "code": wrong } })).await;
        assert_eq!(user_errors(&refused), ["input.code INVALID"]);
    }
    let refused = app.run(&ann, VERIFY, json!({ "input": { "code": code } })).await;
    assert_eq!(user_errors(&refused), ["input.code LIMIT_REACHED"]);
    assert_eq!(account(&app, &ann).await["verified"], false);
    let fresh = code_for(&app, &ann, ANN).await;
    app.ok(&ann, VERIFY, json!({ "input": { "code": fresh } })).await;
}

#[tokio::test]
async fn tries_at_the_same_time_are_no_more_than_five() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let code = code_for(&app, &ann, ANN).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let tries = (0..12).map(|_| app.run(&ann, VERIFY, json!({ "input": { "code": wrong } })));
    let answers = futures_util::future::join_all(tries).await;
    let tried = answers
        .iter()
        .filter(|answer| user_errors(answer) == ["input.code INVALID"])
        .count();
    assert_eq!(tried, 5);
}

#[tokio::test]
async fn the_sixth_code_within_ten_minutes_is_refused_and_later_given() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    for _ in 0..5 {
        code_for(&app, &ann, ANN).await;
    }
    let before = app.footprint().await;
    let refused = app
        .run(&ann, REQUEST, json!({ "input": { "phone": "+15125550177" } }))
        .await;
    assert_eq!(user_errors(&refused), ["input.phone LIMIT_REACHED"]);
    assert_eq!(app.footprint().await, before);

    let bob = app.verified("bob").await;
    let refused = app.run(&bob, REQUEST, json!({ "input": { "phone": ANN } })).await;
    assert_eq!(
        user_errors(&refused),
        ["input.phone LIMIT_REACHED"],
        "the number is counted over all members"
    );

    app.clock.advance(Duration::from_secs(10 * 60));
    code_for(&app, &ann, ANN).await;
}

#[tokio::test]
async fn a_number_moves_to_whoever_proves_it_and_not_before() {
    let app = TestApp::new().await;
    let ann = with_phone(&app, "ann", ANN).await;
    let bob = app.verified("bob").await;
    let code = code_for(&app, &bob, ANN).await;
    assert_eq!(account(&app, &ann).await["verified"], true);

    app.ok(&bob, VERIFY, json!({ "input": { "code": code } })).await;

    let (of_ann, of_bob) = (account(&app, &ann).await, account(&app, &bob).await);
    assert_eq!(
        (&of_ann["phone"], &of_ann["verified"], &of_ann["credits"]),
        (&json!(null), &json!(false), &json!(10))
    );
    assert_eq!((&of_bob["phone"], &of_bob["verified"]), (&json!(ANN), &json!(true)));
    app.run_work().await;
}

#[tokio::test]
async fn numbers_that_no_country_gives_out_are_refused() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let before = app.footprint().await;
    for number in ["+10000000000", "+999123456789", "+19002345678"] {
        let refused = app.run(&ann, REQUEST, json!({ "input": { "phone": number } })).await;
        assert_eq!(user_errors(&refused), ["input.phone INVALID"], "{number}");
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_number_that_said_stop_gets_no_code_until_it_says_start() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    text_from(&app, ANN, "SM1", "STOP").await;
    let refused = app.run(&ann, REQUEST, json!({ "input": { "phone": ANN } })).await;
    assert_eq!(user_errors(&refused), ["input.phone NOT_ALLOWED"]);
    text_from(&app, ANN, "SM2", "start").await;
    code_for(&app, &ann, ANN).await;
}

#[tokio::test]
async fn visitors_have_no_phone() {
    let app = TestApp::new().await;
    for (query, input) in [
        (REQUEST, json!({ "phone": ANN })),
        (VERIFY, json!({ "code": "123456" })),
    ] {
        assert_eq!(
            codes(&app.run(&Visitor, query, json!({ "input": input })).await),
            ["UNAUTHENTICATED"]
        );
    }
}
