//! The subscription to messages.

use serde_json::{Value, json};

use super::{MESSAGES, fixtures, opened, sent, start, text};
use crate::support::{TestApp, codes};

fn revision(event: &Value) -> i64 {
    event["messages"]["revision"].as_i64().unwrap()
}

#[tokio::test]
async fn a_subscriber_that_comes_back_has_every_message_once_and_in_order() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let mut seen = Vec::new();

    for round in 0..3 {
        let socket = app.socket(&bob).await;
        let after = seen.last().copied().unwrap_or(0);
        let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": after }));
        sent(&app, &ann, &id, "while connected").await;
        let live = 2 + round * 2;
        while seen.last().copied().unwrap_or(0) < live {
            seen.push(revision(&stream.next().await));
        }
        drop(socket);
        sent(&app, &ann, &id, "while away").await;
    }

    assert_eq!(seen, (1..=6).collect::<Vec<i64>>());
}

#[tokio::test]
async fn more_than_one_batch_is_replayed_without_a_gap() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for _ in 0..3 {
        for _ in 0..45 {
            sent(&app, &ann, &id, "again").await;
        }
        app.clock.advance(std::time::Duration::from_secs(60));
    }
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": 3 }));
    for expected in 4..=136 {
        let event = stream.next().await;
        assert_eq!(revision(&event), expected);
        assert_eq!(event["messages"]["message"]["sequence"], expected);
        assert_eq!(event["messages"]["change"], "SENT");
    }
}

#[tokio::test]
async fn without_a_number_only_what_is_new_comes() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let mut socket = app.socket(&bob).await;
    let mut resumed = socket.subscribe(MESSAGES, json!({ "id": id, "after": 1 }));
    let mut live = socket.subscribe(MESSAGES, json!({ "id": id }));
    socket.settle().await;
    // The first one is past its start when it hears a message; the second began before it on the same socket.
    sent(&app, &ann, &id, "two").await;
    assert_eq!(revision(&resumed.next().await), 2);
    let mut number = 2;
    let event = loop {
        number += 1;
        sent(&app, &ann, &id, "more").await;
        if let Some(event) = live.poll().await {
            break event;
        }
    };
    assert!((2..=number).contains(&revision(&event)), "nothing old: {event}");
}

#[tokio::test]
async fn a_number_that_was_not_given_out_cannot_be_resumed_from() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    for after in [2, -1, i32::MAX] {
        let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": after }));
        assert_eq!(codes(&stream.next_answer().await), ["RESUME_UNAVAILABLE"]);
    }
}

#[tokio::test]
async fn whoever_leaves_the_staff_loses_the_open_stream_at_once() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
    assert_eq!(revision(&stream.next().await), 1);

    fixtures::dismiss(&app, shelter, &bob).await;

    assert_eq!(codes(&stream.next_answer().await), ["NOT_FOUND"]);
    sent(&app, &ann, &id, "a secret").await;
    let mut again = socket.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
    assert_eq!(codes(&again.next_answer().await), ["NOT_FOUND"]);
}
