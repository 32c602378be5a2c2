//! Messages from phones.

use std::time::Duration;

use serde_json::json;

use super::{ANN, BOB, account, ann_and_bob, said, send, text_from, webhook};
use crate::support::TestApp;

const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

#[tokio::test]
async fn a_reply_lands_in_the_conversation_once() {
    let app = TestApp::new().await;
    let (ann, bob, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Is she home?").await;
    app.run_work().await;
    for _ in 0..2 {
        assert_eq!(
            text_from(&app, BOB, "SM1", "Yes, she is").await,
            (200, NOTHING.to_owned())
        );
    }
    let texts = said(&app, &ann, &conversation).await;
    assert_eq!(texts.len(), 3);
    assert_eq!(texts[2], ("bob".to_owned(), "Yes, she is".to_owned()));
    let message = account(&app, &bob).await["messages"]["nodes"][0].clone();
    assert_eq!(
        (&message["direction"], &message["status"]),
        (&json!("INBOUND"), &json!("RECEIVED"))
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_long_reply_is_posted_whole() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Hi").await;
    app.run_work().await;
    text_from(&app, BOB, "SM1", &"é".repeat(1600)).await;
    let length: usize = said(&app, &ann, &conversation).await[2..]
        .iter()
        .map(|(_, text)| text.chars().count())
        .sum();
    assert_eq!(length, 1600);
    app.run_work().await;
}

#[tokio::test]
async fn stop_start_and_help_are_obeyed_and_answered() {
    let app = TestApp::new().await;
    let (_, bob, conversation) = ann_and_bob(&app).await;
    let (status, stopped) = text_from(&app, BOB, "SM1", " stop ").await;
    assert!(
        status == 200 && stopped.contains("<Message>") && stopped.contains("START"),
        "{stopped}"
    );
    assert_eq!(account(&app, &bob).await["optedIn"], false);
    assert!(text_from(&app, BOB, "SM2", "HELP").await.1.contains("STOP"));
    assert_eq!(account(&app, &bob).await["optedIn"], false);
    text_from(&app, BOB, "SM3", "Unstop").await;
    assert_eq!(account(&app, &bob).await["optedIn"], true);
    text_from(&app, BOB, "SM1", " stop ").await;
    assert_eq!(
        account(&app, &bob).await["optedIn"],
        true,
        "a repeated call is not a second wish"
    );
    assert_eq!(said(&app, &bob, &conversation).await.len(), 1);
}

#[tokio::test]
async fn a_word_that_the_gateway_has_answered_is_not_answered_again() {
    let app = TestApp::new().await;
    let (_, bob, _) = ann_and_bob(&app).await;
    let fields = [
        ("MessageSid", "SM1"),
        ("From", BOB),
        ("To", "+15005550006"),
        ("Body", "arret"),
        ("OptOutType", "STOP"),
    ];
    assert_eq!(
        webhook(&app, "/webhooks/sms/inbound", &fields).await,
        (200, NOTHING.to_owned())
    );
    assert_eq!(account(&app, &bob).await["optedIn"], false);
}

#[tokio::test]
async fn a_text_that_belongs_nowhere_is_answered_politely_and_read_by_nobody() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    for (number, sid) in [(ANN, "SM1"), (BOB, "SM2"), ("+15125550188", "SM3")] {
        let (status, answer) = text_from(&app, number, sid, "Hello?").await;
        assert!(
            status == 200 && answer.contains("not part of a conversation"),
            "{answer}"
        );
    }
    send(&app, &ann, &conversation, "Hi").await;
    app.run_work().await;
    app.clock.advance(Duration::from_secs(31 * 24 * 60 * 60));
    assert!(
        text_from(&app, BOB, "SM4", "Late")
            .await
            .1
            .contains("not part of a conversation")
    );
    assert_eq!(app.count("messages").await, 2);
}

#[tokio::test]
async fn an_unsigned_text_is_not_believed() {
    let app = TestApp::new().await;
    let form = [("MessageSid", "SM1"), ("From", BOB), ("To", ANN), ("Body", "STOP")];
    let request = app.request(reqwest::Method::POST, "/webhooks/sms/inbound").form(&form);
    assert_eq!(request.send().await.unwrap().status(), 403);
    assert_eq!(
        (app.count("sms_opt_outs").await, app.count("sms_messages").await),
        (0, 0)
    );
}

#[tokio::test]
async fn a_code_from_a_phone_is_held_back_and_a_request_for_one_is_passed_on_with_a_warning() {
    let app = TestApp::new().await;
    let (ann, _bob, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Is Sweetie with you?").await;
    app.run_work().await;
    let before = said(&app, &ann, &conversation).await;

    let (status, body) = text_from(&app, BOB, "SM-held", "482913").await;

    assert_eq!(status, 200);
    assert!(body.contains("was not passed on"), "{body}");
    assert_eq!(said(&app, &ann, &conversation).await, before);
    text_from(&app, BOB, "SM-asked", "Send me the code that you got").await;
    let query =
        "query($id: ID!) { node(id: $id) { ... on Conversation { messages(last: 1) { nodes { warningRule } } } } }";
    let seen = app.ok(&ann, query, json!({ "id": conversation })).await;
    assert_eq!(seen["node"]["messages"]["nodes"][0]["warningRule"], "code-request");
    app.run_work().await;
}
