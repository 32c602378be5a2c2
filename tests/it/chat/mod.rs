//! Chat, through the API.

mod access;
mod block;
mod block_changes;
mod block_streams;
mod conversation_fields;
mod conversation_updates;
mod fixtures;
mod groups;
mod inbox;
mod limits;
mod lost_rights;
mod mark_read;
mod message_changes;
mod messages;
mod model;
mod model_based;
mod participant_settings;
mod presence;
mod presence_streams;
mod profanity;
mod removed_participants;
mod replayed_changes;
mod report_abuse;
mod scam_warnings;
mod search;
mod send_message;
mod start_conversation;
mod subscriber;
mod typing;

use serde_json::{Value, json};

use crate::support::{Actor, Answer, Caller, TestApp};

const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id kind unreadCount pet { id } shelter { id } participants { member { id } readUpTo } }
    message { id sequence text sender { id } conversation { id } } userErrors { field code } } }";

const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) {
    message { id sequence text images { id } replyTo { id } } userErrors { field code } } }";

const MARK_READ: &str = "mutation($input: MarkReadInput!) { markRead(input: $input) {
    conversation { id unreadCount } userErrors { field code } } }";

const SET_TYPING: &str = "mutation($input: SetTypingInput!) { setTyping(input: $input) { userErrors { field code } } }";

const CONVERSATION: &str = "query($id: ID!) { node(id: $id) { ... on Conversation {
    id unreadCount lastMessage { sequence text } participants { member { id } readUpTo }
    messages(first: 100) { totalCount nodes { sequence text } } } } }";

const INBOX: &str = "{ viewer { unreadMessageCount
    conversations { totalCount nodes { id kind unreadCount archived lastMessage { text } } } } }";

const MESSAGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    change revision message { sequence text conversation { id } } } }";

const TYPING: &str = "subscription($id: ID!) { typing(conversationId: $id) {
    typing member { displayName } conversation { id } } }";

const UPDATES: &str = "subscription { conversationUpdates { id unreadCount lastMessage { text } } }";

async fn start(app: &TestApp, caller: &impl Caller, input: Value) -> Answer {
    app.run(caller, START, json!({ "input": input })).await
}

/// Opens a conversation from one member to another and returns its id.
async fn opened(app: &TestApp, from: &Actor, to: &Actor) -> String {
    let input = json!({ "memberId": to.id, "text": "hello" });
    let data = app.ok(from, START, json!({ "input": input })).await;
    text(&data["startConversation"]["conversation"]["id"])
}

/// Opens a conversation in which both have written.
async fn answered(app: &TestApp, from: &Actor, to: &Actor) -> String {
    let id = opened(app, from, to).await;
    sent(app, to, &id, "hello back").await;
    id
}

async fn send(app: &TestApp, caller: &impl Caller, conversation: &str, words: &str) -> Answer {
    let input = json!({ "conversationId": conversation, "text": words });
    app.run(caller, SEND, json!({ "input": input })).await
}

/// Edits the newest message of a conversation, which is the caller's own.
async fn change_last(app: &TestApp, caller: &impl Caller, conversation: &str) {
    const NEWEST: &str = "query($id: ID!) { node(id: $id) { ... on Conversation { lastMessage { id } } } }";
    let newest = app.ok(caller, NEWEST, json!({ "id": conversation })).await["node"]["lastMessage"]["id"].take();
    let input = json!({ "id": newest, "text": "changed" });
    let answer = call(app, caller, "editMessage", "message { id }", input).await;
    assert!(
        answer.data()["editMessage"]["message"]["id"].is_string(),
        "{:#}",
        answer.body
    );
}

/// Sends what must be taken, and returns its sequence.
async fn sent(app: &TestApp, caller: &impl Caller, conversation: &str, words: &str) -> i64 {
    let answer = send(app, caller, conversation, words).await;
    let sequence = answer.data()["sendMessage"]["message"]["sequence"].as_i64();
    sequence.unwrap_or_else(|| panic!("not sent: {:#}", answer.body))
}

async fn mark_read(app: &TestApp, caller: &impl Caller, conversation: &str, up_to: i64) -> Answer {
    let input = json!({ "conversationId": conversation, "upTo": up_to });
    app.run(caller, MARK_READ, json!({ "input": input })).await
}

async fn type_in(app: &TestApp, caller: &impl Caller, conversation: &str, typing: bool) -> Answer {
    let input = json!({ "conversationId": conversation, "typing": typing });
    app.run(caller, SET_TYPING, json!({ "input": input })).await
}

/// Calls a mutation with its input; `selection` is what is wanted of its payload besides the user errors.
async fn call(app: &TestApp, caller: &impl Caller, mutation: &str, selection: &str, input: Value) -> Answer {
    let (first, rest) = mutation.split_at(1);
    let document = format!(
        "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field code }} }} }}",
        first.to_uppercase()
    );
    app.run(caller, &document, json!({ "input": input })).await
}

/// Starts a group of the caller and others, and returns its id.
async fn group(app: &TestApp, starter: &Actor, others: &[&Actor]) -> String {
    let ids: Vec<&str> = others.iter().map(|actor| actor.id.as_str()).collect();
    let input = json!({ "title": "Search party", "memberIds": ids });
    let answer = call(app, starter, "startGroup", "conversation { id }", input).await;
    text(&answer.data()["startGroup"]["conversation"]["id"])
}

/// Sends what must be taken, and returns the message's id.
async fn said(app: &TestApp, caller: &impl Caller, conversation: &str, words: &str) -> String {
    text(&send(app, caller, conversation, words).await.data()["sendMessage"]["message"]["id"])
}

/// A message as the caller sees it.
async fn message(app: &TestApp, caller: &impl Caller, id: &str) -> Value {
    const MESSAGE: &str = "query($id: ID!) { node(id: $id) { ... on Message { sequence text editedAt deletedAt
        images { id } reactions { emoji count viewerReacted } replyTo { id text deletedAt }
        system { kind actor { id } members { id } title } sender { id } } } }";
    app.ok(caller, MESSAGE, json!({ "id": id })).await["node"].take()
}

async fn conversation(app: &TestApp, caller: &impl Caller, id: &str) -> Value {
    app.ok(caller, CONVERSATION, json!({ "id": id })).await["node"].take()
}

/// What the caller sees of their own conversations.
async fn inbox(app: &TestApp, caller: &impl Caller) -> Value {
    app.ok(caller, INBOX, json!({})).await["viewer"].take()
}

async fn unread(app: &TestApp, caller: &impl Caller) -> i64 {
    inbox(app, caller).await["unreadMessageCount"].as_i64().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
