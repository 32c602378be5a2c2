//! Warnings about scams, and codes that are held until their sender confirms.

use serde_json::{Value, json};

use super::{SEND, START, fixtures, opened, start, text};
use crate::support::{Actor, Answer, Caller, TestApp, user_errors};

const WARNINGS: &str = "query($id: ID!) { node(id: $id) { ... on Conversation {
    messages(last: 1) { nodes { text warning warningRule } } } } }";
const HEARD: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    message { text warningRule } } }";

async fn say(app: &TestApp, who: &impl Caller, id: &str, words: &str, acknowledge: &[&str]) -> Answer {
    let input = json!({ "conversationId": id, "text": words, "acknowledge": acknowledge });
    app.run(who, SEND, json!({ "input": input })).await
}

/// The newest message as that member sees it.
async fn newest(app: &TestApp, who: &Actor, id: &str) -> Value {
    app.ok(who, WARNINGS, json!({ "id": id })).await["node"]["messages"]["nodes"][0].take()
}

#[tokio::test]
async fn the_reader_is_warned_and_the_sender_is_not() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for (words, rule) in [
        (
            "I found your dog, read me the 6-digit code that I sent you",
            "code-request",
        ),
        ("pay or you will never see her again", "threat"),
        ("This is animal control, the fee is $250", "impersonation"),
        ("Send $200 by Z3lle and I br\u{200b}ing him", "payment-first"),
        ("Click here: https://owner.example.net", "outside-link"),
        ("text me on WhatsApp", "leave-app"),
    ] {
        let answer = say(&app, &bob, &id, words, &[]).await;
        assert_eq!(user_errors(&answer), Vec::<String>::new(), "{words}");

        let seen = newest(&app, &ann, &id).await;
        assert_eq!(seen["warningRule"], rule, "{words}");
        assert!(20 < text(&seen["warning"]).len());
        let own = newest(&app, &bob, &id).await;
        assert_eq!((&own["warning"], &own["warningRule"]), (&Value::Null, &Value::Null));
    }
    say(&app, &bob, &id, "she has a white paw", &[]).await;
    assert_eq!(newest(&app, &ann, &id).await["warning"], Value::Null);
}

#[tokio::test]
async fn what_was_found_is_stored_with_its_version_and_without_the_text() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    say(&app, &bob, &id, "text me on WhatsApp", &[]).await;
    let review: String = app.value("SELECT review FROM messages WHERE sequence = 2").await;
    assert_eq!(review, r#"{"rules":[{"rule":"leave-app","version":2}]}"#);
    let nothing: Option<String> = app.value("SELECT review FROM messages WHERE sequence = 1").await;
    assert_eq!(nothing, None);
}

#[tokio::test]
async fn a_code_is_sent_only_when_its_sender_confirms() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let socket = app.socket(&bob).await;
    let mut heard = socket.subscribe(HEARD, json!({ "id": id, "after": 1 }));
    let before = app.footprint().await;
    for words in ["482913", "it's 4 8 2 9 1 3", "４８２９１３", "482\u{200b}913"] {
        for acknowledge in [&[][..], &["code-request"][..]] {
            let answer = say(&app, &ann, &id, words, acknowledge).await;
            assert_eq!(user_errors(&answer), ["input.acknowledge CONFLICT"], "{words}");
        }
    }
    let answer = app
        .run(
            &ann,
            SEND,
            json!({ "input": { "conversationId": id, "text": "482913" } }),
        )
        .await;
    let message = answer.body.to_string();
    assert_eq!(user_errors(&answer), ["input.acknowledge CONFLICT"]);
    assert!(!message.contains("482913"), "the code is not repeated: {message}");
    assert_eq!(app.footprint().await, before, "nothing is stored until then");

    let answer = say(&app, &ann, &id, "482913", &["outgoing-code"]).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
    let event = heard.next().await["messages"]["message"].take();
    assert_eq!(event, json!({ "text": "482913", "warningRule": "outgoing-code" }));
}

#[tokio::test]
async fn a_repeat_of_a_confirmed_code_asks_for_nothing() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let input = |acknowledge: &[&str]| {
        let input = json!({ "conversationId": id, "text": "482913", "clientKey": "k", "acknowledge": acknowledge });
        json!({ "input": input })
    };
    assert_eq!(
        user_errors(&app.run(&ann, SEND, input(&[])).await),
        ["input.acknowledge CONFLICT"]
    );
    for acknowledge in [&["outgoing-code"][..], &[]] {
        let data = app.ok(&ann, SEND, input(acknowledge)).await;
        assert_eq!(data["sendMessage"]["message"]["sequence"], 2);
    }
}

#[tokio::test]
async fn the_first_words_of_a_conversation_are_reviewed_too() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let before = app.footprint().await;
    let refused = start(&app, &ann, json!({ "memberId": bob.id, "text": "the code is 482913" })).await;
    assert_eq!(user_errors(&refused), ["input.acknowledge CONFLICT"]);
    assert_eq!(app.footprint().await, before);

    let input = json!({ "memberId": bob.id, "text": "the code is 482913", "acknowledge": ["outgoing-code"] });
    let data = app.ok(&ann, START, json!({ "input": input })).await;
    let id = text(&data["startConversation"]["conversation"]["id"]);
    assert_eq!(newest(&app, &bob, &id).await["warningRule"], "outgoing-code");
}

#[tokio::test]
async fn a_verified_shelter_may_speak_as_itself_in_its_inbox() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    let words = "We are the shelter of Austin: the fee for chipping is $20";
    say(&app, &bob, &id, words, &[]).await;
    assert_eq!(newest(&app, &ann, &id).await["warningRule"], "impersonation");

    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    say(&app, &bob, &id, words, &[]).await;
    assert_eq!(newest(&app, &ann, &id).await["warningRule"], Value::Null);
    say(&app, &ann, &id, words, &[]).await;
    assert_eq!(newest(&app, &bob, &id).await["warningRule"], "impersonation");
}
