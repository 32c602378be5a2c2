//! startConversation.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{fixtures, inbox, start, text, unread};
use crate::support::{Answer, TestApp, codes, user_errors};

fn conversation_of(answer: &Answer) -> String {
    text(&answer.data()["startConversation"]["conversation"]["id"])
}

#[tokio::test]
async fn the_first_words_open_a_conversation_of_both() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);

    let answer = start(&app, &ann, json!({ "memberId": bob.id, "text": " hello\u{200b} bob " })).await;

    let payload = &answer.data()["startConversation"];
    assert_eq!(payload["conversation"]["kind"], "DIRECT");
    assert_eq!(payload["message"]["sequence"], 1);
    assert_eq!(payload["message"]["text"], "hello bob");
    assert_eq!(payload["message"]["sender"]["id"], ann.id);
    assert_eq!(payload["conversation"]["unreadCount"], 0);
    let members = payload["conversation"]["participants"].as_array().unwrap();
    let members: BTreeSet<&str> = members.iter().filter_map(|one| one["member"]["id"].as_str()).collect();
    assert_eq!(members, BTreeSet::from([ann.id.as_str(), bob.id.as_str()]));
    assert_eq!(app.events().await, ["conversation_started", "message_sent"]);
    assert_eq!(unread(&app, &bob).await, 1);
    assert_eq!(
        inbox(&app, &bob).await["conversations"]["nodes"][0]["lastMessage"]["text"],
        "hello bob"
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_pair_and_a_pet_have_one_conversation_whoever_opens_it() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let pet = fixtures::pet(&app, Some(&ann), None).await.to_string();

    let by_bob = start(&app, &bob, json!({ "petId": pet, "text": "I saw Biscuit" })).await;
    let by_ann = start(
        &app,
        &ann,
        json!({ "memberId": bob.id, "petId": pet, "text": "where?" }),
    )
    .await;
    let about_nothing = start(&app, &ann, json!({ "memberId": bob.id, "text": "hello" })).await;

    assert_eq!(conversation_of(&by_bob), conversation_of(&by_ann));
    assert_eq!(by_ann.data()["startConversation"]["message"]["sequence"], 2);
    assert_eq!(by_bob.data()["startConversation"]["conversation"]["pet"]["id"], pet);
    assert_ne!(conversation_of(&by_bob), conversation_of(&about_nothing));
}

#[tokio::test]
async fn opening_from_both_sides_at_once_opens_one_conversation() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let tries = (0..12).map(|number| {
        let (from, to) = if number % 2 == 0 { (&ann, &bob) } else { (&bob, &ann) };
        let input = json!({ "memberId": to.id, "text": format!("hello {number}") });
        let app = &app;
        async move { start(app, from, input).await }
    });

    let answers = join_all(tries).await;

    let ids: BTreeSet<String> = answers.iter().map(conversation_of).collect();
    assert_eq!(ids.len(), 1);
    let sequence = |answer: &Answer| {
        answer.data()["startConversation"]["message"]["sequence"]
            .as_i64()
            .unwrap()
    };
    let sequences: BTreeSet<i64> = answers.iter().map(sequence).collect();
    assert_eq!(sequences, (1..=12).collect());
    assert_eq!(app.count("conversations").await, 1);
    assert_eq!(app.count("participants").await, 2);
    let started = app
        .events()
        .await
        .into_iter()
        .filter(|name| name == "conversation_started");
    assert_eq!(started.count(), 1);
    assert_eq!((unread(&app, &ann).await, unread(&app, &bob).await), (6, 6));
}

#[tokio::test]
async fn a_repeat_with_the_same_key_gets_the_first_message_again() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let input = |words: &str| json!({ "memberId": bob.id, "text": words, "clientKey": "k1" });

    let first = start(&app, &ann, input("hello")).await;
    let again = start(&app, &ann, input("hello")).await;
    let clash = start(&app, &ann, input("goodbye")).await;

    assert_eq!(
        first.data()["startConversation"]["message"],
        again.data()["startConversation"]["message"]
    );
    assert_eq!(user_errors(&clash), ["input.clientKey CONFLICT"]);
    assert_eq!(app.count("messages").await, 1);
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_and_leaves_nothing() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let shelter = fixtures::shelter(&app, &cleo).await;
    fixtures::hire(&app, shelter, &ann).await;
    let own = fixtures::pet(&app, Some(&ann), None).await.to_string();
    let of_cleo = fixtures::pet(&app, Some(&cleo), None).await.to_string();
    let in_care = fixtures::pet(&app, None, Some(shelter)).await.to_string();
    let of_nobody = fixtures::pet(&app, None, None).await.to_string();
    let shelter = shelter.to_string();
    let before = app.footprint().await;
    let refusals = [
        (json!({}), "input.memberId REQUIRED"),
        (
            json!({ "memberId": bob.id, "shelterId": shelter }),
            "input.shelterId INVALID",
        ),
        (json!({ "memberId": ann.id }), "input.memberId NOT_ALLOWED"),
        (
            json!({ "memberId": "mem_00000000000000000000000001" }),
            "input.memberId NOT_FOUND",
        ),
        (json!({ "memberId": own }), "input.memberId NOT_FOUND"),
        (json!({ "petId": own }), "input.petId NOT_ALLOWED"),
        (
            json!({ "petId": "pet_00000000000000000000000001" }),
            "input.petId NOT_FOUND",
        ),
        (json!({ "petId": of_nobody }), "input.petId NOT_ALLOWED"),
        (json!({ "petId": in_care }), "input.petId NOT_ALLOWED"),
        (json!({ "shelterId": shelter }), "input.shelterId NOT_ALLOWED"),
        (
            json!({ "shelterId": "she_00000000000000000000000001" }),
            "input.shelterId NOT_FOUND",
        ),
        (json!({ "shelterId": shelter, "petId": own }), "input.petId INVALID"),
        (json!({ "memberId": bob.id, "petId": of_cleo }), "input.petId INVALID"),
        (
            json!({ "memberId": bob.id, "petId": in_care }),
            "input.memberId NOT_ALLOWED",
        ),
        (json!({ "memberId": bob.id, "text": " " }), "input.text REQUIRED"),
        (
            json!({ "memberId": bob.id, "text": "x".repeat(1001) }),
            "input.text TOO_LONG",
        ),
    ];

    for (mut input, fault) in refusals {
        if input["text"] == Value::Null {
            input["text"] = json!("hello");
        }
        let answer = start(&app, &ann, input.clone()).await;
        assert_eq!(user_errors(&answer), [fault], "{input}: {:#}", answer.body);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_member_opens_at_most_20_conversations_an_hour() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let bob = app.member("bob").await;
    for _ in 0..20 {
        let pet = fixtures::pet(&app, Some(&bob), None).await.to_string();
        let answer = start(&app, &ann, json!({ "petId": pet, "text": "hello" })).await;
        conversation_of(&answer);
    }

    let refused = start(&app, &ann, json!({ "memberId": bob.id, "text": "hello" })).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("conversations").await, 20);

    app.clock.advance(Duration::from_secs(3600));
    let ann = app.log_in_again(&ann).await;
    conversation_of(&start(&app, &ann, json!({ "memberId": bob.id, "text": "hello" })).await);
}
