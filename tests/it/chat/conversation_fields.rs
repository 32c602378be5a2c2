//! What clients ask of conversations besides their messages.

use serde_json::{Value, json};

use super::{MESSAGES, answered, block::blocked, change_last, opened, sent, start, text};
use crate::{
    pets,
    support::{TestApp, Visitor},
};

const ABOUT: &str = "query($id: ID!) { pet(id: $id) { viewerConversation { id pet { id } } } }";

#[tokio::test]
async fn a_page_says_where_its_stream_resumes() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = answered(&app, &ann, &bob).await;
    change_last(&app, &bob, &id).await;
    let page =
        "query($id: ID!) { node(id: $id) { ... on Conversation { revision messages(last: 20) { nodes { text } } } } }";
    let page = app.ok(&ann, page, json!({ "id": id })).await["node"].clone();
    assert_eq!(page["revision"], 3, "two messages and an edit");

    let socket = app.socket(&ann).await;
    let mut changes = socket.subscribe(MESSAGES, json!({ "id": id, "after": page["revision"] }));
    sent(&app, &bob, &id, "and now?").await;

    let next = changes.next().await["messages"].clone();
    assert_eq!(
        (&next["revision"], &next["message"]["text"]),
        (&json!(4), &json!("and now?"))
    );
}

#[tokio::test]
async fn a_block_shows_in_what_the_viewer_can_send_and_only_its_maker_sees_whose_it_is() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let direct = opened(&app, &ann, &bob).await;
    let group = super::group(&app, &ann, &[&bob, &cleo]).await;
    let query = "query($direct: ID!, $group: ID!) {
        direct: node(id: $direct) { ... on Conversation { viewerCanSend participants { member { displayName viewerHasBlocked } } } }
        group: node(id: $group) { ... on Conversation { viewerCanSend } } }";
    let of = async |who| app.ok(who, query, json!({ "direct": direct, "group": group })).await;
    assert_eq!(of(&ann).await["direct"]["viewerCanSend"], true);

    blocked(&app, &ann, &bob).await;

    for (who, other, has_blocked) in [(&ann, "bob", true), (&bob, "ann", false)] {
        let seen = of(who).await;
        assert_eq!(seen["direct"]["viewerCanSend"], false, "{other}");
        assert_eq!(seen["group"]["viewerCanSend"], true, "a group goes on");
        let members = seen["direct"]["participants"].as_array().unwrap();
        let member = members
            .iter()
            .find(|one| one["member"]["displayName"] == other)
            .unwrap();
        assert_eq!(member["member"]["viewerHasBlocked"], has_blocked, "{other}");
    }
    let of_nobody = "query($id: ID!) { node(id: $id) { ... on Member { viewerHasBlocked } } }";
    let data = app.ok(&Visitor, of_nobody, json!({ "id": bob.id })).await;
    assert_eq!(data["node"]["viewerHasBlocked"], false);
}

#[tokio::test]
async fn a_pet_leads_to_the_conversation_about_it_of_those_who_have_one() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let pet = pets::report(&app, &ann, pets::lost()).await;
    let of = async |who| app.ok(who, ABOUT, json!({ "id": pet })).await["pet"]["viewerConversation"].take();
    assert_eq!(of(&bob).await, Value::Null);
    let ask = async |who| {
        app.clock.advance(std::time::Duration::from_secs(1));
        let answer = start(&app, who, json!({ "petId": pet, "text": "I saw her" })).await;
        text(&answer.data()["startConversation"]["conversation"]["id"])
    };
    let (of_bob, of_cleo) = (ask(&bob).await, ask(&cleo).await);

    assert_eq!(of(&bob).await, json!({ "id": of_bob, "pet": { "id": pet } }));
    assert_eq!(of(&cleo).await["id"], of_cleo.as_str());
    assert_eq!(of(&ann).await["id"], of_cleo.as_str(), "the last written to");
    sent_after(&app, &bob, &of_bob).await;
    assert_eq!(of(&ann).await["id"], of_bob.as_str(), "the last written to");
    let of_visitor = app.ok(&Visitor, ABOUT, json!({ "id": pet })).await;
    assert_eq!(of_visitor["pet"]["viewerConversation"], Value::Null);
}

async fn sent_after(app: &TestApp, who: &crate::support::Actor, conversation: &str) {
    app.clock.advance(std::time::Duration::from_secs(1));
    sent(app, who, conversation, "by the creek").await;
}

#[tokio::test]
async fn null_stands_for_the_default() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let mute = "mutation($id: ID!, $muted: Boolean) { muteConversation(input: { conversationId: $id, muted: $muted }) {
        conversation { muted } userErrors { code } } }";
    for given in [json!({ "id": id }), json!({ "id": id, "muted": null })] {
        app.ok(&ann, mute, json!({ "id": id, "muted": false })).await;
        let muted = app.ok(&ann, mute, given.clone()).await["muteConversation"]["conversation"].take();
        assert_eq!(muted["muted"], true, "{given}");
    }
}
