//! Blocks and reviews, where messages change and groups grow.

use serde_json::json;

use super::{
    block::{block, blocked},
    call, conversation, start, text,
};
use crate::support::{TestApp, user_errors};

#[tokio::test]
async fn across_a_block_nothing_is_edited_or_reacted_to_but_ones_own_words_can_be_taken_back() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let started = start(&app, &bob, json!({ "memberId": ann.id, "text": "hello" })).await;
    let started = &started.data()["startConversation"];
    let (id, message) = (text(&started["conversation"]["id"]), text(&started["message"]["id"]));
    blocked(&app, &ann, &bob).await;
    let before = app.footprint().await;

    let edit = json!({ "id": message, "text": "look here" });
    let answer = call(&app, &bob, "editMessage", "message { id }", edit.clone()).await;
    assert_eq!(user_errors(&answer), ["input.id NOT_ALLOWED"]);
    let react = json!({ "id": message, "emoji": "👍" });
    let answer = call(&app, &ann, "reactToMessage", "message { id }", react).await;
    assert_eq!(user_errors(&answer), ["input.id NOT_ALLOWED"]);
    assert_eq!(app.footprint().await, before);

    let answer = call(&app, &bob, "deleteMessage", "message { id }", json!({ "id": message })).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
    assert_eq!(
        conversation(&app, &ann, &id).await["messages"]["nodes"][0]["text"],
        json!(null)
    );
}

#[tokio::test]
async fn nobody_is_brought_into_a_group_by_whom_they_have_blocked() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    blocked(&app, &ann, &bob).await;
    let before = app.footprint().await;
    let both = json!({ "title": "Sweetie", "memberIds": [ann.id, cleo.id] });
    let answer = call(&app, &bob, "startGroup", "conversation { id }", both.clone()).await;
    assert_eq!(user_errors(&answer), ["input.memberIds NOT_ALLOWED"]);
    assert_eq!(app.footprint().await, before);

    let one = json!({ "title": "Sweetie", "memberIds": [cleo.id] });
    let answer = call(&app, &bob, "startGroup", "conversation { id }", one).await;
    let id = text(&answer.data()["startGroup"]["conversation"]["id"]);
    let add = json!({ "conversationId": id, "memberIds": [ann.id] });
    let answer = call(&app, &bob, "addParticipants", "conversation { id }", add.clone()).await;
    assert_eq!(user_errors(&answer), ["input.memberIds NOT_ALLOWED"]);

    block(&app, &ann, &bob, false).await;
    let answer = call(&app, &bob, "addParticipants", "conversation { id }", add).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
}

#[tokio::test]
async fn an_edit_and_the_first_words_of_a_group_are_reviewed_like_a_message() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let group = json!({ "title": "Sweetie", "memberIds": [ann.id], "text": "482913" });
    let answer = call(&app, &bob, "startGroup", "conversation { id }", group).await;
    assert_eq!(user_errors(&answer), ["input.acknowledge CONFLICT"]);
    assert_eq!(app.count("conversations").await, 0);

    let started = start(&app, &bob, json!({ "memberId": ann.id, "text": "hello" })).await;
    let message = text(&started.data()["startConversation"]["message"]["id"]);
    let edit = async |input| call(&app, &bob, "editMessage", "message { id }", input).await;
    let answer = edit(json!({ "id": message, "text": "it's 482913" })).await;
    assert_eq!(user_errors(&answer), ["input.acknowledge CONFLICT"]);
    for (words, rule) in [
        ("text me on WhatsApp", json!("leave-app")),
        ("is Sweetie with you?", json!(null)),
    ] {
        let answer = edit(json!({ "id": message, "text": words })).await;
        assert_eq!(user_errors(&answer), Vec::<String>::new(), "{words}");
        let query = "query($id: ID!) { node(id: $id) { ... on Message { text warningRule } } }";
        let seen = app.ok(&ann, query, json!({ "id": message })).await;
        assert_eq!(seen["node"], json!({ "text": words, "warningRule": rule }));
    }
}

#[tokio::test]
async fn the_title_of_a_group_is_reviewed_where_it_is_told() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let input = json!({ "title": "text me on WhatsApp, fuck", "memberIds": [ann.id] });
    let answer = call(&app, &bob, "startGroup", "conversation { id }", input).await;
    let id = text(&answer.data()["startGroup"]["conversation"]["id"]);
    let rename = json!({ "conversationId": id, "title": "Sweetie" });
    call(&app, &bob, "renameConversation", "conversation { id }", rename).await;

    let query = "query($id: ID!) { node(id: $id) { ... on Conversation { messages(first: 2) { nodes { text warningRule } } } } }";
    let seen = app.ok(&ann, query, json!({ "id": id })).await;

    let told = [
        json!({ "text": "bob started the group “text me on WhatsApp, f***” with ann", "warningRule": "leave-app" }),
        json!({ "text": "bob named the group “Sweetie”", "warningRule": null }),
    ];
    assert_eq!(seen["node"]["messages"]["nodes"], json!(told));
}
