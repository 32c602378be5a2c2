//! Who loses a right gets nothing from that event on, also on streams that were open: on the node where it happens and on
//! another one, which hears of it by itself.
//!
//! That nothing comes is proved by what comes later: somebody who stays gets the message that is not for the other, and the
//! other then gets a message of somebody else as the very next thing.

use entity::id::ShelterId;
use serde_json::json;

use super::{
    MESSAGES, block::blocked, call, conversation, fixtures, group, mark_read, opened, said, send, sent, start,
    subscriber::Ears, text, type_in,
};
use crate::support::{Actor, TestApp, user_errors};

/// A conversation of several; `leaver` is about to lose it, `stayer` is not, `speaker` writes.
struct Round {
    id: String,
    speaker: Actor,
    leaver: Actor,
    stayer: Actor,
}

/// The leaver listens on `ears`; messages are sent and the right is lost on `acts`.
async fn nothing_from_the_event_on(ears: &TestApp, acts: &TestApp, round: &Round, lose: impl AsyncFnOnce()) {
    let Round {
        id,
        speaker,
        leaver,
        stayer,
    } = round;
    let outsider = acts.member("outsider").await;
    let aside = opened(acts, &outsider, leaver).await;
    let mut leaving = Ears::of(ears, leaver, id).await;
    let mut staying = Ears::of(ears, stayer, id).await;
    for number in 1..=3 {
        sent(acts, speaker, id, &format!("before {number}")).await;
    }
    for number in 1..=3 {
        leaving.hear_message(&format!("before {number}")).await;
    }
    leaving.catch_up(acts, &outsider, &aside).await;
    leaving.see_typing(ears, stayer, id).await;

    lose().await;
    sent(acts, speaker, id, "a secret").await;
    type_in(ears, stayer, id, false).await;

    leaving.lose_the_conversation().await;
    staying.hear_message("a secret").await;
    leaving.hear_only(acts, &outsider, &aside, "only this").await;
    let mut again = Ears::of(ears, leaver, id).await;
    again.lose_the_conversation().await;
}

/// A single node, and two nodes, the second of which acts.
async fn nodes() -> [(TestApp, Option<TestApp>); 2] {
    let (alone, here) = (TestApp::quiet().await, TestApp::quiet().await);
    let there = here.beside_in_earshot(Default::default()).await;
    there.leave_work();
    [(alone, None), (here, Some(there))]
}

/// Two nodes that share nothing but the database.
async fn out_of_earshot() -> (TestApp, Option<TestApp>) {
    let here = TestApp::quiet().await;
    let there = here.beside(Default::default()).await;
    there.leave_work();
    (here, Some(there))
}

async fn group_of_three(app: &TestApp) -> Round {
    let (speaker, leaver, stayer) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    Round {
        id: group(app, &speaker, &[&leaver, &stayer]).await,
        speaker,
        leaver,
        stayer,
    }
}

#[tokio::test]
async fn who_is_removed_from_a_group_gets_what_came_before_and_nothing_after() {
    for (app, other) in nodes().await.into_iter().chain([out_of_earshot().await]) {
        let acts = other.as_ref().unwrap_or(&app);
        let round = group_of_three(&app).await;
        nothing_from_the_event_on(&app, acts, &round, async || {
            let input = json!({ "conversationId": round.id, "memberId": round.leaver.id });
            let removal = call(acts, &round.speaker, "removeParticipant", "conversation { id }", input);
            assert_eq!(user_errors(&removal.await), Vec::<String>::new());
        })
        .await;
    }
}

#[tokio::test]
async fn who_leaves_a_group_gets_what_came_before_and_nothing_after() {
    for (app, other) in nodes().await {
        let acts = other.as_ref().unwrap_or(&app);
        let round = group_of_three(&app).await;
        nothing_from_the_event_on(&app, acts, &round, async || {
            let input = json!({ "conversationId": round.id });
            let leaving = call(acts, &round.leaver, "leaveConversation", "", input);
            assert_eq!(user_errors(&leaving.await), Vec::<String>::new());
        })
        .await;
    }
}

/// Two who work for a shelter, and an inbox that somebody has written to.
async fn inbox(app: &TestApp) -> (ShelterId, Round) {
    let (speaker, leaver, stayer) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let shelter = fixtures::shelter(app, &stayer).await;
    for staff in [&leaver, &stayer] {
        fixtures::hire(app, shelter, staff).await;
    }
    let input = json!({ "shelterId": shelter.to_string(), "text": "hello" });
    let started = start(app, &speaker, input).await;
    let round = Round {
        id: text(&started.data()["startConversation"]["conversation"]["id"]),
        speaker,
        leaver,
        stayer,
    };
    (shelter, round)
}

