//! startGroup, addParticipants, removeParticipant, leaveConversation, renameConversation.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{call, conversation, group, inbox, opened, sent, text, unread};
use crate::support::{Actor, Answer, Caller, TestApp, Visitor, codes, user_errors};

const GROUP: &str = "query($id: ID!) { node(id: $id) { ... on Conversation {
    kind title unreadCount participants { admin member { displayName } }
    lastMessage { text sender { id } system { kind title actor { displayName } members { displayName } } } } } }";

async fn start(app: &TestApp, caller: &impl Caller, input: Value) -> Answer {
    call(
        app,
        caller,
        "startGroup",
        "conversation { id unreadCount } message { id sequence text }",
        input,
    )
    .await
}

async fn change(app: &TestApp, caller: &impl Caller, mutation: &str, input: Value) -> Answer {
    let selection = if mutation == "leaveConversation" {
        ""
    } else {
        "conversation { id }"
    };
    call(app, caller, mutation, selection, input).await
}

async fn seen(app: &TestApp, caller: &Actor, id: &str) -> Value {
    app.ok(caller, GROUP, json!({ "id": id })).await["node"].take()
}

fn names(of: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = of
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["member"]["displayName"].as_str())
        .collect();
    names.sort_unstable();
    names
}

fn admins(of: &Value) -> Vec<&str> {
    let admins = of.as_array().unwrap().iter().filter(|one| one["admin"] == true);
    admins.filter_map(|one| one["member"]["displayName"].as_str()).collect()
}

#[tokio::test]
async fn a_group_begins_with_what_the_system_tells_and_the_first_words() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let input =
        json!({ "title": " Search  party ", "memberIds": [bob.id, cleo.id, bob.id, ann.id], "text": "hello all" });

    let answer = start(&app, &ann, input).await;

    let payload = &answer.data()["startGroup"];
    assert_eq!(
        (&payload["message"]["sequence"], &payload["message"]["text"]),
        (&json!(2), &json!("hello all"))
    );
    let id = text(&payload["conversation"]["id"]);
    let group = seen(&app, &bob, &id).await;
    assert_eq!(
        (&group["kind"], &group["title"]),
        (&json!("GROUP"), &json!("Search party"))
    );
    assert_eq!(names(&group["participants"]), ["ann", "bob", "cleo"]);
    assert_eq!(admins(&group["participants"]), ["ann"]);
    assert_eq!(
        (unread(&app, &ann).await, unread(&app, &bob).await),
        (0, 1),
        "the system's words are unread for nobody"
    );
    app.run_work().await;
    assert_eq!(app.count("notifications").await, 2);
}

#[tokio::test]
async fn everything_that_happens_in_a_group_is_told_there() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob]).await;
    let told = async |kind: &str, sentence: &str| {
        let last = seen(&app, &ann, &id).await["lastMessage"].take();
        assert_eq!(last["system"]["kind"], kind);
        assert_eq!(
            last["system"]["actor"]["displayName"],
            sentence.split(' ').next().unwrap()
        );
        assert_eq!(last["text"], sentence);
        assert!(last["sender"].is_null());
        last["system"].clone()
    };
    told("GROUP_STARTED", "ann started the group “Search party” with bob").await;
    change(
        &app,
        &ann,
        "addParticipants",
        json!({ "conversationId": id, "memberIds": [cleo.id] }),
    )
    .await;
    assert_eq!(
        told("MEMBERS_ADDED", "ann added cleo").await["members"],
        json!([{ "displayName": "cleo" }])
    );
    change(
        &app,
        &ann,
        "renameConversation",
        json!({ "conversationId": id, "title": "Home" }),
    )
    .await;
    assert_eq!(told("RENAMED", "ann named the group “Home”").await["title"], "Home");
    change(&app, &cleo, "leaveConversation", json!({ "conversationId": id })).await;
    told("MEMBER_LEFT", "cleo left").await;
    change(
        &app,
        &ann,
        "removeParticipant",
        json!({ "conversationId": id, "memberId": bob.id }),
    )
    .await;
    told("MEMBER_REMOVED", "ann removed bob").await;
    assert_eq!(conversation(&app, &ann, &id).await["messages"]["totalCount"], 5);
    assert_eq!(names(&seen(&app, &ann, &id).await["participants"]), ["ann"]);
}

