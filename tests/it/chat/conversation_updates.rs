//! The subscription to one's own conversations, and their list.

use serde_json::json;

use super::{UPDATES, inbox, mark_read, opened, sent};
use crate::support::{LIMIT, Socket, Stream, TestApp, until};

/// A stream that is known to listen: it has told of a message.
async fn listening(socket: &Socket, prompt: impl AsyncFn() -> i64) -> Stream {
    let mut stream = socket.subscribe(UPDATES, json!({}));
    until(LIMIT, "the stream listens", async || {
        prompt().await;
        stream.poll().await.is_some()
    })
    .await;
    stream
}

#[tokio::test]
async fn every_change_shows_in_the_stream_with_the_state_after_it() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    let mut stream = listening(&socket, async || sent(&app, &ann, &id, "are you there?").await).await;

    let last = sent(&app, &ann, &id, "the last").await;
    // The event of the message before may already have come with the last one, counted before it was there.
    let is_last = |event: &serde_json::Value| {
        let changed = &event["conversationUpdates"];
        changed["lastMessage"]["text"] == "the last" && changed["unreadCount"] == last
    };
    let mut event = stream.next().await;
    while !is_last(&event) {
        event = stream.next().await;
    }

    mark_read(&app, &bob, &id, last).await;
    // Other devices see it too. The state after the last message may have come with the message before it, and once more.
    while event["conversationUpdates"]["unreadCount"] != 0 {
        event = stream.next().await;
        assert_eq!(event["conversationUpdates"]["lastMessage"]["text"], "the last");
    }
}

#[tokio::test]
async fn a_burst_over_many_conversations_loses_none_of_them() {
    let app = TestApp::quiet().await;
    let bob = app.member("bob").await;
    let mut ids = Vec::new();
    let mut others = Vec::new();
    for number in 0..8 {
        let other = app.member(&format!("friend{number}")).await;
        ids.push(opened(&app, &other, &bob).await);
        others.push(other);
    }
    let socket = app.socket(&bob).await;
    let mut stream = listening(&socket, async || sent(&app, &others[0], &ids[0], "ping").await).await;

    let sends = others.iter().zip(&ids).map(|(other, id)| sent(&app, other, id, "done"));
    futures_util::future::join_all(sends).await;

    let mut missing: std::collections::BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    while !missing.is_empty() {
        let event = stream.next().await;
        let changed = &event["conversationUpdates"];
        if changed["lastMessage"]["text"] == "done" {
            missing.remove(changed["id"].as_str().unwrap());
        }
    }
}

#[tokio::test]
async fn the_list_has_the_newest_first() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let with_bob = opened(&app, &ann, &bob).await;
    app.clock.advance(std::time::Duration::from_secs(1));
    let with_cleo = opened(&app, &ann, &cleo).await;
    let order = |inbox: serde_json::Value| {
        let nodes = inbox["conversations"]["nodes"].as_array().unwrap().clone();
        nodes
            .iter()
            .map(|node| node["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(order(inbox(&app, &ann).await), [with_cleo.clone(), with_bob.clone()]);
    app.clock.advance(std::time::Duration::from_secs(1));
    sent(&app, &bob, &with_bob, "hello").await;
    assert_eq!(order(inbox(&app, &ann).await), [with_bob, with_cleo]);
}