#[tokio::test]
async fn who_is_taken_off_the_staff_gets_what_came_before_and_nothing_after() {
    for (app, other) in nodes().await {
        let acts = other.as_ref().unwrap_or(&app);
        let (shelter, round) = inbox(&app).await;
        let lose = async || fixtures::dismiss(acts, shelter, &round.leaver).await;
        nothing_from_the_event_on(&app, acts, &round, lose).await;
    }
}

#[tokio::test]
async fn a_stream_of_typing_ends_with_the_right_to_it_though_nobody_types() {
    let app = TestApp::quiet().await;
    let (shelter, round) = inbox(&app).await;
    let mut ears = Ears::of(&app, &round.leaver, &round.id).await;
    ears.see_typing(&app, &round.stayer, &round.id).await;
    fixtures::hire(&app, shelter, &app.member("dora").await).await;
    type_in(&app, &round.stayer, &round.id, false).await;
    assert_eq!(
        ears.typing.next().await["typing"]["typing"],
        false,
        "others come and go"
    );

    fixtures::dismiss(&app, shelter, &round.leaver).await;

    assert_eq!(ears.typing.failed().await, (vec![], vec!["NOT_FOUND".to_owned()]));
}

#[tokio::test]
async fn who_takes_no_part_hears_of_nothing() {
    for (app, other) in nodes().await {
        let acts = other.as_ref().unwrap_or(&app);
        let (ann, bob, cleo) = (
            app.member("ann").await,
            app.member("bob").await,
            app.member("cleo").await,
        );
        let (id, aside) = (opened(&app, &ann, &bob).await, opened(&app, &ann, &cleo).await);
        let mut stranger = Ears::of(&app, &cleo, &id).await;
        stranger.lose_the_conversation().await;
        stranger.catch_up(acts, &ann, &aside).await;

        sent(acts, &ann, &id, "a secret").await;
        mark_read(acts, &bob, &id, 2).await;

        stranger.hear_only(acts, &ann, &aside, "only this").await;
    }
}

/// Everything that the blocked, or the blocker, may try in a conversation with the other.
async fn try_everything(app: &TestApp, who: &Actor, id: &str, own: &str, last: i64) {
    assert_eq!(user_errors(&send(app, who, id, "a secret").await).len(), 1);
    let edit = json!({ "id": own, "text": "a secret" });
    assert_eq!(
        user_errors(&call(app, who, "editMessage", "message { id }", edit).await).len(),
        1
    );
    let react = json!({ "id": own, "emoji": "👍" });
    assert_eq!(
        user_errors(&call(app, who, "reactToMessage", "message { id }", react).await).len(),
        1
    );
    mark_read(app, who, id, last).await;
    let input = json!({ "conversationId": id, "upTo": last });
    call(app, who, "markDelivered", "conversation { id }", input).await;
    type_in(app, who, id, true).await;
}

#[tokio::test]
async fn two_of_whom_one_has_blocked_the_other() {
    for (app, other) in nodes().await {
        let acts = other.as_ref().unwrap_or(&app);
        let (ann, bob, cleo) = (
            app.member("ann").await,
            app.member("bob").await,
            app.member("cleo").await,
        );
        let id = opened(&app, &ann, &bob).await;
        let asides = [opened(&app, &cleo, &ann).await, opened(&app, &cleo, &bob).await];
        let mut both = [Ears::of(&app, &ann, &id).await, Ears::of(&app, &bob, &id).await];
        let own = [
            said(acts, &ann, &id, "before 1").await,
            said(acts, &bob, &id, "before 2").await,
        ];
        for (ears, aside) in both.iter_mut().zip(&asides) {
            ears.hear_message("before 2").await;
            ears.catch_up(acts, &cleo, aside).await;
        }
        let before = conversation(&app, &ann, &id).await;

        blocked(acts, &ann, &bob).await;
        for (who, own) in own.iter().enumerate() {
            let (member, other) = ([&ann, &bob][who], 1 - who);
            try_everything(acts, member, &id, own, 3).await;
            let words = format!("only this, {who}");
            both[other].hear_only(acts, &cleo, &asides[other], &words).await;
            // Their own devices know that they have read.
            while both[who].updates.next().await["conversationUpdates"]["id"] != id {}
            both[who].hear_only(acts, &cleo, &asides[who], &words).await;
        }

        let markers_of_bob = |seen: &serde_json::Value| {
            let participants = seen["participants"].as_array().unwrap().clone();
            participants
                .into_iter()
                .find(|one| one["member"]["id"] == bob.id)
                .unwrap()
        };
        let after = conversation(&app, &ann, &id).await;
        assert_eq!(
            markers_of_bob(&after),
            markers_of_bob(&before),
            "nobody sees it across a block"
        );
    }
}

