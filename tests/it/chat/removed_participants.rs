//! Whoever leaves a group or is removed from it, and the streams that were open.

use serde_json::json;

use super::{MESSAGES, call, conversation, group, inbox, said, send, sent, unread};
use crate::support::{Actor, TestApp, codes, user_errors};

async fn remove(app: &TestApp, by: &Actor, id: &str, member: &Actor) {
    let input = json!({ "conversationId": id, "memberId": member.id });
    let answer = call(app, by, "removeParticipant", "conversation { id }", input).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
}

#[tokio::test]
async fn who_is_removed_loses_the_open_stream_at_once_and_hears_nothing_said_after() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob, &cleo]).await;
    let (of_bob, of_cleo) = (app.socket(&bob).await, app.socket(&cleo).await);
    let mut removed = of_bob.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
    let mut staying = of_cleo.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
    assert_eq!(removed.next().await["messages"]["revision"], 1);

    remove(&app, &ann, &id, &bob).await;
    sent(&app, &ann, &id, "a secret").await;

    assert_eq!(
        codes(&removed.next_answer().await),
        ["NOT_FOUND"],
        "not even that they were removed"
    );
    for revision in 1..=3 {
        assert_eq!(staying.next().await["messages"]["revision"], revision);
    }
    let mut again = of_bob.subscribe(MESSAGES, json!({ "id": id, "after": 1 }));
    assert_eq!(codes(&again.next_answer().await), ["NOT_FOUND"]);
}

#[tokio::test]
async fn who_leaves_loses_the_open_stream_at_once() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = group(&app, &ann, &[&bob]).await;
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": 1 }));
    sent(&app, &ann, &id, "hello").await;
    assert_eq!(stream.next().await["messages"]["revision"], 2);

    call(&app, &bob, "leaveConversation", "", json!({ "conversationId": id })).await;

    assert_eq!(codes(&stream.next_answer().await), ["NOT_FOUND"]);
}

#[tokio::test]
async fn who_is_removed_has_no_part_in_anything_any_more() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = group(&app, &ann, &[&bob]).await;
    let first = said(&app, &ann, &id, "at the river").await;
    assert_eq!(unread(&app, &bob).await, 1);
    remove(&app, &ann, &id, &bob).await;
    let before = app.footprint().await;

    assert!(conversation(&app, &bob, &id).await.is_null());
    assert!(super::message(&app, &bob, &first).await.is_null());
    assert_eq!(unread(&app, &bob).await, 0);
    assert_eq!(inbox(&app, &bob).await["conversations"]["totalCount"], 0);
    let found = "{ viewer { searchMessages(query: \"river\") { totalCount nodes { id } } } }";
    let found = app.ok(&bob, found, json!({})).await;
    assert_eq!(
        found["viewer"]["searchMessages"],
        json!({ "totalCount": 0, "nodes": [] })
    );
    assert_eq!(
        user_errors(&send(&app, &bob, &id, "hey").await),
        ["input.conversationId NOT_FOUND"]
    );
    for (mutation, selection, input) in [
        (
            "markRead",
            "conversation { id }",
            json!({ "conversationId": id, "upTo": 1 }),
        ),
        (
            "markDelivered",
            "conversation { id }",
            json!({ "conversationId": id, "upTo": 1 }),
        ),
        (
            "archiveConversation",
            "conversation { id }",
            json!({ "conversationId": id }),
        ),
        (
            "muteConversation",
            "conversation { id }",
            json!({ "conversationId": id }),
        ),
        ("setTyping", "", json!({ "conversationId": id })),
        ("leaveConversation", "", json!({ "conversationId": id })),
    ] {
        let answer = call(&app, &bob, mutation, selection, input).await;
        assert_eq!(user_errors(&answer), ["input.conversationId NOT_FOUND"], "{mutation}");
    }
    let react = json!({ "id": first, "emoji": "👍" });
    let answer = call(&app, &bob, "reactToMessage", "message { id }", react).await;
    assert_eq!(user_errors(&answer), ["input.id NOT_FOUND"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn sending_while_being_removed_gets_in_before_or_not_at_all() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for round in 0..8 {
        let id = group(&app, &ann, &[&bob]).await;
        let (answer, ()) =
            futures_util::future::join(send(&app, &bob, &id, "wait"), remove(&app, &ann, &id, &bob)).await;

        let seen = conversation(&app, &ann, &id).await;
        let texts: Vec<&str> = seen["messages"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|node| node["text"].as_str())
            .collect();
        match user_errors(&answer).is_empty() {
            true => assert_eq!(texts[1..], ["wait", "ann removed bob"], "round {round}"),
            false => assert_eq!(texts[1..], ["ann removed bob"], "round {round}"),
        }
    }
}

#[tokio::test]
async fn who_comes_back_sees_it_all_again() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = group(&app, &ann, &[&bob]).await;
    remove(&app, &ann, &id, &bob).await;
    sent(&app, &ann, &id, "while bob was away").await;

    let input = json!({ "conversationId": id, "memberIds": [bob.id] });
    call(&app, &ann, "addParticipants", "conversation { id }", input).await;

    let seen = conversation(&app, &bob, &id).await;
    assert_eq!(
        (&seen["messages"]["totalCount"], &seen["unreadCount"]),
        (&json!(4), &json!(0))
    );
    sent(&app, &ann, &id, "welcome back").await;
    assert_eq!(unread(&app, &bob).await, 1);
}
