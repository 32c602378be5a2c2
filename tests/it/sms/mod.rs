//! Text messages: numbers proved, texts sent and answered, credits.

mod deliver_sms;
mod inbound;
mod numbers;
mod odd_calls;
mod phone_verification;
mod send_sms;
mod status;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Actor, Phone, TestApp};

pub const ANN: &str = "+15125550142";
pub const BOB: &str = "+15125550143";

pub const REQUEST: &str = "mutation($input: RequestPhoneVerificationInput!) { requestPhoneVerification(input: $input) {
    sms { phone verified optedIn credits } userErrors { field code message } } }";
pub const VERIFY: &str = "mutation($input: VerifyPhoneInput!) { verifyPhone(input: $input) {
    sms { phone verified optedIn credits } userErrors { field code message } } }";
pub const SEND: &str = "mutation($input: SendSmsInput!) { sendSms(input: $input) {
    smsMessage { id direction to body segments status error } userErrors { field code message } } }";
const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } userErrors { field code message } } }";
const ACCOUNT: &str = "{ viewer { sms { phone verified optedIn credits
    messages { totalCount nodes { id direction to body segments status error } } } } }";

/// Asks for a code and returns the one that arrived.
pub async fn code_for(app: &TestApp, who: &Actor, number: &str) -> String {
    app.ok(who, REQUEST, json!({ "input": { "phone": number } })).await;
    app.run_work().await;
    let body = app.phone.to(number).last().expect("a text message").body.clone();
    body.chars().filter(char::is_ascii_digit).take(6).collect()
}

/// A member with a proved number.
pub async fn with_phone(app: &TestApp, name: &str, number: &str) -> Actor {
    let who = app.verified(name).await;
    let code = code_for(app, &who, number).await;
    app.ok(&who, VERIFY, json!({ "input": { "code": code } })).await;
    who
}

/// A conversation between two members.
pub async fn talk(app: &TestApp, one: &Actor, other: &Actor) -> String {
    let input = json!({ "memberId": other.id, "text": "Hello" });
    let data = app.ok(one, START, json!({ "input": input })).await;
    app.run_work().await;
    data["startConversation"]["conversation"]["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// Ann and Bob with their phones and a conversation.
pub async fn ann_and_bob(app: &TestApp) -> (Actor, Actor, String) {
    let (ann, bob) = (with_phone(app, "ann", ANN).await, with_phone(app, "bob", BOB).await);
    let conversation = talk(app, &ann, &bob).await;
    (ann, bob, conversation)
}

/// Sends a text and returns the message.
pub async fn send(app: &TestApp, who: &Actor, conversation: &str, text: &str) -> Value {
    let input = json!({ "conversationId": conversation, "text": text });
    app.ok(who, SEND, json!({ "input": input })).await["sendSms"]["smsMessage"].clone()
}

/// What a member sees of their account.
pub async fn account(app: &TestApp, who: &Actor) -> Value {
    app.ok(who, ACCOUNT, json!({})).await["viewer"]["sms"].clone()
}

/// The texts of a conversation, oldest first, with who said them.
pub async fn said(app: &TestApp, who: &Actor, conversation: &str) -> Vec<(String, String)> {
    let query = "query($id: ID!) { node(id: $id) { ... on Conversation { messages(first: 50) {
        nodes { sequence text sender { displayName } } } } } }";
    let data = app.ok(who, query, json!({ "id": conversation })).await;
    let mut messages = data["node"]["messages"]["nodes"].as_array().expect("messages").clone();
    messages.sort_by_key(|message| message["sequence"].as_i64());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    messages
        .iter()
        .map(|message| (text(&message["sender"]["displayName"]), text(&message["text"])))
        .collect()
}

/// A genuine call of a webhook; gives its status and body.
pub async fn webhook(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let form: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect();
    let signature = Phone::sign(&format!("{}{path}", app.url), &form);
    let request = app.request(Method::POST, path).header("x-twilio-signature", signature);
    let response = request.form(&form).send().await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("a body"))
}

/// A text from a phone.
pub async fn text_from(app: &TestApp, number: &str, sid: &str, body: &str) -> (u16, String) {
    let fields = [
        ("MessageSid", sid),
        ("From", number),
        ("To", "+15005550006"),
        ("Body", body),
        ("NumMedia", "0"),
    ];
    webhook(app, "/webhooks/sms/inbound", &fields).await
}
