//! markRead and unread counts.

use futures_util::future::join;

use super::{conversation, mark_read, opened, sent, unread};
use crate::support::{TestApp, user_errors};

#[tokio::test]
async fn the_marker_moves_forward_only() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for words in ["two", "three", "four"] {
        sent(&app, &ann, &id, words).await;
    }
    assert_eq!(unread(&app, &bob).await, 4);

    let answer = mark_read(&app, &bob, &id, 3).await;
    assert_eq!(answer.data()["markRead"]["conversation"]["unreadCount"], 1);
    let answer = mark_read(&app, &bob, &id, 1).await;
    assert_eq!(
        answer.data()["markRead"]["conversation"]["unreadCount"],
        1,
        "going back changes nothing"
    );

    let seen = conversation(&app, &ann, &id).await;
    let of_bob = seen["participants"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["member"]["id"] == bob.id);
    assert_eq!(of_bob.unwrap()["readUpTo"], 3);
    let read = app
        .events()
        .await
        .into_iter()
        .filter(|name| name == "conversation_read")
        .count();
    assert_eq!(read, 1, "what changes nothing is not announced");
}

#[tokio::test]
async fn own_messages_are_never_unread() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    sent(&app, &bob, &id, "an answer without reading").await;
    assert_eq!((unread(&app, &ann).await, unread(&app, &bob).await), (1, 1));

    mark_read(&app, &bob, &id, 1).await;
    assert_eq!(unread(&app, &bob).await, 0);
    sent(&app, &ann, &id, "three").await;
    assert_eq!((unread(&app, &ann).await, unread(&app, &bob).await), (1, 1));
}

#[tokio::test]
async fn a_number_beyond_the_last_message_is_refused() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for up_to in [2, -1] {
        let refused = mark_read(&app, &bob, &id, up_to).await;
        assert_eq!(user_errors(&refused), ["input.upTo OUT_OF_RANGE"]);
    }
    assert_eq!(unread(&app, &bob).await, 1);
}

#[tokio::test]
async fn reading_and_sending_at_once_keep_the_count_exact() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for last in 1..20 {
        join(sent(&app, &ann, &id, "more"), mark_read(&app, &bob, &id, last)).await;
        assert_eq!(unread(&app, &bob).await, 1, "one message after {last}");
    }
}
