//! sendMessage.

use std::time::Duration;

use entity::vocabulary::UploadPurpose;
use futures_util::future::join_all;
use serde_json::json;

use super::{SEND, conversation, fixtures, opened, send, sent, text};
use crate::support::{TestApp, codes, user_errors};

#[tokio::test]
async fn messages_sent_at_once_are_numbered_without_a_gap() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let words: Vec<String> = (0..30).map(|number| format!("message {number}")).collect();
    let sends = words.iter().enumerate().map(|(place, words)| {
        let from = if place % 2 == 0 { &ann } else { &bob };
        sent(&app, from, &id, words)
    });

    let mut sequences = join_all(sends).await;

    sequences.sort_unstable();
    assert_eq!(sequences, (2..=31).collect::<Vec<i64>>());
    let seen = conversation(&app, &ann, &id).await;
    let nodes = seen["messages"]["nodes"].as_array().unwrap();
    let numbers: Vec<i64> = nodes.iter().filter_map(|node| node["sequence"].as_i64()).collect();
    assert_eq!(numbers, (1..=31).collect::<Vec<i64>>(), "oldest first");
    assert_eq!(seen["messages"]["totalCount"], 31);
    assert_eq!(seen["lastMessage"]["sequence"], 31);
    assert_eq!(seen["unreadCount"], 15);
    assert_eq!(conversation(&app, &bob, &id).await["unreadCount"], 16);
}

#[tokio::test]
async fn a_client_key_sends_once_even_at_once() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let input = |words: &str| json!({ "input": { "conversationId": id, "text": words, "clientKey": "k1" } });

    let answers = join_all((0..8).map(|_| app.ok(&ann, SEND, input("hello")))).await;

    let first = &answers[0]["sendMessage"]["message"];
    assert!(
        answers.iter().all(|answer| answer["sendMessage"]["message"] == *first),
        "{answers:?}"
    );
    assert_eq!(app.count("messages").await, 2);
    assert_eq!(conversation(&app, &bob, &id).await["unreadCount"], 2);
    let clash = app.run(&ann, SEND, input("goodbye")).await;
    assert_eq!(user_errors(&clash), ["input.clientKey CONFLICT"]);
    let of_another = app.ok(&bob, SEND, input("goodbye")).await;
    assert_eq!(of_another["sendMessage"]["message"]["sequence"], 3);
}

#[tokio::test]
async fn the_51st_message_of_a_minute_is_refused_and_repeats_cost_nothing() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for number in 1..=48 {
        sent(&app, &ann, &id, &format!("message {number}")).await;
    }
    let keyed = json!({ "input": { "conversationId": id, "text": "the 50th", "clientKey": "k1" } });
    app.ok(&ann, SEND, keyed.clone()).await;

    let refused = send(&app, &ann, &id, "one too many").await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(refused.body["errors"][0]["extensions"]["retryAfter"], 60);
    app.ok(&ann, SEND, keyed).await;
    assert_eq!(app.count("messages").await, 50);

    app.clock.advance(Duration::from_secs(60));
    assert_eq!(sent(&app, &ann, &id, "later").await, 51, "a refusal takes no number");
}

#[tokio::test]
async fn images_and_replies_come_back_with_the_message() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = app
        .ok(
            &bob,
            SEND,
            json!({ "input": { "conversationId": id, "text": "a photo?" } }),
        )
        .await;
    let question = text(&first["sendMessage"]["message"]["id"]);
    let second = fixtures::photo(&app, &ann, UploadPurpose::ChatImage).await.to_string();
    let image = fixtures::photo(&app, &ann, UploadPurpose::ChatImage).await.to_string();

    let input = json!({ "conversationId": id, "imageIds": [image, second], "replyToId": question });
    let answer = app.ok(&ann, SEND, json!({ "input": input })).await;

    let message = &answer["sendMessage"]["message"];
    assert_eq!(message["images"], json!([{ "id": image }, { "id": second }]));
    assert_eq!(message["replyTo"]["id"], question);
    assert!(message["text"].is_null());
}

#[tokio::test]
async fn what_is_wrong_with_a_message_is_said_and_nothing_is_sent() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let cleo = app.member("cleo").await;
    let id = opened(&app, &ann, &bob).await;
    let elsewhere = opened(&app, &ann, &cleo).await;
    let answer = send(&app, &ann, &elsewhere, "there").await;
    let message_elsewhere = text(&answer.data()["sendMessage"]["message"]["id"]);
    let of_bob = fixtures::photo(&app, &bob, UploadPurpose::ChatImage).await.to_string();
    let of_a_pet = fixtures::photo(&app, &ann, UploadPurpose::PetPhoto).await.to_string();
    let image = fixtures::photo(&app, &ann, UploadPurpose::ChatImage).await.to_string();
    let before = app.footprint().await;
    let refusals = [
        (json!({ "text": "" }), "input.text REQUIRED"),
        (json!({}), "input.text REQUIRED"),
        (json!({ "text": "x".repeat(1001) }), "input.text TOO_LONG"),
        (
            json!({ "text": "x", "imageIds": [of_bob] }),
            "input.imageIds.0 NOT_FOUND",
        ),
        (
            json!({ "text": "x", "imageIds": [image, of_a_pet] }),
            "input.imageIds.1 NOT_FOUND",
        ),
        (
            json!({ "text": "x", "imageIds": [image, image] }),
            "input.imageIds.1 INVALID",
        ),
        (
            json!({ "text": "x", "imageIds": vec![image; 7] }),
            "input.imageIds TOO_MANY",
        ),
        (
            json!({ "text": "x", "replyToId": message_elsewhere }),
            "input.replyToId NOT_FOUND",
        ),
        (
            json!({ "text": "x", "replyToId": "msg_1" }),
            "input.replyToId NOT_FOUND",
        ),
        (json!({ "text": "x", "clientKey": " " }), "input.clientKey REQUIRED"),
    ];

    for (mut input, fault) in refusals {
        input["conversationId"] = json!(id);
        let answer = app.run(&ann, SEND, json!({ "input": input })).await;
        assert_eq!(user_errors(&answer), [fault], "{:#}", answer.body);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn what_several_scripts_and_emoji_need_is_kept() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for words in [
        "می\u{200c}خواهم",
        "👩\u{200d}🌾",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    ] {
        sent(&app, &ann, &id, words).await;
        assert_eq!(conversation(&app, &bob, &id).await["lastMessage"]["text"], words);
    }
}
