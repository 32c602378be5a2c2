//! What a member hears of a conversation, and how a test is sure that nothing else came.

use std::time::Duration;

use serde_json::json;

use super::{MESSAGES, TYPING, UPDATES, sent, type_in};
use crate::support::{Actor, Socket, Stream, TestApp, until};

/// A node without bells between it and the other looks once a second.
const SOON: Duration = Duration::from_secs(10);

/// Everything that a member hears of chat, on one socket.
pub struct Ears {
    pub messages: Stream,
    pub typing: Stream,
    pub updates: Stream,
    _socket: Socket,
}

impl Ears {
    /// All that the member can listen to, with everything that was said before.
    pub async fn of(app: &TestApp, member: &Actor, id: &str) -> Self {
        let socket = app.socket(member).await;
        Self {
            messages: socket.subscribe(MESSAGES, json!({ "id": id, "after": 0 })),
            typing: socket.subscribe(TYPING, json!({ "id": id })),
            updates: socket.subscribe(UPDATES, json!({})),
            _socket: socket,
        }
    }

    /// Reads messages up to the one with that text.
    pub async fn hear_message(&mut self, words: &str) {
        while self.messages.next().await["messages"]["message"]["text"] != words {}
    }

    /// Waits until the typing of that member is told here.
    pub async fn see_typing(&mut self, app: &TestApp, who: &Actor, id: &str) {
        until(SOON, "typing is seen", async || {
            type_in(app, who, id, true).await;
            let event = self.typing.poll().await;
            event.is_some_and(|event| event["typing"]["member"]["displayName"] == *who.name)
        })
        .await;
    }

    /// Reads updates until there are none left of what was said before, except perhaps of `aside`, where somebody writes for
    /// that purpose. Updates come in the order of their numbers with the state at the time when they are read, so a text may
    /// come early, and once more; with the second of two, everything before the first has come.
    pub async fn catch_up(&mut self, app: &TestApp, from: &Actor, aside: &str) {
        until(SOON, "updates are heard", async || {
            sent(app, from, aside, "are you there?").await;
            self.updates.poll().await.is_some()
        })
        .await;
        for words in ["up to here", "and here"] {
            sent(app, from, aside, words).await;
            while self.updates.next().await["conversationUpdates"]["lastMessage"]["text"] != words {}
        }
    }

    /// Somebody writes aside, and that is the next thing to be told.
    pub async fn hear_only(&mut self, app: &TestApp, from: &Actor, aside: &str, words: &str) {
        sent(app, from, aside, words).await;
        let mut last = json!(null);
        while last != words {
            let event = self.updates.next().await["conversationUpdates"].take();
            assert_eq!(event["id"], aside, "{event}");
            last = event["lastMessage"]["text"].clone();
        }
        assert!(self.are_quiet());
    }

    /// Both streams of the conversation end with the same error. Who was typing may have been told to have stopped by then.
    pub async fn lose_the_conversation(&mut self) {
        assert_eq!(self.messages.failed().await, (vec![], vec!["NOT_FOUND".to_owned()]));
        let (before, codes) = self.typing.failed().await;
        assert_eq!(codes, ["NOT_FOUND"]);
        assert!(
            before.iter().all(|event| event["typing"]["typing"] == false),
            "{before:?}"
        );
    }

    /// Whether nothing more has come until now.
    pub fn are_quiet(&self) -> bool {
        self.messages.is_quiet() && self.typing.is_quiet() && self.updates.is_quiet()
    }
}
