//! Whatever four members do in a group, in whatever order: what each of them sees is what the model says.

use std::time::Duration;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{
    call, group,
    model::{MEMBERS, Model, Step, steps},
    text,
};
use crate::support::{Actor, Answer, TestApp, codes, user_errors};

const EMOJIS: [&str; 2] = ["👍", "🎉"];

const SEEN: &str = "query($id: ID!) { viewer { unreadMessageCount }
    node(id: $id) { ... on Conversation { unreadCount archived muted
        participants { admin readUpTo deliveredUpTo member { id } }
        messages(first: 100) { nodes { id sequence text deletedAt sender { id } system { kind }
            reactions { emoji count viewerReacted } } } } } }";

const CHANGES: &str = "subscription($id: ID!) { messages(conversationId: $id, after: 0) {
    change revision message { sequence text } } }";

/// One group of the four, and what it should be.
struct World<'a> {
    app: &'a TestApp,
    members: &'a [Actor],
    id: String,
    model: Model,
    /// Ids of the messages, in their order.
    messages: Vec<String>,
    /// What was unread elsewhere.
    elsewhere: Vec<i64>,
}

impl World<'_> {
    async fn take(&mut self, me: usize, step: &Step) {
        self.app.clock.advance(Duration::from_secs(1));
        let answer = self.ask(me, step).await;
        let longest = |of: &[usize]| *of.iter().min_by_key(|member| &self.members[**member].id).unwrap();
        let expected = self.model.apply(me, step, longest);
        let faults: Vec<String> = codes(&answer).into_iter().chain(user_errors(&answer)).collect();
        let expected: Vec<&str> = expected.err().into_iter().collect();
        assert_eq!(faults, expected, "{step:?} by {me}: {:#}", answer.body);
    }

    async fn ask(&self, me: usize, step: &Step) -> Answer {
        let (id, last) = (&self.id, self.model.messages.len());
        let message = |place: &usize| &self.messages[place % last];
        let (mutation, input) = match step {
            Step::Send => (
                "sendMessage",
                json!({ "conversationId": id, "text": format!("word {last}") }),
            ),
            Step::Edit(place, text) => (
                "editMessage",
                json!({ "id": message(place), "text": format!("edited {text}") }),
            ),
            Step::Delete(place) => ("deleteMessage", json!({ "id": message(place) })),
            Step::React(place, emoji, put) => {
                let emoji = EMOJIS[usize::from(*emoji)];
                (
                    "reactToMessage",
                    json!({ "id": message(place), "emoji": emoji, "react": put }),
                )
            }
            Step::Read(place) => ("markRead", json!({ "conversationId": id, "upTo": place % (last + 1) })),
            Step::Deliver(place) => (
                "markDelivered",
                json!({ "conversationId": id, "upTo": place % (last + 1) }),
            ),
            Step::Add(member) => (
                "addParticipants",
                json!({ "conversationId": id, "memberIds": [self.members[*member].id] }),
            ),
            Step::Remove(member) => (
                "removeParticipant",
                json!({ "conversationId": id, "memberId": self.members[*member].id }),
            ),
            Step::Leave => ("leaveConversation", json!({ "conversationId": id })),
            Step::Rename(title) => (
                "renameConversation",
                json!({ "conversationId": id, "title": format!("title {title}") }),
            ),
            Step::Archive(archived) => (
                "archiveConversation",
                json!({ "conversationId": id, "archived": archived }),
            ),
            Step::Mute(muted) => ("muteConversation", json!({ "conversationId": id, "muted": muted })),
            Step::ShowReading(shown) => ("updatePrivacy", json!({ "readReceipts": shown })),
        };
        call(self.app, &self.members[me], mutation, "__typename", input).await
    }

    /// Compares what everybody sees with the model.
    async fn compare(&mut self) {
        for me in 0..MEMBERS {
            let seen = self.app.ok(&self.members[me], SEEN, json!({ "id": self.id })).await;
            let unread = i64::try_from(self.model.unread(me)).unwrap();
            assert_eq!(
                seen["viewer"]["unreadMessageCount"],
                self.elsewhere[me] + unread,
                "unread for {me}"
            );
            let Some(participant) = &self.model.participants[me] else {
                assert!(seen["node"].is_null(), "{me} takes no part");
                continue;
            };
            let own = json!([
                seen["node"]["unreadCount"],
                seen["node"]["archived"],
                seen["node"]["muted"]
            ]);
            assert_eq!(
                own,
                json!([unread, participant.archived, participant.muted]),
                "participant {me}"
            );
            self.compare_participants(me, &seen["node"]["participants"]);
            self.compare_messages(me, seen["node"]["messages"]["nodes"].as_array().unwrap());
        }
    }

    fn compare_participants(&self, me: usize, seen: &Value) {
        let mut expected = Vec::new();
        for (member, participant) in self.model.participants.iter().enumerate() {
            let Some(participant) = participant else { continue };
            let read = if member == me {
                participant.read
            } else {
                participant.shown
            };
            expected.push(json!([
                self.members[member].id,
                participant.admin,
                read,
                participant.delivered
            ]));
        }
        let flat = |one: &Value| json!([one["member"]["id"], one["admin"], one["readUpTo"], one["deliveredUpTo"]]);
        let mut seen: Vec<Value> = seen.as_array().unwrap().iter().map(flat).collect();
        for list in [&mut expected, &mut seen] {
            list.sort_by_key(|one| one[0].as_str().unwrap().to_owned());
        }
        assert_eq!(seen, expected, "participants as {me} sees them");
    }

    fn compare_messages(&mut self, me: usize, seen: &[Value]) {
        assert_eq!(seen.len(), self.model.messages.len());
        for (place, (seen, said)) in seen.iter().zip(&self.model.messages).enumerate() {
            assert_eq!(seen["sequence"], place + 1);
            assert_eq!(
                seen["sender"]["id"].as_str(),
                said.sender.map(|sender| self.members[sender].id.as_str())
            );
            assert_eq!(seen["system"].is_null(), said.sender.is_some());
            if said.sender.is_some() {
                assert_eq!(seen["text"].as_str(), said.text.as_deref());
                assert_eq!(seen["deletedAt"].is_null(), said.text.is_some());
            }
            let emojis = EMOJIS
                .iter()
                .enumerate()
                .map(|(emoji, _)| said.reactions.iter().filter(move |one| usize::from(one.1) == emoji));
            let counts: Vec<Value> = emojis
                .enumerate()
                .filter(|(_, of)| of.clone().next().is_some())
                .map(|(emoji, of)| json!([EMOJIS[emoji], of.clone().count(), of.clone().any(|one| one.0 == me)]))
                .collect();
            let mut shown: Vec<Value> = seen["reactions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| json!([one["emoji"], one["count"], one["viewerReacted"]]))
                .collect();
            shown.sort_by_key(|one| EMOJIS.iter().position(|emoji| one[0] == *emoji));
            assert_eq!(shown, counts, "reactions to {} as {me} sees them", place + 1);
        }
        self.messages = seen.iter().map(|one| text(&one["id"])).collect();
    }

    /// Replays everything for somebody who is there: every change once, in order, with the present text.
    async fn replay(&self) {
        let Some(me) = self.model.participants.iter().position(Option::is_some) else {
            return;
        };
        let socket = self.app.socket(&self.members[me]).await;
        let mut stream = socket.subscribe(CHANGES, json!({ "id": self.id }));
        for (place, (change, message)) in self.model.changes.iter().enumerate() {
            let event = stream.next().await["messages"].take();
            assert_eq!(
                (&event["revision"], &event["change"]),
                (&json!(place + 1), &json!(change))
            );
            assert_eq!(event["message"]["sequence"], *message);
            let said = &self.model.messages[message - 1];
            if said.sender.is_some() {
                assert_eq!(event["message"]["text"].as_str(), said.text.as_deref());
            }
        }
    }
}