#[tokio::test]
async fn among_several_the_typing_of_the_blocked_is_passed_over_and_that_of_others_comes() {
    let app = TestApp::quiet().await;
    let (_, round) = inbox(&app).await;
    let Round {
        id,
        speaker: ann,
        leaver: bob,
        stayer: cleo,
    } = round;
    let mut ears = Ears::of(&app, &ann, &id).await;
    ears.see_typing(&app, &bob, &id).await;
    type_in(&app, &bob, &id, false).await;
    assert_eq!(ears.typing.next().await["typing"]["typing"], false);

    blocked(&app, &bob, &ann).await;
    for typing in [true, false, true] {
        type_in(&app, &bob, &id, typing).await;
    }
    type_in(&app, &cleo, &id, true).await;

    let event = ears.typing.next().await["typing"].take();
    assert_eq!(
        (&event["member"]["displayName"], &event["typing"]),
        (&json!("cleo"), &json!(true))
    );
    assert!(ears.typing.is_quiet());
}

#[tokio::test]
async fn presence_of_those_with_whom_nothing_is_shared_any_more() {
    const FOLLOW: &str = "subscription($ids: [ID!]!) { presence(memberIds: $ids) { displayName presence { online } } }";
    let app = super::presence::with_short_leases().await;
    let (ann, bob, cleo, dora) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
        app.member("dora").await,
    );
    let id = group(&app, &ann, &[&bob, &cleo]).await;
    super::answered(&app, &bob, &dora).await;
    let (socket, of_cleo) = (app.socket(&bob).await, app.socket(&cleo).await);
    let mut stream = socket.subscribe(FOLLOW, json!({ "ids": [cleo.id, dora.id] }));
    assert_eq!(stream.next().await["presence"]["displayName"], "cleo");

    let input = json!({ "conversationId": id, "memberId": bob.id });
    call(&app, &ann, "removeParticipant", "conversation { id }", input).await;
    drop(of_cleo);
    super::presence::comes(&app, &ann, &cleo, false).await;
    let _of_dora = app.socket(&dora).await;

    let event = stream.next().await["presence"].take();
    assert_eq!(event, json!({ "displayName": "dora", "presence": { "online": true } }));
}

#[tokio::test]
async fn who_is_blocked_before_anybody_was_told_of_the_conversation_is_not_told() {
    const NEWS: &str = "{ viewer { notifications(first: 10) { nodes { kind } } } }";
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    opened(&app, &ann, &bob).await;
    opened(&app, &ann, &cleo).await;
    blocked(&app, &bob, &ann).await;

    app.run_work().await;

    let of_bob = app.ok(&bob, NEWS, json!({})).await;
    assert_eq!(of_bob["viewer"]["notifications"]["nodes"], json!([]));
    let of_cleo = app.ok(&cleo, NEWS, json!({})).await;
    assert_eq!(
        of_cleo["viewer"]["notifications"]["nodes"],
        json!([{ "kind": "MESSAGE" }])
    );
}

#[tokio::test]
async fn an_open_stream_ends_with_the_log_in_wherever_that_is_ended() {
    const LOG_OUT: &str = "mutation { logOut(input: { everywhere: true }) { userErrors { code } } }";
    for (app, other) in nodes().await {
        let acts = other.as_ref().unwrap_or(&app);
        let (ann, bob) = (app.member("ann").await, app.member("bob").await);
        let phone = app.log_in_again(&bob).await;
        let id = opened(&app, &ann, &bob).await;
        let mut socket = app.socket(&phone).await;
        let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
        assert_eq!(stream.next().await["messages"]["revision"], 1);

        acts.ok(&bob, LOG_OUT, json!({})).await;
        assert_eq!(socket.closed().await, 4403);
        sent(acts, &ann, &id, "a secret").await;

        assert!(stream.is_quiet(), "nothing came before the end either");
    }
}
