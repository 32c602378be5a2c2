//! Delivery reports.

use serde_json::{Value, json};

use super::{account, ann_and_bob, send, webhook};
use crate::support::{Phone, TestApp};

const PATH: &str = "/webhooks/sms/status";

async fn newest(app: &TestApp, who: &crate::support::Actor) -> Value {
    account(app, who).await["messages"]["nodes"][0].clone()
}

async fn report(app: &TestApp, sid: &str, status: &str) -> u16 {
    webhook(
        app,
        PATH,
        &[("MessageSid", sid), ("MessageStatus", status), ("ErrorCode", "30003")],
    )
    .await
    .0
}

#[tokio::test]
async fn a_status_moves_only_forward_whatever_comes_how_often() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let id = send(&app, &ann, &conversation, "Hi").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    app.run_work().await;
    let sid = Phone::provider_id(&id);
    for status in [
        "delivered",
        "sent",
        "queued",
        "delivered",
        "failed",
        "undelivered",
        "nonsense",
    ] {
        assert_eq!(report(&app, &sid, status).await, 204);
        assert_eq!(newest(&app, &ann).await["status"], "DELIVERED", "{status}");
    }
    assert_eq!(account(&app, &ann).await["credits"], 9);
}

#[tokio::test]
async fn what_was_not_delivered_gives_its_credits_back_once() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let id = send(&app, &ann, &conversation, "Hi").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    app.run_work().await;
    for _ in 0..3 {
        report(&app, &Phone::provider_id(&id), "undelivered").await;
    }
    let message = newest(&app, &ann).await;
    assert_eq!(
        (&message["status"], &message["error"]),
        (
            &json!("UNDELIVERED"),
            &json!("the phone could not be reached (error 30003)")
        )
    );
    assert_eq!(account(&app, &ann).await["credits"], 10);
}

#[tokio::test]
async fn a_report_that_overtakes_the_answer_of_the_carrier_is_understood() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let id = send(&app, &ann, &conversation, "Hi").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("{PATH}?sms={id}");
    let fields = [("MessageSid", "SMearly"), ("MessageStatus", "delivered")];
    assert_eq!(webhook(&app, &path, &fields).await.0, 204);
    assert_eq!(newest(&app, &ann).await["status"], "DELIVERED");
    let before = app.phone.sent().len();
    app.run_work().await;
    assert_eq!(app.phone.sent().len(), before, "what was delivered is not sent again");
}

#[tokio::test]
async fn calls_without_the_right_signature_change_nothing() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let id = send(&app, &ann, &conversation, "Hi").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    app.run_work().await;
    let sid = Phone::provider_id(&id);
    let form = [
        ("MessageSid".to_owned(), sid.clone()),
        ("MessageStatus".to_owned(), "failed".to_owned()),
    ];
    let elsewhere = Phone::sign(&format!("{}/webhooks/sms/inbound", app.url), &form);
    for signature in [None, Some(""), Some("AAAA"), Some(elsewhere.as_str())] {
        let mut request = app.request(reqwest::Method::POST, PATH).form(&form);
        if let Some(signature) = signature {
            request = request.header("x-twilio-signature", signature);
        }
        assert_eq!(request.send().await.unwrap().status(), 403);
    }
    assert_eq!(newest(&app, &ann).await["status"], "SENT");
}

#[tokio::test]
async fn unknown_and_incomplete_calls_are_harmless() {
    let app = TestApp::new().await;
    assert_eq!(report(&app, "SMunknown", "delivered").await, 204);
    assert_eq!(webhook(&app, PATH, &[("MessageSid", "SM1")]).await.0, 400);
    assert_eq!(webhook(&app, PATH, &[("Body", &"a".repeat(70_000))]).await.0, 413);
}