async fn live(app: &TestApp, members: &[Actor], shows_reading: &mut [bool; MEMBERS], steps: Vec<(usize, Step)>) {
    let mut elsewhere = Vec::new();
    for member in members {
        elsewhere.push(super::unread(app, member).await);
    }
    let starter = &members[0];
    let others: Vec<&Actor> = members[1..MEMBERS - 1].iter().collect();
    let id = group(app, starter, &others).await;
    let mut world = World {
        app,
        members,
        id,
        model: Model::started(*shows_reading),
        messages: Vec::new(),
        elsewhere,
    };
    world.compare().await;
    for (me, step) in steps {
        world.take(me, &step).await;
        world.compare().await;
    }
    world.replay().await;
    *shows_reading = world.model.shows_reading;
}

#[test]
fn whatever_members_do_everybody_sees_what_is_so() {
    let runtime = Runtime::new().unwrap();
    let (app, members) = runtime.block_on(async {
        let app = TestApp::quiet().await;
        let mut members = Vec::new();
        for name in ["ann", "bob", "cleo", "dora"] {
            members.push(app.member(name).await);
        }
        (app, members)
    });
    // A setting of a member outlives a group; when a case is tried again with fewer steps, it is as it was left.
    let shows_reading = std::cell::RefCell::new([true; MEMBERS]);
    let config = Config {
        cases: 6,
        max_shrink_iters: 20,
        failure_persistence: None,
        ..Config::default()
    };
    let done = TestRunner::new(config).run(&steps(), |steps| {
        let tried = std::panic::AssertUnwindSafe(|| {
            runtime.block_on(live(&app, &members, &mut shows_reading.borrow_mut(), steps))
        });
        std::panic::catch_unwind(tried).map_err(|_| TestCaseError::fail("see the panic above"))
    });
    let _guard = runtime.enter();
    drop(app);
    done.unwrap();
}
