//! Blocks, as streams that are open already meet them.

use std::time::Duration;

use serde_json::json;

use super::{
    MESSAGES, TYPING, UPDATES,
    block::{block, blocked},
    fixtures, opened, send, sent, start, text, type_in,
};
use crate::support::{Actor, LIMIT, Stream, TestApp, until};

const MOMENT: Duration = Duration::from_millis(200);

/// Signals until the stream says that `who`, who was not seen to type, is typing: repeats are told once.
async fn seen_typing(app: &TestApp, who: &Actor, id: &str, stream: &mut Stream) {
    until(LIMIT, "typing is seen", async || {
        type_in(app, who, id, true).await;
        match stream.poll().await {
            Some(event) => event["typing"]["typing"] == true && event["typing"]["member"]["displayName"] == *who.name,
            None => false,
        }
    })
    .await;
}

#[tokio::test]
async fn an_open_stream_of_messages_stays_silent_until_the_block_ends() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let (of_ann, of_bob) = (app.socket(&ann).await, app.socket(&bob).await);
    let mut streams = [
        of_ann.subscribe(MESSAGES, json!({ "id": id, "after": 1 })),
        of_bob.subscribe(MESSAGES, json!({ "id": id, "after": 1 })),
    ];
    sent(&app, &bob, &id, "before").await;
    for stream in &mut streams {
        assert_eq!(stream.next().await["messages"]["message"]["text"], "before");
    }
    let mut updates = of_ann.subscribe(UPDATES, json!({}));

    blocked(&app, &ann, &bob).await;
    for member in [&ann, &bob] {
        send(&app, member, &id, "during").await;
    }
    for stream in &mut streams {
        stream.hears_nothing(MOMENT).await;
    }
    updates.hears_nothing(MOMENT).await;

    block(&app, &ann, &bob, false).await;
    sent(&app, &bob, &id, "after").await;
    for stream in &mut streams {
        let event = stream.next().await["messages"].take();
        assert_eq!(
            (&event["revision"], &event["message"]["text"]),
            (&json!(3), &json!("after"))
        );
    }
}

#[tokio::test]
async fn an_open_stream_of_typing_tells_nothing_more_of_the_other_on_either_side() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let (of_ann, of_bob) = (app.socket(&ann).await, app.socket(&bob).await);
    let mut seen_by_ann = of_ann.subscribe(TYPING, json!({ "id": id }));
    let mut seen_by_bob = of_bob.subscribe(TYPING, json!({ "id": id }));
    seen_typing(&app, &bob, &id, &mut seen_by_ann).await;
    seen_typing(&app, &ann, &id, &mut seen_by_bob).await;

    blocked(&app, &ann, &bob).await;
    for typing in [false, true] {
        for member in [&ann, &bob] {
            type_in(&app, member, &id, typing).await;
        }
    }
    seen_by_ann.hears_nothing(MOMENT).await;
    seen_by_bob.hears_nothing(MOMENT).await;

    block(&app, &ann, &bob, false).await;
    seen_typing(&app, &bob, &id, &mut seen_by_ann).await;
    seen_typing(&app, &ann, &id, &mut seen_by_bob).await;
}

#[tokio::test]
async fn among_several_only_the_two_do_not_see_each_other_type() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    fixtures::hire(&app, shelter, &cleo).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    let (of_ann, of_cleo) = (app.socket(&ann).await, app.socket(&cleo).await);
    let mut seen_by_ann = of_ann.subscribe(TYPING, json!({ "id": id }));
    let mut seen_by_cleo = of_cleo.subscribe(TYPING, json!({ "id": id }));
    blocked(&app, &ann, &bob).await;

    seen_typing(&app, &bob, &id, &mut seen_by_cleo).await;
    seen_typing(&app, &cleo, &id, &mut seen_by_ann).await;
    type_in(&app, &bob, &id, true).await;
    seen_by_ann.hears_nothing(MOMENT).await;
}

#[tokio::test]
async fn whoever_has_left_is_not_seen_to_type_and_sees_nobody() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    let (of_ann, of_bob) = (app.socket(&ann).await, app.socket(&bob).await);
    let mut seen_by_ann = of_ann.subscribe(TYPING, json!({ "id": id }));
    let mut seen_by_bob = of_bob.subscribe(TYPING, json!({ "id": id }));
    seen_typing(&app, &ann, &id, &mut seen_by_bob).await;
    seen_typing(&app, &bob, &id, &mut seen_by_ann).await;

    fixtures::dismiss(&app, shelter, &bob).await;
    type_in(&app, &bob, &id, false).await;
    type_in(&app, &ann, &id, false).await;

    let ended = seen_by_bob.next_answer().await;
    assert_eq!(crate::support::codes(&ended), ["NOT_FOUND"]);
    seen_by_ann.hears_nothing(MOMENT).await;
}
