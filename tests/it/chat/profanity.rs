//! Coarse words, as their readers want them.

use serde_json::{Value, json};

use super::{opened, sent};
use crate::support::{Actor, TestApp};

const SEEN: &str = "query($id: ID!) { node(id: $id) { ... on Conversation {
    messages(last: 1) { nodes { text held whole: text(whole: true) } } } } }";
const SET: &str = "mutation($filter: ProfanityFilter!) { updateProfanityFilter(input: { filter: $filter }) {
    filter userErrors { field code } } }";
const HEARD: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    message { text held } } }";

async fn seen(app: &TestApp, who: &Actor, id: &str) -> Value {
    app.ok(who, SEEN, json!({ "id": id })).await["node"]["messages"]["nodes"][0].take()
}

async fn set(app: &TestApp, who: &Actor, filter: &str) {
    let data = app.ok(who, SET, json!({ "filter": filter })).await;
    assert_eq!(data["updateProfanityFilter"]["filter"], filter);
    let viewer = app.ok(who, "{ viewer { profanityFilter } }", json!({})).await;
    assert_eq!(viewer["viewer"]["profanityFilter"], filter);
}

#[tokio::test]
async fn coarse_words_of_others_are_masked_shown_or_held_as_the_reader_chooses() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let words = "what the fuck, Biscuit!";
    sent(&app, &ann, &id, words).await;

    let masked = json!({ "text": "what the f***, Biscuit!", "held": false, "whole": words });
    assert_eq!(
        seen(&app, &bob, &id).await,
        masked,
        "masked unless something else is chosen"
    );
    set(&app, &bob, "SHOW").await;
    assert_eq!(
        seen(&app, &bob, &id).await,
        json!({ "text": words, "held": false, "whole": words })
    );
    set(&app, &bob, "HOLD").await;
    assert_eq!(
        seen(&app, &bob, &id).await,
        json!({ "text": null, "held": true, "whole": words })
    );
    set(&app, &bob, "MASK").await;
    assert_eq!(seen(&app, &bob, &id).await, masked);

    let own = json!({ "text": words, "held": false, "whole": words });
    set(&app, &ann, "HOLD").await;
    assert_eq!(seen(&app, &ann, &id).await, own, "senders see what they wrote");
}

#[tokio::test]
async fn an_open_stream_follows_the_setting() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    let mut heard = socket.subscribe(HEARD, json!({ "id": id, "after": 1 }));
    for (filter, text, held) in [
        ("MASK", json!("s***!"), false),
        ("HOLD", Value::Null, true),
        ("SHOW", json!("shit!"), false),
    ] {
        set(&app, &bob, filter).await;
        sent(&app, &ann, &id, "shit!").await;
        let event = heard.next().await["messages"]["message"].take();
        assert_eq!(event, json!({ "text": text, "held": held }), "{filter}");
    }
}
