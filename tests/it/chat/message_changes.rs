//! editMessage, deleteMessage, reactToMessage.

use std::time::Duration;

use entity::vocabulary::UploadPurpose;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use super::{SEND, call, conversation, fixtures, message, opened, said, send, sent, text, unread};
use crate::support::{Answer, Caller, TestApp, Visitor, codes, user_errors};

async fn edit(app: &TestApp, caller: &impl Caller, id: &str, words: &str) -> Answer {
    let input = json!({ "id": id, "text": words });
    call(app, caller, "editMessage", "message { id text editedAt }", input).await
}

async fn delete(app: &TestApp, caller: &impl Caller, id: &str) -> Answer {
    call(
        app,
        caller,
        "deleteMessage",
        "message { id text deletedAt }",
        json!({ "id": id }),
    )
    .await
}

async fn react(app: &TestApp, caller: &impl Caller, id: &str, emoji: &str, put: bool) -> Answer {
    let input = json!({ "id": id, "emoji": emoji, "react": put });
    let wanted = "message { reactions { emoji count viewerReacted } }";
    call(app, caller, "reactToMessage", wanted, input).await
}

async fn revision(app: &TestApp) -> i64 {
    app.value("SELECT MAX(last_revision) FROM conversations").await
}

#[tokio::test]
async fn an_edited_message_says_the_new_text_and_keeps_the_old_one_for_moderators() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "she wears a blu collar").await;

    let answer = edit(&app, &ann, &first, " she wears a blue collar ").await;

    assert_eq!(
        answer.data()["editMessage"]["message"]["text"],
        "she wears a blue collar"
    );
    let seen = message(&app, &bob, &first).await;
    assert_eq!(seen["text"], "she wears a blue collar");
    assert!(seen["editedAt"].is_string() && seen["deletedAt"].is_null());
    let old: String = app.value("SELECT text FROM message_versions").await;
    assert_eq!(old, "she wears a blu collar");
    assert_eq!(unread(&app, &bob).await, 2, "an edit makes nothing unread");
    assert_eq!(revision(&app).await, 3);
}

#[tokio::test]
async fn the_same_text_again_is_no_edit() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "hello").await;
    let before = app.footprint().await;

    let answer = edit(&app, &ann, &first, "hello").await;

    assert!(answer.data()["editMessage"]["message"]["editedAt"].is_null());
    assert_eq!(app.footprint().await, before);
    assert_eq!(revision(&app).await, 2);
}

#[tokio::test]
async fn two_edits_at_once_are_two_changes_and_lose_no_version() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "one").await;

    let edits = ["two", "three", "four"].map(|words| edit(&app, &ann, &first, words));
    let answers = join_all(edits).await;

    assert!(answers.iter().all(|answer| user_errors(answer).is_empty()));
    assert_eq!(revision(&app).await, 5);
    assert_eq!(app.count("message_versions").await, 3);
    let old: i64 = app.value("SELECT COUNT(DISTINCT text) FROM message_versions").await;
    assert_eq!(old, 3, "each of the texts that was replaced is kept once");
}

#[tokio::test]
async fn a_deleted_message_leaves_its_place_and_nothing_else() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let image = fixtures::photo(&app, &ann, UploadPurpose::ChatImage).await.to_string();
    let input = json!({ "conversationId": id, "text": "my address", "imageIds": [image] });
    let answer = app.ok(&ann, SEND, json!({ "input": input })).await;
    let first = text(&answer["sendMessage"]["message"]["id"]);
    react(&app, &bob, &first, "👍", true).await;
    let reply = json!({ "conversationId": id, "text": "thanks", "replyToId": first });
    let reply = text(&app.ok(&bob, SEND, json!({ "input": reply })).await["sendMessage"]["message"]["id"]);
    assert_eq!(unread(&app, &bob).await, 2);

    let answer = delete(&app, &ann, &first).await;

    assert!(answer.data()["deleteMessage"]["message"]["deletedAt"].is_string());
    let seen = message(&app, &bob, &first).await;
    assert_eq!(
        (&seen["text"], &seen["images"], &seen["reactions"]),
        (&Value::Null, &json!([]), &json!([]))
    );
    assert_eq!(seen["sequence"], 2);
    let quoted = &message(&app, &ann, &reply).await["replyTo"];
    assert_eq!((&quoted["id"], &quoted["text"]), (&json!(first), &Value::Null));
    assert!(quoted["deletedAt"].is_string());
    assert_eq!(unread(&app, &bob).await, 1, "what is gone cannot be unread");
    let kept: String = app.value("SELECT text FROM message_versions").await;
    assert_eq!(kept, "my address");
    let again = json!({ "conversationId": id, "text": "again", "imageIds": [image] });
    let refused = app.run(&ann, SEND, json!({ "input": again })).await;
    assert_eq!(user_errors(&refused), ["input.imageIds.0 TAKEN"]);
}

#[tokio::test]
async fn deleting_twice_at_once_deletes_once() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "oops").await;

    let (one, two) = join(delete(&app, &ann, &first), delete(&app, &ann, &first)).await;

    assert_eq!(one.data(), two.data());
    assert_eq!((revision(&app).await, unread(&app, &bob).await), (3, 1));
}

#[tokio::test]
async fn reading_and_deleting_at_once_keep_the_count_exact() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for _ in 0..12 {
        let gone = said(&app, &ann, &id, "soon gone").await;
        let stays = sent(&app, &ann, &id, "stays").await;
        join(delete(&app, &ann, &gone), super::mark_read(&app, &bob, &id, stays - 1)).await;
        assert_eq!(unread(&app, &bob).await, 1);
    }
}