#[tokio::test]
async fn several_starts_with_one_key_start_one_group() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let input = |title: &str| json!({ "title": title, "memberIds": [bob.id], "text": "hello", "clientKey": "k1" });

    let answers = join_all((0..6).map(|_| start(&app, &ann, input("Party")))).await;

    assert!(
        answers.iter().all(|answer| answer.data() == answers[0].data()),
        "{answers:?}"
    );
    assert_eq!((app.count("conversations").await, app.count("messages").await), (1, 2));
    let clash = start(&app, &ann, input("Another")).await;
    assert_eq!(user_errors(&clash), ["input.clientKey CONFLICT"]);
    let of_bob = json!({ "title": "Party", "memberIds": [ann.id], "clientKey": "k1" });
    assert_eq!(user_errors(&start(&app, &bob, of_bob).await), Vec::<String>::new());
    assert_eq!(app.count("conversations").await, 2);
}

#[tokio::test]
async fn who_is_added_sees_everything_and_has_nothing_to_catch_up_with() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob]).await;
    sent(&app, &bob, &id, "seen at the river").await;
    app.run_work().await;

    let added = json!({ "conversationId": id, "memberIds": [cleo.id, bob.id] });
    change(&app, &ann, "addParticipants", added.clone()).await;
    let before = app.footprint().await;
    change(&app, &ann, "addParticipants", added).await;

    assert_eq!(app.footprint().await, before, "who is there already stays as they are");
    let group = conversation(&app, &cleo, &id).await;
    assert_eq!(
        (&group["messages"]["totalCount"], &group["unreadCount"]),
        (&json!(3), &json!(0))
    );
    app.run_work().await;
    let told: i64 = app
        .value("SELECT COUNT(*) FROM notifications WHERE title LIKE '%Search party%'")
        .await;
    assert_eq!(told, 2, "bob and cleo, each once");
}

#[tokio::test]
async fn when_who_runs_a_group_leaves_the_longest_there_runs_it() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob]).await;
    app.clock.advance(std::time::Duration::from_secs(1));
    change(
        &app,
        &ann,
        "addParticipants",
        json!({ "conversationId": id, "memberIds": [cleo.id] }),
    )
    .await;

    change(&app, &ann, "leaveConversation", json!({ "conversationId": id })).await;
    assert_eq!(admins(&seen(&app, &cleo, &id).await["participants"]), ["bob"]);
    change(&app, &bob, "leaveConversation", json!({ "conversationId": id })).await;
    assert_eq!(admins(&seen(&app, &cleo, &id).await["participants"]), ["cleo"]);
    change(&app, &cleo, "leaveConversation", json!({ "conversationId": id })).await;

    for member in [&ann, &bob, &cleo] {
        assert!(seen(&app, member, &id).await.is_null());
        assert_eq!(inbox(&app, member).await["conversations"]["totalCount"], 0);
    }
}

#[tokio::test]
async fn leaving_twice_at_once_is_told_once() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = group(&app, &ann, &[&bob]).await;
    let leave = json!({ "conversationId": id });

    let answers = join_all((0..4).map(|_| change(&app, &bob, "leaveConversation", leave.clone()))).await;

    for answer in answers {
        assert_eq!(user_errors(&answer), Vec::<String>::new());
    }
    assert!(seen(&app, &bob, &id).await.is_null());
    assert_eq!(conversation(&app, &ann, &id).await["messages"]["totalCount"], 2);
}

#[tokio::test]
async fn a_group_has_at_most_fifty_members() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let mut others = Vec::new();
    for number in 0..50 {
        others.push(super::fixtures::stranger(&app, number).await);
    }
    let too_many = start(&app, &ann, json!({ "title": "All", "memberIds": others })).await;
    assert_eq!(user_errors(&too_many), ["input.memberIds TOO_MANY"]);

    let full = start(&app, &ann, json!({ "title": "All", "memberIds": others[..49] })).await;
    let id = text(&full.data()["startGroup"]["conversation"]["id"]);
    let refused = change(
        &app,
        &ann,
        "addParticipants",
        json!({ "conversationId": id, "memberIds": [others[49]] }),
    )
    .await;
    assert_eq!(user_errors(&refused), ["input.memberIds TOO_MANY"]);
    assert_eq!(sent(&app, &ann, &id, "hello all").await, 2);
    let counted: i64 = app.value("SELECT SUM(unread_count) FROM participants").await;
    assert_eq!(counted, 49);
}

