//! Handing messages to the carrier.

use std::time::Duration;

use finding_sweetie::{domain::sms::deliver_sms, ports::sms::SmsError};
use serde_json::json;

use super::{BOB, account, ann_and_bob, send, text_from};
use crate::support::TestApp;

fn temporary(may_have_been_sent: bool) -> SmsError {
    SmsError::Temporary {
        may_have_been_sent,
        source: "the carrier is away".into(),
    }
}

#[tokio::test]
async fn what_was_not_sent_is_tried_again() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Hi").await;
    let before = app.phone.to(BOB).len();
    app.phone.fail_next(temporary(false));

    let failed = app.try_work().await;

    assert_eq!((failed.len(), failed[0].kind.as_str()), (1, "send_sms"));
    assert_eq!(account(&app, &ann).await["messages"]["nodes"][0]["status"], "QUEUED");
    app.clock.advance(Duration::from_secs(60));
    app.run_work().await;
    assert_eq!(app.phone.to(BOB).len(), before + 1);
}

#[tokio::test]
async fn what_may_have_been_sent_is_not_sent_again_and_its_credits_come_back() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Hi").await;
    assert_eq!(account(&app, &ann).await["credits"], 9);
    app.phone.fail_next(temporary(true));

    app.run_work().await;

    let seen = account(&app, &ann).await;
    assert_eq!(
        (&seen["credits"], &seen["messages"]["nodes"][0]["status"]),
        (&json!(10), &json!("FAILED"))
    );
    assert_eq!(
        seen["messages"]["nodes"][0]["error"],
        "interrupted while being sent; not sent again"
    );
}

#[tokio::test]
async fn a_worker_that_was_killed_while_sending_leaves_a_failed_message() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let message = send(&app, &ann, &conversation, "Hi").await;
    let before = app.phone.sent().len();
    app.execute(
        "UPDATE sms_messages SET status = 'sending' WHERE status = $1",
        ["queued".into()],
    )
    .await;

    app.run_work().await;
    deliver_sms(&app.deps, message["id"].as_str().unwrap().parse().unwrap())
        .await
        .unwrap();

    let seen = account(&app, &ann).await;
    assert_eq!(
        (&seen["credits"], &seen["messages"]["nodes"][0]["status"]),
        (&json!(10), &json!("FAILED"))
    );
    assert_eq!(app.phone.sent().len(), before);
}

#[tokio::test]
async fn the_job_twice_is_one_message() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let id = send(&app, &ann, &conversation, "Hi").await["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    app.run_work().await;
    let sent = app.phone.sent().len();
    deliver_sms(&app.deps, id).await.unwrap();
    assert_eq!(app.phone.sent().len(), sent);
}

#[tokio::test]
async fn a_refused_message_fails_with_the_reason_and_its_credits_come_back() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Hi").await;
    app.phone.fail_next(SmsError::Permanent {
        code: Some(21614),
        reason: "the number cannot receive text messages".into(),
    });
    app.run_work().await;
    let seen = account(&app, &ann).await;
    assert_eq!(
        seen["messages"]["nodes"][0]["error"],
        "the number cannot receive text messages"
    );
    assert_eq!(seen["credits"], 10);
    assert_eq!(
        app.value::<i64>("SELECT CAST(SUM(delta) AS BIGINT) FROM credit_entries")
            .await,
        20
    );
}

#[tokio::test]
async fn a_carrier_that_knows_of_a_stop_tells_us_once() {
    let app = TestApp::new().await;
    let (ann, bob, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Hi").await;
    app.phone.fail_next(SmsError::OptedOut);
    app.run_work().await;
    assert_eq!(account(&app, &bob).await["optedIn"], false);
    assert_eq!(account(&app, &ann).await["credits"], 10);
}

#[tokio::test]
async fn a_stop_that_comes_first_keeps_a_queued_message_back() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let before = app.phone.sent().len();
    send(&app, &ann, &conversation, "Hi").await;
    text_from(&app, BOB, "SM1", "STOP").await;
    app.run_work().await;
    assert_eq!(app.phone.sent().len(), before);
    assert_eq!(account(&app, &ann).await["credits"], 10);
}

#[tokio::test]
async fn a_message_that_nobody_could_send_for_hours_is_given_up() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Hi").await;
    app.clock.advance(Duration::from_secs(4 * 60 * 60));
    app.run_work().await;
    let ann = app.log_in_again(&ann).await;
    let seen = account(&app, &ann).await;
    assert_eq!(
        (&seen["credits"], &seen["messages"]["nodes"][0]["status"]),
        (&json!(10), &json!("FAILED"))
    );
}
