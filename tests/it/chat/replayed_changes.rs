//! What a subscriber that comes back hears of messages that changed.

use serde_json::{Value, json};

use super::{call, opened, said};
use crate::support::{Actor, TestApp, codes};

const CHANGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    change revision message { sequence text deletedAt reactions { emoji } } } }";

/// Hears that many changes and says of each its number, what it is and whose text it has.
async fn heard(app: &TestApp, caller: &Actor, id: &str, after: i64, count: usize) -> Vec<Value> {
    let socket = app.socket(caller).await;
    let mut stream = socket.subscribe(CHANGES, json!({ "id": id, "after": after }));
    let mut changes = Vec::new();
    for _ in 0..count {
        let event = stream.next().await["messages"].take();
        changes.push(json!([
            event["revision"],
            event["change"],
            event["message"]["sequence"],
            event["message"]["text"]
        ]));
    }
    changes
}

#[tokio::test]
async fn every_change_comes_once_in_order_with_the_message_as_it_is_now() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let two = said(&app, &ann, &id, "two").await;
    let three = said(&app, &ann, &id, "three").await;
    for (mutation, input) in [
        ("editMessage", json!({ "id": two, "text": "zwei" })),
        ("editMessage", json!({ "id": two, "text": "deux" })),
        ("reactToMessage", json!({ "id": two, "emoji": "👍" })),
        ("deleteMessage", json!({ "id": three })),
    ] {
        call(&app, &ann, mutation, "message { id }", input).await;
    }

    let all = [
        json!([1, "SENT", 1, "hello"]),
        json!([2, "SENT", 2, "deux"]),
        json!([3, "SENT", 3, null]),
        json!([4, "EDITED", 2, "deux"]),
        json!([5, "EDITED", 2, "deux"]),
        json!([6, "REACTED", 2, "deux"]),
        json!([7, "DELETED", 3, null]),
    ];
    for after in 0..all.len() {
        let changes = heard(&app, &bob, &id, i64::try_from(after).unwrap(), all.len() - after).await;
        assert_eq!(changes, all[after..], "after {after}");
    }
}

#[tokio::test]
async fn changes_come_live_too_and_a_break_loses_none() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "one").await;
    let mut seen = 2;
    for round in 0..3 {
        let socket = app.socket(&bob).await;
        let mut stream = socket.subscribe(CHANGES, json!({ "id": id, "after": seen }));
        for emoji in ["👍", "🎉"] {
            call(
                &app,
                &ann,
                "reactToMessage",
                "message { id }",
                json!({ "id": first, "emoji": emoji, "react": round != 1 }),
            )
            .await;
        }
        let event = stream.next().await;
        seen += 1;
        assert_eq!(event["messages"]["revision"], seen);
        drop(socket);
        call(
            &app,
            &ann,
            "editMessage",
            "message { id }",
            json!({ "id": first, "text": format!("round {round}") }),
        )
        .await;
    }
    let rest = heard(&app, &bob, &id, seen, 6).await;
    let numbers: Vec<i64> = rest.iter().map(|change| change[0].as_i64().unwrap()).collect();
    assert_eq!(numbers, (seen + 1..=seen + 6).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_number_beyond_the_last_change_cannot_be_resumed_from() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "one").await;
    call(
        &app,
        &ann,
        "editMessage",
        "message { id }",
        json!({ "id": first, "text": "two" }),
    )
    .await;
    let socket = app.socket(&bob).await;

    assert_eq!(heard(&app, &bob, &id, 2, 1).await, [json!([3, "EDITED", 2, "two"])]);
    let mut stream = socket.subscribe(CHANGES, json!({ "id": id, "after": 4 }));
    assert_eq!(codes(&stream.next_answer().await), ["RESUME_UNAVAILABLE"]);
}