#[tokio::test]
async fn who_does_not_run_a_group_neither_names_it_nor_adds_nor_removes() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob]).await;
    let before = app.footprint().await;
    for (mutation, input) in [
        (
            "addParticipants",
            json!({ "conversationId": id, "memberIds": [cleo.id] }),
        ),
        ("removeParticipant", json!({ "conversationId": id, "memberId": ann.id })),
        ("renameConversation", json!({ "conversationId": id, "title": "Mine" })),
    ] {
        assert_eq!(
            codes(&change(&app, &bob, mutation, input.clone()).await),
            ["FORBIDDEN"],
            "{mutation}"
        );
        let outside = change(&app, &cleo, mutation, input.clone()).await;
        assert_eq!(user_errors(&outside), ["input.conversationId NOT_FOUND"], "{mutation}");
        assert_eq!(
            codes(&change(&app, &Visitor, mutation, input).await),
            ["UNAUTHENTICATED"],
            "{mutation}"
        );
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn what_is_wrong_with_a_group_is_said_and_nothing_happens() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = group(&app, &ann, &[&bob]).await;
    let direct = opened(&app, &ann, &bob).await;
    let before = app.footprint().await;
    let unknown = "mem_00000000000000000000000001";
    for (input, fault) in [
        (json!({ "title": " ", "memberIds": [bob.id] }), "input.title REQUIRED"),
        (
            json!({ "title": "x".repeat(81), "memberIds": [bob.id] }),
            "input.title TOO_LONG",
        ),
        (json!({ "title": "Us", "memberIds": [] }), "input.memberIds REQUIRED"),
        (
            json!({ "title": "Us", "memberIds": [ann.id] }),
            "input.memberIds REQUIRED",
        ),
        (
            json!({ "title": "Us", "memberIds": [bob.id, unknown] }),
            "input.memberIds.1 NOT_FOUND",
        ),
        (
            json!({ "title": "Us", "memberIds": ["x"] }),
            "input.memberIds.0 NOT_FOUND",
        ),
        (
            json!({ "title": "Us", "memberIds": [bob.id], "text": "x".repeat(1001) }),
            "input.text TOO_LONG",
        ),
        (
            json!({ "title": "Us", "memberIds": [bob.id], "clientKey": "" }),
            "input.clientKey REQUIRED",
        ),
    ] {
        assert_eq!(user_errors(&start(&app, &ann, input).await), [fault]);
    }
    for (mutation, input, fault) in [
        (
            "addParticipants",
            json!({ "conversationId": id, "memberIds": [unknown] }),
            "input.memberIds.0 NOT_FOUND",
        ),
        (
            "addParticipants",
            json!({ "conversationId": direct, "memberIds": [cleo.id] }),
            "input.conversationId NOT_ALLOWED",
        ),
        (
            "removeParticipant",
            json!({ "conversationId": id, "memberId": cleo.id }),
            "input.memberId NOT_FOUND",
        ),
        (
            "removeParticipant",
            json!({ "conversationId": id, "memberId": ann.id }),
            "input.memberId NOT_ALLOWED",
        ),
        (
            "removeParticipant",
            json!({ "conversationId": direct, "memberId": bob.id }),
            "input.conversationId NOT_ALLOWED",
        ),
        (
            "leaveConversation",
            json!({ "conversationId": direct }),
            "input.conversationId NOT_ALLOWED",
        ),
        (
            "renameConversation",
            json!({ "conversationId": id, "title": "\n" }),
            "input.title REQUIRED",
        ),
        (
            "renameConversation",
            json!({ "conversationId": direct, "title": "Us" }),
            "input.conversationId NOT_ALLOWED",
        ),
    ] {
        assert_eq!(
            user_errors(&change(&app, &ann, mutation, input).await),
            [fault],
            "{mutation}"
        );
    }
    assert_eq!(app.footprint().await, before);
}
