//! How much one member may write.

use std::time::Duration;

use serde_json::json;

use super::{call, fixtures, group, opened, send, sent, start};
use crate::support::{Actor, Answer, Setup, TestApp, codes, user_errors};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A server that mistrusts accounts for a day.
async fn wary_app() -> TestApp {
    let app = TestApp::start(Setup {
        adjust: |config| config.new_account_for = DAY,
        ..Setup::default()
    })
    .await;
    app.leave_work();
    app
}

/// A report of that member about a pet that is lost.
async fn lost_pet(app: &TestApp, owner: &Actor) -> String {
    let id = fixtures::pet(app, Some(owner), None).await;
    app.execute("UPDATE pets SET kind = 'lost' WHERE id = $1", [id.0.into()])
        .await;
    id.to_string()
}

/// Asserts the refusal, and gives the seconds to wait.
fn refused_for(answer: &Answer, limit: &str) -> u64 {
    assert_eq!(codes(answer), ["RATE_LIMITED"]);
    let error = &answer.body["errors"][0];
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(limit), "{message}");
    error["extensions"]["retryAfter"].as_u64().unwrap()
}

#[tokio::test]
async fn a_new_account_sends_60_messages_a_day_and_an_old_one_50_a_minute() {
    let app = wary_app().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for minute in 0..2 {
        for _ in 0..29 + minute {
            sent(&app, &ann, &id, "hello").await;
        }
        app.clock.advance(Duration::from_secs(61));
    }
    let before = app.footprint().await;
    let wait = refused_for(
        &send(&app, &ann, &id, "hello").await,
        "60 messages a day while an account is new",
    );
    assert_eq!(wait, DAY.as_secs() - 122);
    assert_eq!(app.footprint().await, before);

    app.clock.advance(DAY);
    let ann = app.log_in_again(&ann).await;
    for _ in 0..50 {
        sent(&app, &ann, &id, "hello").await;
    }
    let wait = refused_for(&send(&app, &ann, &id, "hello").await, "50 messages a minute");
    assert_eq!(wait, 60);
}

#[tokio::test]
async fn a_new_account_opens_10_conversations_a_day() {
    let app = wary_app().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for _ in 0..10 {
        let pet = fixtures::pet(&app, Some(&bob), None).await.to_string();
        let answer = start(&app, &ann, json!({ "petId": pet, "text": "hello" })).await;
        assert_eq!(codes(&answer), Vec::<String>::new());
    }
    let before = app.footprint().await;

    let answer = start(&app, &ann, json!({ "memberId": bob.id, "text": "hello" })).await;

    refused_for(&answer, "10 new conversations a day while an account is new");
    assert_eq!(app.footprint().await, before);
    let known = fixtures::pet(&app, Some(&ann), None).await.to_string();
    let other = start(&app, &bob, json!({ "petId": known, "text": "hello" })).await;
    assert_eq!(codes(&other), Vec::<String>::new(), "each account for itself");
}

#[tokio::test]
async fn the_owners_of_lost_pets_whom_one_member_writes_to_are_counted() {
    for (is_wary, most, limit) in [
        (true, 3, "3 owners of lost pets an hour while an account is new"),
        (false, 10, "10 owners of lost pets an hour"),
    ] {
        let app = wary_app().await;
        let (ann, bob) = (app.member("ann").await, app.member("bob").await);
        let mut ann = ann;
        if !is_wary {
            app.clock.advance(DAY);
            ann = app.log_in_again(&ann).await;
        }
        for _ in 0..most {
            let pet = lost_pet(&app, &bob).await;
            let answer = start(&app, &ann, json!({ "petId": pet, "text": "hello" })).await;
            assert_eq!(codes(&answer), Vec::<String>::new());
        }
        let pet = lost_pet(&app, &bob).await;
        refused_for(
            &start(&app, &ann, json!({ "petId": pet, "text": "hello" })).await,
            limit,
        );
        let found = fixtures::pet(&app, Some(&bob), None).await.to_string();
        let answer = start(&app, &ann, json!({ "petId": found, "text": "hello" })).await;
        assert_eq!(codes(&answer), Vec::<String>::new(), "finders are not counted");
    }
}

#[tokio::test]
async fn what_a_short_limit_refuses_costs_nothing_of_the_long_ones() {
    let app = wary_app().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for _ in 0..49 {
        sent(&app, &ann, &id, "hello").await;
    }
    for _ in 0..10 {
        refused_for(&send(&app, &ann, &id, "hello").await, "50 messages a minute");
    }
    app.clock.advance(Duration::from_secs(61));
    for _ in 0..3 {
        let pet = lost_pet(&app, &bob).await;
        start(&app, &ann, json!({ "petId": pet, "text": "hello" })).await.data();
    }
    let pet = lost_pet(&app, &bob).await;
    for _ in 0..10 {
        let answer = start(&app, &ann, json!({ "petId": pet, "text": "hello" })).await;
        refused_for(&answer, "3 owners of lost pets an hour");
    }

    let found = fixtures::pet(&app, Some(&bob), None).await.to_string();
    let answer = start(&app, &ann, json!({ "petId": found, "text": "hello" })).await;

    assert_eq!(codes(&answer), Vec::<String>::new());
}

#[tokio::test]
async fn what_waits_for_a_confirmation_opens_nothing_and_costs_nothing() {
    let app = wary_app().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = lost_pet(&app, &bob).await;
    for _ in 0..3 {
        let answer = start(&app, &ann, json!({ "petId": lost, "text": "482913" })).await;
        assert_eq!(user_errors(&answer), ["input.acknowledge CONFLICT"]);
    }
    assert_eq!(app.count("conversations").await, 0);

    let confirmed = json!({ "petId": lost, "text": "482913", "acknowledge": ["outgoing-code"] });
    let answer = start(&app, &ann, confirmed).await;

    assert_eq!(codes(&answer), Vec::<String>::new());
    assert_eq!(app.count("conversations").await, 1);
}

#[tokio::test]
async fn who_brings_others_into_groups_or_renames_them_is_counted() {
    let app = wary_app().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob]).await;
    let add = json!({ "conversationId": id, "memberIds": [cleo.id] });
    for _ in 0..10 {
        let answer = call(&app, &ann, "addParticipants", "conversation { id }", add.clone()).await;
        assert_eq!(codes(&answer), Vec::<String>::new());
    }
    for number in 0..50 {
        let title = json!({ "conversationId": id, "title": format!("Search {number}") });
        let answer = call(&app, &ann, "renameConversation", "conversation { id }", title).await;
        assert_eq!(codes(&answer), Vec::<String>::new());
    }
    let before = app.footprint().await;

    let answer = call(&app, &ann, "addParticipants", "conversation { id }", add).await;
    refused_for(&answer, "10 additions to groups a day while an account is new");
    let title = json!({ "conversationId": id, "title": "Search 50" });
    let answer = call(&app, &ann, "renameConversation", "conversation { id }", title).await;
    refused_for(&answer, "50 messages a minute");
    assert_eq!(app.footprint().await, before);
}
