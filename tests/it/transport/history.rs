//! Numbers of streams after a backup was restored.

use std::collections::BTreeSet;

use apollo_compiler::{Schema, schema::ExtendedType};
use finding_sweetie::graphql::sdl;
use serde_json::{Value, json};

use crate::support::{Actor, Caller, Socket, TestApp, Visitor, codes};

/// Every subscription that resumes, of things that nobody has.
const RESUMING: [(&str, &str); 4] = [
    (
        "importProgress",
        "subscription($after: Int) { importProgress(importId: \"imp_01h455vb4pex5vsknk084sn02q\", after: $after) { id } }",
    ),
    (
        "matchAlerts",
        "subscription($after: Int) { matchAlerts(after: $after) { number } }",
    ),
    (
        "messages",
        "subscription($after: Int) { messages(conversationId: \"con_01h455vb4pex5vsknk084sn02q\", after: $after) { revision } }",
    ),
    (
        "notifications",
        "subscription($after: Int) { notifications(after: $after) { number } }",
    ),
];

/// A socket that gives back an epoch, and the epoch that it is told.
async fn socket_of(app: &TestApp, caller: &impl Caller, epoch: Value) -> (Socket, Value) {
    let mut socket = app.silent_socket(Some("graphql-transport-ws")).await;
    let payload = json!({ "authorization": caller.authorization(), "epoch": epoch });
    socket.say(json!({ "type": "connection_init", "payload": payload }));
    let acknowledged = socket.hear().await;
    assert_eq!(acknowledged["type"], "connection_ack");
    (socket, acknowledged["payload"]["epoch"].clone())
}

/// How a subscription after a number is refused.
async fn refused(socket: &Socket, query: &str, after: i32) -> Vec<String> {
    codes(&socket.subscribe(query, json!({ "after": after })).next_answer().await)
}

#[test]
fn every_subscription_that_resumes_is_tried_here() {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let ExtendedType::Object(streams) = &schema.types["Subscription"] else {
        panic!("no object")
    };
    let resuming = streams
        .fields
        .iter()
        .filter(|(_, field)| field.argument_by_name("after").is_some());
    let resuming: BTreeSet<&str> = resuming.map(|(name, _)| name.as_str()).collect();
    assert_eq!(resuming, RESUMING.iter().map(|(name, _)| *name).collect());
}

#[tokio::test]
async fn the_epoch_is_told_to_everybody_and_stays() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, first) = socket_of(&app, &Visitor, Value::Null).await;
    let (_, second) = socket_of(&app, &ann, Value::Null).await;
    assert!(first.as_str().is_some_and(|epoch| epoch.len() == 32), "{first}");
    assert_eq!(first, second);
    assert_eq!(app.ok(&Visitor, "{ epoch }", json!({})).await["epoch"], first);
}

#[tokio::test]
async fn a_number_of_another_history_is_refused_by_every_subscription_that_resumes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, before) = socket_of(&app, &ann, Value::Null).await;
    app.deps.begin_history().await.unwrap();

    let (socket, now) = socket_of(&app, &ann, before.clone()).await;

    assert_ne!(now, before);
    for (name, query) in RESUMING {
        assert_eq!(refused(&socket, query, 1).await, ["RESUME_UNAVAILABLE"], "{name}");
    }
}

#[tokio::test]
async fn a_number_that_the_new_history_has_passed_resumes_within_it_only() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    told(&app, &bob, &ann).await;
    let (_, before) = socket_of(&app, &ann, Value::Null).await;
    let now = json!(app.deps.begin_history().await.unwrap());
    let (_, notifications) = RESUMING[3];

    let (stranger, _) = socket_of(&app, &ann, before).await;
    assert_eq!(refused(&stranger, notifications, 1).await, ["RESUME_UNAVAILABLE"]);
    let mut all = stranger.subscribe(notifications, json!({ "after": 0 }));
    assert_eq!(
        all.next().await["notifications"]["number"],
        1,
        "the beginning is the same in all"
    );

    let (known, _) = socket_of(&app, &ann, now).await;
    let mut rest = known.subscribe(notifications, json!({ "after": 1 }));
    let cleo = app.member("cleo").await;
    told(&app, &cleo, &ann).await;
    assert_eq!(rest.next().await["notifications"]["number"], 2);
}

/// Somebody writes to a member for the first time, who is notified of it.
async fn told(app: &TestApp, from: &Actor, to: &Actor) {
    let start =
        "mutation($input: StartConversationInput!) { startConversation(input: $input) { userErrors { code } } }";
    let input = json!({ "memberId": to.id, "text": "Is this Sweetie?" });
    app.ok(from, start, json!({ "input": input })).await;
    app.run_work().await;
}
