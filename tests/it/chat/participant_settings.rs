//! archiveConversation, muteConversation, markDelivered, updatePrivacy.

use serde_json::{Value, json};

use super::{UPDATES, call, conversation, group, inbox, mark_read, opened, said, sent, text, unread};
use crate::support::{Actor, Answer, Caller, LIMIT, TestApp, Visitor, codes, until, user_errors};

const LISTS: &str = "{ viewer { unreadMessageCount current: conversations { nodes { id muted } }
    archived: conversations(archived: true) { totalCount nodes { id unreadCount } } } }";

async fn change(app: &TestApp, caller: &impl Caller, mutation: &str, input: Value) -> Answer {
    call(
        app,
        caller,
        mutation,
        "conversation { id archived muted unreadCount }",
        input,
    )
    .await
}

async fn lists(app: &TestApp, caller: &impl Caller) -> Value {
    app.ok(caller, LISTS, json!({})).await["viewer"].take()
}

/// What somebody sees of another one's markers: delivered and read.
async fn markers(app: &TestApp, by: &Actor, id: &str, of: &Actor) -> (i64, i64) {
    let query = "query($id: ID!) { node(id: $id) { ... on Conversation {
        participants { member { id } readUpTo deliveredUpTo } } } }";
    let seen = app.ok(by, query, json!({ "id": id })).await;
    let participants = seen["node"]["participants"].as_array().unwrap().clone();
    let participant = participants
        .iter()
        .find(|participant| participant["member"]["id"] == of.id)
        .unwrap()
        .clone();
    (
        participant["deliveredUpTo"].as_i64().unwrap(),
        participant["readUpTo"].as_i64().unwrap(),
    )
}

async fn set_receipts(app: &TestApp, caller: &impl Caller, shown: bool) {
    let answer = call(
        app,
        caller,
        "updatePrivacy",
        "privacy { readReceipts }",
        json!({ "readReceipts": shown }),
    )
    .await;
    assert_eq!(answer.data()["updatePrivacy"]["privacy"]["readReceipts"], shown);
}

#[tokio::test]
async fn what_is_put_away_counts_on_and_comes_back_with_the_next_message() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;

    let answer = change(&app, &bob, "archiveConversation", json!({ "conversationId": id })).await;

    assert_eq!(answer.data()["archiveConversation"]["conversation"]["archived"], true);
    let put_away = lists(&app, &bob).await;
    assert_eq!(put_away["current"]["nodes"], json!([]));
    assert_eq!(
        put_away["archived"],
        json!({ "totalCount": 1, "nodes": [{ "id": id, "unreadCount": 1 }] })
    );
    assert_eq!(put_away["unreadMessageCount"], 1);
    assert_eq!(
        inbox(&app, &ann).await["conversations"]["totalCount"],
        1,
        "it is away for bob alone"
    );

    sent(&app, &ann, &id, "are you there?").await;
    let back = lists(&app, &bob).await;
    assert_eq!(
        (&back["current"]["nodes"][0]["id"], &back["archived"]["totalCount"]),
        (&json!(id), &json!(0))
    );
    assert_eq!(back["unreadMessageCount"], 2);
}

#[tokio::test]
async fn what_the_system_tells_and_an_edit_bring_nothing_back() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = group(&app, &ann, &[&bob]).await;
    let first = said(&app, &ann, &id, "hello").await;
    change(&app, &bob, "archiveConversation", json!({ "conversationId": id })).await;

    call(
        &app,
        &ann,
        "renameConversation",
        "conversation { id }",
        json!({ "conversationId": id, "title": "Us" }),
    )
    .await;
    call(
        &app,
        &ann,
        "editMessage",
        "message { id }",
        json!({ "id": first, "text": "hello bob" }),
    )
    .await;

    assert_eq!(lists(&app, &bob).await["archived"]["totalCount"], 1);
    change(
        &app,
        &bob,
        "archiveConversation",
        json!({ "conversationId": id, "archived": false }),
    )
    .await;
    assert_eq!(lists(&app, &bob).await["archived"]["totalCount"], 0);
}

