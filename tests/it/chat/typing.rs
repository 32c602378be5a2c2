//! Typing.

use std::time::Duration;

use finding_sweetie::ports::bus::Bell;
use serde_json::json;

use super::{TYPING, call, conversation, group, opened, sent, type_in};
use crate::support::{Actor, LIMIT, Stream, TestApp, codes, until, user_errors};

#[tokio::test]
async fn the_others_see_it_once_and_the_typist_not_at_all() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let before = app.footprint().await;
    let (of_ann, of_bob) = (app.socket(&ann).await, app.socket(&bob).await);
    let mut seen_by_ann = of_ann.subscribe(TYPING, json!({ "id": id }));
    let mut seen_by_bob = of_bob.subscribe(TYPING, json!({ "id": id }));

    // Signals are not kept, so they are sent until somebody listens.
    let mut event = None;
    until(LIMIT, "bob sees that ann is typing", async || {
        type_in(&app, &ann, &id, true).await;
        event = seen_by_bob.poll().await;
        event.is_some()
    })
    .await;
    let event = event.unwrap();
    assert_eq!(event["typing"]["typing"], true);
    assert_eq!(event["typing"]["member"]["displayName"], "ann");
    assert_eq!(event["typing"]["conversation"]["id"], id);
    type_in(&app, &ann, &id, true).await;
    type_in(&app, &ann, &id, false).await;
    assert_eq!(
        seen_by_bob.next().await["typing"]["typing"],
        false,
        "repeats are not told"
    );

    until(LIMIT, "ann sees that bob is typing", async || {
        type_in(&app, &bob, &id, true).await;
        event_is_of_bob(seen_by_ann.poll().await)
    })
    .await;
    assert_eq!(app.footprint().await, before, "nothing is stored");
}

fn event_is_of_bob(event: Option<serde_json::Value>) -> bool {
    event.is_some_and(|event| {
        assert_eq!(
            event["typing"]["member"]["displayName"], "bob",
            "ann never sees herself"
        );
        true
    })
}

/// Ann types until the stream has told it.
async fn is_seen(app: &TestApp, ann: &Actor, id: &str, stream: &mut Stream) {
    until(LIMIT, "bob sees that ann is typing", async || {
        type_in(app, ann, id, true).await;
        stream.poll().await.is_some()
    })
    .await;
}

#[tokio::test]
async fn a_message_ends_typing_and_who_types_on_is_told_anew() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(TYPING, json!({ "id": id }));
    is_seen(&app, &ann, &id, &mut stream).await;

    sent(&app, &ann, &id, "I am on my way").await;
    type_in(&app, &ann, &id, true).await;

    assert_eq!(stream.next().await["typing"]["typing"], false, "with the message");
    assert_eq!(stream.next().await["typing"]["typing"], true, "she types on");
    opened(&app, &ann, &bob).await;
    type_in(&app, &ann, &id, true).await;
    assert_eq!(
        stream.next().await["typing"]["typing"],
        false,
        "with a message from the report's page"
    );
    assert_eq!(stream.next().await["typing"]["typing"], true);
}

#[tokio::test]
async fn nobody_types_for_ever_who_has_left() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob, &cleo]).await;
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(TYPING, json!({ "id": id }));
    is_seen(&app, &cleo, &id, &mut stream).await;

    call(&app, &cleo, "leaveConversation", "", json!({ "conversationId": id })).await;

    assert_eq!(stream.next().await["typing"]["typing"], false);
}

#[tokio::test]
async fn typing_ends_by_itself() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(TYPING, json!({ "id": id }));
    is_seen(&app, &ann, &id, &mut stream).await;

    // Advanced repeatedly, because some of the signals sent before the first one was seen may still be on their way.
    let mut ended = None;
    until(LIMIT, "typing expires", async || {
        app.clock.advance(Duration::from_secs(7));
        ended = stream.poll().await;
        ended.is_some()
    })
    .await;

    assert_eq!(ended.unwrap()["typing"]["typing"], false);
}

#[tokio::test]
async fn a_stream_waits_for_a_database_that_is_away() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    let mut stream = socket.subscribe(TYPING, json!({ "id": id }));
    is_seen(&app, &ann, &id, &mut stream).await;

    app.deps.db.clone().close().await.unwrap();
    // Another node still has its database.
    app.deps.bus.ring(Bell::Signal {
        topic: format!("typing:{id}"),
        body: json!({ "member_id": ann.id, "is_typing": false }).to_string(),
    });

    stream.hears_nothing(Duration::from_millis(300)).await;
}

#[tokio::test]
async fn whoever_takes_no_part_neither_types_nor_sees_typing() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = opened(&app, &ann, &bob).await;
    assert_eq!(
        user_errors(&type_in(&app, &cleo, &id, true).await),
        ["input.conversationId NOT_FOUND"]
    );
    let socket = app.socket(&cleo).await;
    let mut stream = socket.subscribe(TYPING, json!({ "id": id }));
    assert_eq!(codes(&stream.next_answer().await), ["NOT_FOUND"]);
    assert!(conversation(&app, &cleo, &id).await.is_null());
}