#[tokio::test]
async fn an_emoji_counts_once_for_each_member() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "found her!").await;

    let puts = (0..6).map(|_| react(&app, &bob, &first, "❤️", true));
    join_all(puts).await;
    app.clock.advance(Duration::from_secs(1));
    react(&app, &ann, &first, "❤", true).await;
    react(&app, &ann, &first, "🎉", true).await;

    let hearts = |count: i64, own: bool| json!({ "emoji": "❤", "count": count, "viewerReacted": own });
    let mut seen = message(&app, &bob, &first).await["reactions"].take();
    assert_eq!(seen[0]["emoji"].as_str().unwrap().trim_end_matches('\u{fe0f}'), "❤");
    seen[0]["emoji"] = json!("❤");
    assert_eq!(
        seen,
        json!([hearts(2, true), { "emoji": "🎉", "count": 1, "viewerReacted": false }])
    );
    assert_eq!(revision(&app).await, 5, "what is so already is no change");

    react(&app, &bob, &first, "❤️", false).await;
    react(&app, &bob, &first, "❤️", false).await;
    assert_eq!(
        message(&app, &bob, &first).await["reactions"][0]["viewerReacted"],
        false
    );
    assert_eq!(revision(&app).await, 6);
    assert_eq!(unread(&app, &bob).await, 2);
}

#[tokio::test]
async fn a_message_has_at_most_twenty_different_emojis() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "hello").await;
    for number in 0..20 {
        let emoji = char::from_u32(0x1f400 + number).unwrap().to_string();
        assert_eq!(
            user_errors(&react(&app, &ann, &first, &emoji, true).await),
            Vec::<String>::new()
        );
    }

    let refused = react(&app, &bob, &first, "👍", true).await;
    assert_eq!(user_errors(&refused), ["input.emoji TOO_MANY"]);
    let joined = react(&app, &bob, &first, "🐀", true).await;
    assert_eq!(
        user_errors(&joined),
        Vec::<String>::new(),
        "one that is there may be joined"
    );
}

#[tokio::test]
async fn a_message_can_be_edited_for_a_day_and_deleted_for_ever() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let first = said(&app, &ann, &id, "hello").await;

    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    let ann = app.log_in_again(&ann).await;
    assert_eq!(
        user_errors(&edit(&app, &ann, &first, "hello bob").await),
        Vec::<String>::new()
    );
    app.clock.advance(Duration::from_millis(1));
    assert_eq!(
        user_errors(&edit(&app, &ann, &first, "hello you").await),
        ["input.id EXPIRED"]
    );
    assert_eq!(user_errors(&delete(&app, &ann, &first).await), Vec::<String>::new());
}

#[tokio::test]
async fn what_may_not_be_changed_is_refused_and_stays() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = opened(&app, &ann, &bob).await;
    let (first, gone) = (
        said(&app, &ann, &id, "hello").await,
        said(&app, &ann, &id, "gone").await,
    );
    delete(&app, &ann, &gone).await;
    let party = super::group(&app, &ann, &[&bob]).await;
    let seen = app
        .ok(
            &ann,
            "query($id: ID!) { node(id: $id) { ... on Conversation { lastMessage { id } } } }",
            json!({ "id": party }),
        )
        .await;
    let of_the_system = text(&seen["node"]["lastMessage"]["id"]);
    let before = app.footprint().await;

    for (caller, answer) in [
        ("not the sender", edit(&app, &bob, &first, "x").await),
        ("not the sender", delete(&app, &bob, &first).await),
        ("the system's", edit(&app, &ann, &of_the_system, "x").await),
        ("the system's", delete(&app, &ann, &of_the_system).await),
    ] {
        assert_eq!(codes(&answer), ["FORBIDDEN"], "{caller}");
    }
    for (answer, fault) in [
        (edit(&app, &cleo, &first, "x").await, "input.id NOT_FOUND"),
        (delete(&app, &cleo, &first).await, "input.id NOT_FOUND"),
        (react(&app, &cleo, &first, "👍", true).await, "input.id NOT_FOUND"),
        (edit(&app, &ann, "msg_x", "x").await, "input.id NOT_FOUND"),
        (edit(&app, &ann, &gone, "x").await, "input.id NOT_ALLOWED"),
        (react(&app, &bob, &gone, "👍", true).await, "input.id NOT_ALLOWED"),
        (edit(&app, &ann, &first, " ").await, "input.text REQUIRED"),
        (edit(&app, &ann, &first, &"x".repeat(1001)).await, "input.text TOO_LONG"),
        (react(&app, &bob, &first, "👍👍", true).await, "input.emoji INVALID"),
        (react(&app, &bob, &first, "ok", false).await, "input.emoji INVALID"),
    ] {
        assert_eq!(user_errors(&answer), [fault], "{:#}", answer.body);
    }
    assert_eq!(codes(&edit(&app, &Visitor, &first, "x").await), ["UNAUTHENTICATED"]);
    assert_eq!(app.footprint().await, before);
    assert_eq!(message(&app, &bob, &first).await["text"], "hello");
}

#[tokio::test]
async fn an_image_is_sent_once_even_at_once() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let image = fixtures::photo(&app, &ann, UploadPurpose::ChatImage).await.to_string();
    let input = json!({ "input": { "conversationId": id, "imageIds": [image] } });

    let answers = join_all((0..4).map(|_| app.run(&ann, SEND, input.clone()))).await;

    let refused: Vec<_> = answers
        .iter()
        .map(user_errors)
        .filter(|faults| !faults.is_empty())
        .collect();
    assert_eq!(refused, vec![vec!["input.imageIds.0 TAKEN".to_owned()]; 3]);
    let seen = conversation(&app, &bob, &id).await;
    assert_eq!(seen["messages"]["totalCount"], 2);
    assert_eq!(
        send(&app, &ann, &id, "next").await.data()["sendMessage"]["message"]["sequence"],
        3
    );
}
