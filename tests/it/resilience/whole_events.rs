//! Events of streams while a part of them cannot be looked up.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::{Actor, TestApp};

const MESSAGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    revision message { text reactions { emoji } } } }";
const NOTIFICATIONS: &str = "subscription($after: Int) { notifications(after: $after) {
    number kind subject { id ... on Conversation { participants { member { id } } } } } }";

/// Takes a table away, so that what needs it fails while the rest goes on, or puts it back.
async fn rename(app: &TestApp, from: &str, to: &str) {
    let statement = format!("ALTER TABLE {from} RENAME TO {to}");
    let renamed = app.deps.write(async |tx| Ok(tx.execute_unprepared(&statement).await?));
    renamed.await.unwrap();
}

/// Ann has written to Bob.
async fn written(app: &TestApp, ann: &Actor, bob: &Actor, texts: &[&str]) -> String {
    let mut id = String::new();
    for text in texts {
        let start =
            "mutation($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } } }";
        let input = json!({ "memberId": bob.id, "text": text });
        let data = app.ok(ann, start, json!({ "input": input })).await;
        id = data["startConversation"]["conversation"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
    }
    id
}

/// While the table is away nothing is handed on; afterwards everything is, from the same number.
async fn comes_whole_or_not_at_all(app: &TestApp, who: &Actor, table: &str, query: &str, variables: Value) -> Value {
    let away = format!("{table}_away");
    rename(app, table, &away).await;
    let socket = app.socket(who).await;
    let (before, codes) = socket.subscribe(query, variables.clone()).failed().await;
    assert_eq!((before, codes), (Vec::new(), vec!["INTERNAL_SERVER_ERROR".to_owned()]));
    rename(app, &away, table).await;

    let mut stream = socket.subscribe(query, variables);
    stream.next().await
}

#[tokio::test]
async fn a_message_whose_reactions_cannot_be_looked_up_is_not_passed_over() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = written(&app, &ann, &bob, &["one", "two"]).await;

    let variables = json!({ "id": id, "after": 0 });
    let heard = comes_whole_or_not_at_all(&app, &bob, "message_reactions", MESSAGES, variables).await;

    let expected = json!({ "messages": { "revision": 1, "message": { "text": "one", "reactions": [] } } });
    assert_eq!(heard, expected);
}

#[tokio::test]
async fn a_notification_whose_subject_cannot_be_looked_up_is_not_passed_over() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = written(&app, &ann, &bob, &["one"]).await;
    app.run_work().await;

    let variables = json!({ "after": 0 });
    let heard = comes_whole_or_not_at_all(&app, &bob, "participants", NOTIFICATIONS, variables).await;

    let told = &heard["notifications"];
    assert_eq!((&told["number"], &told["subject"]["id"]), (&json!(1), &json!(id)));
    assert_eq!(told["subject"]["participants"].as_array().unwrap().len(), 2);
}
