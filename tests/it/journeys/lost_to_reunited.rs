//! Somebody loses a pet, somebody finds it, they talk, it is home.

use serde_json::json;

use crate::{
    matching::{dog, report, with},
    support::TestApp,
};

const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } message { sequence text } userErrors { field code message } } }";
const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { sequence } userErrors { field code message } } }";
const MESSAGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) { change revision message { sequence text sender { displayName } } } }";

#[tokio::test]
async fn a_lost_pet_is_matched_talked_about_and_reunited() {
    let app = TestApp::with_workers().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(
        &app,
        &ann,
        with(
            dog("LOST", 30.2672, "2026-05-30T10:00:00Z"),
            json!({ "name": "Sweetie" }),
        ),
    )
    .await;
    let (of_ann, of_bob) = (app.socket(&ann).await, app.socket(&bob).await);
    let mut alerts = of_ann.subscribe(
        "subscription { matchAlerts(after: 0) { match { id other { id reporter { id } } } } }",
        json!({}),
    );

    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    let found = alerts.next().await["matchAlerts"]["match"].clone();

    let start = json!({ "input": { "petId": found["other"]["id"], "text": "Is she wearing a red collar?" } });
    let conversation = app.ok(&ann, START, start).await["startConversation"]["conversation"]["id"].clone();
    let from_start = json!({ "id": conversation, "after": 0 });
    let (mut heard_by_ann, mut heard_by_bob) = (
        of_ann.subscribe(MESSAGES, from_start.clone()),
        of_bob.subscribe(MESSAGES, from_start),
    );
    assert_eq!(
        heard_by_bob.next().await["messages"]["message"]["text"],
        "Is she wearing a red collar?"
    );
    assert_eq!(heard_by_ann.next().await["messages"]["message"]["sequence"], 1);
    app.ok(
        &bob,
        SEND,
        json!({ "input": { "conversationId": conversation, "text": "Yes, with a bell." } }),
    )
    .await;
    let answer = heard_by_ann.next().await["messages"].clone();
    assert_eq!(
        answer,
        json!({ "change": "SENT", "revision": 2, "message": { "sequence": 2, "text": "Yes, with a bell.", "sender": { "displayName": "bob" } } })
    );

    app.ok(
        &ann,
        "mutation($id: ID!) { confirmMatch(input: { id: $id }) { userErrors { code } } }",
        json!({ "id": found["id"] }),
    )
    .await;
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { pet { status } userErrors { code message } } }";
    let closed = app.ok(&ann, close, json!({ "id": lost })).await;
    assert_eq!(closed["closePet"]["pet"]["status"], "REUNITED");
    assert_eq!(
        app.ok(&ann, "{ stats { reunited } }", json!({})).await["stats"]["reunited"],
        1
    );
    app.leave_work();
}