#[tokio::test]
async fn a_muted_conversation_counts_but_does_not_notify() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;

    change(&app, &bob, "muteConversation", json!({ "conversationId": id })).await;
    app.run_work().await;

    let seen = lists(&app, &bob).await;
    assert_eq!(
        (&seen["current"]["nodes"][0]["muted"], &seen["unreadMessageCount"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(app.count("notifications").await, 0);
    let answer = change(
        &app,
        &bob,
        "muteConversation",
        json!({ "conversationId": id, "muted": false }),
    )
    .await;
    assert_eq!(answer.data()["muteConversation"]["conversation"]["muted"], false);
}

#[tokio::test]
async fn what_is_so_already_is_not_announced() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let before = app.footprint().await;
    change(
        &app,
        &bob,
        "archiveConversation",
        json!({ "conversationId": id, "archived": false }),
    )
    .await;
    change(
        &app,
        &bob,
        "muteConversation",
        json!({ "conversationId": id, "muted": false }),
    )
    .await;
    call(
        &app,
        &bob,
        "markDelivered",
        "conversation { id }",
        json!({ "conversationId": id, "upTo": 0 }),
    )
    .await;
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn markers_of_delivery_move_forward_only_and_reading_moves_them_too() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for words in ["two", "three", "four"] {
        sent(&app, &ann, &id, words).await;
    }
    let deliver = async |up_to: i64| {
        call(
            &app,
            &bob,
            "markDelivered",
            "conversation { id }",
            json!({ "conversationId": id, "upTo": up_to }),
        )
        .await
    };
    deliver(3).await;
    deliver(2).await;
    assert_eq!(markers(&app, &bob, &id, &bob).await, (3, 0));
    assert_eq!(
        markers(&app, &ann, &id, &bob).await,
        (0, 0),
        "an unanswered message does not tell when somebody is there"
    );
    assert_eq!(unread(&app, &bob).await, 4, "what has arrived is not read");
    sent(&app, &bob, &id, "wait").await;
    sent(&app, &ann, &id, "for what?").await;
    assert_eq!(
        markers(&app, &ann, &id, &bob).await,
        (5, 0),
        "but between two who write it does"
    );
    mark_read(&app, &bob, &id, 6).await;
    assert_eq!(markers(&app, &ann, &id, &bob).await, (6, 6));
    for up_to in [7, -1] {
        assert_eq!(user_errors(&deliver(up_to).await), ["input.upTo OUT_OF_RANGE"]);
    }
}

#[tokio::test]
async fn who_reads_privately_reads_without_being_seen() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    mark_read(&app, &bob, &id, 1).await;
    set_receipts(&app, &bob, false).await;
    sent(&app, &ann, &id, "two").await;

    mark_read(&app, &bob, &id, 2).await;
    assert_eq!(unread(&app, &bob).await, 0, "their own count moves");
    assert_eq!(markers(&app, &ann, &id, &bob).await, (1, 1), "nobody else sees it");
    assert_eq!(markers(&app, &bob, &id, &bob).await, (2, 2), "but they themselves do");
    sent(&app, &bob, &id, "an answer").await;
    assert_eq!(
        markers(&app, &ann, &id, &bob).await.1,
        1,
        "an answer gives nothing away either"
    );

    set_receipts(&app, &bob, true).await;
    assert_eq!(
        markers(&app, &ann, &id, &bob).await.1,
        1,
        "what was read privately stays so"
    );
    sent(&app, &ann, &id, "four").await;
    mark_read(&app, &bob, &id, 4).await;
    assert_eq!(markers(&app, &ann, &id, &bob).await.1, 4);
}

#[tokio::test]
async fn between_two_the_other_is_told_of_reading_unless_it_is_private() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&ann).await;
    let query = UPDATES.replace("unreadCount", "unreadCount participants { readUpTo }");
    let mut stream = socket.subscribe(&query, json!({}));
    until(LIMIT, "the stream listens", async || {
        sent(&app, &ann, &id, "ping").await;
        stream.poll().await.is_some()
    })
    .await;
    let last = sent(&app, &ann, &id, "are you there?").await;
    mark_read(&app, &bob, &id, last).await;
    let mut event = stream.next().await;
    while event["conversationUpdates"]["participants"] != json!([{ "readUpTo": last }, { "readUpTo": last }]) {
        event = stream.next().await;
    }

    set_receipts(&app, &bob, false).await;
    let next = sent(&app, &ann, &id, "and now?").await;
    mark_read(&app, &bob, &id, next).await;
    let after = sent(&app, &ann, &id, "the last").await;
    loop {
        let event = stream.next().await["conversationUpdates"].take();
        let mut read: Vec<i64> = event["participants"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["readUpTo"].as_i64())
            .collect();
        read.sort_unstable();
        assert_eq!(read[0], last, "bob's marker stands still");
        if read[1] == after {
            break;
        }
    }
}

#[tokio::test]
async fn whoever_takes_no_part_sets_nothing() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = opened(&app, &ann, &bob).await;
    let before = app.footprint().await;
    for (mutation, input) in [
        ("archiveConversation", json!({ "conversationId": id })),
        ("muteConversation", json!({ "conversationId": id })),
        ("markDelivered", json!({ "conversationId": id, "upTo": 1 })),
    ] {
        let answer = change(&app, &cleo, mutation, input.clone()).await;
        assert_eq!(user_errors(&answer), ["input.conversationId NOT_FOUND"], "{mutation}");
        assert_eq!(
            codes(&change(&app, &Visitor, mutation, input).await),
            ["UNAUTHENTICATED"],
            "{mutation}"
        );
    }
    let privacy = call(&app, &Visitor, "updatePrivacy", "privacy { readReceipts }", json!({})).await;
    assert_eq!(codes(&privacy), ["UNAUTHENTICATED"]);
    assert_eq!(app.footprint().await, before);
    assert!(conversation(&app, &cleo, &id).await.is_null());
    assert_eq!(text(&lists(&app, &bob).await["current"]["nodes"][0]["id"]), id);
}
